//! Charts as SVG: the form follows the shape of a series, and every qualifier, target, estimate, break
//! and gap is drawn as what it is.
//!
//! Each chart has two layouts, 720 and 360 units wide; a stylesheet shows one of them. All geometry is
//! exact: integer hundredths of a unit out of decimal numbers, so that the same series gives the same bytes.

mod axis;
mod bar;
mod choose;
mod columns;
mod describe;
mod describe_many;
mod figure;
mod hundred;
mod interval;
mod join;
mod key;
mod label;
mod layout;
mod line;
mod line_axes;
mod line_ends;
mod line_marks;
mod look;
mod marker;
mod multiples;
mod number;
mod plot;
mod reading;
mod rows;
mod scale;
mod sheet;
mod slope;
mod sparkline;
mod standalone;
mod svg;
mod text_width;
mod time;
mod time_ticks;
mod wrap;

use crate::indicator::{ChartWishes, Definition, Series};
use crate::locale::Locale;
use crate::text::Lang;

pub use axis::Axis;
pub use choose::ChartKind;
pub use key::KeyEntry;
pub use sheet::share_a_scale;
pub use sparkline::sparkline;
pub use text_width::text_width;

use layout::Layout;
use plot::{Mark, Plot};
use sheet::Sheet;
use svg::Drawing;

/// One series of a chart: an area, a part, a group of people.
#[derive(Clone, Copy, Debug)]
pub struct Strand<'a> {
    /// The code by which `areas` names it: `VN-26`.
    pub code: &'a str,
    /// Its name in the page's language; empty when it is the only one there is.
    pub name: &'a str,
    /// Its observations.
    pub series: &'a Series,
}

/// What the strands of a chart are to each other.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Grouping {
    /// Independent of each other: areas, groups.
    #[default]
    Independent,
    /// The parts of one whole.
    Parts,
    /// The groups that a dimension divides it into.
    Groups,
}

/// What a chart is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct ChartRequest<'a> {
    /// The indicator's name.
    pub title: &'a str,
    /// What the indicator is.
    pub definition: &'a Definition,
    /// Its series, the main one first.
    pub strands: &'a [Strand<'a>],
    /// What these are to each other.
    pub grouping: Grouping,
    /// The words of the page's language.
    pub locale: &'a Locale,
    /// The page's language.
    pub lang: &'a Lang,
    /// A prefix for the ids of this chart, unique on the page.
    pub id: &'a str,
    /// What the editor decides.
    pub wishes: &'a ChartWishes,
    /// Whether values that newer articles replaced are shown, small.
    pub revisions: bool,
}

/// A wish of an editor that would mislead or cannot be, and what was done about it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Misleading {
    /// The wish that it is about, by its key: `kind`, `zero`.
    pub key: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: &'static str,
}

/// A chart in its two layouts, with its words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chart {
    /// The form that it has.
    pub kind: ChartKind,
    /// The indicator's name, and what of it is shown where that is not the whole.
    pub title: String,
    /// The area, the unit and the time.
    pub subtitle: String,
    /// What the chart shows, in sentences.
    pub description: String,
    /// What its special marks mean.
    pub key: Vec<KeyEntry>,
    /// What else is to be known, a sentence each.
    pub notes: Vec<String>,
    /// Where the wishes would mislead, and what was done about it.
    pub warnings: Vec<Misleading>,
    /// Each drawn value in words.
    pub readings: Vec<String>,
    id: String,
    lang: String,
    wide: Drawing,
    narrow: Drawing,
}

/// Draws series; `None` when there is no point, or none that the wishes cover.
pub fn draw(request: &ChartRequest<'_>) -> Option<Chart> {
    let sheet = Sheet::new(request)?;
    let mut warnings = Vec::new();
    let kind = choose::choose(&sheet, &mut warnings);
    let id = svg::safe_id(request.id);
    let wide = lay_out(&sheet, kind, Layout::WIDE, Drawing::new(Layout::WIDE.width, format!("{id}-w")));
    let narrow = lay_out(&sheet, kind, Layout::NARROW, Drawing::new(Layout::NARROW.width, format!("{id}-n")));
    let drawn = drawn(&sheet, kind, &wide);
    Some(Chart {
        kind,
        title: describe::title(&sheet),
        subtitle: describe::subtitle(&sheet, &drawn),
        description: describe::description(&sheet, kind, &drawn),
        key: key::entries(&sheet, kind, &drawn, &id),
        notes: key::notes(&sheet, kind, &drawn),
        warnings,
        readings: reading::readings(&drawn),
        wide,
        narrow,
        lang: request.lang.as_str().to_owned(),
        id,
    })
}

/// Whether there is anything to draw, without drawing it.
pub fn is_drawn(request: &ChartRequest<'_>) -> bool {
    Sheet::has_points(request)
}

/// Where the wishes for a chart would mislead, without drawing it; `None` when there is nothing to draw.
pub fn misleading(request: &ChartRequest<'_>) -> Option<Vec<Misleading>> {
    let mut warnings = Vec::new();
    choose::choose(&Sheet::new(request)?, &mut warnings);
    Some(warnings)
}

/// Draws the form of a chart in one layout.
fn lay_out(sheet: &Sheet<'_>, kind: ChartKind, layout: Layout, drawing: Drawing) -> Drawing {
    let layout = match sheet.request.wishes.height {
        Some(height) => Layout { plot_height: i64::from(height) * layout::UNIT, ..layout },
        None => layout,
    };
    match kind {
        ChartKind::Number => number::draw(sheet, layout, drawing, false),
        ChartKind::Bullet => number::draw(sheet, layout, drawing, true),
        ChartKind::Target if sheet.marks().count() == 1 => number::draw(sheet, layout, drawing, false),
        ChartKind::Columns => columns::draw(sheet, layout, drawing.clone()).unwrap_or_else(|| rows::draw(sheet, layout, drawing)),
        ChartKind::Bars | ChartKind::Target => rows::draw(sheet, layout, drawing),
        ChartKind::Line | ChartKind::Points => line::draw(sheet, layout, drawing),
        ChartKind::Slope => slope::draw(sheet, layout, drawing),
        ChartKind::Multiples => multiples::draw(sheet, layout, drawing),
        ChartKind::Hundred => hundred::draw(sheet, layout, drawing),
        ChartKind::Interval => interval::draw(sheet, layout, drawing),
    }
}

/// The values that a layout draws; a large number alone has no point, but is one.
fn drawn<'s, 'a>(sheet: &'s Sheet<'a>, kind: ChartKind, drawing: &Drawing) -> Vec<(&'s Plot<'a>, &'s Mark<'a>)> {
    let keys = drawing.drawn();
    let mark = |(strand, at): &(usize, usize)| {
        let plot = sheet.plots.get(*strand)?;
        Some((plot, plot.marks.get(*at)?))
    };
    let marks: Vec<_> = keys.iter().filter_map(mark).collect();
    if marks.is_empty() && kind == ChartKind::Number {
        return sheet.main().and_then(|plot| Some((plot, plot.newest()?))).into_iter().collect();
    }
    marks
}
