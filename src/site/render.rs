use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use tera::{Context, Value};

use super::explain::{Explained, Why};
use super::export::Made as MadeData;
use super::loops::Loops;
use super::minify::minify;
use super::plan::{ArchiveOf, Job, Plan, Planned};
use super::sitemap;
use crate::asset::{Piece, Receive};
use crate::diagnostic::{Diagnostic, Sink};
use crate::export::Scheme;
use crate::template::{
    Asked, Drawn, Engine, Known, Needs, Pager, Remember, RenderFailure, Rendering, Seen, Since, Site, Subject, Translation,
    Values, report_failures,
};
use crate::text::{Lang, Place, SitePath};

/// What a build rendered, for the build after it.
#[derive(Default, Debug)]
pub struct Records(BTreeMap<SitePath, Record>);

/// An output, and what it was rendered from or would be rendered from to the same bytes.
#[derive(Debug)]
struct Record {
    planned: Arc<Planned>,
    template: String,
    /// What it saw beside what every template does.
    seen: Seen,
    made: Arc<Made>,
}

/// What a render gave.
#[derive(Debug)]
pub(super) struct Made {
    /// What the template was.
    print: u128,
    /// What the addresses were, of a sitemap: they are too many to be kept.
    addresses: u128,
    asked: Asked,
    notes: Vec<Diagnostic>,
    bytes: Arc<[u8]>,
}

impl Records {
    /// What their templates asked.
    pub fn asked(&self) -> impl Iterator<Item = &Asked> {
        self.0.values().map(|record| &record.made.asked)
    }

    /// What an output saw beside what every template does.
    pub(super) fn seen(&self, path: &SitePath) -> Option<&Seen> {
        self.0.get(path).map(|record| &record.seen)
    }

    /// What an output asked.
    pub(super) fn asked_by(&self, path: &SitePath) -> Option<&Asked> {
        self.0.get(path).map(|record| &record.made.asked)
    }
}

/// What a build after this one, in another process, is to know of a render.
#[derive(Clone, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Trace {
    /// The texts that it needed.
    pub needs: Needs,
    /// The pictures that it ordered.
    pub ordered: BTreeSet<SitePath>,
    /// Whether something was found that is no error.
    pub noted: bool,
}

impl Record {
    fn trace(&self, engine: &Engine) -> Trace {
        let Self { template, seen, made, .. } = self;
        let needs = engine.known().drawn(template).needs(seen).with(made.asked.needs().clone());
        let noted = !made.notes.is_empty() || template == PLAIN;
        Trace { needs, ordered: made.asked.ordered().clone(), noted }
    }
}

/// What rendering gave.
#[derive(Default)]
pub struct Rendered {
    /// For the build after this one; nothing if there is none.
    pub records: Records,
    /// For a build after this one in another process.
    pub traces: BTreeMap<SitePath, Trace>,
    /// The pictures that templates have ordered.
    pub ordered: BTreeSet<SitePath>,
    /// The prints of what pictures of charts were drawn from, for a build after this one in another process.
    pub drawn: BTreeMap<SitePath, u128>,
    /// How many outputs had to be rendered.
    pub count: usize,
    /// How outputs came to be, where that was asked.
    pub explained: BTreeMap<SitePath, Explained>,
    /// How many items templates went through in whole lists.
    pub loops: Loops,
}

/// What a render may take from the build before.
#[derive(Clone, Copy)]
pub struct Before<'a> {
    /// What was rendered then.
    pub records: &'a Records,
    /// What was known of the templates then.
    pub templates: Option<&'a Known>,
    /// Why an output is not among the records.
    pub without: Why,
    /// How far that holds.
    pub since: Since<'a>,
    /// What a build after this one will want to know.
    pub remember: Remember,
    /// The outputs that stand and are not to be rendered.
    pub standing: &'a BTreeSet<SitePath>,
    /// Pictures of charts that may stand.
    pub drawn: &'a Pictures,
    /// Whether the pictures that content and front matter ordered are there before they are made.
    pub pictures_stand: &'a (dyn Fn() -> bool + Sync),
}

/// The print of what each picture was drawn from, and the digest of its bytes.
pub type Pictures = BTreeMap<SitePath, (u128, u128)>;

