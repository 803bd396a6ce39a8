use std::collections::BTreeSet;

use super::plot::{Mark, Plot};
use super::sheet::Sheet;
use super::time::steps_between;
use super::{Grouping, Misleading, hundred};
use crate::indicator::{ChartForm, Measure, TimePeriod};

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
    /// A row for each period, for periods of unlike length; or for each area, in the order of their values.
    Bars,
    /// A line on a true time scale.
    Line,
    /// Points on a true time scale, none of which may be joined.
    Points,
    /// Two periods, joined.
    Slope,
    /// A small line chart for each area, all to one scale.
    Multiples,
    /// The parts of a whole in one bar.
    Hundred,
    /// Ranges and confidence intervals, a row for each.
    Interval,
}

/// The most periods that are drawn as columns or rows.
const MOST_COLUMNS: usize = 7;
const MOST_ROWS: usize = 12;
/// The most strands that one line chart holds apart.
const MOST_LINES: usize = 4;
/// The most strands of a slope chart, whose names stand under each other.
const MOST_SLOPES: usize = 8;

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
            Self::Slope => "slope",
            Self::Multiples => "multiples",
            Self::Hundred => "hundred",
            Self::Interval => "interval",
        }
    }

    /// The form that an editor asks for.
    fn of(form: ChartForm) -> Self {
        match form {
            ChartForm::Number => Self::Number,
            ChartForm::Bullet => Self::Bullet,
            ChartForm::Columns => Self::Columns,
            ChartForm::Bars => Self::Bars,
            ChartForm::Line => Self::Line,
            ChartForm::Slope => Self::Slope,
            ChartForm::Multiples => Self::Multiples,
            ChartForm::Hundred => Self::Hundred,
            ChartForm::Interval => Self::Interval,
        }
    }

    /// Whether its marks stand on an axis of values that may start elsewhere than at zero.
    pub(super) fn has_value_axis(self) -> bool {
        matches!(self, Self::Line | Self::Points | Self::Slope | Self::Multiples)
    }
}

/// The form for the shape of the data, or the wanted one where it is possible; and what is wrong about the wish.
pub(super) fn choose(sheet: &Sheet<'_>, warnings: &mut Vec<Misleading>) -> ChartKind {
    let fitting = by_shape(sheet);
    warnings.extend(wish_of_zero(sheet));
    let Some(wanted) = sheet.request.wishes.kind.map(ChartKind::of) else { return fitting };
    if let Some((why, help)) = objection(sheet, wanted) {
        let message = format!("a chart of the kind `{}` {why}, so it is drawn as `{}`", wanted.name(), fitting.name());
        warnings.push(Misleading { key: "kind", message, help });
        return fitting;
    }
    if wanted == ChartKind::Slope {
        let between = periods(sheet).len().saturating_sub(2);
        if between > 0 {
            warnings.push(Misleading {
                key: "kind",
                message: format!("a slope joins the first and the last value and leaves out {between} periods between them"),
                help: "use `kind = \"line\"`, or name the two periods by `since` and `until`",
            });
        }
    }
    // Points that may not be joined are no line, whatever was asked for.
    if wanted == ChartKind::Line && !has_joins(sheet) { ChartKind::Points } else { wanted }
}

/// Bars are read by their length, so that their axis starts at zero whatever is asked for.
fn wish_of_zero(sheet: &Sheet<'_>) -> Option<Misleading> {
    let wishes = &sheet.request.wishes;
    if wishes.zero != Some(false) {
        return None;
    }
    let kind = wishes.kind.map_or_else(|| by_shape(sheet), ChartKind::of);
    let barred = matches!(kind, ChartKind::Columns | ChartKind::Bars | ChartKind::Bullet | ChartKind::Hundred);
    barred.then(|| Misleading {
        key: "zero",
        message: format!(
            "a chart of the kind `{}` starts at zero: cut bars would look longer or shorter than they are",
            kind.name()
        ),
        help: "leave `zero` out, or use `kind = \"line\"`",
    })
}

/// Why a form would mislead or cannot be, with advice.
fn objection(sheet: &Sheet<'_>, wanted: ChartKind) -> Option<(String, &'static str)> {
    let main = sheet.main()?;
    let several = sheet.plots.len() > 1;
    let because = |why: &str, help: &'static str| Some((why.to_owned(), help));
    match wanted {
        ChartKind::Number if main.actuals().next().is_none() => because("needs a value that happened", "leave `kind` out"),
        ChartKind::Bullet if main.actuals().next().is_none() || main.targets().next().is_none() => {
            because("needs a value and a target", "state a metric with `kind = \"target\"`, or leave `kind` out")
        }
        ChartKind::Columns if several => because("shows one area", "name one of the `areas`, or use `kind = \"bars\"`"),
        ChartKind::Columns if !main.is_of_one_kind() => {
            because("would set periods of unlike length side by side", "use `kind = \"bars\"`")
        }
        ChartKind::Columns | ChartKind::Interval if !several && main.marks.len() > 40 => {
            because("has no room for so many values", "use `kind = \"line\"`, or fewer periods by `since`")
        }
        ChartKind::Bars if !several && main.marks.len() > 40 => {
            because("has no room for so many values", "use `kind = \"line\"`, or fewer periods by `since`")
        }
        ChartKind::Line if several && periods(sheet).len() < 2 => {
            because("would join areas, which have no order", "use `kind = \"bars\"`")
        }
        ChartKind::Line if sheet.plots.len() > 8 => {
            because("cannot hold so many lines apart", "use `kind = \"multiples\"`, or fewer `areas`")
        }
        ChartKind::Slope if slope_ends(sheet).is_none() => {
            because("needs two periods of one kind", "use `kind = \"bars\"`, or leave `kind` out")
        }
        ChartKind::Slope if sheet.plots.len() > 2 * MOST_SLOPES => {
            because("cannot hold so many areas apart", "name fewer `areas`")
        }
        ChartKind::Multiples if !several => because("needs several areas", "use `kind = \"line\"`"),
        ChartKind::Hundred => hundred::objection(sheet).map(|why| (why.to_owned(), "use `kind = \"bars\"`")),
        ChartKind::Interval if !sheet.marks().any(is_interval) => {
            because("needs ranges or confidence intervals", "leave `kind` out")
        }
        _ => None,
    }
}

