use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Feed, FeedOf, export, sitemap};
use crate::asset::{StaticFile, Stylesheet};
use crate::content::{Page, Section, Term, TermGroup};
use crate::diagnostic::{Diagnostic, Sink};
use crate::markdown::Highlighter;
use crate::source::Snapshot;
use crate::template::{Pager, Site, Translation, Values};
use crate::text::{Lang, Place, SitePath, Span};

/// Every output by its path.
pub type Plan = BTreeMap<SitePath, Planned>;

/// One output.
#[derive(Debug)]
pub struct Planned {
    /// How its bytes come to be.
    pub job: Job,
    /// Its full address.
    pub permalink: String,
    /// What it is made from, in words.
    pub origin: String,
    /// The place in the sources that it comes from.
    pub place: Option<Place>,
    /// The same in every language, itself included.
    pub translations: Vec<Translation>,
}

/// How an output's bytes come to be.
#[derive(Debug)]
pub enum Job {
    /// A page, by its index.
    Page(usize),
    /// A section, by its index, or one page of its pager.
    Section(usize, Option<Pager>),
    /// The list of a taxonomy's terms, by its index.
    TermList(usize),
    /// A term, by the index of its taxonomy and its own, or one page of its pager.
    Term(usize, usize, Option<Pager>),
    /// The page for addresses that lead nowhere.
    NotFound(Lang),
    /// A feed.
    Feed(Feed),
    /// The list of all addresses, or one part of it by its number from 0.
    Sitemap(usize),
    /// The list of the parts of the list of all addresses.
    SitemapIndex(Vec<String>),
    /// What robots may read.
    Robots,
    /// A page that leads on to an address.
    Alias(Lang, String),
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

/// Plans every output of a site. Two on one path are reported, and the first stays.
pub fn plan(
    site: &Site,
    values: &Values,
    snapshot: &Snapshot,
    statics: BTreeMap<SitePath, StaticFile>,
    stylesheets: Vec<Stylesheet>,
    sink: &Sink,
) -> Plan {
    let mut planner = Planner { site, sink, plan: Plan::new() };
    for (id, page) in site.library.pages.iter().enumerate() {
        planner.page(id, page, snapshot);
    }
    for (id, section) in site.library.sections.iter().enumerate() {
        planner.section(id, section, snapshot);
    }
    for (id, group) in
        site.library.taxonomies.iter().enumerate().filter(|(_, group)| group.taxonomy.render && !group.terms.is_empty())
    {
        planner.taxonomy(id, group);
    }
    planner.exports(values);
    planner.per_language();
    if site.config.generate_sitemap {
        planner.sitemap();
    }
    if site.config.generate_robots_txt {
        planner.file("robots.txt", Job::Robots, "robots.txt");
    }
    // A site's own stylesheet or static file of the same name takes the place of the theme's.
    let mut files: BTreeMap<SitePath, (String, Job)> = BTreeMap::new();
    for sheet in stylesheets {
        files.insert(sheet.path, (sheet.source.to_string(), Job::Bytes(Arc::from(sheet.css.into_bytes()))));
    }
    for (path, file) in statics {
        files.insert(path, (file.source.to_string(), Job::Bytes(file.bytes)));
    }
    for (name, css) in site.highlighter.iter().flat_map(Highlighter::stylesheets) {
        files.entry(SitePath::new(name)).or_insert(("the colours of code".to_owned(), bytes(css)));
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
}

impl Planner<'_> {
    /// Adds the page of an address such as `/en/news/`.
    fn html(&mut self, address: &str, job: Job, origin: &str, place: Option<Place>, translations: Vec<Translation>) {
        let path = SitePath::new(&format!("{address}index.html"));
        let permalink = self.site.config.permalink(address);
        self.add(path, Planned { job, permalink, origin: origin.to_owned(), place, translations });
    }

    fn file(&mut self, path: &str, job: Job, origin: &str) {
        let permalink = self.site.config.permalink(&format!("/{path}"));
        self.add(
            SitePath::new(path),
            Planned { job, permalink, origin: origin.to_owned(), place: None, translations: Vec::new() },
        );
    }

    fn add(&mut self, path: SitePath, planned: Planned) {
        let Some(first) = self.plan.get(&path) else {
            self.plan.insert(path, planned);
            return;
        };
        let message = format!("two outputs have the address {}: {} and {}", planned.permalink, first.origin, planned.origin);
        let mut diagnostic = Diagnostic::error("address-collision", message);
        diagnostic = match (&planned.place, &first.place) {
            (Some(place), Some(other)) => diagnostic.at_place(place.clone()).with(other.clone(), "the other one"),
            (Some(place), None) | (None, Some(place)) => diagnostic.at_place(place.clone()),
            (None, None) => diagnostic,
        };
        self.sink.push(diagnostic.help("rename one of them, or give it another `slug` or `path`"));
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
    fn assets(&mut self, assets: &[SitePath], folder: &str, path: &str, snapshot: &Snapshot) {
        for asset in assets {
            if let (Some(inner), Some(bytes)) = (asset.below(folder), snapshot.bytes(asset.as_str())) {
                let path = format!("{}{inner}", path.trim_start_matches('/'));
                self.file(&path, Job::Bytes(bytes), asset.as_str());
            }
        }
    }

    fn page(&mut self, id: usize, page: &Page, snapshot: &Snapshot) {
        if !page.front.render {
            return;
        }
        let place = start(&page.source);
        let origin = page.source.path.to_string();
        let versions = page.translations.iter().filter_map(|id| self.site.library.pages.get(*id));
        let translations: Vec<Translation> =
            versions.filter_map(|page| self.translation(&page.file.lang, &page.permalink, page.front.title.as_deref())).collect();
        self.html(&page.path, Job::Page(id), &origin, Some(place.clone()), translations);
        for alias in &page.front.aliases {
            self.alias(alias, &page.permalink, &page.file.lang, &origin, &place);
        }
        self.assets(&page.assets, page.source.path.parent(), &page.path, snapshot);
    }

    fn alias(&mut self, alias: &str, to: &str, lang: &Lang, origin: &str, place: &Place) {
        let alias = alias.trim_matches('/');
        let path = if alias.ends_with(".html") { alias.to_owned() } else { format!("{alias}/index.html") };
        let planned = Planned {
            job: Job::Alias(lang.clone(), to.to_owned()),
            permalink: self.site.config.permalink(&format!("/{alias}")),
            origin: format!("an alias of {origin}"),
            place: Some(place.clone()),
            translations: Vec::new(),
        };
        self.add(SitePath::new(&path), planned);
    }

    fn section(&mut self, id: usize, section: &Section, snapshot: &Snapshot) {
        let origin = section.source.path.to_string();
        let place = (!section.source.text.is_empty()).then(|| start(&section.source));
        match &section.front.redirect_to {
            Some((to, span)) => {
                if let Some(to) = self.redirect(section, to, *span) {
                    let job = Job::Alias(section.file.lang.clone(), to);
                    self.html(&section.path, job, &origin, place.clone(), Vec::new());
                }
            }
            None if section.front.render => self.section_pages(id, section, &origin, place.as_ref()),
            None => {}
        }
        if let Some(place) = place {
            for alias in &section.front.aliases {
                self.alias(alias, &section.permalink, &section.file.lang, &origin, &place);
            }
        }
        self.assets(&section.assets, section.source.path.parent(), &section.path, snapshot);
        if section.front.generate_feeds {
            self.feeds(&section.file.lang, &section.path, FeedOf::Section(id), &origin);
        }
    }

    /// Where `redirect_to` leads: a web address, a content file by `@/…`, or a path of the site.
    fn redirect(&self, section: &Section, to: &str, span: Span) -> Option<String> {
        if to.starts_with("http://") || to.starts_with("https://") {
            return Some(to.to_owned());
        }
        let Some(file) = to.strip_prefix("@/") else {
            return Some(self.site.config.permalink(&format!("/{}", to.trim_start_matches('/'))));
        };
        let library = &self.site.library;
        let target = library.by_file(file).map(|target| library.in_language(target, &section.file.lang).unwrap_or(target));
        let permalink = target.and_then(|target| library.permalink(target)).map(str::to_owned);
        if permalink.is_none() && !library.is_broken(file) {
            let diagnostic = Diagnostic::error("broken-link", format!("there is no content file `{file}`"));
            let help = match library.closest_file(file) {
                Some(meant) => format!("did you mean `@/{meant}`?"),
                None => "write the path of a file below content/".to_owned(),
            };
            self.sink.push(diagnostic.at(&section.source, span).help(help));
        }
        permalink
    }

    /// The page of a section, or those of its pager.
    fn section_pages(&mut self, id: usize, section: &Section, origin: &str, place: Option<&Place>) {
        let own_pagers = |section: &Section| {
            let front = &section.front;
            let total = section.pages.len();
            pagers(&section.permalink, &front.paginate_path, front.paginate_by, total, front.paginate_reversed)
        };
        let versions: Vec<(&Section, Vec<Pager>)> = section
            .translations
            .iter()
            .filter_map(|id| self.site.library.sections.get(*id))
            .filter(|version| version.front.render && version.front.redirect_to.is_none())
            .map(|version| (version, own_pagers(version)))
            .collect();
        let pagers = own_pagers(section);
        let count = pagers.len().max(1);
        for number in 1..=count {
            let pager = pagers.get(number - 1).cloned();
            let translations = versions.iter().filter_map(|(version, theirs)| {
                let permalink = if number == 1 { version.permalink.clone() } else { theirs.get(number - 1)?.url(number) };
                self.translation(&version.file.lang, &permalink, version.front.title.as_deref())
            });
            let translations: Vec<Translation> = translations.collect();
            let address = pager_address(&section.path, &section.front.paginate_path, number);
            let seen = if number == 1 { origin.to_owned() } else { format!("{origin}, page {number}") };
            self.html(&address, Job::Section(id, pager), &seen, place.cloned(), translations);
        }
        self.first_page_alias(
            &section.path,
            &section.permalink,
            &section.front.paginate_path,
            !pagers.is_empty(),
            &section.file.lang,
            origin,
        );
    }

    /// `/news/page/1/` leads to `/news/`.
    fn first_page_alias(&mut self, path: &str, permalink: &str, word: &str, paginated: bool, lang: &Lang, origin: &str) {
        if paginated {
            let job = Job::Alias(lang.clone(), permalink.to_owned());
            self.html(&format!("{path}{word}/1/"), job, &format!("the first page of {origin}"), None, Vec::new());
        }
    }

    fn taxonomy(&mut self, id: usize, group: &TermGroup) {
        let groups: Vec<&TermGroup> =
            self.site.library.taxonomies.iter().filter(|other| other.taxonomy.name == group.taxonomy.name).collect();
        let permalink = |path: &str| self.site.config.permalink(path);
        let lists = groups.iter().filter(|other| !other.terms.is_empty() && other.taxonomy.render);
        let translations: Vec<Translation> =
            lists.filter_map(|other| self.translation(&other.lang, &permalink(&other.path), None)).collect();
        let origin = format!("the taxonomy `{}` in `{}`", group.taxonomy.name, group.lang);
        self.html(&group.path, Job::TermList(id), &origin, group.taxonomy.place.clone(), translations);
        for (term_id, term) in group.terms.iter().enumerate() {
            let (by, word) = (group.taxonomy.paginate_by, group.taxonomy.paginate_path.as_str());
            let twins: Vec<(&Lang, &Term, Vec<Pager>)> = groups
                .iter()
                .filter_map(|other| {
                    if other.lang == group.lang {
                        Some((&other.lang, term))
                    } else {
                        Some((&other.lang, group.twin(term, other, &self.site.config)?))
                    }
                })
                .map(|(lang, twin): (&Lang, &Term)| {
                    (lang, twin, pagers(&permalink(&twin.path), word, by, twin.pages.len(), false))
                })
                .collect();
            let pagers = pagers(&permalink(&term.path), word, by, term.pages.len(), false);
            let origin = format!("the term `{}` of `{}` in `{}`", term.name, group.taxonomy.name, group.lang);
            for number in 1..=pagers.len().max(1) {
                let translations = twins.iter().filter_map(|(lang, twin, theirs)| {
                    let address = if number == 1 { permalink(&twin.path) } else { theirs.get(number - 1)?.url(number) };
                    self.translation(lang, &address, Some(&twin.name))
                });
                let translations: Vec<Translation> = translations.collect();
                let job = Job::Term(id, term_id, pagers.get(number - 1).cloned());
                self.html(&pager_address(&term.path, word, number), job, &origin, group.taxonomy.place.clone(), translations);
            }
            self.first_page_alias(&term.path, &permalink(&term.path), word, !pagers.is_empty(), &group.lang, &origin);
            if group.taxonomy.feed {
                self.feeds(&group.lang, &term.path, FeedOf::Term(id, term_id), &origin);
            }
        }
    }

    /// The data and chart of each indicator, beside its page.
    fn exports(&mut self, values: &Values) {
        for (slug, definition) in self.site.catalogue.definitions() {
            let versions = self.site.library.pages.get(definition.page).map(|page| page.translations.clone()).unwrap_or_default();
            for page in versions.iter().filter_map(|id| self.site.library.pages.get(*id)) {
                let Some(language) = self.site.config.language(&page.file.lang) else { continue };
                let base = page.path.trim_start_matches('/');
                let origin = page.source.path.to_string();
                let csv = export::csv(self.site, slug, definition, language);
                self.file(&format!("{base}data.csv"), bytes(csv), &origin);
                let json = export::json(self.site, slug, definition, page, language);
                self.file(&format!("{base}data.json"), bytes(json), &origin);
                if let Some(chart) = values.charts.get(&(slug.to_owned(), page.file.lang.clone())) {
                    let source = language.title.clone().unwrap_or_else(|| self.site.config.base_url.clone());
                    let svg = chart.standalone(&format!("{source} · {}", page.permalink));
                    self.file(&format!("{base}chart.svg"), bytes(svg), &origin);
                }
            }
        }
    }

    fn per_language(&mut self) {
        for language in &self.site.config.languages {
            let prefix = self.site.config.language_prefix(&language.code);
            let folder = prefix.trim_start_matches('/');
            self.file(&format!("{folder}404.html"), Job::NotFound(language.code.clone()), "the page for lost addresses");
            if language.generate_feeds {
                self.feeds(&language.code, &prefix, FeedOf::Site, "the site");
            }
        }
    }

    fn translation(&self, lang: &Lang, permalink: &str, title: Option<&str>) -> Option<Translation> {
        let language = self.site.config.language(lang)?;
        let name = language.locale.name.clone();
        Some(Translation { lang: lang.clone(), name, permalink: permalink.to_owned(), title: title.map(str::to_owned) })
    }
}

fn bytes(text: String) -> Job {
    Job::Bytes(Arc::from(text.into_bytes()))
}

fn start(source: &crate::text::SourceText) -> Place {
    let end = source.text.lines().next().map_or(0, str::len);
    source.place(Span { start: 0, end })
}

/// The pages of a list; none when it is not cut.
fn pagers(first: &str, word: &str, by: Option<usize>, total: usize, reversed: bool) -> Vec<Pager> {
    let Some(by) = by else { return Vec::new() };
    let count = total.div_ceil(by).max(1);
    let pager =
        |number| Pager { by, base_url: format!("{first}{word}/"), first: first.to_owned(), number, count, total, reversed };
    (1..=count).map(pager).collect()
}

fn pager_address(path: &str, word: &str, number: usize) -> String {
    if number == 1 { path.to_owned() } else { format!("{path}{word}/{number}/") }
}
