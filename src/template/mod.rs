//! Tera: the template set, the values that templates see under Zola's names, and their functions and filters.
//!
//! One [`Engine`] renders in two stages: first the calls in content, which see pages without their text
//! (so that content which quotes content ends), then the layouts, which see every page whole.

mod advice;
mod asked;
mod chance;
mod charts;
mod components;
mod content;
mod drawn;
mod engine;
mod error;
mod files;
mod filters;
mod functions;
mod load;
mod needs;
mod pictures;
mod reads;
mod scope;
mod shown;
mod snippets;
mod stages;
mod values;

use std::sync::Arc;

use crate::config::Config;
use crate::content::Library;
use crate::indicator::Catalogue;
use crate::markdown::Highlighter;
use crate::source::Snapshot;

pub use asked::{Answers, Asked, Given, Remember, Since};
pub use charts::{check_charts, has_chart};
pub use content::{Calls, Expanded};
pub use drawn::{Drawn, Known, Seen};
pub use engine::{Engine, RenderFailure, Rendering, report_failures};
pub use files::{Files, OnDemand};
pub use needs::Needs;
pub use pictures::{Lead, Leads, PagePictures};
pub use reads::{Analysis, Items, OfMap, Reads, TemplateReads};
pub use scope::Subject;
pub use shown::Shown;
pub use snippets::PageSnippets;
pub use values::{Before, Body, Contents, Pager, Translation, Values, object, same, table};

/// What is known of a site before any page is rendered.
#[derive(Debug)]
pub struct Site {
    /// Its settings.
    pub config: Config,
    /// Its content.
    pub library: Arc<Library>,
    /// Its indicators.
    pub catalogue: Arc<Catalogue>,
    /// What colours its code, if it is to be coloured.
    pub highlighter: Option<Arc<Highlighter>>,
    /// Its files, for what templates ask of them.
    pub snapshot: Snapshot,
    /// What templates have asked of its files.
    pub files: Files,
}

/// A site shared by everything that reads it.
pub type SharedSite = Arc<Site>;

impl Site {
    /// The pictures that lead its articles, read when somebody asks first.
    pub fn leads(&self) -> &Arc<Leads> {
        self.files.leads.get_or_init(|| Arc::new(Leads::read(self)))
    }
}
