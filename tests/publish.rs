//! Writing a site: atomic, owned files only, nothing lost.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use tempfile::TempDir;
use tinso::publish::{Options, PublishError, Writing, Written, write};
use tinso::text::SitePath;

const OPTIONS: Options = Options { force: false, durable: false, read_all: false };

struct Folder {
    root: TempDir,
}

impl Folder {
    fn new() -> Self {
        Self { root: TempDir::new().unwrap() }
    }

    fn site(&self) -> PathBuf {
        let site = self.root.path().join("site");
        fs::create_dir_all(site.join("content")).unwrap();
        site
    }

    fn write(&self, output: &Path, files: &[(&str, &str)]) -> Result<Written, PublishError> {
        let outputs: BTreeMap<SitePath, Arc<[u8]>> =
            files.iter().map(|(path, text)| (SitePath::new(path), Arc::from(text.as_bytes()))).collect();
        write(output, &outputs, &self.site(), OPTIONS)
    }

    /// Whether no temporary folder stands beside the output.
    fn is_tidy(&self) -> bool {
        fs::read_dir(self.site()).unwrap().all(|entry| !entry.unwrap().file_name().to_string_lossy().contains("tinso-new"))
    }
}

#[test]
fn stale_files_go_foreign_ones_stay_and_unchanged_ones_keep_their_time() {
    let folder = Folder::new();
    let public = folder.site().join("public");
    folder.write(&public, &[("a/index.html", "1"), ("b/index.html", "2"), ("c.css", "3")]).unwrap();
    fs::create_dir_all(public.join(".git")).unwrap();
    fs::write(public.join(".git/head"), "x").unwrap();
    fs::write(public.join("CNAME"), "tin.example").unwrap();
    let time = |path: &str| fs::metadata(public.join(path)).unwrap().modified().unwrap();
    let before = time("a/index.html");
    let written = folder.write(&public, &[("a/index.html", "1"), ("c.css", "33"), ("d.css", "4")]).unwrap();
    assert_eq!((written.written, written.unchanged, written.removed), (2, 1, 1));
    assert_eq!(time("a/index.html"), before);
    assert!(!public.join("b").exists());
    assert_eq!(fs::read_to_string(public.join("c.css")).unwrap(), "33");
    assert_eq!(fs::read_to_string(public.join(".git/head")).unwrap(), "x");
    assert_eq!(fs::read_to_string(public.join("CNAME")).unwrap(), "tin.example");
    assert!(folder.is_tidy());
}

#[test]
fn folders_that_are_not_an_output_are_refused_before_anything_is_written() {
    let folder = Folder::new();
    let site = folder.site();
    fs::write(site.join("content/a.md"), "mine").unwrap();
    let other = folder.root.path().join("other");
    fs::create_dir_all(&other).unwrap();
    fs::write(other.join("thesis.doc"), "mine").unwrap();
    std::os::unix::fs::symlink(site.join("content"), site.join("link")).unwrap();
    for output in [
        PathBuf::from("/"),
        site.clone(),
        site.join("content"),
        site.join("content/x"),
        site.join("link"),
        folder.root.path().to_owned(),
        other.clone(),
    ] {
        assert!(
            matches!(folder.write(&output, &[("index.html", "x")]), Err(PublishError::Refused { .. })),
            "{}",
            output.display()
        );
    }
    assert_eq!(fs::read_to_string(site.join("content/a.md")).unwrap(), "mine");
    assert_eq!(fs::read_dir(&other).unwrap().count(), 1);
}

#[test]
fn a_write_that_fails_leaves_the_old_tree() {
    let folder = Folder::new();
    let public = folder.site().join("public");
    folder.write(&public, &[("a.html", "1")]).unwrap();
    // A name longer than file systems take fails in the middle of the writing.
    let long = format!("{}.html", "x".repeat(300));
    assert!(folder.write(&public, &[("a.html", "2"), ("b.html", "2"), (&long, "2")]).is_err());
    assert_eq!(fs::read_to_string(public.join("a.html")).unwrap(), "1");
    assert!(!public.join("b.html").exists() && folder.is_tidy());
}

