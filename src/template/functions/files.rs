use std::sync::Arc;

use tera::TeraResult;

use crate::template::Site;
use crate::template::error::failure;
use crate::text::SitePath;

/// A file that a template names: as in `@/news/a.jpg` below content/, else the first there is at the root, in static/,
/// in content/, beside the page that publishes it at that address, among the files that this build has made and in the theme's static/. The last build's output is not
/// looked at, since a build must not depend on it.
pub(super) fn find_file(site: &Site, path: &str) -> TeraResult<Option<(SitePath, Arc<[u8]>)>> {
    let places = places(site, path);
    if places.is_empty() {
        let help = "write the path from the root of the site, and copy files from outside into the site";
        return Err(failure(format!("`{path}` leads out of the site, and a template reads only files of its site"), help));
    }
    Ok(places.into_iter().find_map(|place| match place {
        Place::File(path) => site.files.look_for(&path, &site.snapshot).map(|bytes| (path, bytes)),
        Place::Made(path) => site.files.made(&path).map(|bytes| (path, bytes)),
    }))
}

/// The error for a file that is in none of the places.
pub(super) fn no_file(site: &Site, path: &str) -> tera::Error {
    let looked: Vec<String> = places(site, path).iter().filter_map(Place::shown).collect();
    let help = format!("looked for {}; write the path of a file from one of these places", looked.join(", "));
    failure(format!("there is no file `{path}`"), help)
}

enum Place {
    File(SitePath),
    Made(SitePath),
}

impl Place {
    fn shown(&self) -> Option<String> {
        match self {
            Self::File(path) => Some(path.to_string()),
            Self::Made(_) => None,
        }
    }
}

/// Where a path may lead; nowhere if it leads out of the site whichever folder it starts in.
fn places(site: &Site, path: &str) -> Vec<Place> {
    let file = |folder: &str, inner: &str| inside(&format!("{folder}{inner}")).map(Place::File);
    if let Some(inner) = path.strip_prefix("@/") {
        return file("content/", inner).into_iter().collect();
    }
    let inner = path.trim_start_matches('/');
    let made = inside(inner).map(Place::Made);
    let asset = site.library.asset_at(inner).cloned().map(Place::File);
    let theme = site.config.theme.as_ref().and_then(|theme| file(&format!("themes/{theme}/static/"), inner));
    [file("", inner), file("static/", inner), file("content/", inner), asset, made, theme].into_iter().flatten().collect()
}

/// A path without `.` and `..`, as long as it stays inside the site.
fn inside(path: &str) -> Option<SitePath> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(SitePath::new(&parts.join("/")))
}
