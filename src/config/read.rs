use std::collections::BTreeMap;

use super::theme::{add_strings, read_strings, theme_extra};
use super::{Config, Language, Markdown, Taxonomy, Tinso};
use crate::data::{Data, Fields, Table, parse_toml};
use crate::diagnostic::{Diagnostic, Sink};
use crate::locale::{Locale, slugify};
use crate::source::Snapshot;
use crate::text::{Lang, SitePath, SourceText, Span};

/// Keys of Zola that are known and not acted on yet: reported when they ask for something.
const NOT_YET: [&str; 4] = ["minify_html", "build_search_index", "hard_link_static", "preserve_dotfiles_in_output"];
/// Keys of Zola that need no action here, or none yet.
const ACCEPTED: [&str; 10] = [
    "ignored_content",
    "ignored_static",
    "skip_content_templating",
    "mode",
    "output_dir",
    "exclude_paginated_pages_in_sitemap",
    "link_checker",
    "slugify",
    "search",
    "translations",
];

/// Reads the config file of a site. Everything wrong with it is reported;
/// `None` when nothing can be built on what is left.
pub fn read_config(snapshot: &Snapshot, path: &str, base_url: Option<&str>, sink: &Sink) -> Option<Config> {
    let path = SitePath::new(path);
    if snapshot.bytes(path.as_str()).is_none() {
        sink.push(
            Diagnostic::error("no-config", format!("there is no {path}")).help("run `tinso init DIR` for a site to start from"),
        );
        return None;
    }
    let source = snapshot.text(&path, sink)?;
    let table = parse_toml(&source, Span { start: 0, end: source.text.len() }, sink)?;
    let reader = Reader { source: &source, sink };
    let config = reader.config(&table, base_url, snapshot);
    for key in NOT_YET.iter().filter(|key| matches!(table.get(key).map(|node| &node.value), Some(Data::Bool(true)))) {
        let span = table.get(key).map(|node| node.span).unwrap_or_default();
        let diagnostic = Diagnostic::warning("not-supported-yet", format!("`{key}` is not supported yet and does nothing"));
        sink.push(diagnostic.at(&source, span).help("remove the key, or leave it for a later version of tinso"));
    }
    config
}

struct Reader<'a> {
    source: &'a SourceText,
    sink: &'a Sink,
}

