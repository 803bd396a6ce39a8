//! The program as a user runs it.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

fn tinso(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tinso")).args(args).output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A portal made by `init`, and its folder.
fn portal() -> (TempDir, String) {
    let folder = TempDir::new().unwrap();
    let site = folder.path().join("site").display().to_string();
    let made = tinso(&["init", &site]);
    assert_eq!(code(&made), 0, "{}", said(&made));
    (folder, site)
}

fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| (entry.path().strip_prefix(folder).unwrap().display().to_string(), fs::read(entry.path()).unwrap()))
        .collect()
}

#[test]
fn init_makes_a_bilingual_portal_that_builds_at_once() {
    let (_folder, site) = portal();
    let built = tinso(&["--root", &site, "build"]);
    assert_eq!(code(&built), 0, "{}", said(&built));
    assert!(!said(&built).contains("warning"), "{}", said(&built));
    for file in [
        "index.html",
        "en/index.html",
        "404.html",
        "news/di-dong-thang-6-2011/index.html",
        "news/di-dong-thang-7-2011/index.html",
        "en/news/mobile-june-2011/index.html",
        "indicators/mobile-subscribers/index.html",
        "en/indicators/mobile-subscribers/index.html",
        "indicators/mobile-subscribers/data.csv",
        "en/indicators/mobile-subscribers/data.csv",
        "indicators/mobile-subscribers/chart.svg",
        "en/indicators/mobile-subscribers/chart.svg",
        "site.css",
    ] {
        assert!(Path::new(&site).join("public").join(file).is_file(), "{file}");
    }
    let data = fs::read_to_string(Path::new(&site).join("public/en/indicators/mobile-subscribers/data.csv")).unwrap();
    assert!(data.contains("2011-06") && data.contains("2011-07") && data.contains("112.6"), "{data}");
    assert_eq!(fs::read_to_string(Path::new(&site).join(".gitignore")).unwrap(), "public/\n");
}

#[test]
fn init_says_what_to_do_next() {
    let folder = TempDir::new().unwrap();
    let site = folder.path().join("site").display().to_string();
    let made = said(&tinso(&["init", &site]));
    assert!(made.contains(&format!("cd {site}")) && made.contains("tinso serve"), "{made}");
}

#[test]
fn init_writes_nothing_into_a_folder_in_use_unless_forced() {
    let folder = TempDir::new().unwrap();
    let site = folder.path().display().to_string();
    fs::write(folder.path().join("thesis.txt"), "mine").unwrap();
    let refused = tinso(&["init", &site]);
    assert_eq!(code(&refused), 2);
    assert!(said(&refused).contains("--force"), "{}", said(&refused));
    assert_eq!(tree(folder.path()), BTreeMap::from([("thesis.txt".to_owned(), b"mine".to_vec())]));

    assert_eq!(code(&tinso(&["init", &site, "--force"])), 0);
    assert_eq!(fs::read_to_string(folder.path().join("thesis.txt")).unwrap(), "mine");
    assert!(folder.path().join("config.toml").is_file());
    assert_eq!(code(&tinso(&["init", &folder.path().join("thesis.txt").display().to_string()])), 2);
}

#[test]
fn init_changes_no_file_that_is_there() {
    let (_folder, site) = portal();
    let config = Path::new(&site).join("config.toml");
    fs::write(&config, "mine").unwrap();
    assert_eq!(code(&tinso(&["init", &site])), 2);
    assert_eq!(code(&tinso(&["init", &site, "--force"])), 0);
    assert_eq!(fs::read_to_string(&config).unwrap(), "mine");
}

#[test]
fn new_pages_build_and_bad_or_taken_slugs_are_refused() {
    let (_folder, site) = portal();
    for kind in ["article", "indicator"] {
        assert_eq!(code(&tinso(&["--root", &site, "new", kind, "mat-do"])), 0);
        assert_eq!(code(&tinso(&["--root", &site, "new", kind, "mat-do"])), 2);
        let bad = tinso(&["--root", &site, "new", kind, "Mật độ"]);
        assert_eq!(code(&bad), 2);
        assert!(said(&bad).contains("mat-do"), "{}", said(&bad));
    }
    let built = tinso(&["--root", &site, "build"]);
    assert_eq!(code(&built), 0, "{}", said(&built));
    assert!(Path::new(&site).join("public/en/indicators/mat-do/index.html").is_file());
}

#[test]
fn the_example_that_new_writes_is_good_once_it_is_no_comment() {
    let (_folder, site) = portal();
    let today = || jiff::ZonedDateTime::now().date().to_string();
    let before = today();
    assert_eq!(code(&tinso(&["--root", &site, "new", "indicator", "density"])), 0);
    assert_eq!(code(&tinso(&["--root", &site, "new", "article", "denser"])), 0);
    let content = Path::new(&site).join("content");
    let article = content.join("news/denser.md");
    let text = fs::read_to_string(&article).unwrap();
    assert!([before, today()].iter().any(|date| text.contains(&format!("\ndate = {date}\n"))), "{text}");
    for file in ["indicators/density.md", "indicators/density.en.md"] {
        assert!(fs::read_to_string(content.join(file)).unwrap().contains("\nunit_label = "), "{file}");
    }

    let example = text.find("# [[extra.metrics]]").unwrap();
    let (head, example) = text.split_at(example);
    let example = example.replace("\n# ", "\n").replacen("# ", "", 1).replace("indicator = \"…\"", "indicator = \"density\"");
    fs::write(&article, format!("{head}{example}")).unwrap();
    let built = tinso(&["--root", &site, "build"]);
    assert_eq!(code(&built), 0, "{}", said(&built));
    for data in ["indicators/density/data.csv", "en/indicators/density/data.csv"] {
        let data = fs::read_to_string(Path::new(&site).join("public").join(data)).unwrap();
        assert!(data.contains("2105.8"), "{data}");
    }
}

