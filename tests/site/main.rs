//! Whole sites in memory: a few files in, every output and every finding out.

#![allow(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    clippy::new_without_default
)]

mod bad_input;
mod bad_series;
mod corrections;
mod determinism;
mod discovery;
mod docs_pages;
mod exports;
mod feeds;
mod indicators;
mod layers;
mod lead_pictures;
mod lists;
mod long_series;
mod pages;
mod peers;
mod pictures;
mod related;
mod schedule;
mod search;
mod series;
mod slow_templates;
mod templates_page;
mod theme;
mod zola_addresses;
mod zola_assets;
mod zola_content;
mod zola_escaping;
mod zola_files;
mod zola_markdown;
mod zola_portal;
mod zola_rows;
mod zola_search;
mod zola_templates;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tinso::build::{Built, Options, build};
use tinso::diagnostic::{Diagnostic, Location, Severity};
use tinso::source::Snapshot;
use tinso::text::SitePath;

/// A site in memory, with a config and templates that show what a page holds.
#[derive(Clone)]
pub struct Site(BTreeMap<String, Vec<u8>>);

/// The config of such a site.
pub const CONFIG: &str = r#"
base_url = "https://tin.example"
title = "Tin"
default_language = "vi"
generate_feeds = true
taxonomies = [{ name = "topics" }]
[languages.en]
title = "News"
generate_feeds = true
taxonomies = [{ name = "topics" }]
[extra.tinso]
pictures = false
areas = { VN = { vi = "Cả nước", en = "Vietnam" } }
terms = { topics = [{ vi = "Viễn thông", en = "Telecoms" }] }
"#;

const HEAD: &str =
    r#"<html lang="{{ lang }}">{% for t in translations %}<link hreflang="{{ t.lang }}" href="{{ t.permalink }}">{% endfor %}"#;

impl Site {
    /// A site without any file.
    pub fn empty() -> Self {
        Self(BTreeMap::new())
    }

    /// A bilingual site with one indicator, `revenue` in billions of đồng.
    pub fn new() -> Self {
        let list = "{% for p in section.pages %}[{{ p.title }}]{% endfor %}";
        Self(BTreeMap::new())
            .file("config.toml", CONFIG)
            .file("templates/index.html", &format!("{HEAD}<h1>{{{{ section.title or config.title }}}}</h1>"))
            .file("templates/section.html", &format!("{HEAD}{list}{{% if paginator %}}{{{{ paginator.current_index }}}}/{{{{ paginator.number_pagers }}}}{{% endif %}}"))
            .file(
                "templates/page.html",
                &format!("{HEAD}<h1>{{{{ page.title }}}}</h1>{{{{ page.content | safe }}}}{{% for m in page.metrics %}}<i>{{{{ m.text }}}}</i>{{% endfor %}}"),
            )
            .file(
                "templates/indicator.html",
                concat!(
                    r#"<html lang="{{ lang }}"><b>{% if page.indicator.latest %}{{ page.indicator.latest.text }}{% endif %}</b><u>{% if page.indicator.latest and page.indicator.latest.change %}{{ page.indicator.latest.change.text }}{% endif %}</u>"#,
                    "{% for c in page.indicator.charts %}{{ c.figure | safe }}{% endfor %}",
                    "{% for r in page.indicator.rows %}<tr>{{ r.period }}|{{ r.text }}|{{ r.superseded }}|{{ r.article.title }}</tr>{% endfor %}"
                ),
            )
            .file("templates/taxonomy_list.html", &format!("{HEAD}{{% for t in terms %}}{{{{ t.name }}}}{{% endfor %}}"))
            .file("templates/taxonomy_single.html", &format!("{HEAD}{{{{ term.name }}}}{{% for p in term.pages %}}[{{{{ p.title }}}}]{{% endfor %}}"))
            .file("content/indicators/_index.md", "+++\ntitle = \"Chỉ số\"\npage_template = \"indicator.html\"\nsort_by = \"title\"\n+++\n")
            .file("content/indicators/_index.en.md", "+++\ntitle = \"Indicators\"\npage_template = \"indicator.html\"\n+++\n")
            .file("content/indicators/revenue.md", &indicator("Doanh thu", "tỷ đồng", "min = 0\nmax = 100000\n"))
            .file("content/indicators/revenue.en.md", "+++\ntitle = \"Revenue\"\n[extra.indicator]\nunit_label = \"billion VND\"\n+++\n")
            .file("content/news/_index.md", "+++\ntitle = \"Tin tức\"\nsort_by = \"date\"\n+++\n")
            .file("content/news/_index.en.md", "+++\ntitle = \"News\"\nsort_by = \"date\"\n+++\n")
    }

