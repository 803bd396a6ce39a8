use tera::Value;

use super::basics::{maybe, object, text};
use crate::config::Language;
use crate::content::Page;
use crate::indicator::{Break, ComputedLine, Definition, Derived};
use crate::template::Site;

/// What is computed of a series, each number with what it is.
pub(super) fn computed(derived: Option<&Derived>, definition: &Definition, language: &Language) -> Vec<Value> {
    let lines = derived.map(|derived| derived.lines(definition, &language.code, &language.locale)).unwrap_or_default();
    let line =
        |line: &ComputedLine| object([("name", text(line.name)), ("label", text(&line.label)), ("text", text(&line.text))]);
    lines.iter().map(line).collect()
}

/// The name of the status of progress to the target, where there is a target.
pub(super) fn progress(derived: Option<&Derived>) -> Option<&'static str> {
    Some(derived?.progress?.status.word())
}

/// A break in the series.
pub(super) fn series_break(site: &Site, each: &Break, language: &Language) -> Value {
    let area = each.ref_area.as_deref().map(|area| site.config.area_name(area, &language.code));
    let note = each.note.text(&language.code);
    object([
        ("period", text(&each.at.label(&language.locale))),
        ("time_period", text(&each.at.to_string())),
        ("ref_area", maybe(each.ref_area.as_deref())),
        ("area", maybe(area)),
        ("note", maybe(note.map(|(note, _)| note))),
        ("note_lang", maybe(note.map(|(_, lang)| lang.as_str()))),
    ])
}

/// Another indicator in short.
pub(super) fn other(site: &Site, slug: &str, language: &Language) -> Value {
    let definition = site.catalogue.definition(slug);
    let page = definition.and_then(|definition| site.library.page_in(definition.page, &language.code));
    object([
        ("slug", text(slug)),
        ("title", maybe(page.map(Page::title))),
        ("permalink", maybe(page.map(|page| page.permalink.as_str()))),
    ])
}
