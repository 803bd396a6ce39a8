//! The development server over real sockets.

#![cfg(feature = "serve")]
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::expect_used
)]

#[path = "serve/edits.rs"]
mod edits;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// A site made by `init` under `tinso serve`.
struct Server {
    folder: TempDir,
    site: PathBuf,
    port: u16,
    process: Child,
}

impl Server {
    fn start(prepare: impl FnOnce(&Path)) -> Self {
        Self::with(prepare, &[])
    }

    /// Options may name files beside the site's folder as `{folder}/…`.
    fn with(prepare: impl FnOnce(&Path), options: &[&str]) -> Self {
        let folder = TempDir::new().unwrap();
        let site = folder.path().join("site");
        let made = Command::new(env!("CARGO_BIN_EXE_tinso")).arg("init").arg(&site).output().unwrap();
        assert!(made.status.success());
        prepare(&site);
        Self::in_folder(folder, options)
    }

    /// Ends it and starts another, perhaps at another port; gives the port before.
    fn restart(&mut self) -> u16 {
        let folder = std::mem::replace(&mut self.folder, TempDir::new().unwrap());
        let started = Self::in_folder(folder, &[]);
        std::mem::replace(self, started).port
    }

    fn in_folder(folder: TempDir, options: &[&str]) -> Self {
        let site = folder.path().join("site");
        let mut command = Command::new(env!("CARGO_BIN_EXE_tinso"));
        command.arg("--root").arg(&site).args(["serve", "--port", "0"]);
        let beside = folder.path().display().to_string();
        command.args(options.iter().map(|option| option.replace("{folder}", &beside)));
        let said = fs::File::create(folder.path().join("said")).unwrap();
        let mut process = command.env_remove("TINSO_INTERFACE").stdout(Stdio::piped()).stderr(said).spawn().unwrap();
        let stdout = process.stdout.take().unwrap();
        let mut server = Self { folder, site, port: 0, process };
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line).unwrap();
        server.port =
            line.trim_end().trim_end_matches('/').rsplit(':').next().unwrap().split('/').next().unwrap().parse().expect(&line);
        until("it has built", || server.builds() > 0);
        server
    }

    fn raw(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn get(&self, path: &str) -> String {
        self.raw(&format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n", self.port))
    }

    /// What it said on standard error so far.
    fn said(&self) -> String {
        fs::read_to_string(self.folder.path().join("said")).unwrap()
    }

    /// How many builds it told of.
    fn builds(&self) -> usize {
        self.said().lines().filter(|line| line.starts_with("Built ")).count()
    }

    fn article(&self) -> PathBuf {
        self.site.join("content/news/mobile-june-2011.en.md")
    }

    fn edit(&self, from: &str, to: &str) {
        let text = fs::read_to_string(self.article()).unwrap();
        assert!(text.contains(from));
        fs::write(self.article(), text.replacen(from, to, 1)).unwrap();
    }

    /// The stream of events, line by line.
    fn events(&self) -> BufReader<TcpStream> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        let host = format!("127.0.0.1:{}", self.port);
        write!(stream, "GET /.tinso/events HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
        BufReader::new(stream)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn until(what: &str, mut done: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(15);
    while !done() {
        assert!(Instant::now() < end, "waited too long: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// The errors that an event tells of.
fn errors(event: &str) -> Vec<serde_json::Value> {
    let message: serde_json::Value = serde_json::from_str(event.strip_prefix("data: ").unwrap()).unwrap();
    message["errors"].as_array().unwrap().clone()
}

/// Reads events until a line holds a text.
fn event_with(events: &mut BufReader<TcpStream>, text: &str) -> String {
    loop {
        let mut line = String::new();
        assert!(events.read_line(&mut line).unwrap() > 0, "the stream ended before `{text}`");
        if line.contains(text) {
            return line;
        }
    }
}

const PAGE: &str = "/en/news/mobile-june-2011/";

#[test]
fn it_serves_what_was_built_and_nothing_else() {
    let server = Server::start(|_| {});
    let home = server.get("/");
    assert!(home.starts_with("HTTP/1.1 200") && home.contains("<html lang=\"vi\""), "{home}");
    let home = server.get("/en/");
    assert!(home.starts_with("HTTP/1.1 200") && home.contains("<html lang=\"en\""), "{home}");
    let lost = server.get("/lost/");
    assert!(lost.starts_with("HTTP/1.1 404") && lost.contains("<html lang=\"vi\""), "{lost}");
    assert!(server.get(PAGE).contains("/.tinso/live.js"));
    assert!(server.get("/en/indicators/mobile-subscribers/data.csv").contains("text/csv"));
    assert!(server.get("/en/news").starts_with("HTTP/1.1 301"));
    let lost = server.get("/en/lost/");
    assert!(lost.starts_with("HTTP/1.1 404") && lost.contains("<html lang=\"en\""), "{lost}");
    for path in [
        "/../config.toml",
        "/../Cargo.toml",
        "/../../../../../../etc/passwd",
        "/en/../../config.toml",
        "/.%2e/config.toml",
        "/%2E%2E/%2E%2E/%2E%2E/%2E%2E/%2E%2E/etc/passwd",
        "/static/../config.toml",
        "/%2e%2e/config.toml",
        "/..%2fconfig.toml",
        "/config.toml",
        "/content/_index.md",
        "/.gitignore",
        "/..\\config.toml",
        "//etc/passwd",
        "/a%00b",
    ] {
        let answer = server.get(path);
        assert!(!answer.contains("base_url") && !answer.contains("root:"), "{path}: {answer}");
        assert!(answer.starts_with("HTTP/1.1 4"), "{path}: {answer}");
    }
    let host = format!("127.0.0.1:{}", server.port);
    assert!(
        server
            .raw(&format!("POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
            .starts_with("HTTP/1.1 405")
    );
    for header in ["Host: evil.example", "Host: evil.example:80", "Host: 127.0.0.1.evil.example"] {
        let answer = server.raw(&format!("GET / HTTP/1.1\r\n{header}\r\nConnection: close\r\n\r\n"));
        assert!(answer.starts_with("HTTP/1.1 403"), "{header}: {answer}");
    }
    let foreign =
        format!("GET /.tinso/events HTTP/1.1\r\nHost: {host}\r\nOrigin: https://evil.example\r\nConnection: close\r\n\r\n");
    assert!(server.raw(&foreign).starts_with("HTTP/1.1 403"));
    for path in ["/", "/lost/", "/.tinso/live.js", "/site.css", "/en/indicators/mobile-subscribers/data.csv"] {
        let own = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nConnection: close\r\n\r\n");
        let answer = server.raw(&own);
        let head = answer.split("\r\n\r\n").next().unwrap().to_lowercase();
        assert!(head.starts_with("http/1.1 ") && !head.contains("access-control"), "{path}: {head}");
    }
    assert!(!server.site.join("public").exists());
}

#[test]
fn an_edit_is_served_and_told_and_a_broken_file_keeps_the_last_good_page() {
    let server = Server::start(|_| {});
    let mut events = server.events();
    server.edit("June 2011: mobile lines", "Edited: mobile lines");
    event_with(&mut events, "mobile-june-2011/index.html");
    assert!(server.get(PAGE).contains("Edited: mobile lines"), "told before it was served");

    server.edit("title = \"Edited", "title = Edited");
    let told = event_with(&mut events, "toml-syntax");
    let errors = errors(&told);
    let place = &errors.iter().find(|error| error["code"] == "toml-syntax").unwrap()["place"];
    assert_eq!(place["file"], "content/news/mobile-june-2011.en.md", "{told}");
    assert_eq!(place["line"], 2, "{told}");
    assert!(server.get(PAGE).contains("Edited: mobile lines"));

    server.edit("title = Edited", "title = \"Mended");
    let told = event_with(&mut events, "\"errors\":[]");
    assert!(told.contains("mobile-june-2011/index.html"), "{told}");
    assert!(server.get(PAGE).contains("Mended: mobile lines"));
    assert!(!server.site.join("public").exists());
}

#[test]
fn it_starts_on_a_broken_site_and_recovers() {
    let server = Server::start(|site| {
        let config = site.join("config.toml");
        let text = fs::read_to_string(&config).unwrap();
        fs::write(config, text.replace("base_url", "base_irl")).unwrap();
    });
    let home = server.get("/");
    assert!(home.contains("/.tinso/live.js"), "{home}");
    let told = event_with(&mut server.events(), "data: ");
    assert!(errors(&told).iter().any(|error| error["place"]["file"] == "config.toml"), "{told}");
    let config = server.site.join("config.toml");
    let text = fs::read_to_string(&config).unwrap();
    fs::write(config, text.replace("base_irl", "base_url")).unwrap();
    until("the site is there", || server.get(PAGE).contains("mobile lines"));
    assert!(!server.site.join("public").exists());
}

#[test]
fn a_busy_port_that_was_asked_for_is_an_error() {
    let server = Server::start(|_| {});
    let mut command = Command::new(env!("CARGO_BIN_EXE_tinso"));
    command.arg("--root").arg(&server.site).args(["serve", "--port", &server.port.to_string()]);
    let refused = command.output().unwrap();
    assert_eq!(refused.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--port"));
}

#[test]
fn only_one_own_host_and_origin_are_answered() {
    let server = Server::start(|_| {});
    let port = server.port;
    let ask = |headers: &str| server.raw(&format!("GET / HTTP/1.1\r\n{headers}Connection: close\r\n\r\n"));
    let own = format!("127.0.0.1:{port}");
    for good in [
        format!("Host: {own}\r\n"),
        format!("Host: LOCALHOST:{port}\r\n"),
        format!("Host: [::1]:{port}\r\n"),
        format!("Host: tin.localhost:{port}\r\n"),
        format!("Host: {own}\r\nOrigin: http://{own}\r\n"),
    ] {
        assert!(ask(&good).starts_with("HTTP/1.1 200"), "{good}");
    }
    for bad in [
        String::new(),
        "Host: \r\n".to_owned(),
        "Host: [::1\r\n".to_owned(),
        "Host: localhost.\r\n".to_owned(),
        format!("Host: {own}\r\nHost: evil.example\r\n"),
        format!("Host: {own}\r\nOrigin: null\r\n"),
        format!("Host: {own}\r\nOrigin: http://127.0.0.1:1\r\n"),
        format!("Host: {own}\r\nOrigin: http://{own}\r\nOrigin: http://{own}\r\n"),
    ] {
        let answer = ask(&bad);
        assert!(answer.starts_with("HTTP/1.1 403"), "{bad}: {answer}");
        assert!(answer.contains("nosniff") && answer.contains("cross-origin-resource-policy: same-origin"), "{answer}");
    }
    let absolute = server.raw(&format!("GET http://evil.example/ HTTP/1.1\r\nHost: {own}\r\nConnection: close\r\n\r\n"));
    assert!(absolute.starts_with("HTTP/1.1 403"));
}

#[test]
fn a_base_url_gets_the_port_unless_it_should_not() {
    let server = Server::with(|_| {}, &["-u", "http://localhost/portal"]);
    let link = format!("http://localhost:{}/portal/en/", server.port);
    assert!(server.get("/portal/").contains(&link), "{}", server.get("/portal/"));
    let server = Server::with(|_| {}, &["--base-url", "https://preview.example", "--no-port-append"]);
    let home = server.get("/");
    assert!(home.contains("https://preview.example/en/") && !home.contains("preview.example:"), "{home}");
    assert!(!server.said().contains("changes nothing"), "{}", server.said());
}

#[test]
fn a_further_path_is_watched_and_builds_anew() {
    let server = Server::with(
        |site| {
            let notes = site.parent().unwrap().join("notes");
            fs::create_dir(&notes).unwrap();
            fs::write(notes.join("a.txt"), "1").unwrap();
        },
        &["--extra-watch-path", "{folder}/notes"],
    );
    until("the first build is told of", || server.builds() == 1);
    fs::write(server.folder.path().join("notes/a.txt"), "2").unwrap();
    until("an edit beside the site", || server.builds() == 2);
    fs::create_dir(server.folder.path().join("notes/deep")).unwrap();
    until("a new folder beside the site", || server.builds() >= 3);
    // What is not watched and what is not different builds nothing.
    std::thread::sleep(Duration::from_millis(300));
    let builds = server.builds();
    fs::write(server.folder.path().join("elsewhere.txt"), "1").unwrap();
    fs::write(server.article(), fs::read(server.article()).unwrap()).unwrap();
    std::thread::sleep(Duration::from_millis(400));
    assert_eq!(server.builds(), builds);
}

#[test]
fn a_further_path_that_is_not_there_is_a_usage_error() {
    let folder = TempDir::new().unwrap();
    let site = folder.path().join("site");
    assert!(Command::new(env!("CARGO_BIN_EXE_tinso")).arg("init").arg(&site).status().unwrap().success());
    let mut command = Command::new(env!("CARGO_BIN_EXE_tinso"));
    let refused = command.arg("--root").arg(&site).args(["serve", "--extra-watch-path", "/no/such/path"]).output().unwrap();
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--extra-watch-path"));
}

#[test]
fn edits_are_gathered_for_as_long_as_asked() {
    let server = Server::with(|_| {}, &["--debounce", "700"]);
    let edited = Instant::now();
    server.edit("title = \"", "title = \"Slow: ");
    std::thread::sleep(Duration::from_millis(300));
    server.edit("title = \"", "title = \"Very ");
    until("the edits show", || server.get(PAGE).contains("Very Slow: "));
    assert!(edited.elapsed() >= Duration::from_millis(1000), "{:?}", edited.elapsed());
    until("the build is told of", || server.builds() >= 2);
    assert_eq!(server.builds(), 2, "{}", server.said());
}

#[test]
fn options_of_zola_that_mean_nothing_here_are_taken_and_explained() {
    let server = Server::with(|_| {}, &["-o", "{folder}/out", "--force", "--store-html", "-f", "--drafts", "--no-port-append"]);
    let said = server.said();
    for option in ["--output-dir", "--force", "--store-html", "--fast", "--no-port-append"] {
        assert!(said.lines().any(|line| line.contains(&format!("{option} changes nothing"))), "{option}: {said}");
    }
    assert!(server.get("/").starts_with("HTTP/1.1 200"));
    assert!(!server.folder.path().join("out").exists() && !server.site.join("public").exists());
}

#[test]
fn front_matter_is_kept_for_the_next_start_which_serves_the_same() {
    let mut server = Server::start(|_| {});
    let kept = server.site.join(".tinso/cache/heads");
    until("front matter is kept", || kept.is_file());
    let (first, page) = (fs::read(&kept).unwrap(), server.get("/en/news/mobile-june-2011/"));
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    let port = server.restart();
    let again = server.get("/en/news/mobile-june-2011/");
    let body = |answer: &str, port: u16| answer.split_once("\r\n\r\n").unwrap().1.replace(&port.to_string(), "0");
    assert_eq!(body(&again, server.port), body(&page, port));
    assert_eq!(fs::read(&kept).unwrap(), first);
}

#[test]
fn what_was_edited_since_the_start_before_is_served() {
    let mut server = Server::start(|_| {});
    for kept in ["heads", "sources"] {
        until("it is kept", || server.site.join(".tinso/cache").join(kept).is_file());
    }
    server.edit("title = \"", "title = \"Sửa: ");
    let article = server.article();
    let text = fs::read_to_string(&article).unwrap();
    fs::write(&article, format!("{text}\nThêm một câu.\n")).unwrap();
    until("the edits show", || server.get("/en/").contains("Sửa: ") && server.get(PAGE).contains("Thêm một câu."));
    let pages = |server: &Server| {
        let body = |path: &&str| server.get(path).split_once("\r\n\r\n").unwrap().1.replace(&server.port.to_string(), "0");
        [PAGE, "/", "/en/"].iter().map(body).collect::<Vec<_>>()
    };
    let before = pages(&server);
    server.restart();
    assert!(pages(&server) == before);
    // An edit after the start is one of a text that nobody had read.
    fs::write(&article, format!("{text}\nMột câu khác.\n")).unwrap();
    until("an edit of it shows", || server.get(PAGE).contains("Một câu khác."));
}

#[test]
fn a_wait_of_no_time_is_refused() {
    let refused = Command::new(env!("CARGO_BIN_EXE_tinso")).args(["serve", "--debounce", "0"]).output().unwrap();
    assert_eq!(refused.status.code(), Some(2));
}

#[test]
fn folders_that_come_go_and_move_are_followed() {
    let server = Server::start(|_| {});
    let page = |text: &str| server.get("/files/deep/a.txt").ends_with(text);
    let deep = server.site.join("static/files/deep");
    fs::create_dir_all(&deep).unwrap();
    fs::write(deep.join("a.txt"), "one").unwrap();
    until("a new folder", || page("one"));
    fs::write(deep.join("a.txt"), "two").unwrap();
    until("an edit in it", || page("two"));
    fs::rename(server.site.join("static/files"), server.site.join("static/moved")).unwrap();
    until("a moved folder", || server.get("/moved/deep/a.txt").ends_with("two"));
    fs::write(server.site.join("static/moved/deep/a.txt"), "three").unwrap();
    until("an edit in the moved folder", || server.get("/moved/deep/a.txt").ends_with("three"));
    fs::remove_dir_all(server.site.join("static")).unwrap();
    until("a removed folder", || server.get("/moved/deep/a.txt").starts_with("HTTP/1.1 404"));
}

#[test]
fn a_page_that_is_asked_for_at_the_start_comes_when_it_is_there_and_never_as_missing() {
    let folder = TempDir::new().unwrap();
    let site = folder.path().join("site");
    assert!(Command::new(env!("CARGO_BIN_EXE_tinso")).arg("init").arg(&site).output().unwrap().status.success());
    for number in 0..400 {
        let text = format!(
            "+++\ntitle = \"Bài {number}\"\ndate = 2026-11-24\n+++\nVăn bản **{number}**.\n\n```rust\nfn f() {{}}\n```\n"
        );
        fs::write(site.join(format!("content/news/bai-{number}.md")), text).unwrap();
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_tinso"));
    command.arg("--root").arg(&site).args(["serve", "--port", "0"]).env_remove("TINSO_INTERFACE");
    let mut process = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let port = line.trim_end().trim_end_matches('/').rsplit(':').next().unwrap().parse().unwrap();
    let server = Server { folder, site, port, process };
    let page = server.get("/news/bai-7/");
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("<strong>7</strong>"), "{page}");
    assert!(server.get("/site.css").starts_with("HTTP/1.1 200"));
    assert!(server.get("/news/nothing/").starts_with("HTTP/1.1 404"));
    let body = |page: &str| page.split("\r\n\r\n").nth(1).unwrap().to_owned();
    assert_eq!(body(&server.get("/news/bai-7/")), body(&page));
}

#[test]
fn a_page_appears_when_its_moment_comes_without_an_edit() {
    let moment = |seconds: i64| jiff::Timestamp::now() + jiff::SignedDuration::from_secs(seconds);
    let server = Server::start(|site| {
        let page = format!("+++\ntitle = \"S\"\ndate = 2011-01-01\n[extra]\npublish_at = {}\n+++\nx\n", moment(5));
        fs::write(site.join("content/news/soon.md"), page).unwrap();
    });
    assert!(server.get("/news/soon/").starts_with("HTTP/1.1 404"));
    until("its moment has come", || server.get("/news/soon/").starts_with("HTTP/1.1 200"));
    assert_eq!(server.builds(), 2);
}
