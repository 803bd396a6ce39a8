use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use tera::Value;
use tera::value::Key;

use super::basics::{list, map, maybe, object, table, text, texts};
use super::correction::corrections;
use super::extra::extra;
use super::figure::{FigureParts, figure};
use super::views::Views;
use super::{Body, Contents};
use crate::config::Language;
use crate::content::{FileKind, LinkTarget, Page, Section, Stamp};
use crate::indicator::Change;
use crate::locale::format_date;
use crate::template::reads::Reads;
use crate::template::{Lead, Site};
use crate::text::{Lang, SitePath};

/// A page's value, as far as it is read, without its neighbours.
pub(super) fn alone(site: &Site, id: usize, page: &Page, contents: &Contents, views: &Views, reads: &Reads) -> Value {
    page_value(site, id, page, contents, views, reads, &|_| None)
}

/// A page's value with its neighbours, which are shared as they are, without their own neighbours.
pub(super) fn with_neighbours(page: &Page, alone: &Value, neighbour: &dyn Fn(usize) -> Option<Value>) -> Value {
    let value_of = |id: Option<usize>| id.and_then(neighbour).unwrap_or_else(Value::none);
    match alone.as_map() {
        Some(own) if page.lower.is_some() || page.higher.is_some() => map(own.iter().map(|(key, value)| {
            let value = match key {
                Key::Str("lower") => value_of(page.lower),
                Key::Str("higher") => value_of(page.higher),
                _ => value.clone(),
            };
            (key.clone(), value)
        })),
        _ => alone.clone(),
    }
}

/// A page as its own calls see it, before it is rendered.
pub(in crate::template) fn page_card(site: &Site, id: usize) -> Option<Value> {
    let page = site.library.pages.get(id)?;
    Some(alone(site, id, page, &Contents::default(), &Views::default(), &Reads::whole()))
}

/// A section as its own calls see it, before it is rendered.
pub(in crate::template) fn section_card(site: &Site, id: usize) -> Option<Value> {
    let section = site.library.sections.get(id)?;
    Some(section_value(site, section, &Body::default(), list([]), list([])))
}

/// What links to a page or section, by address.
pub(super) fn backlinks(site: &Site, from: &BTreeSet<LinkTarget>) -> Value {
    let library = &site.library;
    let mut links: Vec<(&str, Option<&str>)> = Vec::new();
    for source in from {
        let title = match source {
            LinkTarget::Page(id) => library.pages.get(*id).and_then(|page| page.front.title.as_deref()),
            LinkTarget::Section(id) => library.sections.get(*id).and_then(|section| section.front.title.as_deref()),
        };
        links.extend(library.permalink(*source).map(|permalink| (permalink, title)));
    }
    links.sort_unstable();
    list(links.into_iter().map(|(permalink, title)| object([("permalink", text(permalink)), ("title", maybe(title))])))
}

