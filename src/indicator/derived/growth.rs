use super::comparable_points;
use crate::indicator::{Point, TimePeriod};
use crate::locale::Decimal;

/// A compound annual growth rate.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Growth {
    /// In percent a year, with one decimal.
    pub rate: Decimal,
    /// Since when.
    pub from: TimePeriod,
    /// Until when.
    pub to: TimePeriod,
}

/// One, in the fixed point that roots are taken in: integers give the same digits on every machine.
const ONE: i128 = 1_000_000_000_000;
/// The largest ratio that a root is taken of: its square still fits.
const MOST: i128 = 1_000_000 * ONE;

/// The growth a year from the first comparable value to the one at a place, over two years or more.
pub(super) fn growth(points: &[Point], at: usize) -> Option<Growth> {
    let comparable: Vec<_> = comparable_points(points, at).collect();
    let ((from, first), (to, last)) = (*comparable.first()?, *comparable.last()?);
    let years = to.years_since(from).filter(|years| *years >= 2)?;
    let rate = annual_rate(last, first, years)?;
    // Thousandths of ONE are tenths of a percent.
    let rate = Decimal::new(rate, 12)?.times(Decimal::HUNDRED)?.rounded(1);
    Some(Growth { rate, from, to })
}

/// (`last` ÷ `first`)^(1 ÷ `years`) − 1, times [`ONE`]. `None` where it has no meaning: of values that are not both above
/// or both below zero.
pub(super) fn annual_rate(last: Decimal, first: Decimal, years: u16) -> Option<i128> {
    if last.signum() * first.signum() <= 0 {
        return None;
    }
    let ratio = last.abs().divided(first.abs(), 12)?.scaled(12)?;
    Some(root(ratio, years)? - ONE)
}

/// The `degree`th root of a ratio, by halving.
fn root(ratio: i128, degree: u16) -> Option<i128> {
    if !(1..=MOST).contains(&ratio) || degree == 0 {
        return None;
    }
    let (mut low, mut high) = (0, ratio.max(ONE));
    while low < high {
        let middle = (low + high + 1) / 2;
        if is_power_above(middle, degree, ratio) {
            high = middle - 1;
        } else {
            low = middle;
        }
    }
    Some(low)
}

/// Whether `base`^`degree` is above a limit.
fn is_power_above(base: i128, degree: u16, limit: i128) -> bool {
    let mut power = ONE;
    for _ in 0..degree {
        power = power * base / ONE;
        if base >= ONE && power > limit {
            return true;
        }
    }
    power > limit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_are_those_of_a_calculator() {
        let rate = |last: &str, first: &str, years| {
            let rate = annual_rate(Decimal::parse(last).unwrap(), Decimal::parse(first).unwrap(), years)?;
            Some(Decimal::new(rate, 12)?.times(Decimal::HUNDRED)?.rounded(3).to_string())
        };
        assert_eq!(rate("121", "100", 2).as_deref(), Some("10.000"));
        assert_eq!(rate("100", "121", 2).as_deref(), Some("-9.091"));
        assert_eq!(rate("200", "100", 10).as_deref(), Some("7.177"));
        assert_eq!(rate("-200", "-100", 1).as_deref(), Some("100.000"));
        assert_eq!(rate("5", "5", 30).as_deref(), Some("0.000"));
        assert_eq!(rate("1", "0", 2), None);
        assert_eq!(rate("-1", "1", 2), None);
    }
}
