//! Static files that the output shares with the sources: one file on the disk under two names.

use std::fs;
use std::path::{Path, PathBuf};

use super::files::{set_mode, write_new};
use super::{PublishError, plan::stands};
use crate::asset::StaticSources;

/// Which outputs have a source on disk.
pub(super) struct Links<'a> {
    statics: &'a StaticSources,
    site_root: &'a Path,
}

impl<'a> Links<'a> {
    pub(super) fn new(statics: &'a StaticSources, site_root: &'a Path) -> Self {
        Self { statics, site_root }
    }

    /// The source of an output, and whether they are to be one file.
    pub(super) fn source(&self, path: &str, output: &Path) -> Option<(PathBuf, bool)> {
        let source = self.site_root.join(self.statics.files.get(path)?.as_str());
        let wanted = self.statics.hard_link && can_link(&source, output);
        Some((source, wanted))
    }
}

/// Puts a new file in its place: a link to its source if there is one with exactly these bytes, else the bytes.
pub(super) fn put(source: Option<&PathBuf>, bytes: &[u8], to: &Path) -> Result<(), PublishError> {
    match source {
        Some(source) if stands(source, bytes) && fs::hard_link(source, to).is_ok() => Ok(()),
        _ => write_new(to, bytes),
    }
}

/// Gives an unchanged file the mode of an output, but for one that is also a source: its mode is the writer's.
pub(super) fn set_mode_of(path: &Path, is_source: bool) -> Result<(), PublishError> {
    if is_source { Ok(()) } else { set_mode(path, 0o644) }
}

/// Whether a source may be a file of the output, too: on the same disk, and for everybody to read.
#[cfg(unix)]
fn can_link(source: &Path, output: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let folder = output.ancestors().find_map(|folder| fs::metadata(folder).ok());
    let same_disk = |file: &fs::Metadata| folder.is_some_and(|folder| folder.dev() == file.dev());
    fs::symlink_metadata(source).is_ok_and(|file| file.is_file() && file.mode() & 0o444 == 0o444 && same_disk(&file))
}

#[cfg(not(unix))]
fn can_link(_source: &Path, _output: &Path) -> bool {
    false
}

/// Whether two names are of one file.
#[cfg(unix)]
pub(super) fn is_one_file(a: &Path, b: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id = |path: &Path| fs::symlink_metadata(path).map(|file| (file.dev(), file.ino())).ok();
    id(a).is_some_and(|a| id(b) == Some(a))
}

#[cfg(not(unix))]
pub(super) fn is_one_file(_a: &Path, _b: &Path) -> bool {
    false
}
