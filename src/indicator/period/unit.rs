use std::fmt;

use jiff::civil::{Date, ISOWeekDate, Weekday};
use jiff::{Span, ToSpan};

use super::Frequency;
use crate::locale::{DateWords, PeriodWords, fill, format_date, parse_date};

/// One unit of the calendar.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Unit {
    Year(i16),
    /// Twelve months from a month of this year that is not January.
    Fiscal(i16, i8),
    Half(i16, i8),
    Quarter(i16, i8),
    Month(i16, i8),
    /// A week of ISO 8601: Monday to Sunday, of the year that its Thursday is in.
    Week(i16, i8),
    Day(Date),
}

impl Unit {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (year, rest) = match text.split_once('-') {
            Some((year, rest)) => (year, Some(rest)),
            None => (text, None),
        };
        let year: i16 = (year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit())).then(|| year.parse().ok())??;
        let Some(rest) = rest else { return Some(Self::Year(year)) };
        let number = |text: &str, most: i8| text.parse::<i8>().ok().filter(|n| (1..=most).contains(n));
        match rest.as_bytes() {
            [b'H' | b'S', b'1'..=b'2'] => number(rest.get(1..)?, 2).map(|half| Self::Half(year, half)),
            [b'Q', b'1'..=b'4'] => number(rest.get(1..)?, 4).map(|quarter| Self::Quarter(year, quarter)),
            [b'W', b'0'..=b'5', b'0'..=b'9'] => {
                let week = number(rest.get(1..)?, 53)?;
                monday(year, week).map(|_| Self::Week(year, week))
            }
            [b'0'..=b'1', b'0'..=b'9'] => number(rest, 12).map(|month| Self::Month(year, month)),
            _ if text.len() == 10 => parse_date(text).map(Self::Day),
            _ => None,
        }
    }

    pub(super) fn frequency(self) -> Frequency {
        match self {
            Self::Year(_) | Self::Fiscal(..) => Frequency::Annual,
            Self::Half(..) => Frequency::HalfYearly,
            Self::Quarter(..) => Frequency::Quarterly,
            Self::Month(..) => Frequency::Monthly,
            Self::Week(..) => Frequency::Weekly,
            Self::Day(_) => Frequency::Daily,
        }
    }

    /// The year that it is named by.
    pub(super) fn year(self) -> i16 {
        match self {
            Self::Year(year)
            | Self::Fiscal(year, _)
            | Self::Half(year, _)
            | Self::Quarter(year, _)
            | Self::Month(year, _)
            | Self::Week(year, _) => year,
            Self::Day(date) => date.year(),
        }
    }

    pub(super) fn start(self) -> Option<Date> {
        let (year, month) = match self {
            Self::Day(date) => return Some(date),
            Self::Week(year, week) => return monday(year, week),
            Self::Year(year) => (year, 1),
            Self::Fiscal(year, month) => (year, month),
            Self::Half(year, half) => (year, half * 6 - 5),
            Self::Quarter(year, quarter) => (year, quarter * 3 - 2),
            Self::Month(year, month) => (year, month),
        };
        Date::new(year, month, 1).ok()
    }

    pub(super) fn end(self) -> Option<Date> {
        let (year, month) = match self {
            Self::Day(date) => return Some(date),
            Self::Week(year, week) => return monday(year, week)?.checked_add(6.days()).ok(),
            Self::Year(year) => (year, 12),
            Self::Fiscal(year, month) => (year + 1, month - 1),
            Self::Half(year, half) => (year, half * 6),
            Self::Quarter(year, quarter) => (year, quarter * 3),
            Self::Month(year, month) => (year, month),
        };
        Date::new(year, month, 1).ok().map(Date::last_of_month)
    }

    /// The unit right before it.
    pub(super) fn previous(self) -> Option<Self> {
        let before = |year: i16, part: i8, parts: i8| if part == 1 { (year - 1, parts) } else { (year, part - 1) };
        Some(match self {
            Self::Year(year) => Self::Year(year - 1),
            Self::Fiscal(year, month) => Self::Fiscal(year - 1, month),
            Self::Half(year, half) => {
                let (year, half) = before(year, half, 2);
                Self::Half(year, half)
            }
            Self::Quarter(year, quarter) => {
                let (year, quarter) = before(year, quarter, 4);
                Self::Quarter(year, quarter)
            }
            Self::Month(year, month) => {
                let (year, month) = before(year, month, 12);
                Self::Month(year, month)
            }
            Self::Week(..) => {
                let week = earlier(self.start()?, 7.days())?.iso_week_date();
                Self::Week(week.year(), week.week())
            }
            Self::Day(date) => Self::Day(earlier(date, 1.days())?),
        })
    }

    /// The same part of the year before; `None` for a 53rd week and a 29 February.
    pub(super) fn year_before(self) -> Option<Self> {
        Some(match self {
            Self::Year(year) => Self::Year(year - 1),
            Self::Fiscal(year, month) => Self::Fiscal(year - 1, month),
            Self::Half(year, half) => Self::Half(year - 1, half),
            Self::Quarter(year, quarter) => Self::Quarter(year - 1, quarter),
            Self::Month(year, month) => Self::Month(year - 1, month),
            Self::Week(year, week) => monday(year - 1, week).map(|_| Self::Week(year - 1, week))?,
            Self::Day(date) => Self::Day(Date::new(date.year() - 1, date.month(), date.day()).ok()?),
        })
    }

    pub(super) fn write(self, words: &PeriodWords, dates: &DateWords) -> String {
        let named = |patterns: &[String], number: i8, year: i16| {
            let pattern = usize::try_from(number - 1).ok().and_then(|index| patterns.get(index));
            fill(pattern.map_or("{y}", String::as_str), &[("y", &year.to_string())])
        };
        match self {
            Self::Year(year) => fill(&words.year, &[("y", &year.to_string())]),
            Self::Fiscal(year, _) => fill(&words.fiscal, &[("from", &year.to_string()), ("to", &(year + 1).to_string())]),
            Self::Half(year, half) => named(&words.halves, half, year),
            Self::Quarter(year, quarter) => named(&words.quarters, quarter, year),
            Self::Month(..) => format_date(self.start().unwrap_or_default(), &words.month, dates),
            Self::Week(year, week) => fill(&words.week, &[("w", &week.to_string()), ("y", &year.to_string())]),
            Self::Day(date) => format_date(date, &words.day, dates),
        }
    }
}

fn monday(year: i16, week: i8) -> Option<Date> {
    ISOWeekDate::new(year, week, Weekday::Monday).ok().map(ISOWeekDate::date)
}

fn earlier(date: Date, by: Span) -> Option<Date> {
    date.checked_sub(by).ok()
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Fiscal(year, _) => write!(f, "{year:04}/{:04}", year + 1),
            Self::Half(year, half) => write!(f, "{year:04}-H{half}"),
            Self::Quarter(year, quarter) => write!(f, "{year:04}-Q{quarter}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Week(year, week) => write!(f, "{year:04}-W{week:02}"),
            Self::Day(date) => write!(f, "{date}"),
        }
    }
}
