use super::{Found, mime_of};
use crate::markdown::Picture;
use crate::template::Site;
use crate::text::SitePath;

/// A picture as it is: this tinso was built without the feature `images`.
pub(super) fn made(_: &Site, found: &Found) -> Result<(Picture, Vec<SitePath>), String> {
    if found.bytes.is_empty() {
        return Err("it is empty".to_owned());
    }
    let picture = Picture { address: found.address.clone(), mime: mime_of(&found.file).to_owned(), ..Picture::default() };
    Ok((picture, Vec::new()))
}
