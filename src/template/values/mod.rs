//! The values that templates see: built once, shared by every render.

mod basics;
mod body;
mod config;
mod figure;
mod indicator;
mod lists;
mod pages;
mod same;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use tera::Value;
use tera::value::Key;

use super::SharedSite;
use crate::chart::Chart;
use crate::content::{Library, LinkTarget, Page, Section, TermGroup};
use crate::markdown::Rendered;
use crate::text::{Lang, SitePath};

pub(super) use basics::{data, text};
pub use basics::{object, table};
pub use body::Body;
pub(super) use config::config;
pub(super) use indicator::IndicatorView;
pub use lists::{Pager, Translation};
use pages::Views;
pub(super) use pages::{page_card, section_card};
pub use same::same;

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
    /// Indicators by slug and language.
    views: Arc<Views>,
    /// Pages without their neighbours.
    alone: Vec<Value>,
}

/// What every page and section became.
#[derive(Clone, Default, Debug)]
pub struct Contents {
    /// Pages, by index in the library.
    pub pages: Vec<Arc<Body>>,
    /// Sections, by index in the library.
    pub sections: Vec<Arc<Body>>,
    /// For each page and section that is linked to, those that link to it.
    pub backlinks: BTreeMap<LinkTarget, BTreeSet<LinkTarget>>,
}

/// The values of the build before, of the same settings, and what they were made of.
pub struct Before {
    /// The values.
    pub values: Arc<Values>,
    /// What every page and section was.
    pub contents: Contents,
    /// All content then.
    pub library: Library,
}

/// How far values of the build before can be taken.
#[derive(Clone, Copy)]
struct Kept<'a> {
    before: Option<&'a Before>,
    /// Whether all front matter is as it was; then pages have the indices that they had.
    heads_stand: bool,
}

impl<'a> Kept<'a> {
    /// The build before, where it needs no look at a value to know that it is the same.
    fn certain(self) -> Option<&'a Before> {
        self.before.filter(|_| self.heads_stand)
    }

    /// What the index of a page was.
    fn page(self, id: usize, page: &Page) -> Option<usize> {
        match self.target(&page.source.path) {
            Some(LinkTarget::Page(id)) => Some(id),
            _ => self.heads_stand.then_some(id),
        }
    }

    /// What the index of a section was.
    fn section(self, id: usize, section: &Section) -> Option<usize> {
        match self.target(&section.source.path) {
            Some(LinkTarget::Section(id)) => Some(id),
            _ => self.heads_stand.then_some(id),
        }
    }

    /// What a file was, where indices may be others.
    fn target(self, path: &SitePath) -> Option<LinkTarget> {
        self.before.filter(|_| !self.heads_stand)?.library.by_file(path.below("content")?)
    }
}

/// A value, or the one of before if no template can tell them apart: so that what shares it sees at once that it is the
/// same.
fn settled(was: Option<&Value>, is: Value) -> (Value, bool) {
    match was.filter(|was| same(was, &is)) {
        Some(was) => (was.clone(), true),
        None => (is, false),
    }
}

impl Values {
    /// Builds every value from the site and what its Markdown became; those that are as before are taken from there.
    pub fn new(site: &SharedSite, contents: &Contents, before: Option<&Before>, heads_stand: bool) -> Self {
        let kept = Kept { before, heads_stand };
        let views = kept.certain().map_or_else(|| Arc::new(indicator::views(site)), |before| Arc::clone(&before.values.views));
        Self::with_views(site, contents, views, kept, Work::Shared)
    }

    /// Builds every value without the text of pages and without charts, for what is rendered before them.
    pub(super) fn cards(site: &SharedSite) -> Self {
        let empty = Arc::new(Body::new(Rendered::default(), ""));
        let bodies = |count: usize| vec![Arc::clone(&empty); count];
        let (pages, sections) = (bodies(site.library.pages.len()), bodies(site.library.sections.len()));
        let contents = Contents { pages, sections, ..Contents::default() };
        // A thread that waits for them may be one that others wait for.
        Self::with_views(site, &contents, Arc::default(), Kept { before: None, heads_stand: false }, Work::Alone)
    }

    /// A term, by the index of its taxonomy and its own.
    pub fn term(&self, taxonomy: usize, term: usize) -> Option<&Value> {
        self.taxonomies.get(taxonomy)?.1.as_array()?.get(term)
    }

    /// The chart of an indicator's main area in a language, for `chart.svg`.
    pub fn chart(&self, slug: &str, lang: &Lang) -> Option<&Chart> {
        self.views.get(&(slug.to_owned(), lang.clone()))?.main_chart.as_ref()
    }

    /// The HTML of a page's or section's Markdown.
    pub fn text(&self, target: LinkTarget) -> Option<&Value> {
        let value = match target {
            LinkTarget::Page(id) => self.pages.get(id),
            LinkTarget::Section(id) => self.sections.get(id),
        };
        value?.as_map()?.get(&Key::Str("content"))
    }

