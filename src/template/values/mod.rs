//! The values that templates see: built once, shared by every render.

mod after;
mod archive;
mod base;
mod basics;
mod body;
mod config;
mod correction;
mod derived;
mod extra;
mod figure;
mod indicator;
mod lists;
mod pages;
mod related;
mod reuse;
mod same;
mod views;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use tera::Value;

use super::{Leads, SharedSite, Shown, Site};
use crate::chart::Chart;
use crate::content::{Archive, LinkTarget, TermGroup};
use crate::text::Lang;

pub use after::Before;
use base::Base;
pub(super) use basics::{data, list, maybe, text};
pub use basics::{object, table};
pub use body::Body;
pub(super) use config::config;
pub(super) use indicator::main_series;
pub use lists::{Pager, Translation};
pub(super) use pages::{page_card, section_card};
pub use same::same;
use views::{Views, made};

/// Everything that layouts may ask for, by index in the library. What was not made at once is made when it is asked for.
pub struct Values {
    /// Pages as lists have them.
    pages: Vec<OnceLock<Value>>,
    /// Sections with their pages.
    sections: Vec<OnceLock<Value>>,
    taxonomies: Vec<Taxonomy>,
    /// The home page of each language, in short.
    pub homes: BTreeMap<Lang, Value>,
    /// Indicators by slug and language.
    views: Arc<Views>,
    /// Pages without their neighbours.
    alone: Vec<OnceLock<Value>>,
    contents: Contents,
    /// What of pages and sections is here.
    shown: Shown,
    /// Whether a page has one value, wherever it is seen; else the one that its own output sees is made for that.
    in_one: bool,
    /// Where most of them are taken from.
    base: Option<Base>,
}

/// A taxonomy and its terms.
struct Taxonomy {
    settings: Value,
    /// All of them in one list.
    all: OnceLock<Value>,
    terms: Vec<OnceLock<Value>>,
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
    /// The pictures that lead articles.
    pub leads: Arc<Leads>,
}

impl Contents {
    /// What links to a page or section.
    fn linking(&self, target: LinkTarget) -> &BTreeSet<LinkTarget> {
        static NOTHING: BTreeSet<LinkTarget> = BTreeSet::new();
        self.backlinks.get(&target).unwrap_or(&NOTHING)
    }
}

impl Values {
    /// Builds every value from the site and what its Markdown became, as far as templates can read it, where there is no
    /// build before or after it: what only a page's own output sees is made for that.
    pub fn once(site: &SharedSite, contents: Contents, shown: Shown) -> Self {
        let values = Self::on_demand(site, contents, shown);
        (0..site.library.pages.len()).into_par_iter().for_each(|id| {
            values.listed(site, id);
        });
        values
    }

    /// The same, but nothing is made before it is asked for.
    pub fn on_demand(site: &SharedSite, contents: Contents, shown: Shown) -> Self {
        Self::unmade(site, contents, shown, false, Arc::new(Views::of(site)))
    }

    /// The values without the text of pages and without charts, for what is rendered before them.
    pub(super) fn cards(site: &SharedSite) -> Self {
        let empty = Arc::new(Body::default());
        let bodies = |count: usize| vec![Arc::clone(&empty); count];
        let (pages, sections) = (bodies(site.library.pages.len()), bodies(site.library.sections.len()));
        let contents = Contents { pages, sections, ..Contents::default() };
        Self::unmade(site, contents, Shown::everything(), true, Arc::default())
    }

    fn unmade(site: &Site, contents: Contents, shown: Shown, in_one: bool, views: Arc<Views>) -> Self {
        let unmade = |count: usize| (0..count).map(|_| OnceLock::new()).collect::<Vec<_>>();
        let taxonomy = |group: &TermGroup| Taxonomy {
            settings: lists::settings(site, group),
            all: OnceLock::new(),
            terms: unmade(group.terms.len()),
        };
        Self {
            pages: unmade(site.library.pages.len()),
            sections: unmade(site.library.sections.len()),
            taxonomies: site.library.taxonomies.iter().map(taxonomy).collect(),
            homes: basics::homes(site),
            views,
            alone: unmade(site.library.pages.len()),
            contents,
            shown,
            in_one,
            base: None,
        }
    }

    /// What every page and section became.
    pub fn contents(&self) -> &Contents {
        &self.contents
    }

    /// A page as its own output sees it.
    pub fn page(&self, site: &Site, id: usize) -> Option<Value> {
        if self.in_one {
            return self.listed(site, id).cloned();
        }
        let page = site.library.pages.get(id)?;
        let neighbour = |id| self.alone(site, id).cloned();
        Some(pages::page_value(site, id, page, &self.contents, &self.views, &self.shown.own, &neighbour))
    }