#[test]
fn new_writes_a_file_for_every_language_of_the_config() {
    let folder = TempDir::new().unwrap();
    let site = folder.path().display().to_string();
    let config = folder.path().join("config.toml");
    fs::write(&config, "base_url = \"https://x.example\"\ndefault_language = \"en\"\n[languages.vi]\n[languages.fr]\n").unwrap();
    assert_eq!(code(&tinso(&["--root", &site, "new", "article", "a"])), 0);
    assert_eq!(code(&tinso(&["--root", &site, "new", "indicator", "b"])), 0);
    let written: Vec<String> = tree(&folder.path().join("content")).into_keys().collect();
    let expected = ["indicators/b.fr.md", "indicators/b.md", "indicators/b.vi.md", "news/a.fr.md", "news/a.md", "news/a.vi.md"];
    assert_eq!(written, expected);
}

#[test]
fn new_writes_nothing_when_it_cannot_write_all_or_the_page_could_not_be_built() {
    let (_folder, site) = portal();
    fs::write(Path::new(&site).join("content/news/taken.en.md"), "mine").unwrap();
    let before = tree(Path::new(&site));
    for slug in ["taken", "index", "UPPER", "a_b", "a/b", "..", "", "số"] {
        let refused = tinso(&["--root", &site, "new", "article", slug]);
        assert_eq!(code(&refused), 2, "{slug}");
        assert!(said(&refused).contains("help: "), "{slug}: {}", said(&refused));
    }
    assert_eq!(tree(Path::new(&site)), before);

    // Nobody knows the languages of a site whose config cannot be read.
    let config = Path::new(&site).join("config.toml");
    fs::write(&config, "[languages.en").unwrap();
    let before = tree(Path::new(&site));
    let refused = tinso(&["--root", &site, "new", "article", "fresh"]);
    assert_eq!(code(&refused), 2);
    assert!(said(&refused).contains("config.toml"), "{}", said(&refused));
    assert_eq!(tree(Path::new(&site)), before);
}

#[test]
fn a_failing_build_says_where_and_leaves_the_last_good_site() {
    let (_folder, site) = portal();
    assert_eq!(code(&tinso(&["--root", &site, "build"])), 0);
    let public = Path::new(&site).join("public");
    let before = tree(&public);
    let article = Path::new(&site).join("content/news/mobile-june-2011.md");
    let text = fs::read_to_string(&article).unwrap().replace("value = 112.6", "value = \"112,6\"");
    fs::write(&article, text).unwrap();
    let failed = tinso(&["--root", &site, "build"]);
    assert_eq!(code(&failed), 1);
    let said = said(&failed);
    assert!(
        said.contains("content/news/mobile-june-2011.md:15:9")
            && said.contains("value = \"112,6\"")
            && said.contains("value = 112.6"),
        "{said}"
    );
    assert!(said.contains("as it was"), "{said}");
    assert_eq!(tree(&public), before);
    assert_eq!(code(&tinso(&["--root", &site, "check"])), 1);
}

#[test]
fn building_again_writes_nothing_and_check_never_writes() {
    let (_folder, site) = portal();
    let before = tree(Path::new(&site));
    let checked = tinso(&["--root", &site, "check"]);
    assert_eq!(code(&checked), 0, "{}", said(&checked));
    assert!(!Path::new(&site).join("public").exists());
    assert_eq!(tree(Path::new(&site)), before);
    assert_eq!(code(&tinso(&["--root", &site, "build"])), 0);
    let before = tree(&Path::new(&site).join("public"));
    let time = || fs::metadata(Path::new(&site).join("public/index.html")).unwrap().modified().unwrap();
    let written = time();
    let again = tinso(&["--root", &site, "build"]);
    assert!(said(&again).contains(" 0 files written"), "{}", said(&again));
    assert_eq!(tree(&Path::new(&site).join("public")), before);
    assert_eq!(time(), written);
}

/// Builds a site, and gives what it said, having seen that the output is that of a build from nothing.
fn build_right(site: &Path) -> String {
    let built = tinso(&["--root", &site.display().to_string(), "build"]);
    assert_eq!(code(&built), 0, "{}", said(&built));
    let bare = TempDir::new().unwrap();
    for (path, bytes) in tree(site).into_iter().filter(|(path, _)| !path.starts_with("public/") && !path.starts_with(".tinso/")) {
        let path = bare.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let clean = tinso(&["--root", &bare.path().display().to_string(), "build"]);
    assert_eq!(code(&clean), 0, "{}", said(&clean));
    assert_eq!(tree(&site.join("public")), tree(&bare.path().join("public")));
    said(&built)
}

fn edit(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains(from), "{text}");
    fs::write(file, text.replacen(from, to, 1)).unwrap();
}

#[test]
fn a_new_process_writes_only_what_an_edit_of_a_text_changes() {
    let (_folder, site) = portal();
    let site = Path::new(&site);
    assert!(build_right(site).contains(" 0 unchanged"));
    assert!(build_right(site).contains(" 0 files written"));
    let is_article = |path: &String| path.starts_with("content/") && path.ends_with(".md") && !path.contains("_index");
    let article = site.join(tree(site).into_keys().find(is_article).unwrap());
    let text = fs::read_to_string(&article).unwrap();
    let before = tree(&site.join("public"));
    fs::write(&article, format!("{text}\nThêm một đoạn.\n")).unwrap();
    let said = build_right(site);
    let after = tree(&site.join("public"));
    let is_other = |(path, bytes): &(&String, &Vec<u8>)| !path.starts_with('.') && before.get(*path) != Some(bytes);
    let changed: Vec<&String> = after.iter().filter(is_other).map(|(path, _)| path).collect();
    let written = if changed.len() == 1 { "1 file".to_owned() } else { format!("{} files", changed.len()) };
    assert!(said.contains(&format!(": {written} written,")), "{said}");
    let pages = changed.iter().filter(|path| !path.starts_with("search-index/")).count();
    assert!((1..=2).contains(&pages), "{changed:?}");
    fs::write(&article, text).unwrap();
    build_right(site);
}

