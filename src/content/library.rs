use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::{ContentFile, FileKind, FrontMatter, Page, PageFront, Section, SectionFront, Stamp, TermGroup};
use super::{front_matter::read_front_matter, sort, taxonomy};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Sink};
use crate::locale::parse_date;
use crate::source::Snapshot;
use crate::text::{Lang, SitePath, SourceText, Span};

/// All content of a site, linked. Pages and sections are named by their index.
#[derive(Default, Debug)]
pub struct Library {
    /// Every page, by path of its file.
    pub pages: Vec<Page>,
    /// Every section, by path of its file.
    pub sections: Vec<Section>,
    /// Every taxonomy of every language.
    pub taxonomies: Vec<TermGroup>,
    by_file: BTreeMap<String, LinkTarget>,
    /// Files that could not be read; links to them are not reported besides.
    broken: BTreeSet<String>,
}

/// What an internal link leads to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LinkTarget {
    /// A page, by its index.
    Page(usize),
    /// A section, by its index.
    Section(usize),
}

impl Library {
    /// The page or section of a content file, by its path below `content/`: `news/hue-2017.en.md`.
    pub fn by_file(&self, path: &str) -> Option<LinkTarget> {
        self.by_file.get(path).copied()
    }

    /// Whether a content file is there but could not be read, which has been reported.
    pub fn is_broken(&self, path: &str) -> bool {
        self.broken.contains(path)
    }

    /// The same in a given language: the file's own version in that language.
    pub fn in_language(&self, target: LinkTarget, lang: &Lang) -> Option<LinkTarget> {
        match target {
            LinkTarget::Page(id) => {
                let versions = &self.pages.get(id)?.translations;
                versions
                    .iter()
                    .copied()
                    .find(|id| self.pages.get(*id).is_some_and(|page| page.file.lang == *lang))
                    .map(LinkTarget::Page)
            }
            LinkTarget::Section(id) => {
                let versions = &self.sections.get(id)?.translations;
                let found =
                    versions.iter().copied().find(|id| self.sections.get(*id).is_some_and(|section| section.file.lang == *lang));
                found.map(LinkTarget::Section)
            }
        }
    }

    /// A page in a language; the page itself where it has no version in it.
    pub fn page_in(&self, page: usize, lang: &Lang) -> Option<&Page> {
        let page = self.pages.get(page)?;
        let mut versions = page.translations.iter().filter_map(|id| self.pages.get(*id));
        Some(versions.find(|version| version.file.lang == *lang).unwrap_or(page))
    }

    /// The full address of a page or section.
    pub fn permalink(&self, target: LinkTarget) -> Option<&str> {
        match target {
            LinkTarget::Page(id) => self.pages.get(id).map(|page| page.permalink.as_str()),
            LinkTarget::Section(id) => self.sections.get(id).map(|section| section.permalink.as_str()),
        }
    }

    /// The home page of a language.
    pub fn home(&self, lang: &Lang) -> Option<&Section> {
        self.sections.iter().find(|section| section.is_home() && section.file.lang == *lang)
    }

    /// Every file name that an internal link may lead to.
    pub fn file_names(&self) -> impl Iterator<Item = &str> {
        self.by_file.keys().map(String::as_str)
    }

    /// The version of a page that states its metrics: the default language's, or the first one there is.
    pub fn origin(&self, page: usize) -> usize {
        self.pages.get(page).and_then(|page| page.translations.first().copied()).unwrap_or(page)
    }
}

/// Reads everything below `content/` and links it. Broken files are reported and left out.
pub fn read_library(snapshot: &Snapshot, config: &Config, drafts: bool, sink: &Sink) -> Library {
    let wanted = |path: &&SitePath| path.extension() == Some("md") && !config.ignored_content.matches(path.as_str());
    let files: Vec<&SitePath> = snapshot.below("content").map(|(path, _)| path).filter(wanted).collect();
    let read: Vec<(&SitePath, Option<Read>)> =
        files.into_par_iter().map(|path| (path, read_file(snapshot, path, config, sink))).collect();

    let (mut pages, mut sections, mut broken) = (Vec::new(), Vec::new(), BTreeSet::new());
    for (path, item) in read {
        match item {
            Some(Read::Page(page)) => pages.push(*page),
            Some(Read::Section(section)) => sections.push(*section),
            None => {
                broken.insert(path.below("content").unwrap_or_default().to_owned());
            }
        }
    }
    add_homes(&mut sections, config);
    if !drafts {
        let drafted: Vec<(String, Lang)> = sections
            .iter()
            .filter(|section| section.front.draft)
            .map(|section| (section.file.folder.clone(), section.file.lang.clone()))
            .collect();
        let hidden =
            |file: &ContentFile| drafted.iter().any(|(folder, lang)| *lang == file.lang && is_within(&file.folder, folder));
        sections.retain(|section| !hidden(&section.file));
        pages.retain(|page| !page.front.draft && !hidden(&page.file));
    }
    for page in &mut pages {
        page.assets = assets(snapshot, config, page);
    }
    let mut library = Library { pages, sections, taxonomies: Vec::new(), by_file: BTreeMap::new(), broken };
    place(&mut library, config);
    link(&mut library, config, sink);
    library.taxonomies = taxonomy::group_terms(&library.pages, config, sink);
    library
}

