use std::sync::{Mutex, PoisonError};

use super::{Diagnostic, Location, Severity};

/// Collects every diagnostic of a build, from whichever thread finds it.
///
/// What comes out is ordered by file and position, never by the time of the finding,
/// and the same finding reached by two ways stands once.
#[derive(Default, Debug)]
pub struct Sink(Mutex<Vec<Diagnostic>>);

impl Sink {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a finding.
    pub fn push(&self, diagnostic: Diagnostic) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(diagnostic);
    }

    /// Adds findings of before.
    pub fn extend(&self, found: impl IntoIterator<Item = Diagnostic>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(found);
    }

    /// Whether nothing was found so far.
    pub fn is_empty(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    /// Whether an error was found so far.
    pub fn has_errors(&self) -> bool {
        let found = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        found.iter().any(|d| d.severity == Severity::Error)
    }

    /// All findings so far, in order; there are none left.
    pub fn sorted(&self) -> Vec<Diagnostic> {
        let mut found = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        found.sort_by(|a, b| key(a).cmp(&key(b)).then_with(|| a.help.cmp(&b.help)));
        found.dedup();
        found
    }

    /// All findings, in order.
    pub fn into_sorted(self) -> Vec<Diagnostic> {
        self.sorted()
    }
}

fn key(diagnostic: &Diagnostic) -> (Option<&str>, usize, Severity, &'static str, &str) {
    let start = match &diagnostic.location {
        Location::Place(place) => place.span.start,
        Location::File(_) | Location::Site => 0,
    };
    let path = diagnostic.location.path().map(|path| path.as_str());
    (path, start, diagnostic.severity, diagnostic.code, &diagnostic.message)
}
