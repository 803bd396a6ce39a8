//! Moments on the command line.

use jiff::Timestamp;

use crate::locale::parse_instant;

/// Reads a moment that is one moment everywhere.
pub(super) fn moment(text: &str) -> Result<Timestamp, String> {
    parse_instant(text).ok_or_else(|| "write a date, a time and its offset, such as 2026-11-30T08:00:00+07:00".to_owned())
}
