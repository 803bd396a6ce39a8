use std::cell::RefCell;
use std::sync::Arc;

use tera::Value;

use super::asked::Asked;
use super::drawn::Drawn;
use super::reads::Unit;
use crate::diagnostic::Diagnostic;
use crate::markdown::{Insert, token};
use crate::text::{Lang, SitePath};

/// What is being rendered on this thread: functions read the page and its language from here,
/// since inside a component Tera shows them neither.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Subject {
    /// The language.
    pub lang: Lang,
    /// The page, if it is one; an index in the library.
    pub page: Option<usize>,
    /// The section, if it is one; an index in the library.
    pub section: Option<usize>,
}

struct Scope {
    subject: Subject,
    /// What functions put into Markdown; `None` in a layout, where they give HTML.
    inserts: Option<Vec<Insert>>,
    /// What functions found that is no error.
    notes: Vec<Diagnostic>,
    /// What it asked of functions.
    asked: Asked,
    /// Its template, if that goes through whole lists that functions give.
    drawn: Option<(Arc<Drawn>, bool)>,
    /// In which unit its template sees the moment of the build.
    unit_of_now: Option<Unit>,
    /// How many numbers were drawn by chance.
    draws: usize,
}

/// What a render left beside its text.
#[derive(Default)]
pub(super) struct Left {
    /// What functions put into Markdown.
    pub(super) inserts: Vec<Insert>,
    /// What functions found that is no error.
    pub(super) notes: Vec<Diagnostic>,
    /// What it asked of functions.
    pub(super) asked: Asked,
}

thread_local! {
    static SCOPE: RefCell<Vec<Scope>> = const { RefCell::new(Vec::new()) };
}

/// Runs a render of a layout for a subject, by a template if it is known, and whether it is to be noted which texts it needs.
pub(super) fn in_layout<T>(subject: Subject, drawn: Option<(Arc<Drawn>, bool)>, render: impl FnOnce() -> T) -> (T, Left) {
    enter(subject, None, drawn, render)
}

/// Runs a render of a content file.
pub(super) fn in_content<T>(subject: Subject, render: impl FnOnce() -> T) -> (T, Left) {
    enter(subject, Some(Vec::new()), None, render)
}

/// Asks a function outside of any render, as one in a language would.
pub(super) fn in_question<T>(lang: Option<Lang>, in_content: bool, ask: impl FnOnce() -> T) -> T {
    let Some(lang) = lang else { return ask() };
    enter(Subject { lang, page: None, section: None }, in_content.then(Vec::new), None, ask).0
}

/// Takes the scope off the stack again, whatever happens to the render.
struct Leave;

impl Drop for Leave {
    fn drop(&mut self) {
        SCOPE.with_borrow_mut(|scopes| scopes.pop());
    }
}

fn enter<T>(
    subject: Subject,
    inserts: Option<Vec<Insert>>,
    drawn: Option<(Arc<Drawn>, bool)>,
    render: impl FnOnce() -> T,
) -> (T, Left) {
    let unit_of_now = drawn.as_ref().and_then(|(drawn, _)| drawn.reads.now);
    let drawn = drawn.filter(|(drawn, needs)| drawn.loops || *needs);
    let scope = Scope { subject, inserts, notes: Vec::new(), asked: Asked::default(), drawn, unit_of_now, draws: 0 };
    SCOPE.with_borrow_mut(|scopes| scopes.push(scope));
    let leave = Leave;
    let result = render();
    let left = here(|scope| Left {
        inserts: scope.inserts.take().unwrap_or_default(),
        notes: std::mem::take(&mut scope.notes),
        asked: std::mem::take(&mut scope.asked),
    });
    drop(leave);
    (result, left.unwrap_or_default())
}

/// Does something with the running render, if one is.
fn here<T>(act: impl FnOnce(&mut Scope) -> T) -> Option<T> {
    SCOPE.with_borrow_mut(|scopes| scopes.last_mut().map(act))
}

/// In which unit the running render sees the moment of the build, if that is all it sees of it.
pub(super) fn unit_of_now() -> Option<&'static str> {
    here(|scope| scope.unit_of_now).flatten().and_then(Unit::name)
}

