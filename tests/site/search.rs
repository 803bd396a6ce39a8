//! The search index in pieces, and the page that searches it.

use std::collections::BTreeMap;

use serde_json::Value;
use tinso::build::{Memo, Options, build, build_again};
use tinso::diagnostic::Severity;

use crate::{CONFIG, Outcome, Site, revenue};

fn site() -> Site {
    let config = CONFIG.replace("[extra.tinso]\n", "[extra.tinso]\nsearch = true\n");
    let article =
        |title: &str, date: &str, more: &str, body: &str| format!("+++\ntitle = \"{title}\"\ndate = {date}\n{more}+++\n{body}\n");
    Site::new()
        .file("config.toml", &config)
        .file("templates/search.html", "<html lang=\"{{ lang }}\">{% for t in translations %}<a href=\"{{ t.permalink }}\">{% endfor %}{{ config.extra.tinso.search }}")
        .file("content/news/a.md", &article("Thuê bao", "2016-05-01", "description = \"Về điện thoại\"\n[taxonomies]\ntopics = [\"Viễn thông\"]\n", "Số thuê bao là 1.161.836, gần 1,2 triệu."))
        .file("content/news/a.en.md", &article("Subscribers", "2016-05-01", "[taxonomies]\ntopics = [\"Telecoms\"]\n", "There are 1,161,836 subscribers, or 1.2 million."))
        .file("content/news/b.md", &article("Doanh thu", "2017-05-01", &format!("[extra.source]\nname = \"Sở TT&TT\"\n{}", revenue("2016", "2105.8")), "Bài có số."))
        .file("content/news/hidden.md", &article("Ẩn", "2017-05-01", "in_search_index = false\n", "Không ai tìm thấy."))
}

fn json(built: &Outcome, path: &str) -> Value {
    serde_json::from_str(built.text(path)).unwrap()
}

/// What each term of a language leads to: its forms, each with the packed documents.
fn terms(built: &Outcome, lang: &str) -> BTreeMap<String, Vec<(String, Vec<(u64, u64)>)>> {
    let mut terms = BTreeMap::new();
    for (path, bytes) in &built.0.outputs {
        if !path.as_str().starts_with(&format!("search-index/{lang}/words/")) {
            continue;
        }
        let mut rest = &**bytes;
        while !rest.is_empty() {
            let term = text(&mut rest);
            let forms = (0..number(&mut rest)).map(|_| (text(&mut rest), documents(slice(&mut rest)))).collect();
            assert!(terms.insert(term, forms).is_none());
        }
    }
    terms
}

fn number(bytes: &mut &[u8]) -> u64 {
    let length = bytes.iter().position(|byte| byte & 128 == 0).unwrap() + 1;
    let (these, rest) = bytes.split_at(length);
    *bytes = rest;
    these.iter().rev().fold(0, |number, byte| number << 7 | u64::from(byte & 127))
}

fn slice<'a>(bytes: &mut &'a [u8]) -> &'a [u8] {
    let length = number(bytes) as usize;
    let (these, rest) = bytes.split_at(length);
    *bytes = rest;
    these
}

fn text(bytes: &mut &[u8]) -> String {
    String::from_utf8(slice(bytes).to_vec()).unwrap()
}

fn documents(mut bytes: &[u8]) -> Vec<(u64, u64)> {
    let mut next = 0;
    let mut all = Vec::new();
    while !bytes.is_empty() {
        let packed = number(&mut bytes);
        all.push((next + (packed >> 4), packed & 15));
        next += (packed >> 4) + 1;
    }
    all
}

/// The titles of what results show, by the numbers of documents.
fn titles(built: &Outcome, lang: &str) -> Vec<String> {
    let pages = json(built, &format!("search-index/{lang}/pages/0.json"));
    pages.as_array().unwrap().iter().map(|page| page["title"].as_str().unwrap().to_owned()).collect()
}

fn found(built: &Outcome, lang: &str, term: &str) -> Vec<String> {
    let (terms, titles) = (terms(built, lang), titles(built, lang));
    let all = terms.get(term).into_iter().flatten().flat_map(|(_, documents)| documents);
    all.map(|(document, _)| titles[*document as usize].clone()).collect()
}

#[test]
fn a_site_that_does_not_ask_for_it_has_no_index_and_no_search_page() {
    let built = Site::new().article("a", "2017-01-01", "", "x").build().clean();
    assert!(!built.0.outputs.keys().any(|path| path.as_str().contains("search")));
}

