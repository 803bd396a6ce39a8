//! Writing a site: atomic, owned files only, nothing lost.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use tempfile::TempDir;
use tinso::publish::{Options, PublishError, Written, write};
use tinso::text::SitePath;

const OPTIONS: Options = Options { force: false, durable: false };

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