/// A page's value with those of its neighbours that are given, as far as it is read. It always says whose it is.
pub(super) fn page_value(
    site: &Site,
    id: usize,
    page: &Page,
    contents: &Contents,
    views: &Views,
    reads: &Reads,
    neighbour: &dyn Fn(usize) -> Option<Value>,
) -> Value {
    let front = &page.front;
    let language = site.config.language(&page.file.lang);
    let nothing = Body::default();
    let body = contents.pages.get(id).map_or(&nothing, |body| body);
    let date = front.date.as_ref().map(Stamp::date);
    let folder = page.source.path.parent();
    let mut entries = Vec::with_capacity(if reads.reads_all_fields() { 48 } else { reads.fields.len() + 2 });
    let mut set = |key: &'static str, value: &dyn Fn() -> Value| {
        if reads.reads_field(key) || matches!(key, "permalink" | "relative_path") {
            entries.push((Key::Str(key), value()));
        }
    };
    let neighbour = |id: Option<usize>| id.and_then(neighbour).unwrap_or_else(Value::none);
    set("lower", &|| neighbour(page.lower));
    set("higher", &|| neighbour(page.higher));
    set("relative_path", &|| text(page.source.path.below("content").unwrap_or_default()));
    set("content", &|| body.content.clone());
    set("permalink", &|| text(&page.permalink));
    set("path", &|| text(&page.path));
    set("slug", &|| text(&page.slug));
    set("title", &|| maybe(front.title.as_deref()));
    set("description", &|| maybe(front.description.as_deref()));
    set("date", &|| stamp(front.date.as_ref()));
    set("updated", &|| stamp(front.updated.as_ref()));
    set("date_rfc3339", &|| rfc3339(front.date.as_ref()));
    set("updated_rfc3339", &|| rfc3339(front.updated.as_ref()));
    set("date_long", &|| long_date(front.date.as_ref(), language));
    set("updated_long", &|| long_date(front.updated.as_ref(), language));
    if let Some(date) = date {
        set("year", &|| i64::from(date.year()).into());
        set("month", &|| i64::from(date.month()).into());
        set("day", &|| i64::from(date.day()).into());
    }
    set("draft", &|| front.draft.into());
    set("lang", &|| text(page.file.lang.as_str()));
    set("authors", &|| texts(front.authors.iter().map(String::as_str)));
    set("taxonomies", &|| map(page.terms().map(|(name, terms)| (Key::String(Arc::clone(name)), texts(terms)))));
    set("extra", &|| extra(&front.extra, reads));
    set("ancestors", &|| ancestors(site, &page.ancestors));
    set("assets", &|| assets(&page.assets, folder, &page.path));
    set("colocated_path", &|| {
        let colocated = (page.file.kind == FileKind::PageFolder).then(|| format!("{}/", folder.trim_start_matches("content/")));
        maybe(colocated.as_deref())
    });
    set("components", &|| texts(page.path.split('/').filter(|part| !part.is_empty())));
    set("summary", &|| body.summary.clone());
    set("toc", &|| body.toc(&page.permalink));
    set("word_count", &|| body.word_count.into());
    set("reading_time", &|| reading_time(body, &page.file.lang).into());
    set("translations", &|| list(page.translations.iter().filter_map(|id| translation(site.library.pages.get(*id)?))));
    set("metrics", &|| metrics(site, id, language, views));
    set("corrections", &|| corrections(site, id, language));
    set("image", &|| contents.leads.get(id).map_or_else(Value::none, Lead::value));
    set("source", &|| source(site, id, language));
    set("indicator", &|| {
        let definition = site.catalogue.definition(&page.slug);
        let is_indicator = definition.is_some_and(|definition| definition.page == site.library.origin(id));
        let own = || views.value(site, &page.slug, &page.file.lang).cloned();
        if is_indicator { own().unwrap_or_else(Value::none) } else { Value::none() }
    });
    set("backlinks", &|| backlinks(site, contents.linking(LinkTarget::Page(id))));
    set("related", &|| views.related(site, id));
    map(entries)
}

/// The numbers that the article states, in the order of its front matter.
fn metrics(site: &Site, id: usize, language: Option<&Language>, views: &Views) -> Value {
    let Some(language) = language else { return list([]) };
    let metrics = site.catalogue.metrics_of(site.library.origin(id));
    list(metrics.iter().filter_map(|metric| {
        let definition = site.catalogue.definition(&metric.indicator)?;
        let ref_area = metric.ref_area.as_deref().unwrap_or(&definition.ref_area);
        let spark = match site.catalogue.series(&metric.indicator, ref_area) {
            Some(series) if ref_area != definition.ref_area => crate::chart::sparkline(series, &language.locale).into(),
            _ => Cow::Borrowed(views.sparkline(site, &metric.indicator, &language.code)),
        };
        let change = metric.change.map(Change::reported);
        let parts = FigureParts { definition, language, ref_area, change, article: None, sparkline: &spark };
        Some(figure(site, metric, &parts))
    }))
}

/// Where the article's numbers are from: its own word, or the default language's.
fn source(site: &Site, id: usize, language: Option<&Language>) -> Value {
    let Some(source) = site.library.source_of(id) else { return Value::none() };
    let published = source.published.map(|date| date.to_string());
    let long = source
        .published
        .zip(language)
        .map(|(date, language)| format_date(date, &language.locale.date.long, &language.locale.date));
    object([
        ("name", maybe(site.library.source_name(id, &site.config))),
        ("url", maybe(source.url.as_deref())),
        ("published", maybe(published.as_deref())),
        ("published_long", maybe(long.as_deref())),
    ])
}

