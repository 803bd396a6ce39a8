use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::language;
use crate::locale::{Decimal, fill, format_number};
use crate::template::SharedSite;
use crate::template::error::failure;
use crate::text::closest;

/// `trans(key, lang, …)`: a text of the theme or site in the language of the page, else in the default language;
/// `{name}` in it is filled from the argument of that name, numbers in the form of the language.
pub(super) fn register(tera: &mut Tera, site: &SharedSite) {
    let site = site.clone();
    tera.register_function("trans", move |kwargs: Kwargs, _: &State<'_>| trans(&site, &kwargs));
}

fn trans(site: &SharedSite, kwargs: &Kwargs) -> TeraResult<Value> {
    let key = kwargs.must_get::<String>("key")?;
    let lang = language(site, kwargs)?;
    let own = site.config.language(&lang);
    let default = site.config.languages.first();
    let text =
        own.and_then(|language| language.strings.get(&key)).or_else(|| default.and_then(|language| language.strings.get(&key)));
    let (Some(language), Some(text)) = (own, text) else {
        let keys = own.into_iter().flat_map(|language| language.strings.keys()).map(String::as_str);
        let help = match closest(&key, keys) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("add `{key} = \"…\"` to i18n/{lang}.toml"),
        };
        return Err(failure(format!("there is no text `{key}` in `{lang}`"), help));
    };
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
