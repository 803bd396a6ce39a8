use jiff::ZonedDateTime;
use jiff::fmt::strtime;

use super::DateWords;

/// A moment by a pattern of `%` fields, with the names of a language: `%d %B %Y`.
///
/// The fields are those of strftime as Zola's sites write them, `%+` (RFC 3339) included.
///
/// # Errors
/// With what is wrong with the pattern.
pub fn format_strftime(moment: &ZonedDateTime, pattern: &str, words: &DateWords) -> Result<String, String> {
    let mut fields = String::with_capacity(pattern.len() * 2);
    translate(moment, pattern, words, &mut fields);
    strtime::format(&fields, moment).map_err(|error| error.to_string())
}

/// Turns a pattern into one that jiff knows, with names already in their language.
fn translate(moment: &ZonedDateTime, pattern: &str, words: &DateWords, fields: &mut String) {
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('%') {
        fields.push_str(before);
        let letter_at = after.find(|c: char| !"-_0^#123456789.:".contains(c)).unwrap_or(after.len());
        let (modifiers, from_letter) = after.split_at(letter_at);
        let mut letters = from_letter.chars();
        match letters.next() {
            Some(letter) => field(moment, modifiers, letter, words, fields),
            None => fields.push_str("%%"),
        }
        rest = letters.as_str();
    }
    fields.push_str(rest);
}

fn field(moment: &ZonedDateTime, modifiers: &str, letter: char, words: &DateWords, fields: &mut String) {
    let name = |names: &[String], number: i8| {
        let index = usize::try_from(number - 1).unwrap_or_default();
        names.get(index).cloned().unwrap_or_default()
    };
    let weekday = moment.weekday().to_monday_one_offset();
    let word = match letter {
        'B' => name(&words.months, moment.month()),
        'b' | 'h' => name(&words.short_months, moment.month()),
        'A' => name(&words.weekdays, weekday),
        'a' => name(&words.short_weekdays, weekday),
        'p' => words.day_period(moment.hour()).to_owned(),
        'P' => words.day_period(moment.hour()).to_lowercase(),
        'y' if modifiers.is_empty() => format!("{:02}", moment.year().rem_euclid(100)),
        '+' => return translate(moment, "%Y-%m-%dT%H:%M:%S%.f%:z", words, fields),
        'c' => return translate(moment, "%a %b %e %H:%M:%S %Y", words, fields),
        'D' | 'x' => return translate(moment, "%m/%d/%y", words, fields),
        'X' => return translate(moment, "%H:%M:%S", words, fields),
        'r' => return translate(moment, "%I:%M:%S %p", words, fields),
        'v' => return translate(moment, "%e-%b-%Y", words, fields),
        'f' if modifiers.is_empty() => return fields.push_str("%9f"),
        _ => {
            fields.push('%');
            fields.push_str(modifiers);
            return fields.push(letter);
        }
    };
    let word = if modifiers.contains('^') { word.to_uppercase() } else { word };
    fields.push_str(&word.replace('%', "%%"));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::{Locale, parse_moment};
    use crate::text::Lang;

    #[test]
    fn every_format_that_real_sites_write_is_understood() {
        let moment = parse_moment("2017-03-05T08:09:07+07:00", &jiff::tz::TimeZone::UTC).unwrap();
        let (vi, en) = (Locale::of(&Lang::new("vi")).unwrap(), Locale::of(&Lang::new("en")).unwrap());
        for (pattern, expected) in [
            ("%Y", "2017"),
            ("%F", "2017-03-05"),
            ("%B %d, %Y", "March 05, 2017"),
            ("%+", "2017-03-05T08:09:07+07:00"),
            ("%B %e, %Y", "March  5, 2017"),
            ("%-d %B %Y", "5 March 2017"),
            ("%FT%T%:z", "2017-03-05T08:09:07+07:00"),
            ("%a, %d %b %Y %H:%M:%S %z", "Sun, 05 Mar 2017 08:09:07 +0700"),
            ("%s", "1488676147"),
            ("%d.%m.%Y", "05.03.2017"),
            ("%A %^b %j %I:%M %p %P", "Sunday MAR 064 08:09 AM am"),
            ("%y %D %R %r", "17 03/05/17 08:09 08:09:07 AM"),
            ("%V %u %w %G", "09 7 0 2017"),
            ("%c", "Sun Mar  5 08:09:07 2017"),
            ("100%% %", "100% %"),
            ("%f|%.3f|%3f", "000000000|.000|000"),
        ] {
            assert_eq!(format_strftime(&moment, pattern, &en.date).unwrap(), expected, "{pattern}");
        }
        assert_eq!(format_strftime(&moment, "%A, %-d %B %Y, %p", &vi.date).unwrap(), "chủ nhật, 5 tháng 3 2017, SA");
        assert!(format_strftime(&moment, "%!", &en.date).is_err());
    }
}
