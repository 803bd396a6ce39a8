//! English stems as elasticlunr.js makes them of a query: Porter's algorithm of 1980, not the later Snowball one.

const STEP_2: [(&str, &str); 21] = [
    ("ational", "ate"),
    ("tional", "tion"),
    ("enci", "ence"),
    ("anci", "ance"),
    ("izer", "ize"),
    ("bli", "ble"),
    ("alli", "al"),
    ("entli", "ent"),
    ("eli", "e"),
    ("ousli", "ous"),
    ("ization", "ize"),
    ("ation", "ate"),
    ("ator", "ate"),
    ("alism", "al"),
    ("iveness", "ive"),
    ("fulness", "ful"),
    ("ousness", "ous"),
    ("aliti", "al"),
    ("iviti", "ive"),
    ("biliti", "ble"),
    ("logi", "log"),
];
const STEP_3: [(&str, &str); 7] =
    [("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", "")];
const STEP_4: [&str; 18] = [
    "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ou", "ism", "ate", "iti", "ous", "ive",
    "ize",
];

/// The stem of a word in small letters.
pub(super) fn stem(word: &str) -> String {
    if word.encode_utf16().count() < 3 {
        return word.to_owned();
    }
    // A `y` at the beginning is a consonant: as a capital it is no vowel below.
    let first_y = word.starts_with('y');
    let mut w = if first_y { word.replacen('y', "Y", 1) } else { word.to_owned() };
    plural(&mut w);
    past_and_progressive(&mut w);
    if before(&w, "y").is_some_and(|stem| stem.chars().count() > 1 && !stem.ends_with(is_aeiou)) {
        w.pop();
        w.push('i');
    }
    exchange_longest(&mut w, &STEP_2);
    exchange_longest(&mut w, &STEP_3);
    let fourth = STEP_4.iter().filter_map(|suffix| before(&w, suffix)).min_by_key(|stem| stem.len());
    if let Some(stem) = fourth {
        if measure(stem) > 1 {
            w = stem.to_owned();
        }
    } else if let Some(stem) = before(&w, "ion")
        && stem.ends_with(['s', 't'])
        && stem.len() > 1
        && measure(stem) > 1
    {
        w = stem.to_owned();
    }
    if let Some(stem) = before(&w, "e")
        && (measure(stem) > 1 || (measure(stem) == 1 && !is_short(stem)))
    {
        w = stem.to_owned();
    }
    if w.ends_with("ll") && measure(&w) > 1 {
        w.pop();
    }
    if first_y { w.replacen('Y', "y", 1) } else { w }
}

fn plural(w: &mut String) {
    let es = before(w, "es");
    let soft = es.is_some_and(|stem| ["ss", "i"].iter().any(|end| before(stem, end).is_some()));
    if soft {
        w.truncate(w.len() - 2);
    } else if before(w, "s").is_some_and(|stem| !stem.ends_with('s') && stem.chars().nth(1).is_some()) {
        w.pop();
    }
}

fn past_and_progressive(w: &mut String) {
    if let Some(stem) = before(w, "eed") {
        if measure(stem) > 0 {
            w.pop();
        }
        return;
    }
    let Some(stem) = before(w, "ed").or_else(|| before(w, "ing")).filter(|stem| has_vowel(stem)) else { return };
    let mut stem = stem.to_owned();
    let mut from_end = stem.chars().rev();
    let (last, last_but_one) = (from_end.next(), from_end.next());
    if ["at", "bl", "iz"].iter().any(|end| stem.ends_with(end)) {
        stem.push('e');
    } else if last == last_but_one && last.is_some_and(|last| !"aeiouylsz".contains(last)) {
        stem.pop();
    } else if is_short(&stem) {
        stem.push('e');
    }
    *w = stem;
}

/// Puts another end in the place of the longest that fits, if enough is left before it.
fn exchange_longest(w: &mut String, ends: &[(&str, &str)]) {
    let fitting = ends.iter().filter_map(|(end, new)| Some((before(w, end)?, new))).min_by_key(|(stem, _)| stem.len());
    if let Some((stem, new)) = fitting.filter(|(stem, _)| measure(stem) > 0) {
        *w = format!("{stem}{new}");
    }
}

/// What stands before an end; there must be something.
fn before<'a>(word: &'a str, end: &str) -> Option<&'a str> {
    word.strip_suffix(end).filter(|stem| !stem.is_empty())
}

fn is_aeiou(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

fn is_vowel(c: char) -> bool {
    is_aeiou(c) || c == 'y'
}

/// What follows the consonants at the beginning.
fn after_consonants(word: &str) -> &str {
    let mut rest = word.chars();
    match rest.next() {
        Some(first) if !is_aeiou(first) => rest.as_str().trim_start_matches(|c| !is_vowel(c)),
        _ => word,
    }
}

fn has_vowel(word: &str) -> bool {
    !after_consonants(word).is_empty()
}

/// How often vowels are followed by consonants: Porter's `m`.
fn measure(word: &str) -> usize {
    let mut rest = after_consonants(word);
    let mut count = 0;
    loop {
        let mut vowels = rest.chars();
        vowels.next();
        let mut consonants = vowels.as_str().trim_start_matches(is_aeiou).chars();
        if consonants.next().is_none() {
            return count;
        }
        count += 1;
        rest = consonants.as_str().trim_start_matches(|c| !is_vowel(c));
    }
}

/// Consonants, one vowel, one consonant that is not `w`, `x` or `y`: `hop`.
fn is_short(word: &str) -> bool {
    let rest = after_consonants(word);
    let mut chars = rest.chars();
    let (vowel, last, end) = (chars.next(), chars.next(), chars.next());
    rest.len() < word.len()
        && vowel.is_some_and(is_vowel)
        && last.is_some_and(|c| !is_aeiou(c) && !matches!(c, 'w' | 'x' | 'y'))
        && end.is_none()
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn words_of_one_family_have_one_stem() {
        for (word, expected) in [
            ("connections", "connect"),
            ("connected", "connect"),
            ("relational", "relat"),
            ("ponies", "poni"),
            ("caresses", "caress"),
            ("hopping", "hop"),
            ("hoping", "hope"),
            ("agreed", "agre"),
            ("happy", "happi"),
            ("sky", "ski"),
            ("yearly", "yearli"),
            ("adoption", "adopt"),
            ("controlling", "control"),
            ("subscribers", "subscrib"),
            ("by", "by"),
            ("ed", "ed"),
        ] {
            assert_eq!(stem(word), expected, "{word}");
        }
    }
}
