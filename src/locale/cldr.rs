use jiff::ZonedDateTime;

use super::DateWords;

/// A moment by a pattern of letters as Unicode's CLDR has them ([UTS 35](https://unicode.org/reports/tr35/tr35-dates.html)):
/// `d MMMM y`, `EEEE`, `HH:mm`; text stands between single quotes.
///
/// # Errors
/// With what is wrong with the pattern.
pub fn format_cldr(moment: &ZonedDateTime, pattern: &str, words: &DateWords) -> Result<String, String> {
    let mut text = String::with_capacity(pattern.len() * 2);
    let mut letters = pattern.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == '\'' {
            if letters.next_if_eq(&'\'').is_some() {
                text.push('\'');
                continue;
            }
            loop {
                match letters.next() {
                    Some('\'') if letters.next_if_eq(&'\'').is_some() => text.push('\''),
                    Some('\'') => break,
                    Some(other) => text.push(other),
                    None => return Err("a quote in it is not closed".to_owned()),
                }
            }
        } else if letter.is_ascii_alphabetic() {
            let mut width = 1;
            while letters.next_if_eq(&letter).is_some() {
                width += 1;
            }
            // A wider field is a mistake, and a far wider one more than a number can be padded to.
            match (width <= 12).then(|| field(moment, letter, width, words)).flatten() {
                Some(field) => text.push_str(&field),
                None if width > 12 => return Err(format!("`{letter}` stands there {width} times")),
                None => return Err(format!("`{}` is no field", letter.to_string().repeat(width))),
            }
        } else {
            text.push(letter);
        }
    }
    Ok(text)
}

fn field(moment: &ZonedDateTime, letter: char, width: usize, words: &DateWords) -> Option<String> {
    let number = |number: i64| Some(format!("{number:0width$}"));
    let name = |names: &[String], index: i8| names.get(usize::try_from(index - 1).ok()?).cloned();
    let first = |name: String| name.chars().next().map(|first| first.to_uppercase().collect::<String>());
    let year = |year: i16| if width == 2 { Some(format!("{:02}", year.rem_euclid(100))) } else { number(year.into()) };
    let (month, weekday, hour) = (moment.month(), moment.weekday().to_monday_one_offset(), i64::from(moment.hour()));
    match letter {
        'y' | 'u' => year(moment.year()),
        'Y' => year(moment.date().iso_week_date().year()),
        'M' | 'L' => match width {
            1 | 2 => number(month.into()),
            3 => name(&words.short_months, month),
            4 => name(&words.months, month),
            5 => Some(month.to_string()),
            _ => None,
        },
        'Q' | 'q' => match width {
            1 | 2 => number(i64::from((month + 2) / 3)),
            3 => Some(format!("Q{}", (month + 2) / 3)),
            _ => None,
        },
        'w' => number(moment.date().iso_week_date().week().into()),
        'd' => number(moment.day().into()),
        'D' => number(moment.day_of_year().into()),
        'E' | 'e' | 'c' => match (letter, width) {
            ('e' | 'c', 1 | 2) => number(weekday.into()),
            (_, 1..=3 | 6) => name(&words.short_weekdays, weekday),
            (_, 4) => name(&words.weekdays, weekday),
            (_, 5) => name(&words.short_weekdays, weekday).and_then(first),
            _ => None,
        },
        'a' | 'b' | 'B' => Some(words.day_period(moment.hour()).to_owned()),
        'H' => number(hour),
        'k' => number(if hour == 0 { 24 } else { hour }),
        'K' => number(hour % 12),
        'h' => number(if hour % 12 == 0 { 12 } else { hour % 12 }),
        'm' => number(moment.minute().into()),
        's' => number(moment.second().into()),
        'S' => {
            let digits = format!("{:09}", moment.subsec_nanosecond());
            Some(digits.chars().chain(std::iter::repeat('0')).take(width).collect())
        }
        'G' => Some(if moment.year() > 0 { "AD" } else { "BC" }.to_owned()),
        'X' if moment.offset().is_zero() => Some("Z".to_owned()),
        'x' | 'X' | 'Z' | 'O' | 'z' => offset(moment.offset().seconds(), letter, width),
        'V' if width == 2 => Some(moment.time_zone().iana_name().unwrap_or("UTC").to_owned()),
        _ => None,
    }
}

/// How far a zone is from UTC.
fn offset(seconds: i32, letter: char, width: usize) -> Option<String> {
    let sign = if seconds < 0 { '-' } else { '+' };
    let (hours, minutes) = (seconds.abs() / 3600, seconds.abs() / 60 % 60);
    Some(match (letter, width) {
        ('x' | 'X', 1) if minutes == 0 => format!("{sign}{hours:02}"),
        ('x' | 'X', 1 | 2 | 4) | ('Z', 1..=3) => format!("{sign}{hours:02}{minutes:02}"),
        ('x' | 'X', 3 | 5) | ('Z', 5) => format!("{sign}{hours:02}:{minutes:02}"),
        ('O' | 'z', 1..=4) | ('Z', 4) if seconds == 0 => "GMT".to_owned(),
        ('O' | 'z', 1..=3) if minutes == 0 => format!("GMT{sign}{hours}"),
        ('O' | 'z', 1..=4) | ('Z', 4) => format!("GMT{sign}{hours:02}:{minutes:02}"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::{Locale, parse_moment};
    use crate::text::Lang;

    #[test]
    fn letters_are_fields_and_quoted_text_is_text() {
        let moment = parse_moment("2017-03-05T15:09:07.25+07:00", &jiff::tz::TimeZone::UTC).unwrap();
        let (vi, en) = (Locale::of(&Lang::new("vi")).unwrap(), Locale::of(&Lang::new("en")).unwrap());
        for (pattern, expected) in [
            ("d MMMM y", "5 March 2017"),
            ("EEEE, d MMM yy", "Sunday, 5 Mar 17"),
            ("dd/MM/yyyy", "05/03/2017"),
            ("HH:mm:ss", "15:09:07"),
            ("h:mm a", "3:09 PM"),
            ("y-MM-dd'T'HH:mm:ss.SSSXXX", "2017-03-05T15:09:07.250+07:00"),
            ("d 'of' MMMM, h 'o''clock'", "5 of March, 3 o'clock"),
            ("''yy", "'17"),
            ("Q QQQ w D e G", "1 Q1 9 64 7 AD"),
            ("Z ZZZZ ZZZZZ x O", "+0700 GMT+07:00 +07:00 +07 GMT+7"),
        ] {
            assert_eq!(format_cldr(&moment, pattern, &en.date).unwrap(), expected, "{pattern}");
        }
        assert_eq!(format_cldr(&moment, "EEEE, d MMMM, y", &vi.date).unwrap(), "chủ nhật, 5 tháng 3, 2017");
        assert_eq!(format_cldr(&moment, "'ngày' d", &vi.date).unwrap(), "ngày 5");
        assert!(format_cldr(&moment, "d 'of", &en.date).is_err());
        assert_eq!(format_cldr(&moment, &"d".repeat(70_000), &en.date), Err("`d` stands there 70000 times".to_owned()));
        assert_eq!(format_cldr(&moment, "d j", &en.date), Err("`j` is no field".to_owned()));
    }
}
