//! Files by which machines find what a site has: the sitemap of news, llms.txt, security.txt, keys.

use tinso::build::{Built, Memo, Options, build, build_again};
use tinso::diagnostic::Severity;
use tinso::text::SitePath;

use crate::schedule::{Clock, built_at};
use crate::{CONFIG, Site};

fn site(discovery: &str) -> Site {
    let article =
        |title: &str, date: &str, extra: &str| format!("+++\ntitle = \"{title}\"\ndate = {date}\n[extra]\n{extra}\n+++\nx\n");
    Site::new()
        .file("config.toml", &format!("{CONFIG}\n[extra.tinso.discovery]\n{discovery}\n"))
        .file("content/news/old.md", &article("Cũ", "2026-11-20", ""))
        .file("content/news/new.md", &article("Mới & <hay>", "2026-11-28T08:00:00+07:00", ""))
        .file("content/news/new.en.md", &article("New", "2026-11-28T08:00:00+07:00", ""))
        .file("content/news/late.md", &article("Muộn", "2026-11-20", "publish_at = 2026-11-29T08:00:00+07:00"))
}

fn text(built: &Built, path: &str) -> String {
    let bytes = built.outputs.get(&SitePath::new(path)).unwrap_or_else(|| panic!("{path}: {:?}", built.diagnostics));
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The titles in a sitemap of news, which has what Google asks of it.
fn titles(xml: &str, lang: &str) -> Vec<String> {
    const NEWS: &str = "http://www.google.com/schemas/sitemap-news/0.9";
    const SITEMAP: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
    let document = roxmltree::Document::parse(xml).unwrap_or_else(|error| panic!("{error}\n{xml}"));
    assert!(document.root_element().has_tag_name((SITEMAP, "urlset")));
    let urls = document.root_element().children().filter(|node| node.is_element());
    let title = |url: roxmltree::Node<'_, '_>| {
        assert!(url.has_tag_name((SITEMAP, "url")));
        let of = |name: &str| {
            let node = url.descendants().find(|node| node.has_tag_name((NEWS, name)));
            node.and_then(|node| node.text()).unwrap_or_else(|| panic!("{name}: {xml}")).to_owned()
        };
        assert_eq!(of("language"), lang);
        assert!(!of("name").is_empty() && of("publication_date").parse::<jiff::Timestamp>().is_ok());
        of("title")
    };
    urls.map(title).collect()
}

#[test]
fn the_sitemap_of_news_has_the_articles_of_two_days_and_says_when_one_is_too_old() {
    let site = site("news_sitemap = true");
    for (moment, vi, en, until) in [
        ("2026-11-28T02:00:00Z", &["Mới & <hay>"][..], &["New"][..], Some("2026-11-29T01:00:00Z")),
        ("2026-11-29T01:00:00Z", &["Muộn", "Mới & <hay>"], &["New"], Some("2026-11-30T01:00:00Z")),
        ("2026-11-30T01:00:00Z", &["Muộn"], &[], Some("2026-12-01T01:00:00Z")),
        ("2026-12-01T01:00:00Z", &[], &[], None),
    ] {
        let built = built_at(&site, moment);
        assert_eq!(titles(&text(&built, "news.xml"), "vi"), vi, "{moment}");
        assert_eq!(titles(&text(&built, "en/news.xml"), "en"), en, "{moment}");
        let robots = text(&built, "robots.txt");
        assert!(
            ["news.xml", "en/news.xml"].iter().all(|path| robots.contains(&format!("\nSitemap: https://tin.example/{path}\n"))),
            "{robots}"
        );
        assert_eq!(built.stretch.until.map(|until| until.to_string()).as_deref(), until, "{moment}");
    }
}

#[test]
fn a_build_with_a_memo_lets_news_grow_old_as_one_without_does() {
    let (site, mut memo) =
        (site("news_sitemap = true\n[extra.tinso.discovery.security]\ncontact = [\"mailto:a@tin.example\"]"), Memo::default());
    let options = Options { config: "config.toml".into(), ..Options::default() };
    for moment in
        ["2026-11-28T02:00:00Z", "2026-11-28T03:00:00Z", "2026-11-30T01:00:00Z", "2026-12-01T01:00:00Z", "2026-11-28T02:00:00Z"]
    {
        let at = || site.snapshot().within(Clock(moment.parse().unwrap()));
        let (warm, cold) = (build_again(&at(), &options, &mut memo), build(&at(), &options));
        assert_eq!(warm.outputs, cold.outputs, "{moment}");
        assert_eq!(warm.stretch, cold.stretch, "{moment}");
    }
}

#[test]
fn security_txt_names_the_contacts_and_expires_within_a_year() {
    let site = site(
        "[extra.tinso.discovery.security]\ncontact = [\"mailto:a@tin.example\", \"https://tin.example/lien-he/\"]\npolicy = \"https://tin.example/p/\"",
    );
    let built = built_at(&site, "2026-11-29T02:00:00Z");
    assert_eq!(
        text(&built, ".well-known/security.txt"),
        "Contact: mailto:a@tin.example\nContact: https://tin.example/lien-he/\nExpires: 2027-11-01T00:00:00Z\nPolicy: https://tin.example/p/\n\
         Preferred-Languages: vi, en\nCanonical: https://tin.example/.well-known/security.txt\n"
    );
    assert_eq!(built.stretch.until.map(|until| until.to_string()).as_deref(), Some("2026-12-01T00:00:00Z"));
    assert!(!built.asked_now);
}

#[test]
fn llms_txt_lists_the_sections_of_its_language_with_their_pages() {
    let built = built_at(&site("llms = true"), "2026-11-28T02:00:00Z");
    let (vi, en) = (text(&built, "llms.txt"), text(&built, "en/llms.txt"));
    assert!(vi.starts_with("# Tin\n") && vi.contains("- [Mới & <hay>](https://tin.example/news/new/)"), "{vi}");
    assert!(vi.contains("](https://tin.example/indicators/revenue/)"), "{vi}");
    assert!(
        en.starts_with("# News\n") && en.contains("- [New](https://tin.example/en/news/new/)") && !en.contains("Mới"),
        "{en}"
    );
}

#[test]
fn the_key_of_index_now_and_humans_txt_are_there_when_asked_for() {
    let built = built_at(&site("index_now = \"0123456789abcdef\"\nhumans = true"), "2026-11-28T02:00:00Z");
    assert_eq!(text(&built, "0123456789abcdef.txt"), "0123456789abcdef");
    assert!(text(&built, "humans.txt").contains("Tin\nhttps://tin.example"));
}

#[test]
fn nothing_of_this_is_there_unless_it_is_asked_for() {
    let built = built_at(&site(""), "2026-11-28T02:00:00Z");
    for path in ["news.xml", "en/news.xml", "llms.txt", ".well-known/security.txt", "humans.txt"] {
        assert!(!built.outputs.contains_key(&SitePath::new(path)), "{path}");
    }
}

#[test]
fn what_is_wrong_with_these_settings_is_told_at_its_place() {
    for (discovery, code) in [
        ("index_now = \"short\"", "bad-key"),
        ("index_now = \"with spaces in it\"", "bad-key"),
        ("news = true", "unknown-config-key"),
        ("[extra.tinso.discovery.security]\npolicy = \"https://tin.example/\"", "no-contact"),
        ("[extra.tinso.discovery.security]\ncontact = []", "no-contact"),
        ("[extra.tinso.discovery.security]\ncontact = [\"a@tin.example\"]", "bad-contact"),
    ] {
        let built = built_at(&site(discovery), "2026-11-28T02:00:00Z");
        let found: Vec<_> = built.diagnostics.iter().filter(|found| found.severity == Severity::Error).collect();
        assert_eq!(found.iter().map(|found| found.code).collect::<Vec<_>>(), [code], "{discovery}");
        assert_eq!(found[0].location.path().map(SitePath::as_str), Some("config.toml"), "{discovery}");
    }
}
