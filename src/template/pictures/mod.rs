//! Pictures of articles: those in Markdown, and the one that leads an article.
//!
//! A picture is found by its address in the output, so that a page's own files, `static/` and the theme are one to it. Its
//! smaller copies are ordered as `resize_image` orders them: their names are known at once, they are made last.

mod find;
mod lead;
#[cfg(feature = "images")]
mod made;
#[cfg(not(feature = "images"))]
mod unmade;
mod written;

use tera::Value;

use super::asked::Functions;
use super::{SharedSite, Site, scope};
use crate::diagnostic::Diagnostic;
use crate::markdown::Picture;
use crate::text::SitePath;

use find::{Found, find};
pub use lead::{Lead, Leads};
#[cfg(feature = "images")]
use made::made;
#[cfg(not(feature = "images"))]
use unmade::made;
pub use written::PagePictures;

/// What a picture in Markdown is.
pub(in crate::template) const PICTURE: &str = "the picture";

/// What content asks of pictures.
pub(super) fn register(functions: &mut Functions<'_>, site: &SharedSite) {
    let shared = site.clone();
    functions.hide(PICTURE, move |about| answer(&shared, about));
}

/// A picture by its place as [`find`] takes it: packed as a text, since only we read it. Nothing if there is none.
pub(super) fn answer(site: &Site, about: &str) -> Value {
    let Some(found) = find(site, about) else { return Value::none() };
    let (picture, ordered) = match picture(site, &found) {
        Ok(known) => known,
        Err(finding) => {
            scope::note(*finding);
            return Value::none();
        }
    };
    scope::order_all(&ordered);
    serde_json::to_string(&picture).map_or_else(|_| Value::none(), Value::from)
}

/// A picture that was found, and the copies of it that are to be made.
fn picture(site: &Site, found: &Found) -> Result<(Picture, Vec<SitePath>), Box<Diagnostic>> {
    made(site, found).map_err(|error| {
        let diagnostic = Diagnostic::warning("unreadable-image", format!("this picture cannot be read: {error}"));
        Box::new(diagnostic.in_file(&found.file).help("open it in an image editor and save it again"))
    })
}

/// The media type of a picture by the end of its name.
fn mime_of(path: &SitePath) -> &'static str {
    match path.extension().unwrap_or_default().to_ascii_lowercase().as_str() {
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "svg" => "image/svg+xml",
        _ => "",
    }
}