enum Read {
    Page(Box<Page>),
    Section(Box<Section>),
}

fn read_file(snapshot: &Snapshot, path: &SitePath, config: &Config, sink: &Sink) -> Option<Read> {
    let file = ContentFile::of(path, config, sink)?;
    let source = snapshot.text(path, sink)?;
    let FrontMatter { table, body } = read_front_matter(&source, sink)?;
    let empty = || (Vec::new(), String::new(), String::new());
    Some(if file.kind == FileKind::Section {
        let front = SectionFront::read(&source, &table, sink);
        let (ancestors, path, permalink) = empty();
        let (pages, subsections, translations) = (Vec::new(), Vec::new(), Vec::new());
        Read::Section(Box::new(Section {
            source,
            body,
            file,
            front,
            ancestors,
            path,
            permalink,
            pages,
            subsections,
            translations,
        }))
    } else {
        let mut front = PageFront::read(&source, &table, sink);
        let (dated, undated) = date_in_name(&file.stem);
        let slug = if config.slugify.paths_keep_dates { file.stem.as_str() } else { undated };
        front.date = front.date.or(dated);
        let slug = front.slug.clone().unwrap_or_else(|| config.slugify.paths.path(slug));
        let (ancestors, path, permalink) = empty();
        let (assets, translations) = (Vec::new(), Vec::new());
        Read::Page(Box::new(Page {
            source,
            body,
            file,
            front,
            section: None,
            ancestors,
            slug,
            path,
            permalink,
            assets,
            translations,
            lower: None,
            higher: None,
        }))
    })
}

/// `2017-01-12-hue` names its date; Zola takes it out of the address.
fn date_in_name(stem: &str) -> (Option<Stamp>, &str) {
    let dated = stem.get(..10).and_then(|text| Some((text, parse_date(text)?)));
    match (dated, stem.get(10..).and_then(|rest| rest.strip_prefix(['-', '_'])).filter(|rest| !rest.is_empty())) {
        (Some((text, date)), Some(rest)) => (Some(Stamp { text: text.to_owned(), moment: date.at(0, 0, 0, 0) }), rest),
        _ => (None, stem),
    }
}

/// Every language has a home page, written or not.
fn add_homes(sections: &mut Vec<Section>, config: &Config) {
    for language in &config.languages {
        if sections.iter().any(|section| section.is_home() && section.file.lang == language.code) {
            continue;
        }
        let name = if language.code == config.default_language {
            "_index.md".to_owned()
        } else {
            format!("_index.{}.md", language.code)
        };
        let source = SourceText::new(SitePath::new(&format!("content/{name}")), "");
        let file =
            ContentFile { kind: FileKind::Section, folder: String::new(), stem: String::new(), lang: language.code.clone() };
        let front = SectionFront { paginate_path: "page".to_owned(), in_search_index: true, ..SectionFront::default() };
        sections.push(Section {
            source,
            body: Span::default(),
            file,
            front,
            ancestors: Vec::new(),
            path: String::new(),
            permalink: String::new(),
            pages: Vec::new(),
            subsections: Vec::new(),
            translations: Vec::new(),
        });
    }
}

fn is_within(folder: &str, outer: &str) -> bool {
    folder == outer || outer.is_empty() || folder.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/'))
}

fn assets(snapshot: &Snapshot, config: &Config, page: &Page) -> Vec<SitePath> {
    if page.file.kind != FileKind::PageFolder {
        return Vec::new();
    }
    let beside = snapshot.below(page.source.path.parent());
    let beside = beside.map(|(path, _)| path).filter(|path| !config.ignored_content.matches(path.as_str()));
    beside.filter(|path| path.extension() != Some("md")).cloned().collect()
}

/// Gives every page and section its address.
fn place(library: &mut Library, config: &Config) {
    for section in &mut library.sections {
        let prefix = config.language_prefix(&section.file.lang);
        let folder = if section.is_home() { String::new() } else { format!("{}/", section.file.folder) };
        section.path = format!("{prefix}{folder}");
        section.permalink = config.permalink(&section.path);
    }
    for page in &mut library.pages {
        page.path = match &page.front.path {
            Some(path) => format!("/{}/", path.trim_matches('/')),
            None => {
                let prefix = config.language_prefix(&page.file.lang);
                let folder = if page.file.folder.is_empty() { String::new() } else { format!("{}/", page.file.folder) };
                format!("{prefix}{folder}{}/", page.slug.trim_matches('/'))
            }
        };
        page.permalink = config.permalink(&page.path);
    }
}

