//! Files that become files: Sass, static files and pictures.

#[cfg(feature = "images")]
pub mod image;
mod sass;
mod statics;

pub use sass::{Stylesheet, stylesheets};
pub use statics::{StaticFile, StaticSources, static_files};
