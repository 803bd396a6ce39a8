//! What the Markdown of pages and sections becomes: worked out anew only where it may be different.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::ledger::TextTrace;
use crate::asset::{Piece, Receive};
use crate::config::{AnchorLinks, Images};
use crate::content::{Library, LinkTarget, Page};
use crate::diagnostic::{Diagnostic, Severity, Sink};
use crate::markdown::{self, LinkResolver, PictureSettings};
use crate::template::{Asked, Body, Calls, Contents, Engine, Shown, Since, Site, Subject};
use crate::text::{SitePath, SourceText, Span, closest};

/// So many bodies a thread takes before others may take from it.
const AT_ONCE: usize = 16;

/// The bodies of a build, for the build after it.
#[derive(Default, Debug)]
pub(super) struct Bodies {
    /// By index in the library.
    pages: Vec<Arc<Kept>>,
    sections: Vec<Arc<Kept>>,
    /// The files that link to headings which are not there.
    astray: BTreeSet<SitePath>,
}

/// A body, all that it was made of, and what was found in making it.
#[derive(Debug)]
struct Kept {
    source: SourceText,
    permalink: String,
    anchor_links: AnchorLinks,
    /// The content files that it links to, and their addresses then.
    links: Vec<(String, Option<String>)>,
    /// Whether a picture stands before it.
    after_lead: bool,
    calls: Option<Calls>,
    snippets: Option<InSnippets>,
    /// What was asked about the pictures in it.
    pictures: Option<Asked>,
    body: Arc<Body>,
    found: Vec<Diagnostic>,
}

/// The small templates in a body.
#[derive(Debug)]
struct InSnippets {
    /// What they were.
    print: u128,
    asked: Asked,
}

/// A body to be made.
struct Task<'a> {
    source: &'a SourceText,
    body: Span,
    permalink: &'a str,
    anchor_links: Option<AnchorLinks>,
    subject: Subject,
}

/// How much of the bodies is made.
#[derive(Clone, Copy, Default)]
pub(super) struct Extent<'a> {
    /// Where it is done only once: no more than what templates can read, and the texts of the files are let go of.
    pub(super) once: Option<&'a Shown>,
    /// Only of these files, and those to whose headings they link; the others are left empty.
    pub(super) wanted: Option<&'a BTreeSet<SitePath>>,
}

/// Expands the calls in every Markdown body, turns it into HTML, and checks the links between pages. Gives how many
/// bodies had to be made, too.
pub(super) fn render<'a>(
    site: &'a Site,
    engine: &Engine,
    extent: Extent<'_>,
    before: &'a Bodies,
    since: Since<'_>,
    receive: &dyn Receive,
    sink: &Sink,
) -> (Contents, Bodies, usize) {
    let (library, Extent { once, wanted }) = (&site.library, extent);
    let unmade = Arc::new(Kept::unmade());
    let section_of = |page: &Page| page.section.and_then(|id| library.sections.get(id));
    let by_path = before.by_path(since);
    let targets = |files: &BTreeSet<SitePath>| files.iter().filter_map(|path| library.by_file(path.below("content")?)).collect();
    let targets: Option<HashSet<LinkTarget>> = wanted.map(targets);
    let one = |target: LinkTarget, task: &dyn Fn() -> Task<'a>, kept: Option<&Arc<Kept>>| {
        if targets.as_ref().is_some_and(|targets| !targets.contains(&target)) {
            return (Arc::clone(&unmade), false);
        }
        let task = task();
        let kept = kept.or_else(|| by_path.get(&task.source.path).copied());
        match kept.filter(|kept| kept.stands(&task, site, engine, since)) {
            Some(kept) => (Arc::clone(kept), false),
            None => {
                let make = || make(&task, site, engine, once);
                let kept = Arc::new(receive.hears_of(Piece::Body(&task.source.path), make));
                once.inspect(|_| task.source.let_go());
                (kept, true)
            }
        }
    };
    let kept = |all: &'a [Arc<Kept>], id: usize| all.get(id).filter(|_| since.heads_stand);
    let pages = library.pages.par_iter().with_max_len(AT_ONCE).enumerate().map(|(id, page)| {
        let task = || Task {
            source: &page.source,
            body: page.body,
            permalink: &page.permalink,
            anchor_links: section_of(page).and_then(|section| section.front.insert_anchor_links),
            subject: Subject { lang: page.file.lang.clone(), page: Some(id), section: None },
        };
        one(LinkTarget::Page(id), &task, kept(&before.pages, id))
    });
    let sections = library.sections.par_iter().with_max_len(AT_ONCE).enumerate().map(|(id, section)| {
        let task = || Task {
            source: &section.source,
            body: section.body,
            permalink: &section.permalink,
            anchor_links: section.front.insert_anchor_links,
            subject: Subject { lang: section.file.lang.clone(), page: None, section: Some(id) },
        };
        one(LinkTarget::Section(id), &task, kept(&before.sections, id))
    });
    let (pages, sections): (Vec<_>, Vec<_>) = (pages.collect(), sections.collect());
    let made = pages.iter().chain(&sections).filter(|(_, anew)| *anew).count();
    let mut contents = Contents { leads: Arc::clone(site.leads()), ..Contents::default() };
    for (id, (kept, _)) in pages.iter().enumerate() {
        contents.pages.push(Arc::clone(&kept.body));
        add_backlinks(&mut contents, library, LinkTarget::Page(id), kept);
    }
    for (id, (kept, _)) in sections.iter().enumerate() {
        contents.sections.push(Arc::clone(&kept.body));
        add_backlinks(&mut contents, library, LinkTarget::Section(id), kept);
    }
    let all = || pages.iter().chain(&sections).map(|(kept, _)| kept);
    if let Some(wanted) = wanted {
        let led_into = all().flat_map(|kept| kept.trace(library).leads_into).collect::<BTreeSet<_>>();
        if !led_into.is_subset(wanted) {
            let wanted = wanted | &led_into;
            return render(site, engine, Extent { once, wanted: Some(&wanted) }, before, since, receive, sink);
        }
    }
    all().filter(|kept| !kept.found.is_empty()).for_each(|kept| sink.extend(kept.found.iter().cloned()));
    let astray = check_anchors(library, &contents, site.config.link_checker.internal.into(), sink);
    let alone = |all: Vec<(Arc<Kept>, bool)>| all.into_iter().map(|(kept, _)| kept).collect();
    (contents, Bodies { pages: alone(pages), sections: alone(sections), astray }, made)
}

