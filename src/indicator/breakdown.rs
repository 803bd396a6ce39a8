use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::{Note, NoteReading};
use crate::data::{Data, Fields, Table};
use crate::diagnostic::{Diagnostic, Sink};
use crate::text::{Lang, SourceText};

/// The part of an indicator's population that an observation is about: `{ sex = "F" }`; everybody when it is empty.
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Breakdown(Arc<BTreeMap<String, String>>);

impl Breakdown {
    /// Of these members by dimension.
    pub fn new(members: BTreeMap<String, String>) -> Self {
        Self(Arc::new(members))
    }

    /// Whether it is everybody.
    pub fn is_total(&self) -> bool {
        self.0.is_empty()
    }

    /// The member of each dimension, in the order of dimensions.
    pub fn members(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(dimension, member)| (dimension.as_str(), member.as_str()))
    }

    /// The member of a dimension.
    pub fn member(&self, dimension: &str) -> Option<&str> {
        self.0.get(dimension).map(String::as_str)
    }

    /// Reads `breakdown = { sex = "F" }`.
    pub(super) fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let mut members = BTreeMap::new();
        for entry in fields.table("breakdown")?.entries() {
            match &entry.node.value {
                Data::Text(member) | Data::Number(member) if !member.is_empty() => {
                    members.insert(entry.key.to_string(), member.clone());
                }
                _ => {
                    fields.wrong(&entry.key, &entry.node, "the name of a part in quotes, such as \"F\"");
                    return None;
                }
            }
        }
        Some(Self::new(members))
    }
}

impl fmt::Display for Breakdown {
    /// `sex=F, age=15-24`, as in messages and keys.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, (dimension, member)) in self.members().enumerate() {
            write!(f, "{}{dimension}={member}", if number == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

/// A dimension that an indicator is broken down by, with its words.
#[derive(Clone, Default, PartialEq, Debug)]
pub struct Dimension {
    /// Its name.
    pub label: Note,
    /// Its members with their names. When it names any, there are no others.
    pub members: BTreeMap<String, Note>,
}

/// The dimensions of an indicator.
pub type Dimensions = BTreeMap<String, Dimension>;

/// Reads `[extra.indicator.breakdowns.sex]`.
pub(super) fn read_dimensions(fields: &mut Fields<'_>, source: &SourceText, lang: &Lang, sink: &Sink) -> Dimensions {
    let mut dimensions = Dimensions::new();
    for entry in fields.table("breakdowns").map(Table::entries).unwrap_or_default() {
        let Data::Table(table) = &entry.node.value else {
            fields.wrong(&entry.key, &entry.node, "a table with `label` and `members`");
            continue;
        };
        let reading = NoteReading { source, lang, sink };
        let mut fields = Fields::new(source, table, sink);
        let label = Note::read(&mut fields, "label", &reading).unwrap_or_default();
        let mut members = BTreeMap::new();
        for member in fields.table("members").map(Table::entries).unwrap_or_default() {
            match reading.node(&member.node) {
                Some(note) => {
                    members.insert(member.key.to_string(), note);
                }
                None => fields.wrong(&member.key, &member.node, "a name, or a table of names such as { vi = \"…\", en = \"…\" }"),
            }
        }
        fields.deny_unknown("unknown-indicator-key");
        if members.is_empty() && table.get("members").is_none() {
            let message = format!("the dimension `{}` names no members", entry.key);
            let diagnostic = Diagnostic::warning("no-members", message).at(source, entry.key_span);
            sink.push(
                diagnostic.help("add `members = { F = { vi = \"nữ\", en = \"women\" } }`, so that pages have words for them"),
            );
        }
        dimensions.insert(entry.key.to_string(), Dimension { label, members });
    }
    dimensions
}

/// The breakdown in the words of a language: "nữ, 15–24 tuổi"; names that the indicator does not give stand as they are.
pub fn breakdown_label(breakdown: &Breakdown, dimensions: &Dimensions, lang: &Lang) -> String {
    let word = |(dimension, member): (&str, &str)| {
        let note = dimensions.get(dimension).and_then(|dimension| dimension.members.get(member));
        note.and_then(|note| note.text(lang)).map_or(member, |(text, _)| text).to_owned()
    };
    breakdown.members().map(word).collect::<Vec<_>>().join(", ")
}
