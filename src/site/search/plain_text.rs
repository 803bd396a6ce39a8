//! The words of a piece of HTML, as a reader sees them.

/// Elements whose content is no text to be found.
const LEFT_OUT: [&str; 5] = ["script", "style", "pre", "svg", "template"];
/// Elements within a line: their tags part no words.
const INLINE: [&str; 28] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q",
    "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "u", "wbr",
];

/// The text of HTML with its entities decoded and its white space as single spaces, without scripts, styles and code blocks.
pub(super) fn plain_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len() / 2);
    let mut rest = html;
    // The element that is being left out, and how many of its kind are open.
    let mut hidden: Option<(&str, usize)> = None;
    while let Some((before, from_tag)) = rest.find('<').and_then(|at| rest.split_at_checked(at)) {
        if hidden.is_none() {
            push(&mut text, before);
        }
        let Some(tag) = Tag::read(from_tag) else {
            if hidden.is_none() {
                push(&mut text, "<");
            }
            rest = from_tag.strip_prefix('<').unwrap_or_default();
            continue;
        };
        rest = tag.after;
        let is = |name: &str| tag.name.eq_ignore_ascii_case(name);
        if let Some((name, depth)) = &mut hidden {
            match tag.kind {
                Kind::End if is(name) => *depth -= 1,
                Kind::Start if is(name) => *depth += 1,
                _ => {}
            }
            if *depth == 0 {
                hidden = None;
            }
            continue;
        }
        if tag.kind == Kind::Start {
            hidden = LEFT_OUT.iter().find(|name| is(name)).map(|name| (*name, 1));
            if let Some(name) = hidden.map(|(name, _)| name).filter(|name| matches!(*name, "script" | "style")) {
                rest = end_of_raw(rest, name);
                hidden = None;
            }
        }
        if tag.kind != Kind::Comment && !INLINE.iter().any(|name| is(name)) {
            push(&mut text, " ");
        }
    }
    if hidden.is_none() {
        push(&mut text, rest);
    }
    text.truncate(text.trim_end().len());
    text
}

/// Adds text, its entities decoded, its white space as single spaces.
fn push(text: &mut String, html: &str) {
    for c in html_escape::decode_html_entities(html).chars() {
        // Spaces that do not break and soft hyphens part or hide what a reader types with a plain space, or none.
        if c.is_whitespace() {
            if !text.is_empty() && !text.ends_with(' ') {
                text.push(' ');
            }
        } else if c != '\u{ad}' {
            text.push(c);
        }
    }
}

/// What follows the end tag of a script or style; nothing when there is none.
fn end_of_raw<'a>(html: &'a str, name: &str) -> &'a str {
    let mut rest = html;
    while let Some((_, from_tag)) = rest.find("</").and_then(|at| rest.split_at_checked(at)) {
        match Tag::read(from_tag).filter(|tag| tag.kind == Kind::End && tag.name.eq_ignore_ascii_case(name)) {
            Some(tag) => return tag.after,
            None => rest = from_tag.strip_prefix("</").unwrap_or_default(),
        }
    }
    ""
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Start,
    /// A start tag that ends itself; only foreign elements do so.
    Alone,
    End,
    Comment,
}

/// A tag, and what follows it.
struct Tag<'a> {
    kind: Kind,
    name: &'a str,
    after: &'a str,
}

impl<'a> Tag<'a> {
    /// Reads a tag, comment or declaration at the beginning of `html`; `None` where a `<` is only a character.
    fn read(html: &'a str) -> Option<Self> {
        let inside = html.strip_prefix('<')?;
        let comment = |after| Some(Self { kind: Kind::Comment, name: "", after });
        if let Some(text) = inside.strip_prefix("!--") {
            return comment(text.split_once("-->").map_or("", |(_, after)| after));
        }
        if inside.starts_with(['!', '?']) {
            return comment(inside.split_once('>').map_or("", |(_, after)| after));
        }
        let (end, from_name) = match inside.strip_prefix('/') {
            Some(name) => (true, name),
            None => (false, inside),
        };
        if !from_name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let name_end = from_name.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).unwrap_or(from_name.len());
        let (name, attributes) = from_name.split_at_checked(name_end)?;
        let mut quote = None;
        let mut last = ' ';
        for (at, c) in attributes.char_indices() {
            match quote {
                Some(open) if c == open => quote = None,
                Some(_) => {}
                None if c == '>' => {
                    let kind = if end {
                        Kind::End
                    } else if last == '/' {
                        Kind::Alone
                    } else {
                        Kind::Start
                    };
                    return Some(Self { kind, name, after: attributes.get(at + 1..).unwrap_or_default() });
                }
                None if matches!(c, '"' | '\'') && last == '=' => quote = Some(c),
                None => {}
            }
            if !c.is_whitespace() {
                last = c;
            }
        }
        // A tag without an end, in HTML that is cut off.
        Some(Self { kind: Kind::Start, name, after: "" })
    }
}

#[cfg(test)]
mod tests {
    use super::plain_text;

    #[test]
    fn a_reader_finds_what_a_reader_sees() {
        for (html, text) in [
            ("<p>One <b>t</b>wo</p>\n<p>three</p>", "One two three"),
            ("<td>a</td><td>b</td>", "a b"),
            ("a &lt;b&gt; &amp;amp; &eacute; &#7871; &#x1EBF;&nbsp;c", "a <b> &amp; é ế ế c"),
            ("x<script>if (a < b) { '</p>' }</script>y", "x y"),
            ("x<STYLE>a > b {}</STYLE >y", "x y"),
            ("x<pre class=\"a>b\"><code>let <pre>x</pre></code></pre>y <code>z</code>", "x y z"),
            ("<a title=\"a > b\">link</a>", "link"),
            ("<a title='\"' href=x>link</a>", "link"),
            ("a<!-- <b> hidden --> b <!doctype html> c", "a b c"),
            ("1 < 2 & 3 > 2", "1 < 2 & 3 > 2"),
            ("a<br>b<br/>c<hr>d", "a b c d"),
            ("Huế&shy;s <svg viewBox=\"0 0 1 1\"><text>axis</text></svg>end", "Huếs end"),
            ("open <pre> never closed", "open"),
            ("cut <a href=\"x", "cut"),
            ("<", "<"),
            ("", ""),
        ] {
            assert_eq!(plain_text(html), text, "{html}");
        }
    }
}
