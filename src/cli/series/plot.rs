use super::grid::Grid;
use crate::indicator::{Definition, Kind, Measure, Metric, Point, Qualifier, Series, TimePeriod};
use crate::locale::{Decimal, Locale};

/// Up to so many missing periods have a place of their own; more are one gap.
const MOST_MISSING: usize = 3;

/// What stands at a period of a plot.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Sign {
    /// A column from zero.
    Value(Decimal),
    /// A target, or one limit of it.
    Target(Decimal),
    /// The true value lies above.
    Over(Decimal),
    /// The true value lies below.
    Under(Decimal),
    /// Somewhere between two limits.
    Between(Decimal, Decimal),
    /// Periods without a number.
    Missing,
}

/// A period and what stands there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Slot {
    pub(super) label: String,
    pub(super) signs: Vec<Sign>,
}

/// A plot of columns from zero, the scale at its left, the periods below; no wider than a terminal of 80 columns. What adds up
/// over a period is shown only for those like the newest one. What is no exact number has a sign instead of a column, and each
/// sign is explained. Nothing for fewer than two numbers.
pub(super) fn plot(series: &Series, definition: &Definition, locale: &Locale) -> Option<String> {
    let is_shown = |point: &&Point| point.latest().metric.amount.bounds().is_some();
    let newest = series.points().iter().rev().filter(is_shown).find(|point| point.kind == Kind::Actual)?.period;
    // What adds up over a period is compared with the same length of time only.
    let adds_up = matches!(definition.measure, Measure::Flow | Measure::Count);
    let all: Vec<&Point> = series.points().iter().filter(is_shown).collect();
    let points: Vec<&Point> = all.iter().copied().filter(|point| !adds_up || point.period.is_like(newest)).collect();
    if points.len() < 2 {
        return None;
    }
    let only_alike = points.len() < all.len();
    let mut slots: Vec<Slot> = Vec::new();
    let mut last: Option<TimePeriod> = None;
    for point in points {
        let Some(sign) = sign(&point.latest().metric, point.kind) else { continue };
        if let (true, Some(slot)) = (last == Some(point.period), slots.last_mut()) {
            slot.signs.push(sign);
            continue;
        }
        let missing = last.map_or(0, |last| missing(last, point.period));
        let gaps = if missing > MOST_MISSING { 1 } else { missing };
        slots.extend((0..gaps).map(|_| Slot { label: String::new(), signs: vec![Sign::Missing] }));
        slots.push(Slot { label: point.period.short_label(locale), signs: vec![sign] });
        last = Some(point.period);
    }
    Some(Grid::new(&slots, only_alike, locale).text())
}

/// What is drawn of a number.
fn sign(metric: &Metric, kind: Kind) -> Option<Sign> {
    let (low, high) = metric.amount.bounds()?;
    Some(match (kind, metric.qualifier) {
        (Kind::Target, _) => Sign::Target(high),
        (_, Qualifier::Over | Qualifier::AtLeast) => Sign::Over(low),
        (_, Qualifier::Under | Qualifier::AtMost) => Sign::Under(high),
        _ if low != high => Sign::Between(low, high),
        _ => Sign::Value(low),
    })
}

/// How many periods lie between two; of unlike ones it cannot be said.
fn missing(from: TimePeriod, to: TimePeriod) -> usize {
    let before = |period: TimePeriod| period.previous().or_else(|| period.year_before());
    if !from.is_like(to) {
        return 0;
    }
    let mut count = 0;
    let mut at = before(to);
    while let Some(period) = at.filter(|period| *period > from && count <= MOST_MISSING) {
        count += 1;
        at = before(period);
    }
    count
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use super::*;
    use crate::data::{Data, parse_toml};
    use crate::diagnostic::Sink;
    use crate::indicator::{Catalogue, MetricDefaults, Observation, Origin, read_definition, read_metrics};
    use crate::text::{Lang, SitePath, SourceText, Span};

    /// The plot of a series of these metrics.
    fn plotted(measure: &str, rows: &str) -> Option<String> {
        let read = |text: &str| {
            let (source, sink) = (SourceText::new(SitePath::new("content/a.md"), text), Sink::new());
            (source.clone(), parse_toml(&source, source.whole(), &sink).unwrap())
        };
        let sink = Sink::new();
        let (source, table) =
            read(&format!("unit = \"VND\"\nunit_label = \"đồng\"\nmeasure = \"{measure}\"\nref_area = \"VN\"\n"));
        let definition = read_definition(&source, &table, Span::default(), 0, &Lang::new("vi"), &sink).unwrap();
        let (source, table) =
            read(&format!("m = [{rows}]").replace('(', "{ indicator = \"x\", time_period = ").replace(')', " }"));
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
        plot(catalogue.series("x", "VN").unwrap(), &definition, &Locale::of(&Lang::new("en")).unwrap())
    }

    #[test]
    fn columns_stand_on_zero_beside_their_scale_over_their_periods() {
        let rows = "(\"2012\", value = 1000), (\"2013\", value = 1500), (\"2015\", value = 0), (\"2016\", value = 2000, kind = \"target\")";
        let expected = "\
2,000 ┤                               ◇
      │
1,500 ┤        ██████
      │        ██████
1,000 ┤ ██████ ██████
      │ ██████ ██████
  500 ┤ ██████ ██████
      │ ██████ ██████
    0 ┼─────────────────·──────0───────────
         2012   2013          2015   2016
        ◇ target
        · period without data
";
        assert_eq!(plotted("flow", rows).as_deref(), Some(expected));
    }

    #[test]
    fn what_is_no_exact_number_has_a_sign_and_what_is_below_zero_hangs() {
        let rows = "(\"2012\", value = -15), (\"2013\", value = 2), (\"2014\", value = 5, qualifier = \"over\"), (\"2015\", value = 5, qualifier = \"at_most\"), (\"2016\", low = 3, high = 9)";
        let expected = " 10 ┤                               ┃
    │        ▃▃▃▃▃▃   ↑      ↓      ┃
  0 ┼────────────────────────────────────
    │ ██████
−10 ┤ ██████
    │ ██████
−20 ┤
       2012   2013   2014   2015   2016
      ↑ the true value is above this level
      ↓ the true value is below this level
      ┃ the source gives a range only
";
        assert_eq!(plotted("rate", rows).as_deref(), Some(expected));
    }

    #[test]
    fn flows_of_another_length_are_not_mixed_in_and_levels_of_any_time_are() {
        let rows = "(\"2010\", value = 8), (\"2011-01/2011-07\", value = 2), (\"2011\", value = 4)";
        let (flow, level) = (plotted("flow", rows).unwrap(), plotted("stock", rows).unwrap());
        let columns = |plot: &str| plot.lines().nth(7).unwrap().matches("██████").count();
        assert_eq!((columns(&flow), columns(&level)), (2, 3), "{flow}\n{level}");
        let told = "only periods of one kind are drawn";
        assert!(flow.contains(told) && !level.contains(told), "{flow}\n{level}");
        assert_eq!(plotted("flow", "(\"2010\", value = 8)"), None);
    }

    #[test]
    fn a_long_series_stays_within_eighty_columns_and_says_what_it_leaves_out() {
        let rows: String = (0..200).map(|n| format!("(\"{}\", value = {}),", 1800 + n, 1000 + n % 7)).collect();
        let plot = plotted("flow", &rows).unwrap();
        let widest = plot.lines().map(|line| line.chars().count()).max();
        assert_eq!(widest, Some(80), "{plot}");
        assert!(plot.contains("1999") && plot.contains("no room for 129 earlier periods"), "{plot}");
    }
}
