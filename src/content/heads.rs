//! Front matter as it was read, for builds in other processes.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_128;

use super::page::PageHead;
use super::section::SectionHead;
use crate::text::SitePath;

/// What the name and the front matter of a content file say, and how many bytes that are.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Head {
    /// Of a page.
    Page(usize, Arc<PageHead>),
    /// Of a section.
    Section(usize, Arc<SectionHead>),
}

/// The front matter of content files as builds have read it, under some settings. A file in whose front matter something was
/// found is not among them, as it has to be told again.
#[derive(Default, Debug, Serialize, Deserialize)]
pub struct RecordedHeads {
    ground: u128,
    /// Whether they are others than the file's that they were read from.
    #[serde(skip)]
    are_new: bool,
    /// With the digest of what stands above the text.
    heads: BTreeMap<SitePath, (u128, Head)>,
}

impl RecordedHeads {
    /// Those that a file holds; `None` if it is of another program, or damaged.
    pub fn from_bytes(bytes: &[u8], program: &str) -> Option<Self> {
        let rest = bytes.strip_prefix(program.as_bytes())?;
        let (sum, rest) = rest.split_first_chunk()?;
        (u128::from_le_bytes(*sum) == xxh3_128(rest)).then(|| postcard::from_bytes(rest).ok())?
    }

    /// The file that holds them.
    pub fn to_bytes(&self, program: &str) -> Vec<u8> {
        let rest = postcard::to_stdvec(self).unwrap_or_default();
        [program.as_bytes(), &xxh3_128(&rest).to_le_bytes(), &rest].concat()
    }

    /// Whether they are others than those of the file that they came from.
    pub fn are_new(&self) -> bool {
        self.are_new
    }

    /// The same, if they were read under these settings; else none.
    #[must_use]
    pub fn under(self, ground: u128) -> Self {
        if self.ground == ground { self } else { Self { ground, are_new: true, ..Self::default() } }
    }

    /// Holds these and no others from now on.
    pub(super) fn replace(&mut self, heads: impl Iterator<Item = (SitePath, u128, Head)>) {
        let heads: BTreeMap<_, _> = heads.map(|(path, digest, head)| (path, (digest, head))).collect();
        let known = |((path, (digest, _)), (was, (recorded, _))): ((&SitePath, &(u128, Head)), (&SitePath, &(u128, Head)))| {
            path == was && digest == recorded
        };
        self.are_new |= heads.len() != self.heads.len() || !heads.iter().zip(&self.heads).all(known);
        self.heads = heads;
    }

    /// Those of a file above whose text something with this digest stands.
    pub(super) fn get(&self, path: &SitePath, digest: u128) -> Option<&Head> {
        self.heads.get(path).filter(|(recorded, _)| *recorded == digest).map(|(_, head)| head)
    }
}
