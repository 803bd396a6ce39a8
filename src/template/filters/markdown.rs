use std::sync::Arc;

use tera::{Filter, Kwargs, State, TeraResult, Value};

use crate::config::AnchorLinks;
use crate::content::Library;
use crate::diagnostic::{Diagnostic, Location, Severity, Sink};
use crate::markdown::{Insert, LinkResolver, Origin, Rendered, Settings, Snippets, Stands, render};
use crate::template::asked::{Answers, Functions};
use crate::template::error::failure;
use crate::template::{SharedSite, scope};
use crate::text::{SitePath, SourceText, Span};

/// `markdown(inline=false)`: a text in Markdown as HTML, by the site's settings, its links to content files resolved.
pub(super) fn register(functions: &mut Functions<'_>, site: &SharedSite) {
    let shared = site.clone();
    functions.hide(LINK, move |file| {
        Links { library: &shared.library, answers: None }.permalink(file).map_or_else(Value::none, Value::from)
    });
    let answers = Arc::clone(&functions.answers);
    functions.tera.register_filter("markdown", Markdown { site: site.clone(), answers });
}

/// The address of a content file.
pub(in crate::template) const LINK: &str = "the address of a file";

struct Markdown {
    site: SharedSite,
    answers: Arc<Answers>,
}

impl Filter<&Value, TeraResult<Value>> for Markdown {
    fn call(&self, value: &Value, kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
        if value.is_none() || value.is_undefined() {
            return Err(failure("there is no text to read as Markdown", "give it a text, or `default(value=\"\")` before it"));
        }
        let text = value.to_string();
        let inline = kwargs.get::<bool>("inline")?.unwrap_or(false);
        let sink = Sink::new();
        let links = Links { library: &self.site.library, answers: Some(&self.answers) };
        let rendered = rendered(&self.site, &text, &links, &sink);
        for finding in sink.into_sorted() {
            match finding.severity {
                Severity::Error => return Err(failure(finding.message, finding.help.unwrap_or_default())),
                Severity::Warning => scope::note(without_place(finding)),
            }
        }
        let html = rendered.html;
        let paragraph = html.trim_end().strip_prefix("<p>").and_then(|inner| inner.strip_suffix("</p>"));
        let html = match paragraph.filter(|inner| inline && !inner.contains("<p>")) {
            Some(inner) => inner.to_owned(),
            None => html,
        };
        Ok(Value::from(scope::insert(Insert { html, text, stands: if inline { Stands::InLine } else { Stands::Anywhere } })))
    }

    fn is_safe(&self) -> bool {
        true
    }
}

/// A warning about a text that stands in no file.
fn without_place(finding: Diagnostic) -> Diagnostic {
    let message = format!("in a text that the filter `markdown` read: {}", finding.message);
    Diagnostic { message, location: Location::Site, related: Vec::new(), ..finding }
}

/// Markdown to HTML as pages have it.
fn rendered(site: &SharedSite, text: &str, links: &Links<'_>, sink: &Sink) -> Rendered {
    let source = SourceText::new(SitePath::new(""), text);
    let origin = Origin { source: &source, body: Span { start: 0, end: text.len() } };
    let subject = scope::subject();
    let permalink = subject.as_ref().and_then(|subject| {
        let page = subject.page.and_then(|id| site.library.pages.get(id)).map(|page| page.permalink.as_str());
        page.or_else(|| subject.section.and_then(|id| site.library.sections.get(id)).map(|section| section.permalink.as_str()))
    });
    let settings = Settings {
        markdown: &site.config.markdown,
        anchors: site.config.slugify.anchors,
        insert_anchor_links: AnchorLinks::None,
        raw_html: site.config.tinso.raw_html,
        broken_links: site.config.link_checker.internal.into(),
        permalink: permalink.unwrap_or_default(),
        counts_words: false,
        highlighter: site.highlighter.as_deref(),
        links,
        pictures: None,
        asks_for_alt: false,
        snippets: &NoSnippets,
    };
    render(text, &scope::inserts(), &origin, &settings, sink)
}

/// A text in a template has neither anchor links nor a summary.
struct NoSnippets;

impl Snippets for NoSnippets {
    fn anchor_link(&self, _: u8, _: &str) -> String {
        String::new()
    }

    fn summary_cutoff(&self, _: &str) -> String {
        String::new()
    }
}

/// Content files for links in a text, which are remembered as questions of the render.
struct Links<'a> {
    library: &'a Library,
    answers: Option<&'a Answers>,
}

impl LinkResolver for Links<'_> {
    fn permalink(&self, file: &str) -> Option<&str> {
        self.answers.inspect(|answers| answers.look(LINK, file));
        let target = self.library.by_file(file)?;
        let lang = scope::subject()?.lang;
        self.library.permalink(self.library.in_language(target, &lang).unwrap_or(target))
    }

    fn is_broken(&self, file: &str) -> bool {
        // Told with what may have been meant, which any other file can change.
        scope::looked_at_heads();
        self.library.is_broken(file)
    }

    fn absence(&self, file: &str) -> Option<String> {
        scope::looked_at_heads();
        self.library.absence(file).map(ToString::to_string)
    }

    fn nearest(&self, file: &str) -> Option<String> {
        scope::looked_at_heads();
        self.library.closest_file(file).map(str::to_owned)
    }
}
