use std::fmt::Write;

use super::Chart;
use super::svg::{Drawing, Number};
use crate::text::escape_xml;

impl Chart {
    /// The chart as an HTML figure with both layouts, of which the stylesheet shows one; its key and its notes below.
    ///
    /// `data-readings` and `data-points` are for the theme's script, which reads single values; all that it says stands in
    /// the table too.
    pub fn figure(&self) -> String {
        let (id, kind, title) = (&self.id, self.kind.name(), escape_xml(&self.title));
        let subtitle = match self.subtitle.as_str() {
            "" => String::new(),
            subtitle => format!(" <span class=\"chart-subtitle\">{}</span>", escape_xml(subtitle)),
        };
        let note = match self.notes.join(" ") {
            notes if notes.is_empty() => String::new(),
            notes => format!("\n<p class=\"chart-note\">{}</p>", escape_xml(&notes)),
        };
        let readings = match self.readings.is_empty() {
            true => String::new(),
            false => format!(" data-readings=\"{}\"", lines(&self.readings)),
        };
        format!(
            "<figure class=\"chart chart-{kind}\" aria-labelledby=\"{id}-caption\"{readings}>\n\
             <figcaption id=\"{id}-caption\"><span class=\"chart-title\">{title}</span>{subtitle}</figcaption>\n\
             <div class=\"chart-wide\">{}</div>\n<div class=\"chart-narrow\">{}</div>{}{note}\n</figure>",
            self.inline(&self.wide),
            self.inline(&self.narrow),
            self.key_list(),
        )
    }

    fn inline(&self, drawing: &Drawing) -> String {
        let points = match self.readings.is_empty() {
            true => String::new(),
            false => format!(" data-points=\"{}\"", drawing.point_list()),
        };
        format!(
            "<svg viewBox=\"{view}\" role=\"img\" color=\"#5b2c83\" aria-labelledby=\"{id}-title {id}-desc\"{points}>\n\
             <title id=\"{id}-title\">{title}</title>\n<desc id=\"{id}-desc\">{description}</desc>\n{content}</svg>",
            view = drawing.view_box(),
            id = drawing.id,
            title = escape_xml(&self.title),
            description = escape_xml(&self.description),
            content = drawing.content()
        )
    }

    /// The key as a list, each symbol before its words.
    fn key_list(&self) -> String {
        if self.key.is_empty() {
            return String::new();
        }
        let mut list = String::from("\n<ul class=\"chart-key\">");
        for entry in &self.key {
            // Writing to a string cannot fail.
            let _ = write!(
                list,
                "\n<li><svg viewBox=\"{}\" width=\"{}\" height=\"{}\" color=\"#5b2c83\" aria-hidden=\"true\" focusable=\"false\">\n{}</svg> {}</li>",
                entry.symbol.view_box(),
                Number(entry.symbol.width),
                Number(entry.symbol.height),
                entry.symbol.content(),
                escape_xml(&entry.text)
            );
        }
        list.push_str("\n</ul>");
        list
    }
}

/// Texts for an attribute that is read line by line.
fn lines(texts: &[String]) -> String {
    texts.iter().map(|text| escape_xml(text)).collect::<Vec<_>>().join("&#10;")
}
