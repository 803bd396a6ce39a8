use std::sync::Arc;

use pulldown_cmark_escape::escape_html;
use tera::{Kwargs, State, TeraResult, Value};

use super::Html;
use super::chart_wishes::{breakdown, wishes};
use crate::config::Language;
use crate::content::LinkTarget;
use crate::diagnostic::Diagnostic;
use crate::indicator::{Definition, Kind, Metric, Point, TimePeriod};
use crate::markdown::{Insert, Stands};
use crate::template::asked::{Answers, Functions};
use crate::template::charts::Drawer;
use crate::template::error::failure;
use crate::template::{SharedSite, scope};
use crate::text::closest;

/// What decides how an indicator's numbers and charts look in a language.
pub(in crate::template) const INDICATOR: &str = "the indicator";
/// What decides which number of its own a page means.
pub(in crate::template) const STATED: &str = "the numbers of the page";

/// `metric(indicator, time_period, kind, ref_area)`: a number that the article states, in the page's language.
/// `chart(indicator, ref_area, kind, since, until, areas, zero, height)`: an indicator's chart.
///
/// Both put their HTML into the page that calls them, so they are called anew every time; what they look at is remembered.
pub(super) fn register(functions: &mut Functions<'_>, site: &SharedSite) {
    let shared = site.clone();
    functions.hide(INDICATOR, move |slug| indicator(&shared, slug));
    let shared = site.clone();
    functions.hide(STATED, move |file| numbers_of(&shared, file));
    let (shared, answers) = (site.clone(), Arc::clone(&functions.answers));
    let metric = move |kwargs: Kwargs, _: &State<'_>| look(&shared, &answers, &kwargs).and_then(|()| metric(&shared, &kwargs));
    functions.tera.register_function("metric", Html(metric));
    let (shared, answers) = (site.clone(), Arc::clone(&functions.answers));
    let chart = move |kwargs: Kwargs, _: &State<'_>| look(&shared, &answers, &kwargs).and_then(|()| chart(&shared, &kwargs));
    functions.tera.register_function("chart", Html(chart));
}

/// Remembers what a call looks at.
fn look(site: &SharedSite, answers: &Answers, kwargs: &Kwargs) -> TeraResult<()> {
    let slug = kwargs.must_get::<String>("indicator")?;
    answers.look(INDICATOR, &slug);
    for part in site.catalogue.parts_of(&slug) {
        answers.look(INDICATOR, part);
    }
    let page = scope::subject().and_then(|subject| subject.page).and_then(|page| site.library.pages.get(page));
    answers.look(STATED, page.and_then(|page| page.source.path.below("content")).unwrap_or_default());
    Ok(())
}

fn indicator(site: &SharedSite, slug: &str) -> Value {
    let Some(definition) = site.catalogue.definition(slug) else { return Value::none() };
    let lang = scope::subject().map_or_else(|| site.config.default_language.clone(), |subject| subject.lang);
    let mut all = definition.statement();
    all.push_str(site.library.page_in(definition.page, &lang).map_or(slug, |page| page.title()));
    for (area, series) in site.catalogue.areas(slug) {
        all.extend(["\n", area]);
        for observation in series.points().iter().flat_map(Point::vintages) {
            all.push('\n');
            all.push_str(&observation.metric.statement());
        }
    }
    Value::from(all)
}

fn numbers_of(site: &SharedSite, file: &str) -> Value {
    let Some(LinkTarget::Page(page)) = site.library.by_file(file) else { return Value::none() };
    let metrics = site.catalogue.metrics_of(site.library.origin(page));
    Value::from(metrics.iter().map(|metric| metric.statement()).collect::<Vec<_>>().join("\n"))
}

fn metric(site: &SharedSite, kwargs: &Kwargs) -> TeraResult<Value> {
    let (definition, slug, language) = asked(site, kwargs)?;
    let metric = stated(site, kwargs, &slug, definition)?;
    let words = metric.text(&language.locale, definition.decimals, definition.unit_label(&language.code));
    let machine = match metric.amount.value() {
        Some(value) => value.to_string(),
        None => metric.amount.bounds().map(|(low, high)| format!("{low}/{high}")).unwrap_or_default(),
    };
    let mut html = format!("<data class=\"metric\" value=\"{machine}\">");
    // Writing to a string cannot fail.
    let _ = escape_html(&mut html, &words);
    html.push_str("</data>");
    Ok(Value::from(scope::insert(Insert { html, text: words, stands: Stands::InLine })))
}

fn chart(site: &SharedSite, kwargs: &Kwargs) -> TeraResult<Value> {
    let (definition, slug, language) = asked(site, kwargs)?;
    let own = article_metrics(site).iter().find(|metric| metric.indicator == slug).and_then(|metric| metric.ref_area.clone());
    let area = kwargs.get::<String>("ref_area")?.or(own).unwrap_or_else(|| definition.ref_area.clone());
    let wishes = wishes(site, kwargs, &slug, definition)?;
    if site.catalogue.series(&slug, &area).is_none() {
        let areas: Vec<&str> = site.catalogue.areas(&slug).map(|(area, _)| area).collect();
        let help = if areas.is_empty() {
            "state a number of it in an article first".to_owned()
        } else {
            format!("give `ref_area` as one of: {}", areas.join(", "))
        };
        return Err(failure(format!("no article states a number of `{slug}` for the area `{area}`"), help));
    }
    let id = format!("chart-{slug}-{}", scope::insert_count());
    let drawer = Drawer { site, slug: &slug, definition, language, revisions: false };
    match drawer.of_call(&area, &wishes, &id) {
        Some(chart) => {
            for wish in &chart.warnings {
                scope::note(Diagnostic::warning("misleading-chart", wish.message.as_str()).help(wish.help));
            }
            let text = chart.title.clone();
            Ok(Value::from(scope::insert(Insert { html: chart.figure(), text, stands: Stands::Alone })))
        }
        None if wishes.since.is_some() || wishes.until.is_some() => Err(failure(
            format!("`{slug}` has no number of the periods that the chart is to show"),
            "give an earlier `since` or a later `until`",
        )),
        None => Err(failure(format!("`{slug}` has nothing to draw"), "state a number of it in an article first")),
    }
}

