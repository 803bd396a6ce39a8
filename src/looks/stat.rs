//! What a look at a file tells without reading it.

use std::fs::{self, Metadata};
use std::path::Path;

/// What the system says about a file or folder.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stat {
    /// In bytes.
    pub size: u64,
    /// When its bytes changed last, in nanoseconds; anybody can set it.
    pub modified: i64,
    /// When anything about it changed last, in nanoseconds; only the system's clock sets it.
    pub changed: i64,
    /// The file system that it is on.
    pub device: u64,
    /// Which file of its file system it is.
    pub inode: u64,
    /// Who may do what with it.
    pub mode: u32,
}

/// Whether times here tell every change: Unix has one that nobody can set back.
pub const TIMES_TELL: bool = cfg!(unix);

impl Stat {
    /// Of a plain file; never of what a link leads to.
    pub fn of_file(path: &Path) -> Option<Self> {
        fs::symlink_metadata(path).ok().filter(Metadata::is_file).map(|metadata| Self::of(&metadata))
    }

    /// Of a folder; never of what a link leads to.
    pub fn of_folder(path: &Path) -> Option<Self> {
        fs::symlink_metadata(path).ok().filter(Metadata::is_dir).map(|metadata| Self::of(&metadata))
    }

    /// A moment that is over, by the clock of the file system that a folder is on.
    pub fn moment(folder: &Path) -> i64 {
        Self::of_folder(folder).map_or(i64::MIN, |stat| stat.changed)
    }

    /// Whether both are the same file with the same bytes, as far as what other programs leave behind tells; names given
    /// and taken by us change only the other time.
    pub fn has_the_bytes_of(&self, other: &Self) -> bool {
        (self.device, self.inode, self.size, self.modified) == (other.device, other.inode, other.size, other.modified)
    }

    /// Of what is at a path from an opened folder, if it is of a kind.
    #[cfg(target_os = "linux")]
    pub(super) fn from_folder(folder: &std::os::fd::OwnedFd, path: &Path, kind: rustix::fs::FileType) -> Option<Self> {
        use rustix::fs::{AtFlags, FileType, StatxFlags, StatxTimestamp, makedev, statx};
        let found = statx(folder, path, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::BASIC_STATS).ok()?;
        let moment = |time: StatxTimestamp| time.tv_sec.saturating_mul(1_000_000_000).saturating_add(time.tv_nsec.into());
        let mode = u32::from(found.stx_mode);
        (FileType::from_raw_mode(mode) == kind).then(|| Self {
            size: found.stx_size,
            modified: moment(found.stx_mtime),
            changed: moment(found.stx_ctime),
            device: makedev(found.stx_dev_major, found.stx_dev_minor),
            inode: found.stx_ino,
            mode: mode & 0o7777,
        })
    }

    #[cfg(unix)]
    fn of(metadata: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        let moment = |seconds: i64, rest: i64| seconds.saturating_mul(1_000_000_000).saturating_add(rest);
        Self {
            size: metadata.len(),
            modified: moment(metadata.mtime(), metadata.mtime_nsec()),
            changed: moment(metadata.ctime(), metadata.ctime_nsec()),
            device: metadata.dev(),
            inode: metadata.ino(),
            mode: metadata.mode() & 0o7777,
        }
    }

    #[cfg(not(unix))]
    fn of(metadata: &Metadata) -> Self {
        let since = metadata.modified().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
        let modified = since.and_then(|since| i64::try_from(since.as_nanos()).ok()).unwrap_or_default();
        Self { size: metadata.len(), modified, changed: modified, device: 0, inode: 0, mode: 0o644 }
    }
}
