use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Absence, Archive, ArticleSource, Page, Section, TermGroup, derived};
use crate::config::Config;
use crate::text::{Lang, SitePath, SourceText, closest, likely};

/// All content of a site, linked. Pages and sections are named by their index. Cheap to clone.
#[derive(Clone, Default, Debug)]
pub struct Library {
    /// Every page, by path of its file.
    pub pages: Vec<Arc<Page>>,
    /// Every section, by path of its file.
    pub sections: Vec<Arc<Section>>,
    /// Every taxonomy of every language.
    pub taxonomies: Arc<[TermGroup]>,
    /// The archive of each language that has articles with a date, if the site wants archives.
    pub archives: Arc<[Archive]>,
    pub(super) by_file: Arc<BTreeMap<String, LinkTarget>>,
    /// Files beside pages and sections by their path in the output.
    pub(super) assets: Arc<BTreeMap<String, SitePath>>,
    /// Files that could not be read; links to them are not reported besides.
    pub(super) broken: Arc<BTreeSet<String>>,
    /// Files of pages that the moment of the build leaves out.
    pub(super) absent: Arc<BTreeMap<String, Absence>>,
}

/// What an internal link leads to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum LinkTarget {
    /// A page, by its index.
    Page(usize),
    /// A section, by its index.
    Section(usize),
}

impl Library {
    /// The page or section of a content file, by its path below `content/`: `news/hue-2017.en.md`.
    pub fn by_file(&self, path: &str) -> Option<LinkTarget> {
        self.by_file.get(path).copied()
    }

    /// The file beside a page or section that is published at a path: of `en/news/hue/map.png`, `content/news/hue/map.png`.
    pub fn asset_at(&self, path: &str) -> Option<&SitePath> {
        self.assets.get(path)
    }

    /// The text of a page's or section's file.
    pub fn source(&self, path: &SitePath) -> Option<&SourceText> {
        match self.by_file(path.below("content")?)? {
            LinkTarget::Page(id) => self.pages.get(id).map(|page| &page.source),
            LinkTarget::Section(id) => self.sections.get(id).map(|section| &section.source),
        }
    }

    /// Whether a content file is there but could not be read, which has been reported.
    pub fn is_broken(&self, path: &str) -> bool {
        self.broken.contains(path)
    }

    /// Why the page of a content file is left out at the moment of the build, if it is.
    pub fn absence(&self, path: &str) -> Option<&Absence> {
        self.absent.get(path)
    }

    /// The same in a given language: the file's own version in that language.
    pub fn in_language(&self, target: LinkTarget, lang: &Lang) -> Option<LinkTarget> {
        match target {
            LinkTarget::Page(id) => {
                let versions = &self.pages.get(id)?.translations;
                versions
                    .iter()
                    .copied()
                    .find(|id| self.pages.get(*id).is_some_and(|page| page.file.lang == *lang))
                    .map(LinkTarget::Page)
            }
            LinkTarget::Section(id) => {
                let versions = &self.sections.get(id)?.translations;
                let found =
                    versions.iter().copied().find(|id| self.sections.get(*id).is_some_and(|section| section.file.lang == *lang));
                found.map(LinkTarget::Section)
            }
        }
    }

    /// A page in a language; the page itself where it has no version in it.
    pub fn page_in(&self, page: usize, lang: &Lang) -> Option<&Page> {
        let page = self.pages.get(page)?;
        let mut versions = page.translations.iter().filter_map(|id| self.pages.get(*id));
        Some(versions.find(|version| version.file.lang == *lang).unwrap_or(page))
    }

    /// The full address of a page or section.
    pub fn permalink(&self, target: LinkTarget) -> Option<&str> {
        match target {
            LinkTarget::Page(id) => self.pages.get(id).map(|page| page.permalink.as_str()),
            LinkTarget::Section(id) => self.sections.get(id).map(|section| section.permalink.as_str()),
        }
    }

    /// The content file of a page or section.
    pub fn path(&self, target: LinkTarget) -> Option<&SitePath> {
        match target {
            LinkTarget::Page(id) => self.pages.get(id).map(|page| &page.source.path),
            LinkTarget::Section(id) => self.sections.get(id).map(|section| &section.source.path),
        }
    }

    /// The home page of a language.
    pub fn home(&self, lang: &Lang) -> Option<&Section> {
        self.sections.iter().map(|section| &**section).find(|section| section.is_home() && section.file.lang == *lang)
    }

    /// The content file that a path to none most likely meant.
    pub fn closest_file(&self, path: &str) -> Option<&str> {
        closest(path, likely(path, &self.by_file).into_iter().map(String::as_str))
    }

    /// Where the numbers of a page are from: its own word, or that of the version that states them.
    pub fn source_of(&self, page: usize) -> Option<&ArticleSource> {
        let source = |id: usize| self.pages.get(id).and_then(|page| page.front.source.as_ref());
        source(page).or_else(|| source(self.origin(page)))
    }

    /// Who published what an article states, in a language.
    pub fn publisher<'a>(&'a self, article: usize, lang: &Lang, config: &'a Config) -> Option<&'a str> {
        let version = self.in_language(LinkTarget::Page(article), lang);
        let version = if let Some(LinkTarget::Page(version)) = version { version } else { article };
        self.source_name(version, config)
    }

    /// Who published what a page reports, in its language.
    pub fn source_name<'a>(&'a self, page: usize, config: &'a Config) -> Option<&'a str> {
        let (own, origin) = (self.pages.get(page)?, self.pages.get(self.origin(page))?);
        if let Some(source) = &own.front.source {
            return Some(source.name_in(&own.file.lang));
        }
        let (source, lang) = (origin.front.source.as_ref()?, &own.file.lang);
        let name = source.name_in(lang);
        let paired = || config.tinso.term_in(derived::AGENCIES, |other| other == name, &origin.file.lang, lang);
        Some(paired().filter(|_| !source.names.contains_key(lang)).unwrap_or(name))
    }

    /// The version of a page that states its metrics: the default language's, or the first one there is.
    pub fn origin(&self, page: usize) -> usize {
        self.pages.get(page).and_then(|page| page.translations.first().copied()).unwrap_or(page)
    }
}
