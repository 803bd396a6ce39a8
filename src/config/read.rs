use super::theme::{read_strings, theme_extra};
use super::{Config, Globs, Highlighting, LinkChecker, Markdown, Mode, Search, SlugifyModes};
use crate::data::{Data, Fields, Table, parse_toml};
use crate::diagnostic::{Diagnostic, Sink};
use crate::locale::Slugify;
use crate::source::Snapshot;
use crate::text::{SitePath, SourceText, Span};

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
    let table = parse_toml(&source, source.whole(), sink)?;
    let reader = Reader { source: &source, sink };
    reader.config(&table, base_url, snapshot)
}

/// A config file being read.
pub(super) struct Reader<'a> {
    pub(super) source: &'a SourceText,
    pub(super) sink: &'a Sink,
}

impl Reader<'_> {
    fn config(&self, table: &Table, base_url: Option<&str>, snapshot: &Snapshot) -> Option<Config> {
        let mut fields = Fields::new(self.source, table, self.sink);
        fields.node("mode");
        let written_url = fields.text_at("base_url");
        let written_base_url = self.base_url(base_url, written_url)?;
        let default_language = self.language_code(fields.text_at("default_language").unwrap_or(("en", Span::default())))?;
        let slugify = fields.table("slugify").map(|table| self.slugify(table)).unwrap_or_default();
        let search = Search::default();
        let search = table.table("search").map_or(search.clone(), |table| Search::read(table, &search, self.source, self.sink));
        let mut languages = vec![self.language(&mut fields, table, default_language.clone(), &search, slugify.taxonomies)?];
        self.other_languages(&mut fields, table, &mut languages, &search, slugify.taxonomies);

        let theme = fields.text_at("theme").filter(|(name, _)| !name.is_empty());
        let own_extra = fields.table("extra").cloned().unwrap_or_default();
        let extra = match theme {
            Some((name, span)) => own_extra.over(&theme_extra(snapshot, name, (self.source, span), self.sink)),
            None => own_extra,
        };
        for language in &mut languages {
            read_strings(snapshot, theme.map(|(name, _)| name), language, &self.source.path, self.sink);
        }
        let rss_limit = fields.old("rss_limit", "feed_limit", "rename the key; it means the same");
        let rss_limit = rss_limit.and_then(|node| match &node.value {
            Data::Number(number) => number.parse().ok(),
            _ => None,
        });
        let old_highlighting = Highlighting::old(&mut fields, self.source);
        fields.old("check_external_links", "", "run `tinso check --external`");
        fields.old("version", "", "remove it, or move it to `[extra]`, where keys are free");
        let markdown = fields.table("markdown").map(|table| Markdown::read(table, self.source, self.sink)).unwrap_or_default();
        let mut globs = |key| Globs::read(&mut fields, key, self.source, self.sink);
        let (ignored_content, ignored_static) = (globs("ignored_content"), globs("ignored_static"));
        let skip_content_templating = globs("skip_content_templating");
        let config = Config {
            mode: Mode::default(),
            base_url: written_base_url.trim_end_matches('/').to_owned(),
            written_base_url,
            default_language,
            theme: theme.map(|(name, _)| name.to_owned()),
            author: fields.text("author").map(str::to_owned),
            taxonomy_root: fields.text("taxonomy_root").map(|root| root.trim_matches('/').to_owned()),
            compile_sass: fields.bool("compile_sass").unwrap_or(false),
            feed_limit: fields.count("feed_limit").or(rss_limit),
            generate_sitemap: fields.bool("generate_sitemap").unwrap_or(true),
            generate_robots_txt: fields.bool("generate_robots_txt").unwrap_or(true),
            exclude_paginated_pages_in_sitemap: fields
                .choice("exclude_paginated_pages_in_sitemap", &[("none", false), ("all", true)])
                .unwrap_or(false),
            minify_html: fields.bool("minify_html").unwrap_or(false),
            hard_link_static: fields.bool("hard_link_static").unwrap_or(false),
            preserve_dotfiles_in_output: fields.bool("preserve_dotfiles_in_output").unwrap_or(false),
            output_dir: fields.text("output_dir").unwrap_or("public").to_owned(),
            ignored_content,
            ignored_static,
            skip_content_templating,
            link_checker: fields
                .table("link_checker")
                .map(|table| LinkChecker::read(table, self.source, self.sink))
                .unwrap_or_default(),
            slugify,
            markdown: Markdown { highlighting: markdown.highlighting.or(old_highlighting), ..markdown },
            tinso: self.tinso(&extra, &languages, snapshot),
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
        Some(url.to_owned())
    }

    fn slugify(&self, table: &Table) -> SlugifyModes {
        let mut fields = Fields::new(self.source, table, self.sink);
        let mut mode = |key| {
            // Zola once wrote `true` and `false` for `on` and `off`.
            match fields.node(key).map(|node| &node.value) {
                Some(Data::Bool(true)) => Slugify::On,
                Some(Data::Bool(false)) => Slugify::Off,
                _ => fields.choice(key, &Slugify::WORDS).unwrap_or_default(),
            }
        };
        let (paths, taxonomies, anchors) = (mode("paths"), mode("taxonomies"), mode("anchors"));
        let modes =
            SlugifyModes { paths, taxonomies, anchors, paths_keep_dates: fields.bool("paths_keep_dates").unwrap_or(false) };
        fields.warn_unknown("unknown-config-key");
        modes
    }
}
