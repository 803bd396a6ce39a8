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
    /// Whether a build is done; until then only the pages that were asked for may be there.
    pub(super) is_done: bool,
    /// Counts the builds, from 1.
    pub(super) build: u64,
    /// The files served.
    pub(super) files: Arc<Files>,
    /// The files of the last good build; of a build that is not done yet, some are served already.
    good: Arc<Files>,
    /// Whether there was a build without errors. Until then the files are what a broken build could make.
    pub(super) ever_good: bool,
    /// What is wrong with the newest build.
    pub(super) problems: Vec<Problem>,
    /// In which build each file last changed, came or went.
    changed: BTreeMap<SitePath, u64>,
}

impl Live {
    /// What is served after a further build: its files, or still those of the last good one if it has errors.
    pub(super) fn after(&self, files: Files, problems: Vec<Problem>) -> Self {
        let is_good = problems.is_empty();
        let files = if self.ever_good && !is_good { Arc::clone(&self.good) } else { Arc::new(files) };
        let good = if is_good { Arc::clone(&files) } else { Arc::clone(&self.good) };
        Self { good, ever_good: self.ever_good || is_good, problems, is_done: true, ..self.with(files) }
    }

    /// What is served while a build goes on: some of its files, and all others as they were.
    pub(super) fn meanwhile(&self, some: &Files) -> Self {
        let mut files = Files::clone(&self.files);
        files.extend(some.iter().map(|(path, bytes)| (path.clone(), Arc::clone(bytes))));
        Self {
            good: Arc::clone(&self.good),
            ever_good: self.ever_good,
            problems: self.problems.clone(),
            is_done: self.is_done,
            ..self.with(Arc::new(files))
        }
    }

    /// The next state, with other files.
    fn with(&self, files: Arc<Files>) -> Self {
        let build = self.build + 1;
        let mut changed = self.changed.clone();
        if !Arc::ptr_eq(&files, &self.files) {
            let same = |path: &SitePath, bytes: &Arc<[u8]>| {
                self.files.get(path).is_some_and(|was| Arc::ptr_eq(was, bytes) || was == bytes)
            };
            changed.extend(files.iter().filter(|(path, bytes)| !same(path, bytes)).map(|(path, _)| (path.clone(), build)));
            changed.extend(self.files.keys().filter(|path| !files.contains_key(*path)).map(|path| (path.clone(), build)));
        }
        Self { build, files, changed, ..Self::default() }
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
        assert_eq!(*broken.files, files(&[("a", "2")]));
        let good = broken.after(files(&[("a", "3")]), vec![]);
        let kept = good.after(files(&[]), problem());
        assert_eq!(*kept.files, files(&[("a", "3")]));
        assert!(kept.ever_good && kept.problems.len() == 1);
        assert!(since(&kept, 3).is_empty());
    }

    #[test]
    fn what_was_shown_of_a_build_that_turns_out_broken_is_taken_back() {
        let good = Live::default().after(files(&[("a", "1"), ("b", "1")]), vec![]);
        let meanwhile = good.meanwhile(&files(&[("a", "2")]));
        assert_eq!((since(&meanwhile, 1), &*meanwhile.files), (vec!["a"], &files(&[("a", "2"), ("b", "1")])));
        let broken = meanwhile.after(files(&[("a", "2")]), vec![Problem::default()]);
        assert_eq!((since(&broken, 2), &*broken.files), (vec!["a"], &files(&[("a", "1"), ("b", "1")])));
        let done = meanwhile.after(files(&[("a", "2"), ("b", "2")]), vec![]);
        assert_eq!(since(&done, 2), ["b"]);
    }
}
