use super::choose::periods;
use super::label::Block;
use super::layout::{Layout, Length, UNIT};
use super::look::Look;
use super::plot::{Mark, Plot};
use super::scale::Scale;
use super::sheet::Sheet;
use super::svg::{Anchor, Drawing};
use super::text_width::text_width;
use super::wrap::wrapped_to;
use crate::locale::{Decimal, format_number};

/// More parts than these cannot be told apart in one bar.
const MOST_PARTS: usize = 5;
const BAR: Length = 44 * UNIT;

/// Why parts cannot be drawn as one whole; `None` where they can.
pub(super) fn objection(sheet: &Sheet<'_>) -> Option<&'static str> {
    let parts = parts(sheet);
    let whole: i128 = parts.iter().map(|(_, mark)| mark.high).sum();
    if parts.len() < 2 {
        return Some("needs two parts or more of one period");
    }
    if parts.len() > MOST_PARTS || parts.len() < sheet.plots.len() {
        return Some("cannot hold so many parts apart, or not all are known for one period");
    }
    if periods(sheet).len() > 1 && sheet.request.wishes.kind.is_none() {
        return Some("shows one period");
    }
    if parts.iter().any(|(_, mark)| !mark.is_definite() || mark.high < 0) || whole <= 0 {
        return Some("needs plain numbers, none below zero");
    }
    let hundred = parts.first().map_or(0, |(plot, _)| plot.grain.one() * 100);
    // Percentages must be all parts of one whole: 100, give or take what rounding does.
    let off = (whole - hundred).abs() * 100 > hundred * i128::try_from(parts.len()).unwrap_or(1);
    (parts.first().is_some_and(|(plot, _)| plot.sign() == "%") && off).then_some("needs parts that make 100%")
}

/// The parts in the newest period that most strands have, the largest first.
fn parts<'s, 'a>(sheet: &'s Sheet<'a>) -> Vec<(&'s Plot<'a>, &'s Mark<'a>)> {
    sheet.common_period().map(|period| sheet.ranked(period)).unwrap_or_default()
}

/// The parts of a whole in one bar, and each by name under it.
pub(super) fn draw(sheet: &Sheet<'_>, layout: Layout, mut drawing: Drawing) -> Drawing {
    let parts = parts(sheet);
    let whole: i128 = parts.iter().map(|(_, mark)| mark.high).sum();
    let scale = Scale { low: 0, high: whole, from: 0, to: layout.width };
    let (mut before, mut top) = (0, BAR + 12 * UNIT);
    let names = parts.iter().map(|(plot, _)| text_width(plot.name, layout.font, false)).max().unwrap_or(0);
    for ((plot, mark), place) in parts.iter().zip(0usize..) {
        let (from, to) = (scale.at(before), scale.at(before + mark.high));
        before += mark.high;
        // The order of sizes is the order of the names; the hue only helps.
        drawing.in_hue(place, |drawing| {
            segment(drawing, mark, (from, (to - UNIT).max(from)));
            drawing.point((plot.hue, mark.at), (i64::midpoint(from, to), BAR / 2));
        });
        let share = share(plot, mark, whole);
        if text_width(&share, layout.font, true) + 8 * UNIT <= to - from && !mark.is_preliminary() {
            let middle = i64::midpoint(from, to - UNIT);
            let baseline = BAR / 2 + layout.font * 36 / 100;
            drawing.text(Look::ON_MARK, Anchor::Middle, true, layout.font, (middle, baseline), &share);
        }
        let words = Words { layout, names, share: &share };
        top = words.write(plot, mark, place, &mut drawing, top);
    }
    drawing.height = top;
    drawing
}

fn segment(drawing: &mut Drawing, mark: &Mark<'_>, (from, to): (Length, Length)) {
    let (a, b) = ((from, 0), (to, BAR));
    if mark.is_preliminary() {
        drawing.hatched_rect(a, b);
        drawing.rect(Look::EDGE, a, b);
    } else {
        drawing.rect(Look::NOW, a, b);
    }
}

/// The words for a part.
struct Words<'a> {
    layout: Layout,
    /// The widest name of all parts.
    names: Length,
    share: &'a str,
}

impl Words<'_> {
    /// A part's name, its share and its value; gives the bottom.
    fn write(&self, plot: &Plot<'_>, mark: &Mark<'_>, hue: usize, drawing: &mut Drawing, top: Length) -> Length {
        let (layout, swatch) = (self.layout, 12 * UNIT);
        let middle = top + layout.line_height() / 2;
        drawing.in_hue(hue, |drawing| drawing.rect(Look::NOW, (0, middle - swatch / 2), (swatch, middle + swatch / 2)));
        let left = swatch + 8 * UNIT;
        let value = plot.short(mark.metric);
        // In percent, the value is the share.
        let said = if plot.sign() == "%" { value } else { format!("{} · {value}", self.share) };
        let said = Block::value(wrapped_to(&said, layout.font, true, layout.width - left), layout, true);
        let name = Block::value(wrapped_to(plot.name, layout.font, false, layout.width - left), layout, false);
        name.write(drawing, Anchor::Start, left, top);
        let column = left + self.names + 12 * UNIT;
        if said.height() <= layout.line_height() && column + said.width() <= layout.width {
            said.write(drawing, Anchor::Start, column, top);
            return top + layout.line_height() + 4 * UNIT;
        }
        said.write(drawing, Anchor::Start, left, top + name.height());
        top + name.height() + said.height() + 6 * UNIT
    }
}

/// A part's share of the whole in percent: computed, to one decimal.
fn share(plot: &Plot<'_>, mark: &Mark<'_>, whole: i128) -> String {
    let tenths = mark.high.checked_mul(2000).map_or(0, |doubled| (doubled + whole) / (whole * 2).max(1));
    let number = if tenths % 10 == 0 { Decimal::new(tenths / 10, 0) } else { Decimal::new(tenths, 1) };
    number.map_or_else(String::new, |number| format!("{}{}", format_number(number, plot.locale()), plot.locale().number.percent))
}
