//! Finding the files of a site, and reading those of which it is not known what is in them.

#![allow(clippy::disallowed_methods, reason = "the edge where files are read")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::disk::{Before, Disk, READ_FOLDERS, is_read_here, site_path, unreadable};
use super::{Digests, File, Host, Snapshot};
use crate::diagnostic::{Diagnostic, Sink};
use crate::looks::{Base, Stat, Times};
use crate::text::{ReadAgain, SitePath, Text};

/// Every file of a site, by its path, some not yet read.
pub struct Found {
    real_root: PathBuf,
    linked: bool,
    files: Vec<FoundFile>,
    again: Again,
}

/// So many files a thread takes before others may take from it.
const AT_ONCE: usize = 64;

/// What reads texts again that were let go of.
struct Again {
    root: PathBuf,
    read: ReadAgain,
}

impl Again {
    fn below(root: &Path) -> Self {
        let root = root.to_owned();
        let folder = root.clone();
        Self { root, read: Arc::new(move |path| fs::read_to_string(folder.join(path.as_str())).ok()) }
    }

    /// Whether it finds the file by its name in the site: the name on disk may be written in another way.
    fn reads(&self, name: &SitePath, path: &Path) -> bool {
        path == self.root.join(name.as_str())
    }
}

struct FoundFile {
    name: SitePath,
    path: PathBuf,
    stat: Option<Stat>,
    what: What,
}

impl FoundFile {
    fn unread(&self, digest: u128, again: &Again) -> Option<File> {
        let length = usize::try_from(self.stat?.size).ok()?;
        let text = || Text::unread(length, digest, self.name.clone(), Arc::clone(&again.read));
        again.reads(&self.name, &self.path).then(|| File::Text(text()))
    }
}

enum What {
    /// Its digest, since it looks as it did.
    Known(u128),
    Read(File),
}

/// Finds the files of a site, and reads all but those that look as they did when it was last known what is in them.
pub fn find_site(root: &Path, config: &str, looks: Option<&Times>, sink: &Sink) -> Found {
    let real_root = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    let again = Again::below(root);
    let (paths, linked) = walk(root, &real_root, config, sink);
    let base = Base::of(root);
    let files = paths.into_par_iter().with_max_len(AT_ONCE).filter_map(|path| {
        let name = site_path(root, &path);
        let stat = looks.and_then(|_| base.file(path.strip_prefix(root).ok()?));
        let known = stat.as_ref().and_then(|stat| looks?.digest(name.as_str(), stat));
        let what = match known {
            Some(digest) => What::Known(digest),
            None => What::Read(read(&name, &path, &again, sink)?),
        };
        Some(FoundFile { name, path, stat, what })
    });
    let files = files.collect();
    Found { real_root, linked, files, again }
}

impl Found {
    /// The digest of every file.
    pub fn digests(&self) -> Digests {
        let digest = |file: &FoundFile| match &file.what {
            What::Known(digest) => *digest,
            What::Read(read) => read.digest(),
        };
        self.files.iter().map(|file| (file.name.clone(), digest(file))).collect()
    }

    /// How the files looked that were not known and have not changed since a moment on the same file system; all of them, if
    /// there are any.
    pub fn looks(&self, moment: &Stat, digests: &Digests) -> Option<Times> {
        let is_over =
            |stat: &&Stat| stat.device == moment.device && stat.modified < moment.modified && stat.changed < moment.modified;
        let (mut times, mut is_more) = (Times::default(), false);
        for file in &self.files {
            let is_known = matches!(file.what, What::Known(_));
            let look = file.stat.as_ref().filter(|stat| is_known || is_over(stat)).zip(digests.get(&file.name));
            if let Some((stat, digest)) = look {
                times.add(file.name.as_str(), *digest, stat);
                is_more |= !is_known;
            }
        }
        is_more.then_some(times)
    }

    /// Any other file of the site, as a build would be given it.
    pub fn file(&self, path: &SitePath) -> Option<Arc<[u8]>> {
        let before = Before::outputs(Box::new(|_| None));
        Disk { real_root: self.real_root.clone(), before }.file(path)
    }

    /// Reads what is not yet read, but for the files of which it is known that they are texts as they stand: these are read
    /// when somebody asks for them.
    pub fn read(&self, is_text: &(dyn Fn(&SitePath, u128) -> bool + Sync), before: Before, sink: &Sink) -> Snapshot {
        let files = self.files.par_iter().with_max_len(AT_ONCE).filter_map(|file| {
            let read = match &file.what {
                What::Known(digest) if is_text(&file.name, *digest) => file.unread(*digest, &self.again),
                What::Known(_) => None,
                What::Read(read) => Some(read.clone()),
            };
            Some((file.name.clone(), read.or_else(|| self::read(&file.name, &file.path, &self.again, sink))?))
        });
        let snapshot = Snapshot::new(files.collect::<Vec<_>>());
        Snapshot { linked: self.linked, ..snapshot }.within(Disk { real_root: self.real_root.clone(), before })
    }
}

fn read(name: &SitePath, path: &Path, again: &Again, sink: &Sink) -> Option<File> {
    let read = fs::read(path).map(|bytes| {
        let file = File::of(name, bytes);
        if again.reads(name, path) { file.read_again_by(name, &again.read) } else { file }
    });
    read.map_err(|error| sink.push(unreadable(name, &error))).ok()
}

/// The paths of all files, and whether any is reached through a link.
fn walk(root: &Path, real_root: &Path, config: &str, sink: &Sink) -> (Vec<PathBuf>, bool) {
    let mut paths = vec![root.join(config)];
    let mut linked = false;
    for folder in READ_FOLDERS.iter().map(|folder| root.join(folder)).filter(|folder| folder.exists()) {
        let walk = WalkDir::new(folder).follow_links(true).sort_by_file_name();
        let may_be_hidden = |entry: &DirEntry| entry.file_name().as_encoded_bytes().starts_with(b".");
        let is_read = |entry: &DirEntry| !may_be_hidden(entry) || is_read_here(&site_path(root, entry.path()));
        for entry in walk.into_iter().filter_entry(is_read) {
            linked |= entry.as_ref().is_ok_and(DirEntry::path_is_symlink);
            match entry {
                Ok(entry) if entry.file_type().is_file() => {
                    let inside =
                        !entry.path_is_symlink() || fs::canonicalize(entry.path()).is_ok_and(|real| real.starts_with(real_root));
                    if inside {
                        paths.push(entry.into_path());
                    } else {
                        let message = "this link leads out of the site";
                        sink.push(
                            Diagnostic::error("link-out-of-site", message)
                                .in_file(&site_path(root, entry.path()))
                                .help("copy the file into the site"),
                        );
                    }
                }
                Ok(_) => {}
                // Such as the links of Emacs, which lead nowhere.
                Err(error) if error.path().is_some_and(|path| !is_read_here(&site_path(root, path))) => {}
                Err(error) => {
                    let path = error.path().map_or_else(|| SitePath::new(""), |path| site_path(root, path));
                    sink.push(unreadable(&path, &error));
                }
            }
        }
    }
    (paths, linked)
}
