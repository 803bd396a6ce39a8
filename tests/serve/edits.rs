//! The ways in which files change while a site is served.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::{PAGE, Server, until};

/// A site for Zola with a section, a theme and nothing else.
fn small(root: &Path) {
    fs::remove_dir_all(root).unwrap();
    let write = |path: &str, text: &str| put(&root.join(path), text);
    write("config.toml", "base_url = \"https://example.org\"\ntheme = \"one\"\n");
    write("content/_index.md", "+++\ntitle = \"Home\"\n+++\n");
    write("content/blog/_index.md", "+++\ntitle = \"Blog\"\n+++\n");
    write("content/blog/first.md", "+++\ntitle = \"First\"\n+++\nwords\n");
    for theme in ["one", "two"] {
        write(&format!("themes/{theme}/theme.toml"), &format!("name = \"{theme}\"\n"));
        write(&format!("themes/{theme}/templates/index.html"), &format!("{theme}: {{{{ section.title }}}}"));
        write(&format!("themes/{theme}/templates/section.html"), &format!("{theme}: {{{{ section.title }}}}"));
        let page = format!("{theme}: {{{{ page.title }}}} {{{{ lang }}}} {{{{ page.content | safe }}}}");
        write(&format!("themes/{theme}/templates/page.html"), &page);
    }
}

fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

impl Server {
    fn has(&self, path: &str, text: &str) -> bool {
        let answer = self.get(path);
        answer.starts_with("HTTP/1.1 200") && answer.contains(text)
    }

    fn lost(&self, path: &str) -> bool {
        self.get(path).starts_with("HTTP/1.1 404")
    }

    /// How many builds an edit needed, after a while in which more could have come.
    fn builds_of(&self, edit: impl FnOnce(), done: impl Fn() -> bool) -> usize {
        until("the builds before are told of", || self.builds() > 0);
        std::thread::sleep(Duration::from_millis(200));
        let before = self.builds();
        edit();
        until("the edit shows", done);
        std::thread::sleep(Duration::from_millis(400));
        self.builds() - before
    }
}

const FIRST: &str = "content/blog/first.md";

#[test]
fn every_way_to_save_a_file_is_one_build_and_the_page_is_always_there() {
    let server = Server::start(small);
    let file = server.site.join(FIRST);
    let beside = |name: &str| file.with_file_name(name);
    let text = |title: &str| format!("+++\ntitle = \"{title}\"\n+++\nwords\n");
    let (vim, gedit, sed, jetbrains, code) = (text("Vim"), text("Gedit"), text("Sed"), text("JetBrains"), text("Code"));
    let deleted = text("Deleted");
    let saves: [(&str, &dyn Fn()); 6] = [
        ("Vim", &|| {
            fs::write(beside("4913"), "").unwrap();
            fs::remove_file(beside("4913")).unwrap();
            fs::rename(&file, beside("first.md~")).unwrap();
            fs::write(&file, &vim).unwrap();
            fs::remove_file(beside("first.md~")).unwrap();
        }),
        ("Gedit", &|| {
            fs::write(beside(".goutputstream-AB12"), &gedit).unwrap();
            fs::rename(beside(".goutputstream-AB12"), &file).unwrap();
        }),
        ("Sed", &|| {
            fs::write(beside("sedAb12"), &sed).unwrap();
            fs::rename(beside("sedAb12"), &file).unwrap();
        }),
        ("JetBrains", &|| {
            fs::write(beside("first.md___jb_tmp___"), &jetbrains).unwrap();
            fs::rename(&file, beside("first.md___jb_old___")).unwrap();
            fs::rename(beside("first.md___jb_tmp___"), &file).unwrap();
            fs::remove_file(beside("first.md___jb_old___")).unwrap();
        }),
        ("Code", &|| {
            let mut open = fs::OpenOptions::new().write(true).truncate(true).open(&file).unwrap();
            open.write_all(code.as_bytes()).unwrap();
            open.sync_data().unwrap();
        }),
        ("Deleted", &|| {
            fs::remove_file(&file).unwrap();
            fs::write(&file, &deleted).unwrap();
        }),
    ];
    let (stop, missed) = (AtomicBool::new(false), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                let found = server.has("/blog/first/", "one: ");
                missed.fetch_add(usize::from(!found), Ordering::Relaxed);
                std::thread::sleep(Duration::from_millis(2));
            }
        });
        let all = || {
            for (title, save) in &saves {
                let builds = server.builds_of(save, || server.has("/blog/first/", title));
                assert_eq!(builds, 1, "{title}: {}", server.said());
            }
        };
        let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(all));
        stop.store(true, Ordering::Relaxed);
        result.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    });
    assert_eq!(missed.into_inner(), 0, "the page was gone for a moment");
}

