use pulldown_cmark::{Event, Tag, TagEnd, html};

/// Where the summary ends, between blocks.
pub(super) const MORE: &str = "<span id=\"continue-reading\"></span>\n";
/// Where the summary ends, inside a line.
pub(super) const MORE_IN_LINE: &str = "<span id=\"continue-reading\"></span>";

/// What stands before and after `<!-- more -->` in a piece of HTML, in any case and with any space.
pub(super) fn split_at_more(html: &str) -> Option<(&str, &str)> {
    let mut rest = html;
    while let Some((_, inside)) = rest.split_once("<!--") {
        let (comment, after) = inside.split_once("-->")?;
        if comment.trim().eq_ignore_ascii_case("more") {
            let before = html.len() - inside.len() - "<!--".len();
            return Some((html.get(..before)?, after));
        }
        rest = after;
    }
    None
}

/// What stands before the mark, without references to footnotes; `None` without a mark.
/// Where it stops inside a block, `cutoff` makes the end of the text, and what is open is closed.
pub(super) fn cut(events: &[Event<'_>], cutoff: impl FnOnce(&str) -> String) -> Option<String> {
    let is_mark = |event: &Event<'_>| matches!(event, Event::Html(html) | Event::InlineHtml(html) if [MORE, MORE_IN_LINE].contains(&&**html));
    let more = events.iter().position(is_mark)?;
    let mut kept: Vec<Event<'_>> = Vec::with_capacity(more);
    let mut open: Vec<Event<'_>> = Vec::new();
    let mut in_note = false;
    for event in events.iter().take(more) {
        match event {
            Event::Start(Tag::FootnoteDefinition(_)) => in_note = true,
            Event::End(TagEnd::FootnoteDefinition) => in_note = false,
            Event::FootnoteReference(_) => {}
            _ if in_note => {}
            other => {
                follow(other, &mut open);
                kept.push(other.clone());
            }
        }
    }
    let mut summary = String::new();
    html::push_html(&mut summary, kept.into_iter());
    summary.truncate(summary.trim_end().len());
    if !open.is_empty() {
        let end = cutoff(&summary);
        summary.push_str(&end);
        html::push_html(&mut summary, open.into_iter().rev());
    }
    Some(summary)
}

/// Keeps the ends of what is open. Links and cells that we write ourselves are HTML by now.
fn follow<'e>(event: &Event<'e>, open: &mut Vec<Event<'e>>) {
    match event {
        Event::Start(tag) => open.push(Event::End(tag.to_end())),
        Event::End(_) => {
            open.pop();
        }
        Event::InlineHtml(html) => {
            let end = ["a", "td", "th"].into_iter().find_map(|name| {
                let rest = html.strip_prefix('<')?;
                if rest.strip_prefix('/')?.strip_prefix(name)? == ">" { Some(name) } else { None }
            });
            let start = ["a", "td", "th"].into_iter().find(|name| {
                html.strip_prefix('<').and_then(|rest| rest.strip_prefix(name)).is_some_and(|rest| rest.starts_with([' ', '>']))
            });
            if let Some(name) = start.filter(|_| !html.contains("</")) {
                open.push(Event::InlineHtml(format!("</{name}>").into()));
            } else if let Some(name) = end
                && matches!(open.last(), Some(Event::InlineHtml(html)) if **html == format!("</{name}>"))
            {
                open.pop();
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_is_found_in_any_case_and_space() {
        assert_eq!(split_at_more("a<!--More-->b"), Some(("a", "b")));
        assert_eq!(split_at_more("<!-- x --><!--\n MORE  -->"), Some(("<!-- x -->", "")));
        assert_eq!(split_at_more("<!-- moreover -->"), None);
        assert_eq!(split_at_more("<!-- more"), None);
    }
}
