use super::layout::{Layout, Length};
use super::text_width::text_width;

/// Text broken between words so that it fits the layout.
pub(super) fn wrapped(text: &str, layout: Layout) -> Vec<String> {
    wrapped_to(text, layout.font, false, layout.width)
}

/// Text broken between words, and inside those that are too long, to lines of a width.
pub(super) fn wrapped_to(text: &str, size: Length, bold: bool, most: Length) -> Vec<String> {
    let fits = |line: &str| text_width(line, size, bold) <= most;
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if fits(&format!("{line} {word}")) => {
                line.push(' ');
                line.push_str(word);
            }
            _ if fits(word) => lines.push(word.to_owned()),
            _ => lines.extend(broken(word, &fits)),
        }
    }
    lines
}

/// A word longer than a line, broken anywhere.
fn broken(word: &str, fits: &impl Fn(&str) -> bool) -> Vec<String> {
    let mut lines = vec![String::new()];
    for letter in word.chars() {
        let over = lines.last().is_some_and(|line| !line.is_empty() && !fits(&format!("{line}{letter}")));
        if over {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            line.push(letter);
        }
    }
    lines
}
