use super::bar::{Bar, CHEVRON, DIAMOND, STUB};
use super::label::Block;
use super::layout::{Layout, Length, UNIT};
use super::look::Look;
use super::plot::{Mark, Plot};
use super::scale::Scale;
use super::sheet::Sheet;
use super::svg::{Anchor, Drawing};
use super::time::steps_between;
use super::wrap::wrapped_to;
use crate::locale::{Locale, fill};

/// The thickness of a row's bar.
const BAR: Length = 18 * UNIT;

/// A row for each period: for periods of unlike length, and where columns are too narrow for their words.
/// Of several strands a row each in the period that most have, the largest first, and the next target of those that have one.
pub(super) fn draw(sheet: &Sheet<'_>, layout: Layout, drawing: Drawing) -> Drawing {
    let rows = rows(sheet, layout);
    let Some(plot) = sheet.main() else { return drawing };
    let marks = || rows.iter().map(|row| row.mark);
    let values = || marks().flat_map(Mark::values);
    let (low, high) = (values().min().unwrap_or(0).min(0), values().max().unwrap_or(0).max(0));
    let high = if low == 0 && high == 0 { plot.grain.one() } else { high };
    let open = if marks().any(Mark::is_open_outwards) { STUB + CHEVRON } else { 0 };
    let table = Table { plot, layout, low, high, open, ordered: sheet.plots.len() == 1 };
    match table.side_by_side(&rows) {
        Some((left, right)) => table.draw(drawing, &rows, left, right, true),
        None => {
            let edge = if marks().any(Mark::is_target) { DIAMOND } else { UNIT };
            table.draw(drawing, &rows, edge, layout.width - open - edge, false)
        }
    }
}

struct Row<'a> {
    hue: usize,
    mark: &'a Mark<'a>,
    strong: bool,
    name: Block,
    value: Block,
}

fn rows<'a>(sheet: &'a Sheet<'a>, layout: Layout) -> Vec<Row<'a>> {
    if let [plot] = sheet.plots.as_slice() {
        let row = |mark: &'a Mark<'a>| Row::new(plot, mark, mark.newest, &mark.period.short_label(plot.locale()), layout);
        return plot.marks.iter().map(row).collect();
    }
    let Some(period) = sheet.common_period() else { return targets(sheet, layout) };
    let mut rows = Vec::new();
    for (plot, _) in sheet.ranked(period) {
        for mark in plot.marks.iter().filter(|mark| mark.period == period) {
            rows.push(Row::new(plot, mark, plot.hue == 0, plot.name, layout));
        }
        let ahead = |mark: &&Mark<'_>| mark.is_target() && mark.period != period && mark.period.end() >= period.end();
        rows.extend(plot.marks.iter().find(ahead).map(|mark| in_its_period(plot, mark, layout)));
    }
    rows
}

/// A row that is of another period than the rest, and says so.
fn in_its_period<'a>(plot: &'a Plot<'a>, mark: &'a Mark<'a>, layout: Layout) -> Row<'a> {
    let name = format!("{}, {}", plot.name, mark.period.short_label(plot.locale()));
    Row::new(plot, mark, false, &name, layout)
}

/// The last target of each strand, where nothing has happened yet.
fn targets<'a>(sheet: &'a Sheet<'a>, layout: Layout) -> Vec<Row<'a>> {
    sheet.plots.iter().filter_map(|plot| Some(in_its_period(plot, plot.marks.last()?, layout))).collect()
}

impl<'a> Row<'a> {
    fn new(plot: &Plot<'_>, mark: &'a Mark<'a>, strong: bool, name: &str, layout: Layout) -> Self {
        let short = plot.short(mark.metric);
        let value = if mark.is_target() { fill(plot.word("target_value"), &[("value", &short)]) } else { short };
        let name = wrapped_to(name, layout.font, false, layout.width - 4 * UNIT);
        let lines = wrapped_to(&value, layout.font, strong, layout.width - 4 * UNIT);
        Self { hue: plot.hue, mark, strong, name: Block::axis_lines(name, layout), value: Block::value(lines, layout, strong) }
    }
}

struct Table<'a> {
    plot: &'a Plot<'a>,
    layout: Layout,
    low: i128,
    high: i128,
    open: Length,
    /// Whether the rows follow each other in time.
    ordered: bool,
}

