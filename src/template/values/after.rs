//! Values after a build before: what is as it was is the same in memory, so that comparing is comparing addresses.

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use tera::Value;

use super::views::Views;
use super::{Body, Contents, Taxonomy, Values, basics, has_neighbours, lists, pages, same};
use crate::content::{Library, LinkTarget, Page, Section, Term, TermGroup};
use crate::template::{SharedSite, Shown};
use crate::text::SitePath;

/// The values of the build before, of the same settings, and what they were made of.
pub struct Before {
    /// The values.
    pub values: Arc<Values>,
    /// All content then.
    pub library: Arc<Library>,
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
        let shown = shown.in_one();
        let kept = Kept { before: before.filter(|before| before.values.shown == shown), heads_stand };
        let certain = before.filter(|_| heads_stand);
        let views = certain.map_or_else(|| Arc::new(Views::of(site)), |before| Arc::clone(&before.values.views));
        let library = &site.library;
        let linked_as_before = |before: &Before, target| before.values.contents.linking(target) == contents.linking(target);

        // What is as before: a page by itself, then with its neighbours, then the lists that have only such pages.
        let made = map(library.pages.len(), |id| {
            let (page, body) = (library.pages.get(id)?, contents.pages.get(id)?);
            let same_body =
                |before: &&Before| before.values.contents.pages.get(id).is_some_and(|before| Arc::ptr_eq(before, body));
            let certain = kept.certain().filter(same_body).filter(|before| linked_as_before(before, LinkTarget::Page(id)));
            let certain = certain.filter(|before| before.values.contents.leads.get(id) == contents.leads.get(id));
            if let Some(value) = certain.and_then(|before| at(&before.values.alone, id)) {
                return Some((value.clone(), true));
            }
            let was = kept.page(id, page).and_then(|id| at(&kept.before?.values.alone, id));
            Some(settled(was, pages::alone(site, id, page, &contents, &views, &shown.listed)))
        });
        let (alone, as_before): (Vec<Value>, Vec<bool>) = made.into_iter().unzip();
        let stands = |id: usize| as_before.get(id).copied().unwrap_or(false);
        let have_neighbours = has_neighbours(&shown);
        let neighbour = |id: usize| alone.get(id).cloned();
        let made = map(library.pages.len(), |id| {
            let page = library.pages.get(id)?;
            if !have_neighbours {
                return Some((alone.get(id)?.clone(), stands(id)));
            }
            let was = kept.page(id, page).and_then(|id| at(&kept.before?.values.pages, id));
            let all_stand = || [Some(id), page.lower, page.higher].into_iter().flatten().all(stands);
            if let Some(value) = was.filter(|_| kept.heads_stand && all_stand()) {
                return Some((value.clone(), true));
            }
            Some(settled(was, pages::with_neighbours(page, alone.get(id)?, &neighbour)))
        });
        let (pages, as_before): (Vec<Value>, Vec<bool>) = made.into_iter().unzip();
        let all_stand = |ids: &[usize]| kept.heads_stand && ids.iter().all(|id| as_before.get(*id).copied().unwrap_or(false));

        let section = |(id, (section, body)): (usize, (&Arc<Section>, &Arc<Body>))| {
            let same_body =
                |before: &&Before| before.values.contents.sections.get(id).is_some_and(|before| Arc::ptr_eq(before, body));
            let certain = kept.certain().filter(same_body).filter(|_| all_stand(&section.pages));
            let certain = certain.filter(|before| linked_as_before(before, LinkTarget::Section(id)));
            let was = kept.section(id, section).and_then(|id| at(&kept.before?.values.sections, id));
            if let Some(value) = was.filter(|_| certain.is_some()) {
                return value.clone();
            }
            let list = basics::list(section.pages.iter().filter_map(|id| pages.get(*id).cloned()));
            let backlinks = pages::backlinks(site, contents.linking(LinkTarget::Section(id)));
            settled(was, pages::section_value(site, section, body, list, backlinks)).0
        };
        let sections = ready(library.sections.iter().zip(&contents.sections).enumerate().map(section).collect());

        let taxonomy = |(id, group): (usize, &TermGroup)| {
            let was = kept.before.and_then(|before| before.values.taxonomies.get(id)?.all.get());
            let before = kept.before.and_then(|before| before.library.taxonomies.get(id));
            let term = |term: &Term| {
                let at = before.and_then(|before| before.position(&term.slug));
                let was = at.zip(was).and_then(|(at, terms)| terms.as_array()?.get(at));
                let value = || {
                    let pages = term.pages.iter().filter_map(|id| pages.get(*id).cloned());
                    settled(was, lists::term_value(site, term, basics::list(pages))).0
                };
                was.filter(|_| all_stand(&term.pages)).cloned().unwrap_or_else(value)
            };
            let all_stand = kept.heads_stand && group.terms.iter().all(|term| all_stand(&term.pages));
            let all = was.filter(|_| all_stand).cloned().unwrap_or_else(|| basics::list(group.terms.iter().map(term)));
            let terms = all.as_array().unwrap_or_default().to_vec();
            Taxonomy { settings: lists::settings(site, group), all: all.into(), terms: ready(terms) }
        };
        let taxonomies = library.taxonomies.iter().enumerate().map(taxonomy).collect();
        let (pages, alone) = (ready(pages), ready(alone));
        Self { pages, sections, taxonomies, homes: basics::homes(site), views, alone, contents, shown, in_one: true, base: None }
    }
}

fn ready(values: Vec<Value>) -> Vec<OnceLock<Value>> {
    values.into_iter().map(OnceLock::from).collect()
}

fn at(values: &[OnceLock<Value>], id: usize) -> Option<&Value> {
    values.get(id)?.get()
}

fn map<T: Send>(count: usize, make: impl Fn(usize) -> Option<T> + Sync + Send) -> Vec<T> {
    (0..count).into_par_iter().filter_map(make).collect()
}
