//! Small sites by chance: a portal with indicators, or a plain site of Zola.

use crate::chance::Chance;
use crate::parts;
use crate::state::State;

/// The pages that links and calls name; others are free.
pub const ARTICLES: [&str; 6] = ["a", "b", "c", "d", "e", "f"];
pub const TERMS: [&str; 4] = ["Alpha", "Beta", "gamma ray", "Viễn thông"];
pub const INDICATORS: [&str; 2] = ["revenue", "users"];

/// What kind of site.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// With `[extra.tinso]`, indicators and metrics.
    Portal,
    /// As Zola has them.
    Plain,
}

/// A site that the seed decides.
pub fn generate(kind: Kind, chance: &mut Chance) -> State {
    let mut state = State::new();
    let langs: &[&str] = match (kind, chance.below(3)) {
        (Kind::Portal, 0) => &["vi", "en", "fr"],
        (Kind::Portal, _) => &["vi", "en"],
        (Kind::Plain, 0) => &["en"],
        (Kind::Plain, _) => &["en", "fr"],
    };
    let theme = chance.percent(60);
    config(&mut state, kind, langs, theme, chance);
    if theme {
        add_theme(&mut state, kind, chance);
    }
    templates(&mut state, kind, theme, chance);
    content(&mut state, kind, langs, chance);
    files(&mut state, langs, chance);
    state.threads = *chance.pick(&[1, 4]);
    state
}

fn config(state: &mut State, kind: Kind, langs: &[&str], theme: bool, chance: &mut Chance) {
    let taxonomies = "[{ name = \"topics\", paginate_by = 2, feed = true }, { name = \"authors\" }, { name = \"agencies\" }]";
    let few = "[{ name = \"topics\" }, { name = \"authors\" }, { name = \"agencies\" }]";
    let mut text = format!(
        "base_url = \"https://tin.example\"\ntitle = \"Tin\"\ndescription = \"News\"\ndefault_language = \"{}\"\n",
        langs[0]
    );
    let mut flag = |name: &str, often: usize| format!("{name} = {}\n", chance.percent(often));
    text += &flag("generate_feeds", 70);
    text += &flag("compile_sass", 80);
    text += &flag("minify_html", 25);
    text += &flag("build_search_index", 45);
    if theme {
        text += "theme = \"t\"\n";
    }
    text += &format!("feed_limit = {}\n", chance.below(4) + 1);
    text += chance.pick::<&str>(&["feed_filenames = [\"atom.xml\"]\n", "feed_filenames = [\"atom.xml\", \"rss.xml\"]\n"]);
    text += &format!("taxonomies = {}\n", chance.pick(&[taxonomies, few]));
    text += "[search]\n";
    text += chance.pick::<&str>(&[
        "index_format = \"fuse_json\"\n",
        "index_format = \"elasticlunr_json\"\n",
        "include_description = true\n",
    ]);
    text += "[markdown]\n";
    for key in ["smart_punctuation", "render_emoji", "definition_list", "bottom_footnotes", "github_alerts", "lazy_async_image"] {
        text += &format!("{key} = {}\n", chance.percent(40));
    }
    text += &format!("insert_anchor_links = \"{}\"\n", chance.pick(&["none", "left", "heading"]));
    if chance.percent(60) {
        text += "[markdown.highlighting]\n";
        text += chance.pick::<&str>(&[
            "theme = \"github-light\"\n",
            "theme = \"nord\"\nstyle = \"class\"\n",
            "light_theme = \"github-light\"\ndark_theme = \"nord\"\nstyle = \"class\"\n",
        ]);
    }
    text += "[slugify]\npaths = \"on\"\n[link_checker]\n";
    text += &format!("internal_level = \"{}\"\n", chance.pick(&["error", "warn", "warn", "warn"]));
    for lang in &langs[1..] {
        text += &format!("[languages.{lang}]\ntitle = \"Tin {lang}\"\ntaxonomies = {few}\n");
        text += &format!("generate_feeds = {}\nbuild_search_index = {}\n", chance.percent(50), chance.percent(30));
    }
    text += "[extra]\nshow = 3\nboth = { a = 1 }\n";
    if kind == Kind::Portal {
        text += "[extra.tinso]\nhosts = [\"data.example\"]\n";
        let search = text.contains("smart_punctuation = true");
        let archive = text.contains("render_emoji = true");
        if text.contains("definition_list = true") {
            text += chance.pick::<&str>(&["untranslated = \"list\"\n", "untranslated = \"page\"\n"]);
        }
        text += &format!("pictures = {}\nsearch = {search}\narchive = {archive}\n", chance.percent(5));
        text += chance.pick::<&str>(&["", "images = { widths = [2, 4], formats = [\"webp\"] }\n"]);
        text += if chance.percent(50) {
            "areas = \"data/areas.toml\"\n"
        } else {
            "areas = { VN = { vi = \"Cả nước\", en = \"Vietnam\" }, VN-26 = { vi = \"Huế\", en = \"Hue\" } }\n"
        };
        text += "terms = { topics = [{ vi = \"Viễn thông\", en = \"Telecoms\" }] }\n";
    }
    state.write("config.toml", text);
}

