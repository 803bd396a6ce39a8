use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jiff::Timestamp;

use super::{Memo, Stretch};
use crate::text::SitePath;

/// What lies around a site: more of its files, what was built last, the clock and the network.
///
/// A build asks it only where a template does. The answers are remembered, so that one build gets one answer to
/// one question, and `serve` knows what to watch.
pub trait Host: Send + Sync {
    /// A file of the site that no build reads by itself, such as `data/rates.csv`; `None` when there is none.
    fn file(&self, path: &SitePath) -> Option<Arc<[u8]>>;

    /// An output of the last build, as it was built; `None` when there is none, or when it has been changed since.
    fn last_output(&self, path: &SitePath) -> Option<Arc<[u8]>>;

    /// The moment of the build.
    fn now(&self) -> Timestamp;

    /// What another machine answers.
    ///
    /// # Errors
    /// With the reason, in words, when there is no answer.
    fn fetch(&self, request: &Request) -> Result<Arc<[u8]>, String>;
}

/// A question to another machine.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Request {
    /// The address.
    pub url: String,
    /// What is sent by POST: the body and its content type; GET when `None`.
    pub body: Option<(String, String)>,
    /// Headers: name and value.
    pub headers: Vec<(String, String)>,
}

/// A host and the answers that it gave.
#[derive(Clone)]
pub(super) struct Around(Arc<Memory>);

struct Memory {
    host: Box<dyn Host>,
    now: OnceLock<Timestamp>,
    /// Whether somebody asked what the moment is.
    asked_now: AtomicBool,
    /// How long the answers hold to those who asked what has come.
    stretch: Mutex<Stretch>,
    files: Memo<SitePath, Option<Arc<[u8]>>>,
    fetched: Memo<Request, Result<Arc<[u8]>, String>>,
}

impl fmt::Debug for Around {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Around")
    }
}

impl Around {
    pub(super) fn new(host: Box<dyn Host>) -> Self {
        let (now, asked_now, stretch) = (OnceLock::new(), AtomicBool::new(false), Mutex::default());
        Self(Arc::new(Memory { host, now, asked_now, stretch, files: Memo::default(), fetched: Memo::default() }))
    }

    pub(super) fn last_output(&self, path: &SitePath) -> Option<Arc<[u8]>> {
        self.0.host.last_output(path)
    }

    pub(super) fn now(&self) -> Timestamp {
        self.0.asked_now.store(true, Ordering::Relaxed);
        self.moment()
    }

    pub(super) fn has_come(&self, moment: Timestamp) -> bool {
        let now = self.moment();
        let mut stretch = self.0.stretch.lock().unwrap_or_else(PoisonError::into_inner);
        *stretch = stretch.and(Stretch::asked(moment, now));
        moment <= now
    }

    pub(super) fn stretch(&self) -> Stretch {
        *self.0.stretch.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn asked_now(&self) -> bool {
        self.0.asked_now.load(Ordering::Relaxed)
    }

    pub(super) fn moment(&self) -> Timestamp {
        *self.0.now.get_or_init(|| self.0.host.now())
    }

    pub(super) fn file(&self, path: &SitePath) -> Option<Arc<[u8]>> {
        self.0.files.get(path.clone(), || self.0.host.file(path))
    }

    pub(super) fn fetch(&self, request: &Request) -> Result<Arc<[u8]>, String> {
        self.0.fetched.get(request.clone(), || self.0.host.fetch(request))
    }

    pub(super) fn is_timeless(&self) -> bool {
        !self.asked_now() && self.0.fetched.known().is_empty()
    }

    pub(super) fn files_asked(&self) -> BTreeMap<SitePath, Option<Arc<[u8]>>> {
        self.0.files.known()
    }
}
