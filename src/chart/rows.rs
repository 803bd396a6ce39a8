use super::bar::{Bar, CHEVRON, DIAMOND, STUB};
use super::label::Block;
use super::layout::{Layout, Length, UNIT};
use super::number::wrap_bold;
use super::plot::{Mark, Plot};
use super::scale::Scale;
use super::svg::{Anchor, Drawing, Look};
use super::time::steps_between;
use crate::locale::{Locale, fill};

/// The thickness of a row's bar.
const BAR: Length = 18 * UNIT;

/// A row for each period: for periods of unlike length, and where columns are too narrow for their words.
pub(super) fn draw(plot: &Plot<'_>, layout: Layout, drawing: Drawing) -> Drawing {
    let rows: Vec<Row<'_>> = plot.marks.iter().map(|mark| Row::new(plot, mark, layout)).collect();
    let sheet = Sheet { plot, layout, open: if plot.marks.iter().any(Mark::is_open_outwards) { STUB + CHEVRON } else { 0 } };
    match sheet.side_by_side(&rows) {
        Some((left, right)) => sheet.draw(drawing, &rows, left, right, true),
        None => sheet.draw(drawing, &rows, DIAMOND, layout.width - sheet.open - DIAMOND, false),
    }
}

struct Row<'a> {
    mark: &'a Mark<'a>,
    period: Block,
    value: Block,
}

impl<'a> Row<'a> {
    fn new(plot: &Plot<'_>, mark: &'a Mark<'a>, layout: Layout) -> Self {
        let short = plot.short(mark.metric);
        let value = if mark.is_target() { fill(plot.word("target_value"), &[("value", &short)]) } else { short };
        let period = Block::axis(mark.period.short_label(plot.locale()), layout);
        let lines = wrap_bold(&value, layout.font, mark.newest, layout.width - 4 * UNIT);
        Self { mark, period, value: Block::value(lines, layout, mark.newest) }
    }
}

struct Sheet<'a> {
    plot: &'a Plot<'a>,
    layout: Layout,
    open: Length,
}

impl Sheet<'_> {
    /// The ends of the bars when words stand left and right of them; `None` when too little would be left of the bars.
    fn side_by_side(&self, rows: &[Row<'_>]) -> Option<(Length, Length)> {
        let widest = |width: fn(&Row<'_>) -> Length| rows.iter().map(width).max().unwrap_or(0);
        let left = widest(|row| row.period.width()) + 10 * UNIT;
        let right = self.layout.width - widest(|row| row.value.width()) - self.open - 8 * UNIT - DIAMOND;
        let (low, _) = self.plot.extent_with_zero();
        let one_line = rows.iter().all(|row| row.value.height() <= self.layout.line_height());
        (one_line && low >= 0 && right - left >= self.layout.width * 2 / 5).then_some((left, right))
    }

    fn draw(&self, mut drawing: Drawing, rows: &[Row<'_>], left: Length, right: Length, beside: bool) -> Drawing {
        let (low, high) = self.plot.extent_with_zero();
        let left = if low < 0 { left + self.open } else { left };
        let scale = Scale { low, high, from: left, to: right };
        let mut top = 0;
        let mut last: Option<&Mark<'_>> = None;
        for row in rows {
            if let Some(last) = last {
                top += self.between(&mut drawing, last, row.mark, top);
            }
            top += if beside {
                self.row_beside(&mut drawing, row, scale, top)
            } else {
                self.row_under(&mut drawing, row, scale, top)
            };
            last = Some(row.mark);
        }
        let bottom = top - 6 * UNIT;
        drawing.line(Look::BASELINE, (scale.at(0), 0), (scale.at(0), bottom));
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

    fn row_beside(&self, drawing: &mut Drawing, row: &Row<'_>, scale: Scale, top: Length) -> Length {
        let height = BAR.max(self.layout.line_height());
        let text = top + (height - row.period.height()) / 2;
        row.period.write(drawing, Anchor::Start, 0, text);
        Bar { mark: row.mark, across: top + (height - BAR) / 2, thickness: BAR, scale, upright: false }.draw(drawing);
        let beyond = match row.mark {
            mark if mark.is_open_outwards() && !mark.is_target() => self.open,
            mark if mark.is_target() => DIAMOND,
            _ => 0,
        };
        row.value.write(drawing, Anchor::Start, scale.at(row.mark.high) + beyond + 8 * UNIT, text);
        height + 8 * UNIT
    }

    fn row_under(&self, drawing: &mut Drawing, row: &Row<'_>, scale: Scale, top: Length) -> Length {
        let mut bar_top = top + row.period.height();
        row.period.write(drawing, Anchor::Start, 0, top);
        let one_line = row.value.height() <= self.layout.line_height();
        if one_line && row.period.width() + row.value.width() + 10 * UNIT <= self.layout.width {
            row.value.write(drawing, Anchor::Start, row.period.width() + 10 * UNIT, top);
        } else {
            row.value.write(drawing, Anchor::Start, 0, bar_top);
            bar_top += row.value.height();
        }
        bar_top += 2 * UNIT;
        Bar { mark: row.mark, across: bar_top, thickness: BAR, scale, upright: false }.draw(drawing);
        bar_top + BAR + 12 * UNIT - top
    }
}
