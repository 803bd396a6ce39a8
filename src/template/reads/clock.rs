//! How finely a template sees the moment of the build: a footer that only says the year is the same all year.

use super::syntax::{Call, Expression};

/// A unit of time as the function `now` takes it. The finest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Unit {
    /// No unit: the moment itself.
    Moment,
    /// A day.
    Day,
    /// A month.
    Month,
    /// A year.
    Year,
}

impl Unit {
    /// Its name as an argument.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Moment => None,
            Self::Day => Some("day"),
            Self::Month => Some("month"),
            Self::Year => Some("year"),
        }
    }
}

/// The unit that is all that is seen of the moment where a filter makes a date of it at once: `now() | date(format="%Y")`.
pub(super) fn unit_of(input: &Expression, filter: &Call) -> Option<Unit> {
    let Expression::Function(Call { name, arguments }) = input else { return None };
    // The zone decides when a unit begins, so it has to be known to `now`.
    if name != "now" || !arguments.iter().all(|(name, _)| matches!(name.as_str(), "utc" | "timezone")) {
        return None;
    }
    let takes = |known: &[&str]| filter.arguments.iter().all(|(name, _)| known.contains(&name.as_str()));
    match (filter.name.as_str(), filter.argument("format")) {
        ("long_date", None) if takes(&["locale"]) => Some(Unit::Day),
        ("date", None) if takes(&["locale"]) => Some(Unit::Day),
        ("date", Some(Expression::Text(format))) if takes(&["format", "locale"]) => Some(unit_of_format(format)),
        _ => None,
    }
}

fn unit_of_format(format: &str) -> Unit {
    let units: Vec<Unit> = if format.contains('%') {
        let fields = format.split('%').skip(1);
        // Between `%` and its letter stand flags and widths; what begins with another `%` is one that is written.
        fields.filter_map(|field| field.trim_start_matches(['-', '_', '0', '^', '#']).chars().next()).map(of_strftime).collect()
    } else {
        // Words stand between single quotes.
        let outside = format.split('\'').step_by(2);
        outside.flat_map(str::chars).filter(char::is_ascii_alphabetic).map(of_cldr).collect()
    };
    units.into_iter().min().unwrap_or(Unit::Year)
}

/// Of a letter of [strftime](https://docs.rs/jiff/latest/jiff/fmt/strtime/). What is not known may be anything.
fn of_strftime(letter: char) -> Unit {
    match letter {
        'Y' | 'C' | 'y' => Unit::Year,
        'm' | 'b' | 'B' | 'h' => Unit::Month,
        'd' | 'e' | 'j' | 'a' | 'A' | 'u' | 'w' | 'F' | 'D' | 'x' | 'v' | 'U' | 'V' | 'W' | 'G' | 'g' => Unit::Day,
        _ => Unit::Moment,
    }
}

/// Of a letter of [CLDR](https://unicode.org/reports/tr35/tr35-dates.html#Date_Field_Symbol_Table).
fn of_cldr(letter: char) -> Unit {
    match letter {
        'y' | 'u' => Unit::Year,
        'M' | 'L' | 'q' | 'Q' => Unit::Month,
        'd' | 'D' | 'E' | 'e' | 'c' | 'w' | 'W' | 'Y' => Unit::Day,
        _ => Unit::Moment,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_finest_field_of_a_format_is_what_it_sees() {
        for (format, unit) in [
            ("%Y", Unit::Year),
            ("©%y, %C", Unit::Year),
            ("%-m/%Y", Unit::Month),
            ("%^B", Unit::Month),
            ("%d %B %Y", Unit::Day),
            ("%G", Unit::Day),
            ("%Y %H", Unit::Moment),
            ("%+", Unit::Moment),
            ("%3f", Unit::Moment),
            ("%Y%%", Unit::Year),
            ("%%H", Unit::Moment),
            ("%", Unit::Year),
            ("y", Unit::Year),
            ("MMMM y", Unit::Month),
            ("'ngày' d 'tháng' M", Unit::Day),
            ("'H' y", Unit::Year),
            ("y HH", Unit::Moment),
            ("", Unit::Year),
        ] {
            assert_eq!(unit_of_format(format), unit, "{format}");
        }
    }
}
