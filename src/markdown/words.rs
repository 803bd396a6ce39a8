use unicode_segmentation::UnicodeSegmentation;

use super::Insert;
use super::inserts;

/// The words and the characters of a text.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(super) struct Count {
    pub(super) words: usize,
    /// Without white space.
    pub(super) characters: usize,
}

/// Counts a Markdown text as Zola does: Unicode's words, outside of fences.
pub(super) fn count(markdown: &str, inserts: &[Insert]) -> Count {
    let mut count = Count::default();
    let mut fence = None;
    for line in markdown.lines() {
        let start: String = line.trim_start().chars().take_while(|c| matches!(c, '`' | '~')).collect();
        match &fence {
            Some(open) if start.starts_with(open) => fence = None,
            Some(_) => {}
            None if start.len() >= 3 => fence = Some(start),
            None => {
                let text = inserts::words(line, inserts);
                count.words += text.unicode_words().count();
                count.characters += text.chars().filter(|c| !c.is_whitespace()).count();
            }
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_unicodes_and_fences_are_left_out() {
        let count = count("Xin chào, don't!\n\n```rust\nlet a = 1;\n```\n~~~\n```\n~~~\nđi", &[]);
        assert_eq!(count, Count { words: 4, characters: 16 });
    }
}
