use super::{Decimal, Locale};

/// A number in a language's form, with the decimals that it was written with: 1161836 is
/// `1.161.836` in Vietnamese and `1,161,836` in English. A minus is U+2212.
pub fn format_number(number: Decimal, locale: &Locale) -> String {
    let machine = number.abs().to_string();
    let (whole, fraction) = match machine.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (machine.as_str(), None),
    };
    let mut text = String::with_capacity(machine.len() + machine.len() / 3 + 3);
    if number.signum() < 0 {
        text.push('\u{2212}');
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            text.push_str(&locale.number.group);
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push_str(&locale.number.decimal);
        text.push_str(fraction);
    }
    text
}

/// A number with its unit: a percent sign stands as the language puts it, any other label after a space that does not break.
pub fn format_quantity(number: &str, unit_label: &str, locale: &Locale) -> String {
    match unit_label {
        "" => number.to_owned(),
        "%" => format!("{number}{}", locale.number.percent),
        label => format!("{number}\u{a0}{label}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    #[test]
    fn each_language_has_its_separators() {
        let (vi, en) = (Locale::of(&Lang::new("vi")).unwrap(), Locale::of(&Lang::new("en")).unwrap());
        for (number, vietnamese, english) in [
            ("1161836", "1.161.836", "1,161,836"),
            ("2105.8", "2.105,8", "2,105.8"),
            ("52.974", "52,974", "52.974"),
            ("9.45", "9,45", "9.45"),
            ("999", "999", "999"),
            ("1000", "1.000", "1,000"),
            ("-9.1", "\u{2212}9,1", "\u{2212}9.1"),
        ] {
            let number = Decimal::parse(number).unwrap();
            assert_eq!(format_number(number, &vi), vietnamese);
            assert_eq!(format_number(number, &en), english);
        }
    }
}
