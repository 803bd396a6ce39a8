use serde::{Deserialize, Serialize};

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Sink};
use crate::text::{Lang, SitePath, closest};

/// What a content file's name says: which page or section it is, in which language.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ContentFile {
    /// A section, a page, or a page with a folder of its own.
    pub kind: FileKind,
    /// The folder that the page or section belongs in, below `content/`: `news`; empty at the top.
    pub folder: String,
    /// The name without language and extension: `hue-2017`; the folder's name for an `index.md`.
    pub stem: String,
    /// The language.
    pub lang: Lang,
}

/// What kind of content a file is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum FileKind {
    /// `_index.md`: the section of its folder.
    Section,
    /// `x.md`.
    Page,
    /// `index.md`: a page whose other files lie beside it.
    PageFolder,
}

impl ContentFile {
    /// Reads the name of a Markdown file below `content/`. An unknown language is reported.
    pub fn of(path: &SitePath, config: &Config, sink: &Sink) -> Option<Self> {
        let inner = path.below("content")?;
        let (folder, name) = inner.rsplit_once('/').unwrap_or(("", inner));
        let stem = name.strip_suffix(".md")?;
        let (stem, lang) = match stem.split_once('.') {
            Some((stem, code)) if config.languages.len() > 1 => (stem, language(path, code, config, sink)?),
            _ => (stem, config.default_language.clone()),
        };
        let (kind, folder, stem) = match stem {
            "_index" => (FileKind::Section, folder, ""),
            "index" if !folder.is_empty() => {
                let (folder, name) = folder.rsplit_once('/').unwrap_or(("", folder));
                (FileKind::PageFolder, folder, name)
            }
            _ => (FileKind::Page, folder, stem),
        };
        Some(Self { kind, folder: folder.to_owned(), stem: stem.to_owned(), lang })
    }

    /// What all language versions of one page or section share: `news/hue-2017`, or the folder for a section.
    pub fn canonical(&self) -> String {
        match (self.folder.as_str(), self.stem.as_str()) {
            (folder, "") => folder.to_owned(),
            ("", stem) => stem.to_owned(),
            (folder, stem) => format!("{folder}/{stem}"),
        }
    }
}

fn language(path: &SitePath, code: &str, config: &Config, sink: &Sink) -> Option<Lang> {
    let codes = || config.languages.iter().map(|language| language.code.as_str());
    if let Some(language) = config.languages.iter().find(|language| language.code.as_str() == code) {
        return Some(language.code.clone());
    }
    let meant = closest(code, codes()).map(|code| format!("did you mean `.{code}.md`? "));
    let help = format!(
        "{}the languages of this site are {}; rename the file, or add `[languages.{code}]` to the config",
        meant.unwrap_or_default(),
        codes().collect::<Vec<_>>().join(", ")
    );
    sink.push(Diagnostic::error("unknown-language", format!("`{code}` is not a language of this site")).in_file(path).help(help));
    None
}
