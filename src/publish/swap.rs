//! Puts a finished tree in the place of another one.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use super::PublishError;
use super::files::remove_tree;
use super::staging::IN_PLACE_STAGING;

/// A hidden name beside the output: `.public.tinso-new` for `public`.
pub(super) fn beside(output: &Path, what: &str) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(output.file_name().unwrap_or_default());
    name.push(".tinso-");
    name.push(what);
    output.with_file_name(name)
}

/// Puts the staged tree into place; the old one, if any, has the name of the staged one afterwards or is gone.
pub(super) fn put(staging: &Path, output: &Path) -> Result<(), PublishError> {
    if fs::symlink_metadata(output).is_err() {
        return fs::rename(staging, output).map_err(PublishError::io("put the new site at", output));
    }
    match exchange(staging, output) {
        Exchange::Done => Ok(()),
        Exchange::Failed(error) => Err(PublishError::io("put the new site at", output)(error)),
        Exchange::Unsupported => replace(staging, output),
    }
}

enum Exchange {
    Done,
    Unsupported,
    Failed(std::io::Error),
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(staging: &Path, output: &Path) -> Exchange {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, staging, CWD, output, RenameFlags::EXCHANGE) {
        Ok(()) => Exchange::Done,
        Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) => Exchange::Unsupported,
        Err(error) => Exchange::Failed(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_staging: &Path, _output: &Path) -> Exchange {
    Exchange::Unsupported
}

/// Two renames: between them there is no output, which [`recover`] mends if the process dies just there.
fn replace(staging: &Path, output: &Path) -> Result<(), PublishError> {
    let old = beside(output, "old");
    remove_tree(&old)?;
    fs::rename(output, &old).map_err(PublishError::io("move away", output))?;
    if let Err(error) = fs::rename(staging, output) {
        let _ = fs::rename(&old, output);
        return Err(PublishError::io("put the new site at", output)(error));
    }
    let _ = remove_tree(&old);
    Ok(())
}

/// Clears up after a build that died: brings back an output that was moved away, removes what was left beside it.
pub(super) fn recover(output: &Path) -> Result<(), PublishError> {
    let old = beside(output, "old");
    if fs::symlink_metadata(&old).is_ok() {
        if fs::symlink_metadata(output).is_err() {
            fs::rename(&old, output).map_err(PublishError::io("bring back", output))?;
        } else {
            remove_tree(&old)?;
        }
    }
    remove_tree(&beside(output, "new"))?;
    remove_tree(&output.join(IN_PLACE_STAGING))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(path: &Path, text: &str) {
        fs::create_dir_all(path).unwrap();
        fs::write(path.join("f"), text).unwrap();
    }

    fn text(path: &Path) -> String {
        fs::read_to_string(path.join("f")).unwrap()
    }

    #[test]
    fn both_ways_put_the_new_tree_in_place() {
        let dir = tempfile::tempdir().unwrap();
        let (output, staging) = (dir.path().join("public"), dir.path().join("staging"));
        for (put, new) in [(put as fn(&Path, &Path) -> _, "1"), (put, "2"), (replace, "3")] {
            remove_tree(&staging).unwrap();
            tree(&staging, new);
            put(&staging, &output).unwrap();
            assert_eq!(text(&output), new);
        }
        assert!(!beside(&output, "old").exists());
    }

    #[test]
    fn an_output_that_was_moved_away_comes_back() {
        let dir = tempfile::tempdir().unwrap();
        let output = dir.path().join("public");
        tree(&beside(&output, "old"), "old");
        tree(&beside(&output, "new"), "half");
        recover(&output).unwrap();
        assert_eq!(text(&output), "old");
        tree(&beside(&output, "old"), "older");
        recover(&output).unwrap();
        assert_eq!(text(&output), "old");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }
}
