use super::cell::{push_record, safe};
use super::column::ALL;
use super::{Dataset, Portal, Row};
use crate::locale::Decimal;

/// SDMX-CSV 2.1: a cell of the structure that a row is of, then dimensions.
const BEFORE: [&str; 5] = ["STRUCTURE", "STRUCTURE_ID", "ACTION", "INDICATOR", "REF_AREA"];
/// Between them the dimensions of breakdowns; after them the others, the value, then attributes.
const AFTER: [&str; 19] = [
    "FREQ",
    "TIME_PERIOD",
    "OBS_KIND",
    "OBS_VALUE",
    "OBS_LOW",
    "OBS_HIGH",
    "OBS_QUALIFIER",
    "OBS_STATUS",
    "CI_LOW",
    "CI_HIGH",
    "CI_LEVEL",
    "REVISION",
    "REVISION_NOTE",
    "UNIT_MEASURE",
    "UNIT_MULT",
    "DECIMALS",
    "DATA_SOURCE",
    "SOURCE_URL",
    "COMMENT_OBS",
];

/// The values of an indicator that hold: one for each key of dimensions, as SDMX asks for.
pub(super) fn csv(dataset: &Dataset<'_>) -> String {
    let structure = structure(dataset.portal);
    let dimensions: Vec<&str> = dataset.dimensions().into_keys().collect();
    let mut csv = String::new();
    let names = dimensions.iter().map(|dimension| dimension_id(dimension));
    push_record(&mut csv, BEFORE.into_iter().map(str::to_owned).chain(names).chain(AFTER.into_iter().map(str::to_owned)));
    for row in dataset.rows().iter().filter(|row| row.holds) {
        let members = dimensions.iter().map(|dimension| row.metric.breakdown.member(dimension).unwrap_or(ALL));
        let members = members.map(|member| safe(member).into_owned());
        push_record(&mut csv, key(dataset, row, &structure).into_iter().chain(members).chain(rest(dataset, row)));
    }
    csv
}

/// A dimension as SDMX names concepts: capitals, digits and `_`.
fn dimension_id(dimension: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' };
    let id: String = dimension.chars().map(safe).collect();
    let is_taken = BEFORE.iter().chain(&AFTER).any(|taken| *taken == id);
    if is_taken || !id.starts_with(|c: char| c.is_ascii_alphabetic()) { format!("BY_{id}") } else { id }
}

fn key(dataset: &Dataset<'_>, row: &Row<'_>, structure: &str) -> [String; BEFORE.len()] {
    // A code must be there; this one of SDMX says that there is none.
    let area = if row.area.is_empty() { "_X" } else { row.area };
    let (slug, area) = (safe(dataset.slug).into_owned(), safe(area).into_owned());
    ["dataflow".to_owned(), structure.to_owned(), "M".to_owned(), slug, area]
}

fn rest(dataset: &Dataset<'_>, row: &Row<'_>) -> [String; AFTER.len()] {
    let metric = row.metric;
    let text = |text: Option<&str>| safe(text.unwrap_or_default()).into_owned();
    let number = |number: Option<Decimal>| number.map(|number| number.to_string()).unwrap_or_default();
    [
        metric.period.frequency().word().to_owned(),
        row.sdmx_period(),
        metric.kind.word().to_owned(),
        row.value().map_or_else(|| "NaN".to_owned(), |value| value.to_string()),
        number(row.limits().map(|(low, _)| low)),
        number(row.limits().map(|(_, high)| high)),
        metric.qualifier.word().to_owned(),
        metric.status.letter().to_string(),
        number(metric.interval.map(|interval| interval.low)),
        number(metric.interval.map(|interval| interval.high)),
        number(metric.interval.and_then(|interval| interval.level)),
        metric.revision.as_ref().map(|revision| revision.kind.word()).unwrap_or_default().to_owned(),
        text(row.revision_note(dataset)),
        safe(&dataset.definition.unit).into_owned(),
        dataset.definition.unit_mult.to_string(),
        dataset.definition.decimals.to_string(),
        text(row.source),
        row.article.map(|page| page.permalink.clone()).unwrap_or_default(),
        text(row.comment(dataset)),
    ]
}

/// The one dataflow of a site: its host, read backwards as SDMX names agencies, and a name.
fn structure(portal: Portal<'_>) -> String {
    let part = |part: &str| {
        let part: String = part.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect();
        if part.starts_with(|c: char| c.is_ascii_alphabetic()) { part } else { format!("N{part}") }
    };
    let agency: Vec<String> = portal.host().split('.').rev().filter(|part| !part.is_empty()).map(part).collect();
    let agency = if agency.is_empty() { "LOCAL".to_owned() } else { agency.join(".") };
    format!("{agency}:OBSERVATIONS(1.0)")
}
