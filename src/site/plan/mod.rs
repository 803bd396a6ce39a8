//! The plan: every output by its path, made before anything is rendered; one kind of output a file.

mod archive;
mod elsewhere;
mod pagers;
mod pages;
mod sections;
mod taxonomies;
mod untranslated;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use archive::ArchiveOf;

use super::{DataFile, Export, ExportKind, Feed, FeedOf, SearchIndex, sitemap};
use crate::asset::{StaticFile, Stylesheet};
use crate::diagnostic::{Diagnostic, Sink};
use crate::export::Scheme;
use crate::template::{Pager, Site, Translation};
use crate::text::{Lang, Place, SitePath, SourceText, Span};

/// Every output by its path.
pub type Plan = BTreeMap<SitePath, Arc<Planned>>;

/// One output.
#[derive(Debug)]
pub struct Planned {
    /// How its bytes come to be.
    pub job: Job,
    /// Its full address.
    pub permalink: String,
    /// What it is made from, in words.
    pub origin: String,
    /// The place in the sources that it comes from; an empty one at the start of a file means its first line.
    pub place: Option<Place>,
    /// The same in every language, itself included.
    pub translations: Arc<[Translation]>,
    /// For each language that does not have it, what is nearest to it there.
    pub elsewhere: Arc<[Translation]>,
}

impl Planned {
    /// Whether what templates see of the output itself is the same.
    pub fn looks_like(&self, other: &Self) -> bool {
        self.permalink == other.permalink && self.translations == other.translations && self.elsewhere == other.elsewhere
    }
}

/// How an output's bytes come to be.
#[derive(Debug)]
pub enum Job {
    /// A page, by its index.
    Page(usize),
    /// A page, by its index, shown in a language that has no version of it.
    Untranslated(usize, Lang),
    /// A section, by its index, or one page of its pager.
    Section(usize, Option<Pager>),
    /// The list of a taxonomy's terms, by its index.
    TermList(usize),
    /// A term, by the index of its taxonomy and its own, or one page of its pager.
    Term(usize, usize, Option<Pager>),
    /// The archive of a language by its index, or a year or month of it.
    Archive(ArchiveOf),
    /// The page for addresses that lead nowhere.
    NotFound(Lang),
    /// The page to search in a language.
    SearchPage(Lang),
    /// A feed.
    Feed(Feed),
    /// The list of all addresses, or one part of it by its number from 0.
    Sitemap(usize),
    /// The list of the parts of the list of all addresses.
    SitemapIndex(Vec<String>),
    /// What robots may read.
    Robots,
    /// Whom to tell of a weakness.
    Security,
    /// Who made the site.
    Humans,
    /// A page that leads on to an address.
    Alias(Lang, String),
    /// A file of a search index.
    Search(Arc<SearchIndex>),
    /// A file of data.
    Data(Arc<DataFile>),
    /// A page for frames on the pages of others, by the index of an indicator's page.
    Embed(usize, Scheme),
    /// Bytes that need no rendering.
    Bytes(Arc<[u8]>),
}

impl Job {
    /// The bytes of an output that needs no rendering.
    pub fn bytes(&self) -> Option<Arc<[u8]>> {
        match self {
            Self::Bytes(bytes) => Some(Arc::clone(bytes)),
            _ => None,
        }
    }
}

/// Plans every page, list and feed of a site: what follows from front matter and settings alone. Two outputs on one path
/// are reported, and the first stays.
pub fn plan(site: &Site, sink: &Sink) -> Plan {
    let mut planner = Planner { site, sink, plan: Plan::new(), versions: BTreeMap::new() };
    for (id, page) in site.library.pages.iter().enumerate() {
        planner.page(id, page);
    }
    for (id, section) in site.library.sections.iter().enumerate() {
        planner.section(id, section);
    }
    for (id, group) in
        site.library.taxonomies.iter().enumerate().filter(|(_, group)| group.taxonomy.render && !group.terms.is_empty())
    {
        planner.taxonomy(id, group);
    }
    for (id, archive) in site.library.archives.iter().enumerate() {
        planner.archive(id, archive);
    }
    planner.per_language();
    planner.discovery();
    planner.untranslated();
    if site.config.generate_sitemap {
        planner.sitemap();
    }
    if site.config.generate_robots_txt {
        planner.file("robots.txt", Job::Robots, "robots.txt");
    }
    planner.plan
}

