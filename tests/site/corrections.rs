//! What articles own up to: `corrections` under `[extra]`.

use tinso::diagnostic::Severity;

use crate::{Site, revenue};

const PAGE: &str = "{% for c in page.corrections %}[{{ c.date }}|{{ c.date_long }}|{{ c.text_lang }}:{{ c.text }}|{{ c.title }}|{{ c.was }}>{{ c.now }}]{% endfor %}";
const INDICATOR: &str = "{% if page.indicator %}{% for c in page.indicator.corrections %}[{{ c.date }} {{ c.text }} {{ c.was }}>{{ c.now }} {{ c.article.title }}]{% endfor %}{% endif %}";

fn site() -> Site {
    Site::new().file("templates/page.html", PAGE).file("templates/indicator.html", INDICATOR)
}

fn article(corrections: &str) -> String {
    format!("+++\ntitle = \"Bài\"\ndate = 2017-01-12\n{}{corrections}+++\nBài <viết>.\n", revenue("2016", "2105.8"))
}

const NUMBER: &str = "[[extra.corrections]]\ndate = 2017-01-14\ntext = { vi = \"Nhầm đơn vị\", en = \"Wrong scale & unit\" }\nmetric = \"revenue\"\nwas = 2105800\nnow = 2105.8\n";
const WORDS: &str = "[[extra.corrections]]\ndate = 2017-01-20T08:00:00+07:00\ntext = \"Sai tên người\"\n";

#[test]
fn an_article_shows_its_corrections_newest_first_with_numbers_in_the_form_of_the_language() {
    let built = site().file("content/news/a.md", &article(&format!("{NUMBER}{WORDS}"))).build().clean();
    let page = built.text("news/a/index.html");
    assert!(page.starts_with("[2017-01-20T08:00:00+07:00|ngày 20 tháng 1 năm 2017|vi:Sai tên người||>]"), "{page}");
    assert!(page.contains("[2017-01-14|ngày 14 tháng 1 năm 2017|vi:Nhầm đơn vị|Doanh thu|2.105.800"), "{page}");
    assert!(page.replace('\u{a0}', " ").contains(">2.105,8 tỷ đồng]"), "{page}");
}

#[test]
fn a_translation_shows_the_corrections_of_the_default_language_unless_it_has_its_own() {
    let en = "+++\ntitle = \"Article\"\ndate = 2017-01-12\n+++\nText.\n";
    let site = site().file("content/news/a.md", &article(NUMBER)).file("content/news/a.en.md", en);
    let page = site.build().clean().text("en/news/a/index.html").to_owned();
    assert!(page.contains("|en:Wrong scale &amp; unit|Revenue|2,105,800"), "{page}");
    let own =
        "+++\ntitle = \"Article\"\ndate = 2017-01-12\n[[extra.corrections]]\ndate = 2017-02-01\ntext = \"Own\"\n+++\nText.\n";
    let page = site.file("content/news/a.en.md", own).build().clean().text("en/news/a/index.html").to_owned();
    assert!(page.starts_with("[2017-02-01|") && page.contains("|en:Own||>]") && !page.contains("scale"), "{page}");
}

#[test]
fn an_indicator_shows_the_corrections_of_its_numbers_with_their_articles() {
    let built = site().file("content/news/a.md", &article(&format!("{NUMBER}{WORDS}"))).build().clean();
    let page = built.text("indicators/revenue/index.html");
    assert!(page.contains("[2017-01-14 Nhầm đơn vị 2.105.800") && page.contains(" Bài]"), "{page}");
    assert!(!page.contains("Sai tên"), "{page}");
}

#[test]
fn a_feed_begins_an_article_with_its_corrections() {
    let built = site().file("content/news/a.md", &article(NUMBER)).build().clean();
    let feed = built.text("atom.xml");
    roxmltree::Document::parse(feed).unwrap();
    assert!(feed.contains("Nhầm đơn vị"), "{feed}");
}

#[test]
fn corrections_that_are_wrong_are_errors_at_their_places() {
    for (corrections, code, at) in [
        ("[[extra.corrections]]\ndate = \"soon\"\ntext = \"x\"\n", "bad-date", "5:8"),
        ("[[extra.corrections]]\ndate = 2017-01-14\n", "bad-correction", "4:1"),
        ("[[extra.corrections]]\ntext = \"x\"\n", "bad-correction", "4:1"),
        ("[[extra.corrections]]\ndate = 2017-01-14\ntext = \"x\"\nmetric = \"revenu\"\n", "unknown-indicator", "7:10"),
        ("[[extra.corrections]]\ndate = 2017-01-14\ntext = \"x\"\nwas = 1\n", "bad-correction", "4:1"),
        ("[[extra.corrections]]\ndate = 2017-01-14\ntext = \"x\"\nwas = \"1\"\nnow = 2\n", "wrong-type", "7:7"),
        ("[[extra.corrections]]\ndate = 2017-01-14\ntext = \"x\"\nwhy = 1\n", "unknown-correction-key", "7:1"),
        ("[extra]\ncorrections = \"x\"\n", "bad-correction", "5:15"),
    ] {
        let text = format!("+++\ntitle = \"Bài\"\ndate = 2017-01-12\n{corrections}+++\n");
        site().file("content/news/a.md", &text).build().finds(code, Severity::Error, &format!("content/news/a.md:{at}"));
    }
}