#[test]
fn files_and_folders_can_take_each_others_place() {
    let folder = Folder::new();
    let public = folder.site().join("public");
    folder.write(&public, &[("a", "file"), ("b/c", "deep")]).unwrap();
    folder.write(&public, &[("a/x", "deep"), ("b", "file")]).unwrap();
    assert_eq!(fs::read_to_string(public.join("a/x")).unwrap(), "deep");
    assert_eq!(fs::read_to_string(public.join("b")).unwrap(), "file");
}

/// Runs the program on a site.
fn tinso(site: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tinso")).arg("--root").arg(site).args(args).output().unwrap()
}

/// A folder with a site made by `init` in `site`.
fn portal() -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let site = folder.path().join("site");
    assert!(tinso(folder.path(), &["init", site.to_str().unwrap()]).status.success());
    (folder, site)
}

#[test]
fn pages_of_a_deleted_article_go_with_the_next_build_and_files_of_others_stay() {
    let (_folder, site) = portal();
    assert!(tinso(&site, &["new", "article", "passing"]).status.success());
    assert!(tinso(&site, &["build"]).status.success());
    let page = |path: &str| site.join("public").join(path);
    assert!(page("news/passing/index.html").is_file() && page("en/news/passing/index.html").is_file());
    fs::write(page("CNAME"), "tin.example").unwrap();
    fs::write(page("news/passing/notes.txt"), "mine").unwrap();
    for file in ["passing.md", "passing.en.md"] {
        fs::remove_file(site.join("content/news").join(file)).unwrap();
    }
    assert!(tinso(&site, &["build"]).status.success());
    assert!(!page("news/passing/index.html").exists() && !page("en/news/passing").exists());
    assert!(!fs::read_to_string(page("news/index.html")).unwrap().contains("passing"));
    assert_eq!(fs::read_to_string(page("CNAME")).unwrap(), "tin.example");
    assert_eq!(fs::read_to_string(page("news/passing/notes.txt")).unwrap(), "mine");
}

#[test]
fn build_refuses_to_write_over_sources_or_into_the_folder_of_somebody_else() {
    let (folder, site) = portal();
    let other = folder.path().join("other");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("thesis.doc"), "mine").unwrap();
    let config = fs::read(site.join("config.toml")).unwrap();
    for output in [&site, &site.join("content"), &site.join("static/x"), folder.path(), &other] {
        let refused = tinso(&site, &["build", "--output-dir", output.to_str().unwrap()]);
        assert_eq!(refused.status.code(), Some(2), "{}", output.display());
        let said = String::from_utf8(refused.stderr).unwrap();
        assert!(said.contains("cannot be the output folder") && said.contains("help: "), "{said}");
    }
    assert_eq!(fs::read(site.join("config.toml")).unwrap(), config);
    assert_eq!(fs::read_dir(&other).unwrap().count(), 1);
    assert!(!site.join("index.html").exists() && !site.join("content/index.html").exists());

    assert!(tinso(&site, &["build", "--force", "--output-dir", other.to_str().unwrap()]).status.success());
    assert_eq!(fs::read_to_string(other.join("thesis.doc")).unwrap(), "mine");
    assert!(other.join("index.html").is_file());
}

#[test]
fn a_build_gives_way_to_another_that_is_writing() {
    let (_folder, site) = portal();
    let lock = fs::File::open(&site).unwrap();
    lock.lock().unwrap();
    let busy = tinso(&site, &["build"]);
    assert_eq!(busy.status.code(), Some(4), "{}", String::from_utf8_lossy(&busy.stderr));
    assert!(!site.join("public").exists());
    drop(lock);
    assert!(tinso(&site, &["build"]).status.success());
}

