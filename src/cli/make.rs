//! Reads and builds a site, for the commands that build it once.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::cache::Cache;
use super::exit::Exit;
use super::progress::Progress;
use super::site::SiteFolder;
use crate::build::{Built, Options, Outputs, Receive, With, build_into};
use crate::diagnostic::{Severity, Sink};
use crate::source::{Before, Found, LastOutputs, find_site};

/// A build of a site and how long it took.
pub(super) struct Made {
    /// The build, with everything found while reading among its diagnostics.
    pub(super) built: Built,
    pub(super) took: Duration,
}

/// Reads and builds a site, its files in memory; the config file is the site's, whatever the options say. What the last
/// build made and still fits is taken from there.
pub(super) fn make(site: &SiteFolder, last: LastOutputs, options: &Options, progress: &Progress) -> Made {
    let outputs = Mutex::new(Outputs::new());
    let mut made = make_into(site, last, options, progress, &outputs);
    made.built.outputs = outputs.into_inner().unwrap_or_else(PoisonError::into_inner);
    made
}

/// As [`make`], but hands over the files.
fn make_into(site: &SiteFolder, last: LastOutputs, options: &Options, progress: &Progress, receive: &dyn Receive) -> Made {
    let (start, sink) = (Instant::now(), Sink::new());
    progress.show("reading");
    let found = find_site(&site.root, &site.config, None, &sink);
    make_of(&found, last, &of_site(options, site), progress, With::Nothing, receive, start, sink)
}

/// As [`make`], but hands over the files, or says that they stand, and makes no more than what may differ from the build that
/// left the cache.
pub(super) fn make_after(
    site: &SiteFolder,
    cache: &mut Cache,
    last: LastOutputs,
    options: &Options,
    progress: &Progress,
    receive: &dyn Receive,
) -> Made {
    let (start, sink) = (Instant::now(), Sink::new());
    progress.show("reading");
    let found = find_site(&site.root, &site.config, Some(&cache.sources), &sink);
    let options = of_site(options, site);
    let unchanged = cache.ledger.unchanged(&found.digests(), &options, &|path| found.file(path), receive);
    let made = match unchanged.filter(|_| sink.is_empty()) {
        Some(built) => Made { built, took: start.elapsed() },
        None => {
            let made = make_of(&found, last, &options, progress, With::Ledger(&mut cache.ledger), receive, start, sink);
            if !made.built.has_errors() {
                cache.keep_ledger();
            }
            made
        }
    };
    cache.keep_looks(&found);
    // The program ends soon: to take apart what it has read would only take time.
    std::mem::forget(found);
    made
}

fn of_site(options: &Options, site: &SiteFolder) -> Options {
    Options { config: site.config.clone(), ..options.clone() }
}

#[allow(clippy::too_many_arguments, reason = "the inside of two functions")]
fn make_of(
    found: &Found,
    last: LastOutputs,
    options: &Options,
    progress: &Progress,
    with: With<'_>,
    receive: &dyn Receive,
    start: Instant,
    sink: Sink,
) -> Made {
    let snapshot = found.read(Before::outputs(last), &sink);
    progress.show(&format!("building {} files", snapshot.below("").count()));
    let mut built = build_into(&snapshot, options, with, receive);
    std::mem::forget(snapshot);
    built.diagnostics.drain(..).for_each(|diagnostic| sink.push(diagnostic));
    built.diagnostics = sink.into_sorted();
    progress.clear();
    Made { built, took: start.elapsed() }
}

impl Made {
    /// How a command ends after this build: errors in the config weigh more than errors in the content.
    pub(super) fn exit(&self, site: &SiteFolder) -> Exit {
        let errors = || self.built.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
        if errors().any(|error| error.location.path().is_some_and(|path| path.as_str() == site.config)) {
            Exit::Usage
        } else if errors().next().is_some() {
            Exit::Content
        } else {
            Exit::Good
        }
    }
}
