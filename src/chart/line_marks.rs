use super::bar::{CHEVRON, DIAMOND, STUB};
use super::join::{Join, thinned};
use super::label::{Block, Box2, Spot};
use super::layout::{Length, UNIT};
use super::line::Frame;
use super::look::Look;
use super::marker::{CROSS, marker, radius};
use super::plot::{Finality, Mark, Open, Plot};
use super::svg::{Anchor, Drawing};
use crate::locale::Locale;

/// More points than this need no marker each where the line is unbroken, and the line is thin.
const MOST_MARKERS: usize = 40;
/// The most marks whose state of being preliminary is shown one by one.
const MOST_SPECIAL: usize = 150;

/// Lines of more points are drawn by those that show.
const MOST_WHOLE: usize = 1500;

/// Draws breaks, lines, markers and labels; says whether every wanted label found room.
pub(super) fn draw(frame: &mut Frame<'_>, drawing: &mut Drawing, label_all: bool) -> bool {
    breaks(frame, drawing);
    for plot in &frame.sheet.plots {
        drawing.in_hue(plot.hue, |drawing| strand(frame, drawing, plot));
    }
    if frame.sheet.plots.len() > 1 {
        target_labels(frame, drawing);
        return true;
    }
    labels(frame, drawing, label_all)
}

/// The line of a strand and its markers.
fn strand(frame: &mut Frame<'_>, drawing: &mut Drawing, plot: &Plot<'_>) {
    let spots = frame.spots.get(plot.hue).cloned().unwrap_or_default();
    line_and_points(frame, drawing, plot, plot.hue, &spots);
}

/// A strand in a panel of its own, with its newest and its first value.
pub(super) fn panel(frame: &mut Frame<'_>, drawing: &mut Drawing, plot: &Plot<'_>, key: usize, spots: &[Spot]) {
    line_and_points(frame, drawing, plot, key, spots);
    let at = super::line_ends::newest_at(plot);
    for at in at.into_iter().chain((plot.marks.len() > 1).then_some(0)) {
        if let (Some(mark), Some(spot)) = (plot.marks.get(at), spots.get(at)) {
            label(frame, drawing, plot, mark, *spot);
        }
    }
}

fn line_and_points(frame: &mut Frame<'_>, drawing: &mut Drawing, plot: &Plot<'_>, key: usize, spots: &[Spot]) {
    lines(frame, drawing, plot, spots);
    let mut joined = vec![0u8; plot.marks.len()];
    for (from, to, _) in plot.joins.iter().filter(|(_, _, join)| *join == Join::Solid) {
        for at in [from, to] {
            if let Some(count) = joined.get_mut(*at) {
                *count += 1;
            }
        }
    }
    for (at, mark) in plot.marks.iter().enumerate() {
        let Some(spot) = spots.get(at).copied() else { continue };
        drawing.point((key, at), spot);
        // In a dense series the ends of lines speak for themselves, too.
        let needed = if plot.marks.len() > MOST_SPECIAL { 1 } else { 2 };
        let inside = joined.get(at).is_some_and(|count| *count >= needed);
        let plain = mark.is_definite() && !mark.is_target() && !mark.newest && mark.superseded.is_empty();
        let special = mark.is_preliminary() || mark.is_approximate() || mark.interval.is_some();
        if inside && plain && plot.marks.len() > if special { MOST_SPECIAL } else { MOST_MARKERS } {
            continue;
        }
        let place = marker(drawing, mark, spot, frame.scale, plot.hue);
        frame.placer.take(place);
        for value in &mark.superseded {
            frame.placer.take(Box2::around((spot.0, frame.scale.at(*value)), CROSS));
        }
    }
}

/// Whether the marks of a strand are too many for each to show that it is preliminary.
pub(super) fn is_crowded(plot: &Plot<'_>) -> bool {
    plot.marks.len() > MOST_SPECIAL
}

fn lines(frame: &mut Frame<'_>, drawing: &mut Drawing, plot: &Plot<'_>, spots: &[Spot]) {
    let solid = if plot.marks.len() > MOST_MARKERS * 2 { Look::THIN_LINE } else { Look::LINE };
    let mut run: Vec<(usize, Spot)> = Vec::new();
    let mut run_look = solid;
    let mut flush = |drawing: &mut Drawing, look: Look, run: &mut Vec<(usize, Spot)>| {
        let all: Vec<Spot> = run.drain(..).map(|(_, spot)| spot).collect();
        let points = if plot.marks.len() > MOST_WHOLE { thinned(&all) } else { all };
        for pair in points.windows(2) {
            if let [a, b] = pair {
                frame.placer.take_line(*a, *b);
            }
        }
        if points.len() > 1 {
            drawing.polyline(look, &points);
        }
    };
    for (from, to, join) in plot.joins.iter().filter(|(_, _, join)| *join != Join::Gap) {
        let (Some(a), Some(b)) = (spots.get(*from).copied(), spots.get(*to).copied()) else { continue };
        let forecast = plot.marks.get(*to).is_some_and(|mark| mark.finality() == Finality::Forecast);
        let look = match (join, forecast) {
            (Join::Bridge, _) => Look::BRIDGE,
            (_, true) => Look::FORECAST,
            (_, false) => solid,
        };
        if look != run_look || run.last().is_none_or(|(at, _)| at != from) {
            flush(drawing, run_look, &mut run);
            run = vec![(*from, a)];
            run_look = look;
        }
        run.push((*to, b));
    }
    flush(drawing, run_look, &mut run);
}

