use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use tera::Value;
use tera::value::Key;

use crate::data::{Data, Table};
use crate::template::Site;
use crate::text::Lang;

/// A map of named values.
pub fn object(entries: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    map(entries.into_iter().map(|(key, value)| (Key::Str(key), value)))
}

/// A map, in the order of its entries. Tera takes the entries of any map and hashes them into one of its own, so what it
/// is given is one that hashes nothing.
pub(super) fn map(entries: impl IntoIterator<Item = (Key<'static>, Value)>) -> Value {
    let in_order = entries.into_iter().enumerate().map(|(at, (key, value))| (At(at, key), value));
    Value::from(in_order.collect::<BTreeMap<At, Value>>())
}

/// A key by its place among others.
struct At(usize, Key<'static>);

impl PartialEq for At {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl Eq for At {}

impl PartialOrd for At {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for At {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl From<At> for Key<'static> {
    fn from(at: At) -> Self {
        at.1
    }
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
pub(crate) fn list(values: impl IntoIterator<Item = Value>) -> Value {
    Value::from(values.into_iter().collect::<Vec<Value>>())
}

/// A list of texts.
pub(super) fn texts<'a>(items: impl IntoIterator<Item = &'a str>) -> Value {
    list(items.into_iter().map(Value::from))
}

/// A table of a front matter or config.
pub fn table(table: &Table) -> Value {
    map(table.entries().iter().map(|entry| (Key::String(Arc::clone(&entry.key)), data(&entry.node.value))))
}

/// A value of a front matter, config or data file.
pub(crate) fn data(data: &Data) -> Value {
    match data {
        Data::Null => Value::none(),
        Data::Bool(value) => Value::from(*value),
        Data::Number(number) => match number.parse::<i64>() {
            Ok(integer) => Value::from(integer),
            Err(_) => number.parse::<f64>().map_or_else(|_| text(number), Value::from),
        },
        Data::Text(value) | Data::Date(value) => text(value),
        Data::List(items) => list(items.iter().map(|item| self::data(&item.value))),
        Data::Table(inner) => table(inner),
    }
}

/// The home page of each language, in short.
pub(super) fn homes(site: &Site) -> BTreeMap<Lang, Value> {
    let languages = site.config.languages.iter().map(|language| &language.code);
    languages.filter_map(|lang| Some((lang.clone(), home(site, lang)?))).collect()
}

fn home(site: &Site, lang: &Lang) -> Option<Value> {
    let home = site.library.home(lang)?;
    let archive = site.library.archives.iter().find(|archive| archive.lang == *lang);
    Some(object([
        ("permalink", text(&home.permalink)),
        ("path", text(&home.path)),
        ("title", maybe(home.front.title.as_deref())),
        ("archive", maybe(archive.map(|archive| site.config.permalink(&archive.path)).as_deref())),
    ]))
}
