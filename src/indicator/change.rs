use super::derived::comparable_value;
use super::{Basis, Direction, Kind, Measure, Point, ReportedChange, TimePeriod};
use crate::locale::{Decimal, Locale, fill, format_number};

/// A change of an indicator: how much, against what, and whether tinso computed it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Change {
    /// How much.
    pub kind: ChangeKind,
    /// Against what.
    pub against: Against,
}

/// In which unit a change is given.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum ChangeKind {
    /// Relative, in percent.
    Percent(Decimal),
    /// The difference of two percentages, in percentage points.
    Points(Decimal),
}

/// What a change is measured against.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Against {
    /// A basis named by the source.
    Basis(Basis),
    /// A period of the series, for a computed change.
    Period(TimePeriod),
}

impl Change {
    /// The change as the source reports it.
    pub fn reported(change: ReportedChange) -> Self {
        Self { kind: ChangeKind::Percent(change.value), against: Against::Basis(change.basis) }
    }

    /// Whether tinso computed it.
    pub fn is_computed(self) -> bool {
        matches!(self.against, Against::Period(_))
    }

    /// −1, 0 or 1.
    pub fn sign(self) -> i32 {
        match self.kind {
            ChangeKind::Percent(value) | ChangeKind::Points(value) => value.signum(),
        }
    }

    /// Whether the change is for the better (`Some(true)`), for the worse, or neither.
    pub fn is_better(self, direction: Direction) -> Option<bool> {
        match (direction, self.sign()) {
            (Direction::Up, sign) if sign != 0 => Some(sign > 0),
            (Direction::Down, sign) if sign != 0 => Some(sign < 0),
            _ => None,
        }
    }

    /// A change without what it is against: "tăng 9,1%".
    pub(super) fn words(sign: i32, size: &str, locale: &Locale) -> String {
        match sign {
            0 => locale.change.flat.clone(),
            sign => fill(if sign > 0 { &locale.change.up } else { &locale.change.down }, &[("n", size)]),
        }
    }

    /// The change in words: "tăng 9,1% so với cùng kỳ năm trước".
    pub fn text(self, locale: &Locale) -> String {
        let words = &locale.change;
        let size = match self.kind {
            ChangeKind::Percent(value) => format!("{}{}", format_number(value.abs(), locale), locale.number.percent),
            ChangeKind::Points(value) => fill(&words.points, &[("n", &format_number(value.abs(), locale))]),
        };
        let change = Self::words(self.sign(), &size, locale);
        match self.against {
            Against::Basis(Basis::PreviousPeriod) => fill(&words.previous_period, &[("change", &change)]),
            Against::Basis(Basis::SamePeriodLastYear) => fill(&words.same_period_last_year, &[("change", &change)]),
            Against::Period(period) => fill(&words.from_period, &[("change", &change), ("period", &period.label(locale))]),
        }
    }
}

/// The change of a point from the last comparable one before it, among points in the order of time.
///
/// Comparable are actual, exact or rounded values of like periods; flows within a year only with the
/// same part of another year. Nothing is compared across a break in the series (status B, or one that the indicator names).
pub fn computed_change(points: &[Point], at: usize, measure: Measure, in_percent: bool) -> Option<Change> {
    let point = points.get(at)?;
    let value = comparable_value(point)?;
    let mut broken = point.is_break();
    for before in points.get(..at)?.iter().rev() {
        if broken {
            return None;
        }
        broken = before.kind == Kind::Actual && before.is_break();
        let alike = if measure == Measure::Flow {
            point.period.is_same_part_of_year(before.period)
        } else {
            point.period.is_like(before.period)
        };
        let Some(base) = comparable_value(before).filter(|_| alike) else { continue };
        let kind =
            if in_percent { ChangeKind::Points(value.minus(base)?) } else { ChangeKind::Percent(value.percent_change(base, 1)?) };
        return Some(Change { kind, against: Against::Period(before.period) });
    }
    None
}
