use crate::chart::{Chart, ChartRequest, Grouping, Misleading, Strand, draw, is_drawn, misleading, share_a_scale};
use crate::config::Language;
use crate::diagnostic::{Diagnostic, Sink};
use crate::indicator::{ChartForm, ChartWishes, Definition, Series, SeriesKey, breakdown_label};
use crate::template::Site;
use crate::template::values::main_series;
use crate::text::Place;

/// What the charts of an indicator are drawn from, in a language.
#[derive(Clone, Copy)]
pub(crate) struct Drawer<'a> {
    /// The site.
    pub(crate) site: &'a Site,
    /// The indicator's slug.
    pub(crate) slug: &'a str,
    /// What it is.
    pub(crate) definition: &'a Definition,
    /// The page's language.
    pub(crate) language: &'a Language,
    /// Whether values that were replaced are shown.
    pub(crate) revisions: bool,
}

/// A chart of an indicator's page: of an area, or of all that share a scale.
pub(crate) struct PageChart {
    /// The code of the area; empty for several.
    pub(crate) area: String,
    /// The chart.
    pub(crate) chart: Chart,
}

impl<'a> Drawer<'a> {
    /// The charts of the indicator's own page, the main one first: its areas, together if one scale suits them; the groups
    /// that it is broken down by; its parts.
    pub(crate) fn of_page(self, main: &str) -> Vec<PageChart> {
        let mut charts = Vec::new();
        self.each_of_page(main, &mut |area, strands, grouping| {
            let id = format!("chart-{}-{}", self.slug, charts.len());
            if let Some(chart) = draw(&self.request(strands, grouping, &self.definition.chart, &id)) {
                charts.push(PageChart { area: area.to_owned(), chart });
            }
        });
        charts
    }

    /// What is wrong about the wishes that its front matter has for the charts of its page: nothing, if one of them can follow
    /// these.
    fn misleading_wishes(self, main: &str) -> Vec<Misleading> {
        let mut found: Vec<Vec<Misleading>> = Vec::new();
        self.each_of_page(main, &mut |_, strands, grouping| {
            found.extend(misleading(&self.request(strands, grouping, &self.definition.chart, "")));
        });
        if found.iter().any(Vec::is_empty) { Vec::new() } else { found.into_iter().next().unwrap_or_default() }
    }

