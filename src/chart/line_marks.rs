use super::bar::{CHEVRON, DIAMOND, STUB};
use super::label::{Block, Box2, Spot};
use super::layout::{Length, UNIT};
use super::line::{Frame, Join, joins};
use super::plot::{Mark, Open};
use super::svg::{Anchor, Drawing, Look};
use crate::locale::Locale;

/// More points than this need no marker each where the line is unbroken.
const MOST_MARKERS: usize = 40;

/// Draws breaks, lines, markers and labels; says whether every wanted label found room.
pub(super) fn draw(frame: &mut Frame<'_>, drawing: &mut Drawing, label_all: bool) -> bool {
    let joins = joins(frame.plot);
    lines(frame, drawing, &joins);
    let marks = frame.plot.marks.len();
    for (at, mark) in frame.plot.marks.iter().enumerate() {
        let Some(spot) = frame.spots.get(at).copied() else { continue };
        let inside = joins.iter().filter(|(from, to, join)| (*from == at || *to == at) && *join == Join::Solid).count() == 2;
        let plain = mark.is_definite() && !mark.is_preliminary() && !mark.is_target() && !mark.newest;
        if marks > MOST_MARKERS && inside && plain {
            continue;
        }
        marker(frame, drawing, mark, spot);
    }
    breaks(frame, drawing);
    labels(frame, drawing, label_all)
}

fn lines(frame: &mut Frame<'_>, drawing: &mut Drawing, joins: &[(usize, usize, Join)]) {
    let mut run: Vec<(usize, Spot)> = Vec::new();
    for (from, to, join) in joins {
        let (Some(a), Some(b)) = (frame.spots.get(*from).copied(), frame.spots.get(*to).copied()) else { continue };
        if *join == Join::Gap {
            continue;
        }
        frame.placer.take_line(a, b);
        let forecast = frame.plot.marks.get(*to).is_some_and(Mark::is_forecast);
        if *join == Join::Bridge {
            drawing.polyline(Look::BRIDGE, &[a, b]);
        } else if forecast {
            drawing.polyline(Look::FORECAST, &[a, b]);
        } else if run.last().is_some_and(|(at, _)| at == from) {
            run.push((*to, b));
        } else {
            flush(drawing, &mut run);
            run = vec![(*from, a), (*to, b)];
        }
    }
    flush(drawing, &mut run);
}

fn flush(drawing: &mut Drawing, run: &mut Vec<(usize, Spot)>) {
    let points: Vec<Spot> = run.drain(..).map(|(_, spot)| spot).collect();
    if points.len() > 1 {
        drawing.polyline(Look::LINE, &points);
    }
}

fn marker(frame: &mut Frame<'_>, drawing: &mut Drawing, mark: &Mark<'_>, spot: Spot) {
    let (x, y) = spot;
    let radius = if mark.newest { 6 * UNIT } else { 4 * UNIT };
    frame.placer.take(Box2::around(spot, radius));
    if mark.is_range() {
        let low = frame.scale.at(mark.low);
        let half = 5 * UNIT;
        let look = if mark.is_target() { Look::TARGET_RANGE } else { Look::PAST };
        drawing.rect(look, (x - half, y), (x + half, low));
        frame.placer.take(Box2 { left: x - half, top: y, right: x + half, bottom: low });
        return;
    }
    if mark.is_target() {
        drawing.diamond(Look::TARGET, spot, DIAMOND - UNIT);
        frame.placer.take(Box2::around(spot, DIAMOND));
        return;
    }
    if let Some(open) = mark.open() {
        return limit(frame, drawing, spot, open);
    }
    let look = match (mark.is_approximate(), mark.is_preliminary()) {
        (true, _) => Look::DASHED_HOLLOW,
        (false, true) => Look::HOLLOW,
        (false, false) => Look::DOT,
    };
    drawing.circle(look, spot, radius);
}

