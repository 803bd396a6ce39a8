use std::collections::BTreeMap;

use super::plot::{Mark, Plot, drawn_points, superseded};
use super::scale::Grain;
use super::{ChartRequest, Strand};
use crate::indicator::{Measure, TimePeriod};
use crate::locale::Decimal;

/// A strand may be so many times as large as another one on the same scale.
const MOST_TIMES: i128 = 25;

/// All strands of a chart in one unit, the main one first.
#[derive(Debug)]
pub(super) struct Sheet<'a> {
    /// The title, the words, the definition.
    pub request: &'a ChartRequest<'a>,
    /// The strands that have a value to draw; never empty.
    pub plots: Vec<Plot<'a>>,
}

impl<'a> Sheet<'a> {
    /// Whether any strand of a request has a point.
    pub fn has_points(request: &'a ChartRequest<'a>) -> bool {
        !Self::chosen(request).is_empty()
    }

    /// The strands that the wishes name, as far as they have a point.
    fn chosen(request: &'a ChartRequest<'a>) -> Vec<&'a Strand<'a>> {
        let wanted = &request.wishes.areas;
        let mut chosen: Vec<&Strand<'a>> = if wanted.is_empty() {
            request.strands.iter().collect()
        } else {
            wanted.iter().filter_map(|code| request.strands.iter().find(|strand| strand.code == code)).collect()
        };
        chosen.retain(|strand| drawn_points(request, strand).next().is_some());
        chosen
    }

    /// Takes the strands of a request; `None` when none has a point.
    pub fn new(request: &'a ChartRequest<'a>) -> Option<Self> {
        let chosen = Self::chosen(request);
        let bounds: Vec<Decimal> = chosen
            .iter()
            .flat_map(|strand| drawn_points(request, strand))
            .flat_map(|point| {
                let metric = &point.latest().metric;
                let limits = metric.interval.map(|interval| (interval.low, interval.high));
                let pairs = metric.amount.bounds().into_iter().chain(limits);
                pairs.flat_map(|(low, high)| [low, high]).chain(superseded(request, point))
            })
            .collect();
        let spare = u8::from(request.definition.measure != Measure::Count);
        let grain = Grain::of(&bounds.iter().copied(), spare);
        let plots = chosen.iter().enumerate().map(|(hue, strand)| Plot::new(request, strand, hue, grain));
        let plots: Vec<Plot<'a>> = plots.collect();
        (!plots.is_empty()).then_some(Self { request, plots })
    }

    /// The first strand.
    pub fn main(&self) -> Option<&Plot<'a>> {
        self.plots.first()
    }

    /// The newest period for which most strands have a value.
    pub fn common_period(&self) -> Option<TimePeriod> {
        let mut counts: BTreeMap<TimePeriod, usize> = BTreeMap::new();
        for mark in self.plots.iter().flat_map(Plot::actuals) {
            *counts.entry(mark.period).or_default() += 1;
        }
        counts.into_iter().max_by_key(|(period, count)| (*count, *period)).map(|(period, _)| period)
    }

    /// The values of one period, the largest first; names in the order of strands where values are equal.
    pub fn ranked(&self, period: TimePeriod) -> Vec<(&Plot<'a>, &Mark<'a>)> {
        let mut found: Vec<_> = self.plots.iter().filter_map(|plot| Some((plot, plot.actual_of(period)?))).collect();
        found.sort_by_key(|(plot, mark)| (std::cmp::Reverse(mark.high), plot.hue));
        found
    }

    /// The lowest and the highest value of all strands.
    pub fn extent(&self) -> (i128, i128) {
        let extents = || self.plots.iter().map(|plot| plot.extent);
        (extents().map(|(low, _)| low).min().unwrap_or(0), extents().map(|(_, high)| high).max().unwrap_or(0))
    }

    /// The same with zero; one unit high where all values are zero.
    pub fn extent_with_zero(&self) -> (i128, i128) {
        match self.extent() {
            (0, 0) => (0, self.plots.first().map_or(1, |plot| plot.grain.one())),
            (low, high) => (low.min(0), high.max(0)),
        }
    }

    /// Every mark of every strand.
    pub fn marks(&self) -> impl Iterator<Item = &Mark<'a>> {
        self.plots.iter().flat_map(|plot| &plot.marks)
    }
}

/// Whether strands may share one scale of values: none is so small beside the largest that it would look like nothing.
pub fn share_a_scale(strands: &[Strand<'_>]) -> bool {
    let largest = |strand: &Strand<'_>| {
        let values = strand.series.points().iter().filter_map(|point| point.latest().metric.amount.bounds());
        values.map(|(low, high)| low.abs().max(high.abs())).max()
    };
    let sizes: Vec<Decimal> = strands.iter().filter_map(largest).collect();
    let (Some(least), Some(most)) = (sizes.iter().min(), sizes.iter().max()) else { return true };
    least.times(Decimal::new(MOST_TIMES, 0).unwrap_or(*least)).is_none_or(|many| many >= *most)
}
