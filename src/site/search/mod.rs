//! The search index of each language, with Zola's names and formats.
//!
//! Every page and section that is in the plan is indexed once, orphans too, unless its front matter says otherwise.

mod elasticlunr;
mod fuse;
mod pieces;
pub(super) mod plain_text;
mod stem;
mod words;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use tera::Value;

use super::plan::{Job, Plan, Planned};
use crate::config::{IndexFormat, Language, Search};
use crate::content::{Library, LinkTarget};
use crate::template::{Site, Values, same};
use crate::text::{Lang, SitePath};

/// elasticlunr.js (MIT) as its authors built it in 2017, after 0.9.5: what a search finds carries its document as `doc`,
/// which the search pages of Zola sites show.
const ELASTICLUNR: &str = include_str!("vendor/elasticlunr.min.js");

/// Files of search indexes, in order, by their index: one thread makes all files of one, so that none waits for another.
pub(super) fn by_index(files: Vec<(SitePath, Arc<Planned>)>) -> Vec<Vec<(SitePath, Arc<Planned>)>> {
    let of_one = |a: &Planned, b: &Planned| matches!((&a.job, &b.job), (Job::Search(a), Job::Search(b)) if Arc::ptr_eq(a, b));
    let mut indexes: Vec<Vec<(SitePath, Arc<Planned>)>> = Vec::new();
    for file in files {
        match indexes.last_mut().filter(|files| files.last().is_some_and(|(_, last)| of_one(last, &file.1))) {
            Some(files) => files.push(file),
            None => indexes.push(vec![file]),
        }
    }
    indexes
}

/// A page or section as a search finds it; what it does not have is empty.
struct Document {
    url: String,
    path: String,
    title: String,
    description: String,
    date: String,
    /// Plain text.
    body: String,
}

impl Document {
    /// The text as HTML, since search pages put it into the page as it is.
    fn shown_body(&self) -> String {
        html_escape::encode_text(&self.body).into_owned()
    }
}

/// The search index of a language. It is made when it is first asked for.
#[derive(Debug)]
pub struct SearchIndex {
    lang: Lang,
    kind: Kind,
    documents: Vec<LinkTarget>,
    /// Its files, and the texts that they were made of.
    made: OnceLock<(Files, Vec<Value>)>,
}

type Files = BTreeMap<SitePath, Arc<[u8]>>;

/// For whom an index is.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Kind {
    /// For the search pages of Zola sites: one file.
    Zola(SitePath),
    /// For the search page of a portal: many pieces.
    Pieces,
}

impl SearchIndex {
    fn new(language: &Language, kind: Kind, documents: Vec<LinkTarget>) -> Self {
        Self { lang: language.code.clone(), kind, documents, made: OnceLock::new() }
    }

    /// The bytes of one of its files.
    pub fn bytes(&self, path: &SitePath, site: &Site, values: &Values) -> Arc<[u8]> {
        // No other thread may help: one that waits for help could be given a page to render that waits for this.
        let (files, _) = self.made.get_or_init(|| {
            let language = site.config.language(&self.lang);
            let files = language.map(|language| self.files(language, site, values));
            (files.unwrap_or_default(), self.texts(values))
        });
        files.get(path).map_or_else(|| Arc::from([]), Arc::clone)
    }

    fn files(&self, language: &Language, site: &Site, values: &Values) -> Files {
        match (&self.kind, &language.search) {
            (Kind::Pieces, _) => pieces::files(site, values, language, &self.documents),
            (Kind::Zola(path), Some(search)) => {
                let documents = self.documents.iter().filter_map(|target| document(*target, site, search, values));
                let text = file(language, &documents.collect::<Vec<_>>(), search);
                Files::from([(path.clone(), Arc::from(text.into_bytes()))])
            }
            (Kind::Zola(_), None) => Files::new(),
        }
    }

    /// Where its files are.
    fn paths(&self) -> Vec<SitePath> {
        match &self.kind {
            Kind::Zola(path) => vec![path.clone()],
            Kind::Pieces => pieces::paths(&self.lang, self.documents.len()),
        }
    }

    /// Whether the one of a build before, with the same front matter, is the same.
    fn stands(&self, before: &Self, values: &Values) -> bool {
        let same_texts = |(_, texts): &(_, Vec<Value>)| texts.iter().zip(&self.texts(values)).all(|(was, is)| same(was, is));
        self.kind == before.kind && self.documents == before.documents && before.made.get().is_some_and(same_texts)
    }

    fn texts(&self, values: &Values) -> Vec<Value> {
        self.documents.iter().map(|target| values.text(*target).cloned().unwrap_or_else(Value::none)).collect()
    }
}

