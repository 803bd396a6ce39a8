//! Lists beside sections and topics: authors, agencies, archives, pages without a translation in the lists of others.

use tinso::diagnostic::Severity;

use crate::{CONFIG, Outcome, Site, revenue};

const SINGLE: &str = "{{ term.name }} {{ term.page_count }}{% for t in translations %}<{{ t.permalink }}>{% endfor %}{% for p in term.pages %}[{{ p.title }}|{{ p.lang }}]{% endfor %}{% for i in get_indicators(kind=taxonomy.name, term=term.name) %}({{ i.title }}){% endfor %}";
const ARCHIVE: &str = "{{ archive.kind }} {{ archive.permalink }}{% for t in translations %}<{{ t.permalink }}>{% endfor %}{% for t in language_links %}{% if not t.translated %}<else {{ t.permalink }}>{% endif %}{% endfor %}
{% if archive.years %}{% for y in archive.years %}{{ y.title }} {{ y.count }}:{% for m in y.months %}{{ m.title }} {{ m.count }} {{ m.permalink }};{% endfor %}{% endfor %}{% endif %}
{% if archive.months %}{{ archive.year.year }}{% for m in archive.months %}/{{ m.name }}{% for p in m.pages %}[{{ p.title }}]{% endfor %}{% endfor %}{% endif %}
{% if archive.month %}{{ archive.month.title }} {{ archive.month.month }}{% for p in archive.pages %}[{{ p.title }}|{{ p.lang }}]{% endfor %}{% endif %}
{% if archive.previous %}<previous {{ archive.previous.permalink }}>{% endif %}{% if archive.next %}<next {{ archive.next.permalink }}>{% endif %}";

/// The site with these lines in `[extra.tinso]`, and every taxonomy that it knows the terms of.
fn site(settings: &str) -> Site {
    let taxonomies =
        "taxonomies = [{ name = \"topics\" }, { name = \"authors\", paginate_by = 1, feed = true }, { name = \"agencies\" }]";
    let config = CONFIG.replace("taxonomies = [{ name = \"topics\" }]", taxonomies).replace(
        "terms = { topics = [{ vi = \"Viễn thông\", en = \"Telecoms\" }] }",
        &format!("terms = {{ topics = [{{ vi = \"Viễn thông\", en = \"Telecoms\" }}], agencies = [{{ vi = \"Bộ TT&TT\", en = \"MIC\" }}] }}\n{settings}"),
    );
    Site::new()
        .file("config.toml", &config)
        .file("templates/taxonomy_single.html", SINGLE)
        .file("templates/archive.html", ARCHIVE)
        .file("templates/page.html", "{{ page.title }}{% for t in translations %}<{{ t.permalink }}>{% endfor %}{% for t in language_links %}{% if not t.translated %}<else {{ t.lang }} {{ t.permalink }}>{% endif %}{% endfor %}{% if page.source %}{{ page.source.name }}{% endif %}{% for name, terms in page.taxonomies %}{{ name }}={{ terms | join(sep=',') }};{% endfor %}")
}

fn page(title: &str, date: &str, more: &str) -> String {
    format!("+++\ntitle = \"{title}\"\ndate = {date}\n{more}\n+++\n")
}

const SOURCE: &str = "[extra.source]\nname = \"Bộ TT&TT\"\n";

#[test]
fn who_wrote_an_article_and_whom_it_cites_are_terms_where_the_config_declares_them() {
    let outcome = site("")
        .file(
            "content/news/a.md",
            &page("a", "2017-01-01", &format!("authors = [\"An\", \"Bình\"]\n{}{SOURCE}", revenue("2016", "1"))),
        )
        .file("content/news/a.en.md", &page("a en", "2017-01-01", "authors = [\"An\"]"))
        .file("content/news/b.md", &page("b", "2017-01-02", &format!("authors = [\"An\"]\n{SOURCE}")))
        .build()
        .clean();
    let an = outcome.text("authors/an/index.html");
    assert!(an.starts_with("An 2<https://tin.example/authors/an/><https://tin.example/en/authors/an/>"), "{an}");
    assert!(outcome.has("authors/an/page/2/index.html") && outcome.has("authors/an/atom.xml"));
    assert!(
        outcome.has("authors/index.html") && outcome.has("authors/binh/index.html") && !outcome.has("en/authors/binh/index.html")
    );
    let agency = outcome.text("agencies/bo-tt-tt/index.html");
    assert_eq!(
        agency,
        "Bộ TT&amp;TT 2<https://tin.example/agencies/bo-tt-tt/><https://tin.example/en/agencies/mic/>[b|vi][a|vi](Doanh thu)"
    );
    // The translation cites whom the article cites, by the name that the config pairs with it.
    assert!(outcome.text("en/agencies/mic/index.html").ends_with("[a en|en](Revenue)"));
    let en = outcome.text("en/news/a/index.html");
    assert!(en.contains("MIC") && en.contains("agencies=MIC;authors=An;"), "{en}");
    assert!(outcome.text("sitemap.xml").contains("<loc>https://tin.example/en/agencies/mic/</loc>"));
}

