//! The words of a text as elasticlunr.js will look for them.

use unicode_normalization::UnicodeNormalization;

use super::stem::stem;
use crate::text::Lang;

/// Longer words are no words that anybody types, and would nest the index too deep for some readers of JSON.
const LONGEST: usize = 128;

/// What joins two words into one, as elasticlunr.js splits a query: `l’été`, `2G/3G`.
const JOINTS: [char; 3] = ['\'', '’', '/'];

/// How the words of a language are looked for: the index names it, and elasticlunr.js does the same to a query.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Pipeline {
    /// elasticlunr's own: trimmed, without the commonest words, stemmed.
    English,
    /// Words as they are. elasticlunr's trimmer would eat every letter with a mark at the edge of a word.
    Plain,
}

impl Pipeline {
    /// The pipeline of a language.
    pub(super) fn of(lang: &Lang) -> Self {
        let language = lang.as_str().split('-').next().unwrap_or_default();
        if language.eq_ignore_ascii_case("en") { Self::English } else { Self::Plain }
    }

    /// The names of its functions in elasticlunr.js.
    pub(super) fn functions(self) -> &'static [&'static str] {
        match self {
            Self::English => &["trimmer", "stopWordFilter", "stemmer"],
            Self::Plain => &[],
        }
    }

    /// One word as it stands in the index.
    fn word(self, word: &str) -> Option<String> {
        match self {
            Self::English => {
                let word = word.trim_matches(|c: char| !c.is_ascii_alphanumeric() && c != '_');
                let wanted = !word.is_empty() && !STOP_WORDS.contains(&word);
                wanted.then(|| stem(word))
            }
            Self::Plain => {
                let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '_');
                (!word.is_empty()).then(|| word.to_owned())
            }
        }
    }

    /// Every word of a text, in each form that it may be typed in: as it is, without the marks of its letters, and the
    /// words that an apostrophe or a slash joins.
    pub(super) fn words(self, text: &str) -> impl Iterator<Item = Vec<String>> {
        text.split(|c: char| c.is_whitespace() || c == '-' || c == '\u{feff}').filter_map(move |typed| {
            let typed = typed.to_lowercase();
            let mut forms = Vec::new();
            let joined = typed.split(JOINTS).filter(|part| typed.contains(JOINTS) && part.chars().nth(1).is_some());
            for part in std::iter::once(typed.as_str()).chain(joined) {
                for form in [self.word(part), without_marks(part).and_then(|plain| self.word(&plain))].into_iter().flatten() {
                    if form.len() <= LONGEST && !forms.contains(&form) {
                        forms.push(form);
                    }
                }
            }
            (!forms.is_empty()).then_some(forms)
        })
    }
}

/// A word in small letters without the marks of its letters, if it has any: `đường` becomes `duong`.
fn without_marks(word: &str) -> Option<String> {
    if word.is_ascii() {
        return None;
    }
    let mut plain = String::with_capacity(word.len());
    for c in word.nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)) {
        match c {
            'đ' | 'ð' => plain.push('d'),
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'ı' => plain.push('i'),
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'þ' => plain.push_str("th"),
            other => plain.push(other),
        }
    }
    let plain: String = plain.nfc().collect();
    (plain != word).then_some(plain)
}

/// The words that elasticlunr.js takes out of an English query.
const STOP_WORDS: [&str; 119] = [
    "a", "able", "about", "across", "after", "all", "almost", "also", "am", "among", "an", "and", "any", "are", "as", "at", "be",
    "because", "been", "but", "by", "can", "cannot", "could", "dear", "did", "do", "does", "either", "else", "ever", "every",
    "for", "from", "get", "got", "had", "has", "have", "he", "her", "hers", "him", "his", "how", "however", "i", "if", "in",
    "into", "is", "it", "its", "just", "least", "let", "like", "likely", "may", "me", "might", "most", "must", "my", "neither",
    "no", "nor", "not", "of", "off", "often", "on", "only", "or", "other", "our", "own", "rather", "said", "say", "says", "she",
    "should", "since", "so", "some", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "tis",
    "to", "too", "twas", "us", "wants", "was", "we", "were", "what", "when", "where", "which", "while", "who", "whom", "why",
    "will", "with", "would", "yet", "you", "your",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn words(lang: &str, text: &str) -> Vec<String> {
        Pipeline::of(&Lang::new(lang)).words(text).map(|forms| forms.join("|")).collect()
    }

    #[test]
    fn vietnamese_words_can_be_typed_with_marks_or_without() {
        assert_eq!(words("vi", "Thuê bao, đường ĐÔ-thị!"), ["thuê|thue", "bao", "đường|duong", "đô|do", "thị|thi"]);
    }

    #[test]
    fn english_words_are_trimmed_and_stemmed_as_a_query_will_be() {
        assert_eq!(words("en", "The “subscribers” of Huế: 2,5 cafés"), ["subscrib", "hu|hue", "2,5", "café|cafe"]);
        assert_eq!(words("en-GB", "and Đà Nẵng's"), ["da", "nẵng'|nang'|nẵng|nang"]);
    }

    #[test]
    fn other_scripts_keep_their_letters() {
        assert_eq!(words("ko", "한국어 «ёлка»"), ["한국어", "ёлка|елка"]);
        assert_eq!(words("fr", &format!("l’été {}", "x".repeat(500))), ["l’été|l’ete|été|ete"]);
        assert_eq!(words("vi", "2G/3G và/hoặc - …"), ["2g/3g|2g|3g", "và/hoặc|va/hoac|và|va|hoặc|hoac"]);
    }
}
