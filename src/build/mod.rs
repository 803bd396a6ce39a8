//! [`build`]: the stages in order, from a snapshot of files to the files of the site.

mod bodies;
mod early;
mod ground;
mod ledger;
mod links;
mod memo;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use serde::{Deserialize, Serialize};

use crate::asset::{StaticSources, Stylesheet, static_files, stylesheets};
use crate::config::read_config;
pub use crate::content::RecordedHeads;
use crate::content::{Library, LinkTarget, Read, Reading, read_library};
use crate::diagnostic::{Diagnostic, Severity, Sink};
use crate::indicator::collect;
use crate::markdown::Highlighter;
use crate::site::{
    self, DataFile, Export, ExportKind, Plan, Rendered, SearchIndexes, exports, plan, plan_files, plan_search, render,
};
use crate::source::{Digests, Snapshot, Stretch};
use crate::template::{Asked, Before, Engine, Files, OnDemand, Remember, Since, Site, Values, check_charts};
use crate::text::SitePath;

pub use crate::asset::{Piece, Receive};
pub use crate::config::Mode;
pub use crate::site::{Explained, Explanation, LoopLimits, Why};
pub use ledger::{Fate, Ledger};
pub use links::{Links, PageLinks};
pub use memo::{Memo, Work};

use bodies::Extent;
use ledger::{Left, Noting, Now, Part};
use memo::Heads;

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
    /// From when on a template is told of that goes through whole lists.
    pub loops: LoopLimits,
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
    /// From when to when a build of the same files gives the same pages; what templates make of `now()` aside.
    pub stretch: Stretch,
    /// Whether a template asked what the moment is.
    pub asked_now: bool,
    /// Where its Markdown leads, for those who check that; nothing in a build to be served.
    pub links: Links,
    /// Which outputs are static files of the site.
    pub static_sources: StaticSources,
    /// How much there was to do.
    pub work: Work,
    /// How the outputs came to be that the receiver asked about.
    pub explained: BTreeMap<SitePath, Explained>,
}

/// What there is in a site, counted.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Stats {
    /// Pages, in all languages.
    pub pages: usize,
    /// Sections, in all languages.
    pub sections: usize,
    /// Indicators.
    pub indicators: usize,
    /// Observations that articles state.
    pub observations: usize,
    /// Corrections that articles state.
    pub corrections: usize,
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
    collected(|receive| build_into(snapshot, options, With::Nothing, receive))
}

/// Builds a site as [`build`] does, with what builds before it have left in the memo, and leaves in it what it made.
pub fn build_again(snapshot: &Snapshot, options: &Options, memo: &mut Memo) -> Built {
    collected(|receive| build_into(snapshot, options, With::Memo(memo), receive))
}

/// What builds before a build have left to it, and what it leaves to those after it.
#[derive(Debug)]
pub enum With<'a> {
    /// Nothing.
    Nothing,
    /// In the same process: everything that was made.
    Memo(&'a mut Memo),
    /// In the same process nothing, so that the memo is empty; in others front matter as it was read.
    Recorded(&'a mut Memo, &'a mut RecordedHeads),
    /// In whatever process, beside the files that were made: which of these need which sources, and front matter as it was
    /// read. A build with errors leaves the ledger as it was.
    Ledger(&'a mut Ledger, &'a mut RecordedHeads),
}

/// Builds a site as [`build`] or [`build_again`] does, but hands over every file as soon as it is made, or says that it
/// stands: `outputs` stays empty.
pub fn build_into(snapshot: &Snapshot, options: &Options, with: With<'_>, receive: &dyn Receive) -> Built {
    let sink = Sink::new();
    let built = match with {
        With::Nothing => stages(snapshot, options, None, None, receive, &sink).map(|(built, _)| built),
        With::Memo(memo) => stages(snapshot, options, Some(memo), None, receive, &sink).map(|(built, _)| built),
        With::Recorded(memo, recorded) => {
            let (part, heads) = (&Part::default(), &recorded.digests(snapshot));
            let known = Known { part, heads, recorded };
            stages(snapshot, options, Some(memo), Some(known), receive, &sink).map(|(built, _)| built)
        }
        With::Ledger(ledger, recorded) => with_ledger(snapshot, options, ledger, recorded, receive, &sink),
    };
    let built = built.unwrap_or_default();
    Built { diagnostics: sink.into_sorted(), ..built }
}

