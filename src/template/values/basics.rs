use std::sync::Arc;

use tera::Value;
use tera::value::{Key, Map};

use crate::config::Config;
use crate::data::{Data, Table};
use crate::template::Site;
use crate::text::Lang;

/// A map of named values.
pub fn object<const N: usize>(entries: [(&'static str, Value); N]) -> Value {
    let mut map = Map::with_capacity(N);
    for (key, value) in entries {
        map.insert(Key::Str(key), value);
    }
    Value::from(map)
}

/// A text.
pub(crate) fn text(text: &str) -> Value {
    Value::from(text)
}

/// A text, or nothing.
pub(crate) fn maybe(text: Option<&str>) -> Value {
    text.map_or_else(Value::none, Value::from)
}

/// A list.
pub(super) fn list(values: impl IntoIterator<Item = Value>) -> Value {
    Value::from(values.into_iter().collect::<Vec<Value>>())
}

/// A list of texts.
pub(super) fn texts<'a>(items: impl IntoIterator<Item = &'a str>) -> Value {
    list(items.into_iter().map(Value::from))
}

/// A table of a front matter or config.
pub fn table(table: &Table) -> Value {
    let mut map = Map::with_capacity(table.entries().len());
    for entry in table.entries() {
        map.insert(Key::String(Arc::from(entry.key.as_str())), data(&entry.node.value));
    }
    Value::from(map)
}

/// A value of a front matter, config or data file.
pub(crate) fn data(data: &Data) -> Value {
    match data {
        Data::Null => Value::none(),
        Data::Bool(value) => Value::from(*value),
        Data::Number(number) => match (number.parse::<i64>(), number.parse::<f64>()) {
            (Ok(integer), _) => Value::from(integer),
            (_, Ok(float)) => Value::from(float),
            _ => text(number),
        },
        Data::Text(value) | Data::Date(value) => text(value),
        Data::List(items) => list(items.iter().map(|item| self::data(&item.value))),
        Data::Table(inner) => table(inner),
    }
}

/// The config as a language sees it, under Zola's names.
pub(crate) fn config(config: &Config, lang: &Lang) -> Value {
    let Some(language) = config.language(lang) else { return Value::none() };
    let mut languages = Map::new();
    for other in config.languages.iter().filter(|other| other.code != *lang) {
        let value = object([
            ("title", maybe(other.title.as_deref())),
            ("description", maybe(other.description.as_deref())),
            ("generate_feeds", other.generate_feeds.into()),
            ("name", text(&other.locale.name)),
        ]);
        languages.insert(Key::String(Arc::from(other.code.as_str())), value);
    }
    let taxonomies = language.taxonomies.iter().map(|taxonomy| super::lists::taxonomy_settings(taxonomy, None));
    object([
        ("base_url", text(&config.base_url)),
        ("title", maybe(language.title.as_deref())),
        ("description", maybe(language.description.as_deref())),
        ("default_language", text(config.default_language.as_str())),
        ("languages", Value::from(languages)),
        ("generate_feeds", language.generate_feeds.into()),
        ("generate_feed", language.generate_feeds.into()),
        ("feed_filenames", texts(language.feed_filenames.iter().map(String::as_str))),
        ("feed_filename", maybe(language.feed_filenames.first().map(String::as_str))),
        ("taxonomies", list(taxonomies)),
        ("author", maybe(config.author.as_deref())),
        ("build_search_index", false.into()),
        ("generate_sitemap", config.generate_sitemap.into()),
        ("generate_robots_txt", config.generate_robots_txt.into()),
        ("mode", text("build")),
        ("extra", table(&config.extra)),
    ])
}

/// The home page of a language, in short.
pub(super) fn home(site: &Site, lang: &Lang) -> Option<Value> {
    let home = site.library.home(lang)?;
    Some(object([
        ("permalink", text(&home.permalink)),
        ("path", text(&home.path)),
        ("title", maybe(home.front.title.as_deref())),
    ]))
}
