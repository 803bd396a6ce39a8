use super::bar::Bar;
use super::choose::ChartKind;
use super::join::Join;
use super::layout::{Length, UNIT};
use super::line_marks::is_crowded;
use super::look::Look;
use super::marker::{cross, marker, whisker};
use super::plot::{Finality, Mark, Open, Plot};
use super::scale::Scale;
use super::sheet::Sheet;
use super::svg::{Anchor, Drawing};
use super::{describe, multiples};
use crate::indicator::{Metric, ObsStatus};
use crate::locale::{Locale, fill};

/// What one kind of mark means.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeyEntry {
    /// In words.
    pub text: String,
    pub(super) symbol: Drawing,
}

/// The size of a symbol.
pub(super) const SYMBOL: (Length, Length) = (34 * UNIT, 26 * UNIT);
const MIDDLE: Length = 13 * UNIT;

/// The key: each special mark that is drawn, with its meaning.
pub(super) fn entries(sheet: &Sheet<'_>, kind: ChartKind, drawn: &[(&Plot<'_>, &Mark<'_>)], id: &str) -> Vec<KeyEntry> {
    let Some(plot) = sheet.main() else { return Vec::new() };
    let mut key = Key { plot, form: Form::of(kind), id, entries: Vec::new() };
    let marks = || drawn.iter().map(|(_, mark)| *mark);
    let actuals = || marks().filter(|mark| !mark.is_target());
    key.sample(marks().find(|mark| mark.is_target() && !mark.is_range()), "key_target");
    key.sample(marks().find(|mark| mark.is_target() && mark.is_range()), "key_target_range");
    key.sample(actuals().find(|mark| mark.open() == Some(Open::Up)), "key_over");
    key.sample(actuals().find(|mark| mark.open() == Some(Open::Down)), "key_under");
    key.sample(actuals().find(|mark| mark.is_approximate()), "key_about");
    key.sample(actuals().find(|mark| mark.is_range()), "key_range");
    if kind != ChartKind::Hundred && actuals().any(|mark| mark.interval.is_some()) {
        key.add("key_interval", |drawing| whisker(drawing, (4 * UNIT, 30 * UNIT), MIDDLE, 4 * UNIT, false));
    }
    let crowded = key.form == Form::Point && sheet.plots.iter().any(is_crowded);
    for finality in [Finality::Estimate, Finality::Provisional, Finality::Forecast].into_iter().filter(|_| !crowded) {
        if let Some(mark) = actuals().find(|mark| mark.finality() == finality) {
            let status = describe::status_word(plot, mark);
            let text = fill(plot.word("key_status"), &[("status", status)]);
            // The parts of a whole are filled by their colours, and hatched where they are not final.
            let drawn_as = if kind == ChartKind::Hundred { Finality::Estimate } else { finality };
            key.add_text(&text, |drawing, form| form.plain(drawing, drawn_as));
        }
    }
    let on_line = matches!(kind, ChartKind::Line | ChartKind::Points | ChartKind::Multiples);
    let is_joined = |by: Join| on_line && sheet.plots.iter().flat_map(|plot| &plot.joins).any(|(_, _, join)| *join == by);
    if is_joined(Join::Gap) {
        key.add("key_gap", |drawing| {
            for (from, to) in [(0, 11), (23, 34)] {
                drawing.polyline(Look::LINE, &[(from * UNIT + UNIT, MIDDLE), (to * UNIT - UNIT, MIDDLE)]);
            }
        });
    }
    if is_joined(Join::Bridge) {
        key.add("key_bridge", |drawing| drawing.polyline(Look::BRIDGE, &[(2 * UNIT, MIDDLE), (32 * UNIT, MIDDLE)]));
    }
    if kind == ChartKind::Columns && plot.has_missing_periods() {
        key.add("key_missing", |drawing| {
            drawing.text(Look::LABEL, Anchor::Middle, false, 16 * UNIT, (17 * UNIT, 15 * UNIT), "…");
        });
    }
    let rules = !matches!(kind, ChartKind::Number | ChartKind::Bullet | ChartKind::Slope | ChartKind::Hundred);
    if rules && actuals().any(Mark::is_break) && (sheet.plots.len() == 1 || on_line) {
        let text = fill(plot.word("key_break"), &[("word", Locale::word(&plot.locale().status, "B"))]);
        key.add_text(&text, |drawing, _| drawing.line(Look::BREAK, (17 * UNIT, 0), (17 * UNIT, SYMBOL.1)));
    }
    if marks().any(|mark| !mark.superseded.is_empty()) {
        key.add("key_superseded", |drawing| cross(drawing, (17 * UNIT, MIDDLE)));
    }
    key.entries
}

