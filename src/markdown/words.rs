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
                // No word goes across a space.
                inserts::words(line, inserts).split(' ').for_each(|part| count.add(part));
            }
        }
    }
    count
}

impl Count {
    /// Counts a text without spaces: nearly always one word, which Unicode's rules need not be asked about.
    fn add(&mut self, part: &str) {
        match plain(part) {
            Some(count) => {
                self.words += count.words;
                self.characters += count.characters;
            }
            None => {
                self.words += part.unicode_words().count();
                self.characters += part.chars().filter(|c| !c.is_whitespace()).count();
            }
        }
    }
}

/// What a text of Latin letters, numbers and ASCII punctuation counts, if it is plain that it is one word or none.
fn plain(part: &str) -> Option<Count> {
    #[derive(PartialEq)]
    enum At {
        Start,
        Letter,
        Digit,
        /// Behind a digit: `1.405,3` is one word.
        Separator,
        End,
    }
    let (mut at, mut characters) = (At::Start, 0);
    for c in part.chars() {
        characters += 1;
        at = match at {
            At::Start | At::Letter | At::Digit if is_letter(c) => At::Letter,
            At::Start | At::Letter | At::Digit | At::Separator if c.is_ascii_digit() => At::Digit,
            At::Digit if matches!(c, '.' | ',') => At::Separator,
            At::Start if c.is_ascii_punctuation() => At::Start,
            _ if c.is_ascii_punctuation() => At::End,
            _ => return None,
        };
    }
    Some(Count { words: usize::from(at != At::Start), characters })
}

/// Whether a character is a letter of those between which no word ends.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ɏ' | 'Ḁ'..='ỿ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_unicodes_and_fences_are_left_out() {
        let count = count("Xin chào, don't!\n\n```rust\nlet a = 1;\n```\n~~~\n```\n~~~\nđi", &[]);
        assert_eq!(count, Count { words: 4, characters: 16 });
    }

    #[test]
    fn no_word_ends_between_two_latin_letters() {
        for letter in ('\0'..='\u{2000}').filter(|c| is_letter(*c)) {
            assert_eq!(format!("{letter}a1{letter}{letter}").unicode_words().count(), 1, "{letter}");
        }
    }

    const PIECES: [&str; 18] =
        [" ", "  ", "a", "ế", "1", "2", ".", ",", "'", "_", "-", "×", "\u{301}", "\u{e31}", "\u{200d}", "ℹ", "カ", "\u{5d0}\""];

    proptest::proptest! {
        #[test]
        fn words_between_spaces_are_those_of_the_whole(pieces in proptest::collection::vec(0..PIECES.len(), 0..12)) {
            let text: String = pieces.into_iter().map(|at| PIECES[at]).collect();
            let (words, characters) = (text.unicode_words().count(), text.chars().filter(|c| !c.is_whitespace()).count());
            proptest::prop_assert_eq!(count(&text, &[]), Count { words, characters });
        }
    }
}