impl Reader<'_> {
    fn config(&self, table: &Table, base_url: Option<&str>, snapshot: &Snapshot) -> Option<Config> {
        let mut fields = Fields::new(self.source, table, self.sink);
        for key in NOT_YET.into_iter().chain(ACCEPTED) {
            fields.node(key);
        }
        let written_url = fields.text_at("base_url");
        let base_url = self.base_url(base_url, written_url)?;
        let default_language = self.language_code(fields.text_at("default_language").unwrap_or(("en", Span::default())))?;
        let mut languages = vec![self.language(&mut fields, table, default_language.clone())?];
        self.other_languages(&mut fields, &mut languages);

        let theme = fields.text_at("theme");
        let own_extra = fields.table("extra").cloned().unwrap_or_default();
        let extra = match theme {
            Some((name, span)) => own_extra.over(&theme_extra(snapshot, name, (self.source, span), self.sink)),
            None => own_extra,
        };
        for language in &mut languages {
            read_strings(snapshot, theme.map(|(name, _)| name), language, self.sink);
        }
        let config = Config {
            base_url,
            default_language,
            theme: theme.map(|(name, _)| name.to_owned()),
            author: fields.text("author").map(str::to_owned),
            taxonomy_root: fields.text("taxonomy_root").map(|root| root.trim_matches('/').to_owned()),
            compile_sass: fields.bool("compile_sass").unwrap_or(false),
            feed_limit: fields.count("feed_limit"),
            generate_sitemap: fields.bool("generate_sitemap").unwrap_or(true),
            generate_robots_txt: fields.bool("generate_robots_txt").unwrap_or(true),
            markdown: fields.table("markdown").map(|table| self.markdown(table)).unwrap_or_default(),
            tinso: self.tinso(&extra, &languages),
            languages,
            extra,
        };
        fields.deny_unknown("unknown-config-key");
        Some(config)
    }

    fn base_url(&self, given: Option<&str>, written: Option<(&str, Span)>) -> Option<String> {
        let url = match (given, written) {
            (Some(url), _) => url,
            (None, Some((url, span))) => {
                if !url.starts_with("http://") && !url.starts_with("https://") {
                    let diagnostic = Diagnostic::error("bad-base-url", "`base_url` is not a web address").at(self.source, span);
                    self.sink.push(
                        diagnostic.help("write the address where the site will live: `base_url = \"https://example.org\"`"),
                    );
                    return None;
                }
                url
            }
            (None, None) => {
                let start = Span::default();
                let diagnostic =
                    Diagnostic::error("bad-base-url", "the config does not say its `base_url`").at(self.source, start);
                self.sink.push(diagnostic.help("add a line at the top: `base_url = \"https://example.org\"`"));
                return None;
            }
        };
        Some(url.trim_end_matches('/').to_owned())
    }

    fn language_code(&self, (code, span): (&str, Span)) -> Option<Lang> {
        if Lang::is_well_formed(code) {
            return Some(Lang::new(code));
        }
        let diagnostic = Diagnostic::error("bad-language", format!("`{code}` is not a language code")).at(self.source, span);
        self.sink.push(diagnostic.help("write a code such as `vi`, `en` or `zh-Hant`"));
        None
    }

    /// The keys that a language has, from the top of the config or from `[languages.X]`.
    fn language(&self, fields: &mut Fields<'_>, table: &Table, code: Lang) -> Option<Language> {
        let locale = match Locale::of(&code) {
            Ok(locale) => locale,
            Err(error) => {
                self.sink.push(Diagnostic::error("internal", format!("the words of `{code}` cannot be read: {error}")));
                return None;
            }
        };
        if !Locale::is_known(&code) {
            let message = format!("tinso has no number and date words for `{code}` yet; it uses the English ones");
            self.sink.push(Diagnostic::warning("unknown-locale", message).in_file(&self.source.path));
        }
        let mut strings = BTreeMap::new();
        if let Some(translations) = table.table("translations") {
            add_strings(self.source, translations, &mut strings, self.sink);
        }
        let filenames = fields.texts("feed_filenames").map(|names| names.into_iter().map(|(name, _)| name.to_owned()).collect());
        Some(Language {
            code,
            locale,
            title: fields.text("title").map(str::to_owned),
            description: fields.text("description").map(str::to_owned),
            generate_feeds: fields.bool("generate_feeds").unwrap_or(false),
            feed_filenames: filenames.unwrap_or_else(|| vec!["atom.xml".to_owned()]),
            taxonomies: fields.tables("taxonomies").into_iter().filter_map(|(table, span)| self.taxonomy(table, span)).collect(),
            strings,
        })
    }

    fn other_languages(&self, fields: &mut Fields<'_>, languages: &mut Vec<Language>) {
        let Some(table) = fields.table("languages") else { return };
        let mut others = Vec::new();
        for entry in table.entries() {
            let Data::Table(inner) = &entry.node.value else {
                fields.wrong(&entry.key, &entry.node, "a table, such as `[languages.en]`");
                continue;
            };
            let Some(code) = self.language_code((&entry.key, entry.key_span)) else { continue };
            let mut inner_fields = Fields::new(self.source, inner, self.sink);
            for key in ["build_search_index", "search", "translations"] {
                inner_fields.node(key);
            }
            let language = self.language(&mut inner_fields, inner, code);
            inner_fields.deny_unknown("unknown-config-key");
            let Some(language) = language else { continue };
            match languages.first_mut().filter(|default| default.code == language.code) {
                Some(default) => merge(default, language),
                None => others.push(language),
            }
        }
        others.sort_by(|a, b| a.code.cmp(&b.code));
        languages.extend(others);
    }

    fn taxonomy(&self, table: &Table, span: Span) -> Option<Taxonomy> {
        let mut fields = Fields::new(self.source, table, self.sink);
        fields.node("slug");
        fields.node("feed");
        let name = fields.text("name").map(str::to_owned);
        if table.get("name").is_none() {
            let diagnostic = Diagnostic::error("bad-taxonomy", "this taxonomy has no name").at(self.source, span);
            self.sink.push(diagnostic.help("write `taxonomies = [{ name = \"topics\" }]`"));
        }
        let name = name?;
        Some(Taxonomy {
            slug: slugify(&name),
            name,
            paginate_by: fields.count("paginate_by").filter(|by| *by > 0),
            paginate_path: fields.text("paginate_path").unwrap_or("page").to_owned(),
            render: fields.bool("render").unwrap_or(true),
            place: Some(self.source.place(span)),
        })
    }

    fn markdown(&self, table: &Table) -> Markdown {
        let mut fields = Fields::new(self.source, table, self.sink);
        Markdown {
            smart_punctuation: fields.bool("smart_punctuation").unwrap_or(false),
            definition_list: fields.bool("definition_list").unwrap_or(false),
            external_links_target_blank: fields.bool("external_links_target_blank").unwrap_or(false),
            external_links_no_follow: fields.bool("external_links_no_follow").unwrap_or(false),
            external_links_no_referrer: fields.bool("external_links_no_referrer").unwrap_or(false),
            highlight: fields.table("highlighting").is_some(),
        }
    }

    fn tinso(&self, extra: &Table, languages: &[Language]) -> Tinso {
        let Some(table) = extra.table("tinso") else { return Tinso::default() };
        let mut fields = Fields::new(self.source, table, self.sink);
        let mut tinso = Tinso { raw_html: fields.bool("raw_html").unwrap_or(false), ..Tinso::default() };
        for entry in fields.table("areas").map(Table::entries).unwrap_or_default() {
            match &entry.node.value {
                Data::Table(names) => {
                    tinso.areas.insert(entry.key.clone(), self.names(names, languages));
                }
                _ => fields.wrong(&entry.key, &entry.node, "a table of names, such as { vi = \"Cả nước\", en = \"Vietnam\" }"),
            }
        }
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
            tinso.terms.insert(entry.key.clone(), groups.collect());
        }
        fields.deny_unknown("unknown-config-key");
        tinso
    }

    /// A name in each language.
    fn names(&self, table: &Table, languages: &[Language]) -> BTreeMap<Lang, String> {
        let mut names = BTreeMap::new();
        for entry in table.entries() {
            let language = languages.iter().find(|language| language.code.as_str() == entry.key);
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

/// Fills what the top of the config leaves open for the default language from `[languages.DEFAULT]`.
fn merge(default: &mut Language, more: Language) {
    default.title = default.title.take().or(more.title);
    default.description = default.description.take().or(more.description);
    default.generate_feeds |= more.generate_feeds;
    if default.taxonomies.is_empty() {
        default.taxonomies = more.taxonomies;
    }
    for (key, text) in more.strings {
        default.strings.entry(key).or_insert(text);
    }
}
