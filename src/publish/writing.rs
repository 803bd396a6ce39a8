use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::{fs, mem};

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_128;

use super::foreign::Foreign;
use super::found::{self, Found};
use super::links::{Links, Source};
use super::lock::{self, Lock};
use super::manifest::{Entry, Manifest};
use super::replace::{Change, Moments};
use super::staging::Staging;
use super::{Options, PublishError, Written, guard, names, replace, swap};
use crate::asset::StaticSources;
use crate::build::Receive;
use crate::looks::{self, Base, Stat, Times};
use crate::text::SitePath;

/// A build that is being written: takes its files one after the other, and puts all of them into place at the end.
///
/// Until [`finish`](Self::finish) the output is as it was, and it stays so if this is dropped before. Nothing is written
/// before the first file that is different from what stands there. Others that want to write into the folder are refused
/// meanwhile.
pub struct Writing {
    output: PathBuf,
    /// The output as it is before anything is put into place.
    base: Base,
    parent: PathBuf,
    site_root: PathBuf,
    options: Options,
    old: Manifest,
    /// Whether there is a list in the output.
    has_manifest: bool,
    /// Whether there was anything at all in the output.
    is_empty: bool,
    times: Times,
    /// A moment before this began, by the clock of the output's file system.
    begun: i64,
    links: OnceLock<Links>,
    files: Mutex<BTreeMap<SitePath, Put>>,
    error: Mutex<Option<PublishError>>,
    staging: Staging,
    // Let go last.
    _lock: Lock,
}

/// A file that was put.
#[derive(Clone, Copy, Debug)]
pub(super) struct Put {
    pub(super) entry: Entry,
    pub(super) place: Place,
    /// Whether it is also a file of the sources, whose mode and times are the writer's.
    pub(super) is_source: bool,
}

/// Where a file is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    /// In the output already.
    Stands {
        stat: Stat,
        /// Whether its times told that, so that it was not read.
        is_known: bool,
    },
    /// In the new tree.
    Staged,
    /// Nowhere, since it could not be written.
    Failed,
}

impl Writing {
    /// Looks whether a build may be written into a folder, and keeps others from writing into it.
    ///
    /// # Errors
    /// When the folder is one that must not be replaced, when another build is writing into it, and when the file system
    /// fails.
    pub fn begin(output_dir: &Path, site_root: &Path, options: Options) -> Result<Self, PublishError> {
        let output = guard::check(output_dir, site_root)?;
        let parent = output.parent().unwrap_or(&output).to_owned();
        let lock = lock::take(&parent, &output)?;
        swap::recover(&output)?;
        let is_empty = found::is_empty(&output)?;
        let old = Manifest::read(&output)?;
        if old.is_none() && !is_empty && !options.force {
            return Err(PublishError::Refused {
                output: output_dir.to_owned(),
                reason: "it has files in it that no build of tinso wrote".to_owned(),
                help: "choose an empty folder, or pass --force to build into this one beside its files".to_owned(),
            });
        }
        let times = if options.read_all { Times::default() } else { Times::read(&outputs_file(site_root), &output) };
        let of_output = Stat::of_folder(&output);
        let of_parent = Stat::of_folder(&parent).filter(|parent| of_output.is_none_or(|output| output.device == parent.device));
        let begun = of_output.into_iter().chain(of_parent).map(|stat| stat.changed).max().unwrap_or(i64::MIN);
        Ok(Self {
            base: Base::of(&output),
            staging: Staging::new(&output, &parent),
            site_root: site_root.to_owned(),
            options,
            has_manifest: old.is_some(),
            old: old.unwrap_or_default(),
            is_empty,
            times,
            begun,
            links: OnceLock::new(),
            files: Mutex::default(),
            error: Mutex::default(),
            output,
            parent,
            _lock: lock,
        })
    }

    /// Says which files are static ones of the site, before any of them is put; only the first time counts.
    pub fn link(&self, statics: &StaticSources) {
        let _ = self.links.set(Links::new(statics, &self.site_root, &self.output));
    }

    /// Takes a finished file, from any thread: it is written at once if it is not what stands in the output. The last one
    /// put under a path counts. What goes wrong, [`finish`](Self::finish) tells.
    pub fn put(&self, path: &SitePath, bytes: &[u8]) {
        let entry = Entry::of(bytes);
        let put = self.place(path, entry, bytes).unwrap_or_else(|error| {
            lock(&self.error).get_or_insert(error);
            Put { entry, place: Place::Failed, is_source: false }
        });
        lock(&self.files).insert(path.clone(), put);
    }

