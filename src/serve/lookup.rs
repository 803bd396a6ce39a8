//! From a path of a request to a file of the build: nothing else can be reached.

use std::sync::Arc;

use super::live::Live;
use crate::text::SitePath;

/// What stands at a path.
#[derive(Debug)]
pub(super) enum Found<'a> {
    /// A file of the site.
    File(&'a SitePath, &'a Arc<[u8]>),
    /// A folder, asked for without the slash at its end.
    Folder,
    /// Nothing; the page to say so, if the site has one.
    Nothing(Option<(&'a SitePath, &'a Arc<[u8]>)>),
}

/// Looks up a decoded path, which begins with a slash.
pub(super) fn lookup<'a>(live: &'a Live, path: &str) -> Found<'a> {
    let path = path.strip_prefix('/').unwrap_or(path);
    // `SitePath` forgives slashes at the ends and dots at the start; an address does not.
    if path.starts_with('/') || path.starts_with("./") || path.contains("//") {
        return Found::Nothing(not_found(live, path));
    }
    let get = |path: &str| live.file(SitePath::new(path).as_str());
    if path.is_empty() || path.ends_with('/') {
        return get(&format!("{path}index.html"))
            .map_or_else(|| Found::Nothing(not_found(live, path)), |(path, bytes)| Found::File(path, bytes));
    }
    match get(path) {
        Some((path, bytes)) => Found::File(path, bytes),
        None if get(&format!("{path}/index.html")).is_some() => Found::Folder,
        None => Found::Nothing(not_found(live, path)),
    }
}

/// The 404 page of the language that the path begins with, or of the site.
fn not_found<'a>(live: &'a Live, path: &str) -> Option<(&'a SitePath, &'a Arc<[u8]>)> {
    let language = path.split('/').next().unwrap_or_default();
    live.file(&format!("{language}/404.html")).or_else(|| live.file("404.html"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(path: &str) -> String {
        let paths =
            ["index.html", "404.html", "en/404.html", "en/index.html", "news/a/index.html", "site.css", "tin-tức/index.html"];
        let files = paths.iter().map(|path| (SitePath::new(path), Arc::from(path.as_bytes()))).collect();
        match lookup(&Live::default().after(files, vec![]), path) {
            Found::File(path, _) => path.to_string(),
            Found::Folder => "folder".to_owned(),
            Found::Nothing(page) => format!("404 {}", page.map_or("", |(path, _)| path.as_str())),
        }
    }

    #[test]
    fn paths_lead_to_files_folders_or_the_404_page_of_their_language() {
        let table = [
            ("/", "index.html"),
            ("/index.html", "index.html"),
            ("/site.css", "site.css"),
            ("/news/a/", "news/a/index.html"),
            ("/news/a", "folder"),
            ("/en", "folder"),
            ("/tin-tức/", "tin-tức/index.html"),
            ("/tin-tu\u{31b}\u{301}c/", "tin-tức/index.html"),
            ("/news/", "404 404.html"),
            ("/en/nothing/", "404 en/404.html"),
            ("/vi/nothing", "404 404.html"),
            ("//index.html", "404 404.html"),
            ("/news//a/", "404 404.html"),
            ("/./site.css", "404 404.html"),
            ("/site.css/", "404 404.html"),
        ];
        for (path, expected) in table {
            assert_eq!(answer(path), expected, "{path}");
        }
    }
}
