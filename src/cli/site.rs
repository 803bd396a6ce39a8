//! Finds the site that a command is for.

use std::fs;
use std::path::{Path, PathBuf};

use super::Context;
use super::exit::Failure;

const CONFIG_NAMES: [&str; 2] = ["zola.toml", "config.toml"];

/// A site on disk.
#[derive(Debug)]
pub(super) struct SiteFolder {
    /// The real path of its root.
    pub(super) root: PathBuf,
    /// The path of its config file below the root, with `/` between its parts.
    pub(super) config: String,
}

impl SiteFolder {
    /// The nearest folder, from the root asked for upwards, that has the config file.
    pub(super) fn find(context: &Context) -> Result<Self, Failure> {
        let start = fs::canonicalize(&context.root).map_err(|error| {
            Failure::usage(format!("there is no folder {}: {error}", context.root.display()))
                .help("give the folder of a site with --root")
        })?;
        match &context.config {
            Some(config) => Self::with_config(&start, config),
            None => Self::nearest(&start),
        }
    }

    fn nearest(start: &Path) -> Result<Self, Failure> {
        for folder in start.ancestors() {
            if let Some(config) = CONFIG_NAMES.iter().find(|name| folder.join(name).is_file()) {
                return Ok(Self { root: folder.to_owned(), config: (*config).to_owned() });
            }
        }
        let message = format!("there is no zola.toml or config.toml in {} or a folder above it", start.display());
        Err(Failure::usage(message).help("make a site with `tinso init DIR`, or say where it is with --root"))
    }

    fn with_config(start: &Path, config: &Path) -> Result<Self, Failure> {
        let below = |folder: &Path, file: &Path| -> Option<Self> {
            let file = fs::canonicalize(file).ok().filter(|file| file.is_file())?;
            let parts: Vec<_> = file.strip_prefix(folder).ok()?.iter().map(|part| part.to_string_lossy()).collect();
            Some(Self { root: folder.to_owned(), config: parts.join("/") })
        };
        let found = start.ancestors().find(|folder| config.is_relative() && folder.join(config).is_file());
        if let Some(site) = found.and_then(|folder| below(folder, &folder.join(config))) {
            return Ok(site);
        }
        if let Some(site) = below(start, config) {
            return Ok(site);
        }
        let message = format!("there is no config file {} in {}", config.display(), start.display());
        Err(Failure::usage(message).help("--config takes a file inside the folder of the site"))
    }

    /// What the config says that a command needs before a build; what is wrong with it, the build tells.
    pub(super) fn peek(&self) -> Peek {
        let text = fs::read_to_string(self.root.join(&self.config)).unwrap_or_default();
        let table: toml::Table = text.parse().unwrap_or_default();
        let text = |key: &str| table.get(key).and_then(toml::Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned);
        let default_language = text("default_language").unwrap_or_else(|| "en".to_owned());
        let languages = table.get("languages").and_then(toml::Value::as_table);
        let others =
            languages.into_iter().flat_map(|table| table.keys()).filter(|code| **code != default_language).cloned().collect();
        let discovery = ["extra", "tinso", "discovery"].iter().try_fold(&table, |table, key| table.get(*key)?.as_table());
        let index_now = discovery.and_then(|table| table.get("index_now")).and_then(toml::Value::as_str).map(str::to_owned);
        Peek {
            output_dir: text("output_dir").unwrap_or_else(|| "public".to_owned()),
            other_languages: others,
            base_url: text("base_url"),
            index_now,
        }
    }
}

/// A few settings of a site.
pub(super) struct Peek {
    pub(super) output_dir: String,
    pub(super) other_languages: Vec<String>,
    pub(super) base_url: Option<String>,
    pub(super) index_now: Option<String>,
}

/// A path as a person in the current folder would write it.
pub(super) fn shown(path: &Path) -> String {
    let here = std::env::current_dir().and_then(fs::canonicalize).unwrap_or_default();
    let relative = path.strip_prefix(&here).ok().filter(|relative| !relative.as_os_str().is_empty());
    relative.unwrap_or(path).display().to_string()
}
