use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::ops::Bound;

/// The candidate that a misspelt word most likely meant, if one is near enough.
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(word, candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, candidate)| candidate)
}

/// So many paths are all compared with a wrong one.
const MANY: usize = 2_000;
/// Of more, so many on each side of it, and so many of its name.
const NEAR: usize = 250;

/// The paths that a wrong one may have meant: all of a small site; in a large one those that begin alike and those of
/// the same name in another folder, so that thousands of wrong paths in thousands of files take no hours.
pub fn likely<'a, P: Ord + Borrow<str>, V>(path: &str, known: &'a BTreeMap<P, V>) -> Vec<&'a P> {
    if known.len() <= MANY {
        return known.keys().collect();
    }
    let before = known.range::<str, _>((Bound::Unbounded, Bound::Excluded(path))).rev().take(NEAR);
    let after = known.range::<str, _>((Bound::Included(path), Bound::Unbounded)).take(NEAR);
    let mut parts = path.rsplitn(3, '/');
    let own = match parts.next() {
        // The folder is the name of these.
        Some(last) if last.starts_with("index.") || last.starts_with("_index.") => {
            last.len() + parts.next().map_or(0, |folder| folder.len() + 1)
        }
        last => last.map_or(0, str::len),
    };
    let name = path.get(path.len() - own..).filter(|name| !name.is_empty());
    let named = name.map(|name| known.keys().filter(move |known| (*known).borrow().ends_with(name)).take(NEAR));
    before.chain(after).map(|(known, _)| known).chain(named.into_iter().flatten()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_a_large_site_a_path_is_likely_if_it_begins_alike_or_has_the_same_name() {
        let files = (0..9_000).map(|at| (format!("news/{}/a{at}/index.md", at % 10), ()));
        let known: BTreeMap<String, ()> = files.collect();
        for (wrong, meant) in [
            ("news/3/a4563x/index.md", "news/3/a4563/index.md"),
            ("nwes/3/a4563/index.md", "news/3/a4563/index.md"),
            ("old/a4563/index.md", "news/3/a4563/index.md"),
        ] {
            let likely = likely(wrong, &known);
            assert!(likely.iter().any(|path| *path == meant), "{wrong}");
            assert!(likely.len() <= 3 * NEAR);
        }
    }
}
