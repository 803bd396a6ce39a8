use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Sink};
use crate::indicator::{Definition, Reference};
use crate::text::closest;

type Definitions = BTreeMap<String, Definition>;

/// Reports what indicators name of one another and should not: unknown ones, parts of themselves, parts in another unit.
pub(super) fn check_links(definitions: &Definitions, sink: &Sink) {
    for (slug, definition) in definitions {
        for (key, reference) in [("part_of", &definition.part_of), ("population", &definition.population)] {
            let Some(reference) = reference else { continue };
            match definitions.get(&reference.slug) {
                None => report_unknown(key, reference, definitions, sink),
                Some(whole) if key == "part_of" => check_unit((slug, definition), (reference, whole), sink),
                Some(_) => {}
            }
        }
    }
    report_circles(definitions, sink);
}

fn report_unknown(key: &str, reference: &Reference, definitions: &Definitions, sink: &Sink) {
    let help = match closest(&reference.slug, definitions.keys().map(String::as_str)) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("add its page content/indicators/{}.md, or remove `{key}`", reference.slug),
    };
    let message = format!("`{key}` names `{}`, and there is no such indicator", reference.slug);
    sink.push(Diagnostic::error("unknown-indicator", message).at_place(reference.place.clone()).help(help));
}

fn check_unit((slug, part): (&str, &Definition), (reference, whole): (&Reference, &Definition), sink: &Sink) {
    if part.unit().is_of_dimension_of(&whole.unit()) {
        return;
    }
    let message =
        format!("`{slug}` is in `{}` and cannot be a part of `{}`, which is in `{}`", part.unit, reference.slug, whole.unit);
    let diagnostic = Diagnostic::error("incompatible-unit", message).at_place(reference.place.clone());
    let help = "parts and their whole measure the same thing: check both units, or remove `part_of`";
    sink.push(diagnostic.with(whole.place.clone(), "the whole").help(help));
}

/// Follows each indicator to its wholes; one circle is one finding, at the first of its members.
fn report_circles(definitions: &Definitions, sink: &Sink) {
    let whole = |slug: &str| definitions.get(slug).and_then(|definition| definition.part_of.as_ref());
    let mut done: BTreeSet<&str> = BTreeSet::new();
    for start in definitions.keys().map(String::as_str) {
        let (mut path, mut on_path) = (Vec::new(), BTreeSet::new());
        let mut at = start;
        while !done.contains(at) && on_path.insert(at) {
            path.push(at);
            let Some(next) = whole(at) else { break };
            at = &next.slug;
        }
        // Whoever comes to one of its own path goes round.
        if !done.contains(at) && path.last().is_some_and(|last| whole(last).is_some_and(|next| next.slug == at)) {
            let circle: Vec<&str> = path.iter().copied().skip_while(|slug| *slug != at).collect();
            report_circle(&circle, &whole, sink);
        }
        done.extend(path);
    }
}

fn report_circle<'a>(circle: &[&'a str], whole: &impl Fn(&str) -> Option<&'a Reference>, sink: &Sink) {
    let Some(first) = circle.first().and_then(|slug| whole(slug)) else { return };
    let names: Vec<String> = circle.iter().chain(circle.first()).map(|slug| format!("`{slug}`")).collect();
    let message = match circle {
        [only] => format!("`{only}` is a part of itself"),
        _ => format!("these indicators are parts of one another in a circle: {}", names.join(" of ")),
    };
    let mut diagnostic = Diagnostic::error("circular-parts", message).at_place(first.place.clone());
    for other in circle.iter().skip(1).filter_map(|slug| whole(slug)) {
        diagnostic = diagnostic.with(other.place.clone(), "and here");
    }
    sink.push(diagnostic.help("remove one `part_of`: the whole of all of them is a part of nothing"));
}
