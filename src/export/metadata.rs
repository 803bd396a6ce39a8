use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::json::pretty;
use super::{Dataset, Row, cite};

/// What an indicator is, without its table.
pub(super) fn metadata(dataset: &Dataset<'_>) -> String {
    let mut document = about(dataset);
    let rows = dataset.rows();
    let articles: BTreeSet<&str> = rows.iter().filter_map(|row| row.article.map(|page| page.permalink.as_str())).collect();
    let areas: BTreeSet<(&str, &str)> = rows.iter().map(|row| (row.area, row.area_name)).collect();
    let files = dataset.formats(!rows.is_empty()).filter(|format| format.words().is_some());
    let more = [
        ("areas", areas.iter().map(|(code, name)| json!({ "code": code, "name": name })).collect()),
        ("period_start", json!(rows.iter().map(|row| row.metric.period.start()).min().map(|day| day.to_string()))),
        ("period_end", json!(rows.iter().map(|row| row.metric.period.end()).max().map(|day| day.to_string()))),
        ("observation_count", json!(rows.len())),
        ("modified", json!(dataset.modified().map(|moment| moment.date().to_string()))),
        ("publisher", json!({ "name": dataset.publisher(), "url": dataset.portal.config.base_url })),
        ("sources", sources(&rows).into_iter().map(|source| json!({ "name": source.name, "url": source.url })).collect()),
        ("articles", json!(articles)),
        ("citation", json!(cite(dataset))),
        (
            "licence",
            json!(
                dataset.portal.config.tinso.licence.as_ref().map(|licence| json!({ "name": licence.name, "url": licence.url }))
            ),
        ),
        ("files", files.map(|format| json!({ "url": dataset.url(format.file()), "media_type": format.media_type() })).collect()),
    ];
    document.extend(more.map(|(key, value)| (key.to_owned(), value)));
    pretty(&Value::Object(document))
}

/// What an indicator is, for every file in JSON.
pub(super) fn about(dataset: &Dataset<'_>) -> Map<String, Value> {
    let (definition, language) = (dataset.definition, dataset.language);
    let bound = |bound: Option<crate::locale::Decimal>| json!(bound.map(|bound| bound.to_string()));
    let about = [
        ("indicator", json!(dataset.slug)),
        ("lang", json!(language.code.as_str())),
        ("label", json!(dataset.title())),
        ("description", json!(dataset.page.front.description)),
        ("url", json!(dataset.page.permalink)),
        ("unit_measure", json!(definition.unit)),
        ("unit_mult", json!(definition.unit_mult)),
        ("unit_label", json!(definition.unit_label(&language.code))),
        ("decimals", json!(definition.decimals)),
        ("measure", json!(definition.measure.word())),
        ("direction", json!(definition.direction.word())),
        ("min", bound(definition.min)),
        ("max", bound(definition.max)),
        ("freq", json!(definition.freq.map(|freq| freq.word()))),
        ("ref_area", json!(definition.ref_area)),
    ];
    about.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

/// Who published numbers, and where.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Publication<'a> {
    pub(super) name: &'a str,
    pub(super) url: Option<&'a str>,
}

/// Who published the numbers of rows, each once.
pub(super) fn sources<'a>(rows: &[Row<'a>]) -> BTreeSet<Publication<'a>> {
    let source = |row: &Row<'a>| {
        let name = row.source?;
        let of_article = row.article.and_then(|page| Some((page.front.source.as_ref()?, &page.file.lang)));
        let of_article = of_article.filter(|(source, lang)| source.name_in(lang) == name);
        let url = of_article.and_then(|(source, _)| source.url.as_deref());
        Some(Publication { name, url })
    };
    rows.iter().filter_map(source).collect()
}
