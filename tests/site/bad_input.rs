//! Every kind of bad input: found, placed, with advice, all in one run, and the rest of the site still built.

use tinso::diagnostic::Severity::{Error, Warning};

use crate::{Site, indicator, revenue};

const A: &str = "content/news/a.md";

/// A site whose article `a` has these metrics, beside a good article `b`.
fn with_metrics(metrics: &str) -> Site {
    Site::new().article("b", "2017-01-02", "", "Tốt").article("a", "2017-01-01", metrics, "Bài")
}

#[test]
fn an_unknown_indicator_is_found_with_the_likely_one() {
    let outcome = with_metrics("[[extra.metrics]]\nindicator = \"revenues\"\ntime_period = \"2016\"\nvalue = 1").build();
    let found = outcome.finds("unknown-indicator", Error, "content/news/a.md:4:1");
    assert!(found.help.as_ref().unwrap().contains("revenue"));
    assert!(outcome.has("news/b/index.html") && outcome.has("news/a/index.html"));
}

#[test]
fn values_that_are_no_plain_numbers_are_found_at_the_value() {
    for (value, advice) in [
        ("\"2.105,8\"", Some("value = 2105.8")),
        ("\"2,105.8\"", Some("value = 2105.8")),
        ("\"1.161.836\"", Some("value = 1161836")),
        ("nan", None),
        ("inf", None),
        ("-inf", None),
        ("\"nhiều\"", None),
        ("true", None),
    ] {
        let outcome = with_metrics(&revenue("2016", value)).build();
        let found = outcome.finds("bad-value", Error, "content/news/a.md:7:9");
        if let Some(advice) = advice {
            assert!(found.help.as_ref().unwrap().contains(advice), "{value}: {:?}", found.help);
        }
        assert!(outcome.has("news/b/index.html"));
    }
}

#[test]
fn grouped_digits_that_break_toml_get_advice_too() {
    let outcome = with_metrics(&revenue("2016", "2.105,8")).build();
    assert!(
        outcome
            .0
            .diagnostics
            .iter()
            .any(|d| d.code == "toml-syntax" && d.help.as_deref().is_some_and(|h| h.contains("decimal point")))
    );
    assert!(outcome.has("news/b/index.html") && !outcome.has("news/a/index.html"));
}

#[test]
fn a_bad_period_is_found_with_every_good_form() {
    for period in ["2016-13", "năm 2016", "2020/2016", "16"] {
        let outcome = with_metrics(&revenue(period, "1")).build();
        assert!(outcome.finds("bad-period", Error, "content/news/a.md:6:15").help.as_ref().unwrap().contains("2016-Q3"));
    }
}

#[test]
fn a_value_outside_the_bounds_names_the_indicator() {
    for value in ["-1", "100000.1"] {
        let outcome = with_metrics(&revenue("2016", value)).build();
        let found = outcome.finds("out-of-bounds", Error, "content/news/a.md:7:9");
        assert_eq!(found.related[0].0.source.path.as_str(), "content/indicators/revenue.md");
    }
}

#[test]
fn a_duplicate_observation_names_both_places() {
    let outcome = with_metrics(&format!("{}{}", revenue("2016", "1"), revenue("2016", "2"))).build();
    let found = outcome.finds("duplicate-observation", Error, "content/news/a.md:8:1");
    assert_eq!(found.related[0].0.line_column().0, 4);
}

#[test]
fn unknown_words_are_found_with_the_known_ones() {
    let outcome = with_metrics(&format!("{}qualifier = \"ovr\"", revenue("2016", "1"))).build();
    assert!(outcome.finds("unknown-word", Error, "content/news/a.md:8:13").help.as_ref().unwrap().contains("`over`"));
    let outcome = with_metrics(&format!("{}obs_status = \"estimated\"", revenue("2016", "1"))).build();
    assert!(outcome.finds("unknown-status", Error, "content/news/a.md:8:14").help.as_ref().unwrap().contains("\"E\""));
    let outcome = with_metrics(&format!("{}kind = \"plan\"", revenue("2016", "1"))).build();
    outcome.finds("unknown-word", Error, "content/news/a.md:8:8");
    let outcome = with_metrics(&format!("{}qualifer = \"over\"", revenue("2016", "1"))).build();
    assert!(outcome.finds("unknown-metric-key", Error, "content/news/a.md:8:1").help.as_ref().unwrap().contains("qualifier"));
}

#[test]
fn an_unknown_language_suffix_is_found() {
    let outcome = Site::new().file("content/news/x.fr.md", "+++\n+++\n").build();
    outcome.finds("unknown-language", Error, "content/news/x.fr.md");
}

#[test]
fn a_language_without_unit_label_is_found_whether_its_file_is_there_or_not() {
    let there = Site::new().file("content/indicators/revenue.en.md", "+++\ntitle = \"Revenue\"\n+++\n").build();
    let missing = Site::new().without("content/indicators/revenue.en.md").build();
    for outcome in [there, missing] {
        let found = outcome.finds("missing-unit-label", Error, "content/indicators/revenue.md:4:1");
        assert!(found.help.as_ref().unwrap().contains("content/indicators/revenue.en.md"));
    }
}

