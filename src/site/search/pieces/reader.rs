use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::locale::{Locale, fold};
use crate::text::Lang;

/// The tones of Vietnamese as marks of their own: grave, acute, hook, tilde, dot below.
const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{309}', '\u{303}', '\u{323}'];
/// Syllables that are written with i as well as with y.
const Y_OR_I: [&str; 7] = ["hy", "ky", "ly", "my", "sy", "ty", "quy"];
/// The words for powers of ten, by their names in the words of charts.
const SCALES: [(u32, &str); 3] = [(6, "scale_6"), (9, "scale_9"), (12, "scale_12")];

/// A word as it is looked up, and as it is compared.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) struct Word {
    /// Without marks and capitals: `bao`.
    pub(super) folded: String,
    /// With its marks, those of tones last; empty if there are none.
    pub(super) marked: String,
}

/// Nobody types longer words.
const LONGEST: usize = 64;

/// Reads the words and numbers of a language. `search.js` of the theme reads what somebody types in the same way.
pub(super) struct Reader {
    spelling: Spelling,
    /// Before decimals, and between groups of digits.
    marks: (char, char),
    /// What powers of ten are called, in folded words.
    scales: Vec<(Vec<String>, u32)>,
}

/// What counts as the same word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Spelling {
    /// `kỹ` and `kĩ`.
    Vietnamese,
    /// A word and its plural.
    English,
    /// No others.
    Plain,
}

impl Reader {
    pub(super) fn new(lang: &Lang, locale: &Locale) -> Self {
        let spelling = match lang.as_str().split('-').next() {
            Some("vi") => Spelling::Vietnamese,
            Some("en") => Spelling::English,
            _ => Spelling::Plain,
        };
        let reader = Self { spelling, marks: marks(locale), scales: Vec::new() };
        let scales = reader.scale_words(locale);
        Self { scales, ..reader }
    }

    /// The name of the spelling, for the script.
    pub(super) fn spelling(&self) -> &'static str {
        match self.spelling {
            Spelling::Vietnamese => "vi",
            Spelling::English => "en",
            Spelling::Plain => "",
        }
    }

    /// What a language calls powers of ten, in folded words of this one.
    pub(super) fn scale_words(&self, locale: &Locale) -> Vec<(Vec<String>, u32)> {
        let words = |(power, name): (u32, &str)| {
            let words: Vec<String> =
                tokens(locale.chart.get(name)).filter(|word| *word != "n").map(|word| self.word(word).folded).collect();
            (words, power)
        };
        SCALES.into_iter().map(words).filter(|(words, _)| !words.is_empty()).collect()
    }

    /// A token as words: one, but for digits that are no number of the language.
    pub(super) fn words(&self, token: &str) -> Vec<Word> {
        if let Some(number) = is_number(token).then(|| self.number(token)).flatten() {
            return vec![Word { folded: number, marked: String::new() }];
        }
        let parts = token.split(['.', ',']).filter(|part| part.chars().nth(LONGEST).is_none());
        parts.map(|part| self.word(part)).filter(|word| !word.folded.is_empty()).collect()
    }

    fn word(&self, word: &str) -> Word {
        let folded = self.spelled(fold(word));
        let (mut marked, mut tones) = (String::new(), String::new());
        for c in word.nfd().flat_map(char::to_lowercase) {
            if TONES.contains(&c) { tones.push(c) } else { marked.push(c) }
        }
        let mut marked = self.spelled(marked);
        marked.push_str(&tones);
        if marked == folded {
            marked.clear();
        }
        Word { folded, marked }
    }

    /// The one spelling that stands for several.
    fn spelled(&self, mut word: String) -> String {
        match self.spelling {
            Spelling::Vietnamese if Y_OR_I.contains(&word.as_str()) => {
                word.pop();
                word.push('i');
            }
            Spelling::English => singular(&mut word),
            Spelling::Vietnamese | Spelling::Plain => {}
        }
        word
    }

    /// A number in its one form, `2105.8`: as the language writes it, else as others do.
    fn number(&self, token: &str) -> Option<String> {
        let (decimal, group) = self.marks;
        canonical(token, decimal, group).or_else(|| canonical(token, group, decimal))
    }

    /// What a number and the word of scale after it mean: `86,9` `triệu` is 86900000.
    pub(super) fn scaled<'a>(&self, token: &str, after: impl Iterator<Item = &'a str>) -> Option<Word> {
        let number = is_number(token).then(|| self.number(token)).flatten()?;
        let after: Vec<String> = after.take(2).map(|word| self.word(word).folded).collect();
        let longest = self.scales.iter().filter(|(words, _)| after.starts_with(words)).max_by_key(|(words, _)| words.len())?;
        Some(Word { folded: shifted(&number, longest.1), marked: String::new() })
    }
}