#[test]
fn a_file_of_others_in_the_way_is_kept_until_force_says_otherwise() {
    let folder = Folder::new();
    let public = folder.site().join("public");
    folder.write(&public, &[("a.html", "1")]).unwrap();
    fs::write(public.join("robots.txt"), "mine").unwrap();
    fs::write(public.join("same.txt"), "s").unwrap();
    let files = [("a.html", "2"), ("robots.txt", "site"), ("same.txt", "s")];
    assert!(matches!(folder.write(&public, &files), Err(PublishError::InTheWay(paths)) if paths == ["robots.txt"]));
    assert_eq!(fs::read_to_string(public.join("robots.txt")).unwrap(), "mine");
    assert_eq!(fs::read_to_string(public.join("a.html")).unwrap(), "1");
    let outputs: BTreeMap<SitePath, Arc<[u8]>> =
        files.iter().map(|(path, text)| (SitePath::new(path), Arc::from(text.as_bytes()))).collect();
    write(&public, &outputs, &folder.site(), Options { force: true, ..OPTIONS }).unwrap();
    assert_eq!(fs::read_to_string(public.join("robots.txt")).unwrap(), "site");
}

#[test]
fn a_folder_without_a_list_is_taken_over_by_force_with_all_that_is_in_it() {
    let folder = Folder::new();
    let public = folder.site().join("public");
    fs::create_dir_all(public.join("empty/deep")).unwrap();
    fs::write(public.join("README"), "mine").unwrap();
    std::os::unix::fs::symlink("nowhere", public.join("link")).unwrap();
    assert!(folder.write(&public, &[("a.html", "1")]).is_err());
    let outputs = BTreeMap::from([(SitePath::new("a.html"), Arc::from(&b"1"[..]))]);
    write(&public, &outputs, &folder.site(), Options { force: true, ..OPTIONS }).unwrap();
    assert_eq!(fs::read_to_string(public.join("README")).unwrap(), "mine");
    assert_eq!(fs::read_link(public.join("link")).unwrap(), Path::new("nowhere"));
    assert!(public.join("empty/deep").is_dir() && public.join("a.html").is_file());
}

#[test]
fn everything_can_be_read_by_a_web_server() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let public = folder.site().join("public");
    folder.write(&public, &[("a/b.html", "1")]).unwrap();
    let mode = |path: &str| fs::metadata(public.join(path)).unwrap().permissions().mode() & 0o777;
    assert_eq!([mode(""), mode("a"), mode("a/b.html"), mode(".tinso-manifest.json")], [0o755, 0o755, 0o644, 0o644]);
}

/// Writing while the files are made.
impl Folder {
    fn begin(&self, output: &Path) -> Writing {
        Writing::begin(output, &self.site(), OPTIONS).unwrap()
    }
}

fn put(writing: &Writing, path: &str, text: &str) {
    writing.put(&SitePath::new(path), text.as_bytes());
}

/// Which file it is, when it changed last and what is in it.
type State = (u64, i64, i64, Vec<u8>);

/// The state of everything below a folder, itself among it.
fn state(folder: &Path) -> BTreeMap<PathBuf, State> {
    use std::os::unix::fs::MetadataExt;
    let look = |entry: walkdir::DirEntry| {
        let metadata = entry.metadata().unwrap();
        let bytes = if metadata.is_file() { fs::read(entry.path()).unwrap() } else { Vec::new() };
        (entry.into_path(), (metadata.ino(), metadata.ctime(), metadata.ctime_nsec(), bytes))
    };
    walkdir::WalkDir::new(folder).into_iter().map(|entry| look(entry.unwrap())).collect()
}

/// Changes a file in place, to as many bytes, and sets its time back.
fn tamper(file: &Path) {
    use std::io::Write;
    let modified = fs::metadata(file).unwrap().modified().unwrap();
    let mut file = fs::File::options().write(true).open(file).unwrap();
    file.write_all(b"?").unwrap();
    file.set_times(fs::FileTimes::new().set_modified(modified)).unwrap();
}

#[test]
fn files_are_taken_from_many_threads_at_once() {
    let folder = Folder::new();
    let public = folder.site().join("public");
    let path = |thread: usize, number: usize| format!("{}/{thread}/{}/{number}.html", number % 3, number % 5);
    for round in ["1", "2"] {
        let writing = folder.begin(&public);
        std::thread::scope(|scope| {
            for thread in 0..8 {
                let writing = &writing;
                scope.spawn(move || (0..60).for_each(|number| put(writing, &path(thread, number), &format!("{round}{number}"))));
            }
        });
        let written = writing.finish().unwrap();
        assert_eq!((written.written, written.unchanged, written.removed), (480, 0, 0));
        for (thread, number) in (0..8).flat_map(|thread| (0..60).map(move |number| (thread, number))) {
            assert_eq!(fs::read_to_string(public.join(path(thread, number))).unwrap(), format!("{round}{number}"));
        }
        assert!(folder.is_tidy());
    }
}