/// Renders a plan, but for what is certainly as it was, and hands over every file as soon as it is there. What cannot be
/// rendered is reported and left out.
pub fn render(
    plan: Plan,
    site: &Site,
    values: &Values,
    engine: &Engine,
    before: Before<'_>,
    receive: &dyn Receive,
    sink: &Sink,
) -> Rendered {
    if let Some(place) = site.config.tinso.archive.as_ref().filter(|_| !engine.knows(ARCHIVE)) {
        let message = format!("an archive needs the template `{ARCHIVE}`, and there is none");
        let help = format!("add templates/{ARCHIVE}, set a `theme` that has it, or remove `archive`");
        sink.push(Diagnostic::error("no-template", message).at_place(place.clone()).help(help));
    }
    let missing = Mutex::default();
    let mut renderer = Renderer { site, values, engine, before, receive, sitemap: Vec::new(), missing: &missing };
    let stands = |(path, planned): (&SitePath, &Arc<Planned>)| {
        !matches!(planned.job, Job::Sitemap(_))
            || before.standing.contains(path)
            || renderer.standing(path, planned, &renderer.call(planned)).is_ok()
    };
    let heads_stand = before.since.heads_stand || !before.standing.is_empty();
    if !heads_stand || !plan.iter().all(stands) {
        renderer.sitemap = sitemap::entries(&plan, site, values);
    }
    let (rendered, failures) = (Mutex::new(Rendered::default()), Mutex::new(Vec::new()));
    let output = |renderer: &Renderer<'_>, (path, planned): (SitePath, Arc<Planned>)| {
        if receive.asks_about(&path, &planned.origin) {
            let explained = renderer.explain(&path, &planned);
            lock(&rendered).explained.insert(path.clone(), explained);
        }
        match renderer.output(&path, planned) {
            Ok(Output::Bytes(bytes)) => receive.receive(&path, bytes),
            Ok(Output::Data(made)) => {
                let print = match made {
                    None => return,
                    Some(MadeData::Stands(print)) => Some(print),
                    Some(MadeData::Bytes(bytes, print)) => {
                        receive.receive(&path, bytes);
                        print
                    }
                };
                if before.remember == Remember::Needs {
                    let mut rendered = lock(&rendered);
                    rendered.drawn.extend(print.map(|print| (path.clone(), print)));
                    // Data follows from front matter alone.
                    rendered.traces.insert(path, Trace::default());
                }
            }
            Ok(Output::Search(bytes)) => {
                receive.receive(&path, bytes);
                if before.remember == Remember::Needs {
                    lock(&rendered).traces.insert(path, Trace { needs: Needs::all(), ..Trace::default() });
                }
            }
            Ok(Output::Record(record, anew)) => {
                engine.note(&record.made.notes);
                receive.receive(&path, Arc::clone(&record.made.bytes));
                let mut rendered = lock(&rendered);
                if let Some(explained) = rendered.explained.get_mut(&path).and_then(|explained| explained.rendering.as_mut()) {
                    explained.asked = engine.answers().told(&record.made.asked, before.since.answers);
                }
                rendered.count += usize::from(anew);
                rendered.loops.add(&record.template, record.made.asked.visits());
                rendered.ordered.extend(record.made.asked.ordered().iter().cloned());
                match before.remember {
                    Remember::Nothing => {}
                    Remember::Answers => {
                        rendered.records.0.insert(path, record);
                    }
                    Remember::Needs => {
                        let trace = record.trace(engine);
                        rendered.traces.insert(path, trace);
                    }
                }
            }
            Err(failure) => lock(&failures).push(failure),
        }
    };
    let plan = plan.into_iter().filter(|(path, _)| !before.standing.contains(path));
    // Sitemaps first, so that what only they need does not lie beside all that is rendered.
    let (sitemaps, others): (Vec<_>, Vec<_>) = plan.partition(|(_, planned)| matches!(planned.job, Job::Sitemap(_)));
    sitemaps.into_par_iter().for_each(|planned| output(&renderer, planned));
    renderer.sitemap = Vec::new();
    // What pages need to be shown is there before them: styles, scripts, files beside them.
    let (files, others): (Vec<_>, Vec<_>) = others.into_iter().partition(|(_, planned)| planned.job.bytes().is_some());
    files.into_par_iter().for_each(|planned| output(&renderer, planned));
    let wanted = receive.first();
    let (first, others): (Vec<_>, Vec<_>) = others.into_iter().partition(|(path, _)| wanted.contains(path));
    if !first.is_empty() {
        first.into_par_iter().for_each(|planned| output(&renderer, planned));
        let ordered = lock(&rendered).ordered.clone();
        let made_before = || before.records.asked().flat_map(Asked::ordered).collect::<BTreeSet<_>>();
        let has_pictures = ordered.is_empty() || ordered.iter().collect::<BTreeSet<_>>().is_subset(&made_before());
        let has_pictures = has_pictures && (before.pictures_stand)();
        receive.first_made(has_pictures && !sink.has_errors() && lock(&failures).is_empty());
    }
    // Nobody waits for pictures of charts.
    let (pictures, others): (Vec<_>, Vec<_>) = others.into_iter().partition(|(_, planned)| is_picture(&planned.job));
    // The longest work is begun before the rest.
    let (searches, others): (Vec<_>, Vec<_>) = others.into_iter().partition(|(_, planned)| matches!(planned.job, Job::Search(_)));
    // One thread makes all files of an index, so that none waits for another.
    let mut indexes: Vec<Vec<(SitePath, Arc<Planned>)>> = Vec::new();
    for search in searches {
        match indexes.last_mut().filter(|files| files.last().is_some_and(|last| same_index(&last.1.job, &search.1.job))) {
            Some(files) => files.push(search),
            None => indexes.push(vec![search]),
        }
    }
    let search = || indexes.into_par_iter().flatten_iter().for_each(|planned| output(&renderer, planned));
    rayon::join(search, || others.into_par_iter().for_each(|planned| output(&renderer, planned)));
    pictures.into_par_iter().for_each(|planned| output(&renderer, planned));
    for name in missing.into_inner().unwrap_or_else(PoisonError::into_inner) {
        let message = format!("there is no template `{name}`: pages that need it are plain");
        sink.push(
            Diagnostic::warning("no-template", message).help(format!("add templates/{name}, or set a `theme` that has it")),
        );
    }
    report_failures(failures.into_inner().unwrap_or_else(PoisonError::into_inner), sink);
    engine.report_notes(sink);
    rendered.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn is_picture(job: &Job) -> bool {
    matches!(job, Job::Data(file) if file.is_picture())
}

