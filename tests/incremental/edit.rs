//! What a writer, a designer or the world does to a site between two builds.

use tinso::build::Mode;

use crate::chance::Chance;
use crate::parts;
use crate::site::{self, Kind};
use crate::state::State;

/// One edit: what kind, and the chance that decides the rest.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Edit {
    pub kind: Change,
    pub seed: u64,
}

/// Names every kind of edit, with how often it comes.
macro_rules! changes {
    ($($name:ident $often:literal)*) => {
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
        pub enum Change { $($name),* }
        pub const CHANGES: &[(Change, usize)] = &[$((Change::$name, $often)),*];
    };
}

changes! {
    Nothing 2
    Body 10 Title 8 Date 5 Weight 3 Slug 3 Terms 6 Draft 3 Note 3 Schedule 5 Updated 1 Authors 1 Alias 2 OwnTemplate 2 Render 1
    DeletePage 4 AddPage 5 RenamePage 3 MovePage 3 CopyPage 2 SwapPages 2 AddTranslation 3 RemoveTranslation 3
    SectionKey 6 SectionTitle 3 SectionBody 2 DeleteSection 2 AddSection 2 HomePage 2
    Asset 2 AddAsset 1
    Snippet 2 TemplateBody 5 TemplateWords 3 AddInclude 2 RemoveInclude 2 Include 3 BreakTemplate 3 FailTemplate 2 OverrideTemplate 3
    DeleteTemplate 3 UnusedTemplate 1 Component 3 BreakComponent 1 BaseTemplate 3 BuiltIn 2
    ConfigTitle 3 ConfigTaxonomies 3 ConfigLanguage 3 ConfigTheme 2 ConfigExtra 3 ConfigCode 2 ConfigFeeds 3 ConfigAddress 2
    ConfigMarkdown 3 ConfigSearch 2 ConfigSlugs 2 ConfigSass 1 ConfigMinify 1 ConfigPairs 1 ConfigAreas 1 AreasFile 3 ConfigLinks 1
    ConfigFeedLimit 2 ConfigRawHtml 1 ConfigIgnored 2 BreakConfig 2 ThemeExtra 2 ThemeTemplate 2 ThemeFile 1
    Data 5 DeleteData 2 BreakData 2 ShadowData 1 Web 2 Static 3 AddStatic 2 DeleteStatic 2 StaticOnPage 1
    Image 3 BreakImage 1 DeleteImage 1 LeadImage 4
    Sass 2 SassPart 2 BreakSass 2 AddSass 1 Text 4 RemoveText 2 DeleteTexts 1
    Unit 3 Definition 3 IndicatorTitle 2 MetricValue 4 MetricPeriod 2 MetricQualifier 2 AddMetric 3 RemoveMetric 2
    DeleteIndicator 1
    BreakFrontMatter 4 WrongType 2 NotUtf8 3 ByteOrderMark 1 Mend 6 Revert 8
    Clock 5 Drafts 3 BaseUrl 3 Minify 2 Purpose 3 Threads 3
}

/// The kinds that leave something broken.
pub const BREAKING: &[Change] = &[
    Change::BreakTemplate,
    Change::FailTemplate,
    Change::BreakComponent,
    Change::BreakConfig,
    Change::BreakData,
    Change::BreakImage,
    Change::BreakSass,
    Change::BreakFrontMatter,
    Change::WrongType,
    Change::NotUtf8,
    Change::StaticOnPage,
    Change::DeleteData,
    Change::DeleteImage,
];

impl Edit {
    pub fn by_chance(chance: &mut Chance) -> Self {
        let mut at = chance.below(CHANGES.iter().map(|(_, often)| often).sum());
        let kind = CHANGES.iter().find(|(_, often)| match at.checked_sub(*often) {
            Some(rest) => {
                at = rest;
                false
            }
            None => true,
        });
        Self { kind: kind.unwrap().0, seed: chance.next() }
    }

    /// Does it; `past` holds the states of the builds before.
    pub fn apply(self, state: &mut State, site: Kind, past: &[State]) {
        let mut chance = Chance::new(self.seed);
        // Nothing to do where what it would change is not there.
        let _ = Editor { state, site, chance: &mut chance, past }.apply(self.kind);
    }
}

struct Editor<'a> {
    state: &'a mut State,
    site: Kind,
    chance: &'a mut Chance,
    past: &'a [State],
}

