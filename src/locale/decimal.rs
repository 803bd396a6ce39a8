use std::cmp::Ordering;
use std::fmt;

/// The most digits a number may have; beyond that it is refused rather than rounded.
const MOST_DIGITS: usize = 28;

/// An exact decimal number that remembers how many decimals were written: 2105.80 has two.
///
/// Equality and order compare values, so `2105.8` equals `2105.80`.
#[derive(Clone, Copy, Debug)]
pub struct Decimal {
    mantissa: i128,
    scale: u8,
}

impl Decimal {
    /// Zero.
    pub const ZERO: Self = Self { mantissa: 0, scale: 0 };
    /// A hundred.
    pub const HUNDRED: Self = Self { mantissa: 100, scale: 0 };

    /// Reads a plain decimal: digits, at most one point, perhaps a sign and a power of ten (`1.5e3`).
    /// `None` for anything else, `nan` and grouped digits included, and for more than 28 digits.
    pub fn parse(text: &str) -> Option<Self> {
        let (sign, unsigned) = match text.as_bytes().first()? {
            b'-' => (-1, text.get(1..)?),
            b'+' => (1, text.get(1..)?),
            _ => (1, text),
        };
        let (number, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((number, exponent)) => (number, exponent.parse::<i32>().ok()?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !digits(whole) || !digits(fraction) || (number.contains('.') && fraction.is_empty()) {
            return None;
        }
        // Zeros in front do not count as digits.
        let significant = whole.trim_start_matches('0').len() + fraction.len();
        let mantissa: i128 = if significant <= MOST_DIGITS { format!("{whole}{fraction}").parse().ok()? } else { return None };
        let scale = i32::try_from(fraction.len()).ok()?.checked_sub(exponent)?;
        match u8::try_from(scale) {
            Ok(scale) if usize::from(scale) <= MOST_DIGITS => Some(Self { mantissa: sign * mantissa, scale }),
            Err(_) if scale < 0 => {
                let power = power_of_ten(u32::try_from(-i64::from(scale)).ok()?)?;
                let mantissa =
                    mantissa.checked_mul(power).filter(|m| *m < power_of_ten(MOST_DIGITS as u32).unwrap_or(i128::MAX))?;
                Some(Self { mantissa: sign * mantissa, scale: 0 })
            }
            _ => None,
        }
    }

    /// The number `mantissa` × 10^−`scale`; `None` beyond 28 decimals.
    pub fn new(mantissa: i128, scale: u8) -> Option<Self> {
        (usize::from(scale) <= MOST_DIGITS).then_some(Self { mantissa, scale })
    }

    /// How many decimals it was written with.
    pub fn decimals(self) -> u8 {
        self.scale
    }

    /// The number times 10^`decimals`, rounded half away from zero; `None` if it does not fit.
    pub fn scaled(self, decimals: u8) -> Option<i128> {
        if decimals >= self.scale {
            self.mantissa.checked_mul(power_of_ten(u32::from(decimals - self.scale))?)
        } else {
            divide_rounded(self.mantissa, power_of_ten(u32::from(self.scale - decimals))?)
        }
    }

    /// The number with exactly that many decimals, rounded half away from zero.
    #[must_use]
    pub fn rounded(self, decimals: u8) -> Self {
        self.scaled(decimals).map_or(self, |mantissa| Self { mantissa, scale: decimals })
    }

    /// The number with at least that many decimals.
    #[must_use]
    pub fn padded(self, decimals: u8) -> Self {
        if self.scale < decimals { self.rounded(decimals) } else { self }
    }

    /// The difference; `None` if it does not fit.
    pub fn minus(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        Some(Self { mantissa: self.scaled(scale)?.checked_sub(other.scaled(scale)?)?, scale })
    }

    /// The sum; `None` if it does not fit.
    pub fn plus(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        Some(Self { mantissa: self.scaled(scale)?.checked_add(other.scaled(scale)?)?, scale }).filter(|sum| sum.fits())
    }

    /// The exact product; `None` if it does not fit.
    pub fn times(self, other: Self) -> Option<Self> {
        let product = Self { mantissa: self.mantissa.checked_mul(other.mantissa)?, scale: self.scale.checked_add(other.scale)? };
        Some(product).filter(|product| product.fits())
    }

    /// The number times `over`/`under`, exactly: with the decimals that it needs and no fewer than it was written with.
    /// `None` if no number of 28 digits is exact.
    pub fn times_fraction(self, over: i128, under: i128) -> Option<Self> {
        let (mut mantissa, mut scale) = (self.mantissa.checked_mul(over)?, self.scale);
        while mantissa.checked_rem(under)? != 0 {
            (mantissa, scale) = (mantissa.checked_mul(10)?, scale.checked_add(1)?);
        }
        let mut exact = Self { mantissa: mantissa.checked_div(under)?, scale };
        while exact.scale > self.scale && exact.mantissa % 10 == 0 {
            exact = Self { mantissa: exact.mantissa / 10, scale: exact.scale - 1 };
        }
        Some(exact).filter(|exact| exact.fits())
    }

    /// The number times 10^`power`, exactly. 52974 with −3 is 52.974; 2.1 with 3 is 2100.
    pub fn shifted(self, power: i32) -> Option<Self> {
        let factor = power_of_ten(power.unsigned_abs())?;
        if power < 0 {
            return self.times_fraction(1, factor);
        }
        // The decimals that the power takes up are gone from the number as it is written.
        let taken = u8::try_from(power.unsigned_abs().min(u32::from(self.scale))).unwrap_or(self.scale);
        let rest = power_of_ten(power.unsigned_abs() - u32::from(taken))?;
        let shifted = Self { mantissa: self.mantissa.checked_mul(rest)?, scale: self.scale - taken };
        Some(shifted).filter(|shifted| shifted.fits())
    }

    /// How far the number may be from the true one if it was rounded to the decimals that it is written with.
    pub fn rounding(self) -> Option<Self> {
        Self::new(5, self.scale.checked_add(1)?)
    }

    fn fits(self) -> bool {
        usize::from(self.scale) <= MOST_DIGITS
            && power_of_ten(MOST_DIGITS as u32).is_some_and(|most| self.mantissa.unsigned_abs() < most.unsigned_abs())
    }

    /// `self` ÷ `by` with that many decimals, rounded half away from zero; `None` for a zero `by`.
    pub fn divided(self, by: Self, decimals: u8) -> Option<Self> {
        let scale = self.scale.max(by.scale);
        let numerator = self.scaled(scale)?.checked_mul(power_of_ten(u32::from(decimals))?)?;
        Some(Self { mantissa: divide_rounded(numerator, by.scaled(scale)?)?, scale: decimals })
    }

    /// `self` as a percentage change from `base`, with that many decimals: 110 from 100 is 10.
    /// `None` when the base is not above zero.
    pub fn percent_change(self, base: Self, decimals: u8) -> Option<Self> {
        if base.signum() <= 0 {
            return None;
        }
        let ratio = self.minus(base)?.divided(base, decimals.checked_add(2)?)?;
        Some(Self { mantissa: ratio.mantissa, scale: decimals })
    }

    /// −1, 0 or 1.
    pub fn signum(self) -> i32 {
        match self.mantissa.cmp(&0) {
            Ordering::Less => -1,
            Ordering::Equal => 0,
            Ordering::Greater => 1,
        }
    }

    /// The number without its sign.
    #[must_use]
    pub fn abs(self) -> Self {
        Self { mantissa: self.mantissa.saturating_abs(), scale: self.scale }
    }
}

fn power_of_ten(exponent: u32) -> Option<i128> {
    10i128.checked_pow(exponent)
}

fn divide_rounded(numerator: i128, by: i128) -> Option<i128> {
    let quotient = numerator.checked_div(by)?;
    let remainder = numerator.checked_rem(by)?;
    let away = if (numerator < 0) == (by < 0) { 1 } else { -1 };
    let half_or_more = remainder.unsigned_abs() >= by.unsigned_abs() - remainder.unsigned_abs();
    Some(if half_or_more { quotient + away } else { quotient })
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let scale = self.scale.max(other.scale);
        match (self.scaled(scale), other.scaled(scale)) {
            (Some(a), Some(b)) => a.cmp(&b),
            (None, _) => self.signum().cmp(&0),
            (_, None) => 0.cmp(&other.signum()),
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl fmt::Display for Decimal {
    /// The machine form: a point, no grouping, a plain minus, the decimals as written.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.mantissa < 0 { "-" } else { "" };
        let digits = self.mantissa.unsigned_abs().to_string();
        let scale = usize::from(self.scale);
        if scale == 0 {
            return write!(f, "{sign}{digits}");
        }
        let digits = format!("{digits:0>width$}", width = scale + 1);
        let (whole, fraction) = digits.split_at(digits.len() - scale);
        write!(f, "{sign}{whole}.{fraction}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    #[test]
    fn what_was_written_comes_out_again() {
        for text in [
            "0",
            "2105.8",
            "-9.10",
            "52.974",
            "1161836",
            "0.05",
            "9999999999999999999999999999",
            "0.0000000000000000000000000001",
        ] {
            assert_eq!(d(text).to_string(), text);
        }
        assert_eq!(d("1.5e3").to_string(), "1500");
        assert_eq!(d("15e-1").to_string(), "1.5");
    }

    #[test]
    fn anything_but_a_plain_decimal_is_refused() {
        for text in [
            "",
            "-",
            ".",
            ".5",
            "5.",
            "1,5",
            "2.105,8",
            "1_000",
            "nan",
            "inf",
            "0x10",
            "1e99",
            "1e-99",
            "1 000",
            "٣",
            "99999999999999999999999999999",
            "1e2147483647",
            "1e-2147483648",
        ] {
            assert!(Decimal::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn order_is_by_value_and_rounding_is_half_away_from_zero() {
        assert_eq!(d("2105.8"), d("2105.80"));
        assert!(d("9.45") < d("103"));
        assert!(d("-1") < d("0.0001"));
        assert_eq!(d("0.25").rounded(1).to_string(), "0.3");
        assert_eq!(d("-0.25").rounded(1).to_string(), "-0.3");
        assert_eq!(d("6").padded(1).to_string(), "6.0");
        assert_eq!(d("52.974").padded(1).to_string(), "52.974");
    }

    #[test]
    fn percent_change_is_rounded_once() {
        assert_eq!(d("2105.8").percent_change(d("1930.2"), 1).unwrap().to_string(), "9.1");
        assert_eq!(d("90").percent_change(d("100"), 1).unwrap().to_string(), "-10.0");
        assert!(d("1").percent_change(d("0"), 1).is_none());
    }
}
