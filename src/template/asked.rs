//! What renders ask of functions: remembered, so that a later build can ask again instead of rendering again.

mod told;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tera::value::{Key, Map};
use tera::{Context, Function, Kwargs, State, Tera, TeraResult, Value};
use xxhash_rust::xxh3::Xxh3;

use super::filters::LINK;
use super::functions::{INDICATOR, NOW, STATED, UNIT};
use super::pictures::{self, PICTURE};
use super::reads::{Reads, TemplateReads};
use super::scope;
use super::values::same;
use super::{Needs, Site};
use crate::diagnostic::Diagnostic;
use crate::text::{Lang, SitePath};

/// What one render asked beside its context.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Asked {
    /// The questions, by what [`Question::key`] gives.
    questions: BTreeSet<u128>,
    /// Whether a question had no answer.
    failed: bool,
    /// Whether it looked at something that is certainly the same only where all front matter is.
    pub(super) heads: bool,
    /// The pictures that it ordered.
    pub(super) ordered: BTreeSet<SitePath>,
    /// The texts that it needs of what was answered, where that is noted.
    pub(super) needs: Needs,
    /// How many items of its answers' lists its template went through, of those that it reads to the end.
    pub(super) visits: usize,
}

impl Asked {
    pub(super) fn fail(&mut self) {
        self.failed = true;
    }

    pub(super) fn ask(&mut self, key: u128) {
        self.questions.insert(key);
    }

    /// Whether it is certainly the same only where all front matter is.
    pub fn looked_at_heads(&self) -> bool {
        self.heads
    }

    /// The pictures that it ordered.
    pub fn ordered(&self) -> &BTreeSet<SitePath> {
        &self.ordered
    }

    /// The texts that it needs of what was answered, where that was to be noted.
    pub fn needs(&self) -> &Needs {
        &self.needs
    }

    /// How many items of its answers' lists its template went through, of those that it reads to the end.
    pub fn visits(&self) -> usize {
        self.visits
    }

    /// Takes over what another render asked.
    pub fn extend(&mut self, other: Self) {
        self.questions.extend(other.questions);
        self.failed |= other.failed;
        self.heads |= other.heads;
        self.ordered.extend(other.ordered);
        self.needs = std::mem::take(&mut self.needs).with(other.needs);
        self.visits += other.visits;
    }
}

/// A call of a function: what its answer depends on, as long as the site is the same.
#[derive(Clone, Debug)]
struct Question {
    function: &'static str,
    arguments: Kwargs,
    lang: Option<Lang>,
    /// Whether it was asked before the layouts, when pages are seen without their text.
    early: bool,
}

