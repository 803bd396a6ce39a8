use super::label::{Block, Spot};
use super::layout::{Layout, Length, UNIT};
use super::line::Frame;
use super::look::Look;
use super::marker::Shape;
use super::plot::Plot;
use super::sheet::Sheet;
use super::svg::{Anchor, Drawing};
use super::wrap::wrapped_to;

/// The room between a line's end and its name: a leader, the shape of its points.
const LEAD: Length = 26 * UNIT;

/// A leader starts no further from the right edge.
const NEAR: Length = 36 * UNIT;

/// The names of several lines with their newest values, beside the ends of the lines.
pub(super) struct Ends {
    /// By strand: the block, and the mark that it names.
    labels: Vec<(usize, usize, Block)>,
    layout: Layout,
}

impl Ends {
    /// The names of the strands; nothing for a single one.
    pub fn new(sheet: &Sheet<'_>, layout: Layout) -> Self {
        if sheet.plots.len() < 2 {
            return Self { labels: Vec::new(), layout };
        }
        let most = layout.width * 3 / 10 - LEAD;
        let last = sheet.plots.iter().filter_map(|plot| plot.newest()).map(|mark| mark.period).max();
        let label = |plot: &Plot<'_>| {
            let at = newest_at(plot)?;
            let mark = plot.marks.get(at)?;
            let mut value = if mark.is_target() { plot.target_lines(mark.metric).join(" ") } else { plot.short(mark.metric) };
            if Some(mark.period) != last {
                value = format!("{value} ({})", mark.period.short_label(plot.locale()));
            }
            let mut lines = wrapped_to(plot.name, layout.font, false, most);
            lines.extend(wrapped_to(&value, layout.font, false, most));
            Some((plot.hue, at, Block::value(lines, layout, false)))
        };
        Self { labels: sheet.plots.iter().filter_map(label).collect(), layout }
    }

    /// The room that they take from the right edge.
    pub fn width(&self) -> Length {
        self.labels.iter().map(|(_, _, block)| block.width() + LEAD).max().unwrap_or(0)
    }

    /// The room that they take under each other.
    pub fn height(&self) -> Length {
        self.labels.iter().map(|(_, _, block)| block.height() + 3 * UNIT).sum()
    }

    /// Writes each as near to its line's end as the others allow.
    pub fn draw(&self, frame: &Frame<'_>, drawing: &mut Drawing) {
        let half = self.layout.line_height() / 2;
        let mut ends: Vec<(Spot, usize, &Block)> =
            self.labels.iter().filter_map(|(hue, at, block)| Some((*frame.spots.get(*hue)?.get(*at)?, *hue, block))).collect();
        ends.sort_by_key(|((_, y), hue, _)| (*y, *hue));
        let wanted: Vec<(Length, Length)> = ends.iter().map(|((_, y), _, block)| (y - half, block.height() + 3 * UNIT)).collect();
        let tops = stacked(&wanted, frame.top, frame.bottom.max(frame.top + self.height()));
        for ((spot, hue, block), top) in ends.iter().zip(tops) {
            let (x, y) = *spot;
            let place = (frame.right + 15 * UNIT, top + half);
            // Across the plot, a leader would look like values that nobody stated.
            if x >= frame.right - NEAR && (place.1 != y || x < frame.right - 13 * UNIT) {
                drawing.line(Look::LEADER, (x + 7 * UNIT, y), (place.0 - 6 * UNIT, place.1));
            }
            drawing.in_hue(*hue, |drawing| Shape::of(*hue).draw(drawing, Look::DOT, place, 4 * UNIT));
            block.write(drawing, Anchor::Start, frame.right + LEAD, top);
        }
    }
}

/// The mark that names a strand: its newest value, or its last target.
pub(super) fn newest_at(plot: &Plot<'_>) -> Option<usize> {
    plot.marks.iter().position(|mark| mark.newest).or_else(|| plot.marks.len().checked_sub(1))
}

/// Tops for boxes under each other, in the wanted order, each as near to the wanted top as the others and the room allow.
pub(super) fn stacked(wanted: &[(Length, Length)], top: Length, bottom: Length) -> Vec<Length> {
    let mut tops = Vec::with_capacity(wanted.len());
    let mut free = top;
    for (at, height) in wanted {
        let place = (*at).max(free);
        tops.push(place);
        free = place + height;
    }
    let mut limit = bottom;
    for (place, (_, height)) in tops.iter_mut().zip(wanted).rev() {
        *place = (*place).min(limit - height);
        limit = *place;
    }
    tops
}