/// Adds to a plan what needs no rendering: the files beside pages, the data of indicators, stylesheets, static files.
pub fn plan_files(
    plan: Plan,
    site: &Site,
    exports: &[Export],
    statics: BTreeMap<SitePath, StaticFile>,
    stylesheets: Vec<Stylesheet>,
    sink: &Sink,
) -> Plan {
    let mut planner = Planner { site, sink, plan, versions: BTreeMap::new() };
    for page in &site.library.pages {
        planner.assets(&page.assets, page.source.path.parent(), &page.path);
    }
    for section in &site.library.sections {
        planner.assets(&section.assets, section.source.path.parent(), &section.path);
    }
    for export in exports {
        match &export.kind {
            ExportKind::File(_) => planner.file(&export.path, export.job(), &export.origin),
            ExportKind::Embed(..) => planner.html(&export.path, export.job(), &export.origin, None, Versions::default()),
        }
    }
    // A site's own stylesheet or static file of the same name takes the place of the theme's.
    let mut files: BTreeMap<SitePath, (String, Job)> = BTreeMap::new();
    for sheet in stylesheets {
        files.insert(sheet.path, (sheet.origin, Job::Bytes(sheet.css)));
    }
    for (path, file) in statics {
        files.insert(path, (file.source.to_string(), Job::Bytes(file.bytes)));
    }
    for (path, (source, job)) in files {
        planner.file(path.as_str(), job, &source);
    }
    planner.plan
}

struct Planner<'a> {
    site: &'a Site,
    sink: &'a Sink,
    plan: Plan,
    /// The language versions of each page, by the index of the first of them.
    versions: BTreeMap<usize, Versions>,
}

/// An output in other languages.
#[derive(Clone, Default)]
struct Versions {
    /// The same in every language that has it, itself included.
    here: Arc<[Translation]>,
    /// For each other language, what is nearest to it there.
    elsewhere: Arc<[Translation]>,
}

