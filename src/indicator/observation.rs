use std::sync::Arc;

use jiff::civil::DateTime;

use super::{Basis, Kind, ObsStatus, Qualifier, TimePeriod};
use crate::locale::{Decimal, Locale, fill, format_number, format_quantity};
use crate::text::Place;

/// A stated number (SDMX OBS_VALUE), in the indicator's unit × 10^`unit_mult`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Amount {
    /// One number.
    Value(Decimal),
    /// Two limits, the low one first.
    Range {
        /// The low limit.
        low: Decimal,
        /// The high limit.
        high: Decimal,
    },
}

impl Amount {
    /// The number, where there is one.
    pub fn value(self) -> Option<Decimal> {
        match self {
            Self::Value(value) => Some(value),
            Self::Range { .. } => None,
        }
    }

    /// The lowest and the highest number in it.
    pub fn bounds(self) -> (Decimal, Decimal) {
        match self {
            Self::Value(value) => (value, value),
            Self::Range { low, high } => (low, high),
        }
    }

    /// The number alone in a language: `2.105,8`, `30–35`.
    pub fn number(self, locale: &Locale, decimals: u8) -> String {
        let write = |number: Decimal| format_number(number.padded(decimals), locale);
        match self {
            Self::Value(value) => write(value),
            Self::Range { low, high } => {
                fill(Locale::word(&locale.qualifier, "range"), &[("low", &write(low)), ("high", &write(high))])
            }
        }
    }
}

/// One number that an article states about an indicator: an SDMX observation, before it is put in its series.
#[derive(Clone, PartialEq, Debug)]
pub struct Metric {
    /// The slug of the indicator's page.
    pub indicator: String,
    /// The area (SDMX REF_AREA, ISO 3166); `None` until the indicator's own is filled in.
    pub ref_area: Option<String>,
    /// When.
    pub period: TimePeriod,
    /// How much.
    pub amount: Amount,
    /// How the number stands to the true one.
    pub qualifier: Qualifier,
    /// Actual or target.
    pub kind: Kind,
    /// SDMX OBS_STATUS.
    pub status: ObsStatus,
    /// The change as the source reports it.
    pub change: Option<ReportedChange>,
    /// A remark of the writer (SDMX COMMENT_OBS).
    pub comment: Option<String>,
    /// Where the number is from, when it is not the article's source.
    pub source: Option<String>,
    /// Where in the article's front matter the metric starts.
    pub place: Place,
    /// Where its value stands.
    pub value_place: Place,
}

impl Metric {
    /// All that it states, but not where: two metrics of which this is the same look alike wherever they are shown.
    pub fn statement(&self) -> String {
        let Self { indicator, ref_area, period, amount, qualifier, kind, status, change, comment, source, .. } = self;
        format!("{:?}", (indicator, ref_area, period, amount, qualifier, kind, status, change, comment, source))
    }

    /// The number with its words and unit in a language: "hơn 30%", "2,105.8 billion VND".
    pub fn text(&self, locale: &Locale, decimals: u8, unit_label: &str) -> String {
        let quantity = format_quantity(&self.amount.number(locale, decimals), unit_label);
        match self.qualifier {
            Qualifier::Exact | Qualifier::Range => quantity,
            other => fill(Locale::word(&locale.qualifier, other.word()), &[("n", &quantity)]),
        }
    }

    /// The words before the number, alone: "hơn", "over"; nothing for an exact number.
    pub fn qualifier_word<'a>(&self, locale: &'a Locale) -> &'a str {
        match self.qualifier {
            Qualifier::Exact | Qualifier::Range => "",
            other => locale.qualifier.get(other.word()).map_or("", |pattern| pattern.trim_end_matches("{n}").trim_end()),
        }
    }
}

/// A change as a source reports it, in percent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ReportedChange {
    /// Percent, negative when down.
    pub value: Decimal,
    /// Against what.
    pub basis: Basis,
}

/// The article that an observation comes from.
#[derive(Clone, PartialEq, Debug)]
pub struct Origin {
    /// The index of the article's default-language page in the library.
    pub page: usize,
    /// When the article was published; articles without a date come before all others.
    pub date: Option<DateTime>,
}

/// A metric with the article that states it and its area known.
#[derive(Clone, PartialEq, Debug)]
pub struct Observation {
    /// What is stated.
    pub metric: Arc<Metric>,
    /// The area, filled in.
    pub ref_area: String,
    /// By which article.
    pub origin: Origin,
}
