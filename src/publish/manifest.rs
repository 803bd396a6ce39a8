//! The list of what a build wrote, kept in the output: it tells our files from those of others.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_128;

use super::PublishError;
use crate::text::SitePath;

/// The name of the list inside the output folder.
pub const MANIFEST_NAME: &str = ".tinso-manifest.json";

/// Every file a build wrote, by path.
#[derive(Serialize, Deserialize, PartialEq, Eq, Default, Debug)]
pub(super) struct Manifest {
    /// The form of the list; this code writes and reads 1.
    version: u32,
    pub(super) files: BTreeMap<String, Entry>,
}

/// What a file was when it was written.
#[derive(Serialize, Deserialize, PartialEq, Eq, Clone, Debug)]
pub(super) struct Entry {
    /// XXH3-128 of its bytes, in hexadecimal.
    hash: String,
    size: u64,
}

impl Entry {
    fn of(bytes: &[u8]) -> Self {
        Self { hash: format!("{:032x}", xxh3_128(bytes)), size: bytes.len() as u64 }
    }
}

impl Manifest {
    /// The list of a build.
    pub(super) fn of(outputs: &BTreeMap<SitePath, Arc<[u8]>>) -> Self {
        Self { version: 1, files: outputs.iter().map(|(path, bytes)| (path.as_str().to_owned(), Entry::of(bytes))).collect() }
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

    /// This list together with the files of another: what is ours while one is being replaced by the other.
    pub(super) fn and(&self, other: &Self) -> Self {
        let mut files = other.files.clone();
        files.extend(self.files.iter().map(|(path, entry)| (path.clone(), entry.clone())));
        Self { version: 1, files }
    }

    /// The bytes of the file.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}
