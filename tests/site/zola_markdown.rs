//! Markdown as Zola reads it: `[markdown]` of the config, key by key, and what holds without any.

use tinso::diagnostic::Severity::{Error, Warning};

use crate::{Outcome, Site};

const HOME: &str = "https://z.example/a/";

/// A plain Zola site of one page, with more keys under `[markdown]`.
fn site(markdown: &str, body: &str) -> Site {
    bare(&format!("[markdown]\n{markdown}\n"), body)
}

/// A plain Zola site of one page, with more of a config.
fn bare(config: &str, body: &str) -> Site {
    Site::empty()
        .file("config.toml", &format!("base_url = \"https://z.example\"\n{config}"))
        .file("templates/index.html", "{{ section.content | safe }}")
        .file("templates/section.html", "{{ section.content | safe }}")
        .file("templates/page.html", "{{ page.content | safe }}")
        .file("content/a.md", &format!("+++\n+++\n{body}\n"))
}

/// A page's HTML, when nothing is wrong.
fn page(markdown: &str, body: &str) -> String {
    html(&site(markdown, body).build().clean())
}

fn html(outcome: &Outcome) -> String {
    outcome.text("a/index.html").trim_end().to_owned()
}

/// A page's summary.
fn summary(body: &str) -> String {
    let site = site("", body).file("templates/page.html", "{{ page.summary | safe }}");
    html(&site.build().clean())
}

#[track_caller]
fn has(html: &str, part: &str) {
    assert!(html.contains(part), "no {part}\nin {html}");
}

#[track_caller]
fn has_not(html: &str, part: &str) {
    assert!(!html.contains(part), "{part}\nin {html}");
}

// Emoji

#[test]
fn emoji_stay_names_unless_asked_for() {
    assert_eq!(page("", ":smile:"), "<p>:smile:</p>");
}

#[test]
fn emoji_are_characters_when_asked_for() {
    assert_eq!(page("render_emoji = true", "Hi :smile: :+1: :heart_eyes: :nope:"), "<p>Hi 😄 👍 😍 :nope:</p>");
}

#[test]
fn emoji_are_not_looked_for_in_code() {
    let html = page("render_emoji = true", "`:smile:`\n\n```\n:smile:\n```\n\n    :smile:\n");
    assert_eq!(html.matches(":smile:").count(), 3, "{html}");
}

#[test]
fn emoji_in_headings_are_characters_too() {
    has(&page("render_emoji = true", "# Go :rocket:"), "Go 🚀</h1>");
}

// Typography, lists, alerts

#[test]
fn quotes_stay_straight_unless_asked_for() {
    assert_eq!(page("", "\"a\" -- it's..."), "<p>\"a\" -- it's...</p>");
}

#[test]
fn smart_punctuation_curls_quotes_and_joins_dashes() {
    assert_eq!(page("smart_punctuation = true", "\"a\" -- it's..."), "<p>“a” – it’s…</p>");
}

#[test]
fn smart_punctuation_leaves_code_alone() {
    has(&page("smart_punctuation = true", "`a -- b`"), "<code>a -- b</code>");
}

#[test]
fn definition_lists_are_read_when_asked_for() {
    let body = "Term\n: Meaning";
    has_not(&page("", body), "<dl>");
    let html = page("definition_list = true", body);
    has(&html, "<dt>Term</dt>");
    has(&html, "<dd>Meaning</dd>");
}

#[test]
fn alerts_are_quotes_with_a_class_when_asked_for() {
    for (word, class) in
        [("NOTE", "note"), ("TIP", "tip"), ("IMPORTANT", "important"), ("WARNING", "warning"), ("CAUTION", "caution")]
    {
        let body = format!("> [!{word}]\n> Text");
        has(&page("github_alerts = true", &body), &format!("<blockquote class=\"markdown-alert-{class}\">"));
        has(&page("", &body), &format!("[!{word}]"));
    }
}

#[test]
fn tables_strikethrough_and_tasks_are_always_read() {
    let html = page("", "| a | b |\n|:-:|--:|\n| 1 | 2 |\n\n~~no~~\n\n- [x] done");
    has(&html, "<th style=\"text-align: center\">a</th>");
    has(&html, "<td style=\"text-align: right\">2</td>");
    has(&html, "<del>no</del>");
    has(&html, "type=\"checkbox\" checked=\"\"");
}

// Images

#[test]
fn an_image_beside_the_page_has_its_full_address() {
    assert_eq!(page("", "![A](b.png)"), format!("<p><img src=\"{HOME}b.png\" alt=\"A\" /></p>"));
    has(&page("", "![A](./b.png)"), &format!("src=\"{HOME}b.png\""));
    has(&page("", "![A](img/b.png)"), &format!("src=\"{HOME}img/b.png\""));
}

#[test]
fn other_addresses_of_images_stay_as_written() {
    for url in ["/b.png", "../b.png", "https://x.example/b.png", "//x.example/b.png", "data:image/png;base64,AA", "@/b.png"] {
        has(&page("", &format!("![A]({url})")), &format!("src=\"{url}\""));
    }
}

#[test]
fn an_images_text_is_plain() {
    has(&page("", "![a *b* `c` [d](/e) <i>f</i>](/b.png)"), "alt=\"a b c d f\"");
    has(&page("", "![a \"q\" < b](/b.png)"), "alt=\"a &quot;q&quot; &lt; b\"");
}

#[test]
fn an_image_may_be_a_link() {
    has(&page("", "[![A](b.png)](c.csv)"), &format!("<a href=\"{HOME}c.csv\"><img src=\"{HOME}b.png\" alt=\"A\" /></a>"));
}

#[test]
fn an_image_of_a_content_file_has_its_address() {
    has(&page("", "![A](@/a.md)"), &format!("src=\"{HOME}\""));
}

#[test]
fn an_image_has_its_title() {
    has(&page("", "![a](/b.png \"T & t\")"), "<img src=\"/b.png\" alt=\"a\" title=\"T &amp; t\" />");
}

