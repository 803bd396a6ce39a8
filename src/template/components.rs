//! Components called in the content of a site that shows its writers' HTML as text: their own HTML must pass.

use tera::{Filter, Kwargs, State, Tera, TeraResult, Value};

use super::error::Position;
use super::scope;
use crate::markdown::{Insert, Stands};
use crate::text::{SitePath, SourceText, Span};

/// The filter that keeps what a component gives aside while Markdown is read. A writer's text that names it is refused,
/// or it could pass off HTML of its own.
pub(super) const FILTER: &str = "keep_component";
const PUT_IN: &str = " | keep_component";

pub(super) fn register(tera: &mut Tera) {
    tera.register_filter(FILTER, Keep);
}

struct Keep;

impl Filter<&Value, TeraResult<Value>> for Keep {
    fn call(&self, value: &Value, _: Kwargs, _: &State<'_>) -> TeraResult<Value> {
        let html = value.to_string();
        Ok(Value::from(scope::insert(Insert { html, text: String::new(), stands: Stands::Anywhere })))
    }

    fn is_safe(&self) -> bool {
        true
    }
}

/// A text whose calls of components keep their HTML, and where something was put into it.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct Kept {
    pub(super) text: String,
    /// Where in `text` each piece that was put in ends.
    ends: Vec<usize>,
}

impl Kept {
    /// A text as it is.
    pub(super) fn unchanged(text: &str) -> Self {
        Self { text: text.to_owned(), ends: Vec::new() }
    }

    /// A text whose every `{{ <component /> }}` goes through the filter.
    pub(super) fn through_filter(text: &str) -> Self {
        let mut kept = Self { text: String::with_capacity(text.len()), ends: Vec::new() };
        let mut rest = text;
        while let Some((before, call)) = rest.split_once("{{") {
            kept.text.push_str(before);
            kept.text.push_str("{{");
            let name = call.trim_start_matches('-').trim_start().strip_prefix('<');
            let is_component = name.is_some_and(|name| name.starts_with(|c: char| c.is_alphabetic() || c == '_'));
            rest = call;
            if let Some(end) = end_of_call(call).filter(|_| is_component) {
                let inner = call.get(..end).unwrap_or_default();
                let dash = if inner.ends_with('-') { "-" } else { "" };
                kept.text.push_str(inner.trim_end_matches('-'));
                kept.text.push_str(PUT_IN);
                kept.ends.push(kept.text.len());
                kept.text.push_str(dash);
                rest = call.get(end..).unwrap_or_default();
            }
        }
        kept.text.push_str(rest);
        kept
    }

    /// Where a position in the changed text was in the text as written.
    pub(super) fn written(&self, position: &Position) -> Position {
        let span = match position {
            Position::Bytes(span) => *span,
            Position::LineColumn(line, column) => {
                let start = SourceText::new(SitePath::new(""), &self.text).offset(*line, *column);
                Span { start, end: start + 1 }
            }
            Position::Unknown => return Position::Unknown,
        };
        let back = |at: usize| at - self.ends.iter().filter(|end| **end <= at).count() * PUT_IN.len();
        Position::Bytes(Span { start: back(span.start), end: back(span.end) })
    }
}

/// Where the `}}` of a call is, strings and braces inside it left aside.
fn end_of_call(call: &str) -> Option<usize> {
    let mut quote = None;
    let mut depth = 0_usize;
    let mut letters = call.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        match (quote, letter) {
            (Some(_), '\\') => {
                letters.next();
            }
            (Some(open), letter) if open == letter => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'' | '`') => quote = Some(letter),
            (None, '{') => depth += 1,
            (None, '}') if depth > 0 => depth -= 1,
            (None, '}') if letters.peek().is_some_and(|(_, next)| *next == '}') => return Some(at),
            (None, _) => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_calls_of_components_are_sent_through_the_filter() {
        let text = |text: &str| Kept::through_filter(text).text;
        assert_eq!(
            text("a {{ <n x=\"}}\" y={ {a: 1}} /> }} b {{ c }} {{- <m/> -}}"),
            "a {{ <n x=\"}}\" y={ {a: 1}} />  | keep_component}} b {{ c }} {{- <m/>  | keep_component-}}"
        );
        assert_eq!(text("{{ 1 < 2 }} {{ <"), "{{ 1 < 2 }} {{ <");
    }

    #[test]
    fn places_are_those_of_the_text_as_written() {
        let written = "{{ <n/> }} {{ x }} é\n{{ <m/> }} {{ y }}";
        let kept = Kept::through_filter(written);
        for call in ["{{ x", "{{ y"] {
            let at = kept.text.find(call).unwrap();
            let Position::Bytes(found) = kept.written(&Position::Bytes(Span { start: at, end: at })) else { panic!() };
            assert_eq!(found.start, written.find(call).unwrap());
        }
        let Position::Bytes(found) = kept.written(&Position::LineColumn(1, 28)) else { panic!() };
        assert_eq!(found.start, written.rfind("{{ y").unwrap());
    }
}
