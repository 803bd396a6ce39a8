//! Makes HTML smaller without changing what a page shows, wherever it stands and whatever its styles are.
//!
//! Runs of white space become one character, and comments go; tags stay as they are. White space goes altogether only
//! where a browser shows none: in the head and between the outermost elements.

use super::html::{Kind, Tag};

/// Elements whose white space counts, or may count by a style that is common for them.
const KEPT: [&str; 6] = ["pre", "code", "svg", "math", "listing", "plaintext"];
/// Elements around which a browser shows no white space.
const OUTERMOST: [&str; 10] = ["html", "head", "body", "title", "base", "link", "meta", "style", "script", "noscript"];

/// A smaller page.
pub(super) fn minify(html: &str) -> String {
    let mut page = Page { out: String::with_capacity(html.len()), in_head: true, kept: None };
    let mut rest = html;
    while let Some((before, from_tag)) = rest.find('<').and_then(|at| rest.split_at_checked(at)) {
        page.text(before);
        let Some(tag) = Tag::read(from_tag) else {
            page.text("<");
            rest = from_tag.strip_prefix('<').unwrap_or_default();
            continue;
        };
        rest = tag.after;
        page.tag(&tag);
        if let Some(end) = tag.closing() {
            let content = tag.after.get(..tag.after.len() - end.len()).unwrap_or_default();
            page.out.push_str(content);
            rest = end;
        }
    }
    page.text(rest);
    page.out
}

struct Page {
    out: String,
    /// Whether nothing that is shown has come yet.
    in_head: bool,
    /// The element whose white space is kept, and how many of its kind are open.
    kept: Option<(String, usize)>,
}

impl Page {
    fn text(&mut self, text: &str) {
        if self.kept.is_some() {
            self.out.push_str(text);
            return;
        }
        let mut rest = text;
        while let Some(at) = rest.find(|c: char| c.is_ascii_whitespace()) {
            let (before, from_space) = rest.split_at_checked(at).unwrap_or((rest, ""));
            self.out.push_str(before);
            self.in_head &= before.is_empty();
            rest = from_space.trim_start_matches(|c: char| c.is_ascii_whitespace());
            let space = from_space.get(..from_space.len() - rest.len()).unwrap_or_default();
            // A line break stays one, for styles that show it.
            let one = if space.contains('\n') { '\n' } else { ' ' };
            // Where a comment stood, white space goes on.
            if one == '\n' && self.out.ends_with(' ') {
                self.out.pop();
            }
            if !self.in_head && !self.out.ends_with([' ', '\n']) {
                self.out.push(one);
            }
        }
        self.in_head &= rest.is_empty();
        self.out.push_str(rest);
    }

    fn tag(&mut self, tag: &Tag<'_>) {
        if let Some((name, depth)) = &mut self.kept {
            match tag.kind {
                Kind::Start if tag.is(name) => *depth += 1,
                Kind::End if tag.is(name) => *depth -= 1,
                _ => {}
            }
            if *depth == 0 {
                self.kept = None;
            }
            self.out.push_str(tag.text);
            return;
        }
        if tag.kind == Kind::Comment {
            // Between characters a comment may keep apart what together means something else: `<<!---->b>`.
            let between = !self.out.is_empty() && !self.out.ends_with(['>', ' ', '\n']);
            if between || is_read(tag.text) {
                self.out.push_str(tag.text);
            }
            return;
        }
        if tag.kind == Kind::Start && (tag.is_any(&KEPT) || keeps_space(tag.text)) {
            self.kept = Some((tag.name.to_owned(), 1));
        }
        self.in_head &= tag.kind == Kind::Declaration || tag.is_any(&OUTERMOST);
        self.out.push_str(tag.text);
    }
}

/// Whether a program reads a comment: old browsers, servers that put something in its place, or a licence.
fn is_read(comment: &str) -> bool {
    let text = comment.trim_start_matches("<!--");
    ["[", "<!", "#", "!", "esi", "email_off", "/email_off"].iter().any(|start| text.starts_with(start))
        || comment.starts_with("<?")
}

/// Whether a tag says by itself that the white space in its element counts.
fn keeps_space(tag: &str) -> bool {
    tag.contains("white-space") || tag.contains("xml:space")
}

