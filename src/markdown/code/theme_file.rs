use std::str::FromStr;

use serde_json::{Map, Value};
use syntect::highlighting::{Color, FontStyle, ScopeSelectors, StyleModifier, Theme, ThemeItem, ThemeSettings};

use super::property_list;

/// Reads a theme: VS Code's JSON, or a `.tmTheme`.
///
/// # Errors
/// With the reason, in words.
pub(super) fn read(path: &str, bytes: &[u8]) -> Result<Theme, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "it is not UTF-8 text".to_owned())?;
    let value = if path.ends_with(".json") || path.ends_with(".jsonc") {
        serde_json::from_str(&without_comments(text)).map_err(|error| format!("it is not JSON: {error}"))?
    } else {
        property_list::read(text).ok_or_else(|| "it is not an XML property list".to_owned())?
    };
    theme(&value).ok_or_else(|| "it has neither `tokenColors` nor `settings`".to_owned())
}

/// Both formats say the same in nearly the same words.
fn theme(value: &Value) -> Option<Theme> {
    let rules = value.get("tokenColors").or_else(|| value.get("settings"))?.as_array()?;
    let mut theme = Theme { name: text(value.get("name")).map(str::to_owned), ..Theme::default() };
    if let Some(colors) = value.get("colors") {
        let color = |key| text(colors.get(key)).and_then(color);
        theme.settings = ThemeSettings {
            foreground: color("editor.foreground"),
            background: color("editor.background"),
            line_highlight: color("editor.lineHighlightBackground").or_else(|| color("editor.selectionBackground")),
            ..ThemeSettings::default()
        };
    }
    for rule in rules {
        let Some(settings) = rule.get("settings").and_then(Value::as_object) else { continue };
        match scopes(rule.get("scope")) {
            Some(scope) if !scope.selectors.is_empty() => theme.scopes.push(ThemeItem { scope, style: style(settings) }),
            Some(_) => {}
            // The rule without a scope is for everything.
            None if rule.get("scope").is_none() => {
                let color = |key| text(settings.get(key)).and_then(color);
                let all = &mut theme.settings;
                all.foreground = color("foreground").or(all.foreground);
                all.background = color("background").or(all.background);
                all.line_highlight = color("lineHighlight").or(all.line_highlight);
            }
            None => {}
        }
    }
    Some(theme)
}

fn text(value: Option<&Value>) -> Option<&str> {
    value.and_then(Value::as_str)
}

fn scopes(value: Option<&Value>) -> Option<ScopeSelectors> {
    let text = match value? {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "),
        _ => return None,
    };
    let mut selectors = ScopeSelectors::from_str(&text).ok()?;
    // A selector that names nothing would match everything, and breaks the stylesheet.
    selectors.selectors.retain(|selector| !selector.extract_scopes().is_empty());
    Some(selectors)
}

fn style(settings: &Map<String, Value>) -> StyleModifier {
    let color = |key| text(settings.get(key)).and_then(color);
    let font_style = text(settings.get("fontStyle")).map(|words| {
        words.split_whitespace().fold(FontStyle::empty(), |style, word| match word {
            "bold" => style | FontStyle::BOLD,
            "italic" => style | FontStyle::ITALIC,
            "underline" => style | FontStyle::UNDERLINE,
            _ => style,
        })
    });
    StyleModifier { foreground: color("foreground"), background: color("background"), font_style }
}

/// `#rgb`, `#rrggbb` or `#rrggbbaa`.
fn color(text: &str) -> Option<Color> {
    let digits: Vec<u8> = text
        .strip_prefix('#')?
        .chars()
        .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect::<Option<_>>()?;
    let byte = |high: &u8, low: &u8| high * 16 + low;
    Some(match digits.as_slice() {
        [r, g, b] | [r, g, b, _] => Color { r: byte(r, r), g: byte(g, g), b: byte(b, b), a: 255 },
        [r1, r2, g1, g2, b1, b2] => Color { r: byte(r1, r2), g: byte(g1, g2), b: byte(b1, b2), a: 255 },
        [r1, r2, g1, g2, b1, b2, a1, a2] => Color { r: byte(r1, r2), g: byte(g1, g2), b: byte(b1, b2), a: byte(a1, a2) },
        _ => return None,
    })
}

/// JSON as VS Code writes it, without its comments and the commas before a closing bracket.
fn without_comments(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut comma = false;
    while let Some(c) = chars.next() {
        match c {
            '/' if chars.peek() == Some(&'/') => {
                while chars.peek().is_some_and(|c| *c != '\n') {
                    chars.next();
                }
                continue;
            }
            '/' if chars.peek() == Some(&'*') => {
                chars.next();
                let mut last = ' ';
                while let Some(c) = chars.next().filter(|c| !(last == '*' && *c == '/')) {
                    last = c;
                }
                continue;
            }
            ',' => {
                comma = true;
                continue;
            }
            _ => {}
        }
        if comma && !c.is_whitespace() {
            if !matches!(c, ']' | '}') {
                plain.push(',');
            }
            comma = false;
        }
        plain.push(c);
        if c == '"' {
            while let Some(c) = chars.next() {
                plain.push(c);
                match c {
                    '\\' => plain.extend(chars.next()),
                    '"' => break,
                    _ => {}
                }
            }
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_last_commas_go_and_texts_stay() {
        let json = "{ // a\n \"x\": \"// no, /* no */ \\\" ,}\", /* b */ \"y\": [1, 2,], }";
        let value: Value = serde_json::from_str(&without_comments(json)).unwrap();
        assert_eq!(value["x"], "// no, /* no */ \" ,}");
        assert_eq!(value["y"], serde_json::json!([1, 2]));
    }

    #[test]
    fn both_formats_of_themes_are_read() {
        let json = r##"{"name":"A","colors":{"editor.background":"#000","editor.foreground":"#ffffff80"},
            "tokenColors":[{"scope":["comment","string.x"],"settings":{"foreground":"#102030","fontStyle":"bold italic"}},
            {"scope":"","settings":{}},{"settings":{"foreground":"#eee"}}]}"##;
        let theme = read("a.json", json.as_bytes()).unwrap();
        assert_eq!(theme.settings.background, Some(Color { r: 0, g: 0, b: 0, a: 255 }));
        assert_eq!(theme.scopes.len(), 1);
        assert_eq!(theme.scopes[0].style.font_style, Some(FontStyle::BOLD | FontStyle::ITALIC));
        let list = r#"<?xml version="1.0"?><!DOCTYPE plist><plist version="1.0"><dict><key>name</key><string>B &amp; C</string>
            <key>settings</key><array><dict><key>settings</key><dict><key>background</key><string>#FFFFFF</string></dict></dict>
            <dict><key>scope</key><string>comment</string><key>settings</key><dict><key>foreground</key><string>#123456</string>
            </dict></dict></array></dict></plist>"#;
        let theme = read("b.tmTheme", list.as_bytes()).unwrap();
        assert_eq!(theme.name.as_deref(), Some("B & C"));
        assert_eq!(theme.settings.background, Some(Color { r: 255, g: 255, b: 255, a: 255 }));
        assert_eq!(theme.scopes[0].style.foreground, Some(Color { r: 0x12, g: 0x34, b: 0x56, a: 255 }));
        assert!(read("c.json", b"{").is_err() && read("c.tmTheme", b"<plist>").is_err() && read("d.json", b"{}").is_err());
    }
}
