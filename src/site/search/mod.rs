//! The search index of each language, with Zola's names and formats.
//!
//! Every page and section that is in the plan is indexed once, orphans too, unless its front matter says otherwise.

mod elasticlunr;
mod fuse;
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
    documents: Vec<LinkTarget>,
    /// Its bytes, and the texts that they were made of.
    made: OnceLock<(Arc<[u8]>, Vec<Value>)>,
}

impl SearchIndex {
    /// Its bytes.
    pub fn bytes(&self, site: &Site, values: &Values) -> Arc<[u8]> {
        // No other thread may help: one that waits for help could be given a page to render that waits for this.
        let made = self.made.get_or_init(|| {
            let language = site.config.language(&self.lang);
            let text = language.and_then(|language| {
                let search = language.search.as_ref()?;
                let documents = self.documents.iter().filter_map(|target| document(*target, site, search, values));
                Some(file(language, &documents.collect::<Vec<_>>(), search))
            });
            (Arc::from(text.unwrap_or_default().into_bytes()), self.texts(values))
        });
        Arc::clone(&made.0)
    }

    /// Whether the one of a build before, with the same front matter, is the same.
    fn stands(&self, before: &Self, values: &Values) -> bool {
        let same_texts = |(_, texts): &(_, Vec<Value>)| texts.iter().zip(&self.texts(values)).all(|(was, is)| same(was, is));
        self.documents == before.documents && before.made.get().is_some_and(same_texts)
    }

    fn texts(&self, values: &Values) -> Vec<Value> {
        self.documents.iter().map(|target| values.text(*target).cloned().unwrap_or_else(Value::none)).collect()
    }
}

/// The search indexes of a site by their paths.
pub type SearchIndexes = BTreeMap<SitePath, Arc<SearchIndex>>;

/// Adds the search index of every language that has one to a plan. A static file of the same name stays. Those of the build
/// before are taken, where all front matter is as it was then and all texts are.
pub fn plan_search(plan: &mut Plan, site: &Site, values: &Values, before: Option<&SearchIndexes>) -> SearchIndexes {
    let mut indexes = SearchIndexes::new();
    let mut script = None;
    for language in &site.config.languages {
        let Some(search) = &language.search else { continue };
        let documents = plan.values().filter_map(|planned| listed(planned, &site.library, language)).collect();
        let path = SitePath::new(&format!("search_index.{}.{}", language.code, search.index_format.extension()));
        let index = SearchIndex { lang: language.code.clone(), documents, made: OnceLock::new() };
        let before = before.and_then(|before| before.get(&path)).filter(|before| index.stands(before, values));
        indexes.insert(path, before.map_or_else(|| Arc::new(index), Arc::clone));
        if matches!(search.index_format, IndexFormat::ElasticlunrJavascript | IndexFormat::ElasticlunrJson) {
            script = Some((SitePath::new("elasticlunr.min.js"), Job::Bytes(Arc::from(ELASTICLUNR.as_bytes()))));
        }
    }
    let jobs = indexes.iter().map(|(path, index)| (path.clone(), Job::Search(Arc::clone(index)))).chain(script);
    for (path, job) in jobs {
        let permalink = site.config.permalink(&format!("/{path}"));
        let origin = "the search index".to_owned();
        let planned = Planned { job, permalink, origin, place: None, translations: Arc::default() };
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
