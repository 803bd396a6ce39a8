//! Sees edits of the files that a build reads, and gathers those that come together into one batch.

use std::path::{Component, Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvError, Sender};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{EventHandler, EventKind, PollWatcher, RecursiveMode, Watcher};

use crate::source::READ_FOLDERS;

/// How long it must be quiet before a batch is complete.
const QUIET: Duration = Duration::from_millis(30);
/// How long a batch waits for quiet at most.
const LONGEST: Duration = Duration::from_millis(500);

/// How often files are looked at where the system cannot tell of edits.
const POLL: Duration = Duration::from_millis(500);

/// Watches a site.
pub(super) struct Watch {
    root: PathBuf,
    watcher: Box<dyn Watcher + Send>,
}

/// An edit: the folder of the site that came or went with it, if it is one of those that a build reads.
pub(super) type Edit = Option<&'static str>;

impl Watch {
    /// Watches the config file and every folder that a build reads, also those made later. Where the system does not
    /// tell of edits, as when all its watches are in use, the files are looked at again and again.
    pub(super) fn start(root: &Path, config: &str, edits: &Sender<Edit>, note: &dyn Fn(String)) -> notify::Result<Self> {
        let told = notify::recommended_watcher(handler(root, config, edits.clone()));
        let told = told.and_then(|watcher| Self::over(root, config, Box::new(watcher)));
        told.or_else(|error| {
            note(format!("the system does not tell of edits ({error}): files are looked at twice a second instead"));
            let settings = notify::Config::default().with_poll_interval(POLL).with_compare_contents(true);
            let watcher = PollWatcher::new(handler(root, config, edits.clone()), settings)?;
            Self::over(root, config, Box::new(watcher))
        })
    }

    fn over(root: &Path, config: &str, mut watcher: Box<dyn Watcher + Send>) -> notify::Result<Self> {
        watcher.watch(root, RecursiveMode::NonRecursive)?;
        if let Some(parent) = root.join(config).parent().filter(|parent| *parent != root) {
            watcher.watch(parent, RecursiveMode::NonRecursive)?;
        }
        for folder in READ_FOLDERS.iter().filter(|folder| root.join(folder).is_dir()) {
            watcher.watch(&root.join(folder), RecursiveMode::Recursive)?;
        }
        Ok(Self { root: root.to_owned(), watcher })
    }

    /// Follows folders that came or went.
    pub(super) fn follow(&mut self, folders: &[&'static str]) {
        for folder in folders.iter().map(|folder| self.root.join(folder)) {
            let _ = self.watcher.unwatch(&folder);
            if folder.is_dir() {
                let _ = self.watcher.watch(&folder, RecursiveMode::Recursive);
            }
        }
    }
}

/// Sends on what matters of the events of a watcher.
fn handler(root: &Path, config: &str, edits: Sender<Edit>) -> impl EventHandler {
    let (root, config) = (root.to_owned(), config.to_owned());
    move |event: notify::Result<notify::Event>| {
        let Ok(event) = event else {
            // The system lost count of the edits: look at everything again.
            let _ = edits.send(None);
            return;
        };
        if event.need_rescan() {
            let _ = edits.send(None);
        }
        for edit in event.paths.iter().filter(|_| is_edit(&event.kind)).filter_map(|path| relevant(&root, &config, path)) {
            let _ = edits.send(edit);
        }
    }
}

/// Waits for an edit and for those that come with it; gives the folders that came or went.
pub(super) fn next_batch(edits: &Receiver<Edit>) -> Result<Vec<&'static str>, RecvError> {
    let mut folders: Vec<&'static str> = edits.recv()?.into_iter().collect();
    let start = Instant::now();
    while start.elapsed() < LONGEST
        && let Ok(edit) = edits.recv_timeout(QUIET)
    {
        folders.extend(edit.filter(|folder| !folders.contains(folder)));
    }
    Ok(folders)
}

/// Whether an event can mean other bytes; reading a file, as every build does, cannot.
fn is_edit(kind: &EventKind) -> bool {
    match kind {
        EventKind::Access(access) => *access == AccessKind::Close(AccessMode::Write),
        _ => true,
    }
}

/// Whether a path matters to a build: `None` if not, else what it says about a folder of the site.
fn relevant(root: &Path, config: &str, path: &Path) -> Option<Edit> {
    let relative = path.strip_prefix(root).ok()?;
    if relative == Path::new(config) {
        return Some(None);
    }
    let mut names = relative.components().map(|part| match part {
        Component::Normal(name) => name.to_str().unwrap_or_default(),
        _ => "",
    });
    let first = names.next()?;
    let folder = READ_FOLDERS.iter().find(|folder| **folder == first)?;
    let mut inside = names.peekable();
    if inside.peek().is_none() {
        return Some(Some(folder));
    }
    (!inside.any(is_passing)).then_some(None)
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
            assert_eq!(matters(path), Some(None), "{path}");
        }
        assert_eq!(matters("content"), Some(Some("content")));
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
    fn a_batch_lasts_until_it_is_quiet() {
        let (send, receive) = std::sync::mpsc::channel();
        for edit in [None, Some("sass"), None, Some("sass")] {
            send.send(edit).unwrap();
        }
        assert_eq!(next_batch(&receive).unwrap(), ["sass"]);
        drop(send);
        assert!(next_batch(&receive).is_err());
    }
}
