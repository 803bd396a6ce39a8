use std::collections::BTreeSet;

use super::{Data, Node, Table};
use crate::diagnostic::{Diagnostic, Severity, Sink};
use crate::text::{SourceText, Span, closest};

/// Reads the fields of one table, saying of each wrong one what it should be.
///
/// A field that is missing or wrong reads as `None`; wrong ones have been reported.
pub struct Fields<'a> {
    source: &'a SourceText,
    table: &'a Table,
    sink: &'a Sink,
    asked: BTreeSet<&'static str>,
}

/// What a field holds, for messages: `a number`, `text in quotes`.
pub type Kind = &'static str;

impl<'a> Fields<'a> {
    /// Starts on a table of a file.
    pub fn new(source: &'a SourceText, table: &'a Table, sink: &'a Sink) -> Self {
        Self { source, table, sink, asked: BTreeSet::new() }
    }

    /// A field as it stands.
    pub fn node(&mut self, key: &'static str) -> Option<&'a Node> {
        self.asked.insert(key);
        self.table.get(key).filter(|node| node.value != Data::Null)
    }

    /// Reports that a field does not hold what it should.
    pub fn wrong(&self, key: &str, node: &Node, expected: Kind) {
        let message = format!("`{key}` should be {expected}, but it is {}", node.value.describe());
        let help = format!("write {expected}, or remove `{key}`");
        self.sink.push(Diagnostic::error("wrong-type", message).at(self.source, node.span).help(help));
    }

    /// Text.
    pub fn text(&mut self, key: &'static str) -> Option<&'a str> {
        self.text_at(key).map(|(text, _)| text)
    }

    /// Text and where it stands.
    pub fn text_at(&mut self, key: &'static str) -> Option<(&'a str, Span)> {
        let node = self.node(key)?;
        match &node.value {
            Data::Text(text) => Some((text, node.span)),
            _ => {
                self.wrong(key, node, "text in quotes");
                None
            }
        }
    }

    /// Text of a value that writers may leave unquoted: a number or a date keeps its letters.
    pub fn literal_at(&mut self, key: &'static str) -> Option<(&'a str, Span)> {
        let node = self.node(key)?;
        match &node.value {
            Data::Text(text) | Data::Number(text) | Data::Date(text) => Some((text, node.span)),
            _ => {
                self.wrong(key, node, "text in quotes");
                None
            }
        }
    }

    /// True or false.
    pub fn bool(&mut self, key: &'static str) -> Option<bool> {
        let node = self.node(key)?;
        match &node.value {
            Data::Bool(value) => Some(*value),
            _ => {
                self.wrong(key, node, "true or false, without quotes");
                None
            }
        }
    }

    /// A whole number of at least zero.
    pub fn count(&mut self, key: &'static str) -> Option<usize> {
        let node = self.node(key)?;
        let number = match &node.value {
            Data::Number(text) => text.parse().ok(),
            _ => None,
        };
        if number.is_none() {
            self.wrong(key, node, "a whole number, zero or more");
        }
        number
    }

    /// A list of texts.
    pub fn texts(&mut self, key: &'static str) -> Option<Vec<(&'a str, Span)>> {
        let node = self.node(key)?;
        let Data::List(items) = &node.value else {
            self.wrong(key, node, "a list of texts, such as [\"a\", \"b\"]");
            return None;
        };
        let mut texts = Vec::with_capacity(items.len());
        for item in items {
            match &item.value {
                Data::Text(text) => texts.push((text.as_str(), item.span)),
                _ => self.wrong(key, item, "a list of texts, such as [\"a\", \"b\"]"),
            }
        }
        Some(texts)
    }

    /// A list of texts, without their places.
    pub fn words(&mut self, key: &'static str) -> Option<Vec<String>> {
        Some(self.texts(key)?.into_iter().map(|(text, _)| text.to_owned()).collect())
    }

    /// A field of an older Zola: taken as it stands, with a note on the name it has now.
    pub fn old(&mut self, key: &'static str, now: &str, help: &str) -> Option<&'a Node> {
        let node = self.node(key)?;
        let entry = self.table.entries().iter().find(|entry| &*entry.key == key)?;
        let message = if now.is_empty() { format!("`{key}` does nothing any more") } else { format!("`{key}` is now `{now}`") };
        self.sink.push(Diagnostic::warning("old-key", message).at(self.source, entry.key_span).help(help));
        Some(node)
    }

    /// A table.
    pub fn table(&mut self, key: &'static str) -> Option<&'a Table> {
        let node = self.node(key)?;
        match &node.value {
            Data::Table(table) => Some(table),
            _ => {
                self.wrong(key, node, "a table");
                None
            }
        }
    }

    /// A list of tables (`[[key]]` in TOML), each with the place where it starts.
    pub fn tables(&mut self, key: &'static str) -> Vec<(&'a Table, Span)> {
        let Some(node) = self.node(key) else { return Vec::new() };
        let Data::List(items) = &node.value else {
            self.wrong(key, node, "a list of tables");
            return Vec::new();
        };
        let mut tables = Vec::with_capacity(items.len());
        for item in items {
            match &item.value {
                Data::Table(table) => tables.push((table, item.span)),
                _ => self.wrong(key, item, "a list of tables"),
            }
        }
        tables
    }

    /// One of a few words.
    pub fn choice<T: Copy>(&mut self, key: &'static str, choices: &[(&'static str, T)]) -> Option<T> {
        let (word, span) = self.text_at(key)?;
        if let Some((_, value)) = choices.iter().find(|(name, _)| *name == word) {
            return Some(*value);
        }
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        let diagnostic = Diagnostic::error("unknown-word", format!("`{word}` is not a known `{key}`")).at(self.source, span);
        let meant = closest(word, names.iter().copied()).map(|name| format!("did you mean `{name}`? "));
        self.sink.push(diagnostic.help(format!("{}use one of: {}", meant.unwrap_or_default(), names.join(", "))));
        None
    }

    /// Reports every field that nobody asked for, with the nearest known name.
    pub fn deny_unknown(&self, code: &'static str) {
        self.unknown(Severity::Error, code);
    }

    /// Warns of every field that nobody asked for.
    pub fn warn_unknown(&self, code: &'static str) {
        self.unknown(Severity::Warning, code);
    }

    fn unknown(&self, severity: Severity, code: &'static str) {
        for entry in self.table.entries() {
            if self.asked.contains(&*entry.key) {
                continue;
            }
            let diagnostic =
                Diagnostic::error(code, format!("there is no key `{}` here", entry.key)).at(self.source, entry.key_span);
            let help = match closest(&entry.key, self.asked.iter().copied()) {
                Some(name) => format!("did you mean `{name}`?"),
                None => "remove it, or move it to `[extra]`, where keys are free".to_owned(),
            };
            self.sink.push(Diagnostic { severity, ..diagnostic.help(help) });
        }
    }
}