/// What a language writes before decimals and between groups of digits.
pub(super) fn marks(locale: &Locale) -> (char, char) {
    let first = |text: &str, other| text.chars().next().unwrap_or(other);
    (first(&locale.number.decimal, '.'), first(&locale.number.group, ','))
}

/// Plain endings of plurals, so that a word finds its plural and the other way round.
fn singular(word: &mut String) {
    let keep = |word: &str| {
        word.len() < 4 || !word.is_ascii() || word == "news" || ["ss", "us", "is"].iter().any(|end| word.ends_with(end))
    };
    if word == "s" {
        // What an apostrophe left over.
        word.clear();
    } else if keep(word) {
    } else if word.ends_with("ies") {
        word.truncate(word.len() - 3);
        word.push('y');
    } else if ["sses", "xes", "ches", "shes"].iter().any(|end| word.ends_with(end)) {
        word.truncate(word.len() - 2);
    } else if word.ends_with('s') {
        word.pop();
    }
}

/// The runs of letters, marks and digits of a text; a point or comma between two digits belongs to them.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = &str> {
    let inside = |c: char| c.is_alphanumeric() || is_combining_mark(c);
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.find(inside)?;
        let (_, from) = rest.split_at_checked(start)?;
        let mut before = ' ';
        let mut chars = from.char_indices().peekable();
        let mut end = from.len();
        while let Some((at, c)) = chars.next() {
            let in_number = matches!(c, '.' | ',') && before.is_ascii_digit();
            let belongs = inside(c) || in_number && chars.peek().is_some_and(|(_, next)| next.is_ascii_digit());
            if !belongs {
                end = at;
                break;
            }
            before = c;
        }
        let (token, after) = from.split_at_checked(end)?;
        rest = after;
        Some(token)
    })
}

fn is_number(token: &str) -> bool {
    token.starts_with(|c: char| c.is_ascii_digit()) && token.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','))
}

/// A number with these marks as one with a point and no groups; nothing if it is not written so.
fn canonical(token: &str, decimal: char, group: char) -> Option<String> {
    let (whole, fraction) = match token.split_once(decimal) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (token, None),
    };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let mut groups = whole.split(group);
    let first = groups.next().filter(|part| digits(part))?;
    let rest: Vec<&str> = groups.collect();
    if !rest.is_empty() && (first.len() > 3 || !rest.iter().all(|part| part.len() == 3 && digits(part))) {
        return None;
    }
    let fraction = match fraction {
        Some(fraction) => Some(fraction).filter(|part| digits(part))?.trim_end_matches('0'),
        None => "",
    };
    let joined = std::iter::once(first).chain(rest).collect::<String>();
    let whole = Some(joined.trim_start_matches('0')).filter(|whole| !whole.is_empty()).unwrap_or("0");
    Some(if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") })
}

