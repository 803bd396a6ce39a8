use super::Reader;
use crate::data::{Data, Fields, Node, Table};
use crate::indicator::{Amount, Interval, ObsStatus, Qualifier};
use crate::locale::Decimal;
use crate::text::Span;

impl Reader<'_> {
    /// The number of a metric and where it stands; a status of the missing stands for one.
    pub(super) fn amount(
        &self,
        fields: &mut Fields<'_>,
        qualifier: Option<Qualifier>,
        status: ObsStatus,
    ) -> Option<(Amount, Span)> {
        let value = fields.node("value").map(|node| (self.decimal("value", node), node.span));
        let low = fields.node("low").map(|node| (self.decimal("low", node), node.span));
        let high = fields.node("high").map(|node| (self.decimal("high", node), node.span));
        let stated = value.as_ref().or(low.as_ref()).or(high.as_ref()).map(|(_, span)| *span);
        if let Some(span) = stated.filter(|_| status.is_missing()) {
            let message = format!("the status `{}` says that there is no value, but one is stated", status.letter());
            let help = "remove the number, or choose the status that it has (A normal, E estimated, P provisional)";
            self.report("value-of-missing", &message, span, help);
            return None;
        }
        match (value, low, high) {
            (None, None, None) if status.is_missing() => Some((Amount::Missing, self.span)),
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
                    "add `value = …`, or `low = …` and `high = …` for a range, or why there is none, such as `obs_status = \"L\"` (not collected) or \"Q\" (suppressed)",
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

    /// `ci = { low = 28.5, high = 31.5, level = 95 }`: a confidence interval as the source gives it.
    pub(super) fn interval(&self, table: &Table, amount: Amount) -> Option<Interval> {
        let mut fields = Fields::new(self.source, table, self.sink);
        let mut number = |key| {
            let node = fields.node(key)?;
            Some((self.decimal(key, node), node.span))
        };
        let (low, high, level) = (number("low"), number("high"), number("level"));
        fields.deny_unknown("unknown-metric-key");
        let (Some((low, low_span)), Some((high, _))) = (low, high) else {
            let help = "write `ci = { low = 28.5, high = 31.5, level = 95 }`";
            self.report("missing-metric-key", "a confidence interval says its `low` and its `high`", self.span, help);
            return None;
        };
        let (low, high) = (low?, high?);
        if low >= high {
            self.report("interval-upside-down", "`low` of `ci` is not below `high`", low_span, "exchange the two");
            return None;
        }
        if amount.value().is_none_or(|value| value < low || value > high) {
            let help = "the interval holds the `value` between `low` and `high`; check all three and their unit";
            self.report("value-outside-interval", "the value is not within its confidence interval", low_span, help);
            return None;
        }
        let level = match level {
            Some((level, span)) => {
                let level = level?;
                if level <= Decimal::ZERO || level >= Decimal::HUNDRED {
                    let help = "write it in percent: `level = 95`";
                    self.report("bad-level", "the `level` of a confidence interval is not between 0 and 100", span, help);
                    return None;
                }
                Some(level)
            }
            None => None,
        };
        Some(Interval { low, high, level })
    }

    pub(super) fn decimal(&self, key: &str, node: &Node) -> Option<Decimal> {
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