impl Question {
    fn key(&self) -> u128 {
        let mut hash = Xxh3::new();
        hash.update(self.function.as_bytes());
        hash.update(&[0, u8::from(self.early)]);
        hash.update(self.lang.as_ref().map_or("", Lang::as_str).as_bytes());
        for (name, value) in self.arguments.iter() {
            hash.update(&[0]);
            hash.update(name.as_str().unwrap_or_default().as_bytes());
            hash.update(&[0]);
            hash.update(&Reads::whole().print(value).to_le_bytes());
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

/// What functions answered in a build, for the build after it.
#[derive(Default, Debug)]
pub struct Given {
    answers: HashMap<u128, Arc<Answer>>,
    /// How many there were when those that no one asked any more were last forgotten.
    tidied: usize,
}

/// The functions whose answers in content follow from front matter, settings and templates alone.
const OF_HEADS: [&str; 12] = [
    "get_indicator",
    "get_indicators",
    "get_page",
    "get_section",
    "get_taxonomy",
    "get_taxonomy_term",
    "get_taxonomy_url",
    "text_direction",
    "trans",
    INDICATOR,
    LINK,
    STATED,
];

impl Given {
    /// Whether content asked of nothing but front matter, settings, templates, and pictures that are as they were.
    pub fn in_content_follow_from_heads(&self, site: &Site) -> bool {
        let follows = |answer: &Arc<Answer>| {
            let question = &answer.question;
            let about = || question.arguments.get::<&str>(ABOUT).ok().flatten().unwrap_or_default();
            OF_HEADS.contains(&question.function)
                || (question.function == PICTURE && same(&answer.value, &pictures::answer(site, about())))
        };
        self.answers.values().filter(|answer| answer.question.early).all(follows)
    }
}

/// How far what was rendered in the build before still holds.
#[derive(Clone, Copy, Debug)]
pub struct Since<'a> {
    /// What functions answered then.
    pub answers: &'a Given,
    /// Whether all front matter is as it was.
    pub heads_stand: bool,
}

/// What a build after this one will want to know of its renders.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Remember {
    /// Nothing: there is none.
    Nothing,
    /// What functions answered, to ask again.
    Answers,
    /// Which texts they need.
    Needs,
}

type Raw = dyn Fn(Kwargs, &State<'_>) -> TeraResult<Value> + Send + Sync;

/// Every question of a build with its answer: the same question gets the same answer, worked out once.
#[derive(Default)]
pub struct Answers {
    /// Whether there is a build after this one, which will ask again.
    kept: bool,
    functions: Mutex<BTreeMap<&'static str, Arc<Raw>>>,
    given: Mutex<HashMap<u128, Arc<Answer>>>,
    /// Whether layouts are being rendered.
    late: AtomicBool,
    /// The questions of the build before whose answers are others now: the early ones, the others.
    changed: [OnceLock<HashSet<u128>>; 2],
    /// Which answers, and of them what is read (by its address), are as they were in the build before.
    as_before: Mutex<HashMap<(u128, usize), bool>>,
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
    /// Answers that are remembered, if a build after this one will ask again; else every call is answered by itself.
    pub(super) fn new(kept: bool) -> Self {
        Self { kept, ..Self::default() }
    }

    /// Whether a build in which these are the answers answers as the one before did everything that a render asked then;
    /// as far as its template reads the answers, if it is known how far.
    pub fn stand(&self, asked: &Asked, reads: Option<&TemplateReads>, before: &Given) -> bool {
        let [early, late] = &self.changed;
        let changed = if self.is_late() { late } else { early }.get_or_init(|| self.changed_since(before));
        let mut differing = asked.questions.iter().filter(|key| !changed.is_empty() && changed.contains(key));
        !asked.failed && differing.all(|key| self.stands(*key, reads, before))
    }

    /// Lets questions be asked by layouts from now on.
    pub(super) fn begin_layouts(&self) {
        self.late.store(true, Ordering::Release);
    }

    fn is_early(&self) -> bool {
        scope::is_content() || !self.is_late()
    }

    fn is_late(&self) -> bool {
        self.late.load(Ordering::Acquire)
    }

    /// Asks every question of the build before again that belongs to this part of a build; gives those with other answers.
    fn changed_since(&self, before: &Given) -> HashSet<u128> {
        let stands = |old: &Answer| {
            self.again(old).is_ok_and(|new| same(&old.value, &new.value) && old.notes == new.notes && old.ordered == new.ordered)
        };
        let belongs = |old: &Answer| old.question.early != self.is_late();
        before.answers.iter().filter(|(_, old)| belongs(old) && !stands(old)).map(|(key, _)| *key).collect()
    }

    /// Whether what is read of an answer is as it was.
    fn stands(&self, key: u128, reads: Option<&TemplateReads>, before: &Given) -> bool {
        let Some(old) = before.answers.get(&key) else { return false };
        let reads = reads.filter(|reads| !reads.everything);
        let Some(reads) = reads.and_then(|reads| reads.functions.get(old.question.function)) else { return false };
        let part = std::ptr::from_ref(reads).addr();
        if let Some(known) = lock(&self.as_before).get(&(key, part)) {
            return *known;
        }
        let stands = self
            .again(old)
            .is_ok_and(|new| reads.same(&old.value, &new.value) && old.notes == new.notes && old.ordered == new.ordered);
        lock(&self.as_before).insert((key, part), stands);
        stands
    }

    /// The answer now to a question of the build before.
    fn again(&self, old: &Answer) -> TeraResult<Arc<Answer>> {
        let question = &old.question;
        let Some(function) = lock(&self.functions).get(question.function).cloned() else {
            return Err(tera::Error::message("no such function"));
        };
        scope::in_question(question.lang.clone(), question.early, || {
            let context = Context::new();
            self.answer(question.clone(), &*function, &State::new(&context))
        })
    }

    /// Everything answered in this build, and nothing is left. Now and then what no one `alive` has asked is forgotten.
    pub fn take<'a, A: Iterator<Item = &'a Asked>>(&self, before: &Given, alive: impl FnOnce() -> A) -> Given {
        let mut answers = std::mem::take(&mut *lock(&self.given));
        if answers.len() <= 2 * before.tidied + 1_000 {
            return Given { answers, tidied: before.tidied };
        }
        let asked: HashSet<u128> = alive().flat_map(|asked| &asked.questions).copied().collect();
        answers.retain(|key, _| asked.contains(key));
        Given { tidied: answers.len(), answers }
    }

    /// Asks one of the hidden functions, for whatever answers questions of templates without being remembered itself.
    pub(super) fn look(&self, name: &'static str, about: &str) {
        let Some(function) = lock(&self.functions).get(name).cloned().filter(|_| self.kept) else { return };
        let lang = scope::subject().map(|subject| subject.lang);
        let arguments = Kwargs::from([(ABOUT, Value::from(about))]);
        let question = Question { function: name, arguments, lang, early: self.is_early() };
        let context = Context::new();
        // One without an answer will have none in the build after this one, either.
        let _ = self.answer(question, &*function, &State::new(&context));
    }

    /// Asks one of the hidden functions for its answer, which is remembered if answers are.
    pub(super) fn hear(&self, name: &'static str, about: &str) -> Option<Value> {
        let function = lock(&self.functions).get(name).cloned()?;
        let arguments = Kwargs::from([(ABOUT, Value::from(about))]);
        let context = Context::new();
        if !self.kept {
            return function(arguments, &State::new(&context)).ok();
        }
        let lang = scope::subject().map(|subject| subject.lang);
        let question = Question { function: name, arguments, lang, early: self.is_early() };
        let answer = self.answer(question, &*function, &State::new(&context)).ok()?;
        scope::heard(&answer.notes, &answer.ordered);
        Some(answer.value.clone())
    }

    fn answer(&self, question: Question, function: &Raw, state: &State<'_>) -> TeraResult<Arc<Answer>> {
        let key = question.key();
        scope::asked(key);
        if let Some(answer) = lock(&self.given).get(&key) {
            return Ok(Arc::clone(answer));
        }
        let (value, notes, ordered) = scope::listening(|| function(question.arguments.clone(), state));
        let value = value.inspect_err(|_| scope::failed(&notes))?;
        let answer = Arc::new(Answer { question, value, notes, ordered });
        Ok(Arc::clone(lock(&self.given).entry(key).or_insert(answer)))
    }
}

/// The argument of hidden functions.
const ABOUT: &str = "about";

/// The question for the moment of the build, no finer than its answer is seen.
fn as_it_is_seen(arguments: Kwargs) -> Kwargs {
    let Some(unit) = scope::unit_of_now() else { return arguments };
    let mut with_unit: Map = arguments.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
    with_unit.insert(Key::Str(UNIT), Value::from(unit));
    Kwargs::new(Arc::new(with_unit))
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

    /// A function that no template can call: see [`Answers::look`]. It is given what it is asked about.
    pub(super) fn hide(&mut self, name: &'static str, function: impl Fn(&str) -> Value + Send + Sync + 'static) {
        let function = move |arguments: Kwargs, _: &State<'_>| Ok(function(arguments.get::<&str>(ABOUT)?.unwrap_or_default()));
        lock(&self.answers.functions).insert(name, Arc::new(function));
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
        let arguments = if self.name == NOW { as_it_is_seen(arguments) } else { arguments };
        if !self.answers.kept {
            return (self.function)(arguments, state).inspect(|answer| scope::answered(self.name, answer));
        }
        let lang = scope::subject().map(|subject| subject.lang);
        let question = Question { function: self.name, arguments, lang, early: self.answers.is_early() };
        let answer = self.answers.answer(question, &*self.function, state)?;
        scope::heard(&answer.notes, &answer.ordered);
        scope::answered(self.name, &answer.value);
        Ok(answer.value.clone())
    }

    fn is_safe(&self) -> bool {
        self.is_html
    }
}
