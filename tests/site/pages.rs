//! Pages, sections, terms and what points at them.

use tinso::diagnostic::Severity;

use crate::Site;

fn topic(slug: &str, date: &str, vi: &str, en: &str) -> impl Fn(Site) -> Site {
    let (slug, date, vi, en) = (slug.to_owned(), date.to_owned(), vi.to_owned(), en.to_owned());
    move |site| {
        let front = |title: &str, topic: &str| {
            format!("+++\ntitle = \"{title}\"\ndate = {date}\n[taxonomies]\ntopics = [\"{topic}\"]\n+++\n")
        };
        site.file(&format!("content/news/{slug}.md"), &front(&format!("{slug} vi"), &vi))
            .file(&format!("content/news/{slug}.en.md"), &front(&format!("{slug} en"), &en))
    }
}

#[test]
fn vietnamese_stands_at_the_root_and_english_below_en() {
    let outcome = Site::new().article("a", "2017-01-01", "", "Bài").build().clean();
    for path in [
        "index.html",
        "en/index.html",
        "news/index.html",
        "en/news/index.html",
        "news/a/index.html",
        "en/news/a/index.html",
        "404.html",
        "en/404.html",
        "atom.xml",
        "en/atom.xml",
        "sitemap.xml",
        "robots.txt",
    ] {
        assert!(outcome.has(path), "{path}");
    }
    let page = outcome.text("news/a/index.html");
    assert!(page.starts_with("<html lang=\"vi\"><link hreflang=\"vi\" href=\"https://tin.example/news/a/\"><link hreflang=\"en\" href=\"https://tin.example/en/news/a/\">"), "{page}");
}

#[test]
fn terms_of_two_languages_are_paired_by_the_config() {
    let outcome = topic("a", "2017-01-01", "Viễn thông", "Telecoms")(Site::new()).build().clean();
    let term = outcome.text("topics/vien-thong/index.html");
    assert!(term.contains("href=\"https://tin.example/en/topics/telecoms/\"") && term.contains("[a vi]"), "{term}");
    assert!(outcome.text("en/topics/telecoms/index.html").contains("href=\"https://tin.example/topics/vien-thong/\""));
    assert!(outcome.text("topics/index.html").contains("Viễn thông"));
}

#[test]
fn sections_are_sorted_and_cut_into_pages() {
    let mut site = Site::new().file("content/news/_index.md", "+++\nsort_by = \"date\"\npaginate_by = 2\n+++\n");
    for (slug, date) in [("a", "2017-01-01"), ("b", "2018-01-01"), ("c", "2016-01-01")] {
        site = site.article(slug, date, "", "");
    }
    let outcome = site.build().clean();
    assert!(outcome.text("news/index.html").contains("[b vi][a vi][c vi]1/2"), "{}", outcome.text("news/index.html"));
    assert!(outcome.text("news/page/2/index.html").contains("2/2"));
    assert!(outcome.text("news/page/1/index.html").contains("url=https://tin.example/news/"));
}

#[test]
fn titles_sort_as_in_a_vietnamese_dictionary() {
    let mut site = Site::new().file("content/news/_index.md", "+++\nsort_by = \"title\"\n+++\n");
    for (number, title) in ["Đà Nẵng", "Dân số", "Ấn Độ", "Âm", "Ăn", "An Giang"].iter().enumerate() {
        site = site.file(&format!("content/news/p{number}.md"), &format!("+++\ntitle = \"{title}\"\n+++\n"));
    }
    let outcome = site.build().clean();
    assert!(outcome.text("news/index.html").contains("[An Giang][Ăn][Âm][Ấn Độ][Dân số][Đà Nẵng]"));
}

