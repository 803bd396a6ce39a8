use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use super::StaticSources;
use crate::markdown::WrittenLink;
use crate::text::SitePath;

/// Takes the files of a build, each as soon as it is made.
pub trait Receive: Sync {
    /// Says once, before the first file, which of them are static files of the site.
    fn statics(&self, _sources: &StaticSources) {}

    /// Says where the Markdown of a page leads, before any file that needs a template: the site's address, the page's own
    /// below it, and its links. Not in a build to be served.
    fn links(&self, _base_url: &str, _page: &str, _links: &[WrittenLink]) {}

    /// Which files are to be made before all others.
    fn first(&self) -> BTreeSet<SitePath> {
        BTreeSet::new()
    }

    /// Says that those are made, and all files that need no template before them, and whether they may be shown: no error
    /// was found so far, and every picture in them was there before.
    fn first_made(&self, _good: bool) {}

    /// Takes a file, from any thread; the last one under a path counts.
    fn receive(&self, path: &SitePath, bytes: Arc<[u8]>);
}

/// Keeps them.
impl Receive for Mutex<BTreeMap<SitePath, Arc<[u8]>>> {
    fn receive(&self, path: &SitePath, bytes: Arc<[u8]>) {
        self.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone(), bytes);
    }
}
