use std::ops::Deref;
use std::sync::Arc;

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use super::{ArticleSource, ContentFile, Extra, Schedule};
use crate::data::{Data, Fields, Node, Table};
use crate::diagnostic::{Diagnostic, Sink};
use crate::locale::{parse_date, parse_date_time};
use crate::text::{SitePath, SourceText, Span};

/// What the file of a page says, whatever else is in the site.
#[derive(Debug)]
pub struct PageFile {
    /// The whole file.
    pub source: SourceText,
    /// Where its Markdown is.
    pub body: Span,
    /// What stands above it; a file is read as if these fields were its own.
    pub head: Arc<PageHead>,
}

/// What the name and the front matter of a page's file say.
#[derive(Debug, Serialize, Deserialize)]
pub struct PageHead {
    /// What its name says.
    pub file: ContentFile,
    /// Its front matter.
    pub front: PageFront,
    /// Its own part of its address.
    pub slug: String,
}

impl Deref for PageFile {
    type Target = PageHead;

    fn deref(&self) -> &PageHead {
        &self.head
    }
}

/// A page: one content file in one language, and its place in the site.
#[derive(Clone, Debug)]
pub struct Page {
    /// What its file says; a page is read as if these fields were its own.
    pub own: Arc<PageFile>,
    /// The section that it is in, an index in the library; none for an orphan.
    pub section: Option<usize>,
    /// The sections that it is in, the home page's first.
    pub ancestors: Vec<usize>,
    /// Its address below the site's: `/en/news/hue-2017/`.
    pub path: String,
    /// Its full address.
    pub permalink: String,
    /// The files beside an `index.md`.
    pub assets: Vec<SitePath>,
    /// Every language version of it, itself included, in the order of the site's languages.
    pub translations: Vec<usize>,
    /// Terms that follow from who wrote it and whom it cites, by taxonomy.
    pub derived: Vec<(Arc<str>, Vec<String>)>,
    /// The page before it in the order of its section: the next newer one when sorted by date.
    pub lower: Option<usize>,
    /// The page after it in the order of its section.
    pub higher: Option<usize>,
}

impl Deref for Page {
    type Target = PageFile;

    fn deref(&self) -> &PageFile {
        &self.own
    }
}

impl Page {
    /// A page not yet linked.
    pub(super) fn new(own: Arc<PageFile>) -> Self {
        let (path, permalink, ancestors) = (String::new(), String::new(), Vec::new());
        let (assets, translations, section) = (Vec::new(), Vec::new(), None);
        let (derived, lower, higher) = (Vec::new(), None, None);
        Self { own, section, ancestors, path, permalink, assets, translations, derived, lower, higher }
    }

    /// Its terms by taxonomy: those that it names, and those that follow from who wrote it and whom it cites.
    pub fn terms(&self) -> impl Iterator<Item = (&Arc<str>, Vec<&str>)> {
        let named = self.front.taxonomies.iter();
        let named = named.map(|(taxonomy, terms)| (taxonomy, terms.iter().map(|(term, _)| term.as_str()).collect()));
        let derived = self.derived.iter();
        named.chain(derived.map(|(taxonomy, terms)| (taxonomy, terms.iter().map(String::as_str).collect())))
    }

    /// The title, or the file's name where there is none.
    pub fn title(&self) -> &str {
        self.front.title.as_deref().unwrap_or(&self.file.stem)
    }
}

/// A date as typed, and the moment it means in UTC.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Stamp {
    /// As typed: `2017-01-11`, `2017-01-11T08:00:00+07:00`.
    pub text: String,
    /// For ordering.
    pub moment: DateTime,
}

impl Stamp {
    /// The date as the writer typed it, without its time.
    pub fn date(&self) -> Date {
        self.text.get(..10).and_then(parse_date).unwrap_or_else(|| self.moment.date())
    }
}

/// A page's front matter; names and meanings are Zola's.
#[derive(Clone, Default, Debug, Serialize, Deserialize)]
pub struct PageFront {
    /// Its title.
    pub title: Option<String>,
    /// One sentence about it.
    pub description: Option<String>,
    /// When it was published.
    pub date: Option<Stamp>,
    /// When it was last changed.
    pub updated: Option<Stamp>,
    /// Whether it is built only on demand.
    pub draft: bool,
    /// Whether it has an address at all; otherwise templates reach it by `get_page` only.
    pub render: bool,
    /// Whether a search finds it.
    pub in_search_index: bool,
    /// Its own part of its address, instead of the file's name.
    pub slug: Option<String>,
    /// Its whole address, instead of the one by section, language and slug.
    pub path: Option<String>,
    /// Addresses that lead to it.
    pub aliases: Vec<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Terms by taxonomy, in the order of their names, each with its place.
    pub taxonomies: Vec<(Arc<str>, Vec<(String, Span)>)>,
    /// Its place in a section sorted by weight.
    pub weight: Option<usize>,
    /// Its template, with the place where it is named.
    pub template: Option<(String, Span)>,
    /// Everything that the site or tinso adds.
    #[serde(skip)]
    pub extra: Extra,
    /// Where its numbers are from.
    pub source: Option<ArticleSource>,
    /// From when to when it is shown.
    pub schedule: Schedule,
}