#[test]
fn images_wait_when_asked_for() {
    has(
        &page("lazy_async_image = true", "![a](/b.png \"t\")"),
        "<img src=\"/b.png\" alt=\"a\" title=\"t\" loading=\"lazy\" decoding=\"async\" />",
    );
    has_not(&page("", "![a](/b.png)"), "loading");
}

// Links

#[test]
fn a_link_beside_the_page_has_its_full_address() {
    has(&page("", "[x](data.csv)"), &format!("<a href=\"{HOME}data.csv\">x</a>"));
    has(&page("", "[x](sub/)"), &format!("href=\"{HOME}sub/\""));
}

#[test]
fn other_addresses_of_links_stay_as_written() {
    for url in ["/x/", "../x/", "mailto:a@b.example", "tel:+84", "magnet:?x=1"] {
        has(&page("", &format!("[x]({url})")), &format!("<a href=\"{url}\">x</a>"));
    }
}

#[test]
fn a_link_to_a_place_on_the_page_has_its_full_address() {
    has(&page("", "# One\n\n[x](#one)"), &format!("<a href=\"{HOME}#one\">x</a>"));
}

#[test]
fn a_link_to_nothing_is_an_error() {
    let outcome = site("", "Go [here]().").build();
    assert!(outcome.finds("empty-link", Error, "content/a.md:3:9").help.as_ref().unwrap().contains("https://"));
}

#[test]
fn an_internal_link_leads_to_the_exact_file() {
    let outcome = site("", "[x](@/b.md) [y](@/b.md#two) [z](@/_index.md) [r]\n\n[r]: @/b.md")
        .file("content/b.md", "+++\n+++\n# Two")
        .build()
        .clean();
    let html = html(&outcome);
    has(&html, "<a href=\"https://z.example/b/\">x</a>");
    has(&html, "<a href=\"https://z.example/b/#two\">y</a>");
    has(&html, "<a href=\"https://z.example/\">z</a>");
    has(&html, "<a href=\"https://z.example/b/\">r</a>");
}

#[test]
fn an_internal_link_may_be_percent_encoded() {
    let outcome = site("", "[x](@/b%20c.md)").file("content/b c.md", "+++\n+++\n").build().clean();
    has(&html(&outcome), "href=\"https://z.example/b-c/\"");
}

#[test]
fn an_internal_link_stays_in_the_language_of_its_file() {
    let outcome = bare("[languages.vi]\n", "")
        .file("content/b.md", "+++\n+++\n")
        .file("content/b.vi.md", "+++\n+++\n")
        .file("content/a.vi.md", "+++\n+++\n[x](@/b.md) [y](@/b.vi.md)")
        .build()
        .clean();
    let html = outcome.text("vi/a/index.html");
    has(html, "<a href=\"https://z.example/b/\">x</a>");
    has(html, "<a href=\"https://z.example/vi/b/\">y</a>");
}

#[test]
fn a_broken_internal_link_is_an_error_or_a_warning_as_the_config_says() {
    site("", "[x](@/no.md)").build().finds("broken-link", Error, "content/a.md:3:5");
    let outcome = bare("[link_checker]\ninternal_level = \"warn\"\n", "[x](@/no.md)").build();
    outcome.finds("broken-link", Warning, "content/a.md:3:5");
    assert_eq!(html(&outcome), "<p>x</p>");
}

#[test]
fn a_broken_place_is_an_error_or_a_warning_as_the_config_says() {
    site("", "a\n\n[x](#%C4%91)").build().finds("broken-anchor", Error, "content/a.md:5:5");
    site("", "[x](#no)").build().finds("broken-anchor", Error, "content/a.md:3:5");
    bare("[link_checker]\ninternal_level = \"warn\"\n", "[x](#no)").build().finds("broken-anchor", Warning, "content/a.md:3:5");
}

#[test]
fn ids_and_names_in_html_are_places_too() {
    page("", "<a id=\"one\"></a> <i name='two'></i> <b id=three>x</b>\n\n[1](#one) [2](#two) [3](#three)");
}

#[test]
fn external_links_are_external() {
    has(&page("", "[x](https://x.example/)"), "<a rel=\"external\" href=\"https://x.example/\">x</a>");
    has(&page("", "<https://x.example/>"), "<a rel=\"external\" href=\"https://x.example/\">https://x.example/</a>");
}

#[test]
fn external_links_need_not_be_external() {
    has(&page("external_links_external = false", "[x](https://x.example/)"), "<a href=\"https://x.example/\">x</a>");
}

#[test]
fn external_links_open_a_new_tab_when_asked_for() {
    has(
        &page("external_links_target_blank = true", "[x](https://x.example/)"),
        "<a rel=\"noopener external\" target=\"_blank\" href=\"https://x.example/\">",
    );
}

#[test]
fn external_links_have_every_relation_in_zolas_order() {
    let all = "external_links_class = \"out\"\nexternal_links_target_blank = true\nexternal_links_no_follow = true\nexternal_links_no_referrer = true";
    has(
        &page(all, "[x](https://x.example/?a=1&b=2 \"T\")"),
        "<a class=\"out\" rel=\"noopener nofollow noreferrer external\" target=\"_blank\" title=\"T\" href=\"https://x.example/?a=1&amp;b=2\">x</a>",
    );
}

#[test]
fn external_links_relations_come_one_by_one() {
    let link = "[x](http://x.example/)";
    has(&page("external_links_no_follow = true", link), "rel=\"nofollow external\"");
    has(&page("external_links_no_referrer = true", link), "rel=\"noreferrer external\"");
    has(&page("external_links_class = \"out\"", link), "<a class=\"out\" rel=\"external\"");
}

#[test]
fn links_inside_the_site_have_no_relation() {
    has(&page("external_links_target_blank = true\nexternal_links_class = \"out\"", "[x](/x/)"), "<a href=\"/x/\">");
}

// Headings

