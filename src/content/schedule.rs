use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::data::{Data, Fields};
use crate::diagnostic::{Diagnostic, Sink};
use crate::locale::parse_instant;
use crate::text::{SourceText, Span};

/// From when to when a page is shown: `publish_at` and `expires_at` under `[extra]`.
#[derive(Clone, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Schedule {
    /// The moment from which on it is there.
    pub publish_at: Option<Moment>,
    /// The moment from which on it is there no more.
    pub expires_at: Option<Moment>,
}

/// A moment, as typed and as it is everywhere.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Moment {
    /// As typed: `2017-01-11T08:00:00+07:00`.
    pub text: String,
    /// For comparing.
    pub at: Timestamp,
}

/// Why a page is left out at a moment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Absence {
    /// It is there from a moment on that has not come.
    NotYet(String),
    /// It was there until a moment that has come.
    Over(String),
}

impl fmt::Display for Absence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotYet(moment) => write!(f, "is not published before {moment} (`publish_at`)"),
            Self::Over(moment) => write!(f, "has expired at {moment} (`expires_at`)"),
        }
    }
}

impl Schedule {
    /// Reads it from `[extra]`.
    pub(super) fn read(fields: &mut Fields<'_>, source: &SourceText, sink: &Sink) -> Self {
        let publish_at = moment(fields, "publish_at", source, sink);
        let expires_at = moment(fields, "expires_at", source, sink);
        if let (Some((from, _)), Some((until, span))) = (&publish_at, &expires_at)
            && until.at <= from.at
        {
            let message = "this page would expire before it is published";
            let help = "write a later `expires_at`, or an earlier `publish_at`";
            sink.push(Diagnostic::error("bad-schedule", message).at(source, *span).help(help));
        }
        let moment = |read: Option<(Moment, Span)>| read.map(|(moment, _)| moment);
        Self { publish_at: moment(publish_at), expires_at: moment(expires_at) }
    }

    /// Whether it says anything.
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Why the page is left out, if it is. What comes after a moment that has not come is not asked about.
    pub(super) fn absence(&self, has_come: &dyn Fn(Timestamp) -> bool) -> Option<Absence> {
        let waits = self.publish_at.as_ref().filter(|moment| !has_come(moment.at));
        let waits = waits.map(|moment| Absence::NotYet(moment.text.clone()));
        let over = || self.expires_at.as_ref().filter(|moment| has_come(moment.at));
        waits.or_else(|| over().map(|moment| Absence::Over(moment.text.clone())))
    }
}

fn moment(fields: &mut Fields<'_>, key: &'static str, source: &SourceText, sink: &Sink) -> Option<(Moment, Span)> {
    let node = fields.node(key)?;
    let text = match &node.value {
        Data::Date(text) | Data::Text(text) => text.trim(),
        _ => "",
    };
    let at = parse_instant(text);
    if at.is_none() {
        let written = if text.is_empty() { format!("`{key}`") } else { format!("`{text}`") };
        let message = format!("{written} is not a moment: a date, a time and its offset from UTC");
        let help = format!("write it as in `{key} = 2026-11-30T08:00:00+07:00`");
        sink.push(Diagnostic::error("bad-date", message).at(source, node.span).help(help));
    }
    at.map(|at| (Moment { text: text.to_owned(), at }, node.span))
}
