//! Gathers edits that come together into one batch, so that the site is built once for them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvError, RecvTimeoutError};
use std::time::{Duration, Instant};

use crate::text::SitePath;

/// An edit of something that matters.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Edit {
    /// A file may have other bytes, or came or went.
    File(SitePath, Step),
    /// A folder of the site that a build reads came or went.
    Folder(&'static str),
    /// Something outside of what a build reads, to be followed all the same.
    Extra,
    /// Anything may be different.
    Unclear,
}

/// What happened to a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Step {
    /// It was made, and may be empty yet.
    Came,
    /// Something was written to it, and more may follow.
    Writing,
    /// Its times or rights are others.
    Touched,
    /// It was closed after writing, or moved here whole.
    Complete,
    /// It was deleted, perhaps to be written anew.
    Gone,
    /// It was moved away, perhaps to be written anew. It may have been a folder.
    MovedAway,
    /// It may be a folder, or it cannot be said what happened.
    Unclear,
}

/// Edits that came together.
#[derive(Default, Debug)]
pub(super) struct Batch {
    /// The folders of the site that came or went.
    pub(super) folders: Vec<&'static str>,
    /// Whether something changed that a build does not read.
    pub(super) extra: bool,
    /// The files that were named. A file that a link leads to is named only by one of its names.
    pub(super) paths: BTreeSet<SitePath>,
    /// Whether files that were not named may be others too.
    pub(super) whole: bool,
}

impl Batch {
    /// A batch after which everything is read anew.
    pub(super) fn of_everything() -> Self {
        Self { whole: true, ..Self::default() }
    }
}

/// How long a batch waits for further edits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    /// How long it must be quiet.
    quiet: Duration,
    /// The same after one file was saved and nothing else.
    saved: Duration,
    /// The same after edits of many files, which are rarely all of a change.
    pub(super) many: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        let milliseconds = Duration::from_millis;
        Self { quiet: milliseconds(30), saved: milliseconds(5), many: milliseconds(60) }
    }
}

impl Pace {
    /// Always the same.
    pub(super) fn steady(quiet: Duration) -> Self {
        Self { quiet, saved: quiet, many: quiet }
    }

    /// How long it must be quiet after these edits.
    fn after(self, gathered: &Gathered) -> Duration {
        if gathered.is_one_saved_file() {
            self.saved
        } else if gathered.are_many() {
            self.many
        } else {
            self.quiet
        }
    }

    /// How long a batch waits for quiet at most.
    fn longest(self, gathered: &Gathered) -> Duration {
        let longest = Duration::from_millis(if gathered.are_many() { 2000 } else { 500 });
        longest.max(self.quiet * 4)
    }
}

/// The edits that come from a watcher.
pub(super) struct Edits {
    told: Receiver<Edit>,
    /// One that was looked at before its batch was begun.
    next: Option<Edit>,
}

impl Edits {
    pub(super) fn new(told: Receiver<Edit>) -> Self {
        Self { told, next: None }
    }

    /// Whether something was edited since the last batch, or is within a time.
    pub(super) fn are_waiting(&mut self, time: Duration) -> bool {
        self.next = self.next.take().or_else(|| self.told.recv_timeout(time).ok());
        self.next.is_some()
    }

    /// Waits for an edit and for those that come with it, until it was quiet for a while and nobody is at work. What an
    /// earlier batch has, which was not built, is part of it. Without an edit within the longest time, it has none.
    pub(super) fn batch(
        &mut self,
        earlier: Batch,
        longest: Option<Duration>,
        pace: Pace,
        at_work: &dyn Fn() -> bool,
    ) -> Result<Batch, RecvError> {
        let mut gathered = Gathered { batch: earlier, files: BTreeMap::new() };
        let first = match (self.next.take(), longest) {
            (Some(edit), _) => edit,
            (None, None) => self.told.recv()?,
            (None, Some(longest)) => match self.told.recv_timeout(longest) {
                Ok(edit) => edit,
                Err(RecvTimeoutError::Timeout) => return Ok(gathered.into_batch()),
                Err(RecvTimeoutError::Disconnected) => return Err(RecvError),
            },
        };
        gathered.add(first);
        let start = Instant::now();
        loop {
            match self.told.recv_timeout(pace.after(&gathered)) {
                Ok(edit) => gathered.add(edit),
                Err(RecvTimeoutError::Timeout) if !gathered.is_one_saved_file() && at_work() => {}
                Err(_) => break,
            }
            if start.elapsed() >= pace.longest(&gathered) && !at_work() {
                break;
            }
        }
        Ok(gathered.into_batch())
    }
}

