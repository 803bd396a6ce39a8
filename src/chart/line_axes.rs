use super::label::{Block, Box2};
use super::layout::{Layout, Length, UNIT};
use super::line::{Frame, is_cropped};
use super::plot::Plot;
use super::scale::Ticks;
use super::svg::{Anchor, Drawing, Look};
use crate::locale::format_number;

/// The most intervals between ticks: six ticks.
const MOST_INTERVALS: i128 = 5;

/// The value axis of a line chart, if it has one.
pub(super) struct Axes {
    /// The value at the bottom.
    pub low: i128,
    /// The value at the top.
    pub high: i128,
    /// The room left of the plot.
    pub gutter: Length,
    ticks: Vec<(i128, Block)>,
}

impl Axes {
    /// Decides the range of values, from zero unless it is cropped, and the ticks.
    pub fn new(plot: &Plot<'_>, layout: Layout, with_axis: bool) -> Self {
        let (low, high) = plot.extent_with_zero();
        if !with_axis {
            return Self { low, high, gutter: 0, ticks: Vec::new() };
        }
        let (low, high) = if is_cropped(plot) { cropped(plot.extent()) } else { (low, high) };
        let ticks = Ticks::around(low, high, MOST_INTERVALS);
        let (low, high) = ticks.ends();
        let label = |value: i128| {
            let number = plot.grain.number(value, ticks.step)?;
            let sign = if Some(&value) == ticks.values.last() { plot.sign() } else { "" };
            let text = format!("{}{sign}", format_number(number, plot.locale()));
            Some((value, Block::axis(text, layout)))
        };
        let ticks: Vec<(i128, Block)> = ticks.values.iter().filter_map(|value| label(*value)).collect();
        let widest = ticks.iter().map(|(_, label)| label.width()).max().unwrap_or(0);
        let gutter = if widest * 10 <= layout.width * 3 { widest + 8 * UNIT } else { 0 };
        Self { low, high, gutter, ticks }
    }

    /// Draws hairlines with their numbers, the baseline and the periods.
    pub fn draw(&self, frame: &mut Frame<'_>, drawing: &mut Drawing) {
        let right = frame.layout.width;
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
        if self.low <= 0 {
            let zero = frame.scale.at(0);
            drawing.line(Look::BASELINE, (self.gutter, zero), (right, zero));
        }
        periods(frame, drawing);
    }
}

/// The range of a cropped axis: a quarter of the plot stays free below the values.
fn cropped((low, high): (i128, i128)) -> (i128, i128) {
    let spare = (high - low) / 3;
    if low > 0 { ((low - spare).max(0), high) } else { (low, (high + spare).min(0)) }
}

/// A tick at each period; labels as many as fit: the last, the first, then evenly where that is possible.
fn periods(frame: &mut Frame<'_>, drawing: &mut Drawing) {
    let (plot, layout, bottom) = (frame.plot, frame.layout, frame.bottom);
    let mut columns: Vec<(Length, String)> = Vec::new();
    for ((x, _), mark) in frame.spots.iter().zip(&plot.marks) {
        if columns.last().is_none_or(|(_, label)| *label != mark.period.short_label(plot.locale())) {
            columns.push((*x, mark.period.short_label(plot.locale())));
        }
    }
    let top = bottom + 6 * UNIT;
    let blocks: Vec<(Length, Block)> = columns.into_iter().map(|(x, label)| (x, Block::axis(label, layout))).collect();
    let crowded = layout.width / Length::try_from(blocks.len().max(1)).unwrap_or(1) < 5 * UNIT;
    for (i, (x, block)) in blocks.iter().enumerate().rev() {
        let placed = order(blocks.len(), i, &blocks, layout) && frame.placer.place(drawing, block, &[(*x, top)]).is_some();
        if placed || !crowded {
            drawing.line(Look::HAIRLINE, (*x, bottom), (*x, bottom + 5 * UNIT));
        }
    }
}

/// Whether a label is one of the evenly spaced ones, counted back from the last.
fn order(count: usize, at: usize, blocks: &[(Length, Block)], layout: Layout) -> bool {
    let Some(((first, _), (last, _))) = blocks.first().zip(blocks.last()) else { return false };
    let widest = blocks.iter().map(|(_, block)| block.width()).max().unwrap_or(0) + 14 * UNIT;
    let room = (last - first).max(layout.width / 2);
    let fitting = usize::try_from((room / widest.max(1)).max(1)).unwrap_or(1);
    let even = blocks.windows(2).all(|pair| match pair {
        [(a, _), (b, _)] => (b - a) * 4 >= (last - first) * 3 / Length::try_from(count).unwrap_or(1),
        _ => true,
    });
    !even || (count - 1 - at).is_multiple_of(count.div_ceil(fitting + 1).max(1))
}
