use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::heads::{Head, ReadFrom, RecordedHeads};
use super::page::{PageFile, PageHead};
use super::section::{SectionFile, SectionHead};
use super::{Absence, ContentFile, FileKind, FrontMatter, Library, LinkTarget, Page, PageFront, Section, SectionFront, Stamp};
use super::{archive, front_matter::read_front_matter, link, taxonomy};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Sink};
use crate::locale::parse_date_time;
use crate::source::{File, Snapshot};
use crate::text::{Lang, SitePath, SourceText, Span};

/// So many files a thread takes before others may take from it.
const AT_ONCE: usize = 32;

/// Content files as they were read, for the builds after this one.
#[derive(Default, Debug)]
pub struct Reading {
    files: BTreeMap<SitePath, Arc<ReadFile>>,
    drafts: bool,
    /// The pages that were left out, since they are not shown at the moment of the build.
    absent: BTreeMap<SitePath, Absence>,
    /// Every file of `content/` that is no Markdown.
    others: Vec<SitePath>,
    linked: Option<(Arc<Library>, Vec<Diagnostic>)>,
}

/// What reading gave.
pub struct Read {
    /// All content, linked.
    pub library: Arc<Library>,
    /// Whether everything that follows from front matter alone is as it was: only texts below it changed.
    pub heads_stand: bool,
    /// The files that had to be read.
    pub anew: BTreeSet<SitePath>,
}

/// A content file as it was read, and what reading it found.
#[derive(Debug)]
struct ReadFile {
    written: File,
    item: Option<Item>,
    found: Vec<Diagnostic>,
}

#[derive(Clone, Debug)]
enum Item {
    Page(Arc<PageFile>),
    Section(Arc<SectionFile>),
}

impl Reading {
    /// Content files whose front matter is known from a build before, in another process; `heads` has the digests of what
    /// stands above their texts.
    pub fn recalled(snapshot: &Snapshot, recorded: &RecordedHeads, heads: &BTreeMap<SitePath, u128>) -> Self {
        let recalled = |(path, written): (&SitePath, &File)| {
            let (head, File::Text(text)) = (recorded.get(path, *heads.get(path)?)?, written) else { return None };
            let source = SourceText::shared(path.clone(), text.clone());
            let item = Some(Item::under(head, source));
            Some((path.clone(), Arc::new(ReadFile { written: written.clone(), item, found: Vec::new() })))
        };
        Self { files: snapshot.below("content").filter_map(recalled).collect(), ..Self::default() }
    }

    /// Records the front matter in which nothing was found, for [`recalled`](Self::recalled); all but that of the files that
    /// were read anew came from there.
    pub fn record(&self, recorded: &mut RecordedHeads, heads: &BTreeMap<SitePath, u128>, anew: &BTreeSet<SitePath>) {
        if anew.is_empty() && recorded.len() == self.files.len() {
            return;
        }
        let clean = self.files.iter().filter(|(_, file)| file.found.is_empty());
        recorded.replace(clean.filter_map(|(path, file)| {
            let from = ReadFrom { file: file.written.digest(), head: *heads.get(path)? };
            Some((path.clone(), from, file.item.as_ref()?.head()))
        }));
    }
}

impl Item {
    fn under(head: &Head, source: SourceText) -> Self {
        let body = |length: usize| Span { start: length, end: source.whole().end };
        match head {
            Head::Page(length, head) => Self::Page(Arc::new(PageFile { body: body(*length), source, head: Arc::clone(head) })),
            Head::Section(length, head) => {
                Self::Section(Arc::new(SectionFile { body: body(*length), source, head: Arc::clone(head) }))
            }
        }
    }

    fn head(&self) -> Head {
        match self {
            Self::Page(page) => Head::Page(page.body.start, Arc::clone(&page.head)),
            Self::Section(section) => Head::Section(section.body.start, Arc::clone(&section.head)),
        }
    }
}

impl ReadFile {
    fn head(&self) -> Option<String> {
        let (source, body) = match self.item.as_ref()? {
            Item::Page(page) => (&page.source, page.body),
            Item::Section(section) => (&section.source, section.body),
        };
        source.text().get(..body.start).map(str::to_owned)
    }

    /// Whether both say the same above their texts.
    fn has_head_of(&self, other: &Self) -> bool {
        self.head().zip(other.head()).is_some_and(|(a, b)| a == b)
    }
}

