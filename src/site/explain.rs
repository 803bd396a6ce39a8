use std::collections::BTreeMap;
use std::sync::Arc;

use super::plan::{Job, Planned};
use super::render::{Call, Renderer};
use crate::template::{Reads, Seen};
use crate::text::SitePath;

/// Why an output is not taken from the build before.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub enum Why {
    /// There was none.
    #[default]
    NoBuild,
    /// It rests on other settings.
    Settings,
    /// It had no such output.
    New,
    /// It rendered the output by another template.
    OtherTemplate,
    /// The output had another address or other translations.
    Address,
    /// Its template, or one that this draws in, is another now.
    Templates,
    /// It looked at what all front matter decides, and some of that is another now.
    FrontMatter,
    /// What its template reads of what it sees is another now.
    Seen,
    /// Other addresses are in the sitemap now.
    Addresses,
    /// A function that it asked has another answer now.
    Answers,
}

/// How an output came to be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Explained {
    /// What it is made from, in words or by its file.
    pub origin: String,
    /// How it is rendered; nothing for what is only copied.
    pub rendering: Option<Explanation>,
}

/// How an output is rendered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Explanation {
    /// The files of its template and, after it, of those that this extends, includes or calls components of.
    pub templates: Vec<String>,
    /// Whether the templates were not understood, so that they count as reading everything.
    pub everything: bool,
    /// What a render can read of each variable: see [`Reads::told`].
    pub variables: BTreeMap<String, Vec<String>>,
    /// What a render can read of the answers of each function that it may ask.
    pub functions: BTreeMap<String, Vec<String>>,
    /// The questions that it asked.
    pub asked: Vec<String>,
    /// Why it had to be rendered; nothing if it was taken from the build before.
    pub why: Option<Why>,
    /// What is another now: paths of what it sees, templates, or questions.
    pub changed: Vec<String>,
}

impl Renderer<'_> {
    /// How an output comes to be; what it asks is known once it is rendered.
    pub(super) fn explain(&self, path: &SitePath, planned: &Arc<Planned>) -> Explained {
        let rendering = (!matches!(planned.job, Job::Bytes(_) | Job::Data(_))).then(|| {
            let call = self.call(planned);
            let why = self.standing(path, planned, &call).err();
            self.explanation(path, &call, why)
        });
        Explained { origin: planned.origin.clone(), rendering }
    }

    fn explanation(&self, path: &SitePath, call: &Call, why: Option<Why>) -> Explanation {
        let name = &call.template.0;
        let drawn = self.engine.known().drawn(name);
        let is_own = |template: &&String| *template == name || template.ends_with(&format!("/{name}"));
        let (own, others): (Vec<&String>, Vec<&String>) = drawn.reads.templates.iter().partition(is_own);
        let told = |reads: &BTreeMap<String, Reads>| reads.iter().map(|(name, reads)| (name.clone(), reads.told())).collect();
        let seen_before = self.before.records.seen(path);
        let changed = match why {
            Some(Why::Templates) => self.before.templates.map(|before| self.engine.known().differing(before, &drawn)),
            Some(Why::Seen) => seen_before.map(|was: &Seen| drawn.differing(was, &call.seen)),
            Some(Why::Answers) => self
                .before
                .records
                .asked_by(path)
                .map(|asked| self.engine.answers().differing(asked, &drawn.reads, self.before.since.answers)),
            _ => None,
        };
        let file_of = |name: &String| self.engine.file_of(name);
        let changed = changed.unwrap_or_default();
        Explanation {
            templates: own.into_iter().chain(others).map(file_of).collect(),
            everything: drawn.reads.everything,
            variables: told(&drawn.reads.variables),
            functions: told(&drawn.reads.functions),
            asked: Vec::new(),
            changed: if why == Some(Why::Templates) { changed.iter().map(file_of).collect() } else { changed },
            why,
        }
    }
}
