use super::{Highlighter, LinkResolver, PictureSettings};
use crate::config::{AnchorLinks, Markdown};
use crate::diagnostic::Severity;
use crate::locale::Slugify;

/// How one page's Markdown is to be read, and who answers its questions.
#[derive(Clone, Copy)]
pub struct Settings<'a> {
    /// `[markdown]` of the config.
    pub markdown: &'a Markdown,
    /// How headings get their ids.
    pub anchors: Slugify,
    /// Where headings of this page get a link to themselves.
    pub insert_anchor_links: AnchorLinks,
    /// Whether a writer's HTML passes.
    pub raw_html: bool,
    /// How bad a broken link inside the site is.
    pub broken_links: Severity,
    /// The page's full address.
    pub permalink: &'a str,
    /// Whether its words are counted.
    pub counts_words: bool,
    /// What colours code, if anything does.
    pub highlighter: Option<&'a Highlighter>,
    /// Finds content files.
    pub links: &'a dyn LinkResolver,
    /// How pictures are shown, if not as they are.
    pub pictures: Option<PictureSettings<'a>>,
    /// Whether a writer is told of images without words.
    pub asks_for_alt: bool,
    /// Makes the small pieces of HTML that sites may shape.
    pub snippets: &'a dyn Snippets,
}

/// Small pieces of HTML inside content that a site may shape by a template.
pub trait Snippets {
    /// A heading's link to itself (`anchor-link.html`).
    fn anchor_link(&self, level: u8, id: &str) -> String;
    /// What ends a summary that stops in the middle of a block (`summary-cutoff.html`).
    fn summary_cutoff(&self, summary: &str) -> String;
}