/// Reads everything below `content/` and links it. Broken files are reported and left out.
///
/// What was read before and is unchanged is taken from there; the settings must be those of then.
pub fn read_library(snapshot: &Snapshot, config: &Config, drafts: bool, reading: &mut Reading, sink: &Sink) -> Read {
    let (markdown, others): (Vec<_>, Vec<_>) = snapshot
        .below("content")
        .filter(|(path, _)| !config.ignored_content.matches(path.as_str()))
        .partition(|(path, _)| path.extension() == Some("md"));
    let others: Vec<SitePath> = others.into_iter().map(|(path, _)| path.clone()).collect();
    let mut files = std::mem::take(&mut reading.files);
    let same_names = files.len() == markdown.len() && files.keys().eq(markdown.iter().map(|(path, _)| *path));
    if !same_names {
        let names: BTreeSet<&SitePath> = markdown.iter().map(|(path, _)| *path).collect();
        files.retain(|path, _| names.contains(path));
    }
    let changed = |(path, written): &(&SitePath, &File)| files.get(*path).is_none_or(|before| before.written != **written);
    let changed: Vec<_> = if same_names {
        files.values().zip(markdown).filter(|(before, (_, written))| before.written != **written).map(|(_, file)| file).collect()
    } else {
        markdown.into_iter().filter(changed).collect()
    };
    let read: Vec<(SitePath, Arc<ReadFile>)> = changed
        .into_par_iter()
        .with_max_len(AT_ONCE)
        .map(|(path, written)| (path.clone(), Arc::new(read_file(snapshot, path, written, config))))
        .collect();
    let same_heads = same_names && read.iter().all(|(path, file)| files.get(path).is_some_and(|before| file.has_head_of(before)));
    let anew = read.iter().map(|(path, _)| path.clone()).collect();
    let read_anew: Vec<Arc<ReadFile>> = read.iter().map(|(_, file)| Arc::clone(file)).collect();
    files.extend(read);
    files.values().filter(|file| !file.found.is_empty()).for_each(|file| sink.extend(file.found.iter().cloned()));

    let absent = absent(&files, config, drafts, snapshot);
    let same_pages = same_heads && drafts == reading.drafts && absent == reading.absent;
    let linked = reading.linked.take().filter(|_| same_pages && others == reading.others);
    let heads_stand = linked.is_some();
    let (library, found) = match linked {
        Some((library, found)) => {
            let library = Arc::new(Arc::unwrap_or_clone(library).with_texts_of(&read_anew));
            let found = found.into_iter().map(|finding| finding.in_sources(|path| library.source(path))).collect();
            (library, found)
        }
        None => {
            let sink = Sink::new();
            let library = link_all(&files, &absent, &others, config, drafts, &sink);
            (Arc::new(library), sink.into_sorted())
        }
    };
    sink.extend(found.iter().cloned());
    *reading = Reading { files, drafts, absent, others, linked: Some((Arc::clone(&library), found)) };
    Read { library, heads_stand, anew }
}

impl Library {
    /// The same library with the texts of files whose front matter is as it was.
    fn with_texts_of(mut self, files: &[Arc<ReadFile>]) -> Self {
        for item in files.iter().filter_map(|file| file.item.as_ref()) {
            let path = match item {
                Item::Page(page) => &page.source.path,
                Item::Section(section) => &section.source.path,
            };
            let target = path.below("content").and_then(|file| self.by_file(file));
            match (item, target) {
                (Item::Page(own), Some(LinkTarget::Page(id))) => {
                    if let Some(page) = self.pages.get_mut(id) {
                        *page = Arc::new(Page { own: Arc::clone(own), ..Page::clone(page) });
                    }
                }
                (Item::Section(own), Some(LinkTarget::Section(id))) => {
                    if let Some(section) = self.sections.get_mut(id) {
                        *section = Arc::new(Section { own: Arc::clone(own), ..Section::clone(section) });
                    }
                }
                // A draft, or one that is not shown now.
                _ => {}
            }
        }
        self
    }
}