#[test]
fn what_was_edited_while_builds_failed_is_built_by_the_one_that_does_not() {
    let (_folder, site) = portal();
    let site = Path::new(&site);
    build_right(site);
    let (edited, broken) = (site.join("content/news/mobile-june-2011.md"), site.join("content/news/mobile-july-2011.md"));
    let good = fs::read_to_string(&broken).unwrap();
    let text = fs::read_to_string(&edited).unwrap();
    fs::write(&edited, format!("{text}\nThêm một đoạn.\n")).unwrap();
    fs::write(&broken, "no front matter").unwrap();
    for _ in 0..2 {
        // So that the files are older than the moment at which the build looks at them.
        std::thread::sleep(std::time::Duration::from_millis(30));
        assert_eq!(code(&tinso(&["--root", &site.display().to_string(), "build"])), 1);
    }
    fs::write(&broken, good).unwrap();
    let said = build_right(site);
    assert!(!said.contains(" 0 files written"), "{said}");
}

#[test]
fn a_cache_that_is_damaged_deleted_or_carried_to_another_place_is_never_wrong() {
    let (_folder, site) = portal();
    let site = Path::new(&site);
    build_right(site);
    let ledger = site.join(".tinso/cache/ledger");
    let good = fs::read(&ledger).unwrap();
    for damaged in [&b""[..], &good[..good.len() / 2], b"tinso ledger 0 \n{}"] {
        fs::write(&ledger, damaged).unwrap();
        assert!(build_right(site).contains(" 0 files written"));
        assert_eq!(fs::read(&ledger).unwrap(), good);
    }
    fs::remove_dir_all(site.join(".tinso")).unwrap();
    assert!(build_right(site).contains(" 0 files written"));
    // As a CI job carries it: every file has other times and another place.
    let other = TempDir::new().unwrap();
    for (path, bytes) in tree(site) {
        let path = other.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    edit(&other.path().join("config.toml"), "base_url = \"", "base_url = \"https://other.example/");
    build_right(other.path());
    // A file of the output that somebody has changed.
    let page = site.join("public/index.html");
    let whole = fs::read(&page).unwrap();
    fs::write(&page, "gone").unwrap();
    assert!(build_right(site).contains(": 1 file written,"));
    assert_eq!(fs::read(&page).unwrap(), whole);
}

#[test]
fn a_build_that_is_killed_at_any_moment_leaves_nothing_wrong_to_the_next() {
    let (_folder, site) = portal();
    let path = Path::new(&site);
    let article = path.join("content/news/mobile-june-2011.md");
    let text = fs::read_to_string(&article).unwrap();
    let edits: [&dyn Fn(usize) -> (std::path::PathBuf, String); 3] = [
        &|round| (article.clone(), format!("{text}\nĐoạn {round}.\n")),
        &|round| (path.join("content/news/them.md"), format!("+++\ntitle = \"Bài {round}\"\ndate = 2026-11-24\n+++\nVăn bản.\n")),
        &|round| (path.join("static/extra.txt"), round.to_string()),
    ];
    let build = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tinso"));
        command.args(["--root", &site, "build"]).stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
        command.spawn().unwrap()
    };
    let start = std::time::Instant::now();
    assert!(build().wait().unwrap().success());
    let whole = start.elapsed();
    fs::create_dir_all(path.join("static")).unwrap();
    let mut killed = 0;
    for round in 0..12_u32 {
        let (file, text) = edits[round as usize % 3](round as usize);
        fs::write(file, text).unwrap();
        let mut process = build();
        // Later and later, so that some die while they read and some while they write.
        std::thread::sleep(whole * (round + 1) / 40);
        let _ = process.kill();
        killed += usize::from(!process.wait().unwrap().success());
        if round % 4 == 3 {
            build_right(path);
        }
    }
    assert!(killed > 2, "{killed} of 12 were killed in time");
    build_right(path);
}

/// Builds a site in three surroundings; all files have to be the same.
fn builds_the_same_everywhere(site: &Path) -> usize {
    let folder = TempDir::new().unwrap();
    let build = |name: &str, zone: &str, lang: &str, threads: &str| {
        let output = folder.path().join(name);
        let mut command = Command::new(env!("CARGO_BIN_EXE_tinso"));
        command.arg("--root").arg(site).args(["build", "--output-dir"]).arg(&output);
        let done = command.env("TZ", zone).env("LANG", lang).env("RAYON_NUM_THREADS", threads).output().unwrap();
        assert_eq!(code(&done), 0, "{}", said(&done));
        let _ = fs::remove_dir_all(site.join(".tinso"));
        tree(&output)
    };
    let first = build("a", "UTC", "C", "1");
    assert!(first == build("b", "Asia/Ho_Chi_Minh", "vi_VN.UTF-8", "2"));
    assert!(first == build("c", "America/New_York", "tr_TR.UTF-8", "8"));
    first.len()
}

#[test]
fn time_zone_language_and_threads_change_no_byte_of_a_portal() {
    let (_folder, site) = portal();
    assert!(builds_the_same_everywhere(Path::new(&site)) > 60);
}

#[test]
fn time_zone_language_and_threads_change_no_byte_of_the_sample_portal() {
    // Without its pictures, whose kinds the other portal has, too: they take long to draw.
    let folder = TempDir::new().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for part in ["content", "themes", "static"] {
        for (path, bytes) in tree(&root.join(part)) {
            let file = folder.path().join(part).join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, bytes).unwrap();
        }
    }
    let config = fs::read_to_string(root.join("config.toml")).unwrap();
    fs::write(folder.path().join("config.toml"), config.replace("[extra.tinso]\n", "[extra.tinso]\npictures = false\n")).unwrap();
    assert!(builds_the_same_everywhere(folder.path()) > 800);
}