#[test]
fn a_build_that_is_given_up_leaves_everything_as_it_was() {
    let folder = Folder::new();
    let public = folder.site().join("public");
    folder.write(&public, &[("a.html", "1"), ("b/c.html", "2")]).unwrap();
    let before = state(&public);
    let writing = folder.begin(&public);
    put(&writing, "a.html", "new");
    put(&writing, "d/e.html", "new");
    assert!(!folder.is_tidy());
    drop(writing);
    assert_eq!(state(&public), before);
    assert!(folder.is_tidy());

    let deep = folder.site().join("not/there/yet");
    let writing = folder.begin(&deep);
    put(&writing, "a.html", "new");
    drop(writing);
    assert!(!folder.site().join("not").exists());
}

#[test]
fn what_goes_wrong_on_the_way_is_told_at_the_end_and_nothing_is_written() {
    let folder = Folder::new();
    let public = folder.site().join("public");
    folder.write(&public, &[("a.html", "1")]).unwrap();
    let before = state(&public);
    let long = format!("{}.html", "x".repeat(300));
    for bad in [long.as_str(), "../out.html", "a.html/b.html"] {
        let writing = folder.begin(&public);
        for path in ["a.html", bad, "c.html"] {
            put(&writing, path, "new");
        }
        let error = writing.finish().unwrap_err();
        assert_eq!(bad == long, matches!(error, PublishError::Io { .. }), "{error}");
        assert_eq!(state(&public), before);
        assert!(folder.is_tidy() && !folder.site().join("out.html").exists());
    }
}

#[test]
fn the_last_file_put_under_a_path_counts() {
    let folder = Folder::new();
    let public = folder.site().join("public");
    folder.write(&public, &[("a.html", "1"), ("b.html", "1")]).unwrap();
    let writing = folder.begin(&public);
    for (path, text) in [("a.html", "2"), ("b.html", "2"), ("b.html", "3"), ("a.html", "1")] {
        put(&writing, path, text);
    }
    let written = writing.finish().unwrap();
    assert_eq!((written.written, written.unchanged), (1, 1));
    assert_eq!(["a.html", "b.html"].map(|path| fs::read_to_string(public.join(path)).unwrap()), ["1", "3"]);
}

#[test]
fn a_file_is_kept_by_its_digest_only_while_it_stands_as_it_was_built() {
    let folder = Folder::new();
    let public = folder.site().join("public");
    let paths = ["a.html", "b/c.html", "gone.html", "tampered.html"];
    folder.write(&public, &paths.map(|path| (path, path))).unwrap();
    fs::remove_file(public.join("gone.html")).unwrap();
    tamper(&public.join("tampered.html"));
    let writing = folder.begin(&public);
    let digests = paths.map(|path| writing.standing(&SitePath::new(path)));
    assert_eq!(digests.map(|digest| digest.is_some()), [true, true, false, false]);
    let digest = |path: &str| xxhash_rust::xxh3::xxh3_128(path.as_bytes());
    assert_eq!(digests[0], Some(digest("a.html")));
    let kept = paths.map(|path| writing.keep(&SitePath::new(path), digest(path)));
    assert_eq!(kept, [true, true, false, false]);
    assert!(!writing.keep(&SitePath::new("a.html"), digest("other bytes")));
    assert!(!writing.keep(&SitePath::new("new.html"), digest("new.html")));
    assert_eq!(writing.standing(&SitePath::new("new.html")), None);
    put(&writing, "tampered.html", "tampered.html");
    let written = writing.finish().unwrap();
    assert_eq!((written.written, written.unchanged, written.removed), (1, 2, 0));
    assert_eq!(fs::read_to_string(public.join("b/c.html")).unwrap(), "b/c.html");
    assert_eq!(fs::read_to_string(public.join("tampered.html")).unwrap(), "tampered.html");
    assert!(!public.join("gone.html").exists());
}