    fn with_views(site: &SharedSite, contents: &Contents, views: Arc<Views>, kept: Kept<'_>, work: Work) -> Self {
        let library = &site.library;
        let nobody = BTreeSet::new();
        let linking = |target: LinkTarget| contents.backlinks.get(&target).unwrap_or(&nobody);
        let backlinks = |target| pages::backlinks(site, linking(target));
        let linked_as_before =
            |before: &Before, target| before.contents.backlinks.get(&target).unwrap_or(&nobody) == linking(target);

        // What is as before: a page by itself, then with its neighbours, then the lists that have only such pages.
        let made = work.map(library.pages.len(), |id| {
            let (page, body) = (library.pages.get(id)?, contents.pages.get(id)?);
            let same_body = |before: &&Before| before.contents.pages.get(id).is_some_and(|before| Arc::ptr_eq(before, body));
            let certain = kept.certain().filter(same_body).filter(|before| linked_as_before(before, LinkTarget::Page(id)));
            if let Some(value) = certain.and_then(|before| before.values.alone.get(id)) {
                return Some((value.clone(), true));
            }
            let was = kept.page(id, page).and_then(|id| kept.before?.values.alone.get(id));
            Some(settled(was, pages::alone(site, id, page, body, backlinks(LinkTarget::Page(id)), &views)))
        });
        let (alone, as_before): (Vec<Value>, Vec<bool>) = made.into_iter().unzip();
        let stands = |id: usize| as_before.get(id).copied().unwrap_or(false);
        let made = work.map(library.pages.len(), |id| {
            let page = library.pages.get(id)?;
            let was = kept.page(id, page).and_then(|id| kept.before?.values.pages.get(id));
            let all_stand = || [Some(id), page.lower, page.higher].into_iter().flatten().all(stands);
            if let Some(value) = was.filter(|_| kept.heads_stand && all_stand()) {
                return Some((value.clone(), true));
            }
            Some(settled(was, pages::with_neighbours(page, &alone, id)))
        });
        let (pages, as_before): (Vec<Value>, Vec<bool>) = made.into_iter().unzip();
        let all_stand = |ids: &[usize]| kept.heads_stand && ids.iter().all(|id| as_before.get(*id).copied().unwrap_or(false));

        let section = |(id, (section, body)): (usize, (&Arc<Section>, &Arc<Body>))| {
            let same_body = |before: &&Before| before.contents.sections.get(id).is_some_and(|before| Arc::ptr_eq(before, body));
            let certain = kept.certain().filter(same_body).filter(|_| all_stand(&section.pages));
            let certain = certain.filter(|before| linked_as_before(before, LinkTarget::Section(id)));
            let was = kept.section(id, section).and_then(|id| kept.before?.values.sections.get(id));
            if let Some(value) = was.filter(|_| certain.is_some()) {
                return value.clone();
            }
            let list = basics::list(section.pages.iter().filter_map(|id| pages.get(*id).cloned()));
            settled(was, pages::section_value(site, section, body, list, backlinks(LinkTarget::Section(id)))).0
        };
        let sections = library.sections.iter().zip(&contents.sections).enumerate().map(section).collect();

        let taxonomy = |(id, group): (usize, &TermGroup)| {
            let was = kept.before.and_then(|before| before.values.taxonomies.get(id));
            if let Some(was) = was.filter(|_| kept.heads_stand && group.terms.iter().all(|term| all_stand(&term.pages))) {
                return was.clone();
            }
            let before = kept.before.and_then(|before| before.library.taxonomies.get(id));
            let terms = group.terms.iter().map(|term| {
                let at = before.and_then(|before| before.position(&term.slug));
                let was = at.zip(was).and_then(|(at, (_, terms))| terms.as_array()?.get(at));
                match was.filter(|_| all_stand(&term.pages)) {
                    Some(was) => was.clone(),
                    None => settled(was, lists::term_value(site, term, &pages)).0,
                }
            });
            let settings = lists::taxonomy_settings(&group.taxonomy, Some(&site.config.permalink(&group.path)));
            (settings, basics::list(terms))
        };
        let taxonomies = library.taxonomies.iter().enumerate().map(taxonomy).collect();
        let languages = site.config.languages.iter().map(|language| language.code.clone());
        let homes = languages.filter_map(|lang| Some((lang.clone(), basics::home(site, &lang)?))).collect();
        Self { pages, sections, taxonomies, homes, views, alone }
    }
}

/// Who does a piece of work.
#[derive(Clone, Copy)]
enum Work {
    Shared,
    Alone,
}

impl Work {
    /// What each of so many becomes.
    fn map<T: Send>(self, count: usize, make: impl Fn(usize) -> Option<T> + Sync + Send) -> Vec<T> {
        match self {
            Self::Shared => (0..count).into_par_iter().filter_map(make).collect(),
            Self::Alone => (0..count).filter_map(make).collect(),
        }
    }
}
