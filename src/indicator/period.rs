use std::cmp::Ordering;
use std::fmt;

use jiff::civil::Date;

use super::Frequency;
use crate::locale::{DateWords, Locale, PeriodWords, fill, format_date, parse_date};

/// The time that an observation is about (SDMX TIME_PERIOD): a year, half, quarter, month or day, or a range of them.
///
/// Ordered by end, then by length (the shorter first).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct TimePeriod {
    from: Unit,
    to: Unit,
}

/// One unit of the calendar.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Unit {
    Year(i16),
    Half(i16, i8),
    Quarter(i16, i8),
    Month(i16, i8),
    Day(Date),
}

impl TimePeriod {
    /// Reads `2016`, `2016-H1`, `2016-Q3`, `2016-08`, `2016-08-31`, `2016/2020` or `2010-01/2010-07`.
    /// A range is of two units of one kind, the first before the second.
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once('/') {
            None => Unit::parse(text).map(|unit| Self { from: unit, to: unit }),
            Some((from, to)) => {
                let period = Self { from: Unit::parse(from)?, to: Unit::parse(to)? };
                let same_kind = period.from.frequency() == period.to.frequency();
                (same_kind && period.from.end()? < period.to.start()?).then_some(period)
            }
        }
    }

    /// The first day.
    pub fn start(self) -> Date {
        self.from.start().unwrap_or(Date::MIN)
    }

    /// The last day.
    pub fn end(self) -> Date {
        self.to.end().unwrap_or(Date::MAX)
    }

    /// The unit that it is made of.
    pub fn frequency(self) -> Frequency {
        self.to.frequency()
    }

    /// Whether it spans several units.
    pub fn is_range(self) -> bool {
        self.from != self.to
    }

    /// Whether it runs from January to a month of the same year: a figure cumulated over the year so far.
    pub fn is_year_to_date(self) -> bool {
        matches!((self.from, self.to), (Unit::Month(from_year, 1), Unit::Month(to_year, to)) if from_year == to_year && to > 1)
    }

    /// Whether two periods are of one kind and length, so that their values may be compared and joined by a line.
    pub fn is_like(self, other: Self) -> bool {
        self.frequency() == other.frequency()
            && self.is_range() == other.is_range()
            && (!self.is_range() || self.months() == other.months())
    }

    /// Whether two periods are the same part of their years: both a second quarter, both January to July.
    pub fn is_same_part_of_year(self, other: Self) -> bool {
        let part = |date: Date| (date.month(), date.day().min(28));
        self.is_like(other) && part(self.start()) == part(other.start())
    }

    fn months(self) -> i32 {
        let (start, end) = (self.start(), self.end());
        (i32::from(end.year()) - i32::from(start.year())) * 12 + i32::from(end.month()) - i32::from(start.month())
    }

    /// The period in a sentence: "tháng 6/2011", "June 2011".
    pub fn label(self, locale: &Locale) -> String {
        self.write(&locale.period, &locale.date)
    }

    /// The period on an axis or in a narrow column: "6/2011", "Jun 2011".
    pub fn short_label(self, locale: &Locale) -> String {
        self.write(locale.period.short.as_deref().unwrap_or(&locale.period), &locale.date)
    }

    fn write(self, words: &PeriodWords, dates: &DateWords) -> String {
        if !self.is_range() {
            return self.to.write(words, dates);
        }
        match (self.from, self.to) {
            (Unit::Year(from), Unit::Year(to)) => fill(&words.years, &[("from", &from.to_string()), ("to", &to.to_string())]),
            _ if self.is_year_to_date() => format_date(self.end(), &words.to_date, dates),
            (from, to) => fill(&words.range, &[("from", &from.write(words, dates)), ("to", &to.write(words, dates))]),
        }
    }
}

