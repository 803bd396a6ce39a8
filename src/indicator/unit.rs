//! Units of measure: which measure the same dimension, and how many of one are another.

use crate::locale::Decimal;

/// A unit by its code: what it measures, and how many base units of that it is, as a fraction.
type Known = (&'static str, &'static str, i128, i128);

/// Codes of UCUM where it has one. Any other code is a dimension of its own: currencies, subscribers, households.
const KNOWN: [Known; 47] = [
    ("ratio", "ratio", 1, 1),
    ("percent", "ratio", 1, 100),
    ("permille", "ratio", 1, 1000),
    ("ppm", "ratio", 1, 1_000_000),
    ("mm", "length", 1, 1000),
    ("cm", "length", 1, 100),
    ("m", "length", 1, 1),
    ("km", "length", 1000, 1),
    ("m2", "area", 1, 1),
    ("ha", "area", 10_000, 1),
    ("km2", "area", 1_000_000, 1),
    ("ml", "volume", 1, 1_000_000),
    ("l", "volume", 1, 1000),
    ("m3", "volume", 1, 1),
    ("mg", "mass", 1, 1_000_000),
    ("g", "mass", 1, 1000),
    ("kg", "mass", 1, 1),
    ("quintal", "mass", 100, 1),
    ("t", "mass", 1000, 1),
    ("ms", "time", 1, 1000),
    ("s", "time", 1, 1),
    ("min", "time", 60, 1),
    ("h", "time", 3600, 1),
    ("d", "time", 86_400, 1),
    ("W", "power", 1, 1),
    ("kW", "power", 1000, 1),
    ("MW", "power", 1_000_000, 1),
    ("GW", "power", 1_000_000_000, 1),
    ("J", "energy", 1, 1),
    ("Wh", "energy", 3600, 1),
    ("kWh", "energy", 3_600_000, 1),
    ("MWh", "energy", 3_600_000_000, 1),
    ("GWh", "energy", 3_600_000_000_000, 1),
    ("bit", "information", 1, 8),
    ("byte", "information", 1, 1),
    ("kB", "information", 1000, 1),
    ("MB", "information", 1_000_000, 1),
    ("GB", "information", 1_000_000_000, 1),
    ("TB", "information", 1_000_000_000_000, 1),
    ("PB", "information", 1_000_000_000_000_000, 1),
    ("bit/s", "bit rate", 1, 1),
    ("kbit/s", "bit rate", 1000, 1),
    ("Mbit/s", "bit rate", 1_000_000, 1),
    ("Gbit/s", "bit rate", 1_000_000_000, 1),
    ("Hz", "frequency", 1, 1),
    ("MHz", "frequency", 1_000_000, 1),
    ("GHz", "frequency", 1_000_000_000, 1),
];

/// A unit with its power of ten: billions of VND are `VND` × 10^9.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unit {
    /// Its code (SDMX UNIT_MEASURE).
    pub code: String,
    /// The power of ten (SDMX UNIT_MULT).
    pub mult: i8,
}

/// Why a value cannot be given in another unit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Inconvertible {
    /// The units measure different things.
    OtherDimension,
    /// No number of 28 digits is exact.
    Inexact,
}

impl Unit {
    /// Whether values of the two can be compared and added.
    pub fn is_of_dimension_of(&self, other: &Self) -> bool {
        self.dimension() == other.dimension()
    }

    /// What it measures: a name, or its own code.
    pub fn dimension(&self) -> &str {
        self.known().map_or(self.code.as_str(), |(_, dimension, ..)| dimension)
    }

    /// A value of this unit in another, exactly.
    ///
    /// # Errors
    /// If the units measure different things, or no number of 28 digits is exact.
    pub fn convert(&self, value: Decimal, to: &Self) -> Result<Decimal, Inconvertible> {
        if !self.is_of_dimension_of(to) {
            return Err(Inconvertible::OtherDimension);
        }
        let fraction = |unit: &Self| unit.known().map_or((1, 1), |(_, _, over, under)| (*over, *under));
        let ((over, under), (to_over, to_under)) = (fraction(self), fraction(to));
        let (mut over, mut under) = (over * to_under, under * to_over);
        let common = greatest_common_divisor(over, under);
        (over, under) = (over / common, under / common);
        // Tens move the point: they are no reason for more decimals or fewer than the writer wrote.
        let mut power = i32::from(self.mult) - i32::from(to.mult);
        while over % 10 == 0 {
            (over, power) = (over / 10, power + 1);
        }
        while under % 10 == 0 {
            (under, power) = (under / 10, power - 1);
        }
        // First the shift up, then the fraction, then the shift down, so that nothing is lost on the way.
        let convert = || value.shifted(power.max(0))?.times_fraction(over, under)?.shifted(power.min(0));
        convert().ok_or(Inconvertible::Inexact)
    }

    fn known(&self) -> Option<&'static Known> {
        KNOWN.iter().find(|(code, ..)| *code == self.code)
    }
}

fn greatest_common_divisor(a: i128, b: i128) -> i128 {
    if b == 0 { a.max(1) } else { greatest_common_divisor(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn convert(value: &str, from: (&str, i8), to: (&str, i8)) -> Result<String, Inconvertible> {
        let unit = |(code, mult): (&str, i8)| Unit { code: code.to_owned(), mult };
        unit(from).convert(Decimal::parse(value).unwrap(), &unit(to)).map(|value| value.to_string())
    }

    #[test]
    fn powers_of_ten_are_exact_and_keep_what_the_writer_wrote() {
        for (value, from, to, converted) in [
            ("52974", 6, 9, "52.974"),
            ("52.974", 9, 6, "52974"),
            ("2105.8", 9, 6, "2105800"),
            ("2105.80", 9, 6, "2105800"),
            ("50000", 6, 9, "50"),
            ("0.1", 0, 9, "0.0000000001"),
            ("-7", 3, 0, "-7000"),
        ] {
            assert_eq!(convert(value, ("VND", from), ("VND", to)).as_deref(), Ok(converted), "{value} {from} {to}");
        }
    }

    #[test]
    fn units_of_one_dimension_are_converted_exactly_or_not_at_all() {
        for (value, from, to, converted) in [
            ("1.5", "km", "m", "1500"),
            ("250", "ha", "km2", "2.5"),
            ("12", "quintal", "t", "1.2"),
            ("9", "percent", "permille", "90"),
            ("36", "h", "d", "1.5"),
            ("1", "kWh", "J", "3600000"),
            ("4", "bit", "byte", "0.5"),
        ] {
            assert_eq!(convert(value, (from, 0), (to, 0)).as_deref(), Ok(converted), "{value} {from} {to}");
        }
        assert_eq!(convert("1", ("min", 0), ("h", 0)), Err(Inconvertible::Inexact));
        assert_eq!(convert("1", ("VND", 0), ("USD", 0)), Err(Inconvertible::OtherDimension));
        assert_eq!(convert("1", ("kg", 0), ("m", 0)), Err(Inconvertible::OtherDimension));
        assert_eq!(convert("9999999999999999999999999999", ("VND", 9), ("VND", 0)), Err(Inconvertible::Inexact));
    }
}
