//! tinso: a static site generator for news that carries numbers.
pub mod build;
pub mod config;
pub mod content;
pub mod data;
pub mod diagnostic;
pub mod indicator;
pub mod locale;
pub mod markdown;
pub mod source;
pub mod text;
