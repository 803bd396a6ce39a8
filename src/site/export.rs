use std::sync::Arc;

use serde_json::{Value, json};

use crate::config::Language;
use crate::content::Page;
use crate::indicator::{Definition, Observation, Point};
use crate::locale::Decimal;
use crate::template::{Site, Values};

const COLUMNS: [&str; 20] = [
    "indicator",
    "label",
    "ref_area",
    "time_period",
    "obs_value",
    "low",
    "high",
    "qualifier",
    "obs_status",
    "kind",
    "unit_measure",
    "unit_mult",
    "unit_label",
    "change_percent",
    "change_basis",
    "superseded",
    "article_url",
    "published",
    "source",
    "comment",
];

/// A file of an indicator's data or chart, beside its page.
#[derive(Debug)]
pub struct Export {
    /// Its path below the output folder.
    pub path: String,
    /// The file of the indicator's page.
    pub origin: String,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

/// The data and chart of each indicator in each language that it has a page in.
pub fn exports(site: &Site, values: &Values) -> Vec<Export> {
    let mut exports = Vec::new();
    for (slug, definition) in site.catalogue.definitions() {
        let versions = site.library.pages.get(definition.page).map(|page| page.translations.clone()).unwrap_or_default();
        for page in versions.iter().filter_map(|id| site.library.pages.get(*id)) {
            let Some(language) = site.config.language(&page.file.lang) else { continue };
            let mut add = |name: &str, text: String| {
                let path = format!("{}{name}", page.path.trim_start_matches('/'));
                exports.push(Export { path, origin: page.source.path.to_string(), bytes: Arc::from(text.into_bytes()) });
            };
            add("data.csv", csv(site, slug, definition, language));
            add("data.json", json(site, slug, definition, page, language));
            if let Some(chart) = values.chart(slug, &page.file.lang) {
                let source = language.title.clone().unwrap_or_else(|| site.config.base_url.clone());
                add("chart.svg", chart.standalone(&format!("{source} · {}", page.permalink)));
            }
        }
    }
    exports
}

/// An observation with what every export says of it.
struct Row<'a> {
    area: &'a str,
    point: &'a Point,
    observation: &'a Observation,
    article: Option<&'a Page>,
    source: Option<String>,
}

fn rows<'a>(site: &'a Site, slug: &'a str, language: &'a Language) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    for (area, series) in site.catalogue.areas(slug) {
        for point in series.points() {
            for observation in point.vintages() {
                let origin = site.library.pages.get(observation.origin.page);
                let stated = observation.metric.source.clone();
                let source =
                    stated.or_else(|| origin.and_then(|page| page.front.source.as_ref()).map(|source| source.name.clone()));
                rows.push(Row {
                    area,
                    point,
                    observation,
                    article: site.library.page_in(observation.origin.page, &language.code),
                    source,
                });
            }
        }
    }
    rows
}

fn limits(row: &Row<'_>) -> (Option<Decimal>, Option<Decimal>, Option<Decimal>) {
    let amount = row.observation.metric.amount;
    match amount.value() {
        Some(value) => (Some(value), None, None),
        None => (None, amount.bounds().map(|(low, _)| low), amount.bounds().map(|(_, high)| high)),
    }
}

/// The observations of an indicator as a tidy table: one a row, `.` decimals, UTF-8, RFC 4180.
fn csv(site: &Site, slug: &str, definition: &Definition, language: &Language) -> String {
    let mut csv = COLUMNS.join(",");
    csv.push_str("\r\n");
    let label = site.library.page_in(definition.page, &language.code).map(Page::title).unwrap_or_default();
    for row in rows(site, slug, language) {
        let metric = &row.observation.metric;
        let (value, low, high) = limits(&row);
        let number = |number: Option<Decimal>| number.map(|number| number.to_string()).unwrap_or_default();
        let cells = [
            slug.to_owned(),
            text_cell(label),
            row.area.to_owned(),
            metric.period.to_string(),
            number(value),
            number(low),
            number(high),
            metric.qualifier.word().to_owned(),
            metric.status.letter().to_string(),
            metric.kind.word().to_owned(),
            definition.unit.clone(),
            definition.unit_mult.to_string(),
            text_cell(definition.unit_label(&language.code)),
            number(metric.change.map(|change| change.value)),
            metric.change.map(|change| change.basis.word()).unwrap_or_default().to_owned(),
            row.point.is_superseded(row.observation).to_string(),
            row.article.map(|page| page.permalink.clone()).unwrap_or_default(),
            row.article.and_then(|page| page.front.date.as_ref()).map(|date| date.text.clone()).unwrap_or_default(),
            text_cell(row.source.as_deref().unwrap_or_default()),
            text_cell(metric.comment.as_deref().unwrap_or_default()),
        ];
        let quoted: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
        csv.push_str(&quoted.join(","));
        csv.push_str("\r\n");
    }
    csv
}

/// A text that a spreadsheet would take for a formula is made plain text.
fn text_cell(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

/// The same as JSON, with what the indicator is. Values are texts, so that no reader rounds them.
fn json(site: &Site, slug: &str, definition: &Definition, page: &Page, language: &Language) -> String {
    let observations: Vec<Value> = rows(site, slug, language)
        .iter()
        .map(|row| {
            let metric = &row.observation.metric;
            let (value, low, high) = limits(row);
            let number = |number: Option<Decimal>| number.map(|number| number.to_string());
            json!({
                "ref_area": row.area,
                "area": site.config.area_name(row.area, &language.code),
                "time_period": metric.period.to_string(),
                "obs_value": number(value),
                "low": number(low),
                "high": number(high),
                "qualifier": metric.qualifier.word(),
                "obs_status": metric.status.letter().to_string(),
                "kind": metric.kind.word(),
                "change": metric.change.map(|change| json!({ "value": change.value.to_string(), "basis": change.basis.word() })),
                "superseded": row.point.is_superseded(row.observation),
                "text": metric.text(&language.locale, definition.decimals, definition.unit_label(&language.code)),
                "article": row.article.map(|page| json!({ "url": page.permalink, "title": page.title(), "date": page.front.date.as_ref().map(|date| &date.text) })),
                "source": row.source,
                "comment": metric.comment,
            })
        })
        .collect();
    let document = json!({
        "indicator": slug,
        "lang": language.code.as_str(),
        "label": page.title(),
        "description": page.front.description,
        "url": page.permalink,
        "unit_measure": definition.unit,
        "unit_mult": definition.unit_mult,
        "unit_label": definition.unit_label(&language.code),
        "decimals": definition.decimals,
        "measure": definition.measure.word(),
        "direction": definition.direction.word(),
        "freq": definition.freq.map(|freq| freq.word()),
        "ref_area": definition.ref_area,
        "observations": observations,
    });
    // Writing JSON that is made of texts and numbers cannot fail.
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}
