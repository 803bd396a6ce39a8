use std::sync::Arc;

use tera::Value;
use tera::value::{Key, Map};

use super::basics::{list, maybe, object, table, text, texts};
use super::lists::taxonomy_settings;
use crate::config::{CodeThemes, Config, DataAttributes, Highlighting, Language, Markdown, Search};
use crate::text::Lang;

/// The config as a language sees it, under Zola's names. Title and description are the default language's where the
/// language has none.
pub(crate) fn config(config: &Config, lang: &Lang) -> Value {
    let (Some(language), Some(default)) = (config.language(lang), config.languages.first()) else { return Value::none() };
    let mut languages = Map::new();
    for other in config.languages.iter().filter(|other| other.code != *lang) {
        languages.insert(Key::String(Arc::from(other.code.as_str())), self::language(other));
    }
    let search = language.search.as_ref().or(default.search.as_ref()).cloned().unwrap_or_default();
    let in_sitemap = if config.exclude_paginated_pages_in_sitemap { "all" } else { "none" };
    object([
        ("base_url", text(&config.written_base_url)),
        ("mode", text(config.mode.word())),
        ("title", maybe(language.title.as_deref().or(default.title.as_deref()))),
        ("description", maybe(language.description.as_deref().or(default.description.as_deref()))),
        ("default_language", text(config.default_language.as_str())),
        ("languages", Value::from(languages)),
        ("theme", maybe(config.theme.as_deref())),
        ("generate_feeds", language.generate_feeds.into()),
        ("generate_feed", language.generate_feeds.into()),
        ("generate_rss", language.generate_feeds.into()),
        ("feed_filenames", feed_filenames(language)),
        ("feed_filename", maybe(language.feed_filenames.first().map(String::as_str))),
        ("feed_limit", config.feed_limit.map_or_else(Value::none, Value::from)),
        ("taxonomies", taxonomies(language)),
        ("author", maybe(config.author.as_deref())),
        ("build_search_index", language.search.is_some().into()),
        ("search", object([("index_format", text(search.index_format.word()))])),
        ("markdown", markdown(&config.markdown)),
        ("generate_sitemap", config.generate_sitemap.into()),
        ("generate_robots_txt", config.generate_robots_txt.into()),
        ("exclude_paginated_pages_in_sitemap", text(in_sitemap)),
        ("extra", table(&config.extra)),
    ])
}

fn language(language: &Language) -> Value {
    let mut translations = Map::with_capacity(language.strings.len());
    for (key, words) in &language.strings {
        translations.insert(Key::String(Arc::from(key.as_str())), text(words));
    }
    object([
        ("title", maybe(language.title.as_deref())),
        ("description", maybe(language.description.as_deref())),
        ("generate_feeds", language.generate_feeds.into()),
        ("generate_feed", language.generate_feeds.into()),
        ("feed_filenames", feed_filenames(language)),
        ("taxonomies", taxonomies(language)),
        ("build_search_index", language.search.is_some().into()),
        ("search", search(&language.search.clone().unwrap_or_default())),
        ("translations", Value::from(translations)),
        ("name", text(&language.locale.name)),
    ])
}

fn feed_filenames(language: &Language) -> Value {
    texts(language.feed_filenames.iter().map(String::as_str))
}

fn taxonomies(language: &Language) -> Value {
    list(language.taxonomies.iter().map(|taxonomy| taxonomy_settings(taxonomy, None)))
}

fn search(search: &Search) -> Value {
    object([
        ("include_title", search.include_title.into()),
        ("include_description", search.include_description.into()),
        ("include_date", search.include_date.into()),
        ("include_path", search.include_path.into()),
        ("include_content", search.include_content.into()),
        ("truncate_content_length", search.truncate_content_length.map_or_else(Value::none, Value::from)),
        ("index_format", text(search.index_format.word())),
    ])
}

/// `[markdown]`, with the keys of Zola before 0.22 about colours of code beside the new ones.
fn markdown(markdown: &Markdown) -> Value {
    let highlighting = markdown.highlighting.as_ref();
    let old_theme = highlighting.map(|highlighting| match &highlighting.themes {
        _ if highlighting.by_class => "css",
        CodeThemes::One((theme, _)) | CodeThemes::LightDark { light: (theme, _), .. } => theme,
    });
    object([
        ("render_emoji", markdown.render_emoji.into()),
        ("smart_punctuation", markdown.smart_punctuation.into()),
        ("definition_list", markdown.definition_list.into()),
        ("bottom_footnotes", markdown.bottom_footnotes.into()),
        ("lazy_async_image", markdown.lazy_async_image.into()),
        ("github_alerts", markdown.github_alerts.into()),
        ("insert_anchor_links", text(markdown.insert_anchor_links.word())),
        ("external_links_class", maybe(markdown.external_links_class.as_deref())),
        ("external_links_target_blank", markdown.external_links_target_blank.into()),
        ("external_links_no_follow", markdown.external_links_no_follow.into()),
        ("external_links_no_referrer", markdown.external_links_no_referrer.into()),
        ("external_links_external", markdown.external_links_external.into()),
        ("highlighting", highlighting.map_or_else(Value::none, self::highlighting)),
        ("highlight_code", highlighting.is_some().into()),
        ("highlight_theme", maybe(old_theme)),
    ])
}

fn highlighting(highlighting: &Highlighting) -> Value {
    let (one, light, dark) = match &highlighting.themes {
        CodeThemes::One((theme, _)) => (Some(theme), None, None),
        CodeThemes::LightDark { light: (light, _), dark: (dark, _) } => (None, Some(light), Some(dark)),
    };
    let theme = |name: Option<&String>| maybe(name.map(String::as_str));
    let position = match highlighting.data_attr_position {
        DataAttributes::Code => "code",
        DataAttributes::Pre => "pre",
        DataAttributes::Both => "both",
        DataAttributes::None => "none",
    };
    object([
        ("error_on_missing_language", highlighting.error_on_missing_language.into()),
        ("style", text(if highlighting.by_class { "class" } else { "inline" })),
        ("theme", theme(one)),
        ("light_theme", theme(light)),
        ("dark_theme", theme(dark)),
        ("extra_grammars", texts(highlighting.extra_grammars.iter().map(|(path, _)| path.as_str()))),
        ("extra_themes", texts(highlighting.extra_themes.iter().map(|(path, _)| path.as_str()))),
        ("data_attr_position", text(position)),
    ])
}
