//! Writes a build into an output folder so that a reader sees the old site or the new one, never half of one.
//!
//! The new tree is made beside the output, out of hard links to the files that did not change, and then the two
//! are exchanged in one step. A list in the output, [`MANIFEST_NAME`], tells our files from those of others, which
//! stay as they are.

#![allow(clippy::disallowed_methods, reason = "an edge of the program: disk, clock and network are its work")]

mod error;
mod files;
mod guard;
mod in_place;
mod last;
mod links;
mod lock;
mod manifest;
mod names;
mod plan;
mod staging;
mod swap;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::asset::StaticSources;
use crate::text::SitePath;

pub use error::PublishError;
pub use last::last_outputs;
pub use manifest::MANIFEST_NAME;

use links::Links;
use plan::Plan;

/// How to write.
#[derive(Clone, Copy, Default, Debug)]
pub struct Options {
    /// Writes also into a folder with files in it that no build wrote, and over those of the same name.
    pub force: bool,
    /// Waits until the disk has everything before the new site replaces the old one.
    pub durable: bool,
}

/// What was done.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Written {
    /// Files that are new or different.
    pub written: usize,
    /// Files that were there already; their times are as they were.
    pub unchanged: usize,
    /// Files of an earlier build that are gone.
    pub removed: usize,
    /// Whether file after file was replaced, because the folder is a mount point and cannot be exchanged as a whole.
    pub in_place: bool,
}

/// Writes the files of a build into a folder, which is made if it does not exist.
///
/// # Errors
/// When the folder is one that must not be replaced, and when the file system fails. The folder is then as it was;
/// only a write in place that fails in its last steps can leave files of both builds.
pub fn write(
    output_dir: &Path,
    outputs: &BTreeMap<SitePath, Arc<[u8]>>,
    site_root: &Path,
    options: Options,
) -> Result<Written, PublishError> {
    write_with(output_dir, outputs, &StaticSources::default(), site_root, options)
}

/// As [`write()`], with static files as hard links to their sources where that is asked for and the disk can.
///
/// # Errors
/// As [`write()`].
pub fn write_with(
    output_dir: &Path,
    outputs: &BTreeMap<SitePath, Arc<[u8]>>,
    statics: &StaticSources,
    site_root: &Path,
    options: Options,
) -> Result<Written, PublishError> {
    let output = guard::check(output_dir, site_root)?;
    names::check(outputs)?;
    let parent = output.parent().unwrap_or(&output).to_owned();
    let _lock = lock::take(&parent, &output)?;
    swap::recover(&output)?;
    let plan = Plan::make(output_dir, output, outputs, &Links::new(statics, site_root), &options)?;
    let in_place = if plan.is_done() {
        false
    } else {
        match staging::write(&plan, &parent, options) {
            Err(error) if error.is_mount_boundary() => {
                in_place::write(&plan, options)?;
                true
            }
            written => {
                written?;
                false
            }
        }
    };
    Ok(Written { written: plan.differing.len(), unchanged: plan.same.len(), removed: plan.stale.len(), in_place })
}

/// Looks whether a build may be written into a folder, without writing: what [`write()`] would refuse at once.
///
/// # Errors
/// When the folder is one that must not be replaced.
pub fn may_write(output_dir: &Path, site_root: &Path, options: Options) -> Result<(), PublishError> {
    let output = guard::check(output_dir, site_root)?;
    let none = StaticSources::default();
    Plan::make(output_dir, output, &BTreeMap::new(), &Links::new(&none, site_root), &options).map(|_| ())
}
