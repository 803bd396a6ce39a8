//! Everything that a build depends on: the files of a site, what lies around them, the options and the threads.

use std::collections::BTreeMap;
use std::sync::Arc;

use tinso::build::{LoopLimits, Mode, Options, Outputs};
use tinso::source::{File, Host, Request, Snapshot};
use tinso::text::{SitePath, Text};

/// A site and its surroundings at one moment.
#[derive(Clone, PartialEq, Eq)]
pub struct State {
    /// The files that a build reads by itself.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Files that only templates ask for.
    pub around: BTreeMap<String, Vec<u8>>,
    /// What other machines answer.
    pub web: BTreeMap<String, String>,
    /// What broken files were before: nothing where there was none.
    pub good: BTreeMap<String, Option<Vec<u8>>>,
    pub base_url: Option<String>,
    pub drafts: bool,
    pub minify: bool,
    pub mode: Mode,
    /// Seconds since 1970.
    pub now: i64,
    pub threads: usize,
}

impl State {
    pub fn new() -> Self {
        Self {
            files: BTreeMap::new(),
            around: BTreeMap::new(),
            web: BTreeMap::new(),
            good: BTreeMap::new(),
            base_url: None,
            drafts: false,
            minify: false,
            mode: Mode::Build,
            now: 1_795_518_269,
            threads: 1,
        }
    }

    pub fn write(&mut self, path: &str, text: impl AsRef<[u8]>) {
        self.files.insert(path.to_owned(), text.as_ref().to_vec());
    }

    pub fn text(&self, path: &str) -> String {
        self.files.get(path).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default()
    }

    pub fn options(&self) -> Options {
        Options {
            config: "config.toml".to_owned(),
            base_url: self.base_url.clone(),
            drafts: self.drafts,
            minify: self.minify,
            mode: self.mode,
            loops: LoopLimits { outputs: 1, items: 5 },
        }
    }

    /// A snapshot as if read anew from a disk that holds the outputs of the last build.
    pub fn snapshot(&self, last: Outputs) -> Snapshot {
        let files = self.files.iter().map(|(path, bytes)| file(path, bytes));
        Snapshot::new(files.collect::<Vec<_>>()).within(self.around(last))
    }

    /// A snapshot of which some texts are not read before they are asked for.
    pub fn snapshot_unread(&self, is_unread: impl Fn(&SitePath, u128) -> bool) -> Snapshot {
        let files = self.files.iter().map(|(path, bytes)| {
            let (path, file) = file(path, bytes);
            let File::Text(text) = &file else { return (path, file) };
            if !is_unread(&path, file.digest()) {
                return (path, file);
            }
            let whole = text.get();
            let read = Arc::new(move |_: &SitePath| Some(whole.to_string()));
            let unread = Text::unread(text.len(), file.digest(), path.clone(), read);
            (path, File::Text(unread))
        });
        Snapshot::new(files.collect::<Vec<_>>()).within(self.around(Outputs::default()))
    }

    /// A snapshot for which only what differs from an earlier one is read.
    pub fn snapshot_after(&self, last: Outputs, (snapshot, state): &(Snapshot, Self)) -> Snapshot {
        let edited = self.files.iter().filter(|(path, bytes)| state.files.get(*path) != Some(*bytes));
        let edited = edited.map(|(path, bytes)| file(path, bytes)).map(|(path, file)| (path, Some(file)));
        let gone = state.files.keys().filter(|path| !self.files.contains_key(*path)).map(|path| (SitePath::new(path), None));
        snapshot.with(edited.chain(gone).collect::<Vec<_>>()).within(self.around(last))
    }

    fn around(&self, last: Outputs) -> Around {
        Around { files: self.around.clone(), web: self.web.clone(), now: self.now, last }
    }
}

fn file(path: &str, bytes: &[u8]) -> (SitePath, File) {
    let path = SitePath::new(path);
    let file = File::of(&path, bytes.to_vec());
    (path, file)
}

struct Around {
    files: BTreeMap<String, Vec<u8>>,
    web: BTreeMap<String, String>,
    now: i64,
    last: Outputs,
}

impl Host for Around {
    fn file(&self, path: &SitePath) -> Option<Arc<[u8]>> {
        self.files.get(path.as_str()).map(|bytes| Arc::from(bytes.as_slice()))
    }

    fn last_output(&self, path: &SitePath) -> Option<Arc<[u8]>> {
        self.last.get(path).cloned()
    }

    fn now(&self) -> jiff::Timestamp {
        jiff::Timestamp::from_second(self.now).unwrap()
    }

    fn fetch(&self, request: &Request) -> Result<Arc<[u8]>, String> {
        self.web.get(&request.url).map(|text| Arc::from(text.as_bytes())).ok_or_else(|| "not found".to_owned())
    }
}
