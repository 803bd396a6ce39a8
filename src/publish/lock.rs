//! One build at a time for an output folder.

use std::fs::{self, File, TryLockError};
use std::path::Path;

use super::PublishError;

/// Held while a build is written; let go by the system even when the process dies.
pub(super) struct Lock {
    _folder: Option<File>,
}

/// Locks the folder that the output lies in. A file system without locks is used without one.
pub(super) fn take(parent: &Path, output: &Path) -> Result<Lock, PublishError> {
    fs::create_dir_all(parent).map_err(PublishError::io("create the folder", parent))?;
    let Ok(folder) = File::open(parent) else { return Ok(Lock { _folder: None }) };
    match folder.try_lock() {
        Err(TryLockError::WouldBlock) => Err(PublishError::Busy(output.to_owned())),
        Ok(()) | Err(TryLockError::Error(_)) => Ok(Lock { _folder: Some(folder) }),
    }
}
