use std::sync::Arc;

use serde_json::Value;

use crate::data::{Data, Node, Table};
use crate::diagnostic::{Diagnostic, Sink};
use crate::locale::Locale;
use crate::text::{SourceText, closest};

/// The words of a language with those of a table in place of their namesakes. So a language that tinso knows only the names
/// of days and months of, or none, gets its words of statistics and charts from a file. What is no word is reported.
pub(super) fn lay_words(locale: &Arc<Locale>, source: &SourceText, table: &Table, sink: &Sink) -> Arc<Locale> {
    let Ok(mut words) = serde_json::to_value(&**locale) else { return Arc::clone(locale) };
    Words { source, sink }.lay(table, &mut words, "words");
    serde_json::from_value(words).map_or_else(|_| Arc::clone(locale), Arc::new)
}

struct Words<'a> {
    source: &'a SourceText,
    sink: &'a Sink,
}

impl Words<'_> {
    fn lay(&self, table: &Table, words: &mut Value, path: &str) {
        for entry in table.entries() {
            let name = format!("{path}.{}", entry.key);
            let Some(known) = words.get_mut(&*entry.key) else {
                let names = words.as_object().into_iter().flat_map(|names| names.keys().map(String::as_str));
                let help = match closest(&entry.key, names) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => "remove it; the names of words are those of src/locale/data/en.toml".to_owned(),
                };
                let message = format!("`{name}` is no word that tinso uses");
                self.sink.push(Diagnostic::error("unknown-word", message).at(self.source, entry.key_span).help(help));
                continue;
            };
            match (known, &entry.node.value) {
                (known @ Value::Object(_), Data::Table(inner)) => self.lay(inner, known, &name),
                (Value::String(known), Data::Text(word)) => known.clone_from(word),
                (Value::Array(known), Data::List(items)) => self.lay_list(known, items, &name, &entry.node),
                (known, _) => self.wrong(&name, known, &entry.node),
            }
        }
    }

    fn lay_list(&self, known: &mut Vec<Value>, items: &[Node], name: &str, node: &Node) {
        let texts: Vec<Value> = items
            .iter()
            .filter_map(|item| if let Data::Text(text) = &item.value { Some(Value::from(text.as_str())) } else { None })
            .collect();
        if texts.len() == known.len() {
            *known = texts;
        } else {
            self.wrong(name, &Value::Array(known.clone()), node);
        }
    }

    fn wrong(&self, name: &str, known: &Value, node: &Node) {
        let expected = match known {
            Value::Array(items) => format!("a list of {} texts in quotes", items.len()),
            Value::Object(_) => "a table".to_owned(),
            _ => "text in quotes".to_owned(),
        };
        let message = format!("`{name}` should be {expected}");
        self.sink.push(Diagnostic::error("wrong-type", message).at(self.source, node.span));
    }
}