fn same_index(a: &Job, b: &Job) -> bool {
    matches!((a, b), (Job::Search(a), Job::Search(b)) if Arc::ptr_eq(a, b))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(super) struct Renderer<'a> {
    site: &'a Site,
    values: &'a Values,
    pub(super) engine: &'a Engine,
    pub(super) before: Before<'a>,
    receive: &'a dyn Receive,
    sitemap: Vec<Value>,
    /// Templates that every site should have and this one lacks.
    missing: &'a Mutex<BTreeSet<&'static str>>,
}

/// In place of templates that the site lacks.
const PLAIN: &str = "internal/plain.html";

/// That of archives.
const ARCHIVE: &str = "archive.html";

type Named = (String, Option<Place>);

/// An output that needed no template, or one by a template and whether it was rendered anew.
enum Output {
    Bytes(Arc<[u8]>),
    Data(Option<MadeData>),
    Search(Arc<[u8]>),
    Record(Record, bool),
}

/// A template and what it is to see.
pub(super) struct Call {
    pub(super) template: Named,
    subject: Subject,
    /// What it sees beside what every template does.
    pub(super) seen: Seen,
    /// Whether it sees nothing but that.
    alone: bool,
}

impl Call {
    fn new(template: Named, subject: Subject, seen: Seen) -> Self {
        Self { template, subject, seen, alone: false }
    }
}

