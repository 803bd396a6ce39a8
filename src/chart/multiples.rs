use super::label::{Block, Box2, Placer, Spot};
use super::layout::{Layout, Length, UNIT};
use super::line::{Frame, is_cropped, spots};
use super::line_marks;
use super::look::Look;
use super::plot::{Open, Plot};
use super::scale::Scale;
use super::sheet::Sheet;
use super::svg::{Anchor, Drawing};
use super::time::moment;
use super::wrap::wrapped_to;

/// More panels than these are left to the table.
pub(super) const MOST_PANELS: usize = 12;
/// The room between panels.
const GUTTER: Length = 20 * UNIT;

/// A small line chart for each strand, all to one scale of values and of time.
pub(super) fn draw(sheet: &Sheet<'_>, layout: Layout, mut drawing: Drawing) -> Drawing {
    let shown: Vec<&Plot<'_>> = sheet.plots.iter().take(MOST_PANELS).collect();
    let wide = layout.width > 500 * UNIT;
    let columns: usize = match (wide, shown.len()) {
        (true, 5 | 6 | 9) => 3,
        (true, count) => count.min(4),
        (false, _) => 2,
    };
    let across = Length::try_from(columns).unwrap_or(1);
    let width = (layout.width - GUTTER * (across - 1)) / across;
    let grid = Grid::new(sheet, layout, width, &shown);
    let mut top = 0;
    if grid.cropped {
        Block::axis(sheet.main().map_or("", |plot| plot.word("note_cropped")).to_owned(), layout).write(
            &mut drawing,
            Anchor::Start,
            0,
            0,
        );
        top += layout.line_height() + 6 * UNIT;
    }
    for row in shown.chunks(columns) {
        let names = row.iter().map(|plot| grid.name(plot).height()).max().unwrap_or(0);
        for (plot, column) in row.iter().zip(0..) {
            grid.panel(plot, &mut drawing, column * (width + GUTTER), top, names);
        }
        top += names + grid.plot_height + grid.above + grid.below + layout.line_height() + GUTTER;
    }
    drawing.height = top - GUTTER + 6 * UNIT;
    drawing
}

/// What all panels share.
struct Grid<'a> {
    sheet: &'a Sheet<'a>,
    layout: Layout,
    width: Length,
    plot_height: Length,
    /// The room for labels above and below the values.
    above: Length,
    below: Length,
    low: i128,
    high: i128,
    cropped: bool,
    times: (i64, i64),
}

impl<'a> Grid<'a> {
    fn new(sheet: &'a Sheet<'a>, layout: Layout, width: Length, shown: &[&Plot<'_>]) -> Self {
        let cropped = is_cropped(sheet);
        let (low, high) = if cropped { sheet.extent() } else { sheet.extent_with_zero() };
        let measure = sheet.request.definition.measure;
        let times = || shown.iter().flat_map(|plot| &plot.marks).map(|mark| moment(mark.period, measure));
        let open = shown.iter().flat_map(|plot| &plot.marks).any(|mark| mark.open().is_some());
        let down = shown.iter().flat_map(|plot| &plot.marks).any(|mark| mark.open() == Some(Open::Down));
        let above = layout.line_height() * if open { 4 } else { 2 };
        Self {
            sheet,
            layout,
            width,
            plot_height: (width * 2 / 5).max(layout.plot_height / 3),
            above,
            below: if low < 0 || down { above } else { 4 * UNIT },
            low,
            high,
            cropped,
            times: (times().min().unwrap_or(0), times().max().unwrap_or(0)),
        }
    }

    fn name(&self, plot: &Plot<'_>) -> Block {
        Block::value(wrapped_to(plot.name, self.layout.font, true, self.width), self.layout, true)
    }

    fn panel(&self, plot: &Plot<'_>, drawing: &mut Drawing, left: Length, top: Length, names: Length) {
        self.name(plot).write(drawing, Anchor::Start, left, top);
        let right = left + self.width;
        let plot_top = top + names + self.above;
        let plot_bottom = plot_top + self.plot_height;
        let bottom = plot_bottom + self.below;
        let scale = Scale { low: self.low, high: self.high, from: plot_bottom, to: plot_top };
        let across = super::line::across([self.times.0, self.times.1].into_iter(), left + 7 * UNIT, right - 7 * UNIT);
        let measure = self.sheet.request.definition.measure;
        let times: Vec<i64> = plot.marks.iter().map(|mark| moment(mark.period, measure)).collect();
        let mut all: Vec<Vec<Spot>> = vec![Vec::new(); self.sheet.plots.len()];
        let own = spots(plot, &times, across, scale);
        if let Some(place) = all.get_mut(plot.hue) {
            place.clone_from(&own);
        }
        let zero = if self.low <= 0 && self.high >= 0 { scale.at(0) } else { bottom };
        let foot = if self.cropped { Look::HAIRLINE } else { Look::BASELINE };
        drawing.line(foot, (left, zero), (right, zero));
        // The line under it is the periods'.
        let place = Box2 { left, top: top + names, right, bottom };
        let mut frame = Frame {
            sheet: self.sheet,
            layout: self.layout,
            scale,
            across,
            spots: all,
            left,
            right,
            top: top + names,
            bottom,
            placer: Placer::new(place),
        };
        self.periods(plot, drawing, &frame, &own);
        for mark in plot.marks.iter().zip(&own).filter(|(mark, _)| mark.is_break()) {
            let x = (mark.1.0 - 5 * UNIT).max(left);
            drawing.line(Look::BREAK, (x, plot_top), (x, bottom));
        }
        // One colour for all: the name tells the panels apart.
        let single = Plot { hue: 0, ..(*plot).clone() };
        line_marks::panel(&mut frame, drawing, &single, plot.hue, &own);
    }

    /// The first and the last period at the panel's foot, as far as there is room for both.
    fn periods(&self, plot: &Plot<'_>, drawing: &mut Drawing, frame: &Frame<'_>, own: &[Spot]) {
        let (Some(first), Some(last)) = (plot.marks.first(), plot.marks.last()) else { return };
        let block = |text: String| Block::axis(text, self.layout);
        let (from, to) = (block(first.period.short_label(plot.locale())), block(last.period.short_label(plot.locale())));
        let place = |x: Length, block: &Block| {
            let half = block.width() / 2;
            x.min(frame.right - half).max(frame.left + half)
        };
        let xs = own.first().zip(own.last()).map(|((a, _), (b, _))| (place(*a, &from), place(*b, &to)));
        let Some((a, b)) = xs else { return };
        let top = frame.bottom + 3 * UNIT;
        if b - to.width() / 2 >= frame.left {
            to.write(drawing, Anchor::Middle, b, top);
        }
        if a + from.width() / 2 + 6 * UNIT <= b - to.width() / 2 {
            from.write(drawing, Anchor::Middle, a, top);
        }
    }
}
