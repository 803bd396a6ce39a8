use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{SitePath, Text};

/// A range of bytes in a source text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
}

impl Span {
    /// The span moved forward: a span inside a part of a file becomes one in the file.
    #[must_use]
    pub fn shifted(self, by: usize) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self { start: range.start, end: range.end }
    }
}

/// A text file of the site: its path and its text in Unicode NFC. Cheap to clone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SourceText {
    /// Where the file is inside the site.
    pub path: SitePath,
    text: Text,
}

impl SourceText {
    /// Names a text.
    pub fn new(path: SitePath, text: &str) -> Self {
        Self { path, text: Text::new(Arc::from(text)) }
    }

    /// Names a text that others share.
    pub fn shared(path: SitePath, text: Text) -> Self {
        Self { path, text }
    }

    /// What it says.
    pub fn text(&self) -> Arc<str> {
        self.text.get()
    }

    /// All of it.
    pub fn whole(&self) -> Span {
        Span { start: 0, end: self.text.len() }
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Frees the memory of its text, if that can be read again.
    pub fn let_go(&self) {
        self.text.let_go();
    }

    /// The place of a span in this file. A span outside the text is brought inside it.
    pub fn place(&self, span: Span) -> Place {
        let text = self.text();
        let boundary = |offset: usize| {
            let mut offset = offset.min(text.len());
            while !text.is_char_boundary(offset) {
                offset -= 1;
            }
            offset
        };
        let start = boundary(span.start);
        let end = boundary(span.end).max(start);
        Place { source: self.clone(), span: Span { start, end } }
    }

    /// The offset of a line and column, both counted from 0, the column in characters.
    pub fn offset(&self, line: usize, column: usize) -> usize {
        let text = self.text();
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let rest = text.get(start..).unwrap_or_default();
        start + rest.char_indices().nth(column).map_or(rest.len(), |(offset, _)| offset)
    }
}

/// A span of a file: where a writer should look.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// The file.
    pub source: SourceText,
    /// The part of its text meant; always on character boundaries.
    pub span: Span,
}

impl Place {
    /// Line and column, both from 1, the column in characters.
    pub fn line_column(&self) -> (usize, usize) {
        let text = self.source.text();
        let before = text.get(..self.span.start).unwrap_or_default();
        let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        (line, column)
    }

    /// The text meant.
    pub fn text(&self) -> String {
        self.source.text().get(self.span.start..self.span.end).unwrap_or_default().to_owned()
    }

    /// The line that it starts in, as a place, from there on.
    #[must_use]
    pub fn first_line(&self) -> Self {
        let length = self.source.text().get(self.span.start..).and_then(|rest| rest.lines().next()).map_or(0, str::len);
        Self { source: self.source.clone(), span: Span { start: self.span.start, end: self.span.start + length } }
    }
}