fn add_theme(state: &mut State, kind: Kind, chance: &mut Chance) {
    state.write("themes/t/theme.toml", "name = \"t\"\n[extra]\nshow = 7\nthemed = \"yes\"\nboth = { a = 5, b = 6 }\n");
    let base = "<!doctype html><html lang=\"{{ lang }}\"><body>{% block main %}theme{% endblock %}{% for t in language_links | default(value=[]) %}{{ t.permalink }}{% endfor %}{% include \"parts/foot.html\" %}</body></html>";
    state.write("themes/t/templates/base.html", base);
    state.write("themes/t/templates/parts/foot.html", "<footer>{{ config.title }} {{ config.extra.themed }}</footer>");
    state.write("themes/t/templates/parts/nav.html", "<nav>theme nav {{ trans(key='themed') }}</nav>");
    for name in ["index", "section", "page", "taxonomy_list", "taxonomy_single"] {
        state.write(&format!("themes/t/templates/{name}.html"), template(name, kind, true, chance));
    }
    state.write("themes/t/templates/components.html", COMPONENTS);
    state.write("themes/t/templates/search.html", "{{ lang }} {{ current_url }}");
    state.write("themes/t/i18n/vi.toml", "themed = \"chủ đề\"\nhello = \"Chào\"\n");
    state.write("themes/t/i18n/en.toml", "themed = \"theme\"\nhello = \"Hi\"\n");
    state.write("themes/t/sass/_tokens.scss", "$colour: green;\n");
    state.write("themes/t/sass/theme.scss", "@use 'tokens';\na { color: tokens.$colour }\n");
    state.write("themes/t/static/theme.txt", "of the theme\n");
    state.write("themes/t/static/app.js", "theme()\n");
}

pub const COMPONENTS: &str = r#"{% component badge(text: string) %}<mark>{{ text }}</mark>{% endcomponent badge %}
{% component box() %}<div>

{{ body }}

</div>{% endcomponent box %}
{% component card(page: map) %}<b>{{ page.title | default(value=page.slug) }}</b>{{ page.summary | default(value='') }}{% endcomponent card %}
{% component latest() %}{% set s = get_section(path='news/_index.md', allow_missing=true) %}{% for p in s?.pages | default(value=[]) | slice(end=2) %}<i>{{ p.title | default(value=p.slug) }}</i>{% endfor %}{% endcomponent latest %}
"#;

