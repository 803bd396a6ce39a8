use globset::{Glob, GlobSet, GlobSetBuilder};

use crate::data::Fields;
use crate::diagnostic::{Diagnostic, Sink};
use crate::text::SourceText;

/// Patterns of paths, such as `*.xlsx` or `**/drafts/*`; a `*` matches slashes, too, as in Zola.
#[derive(Clone, Debug)]
pub struct Globs(GlobSet);

impl Default for Globs {
    fn default() -> Self {
        Self(GlobSet::empty())
    }
}

impl Globs {
    /// Reads a list of patterns; wrong ones are reported and left out.
    pub(super) fn read(fields: &mut Fields<'_>, key: &'static str, source: &SourceText, sink: &Sink) -> Self {
        let mut set = GlobSetBuilder::new();
        for (pattern, span) in fields.texts(key).unwrap_or_default() {
            match Glob::new(pattern) {
                Ok(glob) => {
                    set.add(glob);
                }
                Err(error) => {
                    let message = format!("`{pattern}` is not a pattern of paths: {}", error.kind());
                    let diagnostic = Diagnostic::error("bad-glob", message).at(source, span);
                    sink.push(diagnostic.help("write it as in `*.xlsx` or `**/old/*`"));
                }
            }
        }
        Self(set.build().unwrap_or_else(|_| GlobSet::empty()))
    }

    /// Whether a path fits one of the patterns.
    pub fn matches(&self, path: &str) -> bool {
        self.0.is_match(path)
    }
}
