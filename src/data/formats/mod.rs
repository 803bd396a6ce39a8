//! Data files of every format read into the one tree.

mod bibtex;
mod csv;
mod json;
mod xml;

use super::{Data, Entry, Node, Table, parse_toml, yaml};
use crate::diagnostic::{Location, Sink};
use crate::text::{SitePath, SourceText, Span};

/// The deepest nesting of a data file.
const MOST_DEPTH: usize = 128;

/// A format of data files.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Format {
    /// TOML; dates become text.
    Toml,
    /// JSON.
    Json,
    /// CSV with a line of headers.
    Csv,
    /// YAML with strict scalars.
    Yaml,
    /// XML.
    Xml,
    /// A bibliography of BibTeX.
    Bibtex,
    /// Text.
    Plain,
}

/// What is wrong with a data file, and where: line and column from 1, as far as known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Broken {
    /// What is wrong, in words.
    pub message: String,
    /// The line.
    pub line: Option<usize>,
    /// The column in that line.
    pub column: Option<usize>,
}

impl Broken {
    fn at_line(message: impl Into<String>, line: usize) -> Self {
        Self { message: message.into(), line: Some(line), column: None }
    }

    fn at(message: impl Into<String>, line: usize, column: usize) -> Self {
        Self { message: message.into(), line: Some(line), column: (column > 0).then_some(column) }
    }

    fn at_offset(message: impl Into<String>, text: &str, offset: usize) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
        Self::at(message, before.matches('\n').count() + 1, column)
    }
}

impl Format {
    /// The names that `load_data(format=…)` takes.
    pub const NAMES: &'static str = "toml, json, csv, yaml, xml, bibtex, plain";

    /// The format of a name or a file's extension.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name.to_ascii_lowercase().as_str() {
            "toml" => Self::Toml,
            "json" => Self::Json,
            "csv" => Self::Csv,
            "yaml" | "yml" => Self::Yaml,
            "xml" => Self::Xml,
            "bibtex" | "bib" => Self::Bibtex,
            "plain" | "txt" => Self::Plain,
            _ => return None,
        })
    }

    /// The format's name, for messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Toml => "TOML",
            Self::Json => "JSON",
            Self::Csv => "CSV",
            Self::Yaml => "YAML",
            Self::Xml => "XML",
            Self::Bibtex => "BibTeX",
            Self::Plain => "plain text",
        }
    }

    /// The media type to ask another machine for.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Toml => "application/toml",
            Self::Json => "application/json",
            Self::Csv => "text/csv",
            Self::Yaml => "application/yaml",
            Self::Xml => "application/xml, text/xml",
            Self::Bibtex => "application/x-bibtex",
            Self::Plain => "text/plain",
        }
    }

    /// Reads the bytes of a data file.
    ///
    /// # Errors
    /// When they are not of this format, with the first thing that is wrong.
    pub fn read(self, bytes: &[u8]) -> Result<Data, Broken> {
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let good = bytes.get(..error.valid_up_to()).and_then(|good| std::str::from_utf8(good).ok()).unwrap_or_default();
            Broken::at_offset("it is not UTF-8 text", good, good.len())
        })?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        match self {
            Self::Toml => tree(text, |source, sink| parse_toml(source, source.whole(), sink).map(Data::Table)),
            Self::Yaml => tree(text, |source, sink| yaml::parse_value(source, sink).map(|node| node.value)),
            Self::Json => json::read(text),
            Self::Csv => csv::read(text),
            Self::Xml => xml::read(text),
            Self::Bibtex => bibtex::read(text),
            Self::Plain => Ok(Data::Text(text.to_owned())),
        }
    }
}

/// Reads with one of the readers of front matter, and turns its first finding into the error.
fn tree(text: &str, parse: impl FnOnce(&SourceText, &Sink) -> Option<Data>) -> Result<Data, Broken> {
    let sink = Sink::new();
    let source = SourceText::new(SitePath::new("data"), text);
    let data = parse(&source, &sink);
    let first = sink.into_sorted().into_iter().next();
    match (data, first) {
        (Some(data), None) => Ok(data),
        (_, Some(found)) => Err(match &found.location {
            Location::Place(place) => {
                let (line, column) = place.line_column();
                Broken::at(bare(&found.message), line, column)
            }
            _ => Broken { message: bare(&found.message), line: None, column: None },
        }),
        (None, None) => Err(Broken { message: "it holds no data".to_owned(), line: None, column: None }),
    }
}

/// The message without the words that the caller says, too.
fn bare(message: &str) -> String {
    message
        .split_once("this is not valid ")
        .and_then(|(_, rest)| rest.split_once(": "))
        .map_or(message, |(_, rest)| rest)
        .to_owned()
}

fn node(value: Data) -> Node {
    Node { span: Span::default(), value }
}

fn text(value: impl Into<String>) -> Data {
    Data::Text(value.into())
}

fn list(values: impl IntoIterator<Item = Data>) -> Data {
    Data::List(values.into_iter().map(node).collect())
}

/// A table; the caller has seen to it that no key stands twice.
fn table(entries: impl IntoIterator<Item = (String, Data)>) -> Data {
    let entry = |(key, value): (String, Data)| Entry { key: key.into(), key_span: Span::default(), node: node(value) };
    Data::Table(Table { entries: entries.into_iter().map(entry).collect() })
}
