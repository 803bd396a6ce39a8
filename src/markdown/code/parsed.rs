use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use syntect::parsing::{ParseState, ScopeStackOp};

use super::languages::syntaxes;

/// What changes in a line, and where.
pub(super) type Changes = Arc<[(usize, ScopeStackOp)]>;

/// Lines of code that were parsed before: translations show the same programs, and programs have lines in common. To parse a
/// line is to search it by many patterns, which costs far more than all else that becomes of it.
#[derive(Default, Debug)]
pub(super) struct ParsedLines(Mutex<HashMap<String, Vec<Parsed>>>);

/// A line as it was parsed from a state.
#[derive(Debug)]
struct Parsed {
    before: ParseState,
    after: ParseState,
    changes: Changes,
}

/// So many different lines are kept, and none that is longer.
const MOST: usize = 1_000;
const LONGEST: usize = 200;

/// From so many states a line is known.
const STATES: usize = 8;

impl ParsedLines {
    /// Parses the next line of a program; `None` if its syntax is broken.
    pub(super) fn parse(&self, state: &mut ParseState, line: &str) -> Option<Changes> {
        if line.len() > LONGEST {
            return Some(state.parse_line(line, syntaxes()).ok()?.into());
        }
        if let Some((after, changes)) = self.known(state, line) {
            *state = after;
            return Some(changes);
        }
        let before = state.clone();
        let changes: Changes = state.parse_line(line, syntaxes()).ok()?.into();
        let parsed = Parsed { before, after: state.clone(), changes: Arc::clone(&changes) };
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if lines.len() >= MOST {
            lines.clear();
        }
        let from_states = lines.entry(line.to_owned()).or_default();
        if from_states.len() < STATES {
            from_states.push(parsed);
        }
        Some(changes)
    }

    fn known(&self, state: &ParseState, line: &str) -> Option<(ParseState, Changes)> {
        let lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let parsed = lines.get(line)?.iter().find(|parsed| parsed.before == *state)?;
        Some((parsed.after.clone(), Arc::clone(&parsed.changes)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_what_it_is_where_it_stands_whatever_was_parsed_before() {
        let rust = syntaxes().find_syntax_by_token("rs").unwrap();
        let lines = ParsedLines::default();
        let programs = ["/*\nlet x;\n*/\nlet x;\n", "let x;\nlet x;\n", "r\"\nlet x;\n\"\n", "/*\nlet x;\n*/\nlet x;\n"];
        for program in programs {
            let (mut known, mut fresh) = (ParseState::new(rust), ParseState::new(rust));
            for line in program.split_inclusive('\n') {
                let changes = lines.parse(&mut known, line).unwrap();
                assert_eq!(changes.to_vec(), fresh.parse_line(line, syntaxes()).unwrap(), "{program}");
                assert_eq!(known, fresh);
            }
        }
    }

    #[test]
    fn no_more_lines_are_kept_than_were_said() {
        let text = syntaxes().find_syntax_plain_text();
        let lines = ParsedLines::default();
        for number in 0..MOST * 2 {
            lines.parse(&mut ParseState::new(text), &format!("{number}\n")).unwrap();
        }
        assert!(lines.0.lock().unwrap().len() <= MOST);
        lines.parse(&mut ParseState::new(text), &"long ".repeat(LONGEST)).unwrap();
        assert!(lines.0.lock().unwrap().keys().all(|line| line.len() <= LONGEST));
        let rust = syntaxes().find_syntax_by_token("rs").unwrap();
        let mut deeper = ParseState::new(rust);
        for _ in 0..STATES * 2 {
            lines.parse(&mut deeper, "fn f() { if true {\n").unwrap();
        }
        let lines = lines.0.lock().unwrap();
        assert_eq!(lines.get("fn f() { if true {\n").map(Vec::len), Some(STATES));
    }
}
