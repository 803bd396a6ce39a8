use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::{described, locale};
use crate::locale::{Decimal, format_number};
use crate::template::SharedSite;
use crate::template::error::failure;

/// `num_format(locale, decimals)`, and `num`, the same: a number in the form of the page's language.
pub(super) fn register(tera: &mut Tera, site: &SharedSite) {
    for name in ["num", "num_format"] {
        let shared = site.clone();
        tera.register_filter(name, move |value: &Value, kwargs: Kwargs, _: &State<'_>| number(&shared, value, &kwargs));
    }
}

fn number(site: &SharedSite, value: &Value, kwargs: &Kwargs) -> TeraResult<String> {
    let number = Decimal::parse(&value.to_string());
    let number = number.ok_or_else(|| failure(format!("{} is not a number", described(value)), "give it a plain number"))?;
    let number = match kwargs.get::<u8>("decimals")? {
        Some(decimals) => number.rounded(decimals.min(12)),
        None => number,
    };
    Ok(format_number(number, &*locale(site, kwargs)?))
}
