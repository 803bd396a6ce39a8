use std::collections::BTreeMap;

use serde::Serialize;

use crate::config::Language;
use crate::content::{AGENCIES, LinkTarget, Page};
use crate::indicator::{Definition, Kind, Metric, ObsStatus, Point, Series};
use crate::locale::{Locale, format_date, slugify};
use crate::site::search::plain_text::plain_text;
use crate::template::{Site, Values};
use crate::text::Lang;

/// The longest summary that is taken from a text, in characters.
const LONGEST: usize = 220;

/// A page or section with all that a search reads of it.
pub(super) struct Document {
    pub(super) shown: Shown,
    pub(super) text: String,
    /// What filters ask for: the name of the filter, a value of it, and the value in words.
    pub(super) filters: Vec<(String, String, String)>,
}

/// What a result shows, as the script reads it.
#[derive(Serialize)]
pub(super) struct Shown {
    /// Below the site's address, without a slash at its start.
    path: String,
    pub(super) title: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) summary: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    /// The date in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    figure: Option<Figure>,
}

/// The latest value of an indicator.
#[derive(Serialize)]
struct Figure {
    /// The indicator; empty on its own page.
    #[serde(skip_serializing_if = "String::is_empty")]
    name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    path: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    qualifier: String,
    number: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    unit: String,
    period: String,
    /// That it is a target, an estimate or the like.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
    /// The code of the area, for themes with one that needs no naming.
    ref_area: String,
    area: String,
}

/// Reads documents of one language.
pub(super) struct Documents<'a> {
    site: &'a Site,
    values: &'a Values,
    language: &'a Language,
    /// Indicators by the page that defines them.
    indicators: BTreeMap<usize, &'a str>,
}

impl<'a> Documents<'a> {
    pub(super) fn new(site: &'a Site, values: &'a Values, language: &'a Language) -> Self {
        let indicators = site.catalogue.definitions().map(|(slug, definition)| (definition.page, slug)).collect();
        Self { site, values, language, indicators }
    }

    pub(super) fn read(&self, target: LinkTarget) -> Option<Document> {
        let body = self.values.text(target).and_then(|text| text.as_str()).map(plain_text).unwrap_or_default();
        match target {
            LinkTarget::Page(id) => self.page(id, &body),
            LinkTarget::Section(id) => {
                let section = self.site.library.sections.get(id)?;
                let title = section.front.title.clone()?;
                let summary = summary(section.front.description.as_deref(), &body);
                let path = section.path.trim_start_matches('/').to_owned();
                let shown = Shown { path, title, summary, date: None, day: None, figure: None };
                Some(Document { shown, text: body, filters: Vec::new() })
            }
        }
    }

    fn page(&self, id: usize, body: &str) -> Option<Document> {
        let (page, locale) = (self.site.library.pages.get(id)?, &self.language.locale);
        let origin = self.site.library.origin(id);
        let metrics = self.site.catalogue.metrics_of(origin);
        let own = self.indicators.get(&origin).copied();
        let mut text = body.to_owned();
        let mut add = |words: &str| {
            text.push_str(" \n");
            text.push_str(words);
        };
        for metric in metrics {
            let Some(definition) = self.site.catalogue.definition(&metric.indicator) else { continue };
            add(&metric.text(locale, definition.decimals, definition.unit_label(&self.language.code)));
            add(self.site.library.page_in(definition.page, &self.language.code).map_or("", |page| page.title()));
        }
        if let Some((slug, definition)) = own.and_then(|slug| Some((slug, self.site.catalogue.definition(slug)?))) {
            for point in self.site.catalogue.all_series(slug).flat_map(|(_, series)| series.points()) {
                add(&self.value(point, definition));
                add(&point.period.label(locale));
            }
        }
        let date = page.front.date.as_ref();
        let figure = match own {
            Some(slug) => self.figure(slug, true),
            None => metrics.first().and_then(|metric| self.figure(&metric.indicator, false)),
        };
        let shown = Shown {
            path: page.path.trim_start_matches('/').to_owned(),
            title: page.title().to_owned(),
            summary: summary(page.front.description.as_deref(), body),
            date: date.map(|date| date.text.clone()),
            day: date.map(|date| format_date(date.date(), &locale.date.long, &locale.date)),
            figure,
        };
        Some(Document { shown, text, filters: self.filters(id, page, own.is_some() || !metrics.is_empty()) })
    }

    fn filters(&self, id: usize, page: &Page, has_figures: bool) -> Vec<(String, String, String)> {
        let mut filters = Vec::new();
        let mut add = |name: &str, value: String, words: &str| filters.push((name.to_owned(), value, words.to_owned()));
        if let Some(date) = &page.front.date {
            let year = date.date().year().to_string();
            add("year", year.clone(), &year);
        }
        for (taxonomy, terms) in page.terms() {
            for term in terms {
                add(taxonomy, self.site.config.slugify.taxonomies.path(term), term);
            }
        }
        // Where agencies are a taxonomy, it is the filter.
        let is_taxonomy = self.language.taxonomies.iter().any(|taxonomy| taxonomy.name == AGENCIES);
        if let Some(name) = self.site.library.source_name(id, &self.site.config).filter(|_| !is_taxonomy) {
            add("agency", slugify(name), name);
        }
        if has_figures {
            add("figures", "1".to_owned(), "");
        }
        filters
    }

    fn value(&self, point: &Point, definition: &Definition) -> String {
        let lang: &Lang = &self.language.code;
        point.latest().metric.text(&self.language.locale, definition.decimals, definition.unit_label(lang))
    }

    /// The latest value of an indicator in its own area, or the first area that has one.
    fn figure(&self, slug: &str, on_its_own_page: bool) -> Option<Figure> {
        let definition = self.site.catalogue.definition(slug)?;
        let areas = || self.site.catalogue.areas(slug);
        let (area, series): (&str, &Series) =
            areas().find(|(area, _)| *area == definition.ref_area).or_else(|| areas().next())?;
        let point = series.points().get(series.latest()?)?;
        let page = self.site.library.page_in(definition.page, &self.language.code).filter(|_| !on_its_own_page);
        let (metric, locale) = (&point.latest().metric, &self.language.locale);
        Some(Figure {
            name: page.map_or_else(String::new, |page| page.title().to_owned()),
            path: page.map_or_else(String::new, |page| page.path.trim_start_matches('/').to_owned()),
            qualifier: metric.qualifier_word(locale).to_owned(),
            number: metric.amount.number(locale, definition.decimals),
            unit: definition.unit_label(&self.language.code).to_owned(),
            period: point.period.label(locale),
            notes: notes(metric, locale),
            ref_area: area.to_owned(),
            area: self.site.config.area_name(area, &self.language.code).to_owned(),
        })
    }
}

/// What a value is if it is not simply the actual one.
fn notes(metric: &Metric, locale: &Locale) -> Vec<String> {
    let kind = (metric.kind != Kind::Actual).then(|| Locale::word(&locale.kind, metric.kind.word()).to_owned());
    let status = locale.status.get(&metric.status.letter().to_string()).filter(|_| metric.status != ObsStatus::NORMAL);
    kind.into_iter().chain(status.cloned()).collect()
}

/// What the writer says in one sentence, or how the text begins.
fn summary(description: Option<&str>, body: &str) -> String {
    if let Some(description) = description {
        return description.to_owned();
    }
    match body.char_indices().nth(LONGEST).and_then(|(at, _)| body.get(..at)) {
        None => body.to_owned(),
        Some(start) => format!("{}…", start.rsplit_once(' ').map_or(start, |(words, _)| words)),
    }
}
