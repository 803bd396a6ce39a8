use std::collections::BTreeMap;

use super::layout::{Length, UNIT};
use super::look::Look;
use super::plot::Mark;
use super::scale::{Grain, Scale};
use super::svg::Drawing;
use super::time::{kind_of, moment, steps_between};
use crate::indicator::{Frequency, Kind, Measure, Series};
use crate::locale::{Decimal, Locale};

/// More marks than these do not stand apart on 96 units.
const MOST_MARKS: usize = 192;

/// What periods have in common that may be joined.
type Kindred = (Frequency, bool, i64);

/// Where a line ends so far.
#[derive(Clone, Copy)]
struct End {
    /// The last mark.
    at: usize,
    /// The place of the last one that is kept.
    spot: (Length, Length),
    /// Whether a period is missing since then.
    bridged: bool,
    /// How many breaks the series had until then.
    breaks: usize,
}

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
                broken: point.broken_at(),
            })
        })
        .collect();
    let spots = spots(&marks);
    let kept = kept(&marks, &spots);
    let mut drawing = Drawing::new(96 * UNIT, String::new());
    drawing.height = 28 * UNIT;
    for (look, line) in lines(&marks, &spots, &kept) {
        match line.as_slice() {
            [alone] => drawing.circle(Look::PAST, *alone, UNIT + UNIT / 2),
            line => drawing.polyline(look, line),
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

/// Which marks a line so small can show: all of a few, of many the lowest and the highest in each unit of its width.
fn kept(marks: &[Mark<'_>], spots: &[(Length, Length)]) -> Vec<bool> {
    if marks.len() <= MOST_MARKS {
        return vec![true; marks.len()];
    }
    let mut kept: Vec<bool> = marks.iter().map(Mark::is_break).collect();
    let column = |at: usize| spots.get(at).map(|(x, _)| x / UNIT);
    let mut start = 0;
    while start < marks.len() {
        let end = (start..marks.len()).find(|at| column(*at) != column(start)).unwrap_or(marks.len());
        let value = |at: &usize| marks.get(*at).map(|mark| mark.high);
        for at in [(start..end).min_by_key(value), (start..end).max_by_key(value)].into_iter().flatten() {
            if let Some(kept) = kept.get_mut(at) {
                *kept = true;
            }
        }
        start = end;
    }
    if let Some(first) = kept.first_mut() {
        *first = true;
    }
    if let Some(last) = kept.last_mut() {
        *last = true;
    }
    kept
}

/// The lines through the marks that are kept, each as long as its look lasts; one of a single spot joins nothing before it.
fn lines(marks: &[Mark<'_>], spots: &[(Length, Length)], kept: &[bool]) -> Vec<(Look, Vec<(Length, Length)>)> {
    let mut lines: Vec<(Look, Vec<(Length, Length)>)> = Vec::new();
    // For each kind of period that the series has: its last mark, the last one kept, the look of the way between the two.
    let mut ends: BTreeMap<Kindred, End> = BTreeMap::new();
    let mut breaks = 0;
    for (at, ((mark, spot), kept)) in marks.iter().zip(spots).zip(kept).enumerate() {
        breaks += usize::from(mark.is_break());
        let kindred = kind_of(mark.period);
        let last = |end: &End| marks.get(end.at).map_or(mark.period, |last| last.period);
        let before = ends.get(&kindred).filter(|end| end.breaks == breaks && last(end).is_like(mark.period)).copied();
        let bridged = before.is_some_and(|end| end.bridged || steps_between(last(&end), mark.period) > 1);
        match before {
            Some(end) if *kept => {
                let look = if bridged { Look::SPARK_THIN } else { Look::SPARK };
                match lines.last_mut() {
                    Some((last, line)) if *last == look && line.len() > 1 && line.last() == Some(&end.spot) => line.push(*spot),
                    _ => lines.push((look, vec![end.spot, *spot])),
                }
            }
            Some(_) => {}
            None => lines.push((Look::PAST, vec![*spot])),
        }
        let end = match before.filter(|_| !kept) {
            Some(end) => End { at, bridged, ..end },
            None => End { at, spot: *spot, bridged: false, breaks },
        };
        ends.insert(kindred, end);
    }
    lines
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
