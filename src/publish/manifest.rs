//! The list of what a build wrote, kept in the output: it tells our files from those of others.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use xxhash_rust::xxh3::xxh3_128;

use super::PublishError;
use crate::text::in_order;

/// The name of the list inside the output folder.
pub const MANIFEST_NAME: &str = ".tinso-manifest.json";

/// Every file a build wrote, by path.
#[derive(Serialize, Deserialize, PartialEq, Eq, Default, Debug)]
pub(super) struct Manifest {
    /// The form of the list; this code writes and reads 1.
    version: u32,
    #[serde(deserialize_with = "in_order")]
    pub(super) files: BTreeMap<String, Entry>,
}

/// What a file was when it was written.
#[derive(Serialize, Deserialize, PartialEq, Eq, Clone, Copy, Debug)]
pub(super) struct Entry {
    /// XXH3-128 of its bytes, in hexadecimal.
    #[serde(rename = "hash", serialize_with = "to_hex", deserialize_with = "from_hex")]
    pub(super) digest: u128,
    pub(super) size: u64,
}

fn to_hex<S: Serializer>(digest: &u128, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&format_args!("{digest:032x}"))
}

fn from_hex<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u128, D::Error> {
    let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
    u128::from_str_radix(&text, 16).map_err(serde::de::Error::custom)
}

impl Entry {
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self { digest: xxh3_128(bytes), size: bytes.len() as u64 }
    }
}

impl Manifest {
    /// The list of a build.
    pub(super) fn of<'a>(files: impl Iterator<Item = (&'a str, Entry)>) -> Self {
        Self { version: 1, files: files.map(|(path, entry)| (path.to_owned(), entry)).collect() }
    }

    /// Reads the list of an output folder: `None` if there is none, or none that this version understands.
    pub(super) fn read(output: &Path) -> Result<Option<Self>, PublishError> {
        let path = output.join(MANIFEST_NAME);
        match fs::read(&path) {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes).ok().filter(|manifest: &Self| manifest.version == 1)),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
            Err(error) => Err(PublishError::io("read", &path)(error)),
        }
    }

    /// Whether a file's bytes are those that were written under its path.
    pub(super) fn lists(&self, path: &str, bytes: &[u8]) -> bool {
        self.files.get(path).is_some_and(|entry| *entry == Entry::of(bytes))
    }

    /// Every folder that the files lie in, the output itself among them as "", each with a digest of the names in it.
    pub(super) fn folders(&self) -> HashMap<&str, u128> {
        let mut folders: HashMap<&str, u128> = HashMap::from([("", 0)]);
        for path in self.files.keys() {
            let mut inner = path.as_str();
            let mut is_folder = false;
            loop {
                let (folder, name) = inner.rsplit_once('/').unwrap_or(("", inner));
                let is_new = !folders.contains_key(folder);
                let names = folders.entry(folder).or_default();
                *names = names.wrapping_add(name_digest(name.as_bytes(), is_folder));
                if !is_new {
                    break;
                }
                (inner, is_folder) = (folder, true);
            }
        }
        folders
    }

    /// This list together with the files of another: what is ours while one is being replaced by the other.
    pub(super) fn and(&self, other: &Self) -> Self {
        let mut files = other.files.clone();
        files.extend(self.files.iter().map(|(path, entry)| (path.clone(), *entry)));
        Self { version: 1, files }
    }

    /// The bytes of the file.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}

/// What a name adds to the digest of its folder.
pub(super) fn name_digest(name: &[u8], is_folder: bool) -> u128 {
    xxh3_128(name).wrapping_add(u128::from(is_folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_folder_is_there_once_with_a_digest_of_its_names() {
        let of = |paths: &[&str]| {
            let manifest = Manifest::of(paths.iter().map(|path| (*path, Entry::of(b""))));
            manifest.folders().into_iter().map(|(folder, names)| (folder.to_owned(), names)).collect::<BTreeMap<_, _>>()
        };
        let folders = of(&["a/b/c.html", "a/b-x/d", "a/b/e", "f"]);
        assert_eq!(folders.keys().collect::<Vec<_>>(), ["", "a", "a/b", "a/b-x"]);
        assert_eq!(folders["a"], name_digest(b"b", true).wrapping_add(name_digest(b"b-x", true)));
        assert_eq!(folders[""], name_digest(b"a", true).wrapping_add(name_digest(b"f", false)));
        assert_ne!(folders[""], of(&["a", "f"])[""]);
        assert_eq!(of(&[]).len(), 1);
    }
}
