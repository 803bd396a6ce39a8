//! Feeds in three formats, as readers of feeds take them apart.

use serde_json::Value;

use crate::Site;

const CONFIG: &str = r#"
base_url = "https://tin.example"
title = "Tin & số"
description = "Tin \"số\" <mới>"
default_language = "vi"
generate_feeds = true
feed_filenames = ["atom.xml", "rss.xml", "feed.json"]
taxonomies = [{ name = "topics", feed = true }]
[languages.en]
title = "News"
generate_feeds = true
feed_filenames = ["atom.xml", "rss.xml", "feed.json"]
taxonomies = [{ name = "topics", feed = true }]
[extra.tinso]
"#;

fn site() -> Site {
    let article = |title: &str, topic: &str, text: &str| {
        format!(
            "+++\ntitle = {title:?}\ndate = 2017-01-12T08:00:00+07:00\nupdated = 2017-01-14\nauthors = [\"A & B\", \"C\"]\n\
             [taxonomies]\ntopics = [{topic:?}]\n[[extra.corrections]]\ndate = 2017-01-14\ntext = \"x < y & \\\"z\\\"\"\n+++\n{text}\n"
        )
    };
    let section = "+++\ntitle = \"Mục <1>\"\ngenerate_feeds = true\n+++\n";
    Site::empty()
        .file("config.toml", CONFIG)
        .file("templates/index.html", "")
        .file("templates/section.html", "")
        .file("templates/page.html", "")
        .file("templates/taxonomy_list.html", "")
        .file("templates/taxonomy_single.html", "")
        .file("content/news/_index.md", section)
        .file("content/news/_index.en.md", section)
        .file("content/news/a.md", &article("\"Huế\" <&> số", "Viễn thông", "**Bài** & `\"mã\"`"))
        .file("content/news/a.en.md", &article("Hue", "Telecoms", "Text"))
        .file("content/news/b.md", "+++\ntitle = \"B\"\ndescription = \"Tóm <tắt>\"\ndate = 2017-01-10\n+++\nB\n")
}

const FEEDS: [(&str, &str, usize); 6] = [
    ("", "vi", 2),
    ("news/", "vi", 2),
    ("topics/vien-thong/", "vi", 1),
    ("en/", "en", 1),
    ("en/news/", "en", 1),
    ("en/topics/telecoms/", "en", 1),
];

#[test]
fn a_json_feed_is_one_of_version_1_1_for_site_section_and_topic_in_each_language() {
    let built = site().build().clean();
    for (folder, lang, count) in FEEDS {
        let text = built.text(&format!("{folder}feed.json"));
        let feed: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{folder}: {error}\n{text}"));
        assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
        assert_eq!(feed["language"], lang);
        assert_eq!(feed["feed_url"], format!("https://tin.example/{folder}feed.json"));
        assert_eq!(feed["home_page_url"], format!("https://tin.example/{folder}"));
        let items = feed["items"].as_array().unwrap();
        assert_eq!(items.len(), count, "{folder}");
        for item in items {
            // What the version asks of each item, and no more keys than it has.
            assert!(item["id"].is_string() && item["content_html"].is_string() && item["title"].is_string());
            assert!(item["date_published"].as_str().unwrap().parse::<jiff::Timestamp>().is_ok());
            let known =
                ["id", "url", "title", "summary", "content_html", "date_published", "date_modified", "authors", "language"];
            assert!(item.as_object().unwrap().keys().all(|key| known.contains(&key.as_str())), "{item}");
        }
    }
    let feed: Value = serde_json::from_str(built.text("feed.json")).unwrap();
    assert_eq!((&feed["title"], &feed["description"]), (&"Tin & số".into(), &"Tin \"số\" <mới>".into()));
    let first = &feed["items"][0];
    assert_eq!(first["title"], "\"Huế\" <&> số");
    assert_eq!(first["authors"], serde_json::json!([{ "name": "A & B" }, { "name": "C" }]));
    let html = first["content_html"].as_str().unwrap();
    assert!(html.contains("<p><strong>ngày 14 tháng 1 năm 2017: x &lt; y &amp; &quot;z&quot;</strong></p>"), "{html}");
    assert!(html.contains("<strong>Bài</strong> &amp;"), "{html}");
    let of_topic: Value = serde_json::from_str(built.text("topics/vien-thong/feed.json")).unwrap();
    assert_eq!(of_topic["title"], "Tin & số - Viễn thông");
}

#[test]
fn an_rss_feed_has_what_rss_2_0_asks_for_site_section_and_topic_in_each_language() {
    let built = site().build().clean();
    for (folder, lang, count) in FEEDS {
        let text = built.text(&format!("{folder}rss.xml"));
        let document = roxmltree::Document::parse(text).unwrap_or_else(|error| panic!("{folder}: {error}\n{text}"));
        let (rss, channel) = (document.root_element(), document.root_element().first_element_child().unwrap());
        assert_eq!((rss.tag_name().name(), rss.attribute("version"), channel.tag_name().name()), ("rss", Some("2.0"), "channel"));
        let of = |node: roxmltree::Node<'_, '_>, name: &str| {
            let found = node.children().find(|child| child.has_tag_name(name));
            found.and_then(|child| child.text()).map(str::to_owned)
        };
        for name in ["title", "link", "description", "lastBuildDate"] {
            assert!(of(channel, name).is_some(), "{folder}: {name}");
        }
        assert_eq!(of(channel, "language").as_deref(), Some(lang));
        let items: Vec<_> = channel.children().filter(|child| child.has_tag_name("item")).collect();
        assert_eq!(items.len(), count, "{folder}");
        for item in items {
            // The author of RSS is an address of mail, which nobody wants to give.
            assert_eq!(of(item, "author"), None);
            assert!(jiff::fmt::rfc2822::parse(&of(item, "pubDate").unwrap()).is_ok(), "{text}");
            assert_eq!(of(item, "guid"), of(item, "link"));
        }
    }
    let text = built.text("rss.xml");
    let document = roxmltree::Document::parse(text).unwrap();
    let all = |name: &str| document.descendants().filter(|node| node.tag_name().name() == name).collect::<Vec<_>>();
    assert_eq!(all("creator").iter().filter_map(|node| node.text()).collect::<Vec<_>>(), ["A & B", "C"]);
    let described = all("description");
    let described: Vec<&str> = described.iter().filter_map(|node| node.text()).collect();
    assert!(described[1].starts_with("<p><strong>ngày 14 tháng 1 năm 2017: x &lt; y"), "{described:?}");
    assert!(described.contains(&"Tóm &lt;tắt&gt;"), "{described:?}");
}

#[test]
fn an_atom_feed_is_well_formed_and_names_itself() {
    let built = site().build().clean();
    for (folder, lang, count) in FEEDS {
        let document = roxmltree::Document::parse(built.text(&format!("{folder}atom.xml"))).unwrap();
        let feed = document.root_element();
        assert_eq!(feed.attribute((roxmltree::NS_XML_URI, "lang")), Some(lang));
        assert_eq!(feed.children().filter(|child| child.tag_name().name() == "entry").count(), count);
        let own = format!("https://tin.example/{folder}atom.xml");
        assert!(feed.children().any(|child| child.attribute("rel") == Some("self") && child.attribute("href") == Some(&own)));
    }
}
