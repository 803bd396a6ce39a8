use std::collections::BTreeMap;

use std::sync::Arc;

use super::{Break, Breakdown, Corrections, Definition, Kind, Metric, ObsStatus, Observation, Revision, TimePeriod};
use crate::diagnostic::{Diagnostic, Sink};

/// Every indicator by its slug, and the series of its observations.
#[derive(Default, Debug)]
pub struct Catalogue {
    definitions: BTreeMap<String, Definition>,
    series: BTreeMap<String, BTreeMap<SeriesKey, Series>>,
    articles: BTreeMap<usize, Vec<Arc<Metric>>>,
    /// The parts of each indicator that has any.
    parts: BTreeMap<String, Vec<String>>,
    corrections: Corrections,
}

/// What the observations of a series have in common beside their indicator. Those of all come before any part of them.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct SeriesKey {
    /// The area.
    pub ref_area: String,
    /// Of whom.
    pub breakdown: Breakdown,
}

impl SeriesKey {
    /// Of everybody in an area.
    pub fn of_all(area: &str) -> Self {
        Self { ref_area: area.to_owned(), breakdown: Breakdown::default() }
    }
}

/// The observations of one indicator in one area and of one breakdown, in the order of time.
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
    series_break: Option<Break>,
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

    /// Whether the series breaks before it: it is not to be compared with earlier points.
    pub fn is_break(&self) -> bool {
        self.series_break.is_some() || self.latest.metric.status == ObsStatus::BREAK
    }

    /// From when on the series is another one, if it breaks before this point: as the indicator says, or this point's period.
    pub fn broken_at(&self) -> Option<TimePeriod> {
        self.is_break().then(|| self.series_break.as_ref().map_or(self.period, |each| each.at))
    }

    /// The break of the indicator that it is the first point after.
    pub fn series_break(&self) -> Option<&Break> {
        self.series_break.as_ref()
    }

    /// What its newest article says about stating another value than older ones.
    pub fn revision(&self) -> Option<&Revision> {
        self.latest.metric.revision.as_ref()
    }

    /// Whether an observation of this point states another value than the latest one.
    pub fn is_superseded(&self, observation: &Observation) -> bool {
        differs(observation, &self.latest)
    }
}

impl Series {
    /// Its points in the order of time; actual before target. Some may have no value, and say why.
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// The last actual point with a value, or the last one of all when there are only targets.
    pub fn latest(&self) -> Option<usize> {
        let has_value = |point: &Point| point.latest.metric.amount.bounds().is_some();
        let actual = self.points.iter().rposition(|point| point.kind == Kind::Actual && has_value(point));
        actual.or_else(|| self.points.iter().rposition(has_value))
    }

    /// The place of a period's point.
    pub fn at(&self, period: TimePeriod, kind: Kind) -> Option<usize> {
        self.points.binary_search_by_key(&(period, kind), |point| (point.period, point.kind)).ok()
    }

    /// Marks the first actual point after each break, if there are any before it.
    fn mark_breaks(&mut self, breaks: &[Break], area: &str) {
        for each in breaks.iter().filter(|each| each.is_in(area)) {
            let starts = |point: &Point| point.period.start() >= each.at.start();
            let actual = |(_, point): &(usize, &mut Point)| point.kind == Kind::Actual;
            let mut earlier = false;
            for (_, point) in self.points.iter_mut().enumerate().filter(actual) {
                if starts(point) {
                    if earlier {
                        point.series_break = Some(each.clone());
                    }
                    break;
                }
                earlier = true;
            }
        }
    }
}

impl Catalogue {
    /// The same with what articles own up to.
    pub(super) fn with(self, corrections: Corrections) -> Self {
        Self { corrections, ..self }
    }

