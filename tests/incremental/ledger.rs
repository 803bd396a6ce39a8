//! Builds with no more than a ledger and the files that stand, as a new process has them.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use tinso::asset::Receive;
use tinso::build::{Built, Ledger, Outputs, With, build, build_into};
use tinso::text::SitePath;
use xxhash_rust::xxh3::xxh3_128;

use crate::chance::Chance;
use crate::compare::differences;
use crate::edit::{Change, Edit};
use crate::site::{self, Kind};
use crate::state::State;

/// What lies on disk between two builds.
#[derive(Default)]
pub struct Shelf {
    ledger: Vec<u8>,
    pub files: Outputs,
}

/// How much of the site was made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Extent {
    Nothing,
    Part,
    All,
}

impl Shelf {
    /// Builds a state, and puts what was made on the shelf if nothing is wrong. What is given has all outputs.
    pub fn build(&mut self, state: &State) -> (Built, Extent) {
        let mut ledger = Ledger::from_bytes(&self.ledger).unwrap_or_default();
        let (snapshot, options) = (state.snapshot(self.files.clone()), state.options());
        let taken = Taking { files: &self.files, taken: Mutex::default() };
        let unchanged = ledger.unchanged(&snapshot.digests(), &options, &|path| snapshot.any_file(path), &taken);
        let was_unchanged = unchanged.is_some();
        let built = unchanged.unwrap_or_else(|| build_into(&snapshot, &options, With::Ledger(&mut ledger), &taken));
        let (outputs, stood) = taken.taken.into_inner().unwrap();
        let built = Built { outputs, ..built };
        if !built.has_errors() {
            self.ledger = ledger.to_bytes();
            self.files = built.outputs.clone();
        }
        let extent = match (was_unchanged, stood.is_empty()) {
            (true, _) => Extent::Nothing,
            (false, false) => Extent::Part,
            (false, true) => Extent::All,
        };
        (built, extent)
    }

    /// What a build differs in from the cold one that it should equal. A broken site is not put into place, so its outputs
    /// do not count; nobody looks at how much there was to do.
    pub fn differences(&self, built: &Built, cold: &Built) -> Vec<String> {
        let outputs = if cold.has_errors() { Outputs::default() } else { built.outputs.clone() };
        let cold_outputs = if cold.has_errors() { Outputs::default() } else { cold.outputs.clone() };
        let links = |built: &Built| Built { links: tinso::build::Links::default(), static_sources: Default::default(), ..shallow(built) };
        let found = differences(&Built { outputs, ..links(built) }, &Built { outputs: cold_outputs, ..links(cold) });
        found.into_iter().map(|difference| format!("with a ledger, {difference}")).collect()
    }
}

fn shallow(built: &Built) -> Built {
    Built { diagnostics: built.diagnostics.clone(), stats: built.stats, ..Built::default() }
}

struct Taking<'a> {
    files: &'a Outputs,
    taken: Mutex<(Outputs, BTreeSet<SitePath>)>,
}

impl Receive for Taking<'_> {
    fn stands(&self, path: &SitePath, digest: u128) -> bool {
        let Some(bytes) = self.files.get(path).filter(|bytes| xxh3_128(bytes) == digest) else { return false };
        let mut taken = self.taken.lock().unwrap();
        taken.1.insert(path.clone());
        taken.0.insert(path.clone(), Arc::clone(bytes));
        true
    }

    fn receive(&self, path: &SitePath, bytes: Arc<[u8]>) {
        self.taken.lock().unwrap().0.insert(path.clone(), bytes);
    }
}

/// Sequences of edits that are mostly of texts, of sites without a search index, in which every text is.
#[test]
fn an_edit_of_a_text_makes_a_part_of_the_site_that_fits_the_rest() {
    let mut extents = [0; 3];
    for seed in 0..120 {
        let kind = if seed % 2 == 0 { Kind::Portal } else { Kind::Plain };
        let mut chance = Chance::new(seed);
        let mut state = site::generate(kind, &mut chance);
        state.files.values_mut().for_each(|bytes| {
            if let Ok(text) = std::str::from_utf8(bytes) {
                *bytes = text.replace("build_search_index = true", "build_search_index = false").into_bytes();
            }
        });
        let mut shelf = Shelf::default();
        let mut states: Vec<State> = Vec::new();
        for step in 0..7 {
            let kinds = [Change::Body, Change::Body, Change::Body, Change::SectionBody, Change::Nothing, Change::Title, Change::Revert];
            let edit = Edit { kind: kinds[chance.below(kinds.len())], seed: chance.next() };
            if step > 0 {
                edit.apply(&mut state, kind, &states);
            }
            let (built, extent) = shelf.build(&state);
            let cold = build(&state.snapshot(Outputs::default()), &state.options());
            let found = shelf.differences(&built, &cold);
            assert!(found.is_empty(), "seed {seed}, step {step}, {:?}, {extent:?}: {found:#?}", edit.kind);
            extents[extent as usize] += 1;
            states.push(state.clone());
        }
    }
    eprintln!("nothing, a part, all: {extents:?}");
    assert!(extents[0] > 20 && extents[1] > 100, "{extents:?}");
}
