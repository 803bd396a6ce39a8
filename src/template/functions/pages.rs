use std::sync::Arc;

use tera::{Kwargs, State, TeraResult, Value};

use super::language;
use super::urls::find;
use crate::content::LinkTarget;
use crate::template::asked::Functions;
use crate::template::error::failure;
use crate::template::stages::Stages;
use crate::template::{SharedSite, Values};
use crate::text::Lang;

/// `get_page` and `get_section`: whole pages, in the language of what is being rendered.
pub(super) fn register(functions: &mut Functions<'_>, site: &SharedSite, stages: &Arc<Stages>) {
    let (shared, all) = (site.clone(), stages.clone());
    functions.add("get_page", move |kwargs: Kwargs, _: &State<'_>| get(&shared, all.values(), &kwargs, true));
    let (shared, all) = (site.clone(), stages.clone());
    functions.add("get_section", move |kwargs: Kwargs, _: &State<'_>| get(&shared, all.values(), &kwargs, false));
}

fn get(site: &SharedSite, values: &Values, kwargs: &Kwargs, page: bool) -> TeraResult<Value> {
    let path = kwargs.must_get::<String>("path")?;
    let path = path.trim_start_matches("@/");
    let lang = match own_language(site, path).filter(|_| !is_given(kwargs)) {
        Some(own) => own,
        None => language(site, kwargs)?,
    };
    let value = match (find(site, path, &lang), page) {
        (Ok(LinkTarget::Page(id)), true) => values.pages.get(id),
        (Ok(LinkTarget::Section(id)), false) => values.sections.get(id),
        (Ok(LinkTarget::Page(_)), false) => return Err(failure(format!("`{path}` is a page"), "use get_page for it")),
        (Ok(LinkTarget::Section(_)), true) => return Err(failure(format!("`{path}` is a section"), "use get_section for it")),
        (Err(_), _) if kwargs.get::<bool>("allow_missing")?.unwrap_or(false) => None,
        (Err(error), _) => return Err(error),
    };
    Ok(value.cloned().unwrap_or_else(Value::none))
}

fn is_given(kwargs: &Kwargs) -> bool {
    kwargs.get::<String>("lang").is_ok_and(|lang| lang.is_some())
}

/// The language that a path names itself, as in `news/a.fr.md`.
fn own_language(site: &SharedSite, path: &str) -> Option<Lang> {
    let lang = match site.library.by_file(path.strip_prefix("content/").unwrap_or(path))? {
        LinkTarget::Page(id) => &site.library.pages.get(id)?.file.lang,
        LinkTarget::Section(id) => &site.library.sections.get(id)?.file.lang,
    };
    (*lang != site.config.default_language).then(|| lang.clone())
}
