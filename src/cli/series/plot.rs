use crate::indicator::{Kind, Point, Series, TimePeriod};
use crate::locale::Decimal;

/// Eighths of a line.
const STEPS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// The most columns; of more periods the last ones are shown.
const WIDEST: usize = 60;

/// A plot of one line, from zero: a column for each period like the newest one. A period without a number leaves a gap, and
/// so does a limit or a range, which is no number; zero is a line at the bottom. Nothing for fewer than two numbers, or where
/// some are below zero, which columns of one line cannot show.
pub(super) fn plot(series: &Series) -> Option<String> {
    let newest = series.points().iter().rev().find(|point| number(point).is_some())?.period;
    let alike = |point: &&Point| point.period.is_like(newest) && number(point).is_some();
    let first = series.points().iter().find(alike)?.period;
    let mut shown: Vec<Option<Decimal>> = Vec::new();
    let mut period = Some(newest);
    while let Some(at) = period.filter(|at| *at >= first && shown.len() < WIDEST) {
        shown.push(series.at(at, Kind::Actual).and_then(|at| number(series.points().get(at)?)));
        period = before(at);
    }
    shown.reverse();
    let numbers = || shown.iter().flatten().copied();
    let most = numbers().max()?;
    let can_be_shown = numbers().count() >= 2 && numbers().all(|number| number.signum() >= 0);
    can_be_shown.then(|| shown.iter().map(|number| column(*number, most)).collect())
}

fn number(point: &Point) -> Option<Decimal> {
    let metric = &point.latest().metric;
    metric.amount.value().filter(|_| point.kind == Kind::Actual && !metric.qualifier.is_open())
}

/// The period before one, or the same part of the year before.
fn before(period: TimePeriod) -> Option<TimePeriod> {
    period.previous().or_else(|| period.year_before())
}

fn column(number: Option<Decimal>, most: Decimal) -> char {
    let Some(number) = number else { return ' ' };
    if number.signum() == 0 {
        return '_';
    }
    let eighths = Decimal::new(8, 0).and_then(|eight| number.times(eight)?.divided(most, 0)?.scaled(0)).unwrap_or(1);
    usize::try_from(eighths.clamp(1, 8) - 1).ok().and_then(|at| STEPS.get(at)).copied().unwrap_or(' ')
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use super::*;
    use crate::data::{Data, parse_toml};
    use crate::diagnostic::Sink;
    use crate::indicator::{Catalogue, MetricDefaults, Observation, Origin, read_metrics};
    use crate::text::{SitePath, SourceText};

    /// The plot of a series of these metrics.
    fn plotted(rows: &str) -> Option<String> {
        let text = format!("m = [{rows}]").replace('(', "{ indicator = \"x\", time_period = ").replace(')', " }");
        let (source, sink) = (SourceText::new(SitePath::new("content/a.md"), &text), Sink::new());
        let table = parse_toml(&source, source.whole(), &sink).unwrap();
        let Data::List(items) = &table.get("m").unwrap().value else { panic!() };
        let tables: Vec<_> = items
            .iter()
            .filter_map(|item| if let Data::Table(table) = &item.value { Some((table, item.span)) } else { None })
            .collect();
        let metrics = read_metrics(&source, &tables, &MetricDefaults::default(), &sink);
        assert!(sink.is_empty(), "{:?}", sink.into_sorted());
        let origin = Origin { page: 0, date: None };
        let observation = |metric| Observation { metric: Arc::new(metric), ref_area: "VN".to_owned(), origin: origin.clone() };
        let all = metrics.into_iter().map(observation).collect();
        let catalogue = Catalogue::assemble(BTreeMap::new(), all, BTreeMap::new(), &sink);
        plot(catalogue.series("x", "VN").unwrap())
    }

    #[test]
    fn columns_start_at_zero_and_what_is_no_number_is_a_gap() {
        let rows = "(\"2010\", value = 8), (\"2011\", value = 4), (\"2013\", value = 0), (\"2014\", value = 5, qualifier = \"over\"), (\"2015\", value = 1)";
        assert_eq!(plotted(rows).as_deref(), Some("█▄ _ ▁"));
    }

    #[test]
    fn periods_of_another_kind_targets_and_values_below_zero_are_not_mixed_in() {
        let rows = "(\"2010\", value = 8), (\"2011-01/2011-07\", value = 2), (\"2011\", value = 4), (\"2012\", value = 9, kind = \"target\")";
        assert_eq!(plotted(rows).as_deref(), Some("█▄"));
        assert_eq!(plotted("(\"2010\", value = 8)"), None);
        assert_eq!(plotted("(\"2010\", value = 8), (\"2011\", value = -1)"), None);
    }
}
