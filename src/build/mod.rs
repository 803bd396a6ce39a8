//! [`build`]: the stages in order, from a snapshot of files to the files of the site.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Snapshot;
use crate::text::SitePath;

/// What a build may be asked to do differently from the site's config.
#[derive(Clone, Default, Debug)]
pub struct Options {
    /// The name of the config file in the snapshot: `zola.toml` or `config.toml`.
    pub config: String,
    /// Replaces the config's `base_url`.
    pub base_url: Option<String>,
    /// Whether drafts are built too.
    pub drafts: bool,
}

/// What a build gives.
#[derive(Debug)]
pub struct Built {
    /// Every file of the site by its path below the output folder.
    pub outputs: BTreeMap<SitePath, Arc<[u8]>>,
    /// Everything found, in the order of files and positions.
    pub diagnostics: Vec<Diagnostic>,
    /// What there is, counted.
    pub stats: Stats,
}

/// What there is in a site, counted.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Stats {
    /// Pages, in all languages.
    pub pages: usize,
    /// Sections, in all languages.
    pub sections: usize,
    /// Indicators.
    pub indicators: usize,
    /// Observations that articles state.
    pub observations: usize,
}

impl Built {
    /// Whether something is wrong, so that the site should not replace a good one.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }
}

/// Builds a site. Pure: the same snapshot and options give the same bytes.
pub fn build(_snapshot: &Snapshot, _options: &Options) -> Built {
    Built { outputs: BTreeMap::new(), diagnostics: Vec::new(), stats: Stats::default() }
}
