use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use tera::{Context, ErrorKind, Tera, Value};

use super::asked::{Answers, Asked, Functions, Remember};
use super::error::{Finding, findings};
use super::load::{self, Templates};
use super::scope::{self, Left, Subject};
use super::stages::Stages;
use super::{Known, SharedSite, Values, components, filters, functions, values};
use crate::diagnostic::{Diagnostic, Location, Sink};
use crate::text::{Lang, Place, SitePath, SourceText, Span, closest};

/// Renders the calls in content, then layouts.
pub struct Engine {
    pub(super) tera: Tera,
    pub(super) site: SharedSite,
    templates: Templates,
    stages: Arc<Stages>,
    /// The config as each language sees it.
    configs: BTreeMap<Lang, Value>,
    answers: Arc<Answers>,
    known: Arc<Known>,
    notes: Mutex<Vec<Diagnostic>>,
    remember: Remember,
}

/// As many bytes as most outputs have no more of.
const USUAL_LENGTH: usize = 16 * 1024;

/// An output as a template gave it.
pub struct Rendering {
    /// Its text in UTF-8.
    pub text: Vec<u8>,
    /// What was found that is no error.
    pub notes: Vec<Diagnostic>,
    /// What it asked of functions.
    pub asked: Asked,
}

/// An output that could not be rendered: what is wrong, and for which source it came up.
pub struct RenderFailure {
    /// What is wrong; `None` when its cause has been reported before.
    pub diagnostic: Option<Box<Diagnostic>>,
    /// The content file, or a description of the output.
    pub seen_in: String,
}

impl Engine {
    /// Loads the templates; broken ones are reported and left out. What is known of them from a build before is used again. What
    /// a build after this one wants to know is remembered.
    pub fn new(site: &SharedSite, before: Option<&Arc<Known>>, remember: Remember, sink: &Sink) -> Self {
        let mut tera = Tera::new();
        let stages = Arc::new(Stages::new(site.clone()));
        let answers = Arc::new(Answers::new(remember == Remember::Answers));
        let mut functions = Functions { tera: &mut tera, answers: Arc::clone(&answers) };
        functions::register(&mut functions, site, &stages);
        filters::register(&mut functions, site);
        components::register(&mut tera);
        let templates = load::load(&mut tera, &site.snapshot, site.config.theme.as_deref(), sink);
        let languages = site.config.languages.iter().map(|language| language.code.clone());
        let configs = languages.map(|lang| (lang.clone(), values::config(&site.config, &lang))).collect();
        let known = Known::of(&templates, before);
        Self { tera, site: site.clone(), templates, stages, configs, answers, known, notes: Mutex::default(), remember }
    }

    /// What functions have answered.
    pub fn answers(&self) -> &Arc<Answers> {
        &self.answers
    }

    /// What is known of the templates.
    pub fn known(&self) -> &Arc<Known> {
        &self.known
    }

    /// The file of a template, by its name in Tera, or a word for one that tinso brings.
    pub fn file_of(&self, template: &str) -> String {
        let own = template.strip_prefix("__tinso/");
        let source = self.templates.sources.get(template).map(|source| source.path.to_string());
        source.unwrap_or_else(|| format!("{} (built in)", own.unwrap_or(template)))
    }

    /// The file of a template of the site or the theme, by the name that it is asked for.
    pub fn path_of(&self, name: &str) -> Option<&SitePath> {
        let prefixed = self.templates.prefixes.iter().map(|prefix| format!("{prefix}{name}"));
        let source = std::iter::once(name.to_owned()).chain(prefixed).find_map(|name| self.templates.sources.get(&name));
        source.map(|source| &source.path)
    }

    /// The place where a function is called in these templates, if there is only one.
    pub fn only_call(&self, templates: &BTreeSet<String>, function: &str) -> Option<Place> {
        let call = format!("{function}(");
        let sources = templates.iter().filter_map(|name| self.templates.sources.get(name));
        let of_source = |source: &SourceText| source.text().match_indices(&call).map(|(start, _)| start).collect::<Vec<_>>();
        let calls = sources.flat_map(|source| of_source(source).into_iter().map(move |start| (source, start)));
        match calls.take(2).collect::<Vec<_>>().as_slice() {
            [(source, start)] => Some(source.place(Span { start: *start, end: start + function.len() })),
            _ => None,
        }
    }

    /// The config as a language sees it.
    pub fn config(&self, lang: &Lang) -> Value {
        self.configs.get(lang).cloned().unwrap_or_else(Value::none)
    }

    /// Begins the second stage: from now on functions in layouts see whole pages.
    pub fn show(&self, values: Arc<Values>) {
        self.stages.show(values);
        self.answers.begin_layouts();
    }

    /// Whether there is a template of that name, be it a broken one.
    pub fn knows(&self, name: &str) -> bool {
        self.has(name) || self.is_broken(name)
    }

    fn is_broken(&self, name: &str) -> bool {
        self.templates.broken.iter().any(|broken| broken == name || broken.ends_with(&format!("/templates/{name}")))
    }