/// Builds a site, or no more of it than what may differ from the last build.
fn with_ledger(
    snapshot: &Snapshot,
    options: &Options,
    ledger: &mut Ledger,
    recorded: &mut RecordedHeads,
    receive: &dyn Receive,
    sink: &Sink,
) -> Option<Built> {
    let sources = snapshot.digests();
    let heads = ledger.heads(snapshot);
    let moment = snapshot.moment();
    let now = Now { options, moment, sources: &sources, heads: &heads, file: &|path| snapshot.any_file(path) };
    let part = ledger.part(&now, receive);
    let noting = Noting::new(receive);
    let whole = Part { drawn: ledger.drawn(&now), ..Part::default() };
    let known = Known { part: part.as_ref().unwrap_or(&whole), heads: &heads, recorded };
    let (built, left) = stages(snapshot, options, None, Some(known), &noting, sink)?;
    if !sink.has_errors() {
        *ledger = std::mem::take(ledger).after(part.as_ref(), &now, left, noting.noted(), built.stats, sink.is_empty());
    }
    Some(built)
}

fn collected(build: impl FnOnce(&dyn Receive) -> Built) -> Built {
    let outputs = Mutex::new(Outputs::new());
    let built = build(&outputs);
    Built { outputs: outputs.into_inner().unwrap_or_else(PoisonError::into_inner), ..built }
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

/// What is known from a build in another process.
struct Known<'a> {
    /// What has to be made.
    part: &'a Part,
    /// The digest of what stands above the text of each content file.
    heads: &'a Digests,
    recorded: &'a mut RecordedHeads,
}

