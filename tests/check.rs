//! `tinso check`: links inside the site, and links to real servers on this machine.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::expect_used
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use tempfile::TempDir;
use tinso::build::{Built, Options, build};
use tinso::diagnostic::{Diagnostic, Location};
use tinso::links::check_inside;
use tinso::source::Snapshot;
use tinso::text::SitePath;

const CONFIG: &str = "base_url = \"https://tin.example\"\n";
const FRONT: &str = "+++\ntitle = \"A\"\n+++\n";

/// The files of a small site, of which a page `content/a.md` says something.
fn files(config: &str, body: &str) -> Vec<(&'static str, String)> {
    let page = "<html><body>{{ page.content | safe }}</body></html>";
    vec![
        ("config.toml", format!("{CONFIG}{config}")),
        ("templates/index.html", "home".to_owned()),
        ("templates/section.html", "section".to_owned()),
        ("templates/page.html", page.to_owned()),
        ("content/a.md", format!("{FRONT}{body}\n")),
    ]
}

fn built(files: &[(&str, String)]) -> Built {
    let files = files.iter().map(|(path, text)| (SitePath::new(path), Arc::from(text.as_bytes())));
    let built = build(&Snapshot::new(files), &Options { config: "config.toml".into(), ..Options::default() });
    assert!(!built.has_errors(), "{:#?}", said(&built.diagnostics));
    built
}

/// Each finding as `file:line:column code: message`.
fn said(found: &[Diagnostic]) -> Vec<String> {
    let place = |diagnostic: &Diagnostic| {
        let Location::Place(place) = &diagnostic.location else { panic!("no place: {}", diagnostic.message) };
        let (line, column) = place.line_column();
        format!("{}:{line}:{column}", place.source.path)
    };
    found.iter().map(|found| format!("{} {}: {}", place(found), found.code, found.message)).collect()
}

fn tinso(site: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tinso"));
    command.arg("--root").arg(site).args(args).env("XDG_CACHE_HOME", site.join("cache")).env("NO_PROXY", "*");
    command.output().unwrap()
}

