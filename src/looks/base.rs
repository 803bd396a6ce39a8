//! A folder below which many files are looked at.

use std::path::{Path, PathBuf};

use super::Stat;

/// A folder that files and folders below it are looked at from. On Linux it is opened once, so that the system need not find its
/// way to it for every one of them; it must not be exchanged for another meanwhile.
pub struct Base {
    path: PathBuf,
    #[cfg(target_os = "linux")]
    opened: Option<std::os::fd::OwnedFd>,
}

impl Base {
    /// A folder, which need not be there.
    pub fn of(path: &Path) -> Self {
        #[cfg(target_os = "linux")]
        let opened = {
            use rustix::fs::{Mode, OFlags, open};
            open(path, OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty()).ok()
        };
        Self {
            path: path.to_owned(),
            #[cfg(target_os = "linux")]
            opened,
        }
    }

    /// Of a plain file, by its path from here; never of what a link leads to.
    pub fn file(&self, path: impl AsRef<Path>) -> Option<Stat> {
        #[cfg(target_os = "linux")]
        if let Some(opened) = &self.opened {
            return Stat::from_folder(opened, path.as_ref(), rustix::fs::FileType::RegularFile);
        }
        Stat::of_file(&self.path.join(path))
    }

    /// Of a folder, by its path from here, its own being empty; never of what a link leads to.
    pub fn folder(&self, path: &str) -> Option<Stat> {
        #[cfg(target_os = "linux")]
        if let Some(opened) = &self.opened {
            let path = if path.is_empty() { "." } else { path };
            return Stat::from_folder(opened, path.as_ref(), rustix::fs::FileType::Directory);
        }
        Stat::of_folder(&self.path.join(path))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::disallowed_methods, reason = "an edge")]

    use std::fs;

    use super::*;

    #[test]
    fn what_is_seen_from_a_folder_is_what_whole_paths_show() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        fs::create_dir(path.join("a")).unwrap();
        fs::write(path.join("a/b.html"), "text").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink("b.html", path.join("a/link")).unwrap();
        for base in [Base::of(path), Base::of(&path.join("a").join(".."))] {
            assert_eq!(base.file("a/b.html"), Stat::of_file(&path.join("a/b.html")));
            assert_eq!((base.folder("a"), base.folder("")), (Stat::of_folder(&path.join("a")), Stat::of_folder(path)));
            assert!(base.file("a/b.html").is_some() && base.folder("a").is_some() && base.folder("").is_some());
            assert_eq!(
                [base.file("a"), base.file("a/link"), base.file("c"), base.folder("a/b.html"), base.folder("c")],
                [None; 5]
            );
        }
        assert_eq!((Base::of(&path.join("c")).file("d"), Base::of(&path.join("c")).folder("")), (None, None));
    }
}
