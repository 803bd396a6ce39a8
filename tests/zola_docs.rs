//! docs/zola.md is complete and tells the truth: every row names a test that is there, every test of the suite has a row,
//! and no key, function, filter or test of templates is left out.

#![allow(clippy::disallowed_methods, clippy::panic, clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The compatibility suite has at least so many tests.
const SUITE: usize = 300;

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() && !path.ends_with("node_modules") {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// A word of letters, digits and `_` at the start of a text.
fn word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap()
}

/// Every test below tests/, as the page names it: `file::function`.
fn tests() -> BTreeSet<String> {
    let mut files = Vec::new();
    rust_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests"), &mut files);
    let mut tests = BTreeSet::new();
    for path in files {
        let source = fs::read_to_string(&path).unwrap();
        let file = path.file_stem().unwrap().to_str().unwrap();
        // Between the mark of a test and its function stand only other marks.
        for after in source.split("#[test]").skip(1) {
            let function = after.lines().map(str::trim).find(|line| line.starts_with("fn ") || line.starts_with("async fn "));
            let name = word(function.unwrap().trim_start_matches("async ").trim_start_matches("fn "));
            tests.insert(format!("{file}::{name}"));
        }
    }
    tests
}

/// What stands in code marks of a line.
fn code(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

/// The tests that a part of the page names.
fn named(text: &str) -> impl Iterator<Item = &str> {
    code(text).filter(|code| code.contains("::"))
}

/// Lines of the page that state something: rows of tables without their heads, and points of lists, with what is wrong with their form.
fn statements(page: &str) -> Vec<&str> {
    let lines: Vec<&str> = page.lines().collect();
    let is_head = |number: usize| lines.get(number + 1).is_some_and(|next| next.starts_with("|---"));
    let rows = lines.iter().enumerate().filter(|(number, line)| {
        line.starts_with("- ") || (line.starts_with('|') && !line.starts_with("|---") && !is_head(*number))
    });
    rows.map(|(_, line)| *line).collect()
}

/// Words that the page has in code marks, names of tests aside.
fn mentioned(page: &str) -> BTreeSet<&str> {
    let lines = page.lines().flat_map(code).filter(|code| !code.contains("::"));
    lines.flat_map(|code| code.split(|c: char| !c.is_alphanumeric() && c != '_')).collect()
}

#[track_caller]
fn all_mentioned<'a>(what: &str, names: impl IntoIterator<Item = &'a str>) {
    let page = read("docs/zola.md");
    let mentioned = mentioned(&page);
    let names: BTreeSet<&str> = names.into_iter().collect();
    assert!(names.len() > 3, "{what}: {names:?}");
    let missing: Vec<&&str> = names.iter().filter(|name| !mentioned.contains(**name)).collect();
    assert!(missing.is_empty(), "docs/zola.md says nothing of these {what}: {missing:?}");
}

/// Texts in a source that can be keys: small letters and `_` only. Without its unit tests and comments.
fn keys_in(source: &str) -> BTreeSet<String> {
    let source = source.split("#[cfg(test)]").next().unwrap();
    let lines = source.lines().filter(|line| !line.trim_start().starts_with("//"));
    let texts = lines.flat_map(|line| line.split('"').skip(1).step_by(2));
    let is_key = |text: &&str| text.len() > 1 && text.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    texts.filter(is_key).map(str::to_owned).collect()
}

/// The words of a constant list in a source: `const NAME: &str = "a b c";`.
fn words_of(source: &str, name: &str) -> Vec<String> {
    let list = source.split(&format!("const {name}: &str = \"")).nth(1).unwrap().split('"').next().unwrap();
    list.split(|c: char| c.is_whitespace() || c == '\\').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[test]
fn every_statement_names_tests_that_are_there() {
    let (page, tests) = (read("docs/zola.md"), tests());
    let statements = statements(&page);
    assert!(statements.len() > 200, "{}", statements.len());
    for line in &statements {
        let shown_by = if line.starts_with('|') { line.trim_end_matches(['|', ' ']).rsplit(" | ").next().unwrap() } else { line };
        assert!(named(shown_by).next().is_some(), "no test shows this: {line}");
    }
    let missing: Vec<&str> = page.lines().flat_map(named).filter(|name| !tests.contains(*name)).collect();
    assert!(missing.is_empty(), "there are no such tests: {missing:#?}");
}

#[test]
fn every_row_has_three_cells() {
    for line in read("docs/zola.md").lines().filter(|line| line.starts_with('|')) {
        assert_eq!(line.matches('|').count() - line.matches("\\|").count(), 4, "{line}");
        assert!(line.ends_with('|'), "{line}");
        assert_eq!(line.matches('`').count() % 2, 0, "{line}");
    }
}

#[test]
fn every_test_of_the_suite_has_a_row() {
    let page = read("docs/zola.md");
    let named: BTreeSet<&str> = page.lines().flat_map(named).collect();
    let tests = tests();
    let suite: Vec<&String> = tests.iter().filter(|name| name.starts_with("zola_") && !name.starts_with("zola_docs::")).collect();
    let missing: Vec<&&String> = suite.iter().filter(|name| !named.contains(name.as_str())).collect();
    assert!(missing.is_empty(), "add these tests to rows of docs/zola.md: {missing:#?}");
    assert!(suite.len() >= SUITE, "the compatibility suite has {} tests", suite.len());
}

#[test]
fn every_key_of_the_config_is_mentioned() {
    let mut files = Vec::new();
    rust_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/config"), &mut files);
    let mut keys: BTreeSet<String> = files.iter().flat_map(|path| keys_in(&fs::read_to_string(path).unwrap())).collect();
    // Ends of files, a default and the code of an error, no keys.
    for other in ["js", "json", "public", "internal", "page", "css", "en", "tinso"] {
        keys.remove(other);
    }
    assert!(keys.len() > 80 && keys.contains("base_url") && keys.contains("data_attr_position"), "{keys:?}");
    all_mentioned("keys of the config", keys.iter().map(String::as_str));
}

#[test]
fn every_key_of_front_matter_is_mentioned() {
    let keys: BTreeSet<String> =
        ["page", "section"].iter().flat_map(|name| keys_in(&read(&format!("src/content/{name}.rs")))).collect();
    assert!(keys.len() > 30 && keys.contains("in_search_index") && keys.contains("redirect_to"), "{keys:?}");
    all_mentioned("keys of front matter", keys.iter().map(String::as_str).filter(|key| *key != "page"));
}

#[test]
fn every_function_filter_and_test_of_templates_is_mentioned() {
    let advice = read("src/template/advice.rs");
    for list in ["FILTERS", "FUNCTIONS", "TESTS"] {
        let words = words_of(&advice, list);
        all_mentioned(list, words.iter().map(String::as_str));
    }
    // What is registered, should a list be behind.
    let mut files = Vec::new();
    rust_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/template"), &mut files);
    let mut registered: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for source in files.iter().map(|path| fs::read_to_string(path).unwrap()) {
        let calls = [
            ("function", "register_function(\""),
            ("function", "functions.add(\""),
            ("function", "functions.add_html(\""),
            ("filter", "register_filter(\""),
            ("test", "register_test(\""),
        ];
        for (kind, call) in calls {
            let names = source.split(call).skip(1).map(|rest| word(rest).to_owned());
            registered.entry(kind).or_default().extend(names);
        }
    }
    assert!(registered["function"].len() > 15, "{registered:?}");
    for (kind, names) in &registered {
        all_mentioned(kind, names.iter().map(String::as_str));
    }
}
