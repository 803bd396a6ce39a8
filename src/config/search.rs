use crate::data::{Fields, Table};
use crate::diagnostic::Sink;
use crate::text::SourceText;

/// What a search index holds, `[search]`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Search {
    /// Titles.
    pub include_title: bool,
    /// Descriptions.
    pub include_description: bool,
    /// Dates.
    pub include_date: bool,
    /// Addresses.
    pub include_path: bool,
    /// Texts.
    pub include_content: bool,
    /// How many characters of a text at most.
    pub truncate_content_length: Option<usize>,
    /// How the index is written.
    pub index_format: IndexFormat,
}

/// How a search index is written.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub enum IndexFormat {
    /// A script that sets `window.searchIndex`, for elasticlunr.
    #[default]
    ElasticlunrJavascript,
    /// JSON for elasticlunr.
    ElasticlunrJson,
    /// A script that sets `window.searchIndex`, for Fuse.
    FuseJavascript,
    /// JSON for Fuse.
    FuseJson,
}

impl IndexFormat {
    const WORDS: [(&'static str, Self); 4] = [
        ("elasticlunr_javascript", Self::ElasticlunrJavascript),
        ("elasticlunr_json", Self::ElasticlunrJson),
        ("fuse_javascript", Self::FuseJavascript),
        ("fuse_json", Self::FuseJson),
    ];

    /// The word for it in the config.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, format)| *format == self).map_or("", |(word, _)| word)
    }

    /// `js` or `json`.
    pub fn extension(self) -> &'static str {
        match self {
            Self::ElasticlunrJavascript | Self::FuseJavascript => "js",
            Self::ElasticlunrJson | Self::FuseJson => "json",
        }
    }
}

impl Default for Search {
    fn default() -> Self {
        Self {
            include_title: true,
            include_description: false,
            include_date: false,
            include_path: false,
            include_content: true,
            truncate_content_length: None,
            index_format: IndexFormat::default(),
        }
    }
}

impl Search {
    /// Reads a table over what holds without it.
    pub(super) fn read(table: &Table, under: &Self, source: &SourceText, sink: &Sink) -> Self {
        let mut fields = Fields::new(source, table, sink);
        let search = Self {
            include_title: fields.bool("include_title").unwrap_or(under.include_title),
            include_description: fields.bool("include_description").unwrap_or(under.include_description),
            include_date: fields.bool("include_date").unwrap_or(under.include_date),
            include_path: fields.bool("include_path").unwrap_or(under.include_path),
            include_content: fields.bool("include_content").unwrap_or(under.include_content),
            truncate_content_length: fields.count("truncate_content_length").or(under.truncate_content_length),
            index_format: fields.choice("index_format", &IndexFormat::WORDS).unwrap_or(under.index_format),
        };
        fields.warn_unknown("unknown-config-key");
        search
    }
}
