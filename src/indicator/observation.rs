use std::sync::Arc;

use jiff::civil::DateTime;

use super::{Basis, Breakdown, Kind, Note, ObsStatus, Qualifier, RevisionType, TimePeriod};
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
    /// None, for the reason that the status gives.
    Missing,
}

impl Amount {
    /// The number, where there is one.
    pub fn value(self) -> Option<Decimal> {
        match self {
            Self::Value(value) => Some(value),
            Self::Range { .. } | Self::Missing => None,
        }
    }

    /// The lowest and the highest number in it, where there is any.
    pub fn bounds(self) -> Option<(Decimal, Decimal)> {
        match self {
            Self::Value(value) => Some((value, value)),
            Self::Range { low, high } => Some((low, high)),
            Self::Missing => None,
        }
    }

    /// The same with each of its numbers made another one.
    ///
    /// # Errors
    /// As the making of one has them.
    pub fn each<E>(self, make: impl Fn(Decimal) -> Result<Decimal, E>) -> Result<Self, E> {
        Ok(match self {
            Self::Value(value) => Self::Value(make(value)?),
            Self::Range { low, high } => Self::Range { low: make(low)?, high: make(high)? },
            Self::Missing => Self::Missing,
        })
    }

    /// The number alone in a language: `2.105,8`, `30–35`; a dash where there is none.
    pub fn number(self, locale: &Locale, decimals: u8) -> String {
        let write = |number: Decimal| format_number(number.padded(decimals), locale);
        match self {
            Self::Value(value) => write(value),
            Self::Range { low, high } => {
                fill(Locale::word(&locale.qualifier, "range"), &[("low", &write(low)), ("high", &write(high))])
            }
            Self::Missing => "\u{2014}".to_owned(),
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
    /// Of whom: of all when it is empty.
    pub breakdown: Breakdown,
    /// How much, in the indicator's unit once it is settled.
    pub amount: Amount,
    /// How the number stands to the true one.
    pub qualifier: Qualifier,
    /// Actual or target.
    pub kind: Kind,
    /// SDMX OBS_STATUS.
    pub status: ObsStatus,
    /// How sure the source is of the value.
    pub interval: Option<Interval>,
    /// The unit as it is written, where it is not the indicator's.
    pub unit: Option<String>,
    /// The power of ten as it is written, where it is not the indicator's.
    pub unit_mult: Option<i8>,
    /// The change as the source reports it.
    pub change: Option<ReportedChange>,
    /// Why it is another value than older articles state.
    pub revision: Option<Revision>,
    /// Of a target: the period that progress to it is measured from.
    pub base: Option<TimePeriod>,
    /// A remark of the writer (SDMX COMMENT_OBS).
    pub comment: Option<Note>,
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
        let Self { indicator, ref_area, period, breakdown, amount, qualifier, kind, status, .. } = self;
        let Self { interval, unit, unit_mult, change, revision, base, comment, source, .. } = self;
        let key = (indicator, ref_area, period, breakdown, kind);
        format!("{key:?}{:?}", (amount, qualifier, status, interval, unit, unit_mult, change, revision, base, comment, source))
    }

    /// The number with its words and unit in a language: "hơn 30%", "2,105.8 billion VND"; why there is none, where there is
    /// none.
    pub fn text(&self, locale: &Locale, decimals: u8, unit_label: &str) -> String {
        if self.amount == Amount::Missing {
            let letter = self.status.letter().to_string();
            return locale.status.get(&letter).cloned().unwrap_or(letter);
        }
        let quantity = format_quantity(&self.amount.number(locale, decimals), unit_label, locale);
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

/// A confidence interval around a value, in the indicator's unit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Interval {
    /// Its low limit.
    pub low: Decimal,
    /// Its high limit.
    pub high: Decimal,
    /// How likely the true value is within, in percent, if the source says.
    pub level: Option<Decimal>,
}

impl Interval {
    /// The interval in the words of a language: "khoảng tin cậy 95%: 28,5–31,5".
    pub fn text(self, locale: &Locale, decimals: u8) -> String {
        let write = |number: Decimal| format_number(number.padded(decimals), locale);
        let level = self.level.map(|level| format_number(level, locale));
        let pattern = if level.is_some() { "interval_level" } else { "interval" };
        fill(
            Locale::word(&locale.observation, pattern),
            &[("low", &write(self.low)), ("high", &write(self.high)), ("level", &level.unwrap_or_default())],
        )
    }
}

/// What an article says about stating another value than older ones.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Revision {
    /// New data, or a mistake put right.
    pub kind: RevisionType,
    /// What and why.
    pub note: Note,
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