#[test]
fn without_a_template_for_it_the_search_page_is_plain_and_a_warning_says_so() {
    let built = site().without("templates/search.html").build();
    built.finds("no-template", Severity::Warning, "");
    assert!(built.text("en/search/index.html").contains("<h1>"), "{:?}", built.text("en/search/index.html"));
}

#[test]
fn every_language_has_a_search_page_that_knows_its_twin_and_is_in_the_sitemap() {
    let built = site().build().clean();
    let links = "<a href=\"https://tin.example/search/\"><a href=\"https://tin.example/en/search/\">true";
    assert_eq!(built.text("search/index.html"), format!("<html lang=\"vi\">{links}"));
    assert_eq!(built.text("en/search/index.html"), format!("<html lang=\"en\">{links}"));
    assert!(built.text("sitemap.xml").contains("<loc>https://tin.example/en/search/</loc>"));
}

#[test]
fn a_theme_without_a_search_page_is_told_of_and_a_page_at_its_address_is_an_error() {
    site().without("templates/search.html").build().finds("no-template", Severity::Warning, "");
    let taken = site().file("content/search.md", "+++\ntitle = \"x\"\n+++\n").build();
    assert!(taken.findings().iter().any(|finding| finding.contains("address-collision")), "{:?}", taken.findings());
}

#[test]
fn words_are_found_folded_and_know_their_marks() {
    let built = site().build().clean();
    let terms = terms(&built, "vi");
    let forms = |term: &str| -> Vec<&str> { terms[term].iter().map(|(marked, _)| marked.as_str()).collect() };
    assert_eq!(forms("thue"), ["thue\u{302}"]);
    assert_eq!(forms("bao"), [""]);
    assert_eq!(found(&built, "vi", "thue bao"), ["Thuê bao"], "neighbours are a term");
    assert_eq!(found(&built, "vi", "dien"), ["Thuê bao"], "a description counts");
    assert_eq!(found(&built, "en", "subscriber"), ["Subscribers"], "plurals are their singular");
    assert!(
        found(&built, "vi", "subscriber").is_empty() && found(&built, "en", "thue").is_empty(),
        "a language has its own pages"
    );
    assert!(!titles(&built, "vi").contains(&"Ẩn".to_owned()) && !terms.contains_key("khong"));
}

#[test]
fn numbers_have_one_form_in_both_languages_and_scales_are_worked_out() {
    let built = site().build().clean();
    for (lang, title) in [("vi", "Thuê bao"), ("en", "Subscribers")] {
        for number in ["1161836", "1.2", "1200000"] {
            assert_eq!(found(&built, lang, number), [title], "{number} in {lang}");
        }
    }
    assert_eq!(found(&built, "vi", "2105.8"), ["Doanh thu", "Doanh thu"], "of the article's metric, and on the indicator's page");
    let index = json(&built, "search-index/vi/index.json");
    assert_eq!(index["scales"]["trieu"], 6);
    assert_eq!(index["scales"]["million"], 6);
    assert_eq!(index["numbers"][0], serde_json::json!([",", "."]));
}

#[test]
fn filters_are_years_terms_sources_and_whether_there_are_figures() {
    let built = site().build().clean();
    let index = json(&built, "search-index/vi/index.json");
    let values = |name: &str| -> Vec<String> {
        let all = index["filters"][name].as_array().unwrap();
        all.iter()
            .map(|each| format!("{} {} {}", each["value"].as_str().unwrap(), each["words"].as_str().unwrap(), each["count"]))
            .collect()
    };
    assert_eq!(values("year"), ["2016 2016 1", "2017 2017 1"]);
    assert_eq!(values("topics"), ["vien-thong Viễn thông 1"]);
    assert_eq!(values("agency"), ["so-tt-tt Sở TT&TT 1"]);
    assert_eq!(values("figures"), ["1  2"]);
    assert_eq!(found(&built, "vi", "@year:2016"), ["Thuê bao"]);
    assert_eq!(found(&built, "vi", "@topics:vien-thong"), ["Thuê bao"]);
}

