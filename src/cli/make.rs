//! Reads and builds a site, for the commands that build it once.

use std::time::{Duration, Instant};

use super::exit::Exit;
use super::progress::Progress;
use super::site::SiteFolder;
use crate::build::{Built, Options, Receive, build_into};
use crate::diagnostic::{Severity, Sink};
use crate::source::{Before, LastOutputs, read_site_after};

/// A build of a site and how long it took.
pub(super) struct Made {
    /// The build, with everything found while reading among its diagnostics.
    pub(super) built: Built,
    pub(super) took: Duration,
}

/// Reads and builds a site, and hands over its files; the config file is the site's, whatever the options say. What the
/// last build made and still fits is taken from there.
pub(super) fn make(site: &SiteFolder, last: LastOutputs, options: &Options, progress: &Progress, receive: &dyn Receive) -> Made {
    let start = Instant::now();
    let sink = Sink::new();
    progress.show("reading");
    let snapshot = read_site_after(Before::outputs(last), &site.root, &site.config, &sink);
    progress.show(&format!("building {} files", snapshot.below("").count()));
    let options = Options { config: site.config.clone(), ..options.clone() };
    let mut built = build_into(&snapshot, &options, None, receive);
    // The program ends soon: to take apart what it has read would only take time.
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
