/// Whether a language is written from right to left: by its script where its code names one, else by the language.
pub fn is_right_to_left(code: &str) -> bool {
    const SCRIPTS: [&str; 12] = ["arab", "hebr", "thaa", "syrc", "nkoo", "adlm", "rohg", "samr", "mand", "mend", "aran", "armi"];
    const LANGUAGES: [&str; 21] = [
        "ar", "he", "iw", "fa", "ur", "ps", "sd", "ug", "yi", "ji", "dv", "ckb", "syr", "arc", "nqo", "ks", "lrc", "mzn", "sdh",
        "rhg", "pnb",
    ];
    let code = code.to_ascii_lowercase();
    let mut parts = code.split(['-', '_']);
    let language = parts.next().unwrap_or_default();
    match parts.find(|part| part.len() == 4 && part.bytes().all(|b| b.is_ascii_alphabetic())) {
        Some(script) => SCRIPTS.contains(&script),
        None => LANGUAGES.contains(&language),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_decides_and_else_the_language() {
        for code in ["ar", "he", "fa-IR", "ur_PK", "ku-Arab", "az-Arab", "pa-Arab-PK", "yi", "dv", "ug", "AR"] {
            assert!(is_right_to_left(code), "{code}");
        }
        for code in ["vi", "en", "ku", "az", "ar-Latn", "sd-Deva", "zh-Hant", ""] {
            assert!(!is_right_to_left(code), "{code}");
        }
    }
}
