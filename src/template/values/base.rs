//! Values of the build before but for a few, for the pages that are shown before a build is done.

use std::collections::HashSet;
use std::sync::Arc;

use tera::Value;

use super::{Before, Contents, Values, has_neighbours};
use crate::content::{LinkTarget, Section};
use crate::template::{SharedSite, Shown};

/// The values of the build before, and which of them do not hold any more.
pub(super) struct Base {
    pub(super) values: Arc<Values>,
    /// The pages and sections whose texts are others.
    anew: HashSet<LinkTarget>,
    /// The pages that show one of these: they themselves and their neighbours.
    touched: HashSet<usize>,
}

impl Values {
    /// The values after a build since which no more than these texts changed; `None` if templates read other things now, or
    /// other pictures lead articles.
    pub fn but_for(
        site: &SharedSite,
        contents: Contents,
        shown: Shown,
        before: &Before,
        anew: HashSet<LinkTarget>,
    ) -> Option<Self> {
        let shown = shown.in_one();
        let values = Some(&before.values).filter(|values| values.in_one && values.shown == shown)?;
        if values.contents.leads != contents.leads {
            return None;
        }
        let pages = || anew.iter().filter_map(|target| if let LinkTarget::Page(id) = target { Some(*id) } else { None });
        let beside = |id: usize| site.library.pages.get(id).map(|page| [page.lower, page.higher]).into_iter().flatten().flatten();
        let neighbours = pages().flat_map(beside).filter(|_| has_neighbours(&shown));
        let touched = pages().chain(neighbours).collect();
        let base = Base { values: Arc::clone(values), anew, touched };
        Some(Self { base: Some(base), ..Self::unmade(site, contents, shown, true, Arc::clone(&values.views)) })
    }
}

impl Base {
    /// Whether a page or section has another text.
    pub(super) fn differs(&self, target: LinkTarget) -> bool {
        self.anew.contains(&target)
    }

    /// Whether none of these pages is another.
    fn stand(&self, pages: &[usize]) -> bool {
        !pages.iter().any(|id| self.touched.contains(id))
    }

    pub(super) fn alone(&self, id: usize) -> Option<&Value> {
        self.values.alone.get(id).filter(|_| !self.differs(LinkTarget::Page(id)))?.get()
    }

    pub(super) fn listed(&self, id: usize) -> Option<&Value> {
        self.values.pages.get(id).filter(|_| self.stand(&[id]))?.get()
    }

    pub(super) fn section(&self, id: usize, section: &Section) -> Option<&Value> {
        let stands = !self.differs(LinkTarget::Section(id)) && self.stand(&section.pages);
        self.values.sections.get(id).filter(|_| stands)?.get()
    }

    pub(super) fn term(&self, taxonomy: usize, term: usize, pages: &[usize]) -> Option<&Value> {
        self.values.taxonomies.get(taxonomy)?.terms.get(term).filter(|_| self.stand(pages))?.get()
    }
}
