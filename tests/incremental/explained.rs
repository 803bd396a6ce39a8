//! Each reason for which an output is rendered again is told, with what has changed.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use tinso::build::{Explained, Explanation, Memo, Outputs, Receive, Why, With, build_into};
use tinso::text::SitePath;

use crate::bounds::{news, replace, site};
use crate::state::State;

/// Asks about one output.
struct About<'a> {
    path: &'a str,
    outputs: Mutex<Outputs>,
}

impl Receive for About<'_> {
    fn asks_about(&self, path: &SitePath, _origin: &str) -> bool {
        path.as_str() == self.path
    }

    fn receive(&self, path: &SitePath, bytes: Arc<[u8]>) {
        self.outputs.lock().unwrap().insert(path.clone(), bytes);
    }
}

fn explained(path: &str, state: &State, memo: &mut Memo, last: Outputs) -> (Explained, Outputs) {
    let about = About { path, outputs: Mutex::default() };
    let mut built = build_into(&state.snapshot(last), &state.options(), With::Memo(memo), &about);
    assert!(built.explained.keys().all(|explained| explained.as_str() == path));
    (built.explained.remove(path).unwrap(), about.outputs.into_inner().unwrap())
}

/// How an output comes to be in a build after an edit.
fn after(path: &str, edit: impl Fn(&mut State)) -> Explanation {
    after_in(site(), path, edit)
}

fn after_in(mut state: State, path: &str, edit: impl Fn(&mut State)) -> Explanation {
    let mut memo = Memo::default();
    let built =
        build_into(&state.snapshot(Outputs::new()), &state.options(), With::Memo(&mut memo), &Mutex::new(BTreeMap::new()));
    assert!(built.explained.is_empty(), "nobody asked");
    edit(&mut state);
    explained(path, &state, &mut memo, Outputs::new()).0.rendering.unwrap()
}

fn reason(path: &str, edit: impl Fn(&mut State)) -> (Option<Why>, Vec<String>) {
    let explanation = after(path, edit);
    (explanation.why, explanation.changed)
}

#[test]
fn a_first_build_tells_templates_reads_and_questions() {
    let (explained, _) = explained("news/n20/index.html", &site(), &mut Memo::default(), Outputs::new());
    assert_eq!(explained.origin, "content/news/n20.md");
    let Explanation { templates, everything, variables, functions, asked, why, changed } = explained.rendering.unwrap();
    assert_eq!(templates, ["templates/page.html", "templates/base.html"]);
    assert!(!everything);
    assert!(variables["page"].contains(&"lower.{permalink, title}".to_owned()), "{:?}", variables["page"]);
    assert_eq!(variables["config"], ["title"]);
    assert_eq!(functions["get_taxonomy_term"], ["pages[:3].title"]);
    assert_eq!(asked, ["get_taxonomy_term(kind=\"topics\", term=\"T0\") in en", "trans(key=\"foot\") in en"]);
    assert_eq!((why, changed), (Some(Why::NoBuild), Vec::new()));
}

#[test]
fn a_file_that_is_copied_has_no_rendering() {
    let (explained, _) = explained("plain.txt", &site(), &mut Memo::default(), Outputs::new());
    assert_eq!(explained, Explained { origin: "static/plain.txt".to_owned(), rendering: None });
}

#[test]
fn an_output_of_which_nothing_has_changed_has_no_reason_and_its_questions() {
    let explanation = after("news/n20/index.html", |_| {});
    assert_eq!((explanation.why, explanation.asked.len()), (None, 2));
    assert_eq!(after("news/n20/index.html", |state| state.write("static/plain.txt", "other")).why, None);
}

#[test]
fn settings_are_a_reason() {
    let edit = replace("config.toml", "title = \"News\"", "title = \"Other\"");
    assert_eq!(reason("news/n20/index.html", edit), (Some(Why::Settings), Vec::new()));
}

#[test]
fn a_new_output_is_a_reason() {
    let edit = |state: &mut State| state.write("content/new.md", "+++\ntitle = \"New\"\n+++\n");
    assert_eq!(reason("new/index.html", edit), (Some(Why::New), Vec::new()));
}

#[test]
fn another_template_is_a_reason() {
    let edit = replace("content/rates.md", "template = \"rates.html\"", "template = \"clock.html\"");
    assert_eq!(reason("rates/index.html", edit).0, Some(Why::OtherTemplate));
}

#[test]
fn a_new_translation_is_a_reason() {
    let edit =
        |state: &mut State| state.write("content/rates.vi.md", "+++\ntitle = \"Tỷ giá\"\ntemplate = \"rates.html\"\n+++\n");
    assert_eq!(reason("rates/index.html", edit), (Some(Why::Address), Vec::new()));
}

#[test]
fn a_template_that_is_drawn_in_is_a_reason_and_named() {
    let edit = replace("templates/base.html", "<html", "<HTML");
    assert_eq!(reason("news/n20/index.html", edit), (Some(Why::Templates), vec!["templates/base.html".to_owned()]));
    let edit = replace("templates/unused.html", "title", "base_url");
    assert_eq!(reason("news/n20/index.html", edit), (None, Vec::new()));
}

#[test]
fn what_is_read_of_the_page_is_a_reason_and_its_fields_are_named() {
    let title =
        |state: &mut State| state.write("content/news/n20.md", news(20, "Other", "", "Text of 20, after [about](@/about.md)."));
    assert_eq!(
        reason("news/n20/index.html", title),
        (Some(Why::Seen), vec!["page.title".to_owned(), "page.translations[0].title".to_owned()])
    );
    let (why, changed) = reason("news/n21/index.html", title);
    assert_eq!(why, Some(Why::Seen));
    assert!(changed == ["page.lower.title"] || changed == ["page.higher.title"], "{changed:?}");
    let text = |state: &mut State| state.write("content/news/n20.md", news(20, "News 20", "", "Other text."));
    assert_eq!(reason("news/n20/index.html", text), (Some(Why::Seen), vec!["page.content".to_owned()]));
}

#[test]
fn front_matter_is_a_reason_where_a_template_has_a_broken_link() {
    let mut state = site();
    replace("config.toml", "[extra.tinso]", "[link_checker]\ninternal_level = \"warn\"\n[extra.tinso]")(&mut state);
    state.write("templates/clock.html", "{{ '[gone](@/abuot.md)' | markdown | safe }}");
    let edit = |state: &mut State| state.write("content/new.md", "+++\ntitle = \"New\"\n+++\n");
    assert_eq!(after_in(state.clone(), "clock/index.html", edit).why, Some(Why::FrontMatter));
    assert_eq!(after_in(state, "clock/index.html", |_| {}).why, None);
}

#[test]
fn addresses_are_a_reason_for_the_sitemap() {
    let edit = |state: &mut State| state.write("content/new.md", "+++\ntitle = \"New\"\n+++\n");
    assert_eq!(reason("sitemap.xml", edit), (Some(Why::Addresses), Vec::new()));
}

#[test]
fn an_answer_of_a_function_is_a_reason_and_its_question_is_told() {
    let edit = |state: &mut State| drop(state.around.insert("data/rates.json".to_owned(), b"{\"usd\": 23000}".to_vec()));
    let question = "load_data(path=\"data/rates.json\") in en".to_owned();
    assert_eq!(reason("rates/index.html", edit), (Some(Why::Answers), vec![question]));
    assert_eq!(reason("news/n20/index.html", edit), (None, Vec::new()));
}
