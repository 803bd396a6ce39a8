use unicode_normalization::UnicodeNormalization;

/// A key by which texts sort as a Vietnamese dictionary has them, and English ones as usual:
/// first by letters (a ă â b c d đ e ê … o ô ơ … u ư …), digits before letters, then by tones
/// (ngang, huyền, hỏi, ngã, sắc, nặng; TCVN 5712 and CLDR `vi`), then capitals after small letters.
pub fn sort_key(text: &str) -> (Vec<u32>, Vec<u8>, Vec<bool>) {
    let (mut letters, mut tones, mut capitals) = (Vec::new(), Vec::new(), Vec::new());
    for decomposed in text.nfd() {
        match decomposed {
            '\u{300}' => set_last(&mut tones, 1),
            '\u{309}' => set_last(&mut tones, 2),
            '\u{303}' => set_last(&mut tones, 3),
            '\u{301}' => set_last(&mut tones, 4),
            '\u{323}' => set_last(&mut tones, 5),
            // Breve, circumflex and horn make a letter of its own, after the plain one.
            '\u{306}' => add_last(&mut letters, 1),
            '\u{302}' => add_last(&mut letters, 2),
            '\u{31b}' => add_last(&mut letters, 3),
            other => {
                for lower in other.to_lowercase() {
                    letters.push(weight(lower));
                    tones.push(0);
                    capitals.push(lower != other);
                }
            }
        }
    }
    (letters, tones, capitals)
}

fn weight(letter: char) -> u32 {
    match letter {
        'đ' => u32::from('d') * 4 + 1,
        // Spaces and punctuation before digits, digits before letters.
        other => u32::from(other) * 4,
    }
}

fn set_last(tones: &mut [u8], tone: u8) {
    if let Some(last) = tones.last_mut() {
        *last = tone;
    }
}

fn add_last(letters: &mut [u32], by: u32) {
    if let Some(last) = letters.last_mut() {
        *last += by;
    }
}

#[cfg(test)]
mod tests {
    use super::sort_key;

    fn sorted<'a>(words: &[&'a str]) -> Vec<&'a str> {
        let mut words = words.to_vec();
        words.sort_by_key(|word| sort_key(word));
        words
    }

    #[test]
    fn vietnamese_order() {
        assert_eq!(
            sorted(&["Đà Nẵng", "Đ", "Dân số", "Ấn Độ", "Âm", "Ăn", "An Giang"]),
            ["An Giang", "Ăn", "Âm", "Ấn Độ", "Dân số", "Đ", "Đà Nẵng"]
        );
        assert_eq!(sorted(&["ạ", "á", "ã", "ả", "à", "a"]), ["a", "à", "ả", "ã", "á", "ạ"]);
        assert_eq!(sorted(&["ô", "ơ", "o", "ư", "u", "ê", "e"]), ["e", "ê", "o", "ô", "ơ", "u", "ư"]);
        assert_eq!(sorted(&["2G", "Z", "a", "10"]), ["10", "2G", "a", "Z"]);
    }
}
