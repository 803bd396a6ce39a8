//! Reading a site from disk.

#![allow(clippy::disallowed_methods, reason = "the edge where files are read")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::{File, Host, Request, Snapshot, find_site};
use crate::diagnostic::{Diagnostic, Sink};
use crate::text::SitePath;
use jiff::Timestamp;

/// The folders of a site that a build reads, besides its config file.
pub const READ_FOLDERS: [&str; 6] = ["content", "templates", "themes", "static", "sass", "i18n"];

/// The files of the last build: the bytes of one by its path, if they are as that build left them.
pub type LastOutputs = Box<dyn Fn(&SitePath) -> Option<Arc<[u8]>> + Send + Sync>;

/// What other machines have answered, for builds that come one after the other in one process.
#[derive(Clone, Default)]
pub struct Answers(Arc<Mutex<BTreeMap<Request, Arc<[u8]>>>>);

/// What builds before this one have left for it.
pub struct Before {
    /// The files of the last build.
    pub outputs: LastOutputs,
    /// What has been fetched.
    pub answers: Answers,
    /// The moment that the build is for; that of the clock when `None`.
    pub at: Option<Timestamp>,
}

impl Before {
    /// The files of the last build, and nothing fetched.
    pub fn outputs(outputs: LastOutputs) -> Self {
        Self { outputs, answers: Answers::default(), at: None }
    }
}

/// Reads a site from disk as [`read_site_after`] does, without builds before it.
pub fn read_site(root: &Path, config: &str, sink: &Sink) -> Snapshot {
    read_site_after(Before::outputs(Box::new(|_| None)), root, config, sink)
}

/// Reads a site from disk: the config file and the folders of a site, nothing else.
///
/// Files that cannot be read are reported and left out. Symbolic links are followed as long as they
/// stay inside the site; hidden files are left out, but for `.well-known` and those of static folders.
pub fn read_site_after(before: Before, root: &Path, config: &str, sink: &Sink) -> Snapshot {
    find_site(root, config, None, sink).read(&|_, _| false, before, sink)
}

/// Reads some files of a site again, as they are told by their paths; all others are taken from a snapshot of before.
/// `None` where that is not enough, as when a folder has moved: then the site is read whole.
pub fn read_again(last: &Snapshot, before: Before, root: &Path, config: &str, paths: &BTreeSet<SitePath>) -> Option<Snapshot> {
    if last.linked {
        return None;
    }
    let mut again = Vec::new();
    let in_folders = |path: &SitePath| READ_FOLDERS.iter().any(|folder| path.below(folder).is_some()) && is_read(path);
    for path in paths.iter().filter(|path| path.as_str() == config || in_folders(path)) {
        let file = root.join(path.as_str());
        match fs::symlink_metadata(&file) {
            Ok(found) if found.is_file() => again.push((path.clone(), Some(File::of(path, fs::read(&file).ok()?)))),
            Err(error) if error.kind() == ErrorKind::NotFound && last.below(path.as_str()).next().is_none() => {
                again.push((path.clone(), None));
            }
            _ => return None,
        }
    }
    let real_root = fs::canonicalize(root).ok()?;
    Some(last.with(again).within(Disk { real_root, before }))
}

/// The moment that was asked for; else `SOURCE_DATE_EPOCH`, where it is set, so that a build can be done again with the same
/// bytes (<https://reproducible-builds.org/specs/source-date-epoch/>); else the clock.
pub fn moment(at: Option<Timestamp>) -> Timestamp {
    let epoch = || std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse().ok());
    let epoch = || epoch().and_then(|seconds| Timestamp::from_second(seconds).ok());
    at.or_else(epoch).unwrap_or_else(Timestamp::now)
}

/// The disk and the clock around a site.
pub(super) struct Disk {
    pub(super) real_root: PathBuf,
    pub(super) before: Before,
}

impl Host for Disk {
    fn file(&self, path: &SitePath) -> Option<Arc<[u8]>> {
        if path.as_str().split('/').any(|part| part == ".." || is_hidden(part)) {
            return None;
        }
        let real = fs::canonicalize(self.real_root.join(path.as_str())).ok()?;
        let inside = real.starts_with(&self.real_root) && real.is_file();
        inside.then(|| fs::read(real).ok().map(Arc::from))?
    }

    fn last_output(&self, path: &SitePath) -> Option<Arc<[u8]>> {
        (self.before.outputs)(path)
    }

    fn now(&self) -> Timestamp {
        moment(self.before.at)
    }

    /// A good answer is kept for the builds after this one, so that `serve` does not ask again after every edit.
    fn fetch(&self, request: &Request) -> Result<Arc<[u8]>, String> {
        let answers = || self.before.answers.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(answer) = answers().get(request) {
            return Ok(Arc::clone(answer));
        }
        let body = request.body.as_ref().map(|(body, kind)| (body.as_str(), kind.as_str()));
        let answer: Arc<[u8]> = crate::net::fetch(&request.url, body, &request.headers)?.into();
        answers().insert(request.clone(), Arc::clone(&answer));
        Ok(answer)
    }
}

/// Whether a build reads the file or folder at a path below one of the folders of a site: hidden ones, and what lies in
/// such, only where they are to be published, as `static/.htaccess` is.
pub fn is_read(path: &SitePath) -> bool {
    let folders = path.as_str().match_indices('/').filter_map(|(end, _)| path.as_str().get(..end));
    is_read_here(path) && folders.map(SitePath::new).all(|folder| is_read_here(&folder))
}

/// The same, where all folders above are read.
pub(super) fn is_read_here(path: &SitePath) -> bool {
    let name = path.name();
    // Emacs makes links such as `.#site.css` while a file is edited.
    !is_hidden(name) || (is_static(path) && !matches!(name, ".git" | ".DS_Store") && !name.starts_with(".#"))
}

/// Whether a path lies in the site's `static/`, or in a theme's.
fn is_static(path: &SitePath) -> bool {
    let mut parts = path.as_str().split('/');
    match parts.next() {
        Some("static") => true,
        Some("themes") => parts.nth(1) == Some("static"),
        _ => false,
    }
}

fn is_hidden(name: &str) -> bool {
    name.starts_with('.') && name != ".well-known"
}

pub(super) fn unreadable(path: &SitePath, error: &dyn std::fmt::Display) -> Diagnostic {
    Diagnostic::error("unreadable", format!("this cannot be read: {error}"))
        .in_file(path)
        .help("check that it exists and that you may read it")
}

pub(super) fn site_path(root: &Path, path: &Path) -> SitePath {
    // What the system joins with `/` need not be taken apart.
    let below = || path.to_str()?.strip_prefix(root.to_str()?)?.strip_prefix('/');
    if let Some(below) = cfg!(unix).then(below).flatten() {
        return SitePath::new(below);
    }
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    SitePath::new(&parts.join("/"))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_path_in_the_site_is_the_same_however_the_root_is_written() {
        for root in ["/site", "/site/", "site", "./site", "../site", "."] {
            let root = Path::new(root);
            assert_eq!(site_path(root, &root.join("content").join("a b.md")).as_str(), "content/a b.md", "{root:?}");
        }
        let of_bytes = |name: &[u8]| {
            use std::os::unix::ffi::OsStrExt;
            site_path(Path::new("/site"), &Path::new("/site/content").join(std::ffi::OsStr::from_bytes(name)))
        };
        assert_eq!(of_bytes(b"\xff.md").as_str(), "content/\u{fffd}.md");
        assert_eq!(of_bytes("Huê\u{301}.md".as_bytes()).as_str(), "content/Huế.md");
    }
}