/// Notes that the running render asked a question.
pub(super) fn asked(key: u128) {
    here(|scope| scope.asked.ask(key));
}

/// Notes what a function answered the running render.
pub(super) fn answered(function: &str, answer: &Value) {
    here(|scope| {
        if let Some((drawn, needs)) = &scope.drawn {
            let reads = drawn.reads.functions.get(function).filter(|_| drawn.loops);
            scope.asked.visits += reads.map_or(0, |reads| reads.visits(answer));
            if *needs {
                scope.asked.needs.add_answer(&drawn.leading_to_texts, function, answer);
            }
        }
    });
}

/// Notes that the running render looked at what all front matter decides.
pub(super) fn looked_at_heads() {
    here(|scope| scope.asked.heads = true);
}

/// Notes that the running render ordered a picture.
#[cfg(feature = "images")]
pub(super) fn order(path: &SitePath) {
    here(|scope| scope.asked.ordered.insert(path.clone()));
}

/// Notes that the running render ordered these pictures.
pub(super) fn order_all(paths: &[SitePath]) {
    here(|scope| scope.asked.ordered.extend(paths.iter().cloned()));
}

/// Notes for the running render what a function noted when it was asked before.
pub(super) fn heard(notes: &[Diagnostic], ordered: &[SitePath]) {
    here(|scope| {
        scope.notes.extend_from_slice(notes);
        scope.asked.ordered.extend(ordered.iter().cloned());
    });
}

/// Notes that a function had no answer for the running render, and what it noted before.
pub(super) fn failed(notes: &[Diagnostic]) {
    here(|scope| {
        scope.notes.extend_from_slice(notes);
        scope.asked.fail();
    });
}

/// Calls a function and gives what it noted and ordered, which the running render does not keep.
pub(super) fn listening<T>(call: impl FnOnce() -> T) -> (T, Vec<Diagnostic>, Vec<SitePath>) {
    let held = here(|scope| (std::mem::take(&mut scope.notes), std::mem::take(&mut scope.asked.ordered)));
    let result = call();
    let noted = here(|scope| {
        let (notes, ordered) = held.unwrap_or_default();
        (std::mem::replace(&mut scope.notes, notes), std::mem::replace(&mut scope.asked.ordered, ordered))
    });
    let (notes, ordered) = noted.unwrap_or_default();
    (result, notes, ordered.into_iter().collect())
}

/// The subject of the render that is running, if one is.
pub(super) fn subject() -> Option<Subject> {
    SCOPE.with_borrow(|scopes| scopes.last().map(|scope| scope.subject.clone()))
}

/// Whether the running render is of a content file.
pub(super) fn is_content() -> bool {
    SCOPE.with_borrow(|scopes| scopes.last().is_some_and(|scope| scope.inserts.is_some()))
}

/// How many inserts the running render has so far; for ids that are unique on a page.
pub(super) fn insert_count() -> usize {
    SCOPE.with_borrow(|scopes| scopes.last().and_then(|scope| scope.inserts.as_ref()).map_or(0, Vec::len))
}

/// In content, keeps HTML aside and gives the token that stands for it; in a layout, gives the HTML.
pub(super) fn insert(insert: Insert) -> String {
    SCOPE.with_borrow_mut(|scopes| match scopes.last_mut().and_then(|scope| scope.inserts.as_mut()) {
        Some(inserts) => {
            inserts.push(insert);
            token(inserts.len() - 1)
        }
        None => insert.html,
    })
}

/// What the running render of content has inserted so far.
pub(super) fn inserts() -> Vec<Insert> {
    SCOPE.with_borrow(|scopes| scopes.last().and_then(|scope| scope.inserts.clone()).unwrap_or_default())
}

/// Notes a finding that is no error, to be reported after the render.
pub(super) fn note(finding: Diagnostic) {
    SCOPE.with_borrow_mut(|scopes| {
        if let Some(scope) = scopes.last_mut() {
            scope.notes.push(finding);
        }
    });
}

/// Counts a number drawn by chance; gives how many were drawn before.
pub(super) fn draw() -> usize {
    SCOPE.with_borrow_mut(|scopes| {
        let draws = scopes.last_mut().map(|scope| &mut scope.draws);
        draws.map_or(0, |draws| std::mem::replace(draws, *draws + 1))
    })
}
