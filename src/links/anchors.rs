//! Places on pages.

use percent_encoding::percent_decode_str;

/// The part of a fragment that names an element: none for the top of a page, for highlighted text, and for addresses
/// that the page's own script understands.
pub(super) fn element(fragment: &str) -> Option<&str> {
    let name = fragment.split(":~:").next().unwrap_or_default();
    let no_element = name.is_empty() || name.eq_ignore_ascii_case("top") || name.starts_with('/') || name.starts_with('!');
    (!no_element).then_some(name)
}

/// Whether an element of a page has the id or the name. GitHub shows `#x` at an element of the id `user-content-x`.
pub(super) fn has_anchor(html: &str, name: &str) -> bool {
    let decoded = percent_decode_str(name).decode_utf8_lossy();
    let escaped = decoded.replace('&', "&amp;").replace('"', "&quot;");
    let of_github = format!("user-content-{decoded}");
    [name, &decoded, &escaped, &of_github]
        .iter()
        .any(|name| html.match_indices(name).any(|(at, _)| is_name(html, at, name.len())))
}

/// Whether what stands there is the whole value of an attribute `id` or `name`.
fn is_name(html: &str, at: usize, length: usize) -> bool {
    let before = html.get(..at).unwrap_or_default();
    let after = html.get(at + length..).unwrap_or_default();
    let (before, closed) = match before.chars().next_back() {
        Some(quote @ ('"' | '\'')) => (before.strip_suffix(quote).unwrap_or(before), after.starts_with(quote)),
        _ => (before, after.starts_with(|c: char| c.is_whitespace() || c == '>')),
    };
    let Some(before) = before.trim_end().strip_suffix('=').map(str::trim_end).filter(|_| closed) else { return false };
    ["id", "name"].iter().any(|attribute| {
        let Some(start) = before.len().checked_sub(attribute.len()) else { return false };
        let word = before.get(start..).is_some_and(|word| word.eq_ignore_ascii_case(attribute));
        word && before.get(..start).is_some_and(|rest| rest.ends_with(|c: char| c.is_whitespace() || matches!(c, '"' | '\'')))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_names_of_any_spelling_are_found() {
        let html =
            "<h2 id=\"tổng-quan\"><a\n NAME = 'old'></a><p class=x id=bare><p id=\"a&amp;b\"><h1 id=\"user-content-readme\">";
        for name in ["tổng-quan", "t%E1%BB%95ng-quan", "old", "bare", "a&b", "readme"] {
            assert!(has_anchor(html, name), "{name}");
        }
        for name in ["tổng", "quan", "x", "h2", "Old", "class"] {
            assert!(!has_anchor(html, name), "{name}");
        }
    }

    #[test]
    fn only_whole_values_of_ids_and_names_count() {
        for html in
            ["<p data-id=\"x\">", "<p id=\"xy\">", "<p id=\"yx\">", "<a href=\"#x\">", "<p>x</p>", "<p id=\"x", "x", "id=x>"]
        {
            assert!(!has_anchor(html, "x"), "{html}");
        }
    }

    #[test]
    fn some_fragments_name_no_element() {
        for fragment in ["", "top", "/route", "!old", ":~:text=x"] {
            assert_eq!(element(fragment), None, "{fragment}");
        }
        assert_eq!(element("part:~:text=x"), Some("part"));
        assert_eq!(element("a/b"), Some("a/b"));
    }
}
