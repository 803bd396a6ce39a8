use super::label::{Block, Box2};
use super::layout::{Layout, Length, UNIT};
use super::line::{Frame, is_cropped};
use super::look::Look;
use super::plot::Plot;
use super::scale::{Ticks, tick_text};
use super::sheet::Sheet;
use super::svg::{Anchor, Drawing};
use super::time::moment;
use super::time_ticks;
use crate::locale::fill;

/// The most intervals between ticks: six ticks.
const MOST_INTERVALS: i128 = 5;
/// From the plot to the labels of periods: those of ticks reach down half a line.
pub(super) const PERIOD_GAP: Length = 11 * UNIT;
/// Up to so many periods, each may have its own label.
const MOST_PERIODS: usize = 12;

/// The value axis of a line chart, if it has one.
pub(super) struct Axes {
    /// The value at the bottom.
    pub low: i128,
    /// The value at the top.
    pub high: i128,
    /// The room left of the plot.
    pub gutter: Length,
    /// Whether it starts elsewhere than at zero.
    pub cropped: bool,
    ticks: Vec<(i128, Block)>,
}

impl Axes {
    /// Decides the range of values, from zero unless it is cropped, and the ticks.
    pub fn new(sheet: &Sheet<'_>, layout: Layout, with_axis: bool) -> Self {
        let (low, high) = sheet.extent_with_zero();
        let Some(plot) = sheet.main().filter(|_| with_axis) else {
            return Self { low, high, gutter: 0, cropped: false, ticks: Vec::new() };
        };
        let cropped = is_cropped(sheet);
        let (low, high) = if cropped { with_spare(sheet.extent()) } else { (low, high) };
        let ticks = Ticks::around(low, high, MOST_INTERVALS);
        let (low, high) = ticks.ends();
        let last = ticks.values.last().copied();
        let label = |value: i128| Some((value, Block::axis(tick_text(plot, value, ticks.step, Some(value) == last)?, layout)));
        let labels: Vec<(i128, Block)> = ticks.values.iter().filter_map(|value| label(*value)).collect();
        let widest = labels.iter().map(|(_, label)| label.width()).max().unwrap_or(0);
        let gutter = if widest * 10 <= layout.width * 3 { widest + 8 * UNIT } else { 0 };
        // Ticks around a cropped range may come down to zero after all.
        Self { low, high, gutter, cropped: cropped && (low > 0 || high < 0), ticks: labels }
    }

    /// Draws hairlines with their numbers, the baseline and the periods.
    pub fn draw(&self, frame: &mut Frame<'_>, drawing: &mut Drawing) {
        let right = frame.right;
        for (value, label) in &self.ticks {
            let y = frame.scale.at(*value);
            if *value != 0 {
                drawing.line(Look::HAIRLINE, (self.gutter, y), (right, y));
            }
            // Left of the plot, or above the line where the numbers are too long for that.
            let (anchor, x, top) = if self.gutter > 0 {
                (Anchor::End, self.gutter - 8 * UNIT, y - label.height() / 2)
            } else {
                (Anchor::Start, 0, y - label.height())
            };
            label.write(drawing, anchor, x, top);
            let left = if anchor == Anchor::End { x - label.width() } else { x };
            frame.placer.take(Box2 { left, top, right: left + label.width(), bottom: top + label.height() });
        }
        if self.low <= 0 && self.high >= 0 {
            let zero = frame.scale.at(0);
            drawing.line(Look::BASELINE, (self.gutter, zero), (right, zero));
        }
        if self.cropped {
            self.announce(frame, drawing);
        }
        periods(frame, drawing);
    }

    /// Says above the plot where the axis starts.
    fn announce(&self, frame: &Frame<'_>, drawing: &mut Drawing) {
        let Some(plot) = frame.sheet.main() else { return };
        let start = if self.low > 0 { self.ticks.first() } else { self.ticks.last() };
        let value = start.map_or("", |(_, block)| block.text());
        let words = |name| Block::axis(fill(plot.word(name), &[("value", value)]), frame.layout);
        let (long, short) = (words("axis_cropped"), words("axis_cropped_short"));
        let block = if long.width() <= frame.layout.width { long } else { short };
        block.write(drawing, Anchor::Start, 0, 0);
    }
}

/// The range of a cropped axis: a quarter of the plot stays free below the values.
fn with_spare((low, high): (i128, i128)) -> (i128, i128) {
    let spare = (high - low) / 3;
    if low > 0 { ((low - spare).max(0), high) } else { (low, (high + spare).min(0)) }
}

/// A tick and a label at each period where all labels fit, else at round times of the calendar.
fn periods(frame: &mut Frame<'_>, drawing: &mut Drawing) {
    let Some(plot) = frame.sheet.main() else { return };
    let top = frame.bottom + PERIOD_GAP;
    let mut ticks = every_period(frame, plot).unwrap_or_default();
    if ticks.is_empty() {
        ticks = calendar(frame, plot);
    }
    for (x, block) in ticks.into_iter().rev() {
        if frame.placer.place(drawing, &block, &[(x, top)]).is_some() {
            drawing.line(Look::HAIRLINE, (x, frame.bottom), (x, frame.bottom + 5 * UNIT));
        }
    }
}

/// Each period with its label; `None` when they are too many for the room.
fn every_period(frame: &Frame<'_>, plot: &Plot<'_>) -> Option<Vec<(Length, Block)>> {
    let mut periods = Vec::new();
    for (strand, spots) in frame.strands() {
        for (mark, (x, _)) in strand.marks.iter().zip(spots) {
            if !periods.contains(&(*x, mark.period)) {
                periods.push((*x, mark.period));
            }
            if periods.len() > MOST_PERIODS {
                return None;
            }
        }
    }
    periods.sort();
    let mut ticks: Vec<(Length, Block)> = Vec::new();
    let mut free = Length::MIN / 2;
    for (x, period) in periods {
        let block = Block::axis(period.short_label(plot.locale()), frame.layout);
        let half = block.width() / 2 + 2 * UNIT;
        // At the edges a label is moved into the frame.
        let middle = x.min(frame.right - half).max(half);
        if middle - half < free {
            return None;
        }
        free = middle + half + 6 * UNIT;
        ticks.push((x, block));
    }
    Some(ticks)
}

/// Round times between the first and the last value, as many as fit.
fn calendar(frame: &Frame<'_>, plot: &Plot<'_>) -> Vec<(Length, Block)> {
    let periods: Vec<_> = frame.sheet.marks().map(|mark| mark.period).collect();
    let measure = plot.request.definition.measure;
    for times in time_ticks::candidates(&periods) {
        let block = |text: String| Block::axis(text, frame.layout);
        let ticks: Vec<(Length, Block)> = times
            .iter()
            .map(|time| (time.place(measure), *time))
            .filter(|(at, _)| (frame.across.low..=frame.across.high).contains(&i128::from(*at)))
            .map(|(at, time)| (frame.across.at(i128::from(at)), block(time.text(plot.locale()))))
            .collect();
        let fits = ticks.windows(2).all(|pair| match pair {
            [(a, left), (b, right)] => a + left.width() / 2 + 10 * UNIT <= b - right.width() / 2,
            _ => true,
        });
        if fits && !ticks.is_empty() {
            return ticks;
        }
    }
    let ends = [periods.iter().min(), periods.iter().max()].into_iter().flatten();
    ends.map(|period| {
        let x = frame.across.at(i128::from(moment(*period, measure)));
        (x, Block::axis(period.short_label(plot.locale()), frame.layout))
    })
    .collect()
}
