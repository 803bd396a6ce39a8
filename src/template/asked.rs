//! What renders ask of functions: remembered, so that a later build can ask again instead of rendering again.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use tera::{Context, Function, Kwargs, State, Tera, TeraResult, Value};
use xxhash_rust::xxh3::Xxh3;

use super::scope;
use super::values::{print, same};
use crate::diagnostic::Diagnostic;
use crate::text::{Lang, SitePath};

/// What one render asked beside its context.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Asked {
    /// The questions, by what [`Question::key`] gives.
    questions: BTreeSet<u128>,
    /// Whether it looked at something that is certainly the same only where all front matter is.
    pub(super) heads: bool,
    /// The pictures that it ordered.
    pub(super) ordered: BTreeSet<SitePath>,
}

impl Asked {
    pub(super) fn ask(&mut self, key: u128) {
        self.questions.insert(key);
    }

    /// Notes that it looked at what front matter decides everywhere.
    pub fn looks_at_heads(&mut self, looks: bool) {
        self.heads |= looks;
    }

    /// Whether it is certainly the same only where all front matter is.
    pub fn looked_at_heads(&self) -> bool {
        self.heads
    }

    /// The pictures that it ordered.
    pub fn ordered(&self) -> &BTreeSet<SitePath> {
        &self.ordered
    }

    /// Whether it asked nothing at all.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Takes over what another render asked.
    pub fn extend(&mut self, other: Self) {
        self.questions.extend(other.questions);
        self.heads |= other.heads;
        self.ordered.extend(other.ordered);
    }
}

/// A call of a function: what its answer depends on, as long as the site is the same.
#[derive(Clone, Debug)]
struct Question {
    function: &'static str,
    arguments: Kwargs,
    lang: Option<Lang>,
    in_content: bool,
}

impl Question {
    fn key(&self) -> u128 {
        let mut hash = Xxh3::new();
        hash.update(self.function.as_bytes());
        hash.update(&[0, u8::from(self.in_content)]);
        hash.update(self.lang.as_ref().map_or("", Lang::as_str).as_bytes());
        for (name, value) in self.arguments.iter() {
            hash.update(&[0]);
            hash.update(name.as_str().unwrap_or_default().as_bytes());
            hash.update(&[0]);
            print(value, &mut hash);
        }
        hash.digest128()
    }
}

#[derive(Clone, Debug)]
struct Answer {
    question: Question,
    value: Value,
    /// What the function found that is no error.
    notes: Vec<Diagnostic>,
    ordered: Vec<SitePath>,
}

type Raw = dyn Fn(Kwargs, &State<'_>) -> TeraResult<Value> + Send + Sync;

/// Every question of a build with its answer: the same question gets the same answer, worked out once.
#[derive(Default)]
pub struct Answers {
    functions: Mutex<BTreeMap<&'static str, Arc<Raw>>>,
    given: Mutex<HashMap<u128, Arc<Answer>>>,
    /// Which answers are as they were in the build before.
    as_before: Mutex<HashMap<u128, bool>>,
}

impl std::fmt::Debug for Answers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Answers({})", lock(&self.given).len())
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Answers {
    /// Whether a build in which these are the answers answers as the one before did everything that a render asked then.
    pub fn stand(&self, asked: &Asked, before: &Self) -> bool {
        asked.questions.iter().all(|key| {
            if let Some(known) = lock(&self.as_before).get(key) {
                return *known;
            }
            let stands = lock(&before.given).get(key).cloned().is_some_and(|old| self.again(&old));
            lock(&self.as_before).insert(*key, stands);
            stands
        })
    }

    /// Asks a question of the build before, and whether the answer is the same.
    fn again(&self, old: &Answer) -> bool {
        let Some(function) = lock(&self.functions).get(old.question.function).cloned() else { return false };
        let question = &old.question;
        let ask = || {
            let context = Context::new();
            self.answer(question.clone(), &*function, &State::new(&context))
        };
        let new = scope::in_question(question.lang.clone(), question.in_content, ask);
        new.is_ok_and(|new| same(&old.value, &new.value) && old.notes == new.notes && old.ordered == new.ordered)
    }

    fn answer(&self, question: Question, function: &Raw, state: &State<'_>) -> TeraResult<Arc<Answer>> {
        let key = question.key();
        scope::asked(key);
        if let Some(answer) = lock(&self.given).get(&key) {
            return Ok(Arc::clone(answer));
        }
        let (value, notes, ordered) = scope::listening(|| function(question.arguments.clone(), state));
        let value = value.inspect_err(|_| scope::heard(&notes, &ordered))?;
        let answer = Arc::new(Answer { question, value, notes, ordered });
        Ok(Arc::clone(lock(&self.given).entry(key).or_insert(answer)))
    }
}

/// Where functions are registered: their answers are remembered.
pub(super) struct Functions<'a> {
    pub(super) tera: &'a mut Tera,
    pub(super) answers: Arc<Answers>,
}

impl Functions<'_> {
    /// A function whose answer is decided by its arguments and the language of what is rendered.
    pub(super) fn add(
        &mut self,
        name: &'static str,
        function: impl Fn(Kwargs, &State<'_>) -> TeraResult<Value> + Send + Sync + 'static,
    ) {
        self.register(name, Arc::new(function), false);
    }

    /// The same, if its texts are HTML already.
    pub(super) fn add_html(
        &mut self,
        name: &'static str,
        function: impl Fn(Kwargs, &State<'_>) -> TeraResult<Value> + Send + Sync + 'static,
    ) {
        self.register(name, Arc::new(function), true);
    }

    fn register(&mut self, name: &'static str, function: Arc<Raw>, is_html: bool) {
        lock(&self.answers.functions).insert(name, Arc::clone(&function));
        self.tera.register_function(name, Heard { name, function, is_html, answers: Arc::clone(&self.answers) });
    }
}

struct Heard {
    name: &'static str,
    function: Arc<Raw>,
    is_html: bool,
    answers: Arc<Answers>,
}

impl Function<TeraResult<Value>> for Heard {
    fn call(&self, arguments: Kwargs, state: &State<'_>) -> TeraResult<Value> {
        let lang = scope::subject().map(|subject| subject.lang);
        let question = Question { function: self.name, arguments, lang, in_content: scope::is_content() };
        let answer = self.answers.answer(question, &*self.function, state)?;
        scope::heard(&answer.notes, &answer.ordered);
        Ok(answer.value.clone())
    }

    fn is_safe(&self) -> bool {
        self.is_html
    }
}
