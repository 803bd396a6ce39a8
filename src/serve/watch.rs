//! Sees edits of the files that a build reads, and gathers those that come together into one batch.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{EventHandler, EventKind, PollWatcher, RecursiveMode, Watcher};

use crate::source::READ_FOLDERS;
use crate::text::SitePath;

/// How long it must be quiet before a batch is complete, unless somebody wants another time.
pub(super) const QUIET: Duration = Duration::from_millis(30);
/// How long a batch waits for quiet at most, or four times as long as it must be quiet.
const LONGEST: Duration = Duration::from_millis(500);

/// How often files are looked at where the system cannot tell of edits.
const POLL: Duration = Duration::from_millis(500);

/// Watches a site.
pub(super) struct Watch {
    root: PathBuf,
    watcher: Box<dyn Watcher + Send>,
    /// The folders of files that builds asked for.
    asked_folders: BTreeSet<PathBuf>,
    matters: Arc<Matters>,
}

/// Which paths matter to a build.
struct Matters {
    root: PathBuf,
    config: String,
    extra: Vec<PathBuf>,
    /// Files that builds asked for beside those that every build reads.
    asked: Mutex<BTreeSet<PathBuf>>,
}

/// An edit of something that matters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Edit {
    /// A file may have other bytes.
    File,
    /// A folder of the site that a build reads came or went.
    Folder(&'static str),
    /// Something outside of what a build reads, to be followed all the same.
    Extra,
}

/// Edits that came together.
#[derive(Default, Debug)]
pub(super) struct Batch {
    /// The folders of the site that came or went.
    pub(super) folders: Vec<&'static str>,
    /// Whether something changed that a build does not read.
    pub(super) extra: bool,
}

impl Watch {
    /// Watches the config file, every folder that a build reads, also those made later, and further paths. Where the
    /// system does not tell of edits, as when all its watches are in use, the files are looked at again and again.
    pub(super) fn start(
        root: &Path,
        config: &str,
        extra: &[PathBuf],
        edits: &Sender<Edit>,
        note: &dyn Fn(String),
    ) -> notify::Result<Self> {
        let matters = Arc::new(Matters {
            root: root.to_owned(),
            config: config.to_owned(),
            extra: extra.to_owned(),
            asked: Mutex::default(),
        });
        let told = notify::recommended_watcher(handler(Arc::clone(&matters), edits.clone()));
        let told = told.and_then(|watcher| Self::over(&matters, Box::new(watcher)));
        told.or_else(|error| {
            note(format!("the system does not tell of edits ({error}): files are looked at twice a second instead"));
            let settings = notify::Config::default().with_poll_interval(POLL).with_compare_contents(true);
            let watcher = PollWatcher::new(handler(Arc::clone(&matters), edits.clone()), settings)?;
            Self::over(&matters, Box::new(watcher))
        })
    }

    fn over(matters: &Arc<Matters>, mut watcher: Box<dyn Watcher + Send>) -> notify::Result<Self> {
        let root = matters.root.as_path();
        watcher.watch(root, RecursiveMode::NonRecursive)?;
        if let Some(parent) = root.join(&matters.config).parent().filter(|parent| *parent != root) {
            watcher.watch(parent, RecursiveMode::NonRecursive)?;
        }
        for folder in READ_FOLDERS.iter().filter(|folder| root.join(folder).is_dir()) {
            watcher.watch(&root.join(folder), RecursiveMode::Recursive)?;
        }
        for path in &matters.extra {
            watcher.watch(path, RecursiveMode::Recursive)?;
        }
        Ok(Self { root: root.to_owned(), watcher, asked_folders: BTreeSet::new(), matters: Arc::clone(matters) })
    }

