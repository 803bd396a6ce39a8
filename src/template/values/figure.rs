use tera::Value;

use super::basics::{maybe, object, text};
use crate::config::Language;
use crate::content::Page;
use crate::export::Format;
use crate::indicator::{Amount, Change, Definition, Direction, Interval, Kind, Metric, ObsStatus, Revision, breakdown_label};
use crate::locale::Locale;
use crate::template::Site;

/// A change in words.
pub(super) fn change(change: Change, direction: Direction, locale: &Locale) -> Value {
    let (way, good) = match (change.sign(), change.is_better(direction)) {
        (0, _) => ("flat", "neutral"),
        (sign, better) => {
            let good = match better {
                Some(true) => "better",
                Some(false) => "worse",
                None => "neutral",
            };
            (if sign > 0 { "up" } else { "down" }, good)
        }
    };
    object([
        ("text", text(&change.text(locale))),
        ("direction", text(way)),
        ("good", text(good)),
        ("computed", change.is_computed().into()),
    ])
}

/// The words for a kind, empty for an actual value.
pub(super) fn kind_label(kind: Kind, locale: &Locale) -> &str {
    if kind == Kind::Actual { "" } else { Locale::word(&locale.kind, kind.word()) }
}

/// The words for a status, empty for a normal value.
pub(super) fn status_label(status: ObsStatus, locale: &Locale) -> &str {
    if status == ObsStatus::NORMAL { "" } else { locale.status.get(&status.letter().to_string()).map_or("", String::as_str) }
}

/// What an article says about stating another value than older ones.
pub(super) fn revision(revision: Option<&Revision>, language: &Language) -> Value {
    let Some(revision) = revision else { return Value::none() };
    let note = revision.note.text(&language.code);
    object([
        ("type", text(revision.kind.word())),
        ("label", text(Locale::word(&language.locale.observation, revision.kind.word()))),
        ("note", maybe(note.map(|(note, _)| note))),
        ("note_lang", maybe(note.map(|(_, lang)| lang.as_str()))),
    ])
}

/// A confidence interval.
pub(super) fn interval(interval: Option<Interval>, decimals: u8, locale: &Locale) -> Value {
    let Some(interval) = interval else { return Value::none() };
    object([
        ("low", text(&interval.low.to_string())),
        ("high", text(&interval.high.to_string())),
        ("level", maybe(interval.level.map(|level| level.to_string()).as_deref())),
        ("text", text(&interval.text(locale, decimals))),
    ])
}

/// A page in short: where it is and what it is called.
pub(super) fn reference(page: &Page, locale: &Locale) -> Value {
    let long = page.front.date.as_ref().map(|date| crate::locale::format_date(date.date(), &locale.date.long, &locale.date));
    object([
        ("title", text(page.title())),
        ("permalink", text(&page.permalink)),
        ("date", maybe(page.front.date.as_ref().map(|date| date.text.as_str()))),
        ("date_long", maybe(long.as_deref())),
    ])
}

/// What a figure is shown with besides its metric.
pub(super) struct FigureParts<'a> {
    pub(super) definition: &'a Definition,
    pub(super) language: &'a Language,
    /// The area, filled in.
    pub(super) ref_area: &'a str,
    /// The change to show.
    pub(super) change: Option<Change>,
    /// The article that states it.
    pub(super) article: Option<&'a Page>,
    pub(super) sparkline: &'a str,
}

/// One number as templates see it: its parts in words, ready to be set.
pub(super) fn figure(site: &Site, metric: &Metric, parts: &FigureParts<'_>) -> Value {
    let (definition, language) = (parts.definition, parts.language);
    let locale = &*language.locale;
    let unit = definition.unit_label(&language.code);
    let indicator = site.library.page_in(definition.page, &language.code);
    // Only an article that states the number may want it.
    let has_card = parts.article.is_none() && site.config.tinso.pictures && Format::Card.is_made();
    let card = indicator.filter(|_| has_card).map(|page| format!("{}{}", page.permalink, Format::Card.file()));
    let indicator = object([
        ("slug", text(&metric.indicator)),
        ("title", maybe(indicator.map(Page::title))),
        ("permalink", maybe(indicator.map(|page| page.permalink.as_str()))),
        ("card", maybe(card.as_deref())),
    ]);
    let value = metric.amount.value().map(|value| value.to_string());
    let comment = metric.comment.as_ref().and_then(|comment| comment.text(&language.code));
    object([
        ("indicator", indicator),
        ("period", text(&metric.period.label(locale))),
        ("time_period", text(&metric.period.to_string())),
        ("qualifier", text(metric.qualifier_word(locale))),
        ("number", text(&metric.amount.number(locale, definition.decimals))),
        ("unit", text(if unit == "%" { &locale.number.percent } else { unit })),
        ("percent", (unit == "%").into()),
        ("text", text(&metric.text(locale, definition.decimals, unit))),
        ("value", maybe(value.as_deref())),
        ("kind", text(metric.kind.word())),
        ("kind_label", text(kind_label(metric.kind, locale))),
        ("status", text(&metric.status.letter().to_string())),
        ("status_label", text(status_label(metric.status, locale))),
        ("change", parts.change.map_or_else(Value::none, |shown| change(shown, definition.direction, locale))),
        ("missing", (metric.amount == Amount::Missing).into()),
        ("breakdown", text(&breakdown_label(&metric.breakdown, &definition.dimensions, &language.code))),
        ("revision", revision(metric.revision.as_ref(), language)),
        ("interval", interval(metric.interval, definition.decimals, locale)),
        ("comment", maybe(comment.map(|(comment, _)| comment))),
        ("comment_lang", maybe(comment.map(|(_, lang)| lang.as_str()))),
        ("ref_area", text(parts.ref_area)),
        ("area", text(site.config.area_name(parts.ref_area, &language.code))),
        ("article", parts.article.map_or_else(Value::none, |page| reference(page, locale))),
        ("sparkline", Value::safe_string(parts.sparkline)),
    ])
}
