//! Writes a build into an output folder so that a reader sees the old site or the new one, never half of one.
//!
//! Files are taken while they are made ([`Writing`]): one that stands in the output already is only noted, any other goes
//! at once into a new tree beside the output. At the end the tree gets hard links to the files that did not change, and
//! the two are exchanged in one step. A list in the output, [`MANIFEST_NAME`], tells our files from those of others, which
//! stay as they are.

#![allow(clippy::disallowed_methods, reason = "an edge of the program: disk, clock and network are its work")]

mod error;
mod files;
mod foreign;
mod found;
mod guard;
mod in_place;
mod last;
mod links;
mod lock;
mod manifest;
mod names;
mod replace;
mod staging;
mod swap;
mod writing;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use crate::asset::StaticSources;
use crate::text::SitePath;

pub use error::PublishError;
pub use last::last_outputs;
pub use manifest::MANIFEST_NAME;
pub use writing::Writing;

/// How to write.
#[derive(Clone, Copy, Default, Debug)]
pub struct Options {
    /// Writes also into a folder with files in it that no build wrote, and over those of the same name.
    pub force: bool,
    /// Waits until the disk has everything before the new site replaces the old one.
    pub durable: bool,
    /// Reads every file that the last build left, even if its size and times say that nobody has touched it.
    pub read_all: bool,
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
    let writing = Writing::begin(output_dir, site_root, options)?;
    writing.link(statics);
    outputs.par_iter().for_each(|(path, bytes)| writing.put(path, bytes));
    writing.finish()
}
