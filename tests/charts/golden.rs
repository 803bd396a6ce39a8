//! Charts as they were looked at and found good. `UPDATE_GOLDEN=1 cargo test --test charts` draws them anew.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::gallery::charts;

/// Charts whose bytes would be many and say little.
const TOO_LARGE: [&str; 1] = ["line-days"];

#[test]
fn charts_look_as_they_did() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/charts");
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut names = BTreeSet::new();
    let mut changed = Vec::new();
    let charts = charts();
    for shown in charts.iter().filter(|shown| !TOO_LARGE.contains(&shown.name)) {
        for lang in ["vi", "en"] {
            // Every mark on bars and on points; every kind in every language.
            let is_mark = shown.name.starts_with("mark-");
            if is_mark && (lang == "en" || !(shown.name.ends_with("-columns") || shown.name.ends_with("-line"))) {
                continue;
            }
            let name = format!("{}.{lang}.svg", shown.name);
            let path = folder.join(&name);
            let drawn = (shown.chart)(lang).standalone("tinso");
            if update {
                fs::write(&path, &drawn).unwrap();
            }
            if fs::read_to_string(&path).unwrap_or_default() != drawn {
                changed.push(name.clone());
            }
            names.insert(name);
        }
    }
    let stand: BTreeSet<String> =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    assert!(changed.is_empty(), "changed: look at them, then run with UPDATE_GOLDEN=1: {changed:?}");
    assert_eq!(stand, names, "files of charts that are no more");
}

#[test]
fn every_chart_is_well_formed_xml_without_floats_of_the_machine() {
    for shown in charts() {
        for lang in ["vi", "en"] {
            let svg = (shown.chart)(lang).standalone("Nguồn: A & B");
            let document = roxmltree::Document::parse(&svg).unwrap_or_else(|error| panic!("{}: {error}", shown.name));
            for node in document.descendants() {
                for attribute in
                    node.attributes().filter(|attribute| ["x", "y", "width", "height", "d"].contains(&attribute.name()))
                {
                    let fine = attribute.value().split(|c: char| !c.is_ascii_digit() && c != '.');
                    let long = fine.into_iter().any(|number| number.split_once('.').is_some_and(|(_, part)| part.len() > 2));
                    assert!(!long && !attribute.value().contains("e-"), "{}: {}", shown.name, attribute.value());
                }
            }
        }
    }
}
