#![allow(clippy::needless_pass_by_value)] // Tera hands arguments over by value.

use jiff::{ToSpan, ZonedDateTime};
use tera::{Kwargs, State, TeraResult, Value};

use super::language;
use crate::locale::is_right_to_left;
use crate::template::SharedSite;
use crate::template::asked::Functions;
use crate::template::chance::Chance;
use crate::template::error::failure;
use crate::template::filters::moment;

/// `now`, `text_direction`, `get_random` and `get_env`.
pub(super) fn register(functions: &mut Functions<'_>, site: &SharedSite) {
    let shared = site.clone();
    functions.add(NOW, move |kwargs: Kwargs, _: &State<'_>| now(&shared, &kwargs));
    let shared = site.clone();
    functions.add("text_direction", move |kwargs: Kwargs, _: &State<'_>| text_direction(&shared, &kwargs));
    // What it draws is decided by the page and by how often that has drawn, which no later build changes.
    functions.tera.register_function("get_random", get_random);
    functions.add("get_env", get_env);
}

/// The function for the moment of the build, and its argument for no more of it than a unit.
pub(in crate::template) const NOW: &str = "now";
pub(in crate::template) const UNIT: &str = "unit";

/// `now(timestamp=false, utc=false, timezone, unit)`: the moment of the build, or the beginning of its `year`, `month` or `day`.
/// There is no zone but UTC unless one is named, so that the machine makes no difference. Where a template makes a date of the
/// answer at once, the unit is that of its format, so that the page is the same until the unit ends.
fn now(site: &SharedSite, kwargs: &Kwargs) -> TeraResult<Value> {
    let asked = kwargs.get::<&str>(UNIT)?;
    let now = if asked.is_some() { site.snapshot.moment() } else { site.snapshot.now() };
    let now = moment(&Value::from(now.as_second()), kwargs)?;
    let moment = match asked {
        None => now,
        Some(unit) => {
            let (start, next) = around(&now, unit)?;
            for end in [&start, &next] {
                // This notes how long the answer holds.
                let _ = site.snapshot.has_come(end.timestamp());
            }
            start
        }
    };
    if kwargs.get::<bool>("timestamp")?.unwrap_or(false) {
        return Ok(Value::from(moment.timestamp().as_second()));
    }
    Ok(Value::from(match kwargs.get::<&str>("timezone")? {
        Some(_) => moment.timestamp().display_with_offset(moment.offset()).to_string(),
        None => moment.timestamp().to_string(),
    }))
}

/// The beginning of a unit that a moment lies in, and that of the next.
fn around(moment: &ZonedDateTime, unit: &str) -> TeraResult<(ZonedDateTime, ZonedDateTime)> {
    let (first, span) = match unit {
        "year" => (moment.first_of_year(), 1.year()),
        "month" => (moment.first_of_month(), 1.month()),
        "day" => (Ok(moment.clone()), 1.day()),
        _ => return Err(failure(format!("`now` knows no unit `{unit}`"), "write `year`, `month` or `day`")),
    };
    let start = first.and_then(|first| first.start_of_day());
    let next = start.as_ref().map(|start| start.checked_add(span).and_then(|next| next.start_of_day()));
    match (start.as_ref(), next) {
        (Ok(start), Ok(Ok(next))) => Ok((start.clone(), next)),
        _ => Err(failure(format!("there is no {unit} after {moment}"), "build for another moment")),
    }
}

/// `text_direction(lang)`: `rtl` or `ltr`, by default for the language of the page.
fn text_direction(site: &SharedSite, kwargs: &Kwargs) -> TeraResult<Value> {
    let code = match kwargs.get::<String>("lang")? {
        Some(code) => code,
        None => language(site, kwargs)?.to_string(),
    };
    Ok(Value::from(if is_right_to_left(&code) { "rtl" } else { "ltr" }))
}

/// `get_random(start=0, end, seed)`: a whole number from `start` up to, and without, `end`, the same in every build.
fn get_random(kwargs: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let start = kwargs.get::<i64>("start")?.unwrap_or(0);
    let end = kwargs.must_get::<i64>("end")?;
    let span = u64::try_from(i128::from(end) - i128::from(start)).unwrap_or(0);
    if span == 0 {
        return Err(failure(format!("there is no number from {start} up to {end}"), "give an `end` above `start`"));
    }
    let drawn = Chance::new(&kwargs, state)?.below(span);
    Ok(Value::from(i128::from(start) + i128::from(drawn)))
}

/// `get_env(name, default)`: the default, since a build reads no environment.
fn get_env(kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let name = kwargs.must_get::<String>("name")?;
    kwargs.get::<Value>("default")?.ok_or_else(|| {
        let message = format!("the variable `{name}` is not known: a build gives the same files on every machine");
        failure(message, "give it a `default`, or put the value into `[extra]` of the config")
    })
}
