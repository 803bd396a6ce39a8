//! Search indexes as Zola names and shapes them.

use serde_json::{Value, json};
use tinso::diagnostic::Severity;

use crate::{Outcome, Site, revenue};

const PAGE: &str = "+++\ntitle = \"Thuê bao\"\ndescription = \"Số liệu\"\ndate = 2017-01-12\n+++\nSố **thuê bao** tăng.\n";

fn site(config: &str) -> Site {
    Site::bare(&format!("default_language = \"vi\"\nbuild_search_index = true\n{config}"))
        .file("content/_index.md", "+++\ntitle = \"Trang chủ\"\n+++\nXin chào\n")
        .file("content/news/_index.md", "+++\ntitle = \"Tin tức\"\n+++\n")
        .file("content/news/a.md", PAGE)
}

/// The index of a language, out of the script or the JSON that it is in.
fn index(built: &Outcome, name: &str) -> Value {
    let text = built.text(name);
    let json = text.strip_prefix("window.searchIndex = ").map_or(text, |script| script.strip_suffix(';').unwrap());
    serde_json::from_str(json).unwrap()
}

fn urls(index: &Value) -> Vec<&str> {
    match index {
        Value::Array(items) => items.iter().map(|item| item["url"].as_str().unwrap()).collect(),
        index => index["documentStore"]["docs"].as_object().unwrap().keys().map(String::as_str).collect(),
    }
}

fn fuse(site: &Site) -> Value {
    index(&site.build().clean(), "search_index.vi.json")
}

const FUSE: &str = "[search]\nindex_format = \"fuse_json\"\n";

/// The documents that a word of a field leads to, with their weight.
fn docs<'a>(index: &'a Value, field: &str, word: &str) -> &'a Value {
    let letters = word.chars().map(|c| c.to_string());
    let node = letters.fold(&index["index"][field]["root"], |node, letter| &node[letter]);
    assert_eq!(node["df"].as_u64().unwrap_or(0) as usize, node["docs"].as_object().map_or(0, |docs| docs.len()));
    &node["docs"]
}

#[test]
fn an_index_is_a_script_for_elasticlunr_unless_the_config_says_otherwise() {
    let built = site("").build().clean();
    assert!(built.text("search_index.vi.js").starts_with("window.searchIndex = {"));
    assert!(built.text("search_index.vi.js").ends_with("};"));
    assert!(!built.has("search_index.vi.json") && !built.has("search_index.en.js"));
}

#[test]
fn elasticlunr_itself_lies_beside_its_indexes_with_its_licence() {
    for format in ["elasticlunr_javascript", "elasticlunr_json"] {
        let built = site(&format!("[search]\nindex_format = \"{format}\"\n")).build().clean();
        let library = built.text("elasticlunr.min.js");
        assert!(library.contains("0.9.5") && library.contains("MIT Licensed"));
        assert!(library.contains(".doc=this.documentStore.getDoc("), "a result carries its document");
    }
}

#[test]
fn each_format_has_its_file() {
    for (format, name, start) in [
        ("elasticlunr_javascript", "search_index.vi.js", "window.searchIndex = {"),
        ("elasticlunr_json", "search_index.vi.json", "{"),
        ("fuse_javascript", "search_index.vi.js", "window.searchIndex = ["),
        ("fuse_json", "search_index.vi.json", "["),
    ] {
        let built = site(&format!("[search]\nindex_format = \"{format}\"\n")).build().clean();
        assert!(built.text(name).starts_with(start), "{format}");
        assert_eq!(built.has("elasticlunr.min.js"), format.starts_with("elasticlunr"), "{format}");
    }
}

#[test]
fn without_the_key_there_is_no_index() {
    let built = Site::bare("").file("content/a.md", "+++\n+++\n").build().clean();
    assert!(!built.has("search_index.en.js") && !built.has("elasticlunr.min.js"));
}

#[test]
fn an_index_has_the_shape_that_elasticlunr_reads() {
    let index = index(&site("").build().clean(), "search_index.vi.js");
    assert_eq!(index["version"], "0.9.5");
    assert_eq!(index["ref"], "id");
    assert_eq!(index["lang"], "vi");
    assert_eq!(index["fields"], json!(["title", "body"]));
    assert_eq!(index["documentStore"]["save"], true);
    assert_eq!(index["documentStore"]["length"], 3);
    let url = "https://tin.example/news/a/";
    assert_eq!(index["documentStore"]["docs"][url], json!({ "id": url, "title": "Thuê bao", "body": "Số thuê bao tăng." }));
    assert_eq!(index["documentStore"]["docInfo"][url], json!({ "title": 2, "body": 4 }));
    assert_eq!(docs(&index, "title", "thuê"), &json!({ url: { "tf": 1 } }));
}

