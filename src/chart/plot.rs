use super::join::{Join, joins};
use super::scale::Grain;
use super::time::steps_between;
use super::{ChartRequest, Strand};
use crate::indicator::{Kind, Metric, Point, Qualifier, TimePeriod};
use crate::locale::{Decimal, Locale, format_quantity};

/// What every form of chart is drawn from: the newest vintage of each point of one strand, in the sheet's unit.
#[derive(Clone, Debug)]
pub(super) struct Plot<'a> {
    /// The title, the words, the definition.
    pub request: &'a ChartRequest<'a>,
    /// The name of the strand; empty when it is the only one.
    pub name: &'a str,
    /// Its place among the strands: its colour and the shape of its points.
    pub hue: usize,
    /// In the order of time; actual before target.
    pub marks: Vec<Mark<'a>>,
    /// The unit of the marks' values.
    pub grain: Grain,
    /// The marks between which a line goes.
    pub joins: Vec<(usize, usize, Join)>,
    /// The lowest and the highest value of all marks, with their intervals.
    pub extent: (i128, i128),
}

/// One value to draw.
#[derive(Clone, Debug)]
pub(super) struct Mark<'a> {
    /// Its place in its strand.
    pub at: usize,
    /// When.
    pub period: TimePeriod,
    /// Actual or target.
    pub kind: Kind,
    /// What is stated.
    pub metric: &'a Metric,
    /// Its value, or the low limit of its range.
    pub low: i128,
    /// Its value, or the high limit of its range.
    pub high: i128,
    /// The limits of its confidence interval.
    pub interval: Option<(i128, i128)>,
    /// The values that newer articles replaced, where they are shown.
    pub superseded: Vec<i128>,
    /// Whether it is the newest actual value.
    pub newest: bool,
    /// From when on the series is another one, if it breaks before it.
    pub broken: Option<TimePeriod>,
}

/// To which side of a stated limit the true value lies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Open {
    /// Above it.
    Up,
    /// Below it.
    Down,
}

/// How final a value is: what fills its mark.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Finality {
    /// Final: solid.
    Final,
    /// Estimated: half.
    Estimate,
    /// Provisional: hollow.
    Provisional,
    /// Of the future: dashed.
    Forecast,
}

impl<'a> Plot<'a> {
    /// The points of a strand in a unit. What is missing has no mark: its period is a gap.
    pub fn new(request: &'a ChartRequest<'a>, strand: &Strand<'a>, hue: usize, grain: Grain) -> Self {
        let points: Vec<&'a Point> = drawn_points(request, strand).collect();
        let newest = points.iter().rposition(|point| point.kind == Kind::Actual);
        let mark = |(i, point): (usize, &&'a Point)| {
            let metric = &*point.latest().metric;
            let (low, high) = metric.amount.bounds()?;
            Some(Mark {
                at: i,
                period: point.period,
                kind: point.kind,
                metric,
                low: grain.whole(low),
                high: grain.whole(high),
                interval: metric.interval.map(|interval| (grain.whole(interval.low), grain.whole(interval.high))),
                superseded: superseded(request, point).map(|value| grain.whole(value)).collect(),
                newest: Some(i) == newest,
                broken: point.broken_at(),
            })
        };
        let marks: Vec<Mark<'a>> = points.iter().enumerate().filter_map(mark).collect();
        let joins = joins(&marks, request.definition);
        let extent = extent(&marks);
        Self { request, name: strand.name, hue, marks, grain, joins, extent }
    }

    /// The values that happened.
    pub fn actuals(&self) -> impl Iterator<Item = &Mark<'a>> + Clone {
        self.marks.iter().filter(|mark| !mark.is_target())
    }

    /// The values that are planned.
    pub fn targets(&self) -> impl Iterator<Item = &Mark<'a>> + Clone {
        self.marks.iter().filter(|mark| mark.is_target())
    }

    /// The newest actual value, or the last target where nothing has happened yet.
    pub fn newest(&self) -> Option<&Mark<'a>> {
        self.marks.iter().find(|mark| mark.newest).or_else(|| self.marks.last())
    }

    /// Whether all actual values are of one kind of period.
    pub fn is_of_one_kind(&self) -> bool {
        let first = self.actuals().next();
        self.actuals().all(|mark| first.is_some_and(|first| first.period.is_like(mark.period)))
    }

    /// The extent with zero; one unit high where all values are zero.
    pub fn extent_with_zero(&self) -> (i128, i128) {
        match self.extent {
            (0, 0) => (0, self.grain.one()),
            (low, high) => (low.min(0), high.max(0)),
        }
    }

    /// Whether a period is missing between neighbouring values, planned ones among them.
    pub fn has_missing_periods(&self) -> bool {
        self.marks.windows(2).any(|pair| matches!(pair, [a, b] if steps_between(a.period, b.period) > 1))
    }

    /// The mark of a period that is not a target.
    pub fn actual_of(&self, period: TimePeriod) -> Option<&Mark<'a>> {
        self.actuals().find(|mark| mark.period == period)
    }

    /// The words of the page's language.
    pub fn locale(&self) -> &'a Locale {
        self.request.locale
    }

    /// A word or pattern of charts.
    pub fn word(&self, name: &'a str) -> &'a str {
        self.locale().chart.get(name)
    }

    /// The unit's label in the page's language.
    pub fn unit(&self) -> &'a str {
        self.request.definition.unit_label(self.request.lang)
    }

    /// A value with its words and its unit.
    pub fn full(&self, metric: &Metric) -> String {
        metric.text(self.locale(), self.request.definition.decimals, self.unit())
    }

    /// A value with its words, and only a percent sign for a unit: for labels, since the subtitle names the unit.
    pub fn short(&self, metric: &Metric) -> String {
        metric.text(self.locale(), self.request.definition.decimals, self.sign())
    }

    /// The number of a value alone, with a percent sign.
    pub fn number(&self, metric: &Metric) -> String {
        format_quantity(&metric.amount.number(self.locale(), self.request.definition.decimals), self.sign(), self.locale())
    }

    /// The short form on lines: the word, if any, above the number.
    pub fn short_lines(&self, metric: &Metric) -> Vec<String> {
        let (whole, number) = (self.short(metric), self.number(metric));
        match whole.strip_suffix(&number).map(str::trim_end) {
            Some(word) if !word.is_empty() => vec![word.to_owned(), number],
            _ => vec![whole],
        }
    }

    /// A target on lines: its word, then the value.
    pub fn target_lines(&self, metric: &Metric) -> Vec<String> {
        vec![Locale::word(&self.locale().kind, "target").to_owned(), self.short(metric)]
    }

    /// The percent sign, or nothing for any other unit.
    pub fn sign(&self) -> &'static str {
        if self.unit() == "%" { "%" } else { "" }
    }
}

