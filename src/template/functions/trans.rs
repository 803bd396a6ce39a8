use tera::{Kwargs, State, TeraResult, Value};

use super::language;
use crate::config::Language;
use crate::diagnostic::Diagnostic;
use crate::locale::{Decimal, fill, format_number, plural_category};
use crate::template::asked::Functions;
use crate::template::error::failure;
use crate::template::{SharedSite, scope};
use crate::text::{Lang, closest};

/// `trans(key, lang, n, …)`: a text of the theme or site in the language of the page, else, with a warning, in the default
/// language. `{name}` in it is filled from the argument of that name, numbers in the form of the language; the argument
/// `n` or `count` chooses between plural forms (`key.one`, `key.other`, …).
pub(super) fn register(functions: &mut Functions<'_>, site: &SharedSite) {
    let site = site.clone();
    functions.add("trans", move |kwargs: Kwargs, _: &State<'_>| trans(&site, &kwargs));
}

fn trans(site: &SharedSite, kwargs: &Kwargs) -> TeraResult<Value> {
    let key = kwargs.must_get::<&str>("key")?;
    let lang = language(site, kwargs)?;
    let counted = match kwargs.get::<&Value>("n")? {
        Some(counted) => Some(counted),
        None => kwargs.get::<&Value>("count")?,
    };
    let counted = counted.and_then(|counted| Decimal::parse(&counted.to_string()));
    let own = site.config.language(&lang);
    let default = site.config.languages.first();
    let mut texts = own.into_iter().chain(default).filter_map(|language| Some((language, text(language, key, counted)?)));
    let Some((language, text)) = texts.next() else { return Err(unknown(site, key, &lang)) };
    if language.code != lang {
        let message = format!("there is no text `{key}` in `{lang}`; the one in `{}` stands in for it", language.code);
        let help = format!("add `{key} = \"…\"` to i18n/{lang}.toml or to `[languages.{lang}.translations]`");
        scope::note(Diagnostic::warning("untranslated", message).help(help));
    }
    if !text.contains('{') {
        return Ok(Value::from(text.as_str()));
    }
    let mut values: Vec<(String, String)> = Vec::new();
    for (name, value) in kwargs.iter() {
        let Some(name) = name.as_str().filter(|name| !matches!(*name, "key" | "lang")) else { continue };
        let written = match value.is_number().then(|| Decimal::parse(&value.to_string())).flatten() {
            Some(number) => format_number(number, &language.locale),
            None => value.to_string(),
        };
        values.push((name.to_owned(), written));
    }
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    Ok(Value::from(fill(text, &values)))
}

/// The text of a key in a language, in the form for a number if there are forms.
fn text<'a>(language: &'a Language, key: &str, counted: Option<Decimal>) -> Option<&'a String> {
    let form = |category: &str| language.strings.get(&format!("{key}.{category}"));
    let counted = counted.and_then(|n| form(plural_category(language.code.as_str(), n)).or_else(|| form("other")));
    counted.or_else(|| language.strings.get(key))
}

fn unknown(site: &SharedSite, key: &str, lang: &Lang) -> tera::Error {
    let strings = || site.config.languages.iter().flat_map(|language| language.strings.keys()).map(String::as_str);
    let has_forms = strings().any(|other| other.strip_prefix(key).is_some_and(|rest| rest.starts_with('.')));
    let help = match closest(key, strings()) {
        _ if has_forms => format!("it has several forms: count with `trans(key=\"{key}\", n=…)`, or name one"),
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("add `{key} = \"…\"` to i18n/{lang}.toml"),
    };
    failure(format!("there is no text `{key}` in `{lang}`"), help)
}