#[test]
fn a_word_weighs_the_root_of_its_count() {
    let site = site("").file("content/b.md", "+++\n+++\nbốn bốn bốn bốn hai hai\n");
    let index = index(&site.build().clean(), "search_index.vi.js");
    let url = "https://tin.example/b/";
    assert_eq!(docs(&index, "body", "bốn")[url]["tf"].as_f64(), Some(2.0));
    assert_eq!(docs(&index, "body", "bon")[url]["tf"].as_f64(), Some(2.0));
    assert_eq!(docs(&index, "body", "hai")[url]["tf"].as_f64(), Some(2f64.sqrt()));
}

#[test]
fn vietnamese_stands_in_the_index_with_marks_and_without_and_is_not_stemmed() {
    let index = index(&site("").build().clean(), "search_index.vi.js");
    assert_eq!(index["pipeline"], json!([]));
    for word in ["số", "so", "thuê", "thue", "bao", "tăng", "tang"] {
        assert!(docs(&index, "body", word).get("https://tin.example/news/a/").is_some(), "{word}");
    }
}

#[test]
fn english_is_stemmed_and_loses_its_commonest_words() {
    let site = Site::bare("build_search_index = true\n").file("content/a.md", "+++\n+++\nThe subscribers of networks.\n");
    let index = index(&site.build().clean(), "search_index.en.js");
    assert_eq!(index["pipeline"], json!(["trimmer", "stopWordFilter", "stemmer"]));
    let url = "https://tin.example/a/";
    assert_eq!(index["documentStore"]["docInfo"][url]["body"], 2);
    assert!(docs(&index, "body", "subscrib").get(url).is_some() && docs(&index, "body", "network").get(url).is_some());
    assert!(docs(&index, "body", "the").get(url).is_none() && docs(&index, "body", "of").get(url).is_none());
}

#[test]
fn languages_that_elasticlunr_knows_no_stemmer_for_have_an_index_all_the_same() {
    for lang in ["fr", "pl", "zh-Hant", "uk", "ar"] {
        let site = Site::bare(&format!("default_language = \"{lang}\"\nbuild_search_index = true\n"));
        let built = site.file("content/a.md", "+++\ntitle = \"Été\"\n+++\n").build();
        let index = index(&built, &format!("search_index.{lang}.js"));
        assert_eq!(index["documentStore"]["length"], 2, "{lang}");
        assert!(docs(&index, "title", "ete").get("https://tin.example/a/").is_some());
    }
}

#[test]
fn the_config_chooses_the_fields() {
    let all = "[search]\ninclude_description = true\ninclude_date = true\ninclude_path = true\n";
    let index1 = index(&site(all).build().clean(), "search_index.vi.js");
    assert_eq!(index1["fields"], json!(["title", "description", "date", "path", "body"]));
    let (page, home) = ("https://tin.example/news/a/", "https://tin.example/");
    let docs1 = &index1["documentStore"]["docs"];
    assert_eq!(docs1[page]["description"], "Số liệu");
    assert_eq!(docs1[page]["date"], "2017-01-12");
    assert_eq!(docs1[page]["path"], "/news/a/");
    // What a document does not have is empty, and nothing slips into the next field.
    assert_eq!(
        docs1[home],
        json!({ "id": home, "title": "Trang chủ", "description": "", "date": "", "path": "/", "body": "Xin chào" })
    );
    assert!(docs(&index1, "path", "news").get(page).is_some());
    assert!(docs(&index1, "date", "2017").get(page).is_some());

    let few = index(
        &site("[search]\ninclude_title = false\ninclude_content = false\ninclude_path = true\n").build().clean(),
        "search_index.vi.js",
    );
    assert_eq!(few["fields"], json!(["path"]));
    assert_eq!(few["documentStore"]["docs"][page], json!({ "id": page, "path": "/news/a/" }));
    assert!(few["index"].get("body").is_none());
}

