//! The portals that `benches/peers` measures: tinso builds its own without a finding, and the others have the same pages.

#[path = "../../benches/peers/portal/mod.rs"]
#[allow(dead_code, reason = "the benchmark uses more of it")]
mod portal;

use std::collections::BTreeSet;

use portal::Dialect;

use crate::Site;

const ARTICLES: usize = 3;

fn pages(dialect: Dialect) -> BTreeSet<String> {
    portal::files(dialect, ARTICLES).map(|(path, _)| path).filter(|path| path.ends_with(".md")).collect()
}

#[test]
fn tinso_builds_the_measured_portal_without_a_finding() {
    let site = portal::files(Dialect::Tera2, ARTICLES).fold(Site::empty(), |site, (path, text)| site.file(&path, &text));
    let built = site.build().clean();
    assert_eq!((built.0.stats.pages, built.0.stats.sections), (ARTICLES * 2, 22));
    let page = built.text("en/2016/bai-000000/index.html");
    assert!(page.contains("href=\"https://tin.example.vn/en/atom.xml\"") && page.contains("<tr id=\"companies\">"), "{page}");
}

#[test]
fn every_program_gets_the_same_pages() {
    assert_eq!(pages(Dialect::Tera2).len(), ARTICLES * 2 + 22);
    assert_eq!(pages(Dialect::Hugo), pages(Dialect::Tera2));
    assert_eq!(pages(Dialect::Tera1), pages(Dialect::Tera2));
}
