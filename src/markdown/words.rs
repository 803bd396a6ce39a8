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
                count.words += words(&text);
                count.characters += text.chars().filter(|c| !c.is_whitespace()).count();
            }
        }
    }
    count
}

/// No word goes across a space; those of ASCII only are quick to cut.
fn words(text: &str) -> usize {
    text.split(' ').map(|part| part.unicode_words().count()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_unicodes_and_fences_are_left_out() {
        let count = count("Xin chào, don't!\n\n```rust\nlet a = 1;\n```\n~~~\n```\n~~~\nđi", &[]);
        assert_eq!(count, Count { words: 4, characters: 16 });
    }

    const PIECES: [&str; 14] =
        [" ", "  ", "a", "ế", "1", ".", "'", "_", "\u{301}", "\u{e31}", "\u{200d}", "ℹ", "カ", "\u{5d0}\""];

    proptest::proptest! {
        #[test]
        fn words_between_spaces_are_those_of_the_whole(pieces in proptest::collection::vec(0..PIECES.len(), 0..12)) {
            let text: String = pieces.into_iter().map(|at| PIECES[at]).collect();
            proptest::prop_assert_eq!(words(&text), text.unicode_words().count());
        }
    }
}