fn stages(
    snapshot: &Snapshot,
    options: &Options,
    mut kept: Option<&mut Memo>,
    mut known: Option<Known<'_>>,
    receive: &dyn Receive,
    sink: &Sink,
) -> Option<(Built, Left)> {
    receive.stage("config");
    let mut config = read_config(snapshot, &options.config, options.base_url.as_deref(), sink)?;
    config.minify_html |= options.minify;
    config.mode = options.mode;
    let ground = ground::ground(snapshot, options, &config);
    let mut memo = kept.as_deref_mut().map(std::mem::take).unwrap_or_default().on(ground);
    let remember = match (&kept, &known) {
        (Some(_), _) => Remember::Answers,
        (None, Some(_)) => Remember::Needs,
        (None, None) => Remember::Nothing,
    };
    let whole = Part::default();
    let part = known.as_ref().map_or(&whole, |known| known.part);

    receive.stage("front matter");
    if let Some(Known { heads, recorded, .. }) = &mut known {
        **recorded = std::mem::take(*recorded).under(ground::ground_of_heads(snapshot, options, &config));
        memo.reading = Reading::recalled(snapshot, recorded, heads);
    }
    let Read { library, heads_stand, anew } = read_library(snapshot, &config, options.drafts, &mut memo.reading, sink);
    if let Some(Known { heads, recorded, .. }) = known {
        memo.reading.record(recorded, heads, &anew);
    }
    if kept.is_none() {
        memo.reading = Reading::default();
    }
    let exports_before = memo.heads.as_ref().map(|heads| Arc::clone(&heads.exports)).unwrap_or_default();
    let heads = memo.heads.filter(|_| heads_stand);
    receive.stage("indicators");
    let in_heads = Sink::new();
    let catalogue = heads.as_ref().map(|heads| Arc::clone(&heads.catalogue));
    let catalogue = catalogue.unwrap_or_else(|| match part.has_no_numbers {
        true => Arc::default(),
        false => Arc::new(collect(&library, &config, &in_heads)),
    });
    receive.stage("styles");
    let highlighting = config.markdown.highlighting.as_ref();
    let highlighter = highlighting.map(|settings| Arc::new(Highlighter::new(settings, snapshot, sink)));
    let compiled = stylesheets(snapshot, &config, sink);
    let stylesheets: Vec<Stylesheet> =
        highlighter.iter().flat_map(|highlighter| code_stylesheets(highlighter)).chain(compiled).collect();
    let files = Files::new(stylesheets.iter().map(|sheet| (sheet.path.clone(), Arc::clone(&sheet.css))));
    let site = Arc::new(Site { config, library, catalogue, highlighter, snapshot: snapshot.clone(), files });

    if heads.is_none() {
        check_charts(&site, &in_heads);
    }

    receive.stage("plan");
    let statics = static_files(snapshot, site.config.theme.as_deref(), &site.config.ignored_static);
    let static_sources = StaticSources::of(&statics, site.config.hard_link_static);
    let planned = heads.as_ref().map_or_else(|| Arc::new(plan(&site, &in_heads)), |heads| Arc::clone(&heads.plan));
    let (read, since) = (anew.len(), memo.before.as_ref().zip(memo.templates.as_ref()).filter(|_| heads_stand));
    if (memo.before.is_none() || since.is_some()) && !sink.has_errors() {
        let since = since.map(|(values, templates)| early::Since { values, templates, answers: &memo.answers, anew });
        early::show(&site, &planned, &statics, &stylesheets, since.as_ref(), receive);
    }

    receive.stage("templates");
    let engine = Engine::new(&site, memo.templates.as_ref(), remember, sink);
    let since = Since { answers: &memo.answers, heads_stand };
    receive.stage("Markdown");
    let shown = engine.known().shown();
    let has_image = shown.has_image();
    let extent = Extent { once: Some(&shown).filter(|_| kept.is_none()), wanted: part.texts.as_ref() };
    let (contents, bodies, marked) = bodies::render(&site, &engine, extent, &memo.bodies, since, receive, sink);
    receive.stage("values");
    let values = Arc::new(match &kept {
        Some(_) => Values::new(&site, contents, shown, memo.before.as_ref(), heads.is_some()),
        None if part.is_whole() => Values::once(&site, contents, shown),
        None => Values::on_demand(&site, contents, shown),
    });
    receive.stage("links");
    let served = options.mode == Mode::Serve;
    let links = if served { Links::default() } else { Links::of(&site.config, &site.library, values.contents()) };
    receive.stage("exports");
    engine.show(Arc::clone(&values));
    let heads = match heads {
        Some(heads) => Heads { found: in_sources(heads.found, &site.library), ..heads },
        None => Heads {
            catalogue: Arc::clone(&site.catalogue),
            plan: Arc::clone(&planned),
            exports: exports(&site, &exports_before, &in_heads).into(),
            found: in_heads.into_sorted(),
        },
    };
    sink.extend(heads.found.iter().cloned());
    let mut plan = plan_files(Plan::clone(&planned), &site, &heads.exports, statics, stylesheets, sink);
    let searches = plan_search(&mut plan, &site, &values, heads_stand.then_some(&memo.searches));
    let outputs = plan.iter().filter_map(|(path, planned)| Some((path.clone(), planned.job.bytes()?)));
    site.files.show(outputs, on_demand(&site, &values, &searches, &heads.exports));
    receive.statics(&static_sources);
    links.pages.iter().for_each(|page| receive.links(&links.base_url, &page.path, &page.written));
    receive.stage("rendering");
    let (templates, without) = (memo.templates.as_deref(), memo.without);
    let of_bodies = || bodies.asked().flat_map(Asked::ordered);
    let of_leads = || lead_pictures(&site, part, has_image);
    let stands = |path: &SitePath| snapshot.last_output(path).is_some();
    let pictures_stand = || of_bodies().chain(of_leads().flat_map(|(_, ordered)| ordered)).all(stands);
    let before = site::Before {
        records: &memo.records,
        templates,
        without,
        since,
        remember,
        standing: &part.standing,
        drawn: &part.drawn,
        pictures_stand: &pictures_stand,
    };
    let Rendered { records, mut ordered, traces, drawn, explained, loops, count: rendered } =
        render(plan, &site, &values, &engine, before, receive, sink);
    // What no part of a site could tell.
    let of_all = Sink::new();
    loops.report(&engine, options.loops, &of_all);
    receive.stage("pictures");
    ordered.extend(of_bodies().chain(of_leads().flat_map(|(_, ordered)| ordered)).cloned());
    // Every build reads them, so that also a part of a site tells of them.
    sink.extend(site.leads().found().iter().cloned());
    site.files.make_ordered(&ordered, snapshot, receive, &of_all);

    receive.stage("closing");
    let stats = Stats {
        pages: site.library.pages.len(),
        sections: site.library.sections.len(),
        indicators: site.catalogue.definitions().count(),
        observations: site.catalogue.observation_count(),
        corrections: site.catalogue.corrections().count(),
    };
    let mut texts = if remember == Remember::Needs { bodies.traces(&site.library) } else { BTreeMap::new() };
    for (path, ordered) in of_leads().filter(|_| remember == Remember::Needs) {
        texts.entry(path.clone()).or_default().ordered.extend(ordered.iter().cloned());
    }
    let left = Left::of(&site, texts, traces, drawn, !of_all.is_empty());
    sink.extend(of_all.into_sorted());
    if let Some(kept) = kept {
        let before = Some(Before { values, library: Arc::clone(&site.library) });
        let answers = engine.answers().take(&memo.answers, || bodies.asked().chain(records.asked()));
        let templates = Some(Arc::clone(engine.known()));
        *kept = Memo {
            ground,
            reading: memo.reading,
            heads: Some(heads),
            bodies,
            before,
            templates,
            answers,
            records,
            searches,
            without,
        };
    } else {
        // Nobody waits until it is taken apart.
        rayon::spawn(move || drop((engine, values, site, heads, bodies)));
    }
    let work = Work { read, marked, rendered };
    let (stretch, asked_now) = (snapshot.stretch(), snapshot.asked_now());
    Some((Built { stats, stretch, asked_now, links, static_sources, explained, work, ..Built::default() }, left))
}

