//! A [`Snapshot`] of every input file: what a build reads, and all that it reads.

mod disk;
mod file;
mod found;
mod host;
mod memo;
mod stretch;

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::{Diagnostic, Sink};
use crate::text::{SitePath, SourceText, is_nfc};

pub use disk::{Answers, Before, LastOutputs, READ_FOLDERS, is_read, moment, read_again, read_site, read_site_after};
pub use file::File;
pub use found::{Found, find_site};
pub use host::{Host, Request};
pub use memo::Memo;
pub use stretch::Stretch;

use host::Around;

/// The digests (XXH3-128) of files.
pub type Digests = BTreeMap<SitePath, u128>;

/// Every input file of a site at one moment, by its path. Cheap to clone.
#[derive(Clone, Default, Debug)]
pub struct Snapshot {
    files: Arc<BTreeMap<SitePath, File>>,
    /// Whether one file may stand under two names, since links lead to some.
    linked: bool,
    around: Option<Around>,
}

impl Snapshot {
    /// A snapshot of files in memory; of two with one path, the last stays.
    pub fn new<T: Into<File>>(files: impl IntoIterator<Item = (SitePath, T)>) -> Self {
        Self { files: Arc::new(files.into_iter().map(|(path, file)| (path, file.into())).collect()), ..Self::default() }
    }

    /// The snapshot with a host, for templates that ask for more than a build reads by itself.
    #[must_use]
    pub fn within(self, host: impl Host + 'static) -> Self {
        Self { around: Some(Around::new(Box::new(host))), ..self }
    }

    /// The snapshot with some files new, different or, where there is none, gone. It has no host.
    #[must_use]
    pub fn with(&self, changes: impl IntoIterator<Item = (SitePath, Option<File>)>) -> Self {
        let mut files = BTreeMap::clone(&self.files);
        for (path, file) in changes {
            match file {
                Some(file) => files.insert(path, file),
                None => files.remove(&path),
            };
        }
        Self { files: Arc::new(files), around: None, linked: self.linked }
    }

    /// The bytes of any file of the site: of the snapshot, else of the host.
    pub fn any_file(&self, path: &SitePath) -> Option<Arc<[u8]>> {
        self.bytes(path.as_str()).or_else(|| self.around.as_ref()?.file(path))
    }

    /// Every file that the host was asked for so far, and what it gave.
    pub fn files_asked(&self) -> BTreeMap<SitePath, Option<Arc<[u8]>>> {
        self.around.as_ref().map(Around::files_asked).unwrap_or_default()
    }

    /// An output of the last build, unchanged since.
    pub fn last_output(&self, path: &SitePath) -> Option<Arc<[u8]>> {
        self.around.as_ref()?.last_output(path)
    }

    /// Whether a moment has come by that of the build. How long the answer holds is kept in the
    /// [`stretch`](Self::stretch); so a build that asks only this may be used again until then.
    pub fn has_come(&self, moment: jiff::Timestamp) -> bool {
        self.around.as_ref().map_or_else(|| moment <= jiff::Timestamp::default(), |around| around.has_come(moment))
    }

    /// How long all that was asked about moments so far holds.
    pub fn stretch(&self) -> Stretch {
        self.around.as_ref().map(Around::stretch).unwrap_or_default()
    }

    /// The moment of the build, for those who only compare it with a [`stretch`](Self::stretch).
    pub fn moment(&self) -> jiff::Timestamp {
        self.around.as_ref().map(Around::moment).unwrap_or_default()
    }

    /// Whether it was asked what the moment of the build is.
    pub fn asked_now(&self) -> bool {
        self.around.as_ref().is_some_and(Around::asked_now)
    }

    /// The moment of the build; the beginning of 1970 without a host. What is made from it holds at no other moment.
    pub fn now(&self) -> jiff::Timestamp {
        self.around.as_ref().map(Around::now).unwrap_or_default()
    }

    /// What another machine answers.
    ///
    /// # Errors
    /// With the reason, in words, when there is no answer.
    pub fn fetch(&self, request: &Request) -> Result<Arc<[u8]>, String> {
        self.around.as_ref().map_or_else(|| Err("this build has no network".to_owned()), |around| around.fetch(request))
    }

    /// Whether neither the clock nor another machine was asked so far.
    pub fn is_timeless(&self) -> bool {
        self.around.as_ref().is_none_or(Around::is_timeless)
    }

