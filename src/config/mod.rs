//! The site's settings: read as written, then with every default filled in and the theme's laid under them.

mod read;
mod theme;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::data::Table;
use crate::locale::Locale;
use crate::text::{Lang, Place};

pub use read::read_config;

/// The settings of a site, every default filled in. Names and meanings are Zola's; ours are in [`Tinso`].
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the site will live, without a slash at its end.
    pub base_url: String,
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
    /// How Markdown is read.
    pub markdown: Markdown,
    /// `[extra]`, with the theme's laid under it.
    pub extra: Table,
    /// `[extra.tinso]`.
    pub tinso: Tinso,
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
    /// Where it is declared.
    pub place: Option<Place>,
}

/// How Markdown is read.
#[derive(Clone, Default, Debug)]
pub struct Markdown {
    /// Curly quotes and dashes.
    pub smart_punctuation: bool,
    /// Definition lists.
    pub definition_list: bool,
    /// External links open a new tab.
    pub external_links_target_blank: bool,
    /// External links carry `rel="nofollow"`.
    pub external_links_no_follow: bool,
    /// External links carry `rel="noreferrer"`.
    pub external_links_no_referrer: bool,
    /// Whether code blocks are coloured, by classes that `syntax.css` gives colours to.
    pub highlight: bool,
}

/// Our own settings, `[extra.tinso]`.
#[derive(Clone, Default, Debug)]
pub struct Tinso {
    /// Names of areas by code and language.
    pub areas: BTreeMap<String, BTreeMap<Lang, String>>,
    /// Terms of a taxonomy that are each other's translation, by taxonomy: one map from language to name each.
    pub terms: BTreeMap<String, Vec<BTreeMap<Lang, String>>>,
    /// Whether HTML in Markdown is passed through; otherwise it is shown as text.
    pub raw_html: bool,
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