    /// Hands over the area, the strands and the grouping of each chart of the page.
    fn each_of_page(self, main: &str, add: &mut dyn FnMut(&str, &[Strand<'_>], Grouping)) {
        let areas = self.areas(main);
        if areas.len() > 1 && share_a_scale(&areas) {
            add("", &areas, Grouping::Independent);
        } else {
            for strand in &areas {
                add(strand.code, std::slice::from_ref(strand), Grouping::Independent);
            }
        }
        for (names, series) in self.breakdowns(main) {
            let strands: Vec<Strand<'_>> =
                names.iter().zip(series).map(|(name, series)| Strand { code: name, name, series }).collect();
            add(main, &strands, Grouping::Groups);
        }
        let parts = self.parts(main);
        if parts.len() > 1 {
            add(main, &parts, Grouping::Parts);
        }
    }

    /// Its series by area, the main one first.
    pub(crate) fn areas(self, main: &str) -> Vec<Strand<'a>> {
        let areas: Vec<(&'a str, &'a Series)> = self.site.catalogue.areas(self.slug).collect();
        let several = areas.len() > 1;
        let name = |area: &'a str| if several { self.site.config.area_name(area, &self.language.code) } else { "" };
        let mut strands: Vec<Strand<'a>> =
            areas.iter().map(|(area, series)| Strand { code: area, name: name(area), series }).collect();
        strands.sort_by_key(|strand| strand.code != main);
        strands
    }

    /// The parts that it is the whole of, in an area.
    pub(crate) fn parts(self, area: &str) -> Vec<Strand<'a>> {
        let catalogue = &self.site.catalogue;
        let part = |slug: &'a String| {
            let definition = catalogue.definition(slug)?;
            // Other units would need other numbers than the articles state.
            let alike = (&definition.unit, definition.unit_mult) == (&self.definition.unit, self.definition.unit_mult);
            let series = catalogue.series(slug, area).filter(|_| alike)?;
            let page = self.site.library.page_in(definition.page, &self.language.code);
            Some(Strand { code: slug, name: page.map_or(slug.as_str(), |page| page.title()), series })
        };
        catalogue.parts_of(self.slug).iter().filter_map(part).collect()
    }

    /// The groups of each dimension alone, by name, in an area.
    fn breakdowns(self, area: &str) -> Vec<(Vec<String>, Vec<&'a Series>)> {
        let all: Vec<(&SeriesKey, &Series)> = self.site.catalogue.all_series(self.slug).collect();
        let of_dimension = |dimension: &String| {
            let own = all.iter().filter(|(key, _)| {
                key.ref_area == area && key.breakdown.members().count() == 1 && key.breakdown.member(dimension).is_some()
            });
            own.map(|(key, series)| (breakdown_label(&key.breakdown, &self.definition.dimensions, &self.language.code), *series))
                .unzip()
        };
        let dimensions = self.definition.dimensions.keys().map(of_dimension);
        dimensions.filter(|(names, _): &(Vec<String>, Vec<&Series>)| names.len() > 1).collect()
    }

    /// What a call of `chart` draws: the areas that it names, all of them for a form that compares, its parts for a whole, or
    /// the one area.
    pub(crate) fn of_call(self, area: &str, wishes: &ChartWishes, id: &str) -> Option<Chart> {
        let parts = if wishes.kind == Some(ChartForm::Hundred) { self.parts(area) } else { Vec::new() };
        if parts.len() > 1 {
            return self.draw(&parts, Grouping::Parts, wishes, id);
        }
        let compares = !wishes.areas.is_empty() || matches!(wishes.kind, Some(ChartForm::Multiples | ChartForm::Hundred));
        let mut strands = self.areas(area);
        if !compares {
            strands.retain(|strand| strand.code == area);
        }
        self.draw(&strands, Grouping::Independent, wishes, id)
    }

    fn draw(self, strands: &[Strand<'_>], grouping: Grouping, wishes: &ChartWishes, id: &str) -> Option<Chart> {
        draw(&self.request(strands, grouping, wishes, id))
    }

    fn request<'r>(
        &'r self,
        strands: &'r [Strand<'r>],
        grouping: Grouping,
        wishes: &'r ChartWishes,
        id: &'r str,
    ) -> ChartRequest<'r> {
        let page = self.site.library.page_in(self.definition.page, &self.language.code);
        ChartRequest {
            title: page.map_or(self.slug, |page| page.title()),
            definition: self.definition,
            strands,
            grouping,
            locale: &self.language.locale,
            lang: &self.language.code,
            id,
            wishes,
            revisions: self.revisions,
        }
    }
}

/// Whether an indicator's page has a chart, without drawing it.
pub fn has_chart(site: &Site, slug: &str, language: &Language) -> bool {
    let Some(definition) = site.catalogue.definition(slug) else { return false };
    let Some((area, _)) = main_series(site, slug, definition) else { return false };
    let (mut found, drawer) = (false, Drawer { site, slug, definition, language, revisions: true });
    drawer.each_of_page(area, &mut |_, strands, grouping| {
        found = found || is_drawn(&drawer.request(strands, grouping, &definition.chart, ""));
    });
    found
}

/// Reports where `[extra.indicator.chart]` asks for what would mislead, at the key that does. A call in a text tells of its own
/// wishes.
pub fn check_charts(site: &Site, sink: &Sink) {
    let Some(language) = site.config.language(&site.config.default_language) else { return };
    for (slug, definition) in site.catalogue.definitions() {
        if definition.chart == ChartWishes::default() {
            continue;
        }
        let Some((area, _)) = main_series(site, slug, definition) else { continue };
        let drawer = Drawer { site, slug, definition, language, revisions: true };
        for wish in drawer.misleading_wishes(area) {
            let diagnostic = Diagnostic::warning("misleading-chart", &wish.message);
            sink.push(diagnostic.at_place(place_of_wish(site, definition, wish.key)).help(wish.help));
        }
    }
}

/// Where the front matter of an indicator has a wish for its charts.
fn place_of_wish(site: &Site, definition: &Definition, key: &str) -> Place {
    let page = site.library.pages.get(definition.page);
    let chart = page.and_then(|page| page.front.extra.table("indicator")?.table("chart"));
    match chart.and_then(|chart| chart.entries().iter().find(|entry| *entry.key == *key)) {
        Some(entry) => definition.place.source.place(entry.key_span),
        None => definition.place.clone(),
    }
}
