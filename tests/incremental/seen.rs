//! What the sequences have come across, so that it shows when they stop to look at something.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use tinso::build::{Built, Outputs, Work};

use crate::edit::{CHANGES, Change, Edit};
use crate::site::Kind;

#[derive(Default)]
pub struct Seen {
    builds: usize,
    good: usize,
    outputs: BTreeMap<&'static str, usize>,
    codes: BTreeMap<&'static str, usize>,
    /// How often an edit was made, and how often an output differed after a step with it.
    edits: BTreeMap<Change, (usize, usize)>,
    work: Work,
    rendered: usize,
    last: Outputs,
}

impl Seen {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn add(&mut self, edits: &[Edit], cold: &Built, work: Work) {
        self.builds += 1;
        self.good += usize::from(!cold.has_errors());
        let kinds: BTreeSet<_> = cold.outputs.keys().map(|path| kind_of(path.as_str())).collect();
        kinds.into_iter().for_each(|kind| *self.outputs.entry(kind).or_default() += 1);
        let codes: BTreeSet<_> = cold.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
        codes.into_iter().for_each(|code| *self.codes.entry(code).or_default() += 1);
        for edit in edits {
            let (made, changed) = self.edits.entry(edit.kind).or_default();
            *made += 1;
            *changed += usize::from(cold.outputs != self.last);
        }
        self.work.read += work.read;
        self.work.marked += work.marked;
        self.work.rendered += work.rendered;
        self.rendered += cold.outputs.keys().filter(|path| is_rendered(path.as_str())).count();
        self.last.clone_from(&cold.outputs);
    }

    /// Fails when a usual run no longer comes across what it should.
    pub fn check(&self, kind: Kind) {
        assert!(self.good * 4 > self.builds, "only {} of {} builds are without errors", self.good, self.builds);
        let kinds = [
            "page",
            "pager",
            "feed",
            "sitemap",
            "robots",
            "404",
            "alias",
            "search index",
            "stylesheet",
            "picture made",
            "static",
        ];
        let of_portal = ["chart", "export", "search index in pieces"];
        let missing: Vec<_> = kinds
            .iter()
            .chain(of_portal.iter().filter(|_| kind == Kind::Portal))
            .filter(|kind| !self.outputs.contains_key(*kind))
            .collect();
        assert!(missing.is_empty(), "no output of the kinds {missing:?}");
        assert!(self.codes.len() >= 15, "few kinds of findings: {:?}", self.codes);
        let never = CHANGES.iter().filter(|(change, _)| !self.edits.contains_key(change)).count();
        assert!(never * 8 <= CHANGES.len(), "{never} of {} kinds of edits were never made", CHANGES.len());
    }
}

/// The kind of an output, by its path.
fn kind_of(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or_default();
    match name {
        "index.html" if path.contains("/page/") || path.contains("/p/") => "pager",
        "index.html" if path.contains("old") => "alias",
        _ if path.starts_with("search-index/") => "search index in pieces",
        "index.html" if path.contains("topics") || path.contains("authors") => "term",
        "index.html" => "page",
        "404.html" => "404",
        "robots.txt" => "robots",
        "observations.xml" | "metadata.json" | "datapackage.json" | "oembed.json" | "catalog.jsonld" => "export",
        "chart.png" | "card.png" => "picture of a chart",
        _ if name.starts_with("data.") || name == "observations.csv" => "export",
        "chart.svg" => "chart",
        _ if name.starts_with("sitemap") => "sitemap",
        _ if name.starts_with("search_index") => "search index",
        _ if path.starts_with("processed_images") => "picture made",
        _ if name.ends_with(".css") => "stylesheet",
        _ if name.ends_with(".xml") => "feed",
        _ => "static",
    }
}

/// Whether a template makes an output.
pub fn is_rendered(path: &str) -> bool {
    matches!(kind_of(path), "page" | "pager" | "alias" | "term" | "404" | "robots" | "sitemap" | "feed")
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} builds, {} without errors", self.builds, self.good)?;
        writeln!(f, "  builds with outputs of a kind: {:?}", self.outputs)?;
        writeln!(f, "  builds with findings of a code ({}): {:?}", self.codes.len(), self.codes)?;
        writeln!(f, "  edits made, and followed by other outputs: {:?}", self.edits)?;
        let never: Vec<_> =
            CHANGES.iter().filter(|(change, _)| !self.edits.contains_key(change)).map(|(change, _)| change).collect();
        writeln!(f, "  edits never made: {never:?}")?;
        write!(f, "  work with the memo: {:?}; a cold build renders {} in all", self.work, self.rendered)
    }
}
