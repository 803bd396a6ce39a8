use super::bar::{CHEVRON, DIAMOND, STUB};
use super::label::{Box2, Spot};
use super::layout::{Length, UNIT};
use super::look::Look;
use super::plot::{Finality, Mark, Open};
use super::scale::Scale;
use super::svg::Drawing;

/// The shape of a strand's points: the second sign by which strands are told apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shape {
    Circle,
    Square,
    Up,
    Down,
}

impl Shape {
    /// The shape of a strand.
    pub fn of(hue: usize) -> Self {
        match hue % 4 {
            0 => Self::Circle,
            1 => Self::Square,
            2 => Self::Up,
            _ => Self::Down,
        }
    }

    /// Draws it around a spot.
    pub fn draw(self, drawing: &mut Drawing, look: Look, (x, y): Spot, radius: Length) {
        let closed = |points: [Spot; 3]| {
            let [(ax, ay), (bx, by), (cx, cy)] = points.map(|(x, y)| (super::svg::Number(x), super::svg::Number(y)));
            format!("M{ax} {ay}L{bx} {by}L{cx} {cy}Z")
        };
        let (wide, tall) = (radius * 115 / 100, radius * 95 / 100);
        match self {
            Self::Circle => drawing.circle(look, (x, y), radius),
            Self::Square => {
                let half = radius * 88 / 100;
                drawing.rect(look, (x - half, y - half), (x + half, y + half));
            }
            Self::Up => drawing.path(look, &closed([(x, y - wide), (x + wide, y + tall), (x - wide, y + tall)])),
            Self::Down => drawing.path(look, &closed([(x, y + wide), (x + wide, y - tall), (x - wide, y - tall)])),
        }
    }
}

/// Draws a value as a point of a line and gives what it covers: its fill says how final it is, what surrounds it how the
/// number is stated.
pub(super) fn marker(drawing: &mut Drawing, mark: &Mark<'_>, spot: Spot, scale: Scale, hue: usize) -> Box2 {
    let (x, y) = spot;
    for value in &mark.superseded {
        cross(drawing, (x, scale.at(*value)));
    }
    if mark.is_target() && !mark.is_range() {
        drawing.diamond(Look::TARGET, spot, DIAMOND - UNIT);
        return Box2::around(spot, DIAMOND);
    }
    if mark.is_range() {
        let (low, half) = (scale.at(mark.low), 5 * UNIT);
        let look = match (mark.is_target(), mark.finality()) {
            (true, _) => Look::TARGET_RANGE,
            (false, Finality::Final) => Look::PAST,
            (false, Finality::Forecast) => Look::DASHED_BAR,
            (false, _) => Look::EDGE,
        };
        drawing.rect(look, (x - half, y), (x + half, low));
        return Box2 { left: x - half, top: y, right: x + half, bottom: low };
    }
    if let Some(open) = mark.open() {
        return limit(drawing, spot, open);
    }
    let mut place = Box2::around(spot, radius(mark));
    if let Some((low, high)) = mark.interval {
        let (low, high) = (scale.at(low), scale.at(high));
        whisker(drawing, (low, high), x, 4 * UNIT, true);
        place = Box2 { top: place.top.min(high), bottom: place.bottom.max(low), ..place };
    }
    if mark.is_approximate() {
        wave(drawing, (x - 11 * UNIT, y), 22 * UNIT, false);
        place = Box2 { left: x - 11 * UNIT, right: x + 11 * UNIT, ..place };
    }
    dot(drawing, mark.finality(), spot, radius(mark), hue);
    place
}

/// How far the point of a value reaches.
pub(super) fn radius(mark: &Mark<'_>) -> Length {
    if mark.newest { 6 * UNIT } else { 4 * UNIT }
}

/// The point of a single number: solid, half, hollow or dashed.
pub(super) fn dot(drawing: &mut Drawing, finality: Finality, spot: Spot, radius: Length, hue: usize) {
    let shape = Shape::of(hue);
    match finality {
        Finality::Final => shape.draw(drawing, Look::DOT, spot, radius),
        Finality::Provisional => shape.draw(drawing, Look::HOLLOW, spot, radius),
        Finality::Forecast => shape.draw(drawing, Look::DASHED_HOLLOW, spot, radius),
        Finality::Estimate => {
            shape.draw(drawing, Look::HOLLOW, spot, radius);
            shape.draw(drawing, Look::DOT, spot, radius / 2);
        }
    }
}

/// A limit: a dash at the stated value, a part that fades, an arrow to the side of the true value.
fn limit(drawing: &mut Drawing, (x, y): Spot, open: Open) -> Box2 {
    let out = if open == Open::Up { -1 } else { 1 };
    let (half, reach) = (4 * UNIT, 5 * UNIT);
    drawing.rect(Look::NOW, (x - 8 * UNIT, y - UNIT), (x + 8 * UNIT, y + UNIT));
    for (look, part) in Look::FADING.into_iter().zip(0..) {
        drawing.rect(look, (x - half, y + out * STUB / 3 * part), (x + half, y + out * STUB / 3 * (part + 1)));
    }
    let tip = y + out * (STUB + 4 * UNIT);
    drawing.polyline(Look::CHEVRON, &[(x - reach, tip - out * reach), (x, tip), (x + reach, tip - out * reach)]);
    let far = y + out * (STUB + CHEVRON);
    Box2 { left: x - 8 * UNIT, top: y.min(far), right: x + 8 * UNIT, bottom: y.max(far) }
}

/// A wave from a spot on, across or down: the number is about right.
pub(super) fn wave(drawing: &mut Drawing, (x, y): Spot, length: Length, down: bool) {
    use super::svg::Number;
    let halves = (length / (7 * UNIT)).max(2) / 2 * 2;
    let step = length / halves;
    let mut path = format!("M{} {}", Number(x), Number(y));
    for half in 0..halves {
        let bend = if half % 2 == 0 { -4 * UNIT } else { 4 * UNIT };
        let (control, end) = if down { ((bend, step / 2), (0, step)) } else { ((step / 2, bend), (step, 0)) };
        path.push_str(&format!("q{} {} {} {}", Number(control.0), Number(control.1), Number(end.0), Number(end.1)));
    }
    drawing.path(Look::WAVE_RIM, &path);
    drawing.path(Look::WAVE, &path);
}

/// An interval of confidence between two ends, with caps; with a rim, so that it is seen on a bar as dark as itself.
pub(super) fn whisker(drawing: &mut Drawing, (from, to): (Length, Length), middle: Length, half: Length, upright: bool) {
    let spot = |along: Length, across: Length| if upright { (across, along) } else { (along, across) };
    let ends = [from, to].map(|end| (spot(end, middle - half), spot(end, middle + half)));
    for (look, over) in [(Look::WAVE_RIM, UNIT), (Look::WHISKER, 0)] {
        drawing.line(look, spot(from, middle), spot(to, middle));
        let (dx, dy) = if upright { (over, 0) } else { (0, over) };
        for ((ax, ay), (bx, by)) in ends {
            drawing.line(look, (ax - dx, ay - dy), (bx + dx, by + dy));
        }
    }
}

/// How far the cross of a value that was replaced reaches.
pub(super) const CROSS: Length = 3 * UNIT;

/// The small cross of a value that was replaced.
pub(super) fn cross(drawing: &mut Drawing, (x, y): Spot) {
    let reach = CROSS;
    drawing.line(Look::SUPERSEDED, (x - reach, y - reach), (x + reach, y + reach));
    drawing.line(Look::SUPERSEDED, (x - reach, y + reach), (x + reach, y - reach));
}