impl Mark<'_> {
    /// Every value that is drawn of it.
    pub fn values(&self) -> impl Iterator<Item = i128> + '_ {
        let interval = self.interval.into_iter().flat_map(|(low, high)| [low, high]);
        [self.low, self.high].into_iter().chain(interval).chain(self.superseded.iter().copied())
    }

    /// Whether it is planned.
    pub fn is_target(&self) -> bool {
        self.kind == Kind::Target
    }

    /// Whether the series breaks before it.
    pub fn is_break(&self) -> bool {
        self.broken.is_some()
    }

    /// Whether it is estimated, provisional or a forecast.
    pub fn is_preliminary(&self) -> bool {
        self.metric.status.is_preliminary()
    }

    /// How final it is.
    pub fn finality(&self) -> Finality {
        match self.metric.status.letter() {
            'E' => Finality::Estimate,
            'P' => Finality::Provisional,
            'F' => Finality::Forecast,
            _ => Finality::Final,
        }
    }

    /// Whether it is stated as about right.
    pub fn is_approximate(&self) -> bool {
        matches!(self.metric.qualifier, Qualifier::About | Qualifier::Nearly)
    }

    /// Whether it is stated as two limits.
    pub fn is_range(&self) -> bool {
        self.metric.amount.value().is_none()
    }

    /// To which side it is open, when it is one limit.
    pub fn open(&self) -> Option<Open> {
        match self.metric.qualifier {
            Qualifier::Over | Qualifier::AtLeast => Some(Open::Up),
            Qualifier::Under | Qualifier::AtMost => Some(Open::Down),
            Qualifier::Exact | Qualifier::About | Qualifier::Nearly | Qualifier::Range => None,
        }
    }

    /// Whether its bar grows beyond the stated value: over 5, under −5.
    pub fn is_open_outwards(&self) -> bool {
        match self.open() {
            Some(Open::Up) => self.low >= 0,
            Some(Open::Down) => self.low <= 0,
            None => false,
        }
    }

    /// Whether its bar grows from its end away below zero: under −5, at most 0.
    pub fn opens_below_zero(&self) -> bool {
        self.open() == Some(Open::Down) && self.is_open_outwards()
    }

    /// Whether it is one number, so that a line may go through it and it may be compared.
    pub fn is_definite(&self) -> bool {
        !self.is_range() && self.open().is_none()
    }
}

/// The lowest and the highest value of marks, with their intervals.
fn extent(marks: &[Mark<'_>]) -> (i128, i128) {
    let values = marks.iter().flat_map(Mark::values);
    let wider = |extent: Option<(i128, i128)>, value: i128| {
        let (low, high) = extent.unwrap_or((value, value));
        Some((low.min(value), high.max(value)))
    };
    values.fold(None, wider).unwrap_or_default()
}

/// The points of a strand that the request covers.
pub(super) fn drawn_points<'a>(request: &'a ChartRequest<'a>, strand: &Strand<'a>) -> impl Iterator<Item = &'a Point> {
    let has_value = |point: &&Point| point.latest().metric.amount.bounds().is_some();
    strand.series.points().iter().filter(has_value).filter(|point| request.wishes.shows(point.period))
}

/// The values of a point that newer articles replaced, where the request shows them.
pub(super) fn superseded<'a>(request: &'a ChartRequest<'a>, point: &'a Point) -> impl Iterator<Item = Decimal> {
    let earlier = point.earlier().iter().filter(|earlier| request.revisions && point.is_superseded(earlier));
    let newest = point.latest().metric.amount.value();
    earlier.filter_map(|earlier| earlier.metric.amount.value()).filter(move |value| Some(*value) != newest)
}
