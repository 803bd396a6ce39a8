use tera::Context;

use super::components::{self, Kept};
use super::error::findings;
use super::scope::{self, Subject};
use super::{Asked, Engine, values};
use crate::diagnostic::{Diagnostic, Sink};
use crate::markdown::{Insert, protect, unprotect};
use crate::text::{SourceText, Span};

/// The Markdown of a file with every call in it expanded.
#[derive(Default)]
pub struct Expanded {
    /// The Markdown, with tokens where something is inserted.
    pub text: String,
    /// What the calls inserted.
    pub inserts: Vec<Insert>,
    /// What the calls asked; `None` where there are none.
    pub asked: Option<Asked>,
}

impl Engine {
    /// The Markdown of a file with every call expanded, and what the calls inserted.
    /// Errors are reported at their place; the file's text is then left out.
    pub fn expand(&self, source: &SourceText, body: Span, subject: &Subject, sink: &Sink) -> Expanded {
        let markdown = source.text.get(body.start..body.end).unwrap_or_default();
        let name = source.path.below("content").unwrap_or_default();
        if !(markdown.contains("{{") || markdown.contains("{%")) || self.site.config.skip_content_templating.matches(name) {
            return Expanded { text: markdown.to_owned(), ..Expanded::default() };
        }
        if let Some(at) = markdown.find(components::FILTER) {
            let start = body.start + at;
            let message = format!("`{}` is a name that only tinso may use", components::FILTER);
            let diagnostic = Diagnostic::error("template-in-content", message);
            sink.push(diagnostic.at(source, Span { start, end: start + components::FILTER.len() }).help("use another name"));
            return Expanded::default();
        }
        let protected = protect(markdown);
        let raw_html = self.site.config.tinso.raw_html;
        // Where a writer's HTML is text, so is what a writer hands to a component: it is escaped there.
        let kept = if raw_html { Kept::unchanged(&protected) } else { Kept::through_filter(&protected) };
        let mut context = Context::new();
        context.insert_value("lang", values::text(subject.lang.as_str()));
        context.insert_value("config", self.config(&subject.lang));
        if let Some(page) = subject.page.and_then(|id| values::page_card(&self.site, id)) {
            context.insert_value("page", page);
        }
        if let Some(section) = subject.section.and_then(|id| values::section_card(&self.site, id)) {
            context.insert_value("section", section);
        }
        let (result, left) = scope::in_content(subject.clone(), || self.tera.render_str(&kept.text, &context, !raw_html));
        sink.extend(left.notes);
        let asked = Some(left.asked);
        match result {
            Ok(expanded) => Expanded { text: unprotect(expanded), inserts: left.inserts, asked },
            Err(error) => {
                for mut finding in findings(&error) {
                    let diagnostic = if self.is_in_template(&finding) {
                        self.template_diagnostic(&finding)
                    } else {
                        finding.position = kept.written(&finding.position);
                        finding.diagnostic("template-in-content", Some(source), body.start)
                    };
                    sink.push(diagnostic);
                }
                Expanded { asked, ..Expanded::default() }
            }
        }
    }
}
