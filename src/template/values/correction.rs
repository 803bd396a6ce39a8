use std::sync::Arc;

use tera::Value;

use super::basics::{list, maybe, object, text};
use super::figure::reference;
use crate::config::Language;
use crate::content::Page;
use crate::indicator::Correction;
use crate::locale::{Decimal, format_date, format_number, format_quantity, parse_date};
use crate::template::Site;

/// What an article owns up to, newest first.
pub(super) fn corrections(site: &Site, page: usize, language: Option<&Language>) -> Value {
    let Some(language) = language else { return list([]) };
    let of_page = site.catalogue.corrections().of_page(&site.library, page);
    list(of_page.iter().map(|correction| object(fields(site, correction, language))))
}

/// What articles own up to about the numbers of an indicator, newest first, each with its article.
pub(super) fn corrections_of_indicator(site: &Site, slug: &str, language: &Language) -> Vec<Value> {
    let corrections = site.catalogue.corrections();
    let mut found = Vec::new();
    for article in corrections.articles(slug) {
        let versions = site.library.pages.get(*article).map(|page| page.translations.as_slice()).unwrap_or_default();
        let in_language = |id: &&usize| site.library.pages.get(**id).is_some_and(|page| page.file.lang == language.code);
        let version = versions.iter().find(in_language).unwrap_or(article);
        let Some(page) = site.library.pages.get(*version) else { continue };
        let of_slug = corrections.of_page(&site.library, *version).iter();
        let of_slug = of_slug.filter(|correction| correction.metric.as_deref() == Some(slug));
        found.extend(of_slug.map(|correction| (correction.date.as_str(), correction, page)));
    }
    found.sort_by(|(a, _, page_a), (b, _, page_b)| b.cmp(a).then_with(|| page_a.permalink.cmp(&page_b.permalink)));
    let value = |(_, correction, page): (&str, &Correction, &Arc<Page>)| {
        let article = [("article", reference(page, &language.locale))];
        object(fields(site, correction, language).into_iter().chain(article))
    };
    found.into_iter().map(value).collect()
}

fn fields(site: &Site, correction: &Correction, language: &Language) -> Vec<(&'static str, Value)> {
    let locale = &*language.locale;
    let note = correction.text.text(&language.code);
    let date = correction.date.get(..10).and_then(parse_date);
    let long = date.map(|date| format_date(date, &locale.date.long, &locale.date));
    let definition = correction.metric.as_deref().and_then(|slug| site.catalogue.definition(slug));
    let page = definition.and_then(|definition| site.library.page_in(definition.page, &language.code));
    let number = |number: Option<Decimal>| {
        let decimals = definition.map_or(0, |definition| definition.decimals);
        let number = number.map(|number| format_number(number.padded(decimals), locale));
        let unit = definition.map_or("", |definition| definition.unit_label(&language.code));
        maybe(number.map(|number| format_quantity(&number, unit, &language.locale)).as_deref())
    };
    vec![
        ("date", text(&correction.date)),
        ("date_long", maybe(long.as_deref())),
        ("text", maybe(note.map(|(note, _)| note))),
        ("text_lang", maybe(note.map(|(_, lang)| lang.as_str()))),
        ("metric", maybe(correction.metric.as_deref())),
        ("title", maybe(page.map(|page| page.title()))),
        ("permalink", maybe(page.map(|page| page.permalink.as_str()))),
        ("was", number(correction.was)),
        ("now", number(correction.now)),
    ]
}