#[test]
fn folders_move_in_and_out_of_content() {
    let server = Server::start(small);
    let (inside, outside) = (server.site.join("content/notes"), server.folder.path().join("notes"));
    put(&outside.join("_index.md"), "+++\ntitle = \"Notes\"\n+++\n");
    put(&outside.join("deep/a.md"), "+++\ntitle = \"Deep\"\n+++\n");
    fs::rename(&outside, &inside).unwrap();
    until("a folder that was moved in", || server.has("/notes/deep/a/", "Deep"));
    put(&inside.join("deep/a.md"), "+++\ntitle = \"Edited\"\n+++\n");
    until("an edit in it", || server.has("/notes/deep/a/", "Edited"));
    fs::rename(&inside, &outside).unwrap();
    until("a folder that was moved out", || server.lost("/notes/deep/a/") && server.lost("/notes/"));
    let builds = server.builds_of(
        || {
            put(&outside.join("deep/a.md"), "+++\ntitle = \"Outside\"\n+++\n");
            put(&server.site.join("content/last.md"), "+++\ntitle = \"Last\"\n+++\n");
        },
        || server.has("/last/", "Last"),
    );
    assert_eq!(builds, 1);
    fs::rename(&outside, &inside).unwrap();
    until("the folder comes again", || server.has("/notes/deep/a/", "Outside"));
}

#[test]
fn hundreds_of_files_at_once_are_one_build_or_two() {
    let server = Server::start(small);
    let page = |i: usize| server.site.join(format!("content/many/{}/page-{i}.md", i % 20));
    let write = |title: &str| {
        for i in 0..500 {
            put(&page(i), &format!("+++\ntitle = \"{title} {i}\"\n+++\n"));
        }
    };
    let all = |title: &str| {
        (0..500).step_by(83).chain([499]).all(|i| server.has(&format!("/many/{}/page-{i}/", i % 20), &format!("{title} {i} ")))
    };
    let builds = server.builds_of(|| write("New"), || all("New"));
    assert!(builds <= 2, "{builds}: {}", server.said());
    let builds = server.builds_of(|| write("Edited"), || all("Edited"));
    assert!(builds <= 2, "{builds}: {}", server.said());
    let builds =
        server.builds_of(|| fs::remove_dir_all(server.site.join("content/many")).unwrap(), || server.lost("/many/0/page-0/"));
    assert!(builds <= 2, "{builds}: {}", server.said());
}

#[test]
fn a_git_checkout_is_one_build() {
    let server = Server::start(|root| {
        small(root);
        for i in 0..300 {
            put(&root.join(format!("content/blog/page-{i}.md")), &format!("+++\ntitle = \"Old {i}\"\n+++\n"));
        }
    });
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.args(["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=old"]);
        assert!(command.arg("-C").arg(&server.site).args(arguments).output().unwrap().status.success(), "{arguments:?}");
    };
    git(&["init"]);
    git(&["add", "."]);
    git(&["commit", "-m", "old"]);
    git(&["checkout", "-b", "new"]);
    for i in 0..300 {
        put(&server.site.join(format!("content/blog/page-{i}.md")), &format!("+++\ntitle = \"New {i}\"\n+++\n"));
    }
    put(&server.site.join("content/only-new/a.md"), "+++\ntitle = \"Only\"\n+++\n");
    git(&["add", "."]);
    git(&["commit", "-m", "new"]);
    until("the new state", || server.has("/blog/page-299/", "New 299") && server.has("/only-new/a/", "Only"));
    let builds = server
        .builds_of(|| git(&["checkout", "old"]), || server.has("/blog/page-299/", "Old 299") && server.lost("/only-new/a/"));
    assert!(builds <= 2, "{builds}: {}", server.said());
    let builds = server
        .builds_of(|| git(&["checkout", "new"]), || server.has("/blog/page-0/", "New 0") && server.has("/only-new/a/", "Only"));
    assert!(builds <= 2, "{builds}: {}", server.said());
}

