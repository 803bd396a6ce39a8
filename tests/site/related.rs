//! Articles that have something in common: `page.related`.

use crate::{Site, revenue};

const PAGE: &str = "{% for r in page.related %}[{{ r.title }}|{{ r.date_long }}|{{ r.permalink }}]{% endfor %}";

fn site() -> Site {
    Site::new().file("templates/page.html", PAGE)
}

fn article(title: &str, date: &str, topics: &str, metrics: &str) -> String {
    format!("+++\ntitle = \"{title}\"\ndate = {date}\n[taxonomies]\ntopics = [{topics}]\n{metrics}+++\nText.\n")
}

#[test]
fn who_states_the_same_indicator_comes_before_who_has_only_a_topic_in_common() {
    let built = site()
        .file("content/news/a.md", &article("A", "2017-03-01", "\"Net\"", &revenue("2016", "1")))
        .file("content/news/b.md", &article("B", "2017-02-28", "\"Net\"", ""))
        .file("content/news/c.md", &article("C", "2015-01-01", "\"Net\"", &revenue("2014", "1")))
        .file("content/news/d.md", &article("D", "2017-03-02", "\"Other\"", ""))
        .build()
        .clean();
    let page = built.text("news/a/index.html");
    assert!(page.starts_with("[C|ngày 1 tháng 1 năm 2015|"), "{page}");
    assert!(page.contains("[B|") && !page.contains("[D|") && !page.contains("[A|"), "{page}");
    assert_eq!(built.text("news/d/index.html").trim(), "");
}

#[test]
fn of_equal_kin_the_nearest_in_time_are_named_and_no_more_than_four() {
    let mut site = site();
    for year in 2001..=2020 {
        let metrics = revenue(&year.to_string(), "1");
        site =
            site.file(&format!("content/news/n{year}.md"), &article(&format!("N{year}"), &format!("{year}-05-05"), "", &metrics));
    }
    let built = site.build().clean();
    let page = built.text("news/n2010/index.html");
    let named: Vec<&str> = page.split('[').skip(1).filter_map(|part| part.split('|').next()).collect();
    assert_eq!(named, ["N2009", "N2011", "N2008", "N2012"], "{page}");
}

#[test]
fn a_guest_from_another_language_is_no_kin() {
    let config = crate::CONFIG.replace("pictures = false", "pictures = false\nuntranslated = \"list\"");
    let en = "+++\ntitle = \"Own\"\ndate = 2017-03-01\n[taxonomies]\ntopics = [\"Telecoms\"]\n+++\nText.\n";
    let built = site()
        .file("config.toml", &config)
        .file("content/news/a.md", &article("Khách", "2017-03-01", "\"Viễn thông\"", ""))
        .file("content/news/b.en.md", en)
        .build();
    assert_eq!(built.text("en/news/b/index.html").trim(), "");
}

#[test]
fn related_articles_are_of_the_language_of_the_page() {
    let en = |title: &str, date: &str| format!("+++\ntitle = \"{title}\"\ndate = {date}\n+++\nText.\n");
    let built = site()
        .file("content/news/a.md", &article("A", "2017-03-01", "", &revenue("2016", "1")))
        .file("content/news/a.en.md", &en("A in English", "2017-03-01"))
        .file("content/news/b.md", &article("B", "2016-03-01", "", &revenue("2015", "1")))
        .file("content/news/b.en.md", &en("B in English", "2016-03-01"))
        .build()
        .clean();
    assert!(built.text("en/news/a/index.html").starts_with("[B in English|1 March 2016|https://tin.example/en/news/b/]"));
    assert!(built.text("news/a/index.html").starts_with("[B|"));
}
