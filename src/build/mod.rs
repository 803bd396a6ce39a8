//! [`build`]: the stages in order, from a snapshot of files to the files of the site.

mod pages;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::asset::{static_files, stylesheets};
use crate::config::read_config;
use crate::content::read_library;
use crate::diagnostic::{Diagnostic, Severity, Sink};
use crate::indicator::collect;
use crate::markdown::Highlighter;
use crate::site::{plan, render};
use crate::source::Snapshot;
use crate::template::{LayoutEngine, Site, Values};
use crate::text::SitePath;

/// Every file of a site by its path below the output folder.
pub type Outputs = BTreeMap<SitePath, Arc<[u8]>>;

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
    pub outputs: Outputs,
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

/// Builds a site. Pure: the same snapshot and options give the same bytes, whatever the number of threads.
///
/// Every stage reports what is wrong to the sink and goes on with the rest.
pub fn build(snapshot: &Snapshot, options: &Options) -> Built {
    let sink = Sink::new();
    let (outputs, stats) = stages(snapshot, options, &sink).unwrap_or_default();
    Built { outputs, diagnostics: sink.into_sorted(), stats }
}

fn stages(snapshot: &Snapshot, options: &Options, sink: &Sink) -> Option<(Outputs, Stats)> {
    let config = read_config(snapshot, &options.config, options.base_url.as_deref(), sink)?;
    let library = read_library(snapshot, &config, options.drafts, sink);
    let catalogue = collect(&library, &config, sink);
    let highlighter = config.markdown.highlighting.as_ref().map(|settings| Highlighter::new(settings, snapshot, sink));
    let site = Arc::new(Site { config, library, catalogue, highlighter, snapshot: snapshot.clone() });

    let rendered = pages::render(&site, sink);
    let values = Arc::new(Values::new(&site, &rendered.pages, &rendered.sections));
    let theme = site.config.theme.as_deref();
    let stylesheets = stylesheets(snapshot, theme, site.config.compile_sass, sink);
    let plan = plan(&site, &values, snapshot, static_files(snapshot, theme), stylesheets, sink);
    let engine = LayoutEngine::new(snapshot, &site, &values, sink);
    let outputs = render(plan, &site, &values, &engine, sink);

    let stats = Stats {
        pages: site.library.pages.len(),
        sections: site.library.sections.len(),
        indicators: site.catalogue.definitions().count(),
        observations: site.catalogue.observation_count(),
    };
    Some((outputs, stats))
}
