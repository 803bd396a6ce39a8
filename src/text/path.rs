use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::is_nfc;

/// A file's path inside the site: relative, `/` between its parts, Unicode NFC, never a `PathBuf`.
///
/// The same file has the same `SitePath` on every system, whatever form its name has on disk.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct SitePath(Arc<str>);

impl SitePath {
    /// Makes a path from its text; backslashes stay what they are, part of a name.
    pub fn new(path: &str) -> Self {
        let path = path.trim_start_matches("./").trim_matches('/');
        Self(if is_nfc(path) { Arc::from(path) } else { path.nfc().collect::<String>().into() })
    }

    /// The path's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part: `b.md` of `a/b.md`.
    pub fn name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&*self.0, |(_, name)| name)
    }

    /// Everything before the last part, without a slash at its end; empty at the root.
    pub fn parent(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(parent, _)| parent)
    }

    /// What follows the last dot of the name, if any.
    pub fn extension(&self) -> Option<&str> {
        self.name().rsplit_once('.').map(|(_, extension)| extension)
    }

    /// The path below a folder, if it lies there.
    pub fn below(&self, folder: &str) -> Option<&str> {
        if folder.is_empty() {
            return Some(&self.0);
        }
        self.0.strip_prefix(folder)?.strip_prefix('/')
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for SitePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}
