//! Which files in the output are those of others.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use super::PublishError;
use super::found::Found;
use super::manifest::Manifest;

/// What others have in the output folder.
pub(super) struct Foreign {
    /// Files and links, relative.
    pub(super) files: Vec<PathBuf>,
    /// Folders that they made or that their files are in, relative, parents first.
    pub(super) dirs: Vec<PathBuf>,
}

impl Foreign {
    /// Finds what is not of the last build; an error if it stands where the site needs to write. Files with the very bytes
    /// of an output, `is_same`, become ours, and with `force` all that an output stands in for.
    pub(super) fn of(
        found: &Found<'_>,
        old: &Manifest,
        new: &Manifest,
        needed: &HashMap<&str, u128>,
        is_same: impl Fn(&str) -> bool,
        force: bool,
    ) -> Result<Self, PublishError> {
        let text = |path: &Path| path.to_str().map(str::to_owned).unwrap_or_default();
        let wanted = |path: &Path| new.files.contains_key(&text(path));
        let mut in_the_way = Vec::new();
        let mut files = Vec::new();
        for path in found.files.iter().filter(|path| !old.files.contains_key(&text(path))) {
            let replaced = wanted(path) && (force || is_same(&text(path)));
            let is_needed_folder = path.to_str().is_some_and(|path| needed.contains_key(path));
            let blocks = (wanted(path) && !replaced) || is_needed_folder || path.ancestors().skip(1).any(wanted);
            if blocks {
                in_the_way.push(path.display().to_string());
            } else if !replaced {
                files.push(path.clone());
            }
        }
        in_the_way.extend(found.dirs.iter().filter(|dir| wanted(dir)).map(|dir| dir.display().to_string()));
        if !in_the_way.is_empty() {
            return Err(PublishError::InTheWay(in_the_way));
        }
        let mut dirs: BTreeSet<PathBuf> = found.dirs.clone();
        dirs.extend(files.iter().flat_map(|file| file.ancestors().skip(1)).map(Path::to_owned));
        dirs.remove(Path::new(""));
        Ok(Self { files, dirs: dirs.into_iter().collect() })
    }

    /// Whether something of others lies right in a folder.
    pub(super) fn folders_with_some(&self) -> BTreeSet<&Path> {
        self.files.iter().chain(&self.dirs).filter_map(|path| path.parent()).collect()
    }
}
