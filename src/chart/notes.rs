use super::choose::ChartKind;
use super::line::{Join, is_cropped, joins};
use super::plot::{Mark, Open, Plot};
use crate::locale::{Locale, fill};

/// The key: a sentence for each special mark of the chart.
pub(super) fn notes(plot: &Plot<'_>, kind: ChartKind) -> Vec<String> {
    let mut notes = Vec::new();
    let on_line = matches!(kind, ChartKind::Line | ChartKind::Points);
    let has_bar = on_line || !matches!(kind, ChartKind::Number | ChartKind::Target) || is_barred(plot);
    let any = |is: fn(&Mark<'_>) -> bool| plot.marks.iter().any(is);
    let mut note = |when: bool, name: &'static str| {
        if when {
            notes.push(plot.word(name).to_owned());
        }
    };
    note(on_line && is_cropped(plot), "note_cropped");
    note(has_bar && plot.marks.len() > 1 && any(|mark| mark.is_target() && !mark.is_range()), "note_target");
    note(has_bar && plot.marks.len() > 1 && any(|mark| mark.is_target() && mark.is_range()), "note_target_range");
    note(has_bar && any(|mark| !mark.is_target() && mark.open() == Some(Open::Up)), "note_over");
    note(has_bar && any(|mark| !mark.is_target() && mark.open() == Some(Open::Down)), "note_under");
    note(has_bar && any(|mark| !mark.is_target() && mark.is_approximate()), "note_about");
    note(has_bar && any(|mark| !mark.is_target() && mark.is_range()), "note_range");
    if has_bar {
        notes.extend(preliminary(plot, if on_line { "note_hollow" } else { "note_hatched" }));
    }
    let joins = joins(plot);
    let mut note = |when: bool, name: &'static str| {
        if when {
            notes.push(plot.word(name).to_owned());
        }
    };
    note(on_line && joins.iter().any(|(_, _, join)| *join == Join::Gap), "note_gap");
    note(on_line && joins.iter().any(|(_, _, join)| *join == Join::Bridge), "note_bridge");
    note(kind == ChartKind::Columns && plot.has_missing_periods(), "note_missing");
    note(kind == ChartKind::Bars && !plot.is_of_one_kind(), "note_unlike");
    note(on_line && !plot.is_of_one_kind(), "note_unlike_points");
    if !matches!(kind, ChartKind::Number | ChartKind::Bullet) && any(|mark| mark.is_break()) {
        notes.push(fill(plot.word("note_break"), &[("word", Locale::word(&plot.locale().status, "B"))]));
    }
    notes.extend(remarks(plot));
    notes
}

/// Whether a single value has a bar: a share has.
fn is_barred(plot: &Plot<'_>) -> bool {
    plot.request.definition.measure == crate::indicator::Measure::Share && plot.sign() == "%"
}

/// What hollow or hatched marks are, by the statuses that occur.
fn preliminary(plot: &Plot<'_>, pattern: &'static str) -> Option<String> {
    let mut words: Vec<&str> = Vec::new();
    for mark in plot.actuals().filter(|mark| mark.is_preliminary()) {
        let letter = mark.metric.status.letter().to_string();
        let word = plot.locale().status.get(&letter).map_or("", String::as_str);
        if !words.contains(&word) {
            words.push(word);
        }
    }
    (!words.is_empty()).then(|| fill(plot.word(pattern), &[("statuses", &words.join(", "))]))
}

/// Statuses that have no mark of their own are told in words.
fn remarks(plot: &Plot<'_>) -> Vec<String> {
    let special = |mark: &&Mark<'_>| !mark.is_preliminary() && !mark.is_break() && mark.metric.status.letter() != 'A';
    let remark = |mark: &Mark<'_>| {
        let letter = mark.metric.status.letter().to_string();
        let status = Locale::word(&plot.locale().status, &letter);
        fill(plot.word("note_status"), &[("period", &mark.period.label(plot.locale())), ("status", status)])
    };
    plot.marks.iter().filter(special).take(6).map(remark).map(|text| super::describe::capitalised(&text)).collect()
}
