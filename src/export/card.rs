use std::fmt::Write;

use super::Dataset;
use crate::chart::{sparkline, text_width};
use crate::indicator::{Kind, Point};
use crate::text::escape_xml;

/// The size of the picture that links to a page are shown with.
const SIZE: (i64, i64) = (1200, 628);
const MARGIN: i64 = 72;
/// What of the width texts have.
const WIDTH: i64 = SIZE.0 - 2 * MARGIN;

/// The picture that links to an indicator's page are shown with, as SVG: whose it is, its name, its newest number, its
/// course, and where it stands.
pub(super) fn card(dataset: &Dataset<'_>) -> String {
    let mut card = Card::default();
    card.text(Style { size: 30, bold: true, ..Style::FAINT }, MARGIN + 20, dataset.publisher(), 1);
    let below_title = card.text(Style { size: 54, bold: true, ..Style::DARK }, MARGIN + 104, dataset.title(), 3);
    let language = dataset.language;
    let main = dataset.main();
    let newest = main.and_then(|(area, series)| Some((area, series.points().get(series.latest()?)?)));
    if let Some((area, point)) = newest {
        let top = below_title.max(MARGIN + 250) + 50;
        card.text(Style { size: fitting(&number(dataset, point)), bold: true, ..Style::ACCENT }, top, &number(dataset, point), 1);
        let mut about = point.period.label(&language.locale);
        if point.kind != Kind::Actual {
            let _ = write!(about, " · {}", crate::locale::Locale::word(&language.locale.kind, point.kind.word()));
        }
        let area = dataset.portal.config.area_name(area, &language.code);
        if !area.is_empty() {
            let _ = write!(about, " · {area}");
        }
        card.text(Style { size: 34, ..Style::DARK }, top + 60, &about, 1);
    }
    let source = newest.and_then(|(_, point)| source_of(dataset, point));
    // Beside the course, not over it.
    card.text(Style { size: 26, width: 640, ..Style::FAINT }, SIZE.1 - MARGIN - 14, source.unwrap_or_default(), 1);
    let line = main.map(|(_, series)| sparkline(series, &language.locale)).unwrap_or_default();
    let address = dataset.page.permalink.split("://").nth(1).unwrap_or(&dataset.page.permalink);
    card.text(Style { size: 26, ..Style::FAINT }, SIZE.1 - MARGIN + 24, address, 1);
    card.svg(&line, language.code.as_str(), dataset.title())
}

/// Who published the newest number.
fn source_of<'a>(dataset: &Dataset<'a>, point: &Point) -> Option<&'a str> {
    let rows = dataset.rows();
    let row = rows.iter().find(|row| row.holds && std::ptr::eq(row.metric, &*point.latest().metric))?;
    row.source
}

fn number(dataset: &Dataset<'_>, point: &Point) -> String {
    let (definition, language) = (dataset.definition, dataset.language);
    point.latest().metric.text(&language.locale, definition.decimals, definition.unit_label(&language.code))
}

/// The largest size in which a number stands in one line.
fn fitting(text: &str) -> i64 {
    [104, 88, 72, 60, 48].into_iter().find(|size| text_width(text, *size, true) <= WIDTH).unwrap_or(40)
}

#[derive(Clone, Copy)]
struct Style {
    size: i64,
    bold: bool,
    width: i64,
    colour: &'static str,
}

impl Style {
    const DARK: Self = Self { size: 0, bold: false, width: WIDTH, colour: "#1a1d24" };
    const FAINT: Self = Self { size: 0, bold: false, width: WIDTH, colour: "#565c69" };
    const ACCENT: Self = Self { size: 0, bold: false, width: WIDTH, colour: "#5b2c83" };
}

#[derive(Default)]
struct Card {
    body: String,
}

impl Card {
    /// Sets a text from a first baseline on, in so many lines at most; gives its last baseline.
    fn text(&mut self, style: Style, first: i64, text: &str, most: usize) -> i64 {
        let mut lines = wrapped(text, style);
        if lines.len() > most {
            lines.truncate(most);
            if let Some(last) = lines.last_mut() {
                while !last.is_empty() && text_width(&format!("{last}…"), style.size, style.bold) > style.width {
                    last.pop();
                }
                last.push('…');
            }
        }
        let mut y = first;
        for (at, line) in lines.iter().enumerate() {
            if at > 0 {
                y += style.size * 6 / 5;
            }
            let weight = if style.bold { 600 } else { 400 };
            let _ = writeln!(
                self.body,
                "<text x=\"{MARGIN}\" y=\"{y}\" font-size=\"{}\" font-weight=\"{weight}\" fill=\"{}\">{}</text>",
                style.size,
                style.colour,
                escape_xml(line)
            );
        }
        y
    }

    fn svg(&self, line: &str, lang: &str, title: &str) -> String {
        let (width, height) = SIZE;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xml:lang=\"{}\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
             font-family=\"sans-serif\">\n<title>{}</title>\n<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n\
             <rect width=\"18\" height=\"{height}\" fill=\"#5b2c83\"/>\n<g transform=\"translate(744 440) scale(4)\">{line}</g>\n{}</svg>\n",
            escape_xml(lang),
            escape_xml(title),
            self.body,
        )
    }
}

/// A text broken between words, and inside those that are too long, to lines of the width that texts have.
fn wrapped(text: &str, style: Style) -> Vec<String> {
    let fits = |line: &str| text_width(line, style.size, style.bold) <= style.width;
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if fits(&format!("{line} {word}")) => {
                line.push(' ');
                line.push_str(word);
            }
            _ => {
                lines.push(String::new());
                for letter in word.chars() {
                    let full = lines.last().is_some_and(|line| !line.is_empty() && !fits(&format!("{line}{letter}")));
                    if full {
                        lines.push(String::new());
                    }
                    if let Some(line) = lines.last_mut() {
                        line.push(letter);
                    }
                }
            }
        }
    }
    lines
}