#[test]
fn a_build_of_which_nothing_differs_writes_nothing_at_all() {
    let folder = Folder::new();
    let out = folder.site().join("out");
    let public = out.join("public");
    let files: Vec<(String, &str)> = (0..300).map(|number| (format!("{number}/index.html"), "page")).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    folder.write(&public, &files).unwrap();
    fs::write(public.join("CNAME"), "tin.example").unwrap();
    let before = state(&out);
    for _ in 0..3 {
        let written = folder.write(&public, &files).unwrap();
        assert_eq!((written.written, written.unchanged, written.removed), (0, 300, 0));
        assert_eq!(state(&out), before);
    }
}

#[test]
fn a_single_file_with_other_bytes_is_replaced_in_one_step_and_nothing_else_is_touched() {
    let folder = Folder::new();
    let public = folder.site().join("public");
    let files = |text| [("a/index.html", text), ("b/index.html", "same"), ("c.css", "same")];
    folder.write(&public, &files("1")).unwrap();
    fs::write(public.join("CNAME"), "tin.example").unwrap();
    let touched = |before: &BTreeMap<PathBuf, State>| -> Vec<String> {
        let now = state(&public);
        assert!(now.keys().eq(before.keys()));
        let changed = now.iter().filter(|(path, state)| before.get(*path) != Some(state));
        changed.map(|(path, _)| path.strip_prefix(&public).unwrap().display().to_string()).collect()
    };
    for text in ["2", "3"] {
        let before = state(&public);
        let written = folder.write(&public, &files(text)).unwrap();
        assert_eq!((written.written, written.unchanged), (1, 2));
        assert_eq!(touched(&before), ["", ".tinso-manifest.json", "a", "a/index.html"]);
        assert_eq!(fs::read_to_string(public.join("a/index.html")).unwrap(), text);
        assert!(folder.is_tidy());
        let before = state(&public);
        assert_eq!(folder.write(&public, &files(text)).unwrap().unchanged, 3);
        assert!(touched(&before).is_empty());
        let digest = xxhash_rust::xxh3::xxh3_128(text.as_bytes());
        assert_eq!(folder.begin(&public).standing(&SitePath::new("a/index.html")), Some(digest));
    }
    // Two at once come with a tree of their own.
    let before = state(&public);
    folder.write(&public, &[("a/index.html", "4"), ("b/index.html", "other"), ("c.css", "same")]).unwrap();
    assert_ne!(state(&public)[&public].0, before[&public].0);
    assert_eq!(fs::read_to_string(public.join("CNAME")).unwrap(), "tin.example");
}

#[test]
fn a_list_that_is_behind_its_files_is_put_right() {
    let folder = Folder::new();
    let public = folder.site().join("public");
    let list = public.join(".tinso-manifest.json");
    let files = |text| [("a.html", text), ("b.html", "same")];
    folder.write(&public, &files("1")).unwrap();
    let behind = fs::read(&list).unwrap();
    folder.write(&public, &files("2")).unwrap();
    let right = fs::read(&list).unwrap();
    fs::write(&list, behind).unwrap();
    assert_eq!(folder.begin(&public).standing(&SitePath::new("a.html")), None);
    let written = folder.write(&public, &files("2")).unwrap();
    assert_eq!((written.written, written.unchanged), (0, 2));
    assert_eq!(fs::read(&list).unwrap(), right);
}

#[test]
fn a_file_that_was_changed_is_noticed_however_its_time_was_set_back() {
    let folder = Folder::new();
    let public = folder.site().join("public");
    let files = [("a/index.html", "first"), ("b/index.html", "second")];
    folder.write(&public, &files).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(30));
    // By now the times are known to tell.
    folder.write(&public, &[("a/index.html", "first"), ("b/index.html", "other!")]).unwrap();
    folder.write(&public, &files).unwrap();
    assert_eq!(folder.write(&public, &files).unwrap().written, 0);
    tamper(&public.join("a/index.html"));
    assert_eq!(folder.write(&public, &files).unwrap().written, 1);
    // A file put into the place of another, with its size and time.
    let modified = fs::metadata(public.join("b/index.html")).unwrap().modified().unwrap();
    fs::write(folder.site().join("strange"), "strang").unwrap();
    fs::rename(folder.site().join("strange"), public.join("b/index.html")).unwrap();
    let file = fs::File::options().write(true).open(public.join("b/index.html")).unwrap();
    file.set_times(fs::FileTimes::new().set_modified(modified)).unwrap();
    assert_eq!(folder.write(&public, &files).unwrap().written, 1);
    assert_eq!(fs::read_to_string(public.join("b/index.html")).unwrap(), "second");
}

