//! tinso: a static site generator for news that carries numbers.
//!
//! Data flows one way, and the folders are the stages of the flow:
//!
//! 1. [`source`] – a snapshot of every input file;
//! 2. [`config`] – the site's settings, with defaults and theme;
//! 3. [`content`] – pages, sections and terms, linked into one library;
//! 4. [`indicator`] – what articles state, assembled into series;
//! 5. [`markdown`], [`asset`] – text to HTML, Sass to CSS;
//! 6. [`chart`] – series to SVG and sentences; [`export`] – series to tables, their descriptions and pictures;
//! 7. [`template`] – the values and functions of layouts;
//! 8. [`site`] – what will exist, and its rendering;
//! 9. [`build`](mod@build) – the stages in order: start reading there;
//! 10. [`publish`], [`serve`], [`cli`] – the edges, where disk, network and clock are.
//!
//! Everything above the last line is pure: it reads a [`source::Snapshot`] and gives files and
//! [`diagnostic::Diagnostic`]s.

pub mod asset;
pub mod build;
pub mod chart;
pub mod cli;
pub mod config;
pub mod content;
pub mod data;
pub mod diagnostic;
pub mod export;
pub mod indicator;
pub mod links;
pub mod locale;
pub mod looks;
pub mod markdown;
pub mod net;
pub mod publish;
#[cfg(feature = "serve")]
pub mod serve;
pub mod site;
pub mod source;
pub mod template;
pub mod text;
