//! The files that the server itself has for the pages it shows; no build contains them.

/// The file at a path under `/.tinso/`.
pub(super) fn own_file(name: &str) -> Option<&'static str> {
    Some(match name {
        "live.js" => include_str!("browser/live.js"),
        "page.js" => include_str!("browser/page.js"),
        "assets.js" => include_str!("browser/assets.js"),
        "overlay.js" => include_str!("browser/overlay.js"),
        "live.css" => include_str!("browser/live.css"),
        // The library as a module, so that the page's own scripts do not see it.
        "idiomorph.js" => concat!(include_str!("vendor/idiomorph.min.js"), "\nexport { Idiomorph };\n"),
        _ => return None,
    })
}
