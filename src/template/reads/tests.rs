mod poison;
mod rules;
mod sites;

use std::collections::BTreeMap;

use super::{Analysis, Items, Reads, TemplateReads};

/// What templates, given by name and text, read; of the one named.
fn reads_of(templates: &[(&str, &str)], name: &str) -> TemplateReads {
    Analysis::new(templates.iter().copied(), &[]).of(name)
}

/// What is read, in short: `*` all, `?` whether it is true, `#` its length, `.{…}` fields, `[..]` of each item,
/// `[:6]` of the first items, `[_]` of any field or item; nothing but its kind is an empty text.
fn shown(reads: &Reads) -> String {
    if reads.whole {
        return "*".to_owned();
    }
    let mut text = String::new();
    if reads.itself {
        text.push('?');
    }
    if reads.length {
        text.push('#');
    }
    if !reads.fields.is_empty() {
        text.push_str(&format!(".{{{}}}", all_shown(&reads.fields)));
    }
    if let Some(any) = &reads.any {
        text.push_str(&format!("[_]{}", shown(any)));
    }
    if let Some(Items { first, each }) = &reads.items {
        let first = first.map_or("..".to_owned(), |first| format!(":{first}"));
        text.push_str(&format!("[{first}]{}", shown(each)));
    }
    text
}

fn all_shown(reads: &BTreeMap<String, Reads>) -> String {
    reads.iter().map(|(name, reads)| format!("{name}{}", shown(reads))).collect::<Vec<_>>().join(" ")
}

/// What a template reads, in short: variables, then functions after a bar.
fn in_short(reads: &TemplateReads) -> String {
    if reads.everything {
        return "everything".to_owned();
    }
    let variables = all_shown(&reads.variables);
    if reads.functions.is_empty() { variables } else { format!("{variables} | {}", all_shown(&reads.functions)) }
}
