use std::sync::Arc;

use super::{Job, Planned, Planner, Versions, start};
use crate::content::Page;
use crate::template::Translation;
use crate::text::{Lang, Place, SitePath};

impl Planner<'_> {
    pub(super) fn page(&mut self, id: usize, page: &Page) {
        if !page.front.render {
            return;
        }
        let place = start(&page.source);
        let origin = page.source.path.to_string();
        let first = page.translations.first().copied().unwrap_or(id);
        let versions = self.versions.get(&first).cloned().unwrap_or_else(|| {
            let versions = page.translations.iter().filter_map(|id| self.site.library.pages.get(*id));
            let version = |page: &Arc<Page>| self.translation(&page.file.lang, &page.permalink, page.front.title.as_deref());
            let here: Arc<[Translation]> = versions.filter_map(version).collect();
            let nearest =
                |lang: &Lang| self.shown_untranslated(page, lang).or_else(|| self.nearest_section(&page.ancestors, lang));
            let elsewhere = self.elsewhere(&here, nearest);
            Versions { here, elsewhere }
        });
        self.versions.insert(first, versions.clone());
        self.html(&page.path, Job::Page(id), &origin, Some(place.clone()), versions);
        for alias in &page.front.aliases {
            self.alias(alias, &page.permalink, &page.file.lang, &origin, &place);
        }
    }

    pub(super) fn alias(&mut self, alias: &str, to: &str, lang: &Lang, origin: &str, place: &Place) {
        let alias = alias.trim_matches('/');
        let path = if alias.ends_with(".html") { alias.to_owned() } else { format!("{alias}/index.html") };
        let planned = Planned {
            job: Job::Alias(lang.clone(), to.to_owned()),
            permalink: self.site.config.permalink(&format!("/{alias}")),
            origin: format!("an alias of {origin}"),
            place: Some(place.clone()),
            translations: Arc::default(),
            elsewhere: Arc::default(),
        };
        self.add(SitePath::new(&path), planned);
    }
}
