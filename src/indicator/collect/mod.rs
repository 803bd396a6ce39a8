mod definitions;
mod links;
mod names;
mod settle;
mod translations;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::{Catalogue, Corrections, Metric, Observation, Origin};
use crate::config::{Config, Language};
use crate::content::{Library, Page};
use crate::data::{Data, Node};
use crate::diagnostic::{Diagnostic, Sink};
use crate::locale::Locale;

use definitions::{indicator_table, read_definitions};
use settle::Settler;
use translations::{check_translation, metrics_of};

/// Reads every indicator and every metric of a library and puts the observations in their series.
pub fn collect(library: &Library, config: &Config, sink: &Sink) -> Catalogue {
    if !config.tinso.declared && !library.pages.iter().any(|page| names_an_indicator(page)) {
        return Catalogue::default();
    }
    // Threads read at the same time what lies as bytes.
    library.pages.par_iter().for_each(|page| {
        page.front.extra.get("metrics");
    });
    let mut definitions = read_definitions(library, config, sink);
    let wordless = |language: &&Language| !Locale::is_known(&language.code) && language.locale.has_english_charts();
    let english = config.languages.iter().filter(wordless);
    for language in english.filter(|_| !definitions.is_empty()) {
        let message = format!("tinso has no words of charts and statistics for `{}` yet", language.code);
        sink.push(
            Diagnostic::warning("unknown-locale", message)
                .help(format!("they are written in English meanwhile; write them into `[words]` of i18n/{}.toml", language.code)),
        );
    }
    links::check_links(&definitions, sink);
    let mut observations = Vec::new();
    for definition in definitions.values_mut() {
        let targets = std::mem::take(&mut definition.targets);
        let settler = Settler { config, definition, sink };
        settler.check_own_areas();
        definition.targets = targets.into_iter().filter_map(|target| settler.settle(target)).collect();
        let date = library.pages.get(definition.page).and_then(|page| page.front.date.as_ref()).map(|date| date.moment);
        for target in &definition.targets {
            let ref_area = target.ref_area.clone().unwrap_or_else(|| definition.ref_area.clone());
            let origin = Origin { page: definition.page, date };
            observations.push(Observation { metric: Arc::new(target.clone()), ref_area, origin });
        }
    }
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
        let settle = |metric: Metric| match definitions.get(&metric.indicator) {
            Some(definition) => Settler { config, definition, sink }.settle(metric).map(Arc::new),
            None => {
                settle::report_unknown(&metric, &definitions, sink);
                None
            }
        };
        let known: Vec<Arc<Metric>> = metrics.into_iter().filter_map(settle).collect();
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
    names::report_alike(&definitions, &observations, sink);
    let mut corrections = Corrections::default();
    if config.tinso.declared {
        let indicators: Vec<&str> = definitions.keys().map(String::as_str).collect();
        corrections = Corrections::read(library, &indicators, sink);
    }
    Catalogue::assemble(definitions, observations, articles, sink).with(corrections)
}

/// Whether a page of a site that does not say it is ours has an indicator or a metric of ours; a site written for Zola
/// may have tables of these names and mean its own.
fn names_an_indicator(page: &Page) -> bool {
    let is_metric = |node: &Node| matches!(&node.value, Data::Table(table) if table.get("indicator").is_some());
    if !page.front.extra.may_mention("indicator") {
        return false;
    }
    let metrics = page.front.extra.get("metrics").map(|node| &node.value);
    indicator_table(page).is_some_and(|(table, _)| table.get("unit").is_some() || table.get("unit_label").is_some())
        || matches!(metrics, Some(Data::List(items)) if items.iter().any(is_metric))
}
