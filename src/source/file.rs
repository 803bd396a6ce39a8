use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_128;

use crate::text::{ReadAgain, SitePath, Text, is_nfc};

/// What is in a file. Cheap to clone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum File {
    /// Text in Unicode NFC, without a byte order mark: in memory once, however often it is asked for as text.
    Text(Text),
    /// Anything.
    Bytes(Arc<[u8]>),
}

impl File {
    /// The file of a path: Markdown as text where that can be used as it stands.
    pub fn of(path: &SitePath, bytes: Vec<u8>) -> Self {
        if path.extension() == Some("md") { Self::text_if_ready(bytes) } else { Self::Bytes(bytes.into()) }
    }

    /// Kept as text if it can be used as it stands.
    pub fn text_if_ready(bytes: Vec<u8>) -> Self {
        match String::from_utf8(bytes) {
            Ok(text) if is_nfc(&text) && !text.starts_with('\u{feff}') => Self::Text(Text::new(text.into())),
            Ok(text) => Self::Bytes(text.into_bytes().into()),
            Err(error) => Self::Bytes(error.into_bytes().into()),
        }
    }

    /// The same; a text may be let go of meanwhile and read again.
    #[must_use]
    pub fn read_again_by(self, path: &SitePath, read: &ReadAgain) -> Self {
        match self {
            Self::Text(text) => Self::Text(Text::of_file(text.get(), path.clone(), Arc::clone(read))),
            bytes @ Self::Bytes(_) => bytes,
        }
    }

    /// The digest (XXH3-128) of its bytes.
    pub fn digest(&self) -> u128 {
        match self {
            Self::Text(text) => text.digest(),
            Self::Bytes(bytes) => xxh3_128(bytes),
        }
    }

    /// Its bytes.
    pub fn bytes(&self) -> Arc<[u8]> {
        match self {
            Self::Text(text) => text.get().into(),
            Self::Bytes(bytes) => Arc::clone(bytes),
        }
    }
}

impl From<Arc<[u8]>> for File {
    fn from(bytes: Arc<[u8]>) -> Self {
        Self::Bytes(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_text_that_needs_no_change_is_kept_as_text() {
        for (bytes, ready) in
            [("Huế".as_bytes(), true), ("Huê\u{301}".as_bytes(), false), ("\u{feff}a".as_bytes(), false), (b"\xff", false)]
        {
            let file = File::text_if_ready(bytes.to_vec());
            assert_eq!(matches!(file, File::Text(_)), ready, "{bytes:?}");
            assert_eq!(&*file.bytes(), bytes);
        }
    }
}