impl Editor<'_> {
    fn apply(&mut self, kind: Change) -> Option<()> {
        use Change::*;
        match kind {
            Nothing => {}
            Body => {
                let path = self.page()?;
                let (few, kind) = (self.chance.below(4) + 1, self.kind_of(&path));
                let body = site::body(few, kind, self.chance);
                self.change(&path, |text| format!("{}{body}", front(text)));
            }
            Title => {
                let (path, title) = (self.page()?, format!("\"Title {}\"", self.chance.below(1000)));
                self.key(&path, "title", Some(&title));
            }
            Date => {
                let (path, date) = (self.page()?, site::date(self.chance));
                let date = self.chance.percent(85).then_some(date);
                self.key(&path, "date", date.as_deref());
            }
            Updated => {
                let (path, date) = (self.page()?, site::date(self.chance));
                self.key(&path, "updated", Some(&date));
            }
            Weight => {
                let (path, weight) = (self.page()?, self.chance.below(6).to_string());
                let weight = self.chance.percent(85).then_some(weight);
                self.key(&path, "weight", weight.as_deref());
            }
            Slug => {
                let (path, slug) = (self.page()?, format!("\"slug-{}\"", self.chance.below(4)));
                let slug = self.chance.percent(60).then_some(slug);
                self.key(&path, "slug", slug.as_deref());
            }
            Terms => {
                let (path, terms) = (self.page()?, site::terms(self.chance));
                self.line(&path, "topics", &terms);
            }
            Draft => {
                let path = self.page()?;
                let value = if self.state.text(&path).contains("\ndraft = true") { None } else { Some("true") };
                self.key(&path, "draft", value);
            }
            Render => {
                let path = self.page()?;
                let value = if self.state.text(&path).contains("\nrender = false") { None } else { Some("false") };
                self.key(&path, "render", value);
            }
            Note => {
                let (path, note) = (self.any_content()?, format!("\"note {}\"", self.chance.below(100)));
                self.line(&path, "note", &note);
            }
            Schedule => {
                let (path, key) = (self.page()?, *self.chance.pick(&["publish_at", "expires_at"]));
                let moment = jiff::Timestamp::from_second(self.state.now + self.chance.below(240_000) as i64 - 80_000).ok()?;
                let line = if self.chance.percent(75) { format!("[extra]\n{key} = {moment}\n") } else { "[extra]\n".to_owned() };
                self.change(&path, |text| {
                    let lines = text.split_inclusive('\n');
                    let kept: String = lines.filter(|line| !line.contains("_at = ")).collect();
                    kept.replacen("[extra]\n", &line, 1)
                });
            }
            Authors => {
                let path = self.page()?;
                let authors = *self.chance.pick(&["[\"Ann\"]", "[\"Bob\", \"Eve\"]", "[]"]);
                self.key(&path, "authors", Some(authors));
            }
            Alias => {
                let path = self.page()?;
                let alias = format!("[\"old-{}\"]", self.chance.below(3));
                let alias = self.chance.percent(70).then_some(alias);
                self.key(&path, "aliases", alias.as_deref());
            }
            OwnTemplate => {
                let path = self.page()?;
                let name =
                    *self.chance.pick(&[Some("\"special.html\""), Some("\"unused.html\""), None, Some("\"missing.html\"")]);
                self.key(&path, "template", name);
            }
            DeletePage => {
                let path = self.page()?;
                self.state.files.remove(&path);
            }
            AddPage => {
                let folder = *self.chance.pick(&["news", "news", "news/deep", "docs", "new"]);
                let name = *self.chance.pick(&["a", "b", "c", "d", "e", "f", "h", "i"]);
                let kind = if folder == "news" { self.site } else { Kind::Plain };
                let text = site::article(name, kind, self.chance);
                self.state.write(&format!("content/{folder}/{name}.md"), text);
            }
            RenamePage => {
                let path = self.page()?;
                let (folder, _) = path.rsplit_once('/')?;
                let name = *self.chance.pick(&["a", "b", "c", "renamed", "2019-02-03-dated", "index"]);
                self.rename(&path, &format!("{folder}/{name}{}", ending(&path)));
            }
            MovePage => {
                let path = self.page()?;
                let (_, name) = path.rsplit_once('/')?;
                let folder = *self.chance.pick(&["content/news", "content/news/deep", "content/docs", "content"]);
                self.rename(&path, &format!("{folder}/{name}"));
            }
            CopyPage => {
                let path = self.page()?;
                let copy = path.replace(&ending(&path), &format!("-copy{}", ending(&path)));
                let bytes = self.state.files.get(&path)?.clone();
                self.state.write(&copy, bytes);
            }
            SwapPages => {
                let (one, other) = (self.page()?, self.page()?);
                let (first, second) = (self.state.files.get(&one)?.clone(), self.state.files.get(&other)?.clone());
                self.state.write(&one, second);
                self.state.write(&other, first);
            }
            AddTranslation => {
                let path = self.one(|path| is_page(path) && ending(path) == ".md")?;
                let lang = *self.chance.pick(&["en", "fr", "vi"]);
                let text = site::article("translated", Kind::Plain, self.chance);
                self.state.write(&path.replace(".md", &format!(".{lang}.md")), text);
            }
            RemoveTranslation => {
                let path = self.one(|path| is_page(path) && ending(path) != ".md")?;
                self.state.files.remove(&path);
            }
            SectionKey => {
                let path = self.section()?;
                let (key, value) = *self.chance.pick(&[
                    ("sort_by", Some("\"date\"")),
                    ("sort_by", Some("\"title\"")),
                    ("sort_by", Some("\"weight\"")),
                    ("sort_by", Some("\"slug\"")),
                    ("sort_by", None),
                    ("paginate_by", Some("1")),
                    ("paginate_by", Some("2")),
                    ("paginate_by", None),
                    ("paginate_reversed", Some("true")),
                    ("paginate_path", Some("\"p\"")),
                    ("transparent", Some("true")),
                    ("transparent", None),
                    ("page_template", Some("\"special.html\"")),
                    ("page_template", None),
                    ("template", Some("\"page.html\"")),
                    ("template", None),
                    ("generate_feeds", Some("true")),
                    ("generate_feeds", None),
                    ("draft", Some("true")),
                    ("draft", None),
                    ("render", Some("false")),
                    ("render", None),
                    ("redirect_to", Some("\"@/news/a.md\"")),
                    ("redirect_to", Some("\"https://else.example/\"")),
                    ("redirect_to", None),
                    ("insert_anchor_links", Some("\"right\"")),
                    ("insert_anchor_links", None),
                    ("in_search_index", Some("false")),
                    ("weight", Some("9")),
                    ("aliases", Some("[\"old-section\"]")),
                ]);
                self.key(&path, key, value);
            }
            SectionTitle => {
                let (path, title) = (self.section()?, format!("\"Section {}\"", self.chance.below(100)));
                self.key(&path, "title", Some(&title));
            }
            SectionBody => {
                let path = self.section()?;
                let body = site::body(1, Kind::Plain, self.chance);
                self.change(&path, |text| format!("{}{body}", front(text)));
            }
            DeleteSection => {
                let path = self.section()?;
                self.state.files.remove(&path);
            }
            AddSection => {
                let folder = *self.chance.pick(&["news/deep", "docs", "new", "lost"]);
                let text = site::section("Added", self.chance);
                self.state.write(&format!("content/{folder}/_index.md"), text);
            }
            HomePage => {
                let end = *self.chance.pick(&[".md", ".en.md", ".fr.md"]);
                let path = format!("content/_index{end}");
                if self.state.files.remove(&path).is_none() {
                    let text = site::section("Home", self.chance);
                    self.state.write(&path, text);
                }
            }
            Asset => {
                let path = self.one(|path| path.starts_with("content/") && path.ends_with(".txt"))?;
                let text = format!("beside {}\n", self.chance.below(100));
                self.state.write(&path, text);
            }
            AddAsset => {
                let path = *self.chance.pick(&["content/docs/x/more.txt", "content/docs/list.csv", "content/news/b/c.txt"]);
                if self.state.files.remove(path).is_none() {
                    self.state.write(path, "a,b\n");
                }
            }
            TemplateBody => {
                let path = self.template()?;
                let name = path.rsplit('/').next()?.trim_end_matches(".html").to_owned();
                let name = if path.contains("topics/") { "taxonomy_single".to_owned() } else { name };
                if path.contains("parts/") || ["base", "components", "404"].contains(&name.as_str()) {
                    return None;
                }
                let extends = self.chance.percent(70);
                let text = site::template(&name, self.site, extends, self.chance);
                self.state.write(&path, text);
            }
            TemplateWords => {
                let (path, words) = (self.template()?, format!("<!-- --><p>{}</p>", self.chance.below(100)));
                self.change(&path, |text| in_block(text, &words));
            }
            AddInclude => {
                let path = self.one(|path| path.ends_with(".html") && path.contains("templates/") && !path.contains("parts/"))?;
                let part = *self.chance.pick(&["parts/nav.html", "parts/foot.html"]);
                self.change(&path, |text| in_block(text, &format!("{{% include \"{part}\" %}}")));
            }
            RemoveInclude => {
                let path = self.one(|path| path.ends_with(".html") && path.contains("templates/"))?;
                self.change(&path, |text| {
                    text.replace("{% include \"parts/nav.html\" %}", "").replace("{% include \"parts/foot.html\" %}", "")
                });
            }
            Include => {
                let path = format!("templates/parts/{}.html", self.chance.pick(&["nav", "nav", "foot", "about_page"]));
                let inside = site::some(parts::ANYWHERE, 1, self.chance).replace("{% include \"parts/nav.html\" %}", "own");
                self.state.write(&path, format!("<nav>{} {inside}</nav>", self.chance.below(100)));
            }
            BreakTemplate => {
                let path = self.template()?;
                let wrong =
                    *self.chance.pick(&["{% if %}", "{{ 1 | nofilter }}", "{% include \"none.html\" %}", "{{ <none /> }}"]);
                self.spoil(&path, |text| in_block(text, wrong));
            }
            FailTemplate => {
                let path = self.template()?;
                let wrong = *self.chance.pick(&[
                    "{{ page.no.such.thing }}",
                    "{{ throw(message='stop') }}",
                    "{% if page and page.slug == 'a' %}{{ no_such }}{% endif %}",
                    "{{ get_page(path='no/such.md') | get(key='title') }}",
                    "{% if lang == 'en' %}{{ 1 / 0 }}{% endif %}",
                ]);
                self.spoil(&path, |text| in_block(text, wrong));
            }
            OverrideTemplate => {
                let name = *self.chance.pick(&["index", "section", "page", "taxonomy_list", "taxonomy_single"]);
                let path = format!("templates/{name}.html");
                let text = if self.chance.percent(30) && self.state.files.contains_key(&format!("themes/t/{path}")) {
                    format!("{{% extends \"t/templates/{name}.html\" %}}{{% block main %}}own {{{{ lang }}}}{{% endblock %}}")
                } else {
                    site::template(name, self.site, true, self.chance)
                };
                self.state.write(&path, text);
            }
            DeleteTemplate => {
                let path = self.template()?;
                self.state.good.entry(path.clone()).or_insert_with(|| self.state.files.get(&path).cloned());
                self.state.files.remove(&path);
            }
            Snippet => {
                let name = *self.chance.pick(&["anchor-link.html", "summary-cutoff.html"]);
                let path = format!("templates/{name}");
                if self.state.files.remove(&path).is_none() {
                    let text = format!(
                        "<i class=\"own{}\">{{{{ lang | default(value='') }}}} {{{{ id | default(value='') }}}}</i>",
                        self.chance.below(10)
                    );
                    self.state.write(&path, text);
                }
            }
            UnusedTemplate => {
                let text = format!("never {}", self.chance.below(100));
                self.state.write("templates/unused.html", text);
            }
            Component => {
                let path = self.one(|path| path.ends_with("components.html"))?;
                let tag = *self.chance.pick(&["em", "strong", "mark"]);
                self.change(&path, |text| text.replace("<mark>{{ text }}</mark>", &format!("<{tag}>{{{{ text }}}}!</{tag}>")));
                if self.chance.percent(30) {
                    let more = "{% component badge(text: string) %}<u>{{ text }} {{ trans(key='hello', name='x') }}</u>{% endcomponent badge %}";
                    self.state.write("templates/own_components.html", more);
                }
            }
            BreakComponent => {
                let path = self.one(|path| path.ends_with("components.html"))?;
                self.spoil(&path, |text| text.replace("badge", "badger"));
            }
            BaseTemplate => {
                let path = self.one(|path| path.ends_with("templates/base.html"))?;
                let part = site::some(parts::ANYWHERE, 1, self.chance).replace("{% include \"parts/nav.html\" %}", "own");
                self.change(&path, |text| text.replace("{% block main %}", &format!("{part}{{% block main %}}")));
            }
            BuiltIn => {
                let name = *self.chance.pick(&[
                    "404.html",
                    "robots.txt",
                    "atom.xml",
                    "sitemap.xml",
                    "internal/alias.html",
                    "topics/single.html",
                    "topics/list.html",
                ]);
                let path = format!("templates/{name}");
                if self.state.files.remove(&path).is_none() {
                    let text = format!(
                        "own {} {{{{ lang }}}} {}",
                        self.chance.below(10),
                        "{% for p in pages | default(value=[]) %}{{ p.title | default(value='') }}{% endfor %}{% for e in entries | default(value=[]) %}{{ e.permalink }} {{ e.updated | default(value='') }}{% endfor %}"
                    );
                    self.state.write(&path, text);
                }
            }
            ConfigTitle => {
                let value = format!("\"Tin {}\"", self.chance.below(100));
                let key = *self.chance.pick(&["title", "description", "author"]);
                self.key("config.toml", key, Some(&value));
            }
            ConfigTaxonomies => {
                let value = *self.chance.pick(&[
                    "[{ name = \"topics\" }, { name = \"authors\" }]",
                    "[{ name = \"topics\", paginate_by = 1 }]",
                    "[{ name = \"topics\", feed = true }, { name = \"more\" }]",
                    "[{ name = \"topics\", render = false }]",
                    "[{ name = \"authors\" }]",
                ]);
                self.key("config.toml", "taxonomies", Some(value));
            }
            ConfigLanguage => {
                let lang = *self.chance.pick(&["en", "fr", "fr", "vi"]);
                let there = self.state.text("config.toml").contains(&format!("[languages.{lang}]"));
                let lines = format!(
                    "title = \"Tin {lang} {}\"\ntaxonomies = [{{ name = \"topics\" }}]\ngenerate_feeds = true\n",
                    self.chance.below(10)
                );
                let lines = (!there || self.chance.percent(60)).then_some(lines);
                self.table(&format!("[languages.{lang}]"), lines.as_deref());
            }
            ConfigTheme => {
                let theme = *self.chance.pick(&[Some("\"t\""), Some("\"t\""), None, Some("\"missing\"")]);
                self.key("config.toml", "theme", theme);
            }
            ConfigExtra => {
                let value = self.chance.below(100).to_string();
                if self.chance.percent(50) {
                    self.line("config.toml", "show", &value);
                } else {
                    self.line("config.toml", "both", &format!("{{ a = {value}, c = 1 }}"));
                }
            }
            ConfigCode => {
                let lines = *self.chance.pick(&[
                    Some("theme = \"github-light\"\n"),
                    Some("theme = \"nord\"\nstyle = \"class\"\n"),
                    Some("theme = \"nord\"\ndata_attr_position = \"pre\"\n"),
                    Some("theme = \"nord\"\nerror_on_missing_language = true\n"),
                    Some("theme = \"no-such-theme\"\n"),
                    None,
                ]);
                self.table("[markdown.highlighting]", lines);
            }
            ConfigFeeds => {
                let (key, value) = *self.chance.pick(&[
                    ("generate_feeds", "true"),
                    ("generate_feeds", "false"),
                    ("feed_filenames", "[\"rss.xml\"]"),
                    ("feed_filenames", "[\"atom.xml\", \"rss.xml\"]"),
                    ("generate_sitemap", "false"),
                    ("generate_sitemap", "true"),
                    ("generate_robots_txt", "false"),
                    ("exclude_paginated_pages_in_sitemap", "\"all\""),
                ]);
                self.key("config.toml", key, Some(value));
            }
            ConfigFeedLimit => {
                let value = (self.chance.below(5) + 1).to_string();
                self.key("config.toml", "feed_limit", Some(&value));
            }
            ConfigAddress => {
                let value =
                    *self.chance.pick(&["\"https://tin.example\"", "\"https://other.example/deep/\"", "\"http://tin.example\""]);
                self.key("config.toml", "base_url", Some(value));
            }
            ConfigMarkdown => {
                let key = *self.chance.pick(&[
                    "smart_punctuation",
                    "render_emoji",
                    "definition_list",
                    "bottom_footnotes",
                    "github_alerts",
                    "external_links_target_blank",
                ]);
                let value = self.chance.percent(50).to_string();
                if self.state.text("config.toml").contains(&format!("\n{key} = ")) {
                    self.line("config.toml", key, &value);
                } else {
                    self.change("config.toml", |text| text.replace("[markdown]\n", &format!("[markdown]\n{key} = {value}\n")));
                }
            }
            ConfigSearch => {
                if self.chance.percent(50) {
                    let value = self.chance.percent(70).to_string();
                    self.key("config.toml", "build_search_index", Some(&value));
                } else {
                    let lines = *self.chance.pick(&[
                        "index_format = \"fuse_json\"\ninclude_path = true\n",
                        "index_format = \"elasticlunr_javascript\"\n",
                        "truncate_content_length = 10\n",
                    ]);
                    self.table("[search]", Some(lines));
                }
            }
            ConfigSlugs => {
                let value = *self.chance.pick(&[
                    "paths = \"on\"\n",
                    "paths = \"safe\"\ntaxonomies = \"safe\"\n",
                    "anchors = \"off\"\n",
                    "paths_keep_dates = true\n",
                ]);
                self.table("[slugify]", Some(value));
            }
            ConfigSass => {
                let value = self.chance.percent(50).to_string();
                self.key("config.toml", "compile_sass", Some(&value));
            }
            ConfigMinify => {
                let value = self.chance.percent(50).to_string();
                self.key("config.toml", "minify_html", Some(&value));
            }
            ConfigPairs => {
                let value = *self.chance.pick(&[
                    "{ topics = [{ vi = \"Alpha\", en = \"Beta\" }] }",
                    "{ topics = [{ vi = \"Viễn thông\", en = \"Alpha\" }, { vi = \"Beta\", en = \"gamma ray\" }] }",
                ]);
                self.line("config.toml", "terms", value);
            }
            ConfigAreas => {
                let value = format!(
                    "{{ VN = {{ vi = \"Nước {}\", en = \"Country\" }}, VN-26 = {{ vi = \"Huế\", en = \"Hue\" }} }}",
                    self.chance.below(10)
                );
                self.line("config.toml", "areas", &value);
            }
            ConfigLinks => {
                let level = *self.chance.pick(&[
                    "internal_level = \"error\"\n",
                    "internal_level = \"warn\"\n",
                    "skip_prefixes = [\"https://else.example\"]\n",
                ]);
                self.table("[link_checker]", Some(level));
            }
            ConfigRawHtml => {
                let value = self.chance.percent(50);
                self.change("config.toml", |text| {
                    let text = text.replace("raw_html = true\n", "");
                    if value { text.replace("[extra.tinso]\n", "[extra.tinso]\nraw_html = true\n") } else { text }
                });
            }
            ConfigIgnored => {
                let (key, value) = *self.chance.pick(&[
                    ("ignored_content", Some("[\"*/b.md\"]")),
                    ("ignored_content", None),
                    ("skip_content_templating", Some("[\"news/*\"]")),
                    ("skip_content_templating", None),
                    ("ignored_static", Some("[\"*.csv\"]")),
                    ("taxonomy_root", Some("\"by\"")),
                    ("taxonomy_root", None),
                    ("hard_link_static", Some("true")),
                ]);
                self.key("config.toml", key, value);
            }
            BreakConfig => {
                let wrong = *self.chance.pick(&[
                    "broken = = 1\n",
                    "no_such_key = 1\n",
                    "generate_feeds = \"yes\"\n",
                    "default_language = \"?\"\n",
                ]);
                self.spoil("config.toml", |text| format!("{wrong}{text}"));
            }
            ThemeExtra => {
                let value = format!("\"themed {}\"", self.chance.below(100));
                self.line("themes/t/theme.toml", "themed", &value);
            }
            ThemeTemplate => {
                let path = self.one(|path| path.starts_with("themes/t/templates/"))?;
                let words = format!("<p>theme {}</p>", self.chance.below(100));
                self.change(&path, |text| in_block(text, &words));
            }
            ThemeFile => {
                let path = self.one(|path| path.starts_with("themes/t/static/"))?;
                let text = format!("theme {}\n", self.chance.below(100));
                self.state.write(&path, text);
            }
            Data => {
                let text = format!("{{\"usd\": {}, \"list\": [1]}}", self.chance.below(90000));
                self.state.around.insert("data/rates.json".to_owned(), text.into_bytes());
            }
            AreasFile => {
                let name = *self.chance.pick(&["Huế", "Thừa Thiên Huế", "Phú Xuân"]);
                self.state.around.insert("data/areas.toml".to_owned(), site::areas(name).into_bytes());
            }
            DeleteData => {
                self.state.around.remove("data/rates.json");
            }
            BreakData => {
                let text = *self.chance.pick(&["{\"usd\": }", "{}", "[1]"]);
                self.state.around.insert("data/rates.json".to_owned(), text.as_bytes().to_vec());
            }
            ShadowData => {
                // Found before the file of the same name that lies elsewhere.
                let path = *self.chance.pick(&["static/data/rates.json", "content/table.csv"]);
                if self.state.files.remove(path).is_none() {
                    let text = if path.ends_with("json") { "{\"usd\": 1, \"list\": []}" } else { "a\n1\n" };
                    self.state.write(path, text);
                }
                if self.chance.percent(50) {
                    self.state.around.insert("table.csv".to_owned(), b"a\n1\n2\n3\n".to_vec());
                }
            }
            Web => {
                let answer = format!("{{\"n\": {}}}", self.chance.below(100));
                if self.chance.percent(20) {
                    self.state.web.clear();
                } else {
                    self.state.web.insert("https://data.example/a.json".to_owned(), answer);
                }
            }
            Static => {
                let path = self.one(|path| path.starts_with("static/") && !path.ends_with(".png"))?;
                let text = format!("a,b\n{},2\n", self.chance.below(100));
                self.state.write(&path, text);
            }
            AddStatic => {
                let path =
                    format!("static/{}", self.chance.pick(&["new.txt", "theme.txt", "elasticlunr.min.js", "deep/new.txt"]));
                self.state.write(&path, "new\n");
            }
            DeleteStatic => {
                let path = self.one(|path| path.starts_with("static/"))?;
                self.state.good.entry(path.clone()).or_insert_with(|| self.state.files.get(&path).cloned());
                self.state.files.remove(&path);
            }
            StaticOnPage => {
                let path = *self.chance.pick(&["static/news/a/index.html", "static/site.css", "static/sitemap.xml"]);
                self.state.good.insert(path.to_owned(), None);
                self.state.write(path, "static\n");
            }
            Image => {
                let path = self.one(|path| path.ends_with("pic.png"))?;
                let (width, height) = (self.chance.below(6) as u32 + 2, self.chance.below(6) as u32 + 2);
                let bytes = site::png(width, height, self.chance.below(9) as u8);
                self.state.write(&path, bytes);
            }
            LeadImage => {
                let path = self.page()?;
                let file = *self.chance.pick(&["/pic.png", "pic.png", "@/docs/x/pic.png", "/missing.png"]);
                let alt = *self.chance.pick(&["alt = \"a\"", "alt = { en = \"b\" }", "alt = \"-\"", "caption = \"c\""]);
                let line = format!("[extra]\nimage = {{ file = \"{file}\", {alt} }}\n");
                let line = if self.chance.percent(75) { line } else { "[extra]\n".to_owned() };
                self.change(&path, |text| {
                    let kept: String = text.split_inclusive('\n').filter(|line| !line.starts_with("image = ")).collect();
                    kept.replacen("[extra]\n", &line, 1)
                });
            }
            BreakImage => {
                let path = self.one(|path| path.ends_with("pic.png"))?;
                let half = self.state.files.get(&path)?.len() / 2;
                let keep = if self.chance.percent(50) { half } else { 3 };
                self.spoil_bytes(&path, |bytes| bytes[..keep].to_vec());
            }
            DeleteImage => {
                let path = self.one(|path| path.ends_with("pic.png"))?;
                self.state.good.entry(path.clone()).or_insert_with(|| self.state.files.get(&path).cloned());
                self.state.files.remove(&path);
            }
            Sass => {
                let path = self.one(|path| path.contains("sass/") && !path.contains("/_"))?;
                let more = format!("p {{ x: {} }}\n", self.chance.below(100));
                self.change(&path, |text| format!("{text}{more}"));
            }
            SassPart => {
                let path = self.one(|path| path.contains("sass/_"))?;
                let width = format!("{}px", self.chance.below(100));
                self.change(&path, |text| text.replace("3px", &width).replace("green", "blue"));
            }
            BreakSass => {
                let path = self.one(|path| path.contains("sass/"))?;
                let wrong = *self.chance.pick(&["a { b: $missing }\n", "@use 'missing';\n", "a {{{\n"]);
                self.spoil(&path, |text| format!("{wrong}{text}"));
            }
            AddSass => {
                let path = *self.chance.pick(&["sass/new.scss", "sass/site.sass", "sass/theme.scss"]);
                if self.state.files.remove(path).is_none() {
                    self.state.write(path, if path.ends_with("sass") { "a\n  b: c\n" } else { "new { a: b }\n" });
                }
            }
            Text => {
                let path = self.one(|path| path.contains("i18n/"))?;
                let value = format!("\"Text {} {{name}}\"", self.chance.below(100));
                let key = *self.chance.pick(&["hello", "themed"]);
                self.line(&path, key, &value);
            }
            RemoveText => {
                let path = self.one(|path| path.contains("i18n/"))?;
                let key = *self.chance.pick(&["hello", "only_default", "items"]);
                self.change(&path, |text| {
                    text.lines().filter(|line| !line.starts_with(key)).map(|line| format!("{line}\n")).collect()
                });
            }
            DeleteTexts => {
                let path = self.one(|path| path.contains("i18n/"))?;
                self.state.good.entry(path.clone()).or_insert_with(|| self.state.files.get(&path).cloned());
                self.state.files.remove(&path);
            }
            Unit => {
                let (path, unit) = (self.indicator()?, format!("\"unit {}\"", self.chance.below(100)));
                self.line(&path, "unit_label", &unit);
            }
            Definition => {
                let path = self.indicator()?;
                let (key, value) = *self.chance.pick(&[
                    ("decimals", "0"),
                    ("decimals", "2"),
                    ("measure", "\"stock\""),
                    ("measure", "\"flow\""),
                    ("min", "40"),
                    ("min", "0"),
                    ("ref_area", "\"VN-26\""),
                    ("unit_mult", "6"),
                ]);
                self.line(&path, key, value);
            }
            IndicatorTitle => {
                let (path, title) = (self.indicator()?, format!("\"Indicator {}\"", self.chance.below(100)));
                self.key(&path, "title", Some(&title));
            }
            MetricValue => {
                let path = self.article()?;
                let value = *self.chance.pick(&["1", "77.7", "2105.8", "-3", "\"2.105,8\"", "99"]);
                self.line(&path, "value", value);
            }
            MetricPeriod => {
                let path = self.article()?;
                let value = *self.chance.pick(&["\"2013\"", "\"2016\"", "\"2017-Q1\"", "\"2018-02\"", "\"16\""]);
                self.line(&path, "time_period", value);
            }
            MetricQualifier => {
                let path = self.article()?;
                let word = *self.chance.pick(&["over", "under", "about", "ovr"]);
                self.change(&path, |text| {
                    let text = text
                        .lines()
                        .filter(|line| !line.starts_with("qualifier = "))
                        .map(|line| format!("{line}\n"))
                        .collect::<String>();
                    text.replacen("\nvalue = ", &format!("\nqualifier = \"{word}\"\nvalue = "), 1)
                });
            }
            AddMetric => {
                let path = self.one(|path| path.starts_with("content/news/") && ending(path) == ".md" && is_page(path))?;
                let metric = site::metric(self.chance);
                self.change(&path, |text| text.replacen("\n+++\n", &format!("\n{metric}+++\n"), 1));
            }
            RemoveMetric => {
                let path = self.article()?;
                self.change(&path, |text| match (text.find("[[extra.metrics]]"), text.rfind("\n+++\n")) {
                    (Some(start), Some(end)) if start < end => format!("{}{}", &text[..start], &text[end + 1..]),
                    _ => text.to_owned(),
                });
            }
            DeleteIndicator => {
                let path = self.one(|path| path.starts_with("content/indicators/"))?;
                self.state.good.entry(path.clone()).or_insert_with(|| self.state.files.get(&path).cloned());
                self.state.files.remove(&path);
            }
            BreakFrontMatter => {
                let path = self.any_content()?;
                let wrong = *self.chance.pick(&["+++\ntitle = \n", "no front matter", "+++\ntitle = \"a\n+++\n", "+++\nx = 1\n"]);
                self.spoil(&path, |text| text.replacen("+++\n", wrong, 1));
            }
            WrongType => {
                let path = self.any_content()?;
                let wrong = *self.chance.pick(&[
                    "title = 7",
                    "date = \"hôm qua\"",
                    "weight = -1",
                    "draft = 1",
                    "sort_by = \"datte\"",
                    "taxonomies = 3",
                ]);
                self.spoil(&path, |text| text.replacen("+++\n", &format!("+++\n{wrong}\n"), 1));
            }
            NotUtf8 => {
                let path = self.one(|path| {
                    let text = [".md", ".html", ".toml", ".scss", ".csv"].iter().any(|end| path.ends_with(end));
                    text && path != "config.toml"
                })?;
                self.spoil_bytes(&path, |bytes| [bytes, b"caf\xe9\n"].concat());
            }
            ByteOrderMark => {
                let path = self.any_content()?;
                self.spoil_bytes(&path, |bytes| [b"\xef\xbb\xbf", bytes].concat());
            }
            Mend => {
                for (path, good) in std::mem::take(&mut self.state.good) {
                    match good {
                        Some(bytes) => self.state.files.insert(path, bytes),
                        None => self.state.files.remove(&path),
                    };
                }
                self.state.around.insert("data/rates.json".to_owned(), br#"{"usd": 22000, "list": [1, 2]}"#.to_vec());
            }
            Revert => {
                if !self.past.is_empty() {
                    *self.state = self.chance.pick(self.past).clone();
                }
            }
            Clock => {
                let longest = [100_000, 100_000, 40_000_000][self.chance.below(3)];
                self.state.now += 1 + self.chance.below(longest) as i64;
            }
            Drafts => self.state.drafts = !self.state.drafts,
            BaseUrl => {
                let url = *self.chance.pick(&[None, Some("http://127.0.0.1:1111"), Some("https://tin.example/")]);
                self.state.base_url = url.map(str::to_owned);
            }
            Minify => self.state.minify = !self.state.minify,
            Purpose => self.state.mode = *self.chance.pick(&[Mode::Build, Mode::Serve, Mode::Check]),
            Threads => self.state.threads = *self.chance.pick(&[1, 4]),
        }
        Some(())
    }

    fn one(&mut self, fits: impl Fn(&str) -> bool) -> Option<String> {
        self.chance.pick_name(self.state.files.keys().map(String::as_str).filter(|path| fits(path)))
    }

    fn page(&mut self) -> Option<String> {
        self.one(is_page)
    }

    fn section(&mut self) -> Option<String> {
        self.one(|path| path.starts_with("content/") && path.contains("/_index") && !path.contains("indicators"))
    }

    fn any_content(&mut self) -> Option<String> {
        self.one(|path| path.starts_with("content/") && path.ends_with(".md"))
    }

    fn indicator(&mut self) -> Option<String> {
        self.one(|path| path.starts_with("content/indicators/") && !path.contains("_index"))
    }

    fn article(&mut self) -> Option<String> {
        let files = &self.state.files;
        let states =
            |path: &&str| files.get(*path).is_some_and(|bytes| String::from_utf8_lossy(bytes).contains("[[extra.metrics]]"));
        self.chance.pick_name(files.keys().map(String::as_str).filter(states))
    }

    fn template(&mut self) -> Option<String> {
        self.one(|path| path.starts_with("templates/") && path.ends_with(".html"))
    }

    fn kind_of(&self, path: &str) -> Kind {
        if ending(path) == ".md" && path.starts_with("content/news/") { self.site } else { Kind::Plain }
    }

    fn change(&mut self, path: &str, how: impl FnOnce(&str) -> String) {
        // A file that is not UTF-8 is left as it is; it waits to be mended.
        let Some(Ok(text)) = self.state.files.get(path).map(|bytes| std::str::from_utf8(bytes)) else { return };
        let new = how(text);
        self.state.write(path, new);
    }

    fn spoil(&mut self, path: &str, how: impl FnOnce(&str) -> String) {
        self.keep_good(path);
        self.change(path, how);
    }

    fn spoil_bytes(&mut self, path: &str, how: impl FnOnce(&[u8]) -> Vec<u8>) {
        self.keep_good(path);
        let new = how(self.state.files.get(path).map(Vec::as_slice).unwrap_or_default());
        self.state.write(path, new);
    }

    fn keep_good(&mut self, path: &str) {
        let good = self.state.files.get(path).cloned();
        self.state.good.entry(path.to_owned()).or_insert(good);
    }

    fn rename(&mut self, from: &str, to: &str) {
        if let Some(bytes) = self.state.files.remove(from) {
            self.state.write(to, bytes);
        }
    }

    fn key(&mut self, path: &str, key: &str, value: Option<&str>) {
        self.change(path, |text| with_key(text, key, value));
    }

    fn line(&mut self, path: &str, key: &str, value: &str) {
        self.change(path, |text| with_line(text, key, value));
    }

    fn table(&mut self, header: &str, lines: Option<&str>) {
        self.change("config.toml", |text| with_table(text, header, lines));
    }
}