impl Planner<'_> {
    /// Adds the page of an address such as `/en/news/`.
    fn html(&mut self, address: &str, job: Job, origin: &str, place: Option<Place>, versions: Versions) {
        let path = SitePath::new(&format!("{address}index.html"));
        let permalink = self.site.config.permalink(address);
        let Versions { here: translations, elsewhere } = versions;
        self.add(path, Planned { job, permalink, origin: origin.to_owned(), place, translations, elsewhere });
    }

    fn file(&mut self, path: &str, job: Job, origin: &str) {
        let permalink = self.site.config.permalink(&format!("/{path}"));
        let (translations, elsewhere) = (Arc::default(), Arc::default());
        let planned = Planned { job, permalink, origin: origin.to_owned(), place: None, translations, elsewhere };
        self.add(SitePath::new(path), planned);
    }

    fn add(&mut self, path: SitePath, planned: Planned) {
        let Some(first) = self.plan.get(&path) else {
            self.plan.insert(path, Arc::new(planned));
            return;
        };
        let message = format!("two outputs have the address {}: {} and {}", planned.permalink, first.origin, planned.origin);
        let mut diagnostic = Diagnostic::error("address-collision", message);
        diagnostic = match (shown(&planned.place), shown(&first.place)) {
            (Some(place), Some(other)) => diagnostic.at_place(place).with(other, "the other one"),
            (Some(place), None) | (None, Some(place)) => diagnostic.at_place(place),
            (None, None) => diagnostic,
        };
        let diagnostic = diagnostic.help("rename one of them, or give it another `slug` or `path`");
        self.sink.push(diagnostic.in_sources(|path| self.site.library.source(path)));
    }

    fn sitemap(&mut self) {
        let parts = sitemap::listed(&self.plan, self.site).count().div_ceil(sitemap::LONGEST);
        if parts <= 1 {
            self.file("sitemap.xml", Job::Sitemap(0), "the sitemap");
            return;
        }
        let names: Vec<String> = (1..=parts).map(|part| format!("sitemap{part}.xml")).collect();
        let urls = names.iter().map(|name| self.site.config.permalink(&format!("/{name}"))).collect();
        self.file("sitemap.xml", Job::SitemapIndex(urls), "the sitemap");
        for (part, name) in names.iter().enumerate() {
            self.file(name, Job::Sitemap(part), "the sitemap");
        }
    }

    fn feeds(&mut self, lang: &Lang, path: &str, of: FeedOf, origin: &str) {
        for name in self.site.config.language(lang).map(|language| language.feed_filenames.as_slice()).unwrap_or_default() {
            let feed = Feed { lang: lang.clone(), name: name.clone(), of };
            self.file(&format!("{}{name}", path.trim_start_matches('/')), Job::Feed(feed), &format!("the feed of {origin}"));
        }
    }

    /// The files beside a page or section, below its address.
    fn assets(&mut self, assets: &[SitePath], folder: &str, path: &str) {
        for asset in assets {
            if let (Some(inner), Some(bytes)) = (asset.below(folder), self.site.snapshot.bytes(asset.as_str())) {
                let path = format!("{}{inner}", path.trim_start_matches('/'));
                self.file(&path, Job::Bytes(bytes), asset.as_str());
            }
        }
    }

    /// Files of the whole site by which others know whom they deal with.
    fn discovery(&mut self) {
        let discovery = &self.site.config.tinso.discovery;
        if discovery.security.is_some() {
            self.file(".well-known/security.txt", Job::Security, "security.txt");
        }
        if discovery.humans {
            self.file("humans.txt", Job::Humans, "humans.txt");
        }
        if let Some(key) = &discovery.index_now {
            self.file(&format!("{key}.txt"), Job::Bytes(Arc::from(key.as_bytes())), "the key of IndexNow");
        }
    }

    fn per_language(&mut self) {
        for language in &self.site.config.languages {
            let prefix = self.site.config.language_prefix(&language.code);
            let folder = prefix.trim_start_matches('/');
            self.file(&format!("{folder}404.html"), Job::NotFound(language.code.clone()), "the page for lost addresses");
            if self.site.config.tinso.search {
                self.search_page(&language.code);
            }
            if language.generate_feeds {
                self.feeds(&language.code, &prefix, FeedOf::Site, "the site");
            }
            let discovery = &self.site.config.tinso.discovery;
            let mut add = |name: &str, of: FeedOf, origin: &str| {
                let feed = Feed { lang: language.code.clone(), name: name.to_owned(), of };
                self.file(&format!("{folder}{name}"), Job::Feed(feed), origin);
            };
            if discovery.news_sitemap {
                add("news.xml", FeedOf::News, "the sitemap of news");
            }
            if discovery.llms {
                add("llms.txt", FeedOf::Site, "the index for language models");
            }
        }
    }

    fn search_page(&mut self, lang: &Lang) {
        let config = &self.site.config;
        let address = |lang: &Lang| format!("{}search/", config.language_prefix(lang));
        let versions = config.languages.iter();
        let here =
            versions.filter_map(|other| self.translation(&other.code, &config.permalink(&address(&other.code)), None)).collect();
        let versions = Versions { here, ..Versions::default() };
        self.html(&address(lang), Job::SearchPage(lang.clone()), "the page to search", None, versions);
    }

    fn translation(&self, lang: &Lang, permalink: &str, title: Option<&str>) -> Option<Translation> {
        let language = self.site.config.language(lang)?;
        let name = language.locale.name.clone();
        Some(Translation { lang: lang.clone(), name, permalink: permalink.to_owned(), title: title.map(str::to_owned) })
    }
}

/// Where a file starts: its first line, which is not looked at before there is something to say about it.
fn start(source: &SourceText) -> Place {
    Place { source: source.clone(), span: Span::default() }
}

fn shown(place: &Option<Place>) -> Option<Place> {
    place.as_ref().map(|place| if place.span == Span::default() { place.first_line() } else { place.clone() })
}