#[test]
fn languages_and_sections_come_and_go() {
    let server = Server::start(small);
    let config = server.site.join("config.toml");
    let before = fs::read_to_string(&config).unwrap();
    put(&config, &format!("{before}[languages.vi]\n"));
    put(&server.site.join("content/blog/first.vi.md"), "+++\ntitle = \"Đầu\"\n+++\n");
    until("a language", || server.has("/vi/blog/first/", "Đầu vi"));
    fs::remove_file(server.site.join("content/blog/first.vi.md")).unwrap();
    put(&config, &before);
    until("its end", || server.lost("/vi/blog/first/") && server.has("/blog/first/", "First en"));

    put(&server.site.join("content/docs/_index.md"), "+++\ntitle = \"Docs\"\n+++\n");
    put(&server.site.join("content/docs/a.md"), "+++\ntitle = \"Doc\"\n+++\n");
    until("a section", || server.has("/docs/", "Docs") && server.has("/docs/a/", "Doc"));
    fs::remove_dir_all(server.site.join("content/docs")).unwrap();
    until("its end", || server.lost("/docs/") && server.lost("/docs/a/") && server.has("/blog/", "Blog"));
}

#[test]
fn themes_and_their_folder_are_replaced() {
    let server = Server::start(small);
    let (config, themes) = (server.site.join("config.toml"), server.site.join("themes"));
    assert!(server.has("/blog/first/", "one: First"));
    let text = fs::read_to_string(&config).unwrap();
    put(&config, &text.replace("\"one\"", "\"two\""));
    until("another theme", || server.has("/blog/first/", "two: First"));

    let next = server.folder.path().join("next");
    assert!(Command::new("cp").arg("-r").args([&themes, &next]).status().unwrap().success());
    put(&next.join("two/templates/page.html"), "replaced: {{ page.title }}");
    fs::rename(&themes, server.folder.path().join("old")).unwrap();
    fs::rename(&next, &themes).unwrap();
    until("other themes", || server.has("/blog/first/", "replaced: First"));
    put(&themes.join("two/templates/page.html"), "edited: {{ page.title }}");
    until("an edit in them", || server.has("/blog/first/", "edited: First"));

    // As the deletion of the folder and a fresh copy of it.
    fs::remove_dir_all(&themes).unwrap();
    assert!(Command::new("cp").arg("-r").arg(server.folder.path().join("old")).arg(&themes).status().unwrap().success());
    until("the themes before", || server.has("/blog/first/", "two: First"));
    put(&themes.join("two/templates/page.html"), "again: {{ page.title }}");
    until("an edit in them", || server.has("/blog/first/", "again: First"));
}

#[test]
fn the_config_breaks_is_mended_and_is_replaced_while_the_pages_stay() {
    let server = Server::start(small);
    let config = server.site.join("config.toml");
    let text = fs::read_to_string(&config).unwrap();
    let broken = server.site.join("config.toml~");
    put(&broken, &text.replace("theme = \"", "theme = "));
    fs::rename(&broken, &config).unwrap();
    until("the error is told of", || server.said().contains("the last good pages stay"));
    assert!(server.has("/blog/first/", "one: First"), "{}", server.said());
    put(&config, &text.replace("one", "two"));
    until("it is mended", || server.has("/blog/first/", "two: First"));
    let next = server.site.join("config.toml.next");
    put(&next, &text);
    fs::rename(&next, &config).unwrap();
    until("it is replaced", || server.has("/blog/first/", "one: First"));
    fs::remove_file(&config).unwrap();
    std::thread::sleep(Duration::from_millis(200));
    assert!(server.has("/blog/first/", "one: First"), "the last good pages stay without it");
    put(&config, &text.replace("one", "two"));
    until("it comes again", || server.has("/blog/first/", "two: First"));
}

