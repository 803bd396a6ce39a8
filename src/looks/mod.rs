//! How files and folders looked when what is in them was last known, kept from build to build, so that what nobody has
//! touched need not be read again.
//!
//! A look is trusted only if size, both times and the inode are as they were, and if both times were over when the look
//! was kept: a file that changes twice within one tick of the clock looks the same after both. What "over" means is asked
//! of the file system itself. Losing what is kept costs time, nothing else.

#![allow(clippy::disallowed_methods, reason = "an edge")]

mod base;
mod stat;
mod times;

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

pub use base::Base;
pub use stat::{Stat, TIMES_TELL};
pub use times::{Times, folder_name};

/// A moment that is over for every change after it, by the clock of the file system that a folder is on, and that file system;
/// `None` where it cannot be told.
pub fn moment(folder: &Path) -> Option<Stat> {
    let file = folder.join(format!("now-{}", std::process::id()));
    put(&file, |_| Ok(()));
    let stat = Stat::of_file(&file);
    let _ = fs::remove_file(&file);
    stat
}

/// Puts a file into the site's own folder for what can be made anew, `.tinso`, at once or not at all. That it cannot be is no
/// error: the next build has more to do.
pub fn put(file: &Path, content: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
    let Some(folder) = file.parent() else { return };
    if !folder.exists() && fs::create_dir_all(folder).is_ok() {
        let _ = fs::write(folder.join(".gitignore"), "*\n");
    }
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let new = file.with_file_name(format!("{name}-{}", std::process::id()));
    let write = || -> io::Result<()> {
        content(&mut File::create(&new)?)?;
        fs::rename(&new, file)
    };
    if write().is_err() {
        let _ = fs::remove_file(&new);
    }
}
