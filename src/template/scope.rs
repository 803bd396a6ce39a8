use std::cell::RefCell;

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
}

thread_local! {
    static SCOPE: RefCell<Vec<Scope>> = const { RefCell::new(Vec::new()) };
}

/// Runs a render of a layout for a subject.
pub(super) fn in_layout<T>(subject: Subject, render: impl FnOnce() -> T) -> T {
    enter(subject, None, render).0
}

/// Runs a render of a content file; gives what functions inserted, too.
pub(super) fn in_content<T>(subject: Subject, render: impl FnOnce() -> T) -> (T, Vec<Insert>) {
    let (result, inserts) = enter(subject, Some(Vec::new()), render);
    (result, inserts.unwrap_or_default())
}

/// Takes the scope off the stack again, whatever happens to the render.
struct Leave;

impl Drop for Leave {
    fn drop(&mut self) {
        SCOPE.with_borrow_mut(|scopes| scopes.pop());
    }
}

fn enter<T>(subject: Subject, inserts: Option<Vec<Insert>>, render: impl FnOnce() -> T) -> (T, Option<Vec<Insert>>) {
    SCOPE.with_borrow_mut(|scopes| scopes.push(Scope { subject, inserts }));
    let leave = Leave;
    let result = render();
    let inserts = SCOPE.with_borrow_mut(|scopes| scopes.last_mut().and_then(|scope| scope.inserts.take()));
    drop(leave);
    (result, inserts)
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