impl Unit {
    fn parse(text: &str) -> Option<Self> {
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
            [b'0'..=b'1', b'0'..=b'9'] => number(rest, 12).map(|month| Self::Month(year, month)),
            _ if text.len() == 10 => parse_date(text).map(Self::Day),
            _ => None,
        }
    }

    fn frequency(self) -> Frequency {
        match self {
            Self::Year(_) => Frequency::Annual,
            Self::Half(..) => Frequency::HalfYearly,
            Self::Quarter(..) => Frequency::Quarterly,
            Self::Month(..) => Frequency::Monthly,
            Self::Day(_) => Frequency::Daily,
        }
    }

    fn start(self) -> Option<Date> {
        let (year, month) = match self {
            Self::Day(date) => return Some(date),
            Self::Year(year) => (year, 1),
            Self::Half(year, half) => (year, half * 6 - 5),
            Self::Quarter(year, quarter) => (year, quarter * 3 - 2),
            Self::Month(year, month) => (year, month),
        };
        Date::new(year, month, 1).ok()
    }

    fn end(self) -> Option<Date> {
        let (year, month) = match self {
            Self::Day(date) => return Some(date),
            Self::Year(year) => (year, 12),
            Self::Half(year, half) => (year, half * 6),
            Self::Quarter(year, quarter) => (year, quarter * 3),
            Self::Month(year, month) => (year, month),
        };
        Date::new(year, month, 1).ok().map(Date::last_of_month)
    }

    fn write(self, words: &PeriodWords, dates: &DateWords) -> String {
        let named = |patterns: &[String], number: i8, year: i16| {
            let pattern = usize::try_from(number - 1).ok().and_then(|index| patterns.get(index));
            fill(pattern.map_or("{y}", String::as_str), &[("y", &year.to_string())])
        };
        match self {
            Self::Year(year) => fill(&words.year, &[("y", &year.to_string())]),
            Self::Half(year, half) => named(&words.halves, half, year),
            Self::Quarter(year, quarter) => named(&words.quarters, quarter, year),
            Self::Month(..) => format_date(self.start().unwrap_or_default(), &words.month, dates),
            Self::Day(date) => format_date(date, &words.day, dates),
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Half(year, half) => write!(f, "{year:04}-H{half}"),
            Self::Quarter(year, quarter) => write!(f, "{year:04}-Q{quarter}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Day(date) => write!(f, "{date}"),
        }
    }
}

impl fmt::Display for TimePeriod {
    /// The form that front matter uses.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_range() { write!(f, "{}/{}", self.from, self.to) } else { self.to.fmt(f) }
    }
}

impl Ord for TimePeriod {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |period: &Self| (period.end(), std::cmp::Reverse(period.start()), period.frequency(), period.is_range());
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for TimePeriod {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    fn p(text: &str) -> TimePeriod {
        TimePeriod::parse(text).unwrap()
    }

    #[test]
    fn every_form_is_read_and_written_back() {
        for text in ["2016", "2016-H1", "2016-Q3", "2016-08", "2016-08-31", "2016/2020", "2010-01/2010-07", "2016-Q1/2016-Q3"] {
            assert_eq!(p(text).to_string(), text);
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "16",
            "2016-13",
            "2016-00",
            "2016-Q5",
            "2016-H3",
            "2016-8",
            "2016-02-30",
            "2020/2016",
            "2016/2016",
            "2016/2016-08",
            "năm 2016",
            "2016-",
            "-2016",
            "2016-Q",
            "2016-+1",
        ] {
            assert!(TimePeriod::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn periods_sort_by_end_then_the_shorter_first() {
        let mut periods = ["2016", "2015", "2016-Q4", "2016-12", "2016-H1", "2016-06", "2016-01/2016-06"].map(p);
        periods.sort();
        let sorted: Vec<String> = periods.iter().map(TimePeriod::to_string).collect();
        assert_eq!(sorted, ["2015", "2016-06", "2016-H1", "2016-01/2016-06", "2016-12", "2016-Q4", "2016"]);
    }

    #[test]
    fn labels_in_both_languages() {
        let (vi, en) = (Locale::of(&Lang::new("vi")).unwrap(), Locale::of(&Lang::new("en")).unwrap());
        for (text, vietnamese, english) in [
            ("2016", "năm 2016", "2016"),
            ("2016-H1", "6 tháng đầu năm 2016", "first half of 2016"),
            ("2012-Q1", "quý I/2012", "first quarter of 2012"),
            ("2011-06", "tháng 6/2011", "June 2011"),
            ("2016-08-31", "ngày 31/8/2016", "31 August 2016"),
            ("2016/2020", "giai đoạn 2016–2020", "2016–2020"),
            ("2010-01/2010-07", "7 tháng đầu năm 2010", "January–July 2010"),
        ] {
            assert_eq!(p(text).label(&vi), vietnamese);
            assert_eq!(p(text).label(&en), english);
        }
    }

    #[test]
    fn only_like_periods_compare() {
        assert!(p("2016").is_like(p("2009")));
        assert!(!p("2016").is_like(p("2016-H1")));
        assert!(!p("2010-01/2010-07").is_like(p("2010-01/2010-08")));
        assert!(p("2010-01/2010-07").is_same_part_of_year(p("2011-01/2011-07")));
        assert!(!p("2010-Q1").is_same_part_of_year(p("2010-Q2")));
        assert!(p("2011-02").is_same_part_of_year(p("2012-02")));
    }
}
