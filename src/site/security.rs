//! Until when what a site says of its security holds.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::source::Snapshot;

/// Some eleven months from the month of the build on.
pub(super) fn expires(snapshot: &Snapshot) -> Timestamp {
    let now = snapshot.moment().to_zoned_datetime(TimeZone::UTC);
    let month = |months: i64| {
        let start = now.date().first_of_month().checked_add(jiff::Span::new().months(months)).ok()?;
        Some(start.to_zoned_datetime(TimeZone::UTC).ok()?.timestamp())
    };
    // Which month it is, is asked so that the build holds until the next one.
    for start in month(0).into_iter().chain(month(1)) {
        let _ = snapshot.has_come(start);
    }
    month(12).unwrap_or(Timestamp::MAX)
}
