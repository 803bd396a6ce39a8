use std::collections::BTreeMap;

use super::TimePeriod;
use super::{Note, NoteReading};
use crate::data::{Fields, Table};
use crate::diagnostic::Diagnostic;
use crate::text::{Place, Span};

/// A break in a series: from a period on it is measured in another way.
#[derive(Clone, PartialEq, Debug)]
pub struct Break {
    /// The first period that is measured in the new way.
    pub at: TimePeriod,
    /// The only area that it is about, if not all.
    pub ref_area: Option<String>,
    /// What changed.
    pub note: Note,
    /// Where it stands.
    pub place: Place,
}

impl Break {
    /// Whether it is in the series of an area.
    pub fn is_in(&self, area: &str) -> bool {
        self.ref_area.as_deref().is_none_or(|own| own == area)
    }
}

/// Reads `[[extra.indicator.break]]`, in the order of time. Of two that overlap the second is reported.
pub(super) fn read_breaks(tables: &[(&Table, Span)], reading: &NoteReading<'_>) -> Vec<Break> {
    let mut breaks: Vec<Break> = tables.iter().filter_map(|(table, span)| read_break(table, *span, reading)).collect();
    breaks.sort_by_key(|each| each.at.start());
    let mut last: BTreeMap<Option<&str>, &Break> = BTreeMap::new();
    for each in &breaks {
        // One of all areas may overlap with one of any, one of an area with one of all.
        let earlier = match each.ref_area.as_deref() {
            None => last.values().copied().max_by_key(|earlier| earlier.at.end()),
            own => [last.get(&None), last.get(&own)].into_iter().flatten().copied().max_by_key(|earlier| earlier.at.end()),
        };
        if let Some(earlier) = earlier.filter(|earlier| earlier.at.end() >= each.at.start()) {
            let message = format!("the break at {} overlaps with the one at {}", each.at, earlier.at);
            let diagnostic = Diagnostic::error("overlapping-breaks", message).at_place(each.place.clone());
            let help = "a series breaks once at a time: keep one of the two, or write both reasons in its `note`";
            reading.sink.push(diagnostic.with(earlier.place.clone(), "the other break").help(help));
        }
        let furthest = last.entry(each.ref_area.as_deref()).or_insert(each);
        if furthest.at.end() < each.at.end() {
            *furthest = each;
        }
    }
    breaks
}

fn read_break(table: &Table, span: Span, reading: &NoteReading<'_>) -> Option<Break> {
    let NoteReading { source, sink, .. } = *reading;
    let mut fields = Fields::new(source, table, sink);
    let at = fields.literal_at("at");
    let ref_area = fields.text("ref_area").map(str::to_owned);
    let note = Note::read(&mut fields, "note", reading).unwrap_or_default();
    fields.deny_unknown("unknown-indicator-key");
    let help = "write the first period that is measured in the new way: `at = \"2015\"`";
    let Some((text, at_span)) = at else {
        if table.get("at").is_none() {
            sink.push(Diagnostic::error("missing-indicator-key", "this break does not say its `at`").at(source, span).help(help));
        }
        return None;
    };
    let Some(at) = TimePeriod::parse(text) else {
        let message = format!("`{text}` is not a time period");
        sink.push(Diagnostic::error("bad-period", message).at(source, at_span).help(help));
        return None;
    };
    Some(Break { at, ref_area, note, place: source.place(span) })
}
