use std::collections::BTreeMap;

use super::read::Reader;
use super::{Discovery, Images, Language, Palette};
use crate::data::{Data, Fields, Table};
use crate::diagnostic::Diagnostic;
use crate::source::Snapshot;
use crate::text::{Lang, Place, SitePath};

/// Our own settings, `[extra.tinso]`.
#[derive(Clone, Debug)]
pub struct Tinso {
    /// Whether the config has `[extra.tinso]` at all: then metrics and sources under `[extra]` of pages are surely ours.
    pub declared: bool,
    /// Names of areas by code and language.
    pub areas: BTreeMap<String, BTreeMap<Lang, String>>,
    /// The file of the site that the areas are in, if they are not in the config.
    pub areas_file: Option<SitePath>,
    /// Terms of a taxonomy that are each other's translation, by taxonomy: one map from language to name each.
    pub terms: BTreeMap<String, Vec<BTreeMap<Lang, String>>>,
    /// Whether HTML in Markdown is passed through; otherwise it is shown as text. A site without `[extra.tinso]` is
    /// one written for Zola, and its HTML passes; a site with it says so if its writers are to be trusted so far.
    pub raw_html: bool,
    /// Other machines that `load_data(url=…)` may ask, by name.
    pub hosts: Vec<String>,
    /// Whether charts are drawn as pictures too (`chart.png`, `card.png`), which takes longer than all else.
    pub pictures: bool,
    /// Whether tables in CSV begin with a byte order mark, by which Excel on Windows knows that they are UTF-8.
    pub csv_bom: bool,
    /// On what terms others may use the data.
    pub licence: Option<Licence>,
    /// Whether there is a page to search in each language, with an index in pieces.
    pub search: bool,
    /// Whether every language has an archive of its articles by year and month, and where the config says so.
    pub archive: Option<Place>,
    /// What becomes of the pages of the default language in the languages that have no version of them.
    pub untranslated: Untranslated,
    /// Files by which machines find what the site has.
    pub discovery: Discovery,
    /// The portal's colours.
    pub palette: Palette,
    /// In which widths and formats pictures in articles are shown; as they are when `None`.
    pub images: Option<Images>,
}

/// What becomes of pages of the default language in a language that has no version of them: `untranslated`.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Untranslated {
    /// They are not there.
    #[default]
    Absent,
    /// They stand in its lists, under their own address.
    Listed,
    /// They stand in its lists, and are shown under an address of it, too.
    Shown,
}

impl Untranslated {
    const WORDS: [(&str, Self); 2] = [("list", Self::Listed), ("page", Self::Shown)];
}

/// On what terms others may use the data: `[extra.tinso.licence]`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Licence {
    /// Its name, best its SPDX identifier: `CC-BY-4.0`.
    pub name: String,
    /// Where it stands.
    pub url: Option<String>,
}

impl Default for Tinso {
    fn default() -> Self {
        Self {
            declared: false,
            areas: BTreeMap::new(),
            areas_file: None,
            terms: BTreeMap::new(),
            raw_html: true,
            hosts: Vec::new(),
            pictures: true,
            csv_bom: false,
            licence: None,
            search: false,
            archive: None,
            untranslated: Untranslated::default(),
            discovery: Discovery::default(),
            palette: Palette::default(),
            images: None,
        }
    }
}

impl Tinso {
    /// Where the site names its areas, for advice.
    pub fn areas_place(&self) -> String {
        self.areas_file.as_ref().map_or_else(|| "`[extra.tinso.areas]` of the config".to_owned(), SitePath::to_string)
    }

    /// What a term of a taxonomy is called in another language, if the config says so.
    pub fn term_in(&self, taxonomy: &str, is_it: impl Fn(&str) -> bool, from: &Lang, to: &Lang) -> Option<&str> {
        let mut groups = self.terms.get(taxonomy)?.iter();
        groups.find(|names| names.get(from).is_some_and(|name| is_it(name)))?.get(to).map(String::as_str)
    }
}

