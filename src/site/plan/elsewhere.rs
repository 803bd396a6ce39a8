//! Where a reader comes to who asks for a page in a language that does not have it.

use std::sync::Arc;

use super::Planner;
use crate::content::LinkTarget;
use crate::template::Translation;
use crate::text::Lang;

/// The part of a list that says to whom comes from a page without a translation where they are.
pub(super) const NOTICE: &str = "#untranslated";

/// An address and its title.
pub(super) type Nearest = (String, Option<String>);

impl Planner<'_> {
    /// For each language of a site of ours that does not have an output, what is nearest to it there.
    pub(super) fn elsewhere(&self, here: &[Translation], nearest: impl Fn(&Lang) -> Option<Nearest>) -> Arc<[Translation]> {
        let config = &self.site.config;
        let languages = config.languages.iter().map(|language| &language.code).filter(|_| config.tinso.declared);
        let lacking = languages.filter(|lang| here.iter().all(|version| version.lang != **lang));
        lacking
            .filter_map(|lang| nearest(lang).and_then(|(address, title)| self.translation(lang, &address, title.as_deref())))
            .collect()
    }

    /// The version in a language of the nearest of some sections, the outermost first, else its home page.
    pub(super) fn nearest_section(&self, ancestors: &[usize], lang: &Lang) -> Option<Nearest> {
        let library = &self.site.library;
        let version = |id: &usize| match library.in_language(LinkTarget::Section(*id), lang)? {
            LinkTarget::Section(id) => library.sections.get(id),
            LinkTarget::Page(_) => None,
        };
        let sections = ancestors.iter().rev().filter_map(version).map(|section| &**section).chain(library.home(lang));
        let mut shown = sections.filter(|section| section.front.render && section.front.redirect_to.is_none());
        shown.next().map(|section| (format!("{}{NOTICE}", section.permalink), section.front.title.clone()))
    }
}

/// The version of a list in a language, where it stands for something in it.
pub(super) fn nearest_of(list: &[Translation], lang: &Lang) -> Option<Nearest> {
    let version = list.iter().find(|version| version.lang == *lang)?;
    Some((format!("{}{NOTICE}", version.permalink), version.title.clone()))
}
