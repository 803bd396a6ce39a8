use super::Decimal;

/// The plural category of a number in a language, as Unicode's CLDR has them: `zero`, `one`, `two`, `few`, `many` or
/// `other`. A language that the table lacks counts as English does.
pub fn plural_category(lang: &str, number: Decimal) -> &'static str {
    let number = number.abs();
    let decimals = number.decimals();
    // The operands of CLDR: `n` the number if it is whole, `i` its whole part, `v` the count of its decimals.
    let scaled = number.scaled(decimals).unwrap_or_default();
    let unit = 10_i128.checked_pow(decimals.into()).unwrap_or(1);
    let i = scaled / unit;
    let n = (scaled % unit == 0).then_some(i);
    let whole = decimals == 0;
    let ends = |by: i128, range: std::ops::RangeInclusive<i128>| n.is_some_and(|n| range.contains(&(n % by)));
    let million = whole && i != 0 && i % 1_000_000 == 0;
    match lang.split(['-', '_']).next().unwrap_or_default() {
        "vi" | "zh" | "ja" | "ko" | "th" | "id" | "ms" | "lo" | "km" | "my" | "yue" => "other",
        "fr" | "pt" if i == 0 || i == 1 => "one",
        "es" if n == Some(1) => "one",
        "it" | "ca" if whole && i == 1 => "one",
        "fr" | "pt" | "es" | "it" | "ca" => if_else(million, "many"),
        "hi" | "bn" | "gu" | "kn" | "fa" | "am" | "zu" | "as" => if_else(i == 0 || n == Some(1), "one"),
        "da" => if_else(n == Some(1) || (n.is_none() && i <= 1), "one"),
        "nb" | "nn" | "no" | "el" | "hu" | "tr" | "bg" | "eu" | "ka" | "kk" | "ky" | "az" | "uz" | "mn" | "sq" | "ta" | "te"
        | "ml" | "mr" | "ne" | "eo" | "af" | "ku" | "so" => if_else(n == Some(1), "one"),
        "ru" | "uk" | "be" => match whole {
            true if ends(10, 1..=1) && !ends(100, 11..=11) => "one",
            true if ends(10, 2..=4) && !ends(100, 12..=14) => "few",
            true => "many",
            false => "other",
        },
        "pl" => match whole {
            true if i == 1 => "one",
            true if ends(10, 2..=4) && !ends(100, 12..=14) => "few",
            true => "many",
            false => "other",
        },
        "cs" | "sk" => match whole {
            true if i == 1 => "one",
            true if (2..=4).contains(&i) => "few",
            true => "other",
            false => "many",
        },
        "sr" | "hr" | "bs" => {
            let last = if whole { i } else { scaled % unit };
            match (last % 10, last % 100) {
                (1, hundred) if hundred != 11 => "one",
                (2..=4, hundred) if !(12..=14).contains(&hundred) => "few",
                _ => "other",
            }
        }
        "sl" => match (whole, i % 100) {
            (true, 1) => "one",
            (true, 2) => "two",
            (true, 3 | 4) | (false, _) => "few",
            _ => "other",
        },
        "lt" => match n {
            None => "many",
            Some(_) if ends(100, 11..=19) => "other",
            Some(_) if ends(10, 1..=1) => "one",
            Some(_) if ends(10, 2..=9) => "few",
            Some(_) => "other",
        },
        "lv" => match n {
            Some(_) if ends(10, 0..=0) || ends(100, 11..=19) => "zero",
            Some(_) if ends(10, 1..=1) => "one",
            _ => "other",
        },
        "ro" => match whole {
            true if i == 1 => "one",
            true if i != 0 && !ends(100, 1..=19) => "other",
            _ => "few",
        },
        "ar" => match n {
            Some(0) => "zero",
            Some(1) => "one",
            Some(2) => "two",
            Some(_) if ends(100, 3..=10) => "few",
            Some(_) if ends(100, 11..=99) => "many",
            _ => "other",
        },
        "he" | "iw" => match (whole, i) {
            (true, 1) | (false, 0) => "one",
            (true, 2) => "two",
            _ => "other",
        },
        "cy" => match n {
            Some(0) => "zero",
            Some(1) => "one",
            Some(2) => "two",
            Some(3) => "few",
            Some(6) => "many",
            _ => "other",
        },
        "ga" => match n {
            Some(1) => "one",
            Some(2) => "two",
            Some(3..=6) => "few",
            Some(7..=10) => "many",
            _ => "other",
        },
        _ => if_else(whole && i == 1, "one"),
    }
}

fn if_else(condition: bool, category: &'static str) -> &'static str {
    if condition { category } else { "other" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_counts_in_its_way() {
        for (lang, numbers, categories) in [
            ("vi", "0 1 2 100 1.5", "other other other other other"),
            ("en", "0 1 2 1.0 1.5", "other one other other other"),
            ("en-GB", "1", "one"),
            ("de", "1 2", "one other"),
            ("fr", "0 1 1.5 2 1000000", "one one one other many"),
            ("es", "1 1.0 2 1000000", "one one other many"),
            ("pt", "0 1 2", "one one other"),
            ("ru", "1 2 5 11 12 21 22 111 1.5", "one few many many many one few many other"),
            ("pl", "1 2 5 12 21 22 0.5", "one few many many many few other"),
            ("cs", "1 3 5 1.5", "one few other many"),
            ("ar", "0 1 2 3 11 100 103", "zero one two few many other few"),
            ("zh", "1", "other"),
            ("sl", "1 2 3 5 1.5 101", "one two few other few one"),
            ("lt", "1 2 11 10 21 1.5", "one few other other one many"),
            ("lv", "0 1 11 21 2", "zero one zero one other"),
            ("ro", "1 0 19 20 119", "one few few other few"),
            ("he", "1 2 3", "one two other"),
            ("hr", "1 2 5 11 21", "one few other other one"),
            ("tr", "1 2", "one other"),
            ("cy", "0 1 2 3 6 7", "zero one two few many other"),
        ] {
            for (number, category) in numbers.split(' ').zip(categories.split(' ')) {
                assert_eq!(plural_category(lang, Decimal::parse(number).unwrap()), category, "{lang} {number}");
            }
        }
        assert_eq!(plural_category("en", Decimal::parse("-1").unwrap()), "one");
    }
}
