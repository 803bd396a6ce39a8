use std::sync::Arc;

use tera::{Kwargs, State, TeraResult, Value};

use super::language;
use crate::content::TermGroup;
use crate::diagnostic::Diagnostic;
use crate::template::asked::Functions;
use crate::template::error::failure;
use crate::template::stages::Stages;
use crate::template::values::{object, text};
use crate::template::{SharedSite, Values, scope};
use crate::text::closest;

/// `get_taxonomy`, `get_taxonomy_term` and `get_taxonomy_url`.
pub(super) fn register(functions: &mut Functions<'_>, site: &SharedSite, stages: &Arc<Stages>) {
    let (shared, all) = (site.clone(), stages.clone());
    functions.add("get_taxonomy", move |kwargs: Kwargs, _: &State<'_>| get_taxonomy(&shared, all.values(), &kwargs));
    let (shared, all) = (site.clone(), stages.clone());
    functions.add("get_taxonomy_term", move |kwargs: Kwargs, _: &State<'_>| get_term(&shared, all.values(), &kwargs));
    let shared = site.clone();
    functions.add_html("get_taxonomy_url", move |kwargs: Kwargs, _: &State<'_>| get_url(&shared, &kwargs));
}

/// The taxonomy of the argument `kind`, by its name or slug; `None` when `required=false` and there is none.
pub(super) fn group<'a>(site: &'a SharedSite, kwargs: &Kwargs) -> TeraResult<Option<(usize, &'a TermGroup)>> {
    let kind = kwargs.must_get::<String>("kind")?;
    let lang = language(site, kwargs)?;
    let groups = site.library.taxonomies.iter().enumerate();
    let mut named =
        groups.filter(|(_, group)| group.lang == lang && (group.taxonomy.name == kind || group.taxonomy.slug == kind));
    match named.next() {
        Some(found) => Ok(Some(found)),
        None if kwargs.get::<bool>("required")?.unwrap_or(true) => {
            let names = site.library.taxonomies.iter().filter(|group| group.lang == lang);
            let help = match closest(&kind, names.map(|group| group.taxonomy.name.as_str())) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "add it to `taxonomies` in the config, or give `required=false`".to_owned(),
            };
            Err(failure(format!("there is no taxonomy `{kind}` in `{lang}`"), help))
        }
        None => Ok(None),
    }
}

fn get_taxonomy(site: &SharedSite, values: &Values, kwargs: &Kwargs) -> TeraResult<Value> {
    let Some((id, group)) = group(site, kwargs)? else { return Ok(Value::none()) };
    let Some((settings, terms)) = values.taxonomy(id).zip(values.terms(site, id)) else { return Ok(Value::none()) };
    Ok(object([
        ("kind", settings.clone()),
        ("lang", text(group.lang.as_str())),
        ("permalink", text(&site.config.permalink(&group.path))),
        ("items", terms.clone()),
    ]))
}

fn get_term(site: &SharedSite, values: &Values, kwargs: &Kwargs) -> TeraResult<Value> {
    let Some((id, group)) = group(site, kwargs)? else { return Ok(Value::none()) };
    let slug = site.config.slugify.taxonomies.path(&kwargs.must_get::<String>("term")?);
    let value = group.position(&slug).and_then(|at| values.term(site, id, at).cloned());
    match value {
        Some(value) => Ok(value),
        None if kwargs.get::<bool>("required")?.unwrap_or(true) => Err(unknown_term(group, &slug)),
        None => Ok(Value::none()),
    }
}

pub(super) fn unknown_term(group: &TermGroup, term: &str) -> tera::Error {
    let help = match closest(term, group.terms.iter().map(|term| term.name.as_str())) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "use a term that a page has, or give `required=false`".to_owned(),
    };
    failure(format!("there is no term `{term}` in `{}`", group.taxonomy.name), help)
}

fn get_url(site: &SharedSite, kwargs: &Kwargs) -> TeraResult<Value> {
    let Some((_, group)) = group(site, kwargs)? else { return Ok(Value::from("")) };
    let term = match kwargs.get::<String>("term")? {
        Some(term) => term,
        None if kwargs.get::<&Value>("name")?.is_some() => {
            let message = "a template calls `get_taxonomy_url` with `name`, which is now `term`";
            scope::note(Diagnostic::warning("old-argument", message).help("rename the argument; it means the same"));
            kwargs.must_get::<String>("name")?
        }
        None => kwargs.must_get::<String>("term")?,
    };
    let slug = site.config.slugify.taxonomies.path(&term);
    match group.term(&slug) {
        Some(term) => Ok(Value::from(site.config.permalink(&term.path))),
        None if kwargs.get::<bool>("required")?.unwrap_or(true) => Err(unknown_term(group, &term)),
        None => Ok(Value::from("")),
    }
}