#[test]
fn a_change_within_the_same_tick_of_the_clock_is_noticed() {
    let folder = Folder::new();
    let public = folder.site().join("public");
    for round in 0..100 {
        let text = format!("{round:03}");
        let files = [("a.html", text.as_str()), ("b.html", "same")];
        folder.write(&public, &files).unwrap();
        tamper(&public.join("a.html"));
        tamper(&public.join("b.html"));
        let written = folder.write(&public, &files).unwrap();
        assert_eq!(written.written, 2, "round {round}");
    }
}

#[test]
fn a_list_of_times_that_is_damaged_gone_or_of_another_output_costs_nothing_but_time() {
    let folder = Folder::new();
    let (public, times) = (folder.site().join("public"), folder.site().join(".tinso/cache/outputs"));
    let files = [("a/b.html", "text"), ("c.html", "text")];
    folder.write(&public, &files).unwrap();
    assert_eq!(fs::read_to_string(folder.site().join(".tinso/cache/.gitignore")).unwrap(), "*\n");
    for damage in [&b""[..], b"tinso times, 1\r\nabc", &[0; 4096]] {
        fs::write(&times, damage).unwrap();
        assert_eq!(folder.write(&public, &files).unwrap().unchanged, 2);
        fs::write(&times, damage).unwrap();
        assert_eq!(folder.write(&public, &[files[0], ("c.html", "new")]).unwrap().written, 1);
        assert_eq!(folder.write(&public, &files).unwrap().written, 1);
    }
    fs::remove_dir_all(folder.site().join(".tinso")).unwrap();
    assert_eq!(folder.write(&public, &files).unwrap().unchanged, 2);
    let other = folder.site().join("other");
    folder.write(&other, &files).unwrap();
    assert_eq!(folder.write(&public, &files).unwrap().unchanged, 2);
    assert_eq!(folder.write(&other, &files).unwrap().unchanged, 2);
    // Where nothing can be kept, all is read.
    fs::remove_dir_all(folder.site().join(".tinso")).unwrap();
    fs::write(folder.site().join(".tinso"), "a file").unwrap();
    assert_eq!(folder.write(&public, &[files[0]]).unwrap().removed, 1);
    assert_eq!(folder.write(&public, &[files[0]]).unwrap().unchanged, 1);
}

#[test]
fn what_others_put_between_known_files_stays() {
    let folder = Folder::new();
    let public = folder.site().join("public");
    let build = |text: &str| {
        folder.write(&public, &[("a/b/index.html", "same"), ("a/c.html", text), ("d.html", "same")]).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(10));
    };
    build("1");
    build("2");
    fs::write(public.join("a/b/notes.txt"), "mine").unwrap();
    build("3");
    fs::create_dir_all(public.join("a/b/deep/er")).unwrap();
    fs::write(public.join("a/b/deep/er/x"), "mine").unwrap();
    std::os::unix::fs::symlink("nowhere", public.join("a/link")).unwrap();
    fs::create_dir(public.join("empty")).unwrap();
    build("4");
    build("4");
    build("5");
    for (path, text) in [("a/b/notes.txt", "mine"), ("a/b/deep/er/x", "mine"), ("a/c.html", "5"), ("a/b/index.html", "same")] {
        assert_eq!(fs::read_to_string(public.join(path)).unwrap(), text, "{path}");
    }
    assert!(public.join("empty").is_dir() && public.join("a/link").is_symlink());
    fs::remove_file(public.join("a/b/notes.txt")).unwrap();
    build("6");
    assert!(!public.join("a/b/notes.txt").exists());
}

