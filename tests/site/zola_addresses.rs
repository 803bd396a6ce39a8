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