#[test]
fn a_source_can_have_a_name_in_each_language() {
    let source = "[extra.source]\nname = { vi = \"Tổng cục Thống kê\", en = \"General Statistics Office\" }\n";
    let outcome = site("")
        .file("content/news/a.md", &page("a", "2017-01-01", &format!("{}{source}", revenue("2016", "1"))))
        .file("content/news/a.en.md", &page("a en", "2017-01-01", ""))
        .build()
        .clean();
    assert!(
        outcome.has("agencies/tong-cuc-thong-ke/index.html") && outcome.has("en/agencies/general-statistics-office/index.html")
    );
    assert!(outcome.text("indicators/revenue/data.csv").contains("Tổng cục Thống kê"));
    assert!(outcome.text("en/indicators/revenue/data.csv").contains("General Statistics Office"));
    let wrong =
        |name: &str| site("").file("content/news/a.md", &page("a", "2017-01-01", &format!("[extra.source]\nname = {name}\n")));
    wrong("1").build().finds("wrong-type", Severity::Error, "content/news/a.md:5:8");
    wrong("{ v = \"x\" }").build().finds("unknown-language", Severity::Error, "content/news/a.md:5:10");
}

#[test]
fn terms_that_a_page_names_itself_stay_alone_and_undeclared_taxonomies_stay_away() {
    let article = page("a", "2017-01-01", "authors = [\"An\"]\n[taxonomies]\nauthors = [\"Ban biên tập\"]\n");
    let outcome = site("").file("content/news/a.md", &article).build().clean();
    assert!(outcome.has("authors/ban-bien-tap/index.html") && !outcome.has("authors/an/index.html"));
    let article = page("a", "2017-01-01", &format!("authors = [\"An\"]\n{SOURCE}"));
    let outcome = Site::new().file("content/news/a.md", &article).build().clean();
    assert!(!outcome.has("authors/an/index.html") && !outcome.has("agencies/index.html"));
    // A site of Zola's has the terms that its pages name, and no others.
    let outcome = Site::bare("taxonomies = [{ name = \"authors\" }]\n")
        .file("templates/taxonomy_list.html", "")
        .file("templates/taxonomy_single.html", "")
        .file("content/a.md", &article)
        .build()
        .clean();
    assert!(!outcome.has("authors/an/index.html"));
}

#[test]
fn agencies_are_one_filter_of_the_search() {
    let article = page("a", "2017-01-01", SOURCE);
    let site = site("search = true\n").file("templates/search.html", "").file("content/news/a.md", &article);
    let index = site.build().clean().text("search-index/vi/index.json").to_owned();
    assert!(index.contains("agencies") && !index.contains("\"agency\""), "{index}");
}

/// Articles of three months, one of them without a translation and one without an original.
fn dated(settings: &str) -> Site {
    site(settings)
        .article("a", "2022-12-31", "", "")
        .article("b", "2023-05-02", "", "")
        .file("content/news/c.md", &page("c vi", "2023-05-30", ""))
        .file("content/news/d.en.md", &page("d en", "2024-01-01", ""))
        .file("content/about.md", "+++\ntitle = \"about\"\n+++\n")
}

fn line(outcome: &Outcome, path: &str, number: usize) -> String {
    outcome.text(path).lines().nth(number).unwrap().to_owned()
}