    /// Follows folders that came or went.
    pub(super) fn follow(&mut self, folders: &[&'static str]) {
        for folder in folders.iter().map(|folder| self.root.join(folder)) {
            let _ = self.watcher.unwatch(&folder);
            if folder.is_dir() {
                let _ = self.watcher.watch(&folder, RecursiveMode::Recursive);
            }
        }
        // One of these may have gone and come again, which ends its watch.
        for folder in std::mem::take(&mut self.asked_folders) {
            let _ = self.watcher.unwatch(&folder);
            if self.watcher.watch(&folder, RecursiveMode::NonRecursive).is_ok() {
                self.asked_folders.insert(folder);
            }
        }
    }

    /// Follows files that a build asked for; says whether a folder is watched that was not before.
    pub(super) fn follow_asked(&mut self, files: &BTreeSet<SitePath>) -> bool {
        let files: BTreeSet<PathBuf> = files.iter().map(|file| self.root.join(file.as_str())).collect();
        let inside = |folder: &Path| READ_FOLDERS.iter().any(|read| folder.starts_with(self.root.join(read)));
        // Of a folder that is not there the nearest one above it that is: it tells when the folder comes.
        let folders = files.iter().filter_map(|file| file.ancestors().skip(1).find(|folder| folder.is_dir()));
        let wanted = folders.filter(|folder| folder.starts_with(&self.root) && **folder != self.root && !inside(folder));
        let new: BTreeSet<PathBuf> = wanted.filter(|folder| !self.asked_folders.contains(*folder)).map(Path::to_owned).collect();
        *self.matters.asked.lock().unwrap_or_else(PoisonError::into_inner) = files;
        let mut more = false;
        for folder in new {
            if self.watcher.watch(&folder, RecursiveMode::NonRecursive).is_ok() {
                more |= self.asked_folders.insert(folder);
            }
        }
        more
    }
}

/// Sends on what matters of the events of a watcher.
fn handler(matters: Arc<Matters>, edits: Sender<Edit>) -> impl EventHandler {
    move |event: notify::Result<notify::Event>| {
        let Ok(event) = event else {
            // The system lost count of the edits: look at everything again.
            let _ = edits.send(Edit::File);
            return;
        };
        if event.need_rescan() {
            let _ = edits.send(Edit::File);
        }
        for edit in event.paths.iter().filter(|_| is_edit(&event.kind)).filter_map(|path| matters.edit(path)) {
            let _ = edits.send(edit);
        }
    }
}

/// Waits for an edit and for those that come with it, until it was quiet for a while.
pub(super) fn next_batch(edits: &Receiver<Edit>, quiet: Duration) -> Result<Batch, RecvError> {
    let mut batch = Batch::default();
    batch.add(edits.recv()?);
    let start = Instant::now();
    while start.elapsed() < LONGEST.max(quiet * 4)
        && let Ok(edit) = edits.recv_timeout(quiet)
    {
        batch.add(edit);
    }
    Ok(batch)
}

impl Batch {
    fn add(&mut self, edit: Edit) {
        match edit {
            Edit::File => {}
            Edit::Folder(folder) if self.folders.contains(&folder) => {}
            Edit::Folder(folder) => self.folders.push(folder),
            Edit::Extra => self.extra = true,
        }
    }
}

/// Whether an event can mean other bytes; reading a file, as every build does, cannot.
fn is_edit(kind: &EventKind) -> bool {
    match kind {
        EventKind::Access(access) => *access == AccessKind::Close(AccessMode::Write),
        _ => true,
    }
}

impl Matters {
    /// What an event of a path says, if it matters.
    fn edit(&self, path: &Path) -> Option<Edit> {
        let passing = path.file_name().is_some_and(|name| is_passing(&name.to_string_lossy()));
        if !passing && self.extra.iter().any(|extra| path.starts_with(extra)) {
            return Some(Edit::Extra);
        }
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if asked.iter().any(|file| file.starts_with(path) && path.starts_with(&self.root) && path != self.root) {
            return Some(relevant(&self.root, &self.config, path).unwrap_or(Edit::File));
        }
        relevant(&self.root, &self.config, path)
    }
}

/// What an event of a path in the site says: `None` if it does not matter to a build.
fn relevant(root: &Path, config: &str, path: &Path) -> Option<Edit> {
    let relative = path.strip_prefix(root).ok()?;
    if relative == Path::new(config) {
        return Some(Edit::File);
    }
    let mut names = relative.components().map(|part| match part {
        Component::Normal(name) => name.to_str().unwrap_or_default(),
        _ => "",
    });
    let first = names.next()?;
    let folder = READ_FOLDERS.iter().find(|folder| **folder == first)?;
    let mut inside = names.peekable();
    if inside.peek().is_none() {
        return Some(Edit::Folder(folder));
    }
    (!inside.any(is_passing)).then_some(Edit::File)
}

/// Whether a name is hidden or one that editors use while they save.
fn is_passing(name: &str) -> bool {
    let hidden = name.starts_with('.') && name != ".well-known";
    let number = name == "4913"; // Vim, to see whether it may write in the folder
    let suffixes = ["~", ".swp", ".swx", ".swo", ".tmp", ".bak", "___jb_tmp___", "___jb_old___", ".crswap"];
    hidden || number || (name.starts_with('#') && name.ends_with('#')) || suffixes.iter().any(|suffix| name.ends_with(suffix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_build_reads_matters() {
        let matters = |path: &str| relevant(Path::new("/site"), "config.toml", &Path::new("/site").join(path));
        for path in ["config.toml", "content/a.md", "themes/x/sass/site.scss", "static/.well-known/a", "i18n/vi.toml"] {
            assert_eq!(matters(path), Some(Edit::File), "{path}");
        }
        assert_eq!(matters("content"), Some(Edit::Folder("content")));
        let not = [
            "public/a.html",
            "target/x",
            ".git/index",
            "README.md",
            "content/.a.md.swp",
            "content/a.md~",
            "content/4913",
            "content/#a.md#",
            "zola.toml",
        ];
        for path in not {
            assert_eq!(matters(path), None, "{path}");
        }
        assert_eq!(relevant(Path::new("/site"), "config.toml", Path::new("/elsewhere")), None);
    }

    #[test]
    fn what_builds_asked_for_and_further_paths_matter_too() {
        let matters = Matters {
            root: "/site".into(),
            config: "config.toml".to_owned(),
            extra: vec!["/other/notes".into()],
            asked: Mutex::new([PathBuf::from("/site/data/deep/rates.csv")].into()),
        };
        let edit = |path: &str| matters.edit(Path::new(path));
        assert_eq!(edit("/site/data/deep/rates.csv"), Some(Edit::File));
        assert_eq!(edit("/site/data"), Some(Edit::File));
        assert_eq!(edit("/other/notes/a/b.txt"), Some(Edit::Extra));
        assert_eq!(edit("/site/content"), Some(Edit::Folder("content")));
        for not in ["/site", "/site/data/deep/other.csv", "/site/data/other", "/other/notes/a.swp", "/other/x", "/"] {
            assert_eq!(edit(not), None, "{not}");
        }
    }

    #[test]
    fn files_asked_for_are_followed_even_into_folders_that_come_later() {
        let site = tempfile::TempDir::new().unwrap();
        let root = std::fs::canonicalize(site.path()).unwrap();
        let (send, edits) = std::sync::mpsc::channel();
        let mut watch = Watch::start(&root, "config.toml", &[], &send, &|_| {}).unwrap();
        let asked: BTreeSet<SitePath> = [SitePath::new("data/deep/rates.json"), SitePath::new("static/x")].into();
        assert!(!watch.follow_asked(&asked), "there is no folder to follow yet");
        let told = || {
            let told = edits.recv_timeout(Duration::from_secs(10)).is_ok();
            while edits.recv_timeout(Duration::from_millis(100)).is_ok() {}
            told
        };
        std::fs::create_dir(root.join("data")).unwrap();
        assert!(told(), "a folder on the way came");
        assert!(watch.follow_asked(&asked) && !watch.follow_asked(&asked));
        std::fs::create_dir(root.join("data/deep")).unwrap();
        assert!(told(), "its folder came");
        assert!(watch.follow_asked(&asked));
        std::fs::write(root.join("data/deep/rates.json"), "1").unwrap();
        assert!(told(), "it came");
        std::fs::write(root.join("data/deep/other.json"), "1").unwrap();
        assert!(edits.recv_timeout(Duration::from_millis(200)).is_err(), "nobody asked for the other");

        std::fs::remove_dir_all(root.join("data")).unwrap();
        let _ = edits.recv_timeout(Duration::from_secs(10)).unwrap();
        std::fs::create_dir_all(root.join("data/deep")).unwrap();
        while edits.recv_timeout(Duration::from_millis(100)).is_ok() {}
        watch.follow(&[]);
        watch.follow_asked(&asked);
        std::fs::write(root.join("data/deep/rates.json"), "2").unwrap();
        assert!(edits.recv_timeout(Duration::from_secs(10)).is_ok(), "it is followed in a folder that came again");
    }

    #[test]
    fn a_batch_lasts_until_it_is_quiet() {
        let (send, receive) = std::sync::mpsc::channel();
        for edit in [Edit::File, Edit::Folder("sass"), Edit::File, Edit::Folder("sass")] {
            send.send(edit).unwrap();
        }
        let batch = next_batch(&receive, QUIET).unwrap();
        assert!(batch.folders == ["sass"] && !batch.extra);
        send.send(Edit::Extra).unwrap();
        assert!(next_batch(&receive, QUIET).unwrap().extra);
        drop(send);
        assert!(next_batch(&receive, QUIET).is_err());
    }
}