impl Renderer<'_> {
    fn output(&self, path: &SitePath, planned: Arc<Planned>) -> Result<Output, RenderFailure> {
        match &planned.job {
            Job::Bytes(bytes) => return Ok(Output::Bytes(Arc::clone(bytes))),
            Job::Data(file) => {
                let keep = self.before.remember == Remember::Answers;
                let before = self.before.drawn.get(path);
                let stands = |print| before.is_some_and(|(was, digest)| *was == print && self.receive.stands(path, *digest));
                let make = || file.make(self.site, self.values, keep, stands);
                return Ok(Output::Data(self.receive.hears_of(Piece::Data(path), make)));
            }
            Job::Search(index) => return Ok(Output::Search(index.bytes(path, self.site, self.values))),
            _ => {}
        }
        let call = self.call(&planned);
        if let Ok(made) = self.standing(path, &planned, &call) {
            let (template, seen, made) = (call.template.0, call.seen, Arc::clone(made));
            return Ok(Output::Record(Record { planned, template, seen, made }, false));
        }
        let Call { template: (template, named_at), subject, seen, alone } = call;
        let mut context = if alone { Context::new() } else { self.context(&subject.lang, &planned) };
        for (name, value) in &seen {
            context.insert_value(*name, value.clone());
        }
        match &planned.job {
            Job::NotFound(_) => {
                context.remove("translations");
            }
            Job::Sitemap(part) => {
                context.insert_value("entries", Value::from(self.addresses(*part).to_vec()));
            }
            _ => {}
        }
        let (bytes, notes, asked) = self.receive.hears_of(Piece::Output(path, &template), || {
            let Rendering { text, notes, asked } = self.engine.render(&template, &context, subject, named_at, &planned.origin)?;
            let smaller = self.site.config.minify_html && path.extension() == Some("html");
            let bytes: Arc<[u8]> = Arc::from(if smaller { minify(&text) } else { text }.into_bytes());
            Ok((bytes, notes, asked))
        })?;
        let drawn = (self.before.remember == Remember::Answers).then(|| self.engine.known().drawn(&template));
        let (print, addresses) = drawn.map_or((0, 0), |drawn| (drawn.print, self.print_of_addresses(&planned, &drawn)));
        let made = Arc::new(Made { print, addresses, asked, notes, bytes });
        Ok(Output::Record(Record { planned, template, seen, made }, true))
    }

    /// What the build before made, if rendering would give the same; else why not, by the first reason of all.
    pub(super) fn standing(&self, path: &SitePath, planned: &Arc<Planned>, call: &Call) -> Result<&Arc<Made>, Why> {
        let record = self.before.records.0.get(path).ok_or(self.before.without)?;
        let drawn = self.engine.known().drawn(&call.template.0);
        let (asked, since) = (&record.made.asked, self.before.since);
        let stands: [(&dyn Fn() -> bool, Why); 7] = [
            (&|| record.template == call.template.0, Why::OtherTemplate),
            (&|| record.made.print == drawn.print, Why::Templates),
            (&|| drawn.looks_same(&record.seen, &call.seen), Why::Seen),
            (&|| Arc::ptr_eq(&record.planned, planned) || record.planned.looks_like(planned), Why::Address),
            (&|| since.heads_stand || !asked.looked_at_heads(), Why::FrontMatter),
            (&|| since.heads_stand || record.made.addresses == self.print_of_addresses(planned, &drawn), Why::Addresses),
            (&|| self.engine.answers().stand(asked, Some(&drawn.reads), since.answers), Why::Answers),
        ];
        stands.into_iter().find(|(stands, _)| !stands()).map_or(Ok(&record.made), |(_, why)| Err(why))
    }

    /// The addresses in one part of the sitemap.
    fn addresses(&self, part: usize) -> &[Value] {
        self.sitemap.chunks(sitemap::LONGEST).nth(part).unwrap_or_default()
    }

    fn print_of_addresses(&self, planned: &Planned, drawn: &Drawn) -> u128 {
        match planned.job {
            Job::Sitemap(part) => drawn.print_of("entries", &Value::from(self.addresses(part).to_vec())),
            _ => 0,
        }
    }

    /// What every template sees.
    fn context(&self, lang: &Lang, planned: &Planned) -> Context {
        let mut context = Context::new();
        let translations: Vec<Value> = planned.translations.iter().map(|translation| translation.value(lang)).collect();
        let path = planned.permalink.strip_prefix(&self.site.config.base_url).unwrap_or(&planned.permalink);
        context.insert_value("config", self.engine.config(lang));
        context.insert_value("lang", Value::from(lang.as_str()));
        context.insert_value("current_url", Value::from(planned.permalink.as_str()));
        context.insert_value("current_path", Value::from(path));
        context.insert_value("translations", Value::from(translations));
        if self.site.config.tinso.declared {
            context.insert_value("language_links", Value::from(self.language_links(lang, planned)));
        }
        context.insert_value("zola_version", Value::from("0.23.0"));
        context
    }

    /// Where a reader comes to who asks for an output in each language: its version there, or what is nearest to it.
    fn language_links(&self, lang: &Lang, planned: &Planned) -> Vec<Value> {
        let language = |code: &Lang| {
            let of = |versions: &[Translation]| versions.iter().find(|version| version.lang == *code).cloned();
            let version = of(&planned.translations);
            let is_translated = version.is_some();
            let link = version.or_else(|| of(&planned.elsewhere))?;
            Some(link.link(lang, is_translated))
        };
        self.site.config.languages.iter().filter_map(|of| language(&of.code)).collect()
    }

    pub(super) fn call(&self, planned: &Planned) -> Call {
        let default = &self.site.config.default_language;
        let named = |name: &str| (name.to_owned(), None);
        let mut call = match &planned.job {
            Job::Page(id) => self.page(*id),
            Job::Section(id, pager) => self.section(*id, pager.as_ref()),
            Job::TermList(id) => self.term_list(*id),
            Job::Term(group, term, pager) => self.term(*group, *term, pager.as_ref()),
            Job::Archive(of) => self.archive(*of),
            Job::NotFound(lang) => Some(Call::new(named("404.html"), subject(lang, None), Vec::new())),
            Job::SearchPage(lang) => Some(Call::new(self.usual("search.html"), subject(lang, None), Vec::new())),
            Job::Feed(feed) => {
                let seen = feed.seen(&planned.permalink, self.site, self.values);
                Some(Call::new(named(&feed.name), subject(&feed.lang, None), seen))
            }
            Job::Sitemap(_) => Some(Call::new(named("sitemap.xml"), subject(default, None), Vec::new())),
            Job::SitemapIndex(parts) => {
                let parts: Vec<Value> = parts.iter().map(|url| Value::from(url.as_str())).collect();
                let seen = vec![("sitemaps", Value::from(parts))];
                Some(Call::new(named("split_sitemap_index.xml"), subject(default, None), seen))
            }
            Job::Alias(lang, url) => {
                let seen = vec![("url", Value::from(url.as_str())), ("lang", Value::from(lang.as_str()))];
                Some(Call { alone: true, ..Call::new(named("internal/alias.html"), subject(lang, None), seen) })
            }
            Job::Security => {
                let languages = self.site.config.languages.iter().map(|language| Value::from(language.code.as_str()));
                let seen = vec![
                    ("expires", Value::from(self.expires().to_string())),
                    ("languages", Value::from(languages.collect::<Vec<_>>())),
                ];
                Some(Call::new(named("security.txt"), subject(default, None), seen))
            }
            Job::Humans => Some(Call::new(named("humans.txt"), subject(default, None), Vec::new())),
            Job::Embed(id, scheme) => self.embed(*id, *scheme),
            Job::Robots | Job::Bytes(_) | Job::Data(_) | Job::Search(_) => None,
        }
        .unwrap_or_else(|| Call::new(named("robots.txt"), subject(default, None), Vec::new()));
        if !call.alone {
            call.seen.push(("home", self.values.homes.get(&call.subject.lang).cloned().unwrap_or_else(Value::none)));
        }
        call
    }

    /// Until when what the site says of itself holds: some eleven months from the month of the build on.
    fn expires(&self) -> Timestamp {
        let snapshot = &self.site.snapshot;
        let now = snapshot.moment().to_zoned_datetime(TimeZone::UTC);
        let month = |months: i64| {
            let start = now.date().first_of_month().checked_add(jiff::Span::new().months(months)).ok()?;
            Some(start.to_zoned_datetime(TimeZone::UTC).ok()?.timestamp())
        };
        // Which month it is, is asked so that the build holds until the next one.
        for start in month(0).into_iter().chain(month(1)) {
            let _ = snapshot.has_come(start);
        }
        month(12).unwrap_or(Timestamp::MAX)
    }

    fn page(&self, id: usize) -> Option<Call> {
        let (page, value) = (self.site.library.pages.get(id)?, self.values.page(self.site, id)?);
        let own = page
            .front
            .template
            .as_ref()
            .map(|(name, span)| (name.clone(), Some(Place { source: page.source.clone(), span: *span })));
        let inherited = || {
            page.ancestors.iter().rev().filter_map(|id| self.site.library.sections.get(*id)).find_map(|section| {
                let (name, span) = section.front.page_template.as_ref()?;
                Some((name.clone(), Some(Place { source: section.source.clone(), span: *span })))
            })
        };
        let template: Named = own.or_else(inherited).unwrap_or_else(|| self.usual("page.html"));
        Some(Call::new(template, subject(&page.file.lang, Some(id)), vec![("page", value)]))
    }

    fn embed(&self, id: usize, scheme: Scheme) -> Option<Call> {
        let (page, value) = (self.site.library.pages.get(id)?, self.values.page(self.site, id)?);
        let seen = vec![("page", value), ("scheme", Value::from(scheme.word()))];
        Some(Call::new(("embed.html".to_owned(), None), subject(&page.file.lang, Some(id)), seen))
    }

    fn section(&self, id: usize, pager: Option<&Pager>) -> Option<Call> {
        let (section, value) = (self.site.library.sections.get(id)?, self.values.section(self.site, id)?);
        let mut seen = vec![("section", value.clone())];
        seen.extend(pager.map(|pager| ("paginator", self.paginator(pager, &section.pages))));
        let default = if section.is_home() { "index.html" } else { "section.html" };
        let own = section
            .front
            .template
            .as_ref()
            .map(|(name, span)| (name.clone(), Some(Place { source: section.source.clone(), span: *span })));
        let template: Named = own.unwrap_or_else(|| self.usual(default));
        Some(Call::new(template, Subject { section: Some(id), ..subject(&section.file.lang, None) }, seen))
    }

    fn paginator(&self, pager: &Pager, pages: &[usize]) -> Value {
        pager.value(pager.shown(pages).into_iter().filter_map(|id| self.values.listed(self.site, *id).cloned()).collect())
    }

    fn term_list(&self, id: usize) -> Option<Call> {
        let (group, taxonomy) = (self.site.library.taxonomies.get(id)?, self.values.taxonomy(id)?);
        let name = self.template_of(&format!("{}/list.html", group.taxonomy.name), "taxonomy_list.html");
        let seen = vec![("taxonomy", taxonomy.clone()), ("terms", self.values.terms(self.site, id)?.clone())];
        Some(Call::new((name, group.taxonomy.place.clone()), subject(&group.lang, None), seen))
    }

    fn term(&self, id: usize, term: usize, pager: Option<&Pager>) -> Option<Call> {
        let (group, taxonomy) = (self.site.library.taxonomies.get(id)?, self.values.taxonomy(id)?);
        let value = self.values.term(self.site, id, term).cloned().unwrap_or_else(Value::none);
        let mut seen = vec![("taxonomy", taxonomy.clone()), ("term", value)];
        let pages = group.terms.get(term).map(|term| term.pages.as_slice()).unwrap_or_default();
        seen.extend(pager.map(|pager| ("paginator", self.paginator(pager, pages))));
        let name = self.template_of(&format!("{}/single.html", group.taxonomy.name), "taxonomy_single.html");
        Some(Call::new((name, group.taxonomy.place.clone()), subject(&group.lang, None), seen))
    }

    fn archive(&self, of: ArchiveOf) -> Option<Call> {
        let archive = self.site.library.archives.get(of.archive)?;
        let template = if self.engine.knows(ARCHIVE) { ARCHIVE } else { PLAIN };
        let seen = vec![("archive", self.values.archive(self.site, archive, of.year, of.month)?)];
        Some(Call::new((template.to_owned(), None), subject(&archive.lang, None), seen))
    }

    /// The template of a kind of page, or a plain one where the site has none.
    fn usual(&self, name: &'static str) -> Named {
        if self.engine.knows(name) {
            return (name.to_owned(), None);
        }
        self.missing.lock().unwrap_or_else(PoisonError::into_inner).insert(name);
        (PLAIN.to_owned(), None)
    }

    fn template_of(&self, own: &str, general: &str) -> String {
        if self.engine.knows(own) { own.to_owned() } else { general.to_owned() }
    }
}

fn subject(lang: &Lang, page: Option<usize>) -> Subject {
    Subject { lang: lang.clone(), page, section: None }
}
