//! What a build leaves on disk for the build after it, in whatever process and on whatever machine.
//!
//! A build in which only texts below front matter changed makes a [`Part`] of the site: the outputs that need one of these
//! texts, as the renders of the last build told, and the texts that these outputs need. All other outputs stand where they
//! are. Any other change makes the whole site anew. So the rules are few, and none of them looks at times.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_128;

use super::{Built, Options, Stats};
use crate::asset::{Piece, Receive, StaticSources};
use crate::content::head;
use crate::markdown::WrittenLink;
use crate::site::{Pictures, Trace};
use crate::source::{Digests, File, Snapshot};
use crate::template::Site;
use crate::text::SitePath;

/// What a build has read, asked and made.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize)]
pub struct Ledger {
    /// The program and the options.
    made_by: String,
    /// Every file that was read.
    sources: Digests,
    /// What stands above the text of each content file.
    heads: Digests,
    /// The files that templates looked for, whether or not there were any.
    looked_for: BTreeMap<SitePath, Option<u128>>,
    /// Whether nothing of it holds in another build: the clock or another machine was asked, or something was found that only
    /// making all of it again would tell.
    passes: bool,
    /// Whether static files are linked, not copied.
    has_links: bool,
    /// Whether there was nothing to be told.
    is_clean: bool,
    texts: BTreeMap<SitePath, TextTrace>,
    renders: BTreeMap<SitePath, Trace>,
    /// Every file that was made.
    outputs: Digests,
    /// The prints of what pictures of charts were drawn from.
    drawn: BTreeMap<SitePath, u128>,
    stats: Stats,
}

/// What is to be known of a text without making it again; there is none of a text of which there is nothing to be known.
#[derive(Clone, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct TextTrace {
    /// Whether something was found in it, which has to be told again.
    pub(super) noted: bool,
    /// The other texts to whose headings it links.
    pub(super) leads_into: BTreeSet<SitePath>,
    /// The pictures that it ordered.
    pub(super) ordered: BTreeSet<SitePath>,
}

/// What of a site has to be made: all of it, unless it is said what is not.
#[derive(Default, Debug)]
pub(super) struct Part {
    /// The content files whose texts are to be made, if not all.
    pub(super) texts: Option<BTreeSet<SitePath>>,
    /// The outputs that stand and are not to be rendered.
    pub(super) standing: BTreeSet<SitePath>,
    /// The pictures that stand, since these and texts that are not made ordered them.
    pub(super) pictures: BTreeSet<SitePath>,
    /// What pictures of charts were drawn from, by its print, and the digests of their bytes.
    pub(super) drawn: Pictures,
}

/// What a build reads.
pub(super) struct Now<'a> {
    pub(super) options: &'a Options,
    pub(super) sources: &'a Digests,
    pub(super) heads: &'a Digests,
    /// The bytes of a file that templates look for.
    pub(super) file: &'a dyn Fn(&SitePath) -> Option<Arc<[u8]>>,
}

/// What a build leaves beside its files.
#[derive(Default)]
pub(super) struct Left {
    looked_for: BTreeSet<SitePath>,
    passes: bool,
    has_links: bool,
    texts: BTreeMap<SitePath, TextTrace>,
    renders: BTreeMap<SitePath, Trace>,
    drawn: BTreeMap<SitePath, u128>,
}

impl Left {
    /// By the build of a site, with what is to be known of its texts and renders.
    pub(super) fn of(
        site: &Site,
        texts: BTreeMap<SitePath, TextTrace>,
        renders: BTreeMap<SitePath, Trace>,
        drawn: BTreeMap<SitePath, u128>,
        is_told_of_all: bool,
    ) -> Self {
        let mut looked_for = site.files.looked_for();
        looked_for.extend(site.snapshot.files_asked().into_keys());
        Self {
            looked_for,
            passes: is_told_of_all || !site.snapshot.is_timeless() || site.files.looked_into_texts(),
            has_links: site.config.hard_link_static,
            texts,
            renders,
            drawn,
        }
    }
}

