//! What a build leaves of its renders for the build after it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::call::PLAIN;
use crate::diagnostic::Diagnostic;
use crate::site::Planned;
use crate::template::{Asked, Engine, Needs, Seen};
use crate::text::SitePath;

/// What a build rendered, for the build after it.
#[derive(Default, Debug)]
pub struct Records(pub(super) BTreeMap<SitePath, Record>);

/// An output, and what it was rendered from or would be rendered from to the same bytes.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) planned: Arc<Planned>,
    pub(super) template: String,
    /// What it saw beside what every template does.
    pub(super) seen: Seen,
    pub(super) made: Arc<Made>,
}

/// What a render gave.
#[derive(Debug)]
pub(in crate::site) struct Made {
    /// What the template was.
    pub(super) print: u128,
    /// What the addresses were, of a sitemap: they are too many to be kept.
    pub(super) addresses: u128,
    pub(super) asked: Asked,
    pub(super) notes: Vec<Diagnostic>,
    pub(super) bytes: Arc<[u8]>,
}

impl Records {
    /// What their templates asked.
    pub fn asked(&self) -> impl Iterator<Item = &Asked> {
        self.0.values().map(|record| &record.made.asked)
    }

    /// What an output saw beside what every template does.
    pub(in crate::site) fn seen(&self, path: &SitePath) -> Option<&Seen> {
        self.0.get(path).map(|record| &record.seen)
    }

    /// What an output asked.
    pub(in crate::site) fn asked_by(&self, path: &SitePath) -> Option<&Asked> {
        self.0.get(path).map(|record| &record.made.asked)
    }
}

/// What a build after this one, in another process, is to know of a render.
#[derive(Clone, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Trace {
    /// The texts that it needed.
    pub needs: Needs,
    /// The pictures that it ordered.
    pub ordered: BTreeSet<SitePath>,
    /// Whether something was found that is no error.
    pub noted: bool,
}

impl Record {
    pub(super) fn trace(&self, engine: &Engine) -> Trace {
        let Self { template, seen, made, .. } = self;
        let needs = engine.known().drawn(template).needs(seen).with(made.asked.needs().clone());
        let noted = !made.notes.is_empty() || template == PLAIN;
        Trace { needs, ordered: made.asked.ordered().clone(), noted }
    }
}
