use std::collections::BTreeSet;

use pulldown_cmark_escape::escape_html;
use syntect::highlighting::{Color, Theme};
use syntect::parsing::{ParseState, SyntaxReference};
use syntect::util::LinesWithEndings;

use super::languages::{self, Known};
use super::paint::Painter;
use super::parsed::ParsedLines;
use super::{stylesheet, theme_file, themes};
use crate::config::{CodeThemes, DataAttributes, Highlighting};
use crate::diagnostic::{Diagnostic, Severity, Sink};
use crate::source::Snapshot;
use crate::text::{SitePath, Span, closest};

/// Colours code as a site's config asks. Made once a build, shared by all threads.
#[derive(Debug)]
pub struct Highlighter {
    pub(super) colours: Colours,
    pub(super) by_class: bool,
    pub(super) data: DataAttributes,
    /// How bad an unknown language is.
    pub(super) unknown: Severity,
    /// Languages whose grammar we cannot read, in small letters.
    plain: BTreeSet<String>,
    parsed: ParsedLines,
}

/// The themes.
#[derive(Debug)]
pub(super) enum Colours {
    One(Box<Theme>),
    LightDark { light: Box<Theme>, dark: Box<Theme> },
}

impl Colours {
    /// One theme, or the light one and the dark one.
    pub(super) fn all(&self) -> Vec<&Theme> {
        match self {
            Self::One(theme) => vec![theme],
            Self::LightDark { light, dark } => vec![light, dark],
        }
    }
}

impl Highlighter {
    /// Reads the themes; what is not known or cannot be read is reported.
    pub fn new(settings: &Highlighting, snapshot: &Snapshot, sink: &Sink) -> Self {
        let extra = extra_themes(settings, snapshot, sink);
        let theme = |(name, span): &(String, Span)| Box::new(theme(name, *span, &extra, settings, sink));
        let colours = match &settings.themes {
            CodeThemes::One(name) => Colours::One(theme(name)),
            CodeThemes::LightDark { light, dark } => Colours::LightDark { light: theme(light), dark: theme(dark) },
        };
        Self {
            colours,
            by_class: settings.by_class,
            data: settings.data_attr_position,
            unknown: if settings.error_on_missing_language { Severity::Error } else { Severity::Warning },
            plain: extra_languages(settings, snapshot, sink),
            parsed: ParsedLines::default(),
        }
    }

    /// The stylesheets that give classes their colours, by name; none when colours stand in the HTML.
    pub fn stylesheets(&self) -> Vec<(&'static str, String)> {
        match &self.colours {
            _ if !self.by_class => Vec::new(),
            Colours::One(theme) => vec![("giallo.css", stylesheet::of(theme))],
            Colours::LightDark { light, dark } => {
                vec![("giallo-light.css", stylesheet::of(light)), ("giallo-dark.css", stylesheet::of(dark))]
            }
        }
    }

    /// Whether nobody knows this language.
    pub(super) fn is_unknown(&self, language: &str) -> bool {
        !self.plain.contains(&language.to_lowercase()) && matches!(languages::language(language), Known::Unknown)
    }

    /// The HTML of each line.
    pub(super) fn lines(&self, code: &str, language: &str) -> Vec<String> {
        let syntax = match languages::language(language) {
            Known::Syntax(syntax) if !self.plain.contains(&language.to_lowercase()) => Some(syntax),
            _ => None,
        };
        syntax.and_then(|syntax| self.coloured(code, syntax)).unwrap_or_else(|| code.lines().map(escaped).collect())
    }

    fn coloured(&self, code: &str, syntax: &SyntaxReference) -> Option<Vec<String>> {
        let mut state = ParseState::new(syntax);
        let mut painter = Painter::new(self);
        let mut lines = Vec::new();
        for line in LinesWithEndings::from(code) {
            let changes = self.parsed.parse(&mut state, line)?;
            lines.push(painter.line(line, &changes)?);
        }
        Some(lines)
    }

