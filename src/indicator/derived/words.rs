use super::{Derived, Distance};
use crate::indicator::{Change, Definition, Direction};
use crate::locale::{Decimal, Locale, fill, format_number, format_quantity};
use crate::text::Lang;

/// A computed number in the words of a language.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ComputedLine {
    /// Which it is, for machines.
    pub name: &'static str,
    /// What it is.
    pub label: String,
    /// How much.
    pub text: String,
}

pub(super) fn lines(derived: &Derived, definition: &Definition, lang: &Lang, locale: &Locale) -> Vec<ComputedLine> {
    let words = &locale.computed;
    let line = |name: &'static str, text: String| ComputedLine { name, label: Locale::word(words, name).to_owned(), text };
    let pattern = |name: &'static str, values: &[(&str, &str)]| fill(Locale::word(words, name), values);
    let quantity = |value: Decimal| {
        format_quantity(&format_number(value.padded(definition.decimals), locale), definition.unit_label(lang), locale)
    };
    let mut lines = Vec::new();
    lines.extend(derived.change.map(|change| line("change", change.text(locale))));
    lines.extend(derived.growth.map(|growth| {
        let (from, to) = (growth.from.label(locale), growth.to.label(locale));
        let rate = Change::words(
            growth.rate.signum(),
            &format!("{}{}", format_number(growth.rate.abs(), locale), locale.number.percent),
            locale,
        );
        line("growth", pattern("growth_text", &[("change", &rate), ("from", &from), ("to", &to)]))
    }));
    lines.extend(derived.distance.map(|distance| {
        let difference = distance.difference.abs();
        let size = if definition.is_percent() {
            fill(&locale.change.points, &[("n", &format_number(difference.padded(definition.decimals), locale))])
        } else {
            quantity(difference)
        };
        let period = distance.target_period.label(locale);
        line("distance", pattern(distance_pattern(&distance, definition.direction), &[("n", &size), ("period", &period)]))
    }));
    lines.extend(derived.progress.map(|progress| line("progress", Locale::word(words, progress.status.word()).to_owned())));
    lines.extend(derived.per_people.map(|per| {
        let (n, period) = (format_number(per.value, locale), per.period.label(locale));
        line("per_people", pattern("per_people_text", &[("n", &n), ("period", &period)]))
    }));
    lines.extend(derived.total.map(|total| {
        let (n, period, parts) = (quantity(total.value), total.period.label(locale), total.parts.to_string());
        line("total", pattern("total_text", &[("n", &n), ("period", &period), ("parts", &parts)]))
    }));
    lines
}

/// Whether the value falls short of the target, is beyond it, or simply elsewhere.
fn distance_pattern(distance: &Distance, direction: Direction) -> &'static str {
    match (direction, distance.difference.signum()) {
        (_, 0) => "met",
        (Direction::Up, 1) | (Direction::Down, -1) => "short",
        (Direction::None, _) => "apart",
        _ => "beyond",
    }
}
