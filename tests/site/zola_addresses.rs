//! Addresses that templates ask for by path.

use crate::Site;

const CONFIG: &str = "default_language = \"vi\"\ngenerate_feeds = true\n[languages.en]\n";

/// What `get_url` with these arguments shows on a page of a bilingual site.
fn address(arguments: &str) -> String {
    Site::bare(CONFIG)
        .file("templates/page.html", &format!("{{{{ get_url({arguments}) }}}}"))
        .file("content/a.md", "+++\ntitle = \"A\"\n+++\n")
        .build()
        .clean()
        .text("a/index.html")
        .to_owned()
}

#[test]
fn an_address_ends_in_a_slash_only_when_asked_for() {
    assert_eq!(address("path='/about/'"), "https://tin.example/about");
    assert_eq!(address("path='about/', lang='en'"), "https://tin.example/en/about");
    assert_eq!(address("path='/about/', trailing_slash=true"), "https://tin.example/about/");
    assert_eq!(address("path='/about', trailing_slash=true"), "https://tin.example/about/");
    assert_eq!(address("path='@/a.md'"), "https://tin.example/a/");
}

#[test]
fn the_address_of_a_home_page_is_the_empty_path() {
    assert_eq!(address("path=''"), "https://tin.example");
    assert_eq!(address("path='/'"), "https://tin.example");
    assert_eq!(address("path='', trailing_slash=true"), "https://tin.example/");
    assert_eq!(address("path='/', trailing_slash=true"), "https://tin.example/");
    assert_eq!(address("path='', lang='en'"), "https://tin.example/en");
    assert_eq!(address("path='', lang='en', trailing_slash=true"), "https://tin.example/en/");
    assert_eq!(address("path='', lang='vi', trailing_slash=true"), "https://tin.example/");
}

#[test]
fn a_path_that_starts_with_the_language_is_not_prefixed_twice() {
    assert_eq!(address("path='/en/a/photo.png', lang='en'"), "https://tin.example/en/a/photo.png");
    assert_eq!(address("path='/en', lang='en', trailing_slash=true"), "https://tin.example/en/");
    assert_eq!(address("path='/energy/', lang='en'"), "https://tin.example/en/energy");
    assert_eq!(address("path='/vi/a.png', lang='vi'"), "https://tin.example/vi/a.png");
}

#[test]
fn feeds_and_anchors_get_no_slash() {
    assert_eq!(address("path='atom.xml', trailing_slash=true"), "https://tin.example/atom.xml");
    assert_eq!(address("path='atom.xml', lang='en', trailing_slash=true"), "https://tin.example/en/atom.xml");
    assert_eq!(address("path='/about/#team', trailing_slash=true"), "https://tin.example/about/#team");
}

#[test]
fn templates_see_the_base_url_as_it_is_written() {
    let shown = |base: &str| {
        let built = Site::empty()
            .file("config.toml", &format!("base_url = \"{base}\"\n"))
            .file("templates/index.html", "{{ config.base_url }} {{ section.permalink }} {{ get_url(path='a.css') }}")
            .build()
            .clean();
        assert!(built.text("robots.txt").contains("https://tin.example/x/sitemap.xml"));
        built.text("index.html").to_owned()
    };
    assert_eq!(shown("https://tin.example/x/"), "https://tin.example/x/ https://tin.example/x/ https://tin.example/x/a.css");
    assert_eq!(shown("https://tin.example/x"), "https://tin.example/x https://tin.example/x/ https://tin.example/x/a.css");
}

#[test]
fn a_section_leads_to_the_address_of_a_folder_with_its_slash() {
    let leads = |to: &str| {
        let site = Site::bare("").file("content/s/_index.md", &format!("+++\nredirect_to = \"{to}\"\n+++\n"));
        let page = site.build().clean().text("s/index.html").to_owned();
        let (_, rest) = page.split_once("url=").unwrap();
        rest.split_once('"').unwrap().0.to_owned()
    };
    assert_eq!(leads("chapter1"), "https://tin.example/chapter1/");
    assert_eq!(leads("/chapter1/"), "https://tin.example/chapter1/");
    assert_eq!(leads("chapter1/#part"), "https://tin.example/chapter1/#part");
    assert_eq!(leads("data/all.json"), "https://tin.example/data/all.json");
    assert_eq!(leads("https://other.example/a"), "https://other.example/a");
}
