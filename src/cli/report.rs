//! Prints what was found, for people: each with its file, line and column, the excerpt, and what to do.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write, stderr};

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::exit::Failure;
use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::text::Place;

/// With more warnings of one kind than this, only the first few are shown.
const MANY: usize = 20;
const FEW: usize = 5;

/// Prints findings and failures on standard error.
#[derive(Clone, Debug)]
pub(super) struct Reporter {
    colour: bool,
    verbose: bool,
}

impl Reporter {
    /// In colour on a terminal, unless the environment says `NO_COLOR`.
    pub(super) fn for_stderr(verbose: bool) -> Self {
        let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self { colour: stderr().is_terminal() && !no_colour, verbose }
    }

    /// Prints a line.
    pub(super) fn line(&self, text: &str) {
        let _ = writeln!(stderr(), "{text}");
    }

    /// Prints all findings, warnings before errors, so that the errors stand next to the prompt.
    pub(super) fn findings(&self, diagnostics: &[Diagnostic]) {
        let _ = stderr().write_all(self.rendered(diagnostics).as_bytes());
    }

    /// Prints why a command did not do what it should.
    pub(super) fn failure(&self, failure: &Failure) {
        let help = failure.help.as_ref().map(|help| Level::HELP.message(help.as_str()));
        let group = Level::ERROR.primary_title(failure.message.as_str()).elements(help);
        let _ = writeln!(stderr(), "{}", self.renderer().render(&[group]));
    }

    fn renderer(&self) -> Renderer {
        if self.colour { Renderer::styled() } else { Renderer::plain() }
    }

    fn rendered(&self, diagnostics: &[Diagnostic]) -> String {
        let renderer = self.renderer();
        let mut out = String::new();
        let of = |severity| diagnostics.iter().filter(move |diagnostic| diagnostic.severity == severity);
        let mut of_code: BTreeMap<&str, usize> = BTreeMap::new();
        of(Severity::Warning).for_each(|warning| *of_code.entry(warning.code).or_default() += 1);
        let many = |code: &str| !self.verbose && of_code.get(code).is_some_and(|number| *number > MANY);
        let mut shown: BTreeMap<&str, usize> = BTreeMap::new();
        for warning in of(Severity::Warning) {
            let before = shown.entry(warning.code).or_default();
            *before += 1;
            if *before <= FEW || !many(warning.code) {
                push(&mut out, &renderer, warning);
            }
        }
        for (code, number) in of_code.iter().filter(|(code, _)| many(code)) {
            out.push_str(&format!("… and {} more warnings of the kind `{code}` (--verbose shows all)\n\n", number - FEW));
        }
        of(Severity::Error).for_each(|error| push(&mut out, &renderer, error));
        out
    }
}

fn push(out: &mut String, renderer: &Renderer, diagnostic: &Diagnostic) {
    out.push_str(&renderer.render(&[group(diagnostic)]));
    out.push_str("\n\n");
}

fn group(diagnostic: &Diagnostic) -> Group<'_> {
    let level = if diagnostic.severity == Severity::Error { Level::ERROR } else { Level::WARNING };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code);
    let mut group = match &diagnostic.location {
        Location::Place(place) => {
            let here = AnnotationKind::Primary.span(span(place));
            let beside = diagnostic.related.iter().filter(|(related, _)| related.source.path == place.source.path);
            let labels = beside.map(|(related, label)| AnnotationKind::Context.span(span(related)).label(label.as_str()));
            title.element(snippet(place).annotation(here).annotations(labels))
        }
        Location::File(path) => title.element(Origin::path(path.as_str())),
        Location::Site => title.elements(None::<Origin<'_>>),
    };
    for (related, label) in &diagnostic.related {
        if Some(&related.source.path) != diagnostic.location.path() {
            group = group.element(snippet(related).annotation(AnnotationKind::Context.span(span(related)).label(label.as_str())));
        }
    }
    let help = diagnostic.help.as_ref().map(|help| Level::HELP.message(help.as_str()));
    group.elements(help)
}

fn snippet<'a>(place: &'a Place) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    Snippet::source(place.source.text().to_string()).path(place.source.path.as_str())
}

/// The part meant, cut to its first line: the rest is clear from there.
fn span(place: &Place) -> std::ops::Range<usize> {
    let first_line = place.text().lines().next().map_or(0, str::len);
    place.span.start..place.span.start + first_line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{SitePath, SourceText, Span};

    fn rendered(diagnostics: &[Diagnostic], verbose: bool) -> String {
        Reporter { colour: false, verbose }.rendered(diagnostics)
    }

    fn source(path: &str, text: &str) -> SourceText {
        SourceText::new(SitePath::new(path), text)
    }

    #[test]
    fn a_finding_has_its_place_excerpt_related_places_and_help() {
        let article = source("content/news/a.md", "+++\ntitle = \"Huế\"\nvalue = \"1.234,5\"\n+++\n");
        let start = article.text().find("\"1.234").unwrap();
        let other = source("content/news/b.md", "value = 7\n");
        let found = Diagnostic::error("bad-value", "this is not a number")
            .at(&article, Span { start, end: start + 9 })
            .with(other.place(Span { start: 8, end: 9 }), "another value")
            .help("write 1234.5");
        let text = rendered(&[found], false);
        for part in [
            "error[bad-value]: this is not a number",
            "content/news/a.md:3:9",
            "value = \"1.234,5\"",
            "^^^^^^^^^",
            "content/news/b.md",
            "another value",
            "help: write 1234.5",
        ] {
            assert!(text.contains(part), "{part} is missing in\n{text}");
        }
        assert!(!text.contains('\x1b'));
    }

    #[test]
    fn findings_without_a_place_are_printed_too() {
        let found =
            [Diagnostic::error("a", "no place"), Diagnostic::warning("b", "a file").in_file(&SitePath::new("static/x.svg"))];
        let text = rendered(&found, false);
        assert!(text.contains("error[a]: no place") && text.contains("static/x.svg"), "{text}");
        assert!(text.find("warning").unwrap() < text.find("error").unwrap());
    }

    #[test]
    fn an_end_of_file_and_an_empty_file_do_no_harm() {
        for text in ["", "a", "a\n", "á"] {
            let source = source("a", text);
            let found = Diagnostic::error("x", "here").at(&source, Span { start: text.len(), end: text.len() });
            assert!(rendered(&[found], false).contains("error[x]: here"));
        }
    }

    #[test]
    fn many_warnings_of_one_kind_are_cut_and_errors_never() {
        let warnings: Vec<_> = (0..30).map(|n| Diagnostic::warning("many", format!("w{n}."))).collect();
        let errors = (0..30).map(|n| Diagnostic::error("bad", format!("e{n}.")));
        let found: Vec<_> = warnings.into_iter().chain(errors).collect();
        let text = rendered(&found, false);
        assert!(
            text.contains("w4.") && !text.contains("w5.") && text.contains("… and 25 more warnings") && text.contains("e29.")
        );
        let text = rendered(&found, true);
        assert!(text.contains("w29.") && !text.contains("more warnings"));
    }
}
