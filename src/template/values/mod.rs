//! The values that templates see: built once, shared by every render.

mod basics;
mod body;
mod config;
mod derived;
mod extra;
mod figure;
mod indicator;
mod lists;
mod pages;
mod same;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use tera::Value;

use super::{SharedSite, Shown, Site};
use crate::chart::Chart;
use crate::content::{Library, LinkTarget, Page, Section, TermGroup};
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
    /// Pages as lists have them.
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
    contents: Contents,
    /// What of pages and sections is here.
    shown: Shown,
    /// Whether a page has one value, wherever it is seen; else the one that its own output sees is made for that.
    in_one: bool,
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

impl Contents {
    /// What links to a page or section.
    fn linking(&self, target: LinkTarget) -> &BTreeSet<LinkTarget> {
        static NOTHING: BTreeSet<LinkTarget> = BTreeSet::new();
        self.backlinks.get(&target).unwrap_or(&NOTHING)
    }
}

/// The values of the build before, of the same settings, and what they were made of.
pub struct Before {
    /// The values.
    pub values: Arc<Values>,
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
    /// Builds every value from the site and what its Markdown became, as far as templates can read it; those that are as
    /// before are taken from there.
    pub fn new(site: &SharedSite, contents: Contents, shown: Shown, before: Option<&Before>, heads_stand: bool) -> Self {
        Self::build(site, contents, shown, true, before, heads_stand)
    }

    /// The same without a build before or after it: what only a page's own output sees is made for that.
    pub fn once(site: &SharedSite, contents: Contents, shown: Shown) -> Self {
        Self::build(site, contents, shown, false, None, false)
    }

    fn build(
        site: &SharedSite,
        contents: Contents,
        shown: Shown,
        in_one: bool,
        before: Option<&Before>,
        heads_stand: bool,
    ) -> Self {
        let shown = if in_one { shown.in_one() } else { shown };
        let kept = Kept { before: before.filter(|before| before.values.shown == shown), heads_stand };
        let certain = before.filter(|_| heads_stand);
        let views = certain.map_or_else(|| Arc::new(indicator::views(site)), |before| Arc::clone(&before.values.views));
        Self::with_views(site, contents, shown, in_one, views, kept, Work::Shared)
    }

    /// Builds every value without the text of pages and without charts, for what is rendered before them.
    pub(super) fn cards(site: &SharedSite) -> Self {
        let empty = Arc::new(Body::default());
        let bodies = |count: usize| vec![Arc::clone(&empty); count];
        let (pages, sections) = (bodies(site.library.pages.len()), bodies(site.library.sections.len()));
        let contents = Contents { pages, sections, ..Contents::default() };
        // A thread that waits for them may be one that others wait for.
        let kept = Kept { before: None, heads_stand: false };
        Self::with_views(site, contents, Shown::everything(), true, Arc::default(), kept, Work::Alone)
    }

    /// What every page and section became.
    pub fn contents(&self) -> &Contents {
        &self.contents
    }

    /// A page as its own output sees it.
    pub fn page(&self, site: &Site, id: usize) -> Option<Value> {
        if self.in_one {
            return self.pages.get(id).cloned();
        }
        let page = site.library.pages.get(id)?;
        Some(pages::page_value(site, id, page, &self.contents, &self.views, &self.shown.own, &self.alone))
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
        let body = match target {
            LinkTarget::Page(id) => self.contents.pages.get(id),
            LinkTarget::Section(id) => self.contents.sections.get(id),
        };
        body.map(|body| &body.content)
    }

    fn with_views(
        site: &SharedSite,
        contents: Contents,
        shown: Shown,
        in_one: bool,
        views: Arc<Views>,
        kept: Kept<'_>,
        work: Work,
    ) -> Self {
        let library = &site.library;
        let linked_as_before = |before: &Before, target| before.values.contents.linking(target) == contents.linking(target);

        // What is as before: a page by itself, then with its neighbours, then the lists that have only such pages.
        let made = work.map(library.pages.len(), |id| {
            let (page, body) = (library.pages.get(id)?, contents.pages.get(id)?);
            let same_body =
                |before: &&Before| before.values.contents.pages.get(id).is_some_and(|before| Arc::ptr_eq(before, body));
            let certain = kept.certain().filter(same_body).filter(|before| linked_as_before(before, LinkTarget::Page(id)));
            if let Some(value) = certain.and_then(|before| before.values.alone.get(id)) {
                return Some((value.clone(), true));
            }
            let was = kept.page(id, page).and_then(|id| kept.before?.values.alone.get(id));
            Some(settled(was, pages::alone(site, id, page, &contents, &views, &shown.listed)))
        });
        let (alone, as_before): (Vec<Value>, Vec<bool>) = made.into_iter().unzip();
        let stands = |id: usize| as_before.get(id).copied().unwrap_or(false);
        let have_neighbours = shown.listed.reads_field("lower") || shown.listed.reads_field("higher");
        let made = work.map(library.pages.len(), |id| {
            let page = library.pages.get(id)?;
            if !have_neighbours {
                return Some((alone.get(id)?.clone(), stands(id)));
            }
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
            let same_body =
                |before: &&Before| before.values.contents.sections.get(id).is_some_and(|before| Arc::ptr_eq(before, body));
            let certain = kept.certain().filter(same_body).filter(|_| all_stand(&section.pages));
            let certain = certain.filter(|before| linked_as_before(before, LinkTarget::Section(id)));
            let was = kept.section(id, section).and_then(|id| kept.before?.values.sections.get(id));
            if let Some(value) = was.filter(|_| certain.is_some()) {
                return value.clone();
            }
            let list = basics::list(section.pages.iter().filter_map(|id| pages.get(*id).cloned()));
            let backlinks = pages::backlinks(site, contents.linking(LinkTarget::Section(id)));
            settled(was, pages::section_value(site, section, body, list, backlinks)).0
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
        Self { pages, sections, taxonomies, homes, views, alone, contents, shown, in_one }
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
