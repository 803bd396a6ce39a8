use std::ops::RangeInclusive;

use super::Dataset;
use crate::diagnostic::{Diagnostic, Sink};

/// The letters that the fonts of pictures have, both weights alike: Latin, Vietnamese, the signs of charts. The tests hold it
/// to the fonts.
const DRAWN: [RangeInclusive<char>; 43] = [
    '\u{20}'..='\u{7e}',
    '\u{a0}'..='\u{103}',
    '\u{110}'..='\u{111}',
    '\u{128}'..='\u{129}',
    '\u{168}'..='\u{169}',
    '\u{1a0}'..='\u{1a1}',
    '\u{1af}'..='\u{1b0}',
    '\u{300}'..='\u{303}',
    '\u{306}'..='\u{306}',
    '\u{309}'..='\u{309}',
    '\u{31b}'..='\u{31b}',
    '\u{323}'..='\u{323}',
    '\u{1ea0}'..='\u{1ef9}',
    '\u{2009}'..='\u{200a}',
    '\u{2010}'..='\u{2015}',
    '\u{2018}'..='\u{201e}',
    '\u{2020}'..='\u{2022}',
    '\u{2026}'..='\u{2026}',
    '\u{202f}'..='\u{2030}',
    '\u{2032}'..='\u{2033}',
    '\u{2039}'..='\u{203a}',
    '\u{2070}'..='\u{2071}',
    '\u{2074}'..='\u{2079}',
    '\u{2080}'..='\u{2089}',
    '\u{20ab}'..='\u{20ac}',
    '\u{2113}'..='\u{2113}',
    '\u{2122}'..='\u{2122}',
    '\u{2190}'..='\u{2193}',
    '\u{2196}'..='\u{2199}',
    '\u{2212}'..='\u{2212}',
    '\u{221e}'..='\u{221e}',
    '\u{2248}'..='\u{2248}',
    '\u{2260}'..='\u{2260}',
    '\u{2264}'..='\u{2265}',
    '\u{25a0}'..='\u{25a1}',
    '\u{25aa}'..='\u{25ac}',
    '\u{25b2}'..='\u{25ba}',
    '\u{25bc}'..='\u{25c4}',
    '\u{25c6}'..='\u{25c6}',
    '\u{25c9}'..='\u{25cc}',
    '\u{25cf}'..='\u{25cf}',
    '\u{2713}'..='\u{2713}',
    '\u{2717}'..='\u{2717}',
];

/// Whether the fonts of pictures have a letter.
fn is_drawn(letter: char) -> bool {
    letter.is_ascii() || DRAWN.iter().any(|range| range.contains(&letter))
}

/// Warns of the letters on an indicator's card that its font lacks: there, they are empty boxes.
pub fn check_letters(dataset: &Dataset<'_>, sink: &Sink) {
    let language = &dataset.language.code;
    let newest = dataset.main().and_then(|(area, series)| Some((area, series.points().get(series.latest()?)?)));
    let area = newest.map_or("", |(area, _)| dataset.portal.config.area_name(area, language));
    let source = newest.and_then(|(_, point)| {
        let observation = point.latest();
        let portal = &dataset.portal;
        let of_article = || portal.library.publisher(observation.origin.page, language, portal.config);
        observation.metric.source.as_deref().or_else(of_article)
    });
    let texts = [dataset.publisher(), dataset.title(), dataset.unit_label(), area, source.unwrap_or_default()];
    let mut missing: Vec<char> = texts.iter().flat_map(|text| text.chars()).filter(|letter| !is_drawn(*letter)).collect();
    missing.sort_unstable();
    missing.dedup();
    if missing.is_empty() {
        return;
    }
    let named: Vec<String> = missing.iter().take(8).map(|letter| format!("`{letter}` (U+{:04X})", u32::from(*letter))).collect();
    let message = format!("the font of `card.png` has no {}", named.join(", "));
    let help = "write the title, the unit, the area and the source in letters of Latin or Vietnamese, or leave out the pictures: \
                `pictures = false` in `[extra.tinso]`";
    sink.push(Diagnostic::warning("no-letter", message).in_file(&dataset.page.source.path).help(help));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The letters that the `cmap` of a font names, from its tables of format 4: all that the Basic Multilingual Plane has.
    fn letters_of(font: &[u8]) -> Vec<char> {
        let word = |at: usize| usize::from(u16::from_be_bytes([font[at], font[at + 1]]));
        let long = |at: usize| word(at) << 16 | word(at + 2);
        let table = (0..word(4)).map(|n| 12 + 16 * n).find(|at| font[*at..].starts_with(b"cmap")).map(|at| long(at + 8)).unwrap();
        let formats = (0..word(table + 2)).map(|n| table + long(table + 8 + 8 * n));
        let map = formats.into_iter().find(|at| word(*at) == 4).unwrap();
        let count = word(map + 6) / 2;
        let ranges = (0..count).map(|n| (word(map + 16 + 2 * count + 2 * n), word(map + 14 + 2 * n)));
        let codes = ranges.flat_map(|(from, to)| from..=to).filter(|code| *code != 0xffff);
        codes.filter_map(|code| char::from_u32(u32::try_from(code).unwrap())).collect()
    }

    #[test]
    fn the_letters_are_those_of_the_fonts() {
        let listed: Vec<char> = DRAWN.into_iter().flatten().collect();
        for font in [&include_bytes!("fonts/tinso-sans-400.ttf")[..], include_bytes!("fonts/tinso-sans-600.ttf")] {
            assert_eq!(letters_of(font), listed);
        }
    }
}
