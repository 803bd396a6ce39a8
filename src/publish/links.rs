//! Static files that the output shares with the sources: one file on the disk under two names.

use std::fs;
use std::path::{Path, PathBuf};

use super::PublishError;
use super::files::Maker;
use crate::asset::StaticSources;
use crate::looks::Stat;

/// Which outputs have a source on disk.
pub(super) struct Links {
    statics: StaticSources,
    site_root: PathBuf,
    /// The file system that the output is on.
    device: Option<u64>,
}

/// The source of an output.
pub(super) struct Source {
    path: PathBuf,
    stat: Option<Stat>,
    /// Whether output and source are to be one file.
    pub(super) is_linked: bool,
}

impl Links {
    pub(super) fn new(statics: &StaticSources, site_root: &Path, output: &Path) -> Self {
        let device = output.ancestors().find_map(Stat::of_folder).map(|folder| folder.device);
        Self { statics: statics.clone(), site_root: site_root.to_owned(), device }
    }

    /// The source of an output, if it has one.
    pub(super) fn source(&self, path: &str) -> Option<Source> {
        let path = self.site_root.join(self.statics.files.get(path)?.as_str());
        let stat = Stat::of_file(&path);
        // On the same disk, and for everybody to read.
        let can_link = cfg!(unix) && stat.is_some_and(|stat| stat.mode & 0o444 == 0o444 && Some(stat.device) == self.device);
        Some(Source { path, stat, is_linked: self.statics.hard_link && can_link })
    }
}

impl Source {
    /// Whether a file of the output is the source itself exactly if it should be.
    pub(super) fn is_as_asked(&self, output: &Stat) -> bool {
        let is_one = cfg!(unix) && self.stat.is_some_and(|stat| (stat.device, stat.inode) == (output.device, output.inode));
        is_one == self.is_linked
    }
}

/// Puts a new file in its place: a link to its source if it should be one and has exactly these bytes, else the bytes.
pub(super) fn put(maker: Maker, source: Option<&Source>, bytes: &[u8], to: &Path) -> Result<(), PublishError> {
    let has_the_bytes = |source: &Source| {
        source.stat.is_some_and(|stat| stat.size == bytes.len() as u64)
            && fs::read(&source.path).is_ok_and(|found| found == bytes)
    };
    match source.filter(|source| source.is_linked) {
        Some(source) if has_the_bytes(source) && fs::hard_link(&source.path, to).is_ok() => Ok(()),
        _ => maker.write_new(to, bytes),
    }
}
