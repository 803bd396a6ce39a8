use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use super::{Page, SortBy, sort, untranslated};
use crate::config::{Config, Taxonomy};
use crate::diagnostic::{Diagnostic, Sink};
use crate::text::{Lang, closest};

/// A taxonomy of one language with its terms.
#[derive(Clone, Debug)]
pub struct TermGroup {
    /// The language.
    pub lang: Lang,
    /// Its settings.
    pub taxonomy: Taxonomy,
    /// The address of its list, below the site's.
    pub path: String,
    /// Its terms, by slug.
    pub terms: Vec<Term>,
}

/// A term with its pages.
#[derive(Clone, Debug)]
pub struct Term {
    /// As the first page writes it.
    pub name: String,
    /// Its part of its address.
    pub slug: String,
    /// Its address, below the site's.
    pub path: String,
    /// Its pages, newest first.
    pub pages: Vec<usize>,
}

impl TermGroup {
    /// The index of the term with a slug.
    pub fn position(&self, slug: &str) -> Option<usize> {
        self.terms.binary_search_by(|term| term.slug.as_str().cmp(slug)).ok()
    }

    /// The term with a slug.
    pub fn term(&self, slug: &str) -> Option<&Term> {
        self.terms.get(self.position(slug)?)
    }

    /// The term of the same meaning in another language's group of the same taxonomy:
    /// the one that the config pairs with it, else the one with the same slug.
    pub fn twin<'a>(&self, term: &Term, other: &'a TermGroup, config: &Config) -> Option<&'a Term> {
        let is_it = |name: &str| config.slugify.taxonomies.path(name) == term.slug;
        let name = config.tinso.term_in(&self.taxonomy.name, is_it, &self.lang, &other.lang);
        let slug = name.map_or_else(|| term.slug.clone(), |name| config.slugify.taxonomies.path(name));
        other.term(&slug)
    }
}

/// Groups pages by the terms that they name. A taxonomy that the config does not declare for the page's language is an error.
pub(super) fn group_terms(pages: &[Arc<Page>], config: &Config, sink: &Sink) -> Vec<TermGroup> {
    let mut groups = Vec::new();
    for language in &config.languages {
        let prefix = config.language_prefix(&language.code);
        for taxonomy in &language.taxonomies {
            let root = config.taxonomy_root.as_ref().map(|root| format!("{root}/")).unwrap_or_default();
            let path = format!("{prefix}{root}{}/", taxonomy.slug);
            groups.push(TermGroup { lang: language.code.clone(), taxonomy: taxonomy.clone(), path, terms: Vec::new() });
        }
    }
    let mut terms: Vec<Term> = Vec::new();
    let mut by_slug: BTreeMap<(usize, String), usize> = BTreeMap::new();
    // Most pages name what others have named.
    let mut by_name: HashMap<(usize, &str), usize> = HashMap::new();
    let find =
        |lang: &Lang, name: &str| groups.iter().enumerate().find(|(_, group)| group.lang == *lang && group.taxonomy.name == name);
    let mut add = |(group_id, group): (usize, &TermGroup), name, page: usize| {
        let at = *by_name.entry((group_id, name)).or_insert_with(|| {
            let slug = config.slugify.taxonomies.path(name);
            *by_slug.entry((group_id, slug)).or_insert_with_key(|(_, slug)| {
                let path = format!("{}{slug}/", group.path);
                terms.push(Term { name: name.to_owned(), slug: slug.clone(), path, pages: Vec::new() });
                terms.len() - 1
            })
        });
        if let Some(term) = terms.get_mut(at).filter(|term| term.pages.last() != Some(&page)) {
            term.pages.push(page);
        }
    };
    for (id, page) in pages.iter().enumerate().filter(|(_, page)| page.front.render) {
        for (name, values) in page.terms() {
            match find(&page.file.lang, name) {
                Some(group) => values.into_iter().for_each(|value| add(group, value, id)),
                None => {
                    let named = page.front.taxonomies.iter().find(|(named, _)| named == name);
                    if let Some((_, span)) = named.and_then(|(_, values)| values.first()) {
                        report_unknown(page, name, *span, config, sink);
                    }
                }
            }
        }
    }
    for (id, lang) in untranslated::guests(pages, config) {
        let Some(page) = pages.get(id) else { continue };
        for (taxonomy, values) in page.terms() {
            let Some(group) = find(lang, taxonomy) else { continue };
            for value in values {
                let slug = config.slugify.taxonomies.path(value);
                let is_it = |name: &str| config.slugify.taxonomies.path(name) == slug;
                if let Some(name) = config.tinso.term_in(taxonomy, is_it, &page.file.lang, lang) {
                    add(group, name, id);
                }
            }
        }
    }
    terms.par_iter_mut().for_each(|term| sort::sort_pages(&mut term.pages, SortBy::Date, pages));
    let mut terms: Vec<Option<Term>> = terms.into_iter().map(Some).collect();
    for ((group_id, _), at) in by_slug {
        if let (Some(group), Some(term)) = (groups.get_mut(group_id), terms.get_mut(at).and_then(Option::take)) {
            group.terms.push(term);
        }
    }
    groups
}

fn report_unknown(page: &Page, name: &str, span: crate::text::Span, config: &Config, sink: &Sink) {
    let declared = config.language(&page.file.lang).map(|language| language.taxonomies.as_slice()).unwrap_or_default();
    let message = format!("there is no taxonomy `{name}` in `{}`", page.file.lang);
    let help = match closest(name, declared.iter().map(|taxonomy| taxonomy.name.as_str())) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("add it to `taxonomies` of that language in the config: `taxonomies = [{{ name = \"{name}\" }}]`"),
    };
    sink.push(Diagnostic::error("unknown-taxonomy", message).at(&page.source, span).help(help));
}
