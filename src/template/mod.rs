//! Tera: the template set, the values that templates see under Zola's names, and their functions and filters.
//!
//! Two engines share the functions: one for templates in content, which sees data only,
//! and one for layouts, which sees every rendered page.

mod content;
mod engine;
mod error;
mod filters;
mod functions;
mod load;
mod scope;
mod snippets;
mod values;

use std::sync::Arc;

use crate::config::Config;
use crate::content::Library;
use crate::indicator::Catalogue;
use crate::markdown::Highlighter;
use crate::source::Snapshot;

pub use content::ContentEngine;
pub use engine::{LayoutEngine, RenderFailure, report_failures};
pub use scope::Subject;
pub use snippets::{PageSnippets, SnippetEngine};
pub use values::{Pager, Translation, Values, object};

/// What is known of a site before any page is rendered.
#[derive(Debug)]
pub struct Site {
    /// Its settings.
    pub config: Config,
    /// Its content.
    pub library: Library,
    /// Its indicators.
    pub catalogue: Catalogue,
    /// What colours its code, if it is to be coloured.
    pub highlighter: Option<Highlighter>,
    /// Its files, for what templates ask of them.
    pub snapshot: Snapshot,
}

/// A site shared by everything that reads it.
pub type SharedSite = Arc<Site>;
