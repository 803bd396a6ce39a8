//! Code blocks: what their fence asks for, their colours, and the HTML around them.

mod fence;
mod highlighter;
mod languages;
mod paint;
mod parsed;
mod property_list;
mod stylesheet;
mod theme_file;
mod themes;

use fence::Fence;
use highlighter::escaped;

use crate::config::DataAttributes;
use crate::diagnostic::Severity;

pub use highlighter::Highlighter;

/// A code block in HTML.
pub(super) struct CodeBlock {
    pub(super) html: String,
    /// A language that nobody knows, and how bad that is.
    pub(super) unknown: Option<(String, Severity)>,
}

/// Writes a code block; its words are coloured when there is a highlighter that knows the language.
pub(super) fn code_block(code: &str, info: &str, highlighter: Option<&Highlighter>) -> CodeBlock {
    let fence = Fence::read(info);
    let Some(highlighter) = highlighter else {
        let data = attributes(&fence);
        return CodeBlock { html: format!("<pre><code{data}>{}</code></pre>\n", escaped(code)), unknown: None };
    };
    let language = fence.language.as_str();
    let unknown = (!language.is_empty() && highlighter.is_unknown(language)).then(|| (language.to_owned(), highlighter.unknown));
    let data = attributes(&fence);
    let (on_pre, on_code) = match highlighter.data {
        DataAttributes::Code => ("", data.as_str()),
        DataAttributes::Pre => (data.as_str(), ""),
        DataAttributes::Both => (data.as_str(), data.as_str()),
        DataAttributes::None => ("", ""),
    };
    let look = look(highlighter);
    let mut html = format!("<pre class=\"giallo{look}{on_pre}><code{on_code}>");
    html.push_str(&lines(code, &fence, highlighter));
    html.push_str("</code></pre>\n");
    CodeBlock { html, unknown }
}

/// The rest of the class of `<pre>`, and its colours.
fn look(highlighter: &Highlighter) -> String {
    if highlighter.by_class {
        return " z-code\"".to_owned();
    }
    let mut css = String::new();
    if highlighter.colours.all().len() > 1 {
        css.push_str("color-scheme: light dark; ");
    }
    for (name, value) in [
        ("color", highlighter.css(|theme| theme.settings.foreground)),
        ("background-color", highlighter.css(|theme| theme.settings.background)),
    ] {
        css.extend(value.map(|value| format!("{name}: {value}; ")));
    }
    if css.is_empty() { "\"".to_owned() } else { format!("\" style=\"{}\"", css.trim_end()) }
}

fn attributes(fence: &Fence) -> String {
    let language = (!fence.language.is_empty()).then_some(("lang", &fence.language));
    let data = fence.data.iter().map(|(key, value)| (key.as_str(), value));
    language.into_iter().chain(data).map(|(key, value)| format!(" data-{key}=\"{}\"", escaped(value))).collect()
}

fn lines(code: &str, fence: &Fence, highlighter: &Highlighter) -> String {
    let lines = highlighter.lines(code, &fence.language);
    let width = fence.first_number.saturating_add(lines.len()).saturating_sub(1).to_string().len();
    let background = highlighter.css(|theme| theme.settings.line_highlight).filter(|_| !highlighter.by_class);
    let mut html = String::with_capacity(code.len() * 2);
    for (number, line) in (1..).zip(lines).filter(|(number, _)| !fence.hidden.contain(*number)) {
        match (fence.marked.contain(number), &background) {
            (true, Some(color)) => {
                html.push_str(&format!("<span class=\"giallo-l giallo-hl\" style=\"background-color: {color};\">"));
            }
            (true, None) => html.push_str("<span class=\"giallo-l giallo-hl\">"),
            (false, _) => html.push_str("<span class=\"giallo-l\">"),
        }
        if fence.line_numbers {
            let shown = fence.first_number.saturating_add(number - 1);
            html.push_str(&format!("<span class=\"giallo-ln\">{shown:>width$} </span>"));
        }
        html.push_str(&line);
        html.push_str("</span>\n");
    }
    html
}
