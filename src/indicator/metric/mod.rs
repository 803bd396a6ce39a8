mod amount;
mod words;

use std::collections::BTreeMap;

use super::{Breakdown, Kind, Metric, ObsStatus};
use super::{Note, NoteReading};
use crate::data::{Fields, Table};
use crate::diagnostic::{Diagnostic, Sink};
use crate::text::{Lang, SourceText, Span};

/// What an article says once for all of its metrics.
#[derive(Clone, Default, Debug)]
pub struct MetricDefaults {
    /// `[extra] ref_area`.
    pub ref_area: Option<String>,
    /// The language of the file, which remarks are in.
    pub lang: Option<Lang>,
}

/// Reads `[[extra.metrics]]`: one observation each. A wrong one is reported and left out;
/// so is the second of two that state the same indicator, area, period, kind and breakdown.
pub fn read_metrics(source: &SourceText, tables: &[(&Table, Span)], defaults: &MetricDefaults, sink: &Sink) -> Vec<Metric> {
    let lang = defaults.lang.clone().unwrap_or_else(|| Lang::new("und"));
    let read = |(table, span): &(&Table, Span)| {
        let reader = Reader { source, sink, span: *span, lang: &lang, is_target: false };
        reader.metric(table, defaults)
    };
    once_each(tables.iter().filter_map(read), "this article", sink)
}

/// Reads `[[extra.indicator.target]]` of an indicator: what is planned of it, whatever articles say. The name of the
/// indicator is left to be filled in.
pub(super) fn read_targets(source: &SourceText, tables: &[(&Table, Span)], lang: &Lang, sink: &Sink) -> Vec<Metric> {
    let read = |(table, span): &(&Table, Span)| {
        let reader = Reader { source, sink, span: *span, lang, is_target: true };
        reader.metric(table, &MetricDefaults::default())
    };
    once_each(tables.iter().filter_map(read), "this indicator", sink)
}

/// The first of each key; the others are reported.
fn once_each(metrics: impl Iterator<Item = Metric>, whose: &str, sink: &Sink) -> Vec<Metric> {
    let mut places = BTreeMap::new();
    let mut once: Vec<Metric> = Vec::new();
    for metric in metrics {
        let key = (metric.indicator.clone(), metric.ref_area.clone(), metric.period, metric.kind, metric.breakdown.clone());
        let Some(first) = places.get(&key) else {
            places.insert(key, metric.place.clone());
            once.push(metric);
            continue;
        };
        let message = format!("`{}` for {} stands twice in {whose}", metric.indicator, metric.period);
        let diagnostic = Diagnostic::error("duplicate-observation", message)
            .at_place(metric.place)
            .with(first.clone(), "the first one")
            .help("keep one of the two, or give them different `time_period`, `ref_area`, `kind` or `breakdown`");
        sink.push(diagnostic);
    }
    once
}

struct Reader<'a> {
    source: &'a SourceText,
    sink: &'a Sink,
    span: Span,
    lang: &'a Lang,
    /// Whether it is a target that stands on the indicator's own page.
    is_target: bool,
}

impl Reader<'_> {
    fn notes(&self) -> NoteReading<'_> {
        NoteReading { source: self.source, lang: self.lang, sink: self.sink }
    }

    fn metric(&self, table: &Table, defaults: &MetricDefaults) -> Option<Metric> {
        let mut fields = Fields::new(self.source, table, self.sink);
        let (indicator, kind) = if self.is_target {
            (Some(""), Some(Kind::Target))
        } else {
            (fields.text("indicator"), fields.choice("kind", &Kind::WORDS))
        };
        let period = fields.literal_at("time_period").map(|(text, span)| self.period(text, span));
        let base = fields.literal_at("base").map(|(text, span)| self.period(text, span));
        let qualifier = self.qualifier(&mut fields, table);
        let status = fields.text_at("obs_status").map(|(text, span)| self.status(text, span));
        let amount = self.amount(&mut fields, qualifier, status.flatten().unwrap_or(ObsStatus::NORMAL));
        let interval = fields.table("ci").map(|table| self.interval(table, amount?.0));
        let ref_area = fields.text("ref_area").map(str::to_owned);
        let breakdown = Breakdown::read(&mut fields);
        let (code, mult) = (fields.text("unit").map(str::to_owned), self.mult(&mut fields));
        let change = fields.table("change").map(|table| self.change(table));
        let revision = fields.table("revision").map(|table| self.revision(table));
        let comment = Note::read(&mut fields, "comment", &self.notes());
        let source = fields.text("source").map(str::to_owned);
        fields.deny_unknown("unknown-metric-key");

        for (key, example) in [("indicator", "indicator = \"ict-revenue\""), ("time_period", "time_period = \"2016\"")] {
            if table.get(key).is_none() && !(key == "indicator" && self.is_target) {
                let what = if self.is_target { "target" } else { "metric" };
                let diagnostic = Diagnostic::error("missing-metric-key", format!("this {what} does not say its `{key}`"));
                self.sink.push(diagnostic.at(self.source, self.span).help(format!("add a line such as `{example}`")));
            }
        }
        // A word that was there and wrong has been reported; the metric is left out rather than guessed.
        let wrong = |key: &str, read: bool| table.get(key).is_some() && !read;
        if wrong("kind", kind.is_some())
            || wrong("obs_status", status.is_some_and(|s| s.is_some()))
            || wrong("change", change.is_some_and(|c| c.is_some()))
            || wrong("revision", revision.as_ref().is_some_and(Option::is_some))
            || wrong("breakdown", breakdown.is_some())
            || wrong("ci", interval.is_some_and(|i| i.is_some()))
            || wrong("unit_mult", mult.is_some())
            || wrong("base", base.is_some_and(|b| b.is_some()))
        {
            return None;
        }
        let (period, (amount, value_span)) = (period??, amount?);
        let kind = kind.unwrap_or_default();
        let base = self.base(base.flatten(), period, kind, table)?;
        Some(Metric {
            indicator: indicator?.to_owned(),
            ref_area: ref_area.or_else(|| defaults.ref_area.clone()),
            period,
            breakdown: breakdown.unwrap_or_default(),
            amount,
            qualifier: qualifier?,
            kind,
            status: status.flatten().unwrap_or(ObsStatus::NORMAL),
            interval: interval.flatten(),
            unit: code,
            unit_mult: mult,
            change: change.flatten(),
            revision: revision.flatten(),
            base,
            comment,
            source,
            place: self.source.place(self.span),
            value_place: self.source.place(value_span),
        })
    }

    fn report(&self, code: &'static str, message: &str, span: Span, help: &str) {
        self.sink.push(Diagnostic::error(code, message).at(self.source, span).help(help));
    }
}