    /// What articles own up to.
    pub fn corrections(&self) -> &Corrections {
        &self.corrections
    }

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
        let mut series: BTreeMap<String, BTreeMap<SeriesKey, BTreeMap<(TimePeriod, Kind), Point>>> = BTreeMap::new();
        for observation in observations {
            let metric = &observation.metric;
            let areas = series.entry(metric.indicator.clone()).or_default();
            let key = SeriesKey { ref_area: observation.ref_area.clone(), breakdown: metric.breakdown.clone() };
            let points = areas.entry(key).or_default();
            match points.get_mut(&(metric.period, metric.kind)) {
                Some(point) => point.earlier.push(observation),
                None => {
                    let (period, kind) = (metric.period, metric.kind);
                    points.insert(
                        (period, kind),
                        Point { period, kind, latest: observation, earlier: Vec::new(), series_break: None },
                    );
                }
            }
        }
        let series = series
            .into_iter()
            .map(|(indicator, areas)| {
                let breaks = definitions.get(&indicator).map(|definition| definition.breaks.as_slice()).unwrap_or_default();
                let assembled = |(key, points): (SeriesKey, BTreeMap<_, Point>)| {
                    let mut series = Series { points: points.into_values().collect() };
                    series.mark_breaks(breaks, &key.ref_area);
                    (key, series)
                };
                let areas = areas.into_iter().map(assembled).collect();
                (indicator, areas)
            })
            .collect();
        let mut parts: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (slug, whole) in definitions.iter().filter_map(|(slug, part)| Some((slug, part.part_of.as_ref()?))) {
            parts.entry(whole.slug.clone()).or_default().push(slug.clone());
        }
        let catalogue = Self { definitions, series, articles, parts, ..Self::default() };
        catalogue.report_conflicts(sink);
        catalogue.report_changes(sink);
        catalogue.report_early_targets(sink);
        catalogue
    }

    /// A newer article that states another value says that it revises the older one, or the two are in conflict.
    fn report_conflicts(&self, sink: &Sink) {
        let all =
            self.series.iter().flat_map(|(indicator, areas)| areas.iter().map(move |(key, series)| (indicator, key, series)));
        for (indicator, key, series) in all {
            for point in &series.points {
                report_vintages(indicator, key, point, sink);
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

    /// The indicators that are parts of one, in the order of slugs.
    pub fn parts_of(&self, slug: &str) -> &[String] {
        self.parts.get(slug).map(Vec::as_slice).unwrap_or_default()
    }

    /// The metrics that an article states, in the order of its front matter; by the index of its default-language page.
    pub fn metrics_of(&self, origin: usize) -> &[Arc<Metric>] {
        self.articles.get(&origin).map(Vec::as_slice).unwrap_or_default()
    }

    /// How many observations articles state.
    pub fn observation_count(&self) -> usize {
        self.articles.values().map(Vec::len).sum()
    }

    /// Every series of an indicator: by area, and in each that of all before those of parts.
    pub fn all_series(&self, slug: &str) -> impl Iterator<Item = (&SeriesKey, &Series)> {
        self.series.get(slug).into_iter().flatten()
    }

    /// The series of an indicator by area, those of all without those of breakdowns.
    pub fn areas(&self, slug: &str) -> impl Iterator<Item = (&str, &Series)> {
        let total = |(key, _): &(&SeriesKey, &Series)| key.breakdown.is_total();
        self.all_series(slug).filter(total).map(|(key, series)| (key.ref_area.as_str(), series))
    }

    /// The series of an indicator in one area.
    pub fn series(&self, slug: &str, area: &str) -> Option<&Series> {
        self.series_of(slug, &SeriesKey::of_all(area))
    }

    /// The series of an indicator in one area and of one breakdown.
    pub fn series_of(&self, slug: &str, key: &SeriesKey) -> Option<&Series> {
        self.series.get(slug)?.get(key)
    }
}

/// Two vintages differ when they state another amount or another qualifier; the same number again is no conflict.
fn differs(a: &Observation, b: &Observation) -> bool {
    a.metric.amount != b.metric.amount || a.metric.qualifier != b.metric.qualifier
}

fn report_vintages(indicator: &str, key: &SeriesKey, point: &Point, sink: &Sink) {
    let vintages: Vec<&Observation> = point.vintages().collect();
    for pair in vintages.windows(2) {
        let [newer, older] = pair else { continue };
        if newer.metric.revision.is_some() || !differs(newer, older) {
            continue;
        }
        let message = format!(
            "two articles state different values of `{indicator}` for {} in {}: {} and {}",
            point.period,
            key.ref_area,
            newer.metric.value_place.text(),
            older.metric.value_place.text(),
        );
        let diagnostic = Diagnostic::warning("conflicting-values", message)
            .at_place(newer.metric.value_place.clone())
            .with(older.metric.value_place.clone(), "the other value")
            .help("both stand in the table and the newer article's is drawn; mend one if it is a slip, or add `revision = { type = \"revision\", note = \"…\" }` to the newer one");
        sink.push(diagnostic);
    }
    // Only the oldest vintage has nothing before it that it could revise.
    if let Some(oldest) = vintages.last().filter(|oldest| oldest.metric.revision.is_some()) {
        let message = format!("this revises `{indicator}` for {}, which no older article states", point.period);
        let diagnostic = Diagnostic::warning("nothing-revised", message).at_place(oldest.metric.place.clone());
        sink.push(diagnostic.help("remove `revision`, or check the period, the area and the date of the article"));
    }
}
