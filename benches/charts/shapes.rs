//! What a chart takes, by the shape of its series: the median of many rounds on one thread.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use tinso::chart::{ChartRequest, Grouping, Strand, draw, sparkline};
use tinso::data::{Data, parse_toml};
use tinso::diagnostic::Sink;
use tinso::indicator::{Catalogue, ChartWishes, MetricDefaults, Observation, Origin, read_definition, read_metrics};
use tinso::locale::Locale;
use tinso::text::{Lang, SitePath, SourceText, Span};

use crate::clock::of_thread;

/// The catalogue of one indicator in so many areas with so many quarters each.
fn catalogue(measure: &str, areas: usize, points: usize) -> Catalogue {
    let sink = Sink::new();
    let read = |text: &str| {
        let source = SourceText::new(SitePath::new("content/a.md"), text);
        let table = parse_toml(&source, Span { start: 0, end: text.len() }, &sink).unwrap();
        (source, table)
    };
    let definition =
        format!("unit = \"VND\"\nunit_mult = 9\nunit_label = \"tỷ đồng\"\nmeasure = \"{measure}\"\nref_area = \"VN-0\"\n");
    let (source, table) = read(&definition);
    let definition = read_definition(&source, &table, Span::default(), 0, &Lang::new("vi"), &sink).unwrap();
    let rows = (0..areas).flat_map(|area| (0..points).map(move |n| (area, n)));
    let rows: String = rows
        .map(|(area, n)| {
            let (year, quarter, value) = (2000 + n / 4, n % 4 + 1, 400 + (n * 37 + area * 61) % 301 + n);
            format!(
                "{{ indicator = \"x\", ref_area = \"VN-{area}\", time_period = \"{year}-Q{quarter}\", value = {value}.5 }},\n"
            )
        })
        .collect();
    let (source, table) = read(&format!("metrics = [\n{rows}]\n"));
    let Data::List(items) = &table.get("metrics").unwrap().value else { panic!("no list") };
    let tables: Vec<_> = items
        .iter()
        .filter_map(|item| match &item.value {
            Data::Table(table) => Some((table, item.span)),
            _ => None,
        })
        .collect();
    let observation = |metric: tinso::indicator::Metric| {
        let ref_area = metric.ref_area.clone().unwrap();
        Observation { metric: Arc::new(metric), ref_area, origin: Origin { page: 0, date: None } }
    };
    let metrics = read_metrics(&source, &tables, &MetricDefaults::default(), &sink);
    let definitions = BTreeMap::from([("x".to_owned(), definition)]);
    Catalogue::assemble(definitions, metrics.into_iter().map(observation).collect(), BTreeMap::new(), &sink)
}

/// So often each is drawn.
const ROUNDS: usize = 200;

/// The median processor time of one call.
fn median(mut call: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let start = of_thread();
            call();
            of_thread().saturating_sub(start)
        })
        .collect();
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// What a shape of series takes.
pub struct Shape {
    /// What it is.
    pub name: &'static str,
    /// Both layouts, their words and the figure.
    pub figure: Duration,
    /// How many SVG images that is.
    pub images: u32,
    pub bytes: usize,
}

/// Draws each shape.
pub fn measure() -> Vec<Shape> {
    let mut shapes = Vec::new();
    for (name, measure, areas, points) in [
        ("one value", "flow", 1, 1),
        ("6 quarters in columns", "flow", 1, 6),
        ("60 quarters on a line", "stock", 1, 60),
        ("4 areas × 60 quarters", "rate", 4, 60),
        ("12 areas × 20 quarters", "rate", 12, 20),
        ("10,000 quarters on a line", "stock", 1, 10_000),
    ] {
        let catalogue = catalogue(measure, areas, points);
        let lang = Lang::new("vi");
        let locale = Locale::of(&lang).unwrap();
        let strands: Vec<Strand<'_>> =
            catalogue.areas("x").map(|(code, series)| Strand { code, name: if areas > 1 { code } else { "" }, series }).collect();
        let wishes = ChartWishes::default();
        let request = ChartRequest {
            title: "Doanh thu",
            definition: catalogue.definition("x").unwrap(),
            strands: &strands,
            grouping: Grouping::Independent,
            locale: &locale,
            lang: &lang,
            id: "c",
            wishes: &wishes,
            revisions: true,
        };
        // Both layouts, their words and the figure: two SVGs.
        let time = median(|| {
            black_box(draw(black_box(&request)).map(|chart| chart.figure()));
        });
        let bytes = draw(&request).map_or(0, |chart| chart.figure().len());
        shapes.push(Shape { name, figure: time, images: 2, bytes });
    }
    let catalogue = catalogue("stock", 1, 60);
    let locale = Locale::of(&Lang::new("vi")).unwrap();
    let series = catalogue.series("x", "VN-0").unwrap();
    let time = median(|| {
        black_box(sparkline(black_box(series), &locale));
    });
    shapes.push(Shape { name: "sparkline of 60 quarters", figure: time, images: 1, bytes: sparkline(series, &locale).len() });
    shapes
}
