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
    /// Whether a build has left a ledger that is not on disk.
    pub(super) is_new: bool,
    /// How the files of the site look now, where that is not on disk.
    looks: Option<Times>,
}

/// What the file with front matter begins with: another program may read it in another way.
const PROGRAM: &str = concat!("tinso heads ", env!("CARGO_PKG_VERSION"), " ", env!("TINSO_BUILD"), "\n");

impl Cache {
    /// Opens it; without what times tell, every file is read.
    pub(super) fn open(site_root: &Path, read_all: bool) -> Self {
        let folder = folder(site_root);
        let sources = if read_all { Times::default() } else { read_looks(&folder) };
        let ledger = fs::read(folder.join("ledger")).ok().and_then(|bytes| Ledger::from_bytes(&bytes));
        let (ledger, heads) = (ledger.unwrap_or_default(), RecordedHeads::default());
        Self { moment: looks::moment(&folder), folder, sources, ledger, heads, is_new: false, looks: None }
    }

    /// Reads the front matter that builds have read.
    pub(super) fn read_heads(&mut self) {
        self.heads = read_heads(&self.folder);
    }

    /// Takes down how the files of the site looked, and what was in them: not what the ledger says, which a build with errors
    /// leaves as it was.
    pub(super) fn saw(&mut self, found: &Found, digests: &Digests) {
        self.looks = self.moment.as_ref().and_then(|moment| found.looks(moment, digests));
    }

    /// Keeps on disk what is new.
    pub(super) fn keep(&mut self) {
        if self.is_new {
            looks::put(&self.folder.join("ledger"), |out| self.ledger.write(out));
        }
        if self.is_new && self.heads.are_new() {
            keep_heads(&self.folder, &self.heads);
        }
        if let Some(looks) = self.looks.take() {
            keep_looks(&self.folder, looks);
        }
    }
}

/// Where the cache of a site is.
pub(super) fn folder(site_root: &Path) -> PathBuf {
    site_root.join(".tinso/cache")
}

/// How the files of a site looked, by a cache.
pub(super) fn read_looks(folder: &Path) -> Times {
    Times::read(&folder.join("sources"), Path::new(""))
}

/// Puts how the files of a site look into a cache.
pub(super) fn keep_looks(folder: &Path, looks: Times) {
    looks.save(&folder.join("sources"), Path::new(""));
}

/// The front matter in a cache, as it was read.
pub(super) fn read_heads(folder: &Path) -> RecordedHeads {
    let heads = fs::read(folder.join("heads")).ok().and_then(|bytes| RecordedHeads::from_bytes(bytes, PROGRAM));
    heads.unwrap_or_default()
}

/// Puts front matter, as it was read, into a cache.
pub(super) fn keep_heads(folder: &Path, heads: &RecordedHeads) {
    looks::put(&folder.join("heads"), |out| heads.write(PROGRAM, out));
}
