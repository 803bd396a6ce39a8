//! What an edit may cost: each test names the outputs that show what was edited, and no more than those are rendered again.

use std::collections::BTreeSet;

use tinso::build::{Built, Memo, Outputs, Work, build, build_again};

use crate::compare::differences;
use crate::seen::is_rendered;
use crate::state::State;

const NEWS: usize = 40;
/// Every page of the news and what stands beside it, by the number of its day; 00 is the newest.
const TRANSLATED: usize = 10;
const PER_PAGER: usize = 10;
const TOPICS: usize = 4;

const CONFIG: &str = r#"
base_url = "https://tin.example"
title = "News"
default_language = "en"
generate_feeds = true
feed_limit = 5
compile_sass = true
taxonomies = [{ name = "topics" }]
[languages.vi]
title = "Tin"
taxonomies = [{ name = "topics" }]
[extra.tinso]
areas = { VN = { vi = "Cả nước", en = "Vietnam" } }
images = { widths = [3], formats = ["webp"] }
"#;

const TEMPLATES: &[(&str, &str)] = &[
    (
        "base",
        "<html lang=\"{{ lang }}\"><title>{{ config.title }}</title>{% block main %}{% endblock %}{{ trans(key='foot') }}</html>",
    ),
    (
        "page",
        r#"{% extends "base.html" %}{% block main %}<h1>{{ page.title }}</h1>{{ page.content | safe }}
{% if page.image %}<img src="{{ page.image.address }}" alt="{{ page.image.alt }}">{% endif %}
{% for m in page.metrics %}{{ m.text }}{% endfor %}
{% if page.lower %}<a rel="prev" href="{{ page.lower.permalink }}">{{ page.lower.title }}</a>{% endif %}
{% if page.higher %}<a rel="next" href="{{ page.higher.permalink }}">{{ page.higher.title }}</a>{% endif %}
{% for t in page.translations %}<a hreflang="{{ t.lang }}" href="{{ t.permalink }}">{{ t.title }}</a>{% endfor %}
{% for name in page.taxonomies?.topics | default(value=[]) %}{% set term = get_taxonomy_term(kind="topics", term=name) %}
{% for p in term.pages | slice(end=3) %}<li>{{ p.title }}</li>{% endfor %}{% endfor %}{% endblock %}"#,
    ),
    (
        "section",
        r#"{% extends "base.html" %}{% block main %}<h1>{{ section.title }}</h1>{% include "parts/list.html" %}{% for p in paginator.pages %}<a href="{{ p.permalink }}">{{ p.title }}</a>{% endfor %}{{ paginator.current_index }}/{{ paginator.number_pagers }}{% endblock %}"#,
    ),
    ("parts/list", "<p>a list</p>"),
    (
        "index",
        r#"{% extends "base.html" %}{% block main %}{% set news = get_section(path="news/_index.md") %}{% for p in news.pages | slice(end=5) %}<a href="{{ p.permalink }}">{{ p.title }}</a>{% endfor %}{% endblock %}"#,
    ),
    (
        "taxonomy_list",
        r#"{% extends "base.html" %}{% block main %}{% for t in terms %}{{ t.name }} {{ t.page_count }}{% endfor %}{% endblock %}"#,
    ),
    (
        "taxonomy_single",
        r#"{% extends "base.html" %}{% block main %}{{ term.name }}{% for p in term.pages %}<a href="{{ p.permalink }}">{{ p.title }}</a>{% endfor %}{% endblock %}"#,
    ),
    (
        "indicator",
        r#"{% extends "base.html" %}{% block main %}<h1>{{ page.title }}</h1>{% if page.indicator.latest %}{{ page.indicator.latest.text }}{% endif %}{% for c in page.indicator.charts %}{{ c.figure | safe }}{% endfor %}{% for r in page.indicator.rows %}<tr>{{ r.period }} {{ r.text }} {{ r.article.title }}</tr>{% endfor %}{% endblock %}"#,
    ),
    (
        "indicators",
        r#"{% extends "base.html" %}{% block main %}{% for p in section.pages %}{{ p.title }}{% endfor %}{% endblock %}"#,
    ),
    (
        "rates",
        r#"{% extends "base.html" %}{% block main %}{{ page.title }}{% set d = load_data(path="data/rates.json") %}{{ d.usd }}{% endblock %}"#,
    ),
    (
        "picture",
        r#"{% extends "base.html" %}{% block main %}{{ page.title }}{% set i = resize_image(path="pic.png", width=3, height=3) %}{{ i.url }}{% endblock %}"#,
    ),
    ("clock", r#"{% extends "base.html" %}{% block main %}{{ page.title }}{{ now() | date(format="%H:%M:%S") }}{% endblock %}"#),
    ("unused", "{{ config.title }}"),
];

pub fn news(number: usize, title: &str, more: &str, body: &str) -> String {
    let (month, day, topic) = (12 - number / 28, 28 - number % 28, number % TOPICS);
    format!(
        "+++\ntitle = \"{title}\"\ndate = 2017-{month:02}-{day:02}\n[taxonomies]\ntopics = [\"T{topic}\"]\n{more}+++\n{body}\n"
    )
}

fn metric(indicator: &str, value: &str) -> String {
    format!("[[extra.metrics]]\nindicator = \"{indicator}\"\ntime_period = \"2016\"\nvalue = {value}\n")
}

const LEAD: &str = "[extra.image]\nfile = \"/lead.png\"\nalt = \"a street\"\n";

/// Some sixty pages in two languages, with templates as sites have them.
pub fn site() -> State {
    let mut state = State::new();
    state.threads = 4;
    state.write("config.toml", CONFIG);
    for (name, text) in TEMPLATES {
        state.write(&format!("templates/{name}.html"), text);
    }
    for number in 0..NEWS {
        let (title, body) = (format!("News {number:02}"), format!("Text of {number:02}, after [about](@/about.md)."));
        let (more, body) = match number {
            10 => (metric("revenue", "5.5"), format!("{body} {{{{ metric(indicator=\"revenue\") }}}}")),
            11 => (metric("users", "7.5"), body),
            12 => (String::new(), format!("{body} ![a map](/shown.png)")),
            13 => (LEAD.to_owned(), body),
            _ => (String::new(), body),
        };
        state.write(&format!("content/news/n{number:02}.md"), news(number, &title, &more, &body));
        if number < TRANSLATED {
            state.write(&format!("content/news/n{number:02}.vi.md"), news(number, &format!("Tin {number:02}"), "", "Bài."));
        }
    }
    let list = "sort_by = \"date\"\npaginate_by = 10\n";
    state.write("content/news/_index.md", format!("+++\ntitle = \"News\"\n{list}+++\n"));
    state.write("content/news/_index.vi.md", format!("+++\ntitle = \"Tin\"\n{list}+++\n"));
    for name in ["revenue", "users"] {
        let shared = "unit = \"VND\"\nunit_mult = 9\ndecimals = 1\nmeasure = \"flow\"\nref_area = \"VN\"\nmin = 0\n";
        state.write(
            &format!("content/indicators/{name}.md"),
            format!("+++\ntitle = \"{name}\"\n[extra.indicator]\nunit_label = \"billion\"\n{shared}+++\nDefinition.\n"),
        );
        let vi = format!("+++\ntitle = \"{name} vi\"\n[extra.indicator]\nunit_label = \"tỷ\"\n+++\nĐịnh nghĩa.\n");
        state.write(&format!("content/indicators/{name}.vi.md"), vi);
    }
    for end in ["", ".vi"] {
        let keys = "template = \"indicators.html\"\npage_template = \"indicator.html\"\n";
        state.write(&format!("content/indicators/_index{end}.md"), format!("+++\ntitle = \"Indicators\"\n{keys}+++\n"));
        state.write(&format!("i18n/{}.toml", if end.is_empty() { "en" } else { "vi" }), "foot = \"foot\"\n");
    }
    state.write("content/about.md", "+++\ntitle = \"About\"\n+++\nAbout us.\n");
    for name in ["rates", "picture", "clock"] {
        state.write(&format!("content/{name}.md"), format!("+++\ntitle = \"{name}\"\ntemplate = \"{name}.html\"\n+++\n"));
    }
    let call = "{% set d = load_data(path=\"data/rates.json\") %}One dollar is {{ d.usd }}.";
    state.write("content/dollar.md", format!("+++\ntitle = \"Dollar\"\n+++\n{call}\n"));
    state.around.insert("data/rates.json".to_owned(), b"{\"usd\": 22000}".to_vec());
    state.write("static/pic.png", crate::site::png(6, 6, 1));
    state.write("static/shown.png", crate::site::png(6, 6, 3));
    state.write("static/lead.png", crate::site::png(6, 6, 4));
    state.write("static/plain.txt", "plain\n");
    state.write("sass/site.scss", "a { b: c }\n");
    state
}

/// What a build after an edit had to do, and what came out otherwise than before.
struct After {
    work: Work,
    /// Outputs of templates that are new or other than before.
    changed: BTreeSet<String>,
}

/// Builds the site, and again after each of the edits; says what the last one cost.
fn after(edits: &[&dyn Fn(&mut State)]) -> After {
    let mut state = site();
    let mut memo = Memo::default();
    let mut before = built(&state, &mut memo, Outputs::default());
    assert!(before.diagnostics.is_empty(), "{:?}", before.diagnostics);
    let first = before.work;
    let mut after = After { work: first, changed: BTreeSet::new() };
    for edit in edits {
        edit(&mut state);
        let now = built(&state, &mut memo, before.outputs.clone());
        let cold = build(&state.snapshot(Outputs::default()), &state.options());
        assert_eq!(differences(&now, &cold), [""; 0]);
        let rendered = now.outputs.iter().filter(|(path, _)| is_rendered(path.as_str()));
        let changed = rendered.filter(|(path, bytes)| before.outputs.get(*path) != Some(bytes));
        after = After { work: now.work, changed: changed.map(|(path, _)| path.to_string()).collect() };
        assert!(
            first.rendered == 0 || after.changed.len() <= now.work.rendered,
            "{:?} changed, but {:?}",
            after.changed,
            now.work
        );
        before = now;
    }
    after
}

fn built(state: &State, memo: &mut Memo, last: Outputs) -> Built {
    build_again(&state.snapshot(last), &state.options(), memo)
}

impl After {
    /// As `costs_at_most`, beside the two bodies with calls: they may see all front matter and every template, so they
    /// are made again when one of those is another.
    #[track_caller]
    fn costs_at_most_beside_calls(&self, read: usize, marked: usize, shown_by: &[String]) {
        let mut shown_by = shown_by.to_vec();
        shown_by.extend([page(10), "dollar/index.html".to_owned()]);
        self.costs_at_most(read, marked + 2, &shown_by);
    }

    /// At most so much was read and turned from Markdown, and rendered at most these: what shows the edit.
    #[track_caller]
    fn costs_at_most(&self, read: usize, marked: usize, shown_by: &[String]) {
        let shown_by: BTreeSet<&String> = shown_by.iter().collect();
        let surprising: Vec<_> = self.changed.iter().filter(|path| !shown_by.contains(path)).collect();
        assert!(surprising.is_empty(), "these changed and are not named by the test: {surprising:?}");
        let most = Work { read, marked, rendered: shown_by.len() };
        let Work { read, marked, rendered } = self.work;
        assert!(
            read <= most.read && marked <= most.marked && rendered <= most.rendered,
            "it took {:?} instead of at most {most:?}; what changed: {:?}",
            self.work,
            self.changed
        );
    }
}

fn page(number: usize) -> String {
    format!("news/n{number:02}/index.html")
}

/// The page of the list that has an article.
fn pager(number: usize) -> String {
    match number / PER_PAGER {
        0 => "news/index.html".to_owned(),
        at => format!("news/page/{}/index.html", at + 1),
    }
}

fn pagers() -> Vec<String> {
    (0..NEWS / PER_PAGER).map(|at| pager(at * PER_PAGER)).collect()
}

fn term(topic: usize) -> String {
    format!("topics/t{topic}/index.html")
}

/// The articles of a topic: each shows the three newest of it.
fn related(topic: usize) -> Vec<String> {
    (topic..NEWS).step_by(TOPICS).map(page).collect()
}

/// The pages for frames of an indicator.
fn frames(indicator: &str) -> Vec<String> {
    let of = |lang: &str| {
        ["embed", "embed-light", "embed-dark"].map(|folder| format!("{lang}indicators/{indicator}/{folder}/index.html"))
    };
    of("").into_iter().chain(of("vi/")).collect()
}

fn named(paths: &[&str]) -> Vec<String> {
    paths.iter().map(|path| (*path).to_owned()).collect()
}

fn rewrite(number: usize, title: &'static str, body: &'static str) -> impl Fn(&mut State) {
    move |state| state.write(&format!("content/news/n{number:02}.md"), news(number, title, "", body))
}

pub fn replace(path: &'static str, old: &'static str, new: &'static str) -> impl Fn(&mut State) {
    move |state| {
        let text = state.text(path);
        assert!(text.contains(old), "{path} has no {old}");
        state.write(path, text.replace(old, new));
    }
}

#[test]
fn a_first_build_reads_marks_and_renders_everything() {
    let state = site();
    let built = built(&state, &mut Memo::default(), Outputs::default());
    let files = state.files.keys().filter(|path| path.ends_with(".md")).count();
    let rendered = built.outputs.keys().filter(|path| is_rendered(path.as_str())).count();
    let Work { read, marked, rendered: work } = built.work;
    // Home pages that nobody wrote have bodies, too.
    assert!(read == files && marked >= files && marked <= files + 2, "{:?} for {files} files", built.work);
    assert_eq!(work, rendered);
}

#[test]
fn where_nothing_changed_nothing_is_done() {
    after(&[&|_| {}]).costs_at_most(0, 0, &[]);
}

#[test]
fn the_body_of_an_old_article_costs_its_page() {
    after(&[&rewrite(20, "News 20", "Other words.")]).costs_at_most(1, 1, &[page(20)]);
}

#[test]
fn the_body_of_a_new_article_costs_its_page_and_the_feed_that_has_its_text() {
    after(&[&rewrite(2, "News 02", "Other words.")]).costs_at_most(1, 1, &[page(2), "atom.xml".to_owned()]);
}

#[test]
fn a_body_that_looks_the_same_in_html_costs_no_more_than_its_page() {
    after(&[&replace("content/news/n20.md", "Text of 20", "Text  of 20")]).costs_at_most(1, 1, &[page(20)]);
}

#[test]
fn the_title_of_an_old_article_costs_its_page_its_neighbours_and_the_lists_that_have_it() {
    let shown_by = [page(20), page(19), page(21), pager(20), term(0)];
    after(&[&replace("content/news/n20.md", "News 20", "Other title")]).costs_at_most_beside_calls(1, 1, &shown_by);
}

#[test]
fn the_title_of_a_new_article_costs_all_that_name_it_as_related_too() {
    let mut shown_by = related(0);
    shown_by.extend([page(4), page(3), page(5), pager(4), term(0)]);
    shown_by.extend(named(&["index.html", "vi/index.html", "atom.xml", "vi/news/n04/index.html"]));
    after(&[&replace("content/news/n04.md", "News 04", "Other title")]).costs_at_most_beside_calls(1, 1, &shown_by);
}

#[test]
fn the_title_of_a_translation_costs_what_shows_it_in_both_languages() {
    let mut shown_by = named(&["vi/news/index.html", "vi/topics/t1/index.html", "vi/index.html", "news/n09/index.html"]);
    shown_by.extend([1, 5, 9, 8].map(|number| format!("vi/news/n{number:02}/index.html")));
    after(&[&replace("content/news/n09.vi.md", "Tin 09", "Khác")]).costs_at_most_beside_calls(1, 1, &shown_by);
}

#[test]
fn the_template_of_pages_costs_all_pages_but_no_list() {
    let mut shown_by: Vec<String> = (0..NEWS).map(page).collect();
    shown_by.extend((0..TRANSLATED).map(|number| format!("vi/news/n{number:02}/index.html")));
    shown_by.extend(named(&["about/index.html", "dollar/index.html"]));
    after(&[&replace("templates/page.html", "<h1>", "<h1 class=\"big\">")]).costs_at_most_beside_calls(0, 0, &shown_by);
}

#[test]
fn a_part_that_lists_include_costs_those_lists() {
    let mut shown_by = pagers();
    shown_by.push("vi/news/index.html".to_owned());
    after(&[&replace("templates/parts/list.html", "a list", "the list")]).costs_at_most_beside_calls(0, 0, &shown_by);
}

#[test]
fn a_template_that_nobody_uses_costs_nothing() {
    after(&[&replace("templates/unused.html", "{{", "{{ lang }}{{")]).costs_at_most_beside_calls(0, 0, &[]);
}

#[test]
fn sass_and_static_files_cost_no_rendering() {
    after(&[&replace("sass/site.scss", "c", "d")]).costs_at_most(0, 0, &[]);
    after(&[&replace("static/plain.txt", "plain", "other")]).costs_at_most(0, 0, &[]);
}

#[test]
fn a_data_file_costs_the_pages_that_load_it() {
    let edit = |state: &mut State| {
        state.around.insert("data/rates.json".to_owned(), b"{\"usd\": 23000}".to_vec());
    };
    after(&[&edit]).costs_at_most(0, 1, &named(&["rates/index.html", "dollar/index.html"]));
}

#[test]
fn a_picture_costs_the_pages_that_resize_it() {
    let edit = |state: &mut State| state.write("static/pic.png", crate::site::png(6, 6, 2));
    after(&[&edit]).costs_at_most(0, 0, &named(&["picture/index.html"]));
}

#[test]
fn a_picture_in_a_text_costs_its_text_and_its_page_and_one_that_leads_an_article_its_page() {
    let edit = |state: &mut State| state.write("static/shown.png", crate::site::png(7, 6, 3));
    after(&[&edit]).costs_at_most(0, 1, &named(&[&page(12)]));
    let edit = |state: &mut State| state.write("static/lead.png", crate::site::png(7, 6, 4));
    after(&[&edit]).costs_at_most(0, 0, &named(&[&page(13)]));
    let gone = |state: &mut State| drop(state.files.remove("static/shown.png"));
    after(&[&gone, &edit, &|state: &mut State| state.write("static/shown.png", crate::site::png(6, 6, 3))]).costs_at_most(
        0,
        1,
        &named(&[&page(12)]),
    );
}

#[test]
fn other_words_for_the_picture_that_leads_an_article_cost_its_page() {
    let edit = |state: &mut State| {
        let lead = LEAD.replace("a street", "a flooded street");
        state.write("content/news/n13.md", news(13, "News 13", &lead, "Text of 13, after [about](@/about.md)."));
    };
    after(&[&edit]).costs_at_most(1, 1, &named(&[&page(13)]));
}

#[test]
fn the_clock_costs_the_pages_that_show_it() {
    after(&[&|state: &mut State| state.now += 61]).costs_at_most(0, 0, &named(&["clock/index.html"]));
}

#[test]
fn the_unit_of_an_indicator_costs_the_pages_that_show_a_number_of_it() {
    let mut shown_by = vec![page(10), "indicators/revenue/index.html".to_owned()];
    shown_by.extend(frames("revenue").into_iter().filter(|path| !path.starts_with("vi/")));
    after(&[&replace("content/indicators/revenue.md", "\"billion\"", "\"milliard\"")])
        .costs_at_most_beside_calls(1, 2, &shown_by);
}

#[test]
fn a_value_in_an_old_article_costs_the_article_and_the_pages_of_the_indicator() {
    let mut shown_by = named(&["indicators/revenue/index.html", "vi/indicators/revenue/index.html"]);
    shown_by.push(page(10));
    shown_by.extend(frames("revenue"));
    after(&[&replace("content/news/n10.md", "value = 5.5", "value = 6.5")]).costs_at_most_beside_calls(1, 1, &shown_by);
}

#[test]
fn a_new_article_costs_the_lists_that_move_and_the_newest_ones_neighbour() {
    let mut shown_by =
        named(&["news/new/index.html", "index.html", "vi/index.html", "atom.xml", "sitemap.xml", "topics/index.html"]);
    shown_by.extend(pagers());
    shown_by.extend(named(&["news/page/5/index.html", "news/page/1/index.html"]));
    shown_by.extend(related(1));
    shown_by.extend([page(0), term(1)]);
    let new = "+++\ntitle = \"New\"\ndate = 2018-01-01\n[taxonomies]\ntopics = [\"T1\"]\n+++\nNew.\n";
    after(&[&|state: &mut State| state.write("content/news/new.md", new)]).costs_at_most_beside_calls(1, 1, &shown_by);
}

#[test]
fn deleting_the_oldest_article_costs_its_neighbour_and_the_lists_that_had_it() {
    let mut shown_by = named(&["sitemap.xml", "topics/index.html", "about/index.html"]);
    shown_by.extend([page(38), pager(39), term(3)]);
    let delete = |state: &mut State| drop(state.files.remove("content/news/n39.md"));
    after(&[&delete]).costs_at_most_beside_calls(0, 0, &shown_by);
}

#[test]
fn a_draft_costs_its_reading_alone() {
    let draft = "+++\ntitle = \"Draft\"\ndate = 2018-01-01\ndraft = true\n+++\nNot yet.\n";
    after(&[&|state: &mut State| state.write("content/news/draft.md", draft)]).costs_at_most_beside_calls(1, 0, &[]);
}

#[test]
fn taking_an_edit_back_costs_no_more_than_making_it() {
    let (edit, back) = (rewrite(20, "News 20", "Other words."), replace("content/news/n20.md", "Other", "More"));
    after(&[&edit, &back]).costs_at_most(1, 1, &[page(20)]);
    let (edit, back) =
        (replace("templates/parts/list.html", "a list", "the list"), replace("templates/parts/list.html", "the list", "a list"));
    let mut shown_by = pagers();
    shown_by.push("vi/news/index.html".to_owned());
    after(&[&edit, &back]).costs_at_most_beside_calls(0, 0, &shown_by);
}

#[test]
fn a_call_that_fails_and_is_mended_costs_its_page() {
    let (spoil, mend) = (rewrite(20, "News 20", "{{ wrong }}"), rewrite(20, "News 20", "Mended."));
    after(&[&spoil, &mend]).costs_at_most(1, 1, &[page(20)]);
}

#[test]
fn other_threads_cost_nothing() {
    let mut state = site();
    let mut memo = Memo::default();
    let first = crate::sequence::on_threads(1, || built(&state, &mut memo, Outputs::default()));
    state.threads = 1;
    let again = crate::sequence::on_threads(4, || built(&state, &mut memo, first.outputs.clone()));
    assert_eq!(again.work, Work::default());
    assert_eq!(differences(&again, &first), [""; 0]);
}

const ARCHIVE: &str = r#"{% extends "base.html" %}{% block main %}{{ archive.kind }}
{% for y in archive.years | default(value=[]) %}{{ y.title }} {{ y.count }}{% for m in y.months %}{{ m.name }} {{ m.count }}{% endfor %}{% endfor %}
{% for m in archive.months | default(value=[]) %}{{ m.title }}{% for p in m.pages[:5] %}{{ p.title }}{% endfor %}{% endfor %}
{% if archive.month %}{% for p in archive.pages %}{{ p.title }} {{ p.lang }}{% endfor %}{% endif %}{% endblock %}"#;

/// The same site with archives, whose lists show what is not translated.
fn archived(state: &mut State) {
    state.write("config.toml", format!("{CONFIG}archive = true\nuntranslated = \"list\"\n"));
    state.write("templates/archive.html", ARCHIVE);
}

#[test]
fn the_body_of_an_article_costs_no_archive() {
    after(&[&archived, &rewrite(20, "News 20", "Other words.")]).costs_at_most(1, 1, &[page(20)]);
}

#[test]
fn the_body_of_an_untranslated_article_costs_it_wherever_it_is_shown() {
    let shown = |state: &mut State| state.write("config.toml", format!("{CONFIG}untranslated = \"page\"\n"));
    after(&[&shown, &rewrite(20, "News 20", "Other words.")]).costs_at_most(
        1,
        2,
        &[page(20), "vi/news/n20/index.html".to_owned()],
    );
}

#[test]
fn the_title_of_an_article_costs_the_archives_that_show_it() {
    // The newest five of a month stand on the page of the year, too. Both languages have it.
    let archives =
        |paths: &[&str]| -> Vec<String> { paths.iter().flat_map(|path| [(*path).to_owned(), format!("vi/{path}")]).collect() };
    let mut shown_by = vec![page(20), page(19), page(21), pager(20), term(0), "vi/news/page/3/index.html".to_owned()];
    shown_by.extend(archives(&["archive/2017/12/index.html"]));
    after(&[&archived, &replace("content/news/n20.md", "News 20", "Other title")]).costs_at_most_beside_calls(1, 1, &shown_by);
    let mut shown_by = vec![page(30), page(29), page(31), pager(30), term(2), "vi/news/page/4/index.html".to_owned()];
    shown_by.extend(archives(&["archive/2017/index.html", "archive/2017/11/index.html"]));
    after(&[&archived, &replace("content/news/n30.md", "News 30", "Other title")]).costs_at_most_beside_calls(1, 1, &shown_by);
}

#[test]
fn a_translation_costs_the_lists_that_showed_the_original_in_its_place() {
    let translate = |state: &mut State| state.write("content/news/n20.vi.md", news(20, "Tin 20", "", "Bài."));
    let after = after(&[&archived, &translate]);
    for path in ["news/n20/index.html", "vi/news/n20/index.html", "vi/news/page/3/index.html", "vi/archive/2017/12/index.html"] {
        assert!(after.changed.contains(path), "{path} among {:?}", after.changed);
    }
    assert!(!after.changed.contains("archive/2017/12/index.html"), "{:?}", after.changed);
}
