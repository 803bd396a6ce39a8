use percent_encoding::percent_decode_str;

use super::address::{join, scheme, split_fragment};
use super::anchors::{element, has_anchor};
use super::places::places;
use crate::build::{Links, Outputs};
use crate::diagnostic::{Diagnostic, Sink};
use crate::text::{SitePath, closest, likely};

/// Looks up every link and image that leads to a path of the site itself; all must be among what was built.
pub fn check_inside(links: &Links, outputs: &Outputs) -> Vec<Diagnostic> {
    let sink = Sink::new();
    let folder = folder(&links.base_url);
    for page in &links.pages {
        for (at, link) in page.written.iter().enumerate() {
            // Only what is wrong is looked for in the text.
            let at_it = |found: Diagnostic| match places(page).into_iter().nth(at) {
                Some((_, place)) => found.at_place(place),
                None => found,
            };
            let (url, fragment) = split_fragment(&link.url);
            let Some(path) = path_inside(url, &links.base_url, &page.path) else { continue };
            let Some(output) = output_at(outputs, &path) else {
                let what = if link.image { "no image" } else { "nothing" };
                let code = if link.image { "broken-image" } else { "broken-path" };
                let diagnostic = Diagnostic::warning(code, format!("{what} of the site is at `{folder}{path}`"));
                sink.push(at_it(diagnostic).help(help(outputs, folder, &path, link.image)));
                continue;
            };
            let Some(name) = fragment.and_then(element).filter(|_| !link.image && output.as_str().ends_with(".html")) else {
                continue;
            };
            let html = outputs.get(output).map(|bytes| String::from_utf8_lossy(bytes)).unwrap_or_default();
            if !has_anchor(&html, name) {
                let message = format!("nothing on the page `{folder}{path}` has the id `{name}`");
                let diagnostic = Diagnostic::warning("broken-anchor", message);
                sink.push(
                    at_it(diagnostic).help("link to an id of that page; the id of a heading is written so: `## Title {#id}`"),
                );
            }
        }
    }
    sink.into_sorted()
}

/// The path, with a slash at its start, that an address names if it lies inside the site: whole, from the root, or seen
/// from the page. `None` for other sites and for what a build checks itself.
pub(super) fn path_inside(url: &str, base_url: &str, page: &str) -> Option<String> {
    if url.is_empty() || url.starts_with("@/") || url.starts_with('?') {
        return None;
    }
    let below = |url: &str, base: &str| {
        let rest = url.strip_prefix(base)?;
        (rest.is_empty() || rest.starts_with(['/', '?'])).then(|| rest.to_owned())
    };
    let base_scheme = base_url.split_once("://").map_or("https", |(scheme, _)| scheme);
    let rest = if let Some(scheme) = scheme(url) {
        if !matches!(scheme.as_str(), "http" | "https") {
            return None;
        }
        below(url, base_url)?
    } else if url.starts_with("//") {
        below(&format!("{base_scheme}:{url}"), base_url)?
    } else if url.starts_with('/') {
        below(url, folder(base_url))?
    } else {
        join(page, url)
    };
    let path = rest.split('?').next().unwrap_or_default();
    Some(join("/", percent_decode_str(path).decode_utf8().ok()?.trim_start_matches('/')))
}

/// What a server would answer with at a path.
fn output_at<'a>(outputs: &'a Outputs, path: &str) -> Option<&'a SitePath> {
    let get = |path: &str| outputs.get_key_value(&SitePath::new(path)).map(|(path, _)| path);
    let folder = || get(&format!("{}/index.html", path.trim_end_matches('/')));
    if path.ends_with('/') { folder() } else { get(path).or_else(folder) }
}

/// The path of the site's own address, without a slash at its end: empty for most sites.
fn folder(base_url: &str) -> &str {
    let rest = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    rest.find('/').and_then(|at| rest.get(at..)).unwrap_or_default()
}

fn help(outputs: &Outputs, folder: &str, path: &str, image: bool) -> String {
    // A page is not what somebody means who shows an image.
    let file = match path.trim_start_matches('/') {
        folder if folder.is_empty() || folder.ends_with('/') => format!("{folder}index.html"),
        file => file.to_owned(),
    };
    let addresses = likely(&file, outputs).into_iter().map(address);
    let addresses: Vec<String> = addresses.filter(|address| !image || !address.ends_with('/')).collect();
    match closest(path, addresses.iter().map(String::as_str)) {
        Some(meant) => format!("did you mean `{folder}{meant}`?"),
        None if image => "put the image into static/ or beside the page's index.md, or correct its path".to_owned(),
        None => "correct the path; a link to a content file, as in `@/news/hue-2017.md`, is checked by every build".to_owned(),
    }
}

/// The address of an output as one links to it.
fn address(output: &SitePath) -> String {
    let path = output.as_str();
    match path.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => format!("/{folder}"),
        _ => format!("/{path}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_inside_the_site_are_told_from_others() {
        let base = "https://tin.example/portal";
        let table = [
            ("https://tin.example/portal", Some("/")),
            ("https://tin.example/portal/a/?x=1", Some("/a/")),
            ("//tin.example/portal/a/", Some("/a/")),
            ("https://tin.example/portals/a/", None),
            ("https://tin.example/", None),
            ("/portal/a/", Some("/a/")),
            ("/a/", None),
            ("chart.png", Some("/news/x/chart.png")),
            ("../y/", Some("/news/y/")),
            ("/portal/tin-t%E1%BB%A9c/", Some("/tin-tức/")),
            ("mailto:a@b.vn", None),
            ("@/a.md", None),
            ("?q=1", None),
            ("", None),
        ];
        for (url, expected) in table {
            assert_eq!(path_inside(url, base, "/news/x/").as_deref(), expected, "{url}");
        }
    }
}
