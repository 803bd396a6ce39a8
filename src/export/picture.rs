use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use png::{BitDepth, ColorType, Encoder, Filter};
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
    encoded(&pixmap)
}

/// A picture as PNG. With few colours, as charts have them, a byte says which one a pixel has: half the size and the time.
fn encoded(pixmap: &Pixmap) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, pixmap.width(), pixmap.height());
    encoder.set_depth(BitDepth::Eight);
    encoder.set_filter(Filter::NoFilter);
    match indexed(pixmap.data()) {
        Some((palette, pixels)) => {
            encoder.set_color(ColorType::Indexed);
            encoder.set_palette(palette.concat());
            encoder.write_header().ok()?.write_image_data(&pixels).ok()?;
        }
        None => {
            let pixels: Vec<u8> = pixmap.data().chunks_exact(RGBA).flat_map(colour).collect();
            encoder.set_color(ColorType::Rgb);
            encoder.write_header().ok()?.write_image_data(&pixels).ok()?;
        }
    }
    Some(bytes)
}

type Colour = [u8; 3];

/// The bytes of a pixel.
const RGBA: usize = 4;
/// So many pixels are compared at once; most are as those before them.
const RUN: usize = 16;

/// The colour of a pixel; what is drawn on paper lets nothing through.
fn colour(pixel: &[u8]) -> Colour {
    std::array::from_fn(|at| pixel.get(at).copied().unwrap_or_default())
}

/// The colours of a picture in the order in which they are met, and the place of each pixel's among them; nothing if there
/// are too many.
fn indexed(data: &[u8]) -> Option<(Vec<Colour>, Vec<u8>)> {
    let (mut palette, mut places) = (Vec::new(), HashMap::new());
    let mut pixels = Vec::with_capacity(data.len() / RGBA);
    let mut before = Vec::new();
    for run in data.chunks(RUN * RGBA) {
        if let Some(last) = pixels.last().copied().filter(|_| before.starts_with(run)) {
            pixels.resize(pixels.len() + run.len() / RGBA, last);
            continue;
        }
        for pixel in run.chunks_exact(RGBA) {
            let colour = colour(pixel);
            let place = match places.get(&colour) {
                Some(place) => *place,
                None => {
                    let place = u8::try_from(palette.len()).ok()?;
                    palette.push(colour);
                    places.insert(colour, place);
                    place
                }
            };
            pixels.push(place);
        }
        before = run.chunks_exact(RGBA).last().unwrap_or_default().repeat(RUN);
    }
    Some((palette, pixels))
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
    fn many_colours_are_kept_too() {
        let squares: String = (0..400u32)
            .map(|at| format!("<rect x='{}' y='{}' width='1' height='1' fill='#{:06x}'/>", at % 20, at / 20, at * 40_009))
            .collect();
        let svg = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='20' height='20' shape-rendering='crispEdges'>{squares}</svg>"
        );
        let picture = image::load_from_memory(&png(svg.as_bytes(), 1).unwrap()).unwrap().to_rgb8();
        for at in [0, 1, 255, 256, 399u32] {
            let [_, red, green, blue] = (at * 40_009).to_be_bytes();
            assert_eq!(picture.get_pixel(at % 20, at / 20).0, [red, green, blue], "{at}");
        }
    }

    #[test]
    fn what_is_no_svg_is_no_picture() {
        assert_eq!(png(b"<svg", 1), None);
        assert_eq!(png(b"", 1), None);
    }
}
