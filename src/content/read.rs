use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::{ContentFile, FileKind, FrontMatter, Library, Page, PageFront, Section, SectionFront, Stamp};
use super::{front_matter::read_front_matter, link, taxonomy};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Sink};
use crate::locale::parse_date_time;
use crate::source::Snapshot;
use crate::text::{Lang, SitePath, SourceText, Span};

/// Reads everything below `content/` and links it. Broken files are reported and left out.
pub fn read_library(snapshot: &Snapshot, config: &Config, drafts: bool, sink: &Sink) -> Library {
    let files: Vec<&SitePath> = snapshot
        .below("content")
        .map(|(path, _)| path)
        .filter(|path| path.extension() == Some("md") && !config.ignored_content.matches(path.as_str()))
        .collect();
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
    report_two_indexes(&pages, &sections, sink);
    add_homes(&mut sections, config);
    if !drafts {
        leave_out_drafts(&mut pages, &mut sections, &config.default_language);
    }
    let asset = |path: &SitePath| path.extension() != Some("md") && !config.ignored_content.matches(path.as_str());
    for page in pages.iter_mut().filter(|page| page.file.kind == FileKind::PageFolder) {
        page.assets = snapshot.below(page.source.path.parent()).map(|(path, _)| path.clone()).filter(asset).collect();
    }
    let folders: BTreeSet<&str> =
        pages.iter().filter(|page| page.file.kind == FileKind::PageFolder).map(|page| page.source.path.parent()).collect();
    let mut beside: BTreeMap<&str, Vec<SitePath>> = BTreeMap::new();
    for (path, _) in snapshot.below("content").filter(|(path, _)| asset(path) && !folders.contains(path.parent())) {
        beside.entry(path.parent()).or_default().push(path.clone());
    }
    for section in &mut sections {
        section.assets = beside.get(section.source.path.parent()).cloned().unwrap_or_default();
    }
    let mut library = Library { pages, sections, broken, ..Library::default() };
    link::place(&mut library, config);
    link::link(&mut library, config, sink);
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
    let FrontMatter { mut table, body } = read_front_matter(&source, sink)?;
    Some(if file.kind == FileKind::Section {
        let front = SectionFront::read(&source, &mut table, sink);
        Read::Section(Box::new(Section::new(source, body, file, front)))
    } else {
        let mut front = PageFront::read(&source, &mut table, config.tinso.declared, sink);
        let (dated, undated) = date_in_name(&file.stem);
        front.date = front.date.or(dated);
        let name = if config.slugify.paths_keep_dates { file.stem.as_str() } else { undated };
        let slug = config.slugify.paths.path(front.slug.as_deref().unwrap_or(name));
        Read::Page(Box::new(Page::new(source, body, file, front, slug)))
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
        sections.push(Section::new(source, Span::default(), file, front));
    }
}

fn is_within(folder: &str, outer: &str) -> bool {
    folder == outer || outer.is_empty() || folder.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/'))
}

/// A draft of the default language keeps its folder back in all languages, one of another language in its own.
fn leave_out_drafts(pages: &mut Vec<Page>, sections: &mut Vec<Section>, default: &Lang) {
    let drafted: Vec<(String, Lang)> = sections
        .iter()
        .filter(|section| section.front.draft)
        .map(|section| (section.file.folder.clone(), section.file.lang.clone()))
        .collect();
    let hidden = |file: &ContentFile| {
        drafted.iter().any(|(folder, lang)| (lang == default || *lang == file.lang) && is_within(&file.folder, folder))
    };
    sections.retain(|section| !hidden(&section.file));
    pages.retain(|page| !page.front.draft && !hidden(&page.file));
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
