//! Front matter as it was read, for builds in other processes.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_128;

use super::Extra;
use super::extra::Keys;
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

impl Head {
    fn extra(&self) -> &Extra {
        match self {
            Self::Page(_, head) => &head.front.extra,
            Self::Section(_, head) => &head.front.extra,
        }
    }

    /// The same, just read, with an `[extra]`.
    fn with(mut self, extra: Extra) -> Option<Self> {
        match &mut self {
            Self::Page(_, head) => Arc::get_mut(head)?.front.extra = extra,
            Self::Section(_, head) => Arc::get_mut(head)?.front.extra = extra,
        }
        Some(self)
    }
}

/// The front matter of content files as builds have read it, under some settings. A file in whose front matter something was
/// found is not among them, as it has to be told again.
#[derive(Default, Debug)]
pub struct RecordedHeads {
    ground: u128,
    /// Whether they are others than those of the file that they came from.
    are_new: bool,
    /// With the digest of what stands above the text.
    heads: BTreeMap<SitePath, (u128, Head)>,
}

/// A head in the file: its path, the digest of what it was read from, where its `[extra]` lies in the bytes that follow, and
/// which list of keys that has.
type Entry<Path, Of> = (Path, u128, Of, (usize, usize), usize);

impl RecordedHeads {
    /// Those that a file holds; `None` if it is of another program, or damaged.
    pub fn from_bytes(bytes: Vec<u8>, program: &str) -> Option<Self> {
        let (sum, rest) = bytes.strip_prefix(program.as_bytes())?.split_first_chunk()?;
        if u128::from_le_bytes(*sum) != xxh3_128(rest) {
            return None;
        }
        type Read = (u128, Vec<Entry<SitePath, Head>>, Vec<Keys>);
        let ((ground, entries, keys), extras): (Read, &[u8]) = postcard::take_from_bytes(rest).ok()?;
        let begin = bytes.len() - extras.len();
        let bytes = Arc::new(bytes);
        let head = |(path, digest, head, (start, end), of): Entry<SitePath, Head>| {
            Some((path, (digest, head.with(Extra::lying(&bytes, begin + start..begin + end, keys.get(of)?))?)))
        };
        Some(Self { ground, are_new: false, heads: entries.into_iter().map(head).collect::<Option<_>>()? })
    }

    /// The file that holds them.
    pub fn to_bytes(&self, program: &str) -> Vec<u8> {
        let (mut extras, mut keys) = (Vec::new(), BTreeMap::<Keys, usize>::new());
        let entries = self.heads.iter().map(|(path, (digest, head))| {
            let lies = head.extra().lay(&mut extras);
            let next = keys.len();
            (path, *digest, head, (lies.start, lies.end), *keys.entry(head.extra().keys()).or_insert(next))
        });
        let entries: Vec<Entry<&SitePath, &Head>> = entries.collect();
        let mut keys: Vec<(usize, Keys)> = keys.into_iter().map(|(keys, at)| (at, keys)).collect();
        keys.sort_unstable();
        let keys: Vec<Keys> = keys.into_iter().map(|(_, keys)| keys).collect();
        let mut rest = postcard::to_stdvec(&(self.ground, entries, keys)).unwrap_or_default();
        rest.append(&mut extras);
        [program.as_bytes(), &xxh3_128(&rest).to_le_bytes(), &rest].concat()
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.heads.len()
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
        let before = self.heads.iter().map(|(path, (digest, _))| (path, digest));
        self.are_new |= !heads.iter().map(|(path, (digest, _))| (path, digest)).eq(before);
        self.heads = heads;
    }

    /// Those of a file above whose text something with this digest stands.
    pub(super) fn get(&self, path: &SitePath, digest: u128) -> Option<&Head> {
        self.heads.get(path).filter(|(recorded, _)| *recorded == digest).map(|(_, head)| head)
    }
}
