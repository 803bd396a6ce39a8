use jiff::ZonedDateTime;
use jiff::tz::TimeZone;
use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::{described, given, locale};
use crate::locale::{format_cldr, format_date, format_strftime, moment_of_seconds, parse_moment, time_zone};
use crate::template::SharedSite;
use crate::template::error::failure;

/// `date`, `long_date`, and the tests `before` and `after`.
pub(super) fn register(tera: &mut Tera, site: &SharedSite) {
    let shared = site.clone();
    tera.register_filter("date", move |value: &Value, kwargs: Kwargs, _: &State<'_>| date(&shared, value, &kwargs));
    let shared = site.clone();
    tera.register_filter("long_date", move |value: &Value, kwargs: Kwargs, _: &State<'_>| {
        let words = &locale(&shared, &kwargs)?.date;
        Ok::<_, tera::Error>(format_date(moment(value, &kwargs)?.date(), &words.long, words))
    });
    tera.register_test("before", |value: &Value, kwargs: Kwargs, _: &State<'_>| {
        compare(value, &kwargs, |own, other| own < other)
    });
    tera.register_test("after", |value: &Value, kwargs: Kwargs, _: &State<'_>| compare(value, &kwargs, |own, other| own > other));
}

/// The moment that a value is, in the zone of the argument `timezone` if there is one.
pub(in crate::template) fn moment(value: &Value, kwargs: &Kwargs) -> TeraResult<ZonedDateTime> {
    let zone = given(kwargs, "timezone")?.map(|name| {
        time_zone(name).map_err(|meant| {
            let help = match meant {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "use a name such as \"Asia/Ho_Chi_Minh\"".to_owned(),
            };
            failure(format!("`{name}` is not a time zone"), help)
        })
    });
    let zone = zone.transpose()?;
    let of_text = &zone.clone().unwrap_or(TimeZone::UTC);
    let moment = match (value.as_str(), value.as_i64()) {
        (Some(text), _) => parse_moment(text, of_text),
        (None, Some(seconds)) => moment_of_seconds(seconds, of_text),
        (None, None) => None,
    };
    let Some(moment) = moment else {
        let help = "give it a date such as 2017-01-12, a date and time, or seconds since 1970";
        return Err(failure(format!("{} is not a date", described(value)), help));
    };
    Ok(match zone {
        Some(zone) => moment.with_time_zone(zone),
        None => moment,
    })
}

/// `date(format="%d/%m/%Y")` or `date(format="d MMMM y")`: names of months and days in the language of the page or of
/// `locale`.
fn date(site: &SharedSite, value: &Value, kwargs: &Kwargs) -> TeraResult<String> {
    let moment = moment(value, kwargs)?;
    let words = &locale(site, kwargs)?.date;
    let format = given(kwargs, "format")?.unwrap_or("%Y-%m-%d");
    let written =
        if format.contains('%') { format_strftime(&moment, format, words) } else { format_cldr(&moment, format, words) };
    let help = "use a format such as \"%d/%m/%Y\", or \"d MMMM y\" with text between single quotes";
    written.map_err(|error| failure(format!("`{format}` is not a date format: {error}"), help))
}

/// Whether a moment stands so to the argument `other`; with `inclusive=true` the same moment does, too.
fn compare(value: &Value, kwargs: &Kwargs, stands: fn(&ZonedDateTime, &ZonedDateTime) -> bool) -> TeraResult<bool> {
    let own = moment(value, kwargs)?;
    let other = moment(kwargs.must_get::<&Value>("other")?, kwargs)?;
    Ok(stands(&own, &other) || (own == other && kwargs.get::<bool>("inclusive")?.unwrap_or(false)))
}
