//! An index for Fuse and its like: a list of documents, with Zola's keys.

use serde_json::{Map, Value};

use super::Document;
use crate::config::Search;

/// The index as JSON.
pub(super) fn index(documents: &[Document], search: &Search) -> String {
    let item = |document: &Document| {
        let mut item = Map::new();
        let fields = [
            (true, "url", document.url.clone()),
            (search.include_title, "title", document.title.clone()),
            (search.include_description, "description", document.description.clone()),
            (search.include_date, "date", document.date.clone()),
            (search.include_path, "path", document.path.clone()),
            (search.include_content, "body", document.shown_body()),
        ];
        for (_, key, text) in fields.into_iter().filter(|(wanted, _, text)| *wanted && !text.is_empty()) {
            item.insert(key.to_owned(), Value::String(text));
        }
        Value::Object(item)
    };
    Value::Array(documents.iter().map(item).collect()).to_string()
}
