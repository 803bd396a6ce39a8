use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use tera::Value;
use xxhash_rust::xxh3::Xxh3;

use super::load::Templates;
use super::needs::leading_to_texts;
use super::reads::{Analysis, Reads, TemplateReads};
use super::values::same;
use super::{Needs, Shown};

/// What is known of a set of templates without rendering any.
#[derive(Debug)]
pub struct Known {
    texts: BTreeMap<String, String>,
    analysis: Analysis,
    /// What all of them are.
    print: u128,
    drawn: Mutex<BTreeMap<String, Arc<Drawn>>>,
}

impl Drawn {
    /// A hash of what it can read of a value that it sees under a name.
    pub fn print_of(&self, name: &str, value: &Value) -> u128 {
        match self.reads.variables.get(name) {
            _ if self.reads.everything => Reads::whole().print(value),
            Some(reads) => reads.print(value),
            None => 0,
        }
    }

    /// Which texts it needs of what it sees.
    pub fn needs(&self, seen: &Seen) -> Needs {
        Needs::of(&self.leading_to_texts, seen)
    }

    /// Whether nothing that it can read of what it sees has changed.
    pub fn looks_same(&self, was: &Seen, is: &Seen) -> bool {
        let same = |((name, was), (other, is)): (&(&'static str, Value), &(&'static str, Value))| {
            let same = match self.reads.variables.get(*name) {
                _ if self.reads.everything => same(was, is),
                Some(reads) => reads.same(was, is),
                None => true,
            };
            name == other && same
        };
        was.len() == is.len() && was.iter().zip(is).all(same)
    }
}

impl Drawn {
    /// The paths to what it can read and is another in what it sees.
    pub fn differing(&self, was: &Seen, is: &Seen) -> Vec<String> {
        let of = |((name, was), (other, is)): (&(&'static str, Value), &(&'static str, Value))| {
            let whole = (self.reads.everything || name != other).then(Reads::whole);
            let reads = whole.as_ref().or_else(|| self.reads.variables.get(*name));
            reads.map(|reads| reads.differing(was, is, name)).unwrap_or_default()
        };
        was.iter().zip(is).flat_map(of).collect()
    }
}

/// What a template sees, by name.
pub type Seen = Vec<(&'static str, Value)>;

/// A template with all that it draws in.
#[derive(Debug)]
pub struct Drawn {
    /// What a render of it can read.
    pub reads: TemplateReads,
    /// What of that may lead to texts.
    pub(super) leading_to_texts: TemplateReads,
    /// A number that is another where one of these templates is another.
    pub print: u128,
    /// Whether it goes through whole lists that functions give.
    pub loops: bool,
}

impl Known {
    /// What is known of the templates that Tera took; what a build before knew of the same ones is used again.
    pub(super) fn of(templates: &Templates, before: Option<&Arc<Self>>) -> Arc<Self> {
        if let Some(before) = before.filter(|before| before.texts == templates.taken) {
            return Arc::clone(before);
        }
        let texts = templates.taken.clone();
        let named = texts.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        let (analysis, print) = (Analysis::new(named.clone(), &templates.prefixes), print(named));
        Arc::new(Self { analysis, print, texts, drawn: Mutex::default() })
    }

    /// A number that is another where any template is another.
    pub fn print(&self) -> u128 {
        self.print
    }

    /// What all of them can read of pages and sections.
    pub fn shown(&self) -> Shown {
        let drawn: Vec<Arc<Drawn>> = self.texts.keys().map(|name| self.drawn(name)).collect();
        Shown::by(drawn.iter().map(|drawn| &drawn.reads))
    }

    /// A template with all that it draws in.
    pub fn drawn(&self, name: &str) -> Arc<Drawn> {
        let known = || self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(drawn) = known().get(name) {
            return Arc::clone(drawn);
        }
        let drawn = Arc::new(self.with_print(self.analysis.of(name)));
        Arc::clone(known().entry(name.to_owned()).or_insert(drawn))
    }

    /// A text with all that it draws in.
    pub(super) fn drawn_by(&self, text: &str) -> Drawn {
        self.with_print(self.analysis.of_text(text))
    }

    /// The templates among those that one draws in which were others before.
    pub fn differing(&self, before: &Self, drawn: &Drawn) -> Vec<String> {
        let is_drawn = |name: &&String| drawn.reads.everything || drawn.reads.templates.contains(*name);
        self.texts.keys().filter(is_drawn).filter(|name| self.texts.get(*name) != before.texts.get(*name)).cloned().collect()
    }

    fn with_print(&self, reads: TemplateReads) -> Drawn {
        let texts = reads.templates.iter().filter_map(|name| Some((name.as_str(), self.texts.get(name)?.as_str())));
        let print = if reads.everything { self.print } else { print(texts) };
        let loops = !reads.everything && reads.functions.values().any(Reads::goes_through_lists);
        Drawn { leading_to_texts: leading_to_texts(&reads), reads, print, loops }
    }
}

fn print<'a>(texts: impl Iterator<Item = (&'a str, &'a str)>) -> u128 {
    let mut hash = Xxh3::new();
    for part in texts.flat_map(|(name, text)| [name, text]) {
        hash.update(&part.len().to_le_bytes());
        hash.update(part.as_bytes());
    }
    hash.digest128()
}