fn is_page(path: &str) -> bool {
    path.starts_with("content/") && path.ends_with(".md") && !path.contains("/_index") && !path.starts_with("content/indicators/")
}

/// `.md` or `.LANG.md`.
fn ending(path: &str) -> String {
    let stem = path.trim_end_matches(".md");
    match stem.rsplit_once('.') {
        Some((_, lang)) if lang.len() == 2 => format!(".{lang}.md"),
        _ => ".md".to_owned(),
    }
}

/// The front matter with its marks.
fn front(text: &str) -> &str {
    text.find("\n+++\n").map_or(text, |end| &text[..end + 5])
}

/// Before the end of a template's block, where it has one: what stands outside is not shown.
fn in_block(text: &str, more: &str) -> String {
    match text.rfind("{% endblock") {
        Some(at) => format!("{}{more}{}", &text[..at], &text[at..]),
        None => format!("{text}{more}"),
    }
}

/// Sets, adds or removes a key above all tables.
fn with_key(text: &str, key: &str, value: Option<&str>) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let start = usize::from(text.starts_with("+++"));
    let end =
        lines.iter().skip(start).position(|line| line.starts_with('[') || line == "+++").map_or(lines.len(), |at| at + start);
    let at = (start..end).find(|at| lines[*at].starts_with(&format!("{key} = ")));
    match (at, value) {
        (Some(at), Some(value)) => lines[at] = format!("{key} = {value}"),
        (Some(at), None) => drop(lines.remove(at)),
        (None, Some(value)) => lines.insert(start.min(lines.len()), format!("{key} = {value}")),
        (None, None) => {}
    }
    lines.join("\n") + "\n"
}

/// Sets the first line of a key, in whatever table.
fn with_line(text: &str, key: &str, value: &str) -> String {
    let start = format!("{key} = ");
    let mut done = false;
    let line = |line: &str| {
        if line.starts_with(&start) && !std::mem::replace(&mut done, true) {
            format!("{start}{value}\n")
        } else {
            format!("{line}\n")
        }
    };
    text.lines().map(line).collect()
}

/// Sets, adds or removes a table of the config.
fn with_table(text: &str, header: &str, lines: Option<&str>) -> String {
    let mut kept = String::new();
    let mut inside = false;
    for line in text.lines() {
        if line.starts_with('[') {
            inside = line == header;
        }
        if !inside {
            kept += &format!("{line}\n");
        }
    }
    match lines {
        Some(lines) => format!("{kept}{header}\n{lines}"),
        None => kept,
    }
}
