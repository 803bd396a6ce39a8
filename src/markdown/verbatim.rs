use std::borrow::Cow;

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
                if let Some(at) = heading.rfind('{') {
                    hidden.push(range.start + at);
                }
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

fn hide(markdown: &str, range: std::ops::Range<usize>, hidden: &mut Vec<usize>) {
    let text = markdown.get(range.clone()).unwrap_or_default();
    hidden.extend(text.match_indices('{').map(|(at, _)| range.start + at));
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
}