/// The copies of the pictures that lead articles, each with the file of its article: of those whose texts are made, where
/// templates show such pictures.
fn lead_pictures<'a>(site: &'a Site, part: &'a Part, are_shown: bool) -> impl Iterator<Item = (&'a SitePath, &'a [SitePath])> {
    let of_page = |(page, ordered)| Some((site.library.path(LinkTarget::Page(page))?, ordered));
    let is_made = |path: &SitePath| part.texts.as_ref().is_none_or(|texts| texts.contains(path));
    site.leads().ordered().filter_map(of_page).filter(move |(path, _)| are_shown && is_made(path))
}

/// Makes search indexes and files of data when they are asked for.
fn on_demand(
    site: &Arc<Site>,
    values: &Arc<Values>,
    searches: &SearchIndexes,
    exports: &Arc<[Export]>,
) -> impl Fn(&SitePath) -> Option<OnDemand> + use<> {
    let (site, values, searches, exports) = (Arc::downgrade(site), Arc::clone(values), searches.clone(), Arc::clone(exports));
    let files = OnceLock::new();
    move |path| {
        if let Some(index) = searches.get(path) {
            return Some(OnDemand { bytes: index.bytes(path, &*site.upgrade()?, &values), of_texts: true });
        }
        let bytes = files.get_or_init(|| by_path(&exports)).get(path)?.bytes(&*site.upgrade()?, &values)?;
        Some(OnDemand { bytes, of_texts: false })
    }
}

fn by_path(exports: &[Export]) -> BTreeMap<SitePath, Arc<DataFile>> {
    let file = |export: &Export| match &export.kind {
        ExportKind::File(file) => Some((SitePath::new(&export.path), Arc::clone(file))),
        ExportKind::Embed(..) => None,
    };
    exports.iter().filter_map(file).collect()
}

/// Findings in files whose text has changed below what they are about.
fn in_sources(found: Vec<Diagnostic>, library: &Library) -> Vec<Diagnostic> {
    found.into_iter().map(|finding| finding.in_sources(|path| library.source(path))).collect()
}
