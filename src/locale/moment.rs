use jiff::fmt::temporal::{DateTimeParser, Pieces};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, ZonedDateTime};

use super::parse_date;
use crate::text::closest;

static PARSER: DateTimeParser = DateTimeParser::new();

/// A time zone by its IANA name, such as `Asia/Ho_Chi_Minh`. The zones are those that tinso carries, so that the machine
/// makes no difference.
///
/// # Errors
/// With the name most likely meant, if there is one near.
pub fn time_zone(name: &str) -> Result<TimeZone, Option<String>> {
    let zones = TimeZoneDatabase::bundled();
    zones.get(name).map_err(|_| {
        let names: Vec<String> = zones.available().map(|known| known.to_string()).collect();
        closest(name, names.iter().map(String::as_str)).map(str::to_owned)
    })
}

/// Reads a moment as dates are written: a date, a date and time, RFC 3339 (its offset is kept), with or without a zone in
/// brackets. What has no zone is in `zone`.
pub fn parse_moment(text: &str, zone: &TimeZone) -> Option<ZonedDateTime> {
    let text = text.trim();
    if let Some(date) = parse_date(text) {
        return date.to_zoned_datetime(zone.clone()).ok();
    }
    if let Ok(zoned) = PARSER.parse_zoned_datetime_with(&TimeZoneDatabase::bundled(), text) {
        return Some(zoned);
    }
    if let Ok(timestamp) = PARSER.parse_timestamp(text) {
        let offset = Pieces::parse(text).ok().and_then(|pieces| pieces.to_numeric_offset());
        return Some(timestamp.to_zoned_datetime(offset.map_or(TimeZone::UTC, TimeZone::fixed)));
    }
    PARSER.parse_datetime(text).ok()?.to_zoned_datetime(zone.clone()).ok()
}

/// Reads a moment that is one moment everywhere: a date and time with its offset, such as `2017-01-11T08:00:00+07:00`.
pub fn parse_instant(text: &str) -> Option<Timestamp> {
    PARSER.parse_timestamp(text.trim()).ok()
}

/// The moment of a number of seconds since the beginning of 1970.
pub fn moment_of_seconds(seconds: i64, zone: &TimeZone) -> Option<ZonedDateTime> {
    Timestamp::from_second(seconds).ok().map(|timestamp| timestamp.to_zoned_datetime(zone.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_in_every_form_that_dates_are_written_in() {
        let hanoi = time_zone("Asia/Ho_Chi_Minh").unwrap();
        for (text, utc) in [
            ("2017-01-11", "2017-01-10T17:00:00Z"),
            ("2017-1-2", "2017-01-01T17:00:00Z"),
            ("2017-01-11T08:00:00", "2017-01-11T01:00:00Z"),
            ("2017-01-11 08:00:00", "2017-01-11T01:00:00Z"),
            ("2017-01-11T08:00:00Z", "2017-01-11T08:00:00Z"),
            ("2017-01-11T08:00:00-02:00", "2017-01-11T10:00:00Z"),
            ("2017-01-11T08:00:00+01:00[Europe/Paris]", "2017-01-11T07:00:00Z"),
        ] {
            assert_eq!(parse_moment(text, &hanoi).unwrap().timestamp().to_string(), utc, "{text}");
        }
        assert!(parse_moment("hôm qua", &hanoi).is_none());
        assert_eq!(time_zone("Asia/Ho_Chi_Min"), Err(Some("Asia/Ho_Chi_Minh".to_owned())));
    }
}
