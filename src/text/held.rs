use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use xxhash_rust::xxh3::xxh3_128;

use super::SitePath;

/// Reads the text of a file once more.
pub type ReadAgain = Arc<dyn Fn(&SitePath) -> Option<String> + Send + Sync>;

/// A text that is shared. One of a file may be let go of, or not yet be read, until somebody asks for it.
#[derive(Clone)]
pub struct Text(Arc<Held>);

struct Held {
    text: Mutex<Option<Arc<str>>>,
    length: usize,
    file: Option<OfFile>,
}

/// How to read it, and the digest of what it is.
struct OfFile {
    path: SitePath,
    read: ReadAgain,
    digest: u128,
}

impl Text {
    /// A text that stays in memory.
    pub fn new(text: Arc<str>) -> Self {
        Self(Arc::new(Held { length: text.len(), text: Mutex::new(Some(text)), file: None }))
    }

    /// The text of a file, from which it can be read again.
    pub fn of_file(text: Arc<str>, path: SitePath, read: ReadAgain) -> Self {
        let digest = xxh3_128(text.as_bytes());
        let length = text.len();
        Self(Arc::new(Held { text: Mutex::new(Some(text)), length, file: Some(OfFile { path, read, digest }) }))
    }

    /// The text of a file that is not read before somebody asks for it: of so many bytes, with this digest.
    pub fn unread(length: usize, digest: u128, path: SitePath, read: ReadAgain) -> Self {
        Self(Arc::new(Held { text: Mutex::new(None), length, file: Some(OfFile { path, read, digest }) }))
    }

    /// The text. If somebody has changed its file while it was not held, it is as long as it was, and blank.
    pub fn get(&self) -> Arc<str> {
        Arc::clone(self.held().get_or_insert_with(|| self.read()))
    }

    /// The digest (XXH3-128) of its bytes.
    pub fn digest(&self) -> u128 {
        self.0.file.as_ref().map_or_else(|| xxh3_128(self.get().as_bytes()), |file| file.digest)
    }

    /// Its length in bytes.
    pub fn len(&self) -> usize {
        self.0.length
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.length == 0
    }

    /// Frees its memory, if it can be read again.
    pub fn let_go(&self) {
        if self.0.file.is_some() {
            *self.held() = None;
        }
    }

    fn held(&self) -> MutexGuard<'_, Option<Arc<str>>> {
        self.0.text.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read(&self) -> Arc<str> {
        let read = self.0.file.as_ref().and_then(|file| {
            let text = (file.read)(&file.path)?;
            (xxh3_128(text.as_bytes()) == file.digest).then_some(text)
        });
        read.unwrap_or_else(|| " ".repeat(self.0.length)).into()
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        let same_bytes = || match (&self.0.file, &other.0.file) {
            (Some(file), Some(other)) => file.digest == other.digest,
            _ => self.get() == other.get(),
        };
        Arc::ptr_eq(&self.0, &other.0) || (self.len() == other.len() && same_bytes())
    }
}

impl Eq for Text {}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.get(), f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_file(then: Option<&'static str>) -> Text {
        let again: ReadAgain = Arc::new(move |path| then.filter(|_| path.as_str() == "a.md").map(str::to_owned));
        Text::of_file(Arc::from("Huế"), SitePath::new("a.md"), again)
    }

    #[test]
    fn a_text_that_was_let_go_of_is_read_again() {
        let text = of_file(Some("Huế"));
        let held = Arc::downgrade(&text.get());
        text.let_go();
        assert!(held.upgrade().is_none());
        assert_eq!(&*text.get(), "Huế");
    }

    #[test]
    fn a_file_that_is_another_meanwhile_is_blank() {
        for then in [None, Some("Huê"), Some("Huế!")] {
            let text = of_file(then);
            text.let_go();
            assert_eq!(&*text.get(), "     ", "{then:?}");
        }
    }

    #[test]
    fn an_unread_text_is_read_when_it_is_asked_for_and_equals_one_that_was_read() {
        let read = of_file(Some("Huế"));
        let again: ReadAgain = Arc::new(|_| Some("Huế".to_owned()));
        let unread = Text::unread("Huế".len(), read.digest(), SitePath::new("a.md"), again);
        assert!(unread == read && unread.held().is_none());
        assert_eq!(&*unread.get(), "Huế");
        let never: ReadAgain = Arc::new(|_| None);
        let other = Text::unread("Huế".len(), 1, SitePath::new("a.md"), never);
        assert!(other != read);
        assert_eq!(&*other.get(), "     ");
    }

    #[test]
    fn a_text_without_a_file_stays() {
        let text = Text::new(Arc::from("Huế"));
        text.let_go();
        assert_eq!(&*text.get(), "Huế");
    }
}
