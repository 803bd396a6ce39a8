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

/// Splits a content file and reads its front matter: TOML between lines `+++`, or YAML between lines `---`.
/// Everything wrong is reported; `None` when the file cannot be used.
pub fn read_front_matter(source: &SourceText, sink: &Sink) -> Option<FrontMatter> {
    let text = &*source.text();
    let start = text.len() - text.trim_start().len();
    let delimiter = match text.get(start..start + 3) {
        Some(delimiter @ ("+++" | "---")) => delimiter,
        _ => {
            let diagnostic = Diagnostic::error("no-front-matter", "this file does not start with front matter");
            let at = Span {
                start,
                end: text.get(start..).and_then(|rest| rest.lines().next()).map_or(start, |line| start + line.len()),
            };
            sink.push(diagnostic.at(source, at).help("start it with a line `+++`, then `title = \"…\"`, then a line `+++`"));
            return None;
        }
    };
    let mut at = start;
    let mut within = None;
    for line in text.get(start..)?.split_inclusive('\n') {
        let is_delimiter = line.trim_end() == delimiter;
        match within {
            None if is_delimiter => within = Some(at + line.len()),
            None => break,
            Some(begin) if is_delimiter => {
                let inner = Span { start: begin, end: at };
                let table = if delimiter == "+++" { parse_toml(source, inner, sink) } else { parse_yaml(source, inner, sink) };
                return Some(FrontMatter { table: table?, body: Span { start: at + line.len(), end: text.len() } });
            }
            Some(_) => {}
        }
        at += line.len();
    }
    let diagnostic = Diagnostic::error("no-front-matter", format!("the front matter that this `{delimiter}` starts has no end"));
    let help = format!("add a line `{delimiter}` after the front matter, with nothing else on it");
    sink.push(diagnostic.at(source, Span { start, end: start + 3 }).help(help));
    None
}