fn link_all(
    files: &BTreeMap<SitePath, Arc<ReadFile>>,
    absent: &BTreeMap<SitePath, Absence>,
    others: &[SitePath],
    config: &Config,
    drafts: bool,
    sink: &Sink,
) -> Library {
    let (mut pages, mut sections, mut broken) = (Vec::new(), Vec::new(), BTreeSet::new());
    for (path, file) in files {
        match &file.item {
            Some(Item::Page(page)) => pages.push(Page::new(Arc::clone(page))),
            Some(Item::Section(section)) => sections.push(Section::new(Arc::clone(section))),
            None => {
                broken.insert(path.below("content").unwrap_or_default().to_owned());
            }
        }
    }
    report_two_indexes(&pages, &sections, sink);
    add_homes(&mut sections, config);
    if !drafts {
        leave_out_drafts(&mut pages, &mut sections, &config.default_language);
    }
    pages.retain(|page| !absent.contains_key(&page.source.path));
    let folders: BTreeSet<&str> = pages.iter().filter_map(own_folder).collect();
    let mut beside: BTreeMap<&str, Vec<SitePath>> = BTreeMap::new();
    let mut within: BTreeMap<&str, Vec<SitePath>> = BTreeMap::new();
    for path in others {
        let parents = path.as_str().match_indices('/').filter_map(|(at, _)| path.as_str().get(..at));
        parents.filter_map(|folder| folders.get(folder)).for_each(|folder| within.entry(folder).or_default().push(path.clone()));
        if !folders.contains(path.parent()) {
            beside.entry(path.parent()).or_default().push(path.clone());
        }
    }
    let assets: Vec<Vec<SitePath>> =
        pages.iter().map(|page| own_folder(page).and_then(|folder| within.get(folder)).cloned().unwrap_or_default()).collect();
    for (page, assets) in pages.iter_mut().zip(assets) {
        page.assets = assets;
    }
    for section in &mut sections {
        section.assets = beside.get(section.source.path.parent()).cloned().unwrap_or_default();
    }
    let (pages, sections) = (pages.into_iter().map(Arc::new).collect(), sections.into_iter().map(Arc::new).collect());
    let mut library =
        Library { pages, sections, broken: Arc::new(broken), absent: Arc::new(below_content(absent)), ..Library::default() };
    link::place(&mut library, config);
    link::link(&mut library, config, sink);
    library.taxonomies = taxonomy::group_terms(&library.pages, config, sink).into();
    library.archives = archive::archives(&library.pages, config).into();
    library
}

/// The pages that are not shown at the moment of the build, and why. Drafts that are left out anyway are not asked.
fn absent(
    files: &BTreeMap<SitePath, Arc<ReadFile>>,
    config: &Config,
    drafts: bool,
    snapshot: &Snapshot,
) -> BTreeMap<SitePath, Absence> {
    let scheduled = |(path, file): (&SitePath, &Arc<ReadFile>)| match &file.item {
        Some(Item::Page(page)) if !page.front.schedule.is_empty() => Some((path.clone(), Arc::clone(page))),
        _ => None,
    };
    let mut scheduled: Vec<(SitePath, Arc<PageFile>)> = files.iter().filter_map(scheduled).collect();
    if !drafts && !scheduled.is_empty() {
        let sections = files.values().filter_map(|file| match &file.item {
            Some(Item::Section(section)) => Some(&**section),
            _ => None,
        });
        let drafted = Drafted::of(sections);
        scheduled.retain(|(_, page)| !page.front.draft && !drafted.hides(&page.file, &config.default_language));
    }
    let absence = |page: &PageFile| page.front.schedule.absence(&|moment| snapshot.has_come(moment));
    scheduled.into_iter().filter_map(|(path, page)| Some((path, absence(&page)?))).collect()
}

fn below_content(absent: &BTreeMap<SitePath, Absence>) -> BTreeMap<String, Absence> {
    let file = |(path, absence): (&SitePath, &Absence)| Some((path.below("content")?.to_owned(), absence.clone()));
    absent.iter().filter_map(file).collect()
}

/// The folder of a page that has one of its own.
fn own_folder(page: &Page) -> Option<&str> {
    (page.file.kind == FileKind::PageFolder).then(|| page.source.path.parent())
}

fn read_file(snapshot: &Snapshot, path: &SitePath, written: &File, config: &Config) -> ReadFile {
    let sink = Sink::new();
    let item = read_item(snapshot, path, config, &sink);
    ReadFile { written: written.clone(), item, found: sink.into_sorted() }
}

fn read_item(snapshot: &Snapshot, path: &SitePath, config: &Config, sink: &Sink) -> Option<Item> {
    let file = ContentFile::of(path, config, sink)?;
    let source = snapshot.text(path, sink)?;
    let FrontMatter { mut table, body } = read_front_matter(&source, sink)?;
    Some(if file.kind == FileKind::Section {
        let front = SectionFront::read(&source, &mut table, sink);
        Item::Section(Arc::new(SectionFile { source, body, head: Arc::new(SectionHead { file, front }) }))
    } else {
        let mut front = PageFront::read(&source, &mut table, config.tinso.declared, sink);
        let (dated, undated) = date_in_name(&file.stem);
        front.date = front.date.or(dated);
        let name = if config.slugify.paths_keep_dates { file.stem.as_str() } else { undated };
        let slug = config.slugify.paths.path(front.slug.as_deref().unwrap_or(name));
        Item::Page(Arc::new(PageFile { source, body, head: Arc::new(PageHead { file, front, slug }) }))
    })
}

