//! Pictures: what they are, and smaller ones made of them.

mod convert;
mod measure;
mod size;
#[cfg(feature = "webp")]
mod webp;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use super::{Piece, Receive};
use crate::diagnostic::{Diagnostic, Sink};
use crate::locale::slugify;
use crate::source::{Memo, Snapshot};
use crate::text::SitePath;

pub use convert::Encoding;
pub use measure::ImageInfo;
pub use size::{Fit, Plan};

/// The pictures of a build: what is known of those that it was asked about, and the ones that are to be made.
#[derive(Debug, Default)]
pub struct Images {
    known: Memo<SitePath, Result<ImageInfo, String>>,
    wanted: Mutex<BTreeMap<SitePath, Job>>,
}

#[derive(Clone, Debug)]
struct Job {
    source: SitePath,
    bytes: Arc<[u8]>,
    plan: Plan,
    encoding: Encoding,
}

impl Images {
    /// What a picture is.
    ///
    /// # Errors
    /// With the reason, in words, when it cannot be read.
    pub fn info(&self, path: &SitePath, bytes: &[u8]) -> Result<ImageInfo, String> {
        self.known.get(path.clone(), || measure::measure(bytes))
    }

    /// Orders a picture made of another, and gives the path that it will have in the output. Its name has a hash of all
    /// that decides its bytes.
    pub fn order(&self, source: &SitePath, bytes: &Arc<[u8]>, info: &ImageInfo, plan: Plan, encoding: Encoding) -> SitePath {
        let by = if cfg!(feature = "webp") && encoding.is_lossy_webp() { " by libwebp" } else { "" };
        let recipe = format!("{} {:016x} {plan:?} {encoding:?}{by}", env!("CARGO_PKG_VERSION"), info.hash);
        let hash = xxh3_64(recipe.as_bytes());
        let path = SitePath::new(&format!("processed_images/{}.{hash:016x}.{}", stem(source), encoding.extension()));
        let job = || Job { source: source.clone(), bytes: Arc::clone(bytes), plan, encoding };
        self.wanted.lock().unwrap_or_else(PoisonError::into_inner).entry(path.clone()).or_insert_with(job);
        path
    }

    /// Makes the pictures of these paths, which have been ordered; what the last build made under the same name is taken from there.
    pub fn make(&self, ordered: &BTreeSet<SitePath>, snapshot: &Snapshot, receive: &dyn Receive, sink: &Sink) {
        let mut jobs = std::mem::take(&mut *self.wanted.lock().unwrap_or_else(PoisonError::into_inner));
        jobs.retain(|path, _| ordered.contains(path));
        let lossy_webp = jobs.values().find(|job| !cfg!(feature = "webp") && job.encoding.is_lossy_webp());
        if let Some(job) = lossy_webp {
            let diagnostic =
                Diagnostic::warning("lossless-webp", "this tinso writes WebP without loss, so `quality` changes nothing");
            let help = "build it with `cargo build --features webp`, or leave `quality` out";
            sink.push(diagnostic.in_file(&job.source).help(help));
        }
        let make = |(path, job): (SitePath, Job)| {
            if let Some(bytes) = snapshot.last_output(&path) {
                return receive.receive(&path, bytes);
            }
            match receive.hears_of(Piece::Picture(&path), || convert::convert(&job.bytes, job.plan, job.encoding)) {
                Ok(bytes) => receive.receive(&path, Arc::from(bytes)),
                Err(error) => {
                    let diagnostic = Diagnostic::error("image", format!("this picture cannot be resized: {error}"));
                    sink.push(diagnostic.in_file(&job.source).help("open it in an image editor and save it again"));
                }
            }
        };
        jobs.into_par_iter().for_each(make);
    }
}

/// The name without its extension, as it may stand in an address.
fn stem(path: &SitePath) -> String {
    let name = path.name();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let plain = stem.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    if plain { stem.to_owned() } else { slugify(stem) }
}