/// A batch that may not be complete.
struct Gathered {
    batch: Batch,
    files: BTreeMap<SitePath, File>,
}

/// What became of a file within a batch.
struct File {
    /// Whether it was not there before.
    came: bool,
    /// The last that happened to it.
    step: Step,
}

impl File {
    fn is_gone(&self) -> bool {
        matches!(self.step, Step::Gone | Step::MovedAway)
    }
}

impl Gathered {
    fn add(&mut self, edit: Edit) {
        match edit {
            Edit::File(path, step) => {
                let file = self.files.entry(path).or_insert(File { came: step == Step::Came, step: Step::Writing });
                if step != Step::Touched {
                    file.step = step;
                }
            }
            Edit::Folder(folder) => {
                self.batch.whole = true;
                if !self.batch.folders.contains(&folder) {
                    self.batch.folders.push(folder);
                }
            }
            Edit::Extra => {
                self.batch.whole = true;
                self.batch.extra = true;
            }
            Edit::Unclear => self.batch.whole = true,
        }
    }

    /// Whether this is a save of a file that was there before, done.
    fn is_one_saved_file(&self) -> bool {
        // Some programs write another file first and move it into place.
        let mut files = self.files.values().filter(|file| !(file.came && file.is_gone()));
        let saved = files.next().is_some_and(|file| !file.came && file.step == Step::Complete);
        saved && files.next().is_none() && !self.batch.whole
    }

    fn are_many(&self) -> bool {
        self.batch.whole || self.files.len() > 10
    }

    fn into_batch(mut self) -> Batch {
        self.batch.whole |= self.files.values().any(|file| !file.came && file.step == Step::MovedAway);
        self.batch.paths.extend(self.files.into_keys());
        self.batch
    }
}

/// Git, which changes many files one after the other.
pub(super) struct Git {
    /// Where it says that it is at work.
    lock: Option<PathBuf>,
}

impl Git {
    /// A lock that is older was left behind.
    const LONGEST: Duration = Duration::from_secs(10);

    /// The repository that a site is in, if it is in one.
    pub(super) fn around(root: &Path) -> Self {
        let folder = root.ancestors().map(|folder| folder.join(".git")).find(|folder| folder.is_dir());
        Self { lock: folder.map(|folder| folder.join("index.lock")) }
    }