#[test]
fn fuse_gets_a_list_with_the_same_fields() {
    let index = fuse(&site(FUSE));
    assert_eq!(
        index,
        json!([
            { "url": "https://tin.example/", "title": "Trang chủ", "body": "Xin chào" },
            { "url": "https://tin.example/news/a/", "title": "Thuê bao", "body": "Số thuê bao tăng." },
            { "url": "https://tin.example/news/", "title": "Tin tức" },
        ])
    );
    let all = fuse(&site(&format!("{FUSE}include_description = true\ninclude_path = true\ninclude_content = false\n")));
    assert_eq!(
        all[1],
        json!({ "url": "https://tin.example/news/a/", "title": "Thuê bao", "description": "Số liệu", "path": "/news/a/" })
    );
}

#[test]
fn a_text_is_cut_after_so_many_characters_not_bytes() {
    let index = fuse(&site(&format!("{FUSE}truncate_content_length = 6\n")));
    assert_eq!(index[1]["body"], "Số thu");
    let long = fuse(&site(&format!("{FUSE}truncate_content_length = 600\n")));
    assert_eq!(long[1]["body"], "Số thuê bao tăng.");
    let none = fuse(&site(&format!("{FUSE}truncate_content_length = 0\n")));
    assert_eq!(none[1]["body"], Value::Null);
}

#[test]
fn a_text_has_no_tags_no_code_blocks_no_scripts_and_its_signs_are_safe_to_show() {
    let body = "Một & hai < ba\n\n- mục `mã`\n- mục *hai*\n\n```\nkhối mã\n```\n\n| a | b |\n|---|---|\n| c | d |\n\n<script>bad()</script><style>p { x: y }</style>\n";
    let raw = "[extra.tinso]\nraw_html = true\n";
    let site = site(&format!("{FUSE}{raw}")).file("content/news/a.md", &format!("+++\n+++\n{body}"));
    assert_eq!(fuse(&site)[1]["body"], "Một &amp; hai &lt; ba mục mã mục hai a b c d");
}

#[test]
fn pages_and_sections_stay_out_when_they_say_so() {
    let hidden = site(FUSE)
        .file("content/news/b.md", "+++\nin_search_index = false\n+++\n")
        .file("content/old/_index.md", "+++\nin_search_index = false\n+++\n")
        .file("content/old/c.md", "+++\n+++\n")
        .file("content/old/deep/_index.md", "+++\n+++\n")
        .file("content/old/deep/d.md", "+++\n+++\n");
    let index = fuse(&hidden);
    let wanted = ["/", "/news/a/", "/news/", "/old/deep/d/", "/old/deep/"].map(|path| format!("https://tin.example{path}"));
    let mut found = urls(&index);
    found.sort_unstable();
    let mut wanted = wanted.each_ref().map(String::as_str);
    wanted.sort_unstable();
    assert_eq!(found, wanted);
}

#[test]
fn a_home_page_may_stay_out_too() {
    let index = fuse(&site(FUSE).file("content/_index.md", "+++\nin_search_index = false\n+++\n"));
    assert_eq!(urls(&index), ["https://tin.example/news/a/", "https://tin.example/news/"]);
}

#[test]
fn every_page_is_found_once_orphans_too() {
    let site = site(FUSE)
        .file("content/news/sub/_index.md", "+++\ntransparent = true\n+++\n")
        .file("content/news/sub/b.md", "+++\n+++\n")
        .file("content/lost/c.md", "+++\n+++\n")
        .file("content/news/_index.md", "+++\npaginate_by = 1\n+++\n");
    let index = fuse(&site);
    for path in ["/news/a/", "/news/sub/b/", "/news/sub/", "/lost/c/", "/news/", "/"] {
        let url = format!("https://tin.example{path}");
        assert_eq!(urls(&index).iter().filter(|found| **found == url).count(), 1, "{path}");
    }
    assert_eq!(urls(&index).len(), 6);
}

#[test]
fn drafts_are_found_only_when_they_are_built() {
    let site = site(FUSE).file("content/news/b.md", "+++\ndraft = true\n+++\n");
    assert_eq!(urls(&fuse(&site)).len(), 3);
    let options = tinso::build::Options { config: "config.toml".into(), drafts: true, ..Default::default() };
    let built = Outcome(tinso::build::build(&site.snapshot(), &options)).clean();
    assert_eq!(urls(&index(&built, "search_index.vi.json")).len(), 4);
}