/// A limit: a dash at the stated value, a part that fades, an arrow to the side of the true value.
fn limit(frame: &mut Frame<'_>, drawing: &mut Drawing, (x, y): Spot, open: Open) {
    let out = if open == Open::Up { -1 } else { 1 };
    let (half, reach) = (4 * UNIT, 5 * UNIT);
    drawing.rect(Look::NOW, (x - 8 * UNIT, y - UNIT), (x + 8 * UNIT, y + UNIT));
    for (look, part) in Look::FADING.into_iter().zip(0..) {
        drawing.rect(look, (x - half, y + out * STUB / 3 * part), (x + half, y + out * STUB / 3 * (part + 1)));
    }
    let tip = y + out * (STUB + 4 * UNIT);
    drawing.polyline(Look::CHEVRON, &[(x - reach, tip - out * reach), (x, tip), (x + reach, tip - out * reach)]);
    let far = y + out * (STUB + CHEVRON);
    frame.placer.take(Box2 { left: x - 8 * UNIT, top: y.min(far), right: x + 8 * UNIT, bottom: y.max(far) });
}

/// A dashed rule where the series breaks, with a word at its top where there is room.
fn breaks(frame: &mut Frame<'_>, drawing: &mut Drawing) {
    let word = Block::axis(Locale::word(&frame.plot.locale().status, "B").to_owned(), frame.layout);
    let mut free = 0;
    let mut before: Option<Length> = None;
    for ((x, _), mark) in frame.spots.iter().zip(&frame.plot.marks).filter(|(_, mark)| !mark.is_target()) {
        if mark.is_break() {
            let rule = before.map_or(x - 8 * UNIT, |before| i64::midpoint(before, *x));
            drawing.line(Look::BREAK, (rule, frame.top), (rule, frame.bottom));
            frame.placer.take_line((rule, frame.top), (rule, frame.bottom));
            let (right, left) = (rule + 6 * UNIT, rule - 6 * UNIT - word.width());
            if right >= free && right + word.width() <= frame.layout.width {
                word.write(drawing, Anchor::Start, right, 0);
                free = right + word.width() + 12 * UNIT;
            } else if left >= free {
                word.write(drawing, Anchor::End, rule - 6 * UNIT, 0);
                free = rule + 6 * UNIT;
            }
        }
        before = Some(*x);
    }
}

/// The values: all of them, or the first, the last, the lowest and the highest. Targets always.
fn labels(frame: &mut Frame<'_>, drawing: &mut Drawing, all: bool) -> bool {
    let mut placed = true;
    for at in order(frame, all) {
        let (Some(mark), Some(spot)) = (frame.plot.marks.get(at).copied(), frame.spots.get(at).copied()) else { continue };
        let lines = if mark.is_target() { frame.plot.target_lines(mark.metric) } else { frame.plot.short_lines(mark.metric) };
        let block = Block::value(lines, frame.layout, mark.newest);
        let places = places(frame, &mark, spot, &block);
        placed &= frame.placer.place(drawing, &block, &places).is_some();
    }
    placed
}

/// Which marks get a label, the most important first.
fn order(frame: &Frame<'_>, all: bool) -> Vec<usize> {
    let marks = &frame.plot.marks;
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
        order.extend(actual().filter(|(at, mark)| mark.is_break() || before_break(*at)).map(|(at, _)| at));
        order.extend(actual().filter(|(_, mark)| !mark.is_definite()).map(|(at, _)| at).take(8));
    }
    let mut seen = std::collections::BTreeSet::new();
    order.retain(|at| seen.insert(*at));
    order
}

/// Places for a label: above and below its mark, then beside it, then further off.
fn places(frame: &Frame<'_>, mark: &Mark<'_>, (x, y): Spot, block: &Block) -> Vec<Spot> {
    let stub = |open: Open| if mark.open() == Some(open) { STUB + CHEVRON } else { 0 };
    let reach = if mark.is_target() {
        DIAMOND
    } else if mark.newest {
        6 * UNIT
    } else {
        4 * UNIT
    };
    let (height, half) = (block.height(), block.width() / 2 + reach + 6 * UNIT);
    let above = y - reach - stub(Open::Up) - height - 2 * UNIT;
    let below = frame.scale.at(mark.low) + reach + stub(Open::Down) + 2 * UNIT;
    let near = if mark.low < 0 { [(x, below), (x, above)] } else { [(x, above), (x, below)] };
    let mut places = near.to_vec();
    for (dx, top) in
        [(half, y - height / 2), (-half, y - height / 2), (half, above), (-half, above), (half, below), (-half, below)]
    {
        let middle = x + dx;
        if middle - block.width() / 2 >= frame.left && middle + block.width() / 2 + 2 * UNIT <= frame.layout.width {
            places.push((middle, top));
        }
    }
    places.extend([(x, above - height / 2), (x, below + height / 2)]);
    places
}