#[test]
fn a_translation_may_repeat_a_metric_but_not_change_it() {
    let english = |value| format!("+++\ntitle = \"a\"\ndate = 2017-01-01\n{}+++\n", revenue("2016", value));
    let site = with_metrics(&revenue("2016", "5"));
    site.clone().file("content/news/a.en.md", &english("5.0")).build().clean();
    let outcome = site.file("content/news/a.en.md", &english("6")).build();
    let found = outcome.finds("metric-in-translation", Error, "content/news/a.en.md:7:9");
    assert_eq!(found.related[0].0.source.path.as_str(), A);
}

#[test]
fn an_indicator_stated_again_in_a_translation_is_found() {
    let outcome = Site::new().file("content/indicators/revenue.en.md", &indicator("Revenue", "billion VND", "")).build();
    assert!(
        outcome.0.diagnostics.iter().filter(|d| d.code == "indicator-in-translation").count() >= 1,
        "{:?}",
        outcome.findings()
    );
}

#[test]
fn broken_toml_and_yaml_are_found_where_they_break() {
    let outcome =
        Site::new().file(A, "+++\ntitle = \"x\n+++\n").file("content/news/y.md", "---\ntitle: \"x\n  - y: [\n---\n").build();
    assert!(outcome.0.diagnostics.iter().any(|d| d.code == "toml-syntax"), "{:?}", outcome.findings());
    assert!(outcome.0.diagnostics.iter().any(|d| d.code == "yaml-syntax"), "{:?}", outcome.findings());
    assert!(outcome.has("index.html"));
    Site::new().file(A, "title: no delimiter").build().finds("no-front-matter", Error, "content/news/a.md:1:1");
    Site::new().file(A, "+++\ntitle = \"x\"\n").build().finds("no-front-matter", Error, "content/news/a.md:1:1");
}

#[test]
fn an_unknown_template_is_found_where_it_is_named() {
    let outcome = Site::new().file(A, "+++\ntemplate = \"pages.html\"\n+++\n").build();
    assert!(outcome.finds("unknown-template", Error, "content/news/a.md:2:12").help.as_ref().unwrap().contains("page.html"));
}

#[test]
fn every_broken_template_is_found_and_the_rest_is_rendered() {
    let outcome = Site::new()
        .article("b", "2017-01-02", "", "Tốt")
        .file("templates/section.html", "{% if %}")
        .file("templates/taxonomy_list.html", "{{ x | nofilter }}")
        .build();
    let found: Vec<&str> = outcome
        .0
        .diagnostics
        .iter()
        .filter(|d| d.code == "template")
        .filter_map(|d| d.location.path())
        .map(|p| p.as_str())
        .collect();
    assert_eq!(found, ["templates/section.html", "templates/taxonomy_list.html"], "{:?}", outcome.findings());
    assert!(outcome.has("news/b/index.html"));
}

#[test]
fn a_template_that_fails_on_many_pages_is_reported_once() {
    let outcome = Site::new()
        .article("a", "2017-01-01", "", "")
        .article("b", "2017-01-02", "", "")
        .file("templates/page.html", "<p>\n{{ page.no.such.thing }}</p>")
        .build();
    let found = outcome.finds("template", Error, "templates/page.html:2:9");
    assert!(found.help.as_ref().unwrap().contains("and 3 more"), "{:?}", found.help);
}

#[test]
fn broken_links_and_anchors_are_found_at_the_link() {
    let outcome = with_metrics("")
        .file(A, "+++\ntitle = \"a\"\ndate = 2017-01-01\n+++\nXem [đây](@/news/bb.md).\n\n[kia](@/news/b.md#khong)\n")
        .build();
    assert!(outcome.finds("broken-link", Error, "content/news/a.md:5:11").help.as_ref().unwrap().contains("@/news/b.md"));
    outcome.finds("broken-anchor", Error, "content/news/a.md:7:7");
}

#[test]
fn a_link_to_a_file_that_cannot_be_read_is_no_second_error() {
    let outcome = with_metrics("").article("c", "2017-01-03", "", "[a](@/news/a.md)").file(A, "+++\ntitle = x\n+++\n").build();
    assert!(outcome.0.diagnostics.iter().all(|d| d.code == "toml-syntax"), "{:?}", outcome.findings());
    assert!(outcome.has("news/c/index.html"));
}

#[test]
fn two_pages_on_one_address_are_found_with_both() {
    let outcome = Site::new()
        .file("content/news/a.md", "+++\ndate = 2017-01-01\nslug = \"so\"\n+++\n")
        .file("content/news/b.md", "+++\ndate = 2017-01-01\nslug = \"so\"\n+++\n")
        .build();
    let found = outcome.finds("address-collision", Error, "content/news/b.md:1:1");
    assert_eq!(found.related[0].0.source.path.as_str(), A);
}

