use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A text without its accents and capitals: `Nữ` and `nu` fold to the same.
pub fn fold(text: &str) -> String {
    let plain = text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    plain.map(|c| if c == 'đ' { 'd' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn accents_and_capitals_go_signs_stay() {
        assert_eq!(fold("Nữ"), "nu");
        assert_eq!(fold("Đà Nẵng"), fold("da nang"));
        assert_ne!(fold("65+"), fold("65"));
    }
}
