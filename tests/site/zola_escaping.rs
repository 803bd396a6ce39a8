//! What a page holds is text to a template: it is escaped unless the template says that it is safe.

use crate::Site;

fn shown(template: &str) -> String {
    Site::bare("")
        .file("templates/shown.xml", template)
        .file("templates/shown.html", template)
        .file("content/a.md", "+++\ntemplate = \"shown.xml\"\n+++\nHi *you*\n\n<!-- more -->\n")
        .file("content/b.md", "+++\ntemplate = \"shown.html\"\n+++\nHi *you*\n")
        .build()
        .clean()
        .text("a/index.html")
        .trim()
        .to_owned()
}

const ESCAPED: &str = "&lt;p&gt;Hi &lt;em&gt;you&lt;/em&gt;&lt;/p&gt;";

#[test]
fn a_feed_of_the_site_shows_content_escaped_once() {
    assert!(shown("{{ page.content }}").starts_with(ESCAPED));
    assert!(shown("{{ page.content | escape_xml | safe }}").starts_with(ESCAPED));
    assert!(shown("{{ page.content | safe }}").starts_with("<p>Hi <em>you</em></p>"));
}

#[test]
fn a_summary_is_escaped_like_content() {
    assert!(shown("{{ page.summary }}").starts_with(ESCAPED));
    assert!(shown("{{ page.summary | safe }}").starts_with("<p>Hi <em>you</em></p>"));
}

#[test]
fn content_is_escaped_in_html_too() {
    let site = Site::bare("")
        .file("templates/index.html", "{{ section.content }}|{% for p in section.pages %}{{ p.content }}{% endfor %}")
        .file("content/_index.md", "+++\n+++\nHi *you*\n")
        .file("content/b.md", "+++\n+++\nHi *you*\n");
    assert_eq!(site.build().clean().text("index.html"), format!("{ESCAPED}\n|{ESCAPED}\n"));
}

#[test]
fn words_of_content_can_be_taken_without_its_markup() {
    assert_eq!(shown("{{ page.content | striptags | trim }}"), "Hi you");
}

#[test]
fn a_summary_ends_where_its_markup_ends() {
    assert_eq!(shown("[{{ page.summary | safe }}]"), "[<p>Hi <em>you</em></p>]");
}

#[test]
fn replacing_by_a_safe_text_without_markup_keeps_the_text_around_it_for_markdown() {
    let template = "{% set t = \"&copy; $N's [a]($U)\" | replace(from=\"$U\", to=get_url(path=\"a\")) | replace(from=\"$N\", to=<name />) %}";
    let shown = |shown: &str| {
        Site::bare("")
            .file("templates/components.html", "{% component name() %}Lan{% endcomponent name %}")
            .file("templates/index.html", &format!("{template}{shown}"))
            .build()
            .clean()
            .text("index.html")
            .trim()
            .to_owned()
    };
    let html = "© Lan's <a href=\"https://tin.example/a\">a</a>";
    assert_eq!(shown("{{ t | markdown(inline=true) | safe }}").replace(" rel=\"external\"", ""), html);
    assert_eq!(shown("{{ t | safe }}"), "&copy; Lan's [a](https://tin.example/a)");
    assert_eq!(shown("{{ t }}"), "&amp;copy; Lan&#39;s [a](https://tin.example/a)");
}

#[test]
fn replacing_by_markup_that_is_safe_escapes_the_text_around_it() {
    let shown = |expression: &str| {
        let site = Site::bare("").file("templates/index.html", &format!("{{{{ {expression} }}}}"));
        site.build().clean().text("index.html").to_owned()
    };
    assert_eq!(shown("'a < $X' | replace(from='$X', to='<b>x</b>' | safe)"), "a &lt; <b>x</b>");
    assert_eq!(shown("'<i>$X</i>' | safe | replace(from='$X', to='<b>')"), "<i>&lt;b&gt;</i>");
    assert_eq!(shown("'<i>$X</i>' | replace(from='$X', to='<b>')"), "&lt;i&gt;&lt;b&gt;&lt;/i&gt;");
}
