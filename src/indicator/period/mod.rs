mod unit;

use std::cmp::Ordering;
use std::fmt;

use jiff::civil::Date;

use super::Frequency;
use crate::locale::{DateWords, Locale, PeriodWords, fill, format_date};
use unit::Unit;

/// The time that an observation is about (SDMX TIME_PERIOD): a year, half, quarter, month, week or day, or a range of them.
///
/// Ordered by end, then by length (the shorter first).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct TimePeriod {
    from: Unit,
    to: Unit,
}

impl TimePeriod {
    /// Reads `2016`, `2016-H1`, `2016-Q3`, `2016-08`, `2016-W05`, `2016-08-31`, `2016/2020` or `2010-01/2010-07`.
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

    /// The period as an indicator of fiscal years reads it, which start in this month: `2016/2017` is one of them, not two
    /// calendar years.
    #[must_use]
    pub fn in_fiscal_years(self, first_month: Option<i8>) -> Self {
        match (first_month, self.from, self.to) {
            (Some(month @ 2..=12), Unit::Year(from), Unit::Year(to)) if from + 1 == to => {
                let year = Unit::Fiscal(from, month);
                Self { from: year, to: year }
            }
            _ => self,
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

    /// Whether it is one fiscal year.
    pub fn is_fiscal_year(self) -> bool {
        matches!(self.to, Unit::Fiscal(..))
    }

    /// Whether two periods are of one kind and length, so that their values may be compared and joined by a line.
    pub fn is_like(self, other: Self) -> bool {
        self.frequency() == other.frequency()
            && self.is_range() == other.is_range()
            && (!self.is_range() || self.length() == other.length())
            && (!(self.is_fiscal_year() || other.is_fiscal_year()) || self.is_same_part(other))
    }

    /// Whether two periods are the same part of their years: both a second quarter, both January to July.
    pub fn is_same_part_of_year(self, other: Self) -> bool {
        self.is_like(other) && self.is_same_part(other)
    }

    fn is_same_part(self, other: Self) -> bool {
        if let (Unit::Week(_, week), Unit::Week(_, others)) = (self.from, other.from) {
            return week == others;
        }
        let part = |date: Date| (date.month(), date.day().min(28));
        part(self.start()) == part(other.start())
    }

    /// In months, or in days where the months say nothing.
    fn length(self) -> i32 {
        let (start, end) = (self.start(), self.end());
        match self.frequency() {
            Frequency::Weekly | Frequency::Daily => start.until(end).map_or(0, |span| span.get_days()),
            _ => (i32::from(end.year()) - i32::from(start.year())) * 12 + i32::from(end.month()) - i32::from(start.month()),
        }
    }

    /// The period of the same kind right before it; `None` where that has no meaning, as of a year to date.
    pub fn previous(self) -> Option<Self> {
        match (self.is_range(), self.from, self.to) {
            (false, _, unit) => {
                let unit = unit.previous()?;
                Some(Self { from: unit, to: unit })
            }
            (true, Unit::Year(from), Unit::Year(to)) => {
                let length = to - from + 1;
                Some(Self { from: Unit::Year(from - length), to: Unit::Year(to - length) })
            }
            _ => None,
        }
    }

    /// The same part of the year before.
    pub fn year_before(self) -> Option<Self> {
        Some(Self { from: self.from.year_before()?, to: self.to.year_before()? })
    }

    /// The calendar year that it lies in or ends with.
    #[must_use]
    pub fn year(self) -> Self {
        let year = Unit::Year(self.end().year());
        Self { from: year, to: year }
    }

    /// How many whole years lie from another of the same part of a year to this one.
    pub fn years_since(self, other: Self) -> Option<u16> {
        self.is_same_part_of_year(other).then(|| u16::try_from(self.to.year() - other.to.year()).ok())?
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

impl fmt::Display for TimePeriod {
    /// The form that front matter uses.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_range() { write!(f, "{}/{}", self.from, self.to) } else { self.to.fmt(f) }
    }
}

impl Ord for TimePeriod {
    fn cmp(&self, other: &Self) -> Ordering {
        // Days are asked for as far as they decide: long series are sorted by this.
        if self == other {
            return Ordering::Equal;
        }
        let kind = |period: &Self| (period.frequency(), period.is_range());
        let by_start = || other.start().cmp(&self.start());
        self.end().cmp(&other.end()).then_with(by_start).then_with(|| kind(self).cmp(&kind(other)))
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
        for text in [
            "2016",
            "2016-H1",
            "2016-Q3",
            "2016-08",
            "2016-W05",
            "2015-W53",
            "2016-08-31",
            "2016/2020",
            "2010-01/2010-07",
            "2016-Q1/2016-Q3",
            "2016-W01/2016-W04",
        ] {
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
            "2016-W00",
            "2016-W53",
            "2016-W5",
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

    #[test]
    fn a_fiscal_year_is_one_year_only_where_years_do_not_start_in_january() {
        let fiscal = p("2016/2017").in_fiscal_years(Some(7));
        assert!(fiscal.is_fiscal_year() && !fiscal.is_range());
        assert_eq!((fiscal.start().to_string(), fiscal.end().to_string()), ("2016-07-01".into(), "2017-06-30".into()));
        assert_eq!(fiscal.to_string(), "2016/2017");
        assert!(p("2016/2017").in_fiscal_years(None).is_range() && p("2016/2018").in_fiscal_years(Some(7)).is_range());
        assert!(fiscal.is_like(p("2014/2015").in_fiscal_years(Some(7))) && !fiscal.is_like(p("2016")));
        assert!(!fiscal.is_like(p("2014/2015").in_fiscal_years(Some(4))));
        assert!(p("2016") < fiscal && fiscal < p("2017"));
        let (vi, en) = (Locale::of(&Lang::new("vi")).unwrap(), Locale::of(&Lang::new("en")).unwrap());
        assert_eq!(
            (fiscal.label(&vi).as_str(), fiscal.label(&en).as_str()),
            ("năm tài chính 2016/2017", "fiscal year 2016/2017")
        );
        assert_eq!((p("2016-W05").label(&vi).as_str(), p("2016-W05").label(&en).as_str()), ("tuần 5/2016", "week 5 of 2016"));
    }

    #[test]
    fn weeks_are_those_of_iso_8601() {
        assert_eq!(
            (p("2015-W53").start().to_string(), p("2015-W53").end().to_string()),
            ("2015-12-28".into(), "2016-01-03".into())
        );
        assert_eq!(p("2016-W01").previous(), Some(p("2015-W53")));
        assert_eq!(p("2015-W53").year_before(), None);
    }

    #[test]
    fn the_period_before_and_the_same_of_last_year() {
        for (period, previous, last_year) in [
            ("2016", Some("2015"), Some("2015")),
            ("2016-H1", Some("2015-H2"), Some("2015-H1")),
            ("2016-Q2", Some("2016-Q1"), Some("2015-Q2")),
            ("2016-01", Some("2015-12"), Some("2015-01")),
            ("2016-02-29", Some("2016-02-28"), None),
            ("2016/2020", Some("2011/2015"), Some("2015/2019")),
            ("2016-01/2016-07", None, Some("2015-01/2015-07")),
        ] {
            let text = |period: Option<TimePeriod>| period.map(|period| period.to_string());
            assert_eq!((text(p(period).previous()).as_deref(), text(p(period).year_before()).as_deref()), (previous, last_year));
        }
        assert_eq!(p("2016").years_since(p("2010")), Some(6));
        assert_eq!(p("2016").years_since(p("2010-Q1")), None);
    }
}
