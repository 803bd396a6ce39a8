use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{ImageHrefResolver, Options, Tree, fontdb};

/// The fonts of pictures: Source Sans 3 (OFL) in the letters of Latin and Vietnamese under a name of ours, as its licence
/// asks of a changed font. Fonts of the machine are never looked for, so that a picture is the same everywhere.
const FONTS: [&[u8]; 2] = [include_bytes!("fonts/tinso-sans-400.ttf"), include_bytes!("fonts/tinso-sans-600.ttf")];
const FAMILY: &str = "Tinso Sans";

static DATABASE: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut database = fontdb::Database::new();
    for font in FONTS {
        database.load_font_data(font.to_vec());
    }
    // Whatever face an SVG asks for, it gets this one.
    database.set_sans_serif_family(FAMILY);
    database.set_serif_family(FAMILY);
    database.set_monospace_family(FAMILY);
    Arc::new(database)
});

/// Draws an SVG of ours as a PNG, so many pixels for each of its units; nothing if it cannot be drawn.
pub fn png(svg: &[u8], scale: u8) -> Option<Vec<u8>> {
    let options = Options {
        font_family: FAMILY.to_owned(),
        fontdb: Arc::clone(&DATABASE),
        // No file and no other picture is drawn in.
        image_href_resolver: ImageHrefResolver { resolve_data: Box::new(|_, _, _| None), resolve_string: Box::new(|_, _| None) },
        ..Options::default()
    };
    let tree = Tree::from_data(svg, &options).ok()?;
    let size = tree.size().to_int_size().scale_by(f32::from(scale))?;
    let mut pixmap = Pixmap::new(size.width(), size.height())?;
    resvg::render(&tree, Transform::from_scale(f32::from(scale), f32::from(scale)), &mut pixmap.as_mut());
    pixmap.encode_png().ok()
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    /// The pixels of a text.
    fn ink(text: &str, weight: &str) -> Vec<u8> {
        let svg = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='120' height='60'><rect width='120' height='60' fill='#fff'/>\
             <text x='10' y='44' font-size='40' font-weight='{weight}' font-family='Roboto, Arial, sans-serif'>{text}</text></svg>"
        );
        let picture = png(svg.as_bytes(), 1).unwrap();
        image::load_from_memory(&picture).unwrap().to_luma8().into_raw()
    }

    #[test]
    fn every_vietnamese_letter_and_every_mark_of_charts_has_a_glyph_of_its_own_in_both_weights() {
        let bases = "aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXY";
        let tones = ["", "\u{300}", "\u{301}", "\u{303}", "\u{309}", "\u{323}"];
        let toned = |base: char| tones.map(|tone| format!("{base}{tone}").nfc().collect::<String>());
        let letters = bases.chars().flat_map(toned).filter(|letter| letter.chars().count() == 1);
        let marks = "0123456789.,–−%≈≥≤→↑↓▲▼·×₫€“”…±°".chars().map(String::from);
        for weight in ["400", "600"] {
            let mut seen = std::collections::BTreeMap::new();
            let missing = ink("\u{4e00}", weight);
            for letter in letters.clone().chain(marks.clone()) {
                let drawn = ink(&letter, weight);
                assert!(drawn.iter().any(|pixel| *pixel < 128), "{letter} is blank");
                assert_ne!(drawn, missing, "{letter} has no glyph");
                if let Some(other) = seen.insert(drawn, letter.clone()) {
                    panic!("{letter} looks like {other}");
                }
            }
        }
    }

    #[test]
    fn a_picture_draws_in_no_file_and_no_other_picture() {
        let svg = |image: &str| {
            format!(
                "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><image width='9' height='9' href='{image}'/></svg>"
            )
        };
        let data = "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciPjxyZWN0IHdpZHRoPSI5IiBoZWlnaHQ9IjkiLz48L3N2Zz4=";
        let blank = png(b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>", 1);
        for image in [data, concat!(env!("CARGO_MANIFEST_DIR"), "/themes/tinso-news/static/icon.svg")] {
            assert_eq!(png(svg(image).as_bytes(), 1), blank);
        }
    }

    #[test]
    fn what_is_no_svg_is_no_picture() {
        assert_eq!(png(b"<svg", 1), None);
        assert_eq!(png(b"", 1), None);
    }
}
