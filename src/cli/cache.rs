//! What builds of a site keep on disk for the next one: `.tinso/cache`.
//!
//! The ledger holds for any machine, so a CI job may carry the folder from run to run; how files looked holds for this one.
//! All of it may be deleted at any time, and whatever is damaged or of another version is as good as deleted.

use std::fs;
use std::path::{Path, PathBuf};

use crate::build::Ledger;
use crate::looks::{self, Stat, Times};
use crate::source::Found;

/// The cache of a site.
pub(super) struct Cache {
    folder: PathBuf,
    /// A moment before the files of the site were looked at.
    moment: Option<Stat>,
    /// How they looked.
    pub(super) sources: Times,
    /// What the last build has left.
    pub(super) ledger: Ledger,
}

impl Cache {
    /// Opens it; without what times tell, every file is read.
    pub(super) fn open(site_root: &Path, read_all: bool) -> Self {
        let folder = site_root.join(".tinso/cache");
        let sources = if read_all { Times::default() } else { Times::read(&folder.join("sources"), Path::new("")) };
        let ledger = fs::read(folder.join("ledger")).ok().and_then(|bytes| Ledger::from_bytes(&bytes));
        Self { moment: looks::moment(&folder), folder, sources, ledger: ledger.unwrap_or_default() }
    }

    /// Keeps the ledger.
    pub(super) fn keep_ledger(&self) {
        looks::put(&self.folder.join("ledger"), &self.ledger.to_bytes());
    }

    /// Keeps how the files of the site looked.
    pub(super) fn keep_looks(&self, found: &Found) {
        let looks = self.moment.as_ref().and_then(|moment| found.looks(moment, self.ledger.sources()));
        if let Some(looks) = looks {
            looks.save(&self.folder.join("sources"), Path::new(""));
        }
    }
}