/// A canonical number with its point so many digits further right.
fn shifted(number: &str, power: u32) -> String {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let mut fraction = fraction.chars();
    let mut digits = whole.to_owned();
    digits.extend((0..power).map(|_| fraction.next().unwrap_or('0')));
    let whole = Some(digits.trim_start_matches('0')).filter(|whole| !whole.is_empty()).unwrap_or("0");
    match fraction.as_str() {
        "" => whole.to_owned(),
        fraction => format!("{whole}.{fraction}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader(lang: &str) -> Reader {
        let lang = Lang::new(lang);
        Reader::new(&lang, &Locale::of(&lang).unwrap())
    }

    fn folded(lang: &str, text: &str) -> Vec<String> {
        let reader = reader(lang);
        tokens(text).flat_map(|token| reader.words(token)).map(|word| word.folded).collect()
    }

    #[test]
    fn words_lose_marks_and_capitals_and_points_inside_numbers_stay() {
        assert_eq!(folded("vi", "Đường sắt: thuê-bao (4G)."), ["duong", "sat", "thue", "bao", "4g"]);
        assert_eq!(folded("vi", "11/1/2017, 42/2022/NĐ-CP."), ["11", "1", "2017", "42", "2022", "nd", "cp"]);
        assert_eq!(folded("vi", "đu\u{31b}o\u{31b}\u{300}ng"), ["duong"], "decomposed");
        assert_eq!(folded("vi", "… – .,"), [] as [&str; 0]);
    }

    #[test]
    fn a_tone_counts_wherever_it_stands_in_its_syllable_but_marks_of_letters_do_not_move() {
        let word = |text| reader("vi").word(text).marked;
        assert_eq!(word("hòa"), word("hoà"));
        assert_eq!(word("thuý"), word("thúy"));
        assert_ne!(word("thuê"), word("thuế"));
        assert_ne!(word("hoa"), word("hòa"));
        assert_ne!(word("dương"), word("đương"));
        assert_eq!(word("bao"), "");
    }

    #[test]
    fn spellings_with_y_and_i_and_plurals_are_one_word() {
        for (one, other) in [("kỹ", "kĩ"), ("quý", "quí"), ("tỷ", "tỉ"), ("Mỹ", "mĩ")] {
            assert_eq!(reader("vi").word(one), reader("vi").word(other), "{one}");
        }
        assert_ne!(reader("vi").word("thuý"), reader("vi").word("thúi"));
        for (one, other) in [("cities", "city"), ("Roads", "road"), ("boxes", "box"), ("classes", "class"), ("kỹ", "KỸ")] {
            assert_eq!(reader("en").word(one), reader("en").word(other), "{one}");
        }
        assert_eq!(folded("en", "The news of Huế’s bus"), ["the", "news", "of", "hue", "bus"]);
    }

    #[test]
    fn a_number_has_one_form_in_whatever_language_it_is_written() {
        for (vi, en, number) in [
            ("1.161.836", "1,161,836", "1161836"),
            ("2.105,8", "2,105.8", "2105.8"),
            ("9,45", "9.45", "9.45"),
            ("52,974", "52.974", "52.974"),
            ("30", "30", "30"),
            ("007", "0,007", "7"),
            ("0,50", "0.50", "0.5"),
        ] {
            assert_eq!(folded("vi", vi), [number], "{vi}");
            assert_eq!(folded("en", en), [number], "{en}");
        }
        assert_eq!(folded("vi", "9.45"), ["9.45"], "no Vietnamese number, but an English one");
        assert_eq!(folded("vi", "1.2.3"), ["1", "2", "3"], "no number at all");
    }

    #[test]
    fn a_number_with_its_scale_is_what_it_means() {
        let scaled = |lang: &str, text: &str| {
            let all: Vec<&str> = tokens(text).collect();
            reader(lang).scaled(all[0], all[1..].iter().copied()).map(|word| word.folded)
        };
        assert_eq!(scaled("vi", "86,9 triệu").as_deref(), Some("86900000"));
        assert_eq!(scaled("en", "86.9 million").as_deref(), Some("86900000"));
        assert_eq!(scaled("vi", "2 nghìn tỉ đồng").as_deref(), Some("2000000000000"));
        assert_eq!(scaled("vi", "2.105,8123456789 tỷ").as_deref(), Some("2105812345678.9"));
        assert_eq!(scaled("vi", "86,9 người"), None);
    }

    #[test]
    fn tokens_are_never_a_panic() {
        for text in ["", ".", "1.", "1.,2", "\u{301}a", "a\u{301}", "𝟘𝟙", "١٢,٣", "é.1", "1.é"] {
            for lang in ["vi", "en", "fr"] {
                let words = folded(lang, text);
                assert!(words.iter().all(|word| !word.contains(' ')), "{text}: {words:?}");
            }
        }
    }
}
