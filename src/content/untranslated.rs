//! Pages of the default language in the lists of other languages.

use std::sync::Arc;

use super::Page;
use crate::config::Config;
use crate::text::Lang;

/// The pages of the default language that have no version in another one, each with that language; none unless the site
/// lists them there.
pub(super) fn guests<'a>(pages: &'a [Arc<Page>], config: &'a Config) -> impl Iterator<Item = (usize, &'a Lang)> {
    let others = config.languages.iter().map(|language| &language.code).filter(|lang| **lang != config.default_language);
    let others: Vec<&Lang> = others.filter(|_| config.tinso.lists_untranslated).collect();
    let at_home = move |page: &Page| page.front.render && page.file.lang == config.default_language;
    pages.iter().enumerate().filter(move |(_, page)| at_home(page)).flat_map(move |(id, page)| {
        let is_there = move |lang: &Lang| {
            let mut versions = page.translations.iter().filter_map(|id| pages.get(*id));
            versions.any(|version| version.file.lang == *lang)
        };
        others.clone().into_iter().filter(move |lang| !is_there(lang)).map(move |lang| (id, lang))
    })
}
