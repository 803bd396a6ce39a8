use xxhash_rust::xxh3::Xxh3;

use super::Options;
use crate::config::Config;
use crate::source::Snapshot;
use crate::text::SitePath;

/// A number that is another where the settings are others: the config, the theme's own, texts, what colours code, what
/// the build was asked to do. Where it changes, nothing of a build before is used.
pub(super) fn ground(snapshot: &Snapshot, options: &Options, config: &Config) -> u128 {
    let mut hash = Xxh3::new();
    let mut add = |name: &str, bytes: &[u8]| {
        for part in [name.as_bytes(), bytes] {
            hash.update(&part.len().to_le_bytes());
            hash.update(part);
        }
    };
    add("tinso", env!("CARGO_PKG_VERSION").as_bytes());
    add("options", format!("{options:?}").as_bytes());
    for (path, file) in snapshot.beside_content().filter(|(path, _)| decides_settings(path)) {
        add(path.as_str(), &file.bytes());
    }
    if let Some(path) = &config.tinso.areas_file {
        add(path.as_str(), snapshot.any_file(path).as_deref().unwrap_or_default());
    }
    let highlighting = config.markdown.highlighting.iter();
    for (path, _) in highlighting.flat_map(|settings| settings.extra_grammars.iter().chain(&settings.extra_themes)) {
        add(path, snapshot.any_file(&SitePath::new(path)).as_deref().unwrap_or_default());
    }
    hash.digest128()
}

/// The same for what front matter says, which is the same whatever a build is for.
pub(super) fn ground_of_heads(snapshot: &Snapshot, options: &Options, config: &Config) -> u128 {
    ground(snapshot, &Options { config: options.config.clone(), ..Options::default() }, config)
}

/// Whether a file is none of those that stages of the build read by themselves.
fn decides_settings(path: &SitePath) -> bool {
    let mut parts = path.as_str().split('/');
    let folder = match parts.next() {
        Some("themes") => parts.nth(1),
        folder => folder,
    };
    !matches!(folder, Some("content" | "static" | "sass" | "templates"))
}
