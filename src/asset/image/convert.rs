use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType as PngFilter, PngEncoder};
use image::codecs::webp::WebPEncoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageEncoder, RgbImage};

use super::Plan;
use super::measure::decoder;
#[cfg(feature = "webp")]
use super::webp;

/// How a picture is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Encoding {
    /// JPEG, of a quality from 1 to 100.
    Jpeg {
        /// The quality.
        quality: u8,
    },
    /// PNG.
    Png,
    /// WebP.
    WebP {
        /// From 1 to 100; without loss if there is none, or if this tinso was built without the feature `webp`.
        quality: Option<u8>,
    },
    /// AVIF, of a quality from 1 to 100.
    Avif {
        /// The quality.
        quality: u8,
        /// From 1, slow and small, to 10.
        speed: u8,
    },
}

impl Encoding {
    pub(super) fn is_lossy_webp(self) -> bool {
        matches!(self, Self::WebP { quality: Some(_) })
    }

    /// The extension of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg { .. } => "jpg",
            Self::Png => "png",
            Self::WebP { .. } => "webp",
            Self::Avif { .. } => "avif",
        }
    }
}

/// Reads a picture, turns it as its camera says, cuts, resizes and writes it.
pub(super) fn convert(bytes: &[u8], plan: Plan, encoding: Encoding) -> Result<Vec<u8>, String> {
    let mut decoder = decoder(bytes)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let colours = decoder.icc_profile().unwrap_or_default();
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| error.to_string())?;
    picture.apply_orientation(orientation);
    let (left, top, width, height) = plan.crop;
    if (width, height) != (picture.width(), picture.height()) {
        picture = picture.crop_imm(left, top, width, height);
    }
    if (plan.width, plan.height) != (picture.width(), picture.height()) {
        picture = picture.resize_exact(plan.width, plan.height, FilterType::Lanczos3);
    }
    encode(picture, colours, encoding)
}

fn encode(picture: DynamicImage, colours: Option<Vec<u8>>, encoding: Encoding) -> Result<Vec<u8>, String> {
    let mut out = Cursor::new(Vec::new());
    let written = match encoding {
        Encoding::Jpeg { quality } => {
            let encoder = JpegEncoder::new_with_quality(&mut out, quality);
            write(&DynamicImage::ImageRgb8(on_white(picture)), colours, encoder)
        }
        Encoding::Png => {
            write(&picture, colours, PngEncoder::new_with_quality(&mut out, CompressionType::Default, PngFilter::Adaptive))
        }
        #[cfg(feature = "webp")]
        Encoding::WebP { quality: Some(quality) } => return webp::encode(&eight_bits(picture), colours.as_deref(), quality),
        Encoding::WebP { .. } => write(&eight_bits(picture), colours, WebPEncoder::new_lossless(&mut out)),
        Encoding::Avif { quality, speed } => return avif(&eight_bits(picture), quality, speed),
    };
    written.map_err(|error| error.to_string()).map(|()| out.into_inner())
}

fn write(picture: &DynamicImage, colours: Option<Vec<u8>>, mut encoder: impl ImageEncoder) -> image::ImageResult<()> {
    let kind: &[u8] = if picture.color().has_color() { b"RGB " } else { b"GRAY" };
    if let Some(profile) = colours.filter(|profile| is_for(profile, kind)) {
        // A format that has no place for the profile is written without it.
        let _ = encoder.set_icc_profile(profile);
    }
    picture.write_with_encoder(encoder)
}

/// A profile says at byte 16 for which colours it is; one for others than are written would spoil them.
pub(super) fn is_for(profile: &[u8], kind: &[u8]) -> bool {
    profile.get(16..20) == Some(kind)
}

fn eight_bits(picture: DynamicImage) -> DynamicImage {
    if picture.color().has_alpha() { picture.into_rgba8().into() } else { picture.into_rgb8().into() }
}

/// The picture without see-through parts: they show white.
fn on_white(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let picture = picture.into_rgba8();
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        let image::Rgba([red, green, blue, alpha]) = *picture.get_pixel(x, y);
        let over = |colour: u8| {
            let mixed = (u32::from(colour) * u32::from(alpha) + 255 * (255 - u32::from(alpha)) + 127) / 255;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        image::Rgb([over(red), over(green), over(blue)])
    })
}

#[cfg(feature = "avif")]
fn avif(picture: &DynamicImage, quality: u8, speed: u8) -> Result<Vec<u8>, String> {
    use ravif::{Encoder, Img, RGB8, RGBA8};
    // One thread, so that the bytes are the same on every machine; several pictures are written at once as it is.
    let encoder = Encoder::new().with_quality(f32::from(quality)).with_speed(speed).with_num_threads(Some(1));
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let encoded = match picture {
        DynamicImage::ImageRgba8(pixels) => {
            let pixels: Vec<RGBA8> = pixels.pixels().map(|pixel| RGBA8::from(pixel.0)).collect();
            encoder.encode_rgba(Img::new(&pixels, width, height))
        }
        other => {
            let pixels: Vec<RGB8> = other.to_rgb8().pixels().map(|pixel| RGB8::from(pixel.0)).collect();
            encoder.encode_rgb(Img::new(&pixels, width, height))
        }
    };
    encoded.map(|encoded| encoded.avif_file).map_err(|error| error.to_string())
}

#[cfg(not(feature = "avif"))]
fn avif(_: &DynamicImage, _: u8, _: u8) -> Result<Vec<u8>, String> {
    Err("this tinso was built without the feature `avif`".to_owned())
}
