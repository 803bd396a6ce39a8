use std::collections::BTreeMap;

use crate::build::PageLinks;
use crate::markdown::WrittenLink;
use crate::text::{Place, Span};

/// Every link of a page and where it stands in the file: the first link to an address at its first mention, the second
/// at its second. One that a template wrote stands where the Markdown begins.
pub(super) fn places(page: &PageLinks) -> Vec<(&WrittenLink, Place)> {
    let text = page.source.text();
    let text = text.get(page.body.start..page.body.end).unwrap_or_default();
    let mut seen: BTreeMap<&str, (usize, Span)> = BTreeMap::new();
    let mut found = Vec::with_capacity(page.written.len());
    for link in &*page.written {
        let url = link.url.as_str();
        let (from, last) = seen.get(url).copied().unwrap_or_default();
        let span = mention(text, url, from).or_else(|| mention(text, &url.replace('&', "&amp;"), from)).unwrap_or(last);
        seen.insert(url, (span.end, span));
        found.push((link, page.source.place(span.shifted(page.body.start))));
    }
    found
}

/// The first mention of an address that is not only the beginning of a longer one.
fn mention(text: &str, url: &str, from: usize) -> Option<Span> {
    let ends = |end: usize| {
        let next = text.get(end..).and_then(|rest| rest.chars().next());
        next.is_none_or(|c| c.is_whitespace() || matches!(c, ')' | '>' | '<' | '"' | '\'' | ']' | '`' | ','))
    };
    let mut found = text.get(from..)?.match_indices(url).map(|(at, _)| from + at);
    let start = found.find(|start| ends(start + url.len()))?;
    (!url.is_empty()).then(|| Span { start, end: start + url.len() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{SitePath, SourceText};

    #[test]
    fn each_link_stands_where_it_is_written() {
        let text = "+++\n+++\n[a](https://a.vn/x) [b](https://a.vn)\n<https://a.vn> [c][r] [d](https://a.vn/?x&amp;y)\n\n[r]: https://r.vn\n";
        let urls = ["https://a.vn/x", "https://a.vn", "https://a.vn", "https://r.vn", "https://a.vn/?x&y", "https://made.vn"];
        let page = PageLinks {
            source: SourceText::new(SitePath::new("content/a.md"), text),
            body: Span { start: 8, end: text.len() },
            path: "/a/".to_owned(),
            written: urls.iter().map(|url| WrittenLink { url: (*url).to_owned(), image: false }).collect(),
        };
        let found: Vec<_> = places(&page).iter().map(|(_, place)| place.line_column()).collect();
        assert_eq!(found, [(3, 5), (3, 25), (4, 2), (6, 6), (4, 27), (3, 1)]);
    }
}
