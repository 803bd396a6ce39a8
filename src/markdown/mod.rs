//! Markdown to HTML (CommonMark with tables, footnotes, strikethrough, task lists and heading attributes):
//! links resolved and checked, headings named, code coloured, nothing that could run.

mod code;
mod headings;
mod inserts;
mod links;
mod render;
mod verbatim;
mod written;

pub use code::syntax_css;
pub use headings::Heading;
pub use inserts::{Insert, token};
pub use links::{AnchorLink, LinkResolver};
pub use render::{Origin, Rendered, render};
pub use verbatim::{HIDDEN_BRACE, protect, unprotect};
pub use written::WrittenLink;
