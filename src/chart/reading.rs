use super::describe;
use super::plot::{Mark, Plot};
use crate::locale::Locale;

/// More values than these are read in the table.
const MOST_READ: usize = 1000;

/// What a script says of each drawn value: "Đà Nẵng, năm 2016: 52,3% (ước tính)".
pub(super) fn readings(drawn: &[(&Plot<'_>, &Mark<'_>)]) -> Vec<String> {
    if drawn.len() > MOST_READ { Vec::new() } else { drawn.iter().map(|(plot, mark)| reading(plot, mark)).collect() }
}

fn reading(plot: &Plot<'_>, mark: &Mark<'_>) -> String {
    let mut period = mark.period.label(plot.locale());
    if mark.is_target() {
        period = format!("{}, {period}", Locale::word(&plot.locale().kind, "target"));
    }
    let mut text = format!("{}: {}", describe::of_strand(plot, &period), plot.full(mark.metric));
    if mark.metric.status.letter() != 'A' {
        let status = describe::status_word(plot, mark);
        text = crate::locale::fill(plot.word("with_status"), &[("text", &text), ("status", status)]);
    }
    describe::capitalised(&text)
}
