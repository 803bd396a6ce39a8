use super::{Amount, Basis, Kind, Metric, ObsStatus, Qualifier, ReportedChange, TimePeriod};
use crate::data::{Data, Fields, Node, Table};
use crate::diagnostic::{Diagnostic, Sink};
use crate::locale::Decimal;
use crate::text::{SourceText, Span, closest};

/// What an article says once for all of its metrics.
#[derive(Clone, Default, Debug)]
pub struct MetricDefaults {
    /// `[extra] ref_area`.
    pub ref_area: Option<String>,
}

/// Reads `[[extra.metrics]]`: one observation each. A wrong one is reported and left out;
/// so is the second of two that state the same indicator, area, period and kind.
pub fn read_metrics(source: &SourceText, tables: &[(&Table, Span)], defaults: &MetricDefaults, sink: &Sink) -> Vec<Metric> {
    let mut metrics: Vec<Metric> = Vec::with_capacity(tables.len());
    for (table, span) in tables {
        let reader = Reader { source, sink, span: *span };
        let Some(metric) = reader.metric(table, defaults) else { continue };
        let twin = metrics.iter().find(|other| {
            (&other.indicator, &other.ref_area, other.period, other.kind)
                == (&metric.indicator, &metric.ref_area, metric.period, metric.kind)
        });
        if let Some(twin) = twin {
            let message = format!("`{}` for {} stands twice in this article", metric.indicator, metric.period);
            let diagnostic = Diagnostic::error("duplicate-observation", message)
                .at_place(metric.place.clone())
                .with(twin.place.clone(), "the first one")
                .help("keep one of the two, or give them different `time_period`, `ref_area` or `kind`");
            sink.push(diagnostic);
            continue;
        }
        metrics.push(metric);
    }
    metrics
}

struct Reader<'a> {
    source: &'a SourceText,
    sink: &'a Sink,
    span: Span,
}

