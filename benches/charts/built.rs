//! Builds the portal in memory, and counts the processor time of what is made of its data.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tinso::build::{Options, Piece, Receive, With, build_into};
use tinso::text::SitePath;

use crate::clock::{of_process, of_thread};
use crate::portal;

thread_local! {
    /// The file that this thread makes, by name, and when it began.
    static BEGUN: RefCell<Option<(String, Duration)>> = const { RefCell::new(None) };
}

/// What a build took.
#[derive(Default)]
pub struct Taken {
    pub all: Duration,
    pub files: usize,
    pub bytes: usize,
    pub data: BTreeMap<String, Data>,
}

/// The files of data that have one name.
#[derive(Clone, Copy, Default)]
pub struct Data {
    pub count: u32,
    pub bytes: usize,
    pub took: Duration,
}

impl Data {
    /// Both together.
    pub fn and(self, other: Self) -> Self {
        Self { count: self.count + other.count, bytes: self.bytes + other.bytes, took: self.took + other.took }
    }
}

/// Counts what it hears and takes.
#[derive(Default)]
struct Counter(Mutex<Taken>);

impl Counter {
    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn name(path: &SitePath) -> &str {
    path.as_str().rsplit('/').next().unwrap_or_default()
}

impl Receive for Counter {
    fn begin(&self, piece: Piece<'_>) {
        if let Piece::Data(path) = piece {
            BEGUN.set(Some((name(path).to_owned(), of_thread())));
        }
    }

    fn end(&self) {
        if let Some((name, begun)) = BEGUN.take() {
            let took = of_thread().saturating_sub(begun);
            let mut taken = self.taken();
            let data = taken.data.entry(name).or_default();
            data.count += 1;
            data.took += took;
        }
    }

    fn receive(&self, path: &SitePath, bytes: Arc<[u8]>) {
        let mut taken = self.taken();
        taken.files += 1;
        taken.bytes += bytes.len();
        if let Some(data) = taken.data.get_mut(name(path)) {
            data.bytes += bytes.len();
        }
    }
}

/// Builds the portal, with pictures or without.
pub fn build(indicators: usize, pictures: bool) -> io::Result<Taken> {
    let snapshot = portal::snapshot(portal::files(indicators, pictures));
    let options = Options { config: "config.toml".into(), ..Options::default() };
    let counter = Counter::default();
    let start = of_process();
    let built = build_into(&snapshot, &options, With::Nothing, &counter);
    let all = of_process().saturating_sub(start);
    match built.diagnostics.first() {
        Some(found) => Err(io::Error::other(format!("{}: {}", found.code, found.message))),
        None => Ok(Taken { all, ..counter.0.into_inner().unwrap_or_else(PoisonError::into_inner) }),
    }
}
