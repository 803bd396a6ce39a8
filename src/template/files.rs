use std::collections::BTreeMap;
use std::sync::Arc;

use tera::Value;

use crate::asset::Stylesheet;
use crate::data::Format;
use crate::diagnostic::Sink;
use crate::source::{Memo, Request, Snapshot};
use crate::text::SitePath;

/// What templates have asked of files: each answer is worked out once in a build.
#[derive(Debug, Default)]
pub struct Files {
    /// Stylesheets by their path in the output: files that are only there because they were compiled.
    pub(super) compiled: BTreeMap<SitePath, Arc<[u8]>>,
    /// Data files by where they came from.
    pub(super) data: Memo<(Origin, Format), Result<Value, (String, String)>>,
    /// SHA-256 of files, in hexadecimal.
    pub(super) hashes: Memo<SitePath, Arc<str>>,
    /// Pictures.
    #[cfg(feature = "images")]
    pub(super) images: crate::asset::image::Images,
}

/// Where data came from.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Origin {
    File(SitePath),
    Address(Request),
    Literal(String),
}

impl Files {
    /// With the stylesheets of the site.
    pub fn new(stylesheets: &[Stylesheet]) -> Self {
        let compiled = stylesheets.iter().map(|sheet| (sheet.path.clone(), Arc::from(sheet.css.as_bytes())));
        Self { compiled: compiled.collect(), ..Self::default() }
    }

    /// The files that templates have ordered, made: pictures.
    #[cfg(feature = "images")]
    pub fn ordered(&self, snapshot: &Snapshot, sink: &Sink) -> Vec<(SitePath, Arc<[u8]>)> {
        self.images.make(snapshot, sink)
    }

    /// The files that templates have ordered: without the feature `images` there are none.
    #[cfg(not(feature = "images"))]
    pub fn ordered(&self, _: &Snapshot, _: &Sink) -> Vec<(SitePath, Arc<[u8]>)> {
        Vec::new()
    }
}
