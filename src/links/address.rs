//! Taking addresses apart.

/// An address without the place on its page, and that place.
pub(super) fn split_fragment(url: &str) -> (&str, Option<&str>) {
    match url.split_once('#') {
        Some((url, fragment)) => (url, Some(fragment)),
        None => (url, None),
    }
}

/// The word before the first colon, in small letters, if that is a scheme and not part of a path.
pub(super) fn scheme(url: &str) -> Option<String> {
    let (scheme, _) = url.split_once(':')?;
    let plain = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    plain.then(|| scheme.to_ascii_lowercase())
}

/// The host and port of an address, in small letters; none without a host.
#[cfg(any(test, feature = "network"))]
pub(super) fn authority(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    (!host.is_empty()).then(|| host.to_lowercase())
}

/// Where a redirect leads from an address: `location` may be a whole address or any part of one.
#[cfg(any(test, feature = "network"))]
pub(super) fn resolve(from: &str, location: &str) -> String {
    let location = split_fragment(location.trim()).0;
    if scheme(location).is_some() {
        return location.to_owned();
    }
    let (scheme, rest) = from.split_once("://").unwrap_or(("https", from));
    if location.starts_with("//") {
        return format!("{scheme}:{location}");
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    if location.is_empty() {
        format!("{scheme}://{host}{path}")
    } else if location.starts_with('?') {
        format!("{scheme}://{host}{path}{location}")
    } else {
        format!("{scheme}://{host}{}", join(path, location))
    }
}

/// A path seen from another, both of one site: `../b/` from `/a/c/` is `/a/b/`.
pub(super) fn join(from: &str, path: &str) -> String {
    let folder = if path.starts_with('/') { "" } else { from.rsplit_once('/').map_or("", |(folder, _)| folder) };
    let (path, query) = path.split_at(path.find('?').unwrap_or(path.len()));
    let whole = format!("{folder}/{}", path.trim_start_matches('/'));
    let mut parts: Vec<&str> = Vec::new();
    let mut ends_in_folder = false;
    for part in whole.split('/').skip(1) {
        ends_in_folder = matches!(part, "" | "." | "..");
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    let slash = if ends_in_folder && !parts.is_empty() { "/" } else { "" };
    format!("/{}{slash}{query}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirects_lead_to_whole_addresses() {
        let table = [
            ("https://a.vn/x/y", "/z", "https://a.vn/z"),
            ("https://a.vn/x/y", "z", "https://a.vn/x/z"),
            ("https://a.vn/x/y", "../z?q=1/2", "https://a.vn/z?q=1/2"),
            ("https://a.vn", "z", "https://a.vn/z"),
            ("https://a.vn?q=1", "/z#top", "https://a.vn/z"),
            ("https://a.vn/x?q=1", "?q=2", "https://a.vn/x?q=2"),
            ("http://a.vn/x", "//b.vn/", "http://b.vn/"),
            ("http://a.vn/x", "https://b.vn/y", "https://b.vn/y"),
        ];
        for (from, location, expected) in table {
            assert_eq!(resolve(from, location), expected, "{from} {location}");
        }
    }

    #[test]
    fn paths_are_seen_from_pages() {
        let table = [
            ("/a/b/", "c.png", "/a/b/c.png"),
            ("/a/b/", "./c.png", "/a/b/c.png"),
            ("/a/b/", "../c/", "/a/c/"),
            ("/a/b/", "../../../..", "/"),
            ("/a.html", "b.html", "/b.html"),
            ("/", "b", "/b"),
            ("/a/", "/b//c", "/b/c"),
        ];
        for (from, path, expected) in table {
            assert_eq!(join(from, path), expected, "{from} {path}");
        }
    }

    #[test]
    fn hosts_and_schemes_are_told_from_paths() {
        assert_eq!(authority("https://u@A.vn:8080/x").as_deref(), Some("a.vn:8080"));
        assert_eq!(authority("/x"), None);
        assert_eq!(scheme("mailto:a@b.vn").as_deref(), Some("mailto"));
        assert_eq!(scheme("a/b:c"), None);
        assert_eq!(split_fragment("a#b#c"), ("a", Some("b#c")));
    }
}
