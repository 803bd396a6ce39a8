use super::choose::{slope_ends, slope_join};
use super::label::{Block, Spot};
use super::layout::{Layout, Length, UNIT};
use super::line::is_cropped;
use super::line_ends::stacked;
use super::look::Look;
use super::marker::marker;
use super::plot::{Finality, Mark, Plot};
use super::scale::Scale;
use super::sheet::Sheet;
use super::svg::{Anchor, Drawing};
use super::wrap::wrapped_to;
use crate::indicator::TimePeriod;

/// The room between a point and its words.
const APART: Length = 14 * UNIT;

/// Two periods beside each other, each strand's two values joined; names and values at both ends.
pub(super) fn draw(sheet: &Sheet<'_>, layout: Layout, mut drawing: Drawing) -> Drawing {
    let Some((first, last)) = slope_ends(sheet) else { return drawing };
    let several = sheet.plots.len() > 1;
    let most = layout.width * if several { 32 } else { 28 } / 100;
    let side = |period: TimePeriod, named: bool| -> Vec<(usize, &Mark<'_>, Block)> {
        let label = |plot: &Plot<'_>, mark: &Mark<'_>| {
            let mut lines = if named { wrapped_to(plot.name, layout.font, false, most) } else { Vec::new() };
            lines.extend(wrapped_to(&plot.short(mark.metric), layout.font, mark.newest && !several, most));
            Block::value(lines, layout, mark.newest && !several)
        };
        let marks = sheet.plots.iter().filter_map(|plot| Some((plot, plot.actual_of(period)?)));
        marks.map(|(plot, mark)| (plot.hue, mark, label(plot, mark))).collect()
    };
    let (lefts, rights) = (side(first, false), side(last, several));
    let width = |side: &[(usize, &Mark<'_>, Block)]| side.iter().map(|(_, _, block)| block.width()).max().unwrap_or(0);
    let height = |side: &[(usize, &Mark<'_>, Block)]| side.iter().map(|(_, _, block)| block.height() + 3 * UNIT).sum::<Length>();
    let (from, to) = (width(&lefts) + APART, layout.width - width(&rights) - APART);
    // A single slope is not drawn steeper than it is by a wide page.
    let to = if several { to } else { to.min(from + layout.plot_height * 3 / 2) };

    let cropped = is_cropped(sheet);
    let (low, high) = if cropped { spare(sheet.extent()) } else { sheet.extent_with_zero() };
    let [first_label, last_label] = [first, last].map(|period| Block::axis(period.short_label(sheet.request.locale), layout));
    // Long names of periods stand under each other.
    let (first_middle, last_middle) = (kept(from, &first_label, layout), kept(to, &last_label, layout));
    let apart = first_middle + first_label.width() / 2 + 8 * UNIT <= last_middle - last_label.width() / 2;
    let lines = if apart { 1 } else { 2 };
    let head = layout.line_height() * lines + 8 * UNIT;
    let announced = if cropped && (low > 0 || high < 0) { layout.line_height() + 4 * UNIT } else { 0 };
    let top = head + announced;
    let room = layout.plot_height.max(height(&lefts)).max(height(&rights));
    let bottom = top + room;
    let inset = layout.line_height();
    let scale = Scale { low, high, from: bottom - inset, to: top + inset };
    if announced > 0 {
        announce(sheet, layout, &mut drawing);
    }
    let second = announced + layout.line_height() * (lines - 1);
    for (x, middle, label, at) in [(from, first_middle, first_label, announced), (to, last_middle, last_label, second)] {
        drawing.line(Look::HAIRLINE, (x, top), (x, bottom));
        label.write(&mut drawing, Anchor::Middle, middle, at);
    }
    if low <= 0 && high >= 0 {
        drawing.line(Look::BASELINE, (from, scale.at(0)), (to, scale.at(0)));
    }
    for plot in &sheet.plots {
        drawing.in_hue(plot.hue, |drawing| strand(plot, drawing, (first, from), (last, to), scale));
    }
    for (marks, x, anchor) in [(&lefts, from, Anchor::End), (&rights, to, Anchor::Start)] {
        write_side(&mut drawing, marks, (x, anchor), (top, bottom), scale, layout);
    }
    drawing.height = bottom + 6 * UNIT;
    drawing
}

fn spare((low, high): (i128, i128)) -> (i128, i128) {
    let spare = (high - low) / 3;
    if low > 0 { ((low - spare).max(0), high) } else { (low, (high + spare).min(0)) }
}

fn announce(sheet: &Sheet<'_>, layout: Layout, drawing: &mut Drawing) {
    if let Some(plot) = sheet.main() {
        Block::axis(plot.word("note_cropped").to_owned(), layout).write(drawing, Anchor::Start, 0, 0);
    }
}

/// A middle at which a label stays in the frame.
fn kept(x: Length, label: &Block, layout: Layout) -> Length {
    let half = label.width() / 2 + UNIT;
    x.min(layout.width - half).max(half)
}

/// The line of a strand, if its two values may be joined, and its points.
fn strand(plot: &Plot<'_>, drawing: &mut Drawing, first: (TimePeriod, Length), last: (TimePeriod, Length), scale: Scale) {
    if let Some((from, to)) = slope_join(plot, first.0, last.0) {
        let look = if to.finality() == Finality::Forecast { Look::FORECAST } else { Look::LINE };
        drawing.polyline(look, &[(first.1, scale.at(from.high)), (last.1, scale.at(to.high))]);
    }
    for (at, mark) in plot.marks.iter().enumerate().filter(|(_, mark)| !mark.is_target()) {
        let x = match mark.period {
            period if period == first.0 => first.1,
            period if period == last.0 => last.1,
            _ => continue,
        };
        let spot = (x, scale.at(mark.high));
        drawing.point((plot.hue, at), spot);
        marker(drawing, mark, spot, scale, plot.hue);
    }
}

/// The words of one end under each other, each as near to its point as the others allow.
fn write_side(
    drawing: &mut Drawing,
    marks: &[(usize, &Mark<'_>, Block)],
    (x, anchor): (Length, Anchor),
    (top, bottom): (Length, Length),
    scale: Scale,
    layout: Layout,
) {
    let half = layout.line_height() / 2;
    let out = if anchor == Anchor::Start { 1 } else { -1 };
    let mut marks: Vec<(Spot, &(usize, &Mark<'_>, Block))> =
        marks.iter().map(|mark| ((x, scale.at(mark.1.high)), mark)).collect();
    marks.sort_by_key(|((_, y), (hue, _, _))| (*y, *hue));
    let wanted: Vec<_> = marks.iter().map(|((_, y), (_, _, block))| (y - half, block.height() + 3 * UNIT)).collect();
    for (((x, y), (_, _, block)), place) in marks.iter().zip(stacked(&wanted, top, bottom)) {
        if (place + half - y).abs() > half {
            drawing.line(Look::LEADER, (x + out * 6 * UNIT, *y), (x + out * (APART - 2 * UNIT), place + half));
        }
        block.write(drawing, anchor, x + out * APART, place);
    }
}
