use std::collections::BTreeMap;
use std::sync::Arc;

use super::{
    Amount, Catalogue, Definition, Metric, MetricDefaults, Observation, Origin, read_definition, read_metrics, read_unit_label,
};
use crate::config::Config;
use crate::content::{Library, Page};
use crate::data::{Data, Fields, Node, Table};
use crate::diagnostic::{Diagnostic, Sink};
use crate::locale::Locale;
use crate::text::{Span, closest};

/// Reads every indicator and every metric of a library and puts the observations in their series.
pub fn collect(library: &Library, config: &Config, sink: &Sink) -> Catalogue {
    if !config.tinso.declared && !library.pages.iter().any(|page| names_an_indicator(page)) {
        return Catalogue::default();
    }
    let definitions = read_definitions(library, config, sink);
    let english = config.languages.iter().filter(|language| !Locale::is_known(&language.code));
    for language in english.filter(|_| !definitions.is_empty()) {
        let message = format!("tinso has no words of charts and statistics for `{}` yet", language.code);
        sink.push(Diagnostic::warning("unknown-locale", message).help("they are written in English meanwhile"));
    }
    let mut observations = Vec::new();
    let mut articles = BTreeMap::new();
    for (id, page) in library.pages.iter().enumerate() {
        if library.origin(id) != id {
            continue;
        }
        let metrics = metrics_of(page, sink);
        for translation in page.translations.iter().filter(|translation| **translation != id) {
            if let Some(translation) = library.pages.get(*translation) {
                check_translation(translation, page, &metrics, sink);
            }
        }
        let known: Vec<Arc<Metric>> =
            metrics.into_iter().filter(|metric| is_sound(metric, &definitions, sink)).map(Arc::new).collect();
        for metric in &known {
            let own_area = definitions.get(&metric.indicator).map(|definition| definition.ref_area.clone());
            let ref_area = metric.ref_area.clone().or(own_area).unwrap_or_default();
            let origin = Origin { page: id, date: page.front.date.as_ref().map(|date| date.moment) };
            observations.push(Observation { metric: Arc::clone(metric), ref_area, origin });
        }
        if !known.is_empty() {
            articles.insert(id, known);
        }
    }
    Catalogue::assemble(definitions, observations, articles, sink)
}

/// Whether a page of a site that does not say it is ours has an indicator or a metric of ours; a site written for Zola
/// may have tables of these names and mean its own.
fn names_an_indicator(page: &Page) -> bool {
    let is_metric = |node: &Node| matches!(&node.value, Data::Table(table) if table.get("indicator").is_some());
    let metrics = page.front.extra.get("metrics").map(|node| &node.value);
    indicator_table(page).is_some_and(|(table, _)| table.get("unit").is_some() || table.get("unit_label").is_some())
        || matches!(metrics, Some(Data::List(items)) if items.iter().any(is_metric))
}

fn read_definitions(library: &Library, config: &Config, sink: &Sink) -> BTreeMap<String, Definition> {
    let mut definitions: BTreeMap<String, Definition> = BTreeMap::new();
    for (id, page) in library.pages.iter().enumerate() {
        let Some((table, span)) = indicator_table(page) else { continue };
        let origin = library.origin(id);
        if origin != id {
            let default = library.pages.get(origin).filter(|origin| indicator_table(origin).is_none());
            if let Some(default) = default {
                let message = "this is an indicator, but its default-language file is not";
                let help = format!("add `[extra.indicator]` to {}", default.source.path);
                sink.push(Diagnostic::error("indicator-in-translation", message).at(&page.source, span).help(help));
            }
            continue;
        }
        let Some(mut definition) = read_definition(&page.source, table, span, id, &page.file.lang, sink) else { continue };
        for translation in page.translations.iter().filter(|translation| **translation != id) {
            let Some(page) = library.pages.get(*translation) else { continue };
            if let Some((table, _)) = indicator_table(page)
                && let Some(label) = read_unit_label(&page.source, table, sink)
            {
                definition.unit_labels.insert(page.file.lang.clone(), label);
            }
        }
        report_missing_labels(page, &definition, config, sink);
        if let Some(other) = definitions.get(&page.slug) {
            let message = format!("two indicators have the slug `{}`", page.slug);
            let diagnostic = Diagnostic::error("duplicate-indicator", message).at(&page.source, span);
            sink.push(diagnostic.with(other.place.clone(), "the other one").help("rename one of the files"));
            continue;
        }
        definitions.insert(page.slug.clone(), definition);
    }
    definitions
}

