use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tera::Value;

use crate::asset::Receive;
use crate::data::Format;
use crate::diagnostic::Sink;
use crate::source::{Memo, Request, Snapshot};
use crate::text::SitePath;

/// What templates have asked of files: each answer is worked out once in a build.
#[derive(Debug, Default)]
pub struct Files {
    /// Stylesheets by their path in the output: made before anything is rendered.
    stylesheets: BTreeMap<SitePath, Arc<[u8]>>,
    /// Every output that is made before layouts are rendered, such as a search index.
    outputs: OnceLock<BTreeMap<SitePath, Arc<[u8]>>>,
    /// Data files by where they came from.
    pub(super) data: Memo<(Origin, Format), Result<Value, (String, String)>>,
    /// Files that templates looked for, whether or not there are any.
    looked_for: Mutex<BTreeSet<SitePath>>,
    /// Whether a template was given one of those outputs.
    saw_made: AtomicBool,
    /// Hashes of files by the number of SHA's bits.
    pub(super) hashes: Memo<(SitePath, u32), Arc<[u8]>>,
    /// Pictures.
    #[cfg(feature = "images")]
    pub(super) images: crate::asset::image::Images,
}

/// Where data came from.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Origin {
    File(SitePath),
    Address(Request),
    Literal(String),
}

impl Files {
    /// With the stylesheets of the site, by their path in the output.
    pub fn new(stylesheets: impl IntoIterator<Item = (SitePath, Arc<[u8]>)>) -> Self {
        Self { stylesheets: stylesheets.into_iter().collect(), ..Self::default() }
    }

    /// Lets layouts see the outputs that are there before them.
    pub fn show(&self, outputs: impl IntoIterator<Item = (SitePath, Arc<[u8]>)>) {
        let _ = self.outputs.set(outputs.into_iter().collect());
    }

    /// The bytes of a file of the site that a template looks for.
    pub(super) fn look_for(&self, path: &SitePath, snapshot: &Snapshot) -> Option<Arc<[u8]>> {
        self.looked_for.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone());
        snapshot.any_file(path)
    }

    /// Every file of the site that templates have looked for, whether or not there is one.
    pub fn looked_for(&self) -> BTreeSet<SitePath> {
        self.looked_for.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// An output that has been made so far.
    pub(super) fn made(&self, path: &SitePath) -> Option<&Arc<[u8]>> {
        let output = || self.outputs.get()?.get(path).inspect(|_| self.saw_made.store(true, Ordering::Relaxed));
        self.stylesheets.get(path).or_else(output)
    }

    /// Whether a template was given an output that is made before layouts are rendered, other than a stylesheet.
    pub fn saw_made(&self) -> bool {
        self.saw_made.load(Ordering::Relaxed)
    }

    /// Makes the files of these paths, which templates have ordered: pictures.
    #[cfg(feature = "images")]
    pub fn make_ordered(&self, ordered: &BTreeSet<SitePath>, snapshot: &Snapshot, receive: &dyn Receive, sink: &Sink) {
        self.images.make(ordered, snapshot, receive, sink);
    }

    /// The files that templates have ordered: without the feature `images` there are none.
    #[cfg(not(feature = "images"))]
    pub fn make_ordered(&self, _: &BTreeSet<SitePath>, _: &Snapshot, _: &dyn Receive, _: &Sink) {}
}