const ARCHIVE: &str = r#"{% extends "base.html" %}{% block main %}{{ archive.kind }}
{% if archive.years %}{% for y in archive.years %}{{ y.title }} {{ y.count }}{% for m in y.months %}{{ m.name }} {{ m.count }}{% endfor %}{% endfor %}{% endif %}
{% if archive.months %}{% for m in archive.months %}{{ m.title }}{% for p in m.pages[:1] %}{{ p.title }}{% endfor %}{% endfor %}{% endif %}
{% if archive.month %}{{ archive.month.title }}{% for p in archive.pages %}{{ p.title }} {{ p.lang }} {{ p.summary | default(value='') }}{% endfor %}{% endif %}
{% if archive.previous %}{{ archive.previous.permalink }}{% endif %}{% if archive.next %}{{ archive.next.permalink }}{% endif %}{% endblock %}"#;

fn templates(state: &mut State, kind: Kind, theme: bool, chance: &mut Chance) {
    let often = if theme { 45 } else { 100 };
    for name in ["index", "section", "page", "taxonomy_list", "taxonomy_single"] {
        if chance.percent(often) {
            let extends = chance.percent(70);
            state.write(&format!("templates/{name}.html"), template(name, kind, extends, chance));
        }
    }
    if !theme || chance.percent(20) {
        state.write(
            "templates/base.html",
            "<html lang=\"{{ lang }}\">{% block main %}{% endblock %}{% for t in language_links | default(value=[]) %}{{ t.permalink }}{% endfor %}<footer>{{ config.title }}</footer></html>",
        );
        state.write("templates/components.html", COMPONENTS);
    }
    if !theme || chance.percent(40) {
        state.write(
            "templates/parts/nav.html",
            format!("<nav>{}</nav>", some(parts::ANYWHERE, 1, chance).replace("{% include \"parts/nav.html\" %}", "")),
        );
    }
    let about = "<p>{{ page.title | default(value=page.slug) }} {{ page.content | striptags | truncate(length=30) }}</p>";
    state.write(if theme { "themes/t/templates/parts/about_page.html" } else { "templates/parts/about_page.html" }, about);
    state.write("templates/special.html", template("page", kind, false, chance));
    state.write("templates/unused.html", "never {{ config.title }}");
    if kind == Kind::Portal {
        let rest = template("page", kind, true, chance);
        let own = format!("{}{}", parts::OF_ARTICLE[chance.below(4)], parts::OF_ARTICLE[1]);
        state.write("templates/archive.html", ARCHIVE);
        state.write("templates/indicator.html", rest.replace("{% endblock %}", &format!("{own}{{% endblock %}}")));
    }
    if chance.percent(25) {
        state.write("templates/404.html", format!("lost {}", some(parts::ANYWHERE, 2, chance)));
    }
    if chance.percent(20) {
        state.write("templates/robots.txt", "{{ config.base_url }} {{ config.extra.show }}");
    }
    if chance.percent(20) {
        state.write("templates/topics/single.html", template("taxonomy_single", kind, false, chance));
    }
}

/// A template of a name's kind.
pub fn template(name: &str, kind: Kind, extends: bool, chance: &mut Chance) -> String {
    let own: &[&str] = match name {
        "index" | "section" => parts::OF_SECTION,
        "taxonomy_list" => parts::OF_LIST,
        "taxonomy_single" => parts::OF_TERM,
        _ => parts::OF_PAGE,
    };
    let few = chance.below(3) + 2;
    let mut inside = some(own, few, chance);
    if kind == Kind::Portal && name == "page" && chance.percent(60) {
        inside += &some(parts::OF_ARTICLE, 2, chance);
    }
    let hidden: &[&str] = match name {
        "index" | "section" => parts::SECTION_HIDDEN,
        "taxonomy_list" | "taxonomy_single" => parts::ANYWHERE_HIDDEN,
        _ => parts::PAGE_HIDDEN,
    };
    for (from, most) in [(hidden, 3), (parts::ANYWHERE, 3), (parts::ANYWHERE_HIDDEN, 2)] {
        let few = chance.below(most);
        inside += &some(from, few, chance);
    }
    if kind == Kind::Plain {
        // Only the config of a portal can let templates ask other machines.
        inside = inside.lines().filter(|line| !line.contains("url='https:")).map(|line| format!("{line}\n")).collect();
    }
    if extends {
        format!("{{% extends \"base.html\" %}}{{% block main %}}{inside}{{% endblock %}}")
    } else {
        format!("<html>{inside}</html>")
    }
}