#[test]
fn an_archive_has_the_years_and_months_that_have_articles() {
    let outcome = dated("archive = true\n").build().clean();
    assert_eq!(
        outcome.text("archive/index.html").lines().next().unwrap(),
        "all https://tin.example/archive/<https://tin.example/archive/><https://tin.example/en/archive/>"
    );
    assert_eq!(
        line(&outcome, "archive/index.html", 1),
        "Năm 2023 2:Tháng 5/2023 2 https://tin.example/archive/2023/05/;Năm 2022 1:Tháng 12/2022 1 https://tin.example/archive/2022/12/;"
    );
    assert!(
        line(&outcome, "en/archive/index.html", 1).starts_with("2024 1:January 2024 1 https://tin.example/en/archive/2024/01/;")
    );
    assert_eq!(line(&outcome, "archive/2023/index.html", 2), "2023/Tháng 5[c vi][b vi]");
    assert_eq!(line(&outcome, "archive/2023/index.html", 4), "<previous https://tin.example/archive/2022/>");
    assert_eq!(line(&outcome, "en/archive/2023/05/index.html", 3), "May 2023 5[b en|en]");
    assert_eq!(
        line(&outcome, "en/archive/2023/05/index.html", 4),
        "<previous https://tin.example/en/archive/2022/12/><next https://tin.example/en/archive/2024/01/>"
    );
    // What another language lacks leads to the part above it there.
    assert_eq!(
        line(&outcome, "en/archive/2024/01/index.html", 0),
        "month https://tin.example/en/archive/<https://tin.example/en/archive/2024/01/><else https://tin.example/archive/#untranslated>"
    );
    assert!(!outcome.has("archive/2024/index.html"));
    let sitemap = outcome.text("sitemap.xml");
    assert!(sitemap.contains("<loc>https://tin.example/archive/2023/05/</loc>") && sitemap.contains("/en/archive/2024/</loc>"));
}

#[test]
fn there_is_no_archive_where_nothing_has_a_date_or_nobody_wants_one() {
    assert!(!dated("").build().clean().has("archive/index.html"));
    let undated = site("archive = true\n").file("content/about.md", "+++\ntitle = \"about\"\n+++\n");
    assert!(!undated.build().clean().has("archive/index.html"));
}

#[test]
fn an_archive_without_its_template_is_an_error_that_says_what_to_do() {
    let outcome = dated("archive = true\n").without("templates/archive.html").build();
    let found = outcome.finds("no-template", Severity::Error, "config.toml:15:11");
    assert!(found.help.as_deref().unwrap().starts_with("add templates/archive.html"), "{found:?}");
}

#[test]
fn lists_of_another_language_show_what_has_no_translation_there_if_the_site_wants_it() {
    let topic = "[taxonomies]\ntopics = [\"Viễn thông\", \"Riêng\"]\n";
    let build = |settings: &str| {
        let feeds = "sort_by = \"date\"\ngenerate_feeds = true\npaginate_by = 2\n";
        dated(settings)
            .file("content/news/_index.en.md", &format!("+++\ntitle = \"News\"\n{feeds}+++\n"))
            .file("content/news/c.md", &page("c vi", "2023-05-30", topic))
            .file("templates/section.html", "{% for p in section.pages %}[{{ p.title }}|{{ p.lang }}|{{ p.permalink }}]{% endfor %}{% if paginator %}{{ paginator.total_pages }}{% endif %}")
            .build()
            .clean()
    };
    let off = build("archive = true\n");
    assert!(!off.text("en/news/index.html").contains("c vi") && !off.has("en/topics/telecoms/index.html"));
    let on = build("archive = true\nuntranslated = \"list\"\ndiscovery = { llms = true }\n");
    assert_eq!(
        on.text("en/news/index.html"),
        "[d en|en|https://tin.example/en/news/d/][c vi|vi|https://tin.example/news/c/][b en|en|https://tin.example/en/news/b/][a en|en|https://tin.example/en/news/a/]4"
    );
    // The default language's own lists stay as they are.
    assert!(!on.text("news/index.html").contains("d en"));
    assert_eq!(line(&on, "en/archive/2023/05/index.html", 3), "May 2023 5[c vi|vi][b en|en]");
    // Of its terms those that have a translation.
    assert_eq!(
        on.text("en/topics/telecoms/index.html"),
        "Telecoms 1<https://tin.example/topics/vien-thong/><https://tin.example/en/topics/telecoms/>[c vi|vi]"
    );
    assert!(!on.has("en/topics/rieng/index.html"));
    for feed in ["en/atom.xml", "en/news/atom.xml", "en/llms.txt"] {
        assert!(!on.text(feed).contains("c vi") && on.text(feed).contains("d en"), "{feed}");
    }
    let pages = on.text("sitemap.xml").matches("<loc>https://tin.example/news/c/</loc>").count();
    assert_eq!(pages, 1);
    assert!(!on.has("en/news/c/index.html"));
}