impl Reader<'_> {
    fn metric(&self, table: &Table, defaults: &MetricDefaults) -> Option<Metric> {
        let mut fields = Fields::new(self.source, table, self.sink);
        let indicator = fields.text_at("indicator");
        let period = fields.literal_at("time_period").map(|(text, span)| self.period(text, span));
        let qualifier = self.qualifier(&mut fields, table);
        let kind = fields.choice("kind", &Kind::WORDS);
        let status = fields.text_at("obs_status").map(|(text, span)| self.status(text, span));
        let amount = self.amount(&mut fields, qualifier);
        let ref_area = fields.text("ref_area").map(str::to_owned);
        let change = fields.table("change").map(|table| self.change(table));
        let comment = fields.text("comment").map(str::to_owned);
        let source = fields.text("source").map(str::to_owned);
        fields.deny_unknown("unknown-metric-key");

        for (key, example) in [("indicator", "indicator = \"ict-revenue\""), ("time_period", "time_period = \"2016\"")] {
            if table.get(key).is_none() {
                let diagnostic = Diagnostic::error("missing-metric-key", format!("this metric does not say its `{key}`"));
                self.sink.push(diagnostic.at(self.source, self.span).help(format!("add a line such as `{example}`")));
            }
        }
        // A word that was there and wrong has been reported; the metric is left out rather than guessed.
        let wrong = |key: &str, read: bool| table.get(key).is_some() && !read;
        if wrong("kind", kind.is_some())
            || wrong("obs_status", status.is_some_and(|s| s.is_some()))
            || wrong("change", change.is_some_and(|c| c.is_some()))
        {
            return None;
        }
        let (amount, value_span) = amount?;
        Some(Metric {
            indicator: indicator?.0.to_owned(),
            ref_area: ref_area.or_else(|| defaults.ref_area.clone()),
            period: period??,
            amount,
            qualifier: qualifier?,
            kind: kind.unwrap_or_default(),
            status: status.flatten().unwrap_or(ObsStatus::NORMAL),
            change: change.flatten(),
            comment,
            source,
            place: self.source.place(self.span),
            value_place: self.source.place(value_span),
        })
    }

    fn period(&self, text: &str, span: Span) -> Option<TimePeriod> {
        let period = TimePeriod::parse(text);
        if period.is_none() {
            let diagnostic = Diagnostic::error("bad-period", format!("`{text}` is not a time period")).at(self.source, span);
            self.sink.push(diagnostic.help(
                "write one of: \"2016\", \"2016-H1\", \"2016-Q3\", \"2016-08\", \"2016-08-31\", \"2016/2020\", or \"2010-01/2010-07\" for the year to date",
            ));
        }
        period
    }

    /// A metric with `low` and `high` is a range whether it says so or not.
    fn qualifier(&self, fields: &mut Fields<'_>, table: &Table) -> Option<Qualifier> {
        let qualifier = fields.choice("qualifier", &Qualifier::WORDS);
        match (table.get("qualifier"), qualifier) {
            (None, _) if table.get("low").is_some() || table.get("high").is_some() => Some(Qualifier::Range),
            (None, _) => Some(Qualifier::Exact),
            (Some(_), qualifier) => qualifier,
        }
    }

    fn status(&self, text: &str, span: Span) -> Option<ObsStatus> {
        let status = ObsStatus::from_letter(text);
        if status.is_none() {
            let diagnostic =
                Diagnostic::error("unknown-status", format!("`{text}` is not an observation status")).at(self.source, span);
            let meant = closest(text, ["estimated", "provisional", "forecast", "break"]).map(|word| match word {
                "estimated" => "did you mean \"E\"? ",
                "provisional" => "did you mean \"P\"? ",
                "forecast" => "did you mean \"F\"? ",
                _ => "did you mean \"B\"? ",
            });
            self.sink.push(diagnostic.help(format!(
                "{}use a letter of SDMX CL_OBS_STATUS: A normal, E estimated, P provisional, F forecast, B break in series ({})",
                meant.unwrap_or_default(),
                ObsStatus::LETTERS
            )));
        }
        status
    }

    fn amount(&self, fields: &mut Fields<'_>, qualifier: Option<Qualifier>) -> Option<(Amount, Span)> {
        let value = fields.node("value").map(|node| (self.decimal("value", node), node.span));
        let low = fields.node("low").map(|node| (self.decimal("low", node), node.span));
        let high = fields.node("high").map(|node| (self.decimal("high", node), node.span));
        match (value, low, high) {
            (Some((value, span)), None, None) => {
                if qualifier == Some(Qualifier::Range) {
                    self.report(
                        "range-without-limits",
                        "a range has two limits, not one value",
                        span,
                        "write `low = …` and `high = …` instead of `value`",
                    );
                    return None;
                }
                Some((Amount::Value(value?), span))
            }
            (None, Some((low, low_span)), Some((high, high_span))) => {
                let (low, high) = (low?, high?);
                if qualifier.is_some_and(|qualifier| qualifier != Qualifier::Range) {
                    self.report(
                        "range-qualifier",
                        "`low` and `high` go with the qualifier `range` only",
                        low_span,
                        "remove the qualifier, or write one `value`",
                    );
                    return None;
                }
                if low >= high {
                    self.report("range-upside-down", "`low` is not below `high`", low_span, "exchange the two");
                    return None;
                }
                Some((
                    Amount::Range { low, high },
                    Span { start: low_span.start.min(high_span.start), end: low_span.end.max(high_span.end) },
                ))
            }
            (None, None, None) => {
                self.report(
                    "missing-metric-key",
                    "this metric states no number",
                    self.span,
                    "add `value = …`, or `low = …` and `high = …` for a range",
                );
                None
            }
            (_, low, high) => {
                let span = low.or(high).map_or(self.span, |(_, span)| span);
                self.report(
                    "value-and-limits",
                    "a metric states either one `value`, or both `low` and `high`",
                    span,
                    "remove what does not belong, or add the other limit",
                );
                None
            }
        }
    }

    fn decimal(&self, key: &str, node: &Node) -> Option<Decimal> {
        let text = match &node.value {
            Data::Number(text) | Data::Text(text) => text,
            other => {
                let message = format!("`{key}` should be a number, but it is {}", other.describe());
                self.report("bad-value", &message, node.span, &format!("write `{key} = 2105.8`"));
                return None;
            }
        };
        let value = Decimal::parse(text);
        if value.is_none() {
            let help = match plain_form(text) {
                Some(plain) => {
                    format!("write it without grouping and with a decimal point, in every language: `{key} = {plain}`")
                }
                None => format!(
                    "write a plain number such as `{key} = 2105.8`; words belong in `qualifier`, `comment` and `unit_label`"
                ),
            };
            self.report("bad-value", &format!("`{text}` is not a plain number"), node.span, &help);
        }
        value
    }

    fn change(&self, table: &Table) -> Option<ReportedChange> {
        let mut fields = Fields::new(self.source, table, self.sink);
        let value = fields.node("value").map(|node| self.decimal("value", node));
        let basis = fields.choice("basis", &Basis::WORDS);
        fields.deny_unknown("unknown-metric-key");
        if value.is_none() || table.get("basis").is_none() {
            self.report(
                "missing-metric-key",
                "a reported change says its `value` and its `basis`",
                self.span,
                "write `change = { value = 9.1, basis = \"same_period_last_year\" }`",
            );
        }
        Some(ReportedChange { value: value??, basis: basis? })
    }

    fn report(&self, code: &'static str, message: &str, span: Span, help: &str) {
        self.sink.push(Diagnostic::error(code, message).at(self.source, span).help(help));
    }
}

/// What a number with a language's separators most likely means; never used as the value, only as advice.
fn plain_form(text: &str) -> Option<String> {
    let numeric = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | ' ' | '_' | '\u{a0}'));
    if !numeric || !text.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let last = text.rfind(['.', ',']);
    let separators = |c: char| text.matches(c).count();
    // The last separator is the decimal one unless it occurs more than once.
    let decimal = last.filter(|at| text.get(*at..).and_then(|rest| rest.chars().next()).is_some_and(|c| separators(c) == 1));
    let digits = |part: &str| part.chars().filter(|c| c.is_ascii_digit() || *c == '-').collect::<String>();
    Some(match decimal {
        Some(at) => format!("{}.{}", digits(text.get(..at)?), digits(text.get(at..)?)),
        None => digits(text),
    })
}