#[test]
fn a_static_file_never_takes_the_place_of_a_page() {
    let outcome = Site::new().article("a", "2017-01-01", "", "Bài").file("static/news/a/index.html", "khác").build();
    assert_eq!(outcome.0.diagnostics.iter().filter(|d| d.code == "address-collision").count(), 1);
    assert!(outcome.text("news/a/index.html").contains("Bài"));
}

#[test]
fn a_file_that_is_not_utf8_is_found() {
    let outcome = Site::new().bytes(A, b"+++\ntitle = \"\xff\"\n+++\n").build();
    outcome.finds("not-utf8", Error, "content/news/a.md:2:10");
}

#[test]
fn calls_in_content_fail_where_they_stand() {
    let metrics = format!("{}{}", revenue("2015", "1"), revenue("2016", "2"));
    let call = |call: &str| {
        with_metrics("")
            .file(A, &format!("+++\ntitle = \"a\"\ndate = 2017-01-01\n{metrics}+++\nMột.\n\nSố {{{{ {call} }}}} đó.\n"))
            .build()
    };
    let at = "content/news/a.md:15:7";
    for wrong in [
        "metric(indicator=\"revenue\")",
        "metric(indicator=\"revenues\")",
        "metric(indicator=\"revenue\", time_period=\"2014\")",
        "metric(indicator=\"revenue\", kind=\"plan\")",
        "chart(indicator=\"x\")",
        "metric()",
    ] {
        let outcome = call(wrong);
        let found: Vec<_> = outcome.0.diagnostics.iter().filter(|d| d.code == "template-in-content").collect();
        assert_eq!(found.len(), 1, "{wrong}: {:?}", outcome.findings());
        assert!(outcome.findings()[0].starts_with(at), "{wrong}: {:?}", outcome.findings());
    }
    let outcome = call("nosuch(x=1)");
    assert!(outcome.findings()[0].starts_with("content/news/a.md:15:"), "{:?}", outcome.findings());
    call("metric(indicator=\"revenue\", time_period=\"2015\")").clean();
}

#[test]
fn many_errors_come_in_one_run() {
    let mut site = Site::new();
    for number in 0..12 {
        site = site.article(&format!("n{number}"), "2017-01-01", &revenue("2016-13", "\"x\""), "");
    }
    let outcome = site.build();
    assert_eq!(outcome.0.diagnostics.iter().filter(|d| d.severity == Error).count(), 24, "{:#?}", outcome.findings());
}

#[test]
fn conflicting_values_are_a_warning_with_both_places() {
    let outcome = Site::new()
        .article("old", "2017-01-01", &revenue("2016", "5"), "")
        .article("new", "2018-01-01", &revenue("2016", "6"), "")
        .build();
    let found = outcome.finds("conflicting-values", Warning, "content/news/new.md:7:9");
    assert_eq!(found.related[0].0.source.path.as_str(), "content/news/old.md");
}

#[test]
fn links_that_could_run_code_are_refused_and_html_is_shown_as_text() {
    let outcome = Site::new().article("a", "2017-01-01", "", "[x](javascript:alert(1)) <script>alert(1)</script>").build();
    let page = outcome.text("news/a/index.html");
    assert!(!page.contains("javascript:") && !page.contains("<script"), "{page}");
    assert!(outcome.0.diagnostics.iter().any(|d| d.code == "unsafe-link"));
    assert!(outcome.0.diagnostics.iter().any(|d| d.code == "html-in-markdown"));
}

#[test]
fn heading_attributes_cannot_run_code() {
    let outcome = Site::new().article("a", "2017-01-01", "", "## Một {#m .c onclick=alert(1) data-x=1 lang=en}").build().clean();
    let page = outcome.text("news/a/index.html");
    assert!(page.contains("<h2 id=\"m\" class=\"c\" data-x=\"1\" lang=\"en\">"), "{page}");
}

#[test]
fn a_broken_config_says_what_and_where() {
    Site::new().file("config.toml", "title = \"x\"\n").build().finds("bad-base-url", Error, "config.toml:1:1");
    Site::new().file("config.toml", "base_url = \"https://a.vn\"\ndefalt_language = \"vi\"\n").build();
    let outcome = Site::new().file("config.toml", "base_url = \"https://a.vn\"\ntitel = \"x\"\n").build();
    assert!(outcome.finds("unknown-config-key", Error, "config.toml:2:1").help.as_ref().unwrap().contains("title"));
    Site::new().without("config.toml").build().finds("no-config", Error, "");
}

#[test]
fn a_component_that_two_templates_define_is_told_once_and_the_others_work() {
    let component = "{% component box() %}<b></b>{% endcomponent box %}";
    let outcome = Site::new().file("templates/one.html", component).file("templates/two.html", component).build();
    assert_eq!(outcome.findings().len(), 1, "{:?}", outcome.findings());
    assert!(outcome.findings()[0].contains("templates/two.html"), "{:?}", outcome.findings());
    assert!(outcome.text("index.html").contains("<h1>"));
}
