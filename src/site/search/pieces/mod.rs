//! The search index of a portal, cut in pieces so that a search in a hundred thousand pages fetches a few of them.
//!
//! In a folder for each language: `index.json` says how words and numbers are read, which filters there are, and how many
//! pieces; `words/` has the documents of each word, `pages/` what results show of each document. A theme's script finds the
//! pieces that it needs by the words alone, so no list of all words is ever fetched.

mod document;
mod postings;
mod reader;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value, json};
use xxhash_rust::xxh3::Xxh3Default;

use crate::config::Language;
use crate::content::{Library, LinkTarget};
use crate::template::{Site, Values};
use crate::text::{Lang, SitePath};

use document::{Documents, Shown};
use postings::{Part, Postings};
use reader::{Reader, marks};

/// How many documents one file of results has.
const TOGETHER: usize = 16;

/// Every file of a language's index, by how many documents there are: known before any of them is made.
pub(super) fn paths(lang: &Lang, documents: usize) -> Vec<SitePath> {
    let words = (0..postings::count(documents)).map(|number| words_path(lang, number));
    let pages = (0..documents.div_ceil(TOGETHER)).map(|number| pages_path(lang, number));
    std::iter::once(path(lang, "index.json")).chain(words).chain(pages).collect()
}

fn path(lang: &Lang, name: &str) -> SitePath {
    SitePath::new(&format!("search-index/{lang}/{name}"))
}

fn words_path(lang: &Lang, number: usize) -> SitePath {
    path(lang, &format!("words/{number:x}.bin"))
}

fn pages_path(lang: &Lang, number: usize) -> SitePath {
    path(lang, &format!("pages/{number}.json"))
}

/// Documents in the order of their numbers: oldest first, so that what is new changes few pieces. A home page is no result,
/// nor is a section without a name.
pub(super) fn ordered(documents: impl Iterator<Item = LinkTarget>, library: &Library) -> Vec<LinkTarget> {
    let named = |target: &LinkTarget| match target {
        LinkTarget::Page(_) => true,
        LinkTarget::Section(id) => {
            library.sections.get(*id).is_some_and(|section| !section.is_home() && section.front.title.is_some())
        }
    };
    let mut documents: Vec<LinkTarget> = documents.filter(named).collect();
    documents.sort_by_cached_key(|target| match target {
        LinkTarget::Page(id) => {
            library.pages.get(*id).map(|page| (page.front.date.as_ref().map(|date| date.moment), page.path.clone()))
        }
        LinkTarget::Section(id) => library.sections.get(*id).map(|section| (None, section.path.clone())),
    });
    documents
}

/// Makes a language's index of its documents.
pub(super) fn files(site: &Site, values: &Values, language: &Language, targets: &[LinkTarget]) -> BTreeMap<SitePath, Arc<[u8]>> {
    let lang = &language.code;
    let (reader, documents) = (Reader::new(lang, &language.locale), Documents::new(site, values, language));
    let mut postings = Postings::default();
    let mut filters = Filters::new();
    let mut files = BTreeMap::new();
    for (number, targets) in targets.chunks(TOGETHER).enumerate() {
        let mut shown: Vec<Option<Shown>> = Vec::with_capacity(TOGETHER);
        for (target, at) in targets.iter().zip((number * TOGETHER) as u32..) {
            let Some(document) = documents.read(*target) else {
                shown.push(None);
                continue;
            };
            let parts =
                [(Part::Title, &*document.shown.title), (Part::Summary, &*document.shown.summary), (Part::Text, &*document.text)];
            postings.add(at, &parts, &noted(&mut filters, document.filters), &reader);
            shown.push(Some(document.shown));
        }
        files.insert(pages_path(lang, number), bytes(&shown));
    }
    for (number, words) in postings.files(postings::count(targets.len())).into_iter().enumerate() {
        files.insert(words_path(lang, number), Arc::from(words));
    }
    let mut print = Xxh3Default::new();
    files.values().for_each(|file| print.update(file));
    let own = site.config.languages.iter().filter(|other| other.code != *lang);
    let languages: Vec<&Language> = std::iter::once(language).chain(own).collect();
    let mut numbers: Vec<(char, char)> = languages.iter().map(|language| marks(&language.locale)).collect();
    let (decimal, group) = marks(&language.locale);
    numbers.push((group, decimal));
    let index = json!({
        "print": format!("{:016x}", print.digest()),
        "documents": targets.len(),
        "pages": TOGETHER,
        "words": postings::count(targets.len()),
        "spelling": reader.spelling(),
        "numbers": numbers.iter().map(|(decimal, group)| json!([decimal.to_string(), group.to_string()])).collect::<Vec<_>>(),
        "scales": scales(&reader, &languages),
        "filters": filters.into_iter().map(|(name, values)| (name, listed(values))).collect::<Map<_, _>>(),
    });
    files.insert(path(lang, "index.json"), bytes(&index));
    files
}

/// The words for powers of ten in every language of the site: somebody may type a number as another language writes it.
fn scales(reader: &Reader, languages: &[&Language]) -> BTreeMap<String, u32> {
    let words = languages.iter().flat_map(|language| reader.scale_words(&language.locale));
    words.map(|(words, power)| (words.join(" "), power)).collect()
}

/// What each filter may ask for: values with their words and how many documents have them.
type Filters = BTreeMap<String, BTreeMap<String, (String, usize)>>;

/// Notes what a document has of each filter, and gives it as marks.
fn noted(filters: &mut Filters, mut all: Vec<(String, String, String)>) -> Vec<String> {
    all.sort();
    all.dedup_by(|a, b| a.0 == b.0 && a.1 == b.1);
    let mut marks = Vec::with_capacity(all.len());
    for (name, value, words) in all {
        marks.push(format!("{name}:{value}"));
        filters.entry(name).or_default().entry(value).or_insert((words, 0)).1 += 1;
    }
    marks
}

fn listed(values: BTreeMap<String, (String, usize)>) -> Value {
    let values = values.into_iter().map(|(value, (words, count))| json!({ "value": value, "words": words, "count": count }));
    Value::Array(values.collect())
}

fn bytes(value: &impl serde::Serialize) -> Arc<[u8]> {
    Arc::from(serde_json::to_vec(value).unwrap_or_default())
}
