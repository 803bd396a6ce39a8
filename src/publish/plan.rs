//! What will be done to an output folder, worked out by looking only.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::WalkDir;

use super::links::{Links, is_one_file};
use super::manifest::{MANIFEST_NAME, Manifest};
use super::{Options, PublishError};
use crate::text::SitePath;

/// The folder inside the output that a write in place uses; never a foreign one.
pub(super) const IN_PLACE_STAGING: &str = ".tinso-new";

/// What will be done.
pub(super) struct Plan<'a> {
    /// The real path of the output folder.
    pub(super) output: PathBuf,
    /// Files that stand there already, byte for byte.
    pub(super) same: Vec<&'a str>,
    /// Files that are new or different.
    pub(super) differing: Vec<(&'a str, &'a [u8])>,
    /// The sources of outputs that are to be hard links to them.
    pub(super) linked: BTreeMap<&'a str, PathBuf>,
    /// Files that an earlier build wrote and this one does not.
    pub(super) stale: Vec<String>,
    /// Files and links of others, relative.
    pub(super) foreign_files: Vec<PathBuf>,
    /// Folders of others, relative, parents first.
    pub(super) foreign_dirs: Vec<PathBuf>,
    pub(super) old_manifest: Manifest,
    pub(super) manifest: Manifest,
    /// Whether the list in the output is right already.
    pub(super) manifest_stands: bool,
}

impl<'a> Plan<'a> {
    /// Compares a build with what stands in the output folder.
    pub(super) fn make(
        asked: &Path,
        output: PathBuf,
        outputs: &'a BTreeMap<SitePath, Arc<[u8]>>,
        links: &Links<'_>,
        options: &Options,
    ) -> Result<Self, PublishError> {
        let found = Found::in_folder(&output)?;
        let old = Manifest::read(&output)?;
        if old.is_none() && !found.is_empty() && !options.force {
            return Err(PublishError::Refused {
                output: asked.to_owned(),
                reason: "it has files in it that no build of tinso wrote".to_owned(),
                help: "choose an empty folder, or pass --force to build into this one beside its files".to_owned(),
            });
        }
        let manifest_stands = old.is_some();
        let old_manifest = old.unwrap_or_default();
        let manifest = Manifest::of(outputs);

        let sources: BTreeMap<&str, (PathBuf, bool)> =
            outputs.keys().filter_map(|path| Some((path.as_str(), links.source(path.as_str(), &output)?))).collect();
        let is_done = |(path, bytes): (&SitePath, &Arc<[u8]>)| {
            let file = output.join(path.as_str());
            let as_asked = sources.get(path.as_str()).is_none_or(|(source, linked)| is_one_file(&file, source) == *linked);
            as_asked && stands(&file, bytes)
        };
        let stands: Vec<bool> = outputs.par_iter().map(is_done).collect();
        let linked = sources.into_iter().filter_map(|(path, (source, linked))| linked.then_some((path, source))).collect();
        let mut same = Vec::new();
        let mut differing = Vec::new();
        for ((path, bytes), stands) in outputs.iter().zip(stands) {
            if stands {
                same.push(path.as_str());
            } else {
                differing.push((path.as_str(), &**bytes));
            }
        }
        let stale =
            old_manifest.files.keys().filter(|path| !manifest.files.contains_key(*path) && found.has(path)).cloned().collect();
        let manifest_stands = manifest_stands && old_manifest == manifest;
        let mut plan = Plan {
            output,
            same,
            differing,
            linked,
            stale,
            foreign_files: Vec::new(),
            foreign_dirs: Vec::new(),
            old_manifest,
            manifest,
            manifest_stands,
        };
        plan.sort_out_foreign(found, options)?;
        Ok(plan)
    }

    /// Whether the output is already what it should be.
    pub(super) fn is_done(&self) -> bool {
        self.manifest_stands && self.differing.is_empty() && self.stale.is_empty()
    }

    /// Finds the files and folders of others, and those that stand where the site needs to write.
    fn sort_out_foreign(&mut self, found: Found, options: &Options) -> Result<(), PublishError> {
        let same: BTreeSet<&str> = self.same.iter().copied().collect();
        let ours = |path: &Path| path.to_str().is_some_and(|path| self.old_manifest.files.contains_key(path));
        let wanted = |path: &Path| path.to_str().is_some_and(|path| self.manifest.files.contains_key(path));
        let mut our_dirs: BTreeSet<PathBuf> = BTreeSet::new();
        for path in self.old_manifest.files.keys() {
            our_dirs.extend(Path::new(path).ancestors().skip(1).map(Path::to_owned));
        }
        let mut needed_dirs: BTreeSet<PathBuf> = BTreeSet::new();
        for path in self.manifest.files.keys() {
            needed_dirs.extend(Path::new(path).ancestors().skip(1).map(Path::to_owned));
        }
        let mut in_the_way = Vec::new();
        let mut files = Vec::new();
        for path in found.files.into_iter().filter(|path| !ours(path)) {
            let replaced = wanted(&path) && (options.force || path.to_str().is_some_and(|path| same.contains(path)));
            let blocks = (wanted(&path) && !replaced) || needed_dirs.contains(&path) || path.ancestors().skip(1).any(wanted);
            if blocks {
                in_the_way.push(path.display().to_string());
            } else if !replaced {
                files.push(path);
            }
        }
        let mut foreign_dirs: BTreeSet<PathBuf> = found.dirs.into_iter().filter(|dir| !our_dirs.contains(dir)).collect();
        in_the_way.extend(foreign_dirs.iter().filter(|dir| wanted(dir)).map(|dir| dir.display().to_string()));
        if !in_the_way.is_empty() {
            return Err(PublishError::InTheWay(in_the_way));
        }
        for file in &files {
            foreign_dirs.extend(file.ancestors().skip(1).map(Path::to_owned));
        }
        foreign_dirs.remove(Path::new(""));
        self.foreign_dirs = foreign_dirs.into_iter().collect();
        self.foreign_files = files;
        Ok(())
    }
}

/// Whether a plain file with exactly these bytes stands at a path.
pub(super) fn stands(path: &Path, bytes: &[u8]) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file() && metadata.len() == bytes.len() as u64)
        && fs::read(path).is_ok_and(|found| found == bytes)
}

/// Everything in an output folder but what tinso keeps there for itself, relative, parents first.
struct Found {
    files: BTreeSet<PathBuf>,
    dirs: BTreeSet<PathBuf>,
}

impl Found {
    fn in_folder(output: &Path) -> Result<Self, PublishError> {
        let mut found = Self { files: BTreeSet::new(), dirs: BTreeSet::new() };
        if !output.is_dir() {
            return Ok(found);
        }
        let own = |entry: &walkdir::DirEntry| {
            entry.depth() == 1 && [MANIFEST_NAME, IN_PLACE_STAGING].iter().any(|name| entry.file_name() == *name)
        };
        for entry in WalkDir::new(output).min_depth(1).into_iter().filter_entry(|entry| !own(entry)) {
            let entry = entry.map_err(|error| {
                let path = error.path().unwrap_or(output).to_owned();
                PublishError::io("read", &path)(error.into())
            })?;
            let Ok(relative) = entry.path().strip_prefix(output) else { continue };
            let kind = if entry.file_type().is_dir() { &mut found.dirs } else { &mut found.files };
            kind.insert(relative.to_owned());
        }
        Ok(found)
    }

    fn is_empty(&self) -> bool {
        self.files.is_empty() && self.dirs.is_empty()
    }

    fn has(&self, path: &str) -> bool {
        self.files.contains(Path::new(path))
    }
}
