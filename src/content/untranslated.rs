//! Pages of the default language in languages that have no version of them.

use std::sync::Arc;

use super::{Library, Page};
use crate::config::{Config, Untranslated};
use crate::text::Lang;

/// The pages of the default language that have no version in another one, each with that language; none unless the site
/// lists them there.
pub(super) fn guests<'a>(pages: &'a [Arc<Page>], config: &'a Config) -> impl Iterator<Item = (usize, &'a Lang)> {
    let lists = config.tinso.untranslated != Untranslated::Absent;
    let others = config.languages.iter().map(|language| &language.code).filter(|lang| **lang != config.default_language);
    let others: Vec<&Lang> = others.filter(|_| lists).collect();
    let at_home = move |page: &Page| page.front.render && page.file.lang == config.default_language;
    pages.iter().enumerate().filter(move |(_, page)| at_home(page)).flat_map(move |(id, page)| {
        others.clone().into_iter().filter(move |lang| !is_in(pages, page, lang)).map(move |lang| (id, lang))
    })
}

fn is_in(pages: &[Arc<Page>], page: &Page, lang: &Lang) -> bool {
    page.translations.iter().filter_map(|id| pages.get(*id)).any(|version| version.file.lang == *lang)
}

impl Library {
    /// The pages that are shown in a language without being in it, if the site wants that.
    pub fn shown_untranslated<'a>(&'a self, config: &'a Config) -> impl Iterator<Item = (usize, &'a Lang)> {
        guests(&self.pages, config).filter(|_| config.tinso.untranslated == Untranslated::Shown)
    }

    /// The address below the site's under which a page is shown in a language that has no version of it, if it is.
    pub fn path_untranslated(&self, config: &Config, page: &Page, lang: &Lang) -> Option<String> {
        let is_shown = config.tinso.untranslated == Untranslated::Shown
            && page.front.render
            && page.file.lang == config.default_language
            && !is_in(&self.pages, page, lang);
        is_shown.then(|| format!("{}{}", config.language_prefix(lang), page.path.trim_start_matches('/')))
    }
}
