//! tinso: a static site generator for news that carries numbers.
pub mod data;
pub mod diagnostic;
pub mod indicator;
pub mod locale;
pub mod text;
