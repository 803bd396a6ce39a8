//! Builds with a memo give what builds without give: the same bytes and findings, whatever was edited in between.
//!
//! `TINSO_SEQUENCES=2000 cargo test --test incremental sequences` looks longer; `TINSO_SEED=7 TINSO_SEQUENCES=1` looks at
//! one sequence again. A failure names its seed and the fewest edits and files that still fail.

#![allow(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    clippy::new_without_default,
    clippy::should_implement_trait
)]

mod bounds;
mod chance;
mod compare;
mod early;
mod edit;
mod explained;
mod ledger;
mod memory;
mod numbers;
mod parts;
mod seen;
mod sequence;
mod shrink;
mod site;
mod state;
mod waiting;

use seen::Seen;
use sequence::Sequence;
use site::Kind;

/// How many sequences of edits each kind of site goes through.
const USUAL: u64 = 50;

#[test]
fn sequences_of_edits_of_a_portal_give_what_cold_builds_give() {
    look(Kind::Portal);
}

#[test]
fn sequences_of_edits_of_a_plain_site_give_what_cold_builds_give() {
    look(Kind::Plain);
}

/// The numbers of the sequences to look at.
fn seeds() -> std::ops::Range<u64> {
    let number = |name: &str| std::env::var(name).ok().and_then(|number| number.parse::<u64>().ok());
    let (first, count) = (number("TINSO_SEED").unwrap_or(0), number("TINSO_SEQUENCES").unwrap_or(USUAL));
    first..first + count
}

fn look(kind: Kind) {
    let mut seen = Seen::new();
    let count = seeds().count() as u64;
    for seed in seeds() {
        let sequence = Sequence::by_chance(seed, kind);
        if let Err(failure) = sequence.run(&mut seen) {
            panic!("{}", shrink::report(sequence, failure));
        }
    }
    eprintln!("{kind:?}: {seen}");
    if count >= USUAL {
        seen.check(kind);
    }
}
