use std::collections::BTreeMap;

use std::sync::Arc;

use super::{Definition, Kind, Metric, Observation, TimePeriod};
use crate::diagnostic::{Diagnostic, Sink};

/// Every indicator by its slug, and the series of its observations.
#[derive(Default, Debug)]
pub struct Catalogue {
    definitions: BTreeMap<String, Definition>,
    series: BTreeMap<String, BTreeMap<String, Series>>,
    articles: BTreeMap<usize, Vec<Arc<Metric>>>,
}

/// The observations of one indicator in one area, in the order of time.
#[derive(Default, Debug)]
pub struct Series {
    points: Vec<Point>,
}

/// What articles state of one indicator, area, period and kind: one observation, or several vintages of it.
#[derive(Clone, Debug)]
pub struct Point {
    /// When.
    pub period: TimePeriod,
    /// Actual or target.
    pub kind: Kind,
    latest: Observation,
    earlier: Vec<Observation>,
}

impl Point {
    /// What the newest article states: the value that is shown and drawn.
    pub fn latest(&self) -> &Observation {
        &self.latest
    }

    /// What earlier articles state, newest first.
    pub fn earlier(&self) -> &[Observation] {
        &self.earlier
    }

    /// The newest observation that states the value of the latest one: where the value is from.
    pub fn vintages(&self) -> impl Iterator<Item = &Observation> {
        std::iter::once(&self.latest).chain(&self.earlier)
    }

    /// Whether an observation of this point states another value than the latest one.
    pub fn is_superseded(&self, observation: &Observation) -> bool {
        differs(observation, &self.latest)
    }
}

impl Series {
    /// Its points in the order of time; actual before target.
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// The last actual point, or the last one of all when there are only targets.
    pub fn latest(&self) -> Option<usize> {
        let actual = self.points.iter().rposition(|point| point.kind == Kind::Actual);
        actual.or_else(|| self.points.len().checked_sub(1))
    }
}

impl Catalogue {
    /// Puts every observation in its series. Observations of unknown indicators are the caller's to report.
    ///
    /// Values that articles state differently for one point are a warning that names both places.
    pub fn assemble(
        definitions: BTreeMap<String, Definition>,
        mut observations: Vec<Observation>,
        articles: BTreeMap<usize, Vec<Arc<Metric>>>,
        sink: &Sink,
    ) -> Self {
        // Newest first; of the same day, the later path first, so that the order never depends on reading.
        observations.sort_by(|a, b| {
            let key = |o: &Observation| (o.origin.date, o.metric.place.source.path.clone(), o.metric.place.span.start);
            key(b).cmp(&key(a))
        });
        let mut series: BTreeMap<String, BTreeMap<String, BTreeMap<(TimePeriod, Kind), Point>>> = BTreeMap::new();
        for observation in observations {
            let metric = &observation.metric;
            let areas = series.entry(metric.indicator.clone()).or_default();
            let points = areas.entry(observation.ref_area.clone()).or_default();
            match points.get_mut(&(metric.period, metric.kind)) {
                Some(point) => point.earlier.push(observation),
                None => {
                    let (period, kind) = (metric.period, metric.kind);
                    points.insert((period, kind), Point { period, kind, latest: observation, earlier: Vec::new() });
                }
            }
        }
        let series = series
            .into_iter()
            .map(|(indicator, areas)| {
                let areas =
                    areas.into_iter().map(|(area, points)| (area, Series { points: points.into_values().collect() })).collect();
                (indicator, areas)
            })
            .collect();
        let catalogue = Self { definitions, series, articles };
        catalogue.report_conflicts(sink);
        catalogue
    }

    fn report_conflicts(&self, sink: &Sink) {
        for (indicator, areas) in &self.series {
            for (area, series) in areas {
                for point in &series.points {
                    for earlier in point.earlier.iter().filter(|earlier| point.is_superseded(earlier)) {
                        let newest = &point.latest.metric;
                        let message = format!(
                            "two articles state different values of `{indicator}` for {} in {area}: {} and {}",
                            point.period,
                            newest.value_place.text(),
                            earlier.metric.value_place.text(),
                        );
                        let diagnostic = Diagnostic::warning("conflicting-values", message)
                            .at_place(newest.value_place.clone())
                            .with(earlier.metric.value_place.clone(), "the other value")
                            .help("both stand in the table and the newer article's is drawn; mend one if it is a slip");
                        sink.push(diagnostic);
                    }
                }
            }
        }
    }

    /// Every indicator in the order of slugs.
    pub fn definitions(&self) -> impl Iterator<Item = (&str, &Definition)> {
        self.definitions.iter().map(|(slug, definition)| (slug.as_str(), definition))
    }

    /// An indicator.
    pub fn definition(&self, slug: &str) -> Option<&Definition> {
        self.definitions.get(slug)
    }

    /// The metrics that an article states, in the order of its front matter; by the index of its default-language page.
    pub fn metrics_of(&self, origin: usize) -> &[Arc<Metric>] {
        self.articles.get(&origin).map(Vec::as_slice).unwrap_or_default()
    }

    /// How many observations articles state.
    pub fn observation_count(&self) -> usize {
        self.articles.values().map(Vec::len).sum()
    }

    /// The series of an indicator by area.
    pub fn areas(&self, slug: &str) -> impl Iterator<Item = (&str, &Series)> {
        self.series.get(slug).into_iter().flatten().map(|(area, series)| (area.as_str(), series))
    }

    /// The series of an indicator in one area.
    pub fn series(&self, slug: &str, area: &str) -> Option<&Series> {
        self.series.get(slug)?.get(area)
    }
}

/// Two vintages differ when they state another amount or another qualifier; the same number again is no conflict.
fn differs(a: &Observation, b: &Observation) -> bool {
    a.metric.amount != b.metric.amount || a.metric.qualifier != b.metric.qualifier
}