#[test]
fn what_has_no_translation_is_shown_in_the_other_language_if_the_site_wants_it() {
    let show = "{{ lang }} {{ page.lang }} {{ page.title }} {{ page.content | safe }} {{ current_url }} {{ page.permalink }}{% if translations is defined %}twins{% endif %}{% for t in language_links %}<{{ t.lang }} {{ t.permalink }} {{ t.translated }}{% if t.current %} here{% endif %}>{% endfor %}";
    let list = "{% for p in section.pages %}[{{ get_url(path='@/' ~ p.relative_path, lang=lang) }}]{% endfor %}";
    let outcome = dated("untranslated = \"page\"\ndiscovery = { llms = true }\nsearch = true\n")
        .file("content/news/c.md", &format!("{}Lời văn.\n", page("c vi", "2023-05-30", "")))
        .file("templates/untranslated.html", show)
        .file("templates/search.html", "")
        .file("templates/section.html", list)
        .build()
        .clean();
    assert_eq!(
        outcome.text("en/news/c/index.html"),
        "en vi c vi <p>Lời văn.</p>\n https://tin.example/en/news/c/ https://tin.example/news/c/<vi https://tin.example/news/c/ true><en https://tin.example/en/news/c/ false here>"
    );
    // The page itself leads to it, and tells search engines nothing of it; nor does anything else.
    assert_eq!(outcome.text("news/c/index.html"), "c vi<https://tin.example/news/c/><else en https://tin.example/en/news/c/>");
    for path in ["sitemap.xml", "en/atom.xml", "en/llms.txt"] {
        assert!(!outcome.has(path) || !outcome.text(path).contains("/en/news/c/"), "{path}");
    }
    let lists = outcome.text("en/news/index.html");
    assert!(lists.contains("[https://tin.example/en/news/c/][https://tin.example/en/news/b/]"), "{lists}");
    assert!(outcome.text("news/index.html").contains("[https://tin.example/news/c/]"));
    // What is in the other language only is not shown in the default one.
    assert!(!outcome.has("news/d/index.html"));
}

#[test]
fn a_page_of_its_own_has_the_address_before_one_that_is_not_translated() {
    let outcome = dated("untranslated = \"page\"\n")
        .file("content/news/other.en.md", "+++\ntitle = \"own\"\nslug = \"c\"\ndate = 2023-01-01\n+++\n")
        .build()
        .clean();
    assert!(outcome.text("en/news/c/index.html").starts_with("own"));
    // Without a template of the site's there is a plain page that names the original.
    let plain = outcome.text("en/about/index.html");
    assert!(
        plain.contains("<link rel=\"canonical\" href=\"https://tin.example/about/\">") && plain.contains("<main lang=\"vi\">"),
        "{plain}"
    );
}

#[test]
fn neighbours_are_of_the_same_language() {
    let show = "{% if page.lower %}<{{ page.lower.title }}{% endif %}{% if page.higher %}>{{ page.higher.title }}{% endif %}";
    let outcome = dated("untranslated = \"list\"\n").file("templates/page.html", show).build().clean();
    assert_eq!(outcome.text("en/news/b/index.html"), "<d en>a en");
    assert_eq!(outcome.text("news/c/index.html"), ">b vi");
}

#[test]
fn a_page_without_a_twin_leads_to_the_nearest_section_that_has_one() {
    let outcome = dated("")
        .file("content/news/deep/_index.md", "+++\ntitle = \"deep\"\n+++\n")
        .file("content/news/deep/e.md", "+++\ntitle = \"e\"\n+++\n")
        .build()
        .clean();
    let text = |path: &str| outcome.text(path).to_owned();
    assert_eq!(text("news/c/index.html"), "c vi<https://tin.example/news/c/><else en https://tin.example/en/news/#untranslated>");
    assert!(text("news/deep/e/index.html").contains("<else en https://tin.example/en/news/#untranslated>"));
    assert!(text("about/index.html").contains("<else en https://tin.example/en/#untranslated>"));
    assert!(text("en/news/d/index.html").contains("<else vi https://tin.example/news/#untranslated>"));
    // A page that has a twin stays as it is, and nothing is added to what machines are told.
    assert_eq!(text("news/b/index.html"), "b vi<https://tin.example/news/b/><https://tin.example/en/news/b/>");
    assert!(!text("sitemap.xml").contains("#untranslated"));
}

