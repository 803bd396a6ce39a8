use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use std::{env, fs, io};

/// How long a good link is taken to be good.
const LASTS: Duration = Duration::from_secs(24 * 60 * 60);

/// Which links were good of late, kept in a file between runs: an address and the second at which it was good.
#[derive(Debug)]
pub struct Memory {
    file: Option<PathBuf>,
    now: u64,
    good: BTreeMap<String, u64>,
}

impl Memory {
    /// One that knows nothing and is not kept.
    pub fn none() -> Self {
        Self { file: None, now: 0, good: BTreeMap::new() }
    }

    /// What a file says; nothing if it cannot be read.
    pub fn at(file: &Path) -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let text = fs::read_to_string(file).unwrap_or_default();
        let mut good: BTreeMap<String, u64> = serde_json::from_str(&text).unwrap_or_default();
        // A time to come is that of another clock.
        good.retain(|_, when| *when <= now && now - *when < LASTS.as_secs());
        Self { file: Some(file.to_owned()), now, good }
    }

    /// The file of this user, in the folder that the system has for such files: `tinso/links.json`.
    pub fn of_user() -> Self {
        let folder = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let folder = folder("XDG_CACHE_HOME").or_else(|| {
            if cfg!(windows) {
                folder("LOCALAPPDATA")
            } else {
                folder("HOME").map(|home| home.join(if cfg!(target_os = "macos") { "Library/Caches" } else { ".cache" }))
            }
        });
        folder.map_or_else(Self::none, |folder| Self::at(&folder.join("tinso/links.json")))
    }

    /// Whether a link was good within a day.
    pub(super) fn knows(&self, link: &str) -> bool {
        self.good.contains_key(link)
    }

    /// Keeps that a link is good now.
    pub(super) fn keep(&mut self, link: String) {
        if self.file.is_some() {
            self.good.insert(link, self.now);
        }
    }

    /// Writes the file.
    ///
    /// # Errors
    /// When the file or its folder cannot be written.
    pub fn save(&self) -> io::Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        // Another run may read the file at this moment, so it is never half written.
        let fresh = file.with_extension(format!("{}.tmp", std::process::id()));
        fs::write(&fresh, serde_json::to_string(&self.good)?)?;
        fs::rename(&fresh, file)
    }
}
