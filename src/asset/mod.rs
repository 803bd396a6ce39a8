//! Files that become files: Sass and static files.

mod sass;
mod statics;

pub use sass::{Stylesheet, stylesheets};
pub use statics::{StaticFile, StaticSources, static_files};
