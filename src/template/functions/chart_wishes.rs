use std::collections::BTreeMap;

use tera::{Kwargs, TeraResult, Value};

use crate::indicator::{Breakdown, ChartForm, ChartWishes, Definition, TimePeriod};
use crate::template::SharedSite;
use crate::template::error::failure;
use crate::text::closest;

/// What a call of `chart` asks for: `kind`, `since`, `until`, `areas`, `zero`, `height`; where it says nothing, what the
/// indicator says.
pub(super) fn wishes(site: &SharedSite, kwargs: &Kwargs, slug: &str, definition: &Definition) -> TeraResult<ChartWishes> {
    let period = |name| {
        let Some(text) = kwargs.get::<String>(name)? else { return Ok(None) };
        match TimePeriod::parse(&text) {
            Some(period) => Ok(Some(period.in_fiscal_years(definition.fiscal_year_start))),
            None => {
                Err(failure(format!("`{text}` is not a time period"), "write it as in the front matter, such as \"2016-Q3\""))
            }
        }
    };
    let (since, until) = (period("since")?, period("until")?);
    if let (Some(since), Some(until)) = (since, until)
        && until.end() < since.start()
    {
        return Err(failure(format!("`until` {until} is before `since` {since}"), "exchange the two, or leave one out"));
    }
    let height = match kwargs.get::<i64>("height")? {
        Some(height) => match u16::try_from(height).ok().filter(|height| ChartWishes::HEIGHTS.contains(height)) {
            Some(height) => Some(height),
            None => {
                let (least, most) = (ChartWishes::HEIGHTS.start(), ChartWishes::HEIGHTS.end());
                return Err(failure(
                    format!("a chart cannot be {height} units high"),
                    format!("give a `height` from {least} to {most}"),
                ));
            }
        },
        None => None,
    };
    let own =
        ChartWishes { kind: kind(kwargs)?, since, until, areas: areas(site, kwargs, slug)?, zero: kwargs.get("zero")?, height };
    Ok(own.over(&definition.chart))
}

fn kind(kwargs: &Kwargs) -> TeraResult<Option<ChartForm>> {
    let Some(word) = kwargs.get::<String>("kind")? else { return Ok(None) };
    if let Some((_, form)) = ChartForm::WORDS.iter().find(|(name, _)| *name == word) {
        return Ok(Some(*form));
    }
    let names: Vec<&str> = ChartForm::WORDS.iter().map(|(name, _)| *name).collect();
    let meant = closest(&word, names.iter().copied()).map(|name| format!("did you mean \"{name}\"? ")).unwrap_or_default();
    Err(failure(format!("`{word}` is not a kind of chart"), format!("{meant}use one of: {}", names.join(", "))))
}

/// `areas=["VN-26", "VN-DN"]`, each of which has a series.
fn areas(site: &SharedSite, kwargs: &Kwargs, slug: &str) -> TeraResult<Vec<String>> {
    let Some(areas) = kwargs.get::<Vec<String>>("areas")? else { return Ok(Vec::new()) };
    let known: Vec<&str> = site.catalogue.areas(slug).map(|(area, _)| area).collect();
    match areas.iter().find(|area| !known.contains(&area.as_str())) {
        None => Ok(areas),
        Some(unknown) => {
            let help = match closest(unknown, known.iter().copied()) {
                Some(meant) => format!("did you mean \"{meant}\"?"),
                None => format!("there are numbers of: {}", known.join(", ")),
            };
            Err(failure(format!("no article states a number of `{slug}` for the area `{unknown}`"), help))
        }
    }
}

/// `breakdown={"sex": "F"}`.
pub(super) fn breakdown(kwargs: &Kwargs) -> TeraResult<Option<Breakdown>> {
    let Some(value) = kwargs.get::<&Value>("breakdown")? else { return Ok(None) };
    let member = |(dimension, member): (&tera::value::Key<'_>, &Value)| {
        Some((dimension.as_str()?.to_owned(), member.as_str()?.to_owned()))
    };
    let members: Option<BTreeMap<String, String>> = value.as_map().and_then(|map| map.iter().map(member).collect());
    match members {
        Some(members) => Ok(Some(Breakdown::new(members))),
        None => Err(failure("the argument `breakdown` is no map of texts", "write it as `breakdown={\"sex\": \"F\"}`")),
    }
}
