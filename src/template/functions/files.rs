use std::sync::Arc;

use tera::TeraResult;

use crate::template::Site;
use crate::template::error::failure;
use crate::text::SitePath;

/// A file that a template names: as in `@/news/a.jpg` below content/, else the first there is at the root, in static/,
/// in content/, among the compiled stylesheets and in the theme's static/. The last build's output is not looked at,
/// since a build must not depend on it.
pub(super) fn find_file(site: &Site, path: &str) -> TeraResult<Option<(SitePath, Arc<[u8]>)>> {
    if path.split(['/', '\\']).any(|part| part == "..") {
        let help = "write the path from the root of the site, and copy files from outside into the site";
        return Err(failure(format!("`{path}` has `..` in it, and a template reads only files of its site"), help));
    }
    let found = places(site, path).into_iter().find_map(|place| match place {
        Place::File(path) => site.snapshot.any_file(&path).map(|bytes| (path, bytes)),
        Place::Compiled(path) => site.files.compiled.get(&path).map(|bytes| (path, Arc::clone(bytes))),
    });
    Ok(found)
}

/// The error for a file that is in none of the places.
pub(super) fn no_file(site: &Site, path: &str) -> tera::Error {
    let looked: Vec<String> = places(site, path).iter().filter_map(Place::shown).collect();
    let help = format!("looked for {}; write the path of a file from one of these places", looked.join(", "));
    failure(format!("there is no file `{path}`"), help)
}

enum Place {
    File(SitePath),
    Compiled(SitePath),
}

impl Place {
    fn shown(&self) -> Option<String> {
        match self {
            Self::File(path) => Some(path.to_string()),
            Self::Compiled(_) => None,
        }
    }
}

fn places(site: &Site, path: &str) -> Vec<Place> {
    let file = |folder: &str, inner: &str| Place::File(SitePath::new(&format!("{folder}{inner}")));
    if let Some(inner) = path.strip_prefix("@/") {
        return vec![file("content/", inner)];
    }
    let inner = path.trim_start_matches('/');
    let mut places =
        vec![file("", inner), file("static/", inner), file("content/", inner), Place::Compiled(SitePath::new(inner))];
    if let Some(theme) = &site.config.theme {
        places.push(file(&format!("themes/{theme}/static/"), inner));
    }
    places
}