#[test]
fn each_language_has_its_own_index_with_its_own_settings() {
    let config = "[search]\ninclude_description = true\n[languages.en]\nbuild_search_index = true\n[languages.en.search]\nindex_format = \"fuse_json\"\n[languages.fr]\n";
    let built = site(config)
        .file("content/news/_index.en.md", "+++\ntitle = \"News\"\n+++\n")
        .file("content/news/a.en.md", "+++\ntitle = \"Subscribers\"\ndescription = \"Data\"\n+++\nBoth\n")
        .build();
    let vi = index(&built, "search_index.vi.js");
    let en = index(&built, "search_index.en.json");
    assert_eq!(urls(&vi).len(), 3);
    assert!(urls(&vi).iter().all(|url| !url.contains("/en/")));
    assert_eq!(urls(&en).len(), 3);
    assert!(urls(&en).iter().all(|url| url.starts_with("https://tin.example/en/")));
    assert_eq!(en[1]["description"], "Data");
    assert!(!built.has("search_index.fr.js") && !built.has("search_index.fr.json"));
    assert!(built.has("elasticlunr.min.js"));
}

#[test]
fn a_static_file_takes_the_place_of_the_shipped_library() {
    let built = site("").file("static/elasticlunr.min.js", "// mine").build().clean();
    assert_eq!(built.text("elasticlunr.min.js"), "// mine");
    assert!(built.has("search_index.vi.js"));
}

#[test]
fn an_index_says_nothing_of_pages_that_cannot_be_read() {
    let built = site(FUSE).file("content/news/b.md", "no front matter").build();
    assert_eq!(urls(&index(&built, "search_index.vi.json")).len(), 3);
}

#[test]
fn a_wrong_format_is_reported_at_its_place() {
    let built = site("[search]\nindex_format = \"lunr\"\n").build();
    assert_eq!(built.0.diagnostics.len(), 1, "{:#?}", built.findings());
    assert_eq!(built.0.diagnostics[0].severity, Severity::Error);
    assert!(built.findings()[0].starts_with("config.toml:5:16 "), "{:?}", built.findings());
}

#[test]
fn hidden_words_of_charts_are_not_found() {
    let built = Site::new().article("a", "2017-01-12", &revenue("2017", "5.0"), "{{ chart(indicator=\"revenue\") }}");
    let config = "base_url = \"https://tin.example\"\ndefault_language = \"vi\"\nbuild_search_index = true\n[search]\nindex_format = \"fuse_json\"\n[languages.en]\n[extra.tinso]\nareas = { VN = { vi = \"Cả nước\", en = \"Vietnam\" } }\n";
    let built = built.file("config.toml", config).build();
    let text = built.text("search_index.vi.json");
    assert!(!text.contains("viewBox") && !text.contains('<'), "{text}");
    assert!(text.contains("a vi"));
}

#[test]
fn indexes_are_the_same_bytes_whatever_the_threads() {
    let mut site = site("[languages.en]\nbuild_search_index = true\n");
    for number in 0..300 {
        site = site.file(&format!("content/news/n{number}.md"), &format!("+++\ntitle = \"Số {number}\"\n+++\nđường {number}\n"));
    }
    let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let one = pool(1).install(|| site.build().text("search_index.vi.js").to_owned());
    let many = pool(8).install(|| site.build().text("search_index.vi.js").to_owned());
    assert_eq!(one, many);
    let index = index(&site.build(), "search_index.vi.js");
    assert_eq!(docs(&index, "body", "duong").as_object().unwrap().len(), 300);
    assert_eq!(index["documentStore"]["docInfo"]["https://tin.example/news/n7/"], json!({ "title": 2, "body": 2 }));
}

#[test]
fn letters_beyond_the_basic_plane_are_pairs_as_in_javascript() {
    let built = site("").file("content/b.md", "+++\ntitle = \"𠮷\"\n+++\n").build().clean();
    assert!(
        built
            .text("search_index.vi.js")
            .contains(r#""\ud842":{"docs":{},"df":0,"\udfb7":{"docs":{"https://tin.example/b/":{"tf":1}},"df":1}}"#)
    );
}

#[test]
fn quotes_and_lines_in_titles_do_not_break_an_index() {
    let built = site("").file("content/b.md", "+++\ntitle = \"a \\\"b\\\" \\\\ \\n </script>\"\n+++\n").build().clean();
    let index = index(&built, "search_index.vi.js");
    assert_eq!(index["documentStore"]["docs"]["https://tin.example/b/"]["title"], "a \"b\" \\ \n </script>");
}
