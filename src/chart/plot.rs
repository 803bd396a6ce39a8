use super::ChartRequest;
use super::scale::Grain;
use super::time::steps_between;
use crate::indicator::{Kind, Measure, Metric, Point, Qualifier, TimePeriod};
use crate::locale::{Locale, format_quantity};

/// What every form of chart is drawn from: the newest vintage of each point, with its values in one unit.
#[derive(Debug)]
pub(super) struct Plot<'a> {
    /// The title, the words, the definition.
    pub request: &'a ChartRequest<'a>,
    /// In the order of time; actual before target.
    pub marks: Vec<Mark<'a>>,
    /// The unit of the marks' values.
    pub grain: Grain,
}

/// One value to draw.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark<'a> {
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
    /// Whether it is the newest actual value.
    pub newest: bool,
    /// Whether the series breaks before it.
    pub broken: bool,
}

/// To which side of a stated limit the true value lies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Open {
    /// Above it.
    Up,
    /// Below it.
    Down,
}

impl<'a> Plot<'a> {
    /// Takes the points of a request; `None` when there is none.
    pub fn new(request: &'a ChartRequest<'a>) -> Option<Self> {
        let points = request.series.points();
        let newest = request.series.latest()?;
        let bounds =
            points.iter().flat_map(|point| point.latest().metric.amount.bounds().into_iter().flat_map(|(low, high)| [low, high]));
        let spare = u8::from(request.definition.measure != Measure::Count);
        let grain = Grain::of(&bounds, spare);
        let mark = |(i, point): (usize, &'a Point)| {
            let metric = &*point.latest().metric;
            // What is missing has no mark: its period is a gap.
            let (low, high) = metric.amount.bounds()?;
            let newest = i == newest && point.kind == Kind::Actual;
            let broken = point.is_break();
            Some(Mark {
                period: point.period,
                kind: point.kind,
                metric,
                low: grain.whole(low),
                high: grain.whole(high),
                newest,
                broken,
            })
        };
        Some(Self { request, marks: points.iter().enumerate().filter_map(mark).collect(), grain })
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

    /// The lowest and the highest value of all marks.
    pub fn extent(&self) -> (i128, i128) {
        let low = self.marks.iter().map(|mark| mark.low).min().unwrap_or(0);
        let high = self.marks.iter().map(|mark| mark.high).max().unwrap_or(0);
        (low, high)
    }

    /// The extent with zero; one unit high where all values are zero.
    pub fn extent_with_zero(&self) -> (i128, i128) {
        match self.extent() {
            (0, 0) => (0, self.grain.one()),
            (low, high) => (low.min(0), high.max(0)),
        }
    }

    /// Whether a period is missing between neighbouring actual values of one kind.
    pub fn has_missing_periods(&self) -> bool {
        let actuals: Vec<&Mark<'_>> = self.actuals().collect();
        actuals.windows(2).any(|pair| matches!(pair, [a, b] if steps_between(a.period, b.period) > 1))
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
        format_quantity(&metric.amount.number(self.locale(), self.request.definition.decimals), self.sign())
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
    /// Whether it is planned.
    pub fn is_target(&self) -> bool {
        self.kind == Kind::Target
    }

    /// Whether the series breaks before it.
    pub fn is_break(&self) -> bool {
        self.broken
    }

    /// Whether it is estimated, provisional or a forecast.
    pub fn is_preliminary(&self) -> bool {
        self.metric.status.is_preliminary()
    }

    /// Whether it is a forecast.
    pub fn is_forecast(&self) -> bool {
        self.metric.status.letter() == 'F'
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

    /// Whether it is one number, so that a line may go through it and it may be compared.
    pub fn is_definite(&self) -> bool {
        !self.is_range() && self.open().is_none()
    }
}
