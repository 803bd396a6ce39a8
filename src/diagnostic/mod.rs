//! What went wrong, where, and what to do: one [`Diagnostic`], and the [`Sink`] that collects them all.

mod sink;

use std::fmt::Display;

use crate::text::{Place, SitePath, SourceText, Span};

pub use sink::Sink;

/// How bad it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Severity {
    /// The page or file cannot be built as it stands; the build fails.
    Error,
    /// Something a writer should look at; the build goes on.
    Warning,
}

/// Where a diagnostic points.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Location {
    /// A part of a text.
    Place(Place),
    /// A whole file, such as one that is not text.
    File(SitePath),
    /// Nothing in particular.
    Site,
}

impl Location {
    /// The file, if there is one.
    pub fn path(&self) -> Option<&SitePath> {
        match self {
            Self::Place(place) => Some(&place.source.path),
            Self::File(path) => Some(path),
            Self::Site => None,
        }
    }
}

/// One finding: its stable code, how bad it is, what is wrong, where, and what to change.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// A stable name of the kind of finding, such as `unknown-indicator`.
    pub code: &'static str,
    /// Error or warning.
    pub severity: Severity,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Where.
    pub location: Location,
    /// Other places that belong to it, each with what it is.
    pub related: Vec<(Place, String)>,
    /// What to do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// The same finding in files that have changed, but not where it points.
    #[must_use]
    pub fn in_sources<'a>(mut self, now: impl Fn(&SitePath) -> Option<&'a SourceText>) -> Self {
        let own = match &mut self.location {
            Location::Place(place) => Some(place),
            Location::File(_) | Location::Site => None,
        };
        for place in own.into_iter().chain(self.related.iter_mut().map(|(place, _)| place)) {
            if let Some(source) = now(&place.source.path) {
                place.source = source.clone();
            }
        }
        self
    }

    /// An error not yet placed.
    pub fn error(code: &'static str, message: impl Display) -> Self {
        Self::new(code, Severity::Error, message)
    }

    /// A warning not yet placed.
    pub fn warning(code: &'static str, message: impl Display) -> Self {
        Self::new(code, Severity::Warning, message)
    }

    fn new(code: &'static str, severity: Severity, message: impl Display) -> Self {
        Self { code, severity, message: message.to_string(), location: Location::Site, related: Vec::new(), help: None }
    }

    /// Points at a span of a text.
    #[must_use]
    pub fn at(self, source: &SourceText, span: Span) -> Self {
        self.at_place(source.place(span))
    }

    /// Points at a place.
    #[must_use]
    pub fn at_place(mut self, place: Place) -> Self {
        self.location = Location::Place(place);
        self
    }

    /// Points at a whole file.
    #[must_use]
    pub fn in_file(mut self, path: &SitePath) -> Self {
        self.location = Location::File(path.clone());
        self
    }

    /// Adds another place and what it is.
    #[must_use]
    pub fn with(mut self, place: Place, label: impl Display) -> Self {
        self.related.push((place, label.to_string()));
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Display) -> Self {
        self.help = Some(help.to_string());
        self
    }

    /// Says what to do, if there is something to say.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }
}
