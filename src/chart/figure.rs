use super::Chart;
use super::svg::{Drawing, escape};

impl Chart {
    /// The chart as an HTML figure with both layouts, of which the stylesheet shows one.
    pub fn figure(&self) -> String {
        let (id, kind, title) = (&self.id, self.kind.name(), escape(&self.title));
        let subtitle = match self.subtitle.as_str() {
            "" => String::new(),
            subtitle => format!(" <span class=\"chart-subtitle\">{}</span>", escape(subtitle)),
        };
        let note = match self.notes.join(" ") {
            notes if notes.is_empty() => String::new(),
            notes => format!("\n<p class=\"chart-note\">{}</p>", escape(&notes)),
        };
        format!(
            "<figure class=\"chart chart-{kind}\" aria-labelledby=\"{id}-caption\">\n\
             <figcaption id=\"{id}-caption\"><span class=\"chart-title\">{title}</span>{subtitle}</figcaption>\n\
             <div class=\"chart-wide\">{}</div>\n<div class=\"chart-narrow\">{}</div>{note}\n</figure>",
            self.inline(&self.wide),
            self.inline(&self.narrow)
        )
    }

    fn inline(&self, drawing: &Drawing) -> String {
        format!(
            "<svg viewBox=\"{view}\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\">\n\
             <title id=\"{id}-title\">{title}</title>\n<desc id=\"{id}-desc\">{description}</desc>\n{content}</svg>",
            view = drawing.view_box(),
            id = drawing.id,
            title = escape(&self.title),
            description = escape(&self.description),
            content = drawing.content()
        )
    }
}
