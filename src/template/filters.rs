use jiff::civil::DateTime;
use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::error::failure;
use super::{SharedSite, scope};
use crate::config::Language;
use crate::locale::{Decimal, format_date, format_number, parse_date_time};
use crate::text::Lang;

/// Registers the filters: Zola's that Tera itself lacks, and those of languages.
pub(super) fn register(tera: &mut Tera, site: &SharedSite) {
    tera.register_filter("json_encode", tera_contrib::json::json_encode);
    tera.register_filter("slugify", tera_contrib::slug::slug);
    tera.register_filter("urlencode", tera_contrib::urlencode::urlencode);
    tera.register_filter("urlencode_strict", tera_contrib::urlencode::urlencode_strict);
    let shared = site.clone();
    tera.register_filter("date", move |value: &Value, kwargs: Kwargs, _: &State| date(&shared, value, &kwargs));
    let shared = site.clone();
    tera.register_filter("long_date", move |value: &Value, kwargs: Kwargs, _: &State| {
        let language = language(&shared, &kwargs)?;
        let words = &language.locale.date;
        Ok::<_, tera::Error>(format_date(moment(value)?.date(), &words.long, words))
    });
    let shared = site.clone();
    tera.register_filter("num", move |value: &Value, kwargs: Kwargs, _: &State| number(&shared, value, &kwargs));
    let shared = site.clone();
    tera.register_filter("num_format", move |value: &Value, kwargs: Kwargs, _: &State| number(&shared, value, &kwargs));
}

/// The language of a `locale` argument, or else of what is being rendered.
fn language<'a>(site: &'a SharedSite, kwargs: &Kwargs) -> TeraResult<&'a Language> {
    let asked = kwargs.get::<String>("locale")?.map(|code| Lang::new(code.split(['-', '_']).next().unwrap_or_default()));
    let lang = asked.or_else(|| scope::subject().map(|subject| subject.lang));
    let found = lang.and_then(|lang| site.config.language(&lang)).or_else(|| site.config.languages.first());
    found.ok_or_else(|| failure("the site has no language", "set `default_language` in the config"))
}

fn moment(value: &Value) -> TeraResult<DateTime> {
    let text = value.as_str().unwrap_or_default();
    parse_date_time(text).ok_or_else(|| failure(format!("`{value}` is not a date"), "give it a date such as 2017-01-12"))
}

/// `date(format="%d/%m/%Y")`: names of months and days in the language of the page or of `locale`.
fn date(site: &SharedSite, value: &Value, kwargs: &Kwargs) -> TeraResult<String> {
    let moment = moment(value)?;
    let words = &language(site, kwargs)?.locale.date;
    let format = kwargs.get::<String>("format")?.unwrap_or_else(|| "%Y-%m-%d".to_owned());
    let name = |names: &[String], index: i8| {
        usize::try_from(index - 1).ok().and_then(|index| names.get(index).cloned()).unwrap_or_default()
    };
    let weekday = moment.weekday().to_monday_one_offset();
    let mut localized = String::with_capacity(format.len());
    let mut rest = format.as_str();
    while let Some((before, after)) = rest.split_once('%') {
        localized.push_str(before);
        let mut letters = after.chars();
        match letters.next() {
            Some('B') => localized.push_str(&name(&words.months, moment.month())),
            Some('b' | 'h') => localized.push_str(&name(&words.short_months, moment.month())),
            Some('A') => localized.push_str(&name(&words.weekdays, weekday)),
            Some('a') => localized.push_str(&name(&words.short_weekdays, weekday)),
            Some(letter) => {
                localized.push('%');
                localized.push(letter);
            }
            None => localized.push_str("%%"),
        }
        rest = letters.as_str();
    }
    localized.push_str(rest);
    let zoned =
        moment.to_zoned_datetime(jiff::tz::TimeZone::UTC).map_err(|error| failure(error.to_string(), "give it another date"))?;
    jiff::fmt::strtime::format(&localized, &zoned)
        .map_err(|error| failure(format!("`{format}` is not a date format: {error}"), "use a format such as \"%d/%m/%Y\""))
}

fn number(site: &SharedSite, value: &Value, kwargs: &Kwargs) -> TeraResult<String> {
    let number = Decimal::parse(&value.to_string());
    let number = number.ok_or_else(|| failure(format!("`{value}` is not a number"), "give it a plain number"))?;
    let number = match kwargs.get::<u8>("decimals")? {
        Some(decimals) => number.rounded(decimals.min(12)),
        None => number,
    };
    Ok(format_number(number, &language(site, kwargs)?.locale))
}
