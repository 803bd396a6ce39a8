use std::collections::BTreeMap;
use std::sync::OnceLock;

use tera::Value;

use super::indicator::{IndicatorView, indicator_view, main_series};
use crate::chart::{Chart, sparkline};
use crate::template::Site;
use crate::text::Lang;

/// Every indicator in every language that it has a page in. What a template or a file asks for is made then, so that a part
/// of a site draws no chart that nobody sees.
#[derive(Default)]
pub(super) struct Views(BTreeMap<(String, Lang), View>);

#[derive(Default)]
struct View {
    sparkline: OnceLock<String>,
    page: OnceLock<IndicatorView>,
}

impl Views {
    /// A place for each.
    pub(super) fn of(site: &Site) -> Self {
        let mut views = BTreeMap::new();
        for (slug, definition) in site.catalogue.definitions() {
            let versions = site.library.pages.get(definition.page).map(|page| page.translations.as_slice()).unwrap_or_default();
            for page in versions.iter().filter_map(|id| site.library.pages.get(*id)) {
                views.insert((slug.to_owned(), page.file.lang.clone()), View::default());
            }
        }
        Self(views)
    }

    /// The sparkline of an indicator's main area.
    pub(super) fn sparkline(&self, site: &Site, slug: &str, lang: &Lang) -> &str {
        let Some(view) = self.0.get(&(slug.to_owned(), lang.clone())) else { return "" };
        let made = made(&view.sparkline, || {
            let (definition, language) = (site.catalogue.definition(slug)?, site.config.language(lang)?);
            let main = main_series(site, slug, definition);
            Some(main.map(|(_, series)| sparkline(series, &language.locale)).unwrap_or_default())
        });
        made.map_or("", String::as_str)
    }

    /// `page.indicator`.
    pub(super) fn value(&self, site: &Site, slug: &str, lang: &Lang) -> Option<&Value> {
        self.page(site, slug, lang).map(|view| &view.value)
    }

    /// The chart of an indicator's main area.
    pub(super) fn chart(&self, site: &Site, slug: &str, lang: &Lang) -> Option<&Chart> {
        self.page(site, slug, lang)?.main_chart.as_ref()
    }

    fn page(&self, site: &Site, slug: &str, lang: &Lang) -> Option<&IndicatorView> {
        made(&self.0.get(&(slug.to_owned(), lang.clone()))?.page, || {
            let (definition, language) = (site.catalogue.definition(slug)?, site.config.language(lang)?);
            Some(indicator_view(site, slug, definition, language, self.sparkline(site, slug, lang)))
        })
    }
}

/// What is in a place, made if it has to be. It is made on the thread that asks alone: one that others wait for may not wait
/// for them.
pub(super) fn made<T>(place: &OnceLock<T>, make: impl FnOnce() -> Option<T>) -> Option<&T> {
    if place.get().is_none() {
        let _ = place.set(make()?);
    }
    place.get()
}
