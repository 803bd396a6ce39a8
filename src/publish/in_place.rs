//! Replaces file after file inside an output folder that cannot be exchanged as a whole, such as a mount point.
//!
//! Every file is written in full before the first one is replaced, so a full disk changes nothing. Styles, scripts and
//! data come into place before the pages that refer to them, and what is stale goes last.

use std::fs;
use std::path::Path;

use super::files::{Maker, flush_tree, remove_tree};
use super::manifest::MANIFEST_NAME;
use super::replace::{Change, Moments};
use super::staging::{IN_PLACE_STAGING, Tree};
use super::writing::Place;
use super::{Options, PublishError};
use crate::looks::Stat;

/// Brings an output folder from one build to the next, with the files of a new tree.
pub(super) fn write(change: &Change<'_>, tree: &Tree, options: Options) -> Result<Moments, PublishError> {
    let mut staged: Vec<&str> =
        change.files.iter().filter(|(_, put)| matches!(put.place, Place::Staged)).map(|(path, _)| path.as_str()).collect();
    staged.sort_by_key(|path| path.ends_with(".html"));
    let placed = if tree.is_inside {
        replace_all(change, tree, &staged, options)
    } else {
        // From the same file system as the output, so that they can be renamed.
        let inside = Tree::inside(change.output)?;
        let placed = copy(tree, &inside, &staged).and_then(|()| replace_all(change, &inside, &staged, options));
        let cleared = remove_tree(&inside.root);
        placed.and_then(|placed| cleared.map(|()| placed))
    }?;
    Ok(Moments { placed, done: Stat::moment(change.output), in_place: true })
}

fn copy(from: &Tree, to: &Tree, files: &[&str]) -> Result<(), PublishError> {
    files.iter().try_for_each(|path| {
        let file = from.root.join(path);
        let bytes = fs::read(&file).map_err(PublishError::io("read", &file))?;
        to.put(path, None, &bytes)
    })
}

/// Gives a moment not after the first file came into place.
fn replace_all(change: &Change<'_>, tree: &Tree, staged: &[&str], options: Options) -> Result<i64, PublishError> {
    let output = change.output;
    // No output has a name that begins so.
    let (both, new) = (tree.root.join(IN_PLACE_STAGING), tree.root.join(MANIFEST_NAME));
    tree.maker.write_new(&both, &change.manifest.and(change.old).to_bytes())?;
    tree.maker.write_new(&new, &change.manifest.to_bytes())?;
    if options.durable {
        flush_tree(&tree.root)?;
    }

    // From here on files of both builds stand side by side: all of them are ours, should this be the end.
    rename(&both, &output.join(MANIFEST_NAME))?;
    let placed = Stat::moment(output);
    let (blocking, stale): (Vec<&str>, Vec<&str>) = change.stale.iter().partition(|path| blocks(change, path));
    for path in blocking {
        remove_file(output, path)?;
    }
    for path in staged {
        make_parents(tree.maker, output, path)?;
        rename(&tree.root.join(path), &output.join(path))?;
    }
    for path in stale {
        remove_file(output, path)?;
    }
    rename(&new, &output.join(MANIFEST_NAME))?;
    if options.durable {
        flush_tree(output)?;
    }
    Ok(placed)
}

/// Whether a stale file stands where a folder is needed, or the other way round.
fn blocks(change: &Change<'_>, stale: &str) -> bool {
    let is_output = |path: &Path| path.to_str().is_some_and(|path| change.manifest.files.contains_key(path));
    change.folders.contains_key(stale) || Path::new(stale).ancestors().skip(1).any(is_output)
}

fn rename(from: &Path, to: &Path) -> Result<(), PublishError> {
    fs::rename(from, to).map_err(PublishError::io("replace", to))
}

fn make_parents(maker: Maker, output: &Path, path: &str) -> Result<(), PublishError> {
    for (end, _) in path.match_indices('/') {
        maker.create_dir(&output.join(path.get(..end).unwrap_or_default()))?;
    }
    Ok(())
}

/// Removes a stale file and the folders that only it was in.
fn remove_file(output: &Path, path: &str) -> Result<(), PublishError> {
    remove_tree(&output.join(path))?;
    for folder in Path::new(path).ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty()) {
        if fs::remove_dir(output.join(folder)).is_err() {
            break;
        }
    }
    Ok(())
}
