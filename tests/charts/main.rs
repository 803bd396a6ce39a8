//! Charts: what is drawn for which series, and what never happens whatever the series.

#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

mod gallery;
mod golden;
mod properties;
mod rules;

use std::collections::BTreeMap;
use std::sync::Arc;

use tinso::chart::{Chart, ChartRequest, Grouping, Strand, draw};
use tinso::data::parse_toml;
use tinso::diagnostic::Sink;
use tinso::indicator::{
    Catalogue, ChartForm, ChartWishes, Definition, MetricDefaults, Observation, Origin, read_definition, read_metrics,
};
use tinso::locale::Locale;
use tinso::text::{Lang, SitePath, SourceText, Span};

/// The chart of an indicator with these observations, each `period value [words]`, as front matter would state them.
#[derive(Clone)]
pub struct Case {
    pub measure: &'static str,
    pub unit: &'static str,
    pub mult: u8,
    pub labels: [&'static str; 2],
    pub title: [&'static str; 2],
    pub rows: Vec<String>,
    /// Rows of an earlier article.
    pub earlier: Vec<String>,
    pub wishes: ChartWishes,
    /// Whether replaced values are shown.
    pub revisions: bool,
}

impl Case {
    /// A flow in billions of đồng.
    pub fn flow(rows: &[&str]) -> Self {
        Self {
            measure: "flow",
            unit: "VND",
            mult: 9,
            labels: ["tỷ đồng", "billion VND"],
            title: ["Doanh thu ngành", "Sector revenue"],
            rows: rows.iter().map(|row| (*row).to_owned()).collect(),
            earlier: Vec::new(),
            wishes: ChartWishes::default(),
            revisions: false,
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

    /// With values that an earlier article stated, and these shown.
    pub fn revised(mut self, rows: &[&str]) -> Self {
        self.earlier = rows.iter().map(|row| (*row).to_owned()).collect();
        self.revisions = true;
        self
    }

    /// With what an editor wants.
    pub fn with(mut self, wishes: ChartWishes) -> Self {
        self.wishes = wishes;
        self
    }

    /// The catalogue in which areas, by code, have rows.
    fn catalogue(&self, areas: &[(String, &[String])]) -> Catalogue {
        let definition = format!(
            "unit = \"{}\"\nunit_mult = {}\nunit_label = \"{}\"\nmeasure = \"{}\"\nref_area = \"VN\"\n",
            self.unit, self.mult, self.labels[0], self.measure
        );
        let sink = Sink::new();
        let read = |text: &str| {
            let source = SourceText::new(SitePath::new("content/a.md"), text);
            let table = parse_toml(&source, Span { start: 0, end: text.len() }, &sink).unwrap();
            (source, table)
        };
        let (source, table) = read(&definition);
        let mut definition: Definition = read_definition(&source, &table, Span::default(), 0, &Lang::new("vi"), &sink).unwrap();
        definition.unit_labels.insert(Lang::new("en"), self.labels[1].to_owned());
        let metrics = |areas: &[(String, &[String])]| {
            let mut text = String::from("metrics = [\n");
            for (area, rows) in areas {
                for row in *rows {
                    let mut parts = row.splitn(3, ' ');
                    let (period, value, more) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap_or_default());
                    let amount = match value.split_once("..") {
                        Some((low, high)) => format!("low = {low}, high = {high}"),
                        None => format!("value = {value}"),
                    };
                    let more = if more.is_empty() { String::new() } else { format!(", {more}") };
                    text.push_str(&format!(
                        "{{ indicator = \"x\", ref_area = \"{area}\", time_period = \"{period}\", {amount}{more} }},\n"
                    ));
                }
            }
            text.push_str("]\n");
            let (source, table) = read(&text);
            let tinso::data::Data::List(items) = &table.get("metrics").unwrap().value else { panic!() };
            let tables: Vec<_> = items
                .iter()
                .map(|item| match &item.value {
                    tinso::data::Data::Table(table) => (table, item.span),
                    _ => panic!(),
                })
                .collect();
            read_metrics(&source, &tables, &MetricDefaults::default(), &sink)
        };
        let (newest, earlier) = (metrics(areas), metrics(&[("VN".to_owned(), &self.earlier)]));
        let found = sink.into_sorted();
        assert!(found.is_empty(), "{found:#?}");
        let observation = |year: i16| {
            let date = Some(jiff::civil::date(year, 1, 1).at(0, 0, 0, 0));
            move |metric: tinso::indicator::Metric| {
                let ref_area = metric.ref_area.clone().unwrap();
                Observation { metric: Arc::new(metric), ref_area, origin: Origin { page: 0, date } }
            }
        };
        let definitions = BTreeMap::from([("x".to_owned(), definition)]);
        let observations = newest.into_iter().map(observation(2020)).chain(earlier.into_iter().map(observation(2019)));
        Catalogue::assemble(definitions, observations.collect(), BTreeMap::new(), &Sink::new())
    }

    fn draw_areas(&self, code: &str, areas: &[(String, String, &[String])], grouping: Grouping) -> Option<Chart> {
        let rows: Vec<(String, &[String])> = areas.iter().map(|(code, _, rows)| (code.clone(), *rows)).collect();
        let catalogue = self.catalogue(&rows);
        let lang = Lang::new(code);
        let locale = Locale::of(&lang).unwrap();
        let strands: Vec<Strand<'_>> =
            areas.iter().map(|(code, name, _)| Strand { code, name, series: catalogue.series("x", code).unwrap() }).collect();
        draw(&ChartRequest {
            title: self.title[usize::from(code != "vi")],
            definition: catalogue.definition("x").unwrap(),
            strands: &strands,
            grouping,
            locale: &locale,
            lang: &lang,
            id: "c",
            wishes: &self.wishes,
            revisions: self.revisions,
        })
    }

    /// Its chart in a language.
    pub fn draw(&self, code: &str) -> Chart {
        self.draw_areas(code, &[("VN".to_owned(), String::new(), &self.rows)], Grouping::Independent).unwrap()
    }

    /// Its sparkline.
    pub fn sparkline(&self) -> String {
        let locale = Locale::of(&Lang::new("vi")).unwrap();
        let catalogue = self.catalogue(&[("VN".to_owned(), &self.rows)]);
        tinso::chart::sparkline(catalogue.series("x", "VN").unwrap(), &locale)
    }
}

/// The chart of an indicator in several areas, by name.
#[derive(Debug)]
pub struct Many {
    pub measure: &'static str,
    pub unit: &'static str,
    pub labels: [&'static str; 2],
    pub areas: Vec<(String, Vec<String>)>,
    pub parts: bool,
    pub kind: Option<ChartForm>,
}

impl Many {
    /// From rows made elsewhere.
    pub fn of(measure: &'static str, areas: Vec<(String, Vec<String>)>) -> Self {
        let (unit, labels) = if measure == "share" { ("percent", ["%", "%"]) } else { ("VND", ["tỷ đồng", "billion VND"]) };
        Self { measure, unit, labels, areas, parts: false, kind: None }
    }

    /// From a table in the text of a test.
    pub fn areas(measure: &'static str, areas: &[(&str, &[&str])]) -> Self {
        let rows = |rows: &[&str]| rows.iter().map(|row| (*row).to_owned()).collect();
        let areas = areas.iter().map(|(name, own)| ((*name).to_owned(), rows(own)));
        let many = Self::of(measure, areas.collect());
        Self { unit: "VND", labels: ["tỷ đồng", "billion VND"], ..many }
    }

    /// Its chart in a language.
    pub fn draw(&self, code: &str) -> Chart {
        let wishes = ChartWishes { kind: self.kind, ..ChartWishes::default() };
        let case = Case { unit: self.unit, labels: self.labels, ..Case::measured(self.measure, Vec::new()) }.with(wishes);
        let areas: Vec<(String, String, &[String])> = self
            .areas
            .iter()
            .enumerate()
            .map(|(n, (name, rows))| (format!("VN-{n:02}"), name.clone(), rows.as_slice()))
            .collect();
        let grouping = if self.parts { Grouping::Parts } else { Grouping::Independent };
        case.draw_areas(code, &areas, grouping).unwrap()
    }
}

/// How often a class stands in the wide layout.
pub fn marks(chart: &Chart, class: &str) -> usize {
    let figure = chart.figure();
    let wide = figure.split("chart-narrow").next().unwrap();
    wide.matches("class=\"").count();
    wide.split("class=\"").skip(1).filter(|rest| rest.split('"').next().unwrap().split(' ').any(|name| name == class)).count()
}
