use std::collections::BTreeSet;

use tera::Value;

use super::basics::{list, maybe, object, text};
use super::correction::corrections_of_indicator;
use super::derived::{computed, other, progress, series_break};
use super::figure::{FigureParts, figure, interval, kind_label, reference, revision, status_label};
use super::reuse::reuse;
use crate::chart::Chart;
use crate::config::Language;
use crate::indicator::{Amount, Change, Definition, Observation, Point, Series, SeriesKey, breakdown_label, computed_change};
use crate::locale::Locale;
use crate::template::Site;
use crate::template::charts::Drawer;

/// An indicator as one language sees it.
pub(super) struct IndicatorView {
    /// `page.indicator`.
    pub(super) value: Value,
    /// The chart of its main area.
    pub(super) main_chart: Option<Chart>,
}

/// The series that stands for an indicator: its own area's, or the first one there is.
pub(crate) fn main_series<'a>(site: &'a Site, slug: &'a str, definition: &Definition) -> Option<(&'a str, &'a Series)> {
    let areas = || site.catalogue.areas(slug);
    areas().find(|(area, _)| *area == definition.ref_area).or_else(|| areas().next())
}

/// Builds an indicator's view.
pub(super) fn indicator_view(
    site: &Site,
    slug: &str,
    definition: &Definition,
    language: &Language,
    sparkline: &str,
) -> IndicatorView {
    let (lang, locale) = (&language.code, &*language.locale);
    let page = site.library.page_in(definition.page, lang);
    let areas: Vec<(&str, &Series)> = site.catalogue.areas(slug).collect();
    let main = main_series(site, slug, definition);
    let drawer = Drawer { site, slug, definition, language, revisions: true };
    let charts = main.map(|(area, _)| drawer.of_page(area)).unwrap_or_default();
    let area_name = |area: &str| if areas.len() > 1 { site.config.area_name(area, lang).to_owned() } else { String::new() };
    let chart_values: Vec<Value> =
        charts.iter().map(|each| chart_value(&each.chart, &each.area, &area_name(&each.area))).collect();
    let main_chart = charts.into_iter().next().map(|each| each.chart);

    let latest = main.and_then(|(area, series)| latest_figure(site, definition, language, area, series));
    let reported =
        main.and_then(|(_, series)| series.points().get(series.latest()?)).and_then(|point| point.latest().metric.change);
    let derived = site.catalogue.derived(slug, &SeriesKey::of_all(main.map_or(&definition.ref_area, |(area, _)| area)));
    let reuse = page.map(|page| reuse(site, slug, page, main_chart.is_some())).unwrap_or_default();
    let own = [
        ("slug", text(slug)),
        ("unit_label", text(definition.unit_label(lang))),
        ("percent", (definition.unit_label(lang) == "%").into()),
        ("measure", text(definition.measure.word())),
        ("measure_label", text(Locale::word(&locale.measure, definition.measure.word()))),
        ("direction", text(definition.direction.word())),
        ("ref_area", text(&definition.ref_area)),
        ("area", text(site.config.area_name(&definition.ref_area, lang))),
        ("latest", latest.unwrap_or_else(Value::none)),
        (
            "reported_change",
            reported
                .map_or_else(Value::none, |change| super::figure::change(Change::reported(change), definition.direction, locale)),
        ),
        ("period_range", text(&period_range(main.map(|(_, series)| series), locale))),
        ("observation_count", points_of(site, slug).map(|point| point.vintages().count()).sum::<usize>().into()),
        ("charts", list(chart_values)),
        ("rows", list(rows(site, slug, definition, language))),
        ("articles", list(articles(site, slug, language))),
        ("has_areas", (areas.len() > 1).into()),
        ("has_breakdowns", site.catalogue.all_series(slug).any(|(key, _)| !key.breakdown.is_total()).into()),
        ("computed", list(computed(derived.as_ref(), definition, language))),
        ("computed_note", text(Locale::word(&locale.computed, "note"))),
        ("progress", maybe(progress(derived.as_ref()))),
        ("breaks", list(definition.breaks.iter().map(|each| series_break(site, each, language)))),
        ("corrections", list(corrections_of_indicator(site, slug, language))),
        ("part_of", definition.part_of.as_ref().map_or_else(Value::none, |whole| other(site, &whole.slug, language))),
        ("parts", list(site.catalogue.parts_of(slug).iter().map(|part| other(site, part, language)))),
        ("sparkline", Value::safe_string(sparkline)),
    ];
    let value = object(own.into_iter().chain(reuse));
    IndicatorView { value, main_chart }
}

