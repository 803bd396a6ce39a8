use super::comparable_points;
use super::growth::annual_rate;
use crate::indicator::{Direction, Kind, Point, TimePeriod};
use crate::locale::Decimal;

/// How far the newest value is from a target.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Distance {
    /// The target less the value.
    pub difference: Decimal,
    /// When the target is to be reached.
    pub target_period: TimePeriod,
    /// What it is.
    pub target: Decimal,
    /// When the value is from.
    pub period: TimePeriod,
    /// What it is.
    pub value: Decimal,
    /// From where the way is measured, if the target says.
    base: Option<TimePeriod>,
    /// Where the value stands among the points.
    at: usize,
}

/// How the way to a target goes, by the method of Open SDG for targets with a number: the growth a year that was, in
/// parts of the growth a year that is needed.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Progress {
    /// In words.
    pub status: Status,
    /// The part itself, with two decimals; none where it cannot be computed.
    pub ratio: Option<Decimal>,
    /// Since when it is measured.
    pub base: Option<TimePeriod>,
}

/// The status of progress, with the thresholds of Open SDG: 0.95, 0.6 and 0 of the growth that is needed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Status {
    /// The target is reached.
    TargetAchieved,
    /// Fast enough.
    Substantial,
    /// Too slow.
    Moderate,
    /// Far too slow.
    Limited,
    /// The wrong way.
    Deterioration,
    /// It cannot be told.
    NotAvailable,
}

impl Status {
    /// Its name in Open SDG.
    pub fn word(self) -> &'static str {
        match self {
            Self::TargetAchieved => "target_achieved",
            Self::Substantial => "substantial_progress",
            Self::Moderate => "moderate_progress",
            Self::Limited => "limited_progress",
            Self::Deterioration => "deterioration",
            Self::NotAvailable => "not_available",
        }
    }
}

/// The distance to the next target from the newest value before its end; to the last target where all are past.
pub(super) fn distance(points: &[Point]) -> Option<Distance> {
    let value_at = |(at, point): (usize, &Point)| Some((at, point.period, super::comparable_value(point)?));
    let (.., newest, _) = points.iter().enumerate().rev().find_map(value_at)?;
    let targets = || points.iter().filter(|point| point.kind == Kind::Target && point.latest().metric.amount.value().is_some());
    let target = targets().find(|target| target.period.end() >= newest.end()).or_else(|| targets().next_back())?;
    let in_time = |(_, point): &(usize, &Point)| point.period.end() <= target.period.end();
    let (at, period, value) = points.iter().enumerate().rev().filter(in_time).find_map(value_at)?;
    let metric = &target.latest().metric;
    let goal = metric.amount.value()?;
    Some(Distance {
        difference: goal.minus(value)?,
        target_period: target.period,
        target: goal,
        period,
        value,
        base: metric.base,
        at,
    })
}

/// The progress on that way; none without a direction.
pub(super) fn progress(points: &[Point], way: Distance, direction: Direction) -> Option<Progress> {
    let reached = match direction {
        Direction::Up => way.value >= way.target,
        Direction::Down => way.value <= way.target,
        Direction::None => return None,
    };
    let measured = measured(points, way, direction);
    let (ratio, base) = measured.unzip();
    let status = match ratio.and_then(|ratio| ratio.scaled(2)) {
        _ if reached => Status::TargetAchieved,
        Some(95..) => Status::Substantial,
        Some(60..) => Status::Moderate,
        Some(0..) => Status::Limited,
        Some(_) => Status::Deterioration,
        None => Status::NotAvailable,
    };
    Some(Progress { status, ratio, base })
}

fn measured(points: &[Point], way: Distance, direction: Direction) -> Option<(Decimal, TimePeriod)> {
    // As Open SDG does: the base named, or the next period that has a value.
    let since = way.base.map(TimePeriod::end);
    let mut comparable = comparable_points(points, way.at);
    let (base, first) = comparable.find(|(period, _)| since.is_none_or(|since| period.end() >= since))?;
    let observed = annual_rate(way.value, first, way.period.years_since(base)?)?;
    let needed_years = u16::try_from(way.target_period.end().year() - base.end().year()).ok()?;
    let needed = annual_rate(way.target, first, needed_years)?;
    let sign = i128::from(first.signum()) * if direction == Direction::Up { 1 } else { -1 };
    // Cut, not rounded: 0.9499 is below 0.95.
    let ratio = (sign * observed).checked_mul(10_000)?.checked_div(needed.abs())?.div_euclid(100);
    Some((Decimal::new(ratio, 2)?, base))
}
