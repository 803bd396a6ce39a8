use std::sync::Arc;

use tera::Value;

use super::basics::{list, maybe, object, text};
use crate::markdown::{AnchorLink, Heading, Rendered, WrittenLink};

/// What the Markdown of a page or section became, its HTML as templates see it.
#[derive(Debug)]
pub struct Body {
    pub(super) content: Value,
    pub(super) summary: Value,
    headings: Vec<Heading>,
    pub(super) word_count: usize,
    pub(super) character_count: usize,
    /// Every id that a link may lead to.
    pub anchors: Box<[String]>,
    /// Links to places in pages of the site.
    pub anchor_links: Vec<AnchorLink>,
    /// Every link and image as written, but for addresses of people.
    pub written: Arc<[WrittenLink]>,
}

impl Body {
    /// Takes over what was rendered.
    pub fn new(rendered: Rendered) -> Self {
        Self {
            content: text(&rendered.html),
            summary: maybe(rendered.summary.as_deref()),
            headings: rendered.toc,
            word_count: rendered.word_count,
            character_count: rendered.character_count,
            anchors: rendered.anchors.into_iter().collect(),
            anchor_links: rendered.anchor_links,
            written: rendered.written.into(),
        }
    }

    /// The headings of the page of a full address.
    pub(super) fn toc(&self, permalink: &str) -> Value {
        toc(&self.headings, permalink)
    }
}

impl Default for Body {
    fn default() -> Self {
        Self::new(Rendered::default())
    }
}

fn toc(headings: &[Heading], permalink: &str) -> Value {
    list(headings.iter().map(|heading| {
        object([
            ("level", i64::from(heading.level).into()),
            ("id", text(&heading.id)),
            ("permalink", text(&format!("{permalink}#{}", heading.id))),
            ("title", text(&heading.title)),
            ("children", toc(&heading.children, permalink)),
        ])
    }))
}
