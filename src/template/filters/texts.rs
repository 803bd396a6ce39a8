use tera::{Kwargs, State, StringInput, Tera, TeraResult, Value};

/// `replace(from, to)` as Tera has it, but that a text which is marked safe and holds nothing to escape (an address, a
/// name that a component gave) is like any other: the text around it stays as it is written, for the `safe` or
/// `markdown` that may follow.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("replace", replace);
}

#[allow(clippy::needless_pass_by_value)] // Tera hands arguments over by value.
fn replace(text: StringInput<'_>, kwargs: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let from = kwargs.must_get::<&str>("from")?;
    let to = kwargs.must_get::<StringInput<'_>>("to")?;
    let is_markup = |input: &StringInput<'_>| input.is_safe() && input.as_str().contains(['<', '>', '&', '"', '\'']);
    if state.autoescaping_enabled() && (is_markup(&text) || is_markup(&to)) {
        return Ok(Value::safe_string(&text.rendered(state)?.replace(from, &to.rendered(state)?)));
    }
    Ok(Value::from(text.as_str().replace(from, to.as_str())))
}
