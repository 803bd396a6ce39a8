//! Files that become files: Sass, static files and pictures.

#[cfg(feature = "images")]
pub mod image;
mod receive;
mod sass;
mod statics;

pub use receive::{Piece, Receive};
pub use sass::{Stylesheet, stylesheets};
pub use statics::{StaticFile, StaticSources, static_files};
