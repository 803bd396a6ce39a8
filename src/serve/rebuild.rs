//! Builds anew when something was edited, and puts the result in place.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use tokio::sync::watch::Sender;

use super::live::Live;
use super::problem::Problem;
use super::{Event, Settings};
use crate::build::{Built, Options, Stats, build};
use crate::diagnostic::{Diagnostic, Sink};
use crate::source::{Snapshot, read_site};

/// Builds a site again and again.
pub(super) struct Rebuilder {
    root: PathBuf,
    options: Options,
    publish: Sender<Arc<Live>>,
    tell: Arc<dyn Fn(Event<'_>) + Send + Sync>,
    /// What the last build read, and what reading it found.
    last_read: Option<(Snapshot, Vec<Diagnostic>)>,
}

impl Rebuilder {
    pub(super) fn new(
        settings: &Settings,
        base_url: String,
        publish: Sender<Arc<Live>>,
        tell: Arc<dyn Fn(Event<'_>) + Send + Sync>,
    ) -> Self {
        let options =
            Options { config: settings.config.clone(), base_url: Some(base_url), drafts: settings.drafts, ..Options::default() };
        Self { root: settings.root.clone(), options, publish, tell, last_read: None }
    }

    /// Reads the site and, if anything in it is different, builds it and shows the result.
    pub(super) fn rebuild(&mut self) {
        let start = Instant::now();
        let reading = Sink::new();
        let snapshot = read_site(&self.root, &self.options.config, &reading);
        let unreadable = reading.into_sorted();
        if self.last_read.as_ref().is_some_and(|(last, found)| *found == unreadable && same_files(last, &snapshot)) {
            return;
        }
        let built = build_safely(&snapshot, &self.options);
        let all = Sink::new();
        unreadable.iter().cloned().chain(built.diagnostics).for_each(|diagnostic| all.push(diagnostic));
        let diagnostics = all.into_sorted();
        self.last_read = Some((snapshot, unreadable));

        let before = Arc::clone(&self.publish.borrow());
        let live = before.after(built.outputs, Problem::all(&diagnostics));
        let changed = live.changed_since(before.build).count();
        let kept_last_good = live.ever_good && !live.problems.is_empty();
        self.publish.send_replace(Arc::new(live));
        (self.tell)(Event::Built {
            stats: built.stats,
            diagnostics: &diagnostics,
            took: start.elapsed(),
            changed,
            kept_last_good,
        });
    }
}

/// A build that ends in an error, should it ever panic: the server must outlive it.
fn build_safely(snapshot: &Snapshot, options: &Options) -> Built {
    catch_unwind(AssertUnwindSafe(|| build(snapshot, options))).unwrap_or_else(|_| {
        let message = "tinso itself failed while building this site";
        let diagnostic = Diagnostic::error("internal-error", message).help("please report it, with what you edited last");
        Built {
            outputs: Default::default(),
            diagnostics: vec![diagnostic],
            stats: Stats::default(),
            static_sources: Default::default(),
        }
    })
}

fn same_files(a: &Snapshot, b: &Snapshot) -> bool {
    a.below("").eq(b.below(""))
}