#[test]
fn headings_have_ids_of_their_text() {
    let html = page("", "# Hello, *World* & `code`!");
    has(&html, "<h1 id=\"hello-world-code\">");
}

#[test]
fn the_same_heading_again_has_a_number() {
    let html = page("", "# A\n\n## A\n\n### A");
    has(&html, "<h1 id=\"a\">");
    has(&html, "<h2 id=\"a-1\">");
    has(&html, "<h3 id=\"a-2\">");
}

#[test]
fn ids_that_writers_choose_are_kept_and_taken_first() {
    let html = page("", "# One\n\n# Two {#one}\n\n# Three {#x .c1 .c2}");
    has(&html, "<h1 id=\"one-1\">One</h1>");
    has(&html, "<h1 id=\"one\">Two</h1>");
    has(&html, "<h1 id=\"x\" class=\"c1 c2\">Three</h1>");
}

#[test]
fn ids_follow_the_mode_of_slugs() {
    let body = "# Đường sắt: 2017";
    has(&html(&bare("[slugify]\nanchors = \"on\"\n", body).build().clean()), "id=\"duong-sat-2017\"");
    has(&html(&bare("[slugify]\nanchors = \"safe\"\n", body).build().clean()), "id=\"Đường_sắt_2017\"");
    has(&html(&bare("[slugify]\nanchors = \"off\"\n", body).build().clean()), "id=\"Đường_sắt:_2017\"");
}

#[test]
fn a_link_in_a_heading_counts_by_its_text() {
    has(&page("", "# A [link](/x/)"), "<h1 id=\"a-link\">A <a href=\"/x/\">link</a></h1>");
}

const ANCHOR: &str = "<a class=\"zola-anchor\" href=\"#one\" aria-label=\"Anchor link for: one\">";

#[test]
fn headings_have_no_links_to_themselves_unless_asked_for() {
    assert_eq!(page("", "# One"), "<h1 id=\"one\">One</h1>");
    assert_eq!(page("insert_anchor_links = \"none\"", "# One"), "<h1 id=\"one\">One</h1>");
}

#[test]
fn headings_have_links_to_themselves_where_asked_for() {
    assert_eq!(page("insert_anchor_links = \"left\"", "# One"), format!("<h1 id=\"one\">{ANCHOR}🔗</a>One</h1>"));
    assert_eq!(page("insert_anchor_links = \"right\"", "# One"), format!("<h1 id=\"one\">One{ANCHOR}🔗</a></h1>"));
    assert_eq!(page("insert_anchor_links = \"heading\"", "# One"), format!("<h1 id=\"one\">{ANCHOR}One</a></h1>"));
}

#[test]
fn a_site_shapes_its_anchor_links() {
    let site = site("insert_anchor_links = \"left\"", "## One")
        .file("templates/anchor-link.html", "<a href=\"#{{ id }}\">{{ level }} {{ lang }}</a> ");
    assert_eq!(html(&site.build().clean()), "<h2 id=\"one\"><a href=\"#one\">2 en</a> One</h2>");
}

#[test]
fn of_an_anchor_link_around_a_heading_only_the_start_is_kept() {
    let site = site("insert_anchor_links = \"heading\"", "## *One* two")
        .file("templates/anchor-link.html", "<span><a class=\"x\" href=\"#{{ id }}\"><b>#</b></a></span>");
    assert_eq!(html(&site.build().clean()), "<h2 id=\"one-two\"><a class=\"x\" href=\"#one-two\"><em>One</em> two</a></h2>");
}

#[test]
fn a_themes_anchor_link_is_used() {
    let outcome = bare("theme = \"t\"\n[markdown]\ninsert_anchor_links = \"left\"\n", "# One")
        .file("themes/t/theme.toml", "")
        .file("themes/t/templates/anchor-link.html", "<i>{{ id }}</i>")
        .build()
        .clean();
    has(&html(&outcome), "<h1 id=\"one\"><i>one</i>One</h1>");
}

#[test]
fn a_broken_anchor_link_is_found_in_its_template() {
    let outcome = site("insert_anchor_links = \"left\"", "# One\n\n# Two")
        .file("templates/anchor-link.html", "{{ no.such.thing }}")
        .build();
    outcome.finds("template", Error, "templates/anchor-link.html:1:4");
}

#[test]
fn a_section_chooses_for_itself_and_its_own_pages() {
    let outcome = site("insert_anchor_links = \"left\"", "# One")
        .file("content/s/_index.md", "+++\ninsert_anchor_links = \"none\"\n+++\n# One")
        .file("content/s/p.md", "+++\n+++\n# One")
        .file("content/s/t/_index.md", "+++\n+++\n# One")
        .file("content/s/t/q.md", "+++\n+++\n# One")
        .build()
        .clean();
    for (path, linked) in [("a", true), ("s", false), ("s/p", false), ("s/t", true), ("s/t/q", true)] {
        assert_eq!(outcome.text(&format!("{path}/index.html")).contains("zola-anchor"), linked, "{path}");
    }
}

#[test]
fn a_section_can_ask_for_links_that_the_site_does_not() {
    let outcome = site("", "# One")
        .file("content/s/_index.md", "+++\ninsert_anchor_links = \"right\"\n+++\n")
        .file("content/s/p.md", "+++\n+++\n# One")
        .build()
        .clean();
    has(outcome.text("s/p/index.html"), "One<a class=\"zola-anchor\"");
    has_not(&html(&outcome), "zola-anchor");
}

#[test]
fn a_wrong_word_for_anchor_links_is_an_error() {
    let outcome = site("", "").file("content/s/_index.md", "+++\ninsert_anchor_links = \"top\"\n+++\n").build();
    assert!(outcome.findings().iter().any(|found| found.starts_with("content/s/_index.md:2:")), "{:?}", outcome.findings());
}

// The table of contents