impl Reader<'_> {
    /// Reads `[extra.tinso]`.
    pub(super) fn tinso(&self, extra: &Table, languages: &[Language], snapshot: &Snapshot) -> Tinso {
        let Some(table) = extra.table("tinso") else { return Tinso::default() };
        let mut fields = Fields::new(self.source, table, self.sink);
        let mut tinso = Tinso {
            declared: true,
            raw_html: fields.bool("raw_html").unwrap_or(false),
            hosts: fields.words("hosts").unwrap_or_default(),
            pictures: fields.bool("pictures").unwrap_or(true),
            csv_bom: fields.bool("csv_bom").unwrap_or(false),
            search: fields.bool("search").unwrap_or(false),
            untranslated: fields.choice("untranslated", &Untranslated::WORDS).unwrap_or_default(),
            ..Tinso::default()
        };
        if fields.bool("archive").unwrap_or(false) {
            tinso.archive = table.get("archive").map(|node| self.source.place(node.span));
        }
        tinso.discovery = fields.table("discovery").map(|table| self.discovery(table)).unwrap_or_default();
        tinso.palette = fields.table("colors").map(|table| self.palette(table)).unwrap_or_default();
        tinso.images = self.images(&mut fields);
        tinso.licence = fields.table("licence").and_then(|table| self.licence(table));
        (tinso.areas, tinso.areas_file) = self.areas(&mut fields, languages, snapshot);
        for entry in fields.table("terms").map(Table::entries).unwrap_or_default() {
            let Data::List(items) = &entry.node.value else {
                fields.wrong(
                    &entry.key,
                    &entry.node,
                    "a list of tables, such as [{ vi = \"Viễn thông\", en = \"Telecommunications\" }]",
                );
                continue;
            };
            let groups = items.iter().filter_map(|item| match &item.value {
                Data::Table(names) => Some(self.names(names, languages)),
                _ => {
                    fields.wrong(&entry.key, item, "a table of names, such as { vi = \"…\", en = \"…\" }");
                    None
                }
            });
            tinso.terms.insert(entry.key.to_string(), groups.collect());
        }
        fields.deny_unknown("unknown-config-key");
        tinso
    }

    fn licence(&self, table: &Table) -> Option<Licence> {
        let mut fields = Fields::new(self.source, table, self.sink);
        let name = fields.text("name").map(str::to_owned);
        let url = fields.text_at("url").and_then(|(url, span)| {
            let web = url.starts_with("https://") || url.starts_with("http://");
            if !web {
                let diagnostic = Diagnostic::error("bad-licence", format!("`{url}` is not a web address"));
                self.sink.push(
                    diagnostic.at(self.source, span).help("write an address that starts with `https://`, or leave the key out"),
                );
            }
            web.then(|| url.to_owned())
        });
        if let (None, None, Some(first)) = (&name, table.get("name"), table.entries().first()) {
            let diagnostic =
                Diagnostic::error("bad-licence", "the licence of the data has no name").at(self.source, first.key_span);
            self.sink.push(diagnostic.help("add a line such as `name = \"CC-BY-4.0\"`"));
        }
        fields.deny_unknown("unknown-config-key");
        Some(Licence { name: name?, url })
    }

    /// A name in each language.
    pub(super) fn names(&self, table: &Table, languages: &[Language]) -> BTreeMap<Lang, String> {
        let mut names = BTreeMap::new();
        for entry in table.entries() {
            let language = languages.iter().find(|language| language.code.as_str() == &*entry.key);
            match (language, &entry.node.value) {
                (Some(language), Data::Text(name)) => {
                    names.insert(language.code.clone(), name.clone());
                }
                (None, _) => {
                    let diagnostic =
                        Diagnostic::error("unknown-language", format!("`{}` is not a language of this site", entry.key));
                    self.sink.push(
                        diagnostic.at(self.source, entry.key_span).help("add `[languages.…]` to the config, or remove the name"),
                    );
                }
                (Some(_), other) => {
                    let message = format!("a name should be text in quotes, but it is {}", other.describe());
                    self.sink.push(Diagnostic::error("wrong-type", message).at(self.source, entry.node.span));
                }
            }
        }
        names
    }
}