#[test]
fn every_command_and_flag_of_zola_is_known() {
    for (command, flags) in [
        ("build", "--base-url --output-dir --force --drafts --minify -u, -o, -f,"),
        (
            "serve",
            "--interface --port --output-dir --force --base-url --drafts --open --store-html --fast --no-port-append \
             --extra-watch-path --debounce -i, -p, -o, -u, -O, -f, -d,",
        ),
        ("check", "--drafts --skip-external-links"),
        ("init", "--force -f, [DIR]"),
        ("completion", "bash elvish fish powershell zsh"),
    ] {
        let help = tinso(&[command, "--help"]);
        let help = String::from_utf8(help.stdout).unwrap();
        for flag in flags.split_whitespace().chain(["--root", "--config", "-r,", "-c,"]) {
            assert!(help.contains(flag), "{command} {flag}");
        }
    }
}

#[test]
fn completion_is_written_for_every_shell() {
    for (shell, part) in [
        ("bash", "complete -F _tinso"),
        ("elvish", "edit:completion"),
        ("fish", "complete -c tinso"),
        ("powershell", "Register-ArgumentCompleter"),
        ("zsh", "#compdef tinso"),
    ] {
        let script = tinso(&["completion", shell]);
        assert_eq!(code(&script), 0);
        assert!(script.stderr.is_empty(), "{}", said(&script));
        let script = String::from_utf8(script.stdout).unwrap();
        for part in [part, "check", "external"] {
            assert!(script.contains(part), "{shell}: {part}");
        }
    }
    assert_eq!(code(&tinso(&["completion", "cmd"])), 2);
}

#[test]
fn init_without_a_name_uses_the_folder_it_is_in() {
    let folder = TempDir::new().unwrap();
    let init = || Command::new(env!("CARGO_BIN_EXE_tinso")).arg("init").current_dir(folder.path()).output().unwrap();
    let made = init();
    assert_eq!(code(&made), 0, "{}", said(&made));
    assert!(said(&made).contains("Next: `tinso serve`"), "{}", said(&made));
    assert!(folder.path().join("config.toml").is_file());
    assert_eq!(code(&init()), 2);
}

#[test]
fn build_takes_its_folder_from_the_config_or_the_command_line() {
    let (folder, site) = portal();
    let config = Path::new(&site).join("config.toml");
    let text = fs::read_to_string(&config).unwrap();
    fs::write(&config, format!("output_dir = \"dist/site\"\n{text}")).unwrap();
    let built = tinso(&["-r", &site, "build"]);
    assert_eq!(code(&built), 0, "{}", said(&built));
    assert!(Path::new(&site).join("dist/site/index.html").is_file() && !Path::new(&site).join("public").exists());
    let out = folder.path().join("out");
    let built =
        tinso(&["-r", &site, "-c", "config.toml", "build", "-o", &out.display().to_string(), "-u", "https://b.example/x"]);
    assert_eq!(code(&built), 0, "{}", said(&built));
    assert!(fs::read_to_string(out.join("index.html")).unwrap().contains("https://b.example/x/"));
}

#[test]
fn build_writes_into_a_folder_in_use_only_when_forced() {
    let (folder, site) = portal();
    let out = folder.path().join("out");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("mine.txt"), "mine").unwrap();
    let build = |more: &[&str]| tinso(&[&["-r", &site, "build", "-o", &out.display().to_string()], more].concat());
    assert_eq!(code(&build(&[])), 2);
    assert_eq!(code(&build(&["-f"])), 0);
    assert!(out.join("index.html").is_file() && out.join("mine.txt").is_file());
}

#[test]
fn a_build_lists_the_pages_that_it_changed_for_indexnow() {
    let (folder, site) = portal();
    let list = folder.path().join("changed.jsonl");
    let build = || tinso(&["--root", &site, "build", "--changed", list.to_str().unwrap()]);
    let without = build();
    assert!(code(&without) == 2 && said(&without).contains("index_now"), "{}", said(&without));
    assert!(!Path::new(&site).join("public").exists());
    let config = Path::new(&site).join("config.toml");
    let text = fs::read_to_string(&config).unwrap();
    fs::write(&config, format!("{text}\n[extra.tinso.discovery]\nindex_now = \"0123456789abcdef\"\n")).unwrap();
    let pages = || -> Vec<String> {
        let built = build();
        assert_eq!(code(&built), 0, "{}", said(&built));
        let bodies = fs::read_to_string(&list).unwrap();
        let bodies = bodies.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        let urls = |body: serde_json::Value| body["urlList"].as_array().unwrap().clone();
        bodies.flat_map(urls).map(|url| url.as_str().unwrap().to_owned()).collect()
    };
    let all = pages();
    assert!(
        all.iter().any(|url| url.ends_with("/en/")) && !all.iter().any(|url| url.contains("404") || url.contains("/embed")),
        "{all:?}"
    );
    assert!(pages().is_empty());
    fs::write(Path::new(&site).join("content/extra.md"), "+++\ntitle = \"Thêm\"\n+++\nChữ.\n").unwrap();
    assert!(pages().iter().any(|url| url.ends_with("/extra/")));
    fs::remove_file(Path::new(&site).join("content/extra.md")).unwrap();
    assert!(pages().iter().any(|url| url.ends_with("/extra/")), "a page that is gone is told of, too");
    fs::write(Path::new(&site).join("content/extra.md"), "+++\ntitle = \"Thêm\"\npath = \"thêm nữa\"\n+++\n").unwrap();
    assert!(pages().iter().any(|url| url.ends_with("/th%C3%AAm%20n%E1%BB%AFa/")));
}