#[test]
fn the_table_of_contents_is_nested() {
    let toc = "{% for h in page.toc %}{{ h.level }}{{ h.id }}({% for c in h.children %}{{ c.level }}{{ c.id }}[{% for d in c.children %}{{ d.id }}{% endfor %}]{% endfor %}){% endfor %}";
    let site = site("", "# A\n\n## B\n\n### C\n\n## D\n\n# E\n\n### F").file("templates/page.html", toc);
    assert_eq!(html(&site.build().clean()), "1a(2b[c]2d[])1e(3f[])");
}

#[test]
fn the_table_of_contents_has_addresses_and_plain_titles() {
    let site = site("insert_anchor_links = \"left\"", "# A *b* `c` [d](/e/) <i>f</i>")
        .file("templates/page.html", "{% for h in page.toc %}{{ h.title }}|{{ h.permalink }}{% endfor %}");
    assert_eq!(html(&site.build().clean()), format!("A b c d f|{HOME}#a-b-c-d-f"));
}

// Footnotes

const NOTES: &str = "One[^a], two[^b], one again[^a].\n\n[^a]: Note *A*.\n\n[^b]: Note B.\n\n    More.\n\n[^c]: Unused.";

#[test]
fn footnotes_stand_where_they_are_written() {
    let html = page("", NOTES);
    has(&html, "<sup class=\"footnote-reference\"><a href=\"#a\">1</a></sup>");
    has(&html, "<div class=\"footnote-definition\" id=\"a\"><sup class=\"footnote-definition-label\">1</sup>");
    has_not(&html, "<section class=\"footnotes\">");
}

#[test]
fn footnotes_stand_at_the_bottom_when_asked_for() {
    let html = page("bottom_footnotes = true", &format!("{NOTES}\n\nThe end."));
    has(&html, "One<sup class=\"footnote-reference\" id=\"fr-a-1\"><a href=\"#fn-a\">[1]</a></sup>");
    has(&html, "two<sup class=\"footnote-reference\" id=\"fr-b-1\"><a href=\"#fn-b\">[2]</a></sup>");
    has(&html, "again<sup class=\"footnote-reference\" id=\"fr-a-2\"><a href=\"#fn-a\">[1]</a></sup>");
    has(
        &html,
        "<p>The end.</p>\n<section class=\"footnotes\">\n<ol class=\"footnotes-list\">\n<li id=\"fn-a\">\n<p>Note <em>A</em>.",
    );
    has_not(&html, "footnote-definition");
}

#[test]
fn footnotes_lead_back_to_every_reference() {
    let html = page("bottom_footnotes = true", NOTES);
    has(&html, "Note <em>A</em>. <a href=\"#fr-a-1\">↩</a> <a href=\"#fr-a-2\">↩2</a></p>\n</li>");
    has(&html, "<p>More. <a href=\"#fr-b-1\">↩</a></p>\n</li>\n</ol>\n</section>");
}

#[test]
fn a_footnote_may_refer_to_another() {
    let html = page("bottom_footnotes = true", "x[^a]\n\n[^b]: B.\n\n[^a]: A[^b].");
    has(&html, "<li id=\"fn-a\">\n<p>A<sup class=\"footnote-reference\" id=\"fr-b-1\"><a href=\"#fn-b\">[2]</a></sup>.");
    assert!(html.find("fn-a\">\n") < html.find("fn-b\">\n"), "{html}");
}

#[test]
fn a_footnote_that_nobody_refers_to_is_left_out_at_the_bottom() {
    has_not(&page("bottom_footnotes = true", NOTES), "Unused");
    has_not(&page("bottom_footnotes = true", "No notes.\n\n[^c]: Unused."), "section");
}

// The summary

#[test]
fn without_a_mark_there_is_no_summary() {
    let site = site("", "One.\n\nTwo.").file("templates/page.html", "{% if page.summary %}yes{% else %}no{% endif %}");
    assert_eq!(html(&site.build().clean()), "no");
}

#[test]
fn the_summary_ends_at_the_mark_in_any_case_and_space() {
    for mark in ["<!-- more -->", "<!--more-->", "<!-- MORE -->", "<!--  More-->"] {
        assert_eq!(summary(&format!("One *two*.\n\n{mark}\n\nThree.")), "<p>One <em>two</em>.</p>", "{mark}");
    }
}

#[test]
fn the_content_keeps_a_place_to_go_on_reading() {
    let html = page("", "One.\n\n<!-- more -->\n\nTwo.");
    assert_eq!(html, "<p>One.</p>\n<span id=\"continue-reading\"></span>\n<p>Two.</p>");
}

#[test]
fn a_link_may_lead_to_where_reading_goes_on() {
    page("", "[on](#continue-reading)\n\n<!-- more -->\n\nTwo.");
}

#[test]
fn only_the_first_mark_counts() {
    assert_eq!(summary("One.\n\n<!-- more -->\n\nTwo.\n\n<!-- more -->\n"), "<p>One.</p>");
    assert_eq!(page("", "One.\n\n<!-- more -->\n\n<!-- more -->\n").matches("continue-reading").count(), 1);
}

#[test]
fn a_mark_in_a_paragraph_cuts_it_off() {
    assert_eq!(summary("One two <!-- more --> three."), "<p>One two&hellip;</p>");
    has(&page("", "One <!-- more --> two."), "<p>One <span id=\"continue-reading\"></span> two.</p>");
}

#[test]
fn what_is_open_at_the_mark_is_closed() {
    assert_eq!(
        summary("- One\n- Two *three <!-- more --> four*\n- Five"),
        "<ul>\n<li>One</li>\n<li>Two <em>three&hellip;</em></li>\n</ul>"
    );
    assert_eq!(
        summary("> [one <!-- more --> two](https://x.example/)"),
        "<blockquote>\n<p><a rel=\"external\" href=\"https://x.example/\">one&hellip;</a></p>\n</blockquote>"
    );
}

#[test]
fn a_link_that_ended_is_not_closed_again() {
    assert_eq!(
        summary("[a](https://x.example/) b <!-- more --> c"),
        "<p><a rel=\"external\" href=\"https://x.example/\">a</a> b&hellip;</p>"
    );
}

