//! How outputs came to be, for one path that somebody asks about.

mod print;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::exit::Failure;
use crate::asset::StaticSources;
use crate::build::{Piece, Receive};
use crate::text::{SitePath, closest, likely};

/// Looks for the outputs that a path means while files go to whom they are for.
pub(super) struct Explain<'a> {
    to: &'a dyn Receive,
    /// What was asked for, without slashes around it.
    wanted: SitePath,
    /// The folder with the files of the last build.
    output: PathBuf,
    seen: Mutex<Seen>,
}

/// What has gone by.
#[derive(Default)]
struct Seen {
    /// The outputs that are meant, and how their bytes are beside those of the last build.
    meant: BTreeMap<SitePath, Bytes>,
    /// Everything that could have been asked for.
    names: BTreeMap<SitePath, ()>,
}

/// The bytes of an output beside those that stand in the output folder.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Bytes {
    /// There are none.
    None,
    /// So many, where no file was.
    New(usize),
    /// So many, the same as they were.
    Same(usize),
    /// So many, where others were.
    Different(usize),
}

impl<'a> Explain<'a> {
    pub(super) fn new(wanted: &str, output: &Path, to: &'a dyn Receive) -> Self {
        Self { to, wanted: SitePath::new(wanted), output: output.to_owned(), seen: Mutex::default() }
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether an output is meant by its own path or by its address.
    fn names(&self, path: &SitePath) -> bool {
        let wanted = self.wanted.as_str();
        *path == self.wanted
            || path.as_str().strip_suffix("index.html").is_some_and(|folder| folder.trim_end_matches('/') == wanted)
    }

    /// What to do when nothing was meant.
    ///
    /// # Errors
    /// Always, unless something was meant.
    pub(super) fn found(&self) -> Result<(), Failure> {
        let seen = self.seen();
        if !seen.meant.is_empty() {
            return Ok(());
        }
        let wanted = self.wanted.as_str();
        let near = |is_wanted: fn(&str) -> bool| {
            let near = likely(wanted, &seen.names).into_iter().map(SitePath::as_str).filter(|name| is_wanted(name));
            closest(wanted, near).map(|name| format!("`{name}`"))
        };
        let near: BTreeSet<String> = [near(|name| name.ends_with("index.html")), near(|name| !name.ends_with("index.html"))]
            .into_iter()
            .flatten()
            .collect();
        let failure = Failure::usage(format!("the site has no output `{wanted}`, and nothing is made from such a file"));
        let meant = Vec::from_iter(near).join(" or ");
        let help = if meant.is_empty() {
            "give the path of an output, such as `news/index.html` or `/news/`, or of its source below content/".to_owned()
        } else {
            format!("did you mean {meant}?")
        };
        Err(failure.help(format!("{help} Nothing was written")))
    }
}

/// Whether a file stands in what an output is made from, such as `the feed of content/news/_index.md`.
fn is_from(origin: &str, file: &str) -> bool {
    let is_apart = |beside: Option<char>| beside.is_none_or(|beside| " ,".contains(beside));
    let parts = origin.split_once(file).filter(|_| !file.is_empty());
    parts.is_some_and(|(before, after)| is_apart(before.chars().next_back()) && is_apart(after.chars().next()))
}

impl Receive for Explain<'_> {
    fn asks_about(&self, path: &SitePath, origin: &str) -> bool {
        let mut seen = self.seen();
        seen.names.insert(path.clone(), ());
        if origin.contains('.') && !origin.contains(' ') {
            seen.names.insert(SitePath::new(origin), ());
        }
        let is_meant = self.names(path) || is_from(origin, self.wanted.as_str());
        if is_meant {
            seen.meant.insert(path.clone(), Bytes::None);
        }
        is_meant || self.to.asks_about(path, origin)
    }

    fn receive(&self, path: &SitePath, bytes: Arc<[u8]>) {
        if self.names(path) || self.seen().meant.contains_key(path) {
            let state = match std::fs::read(self.output.join(path.as_str())) {
                Ok(before) if *before == *bytes => Bytes::Same(bytes.len()),
                Ok(_) => Bytes::Different(bytes.len()),
                Err(_) => Bytes::New(bytes.len()),
            };
            self.seen().meant.insert(path.clone(), state);
        }
        self.to.receive(path, bytes);
    }

    fn stage(&self, name: &'static str) {
        self.to.stage(name);
    }

    fn begin(&self, piece: Piece<'_>) {
        self.to.begin(piece);
    }

    fn end(&self) {
        self.to.end();
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outputs_are_meant_by_path_by_address_and_by_source() {
        let to = Mutex::new(BTreeMap::new());
        let meant =
            |wanted, path, origin| Explain::new(wanted, Path::new("nowhere"), &to).asks_about(&SitePath::new(path), origin);
        for wanted in ["/2024/bai/", "2024/bai", "2024/bai/index.html", "/2024/bai/index.html", "content/2024/bai.md"] {
            assert!(meant(wanted, "2024/bai/index.html", "content/2024/bai.md"), "{wanted}");
            assert!(!meant(wanted, "2024/bai-2/index.html", "content/2024/bai-2.md"), "{wanted}");
        }
        assert!(meant("/", "index.html", "content/_index.md"));
        assert!(!meant("/", "a/index.html", "content/a.md"));
        assert!(meant("content/_index.md", "page/2/index.html", "content/_index.md, page 2"));
        assert!(meant("content/a.md", "old/index.html", "an alias of content/a.md"));
        assert!(!meant("a.md", "a/index.html", "content/a.md"));
    }

    #[test]
    fn where_nothing_is_meant_the_nearest_names_are_told() {
        let to = Mutex::new(BTreeMap::new());
        let explain = Explain::new("2024/bia", Path::new("nowhere"), &to);
        explain.asks_about(&SitePath::new("2024/bai/index.html"), "content/2024/bai.md");
        let failure = explain.found().err().unwrap();
        assert!(failure.message.contains("no output `2024/bia`"), "{}", failure.message);
        assert!(failure.help.unwrap().contains("`2024/bai/index.html`"));
    }
}
