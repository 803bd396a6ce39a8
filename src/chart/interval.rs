use super::bar::{Bar, CHEVRON, STUB};
use super::label::Block;
use super::layout::{Layout, Length, UNIT};
use super::look::Look;
use super::marker::{cross, dot, whisker};
use super::plot::{Mark, Plot};
use super::scale::{Scale, Ticks, tick_text};
use super::sheet::Sheet;
use super::svg::{Anchor, Drawing};
use super::wrap::wrapped_to;
use crate::indicator::Amount;

/// The room of a row's mark.
const ROW: Length = 24 * UNIT;

/// Ranges and confidence intervals, a row for each period, or for each strand in its newest period: the words beside the
/// marks where there is room, else above them.
pub(super) fn draw(sheet: &Sheet<'_>, layout: Layout, mut drawing: Drawing) -> Drawing {
    let rows = rows(sheet, layout);
    let Some(plot) = sheet.main() else { return drawing };
    let (low, high) = sheet.extent_with_zero();
    let ticks = Ticks::around(low, high, if layout.width > 500 * UNIT { 5 } else { 3 });
    let (low, high) = ticks.ends();
    let reach = STUB + CHEVRON + UNIT;
    let widest = |block: fn(&Row<'_>) -> Length| rows.iter().map(block).max().unwrap_or(0) + 8 * UNIT;
    let (left, right) = (widest(|row| row.name.width()), layout.width - widest(|row| row.value.width()));
    let one_line = rows.iter().all(|row| row.name.height().max(row.value.height()) <= layout.line_height());
    let beside = one_line && right - left - 2 * reach >= layout.width / 2;
    let (left, right) = if beside { (left, right) } else { (0, layout.width) };
    let scale = Scale { low, high, from: left + reach, to: right - reach };
    let text = rows.iter().map(|row| row.name.height().max(row.value.height())).max().unwrap_or(0);
    let above = if beside { 0 } else { text };
    let mut top = 0;
    for row in &rows {
        let middle = top + above + ROW / 2;
        let words = if beside { middle - text / 2 } else { top };
        for value in &ticks.values {
            let (look, x) = (if *value == 0 { Look::BASELINE } else { Look::HAIRLINE }, scale.at(*value));
            drawing.line(look, (x, top + above), (x, top + above + ROW));
        }
        row.name.write(&mut drawing, Anchor::Start, 0, words);
        row.value.write(&mut drawing, Anchor::End, layout.width, words);
        drawing.point((row.hue, row.mark.at), (scale.at(row.mark.high), middle));
        interval(&mut drawing, row.mark, scale, middle);
        top += above + ROW;
    }
    axis(plot, &ticks, scale, layout, &mut drawing, top);
    drawing.height = top + layout.line_height() + 8 * UNIT;
    drawing
}

struct Row<'a> {
    hue: usize,
    mark: &'a Mark<'a>,
    name: Block,
    value: Block,
}

fn rows<'a>(sheet: &'a Sheet<'a>, layout: Layout) -> Vec<Row<'a>> {
    let row = |plot: &'a Plot<'a>, mark: &'a Mark<'a>, name: String| {
        let half = layout.width / 2 - 6 * UNIT;
        let value = wrapped_to(&interval_text(plot, mark), layout.font, mark.newest, half);
        let name = Block::axis_lines(wrapped_to(&name, layout.font, false, half), layout);
        Row { hue: plot.hue, mark, name, value: Block::value(value, layout, mark.newest) }
    };
    match (sheet.plots.as_slice(), sheet.common_period()) {
        ([plot], _) => plot.marks.iter().map(|mark| row(plot, mark, mark.period.short_label(plot.locale()))).collect(),
        (_, Some(period)) => sheet.ranked(period).into_iter().map(|(plot, mark)| row(plot, mark, plot.name.to_owned())).collect(),
        _ => Vec::new(),
    }
}

/// The value with its limits: "32 (30–35)".
fn interval_text(plot: &Plot<'_>, mark: &Mark<'_>) -> String {
    if mark.is_target() {
        return plot.target_lines(mark.metric).join(" ");
    }
    let value = plot.short(mark.metric);
    match mark.metric.interval {
        Some(interval) => {
            let limits = Amount::Range { low: interval.low, high: interval.high };
            format!("{value} ({})", limits.number(plot.locale(), plot.request.definition.decimals))
        }
        None => value,
    }
}

/// A bar between the limits of a range; a point with whiskers for a confidence interval; a plain point for neither.
fn interval(drawing: &mut Drawing, mark: &Mark<'_>, scale: Scale, middle: Length) {
    let at = |value: i128| scale.at(value);
    for value in &mark.superseded {
        cross(drawing, (at(*value), middle));
    }
    if mark.is_range() || mark.is_target() || mark.open().is_some() {
        let bar = Bar { mark, strong: true, across: middle - 5 * UNIT, thickness: 10 * UNIT, scale, upright: false };
        return bar.draw(drawing);
    }
    if let Some((low, high)) = mark.interval {
        whisker(drawing, (at(low), at(high)), middle, 5 * UNIT, false);
    }
    dot(drawing, mark.finality(), (at(mark.high), middle), 5 * UNIT, 0);
}

fn axis(plot: &Plot<'_>, ticks: &Ticks, scale: Scale, layout: Layout, drawing: &mut Drawing, bottom: Length) {
    let last = ticks.values.last().copied();
    let mut free = Length::MIN / 2;
    for value in &ticks.values {
        let Some(text) = tick_text(plot, *value, ticks.step, Some(*value) == last) else { continue };
        let block = Block::axis(text, layout);
        let half = block.width() / 2;
        let middle = scale.at(*value).min(layout.width - half).max(half);
        if middle - half < free {
            continue;
        }
        block.write(drawing, Anchor::Middle, middle, bottom + 4 * UNIT);
        free = middle + half + 8 * UNIT;
    }
}