#[test]
fn aliases_lead_on_and_drafts_stay_out() {
    let site = Site::new()
        .file("content/news/a.md", "+++\ntitle = \"a\"\ndate = 2017-01-01\naliases = [\"cu/a\", \"x.html\"]\n+++\n")
        .file("content/news/d.md", "+++\ntitle = \"d\"\ndate = 2017-01-01\ndraft = true\n+++\n");
    let outcome = site.build().clean();
    for alias in ["cu/a/index.html", "x.html"] {
        assert!(outcome.text(alias).contains("url=https://tin.example/news/a/"));
    }
    assert!(!outcome.has("news/d/index.html"));
}

#[test]
fn the_sitemap_and_the_feeds_know_the_languages() {
    let outcome = Site::new().article("a", "2017-01-01", "", "Bài <3").build();
    let sitemap = outcome.text("sitemap.xml");
    assert!(sitemap.contains("<loc>https://tin.example/en/news/a/</loc>"));
    assert!(
        sitemap.contains("<xhtml:link rel=\"alternate\" hreflang=\"x-default\" href=\"https://tin.example/news/a/\"/>"),
        "{sitemap}"
    );
    let feed = outcome.text("en/atom.xml");
    // HTML inside a feed is text: escaped once more (RFC 4287, 4.1.3.3).
    assert!(feed.contains("&lt;p&gt;Bài &amp;lt;3&lt;/p&gt;"), "{feed}");

    assert!(
        feed.contains("xml:lang=\"en\"")
            && feed.contains("<id>https://tin.example/en/atom.xml</id>")
            && feed.contains("a en")
            && !feed.contains("a vi"),
        "{feed}"
    );
}

#[test]
fn a_page_folder_takes_its_files_along() {
    let outcome = Site::new()
        .file("content/news/f/index.md", "+++\ndate = 2017-01-01\n+++\n")
        .bytes("content/news/f/so-lieu.csv", b"1")
        .build()
        .clean();
    assert!(outcome.has("news/f/index.html") && outcome.has("news/f/so-lieu.csv"));
}

#[test]
fn names_on_disk_in_nfd_and_links_in_nfc_meet() {
    let nfd = "content/news/đươ\u{300}ng.md";
    let outcome = Site::new()
        .file(nfd, "+++\ntitle = \"x\"\ndate = 2017-01-01\n+++\n")
        .article("a", "2017-01-01", "", "[đường](@/news/đường.md)")
        .build()
        .clean();
    assert!(outcome.text("news/a/index.html").contains("href=\"https://tin.example/news/duong/\""));
}

#[test]
fn sass_of_the_site_is_compiled_and_its_errors_are_placed() {
    let config = "compile_sass = true\nbase_url = \"https://a.vn\"\n";
    let site = Site::new().file("config.toml", config).file("sass/_part.scss", "a { b { color: red } }");
    let good = site
        .clone()
        .file("sass/css/site.scss", "@use \"../part\";")
        .without("content/indicators/revenue.en.md")
        .without("content/indicators/_index.en.md")
        .without("content/news/_index.en.md")
        .build();
    assert_eq!(good.text("css/site.css").trim(), "a b{color:red}");
    let bad = site.file("sass/site.scss", "a {\n  color: $no;\n}").build();
    assert!(bad.findings().iter().any(|finding| finding.starts_with("sass/site.scss:2:10 sass")), "{:?}", bad.findings());
}

#[test]
fn an_unknown_field_is_told_with_all_that_a_page_has_however_little_templates_read() {
    let site = |page: &str| Site::new().article("a", "2017-01-01", "", "Bài").file("templates/page.html", page).build();
    let all = site("{% for key, value in page %}{{ key }} {% endfor %}").clean();
    let mut fields: Vec<&str> = all.text("news/a/index.html").split_whitespace().collect();
    fields.sort_unstable();
    let outcome = site("{{ page.no.such }}");
    let help = outcome.finds("template", Severity::Error, "templates/page.html:1:9").help.clone().unwrap();
    let told = help.split("there is: ").nth(1).unwrap().split(" (").next().unwrap();
    assert_eq!(told.split(", ").collect::<Vec<_>>(), fields, "{help}");
}
