//! The new tree, made whole beside the old one.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::files::{copy_mode, create_dir, flush_dir, flush_tree, link, remove_tree, set_mode, write_new};
use super::links::{put, set_mode_of};
use super::manifest::MANIFEST_NAME;
use super::plan::Plan;
use super::{Options, PublishError, swap};

/// Makes the new tree and puts it in the place of the old one.
pub(super) fn write(plan: &Plan<'_>, parent: &Path, options: Options) -> Result<(), PublishError> {
    if is_mount_point(&plan.output, parent) {
        return Err(PublishError::io("replace", &plan.output)(ErrorKind::ResourceBusy.into()));
    }
    let staging = Temporary(swap::beside(&plan.output, "new"));
    remove_tree(&staging.0)?;
    if let Err(error) = fs::create_dir(&staging.0) {
        // Where only the output itself may be written, it is the only place to work in.
        let closed = matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem);
        let error = if closed && plan.output.is_dir() { ErrorKind::ResourceBusy.into() } else { error };
        return Err(PublishError::io("create the folder", &staging.0)(error));
    }
    set_mode(&staging.0, 0o755)?;
    fill(plan, &staging.0)?;
    if options.durable {
        flush_tree(&staging.0)?;
    }
    swap::put(&staging.0, &plan.output)?;
    if options.durable {
        flush_dir(parent);
    }
    Ok(())
}

fn fill(plan: &Plan<'_>, staging: &Path) -> Result<(), PublishError> {
    let paths = plan.same.iter().copied().chain(plan.differing.iter().map(|(path, _)| *path));
    let folders: BTreeSet<&Path> = paths.flat_map(|path| Path::new(path).ancestors().skip(1)).collect();
    for folder in folders.into_iter().filter(|folder| !folder.as_os_str().is_empty()) {
        create_dir(&staging.join(folder))?;
    }
    plan.same.par_iter().try_for_each(|path| {
        let new = staging.join(path);
        link(&plan.output.join(path), &new)?;
        set_mode_of(&new, plan.linked.contains_key(path))
    })?;
    plan.differing.par_iter().try_for_each(|(path, bytes)| put(plan.linked.get(path), bytes, &staging.join(path)))?;
    for folder in &plan.foreign_dirs {
        let new = staging.join(folder);
        if !new.is_dir() {
            create_dir(&new)?;
            copy_mode(&plan.output.join(folder), &new)?;
        }
    }
    plan.foreign_files.par_iter().try_for_each(|path| link(&plan.output.join(path), &staging.join(path)))?;
    write_new(&staging.join(MANIFEST_NAME), &plan.manifest.to_bytes())
}

#[cfg(unix)]
fn is_mount_point(output: &Path, parent: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Path| fs::metadata(path).map(|metadata| metadata.dev()).ok();
    output.is_dir() && device(output) != device(parent)
}

#[cfg(not(unix))]
fn is_mount_point(_output: &Path, _parent: &Path) -> bool {
    false
}

/// A folder that goes when it is no longer needed: the new tree if it never came into place, else the old one.
struct Temporary(PathBuf);

impl Drop for Temporary {
    fn drop(&mut self) {
        // What cannot be removed now is removed by the next build.
        let _ = remove_tree(&self.0);
    }
}
