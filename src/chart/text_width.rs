use unicode_normalization::UnicodeNormalization;

/// Advance widths of ASCII from the space to the tilde in thousandths of the size: those of Arial and Helvetica,
/// which are wider than Source Sans, Roboto and Segoe UI for nearly every letter.
const ASCII: [i64; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, // space to /
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, // 0 to ?
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, // @ to O
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, // P to _
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, // ` to o
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584, // p to ~
];

/// How wide a text is at most, in the unit of `size`: a generous estimate for any common sans-serif face.
///
/// Vietnamese letters are as wide as their base letters; a horn (ơ, ư) adds to it.
pub fn text_width(text: &str, size: i64, bold: bool) -> i64 {
    let thousandths: i64 = text.nfd().map(advance).sum();
    // 9 % for wider faces; bold letters add 8 %.
    let margin = if bold { 1177 } else { 1090 };
    (thousandths * size * margin / 1_000_000) + 1
}

fn advance(letter: char) -> i64 {
    let code = u32::from(letter);
    match letter {
        ' '..='~' => usize::try_from(code - 32).ok().and_then(|at| ASCII.get(at)).copied().unwrap_or(1000),
        '\u{31b}' => 110,
        '\u{300}'..='\u{36f}' => 0,
        '\u{a0}' | '\u{202f}' | '\u{2009}' => 278,
        'đ' | '–' | '·' | '‘' | '’' => 560,
        'Đ' => 722,
        '\u{2212}' | '≈' => 584,
        _ => 1020,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_take_no_room_and_bold_takes_more() {
        assert_eq!(text_width("Huế", 1000, false), text_width("Hue", 1000, false));
        assert!(text_width("ước", 1000, false) > text_width("uoc", 1000, false));
        assert!(text_width("2016", 1000, true) > text_width("2016", 1000, false));
        assert_eq!(text_width("", 1000, false), 1);
    }
}
