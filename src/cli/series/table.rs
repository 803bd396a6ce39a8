use serde_json::Value;

use super::rows::{Entry, Row};
use super::{Numbers, plot};
use crate::config::Language;
use crate::content::Page;
use crate::indicator::{Definition, SeriesKey};

/// The list of indicators for people.
pub(super) fn indicators(entries: &[Entry]) -> String {
    if entries.is_empty() {
        return "There are no indicators yet: `tinso new indicator SLUG` starts one.\n".to_owned();
    }
    let rows: Vec<Vec<String>> = entries
        .iter()
        .map(|entry| {
            let latest = if entry.value.is_empty() { String::new() } else { format!("{} ({})", entry.value, entry.period) };
            vec![entry.slug.clone(), entry.title.clone(), entry.points.to_string(), latest]
        })
        .collect();
    lined_up(&rows)
}

/// A series for people: what it is, a plot, a table with the sources, what is computed.
pub(super) fn series(numbers: &Numbers, slug: &str, definition: &Definition, language: &Language, rows: &[Row]) -> String {
    let page = numbers.library.page_in(definition.page, &language.code);
    let mut text = format!("{} ({})\n", page.map(Page::title).unwrap_or(slug), definition.unit_label(&language.code));
    if rows.is_empty() {
        text.push_str("\nNo article states a number of it yet.\n");
        return text;
    }
    for (key, series) in numbers.catalogue.all_series(slug) {
        if let Some(plot) = plot::plot(series, definition, &language.locale) {
            let area = numbers.config.area_name(&key.ref_area, &language.code);
            let group = if key.breakdown.is_total() { String::new() } else { format!(", {}", key.breakdown) };
            text.push_str(&format!("\n{area}{group}\n{plot}"));
        }
    }
    text.push('\n');
    let cells = |row: &Row| vec![row.period.clone(), row.area.clone(), row.value.clone(), row.note.clone(), row.place.clone()];
    text.push_str(&lined_up(&rows.iter().map(cells).collect::<Vec<_>>()));
    let area = numbers.catalogue.series(slug, &definition.ref_area).map(|_| definition.ref_area.as_str());
    let area = area.or_else(|| numbers.catalogue.areas(slug).next().map(|(area, _)| area));
    let derived = area.and_then(|area| numbers.catalogue.derived(slug, &SeriesKey::of_all(area)));
    let lines = derived.map(|derived| derived.lines(definition, &language.code, &language.locale)).unwrap_or_default();
    if !lines.is_empty() {
        text.push_str(&format!("\n({})\n", language.locale.computed.get("note").map_or("computed", String::as_str)));
        let rows: Vec<Vec<String>> = lines.into_iter().map(|line| vec![line.label, line.text]).collect();
        text.push_str(&lined_up(&rows));
    }
    text
}

/// Columns as wide as their widest cell.
fn lined_up(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths).filter(|(_, width)| **width > 0) {
            let spaces = width.saturating_sub(cell.chars().count());
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', spaces + 2));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// RFC 4180. A cell that a spreadsheet would take for a formula is made plain text, unless it is a number.
pub(super) fn csv(columns: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    // Writing into memory cannot fail.
    let _ = writer.write_record(columns);
    for row in rows {
        let _ = writer.write_record(row.iter().map(|cell| plain(cell)));
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn plain(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && crate::locale::Decimal::parse(cell).is_none();
    if is_formula { format!("'{cell}") } else { cell.to_owned() }
}

/// A list of objects.
pub(super) fn json(rows: impl Iterator<Item = Value>) -> String {
    let mut text = serde_json::to_string_pretty(&rows.collect::<Vec<_>>()).unwrap_or_default();
    text.push('\n');
    text
}
