//! What pages read of numbers that stand elsewhere: builds with a memo and with a ledger see each of them change.

use tinso::build::{Memo, Outputs, build, build_again};

use crate::compare::differences;
use crate::ledger::Shelf;
use crate::state::State;

const CONFIG: &str = "base_url = \"https://tin.example\"\ndefault_language = \"vi\"\n[extra.tinso]\npictures = false\nareas = \"data/areas.toml\"\n";
const PAGE: &str = "{{ page.title }}{% for m in page.metrics %}{{ m.area }} {{ m.text }}{% endfor %}{% if page.indicator %}{% for c in page.indicator.computed %}{{ c.text }};{% endfor %}{% for r in page.indicator.rows %}{{ r.area }} {{ r.text }} {{ r.superseded }}{% if r.revision %}{{ r.revision.note }}{% endif %};{% endfor %}{% for b in page.indicator.breaks %}{{ b.note }}{% endfor %}{% endif %}";

fn indicator(more: &str) -> String {
    format!(
        "+++\ntitle = \"I\"\n[extra.indicator]\nunit = \"VND\"\nunit_mult = 9\nunit_label = \"tỷ\"\nmeasure = \"flow\"\nref_area = \"VN\"\n{more}+++\n"
    )
}

fn article(day: usize, metrics: &[(&str, &str, &str, &str)]) -> String {
    let metric = |(indicator, period, value, more): &(&str, &str, &str, &str)| {
        format!("[[extra.metrics]]\nindicator = \"{indicator}\"\ntime_period = \"{period}\"\nvalue = {value}\n{more}\n")
    };
    let metrics: String = metrics.iter().map(metric).collect();
    format!("+++\ntitle = \"A\"\ndate = 2017-01-{day:02}\n{metrics}+++\nText.\n")
}

fn site() -> State {
    let mut state = State::new();
    state.write("config.toml", CONFIG);
    state.around.insert("data/areas.toml".to_owned(), "VN = { vi = \"Cả nước\" }\n".into());
    state.write("templates/page.html", PAGE);
    state.write(
        "templates/index.html",
        "{% for i in get_indicators() %}{{ i.indicator.latest?.text | default(value='') }}{% endfor %}",
    );
    state.write("templates/section.html", "{{ 5 | quantity(indicator='whole') }}");
    state.write("content/indicators/_index.md", "+++\ntitle = \"S\"\n+++\n");
    state.write("content/indicators/whole.md", indicator("population = \"people\"\n"));
    state.write("content/indicators/north.md", indicator("part_of = \"whole\"\n"));
    state.write("content/indicators/south.md", indicator("part_of = \"whole\"\n"));
    state.write("content/indicators/people.md", indicator(""));
    let numbers =
        [("whole", "2015", "9", ""), ("whole", "2016", "10", ""), ("north", "2016", "4", ""), ("south", "2016", "6", "")];
    state.write("content/a.md", article(1, &numbers));
    state.write("content/b.md", article(2, &[("people", "2016", "50", "")]));
    state
}

/// Builds the site, and again after the edit, in one process and in another: both have to give what a cold build gives, and
/// these outputs have to be others than before.
#[track_caller]
fn edit_is_seen(edit: impl Fn(&mut State), changed: &[&str]) {
    let mut state = site();
    let (mut memo, mut shelf) = (Memo::default(), Shelf::default());
    let before = build_again(&state.snapshot(Outputs::default()), &state.options(), &mut memo);
    assert!(before.diagnostics.is_empty(), "{:#?}", before.diagnostics);
    shelf.build(&state, &state.options());
    edit(&mut state);
    let cold = build(&state.snapshot(Outputs::default()), &state.options());
    for path in changed {
        assert!(cold.outputs.get(*path) != before.outputs.get(*path), "{path} is as before");
    }
    let again = build_again(&state.snapshot(before.outputs), &state.options(), &mut memo);
    assert_eq!(differences(&again, &cold), [""; 0]);
    let (with_ledger, _) = shelf.build(&state, &state.options());
    assert_eq!(shelf.differences(&with_ledger, &cold), [""; 0]);
}

fn replace(path: &'static str, from: &'static str, to: &'static str) -> impl Fn(&mut State) {
    move |state| {
        let text = state.text(path);
        assert!(text.contains(from));
        state.write(path, text.replace(from, to));
    }
}

#[test]
fn the_file_of_areas() {
    let rename = |state: &mut State| {
        state.around.insert("data/areas.toml".to_owned(), "VN = { vi = \"Việt Nam\" }\n".into());
    };
    edit_is_seen(rename, &["a/index.html", "indicators/whole/index.html"]);
}

#[test]
fn a_part_of_a_whole_and_the_population_it_is_counted_by() {
    edit_is_seen(replace("content/a.md", "value = 6", "value = 7"), &["indicators/whole/index.html"]);
    edit_is_seen(replace("content/b.md", "value = 50", "value = 60"), &["indicators/whole/index.html"]);
    edit_is_seen(replace("content/indicators/south.md", "part_of = \"whole\"\n", ""), &["indicators/whole/index.html"]);
}

#[test]
fn a_revision_a_break_and_a_target_of_an_indicator() {
    let revised = |state: &mut State| {
        let metric = ("whole", "2016", "11", "revision = { type = \"correction\", note = \"nhầm\" }");
        state.write("content/c.md", article(3, &[metric]));
    };
    edit_is_seen(revised, &["indicators/whole/index.html", "index.html"]);
    let with = |more: &'static str| move |state: &mut State| state.write("content/indicators/whole.md", indicator(more));
    edit_is_seen(with("[[extra.indicator.break]]\nat = \"2016\"\nnote = \"mới\"\n"), &["indicators/whole/index.html"]);
    let target = "direction = \"up\"\n[[extra.indicator.target]]\ntime_period = \"2020\"\nvalue = 20\n";
    edit_is_seen(with(target), &["indicators/whole/index.html"]);
}

#[test]
fn the_unit_that_a_filter_writes() {
    edit_is_seen(replace("content/indicators/whole.md", "\"tỷ\"", "\"tỷ đồng\""), &["indicators/index.html", "a/index.html"]);
}
