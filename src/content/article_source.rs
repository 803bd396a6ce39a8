use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::data::{Data, Fields, Node, Table};
use crate::diagnostic::{Diagnostic, Sink};
use crate::locale::parse_date;
use crate::text::{Lang, SourceText};

/// Where an article's numbers are from: `[extra] source`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ArticleSource {
    /// Who published it.
    pub name: String,
    /// What that is called in languages that have a name of their own for it.
    pub names: BTreeMap<Lang, String>,
    /// Where.
    pub url: Option<String>,
    /// When.
    pub published: Option<Date>,
}

impl ArticleSource {
    /// Who published it, in a language.
    pub fn name_in(&self, lang: &Lang) -> &str {
        self.names.get(lang).unwrap_or(&self.name)
    }

    /// Reads `[extra.source]`.
    pub(super) fn read(source: &SourceText, table: &Table, sink: &Sink) -> Option<Self> {
        let mut fields = Fields::new(source, table, sink);
        let named = fields.node("name").and_then(|node| names(&fields, node, source, sink));
        let url = fields.text_at("url").and_then(|(url, span)| {
            let web = url.starts_with("https://") || url.starts_with("http://");
            if !web {
                let diagnostic = Diagnostic::error("bad-source", format!("`{url}` is not a web address")).at(source, span);
                sink.push(diagnostic.help("write an address that starts with `https://`, or leave the key out"));
            }
            web.then(|| url.to_owned())
        });
        let published = fields.literal_at("published").and_then(|(text, span)| {
            let date = parse_date(text);
            if date.is_none() {
                let diagnostic = Diagnostic::error("bad-date", format!("`{text}` is not a date")).at(source, span);
                sink.push(diagnostic.help("write the date as `\"2017-01-12\"`"));
            }
            date
        });
        fields.deny_unknown("unknown-source-key");
        let (name, names) = named?;
        Some(Self { name, names, url, published })
    }
}

/// A name for all languages, or one for each of several: then the first stands for the languages that have none.
fn names(fields: &Fields<'_>, node: &Node, source: &SourceText, sink: &Sink) -> Option<(String, BTreeMap<Lang, String>)> {
    let mut names = BTreeMap::new();
    let mut first = None;
    match &node.value {
        Data::Text(name) => first = Some(name.clone()),
        Data::Table(table) => {
            for entry in table.entries() {
                let Data::Text(name) = &entry.node.value else {
                    fields.wrong("name", &entry.node, "text in quotes");
                    continue;
                };
                if !Lang::is_well_formed(&entry.key) {
                    let message = format!("`{}` is not the code of a language", entry.key);
                    let diagnostic = Diagnostic::error("unknown-language", message).at(source, entry.key_span);
                    sink.push(diagnostic.help("name the language as the config does, such as `vi` or `en`"));
                    continue;
                }
                first.get_or_insert_with(|| name.clone());
                names.insert(Lang::new(&entry.key), name.clone());
            }
        }
        _ => fields.wrong("name", node, "text in quotes, or a table of names such as { vi = \"…\", en = \"…\" }"),
    }
    Some((first?, names))
}
