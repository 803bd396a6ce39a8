//! How each language writes numbers, dates and their words; alphabetical order and slugs.

mod collation;
mod date;
mod decimal;
mod number;
mod slug;
mod words;

pub use collation::sort_key;
pub use date::{format_date, parse_date, parse_date_time};
pub use decimal::Decimal;
pub use number::{format_number, format_quantity};
pub use slug::{Slugify, slugify};
pub use words::{ChangeWords, ChartWords, DateWords, Locale, NumberWords, PeriodWords, fill};