fn chart_value(chart: &Chart, area: &str, area_name: &str) -> Value {
    object([
        ("area", text(area)),
        ("area_name", text(area_name)),
        ("figure", Value::safe_string(&chart.figure())),
        ("caption", text(&chart.title)),
        ("description", text(&chart.description)),
        ("kind", text(chart.kind.name())),
    ])
}

fn latest_figure(site: &Site, definition: &Definition, language: &Language, area: &str, series: &Series) -> Option<Value> {
    let at = series.latest()?;
    let point = series.points().get(at)?;
    let observation = point.latest();
    let parts = FigureParts {
        definition,
        language,
        ref_area: area,
        change: computed_change(series.points(), at, definition.measure, definition.is_percent()),
        article: site.library.page_in(observation.origin.page, &language.code),
        sparkline: "",
    };
    Some(figure(site, &observation.metric, &parts))
}

fn period_range(series: Option<&Series>, locale: &Locale) -> String {
    let points = series.map(Series::points).unwrap_or_default();
    match (points.first(), points.last()) {
        (Some(first), Some(last)) if first.period != last.period => {
            format!("{} – {}", first.period.short_label(locale), last.period.short_label(locale))
        }
        (Some(only), _) => only.period.short_label(locale),
        _ => String::new(),
    }
}

/// The rows of the table: every vintage of every point, newest period first; those of all before those of a part.
fn rows(site: &Site, slug: &str, definition: &Definition, language: &Language) -> Vec<Value> {
    let mut rows = Vec::new();
    for (key, series) in site.catalogue.all_series(slug) {
        for point in series.points().iter().rev() {
            rows.extend(point.vintages().map(|observation| row(site, definition, language, key, point, observation)));
        }
    }
    rows
}

fn row(
    site: &Site,
    definition: &Definition,
    language: &Language,
    key: &SeriesKey,
    point: &Point,
    observation: &Observation,
) -> Value {
    let area = &key.ref_area;
    let locale = &*language.locale;
    let metric = &observation.metric;
    let article = site.library.page_in(observation.origin.page, &language.code);
    let comment = metric.comment.as_ref().and_then(|comment| comment.text(&language.code));
    let reported = metric.change.map(|change| Change::reported(change).text(locale)).unwrap_or_default();
    object([
        ("period", text(&metric.period.label(locale))),
        ("time_period", text(&metric.period.to_string())),
        ("area", text(site.config.area_name(area, &language.code))),
        ("text", text(&metric.text(locale, definition.decimals, definition.unit_label(&language.code)))),
        ("number", text(&metric.amount.number(locale, definition.decimals))),
        ("kind", text(metric.kind.word())),
        ("kind_label", text(kind_label(metric.kind, locale))),
        ("status", text(&metric.status.letter().to_string())),
        ("status_label", text(status_label(metric.status, locale))),
        ("qualifier", text(metric.qualifier_word(locale))),
        ("change_text", text(&reported)),
        ("breakdown", text(&breakdown_label(&metric.breakdown, &definition.dimensions, &language.code))),
        ("missing", (metric.amount == Amount::Missing).into()),
        ("interval", interval(metric.interval, definition.decimals, locale)),
        ("revision", revision(metric.revision.as_ref(), language)),
        ("comment", maybe(comment.map(|(comment, _)| comment))),
        ("comment_lang", maybe(comment.map(|(_, lang)| lang.as_str()))),
        ("superseded", point.is_superseded(observation).into()),
        ("article", article.map_or_else(Value::none, |page| reference(page, locale))),
    ])
}

/// Every point of an indicator, of all areas and breakdowns.
fn points_of<'a>(site: &'a Site, slug: &str) -> impl Iterator<Item = &'a Point> {
    site.catalogue.all_series(slug).flat_map(|(_, series)| series.points())
}

/// The articles that state the indicator, newest first; its own page is none.
fn articles(site: &Site, slug: &str, language: &Language) -> Vec<Value> {
    let own = site.catalogue.definition(slug).map(|definition| definition.page);
    let observations = points_of(site, slug).flat_map(Point::vintages);
    let mut origins: Vec<_> = observations
        .filter(|observation| Some(observation.origin.page) != own)
        .map(|observation| (observation.origin.date, observation.origin.page))
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    origins.reverse();
    let pages = origins.into_iter().filter_map(|(_, origin)| site.library.page_in(origin, &language.code));
    pages.map(|page| reference(page, &language.locale)).collect()
}