/// A few parts, each on a line; the ones that need a page that may be missing are rare.
pub fn some(from: &[&str], few: usize, chance: &mut Chance) -> String {
    let mut text = String::new();
    for _ in 0..few {
        let part = *chance.pick(from);
        let needs = ["news/c.md", "site.css", "docs/x"].iter().any(|name| part.contains(name));
        if !needs || chance.percent(40) {
            text += &format!("{part}\n");
        }
    }
    text
}

fn content(state: &mut State, kind: Kind, langs: &[&str], chance: &mut Chance) {
    let suffix = |lang: &str| if lang == langs[0] { String::new() } else { format!(".{lang}") };
    for lang in langs {
        let end = suffix(lang);
        if chance.percent(60) {
            state.write(&format!("content/_index{end}.md"), section("Home", chance));
        }
        state.write(&format!("content/news/_index{end}.md"), section("News", chance));
        if chance.percent(50) {
            state.write(&format!("content/news/deep/_index{end}.md"), section("Deep", chance));
            state.write(&format!("content/news/deep/g{end}.md"), article("g", Kind::Plain, chance));
        }
        for name in ARTICLES {
            if chance.percent(if *lang == langs[0] { 94 } else { 55 }) {
                // Numbers are stated in the default language only.
                let kind = if *lang == langs[0] { kind } else { Kind::Plain };
                state.write(&format!("content/news/{name}{end}.md"), article(name, kind, chance));
            }
        }
        if chance.percent(50) {
            state.write(&format!("content/about{end}.md"), article("about", Kind::Plain, chance));
        }
        if chance.percent(if end.is_empty() { 90 } else { 40 }) {
            state.write(&format!("content/docs/x/index{end}.md"), article("x", Kind::Plain, chance));
        }
    }
    if chance.percent(70) {
        state.write("content/docs/_index.md", section("Docs", chance));
    }
    state.write("content/docs/x/beside.txt", "beside x\n");
    state.write("content/docs/x/pic.png", png(5, 4, 10));
    if chance.percent(30) {
        state.write("content/lost/orphan.md", article("orphan", Kind::Plain, chance));
    }
    if chance.percent(30) {
        state.write("content/news/yaml.md", "---\ntitle: Yaml\ndate: 2018-02-03\ntaxonomies:\n  topics: [Alpha]\n---\nYaml.\n");
    }
    if kind == Kind::Portal {
        state.write(
            "content/indicators/_index.md",
            "+++\ntitle = \"Indicators\"\npage_template = \"indicator.html\"\nsort_by = \"title\"\n+++\n",
        );
        for name in INDICATORS {
            state.write(&format!("content/indicators/{name}.md"), indicator(name, chance));
            for lang in &langs[1..] {
                let text = format!(
                    "+++\ntitle = \"{name} {lang}\"\n[extra.indicator]\nunit_label = \"billion {lang}\"\n+++\nIts text.\n"
                );
                state.write(&format!("content/indicators/{name}.{lang}.md"), text);
            }
        }
        for lang in &langs[1..] {
            state.write(
                &format!("content/indicators/_index.{lang}.md"),
                "+++\ntitle = \"Indicators\"\npage_template = \"indicator.html\"\n+++\n",
            );
        }
    }
}

