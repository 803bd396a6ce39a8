//! An error in the form that the overlay in the browser takes.

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::text::Place;

/// The longest excerpt on either side of the part meant, in characters.
const EXCERPT_SIDE: usize = 120;

/// An error to show over the page.
#[derive(Serialize, Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Problem {
    code: String,
    pub(super) message: String,
    pub(super) place: Option<At>,
    related: Vec<At>,
    help: Option<String>,
}

/// A place in a file.
#[derive(Serialize, Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct At {
    file: String,
    line: Option<usize>,
    column: Option<usize>,
    /// What the place is, for places that belong to the error.
    label: Option<String>,
    /// The line of the file in three parts: before the part meant, that part, and after it.
    excerpt: Option<[String; 3]>,
}

impl Problem {
    /// The errors among what a build found.
    pub(super) fn all(diagnostics: &[Diagnostic]) -> Vec<Self> {
        diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).map(Self::new).collect()
    }

    fn new(diagnostic: &Diagnostic) -> Self {
        let place = match &diagnostic.location {
            Location::Place(place) => Some(At::place(place, None)),
            Location::File(path) => Some(At { file: path.to_string(), ..At::default() }),
            Location::Site => None,
        };
        Self {
            code: diagnostic.code.to_owned(),
            message: diagnostic.message.clone(),
            place,
            related: diagnostic.related.iter().map(|(place, label)| At::place(place, Some(label.clone()))).collect(),
            help: diagnostic.help.clone(),
        }
    }
}

impl At {
    fn place(place: &Place, label: Option<String>) -> Self {
        let (line, column) = place.line_column();
        let text = place.source.text();
        let before = text.get(..place.span.start).unwrap_or_default().rsplit('\n').next().unwrap_or_default();
        let meant = place.text();
        let meant = meant.lines().next().unwrap_or_default();
        let after = text.get(place.span.start + meant.len()..).unwrap_or_default().lines().next().unwrap_or_default();
        let long_before = before.chars().count().saturating_sub(EXCERPT_SIDE);
        let excerpt = [
            before.chars().skip(long_before).collect(),
            meant.chars().take(EXCERPT_SIDE).collect(),
            after.chars().take(EXCERPT_SIDE).collect(),
        ];
        Self { file: place.source.path.to_string(), line: Some(line), column: Some(column), label, excerpt: Some(excerpt) }
    }
}

impl std::fmt::Display for At {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.file)?;
        if let (Some(line), Some(column)) = (self.line, self.column) {
            write!(f, ":{line}:{column}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{SitePath, SourceText, Span};

    #[test]
    fn the_excerpt_is_the_line_with_the_part_meant_apart() {
        let source = SourceText::new(SitePath::new("content/a.md"), "+++\ntitle = \"Huế\"\nvalue = 1.5\n");
        let start = source.text().find("Huế").unwrap();
        let diagnostic = Diagnostic::error("x", "wrong").at(&source, Span { start, end: start + "Huế".len() });
        let place = Problem::new(&diagnostic).place.unwrap();
        assert_eq!(place.to_string(), "content/a.md:2:10");
        assert_eq!(place.excerpt.unwrap(), ["title = \"", "Huế", "\""]);
    }

    #[test]
    fn a_span_over_several_lines_shows_its_first() {
        let source = SourceText::new(SitePath::new("a"), "one\ntwo\nthree");
        let diagnostic = Diagnostic::error("x", "wrong").at(&source, Span { start: 2, end: 9 });
        assert_eq!(Problem::new(&diagnostic).place.unwrap().excerpt.unwrap(), ["on", "e", ""]);
    }
}
