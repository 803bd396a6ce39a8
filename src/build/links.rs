use std::sync::Arc;

use crate::config::{Config, LinkChecker};
use crate::content::Library;
use crate::markdown::WrittenLink;
use crate::template::{Body, Contents};
use crate::text::{SitePath, SourceText, Span};

/// Where the Markdown of a site leads.
#[derive(Default, Debug)]
pub struct Links {
    /// Where the site will live, without a slash at its end.
    pub base_url: String,
    /// How the site wants its links to be checked.
    pub checker: LinkChecker,
    /// The links of every page and section that has some.
    pub pages: Vec<PageLinks>,
    /// Pages that no section lists, since their folder has none.
    pub orphans: Vec<SitePath>,
}

/// The links of one page or section.
#[derive(Debug)]
pub struct PageLinks {
    /// The whole file.
    pub source: SourceText,
    /// Where its Markdown is.
    pub body: Span,
    /// Its address below the site's: `/en/news/hue-2017/`.
    pub path: String,
    /// Its links and images, in order.
    pub written: Arc<[WrittenLink]>,
}

impl Links {
    /// The links of what was rendered.
    pub(super) fn of(config: &Config, library: &Library, contents: &Contents) -> Self {
        let links = |source: &SourceText, body: Span, path: &str, rendered: &Body| {
            let written = Arc::clone(&rendered.written);
            (!written.is_empty()).then(|| PageLinks { source: source.clone(), body, path: path.to_owned(), written })
        };
        let pages = library.pages.iter().zip(&contents.pages);
        let pages = pages.filter_map(|(page, rendered)| links(&page.source, page.body, &page.path, rendered));
        let sections = library.sections.iter().zip(&contents.sections);
        let sections = sections.filter_map(|(section, rendered)| links(&section.source, section.body, &section.path, rendered));
        let orphans = library.pages.iter().filter(|page| page.section.is_none());
        Self {
            base_url: config.base_url.clone(),
            checker: config.link_checker.clone(),
            pages: pages.chain(sections).collect(),
            orphans: orphans.map(|page| page.source.path.clone()).collect(),
        }
    }
}
