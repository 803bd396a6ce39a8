use std::ops::Deref;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{ContentFile, Extra};
use crate::config::AnchorLinks;
use crate::data::{Data, Fields, Table};
use crate::diagnostic::Sink;
use crate::text::{SitePath, SourceText, Span};

/// What the file of a section says, whatever else is in the site.
#[derive(Debug)]
pub struct SectionFile {
    /// The whole file; empty for a home page made up where the site has none.
    pub source: SourceText,
    /// Where its Markdown is.
    pub body: Span,
    /// What stands above it; a file is read as if these fields were its own.
    pub head: Arc<SectionHead>,
}

/// What the name and the front matter of a section's file say.
#[derive(Debug, Serialize, Deserialize)]
pub struct SectionHead {
    /// What its name says.
    pub file: ContentFile,
    /// Its front matter.
    pub front: SectionFront,
}

impl Deref for SectionFile {
    type Target = SectionHead;

    fn deref(&self) -> &SectionHead {
        &self.head
    }
}

/// A section: a folder of pages with its `_index.md`, in one language, and its place in the site.
#[derive(Clone, Debug)]
pub struct Section {
    /// What its file says; a section is read as if these fields were its own.
    pub own: Arc<SectionFile>,
    /// The sections that it is in, the home page's first.
    pub ancestors: Vec<usize>,
    /// Its address below the site's.
    pub path: String,
    /// Its full address.
    pub permalink: String,
    /// The files beside its `_index.md` that belong to no page.
    pub assets: Vec<SitePath>,
    /// Its pages in their order, with those of transparent sections below it.
    pub pages: Vec<usize>,
    /// The sections right below it.
    pub subsections: Vec<usize>,
    /// Every language version of it, itself included, in the order of the site's languages.
    pub translations: Vec<usize>,
}

impl Deref for Section {
    type Target = SectionFile;

    fn deref(&self) -> &SectionFile {
        &self.own
    }
}

impl Section {
    /// A section not yet linked.
    pub(super) fn new(own: Arc<SectionFile>) -> Self {
        let (ancestors, assets, pages) = (Vec::new(), Vec::new(), Vec::new());
        let (path, permalink, subsections, translations) = (String::new(), String::new(), Vec::new(), Vec::new());
        Self { own, ancestors, path, permalink, assets, pages, subsections, translations }
    }

    /// Whether it is a home page.
    pub fn is_home(&self) -> bool {
        self.file.folder.is_empty()
    }
}

/// The order of a section's pages.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub enum SortBy {
    /// No order asked for: by address.
    #[default]
    None,
    /// Newest first.
    Date,
    /// Last changed first.
    UpdateDate,
    /// By title in the language's alphabet.
    Title,
    /// By the bytes of the title.
    TitleBytes,
    /// Lightest first.
    Weight,
    /// By slug.
    Slug,
    /// By address.
    Permalink,
}

impl SortBy {
    const WORDS: [(&'static str, Self); 8] = [
        ("none", Self::None),
        ("date", Self::Date),
        ("update_date", Self::UpdateDate),
        ("title", Self::Title),
        ("title_bytes", Self::TitleBytes),
        ("weight", Self::Weight),
        ("slug", Self::Slug),
        ("permalink", Self::Permalink),
    ];
}

/// A section's front matter; names and meanings are Zola's.
#[derive(Clone, Default, Debug, Serialize, Deserialize)]
pub struct SectionFront {
    /// Its title.
    pub title: Option<String>,
    /// One sentence about it.
    pub description: Option<String>,
    /// The order of its pages.
    pub sort_by: SortBy,
    /// Its place among its siblings.
    pub weight: usize,
    /// Whether it and all below it are built only on demand.
    pub draft: bool,
    /// Whether a search finds it and its pages.
    pub in_search_index: bool,
    /// Its template, with the place where it is named.
    pub template: Option<(String, Span)>,
    /// The template of the pages below it, with the place where it is named.
    pub page_template: Option<(String, Span)>,
    /// Pages on one page of its pager; all when `None`.
    pub paginate_by: Option<usize>,
    /// The word before the pager's number.
    pub paginate_path: String,
    /// Whether the pager starts with the last pages.
    pub paginate_reversed: bool,
    /// Whether it has a page of its own.
    pub render: bool,
    /// Where its address leads instead: a content file, a path or a web address.
    pub redirect_to: Option<(String, Span)>,
    /// Whether its pages stand in the section above it, too.
    pub transparent: bool,
    /// Whether it has feeds of its own.
    pub generate_feeds: bool,
    /// Where headings of it and of its own pages get a link to themselves, instead of the site's choice.
    pub insert_anchor_links: Option<AnchorLinks>,
    /// Addresses that lead to it.
    pub aliases: Vec<String>,
    /// Everything that the site or tinso adds.
    #[serde(skip)]
    pub extra: Extra,
}

/// Keys that older Zolas took in a section and did nothing with.
const OLD_KEYS: [(&str, &str); 8] = [
    ("date", "a section has no date: remove it, or move it to `[extra]`"),
    ("updated", "a section has no date: remove it, or move it to `[extra]`"),
    ("path", "a section's address is its folder: rename the folder"),
    ("slug", "a section's address is its folder: rename the folder"),
    ("layout", "name the template with `template`"),
    ("sort_direction", "newest come first by `sort_by = \"date\"`; turn a pager around with `paginate_reversed`"),
    ("order", "write `weight`"),
    ("taxonomies", "a section has no terms: move them to its pages"),
];

impl SectionFront {
    /// Reads a section's front matter. Unknown keys are errors, as in Zola. `[extra]` is taken out of the table.
    pub fn read(source: &SourceText, table: &mut Table, sink: &Sink) -> Self {
        let mut fields = Fields::new(source, table, sink);
        let old_feed = fields.old("generate_feed", "generate_feeds", "rename the key; it means the same");
        for (key, help) in OLD_KEYS {
            fields.old(key, "", help);
        }
        let mut named = |key| fields.text_at(key).map(|(name, span)| (name.to_owned(), span));
        let (template, page_template, redirect_to) = (named("template"), named("page_template"), named("redirect_to"));
        let mut front = Self {
            title: fields.text("title").map(str::to_owned),
            description: fields.text("description").map(str::to_owned),
            sort_by: fields.choice("sort_by", &SortBy::WORDS).unwrap_or_default(),
            weight: fields.count("weight").unwrap_or(0),
            draft: fields.bool("draft").unwrap_or(false),
            in_search_index: fields.bool("in_search_index").unwrap_or(true),
            template,
            page_template,
            paginate_by: fields.count("paginate_by").filter(|by| *by > 0),
            paginate_path: fields.text("paginate_path").unwrap_or("page").to_owned(),
            paginate_reversed: fields.bool("paginate_reversed").unwrap_or(false),
            render: fields.bool("render").unwrap_or(true),
            redirect_to,
            transparent: fields.bool("transparent").unwrap_or(false),
            generate_feeds: fields
                .bool("generate_feeds")
                .unwrap_or_else(|| old_feed.is_some_and(|node| node.value == Data::Bool(true))),
            insert_anchor_links: fields.choice("insert_anchor_links", &AnchorLinks::WORDS),
            aliases: fields.words("aliases").unwrap_or_default(),
            extra: Extra::default(),
        };
        fields.table("extra");
        fields.deny_unknown("unknown-section-key");
        front.extra = table.take_table("extra").into();
        front
    }
}
