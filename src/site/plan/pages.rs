use std::sync::Arc;

use super::{Job, Planned, Planner, start};
use crate::content::Page;
use crate::text::{Lang, Place, SitePath};

impl Planner<'_> {
    pub(super) fn page(&mut self, id: usize, page: &Page) {
        if !page.front.render {
            return;
        }
        let place = start(&page.source);
        let origin = page.source.path.to_string();
        let first = page.translations.first().copied().unwrap_or(id);
        let translations = self.versions.get(&first).cloned().unwrap_or_else(|| {
            let versions = page.translations.iter().filter_map(|id| self.site.library.pages.get(*id));
            versions.filter_map(|page| self.translation(&page.file.lang, &page.permalink, page.front.title.as_deref())).collect()
        });
        self.versions.insert(first, Arc::clone(&translations));
        self.html(&page.path, Job::Page(id), &origin, Some(place.clone()), translations);
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
        };
        self.add(SitePath::new(&path), planned);
    }
}