#[test]
fn drafts_are_built_and_checked_when_asked_for() {
    let (_folder, site) = portal();
    let draft = "+++\ntitle = \"D\"\ndate = 2011-01-01\ndraft = true\n+++\n[x](@/nowhere.md)\n";
    fs::write(Path::new(&site).join("content/news/draft.md"), draft).unwrap();
    assert_eq!(code(&tinso(&["-r", &site, "check"])), 0);
    assert_eq!(code(&tinso(&["-r", &site, "check", "--drafts"])), 1);
    fs::write(Path::new(&site).join("content/news/draft.md"), draft.replace("[x](@/nowhere.md)", "")).unwrap();
    assert_eq!(code(&tinso(&["-r", &site, "build"])), 0);
    assert!(!Path::new(&site).join("public/news/draft").exists());
    assert_eq!(code(&tinso(&["-r", &site, "build", "--drafts", "--minify"])), 0);
    assert!(Path::new(&site).join("public/news/draft/index.html").is_file());
}

#[test]
fn a_site_is_found_from_a_folder_inside_it() {
    let (_folder, site) = portal();
    let inside = Path::new(&site).join("content/news");
    let checked = Command::new(env!("CARGO_BIN_EXE_tinso")).arg("check").current_dir(inside).output().unwrap();
    assert_eq!(code(&checked), 0, "{}", said(&checked));
    assert!(said(&checked).contains("nothing is wrong"), "{}", said(&checked));
}

#[test]
fn the_sample_portal_has_no_lost_path_and_no_orphan() {
    let checked = tinso(&["--root", env!("CARGO_MANIFEST_DIR"), "check"]);
    assert_eq!(code(&checked), 0, "{}", said(&checked));
    for word in ["broken-", "orphan"] {
        assert!(!said(&checked).contains(word), "{}", said(&checked));
    }
}

#[test]
fn a_folder_without_a_site_is_a_usage_error_with_advice() {
    let folder = TempDir::new().unwrap();
    let failed = tinso(&["--root", &folder.path().display().to_string(), "build"]);
    assert_eq!(code(&failed), 2);
    assert!(said(&failed).contains("tinso init"), "{}", said(&failed));
}

#[cfg(feature = "images")]
/// A site with one picture that is made smaller, and the path of what is made of it after a build.
fn site_with_a_picture(folder: &Path) -> std::path::PathBuf {
    fs::create_dir_all(folder.join("templates")).unwrap();
    fs::create_dir_all(folder.join("static")).unwrap();
    fs::create_dir_all(folder.join("content")).unwrap();
    fs::write(folder.join("config.toml"), "base_url = \"https://tin.example\"\n").unwrap();
    let call = "{{ resize_image(path=\"a.png\", width=20, height=10) | get(key=\"url\") }}";
    fs::write(folder.join("templates/index.html"), call).unwrap();
    fs::write(folder.join("content/_index.md"), "+++\n+++\n").unwrap();
    image::RgbImage::from_pixel(80, 40, image::Rgb([9, 99, 199])).save(folder.join("static/a.png")).unwrap();
    build_well(folder);
    let made = tree(&folder.join("public")).into_keys().find(|path| path.starts_with("processed_images/")).unwrap();
    folder.join("public").join(made)
}

#[cfg(feature = "images")]
fn build_well(folder: &Path) -> String {
    let built = tinso(&["--root", &folder.display().to_string(), "build"]);
    assert_eq!(code(&built), 0, "{}", said(&built));
    said(&built)
}

#[cfg(feature = "images")]
#[test]
fn a_picture_of_the_last_build_is_used_again_and_not_made_again() {
    let folder = TempDir::new().unwrap();
    let made = site_with_a_picture(folder.path());
    let fresh = fs::read(&made).unwrap();
    assert_eq!(image::load_from_memory(&fresh).unwrap().width(), 20);
    assert!(build_well(folder.path()).contains("0 files written"));

    // Bytes that no encoder makes, listed as if the last build had written them: only a build that reuses keeps them.
    let manifest = folder.path().join("public/.tinso-manifest.json");
    let entry = |bytes: &[u8]| (format!("{:032x}", xxhash_rust::xxh3::xxh3_128(bytes)), format!("\"size\": {}\n", bytes.len()));
    let ((old_hash, old_size), (hash, size)) = (entry(&fresh), entry(b"kept"));
    let text = fs::read_to_string(&manifest).unwrap();
    assert!(text.contains(&old_hash));
    let at = text.find(&old_hash).unwrap();
    let listed = format!("{}{}", &text[..at], text[at..].replacen(&old_hash, &hash, 1).replacen(&old_size, &size, 1));
    fs::write(&manifest, listed).unwrap();
    fs::write(&made, "kept").unwrap();
    build_well(folder.path());
    assert_eq!(fs::read(&made).unwrap(), b"kept");
}

#[cfg(feature = "images")]
#[test]
fn a_picture_that_was_changed_or_removed_since_the_last_build_is_made_again() {
    let folder = TempDir::new().unwrap();
    let made = site_with_a_picture(folder.path());
    let fresh = fs::read(&made).unwrap();
    fs::write(&made, "changed by hand").unwrap();
    build_well(folder.path());
    assert_eq!(fs::read(&made).unwrap(), fresh);
    fs::remove_file(&made).unwrap();
    build_well(folder.path());
    assert_eq!(fs::read(&made).unwrap(), fresh);
}

#[cfg(feature = "images")]
#[test]
fn a_picture_that_no_page_asks_for_any_more_leaves_the_output() {
    let folder = TempDir::new().unwrap();
    let made = site_with_a_picture(folder.path());
    fs::write(folder.path().join("templates/index.html"), "none").unwrap();
    build_well(folder.path());
    assert!(!made.exists());
}

