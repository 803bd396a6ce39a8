use std::io::Cursor;

use image::metadata::Orientation;
use image::{ImageDecoder, ImageFormat, ImageReader, Limits};
use roxmltree::Document;
use xxhash_rust::xxh3::xxh3_64;

/// The most memory that one picture may take up.
const MOST_MEMORY: u64 = 512 * 1024 * 1024;
/// The most pixels in a row or column.
const MOST_PIXELS: u32 = 32_768;

/// What a picture is, as a reader sees it: turned as its camera says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImageInfo {
    /// Its width.
    pub width: u32,
    /// Its height.
    pub height: u32,
    /// The usual extension of its format.
    pub format: &'static str,
    /// The media type of its format.
    pub mime: &'static str,
    /// Whether its format left details out to be small.
    pub lossy: bool,
    /// Whether it can be resized: pictures made of lines or coded as AVIF cannot.
    pub resizable: bool,
    /// Whether it moves: of such a one only the first picture can be resized. A GIF counts as one.
    pub animated: bool,
    pub(super) hash: u64,
}

pub(super) fn measure(bytes: &[u8]) -> Result<ImageInfo, String> {
    let hash = xxh3_64(bytes);
    if bytes.get(4..8) == Some(b"ftyp") {
        let size = imagesize::blob_size(bytes).map_err(|error| error.to_string())?;
        let (width, height) = (u32::try_from(size.width).unwrap_or(0), u32::try_from(size.height).unwrap_or(0));
        return Ok(ImageInfo {
            width,
            height,
            format: "avif",
            mime: "image/avif",
            lossy: true,
            resizable: false,
            animated: false,
            hash,
        });
    }
    let Ok(format) = image::guess_format(bytes) else {
        let (width, height) = svg_size(bytes)?;
        let (format, mime) = ("svg", "image/svg+xml");
        return Ok(ImageInfo { width, height, format, mime, lossy: false, resizable: false, animated: false, hash });
    };
    let mut decoder = decoder(bytes)?;
    let (mut width, mut height) = decoder.dimensions();
    let turned = [Orientation::Rotate90, Orientation::Rotate270, Orientation::Rotate90FlipH, Orientation::Rotate270FlipH];
    if turned.contains(&decoder.orientation().unwrap_or(Orientation::NoTransforms)) {
        (width, height) = (height, width);
    }
    let lossy = format == ImageFormat::Jpeg || (format == ImageFormat::WebP && is_lossy_webp(bytes));
    let animated = match format {
        ImageFormat::Gif => true,
        ImageFormat::Png => is_animated_png(bytes),
        // The second bit of the chunk `VP8X`.
        ImageFormat::WebP => bytes.get(12..16) == Some(b"VP8X") && bytes.get(20).is_some_and(|flags| flags & 2 != 0),
        _ => false,
    };
    let extension = format.extensions_str().first().copied().unwrap_or_default();
    Ok(ImageInfo { width, height, format: extension, mime: format.to_mime_type(), lossy, resizable: true, animated, hash })
}

/// The decoder of a picture, which refuses one that would take up too much.
pub(super) fn decoder(bytes: &[u8]) -> Result<impl ImageDecoder + '_, String> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|error| error.to_string())?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_PIXELS);
    limits.max_image_height = Some(MOST_PIXELS);
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let decoder = reader.into_decoder().map_err(|error| error.to_string())?;
    let (width, height) = decoder.dimensions();
    if width > MOST_PIXELS || height > MOST_PIXELS || decoder.total_bytes() > MOST_MEMORY {
        return Err(format!("it has {width} by {height} pixels, which is too much"));
    }
    Ok(decoder)
}

/// Whether a PNG has a chunk `acTL` before its picture.
fn is_animated_png(bytes: &[u8]) -> bool {
    let mut rest = bytes.get(8..).unwrap_or_default();
    while let (Some(size), Some(name)) = (rest.get(..4), rest.get(4..8)) {
        match name {
            b"acTL" => return true,
            b"IDAT" | b"IEND" => return false,
            _ => {
                let size = size.iter().fold(0usize, |size, byte| (size << 8) | usize::from(*byte));
                // Before it stand its size and name, after it a sum.
                rest = rest.get(size.saturating_add(12)..).unwrap_or_default();
            }
        }
    }
    false
}

/// Whether a WebP holds its picture in a chunk `VP8 `; without loss it is `VP8L`.
fn is_lossy_webp(bytes: &[u8]) -> bool {
    let mut rest = bytes.get(12..).unwrap_or_default();
    while let (Some(name), Some(size)) = (rest.get(..4), rest.get(4..8)) {
        match name {
            b"VP8 " => return true,
            b"VP8L" => return false,
            // The chunk of a frame has 16 bytes of its own before the chunks in it.
            b"ANMF" => rest = rest.get(24..).unwrap_or_default(),
            _ => {
                let size = size.iter().rev().fold(0usize, |size, byte| (size << 8) | usize::from(*byte));
                rest = rest.get(8usize.saturating_add(size).saturating_add(size % 2)..).unwrap_or_default();
            }
        }
    }
    false
}

/// The size of an SVG: its `width` and `height`, else those of its `viewBox`.
fn svg_size(bytes: &[u8]) -> Result<(u32, u32), String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "it is in no format of pictures that tinso knows".to_owned())?;
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let document = Document::parse_with_options(text.trim_start_matches('\u{feff}'), options)
        .map_err(|error| format!("it is in no format of pictures that tinso knows, nor an SVG: {error}"))?;
    let root = document.root_element();
    if root.tag_name().name() != "svg" {
        return Err("it is in no format of pictures that tinso knows".to_owned());
    }
    let viewed: Vec<f64> = root.attribute("viewBox").map(numbers).unwrap_or_default();
    let side = |name: &str, at: usize| root.attribute(name).and_then(length).or_else(|| viewed.get(at).copied());
    match (side("width", 2), side("height", 3)) {
        (Some(width), Some(height)) => Ok((pixels(width), pixels(height))),
        _ => Err("this SVG has neither `width` and `height` nor a `viewBox`".to_owned()),
    }
}

fn numbers(text: &str) -> Vec<f64> {
    let parts = text.split([' ', ',', '\t', '\r', '\n']).filter(|part| !part.is_empty());
    parts.filter_map(|part| part.parse().ok()).filter(|number: &f64| number.is_finite()).collect()
}

/// A length of SVG in pixels; `None` for one that depends on what is around, such as `100%`.
fn length(text: &str) -> Option<f64> {
    let text = text.trim();
    let split = text.find(|c: char| c.is_ascii_alphabetic() && c != 'e' || c == '%').unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(split)?;
    let factor = match unit {
        "" | "px" => 1.0,
        "pt" => 96.0 / 72.0,
        "pc" => 16.0,
        "mm" => 96.0 / 25.4,
        "cm" => 96.0 / 2.54,
        "in" => 96.0,
        _ => return None,
    };
    let number: f64 = number.trim().parse().ok()?;
    number.is_finite().then_some(number * factor)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float is cast to the nearest that fits")]
fn pixels(length: f64) -> u32 {
    length.round() as u32
}
