//! Rendering of the plan: in which order, what may stand, and what is handed over.

mod call;
mod records;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;
use tera::{Context, Value};

pub(super) use call::Call;
use call::{ARCHIVE, no_archive};
use records::{Made, Record};
pub use records::{Records, Trace};

use super::explain::{Explained, Why};
use super::export::Made as MadeData;
use super::loops::Loops;
use super::minify::minify;
use super::plan::{Job, Plan, Planned};
use super::{search, sitemap};
use crate::asset::{Piece, Receive};
use crate::diagnostic::{Diagnostic, Sink};
use crate::template::{
    Asked, Drawn, Engine, Known, Needs, Remember, RenderFailure, Rendering, Since, Site, Values, report_failures,
};
use crate::text::SitePath;

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

/// So many outputs a thread takes before others may take from it.
const AT_ONCE: usize = 16;

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
        sink.push(no_archive(place));
    }
    let missing = Mutex::default();
    let renderer = |sitemap| Renderer { site, values, engine, before, receive, sitemap, missing: &missing };
    let (of_sitemaps, renderer) = (renderer, renderer(Vec::new()));
    let stands = |(path, planned): (&SitePath, &Arc<Planned>)| {
        !matches!(planned.job, Job::Sitemap(_))
            || before.standing.contains(path)
            || renderer.standing(path, planned, &renderer.call(planned)).is_ok()
    };
    let heads_stand = before.since.heads_stand || !before.standing.is_empty();
    let stand = heads_stand && plan.iter().all(stands);
    let of_sitemaps = of_sitemaps(if stand { Vec::new() } else { sitemap::entries(&plan, site, values) });
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
                let trace = (before.remember == Remember::Needs).then(|| record.trace(engine));
                let mut rendered = lock(&rendered);
                if let Some(explained) = rendered.explained.get_mut(&path).and_then(|explained| explained.rendering.as_mut()) {
                    explained.asked = engine.answers().told(&record.made.asked, before.since.answers);
                }
                rendered.count += usize::from(anew);
                rendered.loops.add(&record.template, record.made.asked.visits());
                rendered.ordered.extend(record.made.asked.ordered().iter().cloned());
                if before.remember == Remember::Answers {
                    rendered.records.0.insert(path, record);
                } else if let Some(trace) = trace {
                    rendered.traces.insert(path, trace);
                }
            }
            Err(failure) => lock(&failures).push(failure),
        }
    };
    // Threads that are done early help those that are not: no thread takes many outputs at once.
    let all = |renderer: &Renderer<'_>, planned: Vec<_>| {
        planned.into_par_iter().with_max_len(AT_ONCE).for_each(|planned| output(renderer, planned));
    };
    let plan = plan.into_iter().filter(|(path, _)| !before.standing.contains(path));
    // What pages need to be shown is there before them: styles, scripts, files beside them.
    let (files, others): (Vec<_>, Vec<_>) = plan.partition(|(_, planned)| planned.job.bytes().is_some());
    all(&renderer, files);
    let wanted = receive.first();
    let (first, others): (Vec<_>, Vec<_>) = others.into_iter().partition(|(path, _)| wanted.contains(path));
    if !first.is_empty() {
        all(&renderer, first);
        let ordered = lock(&rendered).ordered.clone();
        let made_before = || before.records.asked().flat_map(Asked::ordered).collect::<BTreeSet<_>>();
        let has_pictures = ordered.is_empty() || ordered.iter().collect::<BTreeSet<_>>().is_subset(&made_before());
        let has_pictures = has_pictures && (before.pictures_stand)();
        receive.first_made(has_pictures && !sink.has_errors() && lock(&failures).is_empty());
    }
    // Nobody waits for pictures of charts.
    let (pictures, others): (Vec<_>, Vec<_>) = others.into_iter().partition(|(_, planned)| is_picture(&planned.job));
    // The longest work is begun before the rest. What only sitemaps need does not lie beside all that is rendered.
    let (sitemaps, others): (Vec<_>, Vec<_>) =
        others.into_iter().partition(|(_, planned)| matches!(planned.job, Job::Sitemap(_)));
    let sitemaps = move || all(&of_sitemaps, sitemaps);
    let (searches, others): (Vec<_>, Vec<_>) = others.into_iter().partition(|(_, planned)| matches!(planned.job, Job::Search(_)));
    let indexes = search::by_index(searches);
    let search = || indexes.into_par_iter().flatten_iter().for_each(|planned| output(&renderer, planned));
    rayon::join(sitemaps, || rayon::join(search, || all(&renderer, others)));
    all(&renderer, pictures);
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

/// An output that needed no template, or one by a template and whether it was rendered anew.
enum Output {
    Bytes(Arc<[u8]>),
    Data(Option<MadeData>),
    Search(Arc<[u8]>),
    Record(Record, bool),
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
            // Search engines are not told of them: the one is no page, the other stands elsewhere.
            Job::NotFound(_) | Job::Untranslated(..) => {
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
            let text = if smaller { minify(&String::from_utf8_lossy(&text)).into_bytes() } else { text };
            let bytes: Arc<[u8]> = Arc::from(text);
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
}
