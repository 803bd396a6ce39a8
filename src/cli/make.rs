//! Reads and builds a site, for the commands that build it once.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::cache::Cache;
use super::exit::Exit;
use super::progress::Progress;
use super::site::SiteFolder;
use crate::build::{Built, Fate, Ledger, Memo, Options, Receive, With, build_into};
use crate::diagnostic::{Severity, Sink};
use crate::looks::Times;
use crate::source::{Before, Found, Snapshot, find_site, moment};
use crate::text::SitePath;

/// A build of a site and how long it took.
pub(super) struct Made {
    /// The build, with everything found while reading among its diagnostics.
    pub(super) built: Built,
    pub(super) took: Duration,
}

/// Reads and builds a site, and hands over its files; the config file is the site's, whatever the options say. What the last
/// build made and still fits is taken from there.
pub(super) fn make(site: &SiteFolder, before: Before, options: &Options, progress: &Progress, receive: &dyn Receive) -> Made {
    Making::begin(site, options, None, progress, receive).build(before, With::Nothing, progress, receive)
}

/// As [`make`], but all of it, and tells of every output that the receiver asked about what a build that goes on from the
/// ledger would do with it; `standing` gives the digest of the file that stands there.
pub(super) fn make_explained(
    site: &SiteFolder,
    ledger: &Ledger,
    standing: &dyn Fn(&SitePath) -> Option<u128>,
    before: Before,
    options: &Options,
    progress: &Progress,
    receive: &dyn Receive,
) -> (Made, BTreeMap<SitePath, Fate>) {
    let making = Making::begin(site, options, None, progress, receive);
    let snapshot = making.found.read(&|_, _| false, before, &making.sink);
    let made = making.build_from(&snapshot, With::Memo(&mut Memo::default()), progress, receive);
    let fate = |path: &SitePath| ledger.fate(path, &snapshot, &making.options, &|digest| standing(path) == Some(digest));
    let fates = made.built.explained.keys().map(|path| (path.clone(), fate(path))).collect();
    (made, fates)
}

/// As [`make`], but says of files that they stand, and makes no more than what may differ from the build that
/// left the cache, which is then to be kept.
pub(super) fn make_after(
    site: &SiteFolder,
    cache: &mut Cache,
    before: Before,
    options: &Options,
    progress: &Progress,
    receive: &dyn Receive,
) -> Made {
    let making = Making::begin(site, options, Some(&cache.sources), progress, receive);
    let Making { found, options, start, sink, .. } = &making;
    let digests = found.digests();
    let unchanged = cache.ledger.unchanged(&digests, options, moment(before.at), &|path| found.file(path), receive);
    let unchanged = unchanged.filter(|_| sink.is_empty()).map(|built| Made { built, took: start.elapsed() });
    let made = unchanged.unwrap_or_else(|| {
        cache.read_heads();
        let made = making.build(before, With::Ledger(&mut cache.ledger, &mut cache.heads), progress, receive);
        cache.is_new = !made.built.has_errors();
        made
    });
    cache.saw(&making.found, &digests);
    // The program ends soon: to take apart what it has read would only take time.
    std::mem::forget(making);
    made
}

/// A build that has begun.
struct Making {
    start: Instant,
    sink: Sink,
    options: Options,
    found: Found,
}

impl Making {
    fn begin(site: &SiteFolder, options: &Options, looks: Option<&Times>, progress: &Progress, receive: &dyn Receive) -> Self {
        let (start, sink) = (Instant::now(), Sink::new());
        receive.stage("reading");
        progress.show("reading");
        let found = find_site(&site.root, &site.config, looks, &sink);
        let options = Options { config: site.config.clone(), ..options.clone() };
        Self { start, sink, options, found }
    }

    fn build(&self, before: Before, with: With<'_>, progress: &Progress, receive: &dyn Receive) -> Made {
        let is_text = |path: &SitePath, digest| match &with {
            With::Ledger(ledger, _) => ledger.knows_text(path, digest),
            _ => false,
        };
        let snapshot = self.found.read(&is_text, before, &self.sink);
        let made = self.build_from(&snapshot, with, progress, receive);
        std::mem::forget(snapshot);
        made
    }

    fn build_from(&self, snapshot: &Snapshot, with: With<'_>, progress: &Progress, receive: &dyn Receive) -> Made {
        progress.show(&format!("building {} files", snapshot.below("").count()));
        let mut built = build_into(snapshot, &self.options, with, receive);
        self.sink.extend(built.diagnostics.drain(..));
        built.diagnostics = self.sink.sorted();
        progress.clear();
        Made { built, took: self.start.elapsed() }
    }
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
