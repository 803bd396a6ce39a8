//! An index in the format of elasticlunr.js 0.9.5: the documents, and for each field a tree of its words, letter by letter.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rayon::prelude::*;

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
    let (lengths, trees): (Vec<Vec<usize>>, Vec<String>) = fields
        .par_iter()
        .map(|field| {
            let found = Found::of(documents, field, pipeline);
            (found.lengths, format!("{}:{{\"root\":{}}}", quoted(field.name), tree(&found.words, &refs)))
        })
        .unzip();

    let stored = documents.iter().zip(&refs).map(|(document, id)| {
        let fields = fields.iter().map(|field| format!(",{}:{}", quoted(field.name), quoted(&(field.shown)(document))));
        format!("{id}:{{\"id\":{id}{}}}", fields.collect::<String>())
    });
    let counted = refs.iter().enumerate().map(|(number, id)| {
        let length = |lengths: &Vec<usize>| lengths.get(number).copied().unwrap_or_default();
        let lengths = fields.iter().zip(&lengths).map(|(field, lengths)| format!("{}:{}", quoted(field.name), length(lengths)));
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
    fn tokens<'a>(&self, document: &'a Document) -> Cow<'a, str> {
        let text = (self.text)(document);
        if self.name == "path" { Cow::Owned(text.replace('/', " ")) } else { Cow::Borrowed(text) }
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

/// What is found in one field of some documents.
#[derive(Default)]
struct Found {
    words: Words,
    /// The number of words of each document.
    lengths: Vec<usize>,
}

impl Found {
    fn of(documents: &[Document], field: &Field, pipeline: Pipeline) -> Self {
        let numbered = documents.par_iter().enumerate().with_min_len(64);
        let found = numbered.fold(Self::default, |mut found, (number, document)| {
            found.add(number, &field.tokens(document), pipeline);
            found
        });
        found.reduce(Self::default, Self::followed_by)
    }

    fn add(&mut self, document: usize, text: &str, pipeline: Pipeline) {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let mut length = 0;
        for forms in pipeline.words(text) {
            length += 1;
            for form in forms {
                *counts.entry(form).or_default() += 1;
            }
        }
        for (word, count) in counts {
            self.words.entry(word.encode_utf16().collect()).or_default().push((document, count));
        }
        self.lengths.push(length);
    }

    /// This with what is found in the documents after it.
    fn followed_by(mut self, next: Self) -> Self {
        if self.words.is_empty() {
            return Self { lengths: [self.lengths, next.lengths].concat(), words: next.words };
        }
        for (word, documents) in next.words {
            self.words.entry(word).or_default().extend(documents);
        }
        self.lengths.extend(next.lengths);
        self
    }
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
        json.push_str("\"docs\":{");
        let mut separator = "";
        for (document, count) in found {
            // elasticlunr weighs a word by the root of its count; the root of a whole number is the same everywhere.
            let weight = (*count as f64).sqrt();
            let id = refs.get(*document).map_or("", String::as_str);
            json.extend([separator, id, ":{\"tf\":", &weight.to_string(), "}"]);
            separator = ",";
        }
        json.push_str(&format!("}},\"df\":{}", found.len()));
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
