use std::collections::BTreeMap;

use crate::indicator::{Catalogue, Measure, SeriesKey, TimePeriod};
use crate::locale::Decimal;

/// The sum of the parts of an indicator in a period that all of them state.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Total {
    /// In the unit of the whole.
    pub value: Decimal,
    /// When.
    pub period: TimePeriod,
    /// Of how many parts.
    pub parts: usize,
}

impl Catalogue {
    /// The sums of the parts of an indicator, in the order of time: of each period that all parts state as one number.
    /// Rates and indices have none.
    pub fn totals(&self, slug: &str, key: &SeriesKey) -> Vec<Total> {
        let Some(whole) = self.definition(slug).filter(|whole| !matches!(whole.measure, Measure::Rate | Measure::Index)) else {
            return Vec::new();
        };
        let parts = self.parts_of(slug);
        let mut sums: BTreeMap<TimePeriod, (usize, Option<Decimal>)> = BTreeMap::new();
        for part in parts {
            let (Some(definition), Some(series)) = (self.definition(part), self.series_of(part, key)) else { return Vec::new() };
            for point in series.points() {
                let Some(value) = super::comparable_value(point) else { continue };
                let value = definition.unit().convert(value, &whole.unit()).ok();
                let (count, sum) = sums.entry(point.period).or_insert((0, Some(Decimal::ZERO)));
                (*count, *sum) = (*count + 1, sum.zip(value).and_then(|(sum, value)| sum.plus(value)));
            }
        }
        let complete = |(period, (count, sum)): (TimePeriod, (usize, Option<Decimal>))| {
            (count == parts.len()).then_some(Total { value: sum?, period, parts: count })
        };
        sums.into_iter().filter_map(complete).collect()
    }
}

/// The newest sum. An indicator of one part has none to speak of.
pub(super) fn newest_total(catalogue: &Catalogue, slug: &str, key: &SeriesKey) -> Option<Total> {
    catalogue.totals(slug, key).last().copied().filter(|total| total.parts > 1)
}
