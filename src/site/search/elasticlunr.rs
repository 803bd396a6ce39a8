//! An index in the format of elasticlunr.js 0.9.5: the documents, and for each field a tree of its words, letter by letter.

use std::collections::BTreeMap;

use super::words::Pipeline;
use super::{Document, quoted};
use crate::config::Search;
use crate::text::Lang;

/// The version of elasticlunr.js whose format this is, the one beside the index.
const VERSION: &str = "0.9.5";

/// Which documents a word stands in, and how often: by the word's UTF-16 units, since these are JavaScript's letters.
type Words = BTreeMap<Vec<u16>, Vec<(usize, usize)>>;

/// The index as JSON.
pub(super) fn index(lang: &Lang, documents: &[Document], search: &Search) -> String {
    let pipeline = Pipeline::of(lang);
    let fields = fields(search);
    let refs: Vec<String> = documents.iter().map(|document| quoted(&document.url)).collect();
    let mut lengths: Vec<Vec<usize>> = vec![Vec::new(); documents.len()];
    let mut trees = Vec::new();
    for field in &fields {
        let mut words = Words::new();
        for (number, (document, lengths)) in documents.iter().zip(&mut lengths).enumerate() {
            lengths.push(add(&mut words, pipeline, number, field.tokens(document)));
        }
        trees.push(format!("{}:{{\"root\":{}}}", quoted(field.name), tree(&words, &refs)));
    }

    let stored = documents.iter().zip(&refs).map(|(document, id)| {
        let fields = fields.iter().map(|field| format!(",{}:{}", quoted(field.name), quoted(&(field.shown)(document))));
        format!("{id}:{{\"id\":{id}{}}}", fields.collect::<String>())
    });
    let counted = refs.iter().zip(&lengths).map(|(id, lengths)| {
        let lengths = fields.iter().zip(lengths).map(|(field, length)| format!("{}:{length}", quoted(field.name)));
        format!("{id}:{{{}}}", joined(lengths))
    });
    let names = fields.iter().map(|field| quoted(field.name));
    let functions = pipeline.functions().iter().map(|name| quoted(name));
    format!(
        "{{\"version\":\"{VERSION}\",\"lang\":{},\"ref\":\"id\",\"fields\":[{}],\"pipeline\":[{}],\"documentStore\":{{\"save\":true,\"docs\":{{{}}},\"docInfo\":{{{}}},\"length\":{}}},\"index\":{{{}}}}}",
        quoted(lang.as_str()),
        joined(names),
        joined(functions),
        joined(stored),
        joined(counted),
        documents.len(),
        joined(trees),
    )
}

/// A field of the documents.
struct Field {
    name: &'static str,
    /// What a search page shows of it.
    shown: fn(&Document) -> String,
    /// The text whose words are found.
    text: fn(&Document) -> &str,
}

impl Field {
    /// An address is found by its parts.
    fn tokens(&self, document: &Document) -> String {
        let text = (self.text)(document);
        if self.name == "path" { text.replace('/', " ") } else { text.to_owned() }
    }
}

fn fields(search: &Search) -> Vec<Field> {
    let all: [(bool, &'static str, fn(&Document) -> String, fn(&Document) -> &str); 5] = [
        (search.include_title, "title", |document| document.title.clone(), |document| &document.title),
        (search.include_description, "description", |document| document.description.clone(), |document| &document.description),
        (search.include_date, "date", |document| document.date.clone(), |document| &document.date),
        (search.include_path, "path", |document| document.path.clone(), |document| &document.path),
        (search.include_content, "body", Document::shown_body, |document| &document.body),
    ];
    all.into_iter().filter(|(wanted, ..)| *wanted).map(|(_, name, shown, text)| Field { name, shown, text }).collect()
}

/// Adds a document's words; gives their number.
fn add(words: &mut Words, pipeline: Pipeline, document: usize, text: String) -> usize {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut length = 0;
    for forms in pipeline.words(&text) {
        length += 1;
        for form in forms {
            *counts.entry(form).or_default() += 1;
        }
    }
    for (word, count) in counts {
        words.entry(word.encode_utf16().collect()).or_default().push((document, count));
    }
    length
}

/// The tree of the words: since they come in order, a node is written before all below it, and each once.
fn tree(words: &Words, refs: &[String]) -> String {
    const EMPTY: &str = "\"docs\":{},\"df\":0";
    let mut json = format!("{{{EMPTY}");
    let mut path: &[u16] = &[];
    for (word, found) in words {
        let shared = path.iter().zip(word).take_while(|(a, b)| a == b).count();
        json.extend(std::iter::repeat_n('}', path.len() - shared));
        for (at, unit) in word.iter().enumerate().skip(shared) {
            json.push_str(&format!(",{}:{{", key(*unit)));
            if at + 1 < word.len() {
                json.push_str(EMPTY);
            }
        }
        let docs = found.iter().filter_map(|(document, count)| {
            // elasticlunr weighs a word by the root of its count; the root of a whole number is the same everywhere.
            let weight = (*count as f64).sqrt();
            Some(format!("{}:{{\"tf\":{weight}}}", refs.get(*document)?))
        });
        json.push_str(&format!("\"docs\":{{{}}},\"df\":{}", joined(docs), found.len()));
        path = word;
    }
    json.extend(std::iter::repeat_n('}', path.len() + 1));
    json
}

/// A UTF-16 unit as a JSON key; half of a pair is no character of its own.
fn key(unit: u16) -> String {
    char::from_u32(u32::from(unit)).map_or_else(|| format!("\"\\u{unit:04x}\""), |c| quoted(&c.to_string()))
}

fn joined(parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().collect::<Vec<_>>().join(",")
}
