use std::collections::BTreeMap;
use std::sync::Arc;

use crate::source::Snapshot;
use crate::text::SitePath;

/// A file that is published as it is.
#[derive(Clone, Debug)]
pub struct StaticFile {
    /// Where it is in the site's sources.
    pub source: SitePath,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

/// The static files of the theme and the site by their path in the output; the site's win.
pub fn static_files(snapshot: &Snapshot, theme: Option<&str>) -> BTreeMap<SitePath, StaticFile> {
    let folders = theme.map(|theme| format!("themes/{theme}/static")).into_iter().chain(std::iter::once("static".to_owned()));
    let mut files = BTreeMap::new();
    for folder in folders {
        for (path, bytes) in snapshot.below(&folder) {
            if let Some(inner) = path.below(&folder) {
                files.insert(SitePath::new(inner), StaticFile { source: path.clone(), bytes: Arc::clone(bytes) });
            }
        }
    }
    files
}
