use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::{ContentFile, Library, LinkTarget, Section, SortBy, derived, sort, untranslated};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Sink};
use crate::text::{Lang, SitePath, SourceText, Span};

/// Gives every page and section its address.
pub(super) fn place(library: &mut Library, config: &Config) {
    for section in library.sections.iter_mut().map(Arc::make_mut) {
        let prefix = config.language_prefix(&section.file.lang);
        let folder = if section.is_home() { String::new() } else { format!("{}/", section.file.folder) };
        section.path = format!("{prefix}{folder}");
        section.permalink = config.permalink(&section.path);
    }
    library.pages.par_iter_mut().map(Arc::make_mut).for_each(|page| {
        page.path = match &page.front.path {
            Some(path) => format!("/{}/", path.trim_matches('/')),
            None => {
                let prefix = config.language_prefix(&page.file.lang);
                let folder = if page.file.folder.is_empty() { String::new() } else { format!("{}/", page.file.folder) };
                format!("{prefix}{folder}{}/", page.slug.trim_matches('/'))
            }
        };
        page.permalink = config.permalink(&page.path);
    });
}

/// Links pages with sections, sections with each other, and language versions with each other.
pub(super) fn link(library: &mut Library, config: &Config, sink: &Sink) {
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
    for (id, section) in library.sections.iter_mut().map(Arc::make_mut).enumerate() {
        section.ancestors = ancestors(&section.file.folder, &section.file.lang);
        section.ancestors.retain(|ancestor| *ancestor != id);
        if let Some(parent) = section.ancestors.last() {
            subsections.entry(*parent).or_default().push(id);
        }
    }
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (id, page) in library.pages.iter_mut().map(Arc::make_mut).enumerate() {
        page.section = sections.get(&key(&page.file)).copied();
        page.ancestors = ancestors(&page.file.folder, &page.file.lang);
        if page.front.render {
            add_member(&mut members, &library.sections, page.section, id);
        }
    }
    link_translations(library, config);
    for (id, lang) in untranslated::guests(&library.pages, config) {
        let page = library.pages.get(id);
        let section = page.and_then(|page| sections.get(&(page.file.folder.clone(), lang.clone())).copied());
        add_member(&mut members, &library.sections, section, id);
    }
    derived::derive_terms(library, config);
    for (id, mut below) in subsections {
        below.sort_by(|a, b| {
            let key = |id: &usize| library.sections.get(*id).map(|section| (section.front.weight, &section.permalink));
            key(a).cmp(&key(b))
        });
        if let Some(section) = library.sections.get_mut(id).map(Arc::make_mut) {
            section.subsections = below;
        }
    }
    for (id, pages) in members {
        order_pages(library, id, pages, sink);
    }
    let name = |source: &SourceText| source.path.below("content").unwrap_or_default().to_owned();
    let pages = library.pages.iter().enumerate().map(|(id, page)| (name(&page.source), LinkTarget::Page(id)));
    let sections = library.sections.iter().enumerate().map(|(id, section)| (name(&section.source), LinkTarget::Section(id)));
    library.by_file = Arc::new(pages.chain(sections).collect());
    let pages = library.pages.iter().map(|page| (&page.source, &page.path, &page.assets));
    let sections = library.sections.iter().map(|section| (&section.source, &section.path, &section.assets));
    let published = pages.chain(sections).flat_map(|(source, path, assets)| {
        let at = move |asset: &SitePath| Some((format!("{path}{}", asset.below(source.path.parent())?), asset.clone()));
        assets.iter().filter_map(at)
    });
    library.assets = Arc::new(published.map(|(path, asset)| (path.trim_start_matches('/').to_owned(), asset)).collect());
}

/// Puts a page into a section. A transparent section hands its pages on to the section above it.
fn add_member(members: &mut BTreeMap<usize, Vec<usize>>, sections: &[Arc<Section>], mut section: Option<usize>, page: usize) {
    while let Some(id) = section {
        members.entry(id).or_default().push(page);
        section = sections.get(id).filter(|of| of.front.transparent).and_then(|of| of.ancestors.last().copied());
    }
}

fn link_translations(library: &mut Library, config: &Config) {
    let rank = |lang: &Lang| config.languages.iter().position(|language| language.code == *lang);
    let mut versions: BTreeMap<(bool, String), Vec<(Option<usize>, usize)>> = BTreeMap::new();
    for (id, page) in library.pages.iter().enumerate().filter(|(_, page)| page.front.render) {
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
                if let Some(section) = library.sections.get_mut(*id).map(Arc::make_mut) {
                    section.translations.clone_from(&group);
                }
            } else if let Some(page) = library.pages.get_mut(*id).map(Arc::make_mut) {
                page.translations.clone_from(&group);
            }
        }
    }
}

fn order_pages(library: &mut Library, section: usize, mut pages: Vec<usize>, sink: &Sink) {
    let Some(by) = library.sections.get(section).map(|section| section.front.sort_by) else { return };
    sort::sort_pages(&mut pages, by, &library.pages);
    let transparent = library.sections.get(section).is_some_and(|section| section.front.transparent);
    let lang = library.sections.get(section).map(|section| section.file.lang.clone());
    // Those of another language are guests here: they keep their neighbours, and what they lack is told at home.
    let is_own = |id: &usize| library.pages.get(*id).is_some_and(|page| Some(&page.file.lang) == lang.as_ref());
    let own: Vec<usize> = pages.iter().copied().filter(is_own).collect();
    for page in own.iter().filter_map(|id| library.pages.get(*id)) {
        if let Some(key) = sort::lacks_key(page, by) {
            let message = format!("this page has no `{key}`, by which its section is sorted; it stands last");
            let diagnostic = Diagnostic::warning("unsorted-page", message).at(&page.source, Span { start: 0, end: 3 });
            sink.push(diagnostic.help(format!("add `{key}` to its front matter")));
        }
    }
    if by != SortBy::None && !transparent {
        for (at, id) in own.iter().enumerate() {
            let lower = at.checked_sub(1).and_then(|before| own.get(before)).copied();
            let higher = own.get(at + 1).copied();
            if let Some(page) = library.pages.get_mut(*id).map(Arc::make_mut) {
                (page.lower, page.higher) = (lower, higher);
            }
        }
    }
    if let Some(section) = library.sections.get_mut(section).map(Arc::make_mut) {
        section.pages = pages;
    }
}
