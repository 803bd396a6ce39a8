use super::{Basis, Catalogue, Definition, Kind, Point, Qualifier, Series};
use crate::diagnostic::{Diagnostic, Sink};
use crate::locale::Decimal;

/// With so many decimals changes are compared, in percent.
const DECIMALS: u8 = 6;

impl Catalogue {
    /// Warns where a source reports another change than the series gives, beyond what rounding explains.
    pub(super) fn report_changes(&self, sink: &Sink) {
        for (slug, definition) in self.definitions() {
            for (_, series) in self.all_series(slug) {
                for point in series.points() {
                    check(slug, definition, series, point, sink);
                }
            }
        }
    }

    /// Warns of targets for a time before anything was observed.
    pub(super) fn report_early_targets(&self, sink: &Sink) {
        for (slug, _) in self.definitions() {
            for (_, series) in self.all_series(slug) {
                let actual = |point: &&Point| point.kind == Kind::Actual;
                let Some(first) = series.points().iter().find(actual) else { continue };
                let early = |point: &&Point| point.kind == Kind::Target && point.period.end() < first.period.start();
                for target in series.points().iter().filter(early) {
                    let message =
                        format!("the target of `{slug}` for {} is before its first value, {}", target.period, first.period);
                    let diagnostic =
                        Diagnostic::warning("target-before-start", message).at_place(target.latest().metric.place.clone());
                    let help = "check the `time_period` of the target, or state the values that lead to it";
                    sink.push(diagnostic.with(first.latest().metric.place.clone(), "the first value").help(help));
                }
            }
        }
    }
}

fn check(slug: &str, definition: &Definition, series: &Series, point: &Point, sink: &Sink) {
    let metric = &point.latest().metric;
    let Some(reported) = metric.change.filter(|_| point.kind == Kind::Actual) else { return };
    let period = match reported.basis {
        Basis::PreviousPeriod => point.period.previous(),
        Basis::SamePeriodLastYear => point.period.year_before(),
    };
    let (Some(from), Some(to)) =
        (period.and_then(|period| series.at(period, Kind::Actual)), series.at(point.period, Kind::Actual))
    else {
        return;
    };
    let (Some(base), Some(since)) = (series.points().get(from), series.points().get(from + 1..=to)) else { return };
    if since.iter().any(|point| point.kind == Kind::Actual && point.is_break()) {
        return;
    }
    let (Some(value), Some(before)) = (exact(point), exact(base)) else { return };
    let (Some(computed), Some(spread)) = (range(value, before, definition), reported.value.rounding()) else { return };
    let (Some(low), Some(high)) = (reported.value.minus(spread), reported.value.plus(spread)) else { return };
    if computed.iter().any(|(least, most)| *least <= high && low <= *most) {
        return;
    }
    let given = if definition.is_percent() {
        value.minus(before).map(|points| format!("{} percentage points", signed(points)))
    } else {
        value.percent_change(before, 1).map(|change| format!("{}%", signed(change)))
    };
    let Some(given) = given else { return };
    let message = format!(
        "the source reports {}% for `{slug}` in {} against {}, but the series gives {given} ({before} to {value})",
        signed(reported.value),
        point.period,
        base.period,
    );
    let diagnostic = Diagnostic::warning("reported-change", message).at_place(metric.place.clone());
    let help = "check the two values, the reported change and its basis; if the source compares with another value, say so in `comment`, since the two figures stand side by side";
    sink.push(diagnostic.with(base.latest().metric.value_place.clone(), "compared with this value").help(help));
}

fn signed(number: Decimal) -> String {
    if number.signum() > 0 { format!("+{number}") } else { number.to_string() }
}

fn exact(point: &Point) -> Option<Decimal> {
    let metric = &point.latest().metric;
    metric.amount.value().filter(|_| metric.qualifier == Qualifier::Exact)
}

/// The least and the greatest change, in percent, that rounding of the two values leaves possible; for percentages also
/// the difference in points, since sources report either.
fn range(value: Decimal, before: Decimal, definition: &Definition) -> Option<Vec<(Decimal, Decimal)>> {
    let (of_value, of_before) = (value.rounding()?, before.rounding()?);
    let change = |value: Decimal, before: Decimal| value.percent_change(before, DECIMALS);
    let least = change(value.minus(of_value)?, before.plus(of_before)?);
    let most = change(value.plus(of_value)?, before.minus(of_before)?);
    let mut ranges: Vec<_> = least.zip(most).into_iter().collect();
    if definition.is_percent() {
        let (points, spread) = (value.minus(before)?, of_value.plus(of_before)?);
        ranges.push((points.minus(spread)?, points.plus(spread)?));
    }
    (!ranges.is_empty()).then_some(ranges)
}
