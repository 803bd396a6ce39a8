//! How long a build took, and with what: a table for people, a trace for tools.

mod table;
mod trace;
mod watch;

use std::time::Duration;

pub(super) use watch::Watch;

/// What was timed in a build.
#[derive(Default, Debug)]
pub(super) struct Timings {
    /// The stages in their order, one after the other.
    stages: Vec<Stage>,
    /// What threads did meanwhile, in no order.
    spans: Vec<Span>,
}

/// A stage of a build, by when it began and ended after the beginning of all.
#[derive(Clone, Debug)]
struct Stage {
    name: &'static str,
    begin: Duration,
    end: Duration,
}

/// A piece of work that one thread did.
#[derive(Clone, Debug)]
struct Span {
    work: Work,
    /// The number of the thread; 0 is the main one.
    thread: usize,
    begin: Duration,
    took: Duration,
}

/// What a thread did.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Work {
    Body { path: String },
    Render { path: String, template: String },
    Data { path: String },
    Picture { path: String },
    Write { path: String },
}

impl Work {
    fn path(&self) -> &str {
        match self {
            Self::Body { path }
            | Self::Render { path, .. }
            | Self::Data { path }
            | Self::Picture { path }
            | Self::Write { path } => path,
        }
    }
}
