use std::collections::BTreeMap;

use crate::data::{Data, Fields, Node, Table};
use crate::diagnostic::{Diagnostic, Sink};
use crate::text::{Lang, SourceText};

/// A remark of a writer, in one language or several.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Note(BTreeMap<Lang, String>);

impl Note {
    /// A remark in one language.
    pub fn new(lang: Lang, text: &str) -> Self {
        Self(BTreeMap::from([(lang, text.to_owned())]))
    }

    /// The remark for readers of a language, with the language that it is in: that one, or else the first there is.
    pub fn text(&self, lang: &Lang) -> Option<(&str, &Lang)> {
        let own = self.0.get_key_value(lang).or_else(|| self.0.iter().next());
        own.map(|(lang, text)| (text.as_str(), lang))
    }

    /// The remark in a language and in no other.
    pub fn in_language(&self, lang: &Lang) -> Option<&str> {
        self.0.get(lang).map(String::as_str)
    }

    /// Every language of it.
    pub fn texts(&self) -> impl Iterator<Item = (&Lang, &str)> {
        self.0.iter().map(|(lang, text)| (lang, text.as_str()))
    }

    /// Reads `note = "…"`, which is in the language of its file, or `note = { vi = "…", en = "…" }`.
    pub fn read(fields: &mut Fields<'_>, key: &'static str, reading: &NoteReading<'_>) -> Option<Self> {
        let node = fields.node(key)?;
        let note = reading.node(node);
        if note.is_none() {
            fields.wrong(key, node, "text in quotes, or a table of texts such as { vi = \"…\", en = \"…\" }");
        }
        note
    }
}

/// What remarks are read with.
pub struct NoteReading<'a> {
    /// The file.
    pub source: &'a SourceText,
    /// The language of the file.
    pub lang: &'a Lang,
    /// Where what is wrong is said.
    pub sink: &'a Sink,
}

impl NoteReading<'_> {
    pub(super) fn node(&self, node: &Node) -> Option<Note> {
        match &node.value {
            Data::Text(text) => Some(Note::new(self.lang.clone(), text)),
            Data::Table(table) => self.table(table),
            _ => None,
        }
    }

    fn table(&self, table: &Table) -> Option<Note> {
        let mut note = Note::default();
        for entry in table.entries() {
            let Data::Text(text) = &entry.node.value else { return None };
            if !Lang::is_well_formed(&entry.key) {
                let message = format!("`{}` is not the code of a language", entry.key);
                let diagnostic = Diagnostic::error("unknown-language", message).at(self.source, entry.key_span);
                self.sink.push(diagnostic.help("name the language as the config does, such as `vi` or `en`"));
                continue;
            }
            note.0.insert(Lang::new(&entry.key), text.clone());
        }
        Some(note)
    }
}