    /// Whether it is changing the files.
    pub(super) fn is_at_work(&self) -> bool {
        let since = self.lock.as_ref().and_then(|lock| lock.metadata().ok()?.modified().ok()?.elapsed().ok());
        since.is_some_and(|since| since < Self::LONGEST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    fn file(path: &str, step: Step) -> Edit {
        Edit::File(SitePath::new(path), step)
    }

    fn gathered(edits: &[Edit]) -> Gathered {
        let mut gathered = Gathered { batch: Batch::default(), files: BTreeMap::new() };
        edits.iter().cloned().for_each(|edit| gathered.add(edit));
        gathered
    }

    #[test]
    fn a_batch_lasts_until_it_is_quiet() {
        let (send, receive) = channel();
        for edit in [file("a", Step::Writing), Edit::Folder("sass"), file("b", Step::Complete), Edit::Folder("sass")] {
            send.send(edit).unwrap();
        }
        let mut edits = Edits::new(receive);
        assert!(edits.are_waiting(Duration::ZERO) && edits.are_waiting(Duration::ZERO));
        let mut next = |earlier| edits.batch(earlier, None, Pace::default(), &|| false);
        let batch = next(Batch::default()).unwrap();
        assert!(batch.folders == ["sass"] && !batch.extra && batch.whole);
        assert_eq!(batch.paths, [SitePath::new("a"), SitePath::new("b")].into());
        send.send(Edit::Extra).unwrap();
        let batch = next(batch).unwrap();
        assert!(batch.extra && batch.paths.len() == 2 && batch.folders == ["sass"], "one that was not built is part of it");
        drop(send);
        assert!(next(batch).is_err());
    }

    #[test]
    fn a_batch_without_an_edit_ends_when_the_site_changes_by_itself() {
        let (_send, receive) = channel();
        let wait = Some(Duration::from_millis(20));
        let batch = Edits::new(receive).batch(Batch::default(), wait, Pace::default(), &|| false).unwrap();
        assert!(batch.paths.is_empty() && !batch.whole && !batch.extra);
    }

    #[test]
    fn one_saved_file_is_built_sooner_than_anything_else() {
        let pace = Pace { quiet: Duration::from_millis(300), saved: Duration::from_millis(1), ..Pace::default() };
        let waited = |edits: &[Edit]| {
            let (send, receive) = channel();
            edits.iter().for_each(|edit| send.send(edit.clone()).unwrap());
            let start = Instant::now();
            Edits::new(receive).batch(Batch::default(), None, pace, &|| false).unwrap();
            start.elapsed()
        };
        assert!(waited(&[file("a", Step::Writing), file("a", Step::Complete)]) < pace.quiet);
        assert!(waited(&[file("a", Step::Writing)]) >= pace.quiet);
    }

    #[test]
    fn the_ways_in_which_editors_save_a_file() {
        use Step::{Came, Complete, Gone, MovedAway, Touched, Unclear, Writing};
        let saved: [&[Edit]; 6] = [
            // In place.
            &[file("a", Writing), file("a", Writing), file("a", Complete)],
            // Vim: moves the old file away and writes a new one.
            &[file("a", MovedAway), file("a", Came), file("a", Writing), file("a", Complete), file("a", Touched)],
            // Moved into place from a name that does not matter.
            &[file("a", Complete)],
            // sed -i: moved into place from a name beside it.
            &[file("sedX", Came), file("sedX", Writing), file("sedX", Complete), file("sedX", MovedAway), file("a", Complete)],
            // Deleted and written anew.
            &[file("a", Gone), file("a", Came), file("a", Complete)],
            &[file("a", Touched), file("a", Complete)],
        ];
        for edits in saved {
            let gathered = gathered(edits);
            assert!(gathered.is_one_saved_file(), "{edits:?}");
            assert!(!gathered.into_batch().whole, "{edits:?}");
        }
        let not: [&[Edit]; 8] = [
            &[file("a", Complete), file("a", Writing)],
            &[file("a", Complete), file("b", Complete)],
            &[file("a", Complete), file("b", Gone)],
            &[file("a", Came), file("a", Complete)],
            &[file("a", MovedAway)],
            &[file("a", Complete), Edit::Unclear],
            &[file("a", Complete), Edit::Folder("content")],
            &[file("a", Unclear)],
        ];
        for edits in not {
            assert!(!gathered(edits).is_one_saved_file(), "{edits:?}");
        }
        assert!(gathered(&[file("a", MovedAway)]).into_batch().whole, "it may have been a folder");
    }

    #[test]
    fn a_batch_waits_for_git() {
        let site = tempfile::TempDir::new().unwrap();
        let root = site.path().join("docs/site");
        std::fs::create_dir_all(&root).unwrap();
        assert!(!Git::around(&root).is_at_work());
        std::fs::create_dir(site.path().join(".git")).unwrap();
        let lock = site.path().join(".git/index.lock");
        let git = Git::around(&root);
        assert!(!git.is_at_work());
        std::fs::write(&lock, "").unwrap();
        assert!(git.is_at_work());
        let (send, receive) = channel();
        send.send(file("a", Step::Writing)).unwrap();
        let start = Instant::now();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                std::thread::sleep(Duration::from_millis(900));
                std::fs::remove_file(&lock).unwrap();
            });
            Edits::new(receive).batch(Batch::default(), None, Pace::default(), &|| git.is_at_work()).unwrap();
        });
        assert!(start.elapsed() >= Duration::from_millis(900));
        std::fs::write(&lock, "").unwrap();
        let old = std::time::SystemTime::now() - Git::LONGEST;
        std::fs::File::options().write(true).open(&lock).unwrap().set_modified(old).unwrap();
        assert!(!git.is_at_work(), "it was left behind");
    }
}
