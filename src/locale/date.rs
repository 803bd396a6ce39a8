use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::{DateWords, fill};

/// A date by one of a language's patterns: 11 January 2017, ngày 11 tháng 1 năm 2017.
pub fn format_date(date: Date, pattern: &str, words: &DateWords) -> String {
    let name = |names: &[String]| {
        let index = usize::try_from(date.month() - 1).unwrap_or_default();
        names.get(index).cloned().unwrap_or_default()
    };
    fill(
        pattern,
        &[
            ("d", &date.day().to_string()),
            ("m", &date.month().to_string()),
            ("y", &date.year().to_string()),
            ("month", &name(&words.months)),
            ("mon", &name(&words.short_months)),
        ],
    )
}

/// Reads `2017-01-11`; months and days of one digit are taken, as Zola takes them.
pub fn parse_date(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let year = parts.next().filter(|part| part.len() == 4)?.parse().ok()?;
    let mut part =
        || parts.next().filter(|part| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))?.parse().ok();
    let (month, day) = (part()?, part()?);
    parts.next().is_none().then(|| Date::new(year, month, day).ok())?
}

/// Reads a date, or a date and time as RFC 3339 has it; without an offset it is taken as UTC.
/// Gives the date and time in UTC, for ordering.
pub fn parse_date_time(text: &str) -> Option<DateTime> {
    if let Some(date) = parse_date(text) {
        return Some(date.at(0, 0, 0, 0));
    }
    if let Ok(timestamp) = text.parse::<jiff::Timestamp>() {
        return Some(TimeZone::UTC.to_datetime(timestamp));
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Locale;
    use crate::text::Lang;

    #[test]
    fn dates_read_as_the_press_writes_them() {
        let date = parse_date("2017-01-11").unwrap();
        let long = |code: &str| {
            let locale = Locale::of(&Lang::new(code)).unwrap();
            format_date(date, &locale.date.long, &locale.date)
        };
        assert_eq!(long("vi"), "ngày 11 tháng 1 năm 2017");
        assert_eq!(long("en"), "11 January 2017");
    }

    #[test]
    fn only_real_dates_are_read() {
        assert!(parse_date("2017-1-2").is_some());
        for text in ["2017-02-30", "2017-13-01", "17-01-01", "2017-01", "2017-01-01-01", "2017-+1-01", ""] {
            assert!(parse_date(text).is_none(), "{text}");
        }
        assert_eq!(parse_date_time("2017-01-11T08:00:00+07:00").unwrap().to_string(), "2017-01-11T01:00:00");
        assert_eq!(parse_date_time("2017-01-11T08:00:00").unwrap().to_string(), "2017-01-11T08:00:00");
    }
}