fn indicator_table(page: &Page) -> Option<(&Table, Span)> {
    let node = page.front.extra.get("indicator")?;
    match &node.value {
        Data::Table(table) => Some((table, table.entries().first().map_or(node.span, |entry| entry.key_span))),
        _ => None,
    }
}

fn report_missing_labels(page: &Page, definition: &Definition, config: &Config, sink: &Sink) {
    for language in &config.languages {
        if definition.unit_labels.contains_key(&language.code) {
            continue;
        }
        let suffix = if language.code == config.default_language { String::new() } else { format!(".{}", language.code) };
        let file = format!("content/{}{suffix}.md", page.file.canonical());
        let message = format!("this indicator has no `unit_label` in `{}`", language.code);
        let help = format!("write `unit_label = \"…\"` under `[extra.indicator]` in {file}");
        sink.push(Diagnostic::error("missing-unit-label", message).at_place(definition.place.clone()).help(help));
    }
}

fn metrics_of(page: &Page, sink: &Sink) -> Vec<Metric> {
    let mut fields = Fields::new(&page.source, &page.front.extra, sink);
    let tables = fields.tables("metrics");
    if tables.is_empty() {
        return Vec::new();
    }
    let defaults = MetricDefaults { ref_area: fields.text("ref_area").map(str::to_owned) };
    read_metrics(&page.source, &tables, &defaults, sink)
}

/// A translation inherits its metrics; what it states again must be the same.
fn check_translation(translation: &Page, page: &Page, metrics: &[Metric], sink: &Sink) {
    let default_area = metrics_default_area(page);
    for mut again in metrics_of(translation, sink) {
        again.ref_area = again.ref_area.or_else(|| default_area.clone());
        let same = |metric: &&Metric| {
            (&metric.indicator, &metric.ref_area, metric.period, metric.kind)
                == (&again.indicator, &again.ref_area, again.period, again.kind)
        };
        let diagnostic = match metrics.iter().find(same) {
            Some(first) if (first.amount, first.qualifier) == (again.amount, again.qualifier) => continue,
            Some(first) => {
                let message = format!("this translation states another value of `{}` for {}", again.indicator, again.period);
                Diagnostic::error("metric-in-translation", message)
                    .with(first.value_place.clone(), "the default language states this")
            }
            None => {
                let message = format!(
                    "this translation states `{}` for {}, which the default-language file does not",
                    again.indicator, again.period
                );
                Diagnostic::error("metric-in-translation", message)
            }
        };
        let help = format!("remove the metric here: translations inherit all metrics of {}", page.source.path);
        sink.push(diagnostic.at_place(again.value_place).help(help));
    }
}

fn metrics_default_area(page: &Page) -> Option<String> {
    match &page.front.extra.get("ref_area")?.value {
        Data::Text(area) => Some(area.clone()),
        _ => None,
    }
}

/// Whether a metric names a known indicator and lies within its bounds; reported if not.
fn is_sound(metric: &Metric, definitions: &BTreeMap<String, Definition>, sink: &Sink) -> bool {
    let Some(definition) = definitions.get(&metric.indicator) else {
        let diagnostic = Diagnostic::error("unknown-indicator", format!("there is no indicator `{}`", metric.indicator));
        let help = match closest(&metric.indicator, definitions.keys().map(String::as_str)) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!(
                "add its page content/indicators/{}.md, or run `tinso new indicator {}`",
                metric.indicator, metric.indicator
            ),
        };
        sink.push(diagnostic.at_place(metric.place.clone()).help(help));
        return false;
    };
    let (low, high) = metric.amount.bounds();
    let (bound, key) = match (definition.min, definition.max) {
        (Some(min), _) if low < min => (min, "min"),
        (_, Some(max)) if high > max => (max, "max"),
        _ => return true,
    };
    let stated = match metric.amount {
        Amount::Value(value) => value.to_string(),
        Amount::Range { low, high } => format!("{low} to {high}"),
    };
    let side = if key == "min" { "below" } else { "above" };
    let message = format!("{stated} is {side} the `{key}` of `{}`, {bound}", metric.indicator);
    let diagnostic = Diagnostic::error("out-of-bounds", message).at_place(metric.value_place.clone());
    sink.push(diagnostic.with(definition.place.clone(), "the indicator").help(format!(
        "check the value and its unit ({}, in powers of ten: {}), or change `{key}` of the indicator",
        definition.unit, definition.unit_mult
    )));
    false
}
