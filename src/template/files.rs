use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tera::Value;

use super::Leads;
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
    /// Every output that is there before layouts are rendered.
    outputs: OnceLock<BTreeMap<SitePath, Arc<[u8]>>>,
    /// Data files by where they came from.
    pub(super) data: Memo<(Origin, Format), Result<Value, (String, String)>>,
    /// Files that templates looked for, whether or not there are any.
    looked_for: Mutex<BTreeSet<SitePath>>,
    on_demand: OnceLock<Maker>,
    looked_into_texts: AtomicBool,
    /// Hashes of files by the number of SHA's bits.
    pub(super) hashes: Memo<(SitePath, u32), Arc<[u8]>>,
    /// The pictures that lead articles.
    pub(super) leads: OnceLock<Arc<Leads>>,
    /// Pictures.
    #[cfg(feature = "images")]
    pub(super) images: crate::asset::image::Images,
}

/// An output that was made when it was asked for.
#[derive(Clone, Debug)]
pub struct OnDemand {
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// Whether all texts are in it.
    pub of_texts: bool,
}

/// What makes outputs when they are asked for.
struct Maker(Box<dyn Fn(&SitePath) -> Option<OnDemand> + Send + Sync>);

impl fmt::Debug for Maker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Maker")
    }
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

    /// Lets layouts see the outputs that are there before them, and those that are made when a layout asks: search
    /// indexes and files of data.
    pub fn show(
        &self,
        outputs: impl IntoIterator<Item = (SitePath, Arc<[u8]>)>,
        on_demand: impl Fn(&SitePath) -> Option<OnDemand> + Send + Sync + 'static,
    ) {
        let _ = self.outputs.set(outputs.into_iter().collect());
        let _ = self.on_demand.set(Maker(Box::new(on_demand)));
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

    /// An output that is there before layouts, or can be.
    pub(super) fn made(&self, path: &SitePath) -> Option<Arc<[u8]>> {
        let made = self.stylesheets.get(path).or_else(|| self.outputs.get()?.get(path)).map(Arc::clone);
        made.or_else(|| {
            let made = (self.on_demand.get()?.0)(path)?;
            self.looked_into_texts.fetch_or(made.of_texts, Ordering::Relaxed);
            Some(made.bytes)
        })
    }

    /// Whether a template was given an output that all texts are in.
    pub fn looked_into_texts(&self) -> bool {
        self.looked_into_texts.load(Ordering::Relaxed)
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
