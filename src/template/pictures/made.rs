use super::{Found, mime_of};
use crate::asset::image::{Encoding, Fit, ImageInfo, Plan};
use crate::config::{ImageFormat, Images, Mode};
use crate::markdown::{Picture, PictureSource};
use crate::template::Site;
use crate::text::SitePath;

/// Of copies in the format of a photograph.
const JPEG: Encoding = Encoding::Jpeg { quality: 80 };
/// AVIF of this quality looks as JPEG does of 80 and more; slower speeds give files that are a few percent smaller.
const AVIF: Encoding = Encoding::Avif { quality: 65, speed: 8 };

/// WebP of this quality looks about as JPEG does of its own.
const WEBP: Encoding = Encoding::WebP { quality: Some(80) };

/// A picture with its copies, and the paths of those that are to be made.
pub(super) fn made(site: &Site, found: &Found) -> Result<(Picture, Vec<SitePath>), String> {
    let info = site.files.images.info(&found.file, &found.bytes)?;
    let picture = Picture {
        address: found.address.clone(),
        mime: if info.mime.is_empty() { mime_of(&found.file) } else { info.mime }.to_owned(),
        width: Some(info.width),
        height: Some(info.height),
        ..Picture::default()
    };
    let is_of_web = matches!(info.format, "jpg" | "png" | "webp");
    match &site.config.tinso.images {
        Some(settings) if info.resizable && !info.animated && is_of_web => {
            let mut copies = Copies { site, found, info: &info, ordered: Vec::new() };
            let picture = copies.of(picture, settings);
            Ok((picture, copies.ordered))
        }
        _ => Ok((picture, Vec::new())),
    }
}

struct Copies<'a> {
    site: &'a Site,
    found: &'a Found,
    info: &'a ImageInfo,
    ordered: Vec<SitePath>,
}

impl Copies<'_> {
    fn of(&mut self, mut picture: Picture, settings: &Images) -> Picture {
        let most = settings.widths.last().copied().unwrap_or(u32::MAX);
        // Never wider than the picture itself.
        let widest = self.info.width.min(most);
        let smaller = settings.widths.iter().copied().filter(|width| *width < widest);
        let widths: Vec<u32> = smaller.chain(std::iter::once(widest)).collect();
        picture.sources = settings.formats.iter().filter_map(|format| self.source(*format, &widths)).collect();
        let Some(own) = self.own_format() else { return picture };
        let plan = Plan::new(self.info.width, self.info.height, Fit::Width(widest));
        if widest < self.info.width {
            picture.address = self.copy(plan, own);
            (picture.width, picture.height) = (Some(plan.width), Some(plan.height));
        }
        if let [narrower @ .., _] = widths.as_slice()
            && !narrower.is_empty()
        {
            let narrower = self.candidates(narrower, own);
            picture.srcset = format!("{narrower}, {} {widest}w", picture.address);
        }
        picture
    }

    /// The picture in another format, if that is made here and is worth it.
    fn source(&mut self, format: ImageFormat, widths: &[u32]) -> Option<PictureSource> {
        let (encoding, mime) = match format {
            // It takes long, so nobody who writes or checks waits for it.
            ImageFormat::Avif if !cfg!(feature = "avif") || self.site.config.mode != Mode::Build => return None,
            ImageFormat::Avif => (AVIF, "image/avif"),
            // Copies of a WebP are WebP as they are.
            ImageFormat::WebP if self.info.format == "webp" => return None,
            // Without loss it is larger than a JPEG, but smaller than a PNG; see docs/pictures.md.
            ImageFormat::WebP if !self.info.lossy => (Encoding::WebP { quality: None }, "image/webp"),
            ImageFormat::WebP if !cfg!(feature = "webp") => return None,
            ImageFormat::WebP => (WEBP, "image/webp"),
        };
        Some(PictureSource { mime: mime.to_owned(), srcset: self.candidates(widths, encoding) })
    }

    /// How copies in the picture's own format are written, if they can be.
    fn own_format(&self) -> Option<Encoding> {
        match self.info.format {
            "jpg" => Some(JPEG),
            "png" => Some(Encoding::Png),
            "webp" if !self.info.lossy => Some(Encoding::WebP { quality: None }),
            "webp" => cfg!(feature = "webp").then_some(WEBP),
            _ => None,
        }
    }

    fn candidates(&mut self, widths: &[u32], encoding: Encoding) -> String {
        let candidate = |width: &u32| {
            let plan = Plan::new(self.info.width, self.info.height, Fit::Width(*width));
            format!("{} {width}w", self.copy(plan, encoding))
        };
        widths.iter().map(candidate).collect::<Vec<_>>().join(", ")
    }

    /// The address of a copy, which is ordered.
    fn copy(&mut self, plan: Plan, encoding: Encoding) -> String {
        let images = &self.site.files.images;
        let path = images.order(&self.found.file, &self.found.bytes, self.info, plan, encoding);
        let address = self.site.config.permalink(&format!("/{path}"));
        self.ordered.push(path);
        address
    }
}
