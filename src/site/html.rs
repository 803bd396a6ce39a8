//! Reads HTML tag by tag, as a browser does, without making a tree of it.

/// What stands at a `<`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// A start tag.
    Start,
    /// A start tag without content or end tag: `<svg … />`, `<br>`.
    Alone,
    /// An end tag.
    End,
    /// A comment.
    Comment,
    /// A declaration such as the document's type.
    Declaration,
}

/// A tag or comment, and what follows it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tag<'a> {
    pub(super) kind: Kind,
    /// The name as written; empty unless it is a tag.
    pub(super) name: &'a str,
    /// All of it, from `<` to `>`.
    pub(super) text: &'a str,
    pub(super) after: &'a str,
}

const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];
/// Elements whose content is characters up to their end tag, whatever it looks like.
const RAW: [&str; 8] = ["script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp"];

impl<'a> Tag<'a> {
    /// Reads what stands at the beginning of `html`; `None` where the `<` there is only a character.
    pub(super) fn read(html: &'a str) -> Option<Self> {
        let inside = html.strip_prefix('<')?;
        let made = |kind, name, after: &'a str| {
            let text = html.get(..html.len() - after.len()).unwrap_or(html);
            Some(Self { kind, name, text, after })
        };
        if let Some(comment) = inside.strip_prefix("!--") {
            return made(Kind::Comment, "", after_comment(comment));
        }
        let after_declaration = |text: &'a str| text.split_once('>').map_or("", |(_, after)| after);
        if inside.starts_with('!') {
            return made(Kind::Declaration, "", after_declaration(inside));
        }
        let (is_end, from_name) = match inside.strip_prefix('/') {
            Some(name) => (true, name),
            None => (false, inside),
        };
        if !from_name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            // `<?` and `</` before anything but a letter begin a comment in HTML, too.
            let comment = inside.starts_with('?') || (is_end && !from_name.is_empty());
            return if comment { made(Kind::Comment, "", after_declaration(inside)) } else { None };
        }
        let end = from_name.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>')).unwrap_or(from_name.len());
        let (name, attributes) = from_name.split_at_checked(end)?;
        let (after, closed) = after_attributes(attributes);
        let is = |names: &[&str]| names.iter().any(|other| name.eq_ignore_ascii_case(other));
        let kind = match (is_end, is(&VOID) || (closed && is(&["svg", "math"]))) {
            (true, _) => Kind::End,
            (false, true) => Kind::Alone,
            (false, false) => Kind::Start,
        };
        made(kind, name, after)
    }

    /// Whether it is a tag of an element.
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Whether it is a tag of one of these elements.
    pub(super) fn is_any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.is(name))
    }

    /// Where the content of an element ends whose content is characters only, such as a script: what stands from its
    /// end tag on. `None` for other elements.
    pub(super) fn closing(&self) -> Option<&'a str> {
        if self.kind != Kind::Start || !self.is_any(&RAW) {
            return None;
        }
        let mut rest = self.after;
        while let Some((before, from_tag)) = rest.find("</").and_then(|at| rest.split_at_checked(at)) {
            // A script may hide another one in a comment.
            let comment = before.rfind("<!--").and_then(|at| before.get(at..)).filter(|_| self.is("script"));
            let hidden = comment.filter(|comment| !comment.contains("-->") && comment.contains("<script"));
            if hidden.is_some()
                && let Some((_, after)) = from_tag.split_once("-->")
            {
                rest = after;
                continue;
            }
            match Tag::read(from_tag).filter(|tag| tag.kind == Kind::End && tag.is(self.name)) {
                Some(_) => return Some(from_tag),
                None => rest = from_tag.strip_prefix("</").unwrap_or_default(),
            }
        }
        Some("")
    }
}

fn after_comment(text: &str) -> &str {
    if let Some(after) = text.strip_prefix('>').or_else(|| text.strip_prefix("->")) {
        return after;
    }
    let ends = ["-->", "--!>"].iter().filter_map(|end| text.split_once(end));
    ends.max_by_key(|(_, after)| after.len()).map_or("", |(_, after)| after)
}

enum State {
    Between,
    Name,
    AfterName,
    BeforeValue,
    Value,
    Quoted(char),
}

/// What follows the `>` of a tag, and whether a `/` stands before it.
fn after_attributes(attributes: &str) -> (&str, bool) {
    let mut state = State::Between;
    let mut slash = false;
    for (at, c) in attributes.char_indices() {
        if c == '>' && !matches!(state, State::Quoted(_)) {
            return (attributes.get(at + 1..).unwrap_or_default(), slash);
        }
        let space = c.is_ascii_whitespace();
        slash = c == '/' && matches!(state, State::Between | State::Name | State::AfterName);
        state = match state {
            State::Quoted(quote) if c == quote => State::Between,
            State::Quoted(quote) => State::Quoted(quote),
            State::BeforeValue if space => State::BeforeValue,
            State::BeforeValue if matches!(c, '"' | '\'') => State::Quoted(c),
            State::BeforeValue => State::Value,
            State::Value if space => State::Between,
            State::Value => State::Value,
            State::Name | State::AfterName if c == '=' => State::BeforeValue,
            State::Name if space => State::AfterName,
            State::Between | State::AfterName if space => state,
            _ if slash => State::Between,
            _ => State::Name,
        };
    }
    ("", false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(html: &str) -> (Kind, &str, &str) {
        let tag = Tag::read(html).unwrap();
        assert_eq!(format!("{}{}", tag.text, tag.after), html);
        (tag.kind, tag.name, tag.after)
    }

    #[test]
    fn tags_end_where_a_browser_ends_them() {
        assert_eq!(read("<a title=\"x > y\" href=z>t"), (Kind::Start, "a", "t"));
        assert_eq!(read("<a title = '>\"' b>t"), (Kind::Start, "a", "t"));
        assert_eq!(read("<a href=?q= \"x>t"), (Kind::Start, "a", "t"));
        assert_eq!(read("<svg width=1/>t"), (Kind::Start, "svg", "t"));
        assert_eq!(read("<svg width=\"1\"/>t"), (Kind::Alone, "svg", "t"));
        assert_eq!(read("<script/>t"), (Kind::Start, "script", "t"));
        assert_eq!(read("<br>t"), (Kind::Alone, "br", "t"));
        assert_eq!(read("</p >t"), (Kind::End, "p", "t"));
        assert_eq!(read("<!-- > -->t"), (Kind::Comment, "", "t"));
        assert_eq!(read("<!-->t-->"), (Kind::Comment, "", "t-->"));
        assert_eq!(read("<!-- --!>t-->"), (Kind::Comment, "", "t-->"));
        assert_eq!(read("<!doctype html>t"), (Kind::Declaration, "", "t"));
        assert_eq!(read("<a title=\"never"), (Kind::Start, "a", ""));
        assert!(Tag::read("< a>").is_none() && Tag::read("<3").is_none() && Tag::read("<").is_none());
    }

    #[test]
    fn a_script_ends_at_its_own_end_tag() {
        let end = |html| Tag::read(html).unwrap().closing();
        assert_eq!(end("<script>a</p></scripts></SCRIPT >b"), Some("</SCRIPT >b"));
        assert_eq!(end("<script><!--<script>x</script>--></script>b"), Some("</script>b"));
        assert_eq!(end("<script><!-- x </script>b --></script>"), Some("</script>b --></script>"));
        assert_eq!(end("<textarea><p></textarea>b"), Some("</textarea>b"));
        assert_eq!(end("<style>"), Some(""));
        assert_eq!(end("<p>x</p>"), None);
    }
}
