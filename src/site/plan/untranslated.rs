use super::elsewhere::Nearest;
use super::{Job, Planner, start};
use crate::content::Page;
use crate::text::{Lang, SitePath};

impl Planner<'_> {
    /// Pages in the languages that have no version of them; whatever else has the address of one is there in its place.
    pub(super) fn untranslated(&mut self) {
        let site = self.site;
        for (id, lang) in site.library.shown_untranslated(&site.config) {
            let Some(page) = site.library.pages.get(id) else { continue };
            let Some(address) = site.library.path_untranslated(&site.config, page, lang) else { continue };
            if self.plan.contains_key(&SitePath::new(&format!("{address}index.html"))) {
                continue;
            }
            let own = self.versions.get(&page.translations.first().copied().unwrap_or(id)).cloned().unwrap_or_default();
            let origin = page.source.path.to_string();
            self.html(&address, Job::Untranslated(id, lang.clone()), &origin, Some(start(&page.source)), own);
        }
    }

    /// The address under which a page is shown in a language that has no version of it, and its title.
    pub(super) fn shown_untranslated(&self, page: &Page, lang: &Lang) -> Option<Nearest> {
        let path = self.site.library.path_untranslated(&self.site.config, page, lang)?;
        Some((self.site.config.permalink(&path), page.front.title.clone()))
    }
}
