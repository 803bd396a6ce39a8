use super::layout::Length;
use super::plot::Plot;
use crate::locale::{Decimal, fill, format_number};

/// The largest scaled value: above it decimals are given up, so that no product overflows.
const MOST: i128 = 10i128.pow(30);

/// Values as whole numbers of one unit, 10^−`decimals`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grain {
    /// How fine.
    pub decimals: u8,
}

impl Grain {
    /// The finest that holds every value with `spare` decimals more than written.
    pub fn of(values: &(impl Iterator<Item = Decimal> + Clone), spare: u8) -> Self {
        let fits = |decimals: u8| values.clone().all(|value| value.scaled(decimals).is_some_and(|n| n.abs() <= MOST));
        let mut decimals = values.clone().map(Decimal::decimals).max().unwrap_or(0).saturating_add(spare).min(28);
        while decimals > 0 && !fits(decimals) {
            decimals -= 1;
        }
        Self { decimals }
    }

    /// A value in this unit.
    pub fn whole(self, value: Decimal) -> i128 {
        let limit = if value.signum() < 0 { -MOST } else { MOST };
        value.scaled(self.decimals).unwrap_or(limit).clamp(-MOST, MOST)
    }

    /// One, in this unit.
    pub fn one(self) -> i128 {
        10i128.checked_pow(u32::from(self.decimals)).unwrap_or(MOST)
    }

    /// A tick as a number with no more decimals than the step needs.
    pub fn number(self, whole: i128, step: i128) -> Option<Decimal> {
        let (mut step, mut decimals) = (step, self.decimals);
        while decimals > 0 && step % 10 == 0 {
            step /= 10;
            decimals -= 1;
        }
        Some(Decimal::new(whole, self.decimals)?.rounded(decimals))
    }
}

/// From values to places on the screen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    /// The value at `from`.
    pub low: i128,
    /// The value at `to`.
    pub high: i128,
    /// Where the low value stands.
    pub from: Length,
    /// Where the high value stands.
    pub to: Length,
}

impl Scale {
    /// Where a value stands, to the nearest hundredth.
    pub fn at(self, value: i128) -> Length {
        let (width, range) = (i128::from(self.to - self.from), self.high - self.low);
        if range <= 0 {
            return self.from;
        }
        let doubled = (value - self.low) * width * 2;
        let offset = (doubled + range).div_euclid(range * 2);
        self.from + Length::try_from(offset).unwrap_or_default()
    }
}

/// The ticks of an axis.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Ticks {
    /// 1, 2 or 5 times a power of ten.
    pub step: i128,
    /// Multiples of the step, from at or below the lowest value to at or above the highest.
    pub values: Vec<i128>,
}

impl Ticks {
    /// The closest ticks around a range that make at most `most` intervals.
    pub fn around(low: i128, high: i128, most: i128) -> Self {
        let mut power: i128 = 1;
        loop {
            for step in [power, power * 2, power * 5] {
                let (first, last) = (low.div_euclid(step), -(-high).div_euclid(step));
                if last - first <= most {
                    let last = last.max(first + 1);
                    return Self { step, values: (first..=last).map(|n| n * step).collect() };
                }
            }
            power *= 10;
        }
    }

    /// The lowest and the highest tick.
    pub fn ends(&self) -> (i128, i128) {
        (self.values.first().copied().unwrap_or(0), self.values.last().copied().unwrap_or(1))
    }
}

/// The label of a tick: no more decimals than the step needs, and words instead of six zeros and more: "1,5 triệu".
/// Words only where the unit itself has none: "billion VND" would become a million billions.
pub(super) fn tick_text(plot: &Plot<'_>, value: i128, step: i128, last: bool) -> Option<String> {
    let number = plot.grain.number(value, step)?;
    let sign = if last { plot.sign() } else { "" };
    let scaled = (plot.request.definition.unit_mult == 0 && plot.sign().is_empty()).then(|| {
        [(12, "scale_12"), (9, "scale_9"), (6, "scale_6")]
            .into_iter()
            .find_map(|(power, word)| in_words(plot, step, value, power, word))
    });
    match scaled.flatten() {
        Some(text) => Some(text),
        None => Some(format!("{}{sign}", format_number(number, plot.locale()))),
    }
}

/// A tick in millions, billions or thousands of billions, if it and its step are as large as that.
fn in_words<'a>(plot: &Plot<'a>, step: i128, value: i128, power: u32, word: &'a str) -> Option<String> {
    let size = plot.grain.one().checked_mul(10i128.checked_pow(power)?)?;
    if value == 0 || step.checked_mul(10)? < size {
        return None;
    }
    let tenths = value.checked_mul(10)?.checked_div(size)?;
    let number = if tenths % 10 == 0 { Decimal::new(tenths / 10, 0)? } else { Decimal::new(tenths, 1)? };
    Some(fill(plot.word(word), &[("n", &format_number(number, plot.locale()))]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_few() {
        assert_eq!(Ticks::around(0, 174, 5).values, [0, 50, 100, 150, 200]);
        assert_eq!(Ticks::around(-3, 4, 5).values, [-4, -2, 0, 2, 4]);
        assert_eq!(Ticks::around(0, 0, 5).values, [0, 1]);
        assert_eq!(Ticks::around(7, 7, 5).values, [7, 8]);
    }

    #[test]
    fn ticks_show_the_decimals_of_their_step() {
        let grain = Grain { decimals: 3 };
        let text = |whole, step| grain.number(whole, step).map(|n| n.to_string());
        assert_eq!(text(20_000, 10_000).as_deref(), Some("20"));
        assert_eq!(text(500, 500).as_deref(), Some("0.5"));
        assert_eq!(text(0, 500).as_deref(), Some("0.0"));
    }

    #[test]
    fn huge_and_tiny_values_share_a_grain() {
        let values = ["9999999999999999999999999999", "0.0000000000000000000000000001"].map(|text| Decimal::parse(text).unwrap());
        let grain = Grain::of(&values.into_iter(), 1);
        assert_eq!(grain.decimals, 2);
        let scale = Scale { low: 0, high: grain.whole(values[0]), from: 20_000, to: 0 };
        assert_eq!((scale.at(grain.whole(values[0])), scale.at(0)), (0, 20_000));
    }
}