#[test]
fn a_site_shapes_the_end_of_a_cut_summary() {
    let site = site("", "One <!-- more --> two.")
        .file("templates/page.html", "{{ page.summary | safe }}")
        .file("templates/summary-cutoff.html", " [{{ lang }}: {{ summary | length }}]");
    assert_eq!(html(&site.build().clean()), "<p>One [en: 6]</p>");
}

#[test]
fn footnotes_are_taken_out_of_the_summary() {
    assert_eq!(summary("One[^1].\n\n[^1]: Note.\n\n<!-- more -->\n\nTwo."), "<p>One.</p>");
}

#[test]
fn the_mark_works_where_html_is_shown_as_text() {
    let outcome = bare("[extra.tinso]\nraw_html = false\n", "One.\n\n<!-- more -->\n\nTwo.")
        .file("templates/page.html", "{{ page.summary | safe }}")
        .build()
        .clean();
    assert_eq!(html(&outcome), "<p>One.</p>");
}

// HTML

#[test]
fn html_passes_as_it_is() {
    let html = page("", "<div class=\"x\">\n\n*a* <b>b</b>\n\n</div>\n\n<script>let a = 1 < 2;</script>");
    assert_eq!(html, "<div class=\"x\">\n<p><em>a</em> <b>b</b></p>\n</div>\n<script>let a = 1 < 2;</script>");
}

#[test]
fn comments_pass_as_they_are() {
    assert_eq!(page("", "a <!-- b --> c\n\n<!-- d\n\ne -->"), "<p>a <!-- b --> c</p>\n<!-- d\n\ne -->");
}

// Words

fn count(lang: &str, body: &str) -> String {
    let site = Site::empty()
        .file("config.toml", &format!("base_url = \"https://z.example\"\ndefault_language = \"{lang}\"\n"))
        .file("templates/index.html", "")
        .file("templates/page.html", "{{ page.word_count }} {{ page.reading_time }}")
        .file("content/a.md", &format!("+++\n+++\n{body}\n"));
    html(&site.build())
}

#[test]
fn words_are_unicodes_words() {
    assert_eq!(count("en", "Don't count - or *do*: 3.5 times"), "6 1");
    assert_eq!(count("vi", "Đường sắt đô thị"), "4 1");
}

#[test]
fn words_in_fences_do_not_count() {
    assert_eq!(count("en", "one\n\n```rust\nlet two = 3;\n```\n\nfour"), "2 1");
}

#[test]
fn reading_time_is_by_language() {
    let words = |count: usize| "word ".repeat(count);
    assert_eq!(count("en", &words(238)), "238 1");
    assert_eq!(count("en", &words(239)), "239 2");
    assert_eq!(count("vi", &words(200)), "200 1");
    assert_eq!(count("vi", &words(201)), "201 2");
    assert_eq!(count("ko", &words(203)), "203 2");
    assert!(count("zh", &"字".repeat(439)).ends_with(" 1"));
    assert!(count("zh", &"字".repeat(440)).ends_with(" 2"));
    assert!(count("ja", &"字".repeat(653)).ends_with(" 1"));
    assert!(count("ja", &"字".repeat(654)).ends_with(" 2"));
}

#[test]
fn an_empty_page_takes_no_time() {
    assert_eq!(count("en", ""), "0 0");
}

// Code without colours

#[test]
fn code_without_colours_names_its_language() {
    assert_eq!(page("", "```rust\nlet a = 1 < 2;\n```"), "<pre><code data-lang=\"rust\">let a = 1 &lt; 2;\n</code></pre>");
    assert_eq!(page("", "```\na\n```"), "<pre><code>a\n</code></pre>");
    assert_eq!(page("", "    a\n"), "<pre><code>a\n</code></pre>");
}

#[test]
fn code_without_colours_may_be_in_any_language() {
    assert_eq!(page("", "```klingon\na\n```"), "<pre><code data-lang=\"klingon\">a\n</code></pre>");
}

#[test]
fn code_has_its_name_and_other_data() {
    has(&page("", "```rust,name=main.rs,copy,x-y=z\na\n```"), "<code data-lang=\"rust\" data-name=\"main.rs\" data-x-y=\"z\">");
}

// Code with colours

const LIGHT: &str = "[markdown.highlighting]\ntheme = \"github-light\"\n";

/// One block of code in HTML.
fn code(config: &str, fence: &str, code: &str) -> String {
    html(&bare(config, &format!("```{fence}\n{code}\n```")).build().clean())
}

#[test]
fn coloured_code_is_lines_in_a_block() {
    let html = code(LIGHT, "rust", "let a = 1;\nlet b = 2;");
    has(&html, "<pre class=\"giallo\" style=\"color: #333333; background-color: #ffffff;\"><code data-lang=\"rust\">");
    assert_eq!(html.matches("<span class=\"giallo-l\">").count(), 2, "{html}");
    has(&html, "</span>\n</code></pre>");
    has(&html, "<span style=\"color: #a71d5d;\">let</span>");
}

#[test]
fn coloured_code_is_escaped() {
    has(&code(LIGHT, "txt", "<b> & \"c\""), "<span class=\"giallo-l\">&lt;b&gt; &amp; &quot;c&quot;</span>\n");
}

#[test]
fn code_of_no_language_is_plain_lines() {
    has(&code(LIGHT, "", "let a = 1;"), "<code><span class=\"giallo-l\">let a = 1;</span>\n</code>");
}

#[test]
fn light_and_dark_colours_stand_together() {
    let html = code(
        "[markdown.highlighting]\nlight_theme = \"github-light\"\ndark_theme = \"base16-ocean-dark\"\n",
        "rust",
        "let a = 1;",
    );
    has(
        &html,
        "style=\"color-scheme: light dark; color: light-dark(#333333, #c0c5ce); background-color: light-dark(#ffffff, #2b303b);\"",
    );
    has(&html, "color: light-dark(#a71d5d, #b48ead);");
}

