//! Front matter as it was read, for builds in other processes.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use super::Extra;
use super::extra::Keys;
use super::front_matter::head;
use super::page::PageHead;
use super::section::SectionHead;
use crate::source::{Digests, File, Snapshot};
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
    heads: BTreeMap<SitePath, (ReadFrom, Head)>,
}

/// What a head was read from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct ReadFrom {
    /// The digest of a file that can be used as text as it stands.
    pub(super) file: u128,
    /// The digest of what stands above its text.
    pub(super) head: u128,
}

/// A head in a piece of the file: its path, what it was read from, where its `[extra]` lies in the bytes that follow, and
/// which keys that has.
type Entry<Path, Of> = (Path, ReadFrom, Of, (usize, usize), usize);

/// What a piece of the file begins with: heads, and the keys of their `[extra]`s.
type Piece<Path, Of> = (Vec<Entry<Path, Of>>, Vec<Arc<Keys>>);

/// So many heads are in a piece: threads write and read pieces at the same time.
const IN_A_PIECE: usize = 64;

/// So many pieces are in memory while they are written.
const AT_ONCE: usize = 8;

impl RecordedHeads {
    /// Those that a file holds; `None` if it is of another program, or damaged.
    pub fn from_bytes(bytes: Vec<u8>, program: &str) -> Option<Self> {
        let (all, sum) = bytes.split_last_chunk()?;
        if !bytes.starts_with(program.as_bytes()) || u128::from_le_bytes(*sum) != xxh3_128(all) {
            return None;
        }
        let (all, length) = all.split_last_chunk()?;
        let begin = all.len().checked_sub(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
        let (ground, lengths): (u128, Vec<usize>) = postcard::from_bytes(all.get(begin..)?).ok()?;
        let mut end = program.len();
        let begins = lengths.into_iter().map(|length| {
            let begin = end;
            end = end.saturating_add(length);
            begin..end
        });
        let pieces: Vec<Range<usize>> = begins.collect();
        let bytes = Arc::new(bytes);
        let heads: Option<Vec<_>> = pieces.into_par_iter().map(|piece| heads_of_piece(&bytes, piece)).collect();
        Some(Self { ground, are_new: false, heads: heads?.into_iter().flatten().collect() })
    }

    /// Writes the file that holds them.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write(&self, program: &str, out: &mut dyn Write) -> io::Result<()> {
        let mut sum = Xxh3::new();
        let mut write = |bytes: &[u8]| {
            sum.update(bytes);
            out.write_all(bytes)
        };
        write(program.as_bytes())?;
        let (heads, mut lengths) = (self.heads.iter().collect::<Vec<_>>(), Vec::new());
        for some in heads.chunks(IN_A_PIECE * AT_ONCE) {
            let pieces: Vec<Vec<u8>> = some.par_chunks(IN_A_PIECE).map(piece_of_heads).collect();
            lengths.extend(pieces.iter().map(Vec::len));
            pieces.iter().try_for_each(|piece| write(piece))?;
        }
        let end = postcard::to_stdvec(&(self.ground, lengths)).unwrap_or_default();
        write(&end)?;
        write(&(end.len() as u64).to_le_bytes())?;
        out.write_all(&sum.digest128().to_le_bytes())
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
    pub(super) fn replace(&mut self, heads: impl Iterator<Item = (SitePath, ReadFrom, Head)>) {
        let heads: BTreeMap<_, _> = heads.map(|(path, from, head)| (path, (from, head))).collect();
        let before = self.heads.iter().map(|(path, (from, _))| (path, from));
        self.are_new |= !heads.iter().map(|(path, (from, _))| (path, from)).eq(before);
        self.heads = heads;
    }

    /// Those of a file above whose text something with this digest stands.
    pub(super) fn get(&self, path: &SitePath, digest: u128) -> Option<&Head> {
        self.heads.get(path).filter(|(from, _)| from.head == digest).map(|(_, head)| head)
    }

    /// Whether a file with this digest is a text that can be used as it stands.
    pub fn know_text(&self, path: &SitePath, digest: u128) -> bool {
        self.heads.get(path).is_some_and(|(from, _)| from.file == digest)
    }

    /// The digest of what stands above the text of each content file of a site; texts that are known are not read.
    pub fn digests(&self, snapshot: &Snapshot) -> Digests {
        digests_of_heads(snapshot, |path, text| {
            self.heads.get(path).filter(|(from, _)| from.file == text).map(|(from, _)| from.head)
        })
    }
}

/// The digest of what stands above the text of each content file of a site. Where it is known by the digest of the file, the
/// file is not read.
pub fn digests_of_heads(snapshot: &Snapshot, known: impl Fn(&SitePath, u128) -> Option<u128> + Sync) -> Digests {
    let digest = |(path, file): (&SitePath, &File)| {
        let File::Text(text) = file else { return None };
        known(path, text.digest()).or_else(|| Some(xxh3_128(head(&text.get())?.as_bytes())))
    };
    let files: Vec<_> = snapshot.below("content").collect();
    let digests = files.into_par_iter().filter_map(|(path, file)| Some((path.clone(), digest((path, file))?)));
    digests.collect::<Vec<_>>().into_iter().collect()
}

fn piece_of_heads(heads: &[(&SitePath, &(ReadFrom, Head))]) -> Vec<u8> {
    let (mut extras, mut keys) = (Vec::new(), BTreeMap::<Arc<Keys>, usize>::new());
    let entries = heads.iter().map(|(path, (from, head))| {
        let lies = head.extra().lay(&mut extras);
        let next = keys.len();
        (*path, *from, head, (lies.start, lies.end), *keys.entry(head.extra().keys()).or_insert(next))
    });
    let entries: Vec<Entry<&SitePath, &Head>> = entries.collect();
    let mut keys: Vec<(usize, Arc<Keys>)> = keys.into_iter().map(|(keys, at)| (at, keys)).collect();
    keys.sort_unstable();
    let keys: Vec<Arc<Keys>> = keys.into_iter().map(|(_, keys)| keys).collect();
    let piece: Piece<&SitePath, &Head> = (entries, keys);
    let mut piece = postcard::to_stdvec(&piece).unwrap_or_default();
    piece.append(&mut extras);
    piece
}

fn heads_of_piece(bytes: &Arc<Vec<u8>>, piece: Range<usize>) -> Option<Vec<(SitePath, (ReadFrom, Head))>> {
    let ((entries, keys), extras): (Piece<SitePath, Head>, &[u8]) = postcard::take_from_bytes(bytes.get(piece.clone())?).ok()?;
    let begin = piece.end - extras.len();
    let head = |(path, from, head, (start, end), of): Entry<SitePath, Head>| {
        Some((path, (from, head.with(Extra::lying(bytes, begin + start..begin + end, keys.get(of)?))?)))
    };
    entries.into_iter().map(head).collect()
}