    /// The digest (XXH3-128) of every file.
    pub fn digests(&self) -> Digests {
        let digests = self.files.par_iter().map(|(path, file)| (path.clone(), file.digest()));
        digests.collect::<Vec<_>>().into_iter().collect()
    }

    /// The bytes of a file.
    pub fn bytes(&self, path: &str) -> Option<Arc<[u8]>> {
        self.files.get(path).map(File::bytes)
    }

    /// Every file below a folder (`""` for all), in the order of paths.
    pub fn below<'a>(&'a self, folder: &str) -> impl Iterator<Item = (&'a SitePath, &'a File)> + use<'a> {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let start = (Bound::Included(prefix.as_str()), Bound::Unbounded);
        self.files.range::<str, _>(start).take_while(move |(path, _)| path.as_str().starts_with(&prefix))
    }

    /// Every file that does not lie in `content/`, in the order of paths.
    pub fn beside_content(&self) -> impl Iterator<Item = (&SitePath, &File)> {
        // `0` is the letter after `/`.
        let before = (Bound::Unbounded, Bound::Excluded("content/"));
        let after = (Bound::Included("content0"), Bound::Unbounded);
        self.files.range::<str, _>(before).chain(self.files.range::<str, _>(after))
    }

    /// A file as it was read.
    pub fn file(&self, path: &SitePath) -> Option<&File> {
        self.files.get(path)
    }

    /// A file as text in Unicode NFC. A file that is not UTF-8 is reported, with the place of its first wrong byte.
    pub fn text(&self, path: &SitePath, sink: &Sink) -> Option<SourceText> {
        let bytes = match self.files.get(path)? {
            File::Text(text) => return Some(SourceText::shared(path.clone(), text.clone())),
            File::Bytes(bytes) => bytes,
        };
        match std::str::from_utf8(bytes) {
            Ok(text) => {
                let text = text.strip_prefix('\u{feff}').unwrap_or(text);
                Some(if is_nfc(text) {
                    SourceText::new(path.clone(), text)
                } else {
                    SourceText::new(path.clone(), &text.nfc().collect::<String>())
                })
            }
            Err(error) => {
                let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
                let text = SourceText::new(path.clone(), &String::from_utf8_lossy(bytes));
                let at = crate::text::Span { start: good.len(), end: good.len() + '\u{fffd}'.len_utf8() };
                let diagnostic = Diagnostic::error("not-utf8", "this file is not UTF-8 text").at(&text, at);
                sink.push(diagnostic.help("save the file in the encoding UTF-8"));
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snapshot(paths: &[&str]) -> Snapshot {
        Snapshot::new(paths.iter().map(|path| (SitePath::new(path), Arc::from(&b"x"[..]))))
    }

    #[test]
    fn a_folder_lists_what_lies_in_it_and_nothing_beside_it() {
        let site = snapshot(&["content/a.md", "content/b/c.md", "content-old/x.md", "content.md", "static/s"]);
        let below: Vec<&str> = site.below("content").map(|(path, _)| path.as_str()).collect();
        assert_eq!(below, ["content/a.md", "content/b/c.md"]);
        assert_eq!(site.below("").count(), 5);
        let beside: Vec<&str> = site.beside_content().map(|(path, _)| path.as_str()).collect();
        assert_eq!(beside, ["content-old/x.md", "content.md", "static/s"]);
    }

    #[test]
    fn text_is_nfc_whatever_form_it_was_saved_in() {
        let site = Snapshot::new([(SitePath::new("a"), Arc::from("Huê\u{301}".as_bytes()))]);
        let sink = Sink::new();
        assert_eq!(&*site.text(&SitePath::new("a"), &sink).unwrap().text(), "Huế");
    }

    #[test]
    fn a_file_that_is_not_utf8_is_reported_at_its_first_wrong_byte() {
        let site = Snapshot::new([(SitePath::new("a"), Arc::from(&b"one\ntwo \xff three"[..]))]);
        let sink = Sink::new();
        assert!(site.text(&SitePath::new("a"), &sink).is_none());
        let found = sink.into_sorted();
        let crate::diagnostic::Location::Place(place) = &found[0].location else { panic!() };
        assert_eq!(place.line_column(), (2, 5));
    }
}
