use tera::{Context, Tera};

use super::error::findings;
use super::scope::{self, Subject};
use super::{SharedSite, filters, functions, values};
use crate::diagnostic::Sink;
use crate::markdown::{Insert, protect, unprotect};
use crate::text::{SourceText, Span};

/// Expands the template calls that writers put into Markdown. It knows functions about the site's data and
/// files, and nothing that gives whole pages.
pub struct ContentEngine {
    tera: Tera,
    site: SharedSite,
}

impl ContentEngine {
    /// Sets up the functions.
    pub fn new(site: SharedSite) -> Self {
        let mut tera = Tera::new();
        functions::register_data(&mut tera, &site);
        filters::register(&mut tera, &site);
        Self { tera, site }
    }

    /// The Markdown of a file with every call expanded, and what the calls inserted.
    /// Errors are reported at their place; then the Markdown comes back as it was, without its calls run.
    pub fn expand(&self, source: &SourceText, body: Span, subject: &Subject, sink: &Sink) -> (String, Vec<Insert>) {
        let markdown = source.text.get(body.start..body.end).unwrap_or_default();
        if !markdown.contains("{{") && !markdown.contains("{%") {
            return (markdown.to_owned(), Vec::new());
        }
        let protected = protect(markdown);
        let mut context = Context::new();
        context.insert_value("lang", values::text(subject.lang.as_str()));
        context.insert_value("config", values::config(&self.site.config, &subject.lang));
        let (result, inserts) = scope::in_content(subject.clone(), || self.tera.render_str(&protected, &context, false));
        match result {
            Ok(expanded) => (unprotect(expanded), inserts),
            Err(error) => {
                for finding in findings(&error) {
                    sink.push(finding.diagnostic("template-in-content", Some(source), body.start));
                }
                (String::new(), Vec::new())
            }
        }
    }
}
