//! The pages that somebody looks at: those whose stream of events is open, and those asked for last.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::text::SitePath;

/// So many pages that were asked for last are remembered.
const LAST: usize = 8;

/// The pages that somebody looks at.
#[derive(Default)]
pub(super) struct OpenPages {
    /// How many streams each page has.
    counts: Mutex<BTreeMap<SitePath, usize>>,
    /// The pages that were asked for last, the newest one first.
    last: Mutex<VecDeque<SitePath>>,
}

impl OpenPages {
    /// The files of these pages, such as `news/x/index.html`.
    pub(super) fn list(&self) -> BTreeSet<SitePath> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        self.counts().keys().chain(&*last).cloned().collect()
    }

    /// Notes that a page was asked for.
    pub(super) fn ask(&self, page: &SitePath) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.retain(|other| other != page);
        last.push_front(page.clone());
        last.truncate(LAST);
    }

    /// Counts a page as open for as long as the answer lives.
    pub(super) fn open(self: &Arc<Self>, page: SitePath) -> OpenPage {
        *self.counts().entry(page.clone()).or_default() += 1;
        OpenPage { page, all: Arc::clone(self) }
    }

    fn counts(&self) -> MutexGuard<'_, BTreeMap<SitePath, usize>> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One stream of a page.
pub(super) struct OpenPage {
    page: SitePath,
    all: Arc<OpenPages>,
}

impl Drop for OpenPage {
    fn drop(&mut self) {
        let mut counts = self.all.counts();
        if let Some(count) = counts.get_mut(&self.page) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.page);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_open_as_long_as_one_of_its_streams() {
        let pages = Arc::new(OpenPages::default());
        let (news, home) = (SitePath::new("news/index.html"), SitePath::new("index.html"));
        let first = pages.open(news.clone());
        let second = pages.open(news.clone());
        let third = pages.open(home.clone());
        assert_eq!(pages.list(), [home.clone(), news.clone()].into());
        drop(first);
        assert_eq!(pages.list(), [home, news.clone()].into());
        drop(third);
        assert_eq!(pages.list(), [news].into());
        drop(second);
        assert!(pages.list().is_empty());
    }
    #[test]
    fn the_pages_that_were_asked_for_last_are_remembered() {
        let pages = OpenPages::default();
        (0..20).for_each(|number| pages.ask(&SitePath::new(&format!("{}/index.html", number % 10))));
        pages.ask(&SitePath::new("3/index.html"));
        let names: Vec<String> = pages.list().iter().map(ToString::to_string).collect();
        assert_eq!(names.len(), LAST);
        assert!(names.iter().any(|name| name == "3/index.html") && names.iter().any(|name| name == "9/index.html"));
    }
}
