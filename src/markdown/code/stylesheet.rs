use syntect::highlighting::Theme;
use syntect::html::css_for_theme_with_class_style;

use super::highlighter::hex;
use super::paint::CLASSES;

const LINES: &str = "\
.giallo-l { display: inline-block; min-height: 1lh; width: 100%; }
.giallo-ln { color: inherit; opacity: 0.7; user-select: none; -webkit-user-select: none; }
";

/// The stylesheet of a theme: lines, then the colours of the block and of its words.
pub(super) fn of(theme: &Theme) -> String {
    let mut css = LINES.to_owned();
    if let Some(color) = theme.settings.line_highlight {
        css.push_str(&format!(".giallo-hl {{ background-color: {}; }}\n", hex(color)));
    }
    // Only an unknown style of classes could fail.
    css.push_str(&css_for_theme_with_class_style(theme, CLASSES).unwrap_or_default());
    css
}
