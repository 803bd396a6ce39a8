use jiff::civil::Date;

use super::plot::{Mark, Plot};
use crate::indicator::{Frequency, Measure, TimePeriod};

/// The place of a period on a time scale, in half days: a level stands at the end of its period,
/// everything else in the middle.
pub(super) fn moment(period: TimePeriod, measure: Measure) -> i64 {
    let (start, end) = (day_number(period.start()), day_number(period.end()) + 1);
    if measure == Measure::Stock { end * 2 } else { start + end }
}

/// The places of marks in time, by strand. Where the periods are of unlike kinds, a target stands at the end of its own, by
/// which it is to be reached: else the target for a year would stand before the values of its last months. A sum over a
/// period stands where that period's results do.
pub(super) fn moments(plots: &[Plot<'_>], measure: Measure) -> Vec<Vec<i64>> {
    let mut kinds = plots.iter().flat_map(|plot| &plot.marks).map(|mark| kind_of(mark.period));
    let first = kinds.next();
    let unlike = kinds.any(|kind| Some(kind) != first);
    let of = |mark: &Mark<'_>| {
        let due = mark.is_target() && unlike && measure != Measure::Flow;
        moment(mark.period, if due { Measure::Stock } else { measure })
    };
    plots.iter().map(|plot| plot.marks.iter().map(of).collect()).collect()
}

/// How many periods lie from one to another of the same kind: 1 for neighbours, 0 where that has no meaning.
pub(super) fn steps_between(from: TimePeriod, to: TimePeriod) -> i64 {
    if !from.is_like(to) {
        return 0;
    }
    if matches!(from.frequency(), Frequency::Weekly | Frequency::Daily) {
        let length = day_number(from.end()) - day_number(from.start()) + 1;
        return exact(day_number(to.start()) - day_number(from.start()), length);
    }
    let length = if from.is_year_to_date() { 12 } else { month_number(from.end()) - month_number(from.start()) + 1 };
    exact(month_number(to.start()) - month_number(from.start()), length)
}

/// Not a whole number of steps, such as of ranges that overlap, is like a missing period: more than one.
fn exact(distance: i64, length: i64) -> i64 {
    if length <= 0 || distance <= 0 {
        return 0;
    }
    if distance % length == 0 { distance / length } else { distance / length + 2 }
}

/// What periods have in common that are of one kind and length.
pub(super) fn kind_of(period: TimePeriod) -> (Frequency, bool, i64) {
    let months = if period.is_range() { month_number(period.end()) - month_number(period.start()) } else { 0 };
    (period.frequency(), period.is_range(), months)
}

fn month_number(date: Date) -> i64 {
    i64::from(date.year()) * 12 + i64::from(date.month())
}

/// Days since a fixed day, after Howard Hinnant's `days_from_civil`.
pub(super) fn day_number(date: Date) -> i64 {
    let (year, month, day) = (i64::from(date.year()), i64::from(date.month()), i64::from(date.day()));
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year
}

#[cfg(test)]
mod tests {
    use super::*;

    fn p(text: &str) -> TimePeriod {
        TimePeriod::parse(text).unwrap()
    }

    #[test]
    fn days_are_counted_over_leap_years() {
        let days = |text: &str| day_number(p(text).start());
        assert_eq!(days("2000-03-01") - days("2000-02-28"), 2);
        assert_eq!(days("2017-01-01") - days("2016-01-01"), 366);
    }

    #[test]
    fn steps_are_counted_in_periods() {
        for (from, to, steps) in [
            ("2015", "2016", 1),
            ("2015", "2018", 3),
            ("2016-Q4", "2017-Q1", 1),
            ("2016-12", "2017-02", 2),
            ("2016-12-31", "2017-01-01", 1),
            ("2010-01/2010-07", "2011-01/2011-07", 1),
            ("2010-01/2010-07", "2011-01/2011-08", 0),
            ("2011/2015", "2016/2020", 1),
            ("2016", "2016-H1", 0),
        ] {
            assert_eq!(steps_between(p(from), p(to)), steps, "{from} {to}");
        }
    }
}
