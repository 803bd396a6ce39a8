//! What stands in the output folder beside the files that the last build listed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::PublishError;
use super::manifest::{MANIFEST_NAME, Manifest, name_digest};
use super::staging::IN_PLACE_STAGING;
use crate::looks::{Base, Stat, Times, folder_name};

/// Everything in an output folder but what tinso keeps there for itself.
#[derive(Default)]
pub(super) struct Found<'a> {
    /// Files and links of the folders that were read, relative; others hold what the last build listed and nothing else.
    pub(super) files: BTreeSet<PathBuf>,
    /// Folders that the last build did not make, relative.
    pub(super) dirs: BTreeSet<PathBuf>,
    /// The folders of the last build that are there.
    pub(super) ours: BTreeMap<&'a str, Folder>,
}

/// A folder of the last build.
pub(super) struct Folder {
    pub(super) stat: Stat,
    /// A digest of the names in it.
    pub(super) names: u128,
    /// Whether it holds what the last build listed and nothing else.
    pub(super) is_as_left: bool,
    /// Whether its times told that, so that it was not read.
    pub(super) is_known: bool,
}

impl<'a> Found<'a> {
    /// Looks at every folder, and reads those that may have changed.
    pub(super) fn look(output: &Path, manifest: &'a Manifest, times: &Times) -> Result<Self, PublishError> {
        let base = Base::of(output);
        let folders: BTreeMap<&str, u128> = manifest.folders().into_iter().collect();
        let looked: Vec<(&str, Looked)> = folders
            .par_iter()
            .map(|(folder, names)| Ok((*folder, look_at(output, &base, folder, *names, times)?)))
            .collect::<Result<_, PublishError>>()?;
        let mut found = Self::default();
        for (folder, looked) in looked {
            // Parents come first: what lies behind a link is not in the output.
            let parent = folder.rsplit_once('/').map_or("", |(parent, _)| parent);
            let Looked::Folder(state, entries) = looked else { continue };
            if !folder.is_empty() && !found.ours.contains_key(parent) {
                continue;
            }
            found.ours.insert(folder, state);
            for (name, is_dir) in entries {
                let path = Path::new(folder).join(name);
                if !is_dir {
                    found.files.insert(path);
                } else if path.to_str().is_none_or(|path| !folders.contains_key(path)) {
                    found.walk(output, path)?;
                }
            }
        }
        Ok(found)
    }

    /// Reads through a folder of others.
    fn walk(&mut self, output: &Path, folder: PathBuf) -> Result<(), PublishError> {
        for entry in WalkDir::new(output.join(&folder)).min_depth(1) {
            let entry = entry.map_err(|error| {
                let path = error.path().unwrap_or(output).to_owned();
                PublishError::io("read", &path)(error.into())
            })?;
            let Ok(relative) = entry.path().strip_prefix(output) else { continue };
            let kind = if entry.file_type().is_dir() { &mut self.dirs } else { &mut self.files };
            kind.insert(relative.to_owned());
        }
        self.dirs.insert(folder);
        Ok(())
    }

    /// Whether a file that the last build listed is there.
    pub(super) fn has(&self, path: &str) -> bool {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        self.ours.get(folder).is_some_and(|folder| folder.is_as_left) || self.files.contains(Path::new(path))
    }
}

type Entries = Vec<(PathBuf, bool)>;

enum Looked {
    Nothing,
    Folder(Folder, Entries),
}

fn look_at(output: &Path, base: &Base, folder: &str, names: u128, times: &Times) -> Result<Looked, PublishError> {
    let Some(stat) = base.folder(folder) else { return Ok(Looked::Nothing) };
    if times.digest(&folder_name(folder), &stat) == Some(names) {
        return Ok(Looked::Folder(Folder { stat, names, is_as_left: true, is_known: true }, Vec::new()));
    }
    let path = output.join(folder);
    let entries = read(&path, folder.is_empty()).map_err(PublishError::io("read", &path))?;
    let digest = |(name, is_dir): &(PathBuf, bool)| name_digest(name.as_os_str().as_encoded_bytes(), *is_dir);
    let is_as_left = entries.iter().map(digest).fold(0, u128::wrapping_add) == names;
    Ok(Looked::Folder(Folder { stat, names, is_as_left, is_known: false }, entries))
}

/// The names in a folder, each with whether it is a folder.
fn read(path: &Path, is_output: bool) -> io::Result<Entries> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        let name = PathBuf::from(entry.file_name());
        if !is_output || !is_own(&name) {
            entries.push((name, entry.file_type()?.is_dir()));
        }
    }
    Ok(entries)
}

/// Whether a name in the output folder is of something that tinso keeps there for itself.
fn is_own(name: &Path) -> bool {
    name == Path::new(MANIFEST_NAME) || name == Path::new(IN_PLACE_STAGING)
}

/// Whether there is nothing of anybody in the output folder, or no such folder.
pub(super) fn is_empty(output: &Path) -> Result<bool, PublishError> {
    match read(output, true) {
        Ok(entries) => Ok(entries.is_empty()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(PublishError::io("read", output)(error)),
    }
}
