use std::sync::Arc;

use tera::Value;
use tera::value::{Key, Map};

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
        map.insert(Key::String(Arc::clone(&entry.key)), data(&entry.node.value));
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

/// The home page of a language, in short.
pub(super) fn home(site: &Site, lang: &Lang) -> Option<Value> {
    let home = site.library.home(lang)?;
    Some(object([
        ("permalink", text(&home.permalink)),
        ("path", text(&home.path)),
        ("title", maybe(home.front.title.as_deref())),
    ]))
}