    fn place(&self, path: &SitePath, entry: Entry, bytes: &[u8]) -> Result<Put, PublishError> {
        names::check(path)?;
        if let Some(Put { place: Place::Staged, .. }) = lock(&self.files).remove(path) {
            self.staging.tree()?.take_back(path.as_str())?;
        }
        let source = self.source(path);
        let is_source = source.as_ref().is_some_and(|source| source.is_linked);
        if let Some(place) = self.stands(path, entry, source.as_ref(), |found| found == bytes) {
            return Ok(Put { entry, place, is_source });
        }
        // Once something has failed, nothing will be put into place; names are still checked.
        if lock(&self.error).is_none() {
            self.staging.tree()?.put(path.as_str(), source.as_ref(), bytes)?;
        }
        Ok(Put { entry, place: Place::Staged, is_source })
    }

    /// Takes a file that is as the last build left it, by the digest of its bytes alone. False if it is not: then it has
    /// to be [`put`](Self::put).
    pub fn keep(&self, path: &SitePath, digest: u128) -> bool {
        let Some(entry) = self.old.files.get(path.as_str()).filter(|entry| entry.digest == digest) else { return false };
        let source = self.source(path);
        let place = self.stands(path, *entry, source.as_ref(), |found| xxh3_128(found) == digest);
        if let Some(place) = place {
            let is_source = source.is_some_and(|source| source.is_linked);
            lock(&self.files).insert(path.clone(), Put { entry: *entry, place, is_source });
        }
        place.is_some()
    }

    /// The digest (XXH3-128) of a file of the last build, if it stands as that build left it.
    pub fn standing(&self, path: &SitePath) -> Option<u128> {
        let entry = self.old.files.get(path.as_str())?;
        self.stands(path, *entry, None, |found| xxh3_128(found) == entry.digest).map(|_| entry.digest)
    }

    fn source(&self, path: &SitePath) -> Option<Source> {
        self.links.get()?.source(path.as_str())
    }

    /// Whether a plain file with these bytes stands in the output, linked to its source if it should be.
    fn stands(&self, path: &SitePath, entry: Entry, source: Option<&Source>, is_same: impl Fn(&[u8]) -> bool) -> Option<Place> {
        if self.is_empty {
            return None;
        }
        let stat = self.base.file(path.as_str())?;
        if stat.size != entry.size || source.is_some_and(|source| !source.is_as_asked(&stat)) {
            return None;
        }
        match self.times.digest(path.as_str(), &stat) {
            Some(digest) => (digest == entry.digest).then_some(Place::Stands { stat, is_known: true }),
            None => fs::read(self.output.join(path.as_str()))
                .is_ok_and(|found| is_same(&found))
                .then_some(Place::Stands { stat, is_known: false }),
        }
    }

    /// The files that are new, different or gone, all having been put.
    pub fn changed(&self) -> Vec<String> {
        let files = lock(&self.files);
        let anew = files.iter().filter(|(_, put)| !matches!(put.place, Place::Stands { .. })).map(|(path, _)| path.to_string());
        let gone = self.old.files.keys().filter(|path| !files.contains_key(&SitePath::new(path))).cloned();
        let mut changed: Vec<String> = anew.chain(gone).collect();
        changed.sort_unstable();
        changed
    }

    /// Puts the new site into place, all files having been put.
    ///
    /// # Errors
    /// With what went wrong first, when files of others are in the way, and when the file system fails. The output is then
    /// as it was; only a write in place that fails in its last steps can leave files of both builds.
    pub fn finish(mut self) -> Result<Written, PublishError> {
        let files = mem::take(self.files.get_mut().unwrap_or_else(PoisonError::into_inner));
        let manifest = Manifest::of(files.iter().map(|(path, put)| (path.as_str(), put.entry)));
        let is_as_left = |put: &Put| matches!(put.place, Place::Stands { is_known: true, .. });
        if self.has_manifest && self.old == manifest && files.values().all(is_as_left) {
            return Ok(Written { unchanged: files.len(), ..Written::default() });
        }
        names::check_together(&files)?;
        if let Some(error) = lock(&self.error).take() {
            return Err(error);
        }
        let folders = manifest.folders();
        let found = Found::look(&self.output, &self.old, &self.times)?;
        let stands = |path: &str| files.get(path).is_some_and(|put| matches!(put.place, Place::Stands { .. }));
        let foreign = Foreign::of(&found, &self.old, &manifest, &folders, stands, self.options.force)?;
        let is_stale = |path: &&String| !manifest.files.contains_key(*path) && found.has(path);
        let stale: Vec<&str> = self.old.files.keys().filter(is_stale).map(String::as_str).collect();
        let unchanged = files.values().filter(|put| matches!(put.place, Place::Stands { .. })).count();
        let mut done = Written { written: files.len() - unchanged, unchanged, removed: stale.len(), in_place: false };

        let is_done = done.written == 0 && stale.is_empty() && self.has_manifest && self.old == manifest;
        if is_done {
            self.remember_unchanged(&files, &found);
            return Ok(done);
        }
        let change = Change {
            output: &self.output,
            parent: &self.parent,
            files: &files,
            folders: &folders,
            stale,
            foreign: &foreign,
            found: &found,
            old: &self.old,
            manifest: &manifest,
        };
        if replace::replace_one(&change, &self.staging, self.options)? {
            self.remember_unchanged(&files, &found);
            return Ok(done);
        }
        let moments = replace::replace(&change, &self.staging, self.options)?;
        done.in_place = moments.in_place;
        self.remember(&change, &moments);
        Ok(done)
    }

