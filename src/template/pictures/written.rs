use std::cell::RefCell;

use super::PICTURE;
use super::find::place;
use crate::diagnostic::Sink;
use crate::markdown::{Picture, Pictures};
use crate::template::scope::{self, Subject};
use crate::template::{Asked, Engine};

/// The pictures in the Markdown of one page.
pub struct PagePictures<'a> {
    engine: &'a Engine,
    subject: &'a Subject,
    sink: &'a Sink,
    asked: RefCell<Option<Asked>>,
}

impl Engine {
    /// The pictures of one page.
    pub fn pictures<'a>(&'a self, subject: &'a Subject, sink: &'a Sink) -> PagePictures<'a> {
        PagePictures { engine: self, subject, sink, asked: RefCell::default() }
    }
}

impl PagePictures<'_> {
    /// What was asked about them, if there are any.
    pub fn asked(&self) -> Option<Asked> {
        self.asked.borrow().clone()
    }

    fn place(&self, url: &str) -> Option<String> {
        let library = &self.engine.site.library;
        let page = self.subject.page.and_then(|id| library.pages.get(id)).map(|page| page.path.as_str());
        let section = || self.subject.section.and_then(|id| library.sections.get(id)).map(|section| section.path.as_str());
        place(&self.engine.site, page.or_else(section)?, url)
    }
}

impl Pictures for PagePictures<'_> {
    fn picture(&self, url: &str) -> Option<Picture> {
        let place = self.place(url)?;
        let subject = self.subject.clone();
        let (answer, left) = scope::in_layout(subject, None, || self.engine.answers().hear(PICTURE, &place));
        self.sink.extend(left.notes);
        self.asked.borrow_mut().get_or_insert_default().extend(left.asked);
        serde_json::from_str(answer?.as_str()?).ok()
    }
}
