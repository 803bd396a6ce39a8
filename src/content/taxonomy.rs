use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Page, SortBy, sort};
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
        let paired = config.tinso.terms.get(&self.taxonomy.name).into_iter().flatten();
        let name = paired
            .filter(|names| names.get(&self.lang).is_some_and(|name| config.slugify.taxonomies.path(name) == term.slug))
            .find_map(|names| names.get(&other.lang));
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
    let mut terms: BTreeMap<(usize, String), Term> = BTreeMap::new();
    for (id, page) in pages.iter().enumerate().filter(|(_, page)| page.front.render) {
        for (name, values) in &page.front.taxonomies {
            let group =
                groups.iter().enumerate().find(|(_, group)| group.lang == page.file.lang && group.taxonomy.name == **name);
            let Some((group_id, group)) = group else {
                if let Some((_, span)) = values.first() {
                    report_unknown(page, name, *span, config, sink);
                }
                continue;
            };
            for (value, _) in values {
                let slug = config.slugify.taxonomies.path(value);
                let path = format!("{}{slug}/", group.path);
                let term = terms.entry((group_id, slug.clone())).or_insert_with(|| Term {
                    name: value.clone(),
                    slug,
                    path,
                    pages: Vec::new(),
                });
                if term.pages.last() != Some(&id) {
                    term.pages.push(id);
                }
            }
        }
    }
    for ((group_id, _), mut term) in terms {
        sort::sort_pages(&mut term.pages, SortBy::Date, pages);
        if let Some(group) = groups.get_mut(group_id) {
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
