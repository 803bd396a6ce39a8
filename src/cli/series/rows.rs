use serde_json::{Value, json};

use super::Numbers;
use crate::config::Language;
use crate::content::Page;
use crate::indicator::{Definition, Observation, Point, SeriesKey, breakdown_label};

/// The columns of a series for programs.
pub(super) const COLUMNS: [&str; 16] = [
    "indicator",
    "ref_area",
    "breakdown",
    "time_period",
    "kind",
    "obs_value",
    "low",
    "high",
    "qualifier",
    "obs_status",
    "unit_measure",
    "unit_mult",
    "revision",
    "superseded",
    "source",
    "line",
];

/// The columns of the list of indicators for programs.
pub(super) const INDICATOR_COLUMNS: [&str; 6] = ["indicator", "title", "unit_label", "points", "latest_period", "latest_value"];

/// One observation, as words and as data.
pub(super) struct Row {
    pub(super) area: String,
    pub(super) period: String,
    pub(super) value: String,
    pub(super) note: String,
    /// The file and the line that state it.
    pub(super) place: String,
    cells: [String; 16],
}

impl Row {
    pub(super) fn cells(&self) -> Vec<String> {
        self.cells.to_vec()
    }

    pub(super) fn json(&self) -> Value {
        object(&COLUMNS, &self.cells)
    }
}

/// Every observation of an indicator, of every vintage, in the order of time.
pub(super) fn of(numbers: &Numbers, slug: &str, definition: &Definition, language: &Language) -> Vec<Row> {
    let mut rows = Vec::new();
    for (key, series) in numbers.catalogue.all_series(slug) {
        for point in series.points() {
            rows.extend(point.vintages().map(|observation| row(numbers, slug, definition, language, key, point, observation)));
        }
    }
    rows
}

fn row(
    numbers: &Numbers,
    slug: &str,
    definition: &Definition,
    language: &Language,
    key: &SeriesKey,
    point: &Point,
    observation: &Observation,
) -> Row {
    let (metric, locale) = (&observation.metric, &*language.locale);
    let word = |table: &std::collections::BTreeMap<String, String>, key: &str| table.get(key).cloned().unwrap_or_default();
    let letter = metric.status.letter().to_string();
    let superseded = point.is_superseded(observation);
    let mut notes = vec![breakdown_label(&key.breakdown, &definition.dimensions, &language.code)];
    if metric.kind == crate::indicator::Kind::Target {
        notes.push(word(&locale.kind, "target"));
    }
    if letter != "A" && !metric.status.is_missing() {
        notes.push(word(&locale.status, &letter));
    }
    if let Some(revision) = &metric.revision {
        notes.push(word(&locale.observation, revision.kind.word()));
    }
    if superseded {
        notes.push(word(&locale.observation, "superseded"));
    }
    notes.retain(|note| !note.is_empty());
    let (line, _) = metric.place.line_column();
    let path = metric.place.source.path.to_string();
    let bounds = metric.amount.bounds().filter(|_| metric.amount.value().is_none());
    let cells = [
        slug.to_owned(),
        key.ref_area.clone(),
        key.breakdown.to_string(),
        metric.period.to_string(),
        metric.kind.word().to_owned(),
        metric.amount.value().map(|value| value.to_string()).unwrap_or_default(),
        bounds.map(|(low, _)| low.to_string()).unwrap_or_default(),
        bounds.map(|(_, high)| high.to_string()).unwrap_or_default(),
        metric.qualifier.word().to_owned(),
        letter,
        definition.unit.clone(),
        definition.unit_mult.to_string(),
        metric.revision.as_ref().map(|revision| revision.kind.word()).unwrap_or_default().to_owned(),
        superseded.to_string(),
        path.clone(),
        line.to_string(),
    ];
    Row {
        area: numbers.config.area_name(&key.ref_area, &language.code).to_owned(),
        period: metric.period.label(locale),
        value: metric.text(locale, definition.decimals, definition.unit_label(&language.code)),
        note: notes.join(", "),
        place: format!("{path}:{line}"),
        cells,
    }
}

/// An indicator in the list of all.
pub(super) struct Entry {
    pub(super) slug: String,
    pub(super) title: String,
    unit: String,
    pub(super) points: usize,
    pub(super) period: String,
    pub(super) value: String,
}

impl Entry {
    pub(super) fn cells(&self) -> Vec<String> {
        [&self.slug, &self.title, &self.unit, &self.points.to_string(), &self.period, &self.value].map(String::clone).to_vec()
    }

    pub(super) fn json(&self) -> Value {
        object(&INDICATOR_COLUMNS, &self.cells())
    }
}

/// Every indicator in the order of slugs.
pub(super) fn indicators(numbers: &Numbers, language: &Language) -> Vec<Entry> {
    let entry = |(slug, definition): (&str, &Definition)| {
        let own = numbers.catalogue.series(slug, &definition.ref_area);
        let main = own.or_else(|| numbers.catalogue.areas(slug).next().map(|(_, series)| series));
        let latest = main.and_then(|series| series.points().get(series.latest()?)).map(|point| &point.latest().metric);
        let unit = definition.unit_label(&language.code);
        Entry {
            slug: slug.to_owned(),
            title: numbers.library.page_in(definition.page, &language.code).map(Page::title).unwrap_or_default().to_owned(),
            unit: unit.to_owned(),
            points: numbers.catalogue.all_series(slug).map(|(_, series)| series.points().len()).sum(),
            period: latest.map(|metric| metric.period.label(&language.locale)).unwrap_or_default(),
            value: latest.map(|metric| metric.text(&language.locale, definition.decimals, unit)).unwrap_or_default(),
        }
    };
    numbers.catalogue.definitions().map(entry).collect()
}

/// A row as a JSON object; what is not there is null, and numbers stay as they are written.
fn object(columns: &[&str], cells: &[String]) -> Value {
    let value = |cell: &String| if cell.is_empty() { Value::Null } else { json!(cell) };
    Value::Object(columns.iter().zip(cells).map(|(name, cell)| ((*name).to_owned(), value(cell))).collect())
}
