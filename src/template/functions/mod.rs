//! The functions of templates, one family a file.

mod basics;
mod catalogue;
mod chart_wishes;
mod files;
mod hashes;
#[cfg(feature = "images")]
mod images;
mod indicators;
mod load_data;
#[cfg(not(feature = "images"))]
mod no_images;
mod pages;
mod taxonomies;
mod trans;
mod urls;

use std::sync::Arc;

use tera::{Function, Kwargs, State, TeraResult, Value};

pub(super) use basics::{NOW, UNIT};
pub(super) use indicators::{INDICATOR, STATED, unknown_indicator};

use super::asked::Functions;
use super::error::failure;
use super::stages::Stages;
use super::{SharedSite, pictures, scope};
use crate::text::Lang;

/// A function whose text is HTML already.
struct Html<F>(F);

impl<F> Function<TeraResult<Value>> for Html<F>
where
    F: Fn(Kwargs, &State<'_>) -> TeraResult<Value> + Send + Sync + 'static,
{
    fn call(&self, kwargs: Kwargs, state: &State<'_>) -> TeraResult<Value> {
        (self.0)(kwargs, state)
    }

    fn is_safe(&self) -> bool {
        true
    }
}

/// Registers all of them.
pub(super) fn register(functions: &mut Functions<'_>, site: &SharedSite, stages: &Arc<Stages>) {
    basics::register(functions, site);
    urls::register(functions, site);
    trans::register(functions, site);
    indicators::register(functions, site);
    load_data::register(functions, site);
    hashes::register(functions, site);
    #[cfg(feature = "images")]
    images::register(functions, site);
    #[cfg(not(feature = "images"))]
    no_images::register(functions);
    pictures::register(functions, site);
    pages::register(functions, site, stages);
    catalogue::register(functions, site, stages);
    taxonomies::register(functions, site, stages);
}

/// The language of the argument `lang`, or of what is being rendered.
fn language(site: &SharedSite, kwargs: &Kwargs) -> TeraResult<Lang> {
    let Some(code) = kwargs.get::<&str>("lang")?.filter(|code| !code.is_empty()) else {
        let current = scope::subject().map(|subject| subject.lang);
        return Ok(current.unwrap_or_else(|| site.config.default_language.clone()));
    };
    let languages = || site.config.languages.iter().map(|language| &language.code);
    if let Some(lang) = languages().find(|lang| lang.as_str() == code) {
        return Ok(lang.clone());
    }
    let codes: Vec<&str> = languages().map(Lang::as_str).collect();
    Err(failure(format!("`{code}` is not a language of this site"), format!("use one of: {}", codes.join(", "))))
}
