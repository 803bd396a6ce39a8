use std::collections::BTreeMap;

use jiff::civil::DateTime;

use super::{Column, Format, Row, columns};
use crate::config::{Config, Language};
use crate::content::{Library, Page};
use crate::indicator::{Catalogue, Definition, Note, Point, Series};

/// What exports are made from.
#[derive(Clone, Copy, Debug)]
pub struct Portal<'a> {
    /// The site's settings.
    pub config: &'a Config,
    /// Its content.
    pub library: &'a Library,
    /// Its indicators.
    pub catalogue: &'a Catalogue,
}

/// An indicator in one language.
#[derive(Clone, Copy, Debug)]
pub struct Dataset<'a> {
    /// The site that it is of.
    pub portal: Portal<'a>,
    /// The name of its page.
    pub slug: &'a str,
    /// What it is.
    pub definition: &'a Definition,
    /// Its page in the language.
    pub page: &'a Page,
    /// The language.
    pub language: &'a Language,
}

impl<'a> Portal<'a> {
    /// Every indicator in every language that it has a page in, in the order of slugs.
    pub fn datasets(self) -> impl Iterator<Item = Dataset<'a>> {
        self.catalogue.definitions().flat_map(move |(slug, _)| self.versions(slug))
    }

    /// An indicator in every language that it has a page in, the default one first.
    pub fn versions(self, slug: &'a str) -> impl Iterator<Item = Dataset<'a>> {
        let definition = self.catalogue.definition(slug);
        let page = definition.and_then(|definition| self.library.pages.get(definition.page));
        let versions = page.map(|page| page.translations.as_slice()).unwrap_or_default();
        versions.iter().filter_map(move |id| self.dataset(slug, self.library.pages.get(*id)?))
    }

    /// An indicator in the language of one of its pages.
    pub fn dataset(self, slug: &'a str, page: &'a Page) -> Option<Dataset<'a>> {
        let (definition, language) = (self.catalogue.definition(slug)?, self.config.language(&page.file.lang)?);
        Some(Dataset { portal: self, slug, definition, page, language })
    }

    /// The machine that the site is on.
    pub fn host(self) -> &'a str {
        let address = self.config.base_url.split("://").nth(1).unwrap_or_default();
        address.split(['/', ':']).next().unwrap_or_default()
    }

    /// Who publishes: the site's title in a language, or its address.
    pub fn publisher(self, language: &'a Language) -> &'a str {
        let default = || self.config.language(&self.config.default_language)?.title.as_deref();
        language.title.as_deref().or_else(default).unwrap_or(&self.config.base_url)
    }
}

impl<'a> Dataset<'a> {
    /// The indicator's name.
    pub fn title(&self) -> &'a str {
        self.page.title()
    }

    /// What it is in a sentence or two: as the writer says, after its name and unit where that is short. Search engines ask
    /// for fifty letters.
    pub fn description(&self) -> String {
        let named = format!("{} ({})", self.title(), self.unit_label());
        match &self.page.front.description {
            Some(text) if text.chars().count() >= 50 => text.clone(),
            Some(text) => format!("{named}. {text}"),
            None => named,
        }
    }

    /// The unit in words.
    pub fn unit_label(&self) -> &'a str {
        self.definition.unit_label(&self.language.code)
    }

    /// The address of a file beside its page.
    pub fn url(&self, file: &str) -> String {
        format!("{}{file}", self.page.permalink)
    }

    /// Who publishes it.
    pub fn publisher(&self) -> &'a str {
        self.portal.publisher(self.language)
    }

    /// The line below a chart of it that says where it is from.
    pub fn source_line(&self) -> String {
        format!("{} · {}", self.publisher(), self.page.permalink)
    }

    /// Words of exports in its language.
    pub fn word(&self, name: &'a str) -> &'a str {
        self.language.locale.export.get(name)
    }

    /// Its series by area, those of all without those of breakdowns.
    pub fn series(&self) -> impl Iterator<Item = (&'a str, &'a Series)> {
        self.portal.catalogue.areas(self.slug)
    }

    /// The series that stands for it: its own area's, or the first one there is.
    pub fn main(&self) -> Option<(&'a str, &'a Series)> {
        self.series().find(|(area, _)| *area == self.definition.ref_area).or_else(|| self.series().next())
    }

    /// Every statement of a number of it: areas by code, in each all before parts of it, periods in the order of time, the
    /// value that holds first.
    pub fn rows(&self) -> Vec<Row<'a>> {
        let all = self.portal.catalogue.all_series(self.slug);
        let points = all.flat_map(|(key, series)| series.points().iter().map(move |point| (key.ref_area.as_str(), point)));
        points.flat_map(|(area, point)| point.vintages().map(move |seen| Row::new(self, area, point, seen))).collect()
    }

    /// What its series are broken down by, each with its name in words.
    pub fn dimensions(&self) -> BTreeMap<&'a str, Note> {
        let keys = self.portal.catalogue.all_series(self.slug).flat_map(|(key, _)| key.breakdown.members());
        let label = |dimension: &str| self.definition.dimensions.get(dimension).map(|dimension| dimension.label.clone());
        keys.map(|(dimension, _)| (dimension, label(dimension).unwrap_or_default())).collect()
    }

    /// The columns of its tidy table.
    pub fn columns(&self) -> Vec<Column> {
        columns(&self.dimensions())
    }

    /// When the newest article that states a number of it was published.
    pub fn modified(&self) -> Option<DateTime> {
        let all = self.portal.catalogue.all_series(self.slug);
        let observations = all.flat_map(|(_, series)| series.points()).flat_map(Point::vintages);
        observations.filter_map(|observation| observation.origin.date).max()
    }

    /// The formats that there are of it.
    pub fn formats(&self, has_chart: bool) -> impl Iterator<Item = Format> {
        Format::ALL.into_iter().filter(move |format| self.has(*format, has_chart))
    }

    /// Whether there is a file of it in a format. A page that is not rendered has none beside it that leads there.
    pub fn has(&self, format: Format, has_chart: bool) -> bool {
        let is_made = format.is_made() && (self.portal.config.tinso.pictures || !format.is_picture());
        is_made && (has_chart || !format.needs_chart())
    }
}
