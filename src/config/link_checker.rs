use super::Globs;
use crate::data::{Fields, Table};
use crate::diagnostic::{Severity, Sink};
use crate::text::SourceText;

/// How links are checked, `[link_checker]`.
#[derive(Clone, Default, Debug)]
pub struct LinkChecker {
    /// Addresses of other sites that start so are not checked.
    pub skip_prefixes: Vec<String>,
    /// Of addresses that start so, the place on the page (`#…`) is not checked.
    pub skip_anchor_prefixes: Vec<String>,
    /// How bad a broken link inside the site is.
    pub internal: Level,
    /// How bad a broken link to another site is.
    pub external: Level,
    /// Content files whose links to other sites are not checked, by their path below `content/`.
    pub ignored_files: Globs,
}

/// How bad a broken link is.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub enum Level {
    /// The build fails.
    #[default]
    Error,
    /// A warning.
    Warn,
}

impl From<Level> for Severity {
    fn from(level: Level) -> Self {
        match level {
            Level::Error => Self::Error,
            Level::Warn => Self::Warning,
        }
    }
}

impl LinkChecker {
    pub(super) fn read(table: &Table, source: &SourceText, sink: &Sink) -> Self {
        const LEVELS: [(&str, Level); 2] = [("error", Level::Error), ("warn", Level::Warn)];
        let mut fields = Fields::new(source, table, sink);
        let checker = Self {
            skip_prefixes: fields.words("skip_prefixes").unwrap_or_default(),
            skip_anchor_prefixes: fields.words("skip_anchor_prefixes").unwrap_or_default(),
            internal: fields.choice("internal_level", &LEVELS).unwrap_or_default(),
            external: fields.choice("external_level", &LEVELS).unwrap_or_default(),
            ignored_files: Globs::read(&mut fields, "ignored_files", source, sink),
        };
        fields.warn_unknown("unknown-config-key");
        checker
    }
}
