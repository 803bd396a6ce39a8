//! Builds anew when something was edited, and puts the result in place.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::watch::Sender;

use super::batch::Batch;
use super::live::{Files, Live};
use super::open_pages::OpenPages;
use super::problem::Problem;
use super::{Event, Keep, Settings};
use crate::build::{Built, Memo, Mode, Options, Receive, RecordedHeads, With, build_into};
use crate::diagnostic::{Diagnostic, Sink};
use crate::source::{Answers, Before, Found, Snapshot, find_site, moment, read_again, read_site_after};
use crate::text::SitePath;

/// The files of a site, what reading them found, and whether no more was read than what was named.
type Reading = (Snapshot, Vec<Diagnostic>, bool);

/// What the first build found and read.
struct First {
    found: Found,
    front_matter: RecordedHeads,
}

/// Builds a site again and again.
pub(super) struct Rebuilder {
    root: PathBuf,
    options: Options,
    publish: Sender<Arc<Live>>,
    tell: Arc<dyn Fn(Event<'_>) + Send + Sync>,
    /// What the last build read, and what reading it found.
    last_read: Option<(Snapshot, Vec<Diagnostic>)>,
    answers: Answers,
    memo: Memo,
    /// What is there from the start before, and takes what the next is to have; until the first build.
    keep: Option<Box<dyn Keep>>,
    open_pages: Arc<OpenPages>,
}

impl Rebuilder {
    pub(super) fn new(
        settings: &Settings,
        base_url: String,
        publish: Sender<Arc<Live>>,
        open_pages: Arc<OpenPages>,
        keep: Box<dyn Keep>,
        tell: Arc<dyn Fn(Event<'_>) + Send + Sync>,
    ) -> Self {
        let options = Options {
            config: settings.config.clone(),
            base_url: Some(base_url),
            drafts: settings.drafts,
            mode: Mode::Serve,
            ..Options::default()
        };
        Self {
            root: settings.root.clone(),
            options,
            publish,
            tell,
            last_read: None,
            answers: Answers::default(),
            memo: Memo::default(),
            keep: Some(keep),
            open_pages,
        }
    }

    /// The files that are served now, and what has been fetched for them.
    fn before(&self) -> Before {
        let live = Arc::clone(&self.publish.borrow());
        let output = move |path: &SitePath| live.file(path.as_str()).map(|(_, bytes)| Arc::clone(bytes));
        Before { outputs: Box::new(output), answers: self.answers.clone(), at: None }
    }

    /// The files that the last build asked for beside those that every build reads.
    pub(super) fn files_asked(&self) -> BTreeSet<SitePath> {
        self.last_read.as_ref().map(|(last, _)| last.files_asked().into_keys().collect()).unwrap_or_default()
    }

    /// How long it is until the site is another without an edit; no longer than an hour, since a machine may sleep.
    pub(super) fn next_change(&self) -> Option<Duration> {
        let (last, _) = self.last_read.as_ref()?;
        let wait = last.stretch().until?.duration_since(moment(None));
        let wait = Duration::try_from(wait).unwrap_or_default() + Duration::from_millis(1);
        Some(wait.min(Duration::from_secs(3600)))
    }

    /// Reads the site after a batch of edits and, if anything in it is different or it must be, builds it and shows the
    /// result. `is_superseded` is asked whether there were further edits meanwhile, and told whether a file went or is
    /// empty now, as happens for a moment while one is saved; if there were, this is left to the next batch, and `false`
    /// is the answer.
    pub(super) fn rebuild(&mut self, batch: &Batch, is_superseded: &mut dyn FnMut(bool) -> bool) -> bool {
        let start = Instant::now();
        let keep = self.keep.take();
        let (mut first, (snapshot, unreadable, by_name)) = match &keep {
            Some(keep) => {
                let (first, reading) = self.read_first(&**keep);
                (Some(first), reading)
            }
            None => (None, self.read(batch)),
        };
        let only = by_name.then_some(&batch.paths);
        let last = self.last_read.as_ref();
        let same = |last: &Snapshot| last.stretch().contains(snapshot.moment()) && same_files(only, last, &snapshot);
        if !batch.extra && last.is_some_and(|(last, found)| *found == unreadable && same(last)) {
            return true;
        }
        if is_superseded(self.last_read.as_ref().is_some_and(|(last, _)| has_lost(batch, last, &snapshot))) {
            return false;
        }
        let before = self.publish.borrow().build;
        let (built, outputs) = self.build_safely(&snapshot, first.as_mut().map(|first| &mut first.front_matter));
        let all = Sink::new();
        unreadable.iter().cloned().chain(built.diagnostics).for_each(|diagnostic| all.push(diagnostic));
        let diagnostics = all.into_sorted();
        self.last_read = Some((snapshot, unreadable));

        let live = self.publish.borrow().after(outputs, Problem::all(&diagnostics));
        let changed = live.changed_since(before).count();
        let kept_last_good = live.ever_good && !live.problems.is_empty();
        self.publish.send_replace(Arc::new(live));
        (self.tell)(Event::Built {
            stats: built.stats,
            diagnostics: &diagnostics,
            took: start.elapsed(),
            changed,
            kept_last_good,
        });
        if let Some((keep, First { found, front_matter })) = keep.zip(first) {
            keep.keep(&found, &front_matter);
        }
        true
    }

    /// Reads the site for the first time: of what looks as it did at the start before, no texts whose front matter is known.
    fn read_first(&self, keep: &dyn Keep) -> (First, Reading) {
        let unreadable = Sink::new();
        let find = || find_site(&self.root, &self.options.config, Some(&keep.looks()), &unreadable);
        let (found, front_matter) = std::thread::scope(|scope| {
            let front_matter = scope.spawn(|| keep.front_matter());
            (find(), front_matter.join().unwrap_or_default())
        });
        let is_text = |path: &SitePath, digest| front_matter.know_text(path, digest);
        let snapshot = found.read(&is_text, self.before(), &unreadable);
        (First { found, front_matter }, (snapshot, unreadable.into_sorted(), false))
    }

    /// Reads the files that a batch names, or the whole site where that does not say enough. Gives what cannot be read, too,
    /// and whether no more was read than what was named.
    fn read(&self, batch: &Batch) -> Reading {
        let last = self.last_read.as_ref().filter(|(_, unreadable)| unreadable.is_empty() && !batch.whole);
        let config = &self.options.config;
        let named = last.and_then(|(last, _)| read_again(last, self.before(), &self.root, config, &batch.paths));
        named.map(|snapshot| (snapshot, Vec::new(), true)).unwrap_or_else(|| {
            let unreadable = Sink::new();
            let snapshot = read_site_after(self.before(), &self.root, config, &unreadable);
            (snapshot, unreadable.into_sorted(), false)
        })
    }

    /// A build that ends in an error, should it ever panic: the server must outlive it, and the memo is then empty.
    fn build_safely(&mut self, snapshot: &Snapshot, recorded: Option<&mut RecordedHeads>) -> (Built, Files) {
        let (options, memo) = (&self.options, &mut self.memo);
        let with = match recorded {
            Some(recorded) => With::Recorded(memo, recorded),
            None => With::Memo(memo),
        };
        let made = Made { files: Mutex::default(), open_pages: &self.open_pages, publish: &self.publish };
        let built = catch_unwind(AssertUnwindSafe(|| build_into(snapshot, options, with, &made)));
        let built = built.unwrap_or_else(|_| {
            let message = "tinso itself failed while building this site";
            let diagnostic = Diagnostic::error("internal-error", message).help("please report it, with what you edited last");
            Built { diagnostics: vec![diagnostic], ..Built::default() }
        });
        (built, made.files.into_inner().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The files of a build that goes on. Those that somebody looks at come first, and are shown before the rest is there.
struct Made<'a> {
    files: Mutex<Files>,
    open_pages: &'a OpenPages,
    publish: &'a Sender<Arc<Live>>,
}

impl Receive for Made<'_> {
    fn first(&self) -> BTreeSet<SitePath> {
        self.open_pages.list()
    }

    fn first_made(&self, good: bool) {
        let live = Arc::clone(&self.publish.borrow());
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let differs = |(path, bytes): (&SitePath, &Arc<[u8]>)| !live.has(path, bytes);
        if good && live.problems.is_empty() && files.iter().any(differs) {
            self.publish.send_replace(Arc::new(live.meanwhile(&files)));
        }
    }

    fn receive(&self, path: &SitePath, bytes: Arc<[u8]>) {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone(), bytes);
    }
}

/// Whether a build of the new snapshot would read what the last one read, also beside the snapshot; where it is known, only
/// these files can be others.
fn same_files(only: Option<&BTreeSet<SitePath>>, last: &Snapshot, new: &Snapshot) -> bool {
    let same = |path: &SitePath| last.file(path) == new.file(path);
    let none_differs = only.map_or_else(|| last.below("").eq(new.below("")), |only| only.iter().all(same));
    none_differs && last.files_asked().iter().all(|(path, bytes)| new.any_file(path) == *bytes)
}

/// Whether one of the files that a batch names, or may mean, had something in it and went or is empty.
fn has_lost(batch: &Batch, last: &Snapshot, new: &Snapshot) -> bool {
    let is_full = |site: &Snapshot, path: &SitePath| site.bytes(path.as_str()).is_some_and(|bytes| !bytes.is_empty());
    let lost = |path: &SitePath| is_full(last, path) && !is_full(new, path);
    if batch.whole { last.below("").any(|(path, _)| lost(path)) } else { batch.paths.iter().any(lost) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Host, Request};

    #[test]
    fn files_that_went_or_became_empty_are_lost() {
        let site = |files: &[(&str, &str)]| {
            Snapshot::new(files.iter().map(|(path, text)| (SitePath::new(path), Arc::<[u8]>::from(text.as_bytes()))))
        };
        let last = site(&[("a", "1"), ("b", ""), ("c", "1")]);
        let has_lost = |last: &Snapshot, new: &Snapshot| {
            let named = Batch { paths: ["a", "b", "c"].map(SitePath::new).into(), ..Batch::default() };
            let found = has_lost(&Batch::of_everything(), last, new);
            assert_eq!(found, has_lost(&named, last, new));
            found
        };
        assert!(!has_lost(&last, &last) && !has_lost(&last, &site(&[("a", "2"), ("aa", "2"), ("c", "2"), ("d", "2")])));
        assert!(has_lost(&last, &site(&[("a", "1"), ("b", "")])) && has_lost(&last, &site(&[("b", "1"), ("c", "1")])));
        assert!(has_lost(&last, &site(&[("a", ""), ("b", ""), ("c", "1")])) && has_lost(&last, &Snapshot::default()));
    }

    /// A disk with one file in `data/`.
    struct Data(&'static str);

    impl Host for Data {
        fn file(&self, path: &SitePath) -> Option<Arc<[u8]>> {
            (path.as_str() == "data/rates.json").then(|| Arc::from(self.0.as_bytes()))
        }

        fn last_output(&self, _: &SitePath) -> Option<Arc<[u8]>> {
            None
        }

        fn now(&self) -> jiff::Timestamp {
            jiff::Timestamp::UNIX_EPOCH
        }

        fn fetch(&self, _: &Request) -> Result<Arc<[u8]>, String> {
            Err(String::new())
        }
    }

    #[test]
    fn files_that_a_build_asked_for_are_looked_at_again() {
        let site = |data| Snapshot::new([(SitePath::new("content/a.md"), Arc::from(&b"a"[..]))]).within(Data(data));
        let last = site("1");
        assert!(same_files(None, &last, &site("2")), "nobody asked for it yet");
        let _ = last.any_file(&SitePath::new("data/rates.json"));
        let _ = last.any_file(&SitePath::new("data/missing.json"));
        assert!(same_files(None, &last, &site("1")) && !same_files(None, &last, &site("2")));
        assert!(!same_files(None, &last, &Snapshot::default()));
    }
}
