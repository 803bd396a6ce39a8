//! One build at a time for an output folder.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use super::PublishError;

/// Held while a build is written; let go by the system even when the process dies.
pub(super) struct Lock {
    folder: Option<File>,
    /// Folders that were made to have something to lock, the innermost first.
    made: Vec<PathBuf>,
}

/// Unlocked by hand, since closing alone does not: a program that is being started by another thread holds a copy of the
/// descriptor until it runs.
impl Drop for Lock {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            let _ = folder.unlock();
        }
        // Those that nothing was written into; others are not empty.
        for folder in &self.made {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Locks the folder that the output lies in. A file system without locks is used without one.
pub(super) fn take(parent: &Path, output: &Path) -> Result<Lock, PublishError> {
    let made = parent.ancestors().take_while(|folder| !folder.exists()).map(Path::to_owned).collect();
    fs::create_dir_all(parent).map_err(PublishError::io("create the folder", parent))?;
    let Ok(folder) = File::open(parent) else { return Ok(Lock { folder: None, made }) };
    match folder.try_lock() {
        Err(TryLockError::WouldBlock) => Err(PublishError::Busy(output.to_owned())),
        Ok(()) | Err(TryLockError::Error(_)) => Ok(Lock { folder: Some(folder), made }),
    }
}

#[cfg(test)]
mod tests {
    use super::take;

    #[test]
    fn a_lock_is_let_go_even_while_a_starting_program_holds_its_descriptor() {
        let parent = tempfile::tempdir().unwrap();
        let output = parent.path().join("public");
        let lock = take(parent.path(), &output).unwrap();
        let copy = lock.folder.as_ref().unwrap().try_clone().unwrap();
        assert!(take(parent.path(), &output).is_err());
        drop(lock);
        assert!(take(parent.path(), &output).is_ok());
        drop(copy);
    }
}
