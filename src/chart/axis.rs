use super::scale::{Grain, Ticks};
use crate::locale::{Decimal, Locale, format_number};

/// An axis of values with zero, for those who draw by other means than SVG: the same round numbers as in charts.
#[derive(Clone, Debug)]
pub struct Axis {
    grain: Grain,
    ticks: Ticks,
}

impl Axis {
    /// Around values, with so many intervals at most.
    pub fn around(values: &[Decimal], most: i128) -> Self {
        let grain = Grain::of(&values.iter().copied(), 1);
        let wholes = || values.iter().map(|value| grain.whole(*value));
        let (low, high) = (wholes().min().unwrap_or(0).min(0), wholes().max().unwrap_or(0).max(0));
        let high = if low == high { grain.one() } else { high };
        Self { grain, ticks: Ticks::around(low, high, most) }
    }

    /// A value in the unit of the axis.
    pub fn whole(&self, value: Decimal) -> i128 {
        self.grain.whole(value)
    }

    /// The distance of its ticks, in its unit.
    pub fn step(&self) -> i128 {
        self.ticks.step
    }

    /// Its ticks in its unit, the lowest first.
    pub fn ticks(&self) -> &[i128] {
        &self.ticks.values
    }

    /// A tick as a number of a language.
    pub fn label(&self, tick: i128, locale: &Locale) -> String {
        self.grain.number(tick, self.ticks.step).map(|number| format_number(number, locale)).unwrap_or_default()
    }
}
