/// Whether a text is in Unicode NFC. Nearly all are made of letters that need no table to say so.
pub fn is_nfc(text: &str) -> bool {
    has_only_plain(text) || unicode_normalization::is_nfc(text)
}

/// Whether all characters are plain. Only what begins with a greater byte than those below U+0300 do is looked at.
fn has_only_plain(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| byte >= 0xcc) {
        let mut chars = rest.get(at..).unwrap_or_default().chars();
        if !chars.next().is_none_or(is_plain) {
            return false;
        }
        rest = chars.as_str();
    }
    true
}

/// Whether a character is in NFC whatever stands beside it: those of Latin scripts, punctuation and currencies are.
fn is_plain(c: char) -> bool {
    matches!(c, '\0'..='\u{2ff}' | 'Ḁ'..='ỿ' | '\u{2010}'..='\u{205e}' | '\u{20a0}'..='\u{20bf}')
}

#[cfg(test)]
mod tests {
    use unicode_normalization::{IsNormalized, char::canonical_combining_class, is_nfc_quick};

    use super::*;

    #[test]
    fn plain_characters_are_in_nfc_beside_any_other() {
        for plain in ('\0'..=char::MAX).filter(|c| is_plain(*c)) {
            assert!(canonical_combining_class(plain) == 0 && is_nfc_quick([plain].into_iter()) == IsNormalized::Yes, "{plain:?}");
        }
    }

    #[test]
    fn every_character_of_a_text_is_looked_at() {
        for c in ('\0'..=char::MAX).step_by(7).chain('\u{2f0}'..='\u{310}') {
            assert_eq!(has_only_plain(&format!("ế{c}a")), is_plain(c), "{c:?}");
        }
    }

    #[test]
    fn what_could_be_composed_is_not_nfc() {
        assert!(is_nfc("Huế – 5 ₫") && is_nfc("ไทย") && !is_nfc("Huê\u{301}") && !is_nfc("\u{212b}"));
    }
}