    /// A page as lists have it.
    pub fn listed(&self, site: &Site, id: usize) -> Option<&Value> {
        made(self.pages.get(id)?, || {
            if let Some(value) = self.base.as_ref().and_then(|base| base.listed(id)) {
                return Some(value.clone());
            }
            let (page, alone) = (site.library.pages.get(id)?, self.alone(site, id)?);
            let neighbour = |id| self.alone(site, id).cloned();
            Some(if has_neighbours(&self.shown) { pages::with_neighbours(page, alone, &neighbour) } else { alone.clone() })
        })
    }

    /// A page without its neighbours.
    fn alone(&self, site: &Site, id: usize) -> Option<&Value> {
        made(self.alone.get(id)?, || {
            if let Some(value) = self.base.as_ref().and_then(|base| base.alone(id)) {
                return Some(value.clone());
            }
            let page = site.library.pages.get(id)?;
            Some(pages::alone(site, id, page, &self.contents, &self.views, &self.shown.listed))
        })
    }

    /// A section with its pages.
    pub fn section(&self, site: &Site, id: usize) -> Option<&Value> {
        made(self.sections.get(id)?, || {
            let (section, body) = (site.library.sections.get(id)?, self.contents.sections.get(id)?);
            if let Some(value) = self.base.as_ref().and_then(|base| base.section(id, section)) {
                return Some(value.clone());
            }
            let pages = list(section.pages.iter().filter_map(|id| self.listed(site, *id).cloned()));
            let backlinks = pages::backlinks(site, self.contents.linking(LinkTarget::Section(id)));
            Some(pages::section_value(site, section, body, pages, backlinks))
        })
    }

    /// A taxonomy's settings.
    pub fn taxonomy(&self, id: usize) -> Option<&Value> {
        Some(&self.taxonomies.get(id)?.settings)
    }

    /// All terms of a taxonomy with their pages.
    pub fn terms(&self, site: &Site, id: usize) -> Option<&Value> {
        let taxonomy = self.taxonomies.get(id)?;
        made(&taxonomy.all, || {
            let count = taxonomy.terms.len();
            Some(list((0..count).filter_map(|term| self.term(site, id, term).cloned())))
        })
    }

    /// A term with its pages, by the index of its taxonomy and its own.
    pub fn term(&self, site: &Site, taxonomy: usize, term: usize) -> Option<&Value> {
        made(self.taxonomies.get(taxonomy)?.terms.get(term)?, || {
            let of_base = |base: &Base, pages| base.term(taxonomy, term, pages).cloned();
            let listing = site.library.taxonomies.get(taxonomy)?.terms.get(term)?;
            self.base.as_ref().and_then(|base| of_base(base, &listing.pages)).or_else(|| {
                let pages = list(listing.pages.iter().filter_map(|id| self.listed(site, *id).cloned()));
                Some(lists::term_value(site, listing, pages))
            })
        })
    }

    /// The archive of a language, or a year or month of it.
    pub fn archive(&self, site: &Site, archive: &Archive, year: Option<i16>, month: Option<i8>) -> Option<Value> {
        let pages = |ids: &[usize]| list(ids.iter().filter_map(|id| self.listed(site, *id).cloned()));
        let words = archive::Words::of(site, &archive.lang)?;
        match (year, month) {
            (Some(year), Some(month)) => words.month(archive, year, month, &pages),
            (Some(year), None) => words.year(archive, year, &pages),
            (None, _) => Some(words.whole(archive)),
        }
    }

    /// The chart of an indicator's main area in a language, for `chart.svg`.
    pub fn chart(&self, site: &Site, slug: &str, lang: &Lang) -> Option<&Chart> {
        self.views.chart(site, slug, lang)
    }

    /// The HTML of a page's or section's Markdown.
    pub fn text(&self, target: LinkTarget) -> Option<&Value> {
        if let Some(base) = self.base.as_ref().filter(|base| !base.differs(target)) {
            return base.values.text(target);
        }
        let body = match target {
            LinkTarget::Page(id) => self.contents.pages.get(id),
            LinkTarget::Section(id) => self.contents.sections.get(id),
        };
        body.map(|body| &body.content)
    }
}

/// Whether a page in a list has neighbours that any template reads.
fn has_neighbours(shown: &Shown) -> bool {
    shown.listed.reads_field("lower") || shown.listed.reads_field("higher")
}