#[test]
fn nothing_behind_a_link_in_the_place_of_a_folder_is_touched() {
    let folder = Folder::new();
    let public = folder.site().join("public");
    let files = [("a/b/index.html", "page"), ("c.html", "1")];
    folder.write(&public, &files).unwrap();
    let elsewhere = folder.root.path().join("elsewhere");
    fs::rename(public.join("a"), &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, public.join("a")).unwrap();
    assert!(matches!(folder.write(&public, &[files[0], ("c.html", "2")]), Err(PublishError::InTheWay(paths)) if paths == ["a"]));
    folder.write(&public, &[("c.html", "2")]).unwrap();
    assert_eq!(fs::read_to_string(elsewhere.join("b/index.html")).unwrap(), "page");
    assert_eq!(fs::read_link(public.join("a")).unwrap(), elsewhere);
    assert_eq!(fs::read_to_string(public.join("c.html")).unwrap(), "2");
    assert!(folder.is_tidy());
}

#[test]
fn a_mode_that_keeps_a_web_server_out_is_mended_with_the_next_change() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let public = folder.site().join("public");
    folder.write(&public, &[("a/b.html", "1"), ("c.html", "1")]).unwrap();
    fs::set_permissions(public.join("a/b.html"), fs::Permissions::from_mode(0o600)).unwrap();
    fs::set_permissions(public.join("a"), fs::Permissions::from_mode(0o700)).unwrap();
    folder.write(&public, &[("a/b.html", "1"), ("c.html", "2")]).unwrap();
    let mode = |path: &str| fs::metadata(public.join(path)).unwrap().permissions().mode() & 0o777;
    assert_eq!([mode("a"), mode("a/b.html")], [0o755, 0o644]);
}

#[test]
fn what_a_killed_build_left_beside_or_inside_the_output_goes_with_the_next_one() {
    let folder = Folder::new();
    let public = folder.site().join("public");
    let files = [("a/index.html", "1"), ("b.html", "1")];
    folder.write(&public, &files).unwrap();
    for left in [".public.tinso-new/a", ".public.tinso-old/a", "public/.tinso-new/a"] {
        fs::create_dir_all(folder.site().join(left)).unwrap();
        fs::write(folder.site().join(left).join("index.html"), "half").unwrap();
    }
    assert_eq!(folder.write(&public, &files).unwrap().unchanged, 2);
    let names = |folder: &Path| -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    assert_eq!(names(&folder.site()), [".tinso", "content", "public"]);
    assert_eq!(names(&public), [".tinso-manifest.json", "a", "b.html"]);
}

#[test]
fn a_reader_sees_one_build_or_the_other_whenever_the_program_is_killed() {
    let (_folder, site) = portal();
    let public = site.join("public");
    let config = fs::read_to_string(site.join("config.toml")).unwrap();
    let tree = || -> BTreeMap<PathBuf, Vec<u8>> { state(&public).into_iter().map(|(path, (.., bytes))| (path, bytes)).collect() };
    let mut whole = Vec::new();
    for address in ["https://one.example", "https://two.example"] {
        assert!(tinso(&site, &["build", "-u", address]).status.success());
        whole.push(tree());
    }
    let began = std::time::Instant::now();
    assert!(tinso(&site, &["build", "-u", "https://one.example"]).status.success());
    let took = began.elapsed();
    for round in 0..30 {
        let address = ["https://two.example", "https://one.example"][round % 2];
        let mut build = Command::new(env!("CARGO_BIN_EXE_tinso"));
        build.arg("--root").arg(&site).args(["build", "-u", address]).stderr(std::process::Stdio::null());
        let mut build = build.spawn().unwrap();
        std::thread::sleep(took.mul_f64(round as f64 / 30.0));
        build.kill().unwrap();
        build.wait().unwrap();
        assert!(whole.contains(&tree()), "round {round}");
    }
    assert!(tinso(&site, &["build", "-u", "https://one.example"]).status.success());
    assert_eq!(tree(), whole[0]);
    assert_eq!(fs::read_to_string(site.join("config.toml")).unwrap(), config);
    assert!(fs::read_dir(&site).unwrap().all(|entry| !entry.unwrap().file_name().to_string_lossy().contains("tinso-")));
}
