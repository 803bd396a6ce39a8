use serde_json::{Value, json};

use super::metadata::about;
use super::{Dataset, Row};
use crate::locale::Decimal;

/// The observations of an indicator with what it is. Values are texts, so that no reader rounds them.
pub(super) fn json(dataset: &Dataset<'_>) -> String {
    let mut document = about(dataset);
    document.insert("observations".to_owned(), dataset.rows().iter().map(|row| observation(dataset, row)).collect());
    pretty(&Value::Object(document))
}

fn observation(dataset: &Dataset<'_>, row: &Row<'_>) -> Value {
    let (metric, definition, language) = (row.metric, dataset.definition, dataset.language);
    let number = |number: Option<Decimal>| number.map(|number| number.to_string());
    let date = |date: &crate::content::Stamp| date.text.clone();
    json!({
        "ref_area": row.area,
        "area": row.area_name,
        "freq": metric.period.frequency().word(),
        "breakdown": metric.breakdown.members().map(|(dimension, member)| (dimension.to_owned(), member.into())).collect::<serde_json::Map<_, _>>(),
        "time_period": metric.period.to_string(),
        "period_start": metric.period.start().to_string(),
        "period_end": metric.period.end().to_string(),
        "obs_value": number(row.value()),
        "low": number(row.limits().map(|(low, _)| low)),
        "high": number(row.limits().map(|(_, high)| high)),
        "qualifier": metric.qualifier.word(),
        "obs_status": metric.status.letter().to_string(),
        "kind": metric.kind.word(),
        "change": metric.change.map(|change| json!({ "value": change.value.to_string(), "basis": change.basis.word() })),
        "superseded": row.superseded,
        "revision": metric.revision.as_ref().map(|revision| json!({
            "type": revision.kind.word(),
            "note": row.revision_note(dataset),
        })),
        "ci": metric.interval.map(|interval| json!({
            "low": interval.low.to_string(),
            "high": interval.high.to_string(),
            "level": number(interval.level),
        })),
        "text": metric.text(&language.locale, definition.decimals, definition.unit_label(&language.code)),
        "article": row.article.map(|page| json!({
            "url": page.permalink,
            "title": page.title(),
            "date": page.front.date.as_ref().map(date),
        })),
        "source": row.source,
        "comment": row.comment(dataset),
    })
}

/// JSON for people too. Writing JSON that is made of texts and numbers cannot fail.
pub(super) fn pretty(value: &Value) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}