/// The digest of what stands above the text of each content file.
pub(super) fn heads(snapshot: &Snapshot) -> Digests {
    let files: Vec<_> = snapshot.below("content").collect();
    let heads = files.into_par_iter().filter_map(|(path, file)| match file {
        File::Text(text) => Some((path.clone(), xxh3_128(head(&text.get())?.as_bytes()))),
        File::Bytes(_) => None,
    });
    heads.collect::<Vec<_>>().into_iter().collect()
}

const HEAD: &str = "tinso ledger 2";

impl Ledger {
    /// The ledger that a file holds; `None` if it is of another kind or version, or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let (head, rest) = text.split_once('\n')?;
        let sum = head.strip_prefix(HEAD)?.strip_prefix(' ')?;
        (sum == format!("{:032x}", xxh3_128(rest.as_bytes()))).then(|| serde_json::from_str(rest).ok())?
    }

    /// The file that holds it.
    pub fn to_bytes(&self) -> Vec<u8> {
        let rest = serde_json::to_string(self).unwrap_or_default();
        format!("{HEAD} {:032x}\n{rest}", xxh3_128(rest.as_bytes())).into_bytes()
    }

    /// The digest of every file that was read.
    pub fn sources(&self) -> &Digests {
        &self.sources
    }

    /// The build of files with these digests and these options, if it is the one that this was left by, with nothing to be
    /// told: every file that was made then stands.
    pub fn unchanged(
        &self,
        sources: &Digests,
        options: &Options,
        file: &dyn Fn(&SitePath) -> Option<Arc<[u8]>>,
        receive: &dyn Receive,
    ) -> Option<Built> {
        let now = Now { options, sources, heads: &self.heads, file };
        let same = self.is_clean && !self.has_links && self.sources == *sources && self.holds(&now);
        let stands = || self.outputs.iter().all(|(path, digest)| receive.stands(path, *digest));
        (same && stands()).then(|| Built { stats: self.stats, ..Built::default() })
    }

    /// Whether all but the content files are as they were.
    fn holds(&self, now: &Now<'_>) -> bool {
        let same_file = |(path, digest): (&SitePath, &Option<u128>)| match now.sources.get(path) {
            Some(now) => Some(*now) == *digest,
            None => (now.file)(path).map(|bytes| xxh3_128(&bytes)) == *digest,
        };
        !self.passes && self.made_by == made_by(now.options) && self.looked_for.iter().all(same_file)
    }

    /// The pictures of charts that this program drew.
    pub(super) fn drawn(&self, now: &Now<'_>) -> Pictures {
        let same_program = self.made_by == made_by(now.options);
        let drawn = |(path, print): (&SitePath, &u128)| Some((path.clone(), (*print, *self.outputs.get(path)?)));
        self.drawn.iter().filter(|_| same_program).filter_map(drawn).collect()
    }

    /// What has to be made, if it is not all; `receive` is asked which outputs stand.
    pub(super) fn part(&self, now: &Now<'_>, receive: &dyn Receive) -> Option<Part> {
        if !self.sources.keys().eq(now.sources.keys()) || !self.holds(now) {
            return None;
        }
        let of_both = self.sources.iter().zip(now.sources);
        let changed: BTreeSet<&SitePath> = of_both.filter(|((_, was), (_, is))| was != is).map(|((path, _), _)| path).collect();
        let is_text = |path: &&SitePath| self.heads.get(*path).is_some_and(|head| now.heads.get(*path) == Some(head));
        if !changed.iter().all(is_text) {
            return None;
        }
        let mut part = Part { drawn: self.drawn(now), ..Part::default() };
        let mut texts: BTreeSet<SitePath> = changed.iter().copied().cloned().collect();
        let mut all_texts = false;
        let stands = |path: &SitePath| self.outputs.get(path).is_some_and(|digest| receive.stands(path, *digest));
        for (path, TextTrace { noted, leads_into, ordered }) in &self.texts {
            let is_to_be_made = *noted || changed.contains(path) || leads_into.iter().any(|path| changed.contains(path));
            if !is_to_be_made && ordered.iter().all(stands) {
                part.pictures.extend(ordered.iter().cloned());
            } else {
                texts.insert(path.clone());
            }
        }
        for (path, Trace { needs, ordered, noted }) in &self.renders {
            let needs_changed = (needs.all && !changed.is_empty()) || needs.texts.iter().any(|path| changed.contains(path));
            if !noted && !needs_changed && stands(path) && ordered.iter().all(stands) {
                part.standing.insert(path.clone());
                part.pictures.extend(ordered.iter().cloned());
            } else {
                texts.extend(needs.texts.iter().cloned());
                all_texts |= needs.all;
            }
        }
        part.texts = (!all_texts).then_some(texts);
        Some(part)
    }

    /// What a build leaves of which this part was made, with these files; the rest is as this says.
    pub(super) fn after(
        self,
        part: Option<&Part>,
        now: &Now<'_>,
        left: Left,
        mut outputs: Digests,
        stats: Stats,
        is_clean: bool,
    ) -> Self {
        let Left { mut looked_for, passes, has_links, mut texts, mut renders, mut drawn } = left;
        let stood = |(path, digest): (&SitePath, &u128)| (path.clone(), *digest);
        let not_made: Vec<_> = self
            .outputs
            .iter()
            .filter(|(path, _)| drawn.contains_key(*path) && !outputs.contains_key(*path))
            .map(stood)
            .collect();
        outputs.extend(not_made);
        if let Some(part) = part {
            let stands = |path: &SitePath| part.standing.contains(path);
            let was_made = |path: &SitePath| part.texts.as_ref().is_none_or(|made| made.contains(path));
            looked_for.extend(self.looked_for.into_keys());
            texts.extend(self.texts.into_iter().filter(|(path, _)| !was_made(path)));
            renders.extend(self.renders.into_iter().filter(|(path, _)| stands(path)));
            drawn.extend(self.drawn.into_iter().filter(|(path, _)| stands(path)));
            outputs.extend(self.outputs.into_iter().filter(|(path, _)| stands(path) || part.pictures.contains(path)));
        }
        let digest = |path: SitePath| {
            let digest = now.sources.get(&path).copied().or_else(|| (now.file)(&path).map(|bytes| xxh3_128(&bytes)));
            (path, digest)
        };
        Self {
            made_by: made_by(now.options),
            sources: now.sources.clone(),
            heads: now.heads.clone(),
            looked_for: looked_for.into_iter().map(digest).collect(),
            passes,
            has_links,
            is_clean,
            texts,
            renders,
            outputs,
            drawn,
            stats,
        }
    }
}

