//! A site and what is done to it, built after every step with one memo and without any.

use std::panic::{AssertUnwindSafe, catch_unwind};

use tinso::build::{Built, Memo, Outputs, With, build, build_into};
use tinso::source::Snapshot;
use tinso::text::SitePath;

use crate::chance::Chance;
use crate::compare::differences;
use crate::edit::{BREAKING, Change, Edit};
use crate::ledger::Shelf;
use crate::seen::Seen;
use crate::site::{self, Kind};
use crate::state::State;
use crate::waiting::Waiting;

/// A site, and the edits between one build and the next.
#[derive(Clone)]
pub struct Sequence {
    pub seed: u64,
    pub kind: Kind,
    pub start: State,
    pub steps: Vec<Vec<Edit>>,
}

/// What was wrong after how many steps.
pub struct Failure {
    pub step: usize,
    pub differences: Vec<String>,
}

impl Sequence {
    pub fn by_chance(seed: u64, kind: Kind) -> Self {
        let mut chance = Chance::new(seed);
        let start = site::generate(kind, &mut chance);
        let mut left = 6 + chance.below(5);
        let mut steps: Vec<Vec<Edit>> = Vec::new();
        let mut broken = false;
        while left > 0 {
            let few = if chance.percent(80) { 1 } else { 2 + chance.below(2) };
            let mut step: Vec<Edit> = (0..few).map(|_| Edit::by_chance(&mut chance)).collect();
            if broken && chance.percent(70) {
                // Otherwise most builds would be of sites that are broken through and through.
                step.insert(0, Edit { kind: Change::Mend, seed: 0 });
            }
            broken = step.iter().any(|edit| BREAKING.contains(&edit.kind));
            left = left.saturating_sub(step.len());
            steps.push(step);
        }
        Self { seed, kind, start, steps }
    }

    /// The states after each step, the first one included.
    pub fn states(&self) -> Vec<State> {
        let mut states = vec![self.start.clone()];
        for step in &self.steps {
            let mut state = states[states.len() - 1].clone();
            step.iter().for_each(|edit| edit.apply(&mut state, self.kind, &states));
            states.push(state);
        }
        states
    }

    /// Builds after every step, and compares.
    pub fn run(&self, seen: &mut Seen) -> Result<(), Failure> {
        let mut memo = Memo::default();
        let mut shelf = Shelf::default();
        let mut last = Outputs::default();
        let mut read: Option<(Snapshot, State)> = None;
        for (step, state) in self.states().into_iter().enumerate() {
            let snapshot = match &read {
                // As `serve` does where it knows what was edited.
                Some(read) if self.seed.is_multiple_of(2) => state.snapshot_after(last, read),
                _ => state.snapshot(last),
            };
            let (cold, again, mut differences) = compare(&state, &mut memo, &snapshot);
            let (by_ledger, _) = on_threads(state.threads, || shelf.build(&state, &state.options()));
            differences.extend(shelf.differences(&by_ledger, &cold));
            read = Some((snapshot, state));
            if !differences.is_empty() {
                return Err(Failure { step, differences });
            }
            let edits = step.checked_sub(1).map(|step| self.steps[step].as_slice()).unwrap_or_default();
            seen.add(edits, &cold, again.work);

            last = again.outputs;
        }
        Ok(())
    }
}

/// Builds a state cold and with the memo, on other numbers of threads.
fn compare(state: &State, memo: &mut Memo, for_again: &Snapshot) -> (Built, Built, Vec<String>) {
    let for_cold = state.snapshot(Outputs::default());
    let options = state.options();
    let cold = on_threads(5 - state.threads, || build(&for_cold, &options));
    let waiting = Waiting::for_pages(some_pages(&cold));
    let again = || on_threads(state.threads, || build_into(for_again, &options, With::Memo(memo), &waiting));
    let Ok(again) = catch_unwind(AssertUnwindSafe(again)) else {
        return (cold, Built::default(), vec!["building again panicked".to_owned()]);
    };
    let (outputs, shown) = waiting.into_made_and_shown();
    let again = Built { outputs, ..again };
    let mut found = differences(&again, &cold);
    if !cold.has_errors() {
        let otherwise = shown.iter().flatten().filter(|(path, bytes)| cold.outputs.get(*path) != Some(*bytes));
        found.extend(otherwise.map(|(path, _)| format!("{path} was shown otherwise before the build was done")));
    }
    if !found.is_empty() {
        found.extend(blame_the_cold_build(state, &cold));
    }
    // What `serve` watches: all that a cold build asks for.
    let asked = for_again.files_asked();
    for (path, bytes) in for_cold.files_asked() {
        if asked.get(&path) != Some(&bytes) {
            found.push(format!("files_asked: {path} was not asked for, so nobody would watch it"));
        }
    }
    (cold, again, found)
}

/// Pages that somebody looks at.
fn some_pages(built: &Built) -> impl Iterator<Item = SitePath> {
    let pages: Vec<&SitePath> = built.outputs.keys().filter(|path| path.extension() == Some("html")).collect();
    let every = 1 + pages.len() / 3;
    pages.into_iter().skip(every / 2).step_by(every).cloned()
}

/// Whether the cold build gives the same once more, on as many threads and on others.
fn blame_the_cold_build(state: &State, cold: &Built) -> Option<String> {
    let other = [1, 4, 4].into_iter().find_map(|threads| {
        let other = on_threads(threads, || build(&state.snapshot(Outputs::default()), &state.options()));
        differences(&other, cold).into_iter().next().map(|difference| format!("on {threads} threads, {difference}"))
    });
    other.map(|difference| format!("THE COLD BUILD ITSELF gives something else the next time: {difference}"))
}

pub fn on_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    use std::sync::LazyLock;
    static ONE: LazyLock<rayon::ThreadPool> = LazyLock::new(|| pool(1));
    static FOUR: LazyLock<rayon::ThreadPool> = LazyLock::new(|| pool(4));
    if threads == 1 { ONE.install(work) } else { FOUR.install(work) }
}

fn pool(threads: usize) -> rayon::ThreadPool {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap()
}
