//! WebP with loss, by libwebp.

use image::DynamicImage;
use webp::Encoder;

use super::convert::is_for;

/// The longest side of a WebP, by its [specification](https://developers.google.com/speed/webp/docs/riff_container).
const LONGEST: u32 = 16_383;
/// That a file has a colour profile, in the flags of its header.
const HAS_PROFILE: u8 = 0x20;

/// Writes a picture in 8 bits with a quality from 1 to 100, and its colour profile beside it.
pub(super) fn encode(picture: &DynamicImage, profile: Option<&[u8]>, quality: u8) -> Result<Vec<u8>, String> {
    let (width, height) = (picture.width(), picture.height());
    if width.max(height) > LONGEST {
        return Err(format!("a WebP has at most {LONGEST} pixels on a side"));
    }
    let encoder = match picture {
        DynamicImage::ImageRgba8(pixels) => Encoder::from_rgba(pixels, width, height),
        DynamicImage::ImageRgb8(pixels) => Encoder::from_rgb(pixels, width, height),
        _ => return Err("it is not in 8 bits".to_owned()),
    };
    let file = encoder.encode_simple(false, f32::from(quality)).map_err(|error| format!("{error:?}"))?;
    Ok(match profile.filter(|profile| is_for(profile, b"RGB ")) {
        Some(profile) => with_profile(&file, profile, width, height).unwrap_or_else(|| file.to_vec()),
        None => file.to_vec(),
    })
}

/// A file with a colour profile, which stands behind the extended header.
fn with_profile(file: &[u8], profile: &[u8], width: u32, height: u32) -> Option<Vec<u8>> {
    let (mut header, pictures) = match file.get(12..16)? {
        b"VP8X" => (file.get(20..30)?.to_vec(), file.get(30..)?),
        _ => {
            let sides = [width, height].map(|side| side.saturating_sub(1).to_le_bytes());
            let sides = sides.iter().flat_map(|bytes| bytes.iter().take(3));
            ([0; 4].iter().chain(sides).copied().collect(), file.get(12..)?)
        }
    };
    *header.first_mut()? |= HAS_PROFILE;
    let content = [b"WEBP".as_slice(), &chunk(b"VP8X", &header)?, &chunk(b"ICCP", profile)?, pictures].concat();
    chunk(b"RIFF", &content)
}

/// A piece of a RIFF file: its name, its size, and what is in it, to an even number of bytes.
fn chunk(name: &[u8; 4], content: &[u8]) -> Option<Vec<u8>> {
    let size = u32::try_from(content.len()).ok()?.to_le_bytes();
    let padding: &[u8] = if content.len() % 2 == 1 { &[0] } else { &[] };
    Some([name.as_slice(), &size, content, padding].concat())
}