pub(super) fn stamp(stamp: Option<&Stamp>) -> Value {
    maybe(stamp.map(|stamp| stamp.text.as_str()))
}

fn rfc3339(stamp: Option<&Stamp>) -> Value {
    maybe(stamp.map(|stamp| format!("{}Z", stamp.moment)).as_deref())
}

pub(super) fn long_date(stamp: Option<&Stamp>, language: Option<&Language>) -> Value {
    let long =
        stamp.zip(language).map(|(stamp, language)| format_date(stamp.date(), &language.locale.date.long, &language.locale.date));
    maybe(long.as_deref())
}

/// Minutes, as Zola counts them: by words, in Chinese and Japanese by characters.
fn reading_time(body: &Body, lang: &Lang) -> usize {
    match lang.as_str().split('-').next().unwrap_or_default() {
        "en" => body.word_count.div_ceil(238),
        "ko" => body.word_count.div_ceil(202),
        "zh" => body.character_count.div_ceil(439),
        "ja" => body.character_count.div_ceil(653),
        _ => body.word_count.div_ceil(200),
    }
}

/// Files beside a page or section, by their address in the output. (Zola gives a page's below `content/`, which leads
/// nowhere in another language or under another slug.)
fn assets(assets: &[SitePath], folder: &str, path: &str) -> Value {
    list(assets.iter().filter_map(|asset| asset.below(folder)).map(|inner| text(&format!("{path}{inner}"))))
}

fn ancestors(site: &Site, ancestors: &[usize]) -> Value {
    let path = |id: &usize| site.library.sections.get(*id)?.source.path.below("content");
    texts(ancestors.iter().filter_map(path))
}

fn translation(page: &Page) -> Option<Value> {
    Some(object([
        ("lang", text(page.file.lang.as_str())),
        ("permalink", text(&page.permalink)),
        ("title", maybe(page.front.title.as_deref())),
        ("path", text(page.source.path.as_str())),
    ]))
}

/// A section's value.
pub(super) fn section_value(site: &Site, section: &Section, body: &Body, pages: Value, backlinks: Value) -> Value {
    let front = &section.front;
    let path = |id: &usize| site.library.sections.get(*id)?.source.path.below("content");
    let translations = section.translations.iter().filter_map(|id| site.library.sections.get(*id)).map(|section| {
        object([
            ("lang", text(section.file.lang.as_str())),
            ("permalink", text(&section.permalink)),
            ("title", maybe(section.front.title.as_deref())),
            ("path", text(section.source.path.as_str())),
        ])
    });
    object([
        ("relative_path", text(section.source.path.below("content").unwrap_or_default())),
        ("content", body.content.clone()),
        ("permalink", text(&section.permalink)),
        ("path", text(&section.path)),
        ("title", maybe(front.title.as_deref())),
        ("description", maybe(front.description.as_deref())),
        ("draft", front.draft.into()),
        ("lang", text(section.file.lang.as_str())),
        ("extra", table(&front.extra)),
        ("ancestors", ancestors(site, &section.ancestors)),
        ("toc", body.toc(&section.permalink)),
        ("word_count", body.word_count.into()),
        ("reading_time", reading_time(body, &section.file.lang).into()),
        ("pages", pages),
        ("backlinks", backlinks),
        ("assets", assets(&section.assets, section.source.path.parent(), &section.path)),
        ("components", texts(section.path.split('/').filter(|part| !part.is_empty()))),
        ("colocated_path", Value::none()),
        ("generate_feeds", front.generate_feeds.into()),
        ("transparent", front.transparent.into()),
        ("paginate_reversed", front.paginate_reversed.into()),
        ("subsections", texts(section.subsections.iter().filter_map(path))),
        ("translations", list(translations)),
        ("paginate_by", front.paginate_by.map_or_else(Value::none, Value::from)),
    ])
}