fn indicator(name: &str, chance: &mut Chance) -> String {
    let measure = chance.pick(&["flow", "stock"]);
    let more = *chance.pick(&[
        "",
        "",
        "direction = \"up\"\n[[extra.indicator.target]]\ntime_period = \"2020\"\nvalue = 80\n",
        "[[extra.indicator.break]]\nat = \"2016\"\nnote = { vi = \"mới\", en = \"new\" }\n",
        "population = \"users\"\n",
        "part_of = \"revenue\"\n",
    ]);
    format!(
        "+++\ntitle = \"Chỉ số {name}\"\n[extra.indicator]\nunit = \"VND\"\nunit_mult = 9\nunit_label = \"tỷ đồng\"\ndecimals = 1\nmeasure = \"{measure}\"\nref_area = \"VN\"\nmin = 0\n{more}+++\nDefinition. {}",
        some(parts::BODY, 1, chance)
    )
}

/// A section's file.
pub fn section(title: &str, chance: &mut Chance) -> String {
    let mut text = format!("+++\ntitle = \"{title}\"\n");
    if chance.percent(75) {
        text += &format!("sort_by = \"{}\"\n", chance.pick(&["date", "date", "title", "weight", "slug", "update_date"]));
    }
    if chance.percent(40) {
        text += &format!("paginate_by = {}\n", chance.below(3) + 1);
    }
    if title == "Deep" && chance.percent(60) {
        text += "transparent = true\n";
    }
    if chance.percent(20) {
        text += "page_template = \"special.html\"\n";
    }
    if chance.percent(if title == "Home" { 5 } else { 30 }) {
        text += "generate_feeds = true\n";
    }
    if chance.percent(10) {
        text += &format!("aliases = [\"old-{title}-{}\"]\n", chance.below(100));
    }
    text += &format!("weight = {}\n[extra]\nnote = \"{title} note\"\n+++\n", chance.below(4));
    let few = chance.below(2);
    text + &body(few, Kind::Plain, chance)
}

/// A page's file.
pub fn article(name: &str, kind: Kind, chance: &mut Chance) -> String {
    let mut text = format!("+++\ntitle = \"{name} {}\"\n", chance.below(90) + 10);
    if chance.percent(90) {
        text += &format!("date = {}\n", date(chance));
    }
    if chance.percent(20) {
        text += &format!("updated = {}\n", date(chance));
    }
    if chance.percent(70) {
        text += &format!("weight = {}\n", chance.below(6));
    }
    if chance.percent(10) {
        text += &format!("slug = \"{name}-slug\"\n");
    }
    if chance.percent(12) {
        text += &format!("aliases = [\"old/{name}-{}\"]\n", chance.below(100));
    }
    if chance.percent(8) {
        text += "draft = true\n";
    }
    if chance.percent(10) {
        text += "template = \"special.html\"\n";
    }
    if chance.percent(30) {
        text += "description = \"What it is about\"\n";
    }
    if chance.percent(20) {
        text += "authors = [\"Ann\", \"Bob\"]\n";
    }
    text += &format!("[taxonomies]\ntopics = {}\n", terms(chance));
    text += &format!("[extra]\nnote = \"{name} note\"\n");
    if chance.percent(15) {
        text += "picture = \"pic.png\"\n";
    }
    if chance.percent(20) {
        text += "image = { file = \"/pic.png\", alt = \"words\", caption = { vi = \"Chú thích\", en = \"Caption\" } }\n";
    }
    if kind == Kind::Portal && ["a", "b", "e"].contains(&name) {
        text += "[extra.source]\nname = \"Agency\"\n";
    }
    let few = chance.below(4) + 1;
    let mut body = body(few, kind, chance);
    if ["a", "b"].contains(&name) && chance.percent(90) && !body.contains("{#part}") {
        body = format!("## Part {{#part}}\n\n{body}");
    }
    if kind == Kind::Portal {
        let mut metrics: Vec<String> = (0..chance.below(3)).map(|_| metric(chance)).collect();
        let calls = INDICATORS.iter().filter(|name| body.contains(&format!("indicator=\"{name}\""))).count();
        if calls > 0 && chance.percent(90) {
            metrics = INDICATORS.iter().map(|name| stated(name, "2016", chance)).collect();
        }
        text += &metrics.concat();
    }
    format!("{text}+++\n{body}")
}

