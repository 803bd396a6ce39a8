//! The house keeps its order: a folder imports only from folders before it, and each library stays in its place.

use std::fs;
use std::path::Path;

const ORDER: [(&str, u8); 20] = [
    ("text", 1),
    ("diagnostic", 1),
    ("data", 2),
    ("locale", 2),
    ("net", 1),
    ("looks", 1),
    ("source", 2),
    ("config", 3),
    ("content", 4),
    ("indicator", 5),
    ("markdown", 5),
    ("asset", 5),
    ("chart", 6),
    ("export", 6),
    ("template", 7),
    ("site", 8),
    ("build", 9),
    ("links", 10),
    ("publish", 10),
    ("serve", 10),
];
const PLACES: [(&str, &[&str]); 8] = [
    ("pulldown_cmark::", &["markdown"]),
    ("syntect::", &["markdown"]),
    ("two_face::", &["markdown"]),
    ("grass::", &["asset"]),
    ("tera::", &["template", "site"]),
    ("ureq::", &["net"]),
    ("std::fs", &["looks", "source", "links", "publish", "serve", "cli"]),
    ("println!", &["cli"]),
];

fn files(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() && !path.ends_with("tests") {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
        }
    }
}

#[test]
fn every_folder_imports_only_from_folders_before_it_and_libraries_stay_in_their_places() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (name, number) in ORDER.into_iter().chain([("cli", 11)]) {
        let mut found = Vec::new();
        files(&source.join(name), &mut found);
        for (path, text) in found {
            seen += 1;
            let code = text.split("#[cfg(test)]").next().unwrap();
            for (other, level) in ORDER {
                if level > number && code.contains(&format!("crate::{other}::")) {
                    wrong.push(format!("{path} imports {other}"));
                }
            }
            for (library, places) in PLACES {
                if code.contains(library) && !places.contains(&name) {
                    wrong.push(format!("{path} uses {library}"));
                }
            }
        }
    }
    assert!(seen > 80, "{seen} files");
    assert!(wrong.is_empty(), "{wrong:#?}");
}
