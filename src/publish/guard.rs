//! Which folders a build may replace, decided before anything is written.

use std::ffi::OsString;
use std::fs;
use std::path::{Component, Path, PathBuf};

use super::PublishError;
use crate::source::READ_FOLDERS;

/// The real path of the output folder, links resolved; refused if replacing it could lose what somebody wrote.
pub(super) fn check(output: &Path, site_root: &Path) -> Result<PathBuf, PublishError> {
    let refuse = |reason: String| PublishError::Refused {
        output: output.to_owned(),
        reason,
        help: "choose a folder of its own, such as --output-dir public".to_owned(),
    };
    let real = resolve(output).ok_or_else(|| refuse("its path leads through a folder that does not exist".to_owned()))?;
    if real.parent().is_none() {
        return Err(refuse("it is the root of the file system".to_owned()));
    }
    if real.exists() && !real.is_dir() {
        return Err(refuse("it is a file".to_owned()));
    }
    if let Some(home) = std::env::home_dir().and_then(|home| fs::canonicalize(home).ok())
        && home.starts_with(&real)
    {
        return Err(refuse("it holds your home folder".to_owned()));
    }
    let root = resolve(site_root).unwrap_or_else(|| site_root.to_owned());
    if root.starts_with(&real) {
        return Err(refuse("it holds the site's own sources".to_owned()));
    }
    for folder in READ_FOLDERS.iter().chain(&[".git"]) {
        let source = root.join(folder);
        let real_source = fs::canonicalize(&source).unwrap_or_else(|_| source.clone());
        let overlaps = |folder: &Path| real.starts_with(folder) || folder.starts_with(&real);
        if overlaps(&source) || overlaps(&real_source) {
            return Err(refuse(format!("it overlaps {folder}/, which holds sources of the site")));
        }
    }
    Ok(real)
}

/// An absolute path with the links of its existing part resolved, even if its end does not exist yet.
fn resolve(path: &Path) -> Option<PathBuf> {
    let absolute = std::path::absolute(path).ok()?;
    let mut rest: Vec<OsString> = Vec::new();
    let mut existing = absolute.as_path();
    loop {
        if let Ok(real) = fs::canonicalize(existing) {
            return Some(rest.iter().rev().fold(real, |path, part| path.join(part)));
        }
        match existing.components().next_back()? {
            Component::Normal(name) => rest.push(name.to_owned()),
            _ => return None,
        }
        existing = existing.parent()?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(output: &Path, root: &Path) -> Option<String> {
        check(output, root).err().map(|error| error.to_string())
    }

    #[test]
    fn folders_that_hold_sources_are_refused_by_any_name() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("site");
        fs::create_dir_all(root.join("content/news")).unwrap();
        for bad in
            [Path::new("/"), dir.path(), &root, &root.join("content"), &root.join("content/news/out"), &root.join("static/x")]
        {
            assert!(reason(bad, &root).is_some(), "{} was accepted", bad.display());
        }
        assert!(reason(&root.join("x/../content"), &root).is_some());
        for good in [root.join("public"), root.join("a/b/c"), dir.path().join("elsewhere"), root.join("contents")] {
            assert_eq!(reason(&good, &root), None);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_sources_is_refused_and_a_link_elsewhere_followed() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("site");
        fs::create_dir_all(root.join("content")).unwrap();
        fs::create_dir_all(dir.path().join("www")).unwrap();
        std::os::unix::fs::symlink(root.join("content"), root.join("public")).unwrap();
        std::os::unix::fs::symlink(dir.path().join("www"), root.join("out")).unwrap();
        assert!(reason(&root.join("public"), &root).is_some());
        assert_eq!(check(&root.join("out"), &root).unwrap(), fs::canonicalize(dir.path().join("www")).unwrap());
    }
}