/// A dashed rule where a series breaks, with a word at its top where there is room.
fn breaks(frame: &mut Frame<'_>, drawing: &mut Drawing) {
    let Some(main) = frame.sheet.main() else { return };
    let word = Block::axis(Locale::word(&main.locale().status, "B").to_owned(), frame.layout);
    let mut rules: Vec<Length> = Vec::new();
    for (plot, spots) in frame.strands() {
        let mut before: Option<Length> = None;
        for ((x, _), mark) in spots.iter().zip(&plot.marks).filter(|(_, mark)| !mark.is_target()) {
            if mark.is_break() {
                rules.push(before.map_or(x - 8 * UNIT, |before| i64::midpoint(before, *x)));
            }
            before = Some(*x);
        }
    }
    rules.sort_unstable();
    rules.dedup();
    let mut free = 0;
    for rule in rules {
        drawing.line(Look::BREAK, (rule, frame.top), (rule, frame.bottom));
        frame.placer.take_line((rule, frame.top), (rule, frame.bottom));
        let (right, left) = (rule + 6 * UNIT, rule - 6 * UNIT - word.width());
        if right >= free && right + word.width() <= frame.right {
            word.write(drawing, Anchor::Start, right, frame.top);
            free = right + word.width() + 12 * UNIT;
        } else if left >= free {
            word.write(drawing, Anchor::End, rule - 6 * UNIT, frame.top);
            free = rule + 6 * UNIT;
        }
    }
}

/// The values: all of them, or the first, the last, the lowest and the highest. Targets always.
fn labels(frame: &mut Frame<'_>, drawing: &mut Drawing, all: bool) -> bool {
    let (Some(plot), Some(spots)) = (frame.sheet.plots.first(), frame.spots.first().cloned()) else { return true };
    let mut placed = true;
    for at in order(plot, all) {
        if let (Some(mark), Some(spot)) = (plot.marks.get(at), spots.get(at)) {
            placed &= label(frame, drawing, plot, mark, *spot);
        }
    }
    placed
}

/// The targets of several strands.
fn target_labels(frame: &mut Frame<'_>, drawing: &mut Drawing) {
    let sheet = frame.sheet;
    for plot in &sheet.plots {
        let spots = frame.spots.get(plot.hue).cloned().unwrap_or_default();
        for (mark, spot) in plot.marks.iter().zip(spots).filter(|(mark, _)| mark.is_target()).take(6) {
            label(frame, drawing, plot, mark, spot);
        }
    }
}

fn label(frame: &mut Frame<'_>, drawing: &mut Drawing, plot: &Plot<'_>, mark: &Mark<'_>, spot: Spot) -> bool {
    let lines = if mark.is_target() { plot.target_lines(mark.metric) } else { plot.short_lines(mark.metric) };
    let block = Block::value(lines, frame.layout, mark.newest);
    let places = places(frame, mark, spot, &block);
    frame.placer.place(drawing, &block, &places).is_some()
}

/// Which marks get a label, the most important first.
fn order(plot: &Plot<'_>, all: bool) -> Vec<usize> {
    let marks = &plot.marks;
    let actual = || marks.iter().enumerate().filter(|(_, mark)| !mark.is_target());
    let mut order: Vec<usize> = actual().filter(|(_, mark)| mark.newest).map(|(at, _)| at).collect();
    order.extend(marks.iter().enumerate().filter(|(_, mark)| mark.is_target()).map(|(at, _)| at).take(12));
    order.extend(actual().max_by_key(|(at, mark)| (mark.high, std::cmp::Reverse(*at))).map(|(at, _)| at));
    order.extend(actual().next().map(|(at, _)| at));
    order.extend(actual().min_by_key(|(at, mark)| (mark.low, *at)).map(|(at, _)| at));
    if all {
        order.extend(0..marks.len());
    } else {
        // What a break separates is named on both sides, and so is what is no plain number.
        let before_break = |at: usize| marks.iter().skip(at + 1).find(|next| !next.is_target()).is_some_and(Mark::is_break);
        order.extend(actual().filter(|(at, mark)| mark.is_break() || before_break(*at)).map(|(at, _)| at).take(24));
        order.extend(actual().filter(|(_, mark)| !mark.is_definite()).map(|(at, _)| at).take(8));
    }
    let mut seen = std::collections::BTreeSet::new();
    order.retain(|at| seen.insert(*at));
    order
}

/// Places for a label: above and below its mark, then beside it, then further off.
fn places(frame: &Frame<'_>, mark: &Mark<'_>, (x, y): Spot, block: &Block) -> Vec<Spot> {
    let stub = |open: Open| if mark.open() == Some(open) { STUB + CHEVRON } else { 0 };
    let reach = if mark.is_target() { DIAMOND } else { radius(mark) };
    let top = mark.interval.map_or(y, |(_, high)| frame.scale.at(high).min(y));
    let foot = mark.interval.map_or(frame.scale.at(mark.low), |(low, _)| frame.scale.at(low).max(y));
    let (height, half) = (block.height(), block.width() / 2 + reach + 6 * UNIT);
    let above = top - reach - stub(Open::Up) - height - 2 * UNIT;
    let below = foot + reach + stub(Open::Down) + 2 * UNIT;
    let near = if mark.low < 0 { [(x, below), (x, above)] } else { [(x, above), (x, below)] };
    let mut places = near.to_vec();
    for (dx, top) in
        [(half, y - height / 2), (-half, y - height / 2), (half, above), (-half, above), (half, below), (-half, below)]
    {
        let middle = x + dx;
        if middle - block.width() / 2 >= frame.left && middle + block.width() / 2 + 2 * UNIT <= frame.right {
            places.push((middle, top));
        }
    }
    places.extend([(x, above - height / 2), (x, below + height / 2)]);
    places
}
