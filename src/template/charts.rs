use crate::chart::{Chart, ChartRequest, Grouping, Strand, draw, share_a_scale};
use crate::config::Language;
use crate::indicator::{ChartForm, ChartWishes, Definition, Series, SeriesKey, breakdown_label};
use crate::template::Site;

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
        let mut add = |area: &str, strands: &[Strand<'_>], grouping| {
            let id = format!("chart-{}-{}", self.slug, charts.len());
            if let Some(chart) = self.draw(strands, grouping, &self.definition.chart, &id) {
                charts.push(PageChart { area: area.to_owned(), chart });
            }
        };
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
            add(main, &strands, Grouping::Independent);
        }
        let parts = self.parts(main);
        if parts.len() > 1 {
            add(main, &parts, Grouping::Parts);
        }
        charts
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
        let page = self.site.library.page_in(self.definition.page, &self.language.code);
        draw(&ChartRequest {
            title: page.map_or(self.slug, |page| page.title()),
            definition: self.definition,
            strands,
            grouping,
            locale: &self.language.locale,
            lang: &self.language.code,
            id,
            wishes,
            revisions: self.revisions,
        })
    }
}
