//! Builds with no more than a ledger and the files that stand, as a new process has them.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use tinso::asset::Receive;
use tinso::build::{Built, Ledger, LoopLimits, Memo, Mode, Options, Outputs, RecordedHeads, With, build, build_into};
use tinso::text::SitePath;
use xxhash_rust::xxh3::xxh3_128;

use crate::chance::Chance;
use crate::compare::differences;
use crate::edit::{Change, Edit};
use crate::seeds;
use crate::site::{self, Kind};
use crate::state::State;

const PROGRAM: &str = "a test\n";

/// What lies on disk between two builds.
#[derive(Clone, Default)]
pub struct Shelf {
    ledger: Vec<u8>,
    heads: Vec<u8>,
    pub files: Outputs,
    /// What the last build let stand.
    stood: BTreeSet<SitePath>,
}

fn bytes(ledger: &Ledger) -> Vec<u8> {
    let mut bytes = Vec::new();
    ledger.write(&mut bytes).unwrap();
    bytes
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
    pub fn build(&mut self, state: &State, options: &Options) -> (Built, Extent) {
        let mut ledger = Ledger::from_bytes(&self.ledger).unwrap_or_default();
        let mut heads = RecordedHeads::from_bytes(self.heads.clone(), PROGRAM).unwrap_or_default();
        let snapshot = state.snapshot(self.files.clone());
        let taken = Taking { files: &self.files, taken: Mutex::default() };
        let unchanged =
            ledger.unchanged(&snapshot.digests(), options, snapshot.moment(), &|path| snapshot.any_file(path), &taken);
        let was_unchanged = unchanged.is_some();
        let built = unchanged.unwrap_or_else(|| build_into(&snapshot, options, With::Ledger(&mut ledger, &mut heads), &taken));
        let (outputs, stood) = taken.taken.into_inner().unwrap();
        let built = Built { outputs, ..built };
        if !built.has_errors() {
            self.ledger = bytes(&ledger);
            if heads.are_new() {
                self.heads.clear();
                heads.write(PROGRAM, &mut self.heads).unwrap();
            }
            self.files = built.outputs.clone();
        }
        // Pictures of charts stand whatever else is made.
        let is_picture = |path: &SitePath| path.as_str().ends_with("/chart.png") || path.as_str().ends_with("/card.png");
        let extent = match (was_unchanged, stood.iter().all(is_picture)) {
            (true, _) => Extent::Nothing,
            (false, false) => Extent::Part,
            (false, true) => Extent::All,
        };
        self.stood = stood;
        (built, extent)
    }

    /// What a build differs in from the cold one that it should equal. A broken site is not put into place, so its outputs
    /// do not count; nobody looks at how much there was to do.
    pub fn differences(&self, built: &Built, cold: &Built) -> Vec<String> {
        let outputs = if cold.has_errors() { Outputs::default() } else { built.outputs.clone() };
        let cold_outputs = if cold.has_errors() { Outputs::default() } else { cold.outputs.clone() };
        let links =
            |built: &Built| Built { links: tinso::build::Links::default(), static_sources: Default::default(), ..shallow(built) };
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

/// Leaves out what makes every build another: the clock, other machines, and mostly a search index, in which every text is.
pub fn quieten(state: &mut State, with_search: bool) {
    for bytes in state.files.values_mut() {
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        let mut text: String = text.split_inclusive('\n').filter(|line| !line.contains("url='https:")).collect();
        text = text.replace("now()", "'2026-11-24'");
        if !with_search {
            text = text
                .replace("build_search_index = true", "build_search_index = false")
                .replace("\nsearch = true", "\nsearch = false");
        }
        *bytes = text.into_bytes();
    }
}

/// Sequences of edits that are mostly of texts, and between the builds what can befall a disk.
#[test]
fn an_edit_of_a_text_makes_a_part_of_the_site_that_fits_the_rest() {
    let kinds = [
        Change::Body,
        Change::Body,
        Change::Body,
        Change::Body,
        Change::SectionBody,
        Change::Nothing,
        Change::Title,
        Change::Revert,
        Change::Schedule,
        Change::Clock,
    ];
    let mut extents = [0; 3];
    for seed in seeds() {
        let kind = if seed % 2 == 0 { Kind::Portal } else { Kind::Plain };
        let mut chance = Chance::new(seed);
        let mut state = site::generate(kind, &mut chance);
        let with_search = seed % 5 == 0;
        quieten(&mut state, with_search);
        let (mut shelf, mut states) = (Shelf::default(), Vec::new());
        for step in 0..7 {
            let edit = Edit { kind: kinds[chance.below(kinds.len())], seed: chance.next() };
            if step > 0 {
                edit.apply(&mut state, kind, &states);
                quieten(&mut state, with_search);
            }
            let before = shelf.clone();
            // A template that is told of makes every build another.
            let options = Options { loops: LoopLimits::default(), ..state.options() };
            let (built, extent) = shelf.build(&state, &options);
            let cold = build(&state.snapshot(Outputs::default()), &options);
            let found = shelf.differences(&built, &cold);
            assert!(found.is_empty(), "seed {seed}, step {step}, {:?}, {extent:?}: {found:#?}", edit.kind);
            extents[extent as usize] += 1;
            states.push(state.clone());
            shelf.befall(before, &mut chance);
        }
    }
    eprintln!("nothing, a part, all: {extents:?}");
    assert!(extents[1] * 4 > extents.iter().sum(), "few parts: {extents:?}");
}

impl Shelf {
    /// A build that was killed before it was done with one or the other, and files that others have changed.
    fn befall(&mut self, before: Self, chance: &mut Chance) {
        match chance.below(12) {
            0 => self.ledger = before.ledger,
            1 => self.files = before.files,
            2 => {
                let path = self.files.keys().nth(chance.below(self.files.len().max(1))).cloned();
                path.map(|path| self.files.remove(&path));
            }
            3 => {
                let number = chance.below(self.files.len().max(1));
                self.files.values_mut().nth(number).into_iter().for_each(|bytes| *bytes = Arc::from(&b"edited"[..]));
            }
            4 => self.ledger.truncate(self.ledger.len() / 2),
            5 => self.heads = before.heads,
            6 => self.heads.truncate(self.heads.len() / 2),
            _ => {}
        }
    }
}

fn small() -> State {
    let mut state = State::new();
    state.write("config.toml", "base_url = \"https://tin.example\"\ngenerate_feeds = true\n");
    state.write("content/_index.md", "+++\n+++\n");
    for name in ["a", "b", "c"] {
        state.write(&format!("content/{name}.md"), format!("+++\ntitle = \"{name}\"\ndate = 2026-11-24\n+++\nText.\n"));
    }
    state.write("templates/index.html", "{% for page in section.pages %}{{ page.title }}{% endfor %}");
    state.write("templates/page.html", "{{ page.title }}{{ page.content | safe }}{{ lang }}");
    state.write("templates/section.html", "");
    state
}

#[test]
fn where_nothing_has_changed_nothing_is_made() {
    let (state, mut shelf) = (small(), Shelf::default());
    assert_eq!(shelf.build(&state, &state.options()).1, Extent::All);
    let (built, extent) = shelf.build(&state, &state.options());
    assert_eq!((extent, built.outputs.len(), built.stats.pages), (Extent::Nothing, shelf.files.len(), 3));
}

#[test]
fn an_edit_of_a_text_renders_its_page_and_the_feed() {
    let (mut state, mut shelf) = (small(), Shelf::default());
    shelf.build(&state, &state.options());
    state.write("content/b.md", "+++\ntitle = \"b\"\ndate = 2026-11-24\n+++\nOther text.\n");
    let (built, extent) = shelf.build(&state, &state.options());
    assert_eq!((extent, built.work.rendered, built.work.marked), (Extent::Part, 2, 3));
    assert!(String::from_utf8_lossy(&shelf.files["b/index.html"]).contains("Other text."));
}

#[test]
fn when_only_time_has_passed_all_is_made_anew_once_a_page_comes_or_goes() {
    let (mut state, mut shelf) = (small(), Shelf::default());
    state.write("config.toml", format!("{}[extra.tinso]\n", state.text("config.toml")));
    let page = |keys: &str| format!("+++\ntitle = \"t\"\n[extra]\n{keys}\n+++\nText.\n");
    state.write("content/a.md", page("publish_at = 2026-11-30T08:00:00+07:00"));
    state.write("content/b.md", page("expires_at = 2026-11-30T09:00:00+07:00"));
    let mut at = |moment: &str| {
        state.now = moment.parse::<jiff::Timestamp>().unwrap().as_second();
        let (built, extent) = shelf.build(&state, &state.options());
        let cold = build(&state.snapshot(Outputs::default()), &state.options());
        assert_eq!(shelf.differences(&built, &cold), Vec::<String>::new(), "{moment}");
        assert_eq!(built.stretch, cold.stretch, "{moment}");
        let has = |name: &str| built.outputs.contains_key(&SitePath::new(&format!("{name}/index.html")));
        (extent, has("a"), has("b"))
    };
    assert_eq!(at("2026-11-30T00:00:00Z"), (Extent::All, false, true));
    assert_eq!(at("2026-11-30T00:59:59Z"), (Extent::Nothing, false, true));
    assert_eq!(at("2026-11-30T01:00:00Z"), (Extent::All, true, true));
    assert_eq!(at("2026-11-30T01:59:59Z"), (Extent::Nothing, true, true));
    assert_eq!(at("2026-11-30T02:00:00Z"), (Extent::All, true, false));
    assert_eq!(at("2030-01-01T00:00:00Z"), (Extent::Nothing, true, false));
    assert_eq!(at("2026-11-30T01:30:00Z"), (Extent::All, true, true), "the clock was set back");
}

#[test]
fn other_options_another_template_or_another_title_make_all_anew() {
    let (state, mut shelf) = (small(), Shelf::default());
    shelf.build(&state, &state.options());
    let mut other = |change: &dyn Fn(&mut State)| {
        let mut changed = state.clone();
        change(&mut changed);
        let extent = shelf.build(&changed, &changed.options()).1;
        shelf.build(&state, &state.options());
        extent
    };
    assert_eq!(other(&|state| state.minify = true), Extent::All);
    assert_eq!(other(&|state| state.write("templates/page.html", "{{ page.title }}")), Extent::All);
    assert_eq!(other(&|state| state.write("content/a.md", "+++\ntitle = \"A\"\n+++\nText.\n")), Extent::All);
    assert_eq!(other(&|state| state.write("content/d.md", "+++\n+++\n")), Extent::All);
}

#[cfg(feature = "png")]
#[test]
fn a_picture_of_a_chart_stands_while_what_it_is_drawn_from_is_the_same_whatever_else_is_made() {
    let (mut state, mut shelf) = (crate::bounds::site(), Shelf::default());
    state.write("content/clock.md", "+++\ntitle = \"clock\"\n+++\n");
    shelf.build(&state, &state.options());
    let pictures = |shelf: &Shelf| -> Vec<String> { shelf.stood.iter().map(SitePath::to_string).collect() };
    assert_eq!(pictures(&shelf), Vec::<String>::new());
    let number = |value: &str| format!("[[extra.metrics]]\nindicator = \"revenue\"\ntime_period = \"2016\"\nvalue = {value}\n");
    let article = |value: &str| crate::bounds::news(10, "News 10", &number(value), "Text.");
    state.write("content/news/n10.md", article("6.5"));
    let (built, extent) = shelf.build(&state, &state.options());
    assert_eq!((extent, built.has_errors()), (Extent::All, false));
    let others = ["indicators/users/card.png", "indicators/users/chart.png"];
    let both = others.iter().map(|path| (*path).to_owned()).chain(others.map(|path| format!("vi/{path}"))).collect::<Vec<_>>();
    assert_eq!(pictures(&shelf), both);
    let cold = build(&state.snapshot(Outputs::default()), &state.options());
    assert_eq!(shelf.differences(&built, &cold), Vec::<String>::new());
    // The ledger holds what stood, too.
    state.write("content/news/n10.md", article("7.5"));
    shelf.build(&state, &state.options());
    assert_eq!(pictures(&shelf), both);
}

#[test]
fn a_footer_with_the_year_stands_until_the_year_ends() {
    let (mut state, mut shelf) = (small(), Shelf::default());
    let at = |moment: &str| moment.parse::<jiff::Timestamp>().unwrap().as_second();
    state.now = at("2026-11-29T12:00:00Z");
    state.write("templates/page.html", "{{ page.content | safe }}© {{ now() | date(format=\"%Y\") }}");
    assert_eq!(shelf.build(&state, &state.options()).1, Extent::All);
    state.now = at("2026-12-31T23:59:59Z");
    assert_eq!(shelf.build(&state, &state.options()).1, Extent::Nothing);
    state.write("content/a.md", "+++\ntitle = \"a\"\ndate = 2026-11-24\n+++\nOther text.\n");
    assert_eq!(shelf.build(&state, &state.options()).1, Extent::Part);
    state.now += 1;
    let (built, extent) = shelf.build(&state, &state.options());
    assert_eq!(extent, Extent::All);
    let page = String::from_utf8_lossy(&built.outputs[&SitePath::new("a/index.html")]).into_owned();
    assert!(page.contains("Other text.") && page.ends_with("© 2027"), "{page}");
}

#[test]
fn a_ledger_that_is_damaged_or_of_another_version_is_none() {
    let (state, mut shelf) = (small(), Shelf::default());
    shelf.build(&state, &state.options());
    let good = shelf.ledger.clone();
    let back = Ledger::from_bytes(&good).unwrap();
    assert_eq!(bytes(&back), good);
    for at in 0..good.len() {
        assert_eq!(Ledger::from_bytes(&good[..at]), None, "cut off at {at}");
        let mut flipped = good.clone();
        flipped[at] ^= 1 << (at % 8);
        assert_eq!(Ledger::from_bytes(&flipped), None, "a bit at {at}");
    }
    let mut other = good;
    other["tinso ledger ".len()] += 1;
    assert_eq!(Ledger::from_bytes(&other), None);
}

#[test]
fn front_matter_that_is_damaged_or_of_another_program_is_none() {
    let (state, mut shelf) = (small(), Shelf::default());
    shelf.build(&state, &state.options());
    let good = shelf.heads;
    assert!(RecordedHeads::from_bytes(good.clone(), PROGRAM).is_some());
    assert!(RecordedHeads::from_bytes(good.clone(), "another\n").is_none());
    for at in 0..good.len() {
        assert!(RecordedHeads::from_bytes(good[..at].to_vec(), PROGRAM).is_none(), "cut off at {at}");
        let mut flipped = good.clone();
        flipped[at] ^= 1 << (at % 8);
        assert!(RecordedHeads::from_bytes(flipped, PROGRAM).is_none(), "a bit at {at}");
    }
}

/// What a server does that is started after a build.
#[test]
fn a_server_takes_front_matter_as_a_build_has_read_it_and_gives_what_a_clean_build_gives() {
    let mut taken = 0;
    for seed in seeds().step_by(3) {
        let kind = if seed % 2 == 0 { Kind::Portal } else { Kind::Plain };
        let mut chance = Chance::new(seed);
        let (mut state, mut shelf) = (site::generate(kind, &mut chance), Shelf::default());
        let built = shelf.build(&state, &state.options()).0;
        let mut heads = RecordedHeads::from_bytes(shelf.heads, PROGRAM).unwrap_or_default();
        let states = [state.clone()];
        if chance.below(2) == 1 {
            Edit { kind: [Change::Title, Change::Body][chance.below(2)], seed: chance.next() }.apply(&mut state, kind, &states);
        }
        state.mode = Mode::Serve;
        state.base_url = Some("http://127.0.0.1:1111".to_owned());
        let mut memo = Memo::default();
        for round in 0..2 {
            let made = Taking { files: &Outputs::default(), taken: Mutex::default() };
            let snapshot = match round {
                0 => state.snapshot_unread(|path, digest| heads.know_text(path, digest)),
                _ => state.snapshot(Outputs::default()),
            };
            let with = if round == 0 { With::Recorded(&mut memo, &mut heads) } else { With::Memo(&mut memo) };
            let served = build_into(&snapshot, &state.options(), with, &made);
            taken += usize::from(round == 0 && served.work.read < built.work.read);
            let served = Built { outputs: made.taken.into_inner().unwrap().0, ..served };
            let found = differences(&served, &build(&state.snapshot(Outputs::default()), &state.options()));
            assert!(found.is_empty(), "seed {seed}, round {round}: {found:#?}");
            Edit { kind: Change::Title, seed: chance.next() }.apply(&mut state, kind, &states);
        }
    }
    assert!(taken * 6 > seeds().count(), "{taken}");
}

#[test]
fn front_matter_holds_for_every_purpose_of_a_build_of_the_same_settings() {
    let (state, mut shelf) = (small(), Shelf::default());
    shelf.build(&state, &state.options());
    let read = |state: &State| {
        let mut heads = RecordedHeads::from_bytes(shelf.heads.clone(), PROGRAM).unwrap();
        let with = With::Recorded(&mut Memo::default(), &mut heads);
        let built = build_into(&state.snapshot(Outputs::default()), &state.options(), with, &Mutex::new(Outputs::default()));
        (built.work.read, heads.are_new())
    };
    let served = State { mode: Mode::Serve, base_url: Some("http://127.0.0.1:1111".to_owned()), ..state };
    assert_eq!(read(&served), (0, false));
    let mut edited = served.clone();
    edited.write("content/a.md", "+++\ntitle = \"A\"\n+++\nText.\n");
    assert_eq!(read(&edited), (1, true), "a title changed");
    let mut other = served;
    other.write("config.toml", "base_url = \"https://tin.example\"\ndefault_language = \"vi\"\n");
    assert_eq!(read(&other), (4, true), "settings changed");
}

#[test]
fn front_matter_is_read_again_only_where_it_is_another_or_something_is_wrong_with_it() {
    let (mut state, mut shelf) = (small(), Shelf::default());
    state.write("content/c.md", "+++\ntitle = \"c\"\nold = [1,\n+++\nText.\n");
    let mut read = |state: &State| shelf.build(state, &state.options()).0.work.read;
    assert_eq!(read(&state), 4);
    state.write("content/c.md", "+++\ntitle = \"c\"\ndate = 2026-11-24\n+++\nText.\n");
    assert_eq!(read(&state), 4, "a build with errors leaves nothing");
    state.write("content/b.md", "+++\ntitle = \"b\"\ndate = 2026-11-24\n+++\nOther text.\n");
    assert_eq!(read(&state), 0, "only a text changed");
    state.write("content/a.md", "+++\ntitle = \"A\"\n+++\nText.\n");
    assert_eq!(read(&state), 1, "a title changed");
    state.write("config.toml", "base_url = \"https://tin.example\"\ndefault_language = \"vi\"\n");
    assert_eq!(read(&state), 4, "settings changed");
}
