use std::sync::Arc;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::content::LinkTarget;
use crate::template::Site;
use crate::text::SitePath;

/// What of an address is written as it is; a space or a comma would end one in `srcset`.
const PLAIN: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'+').remove(b'@');

/// A picture of the site, and where it is published.
pub(super) struct Found {
    pub(super) file: SitePath,
    pub(super) bytes: Arc<[u8]>,
    /// Its full address.
    pub(super) address: String,
}

/// The picture at a place as [`place`] gives it.
pub(super) fn find(site: &Site, place: &str) -> Option<Found> {
    let (file, path) = match place.strip_prefix("@/") {
        Some(inner) => {
            let file = SitePath::new(&format!("content/{inner}"));
            let path = published(site, &file)?;
            (file, path)
        }
        None => (file_at(site, place)?, place.to_owned()),
    };
    let bytes = site.snapshot.bytes(file.as_str())?;
    Some(Found { address: address(site, &path), file, bytes })
}

/// The full address of a path in the output, as it may stand in any attribute.
pub(super) fn address(site: &Site, path: &str) -> String {
    site.config.permalink(&format!("/{}", utf8_percent_encode(path, PLAIN)))
}

/// Where a written address leads: a path in the output, or `@/` and one below `content/`. `page` is the path of the page
/// that it is written on. Nothing for other sites, and for an address with a question.
pub(super) fn place(site: &Site, page: &str, url: &str) -> Option<String> {
    let url = url.trim();
    if url.is_empty() || url.contains(['?', '#', '\\']) {
        return None;
    }
    if let Some(inner) = url.strip_prefix("@/") {
        return Some(format!("@/{}", joined("", &decoded(inner)?)?));
    }
    let base = site.config.base_url.as_str();
    if let Some(rest) = url.strip_prefix(base).filter(|rest| rest.starts_with('/')) {
        return joined("", &decoded(rest)?);
    }
    let has_scheme = url.split('/').next().is_some_and(|first| first.contains(':'));
    if has_scheme || url.starts_with("//") {
        return None;
    }
    let url = decoded(url)?;
    match url.strip_prefix('/') {
        Some(_) => {
            let folder = base.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, folder)| folder);
            let below = if folder.is_empty() { &*url } else { url.strip_prefix('/')?.strip_prefix(folder)? };
            joined("", below.strip_prefix('/')?)
        }
        None => joined(page, &url),
    }
}

fn decoded(url: &str) -> Option<String> {
    Some(percent_decode_str(url).decode_utf8().ok()?.into_owned())
}

/// A path seen from a folder, as long as it stays inside the site.
fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(SitePath::new(&parts.join("/")).to_string())
}

/// The file that is published at a path: beside a page, of the site, of its theme.
fn file_at(site: &Site, path: &str) -> Option<SitePath> {
    if let Some(asset) = site.library.asset_at(path) {
        return Some(asset.clone());
    }
    if site.config.ignored_static.matches(path) {
        return None;
    }
    let theme = site.config.theme.as_ref().map(|theme| format!("themes/{theme}/static/{path}"));
    let files = [Some(format!("static/{path}")), theme].into_iter().flatten();
    files.map(|path| SitePath::new(&path)).find(|path| site.snapshot.file(path).is_some())
}

/// Where a file of `content/` is published: beside the page or section that it lies with, that of the default language first.
fn published(site: &Site, file: &SitePath) -> Option<String> {
    let inner = file.below("content")?;
    let ends = inner.match_indices('/').map(|(at, _)| at + 1).rev().chain(std::iter::once(0));
    let folders = ends.filter_map(|end| inner.get(..end));
    let names = site.config.languages.iter().flat_map(|language| {
        let code = language.code.as_str();
        let is_default = language.code == site.config.default_language;
        ["index", "_index"].map(|name| if is_default { format!("{name}.md") } else { format!("{name}.{code}.md") })
    });
    let names: Vec<String> = names.collect();
    let targets = folders.flat_map(|folder| names.iter().map(move |name| format!("{folder}{name}")));
    targets.filter_map(|target| site.library.by_file(&target)).find_map(|target| {
        let (source, path, assets) = match target {
            LinkTarget::Page(id) => site.library.pages.get(id).map(|page| (&page.source, &page.path, &page.assets))?,
            LinkTarget::Section(id) => {
                site.library.sections.get(id).map(|section| (&section.source, &section.path, &section.assets))?
            }
        };
        let inner = file.below(source.path.parent()).filter(|_| assets.contains(file))?;
        Some(format!("{path}{inner}").trim_start_matches('/').to_owned())
    })
}