/// Links pages with sections, sections with each other, and language versions with each other.
fn link(library: &mut Library, config: &Config, sink: &Sink) {
    let key = |file: &ContentFile| (file.folder.clone(), file.lang.clone());
    let sections: BTreeMap<(String, Lang), usize> =
        library.sections.iter().enumerate().map(|(id, section)| (key(&section.file), id)).collect();
    let ancestors = |folder: &str, lang: &Lang| -> Vec<usize> {
        let mut folders = vec![String::new()];
        if !folder.is_empty() {
            folders.extend(folder.match_indices('/').map(|(at, _)| folder.get(..at).unwrap_or_default().to_owned()));
            folders.push(folder.to_owned());
        }
        folders.into_iter().filter_map(|folder| sections.get(&(folder, lang.clone())).copied()).collect()
    };

    let mut subsections: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (id, section) in library.sections.iter_mut().enumerate() {
        section.ancestors = ancestors(&section.file.folder, &section.file.lang);
        section.ancestors.retain(|ancestor| *ancestor != id);
        if let Some(parent) = section.ancestors.last() {
            subsections.entry(*parent).or_default().push(id);
        }
    }
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (id, page) in library.pages.iter_mut().enumerate() {
        page.section = sections.get(&key(&page.file)).copied();
        page.ancestors = ancestors(&page.file.folder, &page.file.lang);
        if let Some(section) = page.section {
            members.entry(section).or_default().push(id);
        }
    }
    link_translations(library, config);
    for (id, mut below) in subsections {
        below.sort_by(|a, b| {
            let key = |id: &usize| library.sections.get(*id).map(|section| (section.front.weight, &section.permalink));
            key(a).cmp(&key(b))
        });
        if let Some(section) = library.sections.get_mut(id) {
            section.subsections = below;
        }
    }
    for (id, pages) in members {
        order_pages(library, id, pages, sink);
    }
    let name = |source: &SourceText| source.path.below("content").unwrap_or_default().to_owned();
    let pages = library.pages.iter().enumerate().map(|(id, page)| (name(&page.source), LinkTarget::Page(id)));
    let sections = library.sections.iter().enumerate().map(|(id, section)| (name(&section.source), LinkTarget::Section(id)));
    library.by_file = pages.chain(sections).collect();
}

fn link_translations(library: &mut Library, config: &Config) {
    let rank = |lang: &Lang| config.languages.iter().position(|language| language.code == *lang);
    let mut versions: BTreeMap<(bool, String), Vec<(Option<usize>, usize)>> = BTreeMap::new();
    for (id, page) in library.pages.iter().enumerate() {
        versions.entry((false, page.file.canonical())).or_default().push((rank(&page.file.lang), id));
    }
    for (id, section) in library.sections.iter().enumerate() {
        versions.entry((true, section.file.canonical())).or_default().push((rank(&section.file.lang), id));
    }
    for ((is_section, _), mut group) in versions {
        group.sort_unstable();
        let group: Vec<usize> = group.into_iter().map(|(_, id)| id).collect();
        for id in &group {
            if is_section {
                if let Some(section) = library.sections.get_mut(*id) {
                    section.translations.clone_from(&group);
                }
            } else if let Some(page) = library.pages.get_mut(*id) {
                page.translations.clone_from(&group);
            }
        }
    }
}

fn order_pages(library: &mut Library, section: usize, mut pages: Vec<usize>, sink: &Sink) {
    let Some(by) = library.sections.get(section).map(|section| section.front.sort_by) else { return };
    sort::sort_pages(&mut pages, by, &library.pages);
    for page in pages.iter().filter_map(|id| library.pages.get(*id)) {
        if let Some(key) = sort::lacks_key(page, by) {
            let message = format!("this page has no `{key}`, by which its section is sorted; it stands last");
            let start = Span { start: 0, end: 3 };
            sink.push(
                Diagnostic::warning("unsorted-page", message)
                    .at(&page.source, start)
                    .help(format!("add `{key}` to its front matter")),
            );
        }
    }
    if by != super::SortBy::None {
        for (at, id) in pages.iter().enumerate() {
            let lower = at.checked_sub(1).and_then(|before| pages.get(before)).copied();
            let higher = pages.get(at + 1).copied();
            if let Some(page) = library.pages.get_mut(*id) {
                (page.lower, page.higher) = (lower, higher);
            }
        }
    }
    if let Some(section) = library.sections.get_mut(section) {
        section.pages = pages;
    }
}
