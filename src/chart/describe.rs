use super::Grouping;
use super::choose::ChartKind;
use super::line::is_cropped;
use super::plot::{Mark, Plot};
use super::sheet::Sheet;
use crate::indicator::{Measure, TimePeriod};
use crate::locale::{Decimal, fill, format_number};

/// No more targets and breaks than these are told one by one.
const MOST_TARGETS: usize = 6;

/// The words for the status of a value.
pub(super) fn status_word<'a>(plot: &Plot<'a>, mark: &Mark<'_>) -> &'a str {
    plot.locale().status.get(&mark.metric.status.letter().to_string()).map_or("", String::as_str)
}

/// A text with the name of its strand before it, where there are several.
pub(super) fn of_strand(plot: &Plot<'_>, text: &str) -> String {
    if plot.name.is_empty() { text.to_owned() } else { fill(plot.word("describe_area"), &[("title", plot.name), ("area", text)]) }
}

/// The indicator's name; of its parts and groups it says that it is these.
pub(super) fn title(sheet: &Sheet<'_>) -> String {
    let request = sheet.request;
    let pattern = match request.grouping {
        Grouping::Independent => return request.title.to_owned(),
        Grouping::Parts => "title_parts",
        Grouping::Groups => "title_groups",
    };
    fill(request.locale.chart.get(pattern), &[("title", request.title)])
}

/// The area, the unit and the time that a chart covers: "Đà Nẵng, %, 2015–2020".
pub(super) fn subtitle(sheet: &Sheet<'_>, drawn: &[(&Plot<'_>, &Mark<'_>)]) -> String {
    let Some(plot) = sheet.main() else { return String::new() };
    let unit = if plot.sign() == "%" { plot.word("percent") } else { plot.unit() };
    let area = if sheet.plots.len() == 1 { plot.name } else { "" };
    let periods: Vec<TimePeriod> = drawn.iter().map(|(_, mark)| mark.period).collect();
    let span = span(plot, periods.iter().min(), periods.iter().max());
    let parts: Vec<&str> = [area, unit, &span].into_iter().filter(|part| !part.is_empty()).collect();
    capitalised(&parts.join(", "))
}

/// From the first period to the last.
fn span(plot: &Plot<'_>, first: Option<&TimePeriod>, last: Option<&TimePeriod>) -> String {
    match (first, last) {
        (Some(first), Some(last)) if first == last => first.label(plot.locale()),
        (Some(first), Some(last)) => {
            let (from, to) = (first.short_label(plot.locale()), last.short_label(plot.locale()));
            let dash = if from.contains(['–', ' ']) || to.contains(['–', ' ']) { " – " } else { "–" };
            format!("{from}{dash}{to}")
        }
        _ => String::new(),
    }
}

/// The first letter in upper case.
pub(super) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What the chart shows, in sentences: the newest value, the time, the extremes, the change, the targets.
pub(super) fn description(sheet: &Sheet<'_>, kind: ChartKind, drawn: &[(&Plot<'_>, &Mark<'_>)]) -> String {
    let mut sentences = match sheet.plots.as_slice() {
        [plot] => of_one(plot),
        _ => super::describe_many::sentences(sheet, kind, drawn),
    };
    if let Some(plot) = sheet.main().filter(|_| kind.has_value_axis() && is_cropped(sheet)) {
        sentences.push(plot.word("note_cropped").to_owned());
    }
    sentences.iter().map(|sentence| capitalised(sentence)).collect::<Vec<_>>().join(" ")
}

/// The sentences about a single strand.
fn of_one(plot: &Plot<'_>) -> Vec<String> {
    let mut sentences = Vec::new();
    if let Some(newest) = plot.newest().filter(|mark| !mark.is_target()) {
        sentences.push(newest_value(plot, newest));
    } else if plot.actuals().next().is_none() {
        sentences.push(fill(plot.word("describe_only_targets"), &[("title", &name(plot))]));
    }
    let actuals: Vec<&Mark<'_>> = plot.actuals().collect();
    if let [first, .., last] = actuals.as_slice() {
        let (from, to, count) = (first.period.label(plot.locale()), last.period.label(plot.locale()), actuals.len().to_string());
        sentences.push(fill(plot.word("describe_span"), &[("count", &count), ("from", &from), ("to", &to)]));
    }
    let breaks = actuals.iter().filter(|mark| mark.is_break() && actuals.first().is_some_and(|f| f.period != mark.period));
    for at in breaks.filter_map(|mark| mark.broken).take(MOST_TARGETS) {
        sentences.push(fill(plot.word("describe_break"), &[("period", &at.label(plot.locale()))]));
    }
    let comparable = comparable(&actuals);
    sentences.extend(extremes(plot, &comparable, comparable.len() < actuals.len()));
    sentences.extend(change(plot, &comparable));
    sentences.extend(targets(plot));
    sentences
}

