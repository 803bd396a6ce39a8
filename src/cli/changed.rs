//! `build --changed FILE`: which pages a build has changed, as IndexNow takes it.

use std::fs;
use std::path::Path;

use serde_json::json;

use super::exit::Failure;
use super::site::Peek;
use crate::text::escape_address;

/// The most addresses of one message, by [IndexNow](https://www.indexnow.org/documentation).
const MOST: usize = 10_000;

/// Writes the bodies to be posted to IndexNow, one a line and none longer than it takes, with the addresses of the pages among
/// these outputs: those that are new, different or gone. What search engines are not to list is left out. Without a page the
/// file is empty.
///
/// # Errors
/// When the site has no key of IndexNow, and when the file cannot be written.
pub(super) fn write(file: &Path, paths: &[String], site: &Peek, base_url: Option<&str>, output: &Path) -> Result<(), Failure> {
    let key = site.index_now.as_deref().ok_or_else(no_key)?;
    let base = base_url.or(site.base_url.as_deref()).map(|base| base.trim_end_matches('/')).unwrap_or_default();
    let host = base.split_once("://").map_or("", |(_, rest)| rest).split('/').next().unwrap_or_default();
    let pages = paths.iter().filter(|path| path.ends_with(".html") && !is_hidden(&output.join(path)));
    let urls = pages.map(|path| path.strip_suffix("index.html").unwrap_or(path));
    let urls: Vec<String> = urls.map(|path| escape_address(&format!("{base}/{path}")).into_owned()).collect();
    let bodies: Vec<String> = urls
        .chunks(MOST)
        .map(|urls| {
            format!("{}\n", json!({ "host": host, "key": key, "keyLocation": format!("{base}/{key}.txt"), "urlList": urls }))
        })
        .collect();
    fs::write(file, bodies.concat()).map_err(|error| Failure::io(format!("cannot write {}: {error}", file.display())))
}

/// What a site without a key is told.
pub(super) fn no_key() -> Failure {
    let help = "write `index_now = \"…\"`, 8 to 128 letters, digits and hyphens, into `[extra.tinso.discovery]` of the config";
    Failure::usage("--changed is for IndexNow, and this site has no key of it").help(help)
}

/// Whether a page leads elsewhere or asks not to be listed. One that is gone does neither.
fn is_hidden(file: &Path) -> bool {
    let text = fs::read_to_string(file).unwrap_or_default();
    let head = text.split("</head>").next().unwrap_or_default();
    head.contains("noindex") || head.contains("http-equiv=\"refresh\"")
}
