//! Which paths of a site can be files.

use std::collections::BTreeMap;

use super::PublishError;
use super::manifest::MANIFEST_NAME;
use super::staging::IN_PLACE_STAGING;
use crate::text::SitePath;

/// Refuses a path that leads out of the output folder.
pub(super) fn check(path: &SitePath) -> Result<(), PublishError> {
    let bad = |reason| PublishError::BadPath { path: path.as_str().to_owned(), reason };
    for part in path.as_str().split('/') {
        match part {
            "" | "." | ".." => return Err(bad("it leads out of the output folder or has an empty part")),
            part if part.contains('\0') => return Err(bad("it has a null character in it")),
            part if cfg!(windows) && part.contains(['\\', ':']) => {
                return Err(bad("it has a character in it that Windows reserves"));
            }
            _ => {}
        }
    }
    let first = path.as_str().split('/').next().unwrap_or_default();
    if first == MANIFEST_NAME || first == IN_PLACE_STAGING {
        return Err(bad("the name is tinso's own"));
    }
    Ok(())
}

/// Refuses paths that cannot all be files at once.
pub(super) fn check_together<T>(files: &BTreeMap<SitePath, T>) -> Result<(), PublishError> {
    for path in files.keys() {
        check(path)?;
        let mut parent = path.parent();
        while !parent.is_empty() {
            if files.contains_key(parent) {
                let reason = "a folder on its way is also a file of the site";
                return Err(PublishError::BadPath { path: path.as_str().to_owned(), reason });
            }
            parent = parent.rsplit_once('/').map_or("", |(parent, _)| parent);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ok(paths: &[&str]) -> bool {
        check_together(&paths.iter().map(|path| (SitePath::new(path), ())).collect()).is_ok()
    }

    #[test]
    fn only_paths_inside_the_folder_are_files() {
        assert!(ok(&["index.html", "a/index.html", ".well-known/x", "a.html", "tin-tức/index.html"]));
        for bad in ["../x", "a/../../x", "a//b", "", "a/./b", ".tinso-manifest.json", "a\0b", ".tinso-new/x"] {
            assert!(!ok(&[bad]), "{bad:?} was accepted");
        }
        assert!(!ok(&["a", "a/index.html"]));
        assert!(!ok(&["a", "a.html", "a/b/c"]));
    }
}