impl Table<'_> {
    /// The ends of the bars when words stand left and right of them; `None` when too little would be left of the bars.
    fn side_by_side(&self, rows: &[Row<'_>]) -> Option<(Length, Length)> {
        let widest = |width: fn(&Row<'_>) -> Length| rows.iter().map(width).max().unwrap_or(0);
        let left = widest(|row| row.name.width()) + 10 * UNIT;
        let right = self.layout.width - widest(|row| row.value.width()) - self.open - 8 * UNIT - DIAMOND;
        let one_line = |block: &Block| block.height() <= self.layout.line_height();
        let one_line = rows.iter().all(|row| one_line(&row.value) && one_line(&row.name));
        let above = self.low >= 0 && !rows.iter().any(|row| row.mark.opens_below_zero());
        (one_line && above && right - left >= self.layout.width * 2 / 5).then_some((left, right))
    }

    fn draw(&self, mut drawing: Drawing, rows: &[Row<'_>], left: Length, right: Length, beside: bool) -> Drawing {
        let below = self.low < 0 || rows.iter().any(|row| row.mark.opens_below_zero());
        let left = if below { left + self.open } else { left };
        let scale = Scale { low: self.low, high: self.high, from: left, to: right };
        let mut top = 0;
        let mut last: Option<&Mark<'_>> = None;
        for row in rows {
            if let Some(last) = last.filter(|_| self.ordered) {
                top += self.between(&mut drawing, last, row.mark, top);
            }
            top += if beside {
                self.row_beside(&mut drawing, row, scale, top)
            } else {
                self.row_under(&mut drawing, row, scale, top)
            };
            last = Some(row.mark);
        }
        if beside {
            drawing.line(Look::BASELINE, (scale.at(0), 0), (scale.at(0), top - 6 * UNIT));
        }
        drawing.height = top;
        drawing
    }

    /// What stands between two rows: a break, or the words for missing periods.
    fn between(&self, drawing: &mut Drawing, before: &Mark<'_>, mark: &Mark<'_>, top: Length) -> Length {
        let width = self.layout.width;
        if mark.is_break() {
            let word = Block::axis(Locale::word(&self.plot.locale().status, "B").to_owned(), self.layout);
            let middle = top + word.height() / 2;
            drawing.line(Look::BREAK, (0, middle), ((width - word.width() - 8 * UNIT).max(0), middle));
            word.write(drawing, Anchor::End, width, top);
            return word.height() + 6 * UNIT;
        }
        if !before.is_target() && !mark.is_target() && steps_between(before.period, mark.period) > 1 {
            let word = Block::axis(self.plot.word("no_data").to_owned(), self.layout);
            word.write(drawing, Anchor::Start, 0, top);
            return word.height() + 6 * UNIT;
        }
        0
    }

    /// The bar of a row across from `top`; gives where its words may start.
    fn bar(&self, drawing: &mut Drawing, row: &Row<'_>, scale: Scale, top: Length) -> Length {
        let end = scale.at(row.mark.values().max().unwrap_or(row.mark.high));
        drawing.point((row.hue, row.mark.at), (scale.at(row.mark.high), top + BAR / 2));
        Bar { mark: row.mark, strong: row.strong, across: top, thickness: BAR, scale, upright: false }.draw(drawing);
        let beyond = match row.mark {
            mark if mark.is_target() => DIAMOND,
            mark if mark.is_open_outwards() => self.open,
            mark if mark.is_approximate() => 4 * UNIT,
            _ => 0,
        };
        end + beyond + 8 * UNIT
    }

    fn row_beside(&self, drawing: &mut Drawing, row: &Row<'_>, scale: Scale, top: Length) -> Length {
        let height = BAR.max(self.layout.line_height());
        let text = top + (height - row.name.height()) / 2;
        row.name.write(drawing, Anchor::Start, 0, text);
        let right = self.bar(drawing, row, scale, top + (height - BAR) / 2);
        row.value.write(drawing, Anchor::Start, right, text);
        height + 8 * UNIT
    }

    fn row_under(&self, drawing: &mut Drawing, row: &Row<'_>, scale: Scale, top: Length) -> Length {
        let mut bar_top = top + row.name.height();
        row.name.write(drawing, Anchor::Start, 0, top);
        let one_line = row.value.height() <= self.layout.line_height() && row.name.height() <= self.layout.line_height();
        if one_line && row.name.width() + row.value.width() + 10 * UNIT <= self.layout.width {
            row.value.write(drawing, Anchor::Start, row.name.width() + 10 * UNIT, top);
        } else {
            row.value.write(drawing, Anchor::Start, 0, bar_top);
            bar_top += row.value.height();
        }
        bar_top += 3 * UNIT;
        self.bar(drawing, row, scale, bar_top);
        // Words stand above the bars, so that the line of zero is only beside these.
        drawing.line(Look::BASELINE, (scale.at(0), bar_top - 2 * UNIT), (scale.at(0), bar_top + BAR + 2 * UNIT));
        bar_top + BAR + 12 * UNIT - top
    }
}
