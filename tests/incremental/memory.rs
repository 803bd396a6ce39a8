//! A memo holds what the last builds made, and nothing of those long before.
//!
//! It is seen from outside: whether the bytes of outputs and sources that were once there are still in memory.

use std::collections::BTreeSet;
use std::sync::{Arc, Weak};

use tinso::build::{Memo, Outputs, build_again};
use tinso::source::File;

use crate::bounds;
use crate::state::State;

/// Everything that builds have read and made, as long as somebody holds it.
#[derive(Default)]
struct Traces {
    outputs: Vec<Weak<[u8]>>,
    texts: Vec<Weak<str>>,
    bytes: Vec<Weak<[u8]>>,
}

impl Traces {
    /// Builds a state and forgets all of it but where it was.
    fn build(&mut self, state: &State, memo: &mut Memo) -> usize {
        let snapshot = state.snapshot(Outputs::default());
        let built = build_again(&snapshot, &state.options(), memo);
        self.outputs.extend(built.outputs.values().map(Arc::downgrade));
        for (_, file) in snapshot.below("") {
            match file {
                File::Text(text) => self.texts.push(Arc::downgrade(&text.get())),
                File::Bytes(bytes) => self.bytes.push(Arc::downgrade(bytes)),
            }
        }
        self.bytes.extend(snapshot.files_asked().into_values().flatten().map(|bytes| Arc::downgrade(&bytes)));
        built.outputs.len()
    }

    /// How many outputs and how many sources are still in memory.
    fn held(&self) -> (usize, usize) {
        (distinct(&self.outputs), distinct(&self.texts) + distinct(&self.bytes))
    }
}

fn distinct<T: ?Sized>(traces: &[Weak<T>]) -> usize {
    let held: Vec<Arc<T>> = traces.iter().filter_map(Weak::upgrade).collect();
    held.iter().map(|held| Arc::as_ptr(held).cast::<()>() as usize).collect::<BTreeSet<_>>().len()
}

/// No more than what two builds have.
fn assert_bounded(traces: &Traces, outputs: usize, state: &State) {
    let (held, sources) = traces.held();
    assert!(held <= 2 * outputs, "{held} outputs are held, and a build has {outputs}");
    // A file asked for may be held a second time, as an answer of the host.
    let files = state.files.len() + state.around.len();
    assert!(sources <= 2 * files, "{sources} sources are held, and a build has {files}");
}

fn edit(state: &mut State, round: usize) {
    for number in [3, 20] {
        let path = format!("content/news/n{number:02}.md");
        let text = state.text(&path).replace("+++\ntitle = \"", &format!("+++\ntitle = \"{round} "));
        state.write(&path, format!("{text}\nRound {round}.\n"));
    }
    let list = format!("<p>list {round}</p>");
    state.write("templates/parts/list.html", list);
    state.write("static/plain.txt", format!("plain {round}\n"));
    state.write("i18n/vi.toml", format!("foot = \"foot {}\"\n", round / 3));
    state.around.insert("data/rates.json".to_owned(), format!("{{\"usd\": {round}}}").into_bytes());
    state.now += 61;
}

#[test]
fn many_edits_do_not_make_a_memo_grow() {
    let (mut state, mut memo, mut traces) = (bounds::site(), Memo::default(), Traces::default());
    traces.build(&state, &mut memo);
    for round in 0..12 {
        edit(&mut state, round);
        let outputs = traces.build(&state, &mut memo);
        assert_bounded(&traces, outputs, &state);
    }
}

#[test]
fn edits_back_and_forth_do_not_make_a_memo_grow() {
    let (here, mut memo, mut traces) = (bounds::site(), Memo::default(), Traces::default());
    let mut there = here.clone();
    edit(&mut there, 1);
    there.write("content/news/n00.md", "+++\nbroken = \n+++\n");
    for _ in 0..6 {
        for state in [&here, &there] {
            let outputs = traces.build(state, &mut memo);
            assert_bounded(&traces, outputs, state);
        }
    }
}

#[test]
fn a_memo_of_a_small_site_holds_nothing_of_the_large_one_that_it_was() {
    let (mut state, mut memo, mut traces) = (bounds::site(), Memo::default(), Traces::default());
    traces.build(&state, &mut memo);
    state.files.retain(|path, _| !path.starts_with("content/news/n"));
    let mut outputs = 0;
    for round in 0..2 {
        state.write("static/plain.txt", format!("plain {round}\n"));
        outputs = traces.build(&state, &mut memo);
    }
    assert_bounded(&traces, outputs, &state);
    drop(memo);
    // Pictures made may be held for the whole process; nothing else is.
    assert!(traces.held().0 <= 2 && traces.held().1 == 0, "{:?}", traces.held());
}
