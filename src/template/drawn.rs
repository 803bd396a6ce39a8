use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use xxhash_rust::xxh3::Xxh3;

use super::load::Templates;
use super::reads::{Analysis, TemplateReads};

/// What is known of a set of templates without rendering any.
#[derive(Debug)]
pub struct Known {
    texts: BTreeMap<String, String>,
    analysis: Analysis,
    /// What all of them are.
    print: u128,
    drawn: Mutex<BTreeMap<String, Arc<Drawn>>>,
}

/// A template with all that it draws in.
#[derive(Debug)]
pub struct Drawn {
    /// What a render of it can read.
    pub reads: TemplateReads,
    /// A number that is another where one of these templates is another.
    pub print: u128,
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

    /// A template with all that it draws in.
    pub fn drawn(&self, name: &str) -> Arc<Drawn> {
        let known = || self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(drawn) = known().get(name) {
            return Arc::clone(drawn);
        }
        let reads = self.analysis.of(name);
        let texts = reads.templates.iter().filter_map(|name| Some((name.as_str(), self.texts.get(name)?.as_str())));
        let print = if reads.everything { self.print } else { print(texts) };
        Arc::clone(known().entry(name.to_owned()).or_insert(Arc::new(Drawn { reads, print })))
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
