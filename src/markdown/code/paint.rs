use syntect::highlighting::{Color, FontStyle, HighlightIterator, HighlightState, Highlighter as Styler, Style};
use syntect::html::{ClassStyle, line_tokens_to_classed_spans};
use syntect::parsing::{ScopeStack, ScopeStackOp};

use super::highlighter::{Highlighter, escaped, hex, light_dark};

/// The classes of words: `z-` before each part of a scope.
pub(super) const CLASSES: ClassStyle = ClassStyle::SpacedPrefixed { prefix: "z-" };

type Changes = [(usize, ScopeStackOp)];

/// Colours one block, line after line; every line stands for itself.
pub(super) enum Painter<'a> {
    Classes(ScopeStack),
    /// One theme, or the light one and the dark one.
    Styles(Vec<(Styler<'a>, HighlightState)>),
}

impl<'a> Painter<'a> {
    pub(super) fn new(highlighter: &'a Highlighter) -> Self {
        if highlighter.by_class {
            return Self::Classes(ScopeStack::new());
        }
        let one = |theme| {
            let styler = Styler::new(theme);
            let state = HighlightState::new(&styler, ScopeStack::new());
            (styler, state)
        };
        Self::Styles(highlighter.colours.all().into_iter().map(one).collect())
    }

    /// The HTML of a line, without its end.
    pub(super) fn line(&mut self, line: &str, changes: &Changes) -> Option<String> {
        match self {
            Self::Classes(stack) => {
                let mut html: String = stack.scopes.iter().map(|scope| span(&scope.build_string())).collect();
                let (inside, _) = line_tokens_to_classed_spans(line, changes, CLASSES, stack).ok()?;
                html.push_str(&inside.replace(['\n', '\r'], ""));
                html.push_str(&"</span>".repeat(stack.len()));
                Some(html)
            }
            Self::Styles(themes) => Some(styled(line, changes, themes)),
        }
    }
}

fn span(scope: &str) -> String {
    let classes: Vec<String> = scope.split('.').map(|part| format!("z-{}", escaped(part))).collect();
    format!("<span class=\"{}\">", classes.join(" "))
}

/// Neighbours of the same style share a span; what looks like the block itself has none.
fn styled(line: &str, changes: &Changes, themes: &mut [(Styler<'_>, HighlightState)]) -> String {
    let mut pieces: Vec<(Vec<Style>, String)> = Vec::new();
    let defaults: Vec<Style> = themes.iter().map(|(styler, _)| styler.get_default()).collect();
    // Every theme cuts the line at the same places: where its scopes change.
    let cuts: Vec<Vec<(Style, &str)>> =
        themes.iter_mut().map(|(styler, state)| HighlightIterator::new(state, changes, line, styler).collect()).collect();
    for number in 0..cuts.first().map_or(0, Vec::len) {
        let at: Vec<&(Style, &str)> = cuts.iter().filter_map(|cut| cut.get(number)).collect();
        let styles: Vec<Style> = at.iter().map(|(style, _)| *style).collect();
        let text = at.first().map_or("", |(_, text)| text.trim_end_matches(['\n', '\r']));
        match pieces.last_mut() {
            Some((last, before)) if *last == styles => before.push_str(text),
            _ => pieces.push((styles, text.to_owned())),
        }
    }
    let mut html = String::with_capacity(line.len() * 2);
    for (styles, text) in pieces.iter().filter(|(_, text)| !text.is_empty()) {
        let css = css(styles, &defaults);
        if css.is_empty() || text.chars().all(char::is_whitespace) {
            html.push_str(&escaped(text));
        } else {
            html.push_str(&format!("<span style=\"{css}\">{}</span>", escaped(text)));
        }
    }
    html
}

fn css(styles: &[Style], defaults: &[Style]) -> String {
    let mut css = String::new();
    let mut color = |name: &str, of: fn(&Style) -> Color| {
        if styles.iter().map(of).ne(defaults.iter().map(of)) {
            let value = match styles {
                [one] => hex(of(one)),
                [light, dark] => light_dark(of(light), of(dark)),
                _ => return,
            };
            css.push_str(&format!("{name}: {value}; "));
        }
    };
    color("color", |style| style.foreground);
    color("background-color", |style| style.background);
    // The shape of letters cannot depend on the reader's preference: both themes must ask for it.
    let all = |font: FontStyle| styles.iter().all(|style| style.font_style.contains(font));
    for (font, rule) in [
        (FontStyle::BOLD, "font-weight: bold; "),
        (FontStyle::ITALIC, "font-style: italic; "),
        (FontStyle::UNDERLINE, "text-decoration: underline; "),
    ] {
        if all(font) {
            css.push_str(rule);
        }
    }
    css.trim_end().to_owned()
}
