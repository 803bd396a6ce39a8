use std::cell::RefCell;

use tera::{Context, Value};

use super::error::findings;
use super::scope::{self, Subject};
use super::{Asked, Engine};
use crate::diagnostic::Sink;
use crate::markdown::Snippets;

const ANCHOR_LINK: &str = "anchor-link.html";
const SUMMARY_CUTOFF: &str = "summary-cutoff.html";

/// The small templates inside content, `anchor-link.html` and `summary-cutoff.html`, for one page in its language.
pub struct PageSnippets<'a> {
    engine: &'a Engine,
    subject: &'a Subject,
    sink: &'a Sink,
    asked: RefCell<Option<Asked>>,
}

impl Engine {
    /// The snippets of one page.
    pub fn snippets<'a>(&'a self, subject: &'a Subject, sink: &'a Sink) -> PageSnippets<'a> {
        PageSnippets { engine: self, subject, sink, asked: RefCell::default() }
    }

    /// What the templates of snippets are.
    pub fn print_of_snippets(&self) -> u128 {
        self.known().drawn(ANCHOR_LINK).print.rotate_left(1) ^ self.known().drawn(SUMMARY_CUTOFF).print
    }
}

impl PageSnippets<'_> {
    /// What they have asked, if any was rendered.
    pub fn asked(&self) -> Option<Asked> {
        self.asked.borrow().clone()
    }

    fn render(&self, name: &str, mut context: Context) -> String {
        let mut asked = self.asked.borrow_mut();
        let asked = asked.get_or_insert_default();
        // A broken one has been reported where it was loaded.
        if !self.engine.has(name) {
            return String::new();
        }
        context.insert_value("lang", Value::from(self.subject.lang.as_str()));
        let (result, left) = scope::in_layout(self.subject.clone(), None, || self.engine.tera.render(name, &context));
        self.sink.extend(left.notes);
        asked.extend(left.asked);
        result.unwrap_or_else(|error| {
            for finding in findings(&error) {
                let diagnostic = self.engine.template_diagnostic(&finding);
                // The same words for every page, so that it stands once.
                let help = diagnostic.help.clone().unwrap_or_else(|| {
                    "it is rendered inside content, and sees `lang` beside `id` and `level`, or `summary`".to_owned()
                });
                self.sink.push(diagnostic.help(help));
            }
            String::new()
        })
    }
}

impl Snippets for PageSnippets<'_> {
    fn anchor_link(&self, level: u8, id: &str) -> String {
        let mut context = Context::new();
        context.insert_value("level", Value::from(i64::from(level)));
        context.insert_value("id", Value::from(id));
        self.render(ANCHOR_LINK, context)
    }

    fn summary_cutoff(&self, summary: &str) -> String {
        let mut context = Context::new();
        context.insert_value("summary", Value::safe_string(summary));
        self.render(SUMMARY_CUTOFF, context)
    }
}