impl PageFront {
    /// Reads a page's front matter. Keys that Zola does not know are left alone, as in Zola; what stands under `[extra]`
    /// is checked only in a site that says it is `ours`. `[extra]` is taken out of the table.
    pub fn read(source: &SourceText, table: &mut Table, ours: bool, sink: &Sink) -> Self {
        let mut fields = Fields::new(source, table, sink);
        let mut front = Self {
            title: fields.text("title").map(str::to_owned),
            description: fields.text("description").map(str::to_owned),
            date: stamp(&mut fields, "date", source, sink),
            updated: stamp(&mut fields, "updated", source, sink),
            draft: fields.bool("draft").unwrap_or(false),
            render: fields.bool("render").unwrap_or(true),
            in_search_index: fields.bool("in_search_index").unwrap_or(true),
            slug: non_empty(&mut fields, "slug", source, sink),
            path: non_empty(&mut fields, "path", source, sink),
            aliases: fields.words("aliases").unwrap_or_default(),
            authors: fields.words("authors").unwrap_or_default(),
            taxonomies: Vec::new(),
            weight: fields.count("weight"),
            template: fields.text_at("template").map(|(name, span)| (name.to_owned(), span)),
            extra: Extra::default(),
            source: None,
            schedule: Schedule::default(),
        };
        if let Some(taxonomies) = fields.table("taxonomies") {
            front.taxonomies.reserve_exact(taxonomies.entries().len());
            for entry in taxonomies.entries() {
                let terms = terms(&fields, &entry.key, &entry.node.value, entry.node.span, source, sink);
                front.taxonomies.push((Arc::clone(&entry.key), terms));
            }
            front.taxonomies.sort();
        }
        fields.table("extra");
        front.extra = table.take_table("extra").into();
        let unheard = Sink::new();
        let sink = if ours { sink } else { &unheard };
        let mut extra = Fields::new(source, &front.extra, sink);
        front.source = extra.table("source").and_then(|table| ArticleSource::read(source, table, sink));
        if ours {
            front.schedule = Schedule::read(&mut extra, source, sink);
        }
        front
    }
}

fn stamp(fields: &mut Fields<'_>, key: &'static str, source: &SourceText, sink: &Sink) -> Option<Stamp> {
    let node = fields.node(key)?;
    let text = match &node.value {
        Data::Date(text) | Data::Text(text) => text.as_str(),
        _ => "",
    };
    let moment = parse_date_time(text);
    if moment.is_none() {
        let diagnostic = Diagnostic::error("bad-date", format!("`{key}` is not a date")).at(source, node.span);
        sink.push(diagnostic.help(format!("write `{key} = 2017-01-12`, or with a time `{key} = 2017-01-12T08:00:00+07:00`")));
    }
    moment.map(|moment| Stamp { text: text.to_owned(), moment })
}

fn non_empty(fields: &mut Fields<'_>, key: &'static str, source: &SourceText, sink: &Sink) -> Option<String> {
    let (text, span) = fields.text_at(key)?;
    if text.trim_matches('/').is_empty() {
        let diagnostic = Diagnostic::error("empty-address", format!("`{key}` is empty")).at(source, span);
        sink.push(diagnostic.help("write a word, or remove the key"));
        return None;
    }
    Some(text.to_owned())
}

fn terms(fields: &Fields<'_>, key: &str, value: &Data, span: Span, source: &SourceText, sink: &Sink) -> Vec<(String, Span)> {
    let Data::List(items) = value else {
        let node = Node { span, value: value.clone() };
        fields.wrong(key, &node, "a list of texts, such as [\"a\", \"b\"]");
        return Vec::new();
    };
    let mut terms = Vec::with_capacity(items.len());
    for item in items {
        match &item.value {
            Data::Text(term) if !term.trim().is_empty() => terms.push((term.clone(), item.span)),
            Data::Text(_) => {
                let diagnostic = Diagnostic::error("empty-term", "a term is empty").at(source, item.span);
                sink.push(diagnostic.help("write a word, or remove it"));
            }
            _ => fields.wrong(key, item, "a list of texts, such as [\"a\", \"b\"]"),
        }
    }
    terms
}
