use std::collections::BTreeMap;

use super::read::Reader;
use super::theme::add_strings;
use super::{Language, Search, Taxonomy};
use crate::data::{Data, Fields, Node, Table};
use crate::diagnostic::Diagnostic;
use crate::locale::{Locale, Slugify};
use crate::text::{Lang, Span};

impl Reader<'_> {
    pub(super) fn language_code(&self, (code, span): (&str, Span)) -> Option<Lang> {
        if Lang::is_well_formed(code) {
            return Some(Lang::new(code));
        }
        let diagnostic = Diagnostic::error("bad-language", format!("`{code}` is not a language code")).at(self.source, span);
        self.sink.push(diagnostic.help("write a code such as `vi`, `en` or `zh-Hant`"));
        None
    }

    /// The keys that a language has, from the top of the config or from `[languages.X]`.
    pub(super) fn language(
        &self,
        fields: &mut Fields<'_>,
        table: &Table,
        code: Lang,
        search: &Search,
        slugs: Slugify,
    ) -> Option<Language> {
        let locale = match Locale::of(&code) {
            Ok(locale) => locale,
            Err(error) => {
                self.sink.push(Diagnostic::error("internal", format!("the words of `{code}` cannot be read: {error}")));
                return None;
            }
        };
        let mut strings = BTreeMap::new();
        fields.node("translations");
        if let Some(translations) = table.table("translations") {
            add_strings(self.source, translations, &mut strings, self.sink);
        }
        let mut old_feed = |key| fields.old(key, "generate_feeds", "rename the key; it means the same");
        let old_feeds = [old_feed("generate_feed"), old_feed("generate_rss")];
        let asks = |node: &Option<&Node>| node.is_some_and(|node| node.value == Data::Bool(true));
        let old_name = fields.old("feed_filename", "feed_filenames", "write `feed_filenames = [\"…\"]`");
        let old_name = old_name.and_then(|node| match &node.value {
            Data::Text(name) => Some(vec![name.clone()]),
            _ => None,
        });
        let rss_name = old_feeds[1].filter(|node| node.value == Data::Bool(true)).map(|_| vec!["rss.xml".to_owned()]);
        Some(Language {
            code,
            locale,
            title: fields.text("title").map(str::to_owned),
            description: fields.text("description").map(str::to_owned),
            generate_feeds: fields.bool("generate_feeds").unwrap_or(false) || old_feeds.iter().any(asks),
            feed_filenames: fields
                .words("feed_filenames")
                .or(old_name)
                .or(rss_name)
                .unwrap_or_else(|| vec!["atom.xml".to_owned()]),
            taxonomies: fields
                .tables("taxonomies")
                .into_iter()
                .filter_map(|(table, span)| self.taxonomy(table, span, slugs))
                .collect(),
            search: {
                let searched = fields.bool("build_search_index").unwrap_or(false);
                let own = fields.table("search").map(|table| Search::read(table, search, self.source, self.sink));
                searched.then(|| own.unwrap_or_else(|| search.clone()))
            },
            strings,
        })
    }

    pub(super) fn other_languages(
        &self,
        fields: &mut Fields<'_>,
        root: &Table,
        languages: &mut Vec<Language>,
        search: &Search,
        slugs: Slugify,
    ) {
        let Some(table) = fields.table("languages") else { return };
        let mut others = Vec::new();
        for entry in table.entries() {
            let Data::Table(inner) = &entry.node.value else {
                fields.wrong(&entry.key, &entry.node, "a table, such as `[languages.en]`");
                continue;
            };
            let Some(code) = self.language_code((&entry.key, entry.key_span)) else { continue };
            let mut inner_fields = Fields::new(self.source, inner, self.sink);
            let is_default = languages.first().is_some_and(|default| default.code == code);
            if is_default {
                self.set_twice(root, inner);
            }
            let language = self.language(&mut inner_fields, inner, code, search, slugs);
            inner_fields.deny_unknown("unknown-config-key");
            let Some(language) = language else { continue };
            match languages.first_mut().filter(|_| is_default) {
                Some(default) => merge(default, language),
                None => others.push(language),
            }
        }
        others.sort_by(|a, b| a.code.cmp(&b.code));
        languages.extend(others);
    }

    /// A setting of the default language may stand at the top of the config or under its `[languages.X]`, not in both.
    fn set_twice(&self, root: &Table, inner: &Table) {
        for entry in inner.entries().iter().filter(|entry| root.get(&entry.key).is_some()) {
            let message = format!("`{}` of the default language is set twice", entry.key);
            let diagnostic = Diagnostic::error("set-twice", message).at(self.source, entry.key_span);
            self.sink.push(diagnostic.help("remove it here, or at the top of the config"));
        }
    }

    fn taxonomy(&self, table: &Table, span: Span, slugs: Slugify) -> Option<Taxonomy> {
        let mut fields = Fields::new(self.source, table, self.sink);
        fields.node("slug");
        let old_feed = fields.old("rss", "feed", "rename the key; it means the same");
        fields.old("lang", "", "put the taxonomy under the `[languages.X]` of its language");
        let name = fields.text("name").map(str::to_owned);
        if table.get("name").is_none() {
            let diagnostic = Diagnostic::error("bad-taxonomy", "this taxonomy has no name").at(self.source, span);
            self.sink.push(diagnostic.help("write `taxonomies = [{ name = \"topics\" }]`"));
        }
        let name = name?;
        let taxonomy = Taxonomy {
            slug: slugs.path(&name),
            name,
            paginate_by: fields.count("paginate_by").filter(|by| *by > 0),
            paginate_path: fields.text("paginate_path").unwrap_or("page").to_owned(),
            render: fields.bool("render").unwrap_or(true),
            feed: fields.bool("feed").unwrap_or(false) || old_feed.is_some_and(|node| node.value == Data::Bool(true)),
            place: Some(self.source.place(span)),
        };
        fields.warn_unknown("unknown-config-key");
        Some(taxonomy)
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
    default.search = default.search.take().or(more.search);
    if default.feed_filenames == ["atom.xml"] {
        default.feed_filenames = more.feed_filenames;
    }
    for (key, text) in more.strings {
        default.strings.entry(key).or_insert(text);
    }
}
