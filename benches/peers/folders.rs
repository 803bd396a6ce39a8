//! The folders that are built from and into: on a memory disk where there is one, so that no disk is measured.

use std::path::{Path, PathBuf};
use std::{fs, io};

use super::peer::Program;

/// Where the programs work. It goes with its value, or with the next one after a run that was stopped.
pub struct Work(PathBuf);

impl Work {
    pub fn new() -> io::Result<Self> {
        let memory = Path::new("/dev/shm");
        let place = if memory.is_dir() { memory } else { Path::new(env!("CARGO_TARGET_TMPDIR")) };
        let work = Self(place.join("tinso-peers"));
        work.clear()?;
        Ok(work)
    }

    pub fn clear(&self) -> io::Result<()> {
        remove(&self.0)?;
        fs::create_dir_all(&self.0)
    }

    pub fn site(&self, program: Program) -> PathBuf {
        self.0.join("site").join(program.name())
    }

    pub fn output(&self, program: Program) -> PathBuf {
        self.0.join("output").join(program.name())
    }

    pub fn copy(&self) -> PathBuf {
        self.0.join("copy")
    }

    /// What a program says.
    pub fn log(&self) -> PathBuf {
        self.0.join("log")
    }

    /// Takes away what a build left: its output, and what it remembers.
    pub fn forget(&self, program: Program) -> io::Result<()> {
        let site = self.site(program);
        [self.output(program), site.join(".tinso"), site.join("resources")].iter().try_for_each(|path| remove(path))
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        // Nothing can be done about what cannot be removed.
        let _ = remove(&self.0);
    }
}

/// Removes a folder that may not be there.
pub fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

pub fn write(folder: &Path, files: impl Iterator<Item = (String, String)>) -> io::Result<()> {
    for (path, text) in files {
        let path = folder.join(path);
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(path, text)?;
    }
    Ok(())
}

/// Copies a site without what is not its source.
pub fn copy(from: &Path, to: &Path) -> io::Result<()> {
    const NOT_SOURCE: [&str; 4] = ["target", "node_modules", "public", "resources"];
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name()))?;
        let hidden = name.to_string_lossy().starts_with('.');
        if path.is_file() {
            fs::copy(&path, to.join(name))?;
        } else if path.is_dir() && !hidden && !NOT_SOURCE.iter().any(|other| name == *other) {
            copy(&path, &to.join(name))?;
        }
    }
    Ok(())
}

/// How many files there are, and how many of them are pages.
#[derive(Clone, Copy, Default, Debug)]
pub struct Files {
    pub all: usize,
    pub pages: usize,
}

pub fn count(folder: &Path) -> io::Result<Files> {
    let mut files = Files::default();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            let inside = count(&path)?;
            files = Files { all: files.all + inside.all, pages: files.pages + inside.pages };
        } else {
            files.all += 1;
            files.pages += usize::from(path.ends_with("index.html"));
        }
    }
    Ok(files)
}

/// The first Markdown file of a site that is not a section's, by its path in the site.
pub fn first_article(site: &Path) -> io::Result<String> {
    fn find(folder: &Path) -> io::Result<Option<PathBuf>> {
        let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
        paths.sort();
        for path in paths {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() {
                if let Some(found) = find(&path)? {
                    return Ok(Some(found));
                }
            } else if name.ends_with(".md") && !name.starts_with("_index.") {
                return Ok(Some(path));
            }
        }
        Ok(None)
    }
    let article = find(&site.join("content"))?.and_then(|path| path.strip_prefix(site).ok()?.to_str().map(str::to_owned));
    article.ok_or_else(|| io::Error::other(format!("{} has no article", site.display())))
}

/// What a site is called: its folder's name.
pub fn name(site: &Path) -> String {
    if site == Path::new(env!("CARGO_MANIFEST_DIR")) {
        return "the sample portal".to_owned();
    }
    site.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