fn on_disk(files: &[(&str, String)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

mod inside {
    use super::*;

    fn found(body: &str) -> Vec<String> {
        let mut files = files("", body);
        files.push(("content/b/_index.md", "+++\ntitle = \"B\"\n+++\n".to_owned()));
        files.push(("content/b/tin-tuc.md", format!("{FRONT}## Phần một\n\n## Other {{#phần-hai}}\n")));
        files.push(("content/c/index.md", format!("{FRONT}![](map.svg) [data](data.csv) [up](../a/) [gone](gone.csv)")));
        files.push(("content/c/map.svg", "<svg/>".to_owned()));
        files.push(("content/c/data.csv", "a,b".to_owned()));
        files.push(("static/img/logo.svg", "<svg/>".to_owned()));
        files.push(("static/files/báo cáo.csv", "x".to_owned()));
        let built = built(&files);
        let found = check_inside(&built.links, &built.outputs);
        assert!(found.iter().all(|found| found.help.is_some()));
        said(&found).into_iter().filter(|found| !found.contains("gone.csv")).collect()
    }

    #[test]
    fn paths_that_were_built_are_good() {
        for link in [
            "/",
            "/b/",
            "/b",
            "/b/tin-tuc/",
            "/b/tin-tuc/index.html",
            "/b/tin-tuc/?x=1",
            "/b/tin-tuc/#phan-mot",
            "/b/tin-tuc/#ph%E1%BA%A7n-hai",
            "/b/tin-tuc/#top",
            "/img/logo.svg",
            "/files/b%C3%A1o%20c%C3%A1o.csv",
            "../b/tin-tuc/",
            "https://tin.example",
            "https://tin.example/b/",
            "//tin.example/b/",
            "/sitemap.xml",
            "/robots.txt",
        ] {
            assert_eq!(found(&format!("[x]({link})")), Vec::<String>::new(), "{link}");
        }
    }

    #[test]
    fn what_does_not_lead_into_the_site_is_not_looked_up() {
        for link in
            ["mailto:a@b.vn", "tel:+84", "https://other.example/x/", "//other.example/x", "https://tin.example.org/x", "?q=1"]
        {
            assert_eq!(found(&format!("[x]({link})")), Vec::<String>::new(), "{link}");
        }
    }

    #[test]
    fn a_path_where_nothing_was_built_is_a_warning_with_its_place() {
        let table = [
            ("[x](/lost/)", "content/a.md:4:5 broken-path: nothing of the site is at `/lost/`"),
            ("*[x](/lost/#part)*", "content/a.md:4:6 broken-path: nothing of the site is at `/lost/`"),
            ("[x](https://tin.example/lost/)", "content/a.md:4:5 broken-path: nothing of the site is at `/lost/`"),
            ("[x](lost.pdf)", "content/a.md:4:5 broken-path: nothing of the site is at `/a/lost.pdf`"),
            ("[x](../lost/)", "content/a.md:4:5 broken-path: nothing of the site is at `/lost/`"),
            ("![x](/img/lost.svg)", "content/a.md:4:6 broken-image: no image of the site is at `/img/lost.svg`"),
            ("![x](lost.svg)", "content/a.md:4:6 broken-image: no image of the site is at `/a/lost.svg`"),
            ("[x][r]\n\n[r]: /lost/", "content/a.md:6:6 broken-path: nothing of the site is at `/lost/`"),
            ("[x](/img/logo.svg/)", "content/a.md:4:5 broken-path: nothing of the site is at `/img/logo.svg/`"),
        ];
        for (body, expected) in table {
            assert_eq!(found(body), [expected], "{body}");
        }
    }

    #[test]
    fn files_beside_a_page_are_found_and_missing_ones_are_not() {
        let mut files = files("", "");
        files.push(("content/c/index.md", format!("{FRONT}![](map.svg) [gone](gone.csv)")));
        files.push(("content/c/map.svg", "<svg/>".to_owned()));
        let built = built(&files);
        let found = said(&check_inside(&built.links, &built.outputs));
        assert_eq!(found, ["content/c/index.md:4:21 broken-path: nothing of the site is at `/c/gone.csv`"]);
    }

    #[test]
    fn a_place_that_a_page_does_not_have_is_a_warning() {
        let expected = "content/a.md:4:5 broken-anchor: nothing on the page `/b/tin-tuc/` has the id `phan-ba`";
        assert_eq!(found("[x](/b/tin-tuc/#phan-ba)"), [expected]);
    }

    #[test]
    fn two_links_to_one_lost_path_have_their_own_places() {
        let found = found("[x](/lost/) and [y](/lost/)");
        assert!(found[0].starts_with("content/a.md:4:5 ") && found[1].starts_with("content/a.md:4:21 "), "{found:?}");
    }

    #[test]
    fn a_misspelt_path_gets_the_one_meant() {
        let mut files = files("", "[x](/tin-tucc/)");
        files.push(("content/tin-tuc.md", FRONT.to_owned()));
        let built = built(&files);
        let found = check_inside(&built.links, &built.outputs);
        assert_eq!(found[0].help.as_deref(), Some("did you mean `/tin-tuc/`?"));
    }

    #[test]
    fn of_a_site_below_a_path_only_what_is_below_it_is_looked_up() {
        let mut files = files("", "[x](/portal/lost/) [y](/lost/) [z](/portal/a/) [w](https://tin.example/other/)");
        files[0].1 = "base_url = \"https://tin.example/portal\"\n".to_owned();
        let built = built(&files);
        let found = said(&check_inside(&built.links, &built.outputs));
        assert_eq!(found, ["content/a.md:4:5 broken-path: nothing of the site is at `/portal/lost/`"]);
    }

    #[test]
    fn for_a_misspelt_image_no_page_is_meant() {
        let mut files = files("", "![x](../img/loga.svg)");
        files.push(("static/img/logo.svg", "<svg/>".to_owned()));
        files.push(("content/img/_index.md", FRONT.to_owned()));
        let built = built(&files);
        let found = check_inside(&built.links, &built.outputs);
        assert_eq!(found[0].help.as_deref(), Some("did you mean `/img/logo.svg`?"));
    }

    #[test]
    fn the_program_warns_of_lost_paths_names_orphans_and_writes_nothing() {
        let mut files = files("", "[x](/lost/)");
        files.push(("content/alone/b.md", FRONT.to_owned()));
        let site = on_disk(&files);
        let checked = tinso(site.path(), &["check"]);
        let said = stderr(&checked);
        assert_eq!(checked.status.code(), Some(0), "{said}");
        assert!(said.contains("content/a.md:4:5") && said.contains("broken-path") && said.contains("1 warning"), "{said}");
        assert!(said.contains("1 orphan page,") && said.contains("content/alone/b.md"), "{said}");
        assert!(!site.path().join("public").exists() && !site.path().join("cache").exists());
    }

    #[test]
    fn an_option_of_zola_is_taken_and_explained() {
        let site = on_disk(&files("", "[x](http://127.0.0.1:9/)"));
        let checked = tinso(site.path(), &["check", "--skip-external-links", "--drafts"]);
        assert_eq!(checked.status.code(), Some(0));
        assert!(stderr(&checked).contains("--skip-external-links changes nothing"), "{}", stderr(&checked));
        assert_eq!(tinso(site.path(), &["check", "--skip-external-links", "--external"]).status.code(), Some(2));
    }
}

#[cfg(not(feature = "network"))]
#[test]
fn without_network_asking_other_sites_is_refused_by_the_name_of_the_feature() {
    let site = on_disk(&files("", "[x](http://127.0.0.1:9/)"));
    let refused = tinso(site.path(), &["check", "--external"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("`network`"), "{}", stderr(&refused));
}

#[cfg(feature = "network")]
mod outside {
    use std::collections::BTreeMap;
    use std::io::{BufRead, BufReader, Write};
    use std::net::{TcpListener, TcpStream};
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;
    use std::time::{Duration, Instant};

    use tinso::diagnostic::Severity;
    use tinso::links::{Memory, Pace, Report, Status, check_outside};
    use tinso::source::Request;

    use super::*;

    /// What a server saw.
    #[derive(Default)]
    struct Seen {
        /// Each request: its first line and its headers, in the order of their coming.
        requests: Mutex<Vec<String>>,
        /// When each came and when it was answered.
        times: Mutex<Vec<(Instant, Instant)>>,
        at_once: AtomicUsize,
        most_at_once: AtomicUsize,
    }

    /// A server on this machine.
    struct Web {
        port: u16,
        seen: Arc<Seen>,
    }

    impl Web {
        /// Answers each path; told how often it was asked for before.
        fn new(answer: impl Fn(&str, usize) -> String + Send + Sync + 'static) -> Self {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let port = listener.local_addr().unwrap().port();
            let seen = Arc::new(Seen::default());
            let (answer, all) = (Arc::new(answer), Arc::clone(&seen));
            thread::spawn(move || {
                for stream in listener.incoming().map_while(Result::ok) {
                    let (answer, seen) = (Arc::clone(&answer), Arc::clone(&all));
                    thread::spawn(move || one(stream, &*answer, &seen));
                }
            });
            Self { port, seen }
        }

        fn url(&self, path: &str) -> String {
            format!("http://127.0.0.1:{}{path}", self.port)
        }

        /// The paths asked for.
        fn asked(&self) -> Vec<String> {
            let requests = self.seen.requests.lock().unwrap();
            requests.iter().map(|request| request.split(' ').nth(1).unwrap().to_owned()).collect()
        }
    }

    fn one(mut stream: TcpStream, answer: &dyn Fn(&str, usize) -> String, seen: &Seen) {
        let mut request = String::new();
        let mut lines = BufReader::new(stream.try_clone().unwrap());
        while lines.read_line(&mut request).is_ok_and(|length| length > 2) {}
        let start = Instant::now();
        let Some(path) = request.split(' ').nth(1).map(str::to_owned) else { return };
        seen.most_at_once.fetch_max(seen.at_once.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        let before = {
            let mut requests = seen.requests.lock().unwrap();
            requests.push(request);
            requests.iter().filter(|request| request.split(' ').nth(1) == Some(&path)).count() - 1
        };
        let answer = answer(&path, before);
        seen.times.lock().unwrap().push((start, Instant::now()));
        seen.at_once.fetch_sub(1, Ordering::SeqCst);
        let _ = stream.write_all(answer.as_bytes());
    }

    fn reply(status: &str, headers: &str, body: &str) -> String {
        format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n{headers}\r\n{body}", body.len())
    }

    fn html(body: &str) -> String {
        reply("200 OK", "Content-Type: text/html; charset=utf-8\r\n", body)
    }

    /// Fast enough for a test.
    fn pace() -> Pace {
        let ms = Duration::from_millis;
        Pace { pause: ms(1), waits: vec![ms(5), ms(10)], longest_wait: ms(1500), timeout: ms(2000), hosts_at_once: 8 }
    }

    fn check(config: &str, body: &str) -> Report {
        check_files(&files(config, body), &pace())
    }

    fn check_files(files: &[(&str, String)], pace: &Pace) -> Report {
        let mut report = check_outside(&built(files).links, &mut Memory::none(), pace, &|_| {});
        report.findings.sort_by_key(|found| match &found.location {
            Location::Place(place) => (place.source.path.clone(), place.span),
            other => panic!("{other:?}"),
        });
        report
    }

    fn found(config: &str, body: &str) -> Vec<String> {
        let report = check(config, body);
        assert!(report.findings.iter().all(|found| found.help.is_some()));
        said(&report.findings)
    }

    #[test]
    fn good_answers_are_good() {
        let web = Web::new(|path, _| match path {
            "/no-content" => reply("204 No Content", "", ""),
            "/pdf" => reply("200 OK", "Content-Type: application/pdf\r\n", "%PDF"),
            _ => html("<p>x</p>"),
        });
        let link = |path| format!("[x]({}) ", web.url(path));
        let body: String = ["/", "/no-content", "/pdf", "/a?b=c&d=e", "/tin-tức", "/pdf#page=2"].map(link).concat();
        assert_eq!(found("", &body), Vec::<String>::new());
        let mut asked = web.asked();
        asked.sort();
        assert_eq!(asked, ["/", "/a?b=c&d=e", "/no-content", "/pdf", "/tin-t%E1%BB%A9c"]);
    }

    #[test]
    fn bad_answers_are_errors_with_status_place_and_advice() {
        let web = Web::new(|path, _| reply(path.trim_start_matches('/').replace('-', " ").as_str(), "", ""));
        for (path, status, advice) in [
            ("/404-Not-Found", "404 Not Found", "take the link out"),
            ("/410-Gone", "410 Gone", "take the link out"),
            ("/403-Forbidden", "403 Forbidden", "skip_prefixes"),
            ("/401-Unauthorized", "401 Unauthorized", "skip_prefixes"),
            ("/400-Bad-Request", "400 Bad Request", "correct the address"),
            ("/501-Not-Implemented", "501 Not Implemented", "later"),
        ] {
            let url = web.url(path);
            let report = check("", &format!("See [x]({url})."));
            let expected = format!("content/a.md:4:9 broken-external-link: {url}: the server answers {status}");
            assert_eq!(said(&report.findings), [expected]);
            assert!(report.findings[0].help.as_ref().unwrap().contains(advice), "{:?}", report.findings[0].help);
            assert_eq!(report.findings[0].severity, Severity::Error);
            assert_eq!(web.asked().iter().filter(|asked| *asked == path).count(), 1, "{path} was asked again");
        }
    }

    #[test]
    fn a_server_that_fails_is_asked_again() {
        let web = Web::new(|_, before| if before < 2 { reply("500 Internal Server Error", "", "") } else { html("x") });
        assert_eq!(found("", &format!("<{}>", web.url("/"))), Vec::<String>::new());
        assert_eq!(web.asked().len(), 3);
    }

    #[test]
    fn a_server_that_always_fails_is_asked_three_times() {
        let web = Web::new(|_, _| reply("502 Bad Gateway", "", ""));
        let found = found("", &format!("<{}>", web.url("/")));
        assert!(found[0].ends_with("the server answers 502 Bad Gateway"), "{found:?}");
        assert_eq!(web.asked().len(), 3);
    }

    #[test]
    fn a_server_that_asks_for_a_while_gets_it() {
        let web = Web::new(|_, before| match before {
            0 => reply("503 Service Unavailable", "Retry-After: 1\r\n", ""),
            _ => html("x"),
        });
        assert_eq!(found("", &format!("<{}>", web.url("/"))), Vec::<String>::new());
        let times = web.seen.times.lock().unwrap();
        assert!(times[1].0 - times[0].1 >= Duration::from_millis(1000));
    }

    #[test]
    fn a_server_that_wants_to_be_left_alone_is_a_warning() {
        let web = Web::new(|_, _| reply("429 Too Many Requests", "Retry-After: 3600\r\n", ""));
        let report = check("", &format!("<{}>", web.url("/")));
        assert_eq!((report.findings[0].code, report.findings[0].severity), ("external-link-not-checked", Severity::Warning));
        assert_eq!(web.asked().len(), 1);
    }

    #[test]
    fn a_connection_refused_is_said_in_words_and_the_host_is_not_tried_again() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let closed = listener.local_addr().unwrap().port();
        drop(listener);
        let found = found("", &format!("[x](http://127.0.0.1:{closed}/a) [y](http://127.0.0.1:{closed}/b)"));
        assert_eq!(found.len(), 2);
        assert!(found.iter().all(|found| found.ends_with("127.0.0.1 refuses connections")), "{found:?}");
    }

    #[test]
    fn when_nobody_is_reached_the_fault_is_here() {
        let closed = || TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let link = |_| format!("[x](http://127.0.0.1:{}/) ", closed());
        let report = check("", &(0..3).map(link).collect::<String>());
        assert_eq!(report.findings.len(), 1);
        assert_eq!(report.findings[0].message, "none of the 3 hosts that the site links to is reached");
    }

    #[test]
    fn names_of_no_machine_are_said_in_words() {
        let found = found("", "[x](http://no-such-name.invalid/) [y](https://báo.vn/)");
        assert!(found[0].ends_with("no machine of the name no-such-name.invalid is known"), "{found:?}");
        assert!(found[1].contains("xn--"), "{found:?}");
    }

    #[test]
    fn a_server_that_does_not_answer_in_time_is_said_in_words() {
        let web = Web::new(|_, _| {
            thread::sleep(Duration::from_secs(2));
            html("late")
        });
        let pace = Pace { timeout: Duration::from_millis(200), waits: Vec::new(), ..pace() };
        let report = check_files(&files("", &format!("<{}>", web.url("/"))), &pace);
        assert!(said(&report.findings)[0].ends_with("127.0.0.1 did not answer in time"), "{:?}", said(&report.findings));
    }

    #[test]
    fn an_answer_that_is_no_http_or_breaks_off_is_an_error() {
        let web = Web::new(|path, _| if path == "/" { "rubbish\r\n\r\n".to_owned() } else { String::new() });
        assert_eq!(found("", &format!("[x]({}) [y]({})", web.url("/"), web.url("/empty"))).len(), 2);
    }

    #[test]
    fn redirects_are_followed_to_their_end() {
        let other = Web::new(|path, _| if path == "/there" { html("<p id=x>") } else { reply("404 Not Found", "", "") });
        let there = other.url("/there");
        let web = Web::new(move |path, _| match path {
            "/abs" => reply("301 Moved Permanently", &format!("Location: {there}\r\n"), ""),
            "/rel/a" => reply("302 Found", "Location: b\r\n", ""),
            "/rel/b" => reply("308 Permanent Redirect", "Location: /end?x=1\r\n", ""),
            "/end?x=1" => html("<p id=x>"),
            "/lost" => reply("307 Temporary Redirect", "Location: /nothing\r\n", ""),
            "/loop" => reply("302 Found", "Location: /loop\r\n", ""),
            _ => reply("404 Not Found", "", ""),
        });
        assert_eq!(found("", &format!("[x]({}#x) [y]({}#x)", web.url("/abs"), web.url("/rel/a"))), Vec::<String>::new());
        let found = found("", &format!("[x]({}) [y]({})", web.url("/lost"), web.url("/loop")));
        assert!(found[0].ends_with("404 Not Found") && found[1].ends_with("it redirects again and again"), "{found:?}");
        assert_eq!(web.asked().iter().filter(|path| *path == "/loop").count(), 11);
    }

    #[test]
    fn places_on_pages_are_looked_for() {
        let web = Web::new(|_, _| html("<h2 id=\"one\">1</h2><a name=two></a><h2 id=\"ba-t%C3%A2m\"></h2>"));
        let url = web.url("/p");
        for good in ["#one", "#two", "", "#", "#top", "#/route", "#!x", "#:~:text=1", "#one:~:text=1"] {
            assert_eq!(found("", &format!("[x]({url}{good})")), Vec::<String>::new(), "{good}");
        }
        let found = found("", &format!("[x]({url}#three)"));
        assert_eq!(found, [format!("content/a.md:4:5 broken-external-anchor: {url}: nothing on this page has the id `three`")]);
    }

    #[test]
    fn one_page_is_asked_for_once_whatever_places_are_linked_to() {
        let web = Web::new(|_, _| html("<h2 id=\"one\">"));
        let url = web.url("/p");
        let found = found("", &format!("[a]({url}) [b]({url}#one) [c]({url}#two) [d]({url}#three) [e]({url}#two)"));
        assert_eq!(web.asked().len(), 1);
        assert_eq!(found.len(), 2, "{found:?}");
    }

    #[test]
    fn a_very_long_page_and_one_that_is_not_html_are_not_searched() {
        let web = Web::new(|path, _| match path {
            "/long" => html(&"x".repeat(6 * 1024 * 1024)),
            _ => reply("200 OK", "Content-Type: text/plain\r\n", "text"),
        });
        assert_eq!(found("", &format!("[a]({}#x) [b]({}#x)", web.url("/long"), web.url("/text"))), Vec::<String>::new());
    }

    #[test]
    fn a_link_in_several_files_is_asked_for_once_and_is_one_finding() {
        let web = Web::new(|_, _| reply("404 Not Found", "", ""));
        let url = web.url("/x");
        let mut files = files("", &format!("[a]({url}) [b]({url})"));
        files.push(("content/b.md", format!("{FRONT}\n[c]({url}#part)\n")));
        let report = check_files(&files, &pace());
        assert_eq!(web.asked().len(), 1);
        assert_eq!(report.findings.len(), 1);
        let related = report.findings[0].related.iter().map(|(place, _)| (place.source.path.as_str(), place.line_column()));
        let second = 5 + url.len() + 6;
        assert_eq!(related.collect::<Vec<_>>(), [("content/a.md", (4, second)), ("content/b.md", (5, 5))]);
        assert!(said(&report.findings)[0].starts_with("content/a.md:4:5 "));
    }

    #[test]
    fn each_host_is_asked_one_question_at_a_time_with_a_pause_and_hosts_side_by_side() {
        let web = || {
            Web::new(|path, _| {
                thread::sleep(Duration::from_millis(60));
                if path == "/3" { reply("302 Found", "Location: /there\r\n", "") } else { html("x") }
            })
        };
        let webs = [web(), web(), web()];
        let links = webs.iter().flat_map(|web| (0..5).map(|number| format!("[x]({}) ", web.url(&format!("/{number}")))));
        let pause = Duration::from_millis(40);
        let report = check_files(&files("", &links.collect::<String>()), &Pace { pause, ..pace() });
        assert_eq!((report.findings.len(), report.asked), (0, 15));
        for web in &webs {
            assert_eq!(web.seen.most_at_once.load(Ordering::SeqCst), 1);
            let times = web.seen.times.lock().unwrap();
            assert_eq!(times.len(), 6);
            assert!(times.windows(2).all(|pair| pair[1].0 - pair[0].1 >= pause), "{times:?}");
        }
        let times = webs.each_ref().map(|web| web.seen.times.lock().unwrap().clone());
        let together = times[0].iter().any(|one| times[1].iter().any(|other| one.0 < other.1 && other.0 < one.1));
        assert!(together, "one host waited for another: {times:?}");
    }

    #[test]
    fn redirects_to_a_host_wait_for_their_turn_there() {
        let busy = Web::new(|_, _| {
            thread::sleep(Duration::from_millis(50));
            html("x")
        });
        let there = busy.url("/from-elsewhere");
        let web = Web::new(move |_, _| reply("302 Found", &format!("Location: {there}\r\n"), ""));
        let own = (0..4).map(|number| format!("[x]({}) ", busy.url(&format!("/{number}"))));
        let foreign = (0..4).map(|number| format!("[x]({}) ", web.url(&format!("/{number}"))));
        assert_eq!(found("", &own.chain(foreign).collect::<String>()), Vec::<String>::new());
        assert_eq!((busy.asked().len(), busy.seen.most_at_once.load(Ordering::SeqCst)), (8, 1));
    }

    #[test]
    fn servers_are_told_who_asks_and_for_what() {
        let web = Web::new(|_, _| html("x"));
        let _ = found("", &format!("<{}>", web.url("/#x")));
        let requests = web.seen.requests.lock().unwrap();
        let request = requests[0].to_lowercase();
        assert!(request.starts_with("get / http/1.1"), "{request}");
        assert!(request.contains("tinso/") && request.contains("accept: text/html") && request.contains("*/*"), "{request}");
    }

    #[test]
    fn what_the_config_skips_is_not_asked_for() {
        let web = Web::new(|_, _| reply("404 Not Found", "", ""));
        let url = web.url("/skipped/x");
        let config = format!("[link_checker]\nskip_prefixes = [\"{}\"]\n", web.url("/skip"));
        assert_eq!(found(&config, &format!("<{url}>")), Vec::<String>::new());
        assert!(web.asked().is_empty());
        assert_eq!(found(&config, &format!("<{}>", web.url("/x"))).len(), 1);
    }

    #[test]
    fn places_that_the_config_skips_are_not_looked_for_but_their_pages_are() {
        let web = Web::new(|path, _| if path == "/p" { html("") } else { reply("404 Not Found", "", "") });
        let config = format!("[link_checker]\nskip_anchor_prefixes = [\"{}\"]\n", web.url("/"));
        assert_eq!(found(&config, &format!("<{}#x>", web.url("/p"))), Vec::<String>::new());
        assert_eq!(found(&config, &format!("<{}#x>", web.url("/lost"))).len(), 1);
    }

    #[test]
    fn links_of_ignored_files_are_not_asked_for() {
        let web = Web::new(|_, _| reply("404 Not Found", "", ""));
        let mut files = files("[link_checker]\nignored_files = [\"old/*\"]\n", "");
        files.push(("content/old/b.md", format!("{FRONT}<{}>\n", web.url("/old"))));
        files.push(("content/c.md", format!("{FRONT}<{}>\n", web.url("/new"))));
        let report = check_files(&files, &pace());
        assert_eq!(web.asked(), ["/new"]);
        assert_eq!(report.findings.len(), 1);
    }

    #[test]
    fn the_config_says_whether_a_broken_link_is_an_error() {
        let web = Web::new(|_, _| reply("404 Not Found", "", ""));
        let report = check("[link_checker]\nexternal_level = \"warn\"\n", &format!("<{}>", web.url("/")));
        assert_eq!(report.findings[0].severity, Severity::Warning);
    }

    #[test]
    fn images_of_other_sites_are_asked_for_and_the_site_itself_is_not() {
        let web = Web::new(|_, _| reply("404 Not Found", "", ""));
        let found = found("", &format!("![x]({}) [y](https://tin.example/a/) [z](//tin.example/)", web.url("/x.png")));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("content/a.md:4:6 "), "{found:?}");
    }

    #[test]
    fn progress_counts_to_the_end() {
        let web = Web::new(|_, _| html("x"));
        let built = built(&files("", &format!("<{}> <{}>", web.url("/1"), web.url("/2"))));
        let told = Mutex::new(Vec::new());
        check_outside(&built.links, &mut Memory::none(), &pace(), &|status| told.lock().unwrap().push(status));
        let status = |done| Status { done, all: 2, hosts: 1 };
        assert_eq!(*told.lock().unwrap(), [status(0), status(1), status(2)]);
    }

    #[test]
    fn good_links_are_kept_for_a_day_and_broken_ones_never() {
        let web = Web::new(|path, _| if path == "/good" { html("<p id=x>") } else { reply("404 Not Found", "", "") });
        let good = web.url("/good");
        let built = built(&files("", &format!("[a]({good}) [b]({good}#x) [c]({good}#lost) [d]({})", web.url("/bad"))));
        let folder = TempDir::new().unwrap();
        let file = folder.path().join("deep/links.json");
        let mut memory = Memory::at(&file);
        let report = check_outside(&built.links, &mut memory, &pace(), &|_| {});
        assert_eq!((report.asked, report.remembered, report.findings.len()), (2, 0, 2));
        memory.save().unwrap();
        let kept: BTreeMap<String, u64> = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        assert_eq!(kept.keys().collect::<Vec<_>>(), [&good, &format!("{good}#x")]);

        // The page is asked for again only for the place that is not known to be there.
        let report = check_outside(&built.links, &mut Memory::at(&file), &pace(), &|_| {});
        assert_eq!((report.asked, report.findings.len()), (2, 2));
        let mended = super::built(&files("", &format!("[a]({good}) [b]({good}#x)")));
        let report = check_outside(&mended.links, &mut Memory::at(&file), &pace(), &|_| {});
        assert_eq!((report.asked, report.remembered), (0, 1));

        let old: BTreeMap<String, u64> = kept.into_iter().map(|(link, when)| (link, when - 24 * 60 * 60 - 1)).collect();
        fs::write(&file, serde_json::to_string(&old).unwrap()).unwrap();
        assert_eq!(check_outside(&mended.links, &mut Memory::at(&file), &pace(), &|_| {}).asked, 1);
        fs::write(&file, "rubbish").unwrap();
        assert_eq!(check_outside(&mended.links, &mut Memory::at(&file), &pace(), &|_| {}).asked, 1);
    }

    #[test]
    fn the_program_asks_once_a_day_and_says_what_it_did() {
        let web = Web::new(|path, _| if path == "/good" { html("x") } else { reply("404 Not Found", "", "") });
        let site = on_disk(&files("", &format!("[x]({}) [y]({})", web.url("/good"), web.url("/bad"))));
        let run = |args: &[&str]| {
            let checked = tinso(site.path(), &[&["check", "--external"], args].concat());
            (checked.status.code(), stderr(&checked))
        };
        let (code, said) = run(&[]);
        assert_eq!(code, Some(1), "{said}");
        for part in [
            "error[broken-external-link]",
            "404 Not Found",
            "content/a.md:4:",
            "help: ",
            "Asked other sites for 2 links",
            "1 error",
        ] {
            assert!(said.contains(part), "{part} is missing in\n{said}");
        }
        let (code, said) = run(&[]);
        assert_eq!(code, Some(1));
        assert!(said.contains("for 1 link; 1 more"), "{said}");
        let (_, said) = run(&["--no-cache"]);
        assert!(said.contains("for 2 links\n"), "{said}");
        assert_eq!(web.asked().len(), 5);
        let config = site.path().join("config.toml");
        fs::write(&config, format!("{CONFIG}[link_checker]\nexternal_level = \"warn\"\n")).unwrap();
        let (code, said) = run(&[]);
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains("1 warning"), "{said}");
    }

    #[test]
    fn without_being_told_to_the_program_asks_nobody() {
        let web = Web::new(|_, _| reply("404 Not Found", "", ""));
        let site = on_disk(&files("", &format!("<{}>", web.url("/"))));
        assert_eq!(tinso(site.path(), &["check"]).status.code(), Some(0));
        assert_eq!(tinso(site.path(), &["build"]).status.code(), Some(0));
        assert!(web.asked().is_empty());
    }

    /// What a template of a site on disk gets from an address.
    fn fetched(url: &str, body: Option<(&str, &str)>, headers: &[(&str, &str)]) -> Result<String, String> {
        let site = on_disk(&files("", ""));
        let snapshot = tinso::source::read_site(site.path(), "config.toml", &tinso::diagnostic::Sink::new());
        let owned = |(a, b): &(&str, &str)| ((*a).to_owned(), (*b).to_owned());
        let request =
            Request { url: url.to_owned(), body: body.as_ref().map(owned), headers: headers.iter().map(owned).collect() };
        snapshot.fetch(&request).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }

    #[test]
    fn a_machine_that_a_template_asks_cannot_send_it_to_another() {
        let other = Web::new(|_, _| reply("200 OK", "", "inside"));
        for to in [other.url("/"), other.url("/").replace("http:", "")] {
            let web = Web::new(move |_, _| reply("302 Found", &format!("Location: {to}\r\n"), ""));
            assert!(fetched(&web.url("/"), None, &[]).unwrap_err().contains("the server sends on to"));
        }
        assert!(other.asked().is_empty());
    }

    #[test]
    fn templates_get_what_an_address_answers() {
        let web = Web::new(|path, _| match path {
            "/moved" => reply("302 Found", "Location: /rates.csv\r\n", ""),
            "/rates.csv" => reply("200 OK", "Content-Type: text/csv\r\n", "a,b\n1,2\n"),
            "/loop" => reply("302 Found", "Location: /loop\r\n", ""),
            _ => reply("404 Not Found", "", "no"),
        });
        assert_eq!(fetched(&web.url("/rates.csv"), None, &[]).unwrap(), "a,b\n1,2\n");
        assert_eq!(fetched(&web.url("/moved"), None, &[]).unwrap(), "a,b\n1,2\n");
        assert_eq!(fetched(&web.url("/lost"), None, &[]).unwrap_err(), "the server answers 404 Not Found");
        assert!(fetched(&web.url("/loop"), None, &[]).unwrap_err().contains("302 Found"));
        assert!(fetched("rates.csv", None, &[]).is_err());
        assert!(fetched("ftp://127.0.0.1/x", None, &[]).is_err());
    }

    #[test]
    fn templates_can_send_a_body_and_headers() {
        let web = Web::new(|_, _| reply("200 OK", "", "{}"));
        let got = fetched(&web.url("/api"), Some(("{\"q\":1}", "application/json")), &[("X-Key", "abc")]);
        assert_eq!(got.unwrap(), "{}");
        let request = web.seen.requests.lock().unwrap()[0].to_lowercase();
        for part in ["post /api ", "content-type: application/json", "content-length: 7", "x-key: abc"] {
            assert!(request.contains(part), "{part} is missing in\n{request}");
        }
        assert!(fetched(&web.url("/"), None, &[("bad header", "x")]).is_err());
    }

    #[test]
    fn an_answer_that_is_too_large_is_refused() {
        let web = Web::new(|_, _| "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".to_owned() + &"x".repeat(50 * 1024 * 1024 + 1));
        assert_eq!(fetched(&web.url("/"), None, &[]).unwrap_err(), "the answer is larger than 50 MB");
    }

    /// A server with a certificate for `localhost`, and that certificate.
    fn safe_web() -> (u16, String) {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let key = rustls::pki_types::PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
        let config = rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .unwrap();
        let config = Arc::new(config);
        // `localhost` may mean either protocol.
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let connection = rustls::ServerConnection::new(Arc::clone(&config)).unwrap();
                let mut stream = BufReader::new(rustls::StreamOwned::new(connection, stream));
                let mut request = String::new();
                while stream.read_line(&mut request).is_ok_and(|length| length > 2) {}
                let _ = stream.get_mut().write_all(html("<p id=x>").as_bytes());
                stream.get_mut().conn.send_close_notify();
                let _ = stream.get_mut().flush();
            }
        });
        (port, made.cert.pem())
    }

    #[test]
    fn certificates_that_the_system_trusts_are_trusted_and_no_others() {
        let (port, certificate) = safe_web();
        let site = on_disk(&files("", &format!("<https://localhost:{port}/#x>")));
        let (trusted, empty) = (site.path().join("trusted.pem"), site.path().join("empty.pem"));
        fs::write(&trusted, certificate).unwrap();
        fs::write(&empty, "").unwrap();
        let (_, foreign) = safe_web();
        let other = site.path().join("other.pem");
        fs::write(&other, foreign).unwrap();
        let run = |certificates: &Path| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_tinso"));
            command.arg("--root").arg(site.path()).args(["check", "--external", "--no-cache"]).env("NO_PROXY", "*");
            let checked = command.env("SSL_CERT_FILE", certificates).env_remove("SSL_CERT_DIR").output().unwrap();
            (checked.status.code(), stderr(&checked))
        };
        let (code, said) = run(&trusted);
        assert_eq!(code, Some(0), "{said}");
        let (code, said) = run(&other);
        assert!(code == Some(1) && said.contains("no safe connection with localhost"), "{said}");
        let (code, said) = run(&empty);
        assert!(code == Some(1) && said.contains("ca-certificates"), "{said}");
    }
}
