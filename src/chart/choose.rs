use super::plot::Plot;
use super::time::steps_between;
use crate::indicator::Measure;

/// The forms of charts.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ChartKind {
    /// One value: a large number, no axis.
    Number,
    /// One value and one target: a large number, a bar and a mark.
    Bullet,
    /// Targets only.
    Target,
    /// Few periods of one kind, from zero.
    Columns,
    /// A row for each period, for periods of unlike length.
    Bars,
    /// A line on a true time scale.
    Line,
    /// Points on a true time scale, none of which may be joined.
    Points,
}

/// The most periods that are drawn as columns or rows.
const MOST_COLUMNS: usize = 7;
const MOST_ROWS: usize = 12;

impl ChartKind {
    /// The name that the figure's class has after `chart-`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Bullet => "bullet",
            Self::Target => "target",
            Self::Columns => "columns",
            Self::Bars => "bars",
            Self::Line => "line",
            Self::Points => "points",
        }
    }
}

/// The form for a series, by its shape.
pub(super) fn choose(plot: &Plot<'_>) -> ChartKind {
    let (actuals, targets) = (plot.actuals().count(), plot.targets().count());
    match (actuals, targets) {
        (0, _) => return ChartKind::Target,
        (1, 0) => return ChartKind::Number,
        (1, 1) => return ChartKind::Bullet,
        (1, _) if targets < MOST_ROWS => return ChartKind::Bars,
        _ => {}
    }
    let adds_up = matches!(plot.request.definition.measure, Measure::Flow | Measure::Count);
    let one_kind = plot.is_of_one_kind();
    if adds_up && one_kind && actuals <= MOST_COLUMNS && targets <= MOST_COLUMNS {
        return if fits_slots(plot) { ChartKind::Columns } else { ChartKind::Bars };
    }
    if adds_up && !one_kind && plot.marks.len() <= MOST_ROWS {
        return ChartKind::Bars;
    }
    if super::line::joins(plot).is_empty() { ChartKind::Points } else { ChartKind::Line }
}

/// Whether the periods, with the missing ones between them, are few enough for columns side by side.
fn fits_slots(plot: &Plot<'_>) -> bool {
    let mut slots = 0;
    let mut last = None;
    for mark in &plot.marks {
        slots += last.map_or(1, |last| if last == mark.period { 0 } else { steps_between(last, mark.period).max(1) });
        last = Some(mark.period);
    }
    slots <= 9
}
