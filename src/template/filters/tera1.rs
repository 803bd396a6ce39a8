//! Names of Tera 1 that cost nothing: sites half-way between the two dialects build.

#![allow(clippy::needless_pass_by_value)] // Tera hands arguments over by value.

use tera::{Kwargs, State, Tera, TeraResult, Value};

use crate::template::error::failure;

/// Registers them; none stands for something else in Tera 2.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("as_str", |value: &Value, _: Kwargs, _: &State<'_>| value.to_string());
    tera.register_filter("linebreaksbr", |text: &str, _: Kwargs, _: &State<'_>| {
        text.replace("\r\n", "<br>").replace(['\n', '\r'], "<br>")
    });
    tera.register_filter("addslashes", |text: &str, _: Kwargs, _: &State<'_>| {
        text.replace('\\', "\\\\").replace('"', "\\\"").replace('\'', "\\'")
    });
    tera.register_filter("trim_start_matches", |text: &str, kwargs: Kwargs, _: &State<'_>| {
        Ok::<_, tera::Error>(text.trim_start_matches(kwargs.must_get::<&str>("pat")?).to_owned())
    });
    tera.register_filter("trim_end_matches", |text: &str, kwargs: Kwargs, _: &State<'_>| {
        Ok::<_, tera::Error>(text.trim_end_matches(kwargs.must_get::<&str>("pat")?).to_owned())
    });
    tera.register_filter("concat", concat);
    tera.register_filter("slice", slice);
    tera.register_filter("map", map);
    tera.register_filter("filter", filter);
    tera.register_test("object", |value: &Value, _: Kwargs, _: &State<'_>| value.is_map());
    tera.register_test("divisibleby", |number: i128, kwargs: Kwargs, _: &State<'_>| {
        let divisor = kwargs.must_get::<i128>("divisor")?;
        Ok::<_, tera::Error>(number.checked_rem_euclid(divisor) == Some(0))
    });
}

/// A list with another list, or one more value, at its end.
fn concat(mut values: Vec<Value>, kwargs: Kwargs, _: &State<'_>) -> TeraResult<Vec<Value>> {
    let with = kwargs.must_get::<&Value>("with")?;
    match with.as_array() {
        Some(more) => values.extend(more.iter().cloned()),
        None => values.push(with.clone()),
    }
    Ok(values)
}

/// The values of a list from `start` up to, and without, `end`; a negative index counts from the end of the list.
fn slice(values: &[Value], kwargs: Kwargs, _: &State<'_>) -> TeraResult<Vec<Value>> {
    let length = i64::try_from(values.len()).unwrap_or(i64::MAX);
    let index = |asked: Option<i64>, default: i64| {
        let asked = asked.unwrap_or(default);
        let asked = if asked < 0 { asked.saturating_add(length) } else { asked };
        usize::try_from(asked.clamp(0, length)).unwrap_or_default()
    };
    let start = index(kwargs.get::<i64>("start")?, 0);
    let end = index(kwargs.get::<i64>("end")?, length);
    Ok(values.get(start..end).unwrap_or_default().to_vec())
}

/// What an attribute of each value says, where it says something.
fn map(values: &[Value], kwargs: Kwargs, _: &State<'_>) -> TeraResult<Vec<Value>> {
    let attribute = kwargs.must_get::<&str>("attribute")?;
    let says = values.iter().filter_map(|value| value.get_from_path(attribute));
    Ok(says.filter(|says| !says.is_none()).cloned().collect())
}

/// The values whose attribute is `value`; without `value`, those that have the attribute.
fn filter(values: &[Value], kwargs: Kwargs, _: &State<'_>) -> TeraResult<Vec<Value>> {
    let attribute = kwargs.must_get::<&str>("attribute")?;
    let wanted = kwargs.get::<Value>("value")?;
    if wanted.as_ref().is_some_and(Value::is_undefined) {
        return Err(failure("the `value` to filter by is not defined", "leave it out to keep all that have the attribute"));
    }
    let stays = |says: &Value| match &wanted {
        Some(wanted) => says == wanted,
        None => !says.is_none(),
    };
    Ok(values.iter().filter(|value| value.get_from_path(attribute).is_some_and(stays)).cloned().collect())
}