    /// A colour of the themes, as CSS.
    pub(super) fn css(&self, of: impl Fn(&Theme) -> Option<Color>) -> Option<String> {
        match &self.colours {
            Colours::One(theme) => of(theme).map(hex),
            Colours::LightDark { light, dark } => Some(light_dark(of(light)?, of(dark)?)),
        }
    }
}

/// A text as HTML.
pub(super) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    // Writing to a string cannot fail.
    let _ = escape_html(&mut html, text);
    html
}

pub(super) fn hex(color: Color) -> String {
    let alpha = if color.a == 255 { String::new() } else { format!("{:02x}", color.a) };
    format!("#{:02x}{:02x}{:02x}{alpha}", color.r, color.g, color.b)
}

pub(super) fn light_dark(light: Color, dark: Color) -> String {
    if light == dark { hex(light) } else { format!("light-dark({}, {})", hex(light), hex(dark)) }
}

fn theme(name: &str, span: Span, extra: &[Theme], settings: &Highlighting, sink: &Sink) -> Theme {
    if let Some(theme) = extra.iter().find(|theme| theme.name.as_deref() == Some(name)) {
        return theme.clone();
    }
    if let Some(theme) = themes::built_in(name) {
        return theme.clone();
    }
    let mut known: Vec<&str> = themes::names().collect();
    known.extend(extra.iter().filter_map(|theme| theme.name.as_deref()));
    let help = match closest(name, known) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "write a name such as `github-light` or `github-dark`, or name its file in `extra_themes`".to_owned(),
    };
    let diagnostic = Diagnostic::warning("unknown-code-theme", format!("there is no theme `{name}` for code"));
    sink.push(diagnostic.at(&settings.source, span).help(help));
    themes::fallback(name)
}

/// The themes of files. One without a name has its file's.
fn extra_themes(settings: &Highlighting, snapshot: &Snapshot, sink: &Sink) -> Vec<Theme> {
    let mut themes = Vec::new();
    for (path, span) in &settings.extra_themes {
        let Some(bytes) = file(path, *span, settings, snapshot, sink) else { continue };
        match theme_file::read(path, &bytes) {
            Ok(mut theme) => {
                if theme.name.is_none() {
                    let file = path.rsplit('/').next().unwrap_or(path);
                    theme.name = Some(file.split_once('.').map_or(file, |(stem, _)| stem).to_owned());
                }
                themes.push(theme);
            }
            Err(reason) => {
                let diagnostic = Diagnostic::error("bad-code-theme", format!("`{path}` is no theme: {reason}"));
                sink.push(diagnostic.at(&settings.source, *span).help("name a `.tmTheme` file or a theme of VS Code as `.json`"));
            }
        }
    }
    themes
}

/// The names of the languages of files: their grammars cannot be read, but their names are no mistake.
fn extra_languages(settings: &Highlighting, snapshot: &Snapshot, sink: &Sink) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (path, span) in &settings.extra_grammars {
        let Some(bytes) = file(path, *span, settings, snapshot, sink) else { continue };
        names.extend(languages::names_in_grammar(path, &String::from_utf8_lossy(&bytes)));
        let message = format!("the grammar `{path}` cannot be read: code in its language is shown without colours");
        let diagnostic = Diagnostic::warning("grammar-not-read", message).at(&settings.source, *span);
        sink.push(
            diagnostic
                .help("the code is shown as plain text; take the file out of `extra_grammars` to hear of unknown languages"),
        );
    }
    names
}

fn file(path: &str, span: Span, settings: &Highlighting, snapshot: &Snapshot, sink: &Sink) -> Option<std::sync::Arc<[u8]>> {
    let bytes = snapshot.any_file(&SitePath::new(path));
    if bytes.is_none() {
        let diagnostic = Diagnostic::error("missing-file", format!("there is no file `{path}`")).at(&settings.source, span);
        sink.push(diagnostic.help("write its path from the folder of the config file"));
    }
    bytes
}