/// What has no mark of its own is told in sentences.
pub(super) fn notes(sheet: &Sheet<'_>, kind: ChartKind, drawn: &[(&Plot<'_>, &Mark<'_>)]) -> Vec<String> {
    let Some(plot) = sheet.main() else { return Vec::new() };
    let single = sheet.plots.len() == 1;
    let mut notes = Vec::new();
    let mut note = |when: bool, name: &'static str| {
        if when {
            notes.push(plot.word(name).to_owned());
        }
    };
    note(kind == ChartKind::Bars && single && !plot.is_of_one_kind(), "note_unlike");
    let on_line = matches!(kind, ChartKind::Line | ChartKind::Points | ChartKind::Multiples);
    note(on_line && !sheet.plots.iter().all(Plot::is_of_one_kind), "note_unlike_points");
    note(on_line && sheet.plots.iter().any(is_crowded) && sheet.marks().any(Mark::is_preliminary), "note_crowded");
    note(kind == ChartKind::Multiples, "note_multiples");
    note(kind == ChartKind::Multiples && sheet.plots.len() > multiples::MOST_PANELS, "note_more_panels");
    note(kind == ChartKind::Hundred && plot.sign() != "%", "note_shares");
    notes.extend(remarks(drawn));
    notes
}

/// Statuses that have no mark of their own.
fn remarks(drawn: &[(&Plot<'_>, &Mark<'_>)]) -> Vec<String> {
    let special = |mark: &Mark<'_>| !mark.is_preliminary() && !mark.is_break() && mark.metric.status.letter() != 'A';
    let remark = |(plot, mark): &(&Plot<'_>, &Mark<'_>)| {
        let status = describe::status_word(plot, mark);
        let period = describe::of_strand(plot, &mark.period.label(plot.locale()));
        describe::capitalised(&fill(plot.word("note_status"), &[("period", &period), ("status", status)]))
    };
    drawn.iter().filter(|(_, mark)| special(mark)).take(6).map(remark).collect()
}

/// How the marks of a chart look.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Form {
    Upright,
    Lying,
    Point,
}

impl Form {
    fn of(kind: ChartKind) -> Self {
        match kind {
            ChartKind::Columns => Self::Upright,
            ChartKind::Line | ChartKind::Points | ChartKind::Slope | ChartKind::Multiples => Self::Point,
            _ => Self::Lying,
        }
    }

    /// A plain value that is not final.
    fn plain(self, drawing: &mut Drawing, finality: Finality) {
        if self == Self::Point {
            return super::marker::dot(drawing, finality, (17 * UNIT, MIDDLE), 5 * UNIT, 0);
        }
        let (a, b) = ((5 * UNIT, 6 * UNIT), (29 * UNIT, 20 * UNIT));
        match finality {
            Finality::Final => drawing.rect(Look::NOW, a, b),
            Finality::Forecast => drawing.rect(Look::DASHED_BAR, a, b),
            Finality::Estimate => {
                drawing.hatched_rect(a, b);
                drawing.rect(Look::EDGE, a, b);
            }
            Finality::Provisional => {
                drawing.rect(Look::PALE, a, b);
                drawing.rect(Look::EDGE, a, b);
            }
        }
    }
}

struct Key<'a> {
    plot: &'a Plot<'a>,
    form: Form,
    id: &'a str,
    entries: Vec<KeyEntry>,
}

impl<'a> Key<'a> {
    fn add(&mut self, word: &'a str, draw: impl FnOnce(&mut Drawing)) {
        self.add_text(self.plot.word(word), |drawing, _| draw(drawing));
    }

    fn add_text(&mut self, text: &str, draw: impl FnOnce(&mut Drawing, Form)) {
        let mut symbol = Drawing::new(SYMBOL.0, format!("{}-k{}", self.id, self.entries.len()));
        symbol.height = SYMBOL.1;
        draw(&mut symbol, self.form);
        self.entries.push(KeyEntry { text: describe::capitalised(text), symbol });
    }

    /// The mark of a value as it is drawn in the chart, with every other trait of it left out.
    fn sample(&mut self, mark: Option<&Mark<'_>>, word: &'a str) {
        let Some(mark) = mark else { return };
        let metric = Metric { status: ObsStatus::NORMAL, ..mark.metric.clone() };
        let (low, high) = if mark.is_range() { (25, 75) } else { (60, 60) };
        let mark = Mark { metric: &metric, low, high, interval: None, superseded: Vec::new(), newest: false, ..mark.clone() };
        let upright = Scale { low: 0, high: 100, from: SYMBOL.1, to: 0 };
        // An open end needs most of the room.
        let most = if mark.is_open_outwards() { 400 } else { 100 };
        let lying = Scale { low: 0, high: most, from: UNIT, to: SYMBOL.0 - UNIT };
        let y = match mark.open() {
            Some(Open::Up) => SYMBOL.1 - UNIT,
            Some(Open::Down) => UNIT,
            None if mark.is_range() => upright.at(high),
            None => SYMBOL.1 / 2,
        };
        self.add_text(self.plot.word(word), |symbol, form| {
            if form == Form::Point {
                marker(symbol, &mark, (SYMBOL.0 / 2, y), upright, 0);
            } else {
                Bar { mark: &mark, strong: true, across: 7 * UNIT, thickness: 12 * UNIT, scale: lying, upright: false }
                    .draw(symbol);
            }
        });
    }
}