#[test]
fn a_list_without_a_twin_leads_to_the_list_above_it() {
    let article = page("a", "2017-01-01", "[taxonomies]\ntopics = [\"Riêng\"]\n");
    let site = Site::new()
        .file("templates/taxonomy_single.html", "{% for t in language_links %}{% if not t.translated %}<{{ t.permalink }}>{% endif %}{% endfor %}")
        .file("templates/section.html", "{% if paginator %}{% for t in language_links %}{% if not t.translated %}<{{ t.permalink }}>{% endif %}{% endfor %}{% endif %}")
        .file("content/news/_index.md", "+++\npaginate_by = 1\n+++\n")
        .file("content/news/a.md", &article)
        .file("content/news/b.md", &page("b", "2017-01-01", ""));
    let outcome = site.build().clean();
    assert_eq!(outcome.text("topics/rieng/index.html"), "<https://tin.example/en/#untranslated>");
    // The second page of a section that is shorter there leads to its first.
    assert_eq!(outcome.text("news/page/2/index.html"), "<https://tin.example/en/news/>");
    let other = page("x", "2017-01-01", "[taxonomies]\ntopics = [\"Own\"]\n");
    let outcome = site.file("content/news/x.en.md", &other).build().clean();
    assert_eq!(outcome.text("topics/rieng/index.html"), "<https://tin.example/en/topics/#untranslated>");
}

#[test]
fn a_site_of_zola_gets_no_value_of_ours() {
    let outcome = Site::bare("[languages.en]\n")
        .file("templates/page.html", "{% if language_links is defined %}ours{% endif %}")
        .file("content/a.md", "+++\n+++\n")
        .build();
    assert_eq!(outcome.text("a/index.html"), "");
}

/// The same as the theme shows it.
fn themed(settings: &str) -> Site {
    let site = dated(settings)
        .file("content/news/c.md", &page("c vi", "2023-05-30", &format!("authors = [\"An\", \"Bình\"]\n{SOURCE}url = \"https://mic.example/1\"\n{}", revenue("2016", "1"))))
        .file("i18n/vi.toml", "").file("content/indicators/_index.md", "+++\ntitle = \"Chỉ số\"\ntemplate = \"indicators.html\"\npage_template = \"indicator.html\"\nsort_by = \"title\"\n+++\n");
    let own = ["index", "section", "page", "indicator", "taxonomy_list", "taxonomy_single", "archive"];
    let site = own.iter().fold(site, |site, name| site.without(&format!("templates/{name}.html")));
    let text = site.text("config.toml").replace("default_language", "theme = \"tinso-news\"\ndefault_language");
    site.with_theme().file("config.toml", &text)
}

#[test]
fn the_theme_says_in_which_language_a_listed_page_is() {
    let outcome = themed("archive = true\nuntranslated = \"list\"\n").build().clean();
    let mark = "<a href=\"https://tin.example/news/c/\" lang=\"vi\" hreflang=\"vi\">c vi</a> <span class=\"story-language\" lang=\"en\">(in Vietnamese)</span>";
    for path in [
        "en/news/index.html",
        "en/archive/2023/index.html",
        "en/archive/2023/05/index.html",
        "en/agencies/mic/index.html",
        "en/index.html",
    ] {
        assert!(outcome.text(path).contains(mark), "{path}: {}", outcome.text(path));
    }
    assert!(!outcome.text("news/index.html").contains("story-language"));
    // All that is said of it is in that language, but for those words.
    let list = outcome.text("en/news/index.html");
    assert_eq!(list.matches("<li class=\"story\" lang=\"vi\">").count(), list.matches("story-language").count(), "{list}");
}

