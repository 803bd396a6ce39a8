use super::plot::{Sign, Slot};
use crate::chart::Axis;
use crate::locale::{Decimal, Locale};

/// No line is longer than this.
const WIDEST: usize = 80;
/// So many lines stand between two ticks.
const LINES: i128 = 2;
/// A column is no wider than this, with the space after it.
const WIDEST_SLOT: usize = 7;
/// Eighths of a line, from its bottom.
const EIGHTHS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// A plot as lines of letters.
pub(super) struct Grid<'a> {
    slots: &'a [Slot],
    axis: Axis,
    locale: &'a Locale,
    /// The widest number of the scale.
    scale: usize,
    /// How wide a slot is.
    width: usize,
    /// How many earlier slots have no room.
    left_out: usize,
    /// Whether values of unlike periods are not drawn.
    only_alike: bool,
}

impl<'a> Grid<'a> {
    /// The newest slots that there is room for.
    pub(super) fn new(slots: &'a [Slot], only_alike: bool, locale: &'a Locale) -> Self {
        let all: Vec<Decimal> = slots.iter().flat_map(|slot| &slot.signs).flat_map(values).collect();
        let axis = Axis::around(&all, 4);
        let scale = axis.ticks().iter().map(|tick| axis.label(*tick, locale).chars().count()).max().unwrap_or(0);
        let room = WIDEST.saturating_sub(scale + 4);
        let shown = slots.len().min(room);
        let (slots, left_out) = (slots.get(slots.len() - shown..).unwrap_or_default(), slots.len() - shown);
        let width = (room / shown.max(1)).clamp(1, WIDEST_SLOT);
        Self { slots, axis, locale, scale, width, left_out, only_alike }
    }

    /// All its lines.
    pub(super) fn text(&self) -> String {
        let (low, high) = (self.tick(false), self.tick(true));
        let lines = |distance: i128| distance / self.axis.step() * LINES;
        let mut text = String::new();
        for line in (0..lines(high)).rev() {
            // A column of the value of a tick ends at the top of the line that the tick stands in.
            self.line(&mut text, Some(line + 1), &|slot| self.above(slot, line));
        }
        self.line(&mut text, Some(0), &|slot| self.at_zero(slot));
        for line in 0..lines(-low) {
            self.line(&mut text, Some(-line - 1), &|slot| self.below(slot, line));
        }
        self.periods(&mut text);
        self.key(&mut text);
        text
    }

    fn tick(&self, highest: bool) -> i128 {
        let ticks = self.axis.ticks();
        let end = if highest { ticks.last() } else { ticks.first() };
        end.copied().unwrap_or(0)
    }

