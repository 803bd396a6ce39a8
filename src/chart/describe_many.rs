use super::choose::ChartKind;
use super::describe::{change, comparable, targets};
use super::plot::{Mark, Plot};
use super::sheet::Sheet;
use crate::locale::fill;

/// No more strands than these are told one by one.
const MOST_TOLD: usize = 8;

/// Several strands in sentences: which is highest and lowest in the period that most share, then each with its newest value
/// and its change.
pub(super) fn sentences(sheet: &Sheet<'_>, kind: ChartKind, drawn: &[(&Plot<'_>, &Mark<'_>)]) -> Vec<String> {
    let mut sentences = Vec::new();
    let Some(main) = sheet.main() else { return sentences };
    let Some(period) = sheet.common_period() else {
        return vec![fill(main.word("describe_only_targets"), &[("title", main.request.title)])];
    };
    let ranked = sheet.ranked(period);
    let told = |plot: &Plot<'_>, mark: &Mark<'_>| {
        fill(plot.word("describe_part"), &[("name", plot.name), ("value", &plot.full(mark.metric))])
    };
    let has_course = !matches!(kind, ChartKind::Bars | ChartKind::Hundred | ChartKind::Interval);
    // The only one with a value of that period is told there, and not again.
    let alone = match ranked.as_slice() {
        [(plot, _)] => Some(*plot),
        _ => None,
    };
    if kind == ChartKind::Hundred || ranked.len() < 3 || !ranked.iter().all(|(_, mark)| mark.is_definite()) {
        let parts: Vec<String> = ranked.iter().take(MOST_TOLD).map(|(plot, mark)| told(plot, mark)).collect();
        let words = [
            ("title", main.request.title),
            ("period", &period.label(main.locale())),
            ("value", &parts.join(main.word("describe_and"))),
        ];
        sentences.push(fill(main.word("describe_newest"), &words));
        if let Some(plot) = alone.filter(|_| has_course) {
            let actuals: Vec<&Mark<'_>> = plot.actuals().collect();
            sentences.extend(change(plot, &comparable(&actuals)).map(|change| super::describe::capitalised(&change)));
        }
    } else if let [(high_plot, high), .., (low_plot, low)] = ranked.as_slice() {
        let words = [
            ("title", main.request.title),
            ("period", &period.label(main.locale())),
            ("high", &told(high_plot, high)),
            ("low", &told(low_plot, low)),
            ("count", &ranked.len().to_string()),
        ];
        sentences.push(fill(main.word("describe_ranked"), &words));
    }
    if has_course {
        let others = sheet.plots.iter().filter(|plot| alone.is_none_or(|alone| alone.hue != plot.hue));
        sentences.extend(others.take(MOST_TOLD).filter_map(course));
    }
    let main_target = drawn.iter().any(|(_, mark)| mark.is_target());
    sentences.extend(targets(main).into_iter().filter(|_| main_target));
    sentences
}

/// The newest value of a strand and how it came there.
fn course(plot: &Plot<'_>) -> Option<String> {
    let actuals: Vec<&Mark<'_>> = plot.actuals().collect();
    let newest = actuals.last()?;
    let (period, value) = (newest.period.label(plot.locale()), plot.full(newest.metric));
    let words = [("title", plot.name), ("period", period.as_str()), ("value", value.as_str())];
    let mut sentence = fill(plot.word("describe_newest"), &words);
    if let Some(change) = change(plot, &comparable(&actuals)) {
        sentence = format!("{sentence} {}", super::describe::capitalised(&change));
    }
    Some(sentence)
}
