//! Single steps on the disk, each naming the file it failed with.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use super::PublishError;

/// Makes files and folders that everybody may read, whatever the umask.
#[derive(Clone, Copy, Debug)]
pub(super) struct Maker {
    /// Whether what is made has the right mode at once.
    modes_come_right: bool,
}

impl Maker {
    /// Makes the folder that all else is made in, and sees how modes come out here.
    pub(super) fn with_root(path: &Path) -> io::Result<Self> {
        let maker = Self { modes_come_right: true };
        maker.new_dir(path)?;
        if has_mode(path, 0o755) {
            return Ok(maker);
        }
        set_mode(path, 0o755)?;
        Ok(Self { modes_come_right: false })
    }

    /// Makes a folder if it is not there.
    pub(super) fn create_dir(self, path: &Path) -> Result<(), PublishError> {
        match self.new_dir(path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
            Ok(()) if !self.modes_come_right => set_mode(path, 0o755),
            made => made,
        }
        .map_err(PublishError::io("create the folder", path))
    }

    /// Writes a new file; never follows or truncates an existing one.
    pub(super) fn write_new(self, path: &Path, bytes: &[u8]) -> Result<(), PublishError> {
        let write = || -> io::Result<()> {
            new_file(path)?.write_all(bytes)?;
            if self.modes_come_right { Ok(()) } else { set_mode(path, 0o644) }
        };
        write().map_err(PublishError::io("write", path))
    }

    #[cfg(unix)]
    fn new_dir(self, path: &Path) -> io::Result<()> {
        use std::os::unix::fs::DirBuilderExt;
        fs::DirBuilder::new().mode(0o755).create(path)
    }

    #[cfg(not(unix))]
    fn new_dir(self, path: &Path) -> io::Result<()> {
        fs::create_dir(path)
    }
}

#[cfg(unix)]
fn new_file(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    File::options().write(true).create_new(true).mode(0o644).open(path)
}

#[cfg(not(unix))]
fn new_file(path: &Path) -> io::Result<File> {
    File::create_new(path)
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

#[cfg(unix)]
fn has_mode(path: &Path, mode: u32) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).is_ok_and(|metadata| metadata.permissions().mode() & 0o7777 == mode)
}

#[cfg(not(unix))]
fn has_mode(_path: &Path, _mode: u32) -> bool {
    true
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn set_mode(_path: &Path, _mode: u32) -> io::Result<()> {
    Ok(())
}

/// Lets everybody read a file.
pub(super) fn open_to_all(path: &Path) -> Result<(), PublishError> {
    set_mode(path, 0o644).map_err(PublishError::io("set the mode of", path))
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
