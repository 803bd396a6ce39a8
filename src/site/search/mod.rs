//! The search index of each language, with Zola's names and formats.
//!
//! Every page and section that is in the plan is indexed once, orphans too, unless its front matter says otherwise.

mod elasticlunr;
mod fuse;
pub(super) mod plain_text;
mod stem;
mod words;

use std::sync::Arc;

use rayon::prelude::*;

use super::plan::{Job, Plan, Planned};
use crate::config::{IndexFormat, Language, Search};
use crate::template::{Site, Values};
use crate::text::SitePath;

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

/// Adds the search index of every language that has one to a plan. A static file of the same name stays.
pub fn plan_search(plan: &mut Plan, site: &Site, values: &Values) {
    let searched: Vec<(&Language, &Search)> =
        site.config.languages.iter().filter_map(|language| Some((language, language.search.as_ref()?))).collect();
    let indexed = &*plan;
    let mut files: Vec<(String, String)> = searched
        .par_iter()
        .map(|(language, search)| {
            let documents = documents(indexed, site, language, search, values);
            let name = format!("search_index.{}.{}", language.code, search.index_format.extension());
            (name, file(language, &documents, search))
        })
        .collect();
    let elasticlunr =
        |search: &Search| matches!(search.index_format, IndexFormat::ElasticlunrJavascript | IndexFormat::ElasticlunrJson);
    if searched.iter().any(|(_, search)| elasticlunr(search)) {
        files.push(("elasticlunr.min.js".to_owned(), ELASTICLUNR.to_owned()));
    }
    for (name, text) in files {
        plan.entry(SitePath::new(&name)).or_insert_with(|| {
            Arc::new(Planned {
                job: Job::Bytes(Arc::from(text.into_bytes())),
                permalink: site.config.permalink(&format!("/{name}")),
                origin: "the search index".to_owned(),
                place: None,
                translations: Arc::default(),
            })
        });
    }
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

/// What is found in a language, in the order of addresses.
fn documents(plan: &Plan, site: &Site, language: &Language, search: &Search, values: &Values) -> Vec<Document> {
    let library = &site.library;
    let document = |planned: &Arc<Planned>| match planned.job {
        Job::Page(id) => {
            let page = library.pages.get(id).filter(|page| page.file.lang == language.code && page.front.in_search_index)?;
            let hidden =
                page.section.and_then(|id| library.sections.get(id)).is_some_and(|section| !section.front.in_search_index);
            (!hidden).then(|| Document {
                url: page.permalink.clone(),
                path: page.path.clone(),
                title: page.front.title.clone().unwrap_or_default(),
                description: page.front.description.clone().unwrap_or_default(),
                date: page.front.date.as_ref().map(|date| date.text.clone()).unwrap_or_default(),
                body: body(values.page_html(id), search),
            })
        }
        Job::Section(id, ref pager) if pager.as_ref().is_none_or(|pager| pager.number == 1) => {
            let section = library.sections.get(id)?;
            let wanted = section.file.lang == language.code && section.front.in_search_index;
            wanted.then(|| Document {
                url: section.permalink.clone(),
                path: section.path.clone(),
                title: section.front.title.clone().unwrap_or_default(),
                description: section.front.description.clone().unwrap_or_default(),
                date: String::new(),
                body: body(values.section_html(id), search),
            })
        }
        _ => None,
    };
    plan.values().collect::<Vec<_>>().into_par_iter().filter_map(document).collect()
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
