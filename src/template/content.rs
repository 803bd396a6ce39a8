use tera::Context;

use super::components::{self, Kept};
use super::error::findings;
use super::scope::{self, Subject};
use super::{Asked, Drawn, Engine, Seen, Since, values};
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
    /// The calls, if there are any.
    pub calls: Option<Calls>,
}

/// The calls in a content file, and what they saw and asked.
#[derive(Debug)]
pub struct Calls {
    drawn: Drawn,
    /// What all templates were.
    templates: u128,
    seen: Seen,
    asked: Asked,
}

impl Calls {
    /// What they asked.
    pub fn asked(&self) -> &Asked {
        &self.asked
    }
}

impl Engine {
    /// The Markdown of a file with every call expanded, and what the calls inserted.
    /// Errors are reported at their place; the file's text is then left out.
    pub fn expand(&self, source: &SourceText, body: Span, subject: &Subject, sink: &Sink) -> Expanded {
        let text = source.text();
        let markdown = text.get(body.start..body.end).unwrap_or_default();
        let Some(kept) = self.calls_in(source, body) else {
            return Expanded { text: markdown.to_owned(), ..Expanded::default() };
        };
        if let Some(at) = markdown.find(components::FILTER) {
            let start = body.start + at;
            let message = format!("`{}` is a name that only tinso may use", components::FILTER);
            let diagnostic = Diagnostic::error("template-in-content", message);
            sink.push(diagnostic.at(source, Span { start, end: start + components::FILTER.len() }).help("use another name"));
            return Expanded::default();
        }
        let mut context = Context::new();
        context.insert_value("lang", values::text(subject.lang.as_str()));
        context.insert_value("config", self.config(&subject.lang));
        let seen = self.card(subject);
        seen.iter().for_each(|(name, value)| context.insert_value(*name, value.clone()));
        let raw_html = self.site.config.tinso.raw_html;
        let (result, left) = scope::in_content(subject.clone(), || self.tera.render_str(&kept.text, &context, !raw_html));
        sink.extend(left.notes);
        let (drawn, templates) = (self.known().drawn_by(&kept.text), self.known().print());
        let calls = Some(Calls { drawn, templates, seen, asked: left.asked });
        match result {
            Ok(expanded) => Expanded { text: unprotect(expanded), inserts: left.inserts, calls },
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
                Expanded { calls, ..Expanded::default() }
            }
        }
    }

    /// Whether the calls in a file whose text is as it was would give the same again.
    pub fn calls_stand(&self, calls: &Calls, source: &SourceText, body: Span, subject: &Subject, before: Since<'_>) -> bool {
        let same_templates = || {
            let drawn = self.calls_in(source, body).map(|kept| self.known().drawn_by(&kept.text));
            drawn.is_some_and(|drawn| drawn.print == calls.drawn.print && drawn.reads.templates == calls.drawn.reads.templates)
        };
        (calls.templates == self.known().print() || same_templates())
            && (before.heads_stand
                || (!calls.asked.looked_at_heads() && calls.drawn.looks_same(&calls.seen, &self.card(subject))))
            && self.answers().stand(&calls.asked, Some(&calls.drawn.reads), before.answers)
    }

    /// The page or section of a file as its own calls see it.
    fn card(&self, subject: &Subject) -> Seen {
        let page = subject.page.and_then(|id| values::page_card(&self.site, id)).map(|page| ("page", page));
        let section = subject.section.and_then(|id| values::section_card(&self.site, id)).map(|section| ("section", section));
        page.into_iter().chain(section).collect()
    }

    /// The Markdown of a file as Tera is to read it, if there may be a call in it.
    fn calls_in(&self, source: &SourceText, body: Span) -> Option<Kept> {
        let text = source.text();
        let markdown = text.get(body.start..body.end).unwrap_or_default();
        let name = source.path.below("content").unwrap_or_default();
        if !(markdown.contains("{{") || markdown.contains("{%")) || self.site.config.skip_content_templating.matches(name) {
            return None;
        }
        let protected = protect(markdown);
        // Where a writer's HTML is text, so is what a writer hands to a component: it is escaped there.
        let raw_html = self.site.config.tinso.raw_html;
        Some(if raw_html { Kept::unchanged(&protected) } else { Kept::through_filter(&protected) })
    }
}
