//! The pages that browsers show now: those whose stream of events is open.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::text::SitePath;

/// The pages that browsers show now.
#[derive(Default)]
pub(super) struct OpenPages {
    /// How many streams each page has.
    counts: Mutex<BTreeMap<SitePath, usize>>,
}

impl OpenPages {
    #[cfg_attr(not(test), expect(dead_code, reason = "builds do not ask yet"))]
    /// The files of the pages that are open, such as `news/x/index.html`.
    pub(super) fn list(&self) -> Vec<SitePath> {
        self.counts().keys().cloned().collect()
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
        assert_eq!(pages.list(), [home.clone(), news.clone()]);
        drop(first);
        assert_eq!(pages.list(), [home, news.clone()]);
        drop(third);
        assert_eq!(pages.list(), [news]);
        drop(second);
        assert!(pages.list().is_empty());
    }
}
