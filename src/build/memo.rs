use std::fmt;
use std::sync::Arc;

use super::bodies::Bodies;
use crate::content::Reading;
use crate::diagnostic::Diagnostic;
use crate::indicator::Catalogue;
use crate::site::{Export, Plan, Records, SearchIndexes, Why};
use crate::template::{self, Given, Known};

/// What builds before this one have made, so that this one makes only what is different.
///
/// A build with it gives the same bytes and findings as one without.
#[derive(Default)]
pub struct Memo {
    /// What everything in it rests on.
    pub(super) ground: u128,
    pub(super) reading: Reading,
    pub(super) heads: Option<Heads>,
    pub(super) bodies: Bodies,
    pub(super) before: Option<template::Before>,
    pub(super) templates: Option<Arc<Known>>,
    pub(super) answers: Given,
    pub(super) records: Records,
    pub(super) searches: SearchIndexes,
    /// Why an output is not among the records.
    pub(super) without: Why,
}

impl fmt::Debug for Memo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Memo({:032x})", self.ground)
    }
}

impl Memo {
    /// The memo, if it rests on the same settings; else an empty one.
    pub(super) fn on(self, ground: u128) -> Self {
        match self.ground {
            0 => Self::default(),
            before if before == ground => Self { without: Why::New, ..self },
            _ => Self { without: Why::Settings, ..Self::default() },
        }
    }
}

/// What follows from front matter and settings alone.
#[derive(Debug)]
pub(super) struct Heads {
    pub(super) catalogue: Arc<Catalogue>,
    pub(super) plan: Arc<Plan>,
    pub(super) exports: Arc<[Export]>,
    /// What was found on the way.
    pub(super) found: Vec<Diagnostic>,
}

/// How much a build had to do; everything else was there from builds before it.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Work {
    /// Content files read into front matter and body.
    pub read: usize,
    /// Bodies turned from Markdown into HTML.
    pub marked: usize,
    /// Outputs rendered by a template.
    pub rendered: usize,
}
