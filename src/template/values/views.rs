use std::collections::BTreeMap;
use std::sync::OnceLock;

use tera::Value;

use super::indicator::{IndicatorView, indicator_view, main_series};
use super::related::Kinship;
use crate::chart::{Chart, sparkline};
use crate::template::Site;
use crate::text::Lang;

/// Every indicator in every language that it has a page in, and what articles have in common. What a template or a file asks
/// for is made then, so that a part of a site draws no chart that nobody sees.
#[derive(Default)]
pub(super) struct Views {
    indicators: BTreeMap<(String, Lang), View>,
    /// None for cards: calls in content do not see it.
    kinship: Option<OnceLock<Kinship>>,
}

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
        Self { indicators: views, kinship: Some(OnceLock::new()) }
    }

    /// The sparkline of an indicator's main area.
    pub(super) fn sparkline(&self, site: &Site, slug: &str, lang: &Lang) -> &str {
        let Some(view) = self.indicators.get(&(slug.to_owned(), lang.clone())) else { return "" };
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

    /// `page.related`.
    pub(super) fn related(&self, site: &Site, page: usize) -> Value {
        let kinship = self.kinship.as_ref().and_then(|kinship| made(kinship, || Some(Kinship::of(site))));
        kinship.map_or_else(Value::none, |kinship| kinship.value(site, page))
    }

    /// The chart of an indicator's main area.
    pub(super) fn chart(&self, site: &Site, slug: &str, lang: &Lang) -> Option<&Chart> {
        self.page(site, slug, lang)?.main_chart.as_ref()
    }

    fn page(&self, site: &Site, slug: &str, lang: &Lang) -> Option<&IndicatorView> {
        made(&self.indicators.get(&(slug.to_owned(), lang.clone()))?.page, || {
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::config::read_config;
    use crate::content::{Reading, read_library};
    use crate::diagnostic::Sink;
    use crate::indicator::collect;
    use crate::source::Snapshot;
    use crate::template::Files;
    use crate::text::SitePath;

    /// A site of two indicators, with an article that states a number of each.
    fn site() -> Site {
        let indicator = |title: &str| {
            format!(
                "+++\ntitle = \"{title}\"\n[extra.indicator]\nunit = \"VND\"\nunit_label = \"đồng\"\nmeasure = \"flow\"\nref_area = \"VN\"\n+++\n"
            )
        };
        let metric = |slug: &str| {
            let of = |year: u16| format!("[[extra.metrics]]\nindicator = \"{slug}\"\ntime_period = \"{year}\"\nvalue = {year}\n");
            of(2015) + &of(2016)
        };
        let files = [
            (
                "config.toml",
                "base_url = \"https://tin.example\"\n[extra.tinso]\nareas = { VN = { en = \"Vietnam\" } }\n".to_owned(),
            ),
            ("content/indicators/_index.md", "+++\n+++\n".to_owned()),
            ("content/indicators/a.md", indicator("A")),
            ("content/indicators/b.md", indicator("B")),
            ("content/n.md", format!("+++\ntitle = \"N\"\ndate = 2017-01-01\n{}{}+++\n", metric("a"), metric("b"))),
        ];
        let snapshot = Snapshot::new(files.map(|(path, text)| (SitePath::new(path), Arc::<[u8]>::from(text.into_bytes()))));
        let sink = Sink::new();
        let config = read_config(&snapshot, "config.toml", None, &sink).unwrap();
        let library = read_library(&snapshot, &config, false, &mut Reading::default(), &sink).library;
        let catalogue = Arc::new(collect(&library, &config, &sink));
        assert!(sink.is_empty(), "{:?}", sink.into_sorted());
        Site { config, library, catalogue, highlighter: None, snapshot, files: Files::new(std::iter::empty()) }
    }

    #[test]
    fn a_chart_is_drawn_when_it_is_asked_for_and_no_sooner() {
        let site = site();
        let lang = site.config.default_language.clone();
        let views = Views::of(&site);
        let drawn = || views.indicators.iter().filter(|(_, view)| view.page.get().is_some()).map(|((slug, _), _)| slug.as_str());
        assert_eq!(views.indicators.len(), 2);
        // An article shows sparklines, and the plan of all files asks whether there are charts.
        assert!(views.sparkline(&site, "a", &lang).starts_with("<svg"));
        assert!(crate::template::has_chart(&site, "a", site.config.language(&lang).unwrap()));
        assert_eq!(drawn().count(), 0);
        assert!(views.value(&site, "b", &lang).is_some() && views.chart(&site, "b", &lang).is_some());
        assert_eq!(drawn().collect::<Vec<_>>(), ["b"]);
        assert!(views.value(&site, "c", &lang).is_none());
    }
}