/// The search indexes of a site by the paths of their files.
pub type SearchIndexes = BTreeMap<SitePath, Arc<SearchIndex>>;

/// Adds the search indexes of every language that has one to a plan. A static file of the same name stays. Those of the build
/// before are taken, where all front matter is as it was then and all texts are.
pub fn plan_search(plan: &mut Plan, site: &Site, values: &Values, before: Option<&SearchIndexes>) -> SearchIndexes {
    let mut indexes = SearchIndexes::new();
    let mut script = None;
    let mut add = |index: SearchIndex| {
        let paths = index.paths();
        let before = paths.first().and_then(|path| before?.get(path)).filter(|before| index.stands(before, values));
        let index = before.map_or_else(|| Arc::new(index), Arc::clone);
        indexes.extend(paths.into_iter().map(|path| (path, Arc::clone(&index))));
    };
    for language in &site.config.languages {
        let documents = || plan.values().filter_map(|planned| listed(planned, &site.library, language));
        if let Some(search) = &language.search {
            let path = SitePath::new(&format!("search_index.{}.{}", language.code, search.index_format.extension()));
            add(SearchIndex::new(language, Kind::Zola(path), documents().collect()));
            if matches!(search.index_format, IndexFormat::ElasticlunrJavascript | IndexFormat::ElasticlunrJson) {
                script = Some((SitePath::new("elasticlunr.min.js"), Job::Bytes(Arc::from(ELASTICLUNR.as_bytes()))));
            }
        }
        if site.config.tinso.search {
            add(SearchIndex::new(language, Kind::Pieces, pieces::ordered(documents(), &site.library)));
        }
    }
    let jobs = indexes.iter().map(|(path, index)| (path.clone(), Job::Search(Arc::clone(index)))).chain(script);
    for (path, job) in jobs {
        let permalink = site.config.permalink(&format!("/{path}"));
        let origin = "the search index".to_owned();
        let planned = Planned { job, permalink, origin, place: None, translations: Arc::default(), elsewhere: Arc::default() };
        plan.entry(path).or_insert_with(|| Arc::new(planned));
    }
    indexes
}

fn file(language: &Language, documents: &[Document], search: &Search) -> String {
    let script = |json: String| format!("window.searchIndex = {json};");
    match search.index_format {
        IndexFormat::ElasticlunrJavascript => script(elasticlunr::index(&language.code, documents, search)),
        IndexFormat::ElasticlunrJson => elasticlunr::index(&language.code, documents, search),
        IndexFormat::FuseJavascript => script(fuse::index(documents, search)),
        IndexFormat::FuseJson => fuse::index(documents, search),
    }
}

/// The page or section of an output, if a search in a language finds it.
fn listed(planned: &Planned, library: &Library, language: &Language) -> Option<LinkTarget> {
    match planned.job {
        Job::Page(id) => {
            let page = library.pages.get(id).filter(|page| page.file.lang == language.code && page.front.in_search_index)?;
            let section = page.section.and_then(|id| library.sections.get(id));
            section.is_none_or(|section| section.front.in_search_index).then_some(LinkTarget::Page(id))
        }
        Job::Section(id, ref pager) if pager.as_ref().is_none_or(|pager| pager.number == 1) => {
            let section = library.sections.get(id)?;
            let wanted = section.file.lang == language.code && section.front.in_search_index;
            wanted.then_some(LinkTarget::Section(id))
        }
        _ => None,
    }
}

fn document(target: LinkTarget, site: &Site, search: &Search, values: &Values) -> Option<Document> {
    let body = body(values.text(target).and_then(Value::as_str), search);
    Some(match target {
        LinkTarget::Page(id) => {
            let page = site.library.pages.get(id)?;
            Document {
                url: page.permalink.clone(),
                path: page.path.clone(),
                title: page.front.title.clone().unwrap_or_default(),
                description: page.front.description.clone().unwrap_or_default(),
                date: page.front.date.as_ref().map(|date| date.text.clone()).unwrap_or_default(),
                body,
            }
        }
        LinkTarget::Section(id) => {
            let section = site.library.sections.get(id)?;
            Document {
                url: section.permalink.clone(),
                path: section.path.clone(),
                title: section.front.title.clone().unwrap_or_default(),
                description: section.front.description.clone().unwrap_or_default(),
                date: String::new(),
                body,
            }
        }
    })
}

fn body(html: Option<&str>, search: &Search) -> String {
    let Some(html) = html.filter(|_| search.include_content) else { return String::new() };
    let mut text = plain_text::plain_text(html);
    if let Some((end, _)) = search.truncate_content_length.and_then(|length| text.char_indices().nth(length)) {
        text.truncate(end);
    }
    text
}

/// A text as JSON.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
