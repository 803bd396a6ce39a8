use super::bar::{Bar, CHEVRON, DIAMOND, STUB};
use super::label::{Block, Box2, Placer};
use super::layout::{Layout, Length, UNIT, ascent, line_height};
use super::look::Look;
use super::plot::{Mark, Plot};
use super::scale::Scale;
use super::sheet::Sheet;
use super::svg::{Anchor, Drawing};
use super::text_width::text_width;
use super::wrap::{wrapped, wrapped_to};
use crate::indicator::Measure;
use crate::locale::{Decimal, fill};

/// One value: a large number with its words, unit and period; a bar of the whole for a share, and a target beside it.
pub(super) fn draw(sheet: &Sheet<'_>, layout: Layout, mut drawing: Drawing, with_target: bool) -> Drawing {
    let Some(plot) = sheet.main().and_then(|plot| only_newest(plot, with_target)) else { return drawing };
    let plot = &plot;
    let Some(mark) = plot.newest() else { return drawing };
    let mut top = large_number(plot, mark, layout, &mut drawing);
    top += 4 * UNIT;
    let mut caption = mark.period.label(plot.locale());
    if mark.is_target() {
        caption = fill(plot.word("target_for"), &[("period", &caption)]);
    } else if mark.is_preliminary() {
        let letter = mark.metric.status.letter().to_string();
        let status = crate::locale::Locale::word(&plot.locale().status, &letter);
        caption = fill(plot.word("with_status"), &[("text", &caption), ("status", status)]);
    }
    for line in wrapped(&caption, layout) {
        let block = Block::axis(line, layout);
        block.write(&mut drawing, Anchor::Start, 0, top);
        top += block.height();
    }
    if let Some(scale) = bar_scale(plot, layout) {
        top = bar(plot, layout, &mut drawing, scale, top + 14 * UNIT);
    }
    drawing.height = top + 4 * UNIT;
    drawing
}

/// The newest value alone, or with the last target.
fn only_newest<'a>(plot: &Plot<'a>, with_target: bool) -> Option<Plot<'a>> {
    let newest = plot.newest()?.clone();
    let target = plot.targets().last().filter(|_| with_target && !newest.is_target()).cloned();
    Some(Plot { marks: std::iter::once(newest).chain(target).collect(), ..plot.clone() })
}

/// The number and its words as large as fits, the unit beside or under it; gives the bottom.
fn large_number(plot: &Plot<'_>, mark: &Mark<'_>, layout: Layout, drawing: &mut Drawing) -> Length {
    let fitting = |lines: &[String]| {
        let mut size = layout.large;
        let widest = |size| lines.iter().map(|line| text_width(line, size, true)).max().unwrap_or(0);
        while size > layout.font && widest(size) > layout.width {
            size -= UNIT;
        }
        (size, widest(size) <= layout.width)
    };
    let mut lines = vec![plot.short(mark.metric)];
    let (mut size, mut fits) = fitting(&lines);
    if !fits || size < layout.large * 2 / 3 {
        lines = plot.short_lines(mark.metric);
        (size, fits) = fitting(&lines);
    }
    if !fits {
        lines = lines.iter().flat_map(|line| wrapped_to(line, size, true, layout.width)).collect();
    }
    let unit = if plot.sign().is_empty() { plot.unit() } else { "" };
    let beside = (layout.font * 5 / 4).max(size / 3);
    let last = lines.last().map_or(0, |line| text_width(line, size, true));
    let fits = last + text_width(&format!(" {unit}"), beside, false) <= layout.width;
    let mut top = 0;
    for (line, left) in lines.iter().zip((0..lines.len()).rev()) {
        let baseline = (0, top + ascent(size));
        if left == 0 && fits && !unit.is_empty() {
            drawing.text_with_tail(size, baseline, line, beside, unit);
        } else {
            drawing.text(Look::LABEL, Anchor::Start, true, size, baseline, line);
        }
        top += line_height(size);
    }
    if !fits && !unit.is_empty() {
        for line in wrapped(unit, layout) {
            drawing.text(Look::LABEL, Anchor::Start, false, layout.font, (0, top + ascent(layout.font)), &line);
            top += layout.line_height();
        }
    }
    top
}

/// The scale of the bar: 0–100 for a share in percent, else from zero to the larger of value and target.
fn bar_scale(plot: &Plot<'_>, layout: Layout) -> Option<Scale> {
    let (low, high) = plot.extent_with_zero();
    let hundred = Decimal::new(100, 0).map(|hundred| plot.grain.whole(hundred))?;
    let is_share = plot.request.definition.measure == Measure::Share && plot.sign() == "%" && low >= 0 && high <= hundred;
    if !is_share && plot.marks.len() < 2 {
        return None;
    }
    let open = plot.marks.iter().any(|mark| mark.is_open_outwards() && !mark.is_target());
    let spare = if open && !is_share { STUB + CHEVRON } else { 0 };
    let below = low < 0 || plot.actuals().any(Mark::opens_below_zero);
    let spare_below = if plot.actuals().any(Mark::opens_below_zero) { STUB + CHEVRON } else { spare };
    let (from, to) = (if below { DIAMOND + spare_below } else { 0 }, layout.width - DIAMOND - spare);
    Some(Scale { low, high: if is_share { hundred } else { high }, from, to })
}

/// The bar with its target; gives the bottom.
fn bar(plot: &Plot<'_>, layout: Layout, drawing: &mut Drawing, scale: Scale, top: Length) -> Length {
    let thickness = 22 * UNIT;
    let hundred = Decimal::new(100, 0).map_or(0, |hundred| plot.grain.whole(hundred));
    let is_share = plot.sign() == "%" && scale.high == hundred && plot.request.definition.measure == Measure::Share;
    if is_share {
        drawing.rect(Look::WHOLE, (scale.from, top), (scale.to, top + thickness));
    }
    for mark in plot.actuals().chain(plot.targets()) {
        drawing.point((0, mark.at), (scale.at(mark.high), top + thickness / 2));
        Bar { mark, strong: true, across: top, thickness, scale, upright: false }.draw(drawing);
    }
    drawing.line(Look::BASELINE, (scale.at(0), top - 4 * UNIT), (scale.at(0), top + thickness + 4 * UNIT));
    let mut bottom = top + thickness;
    let text_top = bottom + 8 * UNIT;
    let mut placer = Placer::new(Box2 { left: 0, top: 0, right: layout.width, bottom: Length::MAX / 4 });
    let beside = plot.actuals().next().and_then(|_| plot.targets().next());
    if let Some(target) = beside {
        let value = plot.short(target.metric);
        let period = target.period.label(plot.locale());
        let text = fill(plot.word("target_label"), &[("period", &period), ("value", &value)]);
        let middle = i64::midpoint(scale.at(target.low), scale.at(target.high));
        for (line, i) in wrapped(&text, layout).into_iter().zip(0..) {
            let block = Block::value(vec![line], layout, false);
            placer.place(drawing, &block, &[(middle, text_top + i * layout.line_height())]);
            bottom = text_top + (i + 1) * layout.line_height();
        }
    }
    if is_share {
        for (text, value) in [("0%", 0), ("100%", hundred)] {
            let block = Block::axis(text.to_owned(), layout);
            if placer.place(drawing, &block, &[(scale.at(value), text_top)]).is_some() {
                bottom = bottom.max(text_top + block.height());
            }
        }
    }
    bottom
}
