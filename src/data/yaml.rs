use std::collections::{BTreeMap, BTreeSet};

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError};

use super::{Data, Entry, Node, Table};
use crate::diagnostic::{Diagnostic, Sink};
use crate::text::{SourceText, Span};

/// The most values one YAML block may hold, aliases counted as often as they are used.
const MOST_NODES: usize = 100_000;
/// The most values a data file may hold.
const MOST_NODES_OF_DATA: usize = 2_000_000;
/// The deepest nesting.
const MOST_DEPTH: usize = 64;

/// Reads the YAML between two offsets of a file, with strict scalars:
/// only `true` and `false` are booleans, only plain decimal numbers are numbers
/// (`NO`, `012`, `1_000` and `2,105.8` are text), a key may stand once.
///
/// Errors go to the sink; `None` when there was one.
pub fn parse(source: &SourceText, within: Span, sink: &Sink) -> Option<Table> {
    match document(source, within, MOST_NODES, sink)? {
        Node { value: Data::Table(table), .. } => Some(table),
        Node { value: Data::Null, .. } => Some(Table::default()),
        node => {
            let message = format!("front matter is keys with values, not {}", node.value.describe());
            sink.push(
                Diagnostic::error("yaml-shape", message).at(source, node.span).help("write `title: …` on a line of its own"),
            );
            None
        }
    }
}

/// Reads a data file of YAML, of whatever shape.
pub(super) fn parse_value(source: &SourceText, sink: &Sink) -> Option<Node> {
    document(source, source.whole(), MOST_NODES_OF_DATA, sink)
}

fn document(source: &SourceText, within: Span, most: usize, sink: &Sink) -> Option<Node> {
    let text = source.text();
    let text = text.get(within.start..within.end)?;
    let mut reader = Reader {
        parser: Parser::new_from_str(text),
        line_starts: line_starts(text),
        text,
        base: within.start,
        anchors: BTreeMap::new(),
        nodes: 0,
        most,
        last: (0, 0, 0),
    };
    let found = reader.document().map_err(|problem| {
        let diagnostic = Diagnostic::error("yaml-syntax", format!("this is not valid YAML: {}", problem.message));
        sink.push(diagnostic.at(source, problem.span).help(problem.help));
    });
    found.ok()
}

struct Problem {
    message: String,
    span: Span,
    help: &'static str,
}

struct Reader<'a> {
    parser: Parser<'a, saphyr_parser::StrInput<'a>>,
    line_starts: Vec<usize>,
    text: &'a str,
    base: usize,
    anchors: BTreeMap<usize, (Node, usize)>,
    nodes: usize,
    most: usize,
    /// Line, column and offset of the last marker.
    last: (usize, usize, usize),
}

fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

impl<'a> Reader<'a> {
    fn document(&mut self) -> Result<Node, Problem> {
        loop {
            match self.next()? {
                (Event::StreamStart | Event::DocumentStart(_) | Event::Nothing, _) => {}
                (Event::StreamEnd | Event::DocumentEnd, span) => return Ok(Node { span, value: Data::Null }),
                (event, span) => return self.node(event, span, 0),
            }
        }
    }

    fn next(&mut self) -> Result<(Event<'a>, Span), Problem> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => {
                let span = Span { start: self.offset(&span.start), end: self.offset(&span.end) };
                Ok((event, span))
            }
            Some(Err(error)) => Err(self.syntax(&error)),
            None => Ok((Event::StreamEnd, Span { start: self.base, end: self.base })),
        }
    }

    fn syntax(&mut self, error: &ScanError) -> Problem {
        let start = self.offset(error.marker());
        let help = "check the indentation, and put text that holds `:` or `#` in quotes";
        Problem { message: error.info().to_owned(), span: Span { start, end: start + 1 }, help }
    }

    /// Markers count characters; everything else here counts bytes. Counting goes on from the last marker where it can,
    /// since data may stand on one long line.
    fn offset(&mut self, marker: &Marker) -> usize {
        let (line, column) = (marker.line(), marker.col());
        let (from, start) = match self.last {
            (last_line, last_column, at) if last_line == line && last_column <= column => (last_column, at),
            _ => (0, self.line_starts.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len())),
        };
        let rest = self.text.get(start..).unwrap_or_default();
        let at = start + rest.char_indices().nth(column - from).map_or(rest.len(), |(offset, _)| offset);
        self.last = (line, column, at);
        self.base + at
    }

    fn count(&mut self, more: usize, span: Span, depth: usize) -> Result<(), Problem> {
        self.nodes = self.nodes.saturating_add(more);
        if self.nodes > self.most || depth > MOST_DEPTH {
            let message = "it holds too many values".to_owned();
            return Err(Problem { message, span, help: "write fewer values, or fewer aliases (`*name`)" });
        }
        Ok(())
    }

    fn node(&mut self, event: Event<'a>, span: Span, depth: usize) -> Result<Node, Problem> {
        self.count(1, span, depth)?;
        let before = self.nodes;
        let (anchor, node) = match event {
            Event::Scalar(text, style, anchor, _) => {
                let value = match style {
                    ScalarStyle::Plain => plain(&text),
                    _ => Data::Text(text.into_owned()),
                };
                (anchor, Node { span, value })
            }
            Event::SequenceStart(anchor, _) => (anchor, self.list(span, depth)?),
            Event::MappingStart(anchor, _) => (anchor, self.table(span, depth)?),
            Event::Alias(anchor) => {
                let (node, size) = self.anchors.get(&anchor).cloned().ok_or_else(|| Problem {
                    message: "this alias names nothing before it".to_owned(),
                    span,
                    help: "define the anchor (`&name`) before its alias (`*name`)",
                })?;
                self.count(size, span, depth)?;
                return Ok(Node { span, value: node.value });
            }
            _ => (0, Node { span, value: Data::Null }),
        };
        if anchor > 0 {
            self.anchors.insert(anchor, (node.clone(), self.nodes - before + 1));
        }
        Ok(node)
    }

    fn list(&mut self, start: Span, depth: usize) -> Result<Node, Problem> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd | Event::StreamEnd, end) => {
                    let span = Span { start: start.start, end: end.end };
                    return Ok(Node { span, value: Data::List(items) });
                }
                (event, span) => items.push(self.node(event, span, depth + 1)?),
            }
        }
    }

    fn table(&mut self, start: Span, depth: usize) -> Result<Node, Problem> {
        let mut table = Table::default();
        let mut keys = BTreeSet::new();
        loop {
            let (key, key_span) = match self.next()? {
                (Event::MappingEnd | Event::StreamEnd, end) => {
                    let span = Span { start: start.start, end: end.end };
                    return Ok(Node { span, value: Data::Table(table) });
                }
                (Event::Scalar(key, ..), span) => (key.into_owned(), span),
                (_, span) => {
                    let message = "a key is a word, not a list or a table".to_owned();
                    return Err(Problem { message, span, help: "write `key: value`" });
                }
            };
            if !keys.insert(key.clone()) {
                let message = format!("the key `{key}` stands twice");
                return Err(Problem { message, span: key_span, help: "keep one of the two" });
            }
            let (event, span) = self.next()?;
            let node = self.node(event, span, depth + 1)?;
            table.push(Entry { key: key.into(), key_span, node });
        }
    }
}

