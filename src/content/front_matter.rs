use crate::data::{Table, parse_toml, parse_yaml};
use crate::diagnostic::{Diagnostic, Sink};
use crate::text::{SourceText, Span};

/// A content file taken apart: its front matter, and where its body is.
#[derive(Clone, Debug)]
pub struct FrontMatter {
    /// The keys and values.
    pub table: Table,
    /// The Markdown after it.
    pub body: Span,
}

/// The parts of a content file: where it starts with a line `+++` or `---`, its keys and values, if they end, and its body.
struct Parts<'a> {
    start: usize,
    delimiter: &'a str,
    inner_and_body: Option<(Span, Span)>,
}

fn parts(text: &str) -> Option<Parts<'_>> {
    let start = text.len() - text.trim_start().len();
    let delimiter = text.get(start..start + 3).filter(|delimiter| matches!(*delimiter, "+++" | "---"))?;
    // Where the next line begins, if nothing else stands in the line of a delimiter.
    let after = |end: usize| {
        let rest = text.get(end..)?.split_inclusive('\n').next().unwrap_or_default();
        rest.trim_end().is_empty().then_some(end + rest.len())
    };
    let inner_and_body = after(start + 3).and_then(|begin| {
        let from = begin - 1;
        let mut ends = text.get(from..)?.match_indices(if delimiter == "+++" { "\n+++" } else { "\n---" });
        ends.find_map(|(newline, found)| {
            let end = from + newline + 1;
            let body = after(from + newline + found.len())?;
            Some((Span { start: begin, end }, Span { start: body, end: text.len() }))
        })
    });
    Some(Parts { start, delimiter, inner_and_body })
}

/// What stands above the text of a content file; `None` when nothing does.
pub fn head(text: &str) -> Option<&str> {
    let (_, body) = parts(text)?.inner_and_body?;
    text.get(..body.start)
}

/// Splits a content file and reads its front matter: TOML between lines `+++`, or YAML between lines `---`.
/// Everything wrong is reported; `None` when the file cannot be used.
pub fn read_front_matter(source: &SourceText, sink: &Sink) -> Option<FrontMatter> {
    let text = &*source.text();
    let Some(Parts { start, delimiter, inner_and_body }) = parts(text) else {
        let diagnostic = Diagnostic::error("no-front-matter", "this file does not start with front matter");
        let start = text.len() - text.trim_start().len();
        let line = text.trim_start().lines().next().unwrap_or_default();
        let at = Span { start, end: start + line.len() };
        sink.push(diagnostic.at(source, at).help("start it with a line `+++`, then `title = \"…\"`, then a line `+++`"));
        return None;
    };
    let Some((inner, body)) = inner_and_body else {
        let message = format!("the front matter that this `{delimiter}` starts has no end");
        let help = format!("add a line `{delimiter}` after the front matter, with nothing else on it");
        let at = Span { start, end: start + 3 };
        sink.push(Diagnostic::error("no-front-matter", message).at(source, at).help(help));
        return None;
    };
    let table = if delimiter == "+++" { parse_toml(source, inner, sink) } else { parse_yaml(source, inner, sink) };
    Some(FrontMatter { table: table?, body })
}