    /// Keeps how everything looks, if anything had to be read that need not be the next time.
    fn remember_unchanged(&self, files: &BTreeMap<SitePath, Put>, found: &Found<'_>) {
        let is_over = |stat: &Stat| stat.changed < self.begun && stat.modified < self.begun;
        let mut times = Times::default();
        let mut is_more = false;
        for (path, put) in files.iter().filter(|(_, put)| !put.is_source) {
            let Place::Stands { stat, is_known } = &put.place else { continue };
            if *is_known || is_over(stat) {
                times.add(path.as_str(), put.entry.digest, stat);
                is_more |= !is_known;
            }
        }
        for (folder, state) in found.ours.iter().filter(|(_, state)| state.is_as_left) {
            if state.is_known || is_over(&state.stat) {
                times.add(&looks::folder_name(folder), state.names, &state.stat);
                is_more |= !state.is_known;
            }
        }
        if is_more {
            times.save(&outputs_file(&self.site_root), &self.output);
        }
    }

    /// Keeps how everything looks that has come into place.
    fn remember(&self, change: &Change<'_>, moments: &Moments) {
        // Nobody could change a file before it came into place, and a change after that shows.
        let is_over = |stat: &Stat| stat.modified < moments.placed && stat.changed < moments.done;
        // Another folder may have come into its place.
        let base = Base::of(&self.output);
        let files: Vec<(&SitePath, u128, Stat)> = change
            .files
            .par_iter()
            .filter(|(_, put)| !put.is_source)
            .filter_map(|(path, put)| {
                let stat = base.file(path.as_str()).filter(is_over)?;
                let has_its_bytes = match &put.place {
                    Place::Stands { stat: before, .. } => stat.has_the_bytes_of(before),
                    Place::Staged | Place::Failed => stat.size == put.entry.size,
                };
                has_its_bytes.then_some((path, put.entry.digest, stat))
            })
            .collect();
        let shared = change.foreign.folders_with_some();
        let folders: Vec<(&str, u128, Stat)> = change
            .folders
            .par_iter()
            .filter(|(folder, _)| !shared.contains(Path::new(folder)))
            .filter_map(|(folder, names)| {
                let stat = base.folder(folder).filter(is_over)?;
                Some((*folder, *names, stat))
            })
            .collect();
        let mut times = Times::default();
        for (path, digest, stat) in files {
            times.add(path.as_str(), digest, &stat);
        }
        for (folder, names, stat) in folders {
            times.add(&looks::folder_name(folder), names, &stat);
        }
        times.save(&outputs_file(&self.site_root), &self.output);
    }
}

/// Where it is kept how the files of the output looked that was written last.
fn outputs_file(site_root: &Path) -> PathBuf {
    site_root.join(".tinso/cache/outputs")
}

impl Receive for Writing {
    fn stands(&self, path: &SitePath, digest: u128) -> bool {
        self.keep(path, digest)
    }

    fn statics(&self, sources: &StaticSources) {
        self.link(sources);
    }

    fn receive(&self, path: &SitePath, bytes: Arc<[u8]>) {
        self.put(path, &bytes);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn an_untouched_file_is_not_read_unless_all_are_to_be() {
        let site = tempfile::tempdir().unwrap();
        let (output, path) = (site.path().join("public"), SitePath::new("a/b.html"));
        let begin = |read_all| Writing::begin(&output, site.path(), Options { read_all, ..Options::default() }).unwrap();
        let writing = begin(false);
        writing.put(&path, b"text");
        writing.finish().unwrap();
        // A list that lies shows who believes it.
        let mut lies = Times::default();
        lies.add(path.as_str(), 1, &Stat::of_file(&output.join(path.as_str())).unwrap());
        lies.save(&outputs_file(site.path()), &fs::canonicalize(&output).unwrap());
        assert_eq!(begin(false).standing(&path), None);
        assert_eq!(begin(true).standing(&path), Some(xxh3_128(b"text")));
        fs::set_permissions(output.join(path.as_str()), fs::metadata(&output).unwrap().permissions()).unwrap();
        assert_eq!(begin(false).standing(&path), Some(xxh3_128(b"text")));
    }
}