    /// A site with nothing but a config of these lines, and templates that show the content alone.
    pub fn bare(config: &str) -> Self {
        Self(BTreeMap::new())
            .file("config.toml", &format!("base_url = \"https://tin.example\"\n{config}"))
            .file("templates/index.html", "{{ section.content | safe }}")
            .file("templates/section.html", "{{ section.content | safe }}")
            .file("templates/page.html", "{{ page.content | safe }}")
    }

    /// Adds or replaces a file.
    pub fn file(mut self, path: &str, text: &str) -> Self {
        self.0.insert(path.to_owned(), text.as_bytes().to_vec());
        self
    }

    /// Adds the files of the theme that tinso carries.
    pub fn with_theme(mut self) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut folders: Vec<PathBuf> = vec![root.join("themes/tinso-news")];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(root).unwrap().to_str().unwrap();
                    self = self.bytes(name, &fs::read(&path).unwrap());
                }
            }
        }
        self
    }

    /// Adds a file of any bytes.
    pub fn bytes(mut self, path: &str, bytes: &[u8]) -> Self {
        self.0.insert(path.to_owned(), bytes.to_vec());
        self
    }

    /// Takes a file away.
    pub fn without(mut self, path: &str) -> Self {
        self.0.remove(path);
        self
    }

    /// Adds an article of a day with metrics, and its translation.
    pub fn article(self, slug: &str, date: &str, metrics: &str, body: &str) -> Self {
        self.file(
            &format!("content/news/{slug}.md"),
            &format!("+++\ntitle = \"{slug} vi\"\ndate = {date}\n{metrics}\n+++\n{body}\n"),
        )
        .file(&format!("content/news/{slug}.en.md"), &format!("+++\ntitle = \"{slug} en\"\ndate = {date}\n+++\n{body}\n"))
    }

    /// The text of a file of it.
    pub fn text(&self, path: &str) -> String {
        String::from_utf8(self.0[path].clone()).unwrap()
    }

    /// Its files, for other ways of building it.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot::new(self.0.iter().map(|(path, bytes)| (SitePath::new(path), Arc::from(bytes.as_slice()))))
    }

    /// Builds it.
    pub fn build(&self) -> Outcome {
        Outcome(build(&self.snapshot(), &Options { config: "config.toml".into(), ..Options::default() }))
    }
}

/// An indicator's front matter.
pub fn indicator(title: &str, unit_label: &str, more: &str) -> String {
    format!(
        "+++\ntitle = \"{title}\"\n[extra.indicator]\nunit = \"VND\"\nunit_mult = 9\nunit_label = \"{unit_label}\"\ndecimals = 1\nmeasure = \"flow\"\nref_area = \"VN\"\n{more}+++\n"
    )
}

/// One metric of `revenue`.
pub fn revenue(period: &str, value: &str) -> String {
    format!("[[extra.metrics]]\nindicator = \"revenue\"\ntime_period = \"{period}\"\nvalue = {value}\n")
}

/// What a build gave, with ways to look at it.
pub struct Outcome(pub Built);

impl Outcome {
    /// An output's text.
    pub fn text(&self, path: &str) -> &str {
        let bytes = self
            .0
            .outputs
            .get(path)
            .unwrap_or_else(|| panic!("no {path} among {:#?}", self.0.outputs.keys().collect::<Vec<_>>()));
        std::str::from_utf8(bytes).unwrap()
    }

    /// An output's bytes.
    pub fn bytes(&self, path: &str) -> &[u8] {
        &self.0.outputs[&SitePath::new(path)]
    }

    /// Whether an output exists.
    pub fn has(&self, path: &str) -> bool {
        self.0.outputs.contains_key(path)
    }

    /// Fails unless nothing at all was found.
    pub fn clean(self) -> Self {
        assert!(self.0.diagnostics.is_empty(), "{:#?}", self.findings());
        self
    }

    /// Every finding as `file:line:column code: message`.
    pub fn findings(&self) -> Vec<String> {
        self.0.diagnostics.iter().map(|d| format!("{} {}: {}", place(d), d.code, d.message)).collect()
    }

    /// The one finding of a code; it has help, and points at `at` (`file:line:column`).
    pub fn finds(&self, code: &str, severity: Severity, at: &str) -> &Diagnostic {
        let found: Vec<&Diagnostic> = self.0.diagnostics.iter().filter(|d| d.code == code).collect();
        assert_eq!(found.len(), 1, "findings `{code}` among {:#?}", self.findings());
        assert_eq!(found[0].severity, severity);
        assert_eq!(place(found[0]), at, "{}", found[0].message);
        assert!(found[0].help.as_deref().is_some_and(|help| !help.is_empty()), "{code} has no advice");
        found[0]
    }
}

fn place(diagnostic: &Diagnostic) -> String {
    match &diagnostic.location {
        Location::Place(place) => {
            let (line, column) = place.line_column();
            format!("{}:{line}:{column}", place.source.path)
        }
        Location::File(path) => path.to_string(),
        Location::Site => String::new(),
    }
}
