//! The filters and tests of templates, one family a file: Zola's that Tera itself lacks, and those of languages.

mod contrib;
mod dates;
mod lists;
mod markdown;
mod numbers;
mod tera1;
mod texts;

use std::sync::Arc;

use tera::{Kwargs, Tera, TeraResult, Value};

use super::asked::Functions;
use super::error::failure;
use super::{SharedSite, scope};
use crate::locale::Locale;
use crate::text::Lang;

pub(super) use dates::moment;
pub(super) use markdown::LINK;

/// Registers all of them.
pub(super) fn register(functions: &mut Functions<'_>, site: &SharedSite) {
    register_plain(functions.tera);
    dates::register(functions.tera, site);
    numbers::register(functions, site);
    markdown::register(functions, site);
}

/// Those that need no site.
pub(super) fn register_plain(tera: &mut Tera) {
    contrib::register(tera);
    lists::register(tera);
    tera1::register(tera);
    texts::register(tera);
}

/// The words of the argument `locale` (`vi`, `vi_VN`), or else of the language of what is being rendered.
fn locale(site: &SharedSite, kwargs: &Kwargs) -> TeraResult<Arc<Locale>> {
    let code = given(kwargs, "locale")?.map(|code| code.replace('_', "-"));
    let lang = match &code {
        Some(code) => Lang::new(code),
        None => scope::subject().map_or_else(|| site.config.default_language.clone(), |subject| subject.lang),
    };
    if code.as_ref().is_some_and(|code| !Lang::is_well_formed(code)) {
        return Err(failure(format!("`{lang}` is not a language"), "write a code such as \"vi\" or \"en_GB\""));
    }
    match site.config.language(&lang) {
        Some(language) => Ok(language.locale.clone()),
        None => Locale::of(&lang).map_err(|error| failure(error, "this is a mistake in tinso")),
    }
}

/// A text argument; `none` is as good as none given.
fn given<'k>(kwargs: &'k Kwargs, name: &'k str) -> TeraResult<Option<&'k str>> {
    match kwargs.get::<&Value>(name)? {
        Some(value) if !value.is_none() && !value.is_undefined() => match value.as_str() {
            Some(text) => Ok(Some(text)),
            None => Err(failure(format!("the argument `{name}` is {}", described(value)), "give it a text, between quotes")),
        },
        _ => Ok(None),
    }
}

/// A value as messages name it: itself if it is short, else its kind.
fn described(value: &Value) -> String {
    if value.is_string() || value.is_number() || value.is_bool() { format!("`{value}`") } else { format!("a {}", value.name()) }
}
