use std::collections::BTreeMap;

use super::Language;
use super::words::lay_words;
use crate::data::{Data, Node, Table, parse_toml};
use crate::diagnostic::{Diagnostic, Sink};
use crate::locale::Locale;
use crate::source::Snapshot;
use crate::text::{SitePath, SourceText, Span};

/// The table of `i18n/LANG.toml` that holds words of numbers, dates and charts, no texts of templates.
const WORDS: &str = "words";

/// `[extra]` of the theme's `theme.toml`, which the site's own is laid over.
pub(super) fn theme_extra(snapshot: &Snapshot, theme: &str, named_at: (&SourceText, Span), sink: &Sink) -> Table {
    let path = SitePath::new(&format!("themes/{theme}/theme.toml"));
    let Some(source) = (if snapshot.bytes(path.as_str()).is_some() { snapshot.text(&path, sink) } else { None }) else {
        let diagnostic = Diagnostic::error("unknown-theme", format!("there is no theme `{theme}`: {path} is missing"));
        sink.push(diagnostic.at(named_at.0, named_at.1).help("put the theme in that folder, or remove the key `theme`"));
        return Table::default();
    };
    let whole = source.whole();
    parse_toml(&source, whole, sink).and_then(|table| table.table("extra").cloned()).unwrap_or_default()
}

/// Lays texts of `i18n/LANG.toml`, the site's over the theme's, under what the config says for a language, and their
/// `[words]` over the words that tinso has of it.
pub(super) fn read_strings(snapshot: &Snapshot, theme: Option<&str>, language: &mut Language, config: &SitePath, sink: &Sink) {
    let mut words = Vec::new();
    let own = format!("i18n/{}.toml", language.code);
    let themes = theme.map(|theme| format!("themes/{theme}/i18n/{}.toml", language.code));
    for path in std::iter::once(own).chain(themes).map(|path| SitePath::new(&path)) {
        let Some(source) = snapshot.bytes(path.as_str()).and_then(|_| snapshot.text(&path, sink)) else { continue };
        let whole = source.whole();
        let Some(table) = parse_toml(&source, whole, sink) else { continue };
        add_nested(&source, &table, "", &mut language.strings, sink);
        words.extend(table.table(WORDS).map(|table| (source, table.clone())));
    }
    if words.is_empty() && !Locale::has_names(&language.code) {
        let message = format!("tinso has no number and date words for `{}` yet; it uses the English ones", language.code);
        let diagnostic = Diagnostic::warning("unknown-locale", message).in_file(config);
        sink.push(diagnostic.help(format!("write them into `[words]` of i18n/{}.toml", language.code)));
    }
    // The theme's first.
    for (source, table) in words.iter().rev() {
        language.locale = lay_words(&language.locale, source, table, sink);
    }
}

/// Adds the texts of a table that are not there yet; a text in an inner table gets both names: `nav.home`, `items.one`.
fn add_nested(source: &SourceText, table: &Table, prefix: &str, strings: &mut BTreeMap<String, String>, sink: &Sink) {
    for entry in table.entries() {
        let key = format!("{prefix}{}", entry.key);
        match &entry.node.value {
            Data::Table(_) if key == WORDS => {}
            Data::Table(inner) => add_nested(source, inner, &format!("{key}."), strings, sink),
            _ => add(source, key, &entry.node, strings, sink),
        }
    }
}

/// Adds the texts of a flat table that are not there yet.
pub(super) fn add_strings(source: &SourceText, table: &Table, strings: &mut BTreeMap<String, String>, sink: &Sink) {
    for entry in table.entries() {
        add(source, entry.key.to_string(), &entry.node, strings, sink);
    }
}

fn add(source: &SourceText, key: String, node: &Node, strings: &mut BTreeMap<String, String>, sink: &Sink) {
    match &node.value {
        Data::Text(text) => {
            strings.entry(key).or_insert_with(|| text.clone());
        }
        other => {
            let message = format!("the text `{key}` should be in quotes, but it is {}", other.describe());
            sink.push(Diagnostic::error("wrong-type", message).at(source, node.span).help("write `key = \"text\"`"));
        }
    }
}
