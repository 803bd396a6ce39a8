use super::bar::{CHEVRON, STUB};
use super::label::{Box2, Placer, Spot};
use super::layout::{Layout, Length, UNIT};
use super::line_axes::{Axes, PERIOD_GAP};
use super::plot::{Mark, Open, Plot};
use super::scale::Scale;
use super::sheet::Sheet;
use super::svg::Drawing;
use super::time::moments;
use super::{line_ends, line_marks};
use crate::indicator::Qualifier;

/// Up to so many values, each has its own label and the axis may go.
const MOST_LABELLED: usize = 7;

/// Whether the axis starts elsewhere than at zero: all values lie close together, far from it, or the editor wants it so.
pub(super) fn is_cropped(sheet: &Sheet<'_>) -> bool {
    let (low, high) = sheet.extent();
    let (near, far) = if high <= 0 { (-high, -low) } else { (low, high) };
    let possible = near > 0 && far > near;
    match sheet.request.wishes.zero {
        Some(zero) => possible && !zero,
        None => possible && (far - near) * 5 < far && sheet.marks().all(Mark::is_definite),
    }
}

/// What the parts of a line chart share.
pub(super) struct Frame<'a> {
    /// All strands.
    pub sheet: &'a Sheet<'a>,
    /// The measures.
    pub layout: Layout,
    /// From values to heights.
    pub scale: Scale,
    /// From times to places.
    pub across: Scale,
    /// Where the marks of each strand stand.
    pub spots: Vec<Vec<Spot>>,
    /// The left end of the axis.
    pub left: Length,
    /// The right end of the axis.
    pub right: Length,
    /// The top of what breaks cross.
    pub top: Length,
    /// The bottom of the plot.
    pub bottom: Length,
    /// The room for labels.
    pub placer: Placer,
}

impl<'a> Frame<'a> {
    /// The strands with the spots of their marks.
    pub fn strands(&self) -> impl Iterator<Item = (&'a Plot<'a>, &Vec<Spot>)> {
        self.sheet.plots.iter().zip(&self.spots)
    }
}

/// Values on a true time scale.
pub(super) fn draw(sheet: &Sheet<'_>, layout: Layout, drawing: Drawing) -> Drawing {
    let few = sheet.plots.len() == 1 && sheet.marks().count() <= MOST_LABELLED;
    if few && !is_cropped(sheet) {
        let (drawn, all_labelled) = draw_with(sheet, layout, drawing.clone(), false, true);
        if all_labelled {
            return drawn;
        }
    }
    draw_with(sheet, layout, drawing, true, few).0
}

/// Draws with or without a value axis; says whether every wanted label found room.
fn draw_with(sheet: &Sheet<'_>, layout: Layout, mut drawing: Drawing, with_axis: bool, label_all: bool) -> (Drawing, bool) {
    let axes = Axes::new(sheet, layout, with_axis);
    let ends = line_ends::Ends::new(sheet, layout);
    let marks = || sheet.marks();
    let (breaks, open) = (marks().any(Mark::is_break), marks().any(|mark| mark.open().is_some()));
    let announced = if axes.cropped { layout.line_height() + 4 * UNIT } else { 0 };
    let top = announced + if breaks { layout.line_height() + 4 * UNIT } else { 0 };
    // A target and a qualified number have two lines.
    let two_lines = marks().any(|mark| mark.is_target() || mark.metric.qualifier != Qualifier::Exact);
    let above = layout.line_height() * if two_lines { 2 } else { 1 } + 12 * UNIT + if open { STUB + CHEVRON } else { 0 };
    let down = marks().any(|mark| mark.open() == Some(Open::Down));
    let below = if axes.low < 0 || down {
        above
    } else if axes.cropped {
        layout.line_height()
    } else {
        0
    };
    let plot_height = layout.plot_height.max(ends.height() - above);
    let (plot_top, plot_bottom) = (top + above, top + above + plot_height);
    let scale = Scale { low: axes.low, high: axes.high, from: plot_bottom, to: plot_top };
    let bottom = plot_bottom + below;
    let inset = 12 * UNIT;
    let right = layout.width - ends.width();
    let measure = sheet.request.definition.measure;
    let times = moments(&sheet.plots, measure);
    let across = across(times.iter().flatten().copied(), axes.gutter + inset, right - inset);
    let spots = sheet.plots.iter().zip(&times).map(|(plot, times)| spots(plot, times, across, scale)).collect();
    drawing.height = bottom + layout.line_height() + PERIOD_GAP + 4 * UNIT;
    let place = Box2 { left: 0, top, right, bottom: drawing.height };
    let placer = Placer::new(place);
    let mut frame = Frame { sheet, layout, scale, across, spots, left: axes.gutter, right, top: announced, bottom, placer };
    axes.draw(&mut frame, &mut drawing);
    let placed = line_marks::draw(&mut frame, &mut drawing, label_all);
    ends.draw(&frame, &mut drawing);
    (drawing, placed)
}

/// The scale of time between two places; a single moment stands in the middle.
pub(super) fn across(times: impl Iterator<Item = i64> + Clone, from: Length, to: Length) -> Scale {
    let (first, last) = (times.clone().min().unwrap_or(0), times.max().unwrap_or(0));
    if first == last {
        let middle = i64::midpoint(from, to);
        return Scale { low: i128::from(first), high: i128::from(last), from: middle, to: middle };
    }
    Scale { low: i128::from(first), high: i128::from(last), from, to }
}

/// Where the marks of a strand stand.
pub(super) fn spots(plot: &Plot<'_>, times: &[i64], across: Scale, scale: Scale) -> Vec<Spot> {
    times.iter().zip(&plot.marks).map(|(time, mark)| (across.at(i128::from(*time)), scale.at(mark.high))).collect()
}
