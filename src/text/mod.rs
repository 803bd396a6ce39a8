//! Spans, places in files, paths inside a site, languages: the words every other folder speaks in.

mod address;
mod held;
mod in_order;
mod lang;
mod nfc;
mod path;
mod place;
mod suggest;
mod xml;

pub use address::escape_address;
pub use held::{ReadAgain, Text};
pub use in_order::in_order;
pub use lang::Lang;
pub use nfc::is_nfc;
pub use path::SitePath;
pub use place::{Place, SourceText, Span};
pub use suggest::{closest, likely};
pub use xml::escape_xml;
