use crate::indicator::{Catalogue, Definition, Kind, Point, SeriesKey, TimePeriod};
use crate::locale::Decimal;

/// A value per 100 people.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct PerPeople {
    /// Per 100.
    pub value: Decimal,
    /// When the value is from.
    pub period: TimePeriod,
    /// When the people were counted.
    pub population_period: TimePeriod,
}

/// The value of a point per 100 people, by the population of the same area and group, of the same period or of its year.
pub(super) fn per_people(catalogue: &Catalogue, definition: &Definition, key: &SeriesKey, point: &Point) -> Option<PerPeople> {
    let population = &definition.population.as_ref()?.slug;
    let people = catalogue.definition(population)?;
    let series = catalogue.series_of(population, key)?;
    let value_in = |period| {
        let point = series.points().get(series.at(period, Kind::Actual)?)?;
        Some((period, super::comparable_value(point)?))
    };
    let (population_period, count) = value_in(point.period).or_else(|| value_in(point.period.year()))?;
    let whole = |value: Decimal, mult: i8| value.shifted(i32::from(mult));
    let (value, count) = (whole(super::comparable_value(point)?, definition.unit_mult)?, whole(count, people.unit_mult)?);
    let per = value.times(Decimal::HUNDRED)?.divided(count, 4)?;
    // Two digits after the point say enough of a small number, one of a large one.
    let value = if per.abs() < Decimal::new(10, 0)? { per.rounded(2) } else { per.rounded(1) };
    Some(PerPeople { value, period: point.period, population_period })
}