/// A sentence for each of the last targets.
pub(super) fn targets(plot: &Plot<'_>) -> Vec<String> {
    let skipped = plot.targets().count().saturating_sub(MOST_TARGETS);
    let target = |target: &Mark<'_>| {
        let (period, value) = (target.period.label(plot.locale()), plot.full(target.metric));
        fill(plot.word("describe_target"), &[("period", &period), ("value", &value)])
    };
    plot.targets().skip(skipped).map(target).collect()
}

/// The indicator, with its area where there are several.
fn name(plot: &Plot<'_>) -> String {
    let (title, area) = (plot.request.title, plot.name);
    if area.is_empty() { title.to_owned() } else { fill(plot.word("describe_area"), &[("title", title), ("area", area)]) }
}

fn newest_value(plot: &Plot<'_>, mark: &Mark<'_>) -> String {
    let value = plot.full(mark.metric);
    let letter = mark.metric.status.letter().to_string();
    let value = match (mark.is_preliminary(), plot.locale().status.get(&letter)) {
        (true, Some(status)) => fill(plot.word("with_status"), &[("text", &value), ("status", status)]),
        _ => value,
    };
    let period = mark.period.label(plot.locale());
    fill(plot.word("describe_newest"), &[("title", &name(plot)), ("period", &period), ("value", &value)])
}

/// The values that may be compared with the newest one: definite, of like periods, after the last break.
pub(super) fn comparable<'a, 'b>(actuals: &[&'a Mark<'b>]) -> Vec<&'a Mark<'b>> {
    let Some(last) = actuals.last() else { return Vec::new() };
    let since = actuals.iter().rposition(|mark| mark.is_break()).unwrap_or(0);
    let like = |mark: &&&Mark<'_>| mark.period.is_like(last.period) && mark.is_definite();
    actuals.iter().skip(since).filter(like).copied().collect()
}

/// The highest and the lowest of three values or more.
fn extremes(plot: &Plot<'_>, marks: &[&Mark<'_>], partial: bool) -> Option<String> {
    let highest = marks.iter().max_by_key(|mark| (mark.high, mark.period))?;
    let lowest = marks.iter().min_by_key(|mark| (mark.low, std::cmp::Reverse(mark.period)))?;
    if marks.len() < 3 || highest.high == lowest.low {
        return None;
    }
    let label = |mark: &Mark<'_>| mark.period.label(plot.locale());
    let pattern = plot.word(if partial { "describe_extremes_partial" } else { "describe_extremes" });
    let (from, to) = (marks.first().map(|mark| label(mark))?, marks.last().map(|mark| label(mark))?);
    Some(fill(
        pattern,
        &[
            ("high", &plot.full(highest.metric)),
            ("high_period", &label(highest)),
            ("low", &plot.full(lowest.metric)),
            ("low_period", &label(lowest)),
            ("from", &from),
            ("to", &to),
        ],
    ))
}

/// The change from the first to the last; flows only with the same part of another year.
pub(super) fn change(plot: &Plot<'_>, marks: &[&Mark<'_>]) -> Option<String> {
    let (first, last) = (marks.first()?, marks.last()?);
    let flow = plot.request.definition.measure == Measure::Flow;
    if first.period == last.period || (flow && !first.period.is_same_part_of_year(last.period)) {
        return None;
    }
    let (from, to) = (first.metric.amount.value()?, last.metric.amount.value()?);
    let locale = plot.locale();
    let (sign, size) = if plot.request.definition.is_percent() {
        let points = to.minus(from)?;
        (points.signum(), fill(&locale.change.points, &[("n", &format_number(points.abs(), locale))]))
    } else {
        let percent: Decimal = to.percent_change(from, 1)?;
        (percent.signum(), format!("{}{}", format_number(percent.abs(), locale), locale.number.percent))
    };
    let words = &locale.change;
    let change = match sign {
        0 => words.flat.clone(),
        sign => fill(if sign > 0 { &words.up } else { &words.down }, &[("n", &size)]),
    };
    let label = |mark: &Mark<'_>| mark.period.label(locale);
    Some(fill(plot.word("describe_change"), &[("change", &change), ("from", &label(first)), ("to", &label(last))]))
}