#[test]
fn colours_in_the_html_need_no_stylesheet() {
    let outcome = bare(LIGHT, "").build().clean();
    assert!(!outcome.has("giallo.css") && !outcome.has("syntax.css"));
}

const CLASSES: &str = "[markdown.highlighting]\nstyle = \"class\"\ntheme = \"github-light\"\n";

#[test]
fn colours_by_class_have_a_stylesheet() {
    let outcome = bare(CLASSES, "```rust\nlet a = 1;\n```").build().clean();
    let html = html(&outcome);
    has(&html, "<pre class=\"giallo z-code\"><code data-lang=\"rust\"><span class=\"giallo-l\"><span class=\"z-source z-rust\">");
    has(&html, "<span class=\"z-storage z-type z-rust\">let</span>");
    has_not(&html, "style=");
    let css = outcome.text("giallo.css");
    has(css, ".z-code {");
    has(css, ".z-storage");
    has(css, ".giallo-l {");
}

#[test]
fn two_themes_by_class_have_two_stylesheets() {
    let config = "[markdown.highlighting]\nstyle = \"class\"\nlight_theme = \"github-light\"\ndark_theme = \"nord\"\n";
    let outcome = bare(config, "").build().clean();
    assert!(outcome.has("giallo-light.css") && outcome.has("giallo-dark.css") && !outcome.has("giallo.css"));
    assert_ne!(outcome.text("giallo-light.css"), outcome.text("giallo-dark.css"));
}

#[test]
fn every_line_by_class_stands_for_itself() {
    let html = code(CLASSES, "rust", "/* a\nb */ let s = \"x\";");
    for line in html.split("<span class=\"giallo-l\">").skip(1) {
        let line = line.split("</code>").next().unwrap();
        assert_eq!(line.matches("<span").count() + 1, line.matches("</span>").count(), "{line}");
    }
    assert_eq!(html.matches("z-comment z-block z-rust").count(), 2, "{html}");
}

#[test]
fn a_sites_own_stylesheet_of_that_name_stays() {
    let outcome = bare(CLASSES, "").file("static/giallo.css", "mine").build().clean();
    assert_eq!(outcome.text("giallo.css"), "mine");
}

#[test]
fn lines_are_numbered_when_asked_for() {
    let html = code(LIGHT, "txt,linenos", "a\nb");
    has(
        &html,
        "<span class=\"giallo-l\"><span class=\"giallo-ln\">1 </span>a</span>\n<span class=\"giallo-l\"><span class=\"giallo-ln\">2 </span>b</span>",
    );
    has_not(&code(LIGHT, "txt", "a"), "giallo-ln");
}

#[test]
fn numbers_start_where_asked_for() {
    let html = code(LIGHT, "txt,linenos,linenostart=9", "a\nb");
    has(&html, "<span class=\"giallo-ln\"> 9 </span>a");
    has(&html, "<span class=\"giallo-ln\">10 </span>b");
}

#[test]
fn lines_are_marked_when_asked_for() {
    let html = code(CLASSES, "txt,hl_lines=1 3-4", "a\nb\nc\nd\ne");
    let marked: Vec<&str> = html
        .split("<span class=\"giallo-l giallo-hl\">")
        .skip(1)
        .filter_map(|rest| rest.split("</span></span>").next())
        .map(|line| line.trim_start_matches("<span class=\"z-text z-plain\">"))
        .collect();
    assert_eq!(marked, ["a", "c", "d"], "{html}");
}

#[test]
fn marked_lines_have_their_colour_in_the_html() {
    has(&code(LIGHT, "txt,hl_lines=1", "a"), "<span class=\"giallo-l giallo-hl\" style=\"background-color: #f8eec7;\">a</span>");
}

#[test]
fn lines_are_hidden_when_asked_for() {
    let html = code(LIGHT, "txt,linenos,hide_lines=2", "a\nb\nc");
    has(&html, "1 </span>a");
    has(&html, "3 </span>c");
    has_not(&html, "2 </span>b");
}

#[test]
fn data_stand_where_the_config_says() {
    let with = |position: &str| code(&format!("{LIGHT}data_attr_position = \"{position}\"\n"), "rust,name=x,k=v", "a");
    let data = "data-lang=\"rust\" data-name=\"x\" data-k=\"v\">";
    has(&code(LIGHT, "rust,name=x,k=v", "a"), &format!("<code {data}"));
    has(&with("code"), &format!("<code {data}"));
    let pre = with("pre");
    has(&pre, data);
    has(&pre, "<code>");
    assert_eq!(with("both").matches(data).count(), 2);
    has_not(&with("none"), "data-");
}

#[test]
fn a_fences_wishes_do_not_show_as_text() {
    has_not(&code(LIGHT, "rust,linenos,copy", "a"), "copy");
}

#[test]
fn an_unknown_language_is_a_warning_at_its_fence() {
    let outcome = bare(LIGHT, "x\n\n```klingon,linenos\nqapla\n```").build();
    assert!(outcome.finds("unknown-code-language", Warning, "content/a.md:5:4").message.contains("klingon"));
    has(&html(&outcome), "qapla");
    let outcome = bare(LIGHT, "klingon\n\n~~~~klingon\nqapla\n~~~~").build();
    outcome.finds("unknown-code-language", Warning, "content/a.md:5:5");
}

#[test]
fn an_unknown_language_is_an_error_when_asked_for() {
    let outcome = bare(&format!("{LIGHT}error_on_missing_language = true\n"), "```klingon\nqapla\n```").build();
    outcome.finds("unknown-code-language", Error, "content/a.md:3:4");
}

#[test]
fn common_languages_are_known_by_their_names() {
    for language in [
        "rs",
        "javascript",
        "ts",
        "tsx",
        "sh",
        "bash",
        "toml",
        "yaml",
        "json",
        "html",
        "css",
        "scss",
        "python",
        "go",
        "c",
        "cpp",
        "csharp",
        "java",
        "kotlin",
        "php",
        "ruby",
        "sql",
        "md",
        "dockerfile",
        "diff",
        "xml",
        "text",
        "haskell",
        "lua",
    ] {
        code(&format!("{LIGHT}error_on_missing_language = true\n"), language, "a");
    }
}

