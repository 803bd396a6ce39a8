use super::label::Spot;
use super::layout::{Length, UNIT};
use super::look::Look;
use super::marker::{cross, wave, whisker};
use super::plot::{Finality, Mark};
use super::scale::Scale;
use super::svg::Drawing;

/// How far an open end fades out: a length of the screen that carries no number.
pub(super) const STUB: Length = 18 * UNIT;
/// The room that a chevron takes beyond the stub.
pub(super) const CHEVRON: Length = 7 * UNIT;
/// The half width of a target's diamond.
pub(super) const DIAMOND: Length = 7 * UNIT;

/// One bar, upright or lying. What fills it says how final it is; how it ends says how the number is stated:
/// flat for exact, a wave for about, open for more than, dashed for less than, floating for a range.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bar<'a> {
    /// The value.
    pub mark: &'a Mark<'a>,
    /// Whether it is the one to look at first.
    pub strong: bool,
    /// Where it starts across.
    pub across: Length,
    /// How thick it is.
    pub thickness: Length,
    /// The scale along it.
    pub scale: Scale,
    /// Whether it stands rather than lies.
    pub upright: bool,
}

impl Bar<'_> {
    /// Draws it.
    pub fn draw(&self, drawing: &mut Drawing) {
        if self.mark.is_target() {
            self.target(drawing);
        } else {
            self.value(drawing);
        }
        if let Some((low, high)) = self.mark.interval {
            self.whisker(drawing, low, high);
        }
        for value in &self.mark.superseded {
            cross(drawing, self.spot(self.scale.at(*value), self.middle()));
        }
    }

    fn value(&self, drawing: &mut Drawing) {
        if self.mark.is_range() {
            return self.body(drawing, self.scale.at(self.mark.low), self.scale.at(self.mark.high), true);
        }
        let (zero, end) = (self.scale.at(0), self.scale.at(self.mark.high));
        if self.mark.open().is_none() {
            if zero == end {
                self.sliver(drawing, zero);
            } else {
                self.body(drawing, zero, end, true);
            }
            if self.mark.is_approximate() {
                let reach = 3 * UNIT;
                wave(drawing, self.spot(end, self.across - reach), self.thickness + 2 * reach, !self.upright);
            }
        } else if self.mark.is_open_outwards() {
            self.body(drawing, zero, end, false);
            self.open_end(drawing, end);
        } else {
            self.upper_limit(drawing, zero, end);
        }
    }

    /// From the plane of the bar to the drawing.
    fn spot(&self, along: Length, across: Length) -> Spot {
        if self.upright { (across, along) } else { (along, across) }
    }

    fn corners(&self, from: Length, to: Length) -> (Spot, Spot) {
        (self.spot(from, self.across), self.spot(to, self.across + self.thickness))
    }

    fn middle(&self) -> Length {
        self.across + self.thickness / 2
    }

    /// 1 when the value lies towards larger coordinates, else −1.
    fn outwards(&self) -> Length {
        let grows = self.scale.to > self.scale.from;
        let down = self.mark.high < 0 || (self.mark.high == 0 && self.mark.open() == Some(super::plot::Open::Down));
        if grows == down { -1 } else { 1 }
    }

    fn tone(&self) -> Look {
        if self.strong { Look::NOW } else { Look::PAST }
    }

    /// A zero is there, as a line on the baseline.
    fn sliver(&self, drawing: &mut Drawing, zero: Length) {
        let (from, to) = self.corners(zero - UNIT, zero + UNIT);
        drawing.rect(self.tone(), from, to);
    }

    fn body(&self, drawing: &mut Drawing, from: Length, to: Length, closed: bool) {
        let (a, b) = self.corners(from, to);
        let edge = match self.mark.finality() {
            Finality::Final => return drawing.rect(self.tone(), a, b),
            Finality::Forecast if closed => return drawing.rect(Look::DASHED_BAR, a, b),
            Finality::Forecast => Look::DASHED_EDGE,
            Finality::Estimate => {
                drawing.hatched_rect(a, b);
                Look::EDGE
            }
            Finality::Provisional => {
                drawing.rect(Look::PALE, a, b);
                Look::EDGE
            }
        };
        if closed {
            return drawing.rect(edge, a, b);
        }
        for side in [self.across, self.across + self.thickness] {
            drawing.line(edge, self.spot(from, side), self.spot(to, side));
        }
    }

    /// The interval of confidence around the value.
    fn whisker(&self, drawing: &mut Drawing, low: i128, high: i128) {
        whisker(drawing, (self.scale.at(low), self.scale.at(high)), self.middle(), self.thickness / 4, self.upright);
    }

    /// No cap, a stub that fades, an arrow.
    fn open_end(&self, drawing: &mut Drawing, end: Length) {
        let out = self.outwards();
        for (look, part) in Look::FADING.into_iter().zip(0..) {
            let (a, b) = self.corners(end + out * STUB / 3 * part, end + out * STUB / 3 * (part + 1));
            drawing.rect(look, a, b);
        }
        self.chevron(drawing, end + out * (STUB + 4 * UNIT), out);
    }

    /// The true value is nearer to zero: a faint bar, a dashed cap, an arrow that points back.
    fn upper_limit(&self, drawing: &mut Drawing, zero: Length, end: Length) {
        let (a, b) = self.corners(zero, end);
        if self.mark.finality() == Finality::Final {
            drawing.rect(Look::FAINT, a, b);
        } else {
            self.body(drawing, zero, end, false);
        }
        drawing.line(Look::DASHED_EDGE, self.spot(end, self.across), self.spot(end, self.across + self.thickness));
        let back = if zero >= end { 1 } else { -1 };
        if (zero - end).abs() > 16 * UNIT {
            self.chevron(drawing, end + back * 10 * UNIT, back);
        }
    }

    fn chevron(&self, drawing: &mut Drawing, tip: Length, out: Length) {
        let reach = (5 * UNIT).min(self.thickness / 2);
        let (foot, middle) = (tip - out * reach, self.middle());
        let points = [self.spot(foot, middle - reach), self.spot(tip, middle), self.spot(foot, middle + reach)];
        drawing.polyline(Look::CHEVRON, &points);
    }

    fn target(&self, drawing: &mut Drawing) {
        let at = |value| self.spot(self.scale.at(value), self.middle());
        if self.mark.is_range() {
            let (from, to) = (self.scale.at(self.mark.low), self.scale.at(self.mark.high));
            let half = (self.thickness / 4).min(6 * UNIT);
            drawing.rect(Look::TARGET_RANGE, self.spot(from, self.middle() - half), self.spot(to, self.middle() + half));
        } else {
            drawing.diamond(Look::TARGET, at(self.mark.high), DIAMOND - UNIT);
        }
    }
}
