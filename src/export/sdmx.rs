use super::cell::{push_record, safe};
use super::{Dataset, Portal, Row};

/// SDMX-CSV 2.1: a cell of the structure that a row is of, then dimensions, the value, then attributes.
const HEAD: [&str; 19] = [
    "STRUCTURE",
    "STRUCTURE_ID",
    "ACTION",
    "INDICATOR",
    "REF_AREA",
    "FREQ",
    "TIME_PERIOD",
    "OBS_KIND",
    "OBS_VALUE",
    "OBS_LOW",
    "OBS_HIGH",
    "OBS_QUALIFIER",
    "OBS_STATUS",
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
    let mut csv = String::new();
    push_record(&mut csv, HEAD);
    for row in dataset.rows().iter().filter(|row| row.holds) {
        push_record(&mut csv, cells(dataset, row, &structure));
    }
    csv
}

fn cells(dataset: &Dataset<'_>, row: &Row<'_>, structure: &str) -> [String; HEAD.len()] {
    let metric = row.metric;
    let text = |text: Option<&str>| safe(text.unwrap_or_default()).into_owned();
    let limit = |limit: Option<String>| limit.unwrap_or_default();
    [
        "dataflow".to_owned(),
        structure.to_owned(),
        "M".to_owned(),
        safe(dataset.slug).into_owned(),
        safe(row.area).into_owned(),
        metric.period.frequency().word().to_owned(),
        row.sdmx_period(),
        metric.kind.word().to_owned(),
        row.value().map_or_else(|| "NaN".to_owned(), |value| value.to_string()),
        limit(row.limits().map(|(low, _)| low.to_string())),
        limit(row.limits().map(|(_, high)| high.to_string())),
        metric.qualifier.word().to_owned(),
        metric.status.letter().to_string(),
        safe(&dataset.definition.unit).into_owned(),
        dataset.definition.unit_mult.to_string(),
        dataset.definition.decimals.to_string(),
        text(row.source),
        row.article.map(|page| page.permalink.clone()).unwrap_or_default(),
        text(metric.comment.as_deref()),
    ]
}

/// The one dataflow of a site: its host, read backwards as SDMX names agencies, and a name.
fn structure(portal: Portal<'_>) -> String {
    let address = portal.config.base_url.split("://").nth(1).unwrap_or_default();
    let host = address.split(['/', ':']).next().unwrap_or_default();
    let part = |part: &str| {
        let part: String = part.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect();
        if part.starts_with(|c: char| c.is_ascii_alphabetic()) { part } else { format!("N{part}") }
    };
    let agency: Vec<String> = host.split('.').rev().filter(|part| !part.is_empty()).map(part).collect();
    let agency = if agency.is_empty() { "LOCAL".to_owned() } else { agency.join(".") };
    format!("{agency}:OBSERVATIONS(1.0)")
}