#[cfg(test)]
mod tests {
    use super::minify;
    use crate::site::search::plain_text::plain_text;

    #[test]
    fn pages_become_smaller_and_show_the_same() {
        for (page, smaller) in [
            (
                "<!doctype html>\n<html>\n  <head>\n    <title> A  b </title>\n    <meta charset=utf-8>\n  </head>\n  <body>\n    <p>One\n      two</p>\n",
                "<!doctype html><html><head><title> A  b </title><meta charset=utf-8></head><body><p>One\ntwo</p>\n",
            ),
            ("<p>a  <b> b </b>  <i>c</i>\t d</p>", "<p>a <b> b </b> <i>c</i> d</p>"),
            ("<li>a</li>\n   <li>b</li>", "<li>a</li>\n<li>b</li>"),
            ("x<pre class=a>\n  a  b\n\n <b> c</b></pre>  y", "x<pre class=a>\n  a  b\n\n <b> c</b></pre> y"),
            ("x <code>a  b</code>  y", "x <code>a  b</code> y"),
            ("x<textarea>\n a  <p> b</textarea>  y", "x<textarea>\n a  <p> b</textarea> y"),
            (
                "x<script>\n// a  b\nlet c = '<!-- d -->  </p>';\n</script>  y",
                "x<script>\n// a  b\nlet c = '<!-- d -->  </p>';\n</script> y",
            ),
            ("x<style>\na  { b: c }\n</style>  y", "x<style>\na  { b: c }\n</style> y"),
            (
                "x<svg viewBox='0 0 1 1'>\n  <text> a  b </text>\n</svg>  y",
                "x<svg viewBox='0 0 1 1'>\n  <text> a  b </text>\n</svg> y",
            ),
            ("x<svg />  y  z", "x<svg /> y z"),
            ("x<a title=\"a  >  b\"  href=c>  d</a>", "x<a title=\"a  >  b\"  href=c> d</a>"),
            (
                "x<span style='white-space: pre'>a  b <span>c  d</span> </span>  y",
                "x<span style='white-space: pre'>a  b <span>c  d</span> </span> y",
            ),
            ("a <!-- gone --> b<i></i><!-- gone -->c", "a b<i></i>c"),
            ("<<!-- x -->b>", "<<!-- x -->b>"),
            (
                "x<!--[if IE]>  <p> <![endif]-->  <!--#include a --><!--! licence -->",
                "x<!--[if IE]>  <p> <![endif]--> <!--#include a --><!--! licence -->",
            ),
            ("x 1 <  2 a\u{a0}\u{a0}b &nbsp; &nbsp;", "x 1 < 2 a\u{a0}\u{a0}b &nbsp; &nbsp;"),
            ("<p>cut <a href=\"x  y", "<p>cut <a href=\"x  y"),
            ("<pre>never  closed  ", "<pre>never  closed  "),
            ("", ""),
        ] {
            assert_eq!(minify(page), smaller, "{page}");
            assert_eq!(minify(smaller), smaller, "twice: {page}");
        }
    }

    proptest::proptest! {
        #[test]
        fn whatever_the_html_the_same_text_is_read_from_the_smaller_page(
            parts in proptest::collection::vec(proptest::sample::select(vec![
                "a", "<", ">", "&", "amp;", " ", "\n  ", "\t", "\u{a0}", "<p>", "</p>", "<b class='x > y'>", "</b>", "<br/>", "<pre>", "</pre>",
                "<code>", "</code>", "<!-- c -->", "<!--", "-->", "<!doctype html>", "<html>", "<head>", "<body>", "<title>", "</title>",
                "<script>", "</script>", "<svg>", "<svg/>", "</svg>", "<textarea>", "</textarea>", "\"", "'", "=", "/", "đ", "!",
            ]), 0..40)
        ) {
            let html = parts.concat();
            let smaller = minify(&html);
            proptest::prop_assert!(smaller.len() <= html.len());
            proptest::prop_assert_eq!(&minify(&smaller), &smaller);
            proptest::prop_assert_eq!(plain_text(&smaller), plain_text(&html));
        }
    }
}
