use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::Globs;
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

/// The static files of the theme and the site by their path in the output; the site's win. Files that fit `ignored`
/// by that path are left alone.
pub fn static_files(snapshot: &Snapshot, theme: Option<&str>, ignored: &Globs) -> BTreeMap<SitePath, StaticFile> {
    let folders = theme.map(|theme| format!("themes/{theme}/static")).into_iter().chain(std::iter::once("static".to_owned()));
    let mut files = BTreeMap::new();
    for folder in folders {
        for (path, file) in snapshot.below(&folder) {
            if let Some(inner) = path.below(&folder).filter(|inner| !ignored.matches(inner)) {
                files.insert(SitePath::new(inner), StaticFile { source: path.clone(), bytes: file.bytes() });
            }
        }
    }
    files
}

/// Which outputs are files of the site's own `static/`, as they are, and whether they are to be linked or copied.
#[derive(Clone, Default, Debug)]
pub struct StaticSources {
    /// The source of an output, below the site's root.
    pub files: BTreeMap<SitePath, SitePath>,
    /// Whether the output gets a hard link to the source where the disk can.
    pub hard_link: bool,
}

impl StaticSources {
    /// Those of the site's own static files; a theme's are always copied, as in Zola.
    pub fn of(statics: &BTreeMap<SitePath, StaticFile>, hard_link: bool) -> Self {
        let own = statics.iter().filter(|(_, file)| file.source.below("static").is_some());
        Self { files: own.map(|(path, file)| (path.clone(), file.source.clone())).collect(), hard_link }
    }
}