impl Bodies {
    /// What their templates asked.
    pub(super) fn asked(&self) -> impl Iterator<Item = &Asked> {
        self.all().flat_map(|kept| kept.asked())
    }

    fn all(&self) -> impl Iterator<Item = &Arc<Kept>> {
        self.pages.iter().chain(&self.sections)
    }

    /// What is to be known of each that was made, without making it again.
    pub(super) fn traces(&self, library: &Library) -> BTreeMap<SitePath, TextTrace> {
        let trace = |kept: &Arc<Kept>| {
            let (path, trace) = (kept.source.path.clone(), kept.trace(library));
            let noted = trace.noted || self.astray.contains(&path);
            (path, TextTrace { noted, ..trace })
        };
        self.all().map(trace).filter(|(_, trace)| *trace != TextTrace::default()).collect()
    }

    /// The bodies by their files, where pages may not have the same indices any more.
    fn by_path(&self, since: Since<'_>) -> HashMap<&SitePath, &Arc<Kept>> {
        self.all().filter(|_| !since.heads_stand).map(|kept| (&kept.source.path, kept)).collect()
    }
}

impl Kept {
    /// In place of one that is not wanted.
    fn unmade() -> Self {
        Self {
            source: SourceText::new(SitePath::new(""), ""),
            permalink: String::new(),
            anchor_links: AnchorLinks::default(),
            links: Vec::new(),
            after_lead: false,
            calls: None,
            snippets: None,
            pictures: None,
            body: Arc::default(),
            found: Vec::new(),
        }
    }

    fn trace(&self, library: &Library) -> TextTrace {
        let files = self.body.anchor_links.iter().filter_map(|link| library.by_file(&link.file));
        let leads_into = files.filter_map(|target| library.path(target)).filter(|path| **path != self.source.path);
        let ordered = self.asked().flat_map(Asked::ordered).cloned().collect();
        TextTrace { noted: !self.found.is_empty(), leads_into: leads_into.cloned().collect(), ordered }
    }

    /// Whether this body of the build before would be the same now.
    fn stands(&self, task: &Task<'_>, site: &Site, engine: &Engine, since: Since<'_>) -> bool {
        let same_place = || self.permalink == task.permalink && self.anchor_links == anchor_links(task, site);
        // A broken link is told with what may have been meant, which any other file can change.
        let leads_where_it_did = |(file, permalink): &(String, Option<String>)| {
            let now = site.library.by_file(file).and_then(|target| site.library.permalink(target));
            now.is_some() && now == permalink.as_deref()
        };
        let pictures_stand = |asked: &Asked| engine.answers().stand(asked, None, since.answers);
        let same_links = || self.links.iter().all(leads_where_it_did);
        let calls_stand = |calls: &Calls| engine.calls_stand(calls, task.source, task.body, &task.subject, since);
        let snippets_stand = |snippets: &InSnippets| {
            snippets.print == engine.print_of_snippets()
                && (since.heads_stand || !snippets.asked.looked_at_heads())
                && engine.answers().stand(&snippets.asked, None, since.answers)
        };
        self.source == *task.source
            && self.after_lead == is_after_lead(task, site)
            && (since.heads_stand || (same_place() && same_links()))
            && self.calls.as_ref().is_none_or(calls_stand)
            && self.snippets.as_ref().is_none_or(snippets_stand)
            && self.pictures.as_ref().is_none_or(pictures_stand)
    }