fn by_shape(sheet: &Sheet<'_>) -> ChartKind {
    let Some(main) = sheet.main() else { return ChartKind::Number };
    if sheet.plots.len() > 1 { by_shape_of_many(sheet) } else { by_shape_of_one(sheet, main) }
}

fn by_shape_of_many(sheet: &Sheet<'_>) -> ChartKind {
    if sheet.request.grouping == Grouping::Parts && hundred::objection(sheet).is_none() {
        return ChartKind::Hundred;
    }
    let periods = periods(sheet).len();
    if periods < 2 {
        let intervals = sheet.marks().filter(|mark| is_interval(mark)).count() * 2 >= sheet.marks().count();
        return if intervals { ChartKind::Interval } else { ChartKind::Bars };
    }
    if periods == 2 && sheet.plots.len() <= MOST_SLOPES && slope_ends(sheet).is_some() {
        return ChartKind::Slope;
    }
    match (sheet.plots.len() <= MOST_LINES, has_joins(sheet)) {
        (true, true) => ChartKind::Line,
        (true, false) => ChartKind::Points,
        (false, _) => ChartKind::Multiples,
    }
}

fn by_shape_of_one(sheet: &Sheet<'_>, plot: &Plot<'_>) -> ChartKind {
    let (actuals, targets) = (plot.actuals().count(), plot.targets().count());
    match (actuals, targets) {
        (0, _) => return ChartKind::Target,
        (1, 0) => return ChartKind::Number,
        (1, 1) => return ChartKind::Bullet,
        (1, _) if targets < MOST_ROWS => return ChartKind::Bars,
        _ => {}
    }
    let intervals = plot.actuals().filter(|mark| is_interval(mark)).count();
    if intervals * 2 >= actuals && plot.marks.len() <= MOST_ROWS && actuals > 1 {
        return ChartKind::Interval;
    }
    let adds_up = matches!(plot.request.definition.measure, Measure::Flow | Measure::Count);
    let one_kind = plot.is_of_one_kind();
    if adds_up && one_kind && actuals <= MOST_COLUMNS && targets <= MOST_COLUMNS {
        return if fits_slots(plot) { ChartKind::Columns } else { ChartKind::Bars };
    }
    if adds_up && !one_kind && plot.marks.len() <= MOST_ROWS {
        return ChartKind::Bars;
    }
    if actuals == 2 && targets == 0 && slope_ends(sheet).is_some() {
        return ChartKind::Slope;
    }
    if plot.joins.is_empty() { ChartKind::Points } else { ChartKind::Line }
}

/// Whether a mark says more than one number.
pub(super) fn is_interval(mark: &Mark<'_>) -> bool {
    !mark.is_target() && (mark.is_range() || mark.interval.is_some())
}

/// The first and the last period of a slope: of one kind, with a value that may be joined in at least one strand.
pub(super) fn slope_ends(sheet: &Sheet<'_>) -> Option<(TimePeriod, TimePeriod)> {
    let periods = periods(sheet);
    let last = *periods.last()?;
    let first = *periods.iter().find(|period| period.is_like(last))?;
    let joins = |plot: &Plot<'_>| slope_join(plot, first, last).is_some();
    (first != last && sheet.plots.iter().any(joins)).then_some((first, last))
}

/// The two marks of a strand that a slope joins: both definite, no break between them.
pub(super) fn slope_join<'p, 'a>(
    plot: &'p Plot<'a>,
    first: TimePeriod,
    last: TimePeriod,
) -> Option<(&'p Mark<'a>, &'p Mark<'a>)> {
    let (from, to) = (plot.actual_of(first)?, plot.actual_of(last)?);
    let broken = plot.actuals().any(|mark| mark.is_break() && mark.period > first && mark.period <= last);
    (from.is_definite() && to.is_definite() && !broken).then_some((from, to))
}

fn has_joins(sheet: &Sheet<'_>) -> bool {
    sheet.plots.iter().any(|plot| !plot.joins.is_empty())
}

/// The periods of all values that happened.
pub(super) fn periods(sheet: &Sheet<'_>) -> BTreeSet<TimePeriod> {
    sheet.plots.iter().flat_map(Plot::actuals).map(|mark| mark.period).collect()
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
