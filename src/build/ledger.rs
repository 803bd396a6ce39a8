//! What a build leaves on disk for the build after it, in whatever process and on whatever machine.
//!
//! A build in which only texts below front matter changed makes a [`Part`] of the site: the outputs that need one of these
//! texts, as the renders of the last build told, and the texts that these outputs need. All other outputs stand where they
//! are. Any other change makes the whole site anew. So the rules are few, and none of them looks at times.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_128;

use super::{Built, Options, Stats};
use crate::asset::{Piece, Receive, StaticSources};
use crate::content::digests_of_heads;
use crate::markdown::WrittenLink;
use crate::site::{Pictures, Trace};
use crate::source::{Digests, Snapshot, Stretch};
use crate::template::Site;
use crate::text::{SitePath, in_order};

/// What a build has read, asked and made.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize)]
pub struct Ledger {
    /// The program and the options.
    made_by: String,
    /// Every file that was read.
    #[serde(deserialize_with = "in_order")]
    sources: Digests,
    /// What stands above the text of each content file.
    #[serde(deserialize_with = "in_order")]
    heads: Digests,
    /// The files that templates looked for, whether or not there were any.
    #[serde(deserialize_with = "in_order")]
    looked_for: BTreeMap<SitePath, Option<u128>>,
    /// Whether nothing of it holds in another build: the clock or another machine was asked, or something was found that only
    /// making all of it again would tell.
    passes: bool,
    /// How long it holds: from then on, or before, other pages are shown.
    stretch: Stretch,
    /// Whether static files are linked, not copied.
    has_links: bool,
    /// Whether there was nothing to be told.
    is_clean: bool,
    #[serde(deserialize_with = "in_order")]
    texts: BTreeMap<SitePath, TextTrace>,
    #[serde(deserialize_with = "in_order")]
    renders: BTreeMap<SitePath, Trace>,
    /// Every file that was made.
    #[serde(deserialize_with = "in_order")]
    outputs: Digests,
    /// The prints of what pictures of charts were drawn from.
    #[serde(deserialize_with = "in_order")]
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
    /// Whether it is known that no file has an indicator, states a number of one or corrects anything.
    pub(super) has_no_numbers: bool,
}

impl Part {
    /// Whether nothing is left out.
    pub(super) fn is_whole(&self) -> bool {
        self.texts.is_none() && self.standing.is_empty()
    }
}

/// What becomes of an output in a build that has a ledger.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fate {
    /// It is made, as everything is: there is no ledger, or it is of another program or of other options.
    NoLedger,
    /// It is made, as everything is: a template asked the clock or another machine, or a finding has to be told again that only
    /// a build of the whole site can tell.
    Passes,
    /// It is made, as everything is: since the last build a moment has come, or is yet to come again, at which pages appear or go.
    Time,
    /// It is made, as everything is: these files are new, gone, or other files now than what stands below front matter.
    Files(Vec<SitePath>),
    /// It is made: these texts changed, which it shows, counts or cuts.
    Texts(Vec<SitePath>),
    /// It is made: a warning was found in making it, which has to be told again.
    Noted,
    /// It is made: no file stands there as the last build left it.
    NotAsLeft,
    /// It is not made.
    Stands,
}

/// What a build reads.
pub(super) struct Now<'a> {
    pub(super) options: &'a Options,
    /// The moment of the build.
    pub(super) moment: Timestamp,
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
    stretch: Stretch,
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
            stretch: site.snapshot.stretch(),
            has_links: site.config.hard_link_static,
            texts,
            renders,
            drawn,
        }
    }
}

/// The first bytes of the file that holds a ledger; numbers and texts follow as [postcard](https://postcard.jamesmunns.com)
/// writes them.
const HEAD: &[u8] = b"tinso ledger 3\n";