#[cfg(feature = "images")]
#[test]
fn templates_read_data_files_from_anywhere_in_the_site_and_from_nowhere_else() {
    let folder = TempDir::new().unwrap();
    let site = folder.path().join("site");
    fs::create_dir_all(&site).unwrap();
    site_with_a_picture(&site);
    fs::create_dir_all(site.join("data")).unwrap();
    fs::write(site.join("data/a.txt"), "inside").unwrap();
    fs::write(folder.path().join("secret.txt"), "outside").unwrap();
    fs::write(site.join("templates/index.html"), "{{ load_data(path=\"data/a.txt\") }}").unwrap();
    build_well(&site);
    assert_eq!(fs::read_to_string(site.join("public/index.html")).unwrap(), "inside");
    for path in ["../secret.txt", "data/../../secret.txt"] {
        fs::write(site.join("templates/index.html"), format!("{{{{ load_data(path=\"{path}\") }}}}")).unwrap();
        let built = tinso(&["--root", &site.display().to_string(), "build"]);
        assert_eq!(code(&built), 1, "{}", said(&built));
        assert!(said(&built).contains("secret.txt`") && !said(&built).contains("outside"), "{}", said(&built));
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(folder.path().join("secret.txt"), site.join("data/link.txt")).unwrap();
        fs::write(site.join("templates/index.html"), "{{ load_data(path=\"data/link.txt\") }}").unwrap();
        let built = tinso(&["--root", &site.display().to_string(), "build"]);
        assert!(said(&built).contains("there is no file `data/link.txt`"), "{}", said(&built));
    }
}

#[test]
fn timings_are_a_table_of_stages_pages_and_templates() {
    let (_folder, site) = portal();
    let built = tinso(&["--root", &site, "build", "--timings"]);
    assert_eq!(code(&built), 0, "{}", said(&built));
    let said = said(&built);
    let start = |line: &str| line.split_whitespace().next().unwrap_or_default().to_owned();
    let first: Vec<String> = said.lines().map(start).collect();
    for stage in
        ["reading", "config", "front", "indicators", "styles", "templates", "Markdown", "values", "plan", "rendering", "pictures"]
    {
        assert_eq!(first.iter().filter(|word| *word == stage).count(), 1, "{stage} in\n{said}");
    }
    assert!(said.contains("slowest pages") && said.contains("slowest templates"), "{said}");
    let indicators = said.lines().find(|line| line.starts_with("indicator.html ")).unwrap();
    assert_eq!(indicators.split_whitespace().nth(1), Some("2"), "one indicator in two languages:\n{said}");
}

#[test]
fn a_trace_names_every_stage_and_every_render_with_its_template_and_thread() {
    let (folder, site) = portal();
    let file = folder.path().join("trace.json");
    let built = tinso(&["--root", &site, "build", "--trace", &file.display().to_string()]);
    assert_eq!(code(&built), 0, "{}", said(&built));
    assert!(!said(&built).contains("slowest"), "{}", said(&built));
    let trace: serde_json::Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    let events = trace["traceEvents"].as_array().unwrap();
    let of = |kind: &str| events.iter().filter(|event| event["cat"] == kind).cloned().collect::<Vec<_>>();
    let named: Vec<u64> =
        events.iter().filter(|event| event["name"] == "thread_name").map(|event| event["tid"].as_u64().unwrap()).collect();
    for event in events.iter().filter(|event| event["ph"] != "M") {
        assert_eq!(event["ph"], "X");
        assert!(event["ts"].is_f64() && event["dur"].as_f64().unwrap() >= 0.0 && event["pid"] == 1, "{event}");
        assert!(named.contains(&event["tid"].as_u64().unwrap()), "{event}");
    }
    let stages = of("stage");
    for pair in stages.windows(2) {
        let [ts, dur, next] = [&pair[0]["ts"], &pair[0]["dur"], &pair[1]["ts"]].map(|number| number.as_f64().unwrap());
        assert!((ts + dur - next).abs() < 0.01, "a stage begins when the one before it ends: {pair:?}");
    }
    let renders = of("render");
    let page = renders.iter().find(|render| render["name"] == "news/di-dong-thang-6-2011/index.html").unwrap();
    assert_eq!(page["args"]["template"], "page.html");
    let html = tree(&Path::new(&site).join("public")).into_keys().filter(|path| path.ends_with(".html")).count();
    assert_eq!(renders.iter().filter(|render| render["name"].as_str().unwrap().ends_with(".html")).count(), html);
    assert!(!of("markdown").is_empty() && !of("write").is_empty());

    let nowhere = folder.path().join("no/such/folder.json").display().to_string();
    let refused = tinso(&["--root", &site, "build", "--trace", &nowhere]);
    assert_eq!(code(&refused), 3);
    assert!(said(&refused).contains("cannot write"), "{}", said(&refused));
}

