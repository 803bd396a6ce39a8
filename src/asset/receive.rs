use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use super::StaticSources;
use crate::markdown::WrittenLink;
use crate::text::SitePath;

/// A piece of work that one thread does in a stage of a build.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Piece<'a> {
    /// The Markdown of a content file becomes HTML.
    Body(&'a SitePath),
    /// An output is rendered by a template.
    Output(&'a SitePath, &'a str),
    /// A file of an indicator's data is made.
    Data(&'a SitePath),
    /// A picture is made of another.
    Picture(&'a SitePath),
}

/// Takes the files of a build, each as soon as it is made, and hears how the build goes on.
pub trait Receive: Sync {
    /// Says that a stage of the build begins, and that the one before it is over.
    fn stage(&self, _name: &'static str) {}

    /// Says that this thread begins a piece of work.
    fn begin(&self, _piece: Piece<'_>) {}

    /// Says that this thread has done the piece of work that it began last.
    fn end(&self) {}

    /// Whether it is to be explained how an output comes to be, by its path and what it is made from.
    fn asks_about(&self, _path: &SitePath, _origin: &str) -> bool {
        false
    }

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

    /// Whether a file of the last build stands with the bytes of this digest (XXH3-128); then it counts as handed over,
    /// unless one comes under its path.
    fn stands(&self, _path: &SitePath, _digest: u128) -> bool {
        false
    }

    /// Takes a file, from any thread; the last one under a path counts.
    fn receive(&self, path: &SitePath, bytes: Arc<[u8]>);
}

impl dyn Receive + '_ {
    /// Does a piece of work between [`Receive::begin`] and [`Receive::end`].
    pub fn hears_of<T>(&self, piece: Piece<'_>, work: impl FnOnce() -> T) -> T {
        self.begin(piece);
        let done = work();
        self.end();
        done
    }
}

/// Keeps them.
impl Receive for Mutex<BTreeMap<SitePath, Arc<[u8]>>> {
    fn receive(&self, path: &SitePath, bytes: Arc<[u8]>) {
        self.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone(), bytes);
    }
}