impl Ledger {
    /// The ledger that a file holds; `None` if it is of another kind or version, or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (sum, rest) = bytes.strip_prefix(HEAD)?.split_first_chunk()?;
        (u128::from_le_bytes(*sum) == xxh3_128(rest)).then(|| postcard::from_bytes(rest).ok())?
    }

    /// Writes the file that holds it.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let rest = postcard::to_stdvec(self).unwrap_or_default();
        [HEAD, &xxh3_128(&rest).to_le_bytes(), &rest].into_iter().try_for_each(|part| out.write_all(part))
    }

    /// Whether a file with these bytes is a text that can be used as it stands.
    pub fn knows_text(&self, path: &SitePath, digest: u128) -> bool {
        self.sources.get(path) == Some(&digest) && self.heads.contains_key(path)
    }

    /// The digest of what stands above the text of each content file; texts that are known are not read.
    pub(super) fn heads(&self, snapshot: &Snapshot) -> Digests {
        digests_of_heads(snapshot, |path, text| self.heads.get(path).filter(|_| self.knows_text(path, text)).copied())
    }

    /// The build of files with these digests and these options at a moment, if it is the one that this was left by, with nothing to be
    /// told: every file that was made then stands.
    pub fn unchanged(
        &self,
        sources: &Digests,
        options: &Options,
        moment: Timestamp,
        file: &dyn Fn(&SitePath) -> Option<Arc<[u8]>>,
        receive: &dyn Receive,
    ) -> Option<Built> {
        let now = Now { options, moment, sources, heads: &self.heads, file };
        let same = self.is_clean && !self.has_links && self.changed_texts(&now).is_ok_and(|changed| changed.is_empty());
        let stands = || self.outputs.iter().all(|(path, digest)| receive.stands(path, *digest));
        (same && stands()).then(|| Built { stats: self.stats, stretch: self.stretch, ..Built::default() })
    }

    /// The texts that changed, if that is all that did; else why the whole site is made anew.
    fn changed_texts<'a>(&'a self, now: &Now<'_>) -> Result<BTreeSet<&'a SitePath>, Fate> {
        if self.made_by != made_by(now.options) {
            return Err(Fate::NoLedger);
        }
        if self.passes {
            return Err(Fate::Passes);
        }
        if !self.stretch.contains(now.moment) {
            return Err(Fate::Time);
        }
        let is_text = |path: &SitePath| self.heads.get(path).is_some_and(|head| now.heads.get(path) == Some(head));
        let (mut texts, mut others) = (BTreeSet::new(), BTreeSet::new());
        if self.sources != *now.sources {
            for (path, digest) in &self.sources {
                match now.sources.get(path) {
                    Some(now) if now == digest => {}
                    Some(_) if is_text(path) => drop(texts.insert(path)),
                    _ => drop(others.insert(path)),
                }
            }
            others.extend(now.sources.keys().filter(|path| !self.sources.contains_key(*path)));
        }
        let is_another = |(path, digest): &(&SitePath, &Option<u128>)| match now.sources.get(*path) {
            Some(now) => Some(*now) != **digest,
            None => (now.file)(path).map(|bytes| xxh3_128(&bytes)) != **digest,
        };
        others.extend(self.looked_for.iter().filter(is_another).map(|(path, _)| path));
        if others.is_empty() { Ok(texts) } else { Err(Fate::Files(others.into_iter().cloned().collect())) }
    }

    /// What becomes of an output in a build of these files; `stands` is asked whether it is there with a digest.
    pub fn fate(&self, path: &SitePath, snapshot: &Snapshot, options: &Options, stands: &dyn Fn(u128) -> bool) -> Fate {
        let sources = snapshot.digests();
        let heads = self.heads(snapshot);
        let moment = snapshot.moment();
        let now = Now { options, moment, sources: &sources, heads: &heads, file: &|path| snapshot.any_file(path) };
        let changed = match self.changed_texts(&now) {
            Ok(changed) => changed,
            Err(fate) => return fate,
        };
        let stands = self.outputs.get(path).is_some_and(|digest| stands(*digest));
        let trace = self.renders.get(path);
        let needed = |text: &&&SitePath| trace.is_some_and(|trace| trace.needs.all || trace.needs.texts.contains(**text));
        let needed: Vec<SitePath> = changed.iter().filter(needed).map(|text| (*text).clone()).collect();
        match trace {
            _ if !needed.is_empty() => Fate::Texts(needed),
            Some(Trace { noted: true, .. }) => Fate::Noted,
            _ if stands => Fate::Stands,
            _ => Fate::NotAsLeft,
        }
    }

    /// The pictures of charts that this program drew.
    pub(super) fn drawn(&self, now: &Now<'_>) -> Pictures {
        let same_program = self.made_by == made_by(now.options);
        let drawn = |(path, print): (&SitePath, &u128)| Some((path.clone(), (*print, *self.outputs.get(path)?)));
        self.drawn.iter().filter(|_| same_program).filter_map(drawn).collect()
    }

    /// What has to be made, if it is not all; `receive` is asked which outputs stand.
    pub(super) fn part(&self, now: &Now<'_>, receive: &dyn Receive) -> Option<Part> {
        let changed = self.changed_texts(now).ok()?;
        // Numbers stand above texts.
        let Stats { indicators, observations, corrections, .. } = self.stats;
        let has_no_numbers = self.is_clean && (indicators, observations, corrections) == (0, 0, 0);
        let mut part = Part { drawn: self.drawn(now), has_no_numbers, ..Part::default() };
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
        let Left { mut looked_for, passes, mut stretch, has_links, mut texts, mut renders, mut drawn } = left;
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
            // What was not made asked nothing this time.
            stretch = stretch.and(self.stretch);
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
            stretch,
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
