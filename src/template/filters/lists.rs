#![allow(clippy::needless_pass_by_value)] // Tera hands arguments over by value.

use std::collections::HashMap;
use std::sync::Arc;

use tera::value::{Key, Map};
use tera::{Kwargs, State, Tera, TeraResult, Value};

use crate::template::chance::Chance;
use crate::template::error::failure;

/// Filters of lists whose order must not change from build to build, and `unique(attribute)`.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("group_by", group_by);
    tera.register_filter("unique", unique);
    tera.register_filter("shuffle", shuffle);
}

/// The values of a list by what an attribute of theirs says, in the order in which each is met first.
fn group_by(values: Vec<Value>, kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let attribute = kwargs.must_get::<&str>("attribute")?;
    let mut groups: Vec<(Key<'static>, Vec<Value>)> = Vec::new();
    let mut places: HashMap<Key<'static>, usize> = HashMap::new();
    for (index, value) in values.into_iter().enumerate() {
        let key = match value.get_from_path(attribute) {
            Some(says) if says.is_none() => continue,
            Some(says) => key(says).ok_or_else(|| {
                let message = format!("`{attribute}` of item {index} of the list is a {}", says.name());
                failure(message, "group by a text, a whole number or a yes or no")
            })?,
            None => {
                let message = format!("item {index} of the list has no `{attribute}`");
                return Err(failure(message, "group by something that every item has"));
            }
        };
        let place = *places.entry(key.clone()).or_insert(groups.len());
        match groups.get_mut(place) {
            Some((_, group)) => group.push(value),
            None => groups.push((key, vec![value])),
        }
    }
    let mut map = Map::with_capacity(groups.len());
    for (key, group) in groups {
        map.insert(key, Value::from(group));
    }
    Ok(Value::from(map))
}

fn key(value: &Value) -> Option<Key<'static>> {
    if let Some(text) = value.as_str() {
        return Some(Key::String(Arc::from(text)));
    }
    if let Some(yes) = value.as_bool() {
        return Some(Key::Bool(yes));
    }
    if value.is_f64() { None } else { value.as_i64().map(Key::I64) }
}

/// A list without repetitions, of the values or of what an attribute of theirs says.
fn unique(values: Vec<Value>, kwargs: Kwargs, _: &State<'_>) -> TeraResult<Vec<Value>> {
    let attribute = kwargs.get::<&str>("attribute")?;
    let mut seen: Vec<Value> = Vec::new();
    let mut kept = Vec::new();
    for value in values {
        let says = match attribute {
            Some(attribute) => value.get_from_path(attribute).cloned().unwrap_or_else(Value::none),
            None => value.clone(),
        };
        if !seen.contains(&says) {
            seen.push(says);
            kept.push(value);
        }
    }
    Ok(kept)
}

/// A list in an order by chance, which is the same in every build; `seed` chooses another.
fn shuffle(mut values: Vec<Value>, kwargs: Kwargs, state: &State<'_>) -> TeraResult<Vec<Value>> {
    let mut chance = Chance::new(&kwargs, state)?;
    for end in (1..values.len()).rev() {
        let other = usize::try_from(chance.below(end as u64 + 1)).unwrap_or_default();
        values.swap(end, other);
    }
    Ok(values)
}