#[test]
fn hidden_files_that_are_published_are_followed() {
    let server = Server::start(small);
    let file = server.site.join("static/.htaccess");
    put(&file, "one");
    until("a hidden file", || server.has("/.htaccess", "one"));
    put(&file, "two");
    until("an edit of it", || server.has("/.htaccess", "two"));
    let theme = server.site.join("themes/one/static/.well-known/security.txt");
    put(&theme, "one");
    until("a hidden folder of a theme", || server.has("/.well-known/security.txt", "one"));
    put(&theme, "two");
    until("an edit in it", || server.has("/.well-known/security.txt", "two"));
    // An editor's lock is no file of the site.
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("someone@host.1234", server.site.join("static/.#.htaccess")).unwrap();
        put(&file, "three");
        until("an edit beside a lock", || server.has("/.htaccess", "three"));
        assert!(!server.said().contains("error"), "{}", server.said());
    }
}

#[test]
fn edits_during_a_build_are_not_lost() {
    let server = Server::start(|root| {
        small(root);
        for i in 0..400 {
            put(&root.join(format!("content/blog/page-{i}.md")), "+++\ntitle = \"Page\"\n+++\nmany *words*\n");
        }
    });
    let file = server.site.join(FIRST);
    for round in 0..40 {
        put(&file, &format!("+++\ntitle = \"Round {round}\"\n+++\n"));
        // At every moment of a build, sooner or later.
        std::thread::sleep(Duration::from_millis(round * 7 % 60));
    }
    until("the last edit", || server.has("/blog/first/", "Round 39 "));
    assert!(server.builds() > 2, "builds ran meanwhile");
}

#[test]
fn a_file_written_in_pieces_is_whole_in_the_end() {
    let server = Server::start(small);
    let mut open = fs::File::create(server.site.join(FIRST)).unwrap();
    open.write_all(b"+++\ntitle = \"First\"\n+++\n").unwrap();
    for piece in 0..8 {
        writeln!(open, "\npiece {piece}").unwrap();
        open.flush().unwrap();
        std::thread::sleep(Duration::from_millis(60));
    }
    writeln!(open, "\nthe end").unwrap();
    drop(open);
    until("all of it", || server.has("/blog/first/", "piece 0") && server.has("/blog/first/", "the end"));
    // Opened anew for every piece, so that each seems complete.
    for piece in 0..8 {
        let mut open = fs::OpenOptions::new().append(true).open(server.site.join(FIRST)).unwrap();
        writeln!(open, "\nfurther {piece}").unwrap();
        drop(open);
        std::thread::sleep(Duration::from_millis(piece * 5));
    }
    until("all of that", || server.has("/blog/first/", "further 7"));
}

#[test]
fn an_edit_shows_soon() {
    let server = Server::start(|_| {});
    until("the first build is told of", || server.builds() == 1);
    let mut times: Vec<_> = (0..9)
        .map(|round| {
            std::thread::sleep(Duration::from_millis(60));
            let text = fs::read_to_string(server.article()).unwrap();
            let next = text.replacen("title = \"", &format!("title = \"R{round} "), 1);
            let start = Instant::now();
            fs::write(server.article(), next).unwrap();
            while !server.get(PAGE).contains(&format!("R{round} ")) {
                std::thread::sleep(Duration::from_millis(1));
            }
            start.elapsed()
        })
        .collect();
    times.sort();
    // Much longer than it takes, for a machine that does other work too.
    assert!(times[4] < Duration::from_secs(2), "{times:?}");
}

#[test]
fn an_edit_of_a_text_is_found_by_the_search_of_the_served_site() {
    let server = Server::start(|root| {
        small(root);
        let write = |path: &str, text: &str| put(&root.join(path), text);
        write("config.toml", "base_url = \"https://example.org\"\ntheme = \"one\"\n[extra.tinso]\nsearch = true\n");
        write("templates/search.html", "search: {{ lang }}");
    });
    let words = "/search-index/en/words/0.bin";
    until("the index is there", || server.has(words, "word"));
    assert!(server.has("/search/", "search: en") && !server.has(words, "lanterns"));
    fs::write(server.site.join(FIRST), "+++\ntitle = \"First\"\n+++\nLanterns in the street\n").unwrap();
    until("the edit is found", || server.has(words, "lantern") && !server.has(words, "word"));
}