    /// Whether there is a template of that name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.tera.contains_template(name)
    }

    /// Renders a template.
    ///
    /// # Errors
    /// With what is wrong in the template, or in the place that names it (`named_at`).
    pub fn render(
        &self,
        name: &str,
        context: &Context,
        subject: Subject,
        named_at: Option<Place>,
        seen_in: &str,
    ) -> Result<Rendering, RenderFailure> {
        let failed =
            |diagnostic: Option<Diagnostic>| RenderFailure { diagnostic: diagnostic.map(Box::new), seen_in: seen_in.to_owned() };
        if !self.has(name) {
            return Err(failed(self.missing(name, named_at)));
        }
        let needs = self.remember == Remember::Needs;
        let mut text = Vec::with_capacity(USUAL_LENGTH);
        let render = || self.tera.render_to(name, context, &mut text);
        let (result, Left { notes, asked, .. }) = scope::in_layout(subject, Some((self.known.drawn(name), needs)), render);
        self.note(&notes);
        result.map(|()| Rendering { text, notes, asked }).map_err(|error| {
            let finding = match error.kind() {
                ErrorKind::TemplateNotFound(other) => return failed(self.missing(other, None)),
                _ => findings(&error).into_iter().next(),
            };
            failed(finding.map(|finding| self.template_diagnostic(&finding)))
        })
    }

    /// A finding in a template, at its place.
    pub(super) fn template_diagnostic(&self, finding: &Finding) -> Diagnostic {
        let source = finding.template.as_ref().and_then(|template| self.templates.sources.get(template));
        finding.diagnostic("template", source, 0)
    }

    /// Whether a finding is in a template of the site or theme, not in the text that was rendered.
    pub(super) fn is_in_template(&self, finding: &Finding) -> bool {
        finding.template.as_ref().is_some_and(|template| self.templates.sources.contains_key(template))
    }

    /// Notes what a render found that is no error.
    pub fn note(&self, found: &[Diagnostic]) {
        if found.is_empty() {
            return;
        }
        let mut notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        for note in found {
            if !notes.contains(note) {
                notes.push(note.clone());
            }
        }
    }

    /// Reports what renders so far have noted that is no error, each finding once.
    pub fn report_notes(&self, sink: &Sink) {
        let mut notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        notes.drain(..).for_each(|note| sink.push(note));
    }

    fn missing(&self, name: &str, named_at: Option<Place>) -> Option<Diagnostic> {
        if self.is_broken(name) {
            return None;
        }
        let names = self.tera.get_template_names().filter(|name| !name.starts_with("__tinso/"));
        let mut names: Vec<&str> = names.map(|name| name.split_once("/templates/").map_or(name, |(_, inner)| inner)).collect();
        names.sort_unstable();
        let diagnostic = Diagnostic::error("unknown-template", format!("there is no template `{name}`"));
        let diagnostic = diagnostic.help(match closest(name, names.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`? otherwise add templates/{name}"),
            None => format!("add templates/{name}, or set a `theme` that has it"),
        });
        Some(match named_at {
            Some(place) => diagnostic.at_place(place),
            None => diagnostic,
        })
    }
}

/// Reports failures, each cause once, with the outputs that it spoils.
pub fn report_failures(mut failures: Vec<RenderFailure>, sink: &Sink) {
    // They come as threads found them, and the first of a cause speaks for all.
    let help = |failure: &RenderFailure| failure.diagnostic.as_ref().and_then(|diagnostic| diagnostic.help.clone());
    failures.sort_by(|a, b| a.seen_in.cmp(&b.seen_in).then_with(|| help(a).cmp(&help(b))));
    let mut causes: BTreeMap<String, (Diagnostic, Vec<String>)> = BTreeMap::new();
    for failure in failures {
        let Some(diagnostic) = failure.diagnostic else { continue };
        let place = match &diagnostic.location {
            Location::Place(place) => format!("{}:{}", place.source.path, place.span.start),
            other => format!("{:?}", other.path()),
        };
        let cause = format!("{}\n{place}\n{}", diagnostic.code, diagnostic.message);
        causes.entry(cause).or_insert_with(|| (*diagnostic, Vec::new())).1.push(failure.seen_in);
    }
    for (diagnostic, mut seen_in) in causes.into_values() {
        seen_in.sort();
        let mut note = seen_in.first().map(|first| format!("seen while rendering {first}")).unwrap_or_default();
        if seen_in.len() > 1 {
            note.push_str(&format!(" and {} more", seen_in.len() - 1));
        }
        let help = match &diagnostic.help {
            Some(help) => format!("{help} ({note})"),
            None => note,
        };
        sink.push(diagnostic.help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_of_one_cause_are_told_alike_in_whatever_order_threads_find_them() {
        let failure = |seen_in: &str, help: &str| RenderFailure {
            diagnostic: Some(Box::new(Diagnostic::error("template", "no such field").help(help))),
            seen_in: seen_in.to_owned(),
        };
        let told = |order: [usize; 3]| {
            let all = [("a.md", "there is: title"), ("b.md", "there is: date, title"), ("b.md", "there is: title")];
            let sink = Sink::new();
            report_failures(order.iter().filter_map(|at| all.get(*at)).map(|(file, help)| failure(file, help)).collect(), &sink);
            sink.into_sorted()
        };
        let expected = told([0, 1, 2]);
        assert_eq!(expected.len(), 1);
        assert_eq!(expected[0].help.as_deref(), Some("there is: title (seen while rendering a.md and 2 more)"));
        assert!([[2, 1, 0], [1, 0, 2], [2, 0, 1]].into_iter().all(|order| told(order) == expected));
    }
}
