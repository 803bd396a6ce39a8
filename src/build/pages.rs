use std::cell::RefCell;
use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::config::AnchorLinks;
use crate::content::{Library, LinkTarget, Page};
use crate::diagnostic::{Diagnostic, Severity, Sink};
use crate::markdown::{self, LinkResolver};
use crate::template::{Contents, Engine, Site, Subject};
use crate::text::{SourceText, Span, closest};

/// Expands the calls in every Markdown body, turns it into HTML, and checks the links between pages.
pub(super) fn render(site: &Site, engine: &Engine, sink: &Sink) -> Contents {
    let one = |source: &SourceText, body: Span, permalink: &str, anchor_links: Option<AnchorLinks>, subject: Subject| {
        let (text, inserts) = engine.expand(source, body, &subject, sink);
        let origin = markdown::Origin { source, body };
        let links = Links { library: &site.library, used: RefCell::default() };
        let settings = markdown::Settings {
            markdown: &site.config.markdown,
            anchors: site.config.slugify.anchors,
            insert_anchor_links: anchor_links.unwrap_or(site.config.markdown.insert_anchor_links),
            raw_html: site.config.tinso.raw_html,
            broken_links: site.config.link_checker.internal.into(),
            permalink,
            highlighter: site.highlighter.as_ref(),
            links: &links,
            snippets: &engine.snippets(&subject, sink),
        };
        let rendered = markdown::render(&text, &inserts, &origin, &settings, sink);
        (rendered, links.used.into_inner())
    };
    let library = &site.library;
    let section_of = |page: &Page| page.section.and_then(|id| library.sections.get(id));
    let pages = library.pages.par_iter().enumerate().map(|(id, page)| {
        let anchor_links = section_of(page).and_then(|section| section.front.insert_anchor_links);
        let subject = Subject { lang: page.file.lang.clone(), page: Some(id), section: None };
        one(&page.source, page.body, &page.permalink, anchor_links, subject)
    });
    let sections = library.sections.par_iter().enumerate().map(|(id, section)| {
        let subject = Subject { lang: section.file.lang.clone(), page: None, section: Some(id) };
        one(&section.source, section.body, &section.permalink, section.front.insert_anchor_links, subject)
    });
    let (pages, sections): (Vec<_>, Vec<_>) = (pages.collect(), sections.collect());
    let mut contents = Contents::default();
    for (id, (rendered, used)) in pages.into_iter().enumerate() {
        contents.pages.push(rendered);
        add_backlinks(&mut contents, LinkTarget::Page(id), used);
    }
    for (id, (rendered, used)) in sections.into_iter().enumerate() {
        contents.sections.push(rendered);
        add_backlinks(&mut contents, LinkTarget::Section(id), used);
    }
    check_anchors(library, &contents, site.config.link_checker.internal.into(), sink);
    contents
}

fn add_backlinks(contents: &mut Contents, from: LinkTarget, used: BTreeSet<LinkTarget>) {
    for target in used.into_iter().filter(|target| *target != from) {
        contents.backlinks.entry(target).or_default().insert(from);
    }
}

/// The links of one page.
struct Links<'a> {
    library: &'a Library,
    used: RefCell<BTreeSet<LinkTarget>>,
}

impl LinkResolver for Links<'_> {
    fn permalink(&self, file: &str) -> Option<&str> {
        let target = self.library.by_file(file)?;
        self.used.borrow_mut().insert(target);
        self.library.permalink(target)
    }

    fn is_broken(&self, file: &str) -> bool {
        self.library.is_broken(file)
    }

    fn nearest(&self, file: &str) -> Option<String> {
        self.library.closest_file(file).map(str::to_owned)
    }
}

/// Reports links to places that no heading names.
fn check_anchors(library: &Library, content: &Contents, severity: Severity, sink: &Sink) {
    let pages = library.pages.iter().zip(&content.pages).map(|(page, rendered)| (&page.source, page.body, rendered));
    let sections =
        library.sections.iter().zip(&content.sections).map(|(section, rendered)| (&section.source, section.body, rendered));
    for (source, body, rendered) in pages.chain(sections) {
        for link in &rendered.anchor_links {
            let target = match library.by_file(&link.file) {
                Some(LinkTarget::Page(id)) => content.pages.get(id),
                Some(LinkTarget::Section(id)) => content.sections.get(id),
                None => Some(rendered),
            };
            let Some(target) = target.filter(|target| !target.anchors.contains(&link.anchor)) else { continue };
            let text = source.text.get(body.start..body.end).unwrap_or_default();
            let start = body.start + text.find(&link.written).unwrap_or(0);
            let mut diagnostic = Diagnostic::error("broken-anchor", format!("no heading there has the id `{}`", link.anchor));
            diagnostic.severity = severity;
            let help = match closest(&link.anchor, target.anchors.iter().map(String::as_str)) {
                Some(meant) => format!("did you mean `#{meant}`?"),
                None => "link to a heading of that page, or give one that id: `## Title {#id}`".to_owned(),
            };
            sink.push(diagnostic.at(source, Span { start, end: start + link.written.len() }).help(help));
        }
    }
}
