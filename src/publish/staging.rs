//! The new tree while it is being made: nothing of it is there before the first file that is different.

use std::collections::{BTreeMap, HashSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use rayon::prelude::*;

use super::files::{Maker, remove_tree};
use super::links::{Source, put};
use super::{PublishError, swap};
use crate::looks::Stat;

/// The folder inside an output that cannot be exchanged, in which the new files wait; never a foreign one.
pub(super) const IN_PLACE_STAGING: &str = ".tinso-new";

/// Makes the new tree when it is needed, and removes what is there in its place when it is no longer needed: the new tree
/// if it never came into place, else the old one.
pub(super) struct Staging {
    output: PathBuf,
    parent: PathBuf,
    tree: Mutex<Option<Arc<Tree>>>,
}

/// A new tree.
pub(super) struct Tree {
    pub(super) root: PathBuf,
    pub(super) maker: Maker,
    /// Whether it is inside the output, which cannot be exchanged as a whole.
    pub(super) is_inside: bool,
    /// The folders that were made.
    folders: RwLock<HashSet<String>>,
}

impl Staging {
    pub(super) fn new(output: &Path, parent: &Path) -> Self {
        Self { output: output.to_owned(), parent: parent.to_owned(), tree: Mutex::default() }
    }

    /// The new tree, made now if it is not there.
    pub(super) fn tree(&self) -> Result<Arc<Tree>, PublishError> {
        let mut tree = self.tree.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(tree) = &*tree {
            return Ok(Arc::clone(tree));
        }
        let made = if is_mount_point(&self.output, &self.parent) { Tree::inside(&self.output) } else { self.beside() }?;
        Ok(Arc::clone(tree.insert(Arc::new(made))))
    }

    fn beside(&self) -> Result<Tree, PublishError> {
        let root = swap::beside(&self.output, "new");
        remove_tree(&root)?;
        match Maker::with_root(&root) {
            Ok(maker) => Ok(Tree { root, maker, is_inside: false, folders: RwLock::default() }),
            // Where only the output itself may be written, it is the only place to work in.
            Err(error)
                if matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem)
                    && self.output.is_dir() =>
            {
                Tree::inside(&self.output)
            }
            Err(error) => Err(PublishError::io("create the folder", &root)(error)),
        }
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if let Some(tree) = self.tree.get_mut().unwrap_or_else(PoisonError::into_inner) {
            // What cannot be removed now is removed by the next build.
            let _ = remove_tree(&tree.root);
        }
    }
}

impl Tree {
    /// A new tree inside an output folder, whose parent cannot be written or is another file system.
    pub(super) fn inside(output: &Path) -> Result<Self, PublishError> {
        let root = output.join(IN_PLACE_STAGING);
        remove_tree(&root)?;
        let maker = Maker::with_root(&root).map_err(PublishError::io("create the folder", &root))?;
        Ok(Self { root, maker, is_inside: true, folders: RwLock::default() })
    }

    /// Writes a new file, or a link to its source.
    pub(super) fn put(&self, path: &str, source: Option<&Source>, bytes: &[u8]) -> Result<(), PublishError> {
        if let Some((folder, _)) = path.rsplit_once('/') {
            self.make(folder)?;
        }
        put(self.maker, source, bytes, &self.root.join(path))
    }

    /// Takes a file back.
    pub(super) fn take_back(&self, path: &str) -> Result<(), PublishError> {
        remove_tree(&self.root.join(path))
    }

    /// Makes a folder and those on the way to it.
    fn make(&self, folder: &str) -> Result<(), PublishError> {
        if self.has(folder) {
            return Ok(());
        }
        let ends = folder.match_indices('/').map(|(end, _)| end).chain([folder.len()]);
        for part in ends.filter_map(|end| folder.get(..end)) {
            if !self.has(part) {
                self.maker.create_dir(&self.root.join(part))?;
                self.folders.write().unwrap_or_else(PoisonError::into_inner).insert(part.to_owned());
            }
        }
        Ok(())
    }

    fn has(&self, folder: &str) -> bool {
        self.folders.read().unwrap_or_else(PoisonError::into_inner).contains(folder)
    }

    /// Makes many folders, all those on the way to them being among them.
    pub(super) fn make_all<'a>(&self, folders: impl Iterator<Item = &'a str>) -> Result<(), PublishError> {
        let mut levels: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
        for folder in folders.filter(|folder| !folder.is_empty() && !self.has(folder)) {
            levels.entry(folder.matches('/').count()).or_default().push(folder);
        }
        let make = |folder: &&str| self.maker.create_dir(&self.root.join(folder));
        levels.values().try_for_each(|level| level.par_iter().try_for_each(make))
    }
}

fn is_mount_point(output: &Path, parent: &Path) -> bool {
    let device = |path: &Path| Stat::of_folder(path).map(|folder| folder.device);
    output.is_dir() && device(output) != device(parent)
}
