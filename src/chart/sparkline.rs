use super::join::Join;
use super::layout::{Length, UNIT};
use super::look::Look;
use super::plot::Mark;
use super::scale::{Grain, Scale};
use super::svg::Drawing;
use super::time::{moment, steps_between};
use crate::indicator::{Kind, Measure, Series};
use crate::locale::{Decimal, Locale};

/// A line of 96 × 28 units for lists, hidden from screen readers: the numbers stand beside it.
/// Nothing for fewer than two values that can be plotted.
///
/// Periods of unlike length and both sides of a break are not joined. The height shows at least two fifths of the
/// largest value, so that a small change never looks like a large one.
pub fn sparkline(series: &Series, _locale: &Locale) -> String {
    let points = || series.points().iter().filter(|point| point.kind == Kind::Actual);
    let values = || points().filter_map(|point| point.latest().metric.amount.value());
    if values().count() < 2 {
        return String::new();
    }
    let decimals: Vec<Decimal> = values().collect();
    let grain = Grain::of(&decimals.iter().copied(), 1);
    let marks: Vec<Mark<'_>> = points()
        .filter_map(|point| {
            let metric = &*point.latest().metric;
            let value = grain.whole(metric.amount.value()?);
            Some(Mark {
                at: 0,
                period: point.period,
                kind: point.kind,
                metric,
                low: value,
                high: value,
                interval: None,
                superseded: Vec::new(),
                newest: false,
                broken: point.is_break(),
            })
        })
        .collect();
    let spots = spots(&marks);
    let mut drawing = Drawing::new(96 * UNIT, String::new());
    drawing.height = 28 * UNIT;
    for ((mark, spot), at) in marks.iter().zip(&spots).zip(0usize..) {
        let before = marks.iter().zip(&spots).take(at).rev().find(|(before, _)| before.period.is_like(mark.period));
        let broken =
            marks.iter().take(at + 1).rev().take_while(|m| before.is_some_and(|(b, _)| m.period != b.period)).any(Mark::is_break);
        match before.filter(|_| !broken) {
            Some((before, from)) => drawing.polyline(join_look(before, mark), &[*from, *spot]),
            None => drawing.circle(Look::PAST, *spot, UNIT + UNIT / 2),
        }
    }
    if let Some(last) = spots.last() {
        drawing.circle(Look::DOT, *last, 3 * UNIT);
    }
    format!(
        "<svg class=\"sparkline\" viewBox=\"0 0 96 28\" width=\"96\" height=\"28\" aria-hidden=\"true\" focusable=\"false\">{}</svg>",
        drawing.content().replace('\n', "")
    )
}

fn join_look(before: &Mark<'_>, mark: &Mark<'_>) -> Look {
    let join = if steps_between(before.period, mark.period) > 1 { Join::Bridge } else { Join::Solid };
    if join == Join::Solid { Look::SPARK } else { Look::SPARK_THIN }
}

fn spots(marks: &[Mark<'_>]) -> Vec<(Length, Length)> {
    let low = marks.iter().map(|mark| mark.low).min().unwrap_or(0);
    let high = marks.iter().map(|mark| mark.high).max().unwrap_or(0);
    let largest = high.abs().max(low.abs());
    let least = (largest * 2 / 5).max(1);
    let spare = (least - (high - low)).max(0);
    let height = Scale { low: low - spare / 2, high: high + spare - spare / 2, from: 24 * UNIT, to: 4 * UNIT };
    let times: Vec<i64> = marks.iter().map(|mark| moment(mark.period, Measure::Stock)).collect();
    let (first, last) = (times.iter().min().copied().unwrap_or(0), times.iter().max().copied().unwrap_or(0));
    let across = Scale { low: i128::from(first), high: i128::from(last), from: 4 * UNIT, to: 92 * UNIT };
    times.iter().zip(marks).map(|(time, mark)| (across.at(i128::from(*time)), height.at(mark.high))).collect()
}
