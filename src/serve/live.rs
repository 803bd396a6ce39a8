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
    /// Counts what was shown, from 1.
    pub(super) build: u64,
    files: Arc<Files>,
    /// In front of these, the files of a build that is not done yet, and when each was shown first.
    newer: BTreeMap<SitePath, (Arc<[u8]>, u64)>,
    /// The files of the last good build.
    good: Arc<Files>,
    /// Whether there was a build without errors. Until then the files are what a broken build could make.
    pub(super) ever_good: bool,
    /// What is wrong with the newest build.
    pub(super) problems: Vec<Problem>,
    /// In which build each file last changed, came or went.
    changed: Arc<BTreeMap<SitePath, u64>>,
}

impl Live {
    /// What is served after a further build: its files, or still those of the last good one if it has errors.
    pub(super) fn after(&self, files: Files, problems: Vec<Problem>) -> Self {
        let is_good = problems.is_empty();
        let files = if self.ever_good && !is_good { Arc::clone(&self.good) } else { Arc::new(files) };
        let build = self.build + 1;
        let shown_before = self.newer.iter().map(|(path, (_, build))| (path, *build));
        let came = files.iter().filter(|(path, bytes)| !self.has(path, bytes)).map(|(path, _)| path);
        let all_before = self.files.keys().chain(self.newer.keys());
        let went = all_before.filter(|path| !files.contains_key(*path));
        let changed: Vec<_> = shown_before.chain(came.chain(went).map(|path| (path, build))).collect();
        let changed = match changed.is_empty() {
            true => Arc::clone(&self.changed),
            false => {
                let mut all = BTreeMap::clone(&self.changed);
                all.extend(changed.into_iter().map(|(path, build)| (path.clone(), build)));
                Arc::new(all)
            }
        };
        let good = if is_good { Arc::clone(&files) } else { Arc::clone(&self.good) };
        let ever_good = self.ever_good || is_good;
        Self { is_done: true, build, files, newer: BTreeMap::new(), good, ever_good, problems, changed }
    }

    /// What is served while a build goes on: some of its files, and all others as they were.
    pub(super) fn meanwhile(&self, some: &Files) -> Self {
        let build = self.build + 1;
        let mut newer = self.newer.clone();
        let differ = some.iter().filter(|(path, bytes)| !self.has(path, bytes));
        newer.extend(differ.map(|(path, bytes)| (path.clone(), (Arc::clone(bytes), build))));
        Self {
            is_done: self.is_done,
            build,
            files: Arc::clone(&self.files),
            newer,
            good: Arc::clone(&self.good),
            ever_good: self.ever_good,
            problems: self.problems.clone(),
            changed: Arc::clone(&self.changed),
        }
    }

    /// A file by its path, and the path itself.
    pub(super) fn file(&self, path: &str) -> Option<(&SitePath, &Arc<[u8]>)> {
        let newer = self.newer.get_key_value(path).map(|(path, (bytes, _))| (path, bytes));
        newer.or_else(|| self.files.get_key_value(path))
    }

    /// Whether a file is served with these bytes.
    pub(super) fn has(&self, path: &SitePath, bytes: &Arc<[u8]>) -> bool {
        self.file(path.as_str()).is_some_and(|(_, was)| Arc::ptr_eq(was, bytes) || was == bytes)
    }

    /// The paths that came, went or changed after a build.
    pub(super) fn changed_since(&self, build: u64) -> impl Iterator<Item = &SitePath> {
        let done = self.changed.iter().filter(|(path, _)| !self.newer.contains_key(*path));
        let newer = self.newer.iter().map(|(path, (_, changed))| (path, changed));
        done.chain(newer).filter(move |(_, changed)| **changed > build).map(|(path, _)| path)
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

    /// The names and texts of `a`, `b` and `c`, as far as they are served.
    fn served(live: &Live) -> String {
        let files = ["a", "b", "c"].into_iter().filter_map(|path| live.file(path));
        files.map(|(path, bytes)| format!("{path}{}", String::from_utf8_lossy(bytes))).collect()
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
        assert_eq!(served(&broken), "a2");
        let good = broken.after(files(&[("a", "3")]), vec![]);
        let kept = good.after(files(&[]), problem());
        assert_eq!(served(&kept), "a3");
        assert!(kept.ever_good && kept.problems.len() == 1);
        assert!(since(&kept, 3).is_empty());
    }

    #[test]
    fn what_was_shown_of_a_build_that_turns_out_broken_is_taken_back() {
        let good = Live::default().after(files(&[("a", "1"), ("b", "1")]), vec![]);
        let meanwhile = good.meanwhile(&files(&[("a", "2")]));
        assert_eq!((since(&meanwhile, 1), served(&meanwhile).as_str()), (vec!["a"], "a2b1"));
        let broken = meanwhile.after(files(&[("a", "2")]), vec![Problem::default()]);
        assert_eq!((since(&broken, 2), served(&broken).as_str()), (vec!["a"], "a1b1"));
        let done = meanwhile.after(files(&[("a", "2"), ("b", "2")]), vec![]);
        assert_eq!(since(&done, 2), ["b"]);
    }
}
