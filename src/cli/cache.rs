//! What builds of a site keep on disk for the next one: `.tinso/cache`.
//!
//! The ledger holds for any machine, so a CI job may carry the folder from run to run; how files looked holds for this one.
//! All of it may be deleted at any time, and whatever is damaged or of another version is as good as deleted.

use std::fs;
use std::path::{Path, PathBuf};

use crate::build::{Ledger, RecordedHeads};
use crate::looks::{self, Stat, Times};
use crate::source::{Digests, Found};

/// The cache of a site.
pub(super) struct Cache {
    folder: PathBuf,
    /// A moment before the files of the site were looked at.
    moment: Option<Stat>,
    /// How they looked.
    pub(super) sources: Times,
    /// What the last build has left.
    pub(super) ledger: Ledger,
    /// Front matter as builds have read it; not read from disk before it is needed.
    pub(super) heads: RecordedHeads,
}

/// What the file with front matter begins with: another program may read it in another way.
const PROGRAM: &str = concat!("tinso heads ", env!("CARGO_PKG_VERSION"), " ", env!("TINSO_BUILD"), "\n");

impl Cache {
    /// Opens it; without what times tell, every file is read.
    pub(super) fn open(site_root: &Path, read_all: bool) -> Self {
        let folder = site_root.join(".tinso/cache");
        let sources = if read_all { Times::default() } else { Times::read(&folder.join("sources"), Path::new("")) };
        let ledger = fs::read(folder.join("ledger")).ok().and_then(|bytes| Ledger::from_bytes(&bytes));
        let (ledger, heads) = (ledger.unwrap_or_default(), RecordedHeads::default());
        Self { moment: looks::moment(&folder), folder, sources, ledger, heads }
    }

    /// Reads the front matter that builds have read.
    pub(super) fn read_heads(&mut self) {
        let heads = fs::read(self.folder.join("heads")).ok().and_then(|bytes| RecordedHeads::from_bytes(bytes, PROGRAM));
        self.heads = heads.unwrap_or_default();
    }

    /// Keeps what a build has left.
    pub(super) fn keep(&self) {
        looks::put(&self.folder.join("ledger"), &self.ledger.to_bytes());
        if self.heads.are_new() {
            looks::put(&self.folder.join("heads"), &self.heads.to_bytes(PROGRAM));
        }
    }

    /// Keeps how the files of the site looked, and what was in them: not what the ledger says, which a build with errors
    /// leaves as it was.
    pub(super) fn keep_looks(&self, found: &Found, digests: &Digests) {
        let looks = self.moment.as_ref().and_then(|moment| found.looks(moment, digests));
        if let Some(looks) = looks {
            looks.save(&self.folder.join("sources"), Path::new(""));
        }
    }
}
