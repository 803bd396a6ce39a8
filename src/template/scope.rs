use std::cell::RefCell;

use crate::diagnostic::Diagnostic;
use crate::markdown::{Insert, token};
use crate::text::Lang;

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
    /// How many numbers were drawn by chance.
    draws: usize,
}

thread_local! {
    static SCOPE: RefCell<Vec<Scope>> = const { RefCell::new(Vec::new()) };
}

/// Runs a render of a layout for a subject; gives what its functions noted, too.
pub(super) fn in_layout<T>(subject: Subject, render: impl FnOnce() -> T) -> (T, Vec<Diagnostic>) {
    let (result, _, notes) = enter(subject, None, render);
    (result, notes)
}

/// Runs a render of a content file; gives what its functions inserted and noted, too.
pub(super) fn in_content<T>(subject: Subject, render: impl FnOnce() -> T) -> (T, Vec<Insert>, Vec<Diagnostic>) {
    enter(subject, Some(Vec::new()), render)
}

/// Takes the scope off the stack again, whatever happens to the render.
struct Leave;

impl Drop for Leave {
    fn drop(&mut self) {
        SCOPE.with_borrow_mut(|scopes| scopes.pop());
    }
}

fn enter<T>(subject: Subject, inserts: Option<Vec<Insert>>, render: impl FnOnce() -> T) -> (T, Vec<Insert>, Vec<Diagnostic>) {
    SCOPE.with_borrow_mut(|scopes| scopes.push(Scope { subject, inserts, notes: Vec::new(), draws: 0 }));
    let leave = Leave;
    let result = render();
    let (inserts, notes) = SCOPE.with_borrow_mut(|scopes| {
        let scope = scopes.last_mut();
        scope.map(|scope| (scope.inserts.take(), std::mem::take(&mut scope.notes))).unwrap_or_default()
    });
    drop(leave);
    (result, inserts.unwrap_or_default(), notes)
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
