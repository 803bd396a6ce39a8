use std::collections::BTreeMap;

use crate::config::{Config, is_area_code};
use crate::diagnostic::{Diagnostic, Sink};
use crate::indicator::{Amount, Definition, Inconvertible, Interval, Kind, Metric, Unit};
use crate::locale::Decimal;
use crate::text::{Place, closest};

/// Puts metrics in the terms of their indicator: its unit, its years, its areas, its breakdowns, its bounds.
pub(super) struct Settler<'a> {
    pub config: &'a Config,
    pub definition: &'a Definition,
    pub sink: &'a Sink,
}

impl Settler<'_> {
    /// The metric in the indicator's terms; `None` when it does not fit them, which is reported.
    pub fn settle(&self, mut metric: Metric) -> Option<Metric> {
        let definition = self.definition;
        metric.period = metric.period.in_fiscal_years(definition.fiscal_year_start);
        metric.base = metric.base.map(|base| base.in_fiscal_years(definition.fiscal_year_start));
        self.convert(&mut metric)?;
        self.check_frequency(&metric);
        let known_area = metric.ref_area.as_deref().is_none_or(|area| self.is_area(area, &metric.place));
        let known_members = self.has_members(&metric);
        (known_area && known_members && self.is_within_bounds(&metric)).then_some(metric)
    }

    /// The areas that the indicator itself names.
    pub fn check_own_areas(&self) {
        let definition = self.definition;
        let own = (!definition.ref_area.is_empty()).then_some((definition.ref_area.as_str(), &definition.place));
        let breaks = definition.breaks.iter().filter_map(|each| Some((each.ref_area.as_deref()?, &each.place)));
        let charts = definition.chart.areas.iter().map(|area| (area.as_str(), &definition.place));
        own.into_iter().chain(breaks).chain(charts).for_each(|(area, place)| {
            self.is_area(area, place);
        });
    }

    /// Whether an area is one that the site names, or at least a code of ISO 3166 where it names none.
    fn is_area(&self, area: &str, place: &Place) -> bool {
        let areas = &self.config.tinso.areas;
        let (message, help) = if areas.contains_key(area) {
            return true;
        } else if !areas.is_empty() {
            let help = match closest(area, areas.keys().map(String::as_str)) {
                Some(meant) => format!("did you mean `{meant}`? Or name the area in {}", self.config.tinso.areas_place()),
                None => format!("name it in {}: `{area} = {{ vi = \"…\", en = \"…\" }}`", self.config.tinso.areas_place()),
            };
            (format!("there is no area `{area}`"), help)
        } else if is_area_code(area) {
            return true;
        } else {
            let help = "write a code of ISO 3166 such as \"VN\" or \"VN-26\"".to_owned();
            (format!("`{area}` is not the code of an area"), help)
        };
        self.sink.push(Diagnostic::error("unknown-area", message).at_place(place.clone()).help(help));
        false
    }

    /// Puts the numbers in the indicator's unit, exactly.
    fn convert(&self, metric: &mut Metric) -> Option<()> {
        if metric.unit.is_none() && metric.unit_mult.is_none() {
            return Some(());
        }
        let own = self.definition.unit();
        // A power of ten belongs to a unit: another unit has none unless it says so.
        let mult = match &metric.unit {
            Some(unit) if *unit != own.code => 0,
            _ => own.mult,
        };
        let stated =
            Unit { code: metric.unit.clone().unwrap_or_else(|| own.code.clone()), mult: metric.unit_mult.unwrap_or(mult) };
        let convert = |value: Decimal| stated.convert(value, &own);
        let in_own = |interval: Interval| {
            Ok(Interval { low: convert(interval.low)?, high: convert(interval.high)?, level: interval.level })
        };
        let converted = metric.amount.each(convert).and_then(|amount| Ok((amount, metric.interval.map(in_own).transpose()?)));
        match converted {
            Ok((amount, interval)) => {
                (metric.amount, metric.interval) = (amount, interval);
                Some(())
            }
            Err(problem) => {
                let (code, message, help) = match problem {
                    Inconvertible::OtherDimension => (
                        "incompatible-unit",
                        format!("`{}` cannot be converted to the unit of `{}`, `{}`", stated.code, metric.indicator, own.code),
                        "state the value in the indicator's unit, or make an indicator of its own for it",
                    ),
                    Inconvertible::Inexact => (
                        "inexact-unit",
                        format!("the value in `{}` has no exact value in `{}`", stated.code, own.code),
                        "state the value in the indicator's unit, rounded as the source rounds it",
                    ),
                };
                let diagnostic = Diagnostic::error(code, message).at_place(metric.value_place.clone());
                self.sink.push(diagnostic.with(self.definition.place.clone(), "the indicator").help(help));
                None
            }
        }
    }

    /// Targets are set for other periods than those that are observed, and figures are cumulated over some: only a single
    /// period of what happened can be of the wrong frequency.
    fn check_frequency(&self, metric: &Metric) {
        let Some(freq) = self.definition.freq else { return };
        if metric.kind == Kind::Target || metric.period.is_range() || metric.period.frequency() == freq {
            return;
        }
        let message = format!(
            "{} is not a period of `{}`, which is observed with the frequency `{}`",
            metric.period,
            metric.indicator,
            freq.word()
        );
        let diagnostic = Diagnostic::warning("other-frequency", message).at_place(metric.place.clone());
        let help = format!(
            "write a `time_period` of that frequency, or `freq = \"{}\"` at the indicator; periods of unlike length are never compared",
            metric.period.frequency().word()
        );
        self.sink.push(diagnostic.with(self.definition.place.clone(), "the indicator").help(help));
    }

    fn has_members(&self, metric: &Metric) -> bool {
        let mut all = true;
        for (dimension, member) in metric.breakdown.members() {
            let known = &self.definition.dimensions;
            let (message, help) = match known.get(dimension) {
                None if known.is_empty() => continue,
                None => (
                    format!("`{}` is not broken down by `{dimension}`", metric.indicator),
                    match closest(dimension, known.keys().map(String::as_str)) {
                        Some(meant) => format!("did you mean `{meant}`?"),
                        None => format!("add `[extra.indicator.breakdowns.{dimension}]` to the indicator"),
                    },
                ),
                Some(known) if known.members.is_empty() || known.members.contains_key(member) => continue,
                Some(known) => (
                    format!("`{member}` is not a member of `{dimension}`"),
                    match closest(member, known.members.keys().map(String::as_str)) {
                        Some(meant) => format!("did you mean `{meant}`?"),
                        None => format!("add it to `members` of `[extra.indicator.breakdowns.{dimension}]`"),
                    },
                ),
            };
            all = false;
            let diagnostic = Diagnostic::error("unknown-breakdown", message).at_place(metric.place.clone());
            self.sink.push(diagnostic.with(self.definition.place.clone(), "the indicator").help(help));
        }
        all
    }

    fn is_within_bounds(&self, metric: &Metric) -> bool {
        let definition = self.definition;
        let Some((low, high)) = metric.amount.bounds() else { return true };
        let (bound, key) = match (definition.min, definition.max) {
            (Some(min), _) if low < min => (min, "min"),
            (_, Some(max)) if high > max => (max, "max"),
            _ => return true,
        };
        let stated = match metric.amount {
            Amount::Range { low, high } => format!("{low} to {high}"),
            _ => low.to_string(),
        };
        let side = if key == "min" { "below" } else { "above" };
        let message = format!("{stated} is {side} the `{key}` of `{}`, {bound}", metric.indicator);
        let diagnostic = Diagnostic::error("out-of-bounds", message).at_place(metric.value_place.clone());
        self.sink.push(diagnostic.with(definition.place.clone(), "the indicator").help(format!(
            "check the value and its unit ({}, in powers of ten: {}), or change `{key}` of the indicator",
            definition.unit, definition.unit_mult
        )));
        false
    }
}

/// Reports a metric of an indicator that there is not.
pub(super) fn report_unknown(metric: &Metric, definitions: &BTreeMap<String, Definition>, sink: &Sink) {
    let diagnostic = Diagnostic::error("unknown-indicator", format!("there is no indicator `{}`", metric.indicator));
    let help = match closest(&metric.indicator, definitions.keys().map(String::as_str)) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => {
            format!("add its page content/indicators/{}.md, or run `tinso new indicator {}`", metric.indicator, metric.indicator)
        }
    };
    sink.push(diagnostic.at_place(metric.place.clone()).help(help));
}
