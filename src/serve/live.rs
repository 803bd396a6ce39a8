//! What is served at one moment.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::problem::Problem;
use crate::text::SitePath;

/// The files of a site.
pub(super) type Files = BTreeMap<SitePath, Arc<[u8]>>;

/// What is served at one moment: the files of the last good build and the errors since.
#[derive(Default)]
pub(super) struct Live {
    /// Counts the builds, from 1.
    pub(super) build: u64,
    /// The files served.
    pub(super) files: Files,
    /// Whether there was a build without errors. Until then the files are what a broken build could make.
    pub(super) ever_good: bool,
    /// What is wrong with the newest build.
    pub(super) problems: Vec<Problem>,
    /// In which build each file last changed, came or went.
    changed: BTreeMap<SitePath, u64>,
}

impl Live {
    /// What is served after a further build: its files, or still the old ones if it has errors and those were good.
    pub(super) fn after(&self, files: Files, problems: Vec<Problem>) -> Self {
        let build = self.build + 1;
        let good = problems.is_empty();
        if self.ever_good && !good {
            return Self { build, files: self.files.clone(), ever_good: true, problems, changed: self.changed.clone() };
        }
        let mut changed = self.changed.clone();
        changed.extend(
            files.iter().filter(|(path, bytes)| self.files.get(*path) != Some(*bytes)).map(|(path, _)| (path.clone(), build)),
        );
        changed.extend(self.files.keys().filter(|path| !files.contains_key(*path)).map(|path| (path.clone(), build)));
        Self { build, files, ever_good: self.ever_good || good, problems, changed }
    }

    /// The paths that came, went or changed after a build.
    pub(super) fn changed_since(&self, build: u64) -> impl Iterator<Item = &SitePath> {
        self.changed.iter().filter(move |(_, changed)| **changed > build).map(|(path, _)| path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(files: &[(&str, &str)]) -> Files {
        files.iter().map(|(path, text)| (SitePath::new(path), Arc::from(text.as_bytes()))).collect()
    }

    fn since(live: &Live, build: u64) -> Vec<&str> {
        live.changed_since(build).map(SitePath::as_str).collect()
    }

    #[test]
    fn changes_are_told_from_any_earlier_build() {
        let first = Live::default().after(files(&[("a", "1"), ("b", "1")]), vec![]);
        let second = first.after(files(&[("a", "2"), ("b", "1")]), vec![]);
        let third = second.after(files(&[("a", "2"), ("c", "1")]), vec![]);
        assert_eq!(since(&third, 1), ["a", "b", "c"]);
        assert_eq!(since(&third, 2), ["b", "c"]);
        assert!(since(&third, 3).is_empty());
    }

    #[test]
    fn a_broken_build_leaves_good_pages_and_replaces_broken_ones() {
        let problem = || vec![Problem::default()];
        let broken = Live::default().after(files(&[("a", "1")]), problem());
        assert!(!broken.ever_good);
        let broken = broken.after(files(&[("a", "2")]), problem());
        assert_eq!(broken.files, files(&[("a", "2")]));
        let good = broken.after(files(&[("a", "3")]), vec![]);
        let kept = good.after(files(&[]), problem());
        assert_eq!(kept.files, files(&[("a", "3")]));
        assert!(kept.ever_good && kept.problems.len() == 1);
        assert!(since(&kept, 3).is_empty());
    }
}
