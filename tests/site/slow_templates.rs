//! Templates that go through whole lists in many outputs are told of, by what they read and not by the clock.

use tinso::build::{LoopLimits, Memo, Options, build, build_again};
use tinso::diagnostic::Severity;

use crate::{Outcome, Site};

const PAGES: usize = 12;
const LIMITS: LoopLimits = LoopLimits { outputs: 10, items: 100 };

fn options(loops: LoopLimits) -> Options {
    Options { config: "config.toml".into(), loops, ..Options::default() }
}

/// Pages in a section and a taxonomy, and the template of pages.
fn site(page: &str) -> Site {
    let site = Site::bare("taxonomies = [{ name = \"topics\" }]\n")
        .file("content/news/_index.md", "+++\ntitle = \"News\"\n+++\n")
        .file("templates/section.html", "{% for p in section.pages %}{{ p.title }}{% endfor %}")
        .file("templates/taxonomy_list.html", "{% for t in terms %}{% for p in t.pages %}{{ p.title }}{% endfor %}{% endfor %}")
        .file("templates/taxonomy_single.html", "{% for p in term.pages %}{{ p.title }}{% endfor %}")
        .file("templates/page.html", page);
    let article = |number| format!("+++\ntitle = \"A{number}\"\n[taxonomies]\ntopics = [\"a\", \"b\"]\n+++\n");
    (0..PAGES).fold(site, |site, number| site.file(&format!("content/news/a{number}.md"), &article(number)))
}

fn found(page: &str, loops: LoopLimits) -> Outcome {
    Outcome(build(&site(page).snapshot(), &options(loops)))
}

#[test]
fn a_template_of_pages_that_goes_through_a_whole_section_is_told_of_at_its_place() {
    let page = "<p>\n{% set s = get_section(path=\"news/_index.md\") %}{% for p in s.pages %}{{ p.title }}{% endfor %}";
    let outcome = found(page, LIMITS);
    let finding = outcome.finds("slow-template", Severity::Warning, "templates/page.html:2:12");
    assert_eq!(
        finding.message,
        "the template `page.html` goes through all of `get_section(…).pages` in each of 12 outputs: 144 items in this build"
    );
    assert!(finding.help.as_ref().unwrap().contains("slice"), "{:?}", finding.help);
}

#[test]
fn both_limits_must_be_exceeded() {
    let page = "{% set s = get_section(path=\"news/_index.md\") %}{% for p in s.pages %}{{ p.title }}{% endfor %}";
    found(page, LoopLimits { outputs: 12, items: 0 }).clean();
    found(page, LoopLimits { outputs: 0, items: 144 }).clean();
    assert_eq!(found(page, LoopLimits { outputs: 11, items: 143 }).findings().len(), 1);
    found(page, LoopLimits::default()).clean();
}

#[test]
fn a_related_list_that_is_filtered_out_of_everything_is_told_of() {
    let page = "{% set all = get_section(path=\"news/_index.md\") %}\
                {% for p in all.pages | filter(attribute=\"title\", value=\"A1\") | slice(end=3) %}{{ p.title }}{% endfor %}";
    found(page, LIMITS).finds("slow-template", Severity::Warning, "templates/page.html:1:14");
}

#[test]
fn all_pages_of_all_terms_are_counted() {
    let page = "{% set all = get_taxonomy(kind=\"topics\") %}{% for t in all.items %}{% for p in t.pages %}{{ p.title }}{% endfor %}{% endfor %}";
    let outcome = found(page, LIMITS);
    let finding = outcome.finds("slow-template", Severity::Warning, "templates/page.html:1:14");
    // Two terms, each with all pages.
    assert!(
        finding.message.contains("`get_taxonomy(…).items[all].pages` in each of 12 outputs: 312 items"),
        "{}",
        finding.message
    );
}

#[test]
fn a_loop_in_what_a_page_includes_is_told_of_at_its_own_place() {
    let part = "{% set s = get_section(path=\"news/_index.md\") %}{% for p in s.pages %}{{ p.title }}{% endfor %}";
    let site = site("{% include \"part.html\" %}").file("templates/part.html", part);
    let outcome = Outcome(build(&site.snapshot(), &options(LIMITS)));
    outcome.finds("slow-template", Severity::Warning, "templates/part.html:1:12");
}

#[test]
fn cut_lists_counts_and_lists_of_the_output_itself_are_fine() {
    let none = LoopLimits { outputs: 0, items: 0 };
    for page in [
        "{{ page.title }}",
        "{% set s = get_section(path=\"news/_index.md\") %}{% for p in s.pages | slice(end=5) %}{{ p.title }}{% endfor %}",
        "{% set s = get_section(path=\"news/_index.md\") %}{{ s.pages | length }}",
        "{% if page.title == \"none\" %}{% set s = get_section(path=\"news/_index.md\") %}{% for p in s.pages %}{{ p.title }}{% endfor %}{% endif %}",
    ] {
        found(page, none).clean();
    }
}

#[test]
fn a_build_with_a_memo_tells_the_same() {
    let page = "{% set s = get_section(path=\"news/_index.md\") %}{% for p in s.pages %}{{ p.title }}{% endfor %}";
    let (mut memo, site) = (Memo::default(), site(page));
    let mut build = || Outcome(build_again(&site.snapshot(), &options(LIMITS), &mut memo)).findings();
    let first = build();
    assert_eq!(first.len(), 1);
    assert_eq!(build(), first);
}