#[test]
fn a_result_shows_the_latest_value_of_its_indicator() {
    let built = site().article("c", "2018-05-01", &revenue("2017", "2200"), "x").build().clean();
    let pages = json(&built, "search-index/vi/pages/0.json");
    let shown = |path: &str| pages.as_array().unwrap().iter().find(|page| page["path"] == path).unwrap().clone();
    let article = shown("news/b/");
    assert_eq!(article["figure"]["number"], "2.200,0", "not the article's own 2.105,8");
    assert_eq!(article["figure"]["unit"], "tỷ đồng");
    assert_eq!(article["figure"]["period"], "năm 2017");
    assert_eq!(article["figure"]["path"], "indicators/revenue/");
    assert_eq!(article["day"], "ngày 1 tháng 5 năm 2017");
    let indicator = shown("indicators/revenue/");
    assert_eq!(indicator["figure"]["number"], "2.200,0");
    assert!(indicator["figure"].get("path").is_none(), "it is its own page");
    let plain = shown("news/a/");
    assert!(plain.get("figure").is_none());
    assert_eq!(plain["summary"], "Về điện thoại");
}

#[test]
fn a_value_that_is_a_target_or_an_estimate_says_so() {
    let figures = |more: &str| {
        let built = Site::new()
            .file("config.toml", &CONFIG.replace("[extra.tinso]\n", "[extra.tinso]\nsearch = true\n"))
            .file("templates/search.html", "x")
            .article("a", "2016-05-01", &format!("{}{more}", revenue("2017", "3000")), "x")
            .build()
            .clean();
        ["vi", "en"].map(|lang| {
            let pages = json(&built, &format!("search-index/{lang}/pages/0.json"));
            let pages = pages.as_array().unwrap().iter();
            pages.filter_map(|page| page["figure"]["notes"][0].as_str().map(str::to_owned)).collect::<Vec<_>>()
        })
    };
    assert_eq!(figures(""), [[""; 0]; 2]);
    assert_eq!(figures("kind = \"target\"\n"), [["mục tiêu"; 2], ["target"; 2]]);
    assert_eq!(figures("obs_status = \"E\"\n"), [["ước tính"; 2], ["estimated"; 2]]);
}

#[test]
fn an_index_of_many_pages_is_cut_and_a_new_page_changes_few_pieces() {
    let many = |count: usize| {
        let pages = (0..count).fold(site(), |site, number| {
            let day = format!("2018-{:02}-{:02}", 1 + number / 28, 1 + number % 28);
            site.file(
                &format!("content/news/n{number}.md"),
                &format!("+++\ntitle = \"Bài {number}\"\ndate = {day}\n+++\nChữ {number}.\n"),
            )
        });
        pages.build().clean()
    };
    let (before, after) = (many(100), many(101));
    let pieces = |built: &Outcome| -> Vec<String> {
        built.0.outputs.keys().map(ToString::to_string).filter(|path| path.starts_with("search-index/vi/")).collect()
    };
    assert_eq!(pieces(&before), pieces(&after));
    assert!(pieces(&after).len() > 20, "{:?}", pieces(&after));
    let changed: Vec<String> = pieces(&after).into_iter().filter(|path| before.bytes(path) != after.bytes(path)).collect();
    assert!(changed.len() <= 8, "{changed:?}");
}

#[test]
fn the_index_follows_texts_titles_and_figures_as_a_clean_build_does() {
    let options = Options { config: "config.toml".into(), ..Options::default() };
    let mut memo = Memo::default();
    let steps = [
        site(),
        site().file("content/news/a.md", "+++\ntitle = \"Thuê bao\"\ndate = 2016-05-01\n+++\nĐường sắt.\n"),
        site().file("content/news/a.md", "+++\ntitle = \"Đường sắt\"\ndate = 2016-05-01\n+++\nĐường sắt.\n"),
        site().article("c", "2018-05-01", &revenue("2017", "2200"), "x"),
        site().without("content/news/a.en.md"),
        site(),
    ];
    for (number, step) in steps.iter().enumerate() {
        let snapshot = step.snapshot();
        let (again, clean) = (build_again(&snapshot, &options, &mut memo), build(&snapshot, &options));
        assert_eq!(again.outputs, clean.outputs, "step {number}");
        assert!(clean.outputs.keys().any(|path| path.as_str() == "search-index/vi/index.json"));
    }
}

#[test]
fn a_word_of_whatever_length_and_letters_is_no_trouble() {
    let odd = "x".repeat(100_000) + " 1,,2 ..3 1.2.3.4 𝟘𝟙 ́ \u{200b} ﷽ 漢字 ١٢ 99999999999999999999999999999999999999,5 triệu";
    let built =
        site().file("content/news/odd.md", &format!("+++\ntitle = \"Lạ\"\ndate = 2017-01-01\n+++\n{odd}\n")).build().clean();
    assert!(terms(&built, "vi").keys().all(|term| term.len() < 700));
    assert_eq!(found(&built, "vi", "99999999999999999999999999999999999999500000"), ["Lạ"]);
}