#[test]
fn the_theme_shows_a_page_in_another_language_as_a_copy_of_the_original() {
    let outcome = themed("archive = true\nuntranslated = \"page\"\n").build().clean();
    let shown = outcome.text("en/news/c/index.html");
    for part in [
        "<html lang=\"en\">",
        "<link rel=\"canonical\" href=\"https://tin.example/news/c/\">",
        "<meta property=\"og:url\" content=\"https://tin.example/news/c/\">",
        "<p class=\"notice notice-shown\">This page is only in Vietnamese. <a href=\"https://tin.example/news/c/\" lang=\"vi\" hreflang=\"vi\">Xem trang gốc</a></p>",
        "<article class=\"article\" lang=\"vi\">",
    ] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
    assert!(!shown.contains("<link rel=\"alternate\" hreflang") && !shown.contains("NewsArticle"), "{shown}");
    let link = "<a href=\"https://tin.example/en/news/c/\" lang=\"vi\" hreflang=\"vi\">c vi</a> <span class=\"story-language\" lang=\"en\">(in Vietnamese)</span>";
    for path in ["en/news/index.html", "en/archive/2023/05/index.html", "en/index.html"] {
        assert!(outcome.text(path).contains(link), "{path}: {}", outcome.text(path));
    }
}

#[test]
fn the_theme_links_those_who_wrote_and_whom_they_cite() {
    let outcome = themed("archive = true\n").build().clean();
    let article = outcome.text("news/c/index.html");
    assert!(
        article.contains("Người viết: <a href=\"https://tin.example/authors/an/\" rel=\"author\">An</a>, <a href=\"https://tin.example/authors/binh/\" rel=\"author\">Bình</a></span>"),
        "{article}"
    );
    let source = "Nguồn: <a href=\"https://tin.example/agencies/bo-tt-tt/\">Bộ TT&amp;TT</a> (<a href=\"https://mic.example/1\">bài gốc</a>)</p>";
    assert!(article.contains(source), "{article}");
    let agency = outcome.text("agencies/bo-tt-tt/index.html");
    assert!(
        agency.contains("Chỉ số có số liệu từ nguồn này") && agency.contains("/indicators/revenue/\">Doanh thu</a>"),
        "{agency}"
    );
    for list in ["archive/", "agencies/", "authors/"] {
        assert!(agency.contains(&format!("<p><a href=\"https://tin.example/{list}\">")), "{list}: {agency}");
    }
}

#[test]
fn the_switch_of_the_theme_leads_to_a_section_that_says_why() {
    let outcome = themed("archive = true\n").build().clean();
    let (page, twin) = (outcome.text("news/c/index.html"), outcome.text("news/b/index.html"));
    assert!(
        page.contains("<a href=\"https://tin.example/en/news/#untranslated\" lang=\"en\" hreflang=\"en\">English</a>"),
        "{page}"
    );
    assert!(!page.contains("rel=\"alternate\" hreflang=\"en\"") && page.contains("rel=\"alternate\" hreflang=\"vi\""), "{page}");
    assert!(
        twin.contains("<a href=\"https://tin.example/en/news/b/\" lang=\"en\" hreflang=\"en\" rel=\"alternate\">English</a>"),
        "{twin}"
    );
    let notice = |path: &str, text: &str| {
        let found = outcome.text(path);
        assert!(found.contains(&format!("<p class=\"notice\" id=\"untranslated\">{text}</p>")), "{path}: {found}");
    };
    notice("en/news/index.html", "The page you came from is only in Vietnamese. This is the section it belongs to.");
    notice("en/index.html", "The page you came from is only in Vietnamese. This is the home page.");
    notice("news/index.html", "Trang bạn vừa xem chỉ có bản tiếng Anh. Đây là mục chứa trang đó.");
    notice("archive/index.html", "Trang bạn vừa xem chỉ có bản tiếng Anh. Đây là mục chứa trang đó.");
    assert!(outcome.text("site.css").replace(' ', "").contains(".notice:target{display:block"));
}

#[test]
fn a_translation_inherits_the_agency_that_its_original_names() {
    let article = page("a", "2017-01-01", "[taxonomies]\nagencies = [\"Bộ TT&TT\"]\n[extra.source]\nname = \"Cổng của Bộ\"\n");
    let outcome = site("")
        .file("content/news/a.md", &article)
        .file("content/news/a.en.md", &page("a en", "2017-01-01", ""))
        .build()
        .clean();
    assert!(outcome.has("en/agencies/mic/index.html") && !outcome.has("en/agencies/cong-cua-bo/index.html"));
}
