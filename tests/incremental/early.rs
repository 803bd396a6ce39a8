//! Pages that are shown before a build is done.

use tinso::build::{Memo, Outputs, With, build, build_into};
use tinso::text::SitePath;

use crate::chance::Chance;
use crate::ledger::quieten;
use crate::seeds;
use crate::site::{self, Kind};
use crate::waiting::Waiting;

#[test]
fn a_page_that_is_shown_before_the_rest_is_made_is_as_it_is_in_the_end() {
    let (mut pages, mut with_files_only) = (0, 0);
    for seed in seeds() {
        let kind = if seed % 2 == 0 { Kind::Portal } else { Kind::Plain };
        let mut chance = Chance::new(seed);
        let mut state = site::generate(kind, &mut chance);
        quieten(&mut state, false);
        let cold = build(&state.snapshot(Outputs::default()), &state.options());
        if cold.has_errors() {
            continue;
        }
        let html: Vec<&SitePath> = cold.outputs.keys().filter(|path| path.extension() == Some("html")).collect();
        for _ in 0..4 {
            let path = html[chance.below(html.len())];
            let waiting = Waiting::for_pages([path.clone()]);
            let built =
                build_into(&state.snapshot(Outputs::default()), &state.options(), With::Memo(&mut Memo::default()), &waiting);
            assert_eq!(built.stats, cold.stats);
            pages += 1;
            // One with new pictures waits for them.
            let (made, shown) = waiting.into_made_and_shown();
            let Some(shown) = shown else { continue };
            assert!(shown.contains_key(path), "seed {seed}: {path}");
            for (path, bytes) in &shown {
                assert!(cold.outputs.get(path) == Some(bytes), "seed {seed}: {path} was shown otherwise");
            }
            let rendered = |path: &&SitePath| path.extension() == Some("html");
            with_files_only += usize::from(shown.keys().filter(rendered).count() * 2 < html.len());
            assert_eq!(made, cold.outputs, "seed {seed}");
        }
    }
    eprintln!("{pages} pages, {with_files_only} of them long before the rest");
    assert!(with_files_only * 2 > pages, "{with_files_only} of {pages}");
}
