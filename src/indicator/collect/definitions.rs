use std::collections::BTreeMap;

use crate::config::Config;
use crate::content::{Library, Page};
use crate::data::{Data, Table};
use crate::diagnostic::{Diagnostic, Sink};
use crate::indicator::{Definition, read_definition, read_unit_label};
use crate::text::Span;

/// Every indicator of a library by its slug.
pub(super) fn read_definitions(library: &Library, config: &Config, sink: &Sink) -> BTreeMap<String, Definition> {
    let mut definitions: BTreeMap<String, Definition> = BTreeMap::new();
    for (id, page) in library.pages.iter().enumerate() {
        let Some((table, span)) = indicator_table(page) else { continue };
        let origin = library.origin(id);
        if origin != id {
            let default = library.pages.get(origin).filter(|origin| indicator_table(origin).is_none());
            if let Some(default) = default {
                let message = "this is an indicator, but its default-language file is not";
                let help = format!("add `[extra.indicator]` to {}", default.source.path);
                sink.push(Diagnostic::error("indicator-in-translation", message).at(&page.source, span).help(help));
            }
            continue;
        }
        let Some(mut definition) = read_definition(&page.source, table, span, id, &page.file.lang, sink) else { continue };
        for translation in page.translations.iter().filter(|translation| **translation != id) {
            let Some(page) = library.pages.get(*translation) else { continue };
            if let Some((table, _)) = indicator_table(page)
                && let Some(label) = read_unit_label(&page.source, table, sink)
            {
                definition.unit_labels.insert(page.file.lang.clone(), label);
            }
        }
        definition.targets.iter_mut().for_each(|target| target.indicator.clone_from(&page.slug));
        report_missing_labels(page, &definition, config, sink);
        if let Some(other) = definitions.get(&page.slug) {
            let message = format!("two indicators have the slug `{}`", page.slug);
            let diagnostic = Diagnostic::error("duplicate-indicator", message).at(&page.source, span);
            sink.push(diagnostic.with(other.place.clone(), "the other one").help("rename one of the files"));
            continue;
        }
        definitions.insert(page.slug.clone(), definition);
    }
    definitions
}

/// The table `[extra.indicator]` of a page and where it starts.
pub(super) fn indicator_table(page: &Page) -> Option<(&Table, Span)> {
    let node = page.front.extra.get("indicator")?;
    match &node.value {
        Data::Table(table) => Some((table, table.entries().first().map_or(node.span, |entry| entry.key_span))),
        _ => None,
    }
}

fn report_missing_labels(page: &Page, definition: &Definition, config: &Config, sink: &Sink) {
    for language in &config.languages {
        if definition.unit_labels.contains_key(&language.code) {
            continue;
        }
        let suffix = if language.code == config.default_language { String::new() } else { format!(".{}", language.code) };
        let file = format!("content/{}{suffix}.md", page.file.canonical());
        let message = format!("this indicator has no `unit_label` in `{}`", language.code);
        let help = format!("write `unit_label = \"…\"` under `[extra.indicator]` in {file}");
        sink.push(Diagnostic::error("missing-unit-label", message).at_place(definition.place.clone()).help(help));
    }
}
