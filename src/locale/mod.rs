//! How each language writes numbers, dates and their words; alphabetical order and slugs.

mod cldr;
mod collation;
mod date;
mod decimal;
mod direction;
mod fold;
mod moment;
mod number;
mod plural;
mod slug;
mod strftime;
mod words;

pub use cldr::format_cldr;
pub use collation::sort_key;
pub use date::{format_date, parse_date, parse_date_time};
pub use decimal::Decimal;
pub use direction::is_right_to_left;
pub use fold::fold;
pub use moment::{moment_of_seconds, parse_instant, parse_moment, time_zone};
pub use number::{format_number, format_quantity};
pub use plural::plural_category;
pub use slug::{Slugify, slugify};
pub use strftime::format_strftime;
pub use words::{ChangeWords, ChartWords, DateWords, Locale, NumberWords, PeriodWords, fill};
