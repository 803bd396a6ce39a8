//! What two builds of one site differ in.

use std::collections::BTreeSet;

use tinso::build::Built;
use tinso::diagnostic::{Diagnostic, Location};
use tinso::text::Place;

/// Every difference of a build (`again`) from the one that it should equal, in words; nothing when there is none.
pub fn differences(again: &Built, cold: &Built) -> Vec<String> {
    let mut found = outputs(again, cold);
    found.extend(diagnostics(again, cold));
    let mut same = |name: &str, again: String, cold: String| {
        if again != cold {
            found.push(format!("{name}: {}", first_difference(&again, &cold)));
        }
    };
    same("stats", format!("{:?}", again.stats), format!("{:?}", cold.stats));
    same("static_sources", format!("{:?}", again.static_sources), format!("{:?}", cold.static_sources));
    same("links", links(again), links(cold));
    found
}

fn outputs(again: &Built, cold: &Built) -> Vec<String> {
    let paths: BTreeSet<_> = again.outputs.keys().chain(cold.outputs.keys()).collect();
    let differs = paths.into_iter().filter_map(|path| match (again.outputs.get(path), cold.outputs.get(path)) {
        (Some(again), Some(cold)) if again == cold => None,
        (Some(again), Some(cold)) => {
            let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
            Some(format!("output {path}: {}", first_difference(&text(again), &text(cold))))
        }
        (Some(_), None) => Some(format!("output {path}: is there and should not be")),
        (None, _) => Some(format!("output {path}: is missing")),
    });
    differs.collect()
}

fn diagnostics(again: &Built, cold: &Built) -> Vec<String> {
    let (again, cold) = (described(&again.diagnostics), described(&cold.diagnostics));
    if again == cold {
        return Vec::new();
    }
    let only = |these: &[String], others: &[String], word: &str| -> Vec<String> {
        these.iter().filter(|one| !others.contains(one)).map(|one| format!("diagnostic {word}: {one}")).collect()
    };
    let mut found = only(&again, &cold, "too many");
    found.extend(only(&cold, &again, "missing"));
    if found.is_empty() {
        found.push(format!("diagnostics in another order or number: {again:#?} instead of {cold:#?}"));
    }
    found
}

/// Everything that a reader sees of each finding.
pub fn described(diagnostics: &[Diagnostic]) -> Vec<String> {
    diagnostics.iter().map(describe).collect()
}

fn describe(diagnostic: &Diagnostic) -> String {
    let location = match &diagnostic.location {
        Location::Place(place) => at(place),
        Location::File(path) => path.to_string(),
        Location::Site => "the site".to_owned(),
    };
    let related: Vec<String> = diagnostic.related.iter().map(|(place, label)| format!("{label} {}", at(place))).collect();
    let Diagnostic { code, severity, message, help, .. } = diagnostic;
    format!("{severity:?} {code} at {location}: {message}; related {related:?}; help {help:?}")
}

fn at(place: &Place) -> String {
    let (line, column) = place.line_column();
    // The whole source is shown to the writer around the place, so it must be that of this build.
    format!("{}:{line}:{column} `{}` ({:x})", place.source.path, place.text(), fingerprint(&place.source.text()))
}

fn links(built: &Built) -> String {
    let links = &built.links;
    let pages: Vec<String> = links
        .pages
        .iter()
        .map(|page| {
            let text = fingerprint(&page.source.text());
            format!("{} {text:x} {:?} {} {:?}", page.source.path, page.body, page.path, page.written)
        })
        .collect();
    format!("{} {:?} {:?}\n{}", links.base_url, links.checker, links.orphans, pages.join("\n"))
}

fn fingerprint(text: &str) -> u64 {
    xxhash_rust::xxh3::xxh3_64(text.as_bytes())
}

/// Both texts around the first place where they differ.
fn first_difference(again: &str, cold: &str) -> String {
    let same = again.chars().zip(cold.chars()).take_while(|(a, b)| a == b).count();
    let around = |text: &str| text.chars().skip(same.saturating_sub(60)).take(180).collect::<String>();
    format!("at character {same}:\n      has     …{}…\n      instead …{}…", around(again), around(cold))
}
