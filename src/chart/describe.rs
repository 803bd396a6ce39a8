use super::plot::{Mark, Plot};
use crate::indicator::Measure;
use crate::locale::{Decimal, fill, format_number};

/// The area, the unit and the time that a chart covers: "Đà Nẵng, %, 2015–2020".
pub(super) fn subtitle(plot: &Plot<'_>) -> String {
    let unit = if plot.sign() == "%" { plot.word("percent") } else { plot.unit() };
    let parts: Vec<String> =
        [plot.request.area_name.to_owned(), unit.to_owned(), span(plot)].into_iter().filter(|part| !part.is_empty()).collect();
    capitalised(&parts.join(", "))
}

/// From the first period to the last.
fn span(plot: &Plot<'_>) -> String {
    let short = |mark: Option<&Mark<'_>>| mark.map(|mark| mark.period.short_label(plot.locale())).unwrap_or_default();
    match plot.marks.as_slice() {
        [only] => only.period.label(plot.locale()),
        [first, .., last] if first.period == last.period => first.period.label(plot.locale()),
        marks => {
            let (from, to) = (short(marks.first()), short(marks.last()));
            let dash = if from.contains(['–', ' ']) || to.contains(['–', ' ']) { " – " } else { "–" };
            format!("{from}{dash}{to}")
        }
    }
}

/// The first letter in upper case.
pub(super) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What the chart shows, in sentences: the newest value, the time, the extremes, the change, the targets.
pub(super) fn description(plot: &Plot<'_>) -> String {
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
    for mark in breaks.clone() {
        sentences.push(fill(plot.word("describe_break"), &[("period", &mark.period.label(plot.locale()))]));
    }
    let comparable = comparable(&actuals);
    sentences.extend(extremes(plot, &comparable, comparable.len() < actuals.len()));
    sentences.extend(change(plot, &comparable));
    for target in plot.targets() {
        let (period, value) = (target.period.label(plot.locale()), plot.full(target.metric));
        sentences.push(fill(plot.word("describe_target"), &[("period", &period), ("value", &value)]));
    }
    sentences.iter().map(|sentence| capitalised(sentence)).collect::<Vec<_>>().join(" ")
}

/// The indicator, with its area where there are several.
fn name(plot: &Plot<'_>) -> String {
    let (title, area) = (plot.request.title, plot.request.area_name);
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
fn comparable<'a, 'b>(actuals: &[&'a Mark<'b>]) -> Vec<&'a Mark<'b>> {
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
fn change(plot: &Plot<'_>, marks: &[&Mark<'_>]) -> Option<String> {
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
