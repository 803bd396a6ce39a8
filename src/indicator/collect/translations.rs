use std::collections::BTreeMap;

use crate::content::Page;
use crate::data::{Data, Fields};
use crate::diagnostic::{Diagnostic, Sink};
use crate::indicator::{Metric, MetricDefaults, read_metrics};

/// The metrics that a page states.
pub(super) fn metrics_of(page: &Page, sink: &Sink) -> Vec<Metric> {
    let mut fields = Fields::new(&page.source, &page.front.extra, sink);
    let tables = fields.tables("metrics");
    if tables.is_empty() {
        return Vec::new();
    }
    let defaults = MetricDefaults { ref_area: fields.text("ref_area").map(str::to_owned), lang: Some(page.file.lang.clone()) };
    read_metrics(&page.source, &tables, &defaults, sink)
}

/// A translation inherits its metrics; what it states again must be the same.
pub(super) fn check_translation(translation: &Page, page: &Page, metrics: &[Metric], sink: &Sink) {
    let default_area = metrics_default_area(page);
    let again = metrics_of(translation, sink);
    if again.is_empty() {
        return;
    }
    let key = |metric: &Metric| {
        let place = (metric.indicator.clone(), metric.ref_area.clone(), metric.breakdown.clone());
        (place, metric.period, metric.kind)
    };
    let first: BTreeMap<_, &Metric> = metrics.iter().map(|metric| (key(metric), metric)).collect();
    for mut again in again {
        again.ref_area = again.ref_area.or_else(|| default_area.clone());
        let diagnostic = match first.get(&key(&again)) {
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
