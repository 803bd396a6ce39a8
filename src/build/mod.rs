//! [`build`]: the stages in order, from a snapshot of files to the files of the site.

mod links;
mod memo;
mod pages;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::asset::{StaticSources, Stylesheet, static_files, stylesheets};
use crate::config::read_config;
use crate::content::read_library;
use crate::diagnostic::{Diagnostic, Severity, Sink};
use crate::indicator::collect;
use crate::markdown::Highlighter;
use crate::site::{plan, plan_search, render};
use crate::source::Snapshot;
use crate::template::{Engine, Files, Site, Values};
use crate::text::SitePath;

pub use crate::asset::Receive;
pub use crate::config::Mode;
pub use links::{Links, PageLinks};
pub use memo::{Memo, Work};

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
    /// Whether HTML is made smaller, whatever the config says.
    pub minify: bool,
    /// What the build is for.
    pub mode: Mode,
}

/// What a build gives.
#[derive(Default, Debug)]
pub struct Built {
    /// Every file of the site by its path below the output folder.
    pub outputs: Outputs,
    /// Everything found, in the order of files and positions.
    pub diagnostics: Vec<Diagnostic>,
    /// What there is, counted.
    pub stats: Stats,
    /// Where its Markdown leads, for those who check that.
    pub links: Links,
    /// Which outputs are static files of the site.
    pub static_sources: StaticSources,
    /// How much there was to do.
    pub work: Work,
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
    build_again(snapshot, options, &mut Memo::default())
}

/// Builds a site as [`build`] does, with what builds before it have left in the memo, and leaves in it what it made.
pub fn build_again(snapshot: &Snapshot, options: &Options, memo: &mut Memo) -> Built {
    let outputs = Mutex::new(Outputs::new());
    let built = build_into(snapshot, options, memo, &outputs);
    Built { outputs: outputs.into_inner().unwrap_or_else(PoisonError::into_inner), ..built }
}

/// Builds a site as [`build_again`] does, but hands over every file as soon as it is made: `outputs` stays empty.
pub fn build_into(snapshot: &Snapshot, options: &Options, _memo: &mut Memo, receive: &dyn Receive) -> Built {
    let sink = Sink::new();
    let built = stages(snapshot, options, receive, &sink).unwrap_or_default();
    Built { diagnostics: sink.into_sorted(), ..built }
}

/// The stylesheets of code colours; one of the site's own of the same name comes after them and stays.
fn code_stylesheets(highlighter: &Highlighter) -> impl Iterator<Item = Stylesheet> {
    let sheet = |(name, css): (&str, String)| Stylesheet {
        path: SitePath::new(name),
        origin: "the colours of code".to_owned(),
        css: Arc::from(css.into_bytes()),
    };
    highlighter.stylesheets().into_iter().map(sheet)
}

fn stages(snapshot: &Snapshot, options: &Options, receive: &dyn Receive, sink: &Sink) -> Option<Built> {
    let mut config = read_config(snapshot, &options.config, options.base_url.as_deref(), sink)?;
    config.minify_html |= options.minify;
    config.mode = options.mode;
    let library = read_library(snapshot, &config, options.drafts, sink);
    let catalogue = collect(&library, &config, sink);
    let highlighter = config.markdown.highlighting.as_ref().map(|settings| Highlighter::new(settings, snapshot, sink));
    let compiled = stylesheets(snapshot, config.theme.as_deref(), config.compile_sass, sink);
    let stylesheets: Vec<Stylesheet> = highlighter.iter().flat_map(code_stylesheets).chain(compiled).collect();
    let files = Files::new(stylesheets.iter().map(|sheet| (sheet.path.clone(), Arc::clone(&sheet.css))));
    let site = Arc::new(Site { config, library, catalogue, highlighter, snapshot: snapshot.clone(), files });

    let engine = Engine::new(&site, sink);
    let contents = pages::render(&site, &engine, sink);
    let values = Arc::new(Values::new(&site, &contents));
    let links = Links::of(&site.config, &site.library, contents);
    engine.show(Arc::clone(&values));
    let statics = static_files(snapshot, site.config.theme.as_deref(), &site.config.ignored_static);
    let static_sources = StaticSources::of(&statics, site.config.hard_link_static);
    let mut plan = plan(&site, &values, snapshot, statics, stylesheets, sink);
    plan_search(&mut plan, &site, &values);
    site.files.show(plan.iter().filter_map(|(path, planned)| Some((path.clone(), planned.job.bytes()?))));
    receive.statics(&static_sources);
    render(plan, &site, &values, &engine, receive, sink);
    site.files.make_ordered(snapshot, receive, sink);

    let stats = Stats {
        pages: site.library.pages.len(),
        sections: site.library.sections.len(),
        indicators: site.catalogue.definitions().count(),
        observations: site.catalogue.observation_count(),
    };
    Some(Built { outputs: Outputs::new(), stats, links, static_sources, work: Work::default(), diagnostics: Vec::new() })
}