/// A few paragraphs; the rare ones that stop a page stand in few.
pub fn body(few: usize, kind: Kind, chance: &mut Chance) -> String {
    let mut text = String::new();
    for _ in 0..few {
        let numbers = kind == Kind::Portal && chance.percent(25);
        let part = *chance.pick(if numbers { parts::NUMBERS } else { parts::BODY });
        let rare = part.contains("nothing") || part.contains("news/d.md");
        if !rare || chance.percent(8) {
            text += &format!("{part}\n\n");
        }
    }
    text
}

pub fn date(chance: &mut Chance) -> String {
    format!("{}-0{}-1{}", 2015 + chance.below(4), chance.below(9) + 1, chance.below(10))
}

pub fn terms(chance: &mut Chance) -> String {
    let few = chance.below(3);
    let names: Vec<String> = (0..few).map(|_| format!("\"{}\"", chance.pick(&TERMS))).collect();
    format!("[{}]", names.join(", "))
}

pub fn metric(chance: &mut Chance) -> String {
    let (indicator, period) = (*chance.pick(&INDICATORS), *chance.pick(&["2014", "2015", "2016", "2016", "2017", "2016-Q3"]));
    let text = stated(indicator, period, chance);
    text + *chance.pick(&[
        "",
        "",
        "",
        "qualifier = \"over\"\n",
        "kind = \"target\"\n",
        "ref_area = \"VN-26\"\n",
        "obs_status = \"B\"\n",
        "revision = { type = \"revision\", note = { vi = \"mới\", en = \"new\" } }\n",
        "breakdown = { sex = \"F\" }\n",
        "ci = { low = 0, high = 1000, level = 95 }\n",
        "unit_mult = 8\n",
        "change = { value = 3, basis = \"previous_period\" }\n",
    ])
}

fn stated(indicator: &str, period: &str, chance: &mut Chance) -> String {
    let value = format!("{}.{}", chance.below(90) + 1, chance.below(10));
    format!("[[extra.metrics]]\nindicator = \"{indicator}\"\ntime_period = \"{period}\"\nvalue = {value}\n")
}

fn files(state: &mut State, langs: &[&str], chance: &mut Chance) {
    for lang in langs {
        let only = if *lang == langs[0] { "only_default = \"only here\"\n" } else { "" };
        state.write(&format!("i18n/{lang}.toml"), format!("hello = \"Hello {lang} {{name}}\"\nitems = {{ one = \"{{n}} item\", other = \"{{n}} items\" }}\nthemed = \"{lang}\"\n{only}"));
    }
    state.write("sass/_part.scss", "$width: 3px;\n@mixin m { margin: $width }\n");
    state.write("sass/site.scss", "@use 'part';\nbody { @include part.m }\n");
    state.write("sass/other.scss", "p { b { c: d } }\n");
    state.write("static/app.js", "run()\n");
    state.write("static/pic.png", png(6, 5, 1));
    state.write("static/deep/plain.txt", "plain\n");
    state.write("static/table.csv", "a,b\n1,2\n3,4\n");
    state.around.insert("data/rates.json".to_owned(), br#"{"usd": 22000, "list": [1, 2]}"#.to_vec());
    state.around.insert("data/areas.toml".to_owned(), areas("Huế").into_bytes());
    if chance.percent(70) {
        state.web.insert("https://data.example/a.json".to_owned(), "{\"n\": 5}".to_owned());
    }
}

/// The file of areas, with this name for one of them.
pub fn areas(hue: &str) -> String {
    format!("VN = {{ vi = \"Cả nước\", en = \"Vietnam\" }}\nVN-26 = {{ vi = \"{hue}\", en = \"Hue\" }}\n")
}

/// A tiny picture.
pub fn png(width: u32, height: u32, colour: u8) -> Vec<u8> {
    let picture =
        image::RgbImage::from_fn(width, height, |x, y| image::Rgb([colour.wrapping_mul(7), (x * 40) as u8, (y * 40) as u8]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}
