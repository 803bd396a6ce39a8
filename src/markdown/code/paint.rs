use std::collections::HashMap;
use std::sync::Arc;

use pulldown_cmark_escape::escape_html;
use syntect::highlighting::{Color, FontStyle, Highlighter as Styler, Style};
use syntect::html::ClassStyle;
use syntect::parsing::{BasicScopeStackOp, Scope, ScopeStack, ScopeStackOp};

use super::highlighter::{Highlighter, escaped, hex, light_dark};

/// The classes of words: `z-` before each part of a scope.
pub(super) const CLASSES: ClassStyle = ClassStyle::SpacedPrefixed { prefix: "z-" };

/// Colours one block, line after line; every line stands for itself.
pub(super) struct Painter<'a> {
    /// What the words at this place are.
    stack: ScopeStack,
    look: Look<'a>,
}

/// How words show what they are. Both remember what they worked out: a block has few kinds of words.
enum Look<'a> {
    /// By classes: the opening tag of each scope.
    Classes(HashMap<Scope, String>),
    /// By styles, of one theme or of the light one and the dark one.
    Styles { themes: Vec<Styler<'a>>, css: HashMap<Vec<Scope>, Arc<str>> },
}

impl<'a> Painter<'a> {
    pub(super) fn new(highlighter: &'a Highlighter) -> Self {
        let look = if highlighter.by_class {
            Look::Classes(HashMap::new())
        } else {
            Look::Styles { themes: highlighter.colours.all().into_iter().map(Styler::new).collect(), css: HashMap::new() }
        };
        Self { stack: ScopeStack::new(), look }
    }

    /// The HTML of a line, without its end.
    pub(super) fn line(&mut self, line: &str, changes: &[(usize, ScopeStackOp)]) -> Option<String> {
        let words = line.trim_end_matches(['\n', '\r']);
        match &mut self.look {
            Look::Classes(tags) => classed(words, changes, &mut self.stack, tags),
            Look::Styles { themes, css } => styled(words, changes, &mut self.stack, themes, css),
        }
    }
}

/// The parts of a line between changes, and the changes: each part stands before its change, the last one alone.
fn parts<'a>(line: &'a str, changes: &'a [(usize, ScopeStackOp)]) -> impl Iterator<Item = (&'a str, Option<&'a ScopeStackOp>)> {
    let mut from = 0;
    let mut part = move |to: usize| {
        let part = line.get(from..to.min(line.len())).unwrap_or_default();
        from = from.max(to);
        part
    };
    let ends = changes.iter().map(|(at, change)| (*at, Some(change))).chain(std::iter::once((line.len(), None)));
    ends.map(move |(at, change)| (part(at), change))
}

/// What is open at the line's start is opened again, what is open at its end is closed; empty spans are left out.
fn classed(
    line: &str,
    changes: &[(usize, ScopeStackOp)],
    stack: &mut ScopeStack,
    tags: &mut HashMap<Scope, String>,
) -> Option<String> {
    let mut html = String::with_capacity(line.len() * 4);
    let mut open = |scope: Scope, html: &mut String| html.push_str(tags.entry(scope).or_insert_with(|| tag(scope)));
    for scope in stack.as_slice() {
        open(*scope, &mut html);
    }
    let mut empty_from = None;
    for (text, change) in parts(line, changes) {
        if !text.is_empty() {
            empty_from = None;
            // Writing to a string cannot fail.
            let _ = escape_html(&mut html, text);
        }
        let Some(change) = change else { continue };
        let apply = |change: BasicScopeStackOp, _: &[Scope]| match change {
            BasicScopeStackOp::Push(scope) => {
                empty_from = Some(html.len());
                open(scope, &mut html);
            }
            BasicScopeStackOp::Pop => match empty_from.take() {
                Some(start) => html.truncate(start),
                None => html.push_str("</span>"),
            },
        };
        stack.apply_with_hook(change, apply).ok()?;
    }
    html.push_str(&"</span>".repeat(stack.len()));
    Some(html)
}

fn tag(scope: Scope) -> String {
    let classes: Vec<String> = scope.build_string().split('.').map(|part| format!("z-{}", escaped(part))).collect();
    format!("<span class=\"{}\">", classes.join(" "))
}

/// Neighbours of the same style share a span; what looks like the block itself has none.
fn styled(
    line: &str,
    changes: &[(usize, ScopeStackOp)],
    stack: &mut ScopeStack,
    themes: &[Styler<'_>],
    known: &mut HashMap<Vec<Scope>, Arc<str>>,
) -> Option<String> {
    let mut pieces: Vec<(Arc<str>, String)> = Vec::new();
    for (text, change) in parts(line, changes) {
        if !text.is_empty() {
            let style = match known.get(stack.as_slice()) {
                Some(style) => Arc::clone(style),
                None => {
                    let style: Arc<str> = style(stack.as_slice(), themes).into();
                    known.insert(stack.as_slice().to_vec(), Arc::clone(&style));
                    style
                }
            };
            match pieces.last_mut() {
                Some((last, before)) if *last == style => before.push_str(text),
                _ => pieces.push((style, text.to_owned())),
            }
        }
        if let Some(change) = change {
            stack.apply(change).ok()?;
        }
    }
    let mut html = String::with_capacity(line.len() * 2);
    for (style, text) in pieces {
        if style.is_empty() || text.chars().all(char::is_whitespace) {
            html.push_str(&escaped(&text));
        } else {
            html.push_str(&format!("<span style=\"{style}\">{}</span>", escaped(&text)));
        }
    }
    Some(html)
}

fn style(stack: &[Scope], themes: &[Styler<'_>]) -> String {
    let styles: Vec<Style> = themes.iter().map(|theme| theme.style_for_stack(stack)).collect();
    let defaults: Vec<Style> = themes.iter().map(Styler::get_default).collect();
    css(&styles, &defaults)
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