fn made_by(options: &Options) -> String {
    format!("tinso {} {} {options:?}", env!("CARGO_PKG_VERSION"), env!("TINSO_BUILD"))
}

/// Hands files on, and notes which.
pub(super) struct Noting<'a> {
    to: &'a dyn Receive,
    digests: Mutex<Digests>,
}

impl<'a> Noting<'a> {
    pub(super) fn new(to: &'a dyn Receive) -> Self {
        Self { to, digests: Mutex::default() }
    }

    pub(super) fn noted(self) -> Digests {
        self.digests.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Receive for Noting<'_> {
    fn statics(&self, sources: &StaticSources) {
        self.to.statics(sources);
    }

    fn first(&self) -> BTreeSet<SitePath> {
        self.to.first()
    }

    fn first_made(&self, good: bool) {
        self.to.first_made(good);
    }

    fn links(&self, base_url: &str, page: &str, links: &[WrittenLink]) {
        self.to.links(base_url, page, links);
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

    fn asks_about(&self, path: &SitePath, origin: &str) -> bool {
        self.to.asks_about(path, origin)
    }

    fn stands(&self, path: &SitePath, digest: u128) -> bool {
        self.to.stands(path, digest)
    }

    fn receive(&self, path: &SitePath, bytes: Arc<[u8]>) {
        self.digests.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone(), xxh3_128(&bytes));
        self.to.receive(path, bytes);
    }
}
