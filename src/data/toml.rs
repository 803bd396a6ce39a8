use std::collections::BTreeSet;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Data, Entry, Node, Table};
use crate::diagnostic::{Diagnostic, Sink};
use crate::text::{SourceText, Span};

/// Reads the TOML between two offsets of a file ([TOML 1.1](https://toml.io/en/v1.1.0)).
///
/// Every syntax error goes to the sink; `None` when there was one.
pub fn parse(source: &SourceText, within: Span, sink: &Sink) -> Option<Table> {
    let text = source.text();
    let text = text.get(within.start..within.end)?;
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let span = error.span().map_or(Span::default(), Span::from);
        let diagnostic = Diagnostic::error("toml-syntax", format!("this is not valid TOML: {}", error.message()));
        sink.push(diagnostic.at(source, span.shifted(within.start)).maybe_help(help(text, span)));
    }
    errors.is_empty().then(|| Converter { base: within.start, keys: BTreeSet::new() }.table(table.get_ref()))
}

/// A number with separators is the likeliest slip in a file about numbers.
fn help(text: &str, at: Span) -> Option<String> {
    let start = text.get(..at.start)?.rfind('\n').map_or(0, |newline| newline + 1);
    let line = text.get(start..)?.lines().next()?;
    let (key, value) = line.split_once('=')?;
    let value = value.trim();
    let numeric = value.starts_with(|c: char| c.is_ascii_digit() || c == '-')
        && value.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-'));
    numeric.then(|| {
        let key = key.trim();
        format!("numbers in front matter take no grouping and a decimal point, in every language: `{key} = 2105.8`")
    })
}

/// Turns what the parser read into our tree.
struct Converter {
    /// Where the TOML begins in its file.
    base: usize,
    /// Every key so far: tables of one shape share theirs.
    keys: BTreeSet<Arc<str>>,
}

impl Converter {
    fn table(&mut self, table: &DeTable<'_>) -> Table {
        let mut entries: Vec<Entry> = table
            .iter()
            .map(|(key, value)| Entry {
                key: self.key(key.get_ref()),
                key_span: Span::from(key.span()).shifted(self.base),
                node: self.node(value.get_ref(), Span::from(value.span()).shifted(self.base)),
            })
            .collect();
        entries.sort_by_key(|entry| entry.key_span);
        Table { entries }
    }

    fn key(&mut self, key: &str) -> Arc<str> {
        if let Some(known) = self.keys.get(key) {
            return Arc::clone(known);
        }
        let new: Arc<str> = Arc::from(key);
        self.keys.insert(Arc::clone(&new));
        new
    }

    fn node(&mut self, value: &DeValue<'_>, span: Span) -> Node {
        let value = match value {
            DeValue::String(text) => Data::Text(text.to_string()),
            DeValue::Integer(number) => Data::Number(number.to_string()),
            DeValue::Float(number) => Data::Number(number.as_str().to_owned()),
            DeValue::Boolean(value) => Data::Bool(*value),
            DeValue::Datetime(date) => Data::Date(date.to_string()),
            DeValue::Array(items) => {
                let item = |item: &Spanned<DeValue<'_>>| self.node(item.get_ref(), Span::from(item.span()).shifted(self.base));
                Data::List(items.iter().map(item).collect())
            }
            DeValue::Table(table) => Data::Table(self.table(table)),
        };
        Node { span, value }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SitePath;

    fn read(text: &str) -> (Option<Table>, Vec<Diagnostic>) {
        let source = SourceText::new(SitePath::new("a.md"), text);
        let sink = Sink::new();
        let table = parse(&source, Span { start: 0, end: text.len() }, &sink);
        (table, sink.into_sorted())
    }

    #[test]
    fn numbers_keep_the_text_that_was_typed() {
        let (table, _) = read("a = 2105.80\nb = 1969\nc = nan");
        let table = table.unwrap();
        assert_eq!(table.get("a").unwrap().value, Data::Number("2105.80".into()));
        assert_eq!(table.get("b").unwrap().value, Data::Number("1969".into()));
        assert_eq!(table.get("c").unwrap().value, Data::Number("nan".into()));
    }

    #[test]
    fn every_syntax_error_is_reported_and_grouped_numbers_get_advice() {
        let (table, found) = read("a = \nb = 1\nvalue = 2.105,8\n");
        assert!(table.is_none());
        assert!(found.len() >= 2, "{found:?}");
        assert!(found.iter().any(|d| d.help.as_deref().is_some_and(|h| h.contains("decimal point"))));
    }
}