/// That there is no such indicator, with the likely one.
pub(in crate::template) fn unknown_indicator(site: &SharedSite, slug: &str) -> tera::Error {
    let help = match closest(slug, site.catalogue.definitions().map(|(slug, _)| slug)) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("add its page content/indicators/{slug}.md"),
    };
    failure(format!("there is no indicator `{slug}`"), help)
}

/// The indicator that a call names, and the language of the page.
fn asked<'a>(site: &'a SharedSite, kwargs: &Kwargs) -> TeraResult<(&'a Definition, String, &'a Language)> {
    let slug = kwargs.must_get::<String>("indicator")?;
    let lang = scope::subject().map_or_else(|| site.config.default_language.clone(), |subject| subject.lang);
    let definition = site.catalogue.definition(&slug).ok_or_else(|| unknown_indicator(site, &slug))?;
    match site.config.language(&lang) {
        Some(language) => Ok((definition, slug, language)),
        None => Err(failure(format!("`{lang}` is not a language of this site"), "add it to the config")),
    }
}

fn article_metrics(site: &SharedSite) -> &[Arc<Metric>] {
    let page = scope::subject().and_then(|subject| subject.page);
    page.map(|page| site.catalogue.metrics_of(site.library.origin(page))).unwrap_or_default()
}

/// The one metric of the article that a call means.
fn stated(site: &SharedSite, kwargs: &Kwargs, slug: &str, definition: &Definition) -> TeraResult<Arc<Metric>> {
    let period = match kwargs.get::<String>("time_period")? {
        Some(text) => match TimePeriod::parse(&text) {
            Some(period) => Some(period.in_fiscal_years(definition.fiscal_year_start)),
            None => {
                return Err(failure(
                    format!("`{text}` is not a time period"),
                    "write it as in the front matter, such as \"2016-Q3\"",
                ));
            }
        },
        None => None,
    };
    let kind = match kwargs.get::<String>("kind")? {
        Some(word) => match Kind::WORDS.iter().find(|(name, _)| *name == word) {
            Some((_, kind)) => Some(*kind),
            None => return Err(failure(format!("`{word}` is not a known `kind`"), "use \"actual\" or \"target\"")),
        },
        None => None,
    };
    let area = kwargs.get::<String>("ref_area")?;
    let breakdown = breakdown(kwargs)?;
    let of_indicator: Vec<&Arc<Metric>> = article_metrics(site).iter().filter(|metric| metric.indicator == slug).collect();
    let matches = |metric: &&&Arc<Metric>| {
        period.is_none_or(|period| metric.period == period)
            && kind.is_none_or(|kind| metric.kind == kind)
            && area.as_ref().is_none_or(|area| area_of(site, metric) == area)
            && breakdown.as_ref().is_none_or(|breakdown| metric.breakdown == *breakdown)
    };
    let mut found = of_indicator.iter().filter(matches);
    match (found.next(), found.count()) {
        (Some(metric), 0) => Ok(Arc::clone(metric)),
        (None, _) if of_indicator.is_empty() => {
            let stated: Vec<&str> = article_metrics(site).iter().map(|metric| metric.indicator.as_str()).collect();
            let help = if stated.is_empty() {
                "state it in `[[extra.metrics]]` of the default-language file".to_owned()
            } else {
                format!("state it in `[[extra.metrics]]`; the article states {}", stated.join(", "))
            };
            Err(failure(format!("this article states no number of `{slug}`"), help))
        }
        (None, _) => Err(failure(
            format!("this article states no such number of `{slug}`"),
            format!("it states {}", choices(site, &of_indicator)),
        )),
        (Some(_), others) => Err(failure(
            format!("this article states {} numbers of `{slug}` that the call may mean", others + 1),
            format!("choose one by `time_period`, `kind`, `ref_area` or `breakdown`: {}", choices(site, &of_indicator)),
        )),
    }
}

fn area_of<'a>(site: &'a SharedSite, metric: &'a Metric) -> &'a str {
    let own = || site.catalogue.definition(&metric.indicator).map_or("", |definition| definition.ref_area.as_str());
    metric.ref_area.as_deref().unwrap_or_else(own)
}

fn choices(site: &SharedSite, metrics: &[&Arc<Metric>]) -> String {
    let choice = |metric: &&Arc<Metric>| {
        let (kind, area) = (metric.kind.word(), area_of(site, metric));
        let members = metric.breakdown.members().map(|(dimension, member)| format!("\"{dimension}\": \"{member}\""));
        let breakdown = match members.collect::<Vec<_>>().join(", ") {
            none if none.is_empty() => none,
            members => format!(", breakdown={{{members}}}"),
        };
        format!("time_period=\"{}\", kind=\"{kind}\", ref_area=\"{area}\"{breakdown}", metric.period)
    };
    metrics.iter().map(choice).collect::<Vec<_>>().join("; ")
}
