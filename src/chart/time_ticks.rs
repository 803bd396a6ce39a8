use super::time::{day_number, moment};
use crate::indicator::{Frequency, Measure, TimePeriod};
use crate::locale::Locale;

/// The steps between round times, in months, where values are of years, halves, quarters or months.
const MONTHS: [i32; 13] = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12_000];
/// More ticks than these never fit.
const MOST_TICKS: i32 = 40;

/// A round time on the axis.
#[derive(Clone, Copy, Debug)]
pub(super) struct RoundTime {
    period: TimePeriod,
    /// Whether it is the place of a whole period, as in a series of years, rather than its first day.
    whole: bool,
}

impl RoundTime {
    /// Where it stands on the time scale.
    pub fn place(self, measure: Measure) -> i64 {
        if self.whole { moment(self.period, measure) } else { day_number(self.period.start()) * 2 }
    }

    /// Its label.
    pub fn text(self, locale: &Locale) -> String {
        self.period.short_label(locale)
    }
}

/// Round times over the span of periods, the finest first: months that begin a quarter, years that five or ten divide.
pub(super) fn candidates(periods: &[TimePeriod]) -> impl Iterator<Item = Vec<RoundTime>> {
    let first = periods.iter().map(|period| period.start()).min().unwrap_or_default();
    let last = periods.iter().map(|period| period.end()).max().unwrap_or_default();
    let yearly = periods.iter().all(|period| period.frequency() == Frequency::Annual);
    let (from, to) = (month(first.year(), first.month()), month(last.year(), last.month()));
    let months =
        MONTHS.into_iter().filter(move |step| !yearly || *step >= 12).filter(move |step| (to - from) / step < MOST_TICKS);
    months.map(move |step| {
        let start = from.div_euclid(step) * step;
        let times = (0..).map(|n| start + n * step).take_while(|at| *at <= to);
        times.filter_map(|at| round_time(at, step, yearly)).collect()
    })
}

fn month(year: i16, month: i8) -> i32 {
    i32::from(year) * 12 + i32::from(month) - 1
}

fn round_time(at: i32, step: i32, yearly: bool) -> Option<RoundTime> {
    let (year, month) = (at.div_euclid(12), at.rem_euclid(12) + 1);
    let text = if step >= 12 { format!("{year:04}") } else { format!("{year:04}-{month:02}") };
    Some(RoundTime { period: TimePeriod::parse(&text)?, whole: yearly })
}
