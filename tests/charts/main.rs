//! Charts: what is drawn for which series, and what never happens whatever the series.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

mod golden;
mod properties;
mod rules;

use std::collections::BTreeMap;
use std::sync::Arc;

use tinso::chart::{Chart, ChartRequest, draw};
use tinso::data::parse_toml;
use tinso::diagnostic::Sink;
use tinso::indicator::{Catalogue, Definition, MetricDefaults, Observation, Origin, read_definition, read_metrics};
use tinso::locale::Locale;
use tinso::text::{Lang, SitePath, SourceText, Span};

/// The chart of an indicator with these observations, each `period value [words]`, as front matter would state them.
pub struct Case {
    measure: &'static str,
    unit: &'static str,
    labels: [&'static str; 2],
    rows: Vec<String>,
}

impl Case {
    /// A flow in billions of đồng.
    pub fn flow(rows: &[&str]) -> Self {
        Self {
            measure: "flow",
            unit: "VND",
            labels: ["tỷ đồng", "billion VND"],
            rows: rows.iter().map(|row| (*row).to_owned()).collect(),
        }
    }

    /// A stock in millions.
    pub fn stock(rows: &[&str]) -> Self {
        Self { measure: "stock", labels: ["triệu thuê bao", "million subscribers"], ..Self::flow(rows) }
    }

    /// A share in percent.
    pub fn share(rows: &[&str]) -> Self {
        Self { measure: "share", unit: "percent", labels: ["%", "%"], ..Self::flow(rows) }
    }

    /// Of any measure, from rows made elsewhere.
    pub fn measured(measure: &'static str, rows: Vec<String>) -> Self {
        Self { measure, rows, ..Self::flow(&[]) }
    }

    fn catalogue(&self) -> Catalogue {
        let definition = format!(
            "unit = \"{}\"\nunit_mult = 9\nunit_label = \"{}\"\nmeasure = \"{}\"\nref_area = \"VN\"\n",
            self.unit, self.labels[0], self.measure
        );
        let mut text = String::from("metrics = [\n");
        for row in &self.rows {
            let mut parts = row.splitn(3, ' ');
            let (period, value, more) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap_or_default());
            let amount = match value.split_once("..") {
                Some((low, high)) => format!("low = {low}, high = {high}"),
                None => format!("value = {value}"),
            };
            let more = if more.is_empty() { String::new() } else { format!(", {more}") };
            text.push_str(&format!("{{ indicator = \"x\", time_period = \"{period}\", {amount}{more} }},\n"));
        }
        text.push_str("]\n");
        let sink = Sink::new();
        let read = |text: &str| {
            let source = SourceText::new(SitePath::new("content/a.md"), text);
            let table = parse_toml(&source, Span { start: 0, end: text.len() }, &sink).unwrap();
            (source, table)
        };
        let (source, table) = read(&definition);
        let mut definition: Definition = read_definition(&source, &table, Span::default(), 0, &Lang::new("vi"), &sink).unwrap();
        definition.unit_labels.insert(Lang::new("en"), self.labels[1].to_owned());
        let (source, table) = read(&text);
        let tinso::data::Data::List(items) = &table.get("metrics").unwrap().value else { panic!() };
        let tables: Vec<_> = items
            .iter()
            .map(|item| match &item.value {
                tinso::data::Data::Table(table) => (table, item.span),
                _ => panic!(),
            })
            .collect();
        let metrics = read_metrics(&source, &tables, &MetricDefaults::default(), &sink);
        let found = sink.into_sorted();
        assert!(found.is_empty(), "{found:#?}");
        let observation =
            |metric| Observation { metric: Arc::new(metric), ref_area: "VN".into(), origin: Origin { page: 0, date: None } };
        let definitions = BTreeMap::from([("x".to_owned(), definition)]);
        Catalogue::assemble(definitions, metrics.into_iter().map(observation).collect(), BTreeMap::new(), &Sink::new())
    }

    /// Its chart in a language.
    pub fn draw(&self, code: &str) -> Chart {
        let catalogue = self.catalogue();
        let lang = Lang::new(code);
        let locale = Locale::of(&lang).unwrap();
        let title = if code == "vi" { "Doanh thu ngành" } else { "Sector revenue" };
        draw(&ChartRequest {
            title,
            area_name: "",
            definition: catalogue.definition("x").unwrap(),
            series: catalogue.series("x", "VN").unwrap(),
            locale: &locale,
            lang: &lang,
            id: "c",
        })
        .unwrap()
    }

    /// Its sparkline.
    pub fn sparkline(&self) -> String {
        let locale = Locale::of(&Lang::new("vi")).unwrap();
        tinso::chart::sparkline(self.catalogue().series("x", "VN").unwrap(), &locale)
    }
}

/// How often a class stands in the wide layout.
pub fn marks(chart: &Chart, class: &str) -> usize {
    let figure = chart.figure();
    let wide = figure.split("chart-narrow").next().unwrap();
    wide.matches("class=\"").count();
    wide.split("class=\"").skip(1).filter(|rest| rest.split('"').next().unwrap().split(' ').any(|name| name == class)).count()
}
