//! Charts as SVG: the form follows the shape of a series, and every qualifier, target, estimate, break
//! and gap is drawn as what it is.
//!
//! Each chart has two layouts, 720 and 360 units wide; a stylesheet shows one of them. All geometry is
//! exact: integer hundredths of a unit out of decimal numbers, so that the same series gives the same bytes.

mod bar;
mod choose;
mod columns;
mod describe;
mod figure;
mod label;
mod layout;
mod line;
mod line_axes;
mod line_marks;
mod notes;
mod number;
mod plot;
mod rows;
mod scale;
mod sparkline;
mod standalone;
mod svg;
mod text_width;
mod time;

use crate::indicator::{Definition, Series};
use crate::locale::Locale;
use crate::text::Lang;

pub use choose::ChartKind;
pub use sparkline::sparkline;
pub use text_width::text_width;

use layout::Layout;
use plot::Plot;
use svg::Drawing;

/// What a chart is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct ChartRequest<'a> {
    /// The indicator's name.
    pub title: &'a str,
    /// The area's name; empty when it is the only one.
    pub area_name: &'a str,
    /// What the indicator is.
    pub definition: &'a Definition,
    /// Its observations in one area.
    pub series: &'a Series,
    /// The words of the page's language.
    pub locale: &'a Locale,
    /// The page's language.
    pub lang: &'a Lang,
    /// A prefix for the ids of this chart, unique on the page.
    pub id: &'a str,
}

/// A chart in its two layouts, with its words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chart {
    /// The form that it has.
    pub kind: ChartKind,
    /// The indicator's name.
    pub title: String,
    /// The area, the unit and the time.
    pub subtitle: String,
    /// What the chart shows, in sentences.
    pub description: String,
    /// What its special marks mean, a sentence each.
    pub notes: Vec<String>,
    id: String,
    lang: String,
    wide: Drawing,
    narrow: Drawing,
}

/// Draws a series; `None` when it has no point.
pub fn draw(request: &ChartRequest<'_>) -> Option<Chart> {
    let plot = Plot::new(request)?;
    let kind = choose::choose(&plot);
    let id = svg::safe_id(request.id);
    let layout = |layout: Layout, suffix: &str| {
        let drawing = Drawing::new(layout.width, format!("{id}-{suffix}"));
        match kind {
            ChartKind::Number | ChartKind::Bullet => number::draw(&plot, layout, drawing),
            ChartKind::Target if plot.marks.len() == 1 => number::draw(&plot, layout, drawing),
            ChartKind::Columns => {
                columns::draw(&plot, layout, drawing.clone()).unwrap_or_else(|| rows::draw(&plot, layout, drawing))
            }
            ChartKind::Bars | ChartKind::Target => rows::draw(&plot, layout, drawing),
            ChartKind::Line | ChartKind::Points => line::draw(&plot, layout, drawing),
        }
    };
    Some(Chart {
        kind,
        title: request.title.to_owned(),
        subtitle: describe::subtitle(&plot),
        description: describe::description(&plot),
        notes: notes::notes(&plot, kind),
        wide: layout(Layout::WIDE, "w"),
        narrow: layout(Layout::NARROW, "n"),
        lang: request.lang.as_str().to_owned(),
        id,
    })
}
