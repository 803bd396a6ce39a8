//! Numbers that no source states: computed from a series, and always labelled as that.

mod growth;
mod parts;
mod people;
mod progress;
mod words;

use super::{Catalogue, Change, Definition, Kind, Point, Qualifier, SeriesKey, TimePeriod, computed_change};
use crate::locale::Decimal;

pub use growth::Growth;
pub use parts::Total;
pub use people::PerPeople;
pub use progress::{Distance, Progress, Status};
pub use words::ComputedLine;

/// Everything that is computed of a series, as of its newest value.
#[derive(Clone, PartialEq, Debug)]
pub struct Derived {
    /// The change from the previous comparable period.
    pub change: Option<Change>,
    /// The compound annual growth over the comparable part of the series.
    pub growth: Option<Growth>,
    /// How far it is to the next target.
    pub distance: Option<Distance>,
    /// How the way to that target goes; nobody can tell where the indicator names no direction.
    pub progress: Option<Progress>,
    /// The value per 100 people.
    pub per_people: Option<PerPeople>,
    /// The sum of all parts, for the newest period that all of them state.
    pub total: Option<Total>,
}

impl Catalogue {
    /// What is computed of a series of an indicator.
    pub fn derived(&self, slug: &str, key: &SeriesKey) -> Option<Derived> {
        let definition = self.definition(slug)?;
        let points = self.series_of(slug, key).map(|series| series.points()).unwrap_or_default();
        let latest = points.iter().rposition(|point| comparable_value(point).is_some());
        let distance = progress::distance(points);
        Some(Derived {
            change: latest.and_then(|at| computed_change(points, at, definition.measure, definition.is_percent())),
            growth: latest.and_then(|at| growth::growth(points, at)),
            distance,
            progress: distance.and_then(|distance| progress::progress(points, distance, definition.direction)),
            per_people: latest.and_then(|at| people::per_people(self, definition, key, points.get(at)?)),
            total: parts::newest_total(self, slug, key),
        })
    }
}

impl Derived {
    /// Everything of it in the words of a language, each with what it is.
    pub fn lines(&self, definition: &Definition, lang: &crate::text::Lang, locale: &crate::locale::Locale) -> Vec<ComputedLine> {
        words::lines(self, definition, lang, locale)
    }
}

/// The value of a point that others may be computed from: what happened, one number, not a limit.
pub(super) fn comparable_value(point: &Point) -> Option<Decimal> {
    let metric = &point.latest().metric;
    let rounded = matches!(metric.qualifier, Qualifier::Exact | Qualifier::About | Qualifier::Nearly);
    metric.amount.value().filter(|_| point.kind == Kind::Actual && rounded)
}

/// The points that may be compared with the one at a place, up to it: like periods that are the same part of their years,
/// since the last break.
fn comparable_points(points: &[Point], at: usize) -> impl Iterator<Item = (TimePeriod, Decimal)> {
    let upto = points.get(..=at).unwrap_or_default();
    let since = upto.iter().rposition(|point| point.kind == Kind::Actual && point.is_break()).unwrap_or(0);
    let period = points.get(at).map(|point| point.period);
    let alike = move |point: &&Point| period.is_some_and(|period| period.is_same_part_of_year(point.period));
    let value = |point: &Point| Some((point.period, comparable_value(point)?));
    upto.get(since..).unwrap_or_default().iter().filter(alike).filter_map(value)
}
