//! The words of a piece of HTML, as a reader sees them.

use crate::site::html::{Kind, Tag};

/// Elements whose content is no text to be found.
const LEFT_OUT: [&str; 5] = ["script", "style", "pre", "svg", "template"];
/// Elements within a line: their tags part no words.
const INLINE: [&str; 28] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q",
    "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "u", "wbr",
];

/// The text of HTML with its entities decoded and its white space as single spaces, without scripts, styles and code blocks.
pub(in crate::site) fn plain_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len() / 2);
    let mut rest = html;
    // The element that is being left out, and how many of its kind are open.
    let mut hidden: Option<(&str, usize)> = None;
    while let Some((before, from_tag)) = rest.find('<').and_then(|at| rest.split_at_checked(at)) {
        let visible = hidden.is_none();
        if visible {
            push(&mut text, before);
        }
        let Some(tag) = Tag::read(from_tag) else {
            if visible {
                text.push('<');
            }
            rest = from_tag.strip_prefix('<').unwrap_or_default();
            continue;
        };
        rest = tag.closing().unwrap_or(tag.after);
        if let Some((name, depth)) = &mut hidden {
            match tag.kind {
                Kind::End if tag.is(name) => *depth -= 1,
                Kind::Start if tag.is(name) => *depth += 1,
                _ => {}
            }
            if *depth == 0 {
                hidden = None;
            }
            continue;
        }
        if tag.kind != Kind::Comment && !tag.is_any(&INLINE) {
            push(&mut text, " ");
        }
        let left_out = LEFT_OUT.iter().find(|name| tag.kind == Kind::Start && tag.is(name));
        let characters = tag.after.get(..tag.after.len() - rest.len()).unwrap_or_default();
        match left_out {
            Some(name) if characters.is_empty() => hidden = Some((name, 1)),
            Some(_) => {}
            None => push(&mut text, characters),
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
        // A space that does not break is typed as a plain one, a soft hyphen not at all.
        if c.is_whitespace() {
            if !text.is_empty() && !text.ends_with(' ') {
                text.push(' ');
            }
        } else if c != '\u{ad}' {
            text.push(c);
        }
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
