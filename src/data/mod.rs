//! TOML and YAML read into one tree that knows the position of every key and value.
//!
//! Numbers and dates keep the text that the writer typed: nothing passes through a float.

mod fields;
mod formats;
mod toml;
mod yaml;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::text::Span;

pub use self::fields::{Fields, Kind};
pub use self::formats::{Broken, Format};
pub use self::toml::parse as parse_toml;
pub use self::yaml::parse as parse_yaml;

/// A value and where it stands.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Node {
    /// The value's place in its file.
    pub span: Span,
    /// The value.
    pub value: Data,
}

/// What a value is.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Data {
    /// YAML's `null`.
    Null,
    /// True or false.
    Bool(bool),
    /// A number as typed: `2105.8`, `1e3`, `nan`.
    Number(String),
    /// Text.
    Text(String),
    /// A date or date-time as typed.
    Date(String),
    /// A list.
    List(Vec<Node>),
    /// Keys and values, in the order of the file.
    Table(Table),
}

impl Data {
    /// What the value is, for messages.
    pub fn describe(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool(_) => "true or false",
            Self::Number(_) => "a number",
            Self::Text(_) => "text",
            Self::Date(_) => "a date",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
        }
    }
}

/// A table: keys in the order of the file, each once.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Table {
    entries: Vec<Entry>,
}

/// A key with its value.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// The key; equal keys of one file are one text in memory.
    pub key: Arc<str>,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub node: Node,
}

impl Table {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries.iter().find(|entry| *entry.key == *key).map(|entry| &entry.node)
    }

    /// The table under a key, if there is one.
    pub fn table(&self, key: &str) -> Option<&Table> {
        match &self.get(key)?.value {
            Data::Table(table) => Some(table),
            _ => None,
        }
    }

    /// Takes the table under a key out of this one; an empty one when there is none.
    #[must_use]
    pub fn take_table(&mut self, key: &str) -> Table {
        let at = self.entries.iter().position(|entry| *entry.key == *key && matches!(entry.node.value, Data::Table(_)));
        match at.map(|at| self.entries.remove(at).node.value) {
            Some(Data::Table(table)) => table,
            _ => Table::default(),
        }
    }

    /// All entries.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Adds an entry; the caller has seen to it that the key is new.
    fn push(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    /// The table with another's entries laid under it: a key of `self` wins, tables merge.
    #[must_use]
    pub fn over(mut self, under: &Table) -> Table {
        for entry in &under.entries {
            match self.entries.iter_mut().find(|mine| mine.key == entry.key) {
                None => self.entries.push(entry.clone()),
                Some(Entry { node: Node { value: Data::Table(mine), .. }, .. }) => {
                    if let Data::Table(theirs) = &entry.node.value {
                        *mine = std::mem::take(mine).over(theirs);
                    }
                }
                Some(_) => {}
            }
        }
        self
    }
}
