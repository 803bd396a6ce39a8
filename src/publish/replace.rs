//! Makes the new tree whole and puts it in the place of the old one.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use rayon::prelude::*;

use super::files::{copy_mode, flush_dir, flush_tree, link, open_to_all};
use super::foreign::Foreign;
use super::found::{Folder, Found};
use super::manifest::{MANIFEST_NAME, Manifest};
use super::staging::{Staging, Tree};
use super::writing::{Place, Put};
use super::{Options, PublishError, in_place, swap};
use crate::looks::Stat;
use crate::text::SitePath;

/// What will be done, worked out by looking only.
pub(super) struct Change<'a> {
    /// The real path of the output folder.
    pub(super) output: &'a Path,
    pub(super) parent: &'a Path,
    /// Every file of the site.
    pub(super) files: &'a BTreeMap<SitePath, Put>,
    /// The folders that they lie in, each with a digest of the names in it.
    pub(super) folders: &'a HashMap<&'a str, u128>,
    /// Files that an earlier build wrote and this one does not.
    pub(super) stale: Vec<&'a str>,
    pub(super) foreign: &'a Foreign,
    pub(super) found: &'a Found<'a>,
    pub(super) old: &'a Manifest,
    pub(super) manifest: &'a Manifest,
}

/// When it was done, by the clock of the output's file system.
pub(super) struct Moments {
    /// Not after anybody could reach the new files.
    pub(super) placed: i64,
    /// After the last change that was ours.
    pub(super) done: i64,
    /// Whether file after file was replaced.
    pub(super) in_place: bool,
}

/// Brings an output folder from one build to the next.
pub(super) fn replace(change: &Change<'_>, staging: &Staging, options: Options) -> Result<Moments, PublishError> {
    let tree = staging.tree()?;
    let exchanged = if tree.is_inside {
        Err(PublishError::io("replace", change.output)(ErrorKind::ResourceBusy.into()))
    } else {
        exchange(change, &tree, options)
    };
    match exchanged {
        Err(error) if error.is_mount_boundary() => in_place::write(change, &tree, options),
        exchanged => exchanged,
    }
}

/// Where a single file has other bytes and nothing else is to be done, one rename is the one step; the list, which no reader
/// sees, follows it, and the next build puts it right if this one dies in between. False if there is more to do.
pub(super) fn replace_one(change: &Change<'_>, staging: &Staging, options: Options) -> Result<bool, PublishError> {
    let mut staged = change.files.iter().filter(|(_, put)| !matches!(put.place, Place::Stands { .. }));
    let (Some((path, put)), None) = (staged.next(), staged.next()) else { return Ok(false) };
    let is_whole = change.manifest.files.keys().eq(change.old.files.keys());
    let has_folder = change.found.ours.contains_key(path.parent());
    let tree = staging.tree()?;
    if tree.is_inside || put.is_source || !is_whole || !has_folder || !change.can_all_be_read() {
        return Ok(false);
    }
    let (new, list) = (tree.root.join(path.as_str()), tree.root.join(MANIFEST_NAME));
    tree.maker.write_new(&list, &change.manifest.to_bytes())?;
    if options.durable {
        flush_tree(&tree.root)?;
    }
    let place = change.output.join(path.as_str());
    if fs::rename(&new, &place).is_err() {
        // The other way may be open, or says why not.
        super::files::remove_tree(&list)?;
        return Ok(false);
    }
    let place = change.output.join(MANIFEST_NAME);
    fs::rename(&list, &place).map_err(PublishError::io("replace", &place))?;
    if options.durable {
        flush_dir(change.output);
        flush_dir(&change.output.join(path.parent()));
    }
    Ok(true)
}

impl Change<'_> {
    /// Whether what stands in the output has the modes that a web server needs.
    fn can_all_be_read(&self) -> bool {
        let file = |put: &Put| match put.place {
            Place::Stands { stat, .. } => put.is_source || stat.mode == 0o644,
            Place::Staged | Place::Failed => true,
        };
        let folder = |folder: &Folder| !cfg!(unix) || folder.stat.mode == 0o755;
        self.files.values().all(file) && self.found.ours.values().all(folder)
    }
}

fn exchange(change: &Change<'_>, tree: &Tree, options: Options) -> Result<Moments, PublishError> {
    fill(change, tree)?;
    if options.durable {
        flush_tree(&tree.root)?;
    }
    swap::put(&tree.root, change.output)?;
    if options.durable {
        flush_dir(change.parent);
    }
    let placed = Stat::moment(change.parent);
    clear(change, &tree.root);
    Ok(Moments { placed, done: Stat::moment(change.parent), in_place: false })
}

/// Gives the new tree everything that did not change.
fn fill(change: &Change<'_>, tree: &Tree) -> Result<(), PublishError> {
    let (output, root) = (change.output, &tree.root);
    tree.make_all(change.folders.keys().copied())?;
    change.files.par_iter().try_for_each(|(path, put)| {
        let Place::Stands { stat, .. } = put.place else { return Ok(()) };
        let new = root.join(path.as_str());
        link(&output.join(path.as_str()), &new)?;
        // The mode of a source is the writer's.
        if stat.mode == 0o644 || put.is_source { Ok(()) } else { open_to_all(&new) }
    })?;
    for folder in &change.foreign.dirs {
        let new = root.join(folder);
        if !new.is_dir() {
            tree.maker.create_dir(&new)?;
            copy_mode(&output.join(folder), &new)?;
        }
    }
    change.foreign.files.par_iter().try_for_each(|path| link(&output.join(path), &root.join(path)))?;
    tree.maker.write_new(&root.join(MANIFEST_NAME), &change.manifest.to_bytes())
}

/// Removes the old tree, of which every file and folder is known: many at once, and without reading folders. What others
/// have put there meanwhile, or cannot be removed now, goes with the staging folder or at the next build.
fn clear(change: &Change<'_>, old: &Path) {
    let seen = |path: &&String| {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        // Not behind a link that somebody has put in the place of a folder.
        change.found.ours.contains_key(folder)
    };
    let files: Vec<&String> = change.old.files.keys().filter(seen).collect();
    files.par_iter().for_each(|path| drop(fs::remove_file(old.join(path))));
    let mut levels: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for folder in change.found.ours.keys().filter(|folder| !folder.is_empty()) {
        levels.entry(folder.matches('/').count()).or_default().push(folder);
    }
    for level in levels.values().rev() {
        level.par_iter().for_each(|folder| drop(fs::remove_dir(old.join(folder))));
    }
    let _ = super::files::remove_tree(old);
}
