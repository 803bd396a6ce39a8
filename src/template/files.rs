use std::collections::BTreeMap;
use std::sync::Arc;

use tera::Value;

use crate::asset::Stylesheet;
use crate::data::Format;
use crate::source::{Memo, Request};
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
    pub images: crate::asset::image::Images,
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
}
