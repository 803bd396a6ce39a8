//! Single steps on the disk, each naming the file it failed with.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use super::PublishError;

/// Makes a folder that everybody may read, whatever the umask.
pub(super) fn create_dir(path: &Path) -> Result<(), PublishError> {
    match fs::create_dir(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        Err(error) => Err(PublishError::io("create the folder", path)(error)),
        Ok(()) => set_mode(path, 0o755),
    }
}

/// Writes a new file that everybody may read, whatever the umask; never follows or truncates an existing one.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> Result<(), PublishError> {
    let write = || -> io::Result<()> { File::create_new(path)?.write_all(bytes) };
    write().map_err(PublishError::io("write", path))?;
    set_mode(path, 0o644)
}

/// Gives a file a second name; where the file system cannot, makes a copy with its times and mode.
pub(super) fn link(from: &Path, to: &Path) -> Result<(), PublishError> {
    match fs::hard_link(from, to) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => Err(PublishError::io("link", from)(error)),
        Err(_) => copy(from, to).map_err(PublishError::io("copy", from)),
    }
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let metadata = fs::symlink_metadata(from)?;
    if metadata.is_symlink() {
        return copy_symlink(from, to);
    }
    if !metadata.is_file() {
        return Err(io::Error::new(io::ErrorKind::Unsupported, "it is neither a file nor a link"));
    }
    fs::copy(from, to)?;
    let times = fs::FileTimes::new().set_modified(metadata.modified()?);
    File::options().append(true).open(to)?.set_times(times)
}

#[cfg(unix)]
fn copy_symlink(from: &Path, to: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(fs::read_link(from)?, to)
}

#[cfg(not(unix))]
fn copy_symlink(_from: &Path, _to: &Path) -> io::Result<()> {
    Err(io::Error::new(io::ErrorKind::Unsupported, "links cannot be carried over here"))
}

/// Sets the mode unless it is right already, so that an untouched file stays untouched.
#[cfg(unix)]
pub(super) fn set_mode(path: &Path, mode: u32) -> Result<(), PublishError> {
    use std::os::unix::fs::PermissionsExt;
    let act = || -> io::Result<()> {
        let now = fs::metadata(path)?.permissions().mode() & 0o7777;
        if now == mode { Ok(()) } else { fs::set_permissions(path, fs::Permissions::from_mode(mode)) }
    };
    act().map_err(PublishError::io("set the mode of", path))
}

#[cfg(not(unix))]
pub(super) fn set_mode(_path: &Path, _mode: u32) -> Result<(), PublishError> {
    Ok(())
}

/// Gives a folder the mode of another one.
pub(super) fn copy_mode(from: &Path, to: &Path) -> Result<(), PublishError> {
    let act = || fs::set_permissions(to, fs::metadata(from)?.permissions());
    act().map_err(PublishError::io("set the mode of", to))
}

/// Removes a file, or a folder with all that is in it; that it does not exist is fine.
pub(super) fn remove_tree(path: &Path) -> Result<(), PublishError> {
    let removed = match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) => Err(error),
    };
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(PublishError::io("remove", path)(error)),
        _ => Ok(()),
    }
}

/// Makes everything written below a folder outlive a loss of power.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(super) fn flush_tree(folder: &Path) -> Result<(), PublishError> {
    let act = || -> io::Result<()> { Ok(rustix::fs::syncfs(File::open(folder)?)?) };
    act().map_err(PublishError::io("flush", folder))
}

/// Makes everything written below a folder outlive a loss of power.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
pub(super) fn flush_tree(folder: &Path) -> Result<(), PublishError> {
    for entry in walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file()) {
        let act = || File::open(entry.path())?.sync_all();
        act().map_err(PublishError::io("flush", entry.path()))?;
    }
    Ok(())
}

/// Makes the names in a folder outlive a loss of power, as far as the system can.
pub(super) fn flush_dir(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}