/// `2017-01-12-hue` and `2017-01-12T08:00:00Z_hue` name their date; Zola takes it out of the address.
fn date_in_name(stem: &str) -> (Option<Stamp>, &str) {
    // The date ends at a hyphen or underscore after its ten letters; at the second one, if an offset is part of it.
    let ends = stem.char_indices().filter(|(at, c)| *at >= 10 && matches!(c, '-' | '_')).map(|(at, _)| at);
    let ends: Vec<usize> = ends.take(2).collect();
    for end in ends.into_iter().rev() {
        let (date, rest) = (stem.get(..end).unwrap_or_default().trim_end(), stem.get(end + 1..).unwrap_or_default());
        if let Some(moment) = parse_date_time(date).filter(|_| !rest.is_empty()) {
            return (Some(Stamp { text: date.to_owned(), moment }), rest);
        }
    }
    (None, stem)
}

/// A folder is a section or a page, not both.
fn report_two_indexes(pages: &[Page], sections: &[Section], sink: &Sink) {
    let folders: BTreeSet<&str> = sections.iter().map(|section| section.source.path.parent()).collect();
    let both = |page: &&Page| page.file.kind == FileKind::PageFolder && folders.contains(page.source.path.parent());
    let at_top = |page: &&Page| page.file.folder.is_empty() && page.file.stem == "index" && page.file.kind == FileKind::Page;
    for page in pages.iter().filter(|page| both(page) || at_top(page)) {
        let message = "an `index.md` cannot lie beside an `_index.md`: the folder would be a page and a section at once";
        let help = "rename it to the page's name, or move it into a folder of its own";
        let message = if at_top(&page) { "the home page is a section: it is written in `_index.md`" } else { message };
        let help = if at_top(&page) { "rename it to `_index.md`" } else { help };
        sink.push(Diagnostic::error("two-indexes", message).in_file(&page.source.path).help(help));
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
        let front =
            SectionFront { paginate_path: "page".to_owned(), render: true, in_search_index: true, ..SectionFront::default() };
        let head = Arc::new(SectionHead { file, front });
        sections.push(Section::new(Arc::new(SectionFile { source, body: Span::default(), head })));
    }
}

fn is_within(folder: &str, outer: &str) -> bool {
    folder == outer || outer.is_empty() || folder.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/'))
}

/// The folders and languages of sections that are drafts.
struct Drafted(Vec<(String, Lang)>);

impl Drafted {
    fn of<'a>(sections: impl Iterator<Item = &'a SectionFile>) -> Self {
        let drafts = sections.filter(|section| section.front.draft);
        Self(drafts.map(|section| (section.file.folder.clone(), section.file.lang.clone())).collect())
    }

    /// A draft of the default language keeps its folder back in all languages, one of another language in its own.
    fn hides(&self, file: &ContentFile, default: &Lang) -> bool {
        self.0.iter().any(|(folder, lang)| (lang == default || *lang == file.lang) && is_within(&file.folder, folder))
    }
}

fn leave_out_drafts(pages: &mut Vec<Page>, sections: &mut Vec<Section>, default: &Lang) {
    let drafted = Drafted::of(sections.iter().map(|section| &**section));
    sections.retain(|section| !drafted.hides(&section.file, default));
    pages.retain(|page| !page.front.draft && !drafted.hides(&page.file, default));
}

#[cfg(test)]
mod tests {
    use super::date_in_name;

    #[test]
    fn dates_in_names_are_taken_out_of_them() {
        for (name, date, rest) in [
            ("2017-01-12-hue", Some("2017-01-12"), "hue"),
            ("2017-01-12_hue-2", Some("2017-01-12"), "hue-2"),
            ("2017-01-12T08:00:00Z-hue", Some("2017-01-12T08:00:00Z"), "hue"),
            ("2017-01-12T08:00:00+07:00_hue", Some("2017-01-12T08:00:00+07:00"), "hue"),
            ("2017-01-12T08:00:00-07:00-hue", Some("2017-01-12T08:00:00-07:00"), "hue"),
            ("2017-01-12-", None, "2017-01-12-"),
            ("2017-01-12", None, "2017-01-12"),
            ("2017-13-12-hue", None, "2017-13-12-hue"),
            ("hue-2017-01-12-x", None, "hue-2017-01-12-x"),
        ] {
            let (found, left) = date_in_name(name);
            assert_eq!((found.map(|stamp| stamp.text).as_deref(), left), (date, rest), "{name}");
        }
    }
}
