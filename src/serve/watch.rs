//! Sees edits of the files that a build reads.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind, RemoveKind, RenameMode};
use notify::{EventHandler, EventKind, PollWatcher, RecursiveMode, Watcher};

use super::batch::{Batch, Edit, Step};
use crate::source::{self, READ_FOLDERS};
use crate::text::SitePath;

/// How often files are looked at where the system cannot tell of edits.
const POLL: Duration = Duration::from_millis(500);

/// Watches a site.
pub(super) struct Watch {
    root: PathBuf,
    watcher: Box<dyn Watcher + Send>,
    /// Whether it looks at the files again and again.
    is_polling: bool,
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
        let told = told.and_then(|watcher| Self::over(&matters, Box::new(watcher), false));
        told.or_else(|error| {
            note(format!("the system does not tell of edits ({error}): files are looked at twice a second instead"));
            let settings = notify::Config::default().with_poll_interval(POLL).with_compare_contents(true);
            let watcher = PollWatcher::new(handler(Arc::clone(&matters), edits.clone()), settings)?;
            Self::over(&matters, Box::new(watcher), true)
        })
    }

    fn over(matters: &Arc<Matters>, mut watcher: Box<dyn Watcher + Send>, is_polling: bool) -> notify::Result<Self> {
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
        Ok(Self { root: root.to_owned(), watcher, is_polling, asked_folders: BTreeSet::new(), matters: Arc::clone(matters) })
    }

    /// Follows folders that came or went, and waits until those inside of them are watched of which a batch told.
    pub(super) fn follow(&mut self, batch: &Batch) {
        if !batch.whole {
            return;
        }
        self.catch_up();
        for folder in batch.folders.iter().map(|folder| self.root.join(folder)) {
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

    /// Waits until the watcher has told of everything that happened until now, and watches the folders that came.
    pub(super) fn catch_up(&mut self) {
        // Inotify's watcher is a thread that does one thing after the other, and this is one more: the first may be done
        // before events that are there already, the second is not. Other watchers would forget what they have seen.
        if cfg!(target_os = "linux") && !self.is_polling {
            for _ in 0..2 {
                let _ = self.watcher.watch(&self.root, RecursiveMode::NonRecursive);
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
        let told = match event {
            Ok(event) if !event.need_rescan() => event,
            // The system lost count of the edits: look at everything again.
            _ => {
                let _ = edits.send(Edit::Unclear);
                return;
            }
        };
        for edit in told.paths.iter().filter_map(|path| matters.edit(path, Step::of(&told.kind, path)?)) {
            let _ = edits.send(edit);
        }
    }
}

impl Step {
    /// What an event says of a path; `None` if it cannot mean other bytes, such as reading it, as every build does.
    fn of(kind: &EventKind, path: &Path) -> Option<Self> {
        let file = |step| if path.is_dir() { Self::Unclear } else { step };
        Some(match kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => Self::Complete,
            // The two halves of it have been told before.
            EventKind::Access(_) | EventKind::Modify(ModifyKind::Name(RenameMode::Both)) => return None,
            EventKind::Create(CreateKind::File) => Self::Came,
            EventKind::Modify(ModifyKind::Data(_)) => Self::Writing,
            EventKind::Modify(ModifyKind::Metadata(_)) => file(Self::Touched),
            EventKind::Modify(ModifyKind::Name(RenameMode::To)) => file(Self::Complete),
            EventKind::Modify(ModifyKind::Name(RenameMode::From)) => Self::MovedAway,
            EventKind::Remove(RemoveKind::File) => Self::Gone,
            _ => Self::Unclear,
        })
    }
}

impl Matters {
    /// What an event of a path says, if it matters.
    fn edit(&self, path: &Path, step: Step) -> Option<Edit> {
        let inside = path.strip_prefix(&self.root).ok();
        let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        if !is_temporary(&name) && !name.starts_with('.') && self.extra.iter().any(|extra| path.starts_with(extra)) {
            return Some(Edit::Extra);
        }
        let inside = inside.filter(|inside| !inside.as_os_str().is_empty())?;
        let file = || match site_path(inside) {
            Some(path) if step != Step::Unclear => Edit::File(path, step),
            _ => Edit::Unclear,
        };
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(folder) = READ_FOLDERS.iter().find(|folder| inside == Path::new(folder)) {
            return Some(Edit::Folder(folder));
        }
        if inside == Path::new(&self.config) || asked.contains(path) || is_read(inside) {
            return Some(file());
        }
        asked.iter().any(|file| file.starts_with(path)).then_some(Edit::Unclear)
    }
}

/// Whether a build reads a path below one of the folders of a site.
fn is_read(inside: &Path) -> bool {
    let text = inside.to_string_lossy();
    let in_folder = text.split_once('/').is_some_and(|(folder, _)| READ_FOLDERS.contains(&folder));
    in_folder && source::is_read(&SitePath::new(&text)) && !text.split('/').any(is_temporary)
}

/// The path of a file in the site, if it is the one that the file has on disk.
fn site_path(inside: &Path) -> Option<SitePath> {
    let text = inside.to_str()?;
    Some(SitePath::new(text)).filter(|path| path.as_str() == text)
}

/// Whether a name is one that editors use while they save.
fn is_temporary(name: &str) -> bool {
    let number = name == "4913"; // Vim, to see whether it may write in the folder
    let suffixes = ["~", ".swp", ".swx", ".swo", ".tmp", ".bak", "___jb_tmp___", "___jb_old___", ".crswap"];
    let prefixes = [".goutputstream-", ".#", ".~lock."];
    number
        || (name.starts_with('#') && name.ends_with('#'))
        || suffixes.iter().any(|suffix| name.ends_with(suffix))
        || prefixes.iter().any(|prefix| name.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matters() -> Matters {
        Matters {
            root: "/site".into(),
            config: "config.toml".to_owned(),
            extra: vec!["/other/notes".into()],
            asked: Mutex::new([PathBuf::from("/site/data/deep/rates.csv")].into()),
        }
    }

    #[test]
    fn only_what_a_build_reads_matters() {
        let edit = |path: &str| matters().edit(&Path::new("/site").join(path), Step::Complete);
        let read = [
            "config.toml",
            "content/a.md",
            "themes/x/sass/site.scss",
            "static/.well-known/a",
            "static/.htaccess",
            "themes/x/static/.nojekyll",
            "i18n/vi.toml",
        ];
        for path in read {
            assert_eq!(edit(path), Some(Edit::File(SitePath::new(path), Step::Complete)), "{path}");
        }
        assert_eq!(edit("content"), Some(Edit::Folder("content")));
        let not = [
            "public/a.html",
            "target/x",
            ".git/index",
            "README.md",
            "content/.a.md.swp",
            "content/.hidden/a.md",
            "content/a.md~",
            "content/4913",
            "content/#a.md#",
            "static/.site.css.swp",
            "static/.#site.css",
            "static/.git/index",
            "themes/x/.git/index",
            "zola.toml",
            "",
        ];
        for path in not {
            assert_eq!(edit(path), None, "{path}");
        }
        assert_eq!(matters().edit(Path::new("/elsewhere"), Step::Complete), None);
    }

    #[test]
    fn a_path_that_is_another_on_disk_is_unclear() {
        let edit = |path: &str| matters().edit(Path::new(path), Step::Complete);
        assert_eq!(edit("/site/content/e\u{301}.md"), Some(Edit::Unclear));
        assert_eq!(edit("/site/content/\u{e9}.md"), Some(Edit::File(SitePath::new("content/\u{e9}.md"), Step::Complete)));
        assert_eq!(matters().edit(Path::new("/site/content/a"), Step::Unclear), Some(Edit::Unclear));
    }

    #[test]
    fn what_builds_asked_for_and_further_paths_matter_too() {
        let edit = |path: &str| matters().edit(Path::new(path), Step::Complete);
        assert_eq!(edit("/site/data/deep/rates.csv"), Some(Edit::File(SitePath::new("data/deep/rates.csv"), Step::Complete)));
        assert_eq!(edit("/site/data"), Some(Edit::Unclear));
        assert_eq!(edit("/other/notes/a/b.txt"), Some(Edit::Extra));
        for not in
            ["/site", "/site/data/deep/other.csv", "/site/data/other", "/other/notes/a.swp", "/other/notes/.x", "/other/x", "/"]
        {
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
        watch.follow(&Batch::of_everything());
        watch.follow_asked(&asked);
        std::fs::write(root.join("data/deep/rates.json"), "2").unwrap();
        assert!(edits.recv_timeout(Duration::from_secs(10)).is_ok(), "it is followed in a folder that came again");
    }
}
