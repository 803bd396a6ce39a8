use tera::Context;

use super::error::findings;
use super::scope::{self, Subject};
use super::{Engine, values};
use crate::diagnostic::Sink;
use crate::markdown::{Insert, protect, unprotect};
use crate::text::{SourceText, Span};

impl Engine {
    /// The Markdown of a file with every call expanded, and what the calls inserted.
    /// Errors are reported at their place; the file's text is then left out.
    pub fn expand(&self, source: &SourceText, body: Span, subject: &Subject, sink: &Sink) -> (String, Vec<Insert>) {
        let markdown = source.text.get(body.start..body.end).unwrap_or_default();
        let name = source.path.below("content").unwrap_or_default();
        if !(markdown.contains("{{") || markdown.contains("{%")) || self.site.config.skip_content_templating.matches(name) {
            return (markdown.to_owned(), Vec::new());
        }
        let protected = protect(markdown);
        let mut context = Context::new();
        context.insert_value("lang", values::text(subject.lang.as_str()));
        context.insert_value("config", values::config(&self.site.config, &subject.lang));
        if let Some(page) = subject.page.and_then(|id| values::page_card(&self.site, id)) {
            context.insert_value("page", page);
        }
        if let Some(section) = subject.section.and_then(|id| values::section_card(&self.site, id)) {
            context.insert_value("section", section);
        }
        let (result, inserts) = scope::in_content(subject.clone(), || self.tera.render_str(&protected, &context, false));
        match result {
            Ok(expanded) => (unprotect(expanded), inserts),
            Err(error) => {
                for finding in findings(&error) {
                    sink.push(self.diagnostic(&finding, "template-in-content", (source, body.start)));
                }
                (String::new(), Vec::new())
            }
        }
    }
}