    /// A line: the tick at that height, then what each slot shows.
    fn line(&self, text: &mut String, height: Option<i128>, cell: &dyn Fn(&Slot) -> Cell) {
        let at = height.filter(|height| height % LINES == 0).map(|height| height / LINES * self.axis.step());
        let label = at.map(|tick| self.axis.label(tick, self.locale)).unwrap_or_default();
        let zero = height == Some(0);
        let edge = if zero {
            '┼'
        } else if at.is_some() {
            '┤'
        } else {
            '│'
        };
        let between = if zero { '─' } else { ' ' };
        let mut line = format!("{label:>width$} {edge}{between}", width = self.scale);
        let bar = if self.width > 1 { self.width - 1 } else { 1 };
        for slot in self.slots {
            let drawn: String = match cell(slot) {
                Cell::Filled(with) => std::iter::repeat_n(with, bar).collect(),
                Cell::Sign(sign) => {
                    let before = (bar - 1) / 2;
                    (0..bar).map(|at| if at == before { sign } else { between }).collect()
                }
                Cell::Empty => std::iter::repeat_n(between, bar).collect(),
            };
            line.push_str(&drawn);
            if self.width > 1 {
                line.push(between);
            }
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }

    /// The eighths of lines from zero to a value.
    fn eighths(&self, value: Decimal) -> i128 {
        let (whole, step) = (self.axis.whole(value) * LINES * 8, self.axis.step());
        (whole * 2 + step).div_euclid(step * 2)
    }

    /// What a slot shows in a line above zero, the lowest being 0.
    fn above(&self, slot: &Slot, line: i128) -> Cell {
        let is_here = |value: Decimal| self.axis.whole(value) > 0 && (self.eighths(value).max(1) - 1) / 8 == line;
        self.sign(slot, &is_here).unwrap_or_else(|| {
            let filled = self.column(slot).map_or(0, |value| self.at_least_a_trace(value) - line * 8).clamp(0, 8);
            match usize::try_from(filled).ok().and_then(|filled| EIGHTHS.get(filled)) {
                Some(with) if filled > 0 => Cell::Filled(*with),
                _ => self.range(slot, line).unwrap_or(Cell::Empty),
            }
        })
    }

    /// A value that is not zero is never nothing.
    fn at_least_a_trace(&self, value: Decimal) -> i128 {
        let eighths = self.eighths(value);
        if eighths == 0 { i128::from(value.signum()) } else { eighths }
    }

    fn at_zero(&self, slot: &Slot) -> Cell {
        let is_zero = |value: Decimal| self.axis.whole(value) == 0;
        match self.sign(slot, &is_zero) {
            Some(cell) => cell,
            None if self.column(slot).is_some_and(is_zero) => Cell::Sign('0'),
            None if slot.signs.contains(&Sign::Missing) => Cell::Sign('·'),
            None => Cell::Empty,
        }
    }

    /// What a slot shows in a line below zero, the highest being 0: whole lines and halves, since no letter hangs in eighths.
    fn below(&self, slot: &Slot, line: i128) -> Cell {
        let is_here = |value: Decimal| self.axis.whole(value) < 0 && (-self.eighths(value)).max(1).saturating_sub(1) / 8 == line;
        self.sign(slot, &is_here).unwrap_or_else(|| {
            let filled = self.column(slot).map_or(0, |value| -self.at_least_a_trace(value) - line * 8);
            match filled {
                6.. => Cell::Filled('█'),
                1..=5 => Cell::Filled('▀'),
                _ => self.range(slot, -line - 1).unwrap_or(Cell::Empty),
            }
        })
    }

    /// The value of a slot's column.
    fn column(&self, slot: &Slot) -> Option<Decimal> {
        slot.signs.iter().find_map(|sign| if let Sign::Value(value) = sign { Some(*value) } else { None })
    }

    /// The sign of a value that is in a line.
    fn sign(&self, slot: &Slot, is_here: &dyn Fn(Decimal) -> bool) -> Option<Cell> {
        slot.signs.iter().find_map(|sign| match sign {
            Sign::Target(value) => is_here(*value).then_some(Cell::Sign('◇')),
            Sign::Over(value) => is_here(*value).then_some(Cell::Sign('↑')),
            Sign::Under(value) => is_here(*value).then_some(Cell::Sign('↓')),
            Sign::Value(_) | Sign::Between(..) | Sign::Missing => None,
        })
    }

    /// The part of a range that is in a line.
    fn range(&self, slot: &Slot, line: i128) -> Option<Cell> {
        slot.signs.iter().find_map(|sign| {
            let Sign::Between(low, high) = sign else { return None };
            let (from, to) = (self.eighths(*low), self.eighths(*high));
            (from < (line + 1) * 8 && to > line * 8).then_some(Cell::Sign('┃'))
        })
    }

    /// The periods under their slots, as many as there is room for, from the newest on.
    fn periods(&self, text: &mut String) {
        let mut line: Vec<char> = vec![' '; WIDEST];
        let mut free = WIDEST;
        for (at, slot) in self.slots.iter().enumerate().rev() {
            let label: Vec<char> = slot.label.chars().collect();
            let middle = self.scale + 3 + at * self.width + (self.width.max(2) - 2) / 2;
            let start = middle.saturating_sub(label.len().saturating_sub(1) / 2).min(WIDEST - label.len().min(WIDEST));
            let fits = start + label.len() < free || free == WIDEST;
            if label.is_empty() || !fits {
                continue;
            }
            for (place, letter) in line.iter_mut().skip(start).zip(&label) {
                *place = *letter;
            }
            free = start.saturating_sub(1);
        }
        let line: String = line.into_iter().collect();
        text.push_str(line.trim_end());
        text.push('\n');
    }

    /// What the signs mean, and what has no room.
    fn key(&self, text: &mut String) {
        let has = |is: fn(&Sign) -> bool| self.slots.iter().flat_map(|slot| &slot.signs).any(is);
        let word = |name| self.locale.chart.get(name);
        let entries = [
            (has(|sign| matches!(sign, Sign::Target(_))), "◇", Locale::word(&self.locale.kind, "target")),
            (has(|sign| matches!(sign, Sign::Over(_))), "↑", word("sign_over")),
            (has(|sign| matches!(sign, Sign::Under(_))), "↓", word("sign_under")),
            (has(|sign| matches!(sign, Sign::Between(..))), "┃", word("key_range")),
            (has(|sign| matches!(sign, Sign::Missing)), "·", word("key_missing")),
        ];
        let indent = " ".repeat(self.scale + 3);
        for (_, sign, words) in entries.into_iter().filter(|(is_drawn, ..)| *is_drawn) {
            text.push_str(&format!("{indent}{sign} {words}\n"));
        }
        if self.only_alike {
            text.push_str(&format!("{indent}{}\n", word("plot_alike")));
        }
        if self.left_out > 0 {
            let words = crate::locale::fill(word("plot_left_out"), &[("n", &self.left_out.to_string())]);
            text.push_str(&format!("{indent}{words}\n"));
        }
    }
}

/// What a slot shows in a line.
enum Cell {
    Filled(char),
    Sign(char),
    Empty,
}

fn values(sign: &Sign) -> Vec<Decimal> {
    match sign {
        Sign::Value(value) | Sign::Target(value) | Sign::Over(value) | Sign::Under(value) => vec![*value],
        Sign::Between(low, high) => vec![*low, *high],
        Sign::Missing => Vec::new(),
    }
}
