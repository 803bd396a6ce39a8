use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a build was not written. Nothing of the old output has changed then, unless `in_place` says so.
#[derive(Debug)]
pub enum PublishError {
    /// The output folder is one that must not be replaced.
    Refused {
        /// The folder, as it was asked for.
        output: PathBuf,
        /// What is wrong with it.
        reason: String,
        /// What to do instead.
        help: String,
    },
    /// Files that are not ours stand where files of the site should go.
    InTheWay(Vec<String>),
    /// A path of the site cannot be the path of a file.
    BadPath {
        /// The path.
        path: String,
        /// Why.
        reason: &'static str,
    },
    /// Another build is writing beside this one.
    Busy(PathBuf),
    /// The file system said no.
    Io {
        /// What was tried, such as "write".
        action: &'static str,
        /// With which file.
        path: PathBuf,
        /// What the system answered.
        source: io::Error,
    },
}

impl PublishError {
    /// What to do about it.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Refused { help, .. } => Some(help.clone()),
            Self::InTheWay(_) => Some("move them away, or pass --force to replace them".to_owned()),
            Self::Busy(_) => Some("wait until it has ended, then build again".to_owned()),
            Self::BadPath { .. } => None,
            Self::Io { .. } => Some("the previous output is as it was; mend the cause and build again".to_owned()),
        }
    }

    pub(super) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { action, path, source }
    }

    /// Whether the output cannot be swapped because it is a mount point or lies on another file system.
    pub(super) fn is_mount_boundary(&self) -> bool {
        let Self::Io { source, .. } = self else { return false };
        matches!(source.kind(), io::ErrorKind::CrossesDevices | io::ErrorKind::ResourceBusy)
    }
}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { output, reason, .. } => write!(f, "{} cannot be the output folder: {reason}", output.display()),
            Self::InTheWay(paths) => {
                let shown: Vec<&str> = paths.iter().take(5).map(String::as_str).collect();
                write!(f, "files that no build wrote stand in the way: {}", shown.join(", "))?;
                let more = paths.len().saturating_sub(shown.len());
                if more > 0 { write!(f, " and {more} more") } else { Ok(()) }
            }
            Self::BadPath { path, reason } => write!(f, "the site has a file that cannot be written, {path:?}: {reason}"),
            Self::Busy(path) => write!(f, "another build is writing into {}", path.display()),
            Self::Io { action, path, source } => write!(f, "cannot {action} {}: {source}", path.display()),
        }
    }
}

impl std::error::Error for PublishError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}
