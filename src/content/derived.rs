//! Terms that no page needs to name: who wrote it, and whom it cites.

use std::sync::Arc;

use super::{Library, Page};
use crate::config::Config;

/// The taxonomy of those who write.
pub(super) const AUTHORS: &str = "authors";
/// The taxonomy of those who publish what articles report.
pub const AGENCIES: &str = "agencies";

/// Gives pages of a site of ours the terms of its taxonomies `authors` and `agencies`, where they name none themselves.
pub(super) fn derive_terms(library: &mut Library, config: &Config) {
    if !config.tinso.declared {
        return;
    }
    for id in 0..library.pages.len() {
        let derived = derived(library, id, config);
        if let Some(page) = library.pages.get_mut(id).filter(|_| !derived.is_empty()) {
            Arc::make_mut(page).derived = derived;
        }
    }
}

fn derived(library: &Library, id: usize, config: &Config) -> Vec<(Arc<str>, Vec<String>)> {
    let Some(page) = library.pages.get(id) else { return Vec::new() };
    let language = config.language(&page.file.lang);
    let is_open = |taxonomy: &str| {
        let declared = language.is_some_and(|language| language.taxonomies.iter().any(|other| other.name == taxonomy));
        declared && page.front.taxonomies.iter().all(|(named, _)| **named != *taxonomy)
    };
    let mut derived = Vec::new();
    let mut add = |taxonomy: &str, names: Vec<&str>| {
        let names: Vec<String> = names.into_iter().filter(|name| !name.trim().is_empty()).map(str::to_owned).collect();
        if !names.is_empty() {
            derived.push((Arc::from(taxonomy), names));
        }
    };
    // In the order of their names, as those stand that a page names itself.
    if is_open(AGENCIES) {
        add(AGENCIES, agencies(library, id, page, config));
    }
    if is_open(AUTHORS) {
        add(AUTHORS, page.front.authors.iter().map(String::as_str).collect());
    }
    derived
}

/// Whom a page cites: its own source, or what the version says that states its numbers.
fn agencies<'a>(library: &'a Library, id: usize, page: &Page, config: &'a Config) -> Vec<&'a str> {
    let origin = library.pages.get(library.origin(id)).filter(|_| page.front.source.is_none());
    let named = origin.and_then(|origin| {
        let (_, names) = origin.front.taxonomies.iter().find(|(taxonomy, _)| **taxonomy == *AGENCIES)?;
        Some((&origin.file.lang, names))
    });
    let Some((from, names)) = named else { return library.source_name(id, config).into_iter().collect() };
    let in_language = |name: &'a str| config.tinso.term_in(AGENCIES, |other| other == name, from, &page.file.lang);
    names.iter().map(|(name, _)| in_language(name).unwrap_or(name)).collect()
}
