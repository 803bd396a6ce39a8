//! Markdown to HTML (CommonMark with tables, footnotes, strikethrough, task lists and heading attributes):
//! links resolved and checked, headings named, code coloured, nothing that could run.

mod addresses;
mod code;
mod emoji;
mod footnotes;
mod headings;
mod images;
mod inserts;
mod links;
mod render;
mod settings;
mod summary;
mod verbatim;
mod words;
mod writer;
mod written;

pub use code::Highlighter;
pub use headings::Heading;
pub use images::{DECORATIVE, Picture, PictureSettings, PictureSource, Pictures};
pub use inserts::{Insert, Stands, token};
pub use links::{AnchorLink, LinkResolver};
pub use render::{Origin, Rendered, render};
pub use settings::{Settings, Snippets};
pub use verbatim::{HIDDEN_BRACE, protect, unprotect};
pub use written::WrittenLink;
