use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use xxhash_rust::xxh3::xxh3_64;

use super::SitePath;

/// Reads the text of a file once more.
pub type ReadAgain = Arc<dyn Fn(&SitePath) -> Option<String> + Send + Sync>;

/// A text that is shared. One that can be read again may be let go of meanwhile.
#[derive(Clone)]
pub struct Text(Arc<Held>);

struct Held {
    text: Mutex<Option<Arc<str>>>,
    length: usize,
    again: Option<Again>,
}

/// How to read it again, and a hash of what it was.
struct Again {
    path: SitePath,
    read: ReadAgain,
    print: u64,
}

impl Text {
    /// A text that stays in memory.
    pub fn new(text: Arc<str>) -> Self {
        Self::of(text, None)
    }

    /// A text that can be read again from its file.
    pub fn of_file(text: Arc<str>, path: SitePath, read: ReadAgain) -> Self {
        let print = xxh3_64(text.as_bytes());
        Self::of(text, Some(Again { path, read, print }))
    }

    fn of(text: Arc<str>, again: Option<Again>) -> Self {
        Self(Arc::new(Held { length: text.len(), text: Mutex::new(Some(text)), again }))
    }

    /// The text. If somebody has changed its file while it was let go of, it is as long as it was, and blank.
    pub fn get(&self) -> Arc<str> {
        Arc::clone(self.held().get_or_insert_with(|| self.again()))
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
        if self.0.again.is_some() {
            *self.held() = None;
        }
    }

    fn held(&self) -> MutexGuard<'_, Option<Arc<str>>> {
        self.0.text.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn again(&self) -> Arc<str> {
        let read = self.0.again.as_ref().and_then(|again| {
            let text = (again.read)(&again.path)?;
            (xxh3_64(text.as_bytes()) == again.print).then_some(text)
        });
        read.unwrap_or_else(|| " ".repeat(self.0.length)).into()
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || (self.len() == other.len() && self.get() == other.get())
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
    fn a_text_without_a_file_stays() {
        let text = Text::new(Arc::from("Huế"));
        text.let_go();
        assert_eq!(&*text.get(), "Huế");
    }
}