    fn asked(&self) -> impl Iterator<Item = &Asked> {
        let snippets = self.snippets.iter().map(|snippets| &snippets.asked);
        self.calls.iter().map(Calls::asked).chain(snippets).chain(&self.pictures)
    }
}

fn anchor_links(task: &Task<'_>, site: &Site) -> AnchorLinks {
    task.anchor_links.unwrap_or(site.config.markdown.insert_anchor_links)
}

fn is_after_lead(task: &Task<'_>, site: &Site) -> bool {
    task.subject.page.is_some_and(|page| site.leads().has(page))
}

fn make(task: &Task<'_>, site: &Site, engine: &Engine, once: Option<&Shown>) -> Kept {
    let sink = Sink::new();
    let Task { source, body, permalink, subject, .. } = task;
    let expanded = engine.expand(source, *body, subject, &sink);
    let links = Links { library: &site.library, used: RefCell::default() };
    let snippets = engine.snippets(subject, &sink);
    let pictures = engine.pictures(subject, &sink);
    let after_lead = is_after_lead(task, site);
    let settings = markdown::Settings {
        markdown: &site.config.markdown,
        anchors: site.config.slugify.anchors,
        insert_anchor_links: anchor_links(task, site),
        raw_html: site.config.tinso.raw_html,
        broken_links: site.config.link_checker.internal.into(),
        permalink,
        counts_words: once.is_none_or(Shown::counts_words),
        highlighter: site.highlighter.as_deref(),
        links: &links,
        pictures: site.config.tinso.images.as_ref().map(|Images { sizes, .. }| PictureSettings {
            pictures: &pictures,
            sizes,
            after_lead,
        }),
        asks_for_alt: site.config.tinso.declared,
        snippets: &snippets,
    };
    let origin = markdown::Origin { source, body: *body };
    let mut rendered = markdown::render(&expanded.text, &expanded.inserts, &origin, &settings, &sink);
    if !once.is_none_or(Shown::has_toc) {
        rendered.toc = Vec::new();
    }
    let in_snippets = snippets.asked().map(|asked| InSnippets { print: engine.print_of_snippets(), asked });
    let link = |file: String| {
        let permalink = site.library.by_file(&file).and_then(|target| site.library.permalink(target)).map(str::to_owned);
        (file, permalink)
    };
    if once.is_some() {
        source.let_go();
    }
    Kept {
        source: SourceText::clone(source),
        permalink: (*permalink).to_owned(),
        anchor_links: anchor_links(task, site),
        links: links.used.into_inner().into_iter().map(link).collect(),
        after_lead,
        calls: expanded.calls,
        snippets: in_snippets,
        pictures: pictures.asked(),
        body: Arc::new(Body::new(rendered)),
        found: sink.into_sorted(),
    }
}

fn add_backlinks(contents: &mut Contents, library: &Library, from: LinkTarget, kept: &Kept) {
    let targets = kept.links.iter().filter_map(|(file, _)| library.by_file(file));
    for target in targets.filter(|target| *target != from) {
        contents.backlinks.entry(target).or_default().insert(from);
    }
}

/// The links of one page.
struct Links<'a> {
    library: &'a Library,
    used: RefCell<BTreeSet<String>>,
}

impl LinkResolver for Links<'_> {
    fn permalink(&self, file: &str) -> Option<&str> {
        self.used.borrow_mut().insert(file.to_owned());
        self.library.permalink(self.library.by_file(file)?)
    }

    fn is_broken(&self, file: &str) -> bool {
        self.library.is_broken(file)
    }

    fn absence(&self, file: &str) -> Option<String> {
        self.library.absence(file).map(ToString::to_string)
    }

    fn nearest(&self, file: &str) -> Option<String> {
        self.library.closest_file(file).map(str::to_owned)
    }
}

/// Reports links to places that no heading names; gives the files that they are in.
fn check_anchors(library: &Library, content: &Contents, severity: Severity, sink: &Sink) -> BTreeSet<SitePath> {
    let mut astray = BTreeSet::new();
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
            let text = source.text();
            let text = text.get(body.start..body.end).unwrap_or_default();
            let start = body.start + text.find(&link.written).unwrap_or(0);
            let mut diagnostic = Diagnostic::error("broken-anchor", format!("no heading there has the id `{}`", link.anchor));
            diagnostic.severity = severity;
            let help = match closest(&link.anchor, target.anchors.iter().map(String::as_str)) {
                Some(meant) => format!("did you mean `#{meant}`?"),
                None => "link to a heading of that page, or give one that id: `## Title {#id}`".to_owned(),
            };
            sink.push(diagnostic.at(source, Span { start, end: start + link.written.len() }).help(help));
            astray.insert(source.path.clone());
        }
    }
    astray
}
