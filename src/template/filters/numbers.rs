use std::sync::Arc;

use tera::{Kwargs, State, TeraResult, Value};

use super::{described, given, locale};
use crate::indicator::TimePeriod;
use crate::locale::{Decimal, format_number, format_quantity};
use crate::template::asked::{Answers, Functions};
use crate::template::error::failure;
use crate::template::functions::{INDICATOR, unknown_indicator};
use crate::template::{SharedSite, scope};

/// `number(decimals, locale)`, and `num` and `num_format`, the same: a number in the form of the page's language.
/// `quantity(unit | indicator)`: a number with its unit. `period(short)`: a time period in words.
pub(super) fn register(functions: &mut Functions<'_>, site: &SharedSite) {
    for name in ["number", "num", "num_format"] {
        let shared = site.clone();
        let filter = move |value: &Value, kwargs: Kwargs, _: &State<'_>| {
            Ok::<_, tera::Error>(format_number(rounded(decimal(value)?, &kwargs)?, &*locale(&shared, &kwargs)?))
        };
        functions.tera.register_filter(name, filter);
    }
    let (shared, answers) = (site.clone(), Arc::clone(&functions.answers));
    let filter = move |value: &Value, kwargs: Kwargs, _: &State<'_>| quantity(&shared, &answers, value, &kwargs);
    functions.tera.register_filter("quantity", filter);
    let shared = site.clone();
    let answers = Arc::clone(&functions.answers);
    let filter = move |value: &Value, kwargs: Kwargs, _: &State<'_>| period(&shared, &answers, value, &kwargs);
    functions.tera.register_filter("period", filter);
}

fn decimal(value: &Value) -> TeraResult<Decimal> {
    let number = Decimal::parse(&value.to_string());
    number.ok_or_else(|| failure(format!("{} is not a number", described(value)), "give it a plain number"))
}

fn rounded(number: Decimal, kwargs: &Kwargs) -> TeraResult<Decimal> {
    let decimals = kwargs.get::<u8>("decimals")?;
    Ok(decimals.map_or(number, |decimals| number.rounded(decimals.min(12))))
}

/// With a unit as it is written, or in the unit and with the decimals of an indicator.
fn quantity(site: &SharedSite, answers: &Answers, value: &Value, kwargs: &Kwargs) -> TeraResult<String> {
    let (number, locale) = (rounded(decimal(value)?, kwargs)?, locale(site, kwargs)?);
    let (unit, indicator) = (given(kwargs, "unit")?, given(kwargs, "indicator")?);
    match (unit, indicator) {
        (Some(unit), None) => Ok(format_quantity(&format_number(number, &locale), unit, &locale)),
        (None, Some(slug)) => {
            answers.look(INDICATOR, slug);
            let definition = site.catalogue.definition(slug).ok_or_else(|| unknown_indicator(site, slug))?;
            let lang = scope::subject().map_or_else(|| site.config.default_language.clone(), |subject| subject.lang);
            let number = format_number(number.padded(definition.decimals), &locale);
            Ok(format_quantity(&number, definition.unit_label(&lang), &locale))
        }
        _ => Err(failure("`quantity` needs to know the unit", "give it either `unit=\"…\"`, or the slug of an `indicator`")),
    }
}

/// A time period in words; `2016/2017` is one fiscal year where it is said when these begin.
fn period(site: &SharedSite, answers: &Answers, value: &Value, kwargs: &Kwargs) -> TeraResult<String> {
    let Some(period) = TimePeriod::parse(&value.to_string()) else {
        let help = "give it one as the front matter has it: \"2016\", \"2016-Q3\", \"2016-08\", \"2016-W31\", \"2016/2020\"";
        return Err(failure(format!("{} is not a time period", described(value)), help));
    };
    let first_month = match (kwargs.get::<i8>("fiscal_year_start")?, given(kwargs, "indicator")?) {
        (Some(month @ 1..=12), _) => Some(month),
        (Some(month), _) => {
            let help = "give `fiscal_year_start` as 1 for January to 12 for December";
            return Err(failure(format!("{month} is not the number of a month"), help));
        }
        (None, Some(slug)) => {
            answers.look(INDICATOR, slug);
            site.catalogue.definition(slug).ok_or_else(|| unknown_indicator(site, slug))?.fiscal_year_start
        }
        (None, None) => None,
    };
    let (period, locale) = (period.in_fiscal_years(first_month), locale(site, kwargs)?);
    let short = kwargs.get::<bool>("short")?.unwrap_or(false);
    Ok(if short { period.short_label(&locale) } else { period.label(&locale) })
}
