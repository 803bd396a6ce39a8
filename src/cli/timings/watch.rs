use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::{Span, Stage, Timings, Work};
use crate::asset::StaticSources;
use crate::build::{Piece, Receive};
use crate::text::SitePath;

thread_local! {
    /// The pieces of work that this thread has begun, the innermost last, and when.
    static BEGUN: RefCell<Vec<(Work, Duration)>> = const { RefCell::new(Vec::new()) };
}

/// Looks at the clock while files go to whom they are for.
pub(in crate::cli) struct Watch<'a> {
    to: &'a dyn Receive,
    start: Instant,
    timings: Mutex<Timings>,
}

impl<'a> Watch<'a> {
    /// One that begins now.
    pub(in crate::cli) fn new(to: &'a dyn Receive) -> Self {
        Self { to, start: Instant::now(), timings: Mutex::default() }
    }

    /// Ends the last stage, and gives what was timed.
    pub(in crate::cli) fn stop(&self) -> Timings {
        let now = self.start.elapsed();
        let mut timings = std::mem::take(&mut *self.timings());
        timings.end_stage(now);
        timings
    }

    fn timings(&self) -> MutexGuard<'_, Timings> {
        self.timings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn begun(&self, work: Work) {
        BEGUN.with_borrow_mut(|begun| begun.push((work, self.start.elapsed())));
    }

    fn done(&self) {
        let now = self.start.elapsed();
        let Some((work, begin)) = BEGUN.with_borrow_mut(Vec::pop) else { return };
        let thread = rayon::current_thread_index().map_or(0, |index| index + 1);
        self.timings().spans.push(Span { work, thread, begin, took: now.saturating_sub(begin) });
    }
}

impl Timings {
    /// Adds a stage that has just ended.
    pub(in crate::cli) fn add(&mut self, name: &'static str, took: Duration) {
        let begin = self.stages.last().map(|stage| stage.end).unwrap_or_default();
        self.stages.push(Stage { name, begin, end: begin + took });
    }

    fn end_stage(&mut self, now: Duration) {
        if let Some(stage) = self.stages.last_mut() {
            stage.end = now;
        }
    }
}

impl Receive for Watch<'_> {
    fn stage(&self, name: &'static str) {
        let now = self.start.elapsed();
        let mut timings = self.timings();
        timings.end_stage(now);
        timings.stages.push(Stage { name, begin: now, end: now });
        drop(timings);
        self.to.stage(name);
    }

    fn begin(&self, piece: Piece<'_>) {
        self.begun(match piece {
            Piece::Body(path) => Work::Body { path: path.to_string() },
            Piece::Output(path, template) => Work::Render { path: path.to_string(), template: template.to_owned() },
            Piece::Data(path) => Work::Data { path: path.to_string() },
            Piece::Picture(path) => Work::Picture { path: path.to_string() },
        });
        self.to.begin(piece);
    }

    fn end(&self) {
        self.to.end();
        self.done();
    }

    fn statics(&self, sources: &StaticSources) {
        self.to.statics(sources);
    }

    fn first(&self) -> BTreeSet<SitePath> {
        self.to.first()
    }

    fn stands(&self, path: &SitePath, digest: u128) -> bool {
        self.to.stands(path, digest)
    }

    fn first_made(&self, good: bool) {
        self.to.first_made(good);
    }

    fn receive(&self, path: &SitePath, bytes: Arc<[u8]>) {
        self.begun(Work::Write { path: path.to_string() });
        self.to.receive(path, bytes);
        self.done();
    }
}