#[test]
fn languages_of_today_are_coloured() {
    for (language, line) in [
        ("toml", "a = \"b\""),
        ("ts", "let a: string = \"b\";"),
        ("tsx", "const a = \"b\";"),
        ("dockerfile", "FROM a:b"),
        ("nix", "{ a = \"b\"; }"),
        ("kotlin", "val a = \"b\""),
        ("scss", "a { b: 1px; }"),
        ("zig", "const a = 1;"),
    ] {
        has(&code(LIGHT, language, line), "<span style=\"color: #");
    }
}

#[test]
fn well_known_themes_have_their_own_colours() {
    for (theme, background) in [
        ("nord", "#2e3440"),
        ("dracula", "#282a36"),
        ("gruvbox-dark-medium", "#282828"),
        ("solarized-light", "#fdf6e3"),
        ("catppuccin-latte", "#eff1f5"),
        ("catppuccin-mocha", "#1e1e2e"),
    ] {
        let html = code(&format!("[markdown.highlighting]\ntheme = \"{theme}\"\n"), "rust", "let a = 1;");
        has(&html, &format!("background-color: {background};"));
    }
}

#[test]
fn zolas_themes_are_known() {
    for theme in [
        "github-light",
        "github-dark",
        "dracula",
        "nord",
        "one-dark-pro",
        "catppuccin-mocha",
        "catppuccin-latte",
        "gruvbox-dark-medium",
        "solarized-light",
        "monokai",
        "ayu-dark",
        "tokyo-night",
        "vitesse-light",
        "material-theme",
        "rose-pine",
        "kanagawa-wave",
        "everforest-light",
        "min-dark",
        "slack-ochin",
        "snazzy-light",
        "vesper",
        "night-owl",
        "andromeeda",
        "poimandres",
        "synthwave-84",
        "plastic",
        "houston",
        "laserwave",
        "red",
        "base16-ocean-dark",
    ] {
        code(&format!("[markdown.highlighting]\ntheme = \"{theme}\"\n"), "rust", "let a = 1;");
    }
}

#[test]
fn an_unknown_theme_is_a_warning_with_the_likely_one() {
    let outcome = bare("[markdown.highlighting]\ntheme = \"github-lihgt\"\n", "```rust\nlet a = 1;\n```").build();
    let found = outcome.finds("unknown-code-theme", Warning, "config.toml:3:9");
    assert!(found.help.as_ref().unwrap().contains("`github-light`"));
    has(&html(&outcome), "<pre class=\"giallo\" style=\"color: #333333;");
}

const JSON_THEME: &str = r##"{
  // as VS Code writes it
  "name": "mine",
  "type": "dark",
  "colors": { "editor.background": "#101010", "editor.foreground": "#fefefe", "editor.lineHighlightBackground": "#222", },
  "tokenColors": [
    { "scope": ["storage.type", "keyword"], "settings": { "foreground": "#ff0000", "fontStyle": "italic" } },
    { "scope": "string, comment", "settings": { "foreground": "#00ff00" } },
  ]
}"##;

#[test]
fn a_theme_of_vs_code_is_read() {
    let config = "[markdown.highlighting]\ntheme = \"mine\"\nextra_themes = [\"themes/mine.json\"]\n";
    let outcome = bare(config, "```rust,hl_lines=1\nlet a = \"b\";\n```").file("themes/mine.json", JSON_THEME).build().clean();
    let html = html(&outcome);
    has(&html, "<pre class=\"giallo\" style=\"color: #fefefe; background-color: #101010;\">");
    has(&html, "<span style=\"color: #ff0000; font-style: italic;\">let</span>");
    has(&html, "<span style=\"color: #00ff00;\">&quot;b&quot;</span>");
    has(&html, "giallo-hl\" style=\"background-color: #222222;\"");
}

#[test]
fn a_theme_of_textmate_is_read() {
    let theme = "<?xml version=\"1.0\"?><plist version=\"1.0\"><dict><key>settings</key><array>\
        <dict><key>settings</key><dict><key>background</key><string>#010203</string><key>foreground</key><string>#FFFFFF</string></dict></dict>\
        <dict><key>scope</key><string>storage.type</string><key>settings</key><dict><key>foreground</key><string>#aabbcc</string></dict></dict>\
        </array></dict></plist>";
    let config = "[markdown.highlighting]\ntheme = \"night\"\nextra_themes = [\"x/night.tmTheme\"]\n";
    let outcome = bare(config, "```rust\nlet a = 1;\n```").file("x/night.tmTheme", theme).build().clean();
    has(&html(&outcome), "background-color: #010203;");
    has(&html(&outcome), "<span style=\"color: #aabbcc;\">let</span>");
}

#[test]
fn a_theme_by_class_may_be_the_sites_own() {
    let config = "[markdown.highlighting]\nstyle = \"class\"\ntheme = \"mine\"\nextra_themes = [\"mine.json\"]\n";
    let outcome = bare(config, "").file("mine.json", JSON_THEME).build().clean();
    has(outcome.text("giallo.css"), ".z-storage.z-type, .z-keyword {\n color: #ff0000;");
}

#[test]
fn a_theme_that_is_not_there_or_none_is_an_error_where_it_is_named() {
    let config = "[markdown.highlighting]\ntheme = \"nord\"\nextra_themes = [\"no.json\"]\n";
    bare(config, "").build().finds("missing-file", Error, "config.toml:4:17");
    bare(config, "").file("no.json", "{").build().finds("bad-code-theme", Error, "config.toml:4:17");
}