fn plain(text: &str) -> Data {
    match text {
        "" | "~" | "null" => Data::Null,
        "true" => Data::Bool(true),
        "false" => Data::Bool(false),
        ".nan" | ".inf" | "-.inf" | "nan" | "inf" | "-inf" => Data::Number(text.replace('.', "")),
        _ if is_number(text) => Data::Number(text.to_owned()),
        _ if is_date(text) => Data::Date(text.to_owned()),
        _ => Data::Text(text.to_owned()),
    }
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits, None),
    };
    let numeric = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    numeric(whole) && (whole == "0" || !whole.starts_with('0')) && fraction.is_none_or(numeric)
}

fn is_date(text: &str) -> bool {
    let date = text.get(..10).unwrap_or_default().as_bytes();
    date.len() == 10
        && date.iter().enumerate().all(|(i, b)| if i == 4 || i == 7 { *b == b'-' } else { b.is_ascii_digit() })
        && text.get(10..).is_some_and(|rest| rest.is_empty() || rest.starts_with(['T', 't', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SitePath;

    fn read(text: &str) -> (Option<Table>, Vec<Diagnostic>) {
        let source = SourceText::new(SitePath::new("a.md"), text);
        let sink = Sink::new();
        let table = parse(&source, Span { start: 0, end: text.len() }, &sink);
        (table, sink.into_sorted())
    }

    #[test]
    fn scalars_are_strict() {
        let (table, _) = read("a: NO\nb: 012\nc: 1_000\nd: 2,105.8\ne: 9.45\nf: true\ng: 2016-08-31\nh: '5'");
        let table = table.unwrap();
        let value = |key: &str| table.get(key).unwrap().value.clone();
        assert_eq!(value("a"), Data::Text("NO".into()));
        assert_eq!(value("b"), Data::Text("012".into()));
        assert_eq!(value("c"), Data::Text("1_000".into()));
        assert_eq!(value("d"), Data::Text("2,105.8".into()));
        assert_eq!(value("e"), Data::Number("9.45".into()));
        assert_eq!(value("f"), Data::Bool(true));
        assert_eq!(value("g"), Data::Date("2016-08-31".into()));
        assert_eq!(value("h"), Data::Text("5".into()));
    }

    #[test]
    fn spans_count_bytes_in_vietnamese_text() {
        let text = "tiêu_đề: Đường sắt\nextra:\n  metrics:\n    - value: 9.45\n";
        let (table, found) = read(text);
        assert!(found.is_empty(), "{found:?}");
        let table = table.unwrap();
        let node = table.get("tiêu_đề").unwrap();
        assert_eq!(text.get(node.span.start..node.span.end).unwrap(), "Đường sắt");
        let Data::List(metrics) = &table.table("extra").unwrap().get("metrics").unwrap().value else { panic!() };
        let Data::Table(metric) = &metrics[0].value else { panic!() };
        let span = metric.get("value").unwrap().span;
        assert_eq!(text.get(span.start..span.end).unwrap(), "9.45");
    }

    #[test]
    fn a_key_that_stands_twice_and_a_bomb_of_aliases_are_errors() {
        assert!(read("a: 1\na: 2").0.is_none());
        let mut bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned();
        for i in 1..9 {
            let before = i - 1;
            bomb.push_str(&format!("a{i}: &a{i} [{}]\n", vec![format!("*a{before}"); 9].join(",")));
        }
        let (table, found) = read(&bomb);
        assert!(table.is_none());
        assert!(found[0].message.contains("too many"), "{found:?}");
    }
}
