use std::sync::OnceLock;

use pulldown_cmark_escape::escape_html;
use syntect::highlighting::ThemeSet;
use syntect::html::{ClassStyle, ClassedHTMLGenerator, css_for_theme_with_class_style};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

const CLASSES: ClassStyle = ClassStyle::SpacedPrefixed { prefix: "z-" };

/// The syntaxes that syntect carries; read from the binary once, never changed.
fn syntaxes() -> &'static SyntaxSet {
    static SYNTAXES: OnceLock<SyntaxSet> = OnceLock::new();
    SYNTAXES.get_or_init(SyntaxSet::load_defaults_newlines)
}

/// A code block, its words in spans with classes when it is to be coloured and its language is known.
pub(super) fn code_block(code: &str, info: &str, highlight: bool) -> String {
    let language = info.split([',', ' ']).next().unwrap_or_default().trim();
    let coloured = if highlight && !language.is_empty() { coloured(code, language) } else { None };
    let mut html = String::with_capacity(code.len() + 64);
    html.push_str(if coloured.is_some() { "<pre class=\"z-code\"><code" } else { "<pre><code" });
    if !language.is_empty() {
        let mut escaped = String::new();
        // Writing to a string cannot fail.
        let _ = escape_html(&mut escaped, language);
        html.push_str(&format!(" class=\"language-{escaped}\" data-lang=\"{escaped}\""));
    }
    html.push('>');
    match coloured {
        Some(spans) => html.push_str(&spans),
        None => {
            let _ = escape_html(&mut html, code);
        }
    }
    html.push_str("</code></pre>\n");
    html
}

fn coloured(code: &str, language: &str) -> Option<String> {
    let set = syntaxes();
    let syntax = set.find_syntax_by_token(language)?;
    let mut generator = ClassedHTMLGenerator::new_with_class_style(syntax, set, CLASSES);
    for line in LinesWithEndings::from(code) {
        generator.parse_html_for_line_which_includes_newline(line).ok()?;
    }
    Some(generator.finalize())
}

/// The stylesheet that gives the classes of code blocks their colours, light and dark.
pub fn syntax_css() -> String {
    let themes = ThemeSet::load_defaults();
    let css = |name: &str| {
        let theme = themes.themes.get(name);
        theme.and_then(|theme| css_for_theme_with_class_style(theme, CLASSES).ok()).unwrap_or_default()
    };
    format!("{}\n@media (prefers-color-scheme: dark) {{\n{}}}\n", css("InspiredGitHub"), css("base16-ocean.dark"))
}
