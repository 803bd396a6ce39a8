use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::render::parser;

/// Stands for `{` where a template must not look: in code and in heading attributes. One byte, as `{` is, so that positions hold.
pub const HIDDEN_BRACE: char = '\u{1}';

/// Hides the braces of code spans, code blocks and heading attributes (`{#id}`) from templates.
pub fn protect(markdown: &str) -> Cow<'_, str> {
    if !markdown.contains('{') {
        return Cow::Borrowed(markdown);
    }
    let mut hidden: Vec<usize> = Vec::new();
    let mut code_block = None;
    for (event, range) in parser(markdown).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => code_block = Some(range),
            Event::End(TagEnd::CodeBlock) => hide(markdown, code_block.take().unwrap_or(range), &mut hidden),
            Event::Code(_) => hide(markdown, range, &mut hidden),
            Event::Start(Tag::Heading { id, classes, attrs, .. }) if id.is_some() || !classes.is_empty() || !attrs.is_empty() => {
                let heading = markdown.get(range.clone()).unwrap_or_default();
                hidden.extend(heading.rfind('{').filter(|at| is_attribute(heading, *at)).map(|at| range.start + at));
            }
            _ => {}
        }
    }
    if hidden.is_empty() {
        return Cow::Borrowed(markdown);
    }
    hidden.sort_unstable();
    let mut protected = String::with_capacity(markdown.len());
    let mut from = 0;
    for at in hidden {
        if at >= from {
            protected.push_str(markdown.get(from..at).unwrap_or_default());
            protected.push(HIDDEN_BRACE);
            from = at + 1;
        }
    }
    protected.push_str(markdown.get(from..).unwrap_or_default());
    Cow::Owned(protected)
}

/// Brings the hidden braces back.
pub fn unprotect(text: String) -> String {
    if text.contains(HIDDEN_BRACE) { text.replace(HIDDEN_BRACE, "{") } else { text }
}

/// Whether a brace at the end of a heading opens attributes, and neither a call, a statement nor a comment of a template.
fn is_attribute(heading: &str, at: usize) -> bool {
    let (before, from) = (heading.get(..at).unwrap_or_default(), heading.get(at + 1..).unwrap_or_default());
    let is_comment = from.strip_prefix('#').is_some_and(|rest| rest.starts_with(char::is_whitespace));
    !before.ends_with('{') && !from.starts_with(['%', '{']) && !is_comment
}

/// Hides the braces of code, save those of a pair `{% raw %}` … `{% endraw %}`: sites of Zola write it around their examples.
fn hide(markdown: &str, range: Range<usize>, hidden: &mut Vec<usize>) {
    let text = markdown.get(range.clone()).unwrap_or_default();
    let tags: Vec<(usize, RawTag)> =
        text.match_indices("{%").filter_map(|(at, _)| Some((at, raw_tag(text.get(at..)?)?))).collect();
    let mut kept = Vec::new();
    let mut opened = None;
    for (at, tag) in tags {
        match (tag, opened) {
            (RawTag::Start, None) => opened = Some(at),
            (RawTag::End, Some(start)) => {
                kept.extend([start, at]);
                opened = None;
            }
            _ => {}
        }
    }
    hidden.extend(text.match_indices('{').filter(|(at, _)| kept.binary_search(at).is_err()).map(|(at, _)| range.start + at));
}

#[derive(Clone, Copy)]
enum RawTag {
    Start,
    End,
}

/// The tag that a text starts with: `{% raw %}`, `{%- endraw -%}`.
fn raw_tag(text: &str) -> Option<RawTag> {
    let head: String = text.chars().take(24).collect();
    let inside = head.strip_prefix("{%")?.split_once("%}")?.0;
    let word = inside.strip_prefix('-').unwrap_or(inside);
    match word.strip_suffix('-').unwrap_or(word).trim() {
        "raw" => Some(RawTag::Start),
        "endraw" => Some(RawTag::End),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_and_heading_ids_are_hidden_and_come_back() {
        let text = "# A {#a}\n\n`{{ x }}` {{ y }}\n\n```\n{% z %}\n```\n\n    {{ indented }}\n";
        let protected = protect(text);
        assert_eq!(protected.matches("{{").count(), 1, "{protected}");
        assert_eq!(protected.len(), text.len());
        assert_eq!(unprotect(protected.into_owned()), text);
    }

    #[test]
    fn a_raw_pair_in_code_stays_for_templates() {
        let text = "```\n{% raw -%}\n{{ x }} {%- endraw %} {% raw %}\n```\n";
        let protected = protect(text);
        assert!(protected.contains("{% raw -%}") && protected.contains("{%- endraw %}"), "{protected}");
        assert_eq!(protected.matches('{').count(), 2, "{protected}");
    }

    #[test]
    fn a_template_at_a_headings_end_is_no_attribute() {
        for text in ["# A {% raw %}{#a}{% endraw %}", "# A {{ <x /> }}", "# A {# note #}"] {
            assert_eq!(protect(text), text);
        }
        assert!(protect("# A {#a .b}").contains(HIDDEN_BRACE));
    }
}
