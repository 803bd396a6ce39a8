use tera::ErrorKind;

use super::advice::{advice, short};
use crate::diagnostic::Diagnostic;
use crate::text::{SitePath, SourceText, Span};

/// Between what is wrong and what to do, in the one string that a Tera function can fail with.
const HELP: char = '\u{1f}';

/// The error of a function: what is wrong, and what to do.
pub(super) fn failure(message: impl AsRef<str>, help: impl AsRef<str>) -> tera::Error {
    tera::Error::message(format!("{}{HELP}{}", message.as_ref(), help.as_ref()))
}

/// One finding of Tera: its message, and where in which template.
pub(super) struct Finding {
    pub(super) message: String,
    pub(super) template: Option<String>,
    pub(super) position: Position,
}

/// A position as Tera gives it.
pub(super) enum Position {
    Bytes(Span),
    /// Line and column from 0.
    LineColumn(usize, usize),
    Unknown,
}

impl Finding {
    /// As a diagnostic, placed with the help of the template's source; `base` is where in the file the template starts.
    pub(super) fn diagnostic(&self, code: &'static str, source: Option<&SourceText>, base: usize) -> Diagnostic {
        let (message, help) = match self.message.split_once(HELP) {
            Some((message, help)) => (message, Some(help.to_owned())),
            None => (self.message.as_str(), None),
        };
        // Tera puts the function's name before the message of a function that failed.
        let message = message.trim().trim_end_matches('.');
        let help = help.or_else(|| {
            let text = source.map(SourceText::text);
            let text = text.as_deref().and_then(|text| text.get(base..)).unwrap_or_default();
            let (before, at) = text.split_at_checked(self.offset(text)).unwrap_or((text, ""));
            advice(message, before, at)
        });
        let message = short(message);
        let diagnostic = Diagnostic::error(code, message).maybe_help(help);
        let Some(source) = source else {
            return match &self.template {
                Some(template) => Diagnostic { message: format!("{template}: {message}"), ..diagnostic },
                None => diagnostic,
            };
        };
        match self.position {
            Position::Bytes(span) => diagnostic.at(source, span.shifted(base)),
            Position::LineColumn(..) => {
                let start = base + self.offset(source.text().get(base..).unwrap_or_default());
                diagnostic.at(source, Span { start, end: start + 1 })
            }
            Position::Unknown => diagnostic.in_file(&source.path),
        }
    }

    /// Where in the template's text.
    fn offset(&self, text: &str) -> usize {
        match self.position {
            Position::Bytes(span) => span.start,
            Position::LineColumn(line, column) => SourceText::new(SitePath::new(""), text).offset(line, column),
            Position::Unknown => 0,
        }
    }
}

/// Everything that an error of Tera says.
pub(super) fn findings(error: &tera::Error) -> Vec<Finding> {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => vec![Finding {
            message: report.message().to_owned(),
            template: Some(report.filename().to_owned()),
            position: Position::Bytes(report.span().range.clone().into()),
        }],
        ErrorKind::MissingParent { current, parent } => vec![Finding {
            message: format!("it extends the template `{parent}`, which does not exist{HELP}check the name after `extends`"),
            template: Some(current.clone()),
            position: Position::Unknown,
        }],
        ErrorKind::CircularExtend { tpl, .. } => vec![Finding {
            message: format!("it extends itself, directly or through others{HELP}break the circle"),
            template: Some(tpl.clone()),
            position: Position::Unknown,
        }],
        ErrorKind::CircularInclude { tpl, .. } => vec![Finding {
            message: format!("it includes itself, directly or through others{HELP}break the circle"),
            template: Some(tpl.clone()),
            position: Position::Unknown,
        }],
        _ => {
            let text = error.to_string();
            twice(&text).map_or_else(|| reports(&text), |finding| vec![finding])
        }
    }
}

/// A component that two templates define, told of the second one.
fn twice(text: &str) -> Option<Finding> {
    let mut quoted = text.split('`').skip(1).step_by(2);
    let (true, Some(component), Some(first), Some(second)) =
        (text.contains("is defined in both"), quoted.next(), quoted.next(), quoted.next())
    else {
        return None;
    };
    Some(Finding {
        message: format!("it defines the component `{component}`, which `{first}` defines, too{HELP}rename one of the two"),
        template: Some(second.to_owned()),
        position: Position::Unknown,
    })
}

/// Tera joins several findings into one text of reports: `error: …` and ` --> template:line:column` lines.
fn reports(text: &str) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for line in text.lines() {
        if let Some(message) = line.strip_prefix("error: ") {
            findings.push(Finding { message: message.to_owned(), template: None, position: Position::Unknown });
        } else if let (Some(finding), Some(place)) = (findings.last_mut(), line.trim_start().strip_prefix("--> ")) {
            let mut parts = place.rsplitn(3, ':');
            let (column, line, template) = (parts.next(), parts.next(), parts.next());
            let number = |part: Option<&str>| part.and_then(|part| part.parse::<usize>().ok());
            if let (Some(column), Some(line), Some(template), true) =
                (number(column), number(line), template, finding.template.is_none())
            {
                finding.template = Some(template.to_owned());
                finding.position = Position::LineColumn(line.saturating_sub(1), column.saturating_sub(1));
            }
        }
    }
    if findings.is_empty() {
        findings.push(Finding { message: text.to_owned(), template: None, position: Position::Unknown });
    }
    findings
}