#[test]
fn explain_says_how_an_output_came_to_be() {
    let (_folder, site) = portal();
    let explain = |path: &str| {
        let built = tinso(&["--root", &site, "build", "--explain", path]);
        assert_eq!(code(&built), 0, "{}", said(&built));
        said(&built)
    };
    let first = explain("/news/di-dong-thang-6-2011/");
    for line in [
        "news/di-dong-thang-6-2011/index.html",
        "  from       content/news/mobile-june-2011.md",
        "  rendered   yes: .tinso/cache has no build to go on from, made by this program with these options",
    ] {
        assert!(first.lines().any(|said| said == line), "{line} in\n{first}");
    }
    assert!(first.contains("templates/page.html") && first.contains("templates/base.html"), "{first}");
    assert!(first.contains(" bytes, new: no file stood there"), "{first}");

    assert_eq!(code(&tinso(&["--root", &site, "build"])), 0);
    let again = explain("content/news/mobile-june-2011.md");
    assert!(again.contains("  rendered   no: nothing has changed of what it can read"), "{again}");
    assert!(again.contains("news/di-dong-thang-6-2011/index.html") && again.contains(" bytes, unchanged: "), "{again}");
    let source = Path::new(&site).join("content/news/mobile-june-2011.md");
    fs::write(&source, fs::read_to_string(&source).unwrap() + "\nThêm.\n").unwrap();
    let edited = explain("news/di-dong-thang-6-2011");
    assert!(edited.contains(" bytes, different from those that stood there"), "{edited}");
    assert!(edited.contains("  rendered   yes: texts have changed that it shows, counts or cuts"), "{edited}");
    assert!(edited.contains("  changed    content/news/mobile-june-2011.md"), "{edited}");
    let config = Path::new(&site).join("config.toml");
    fs::write(&config, fs::read_to_string(&config).unwrap() + "\n").unwrap();
    let all = explain("news/di-dong-thang-6-2011");
    assert!(all.contains("  changed    config.toml"), "{all}");
    let copied = explain("site.css");
    assert!(copied.contains("none: it needs no template"), "{copied}");
}

#[test]
fn explain_suggests_the_nearest_names_and_writes_nothing_where_there_is_no_such_output() {
    let (_folder, site) = portal();
    let built = tinso(&["--root", &site, "build", "--explain", "content/news/mobile-june-2012.md"]);
    assert_eq!(code(&built), 2);
    assert!(
        said(&built).contains("did you mean") && said(&built).contains("`content/news/mobile-june-2011.md`"),
        "{}",
        said(&built)
    );
    assert!(!Path::new(&site).join("public").exists());
}

/// A site of one indicator, with two articles that state numbers of it.
fn numbers() -> (TempDir, String) {
    let folder = TempDir::new().unwrap();
    let write = |path: &str, text: &str| {
        let file = folder.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    };
    write("config.toml", "base_url = \"https://a.vn\"\ndefault_language = \"vi\"\n[extra.tinso]\nareas = \"data/areas.toml\"\n");
    write("data/areas.toml", "VN = { vi = \"Cả nước\" }\n");
    let keys = "unit = \"VND\"\nunit_mult = 9\nunit_label = \"tỷ đồng\"\nmeasure = \"flow\"\nref_area = \"VN\"\n";
    write("content/indicators/revenue.md", &format!("+++\ntitle = \"Doanh thu\"\n[extra.indicator]\n{keys}+++\n"));
    let metric = |period: &str, value: &str| {
        format!("[[extra.metrics]]\nindicator = \"revenue\"\ntime_period = \"{period}\"\nvalue = {value}\n")
    };
    let first = format!("{}{}", metric("2015", "-50"), metric("2016", "90"));
    write("content/a.md", &format!("+++\ntitle = \"a\"\ndate = 2017-01-01\n{first}+++\n"));
    let second = format!("{}revision = {{ type = \"revision\" }}\n{}", metric("2016", "100.5"), metric("2017", "201"));
    write("content/b.md", &format!("+++\ntitle = \"b\"\ndate = 2018-01-01\n{second}+++\n"));
    let root = folder.path().display().to_string();
    (folder, root)
}

