use std::sync::OnceLock;

use tera::{Context, Tera, Value};

use super::error::findings;
use super::load::{self, Templates};
use super::scope::{self, Subject};
use super::{SharedSite, filters, functions};
use crate::diagnostic::{Diagnostic, Sink};
use crate::markdown::Snippets;
use crate::text::SitePath;

/// Renders the small templates inside content: `anchor-link.html` and `summary-cutoff.html`.
pub struct SnippetEngine {
    site: SharedSite,
    loaded: OnceLock<Loaded>,
}

struct Loaded {
    tera: Tera,
    templates: Templates,
    /// What is wrong in the small templates themselves.
    wrong: Vec<Diagnostic>,
}

impl SnippetEngine {
    /// For a site. Templates are loaded when the first page asks: most sites have no use for them.
    pub fn new(site: &SharedSite) -> Self {
        Self { site: site.clone(), loaded: OnceLock::new() }
    }

    /// The snippets of one page.
    pub fn of<'a>(&'a self, subject: &'a Subject, sink: &'a Sink) -> PageSnippets<'a> {
        PageSnippets { engine: self, subject, sink }
    }

    /// The templates; they see the site's data, not its rendered pages, which are not there yet.
    fn loaded(&self) -> &Loaded {
        self.loaded.get_or_init(|| {
            let mut tera = Tera::new();
            functions::register_data(&mut tera, &self.site);
            filters::register(&mut tera, &self.site);
            let sink = Sink::new();
            let templates = load::load(&mut tera, &self.site.snapshot, self.site.config.theme.as_deref(), &sink);
            // What is wrong in the others is reported where layouts are loaded.
            let small = |path: &SitePath| [ANCHOR_LINK, SUMMARY_CUTOFF].contains(&path.name());
            let wrong = sink.into_sorted().into_iter().filter(|found| found.location.path().is_some_and(small)).collect();
            Loaded { tera, templates, wrong }
        })
    }
}

const ANCHOR_LINK: &str = "anchor-link.html";
const SUMMARY_CUTOFF: &str = "summary-cutoff.html";

/// The snippets of one page, in its language.
pub struct PageSnippets<'a> {
    engine: &'a SnippetEngine,
    subject: &'a Subject,
    sink: &'a Sink,
}

impl PageSnippets<'_> {
    fn render(&self, name: &str, mut context: Context) -> String {
        context.insert_value("lang", Value::from(self.subject.lang.as_str()));
        let Loaded { tera, templates, wrong } = self.engine.loaded();
        for diagnostic in wrong {
            self.sink.push(diagnostic.clone());
        }
        scope::in_layout(self.subject.clone(), || tera.render(name, &context)).unwrap_or_else(|error| {
            for finding in findings(&error) {
                let source = finding.template.as_ref().and_then(|template| templates.sources.get(template));
                let diagnostic = finding.diagnostic("template", source, 0);
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
