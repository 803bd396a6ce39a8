use std::collections::BTreeSet;
use std::sync::Arc;

use tera::value::Key;
use tera::{Kwargs, State, TeraResult, Value};

use super::indicators::unknown_indicator;
use super::{language, taxonomies};
use crate::content::{LinkTarget, Page};
use crate::indicator::Definition;
use crate::locale::{fold, sort_key};
use crate::template::asked::Functions;
use crate::template::error::failure;
use crate::template::stages::Stages;
use crate::template::values::object;
use crate::template::{SharedSite, Values};
use crate::text::{Lang, closest};

/// `get_indicator(id)` and `get_indicators(topic, area, kind, term)`: indicators in the language of what is being rendered.
pub(super) fn register(functions: &mut Functions<'_>, site: &SharedSite, stages: &Arc<Stages>) {
    let (shared, all) = (site.clone(), stages.clone());
    functions.add("get_indicator", move |kwargs: Kwargs, _: &State<'_>| get_indicator(&shared, all.values(), &kwargs));
    let (shared, all) = (site.clone(), stages.clone());
    functions.add("get_indicators", move |kwargs: Kwargs, _: &State<'_>| get_indicators(&shared, all.values(), &kwargs));
}

fn get_indicator(site: &SharedSite, values: &Values, kwargs: &Kwargs) -> TeraResult<Value> {
    let id = kwargs.must_get::<String>("id")?;
    let lang = language(site, kwargs)?;
    let definition = site.catalogue.definition(&id).ok_or_else(|| unknown_indicator(site, &id))?;
    Ok(in_short(site, values, definition, &lang).unwrap_or_else(Value::none))
}

/// All indicators, or those of a topic, with numbers of an area, or with numbers that the articles of a term state, in the
/// order of their titles.
fn get_indicators(site: &SharedSite, values: &Values, kwargs: &Kwargs) -> TeraResult<Value> {
    let lang = language(site, kwargs)?;
    let topic = kwargs.get::<String>("topic")?.map(|topic| known_topic(site, &topic, &lang)).transpose()?;
    let area = kwargs.get::<String>("area")?.map(|area| known_area(site, area)).transpose()?;
    let stated = stated_by_term(site, kwargs)?;
    let mut found: Vec<_> = site
        .catalogue
        .definitions()
        .filter(|(slug, _)| {
            area.as_ref().is_none_or(|area| site.catalogue.all_series(slug).any(|(key, _)| key.ref_area == *area))
        })
        .filter_map(|(slug, definition)| Some((slug, definition, site.library.page_in(definition.page, &lang)?)))
        .filter(|(slug, ..)| stated.as_ref().is_none_or(|stated| stated.contains(slug)))
        .filter(|(.., page)| topic.as_ref().is_none_or(|topic| terms(page).any(|term| fold(term) == *topic)))
        .collect();
    found.sort_by_cached_key(|(slug, _, page)| (sort_key(page.title()), *slug));
    let found = found.into_iter().filter_map(|(_, definition, _)| in_short(site, values, definition, &lang));
    Ok(Value::from(found.collect::<Vec<_>>()))
}

/// The indicators of which the articles of a term state numbers, if one is given by `kind` and `term`.
fn stated_by_term<'a>(site: &'a SharedSite, kwargs: &Kwargs) -> TeraResult<Option<BTreeSet<&'a str>>> {
    let Some(term) = kwargs.get::<String>("term")? else { return Ok(None) };
    let Some((_, group)) = taxonomies::group(site, kwargs)? else { return Ok(Some(BTreeSet::new())) };
    let slug = site.config.slugify.taxonomies.path(&term);
    let found = group.term(&slug).ok_or_else(|| taxonomies::unknown_term(group, &term))?;
    let metrics = found.pages.iter().flat_map(|page| site.catalogue.metrics_of(site.library.origin(*page)));
    Ok(Some(metrics.map(|metric| metric.indicator.as_str()).collect()))
}

/// The names of all terms of a page.
fn terms(page: &Page) -> impl Iterator<Item = &str> {
    page.terms().flat_map(|(_, terms)| terms)
}

/// A topic as names are compared, if the site has it in a language.
fn known_topic(site: &SharedSite, topic: &str, lang: &Lang) -> TeraResult<String> {
    let groups = site.library.taxonomies.iter().filter(|group| group.lang == *lang);
    let names: Vec<&str> = groups.flat_map(|group| &group.terms).map(|term| term.name.as_str()).collect();
    let wanted = fold(topic);
    if names.iter().any(|name| fold(name) == wanted) {
        return Ok(wanted);
    }
    let help = match closest(topic, names.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "use a term that a page in this language has".to_owned(),
    };
    Err(failure(format!("there is no topic `{topic}` in `{lang}`"), help))
}

fn known_area(site: &SharedSite, area: String) -> TeraResult<String> {
    let stated =
        site.catalogue.definitions().flat_map(|(slug, _)| site.catalogue.all_series(slug)).map(|(key, _)| key.ref_area.as_str());
    let named = site.config.tinso.areas.keys().map(String::as_str);
    let known: BTreeSet<&str> = stated.chain(named).collect();
    if known.contains(area.as_str()) {
        return Ok(area);
    }
    let help = match closest(&area, known) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("name it in {}", site.config.tinso.areas_place()),
    };
    Err(failure(format!("there is no area `{area}`"), help))
}

/// An indicator's page as far as lists show it.
fn in_short(site: &SharedSite, values: &Values, definition: &Definition, lang: &Lang) -> Option<Value> {
    let target = LinkTarget::Page(definition.page);
    let LinkTarget::Page(page) = site.library.in_language(target, lang).unwrap_or(target) else { return None };
    let map = values.listed(site, page)?.as_map()?;
    let field = |name: &'static str| map.get(&Key::Str(name)).cloned().unwrap_or_else(Value::none);
    Some(object([
        ("title", field("title")),
        ("permalink", field("permalink")),
        ("description", field("description")),
        ("indicator", field("indicator")),
    ]))
}
