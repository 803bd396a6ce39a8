//! The site's settings: read as written, then with every default filled in and the theme's laid under them.

mod areas;
mod discovery;
mod globs;
mod images;
mod language;
mod link_checker;
mod markdown;
mod paint;
mod palette;
mod read;
mod search;
mod theme;
mod tinso;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::data::Table;
use crate::locale::{Locale, Slugify};
use crate::text::{Lang, Place};

pub use areas::is_area_code;
pub use discovery::{Discovery, Security};
pub use globs::Globs;
pub use images::{ImageFormat, Images};
pub use link_checker::{Level, LinkChecker};
pub use markdown::{AnchorLinks, CodeThemes, DataAttributes, Highlighting, Markdown};
pub use palette::Palette;
pub use read::read_config;
pub use search::{IndexFormat, Search};
pub use tinso::{Licence, Tinso, Untranslated};

/// The settings of a site, every default filled in. Names and meanings are Zola's; ours are in [`Tinso`].
#[derive(Clone, Debug)]
pub struct Config {
    /// What the build is for.
    pub mode: Mode,
    /// Where the site will live, without a slash at its end.
    pub base_url: String,
    /// The same as it is written, which templates see.
    pub written_base_url: String,
    /// The language of files without a suffix.
    pub default_language: Lang,
    /// Every language: the default one first, the others by code.
    pub languages: Vec<Language>,
    /// The name of the theme in use.
    pub theme: Option<String>,
    /// Who stands behind the site.
    pub author: Option<String>,
    /// A path before all taxonomies.
    pub taxonomy_root: Option<String>,
    /// Whether the site's own `sass/` is compiled; a theme's always is.
    pub compile_sass: bool,
    /// The most items in a feed.
    pub feed_limit: Option<usize>,
    /// Whether a sitemap is written.
    pub generate_sitemap: bool,
    /// Whether `robots.txt` is written.
    pub generate_robots_txt: bool,
    /// Whether the sitemap leaves out the second and later pages of lists.
    pub exclude_paginated_pages_in_sitemap: bool,
    /// Whether HTML is made smaller.
    pub minify_html: bool,
    /// Whether static files are linked into the output instead of copied, where the disk can.
    pub hard_link_static: bool,
    /// Whether hidden files in the output that no build wrote stay when it is taken over. They always do, as all files
    /// of others do.
    pub preserve_dotfiles_in_output: bool,
    /// The folder to build into, below the site's.
    pub output_dir: String,
    /// Files of `content/` that are left alone, by their path in the site.
    pub ignored_content: Globs,
    /// Files of `static/` that are left alone, by their path below it.
    pub ignored_static: Globs,
    /// Content files that no template call is looked for in, by their path below `content/`.
    pub skip_content_templating: Globs,
    /// How links are checked.
    pub link_checker: LinkChecker,
    /// How names become parts of addresses.
    pub slugify: SlugifyModes,
    /// How Markdown is read.
    pub markdown: Markdown,
    /// `[extra]`, with the theme's laid under it.
    pub extra: Table,
    /// `[extra.tinso]`.
    pub tinso: Tinso,
}

/// What a build is for.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub enum Mode {
    /// To be published.
    #[default]
    Build,
    /// To be looked at while it is written.
    Serve,
    /// To be checked.
    Check,
}

impl Mode {
    /// The word that templates see.
    pub fn word(self) -> &'static str {
        match self {
            Self::Build => "build",
            Self::Serve => "serve",
            Self::Check => "check",
        }
    }
}

/// What a site says for one language.
#[derive(Clone, Debug)]
pub struct Language {
    /// Its code.
    pub code: Lang,
    /// How it writes numbers, dates and words.
    pub locale: Arc<Locale>,
    /// The site's title.
    pub title: Option<String>,
    /// The site's description.
    pub description: Option<String>,
    /// Whether it has a feed.
    pub generate_feeds: bool,
    /// The names of its feeds.
    pub feed_filenames: Vec<String>,
    /// Its taxonomies.
    pub taxonomies: Vec<Taxonomy>,
    /// What its search index holds; `None` when it has none.
    pub search: Option<Search>,
    /// Texts for templates: `[translations]`, laid over the theme's `i18n/LANG.toml`.
    pub strings: BTreeMap<String, String>,
}

/// A way to group pages.
#[derive(Clone, Debug)]
pub struct Taxonomy {
    /// Its name in front matter.
    pub name: String,
    /// Its part of addresses.
    pub slug: String,
    /// Pages of a term on one page of the pager; all when `None`.
    pub paginate_by: Option<usize>,
    /// The word before the pager's number.
    pub paginate_path: String,
    /// Whether it has pages of its own.
    pub render: bool,
    /// Whether each term has a feed.
    pub feed: bool,
    /// Where it is declared.
    pub place: Option<Place>,
}

/// How names become parts of addresses, `[slugify]`.
#[derive(Clone, Copy, Default, Debug)]
pub struct SlugifyModes {
    /// Of pages.
    pub paths: Slugify,
    /// Whether a date in a file's name stays in the address.
    pub paths_keep_dates: bool,
    /// Of taxonomies and terms.
    pub taxonomies: Slugify,
    /// Of headings.
    pub anchors: Slugify,
}

impl Config {
    /// A language of the site.
    pub fn language(&self, code: &Lang) -> Option<&Language> {
        self.languages.iter().find(|language| language.code == *code)
    }

    /// Where a page's address starts: `/` in the default language, `/en/` in another.
    pub fn language_prefix(&self, code: &Lang) -> String {
        if *code == self.default_language { "/".to_owned() } else { format!("/{code}/") }
    }

    /// The full address of a path that starts with a slash.
    pub fn permalink(&self, path: &str) -> String {
        format!("{}{path}", self.base_url)
    }

    /// The name of an area in a language: the site's, or the code itself.
    pub fn area_name<'a>(&'a self, area: &'a str, lang: &Lang) -> &'a str {
        self.tinso.areas.get(area).and_then(|names| names.get(lang)).map_or(area, String::as_str)
    }
}
