//! The values that templates see: built once, shared by every render.

mod basics;
mod config;
mod figure;
mod indicator;
mod lists;
mod pages;

use std::collections::{BTreeMap, BTreeSet};

use tera::Value;
use tera::value::Key;

use super::SharedSite;
use crate::chart::Chart;
use crate::content::LinkTarget;
use crate::markdown::Rendered;
use crate::text::Lang;

pub(super) use basics::{data, text};
pub use basics::{object, table};
pub(super) use config::config;
pub(super) use indicator::IndicatorView;
pub use lists::{Pager, Translation};
pub(super) use pages::{page_card, section_card};

/// Everything that layouts may ask for, by index in the library.
pub struct Values {
    /// Pages, in full.
    pub pages: Vec<Value>,
    /// Sections with their pages.
    pub sections: Vec<Value>,
    /// Taxonomies with their terms: for each the taxonomy itself, and the list of its terms.
    pub taxonomies: Vec<(Value, Value)>,
    /// The home page of each language, in short.
    pub homes: BTreeMap<Lang, Value>,
    /// The chart of each indicator's main area by slug and language, for `chart.svg`.
    pub charts: BTreeMap<(String, Lang), Chart>,
}

/// What every page and section became.
#[derive(Default, Debug)]
pub struct Contents {
    /// Pages, by index in the library.
    pub pages: Vec<Rendered>,
    /// Sections, by index in the library.
    pub sections: Vec<Rendered>,
    /// For each page and section that is linked to, those that link to it.
    pub backlinks: BTreeMap<LinkTarget, BTreeSet<LinkTarget>>,
}

impl Values {
    /// Builds every value from the site and what its Markdown became.
    pub fn new(site: &SharedSite, contents: &Contents) -> Self {
        Self::with_views(site, contents, indicator::views(site))
    }

    /// Builds every value without the text of pages and without charts, for what is rendered before them.
    pub(super) fn cards(site: &SharedSite) -> Self {
        let empty = |count: usize| std::iter::repeat_with(Rendered::default).take(count).collect();
        let (pages, sections) = (empty(site.library.pages.len()), empty(site.library.sections.len()));
        Self::with_views(site, &Contents { pages, sections, ..Contents::default() }, BTreeMap::new())
    }

    /// A term, by the index of its taxonomy and its own.
    pub fn term(&self, taxonomy: usize, term: usize) -> Option<&Value> {
        self.taxonomies.get(taxonomy)?.1.as_array()?.get(term)
    }

    /// The HTML of a page's Markdown.
    pub fn page_html(&self, id: usize) -> Option<&str> {
        html(self.pages.get(id)?)
    }

    /// The HTML of a section's Markdown.
    pub fn section_html(&self, id: usize) -> Option<&str> {
        html(self.sections.get(id)?)
    }

    fn with_views(site: &SharedSite, contents: &Contents, views: pages::Views) -> Self {
        let pages = pages::pages(site, contents, &views);
        let sections = pages::sections(site, contents, &pages);
        let taxonomies = lists::taxonomies(site, &pages);
        let languages = || site.config.languages.iter().map(|language| language.code.clone());
        Self {
            taxonomies,
            homes: languages().filter_map(|lang| Some((lang.clone(), basics::home(site, &lang)?))).collect(),
            charts: views.into_iter().filter_map(|(key, view)| Some((key, view.main_chart?))).collect(),
            pages,
            sections,
        }
    }
}

fn html(value: &Value) -> Option<&str> {
    value.as_map()?.get(&Key::Str("content"))?.as_str()
}
