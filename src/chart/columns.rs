use super::bar::{Bar, CHEVRON, STUB};
use super::label::Block;
use super::layout::{Layout, Length, UNIT};
use super::look::Look;
use super::plot::{Mark, Plot};
use super::scale::Scale;
use super::sheet::Sheet;
use super::svg::{Anchor, Drawing};
use super::time::steps_between;
use crate::locale::Locale;

/// How far a target's diamond reaches from its value.
const TARGET_REACH: Length = 8 * UNIT;

/// How far a wave or the cross of a replaced value reaches.
const WAVE_REACH: Length = 5 * UNIT;

/// One place on the axis: a value, or a period that has none.
struct Slot<'a> {
    mark: Option<&'a Mark<'a>>,
    label: Block,
    period: Block,
}

/// Few periods side by side from zero, each with its value. `None` when the labels do not fit that way.
pub(super) fn draw(sheet: &Sheet<'_>, layout: Layout, mut drawing: Drawing) -> Option<Drawing> {
    let plot = sheet.main()?;
    let slots = slots(plot, layout)?;
    let count = Length::try_from(slots.len()).ok()?;
    let band = (layout.width / count).min(layout.widest_band);
    let fits = |block: &Block| block.width() + 4 * UNIT <= band;
    let breaks = slots.iter().any(|slot| slot.mark.is_some_and(Mark::is_break));
    let word = Block::axis(Locale::word(&plot.locale().status, "B").to_owned(), layout);
    if !slots.iter().all(|slot| fits(&slot.label) && fits(&slot.period)) || (breaks && word.width() > band * count / 2) {
        return None;
    }

    let label_room = slots.iter().map(|slot| slot.label.height()).max().unwrap_or(0) + 6 * UNIT;
    let open = plot.marks.iter().any(Mark::is_open_outwards);
    let targets = plot.marks.iter().any(Mark::is_target);
    let waves = plot.marks.iter().any(|mark| mark.is_approximate() || !mark.superseded.is_empty());
    let room = label_room
        + if waves { WAVE_REACH } else { 0 }
        + if open { STUB + CHEVRON } else { 0 }
        + if targets { TARGET_REACH } else { 0 };
    let (low, high) = plot.extent_with_zero();
    // A zero has its label above the baseline, too.
    let above = slots.iter().any(|slot| slot.mark.is_none_or(|mark| mark.high >= 0));
    let top = if breaks { layout.line_height() + 4 * UNIT } else { 0 } + if above { room } else { 4 * UNIT };
    let bottom = top + layout.plot_height;
    let scale = Scale { low, high, from: bottom, to: top };
    let down = low < 0 || plot.marks.iter().any(Mark::opens_below_zero);
    let below = bottom + if down { room } else { 0 };

    for (slot, i) in slots.iter().zip(0..) {
        let left = i * band;
        if let Some(mark) = slot.mark {
            let gap = (band / 8).max(UNIT);
            let (across, thickness) = (left + gap, band - 2 * gap);
            Bar { mark, strong: mark.newest, across, thickness, scale, upright: true }.draw(&mut drawing);
            drawing.point((0, mark.at), (left + band / 2, scale.at(mark.high)));
            slot.label.write(&mut drawing, Anchor::Middle, left + band / 2, label_top(mark, &slot.label, scale));
            if mark.is_break() && i > 0 {
                rule(&mut drawing, &word, left, below, band * count);
            }
        } else {
            slot.label.write(&mut drawing, Anchor::Middle, left + band / 2, scale.at(0) - slot.label.height() - 4 * UNIT);
        }
        slot.period.write(&mut drawing, Anchor::Middle, left + band / 2, below + 4 * UNIT);
    }
    drawing.line(Look::BASELINE, (0, scale.at(0)), (band * count, scale.at(0)));
    drawing.height = below + layout.line_height() + 6 * UNIT;
    Some(drawing)
}

/// The top of a value's label: beyond the end of its bar.
fn label_top(mark: &Mark<'_>, label: &Block, scale: Scale) -> Length {
    let beyond = if mark.is_open_outwards() { STUB + CHEVRON } else { 0 };
    let reach = if mark.is_target() {
        TARGET_REACH
    } else if mark.is_approximate() || !mark.superseded.is_empty() {
        WAVE_REACH
    } else {
        0
    };
    if mark.high < 0 || mark.opens_below_zero() {
        scale.at(mark.values().min().unwrap_or(mark.low)) + beyond + reach + 4 * UNIT
    } else {
        scale.at(mark.values().max().unwrap_or(mark.high)) - beyond - reach - label.height() - 3 * UNIT
    }
}

/// A break: a dashed rule between two columns, with a word at its top.
fn rule(drawing: &mut Drawing, word: &Block, x: Length, bottom: Length, width: Length) {
    drawing.line(Look::BREAK, (x, 0), (x, bottom));
    let (anchor, at) =
        if x + word.width() + 6 * UNIT <= width { (Anchor::Start, x + 6 * UNIT) } else { (Anchor::End, x - 6 * UNIT) };
    word.write(drawing, anchor, at, 0);
}

/// The marks in a row with the missing periods between them; `None` when two marks share a period,
/// or when two breaks would crowd the words.
fn slots<'a>(plot: &'a Plot<'_>, layout: Layout) -> Option<Vec<Slot<'a>>> {
    let mut slots: Vec<Slot<'a>> = Vec::with_capacity(plot.marks.len());
    let mut last = None;
    for mark in &plot.marks {
        let steps = last.map_or(1, |last| steps_between(last, mark.period).max(i64::from(last != mark.period)));
        if steps == 0 {
            return None;
        }
        for _ in 1..steps {
            let label = Block::axis("…".to_owned(), layout);
            slots.push(Slot { mark: None, label, period: Block::axis(String::new(), layout) });
        }
        let lines = if mark.is_target() { plot.target_lines(mark.metric) } else { plot.short_lines(mark.metric) };
        let label = Block::value(lines, layout, mark.newest);
        slots.push(Slot { mark: Some(mark), label, period: Block::axis(mark.period.short_label(plot.locale()), layout) });
        last = Some(mark.period);
    }
    let breaks = plot.marks.iter().filter(|mark| mark.is_break()).count();
    (breaks <= 1).then_some(slots)
}
