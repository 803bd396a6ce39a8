use std::fmt;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// A language code as the site's config writes it: `vi`, `en`, `zh-Hant` (a BCP 47 tag).
///
/// It lies where it is used: threads that copy it do not wait for each other.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Lang(SmolStr);

impl Lang {
    /// Takes a code as it stands.
    pub fn new(code: &str) -> Self {
        Self(SmolStr::new(code))
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a code has the shape of a BCP 47 language tag: a 2- or 3-letter language,
    /// then subtags of 2 to 8 letters or digits ([RFC 5646](https://www.rfc-editor.org/rfc/rfc5646)).
    pub fn is_well_formed(code: &str) -> bool {
        let mut parts = code.split('-');
        let language = parts.next().unwrap_or_default();
        (2..=3).contains(&language.len())
            && language.bytes().all(|b| b.is_ascii_alphabetic())
            && parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