/// What a command prints on standard output.
fn printed(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn series_lists_indicators_and_shows_one_with_its_sources_and_what_is_computed() {
    let (_folder, root) = numbers();
    let list = tinso(&["-r", &root, "series"]);
    assert_eq!((code(&list), printed(&list).as_str()), (0, "revenue  Doanh thu  3  201\u{a0}tỷ đồng (năm 2017)\n"));
    let shown = printed(&tinso(&["-r", &root, "series", "revenue"]));
    for line in [
        "Doanh thu (tỷ đồng)",
        "năm 2015  Cả nước  \u{2212}50\u{a0}tỷ đồng                             content/a.md:4",
        "năm 2016  Cả nước  100,5\u{a0}tỷ đồng  điều chỉnh               content/b.md:4",
        "năm 2016  Cả nước  90\u{a0}tỷ đồng     đã thay bằng số mới hơn  content/a.md:8",
        "Thay đổi  tăng 100,0% so với năm 2016",
    ] {
        assert!(shown.lines().any(|shown| shown == line), "{line}\nis not in\n{shown}");
    }
}

#[test]
fn series_gives_csv_and_json_for_programs() {
    let (_folder, root) = numbers();
    let csv = printed(&tinso(&["-r", &root, "series", "revenue", "--format", "csv"]));
    let lines: Vec<&str> = csv.split("\r\n").collect();
    assert!(lines[0].starts_with("indicator,ref_area,breakdown,time_period,kind,obs_value,"), "{csv}");
    assert_eq!(lines[1], "revenue,VN,,2015,actual,-50,,,exact,A,VND,9,,false,content/a.md,4");
    assert_eq!(lines[2], "revenue,VN,,2016,actual,100.5,,,exact,A,VND,9,revision,false,content/b.md,4");
    let json = printed(&tinso(&["-r", &root, "series", "revenue", "--format", "json"]));
    let rows: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((rows[3]["obs_value"].as_str(), rows[0]["low"].is_null()), (Some("201"), true), "{json}");
    let list = printed(&tinso(&["-r", &root, "series", "--format", "json"]));
    assert_eq!(serde_json::from_str::<serde_json::Value>(&list).unwrap()[0]["indicator"], "revenue");
}

#[test]
fn series_of_what_is_not_there_says_what_there_is() {
    let (folder, root) = numbers();
    let unknown = tinso(&["-r", &root, "series", "revenues"]);
    assert!(code(&unknown) == 2 && said(&unknown).contains("did you mean `revenue`?"), "{}", said(&unknown));
    let language = tinso(&["-r", &root, "series", "--lang", "en"]);
    assert!(code(&language) == 2 && said(&language).contains("use one of: vi"), "{}", said(&language));
    fs::write(folder.path().join("content/b.md"), "+++\ntitle = \"b\"\n[[extra.metrics]]\nindicator = \"revenue\"\n+++\n")
        .unwrap();
    let broken = tinso(&["-r", &root, "series"]);
    assert!(code(&broken) == 1 && said(&broken).contains("content/b.md") && printed(&broken).contains("Doanh thu"));
}

#[test]
fn a_page_waits_for_its_moment_and_next_change_tells_when_that_is() {
    let (_folder, site) = portal();
    let page = "+++\ntitle = \"S\"\ndate = 2011-01-01\n[extra]\npublish_at = 2031-05-06T08:00:00+07:00\n+++\nx\n";
    let next = |args: &[&str]| {
        let next = tinso(&[&["-r", &site, "next-change"], args].concat());
        (code(&next), String::from_utf8(next.stdout.clone()).unwrap(), said(&next))
    };
    let (none, printed, why) = next(&[]);
    assert_eq!((none, printed.as_str()), (5, ""), "{why}");
    assert!(why.contains("does not change by itself"), "{why}");
    fs::write(Path::new(&site).join("content/news/soon.md"), page).unwrap();
    assert_eq!(next(&["--at", "2031-05-06T00:00:00Z"]).1, "2031-05-06T01:00:00Z\n");
    assert_eq!(next(&["--at", "2031-05-06T08:00:00+07:00"]).0, 5);
    let built = |at: &str| {
        assert_eq!(code(&tinso(&["-r", &site, "build", "--at", at])), 0);
        Path::new(&site).join("public/news/soon/index.html").is_file()
    };
    assert!(!built("2031-05-06T07:59:59+07:00"));
    assert!(built("2031-05-06T08:00:00+07:00"), "only time has passed");
    assert!(!built("2031-05-06T00:00:00Z"));
    assert_eq!(code(&tinso(&["-r", &site, "check", "--at", "2031-05-07T00:00:00Z"])), 0);
    let wrong = tinso(&["-r", &site, "build", "--at", "2031-05-07"]);
    assert_eq!(code(&wrong), 2);
    assert!(said(&wrong).contains("2026-11-30T08:00:00+07:00"), "{}", said(&wrong));
}

#[test]
fn an_article_tells_machines_what_it_is_and_nothing_in_it_ends_the_element() {
    let (_folder, site) = portal();
    let page = |title: &str, more: &str| {
        format!("+++\ntitle = {title:?}\ndate = 2011-01-01T08:00:00+07:00\nupdated = 2011-01-02\n{more}+++\nx\n")
    };
    let more = "authors = [\"A & B\"]\n[[extra.corrections]]\ndate = 2011-01-02\ntext = \"a </script> \\\"b\\\"\"\n";
    fs::write(Path::new(&site).join("content/news/a.md"), page("Số </script><b> & \"x\"", more)).unwrap();
    fs::write(Path::new(&site).join("content/news/a.en.md"), page("English", "")).unwrap();
    let built = tinso(&["-r", &site, "build"]);
    assert_eq!(code(&built), 0, "{}", said(&built));
    let graph = |path: &str| {
        let html = fs::read_to_string(Path::new(&site).join(path)).unwrap();
        let (_, rest) = html.split_once("<script type=\"application/ld+json\">").unwrap();
        let value: serde_json::Value = serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap();
        value["@graph"].as_array().unwrap().clone()
    };
    let vi = graph("public/news/a/index.html");
    assert_eq!(vi[0]["@type"], "NewsArticle");
    assert_eq!(vi[0]["headline"], "Số </script><b> & \"x\"");
    assert_eq!((&vi[0]["datePublished"], &vi[0]["dateModified"]), (&"2011-01-01T08:00:00+07:00".into(), &"2011-01-02".into()));
    assert_eq!(vi[0]["author"], serde_json::json!([{ "@type": "Person", "name": "A & B" }]));
    let correction =
        serde_json::json!([{ "@type": "CorrectionComment", "datePublished": "2011-01-02", "text": "a </script> \"b\"" }]);
    assert_eq!(vi[0]["correction"], correction);
    assert_eq!(vi[1]["itemListElement"].as_array().unwrap().len(), 2);
    let en = graph("public/en/news/a/index.html");
    assert_eq!((&en[0]["inLanguage"], &en[0]["translationOfWork"]["@id"]), (&"en".into(), &vi[0]["@id"]));
    assert_eq!((&vi[0]["workTranslation"][0]["@id"], &vi[0]["translationOfWork"]), (&en[0]["@id"], &serde_json::Value::Null));
}

/// What a page of the docs calls between backticks, each from the name of the program on.
fn named(page: &str) -> impl Iterator<Item = &str> {
    page.split('`').skip(1).step_by(2).filter_map(|code| code.strip_prefix("tinso ")).filter(|code| !code.contains('\n'))
}

#[test]
fn every_command_and_flag_that_the_docs_name_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let pages = fs::read_dir(root.join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let pages = pages.chain([root.join("README.md"), root.join("themes/tinso-news/README.md")]);
    let mut seen = 0;
    for page in pages.filter(|page| page.extension().is_some_and(|end| end == "md")) {
        for code_span in named(&fs::read_to_string(&page).unwrap()) {
            let mut words = code_span.split_whitespace();
            let command = words.next().unwrap();
            let help = tinso(&[command, "--help"]);
            assert_eq!(code(&help), 0, "{}: `tinso {code_span}`", page.display());
            let help = String::from_utf8(help.stdout).unwrap();
            for flag in words.filter(|word| word.starts_with("--")) {
                assert!(help.contains(flag), "{}: `tinso {code_span}`", page.display());
            }
            seen += 1;
        }
    }
    assert!(seen > 10, "{seen}");
}
