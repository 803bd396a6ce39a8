//! The tables of `docs/performance.md` about charts and exports.

use std::fmt::Write;
use std::time::Duration;

use crate::aim::{Unit, thousands};
use crate::built::{Data, Taken};
use crate::portal::POINTS;
use crate::shapes::Shape;

/// An SVG of the measured portal's series takes less than this.
const AIM: Duration = Duration::from_micros(200);

/// The shape of the portal's series.
pub const OF_PORTAL: &str = "60 quarters on a line";

/// All tables.
pub fn tables(machine: &str, indicators: usize, shapes: &[Shape], without: &Taken, with: Option<&Taken>) -> String {
    let mut out = format!("Processor time: {machine}; tinso {}.\n\n### A chart\n\n", env!("CARGO_PKG_VERSION"));
    out.push_str("| series | an SVG | aim | | both layouts, words and key | bytes |\n|---|---:|---:|---|---:|---:|\n");
    for shape in shapes {
        let image = shape.figure / shape.images;
        let met = if image < AIM { "met" } else { "**missed**" };
        let held =
            if shape.name.starts_with("10,000") { "| | ".to_owned() } else { format!("| < {} µs | {met} ", AIM.as_micros()) };
        let (figure, bytes) = (shape.figure.as_micros(), thousands(shape.bytes as u64));
        line(&mut out, format_args!("| {} | {} µs {held}| {figure} µs | {bytes} |", shape.name, image.as_micros()));
    }
    line(&mut out, format_args!("\n### {} indicators, {POINTS} values each, two languages\n", thousands(indicators as u64)));
    out.push_str("| | number | of the build | each | bytes |\n|---|---:|---:|---:|---:|\n");
    builds(&mut out, "without pictures", without);
    let figure = shapes.iter().find(|shape| shape.name == OF_PORTAL).map(|shape| shape.figure).unwrap_or_default();
    let charts = u32::try_from(indicators * 2).unwrap_or(u32::MAX);
    let share = Unit::Percent.show((figure * charts).as_secs_f64() / without.all.as_secs_f64());
    line(
        &mut out,
        format_args!("| charts on pages, as drawn above | {} | {share} | {} | |", thousands(charts.into()), each(figure)),
    );
    let exports = without.data.iter();
    let sum = exports.fold(Data::default(), |sum, (_, data)| sum.and(*data));
    row(&mut out, "**all exports**", sum, without);
    for (name, data) in &without.data {
        row(&mut out, &format!("`{name}`"), *data, without);
    }
    if let Some(with) = with {
        builds(&mut out, "with pictures", with);
        for (name, data) in with.data.iter().filter(|(name, _)| name.ends_with(".png")) {
            row(&mut out, &format!("`{name}`"), *data, with);
        }
    }
    out.trim_end().to_owned()
}

fn builds(out: &mut String, name: &str, taken: &Taken) {
    let (files, bytes) = (thousands(taken.files as u64), thousands(taken.bytes as u64));
    line(out, format_args!("| **the build {name}**: {:.1} s | {files} files | 100 % | | {bytes} |", taken.all.as_secs_f64()));
}

fn row(out: &mut String, name: &str, data: Data, of: &Taken) {
    let share = Unit::Percent.show(data.took.as_secs_f64() / of.all.as_secs_f64());
    let (count, bytes) = (thousands(data.count.into()), thousands(data.bytes as u64));
    line(out, format_args!("| {name} | {count} | {share} | {} | {bytes} |", each(data.took / data.count.max(1))));
}

/// "85 µs", "12.5 ms"
fn each(time: Duration) -> String {
    if time < Duration::from_millis(10) {
        format!("{} µs", time.as_micros())
    } else {
        format!("{:.1} ms", time.as_secs_f64() * 1e3)
    }
}

fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{text}");
}
