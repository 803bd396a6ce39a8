use super::bar::{CHEVRON, STUB};
use super::label::{Box2, Placer, Spot};
use super::layout::{Layout, Length, UNIT};
use super::line_axes::Axes;
use super::line_marks;
use super::plot::{Mark, Plot};
use super::scale::Scale;
use super::svg::Drawing;
use super::time::{moment, steps_between};

/// Up to so many values, each has its own label and the axis may go.
const MOST_LABELLED: usize = 7;

/// How two values of a line are joined.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Join {
    /// Neighbouring periods.
    Solid,
    /// Periods are missing between them, as nearly everywhere in an irregular series.
    Bridge,
    /// A period is missing in a series that is regular: the line has a gap.
    Gap,
}

/// The pairs of marks, as indices, that stand next to each other in a series of like periods without a break
/// between them, and how they are joined. Limits, ranges and targets are never joined.
pub(super) fn joins(plot: &Plot<'_>) -> Vec<(usize, usize, Join)> {
    let mut pairs = Vec::new();
    for (to, mark) in plot.marks.iter().enumerate().filter(|(_, mark)| !mark.is_target()) {
        let earlier = plot.marks.iter().enumerate().take(to).rev();
        let mut broken = mark.is_break();
        for (from, before) in earlier.filter(|(_, before)| !before.is_target()) {
            if broken {
                break;
            }
            if before.period.is_like(mark.period) {
                if before.is_definite() && mark.is_definite() {
                    pairs.push((from, to, steps_between(before.period, mark.period)));
                }
                break;
            }
            broken = before.is_break();
        }
    }
    let step = regular_step(plot, &pairs);
    let join = |steps: i64| match step {
        Some(step) if steps > step => Join::Gap,
        None if steps > 1 => Join::Bridge,
        _ => Join::Solid,
    };
    pairs.into_iter().map(|(from, to, steps)| (from, to, join(steps))).collect()
}

/// The distance of neighbours that at least half of the pairs have; `None` for an irregular series.
/// A distance of several periods counts only where the indicator names no frequency and enough pairs show it.
fn regular_step(plot: &Plot<'_>, pairs: &[(usize, usize, i64)]) -> Option<i64> {
    let having = |step: i64| pairs.iter().filter(|(_, _, steps)| *steps == step).count();
    if having(1) * 2 >= pairs.len() {
        return Some(1);
    }
    let commonest = pairs.iter().map(|(_, _, steps)| *steps).max_by_key(|steps| (having(*steps), -*steps))?;
    let unnamed = plot.request.definition.freq.is_none();
    (unnamed && pairs.len() >= 3 && having(commonest) * 2 >= pairs.len()).then_some(commonest)
}

/// Whether the axis may start above zero: all values lie close together, far from it.
pub(super) fn is_cropped(plot: &Plot<'_>) -> bool {
    let (low, high) = plot.extent();
    let (near, far) = if high <= 0 { (-high, -low) } else { (low, high) };
    near > 0 && far > near && (far - near) * 5 < far && plot.marks.iter().all(Mark::is_definite)
}

/// What the parts of a line chart share.
pub(super) struct Frame<'a> {
    /// The values.
    pub plot: &'a Plot<'a>,
    /// The measures.
    pub layout: Layout,
    /// From values to heights.
    pub scale: Scale,
    /// Where the marks stand.
    pub spots: Vec<Spot>,
    /// The left end of the axis.
    pub left: Length,
    /// The top of what breaks cross.
    pub top: Length,
    /// The bottom of the plot.
    pub bottom: Length,
    /// The room for labels.
    pub placer: Placer,
}

/// Values on a true time scale.
pub(super) fn draw(plot: &Plot<'_>, layout: Layout, drawing: Drawing) -> Drawing {
    let few = plot.marks.len() <= MOST_LABELLED;
    if few && !is_cropped(plot) {
        let (drawn, all_labelled) = draw_with(plot, layout, drawing.clone(), false, true);
        if all_labelled {
            return drawn;
        }
    }
    draw_with(plot, layout, drawing, true, few).0
}

/// Draws with or without a value axis; says whether every wanted label found room.
fn draw_with(plot: &Plot<'_>, layout: Layout, mut drawing: Drawing, with_axis: bool, label_all: bool) -> (Drawing, bool) {
    let axes = Axes::new(plot, layout, with_axis);
    let breaks = plot.marks.iter().any(Mark::is_break);
    let open = plot.marks.iter().any(|mark| mark.open().is_some());
    let top = if breaks { layout.line_height() + 4 * UNIT } else { 0 };
    let above = layout.line_height() * 2 + 12 * UNIT + if open { STUB + CHEVRON } else { 0 };
    let below = if axes.low < 0 || is_cropped(plot) || open { above } else { 0 };
    let (plot_top, plot_bottom) = (top + above, top + above + layout.plot_height);
    let scale = Scale { low: axes.low, high: axes.high, from: plot_bottom, to: plot_top };
    let bottom = plot_bottom + below;
    let inset = 12 * UNIT;
    let times: Vec<i64> = plot.marks.iter().map(|mark| moment(mark.period, plot.request.definition.measure)).collect();
    let (first, last) = (times.iter().min().copied().unwrap_or(0), times.iter().max().copied().unwrap_or(0));
    let across = Scale { low: i128::from(first), high: i128::from(last), from: axes.gutter + inset, to: layout.width - inset };
    let x = |time: i64| if first == last { i64::midpoint(across.from, across.to) } else { across.at(i128::from(time)) };
    let spots = times.iter().zip(&plot.marks).map(|(time, mark)| (x(*time), scale.at(mark.high))).collect();
    drawing.height = bottom + layout.line_height() + 10 * UNIT;
    let place = Box2 { left: 0, top, right: layout.width, bottom: drawing.height };
    let mut frame = Frame { plot, layout, scale, spots, left: axes.gutter, top: 0, bottom, placer: Placer::new(place) };
    axes.draw(&mut frame, &mut drawing);
    let placed = line_marks::draw(&mut frame, &mut drawing, label_all);
    (drawing, placed)
}