#[test]
fn a_grammar_is_one_warning_and_its_language_known() {
    let config = format!("{LIGHT}error_on_missing_language = true\nextra_grammars = [\"my.json\", \"other.sublime-syntax\"]\n");
    let outcome = bare(&config, "```mylang\na\n```\n\n```ml1\na\n```\n\n```otl\nb\n```")
        .file("my.json", "{\"name\": \"MyLang\", \"scopeName\": \"source.ml1\", \"patterns\": []}")
        .file("other.sublime-syntax", "%YAML 1.2\n---\nname: Other\nfile_extensions:\n  - otl\nscope: source.oth\n")
        .build();
    let codes: Vec<&str> = outcome.0.diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(codes, ["grammar-not-read", "grammar-not-read"], "{:?}", outcome.findings());
    has(&html(&outcome), "<code data-lang=\"mylang\"><span class=\"giallo-l\">a</span>");
}

// Anything at all

const EVERYTHING: &str = "[markdown]\nrender_emoji = true\nsmart_punctuation = true\ndefinition_list = true\nbottom_footnotes = true\n\
    github_alerts = true\nlazy_async_image = true\ninsert_anchor_links = \"heading\"\n[markdown.highlighting]\nstyle = \"class\"\n\
    light_theme = \"github-light\"\ndark_theme = \"nord\"\n";

/// Pieces of Markdown that mean something, put together in any order.
const PIECES: [&str; 48] = [
    "<!-- more -->",
    "<!--",
    "-->",
    "[^a]",
    "[^a]: ",
    "[^b]: ",
    "\n",
    "\n\n",
    "    ",
    "- ",
    "> ",
    "> [!NOTE]\n",
    "# ",
    "{#x}",
    "{ #x .y }",
    "```rust,hl_lines=1-,linenostart=18446744073709551615,linenos\n",
    "```",
    "~~~",
    "`",
    "*",
    "_",
    "[a](",
    "![",
    "](b \"c\")",
    "](@/a.md#x)",
    ")",
    "<b>",
    "</a>",
    "<a href='x'>",
    ":smile:",
    ":",
    "| a | b |\n|---|--:|\n",
    "|",
    "ộ",
    "\u{2}1\u{3}",
    "\u{1}",
    "\u{0}",
    "\r\n",
    "\t",
    ": ",
    "Term\n: ",
    "https://x.example",
    "<https://x.example>",
    "'",
    "\"",
    "fn a() { /* ",
    "\\",
    "&amp;",
];

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 48, failure_persistence: None, ..Default::default() })]

    #[test]
    fn no_text_breaks_a_build(pieces in proptest::collection::vec(0..PIECES.len(), 0..40), raw_html: bool) {
        let body: String = pieces.into_iter().map(|piece| PIECES[piece]).collect();
        let config = format!("{EVERYTHING}[extra.tinso]\nraw_html = {raw_html}\n");
        let outcome = bare(&config, &body).build();
        assert!(outcome.has("a/index.html"), "{body:?}");
    }
}

#[test]
fn long_rows_of_one_sign_take_no_time() {
    for sign in ["<!--", ":", "[^a]", "![", "> ", "`", "# ", "{", " id="] {
        page_of_anything(&sign.repeat(20_000));
    }
}

fn page_of_anything(body: &str) {
    assert!(bare(EVERYTHING, body).build().has("a/index.html"));
}

// Templates in content

#[test]
fn a_call_inside_html_is_run() {
    let metric = crate::revenue("2016", "5");
    let config = "base_url = \"https://z.example\"\ndefault_language = \"vi\"\n";
    let outcome = Site::new()
        .file("config.toml", config)
        .file(
            "content/news/a.md",
            &format!(
                "+++\ndate = 2017-01-01\n{metric}+++\n<div>{{{{ metric(indicator=\"revenue\", time_period=\"2016\") }}}}</div>\n"
            ),
        )
        .build();
    let html = outcome.text("news/a/index.html");
    has(html, "<div><data");
    has_not(html, "\u{2}");
}

#[test]
fn code_is_never_run_as_a_template() {
    let html = page("", "{{ 1 + 1 }}\n\n`{{ 1 + 1 }}`\n\n```\n{{ 1 + 1 }} {% if %}\n```\n\n    {{ 1 + 1 }}\n");
    has(&html, "<p>2</p>");
    assert_eq!(html.matches("{{ 1 + 1 }}").count(), 3, "{html}");
    has(&html, "{% if %}");
}

#[test]
fn a_headings_id_is_no_comment() {
    has(&page("", "{{ 1 + 1 }}\n\n# A {#x}\n\n## B {#y .c}"), "<h1 id=\"x\">A</h1>\n<h2 id=\"y\" class=\"c\">B</h2>");
}

#[test]
fn a_templates_comment_is_left_out() {
    let html = page("", "a {# gone #} b {{ 1 }}");
    has_not(&html, "gone");
}

#[test]
fn raw_parts_are_shown_as_written() {
    has(&page("", "{% raw %}{{ a }}{% endraw %} `{{ b }}`"), "<p>{{ a }} <code>{{ b }}</code></p>");
}

#[test]
fn raw_parts_inside_code_are_taken_as_such() {
    let html = page("", "```\n{% raw %}{% <mermaid> -%}\n{{ a }}\n{%- </mermaid> %}{% endraw %}\n```\n\n`{% raw %}`");
    has(&html, "<pre><code>{% &lt;mermaid&gt; -%}\n{{ a }}\n{%- &lt;/mermaid&gt; %}\n</code></pre>");
    has(&html, "<code>{% raw %}</code>");
}

#[test]
fn raw_parts_around_code_are_taken_as_such() {
    let html = page("", "{% raw %}\n```rs\n{{<video a={[1]} />}}\n```\n{% endraw %}");
    has(&html, "{{&lt;video a={[1]} /&gt;}}");
    has_not(&html, "raw");
}

#[test]
fn a_raw_id_of_a_heading_is_its_id() {
    has(&page("", "## Pages {% raw %}{#p}{% endraw %}"), "<h2 id=\"p\">Pages</h2>");
}

#[test]
fn a_call_at_the_end_of_a_heading_is_run() {
    has(&page("", "## Two: {{ 1 + 1 }}"), "<h2 id=\"two-2\">Two: 2</h2>");
}
