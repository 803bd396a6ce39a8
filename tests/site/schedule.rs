//! Pages that come and go by themselves: `publish_at` and `expires_at`.

use std::sync::Arc;

use jiff::Timestamp;
use tinso::build::{Built, Options, build};
use tinso::diagnostic::Severity;
use tinso::source::{Host, Request};
use tinso::text::SitePath;

use crate::Site;

/// A clock that stands.
pub struct Clock(pub Timestamp);

impl Host for Clock {
    fn file(&self, _: &SitePath) -> Option<Arc<[u8]>> {
        None
    }

    fn last_output(&self, _: &SitePath) -> Option<Arc<[u8]>> {
        None
    }

    fn now(&self) -> Timestamp {
        self.0
    }

    fn fetch(&self, _: &Request) -> Result<Arc<[u8]>, String> {
        Err("none".to_owned())
    }
}

/// Builds a site for a moment.
pub fn built_at(site: &Site, moment: &str) -> Built {
    let options = Options { config: "config.toml".into(), ..Options::default() };
    build(&site.snapshot().within(Clock(moment.parse().unwrap())), &options)
}

fn page(extra: &str, text: &str) -> String {
    format!("+++\ntitle = \"Trang\"\ndate = 2026-11-20\n[taxonomies]\ntopics = [\"Viễn thông\"]\n[extra]\n{extra}\n+++\n{text}\n")
}

fn scheduled() -> Site {
    Site::new()
        .file("content/soon.md", &page("publish_at = 2026-11-30T08:00:00+07:00", "Sắp có."))
        .file("content/gone.md", &page("expires_at = \"2026-11-30T09:30:00+07:00\"", "Sắp hết."))
        .file("content/links.md", &page("", "Xem [trang mới](@/soon.md) và [trang cũ](@/gone.md)."))
}

fn all(built: &Built) -> String {
    built.outputs.values().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect()
}

#[test]
fn a_page_is_there_from_its_publish_at_to_its_expires_at_in_no_list_before_and_after() {
    let has = |built: &Built, name: &str| {
        let page = built.outputs.contains_key(&SitePath::new(&format!("{name}/index.html")));
        assert_eq!(page, all(built).contains(&format!("https://tin.example/{name}/")), "{name}");
        page
    };
    let site = scheduled();
    for (moment, soon, gone, next) in [
        ("2026-11-30T00:59:59Z", false, true, Some("2026-11-30T01:00:00Z")),
        ("2026-11-30T01:00:00Z", true, true, Some("2026-11-30T02:30:00Z")),
        ("2026-11-30T02:30:00Z", true, false, None),
    ] {
        let built = built_at(&site, moment);
        assert_eq!((has(&built, "soon"), has(&built, "gone")), (soon, gone), "{moment}");
        assert_eq!(built.stretch.until.map(|next| next.to_string()).as_deref(), next, "{moment}");
        assert!(!built.asked_now && !built.has_errors(), "{:?}", built.diagnostics);
    }
}

#[test]
fn a_link_to_a_page_that_is_not_shown_now_keeps_its_words_and_is_told_of_with_the_moment() {
    let built = built_at(&scheduled(), "2026-11-30T00:00:00Z");
    let text = String::from_utf8_lossy(&built.outputs[&SitePath::new("links/index.html")]).into_owned();
    assert!(text.contains("Xem trang mới và <a href="), "{text}");
    let [told] = &built.diagnostics[..] else { panic!("{:?}", built.diagnostics) };
    assert_eq!((told.code, told.severity), ("link-left-out", Severity::Warning));
    assert!(told.message.contains("`soon.md` is not published before 2026-11-30T08:00:00+07:00"), "{}", told.message);
    let built = built_at(&scheduled(), "2026-12-01T00:00:00Z");
    assert!(built.diagnostics[0].message.contains("`gone.md` has expired at 2026-11-30T09:30:00+07:00"));
}

#[test]
fn a_schedule_that_is_none_is_an_error_at_its_place() {
    for (extra, code, at) in [
        ("publish_at = 2026-11-30", "bad-date", "2026-11-30"),
        ("publish_at = 2026-11-30T08:00:00", "bad-date", "2026-11-30T08:00:00"),
        ("expires_at = \"tomorrow\"", "bad-date", "\"tomorrow\""),
        ("expires_at = 5", "bad-date", "5"),
        (
            "publish_at = 2026-11-30T08:00:00Z\nexpires_at = 2026-11-30T15:00:00+07:00",
            "bad-schedule",
            "2026-11-30T15:00:00+07:00",
        ),
    ] {
        let built = built_at(&Site::new().file("content/a.md", &page(extra, "")), "2026-11-30T00:00:00Z");
        let [found] = &built.diagnostics[..] else { panic!("{extra}: {:?}", built.diagnostics) };
        let tinso::diagnostic::Location::Place(place) = &found.location else { panic!("{extra}") };
        assert_eq!((found.code, place.text().as_str(), found.severity), (code, at, Severity::Error), "{extra}");
    }
}

#[test]
fn a_draft_that_is_scheduled_changes_nothing_and_a_site_for_zola_has_no_schedules() {
    let draft = page("publish_at = 2026-11-30T08:00:00+07:00", "").replace("title", "draft = true\ntitle");
    let built = built_at(&Site::new().file("content/a.md", &draft), "2026-11-29T00:00:00Z");
    assert_eq!(built.stretch.until, None);
    let foreign = "+++\n[extra]\npublish_at = \"some day\"\n+++\n";
    let built = built_at(&Site::bare("").file("content/a.md", foreign), "2026-11-29T00:00:00Z");
    assert!(built.outputs.contains_key(&SitePath::new("a/index.html")) && !built.has_errors(), "{:?}", built.diagnostics);
}
