//! Zola's config, front matter and content model, row by row: what each key does to what is built.

use tinso::diagnostic::Severity::{Error, Warning};

use super::{Outcome, Site};

/// A site written as one text: a line `== path`, then the file.
pub fn files(text: &str) -> Site {
    let mut site = Site(Default::default());
    for file in text.trim_start().split("== ").skip(1) {
        let (path, content) = file.split_once('\n').unwrap();
        site = site.file(path.trim(), content);
    }
    site
}

/// Templates that show what a page, section, term and list hold.
const TEMPLATES: &str = r#"
== templates/index.html
INDEX {{ section.path }} {% for p in section.pages %}[{{ p.slug }}]{% endfor %}
== templates/section.html
SECTION {{ section.path }} {% if paginator %}{{ paginator.current_index }}/{{ paginator.number_pagers }} {% for p in paginator.pages %}[{{ p.slug }}]{% endfor %}{% else %}{% for p in section.pages %}[{{ p.slug }}]{% endfor %}{% endif %}
== templates/page.html
PAGE {{ page.path }} lower={{ page.lower.slug if page.lower else "" }} higher={{ page.higher.slug if page.higher else "" }}
== templates/taxonomy_list.html
LIST {% for t in terms %}[{{ t.name }} {{ t.slug }} {{ t.page_count }}]{% endfor %}
== templates/taxonomy_single.html
TERM {{ term.name }} {% if paginator %}{{ paginator.current_index }}/{{ paginator.number_pagers }} {% for p in paginator.pages %}[{{ p.slug }}]{% endfor %}{% else %}{% for p in term.pages %}[{{ p.slug }}]{% endfor %}{% endif %}
"#;

const BASE: &str = "base_url = \"https://z.example\"\n";

/// A site of a config and content, with the templates above.
fn zola(config: &str, content: &str) -> Site {
    files(&format!("== config.toml\n{BASE}{config}\n{content}{TEMPLATES}"))
}

/// A page with front matter and nothing else.
fn page(path: &str, front: &str) -> String {
    format!("== content/{path}\n+++\n{front}\n+++\n")
}

fn line<'a>(outcome: &'a Outcome, path: &str) -> &'a str {
    outcome.text(path).trim()
}

#[test]
fn pages_have_the_address_of_their_folder_and_name() {
    let content = [
        page("a.md", ""),
        page("Two Words.md", ""),
        page("blog/_index.md", ""),
        page("blog/b.md", ""),
        page("blog/Sub_Dir/_index.md", ""),
        page("blog/Sub_Dir/c.md", ""),
        page("orphan/d.md", ""),
        page("blog/folder/index.md", ""),
        page("blog/slugged.md", "slug = \"Other Name\""),
        page("blog/pathed.md", "path = \"x/y/\""),
        page("blog/2020-01-02-dated.md", ""),
        page("blog/2020-01-02T03:04:05Z_timed.md", ""),
        page("Đường sắt đô thị.md", ""),
    ];
    let built = zola("", &content.concat()).build().clean();
    for path in [
        "a/index.html",
        "two-words/index.html",
        "blog/index.html",
        "blog/b/index.html",
        "blog/Sub_Dir/index.html",
        "blog/Sub_Dir/c/index.html",
        "orphan/d/index.html",
        "blog/folder/index.html",
        "blog/other-name/index.html",
        "x/y/index.html",
        "blog/dated/index.html",
        "blog/timed/index.html",
        "duong-sat-do-thi/index.html",
        "index.html",
        "404.html",
        "robots.txt",
        "sitemap.xml",
    ] {
        assert!(built.has(path), "{path}");
    }
    assert!(!built.has("orphan/index.html") && !built.has("atom.xml") && !built.has("blog/pathed/index.html"));
}

#[test]
fn slugify_modes_apply_to_paths_and_terms() {
    let content = [page("Hỏi & đáp.md", "[taxonomies]\ntags = [\"Kinh tế số\"]"), page("2020-01-02-x.md", "")].concat();
    let tags = "taxonomies = [{ name = \"Thẻ\" }, { name = \"tags\" }]\n";
    let on = zola(tags, &content).build().clean();
    assert!(on.has("hoi-dap/index.html") && on.has("tags/kinh-te-so/index.html") && on.has("x/index.html"));
    let safe = zola(&format!("{tags}[slugify]\npaths = \"safe\"\ntaxonomies = \"safe\"\npaths_keep_dates = true"), &content);
    let safe = safe.build().clean();
    assert!(safe.has("Hỏi & đáp/index.html") && safe.has("tags/Kinh tế số/index.html") && safe.has("2020-01-02-x/index.html"));
    let off = zola(&format!("{tags}[slugify]\npaths = \"off\"\ntaxonomies = \"off\""), &content).build().clean();
    assert!(off.has("Hỏi & đáp/index.html") && off.has("tags/Kinh tế số/index.html"));
}

#[test]
fn a_page_that_is_not_rendered_has_no_address_but_can_be_asked_for() {
    let content = [
        page("a.md", "title = \"A\"\nrender = false\ndate = 2020-01-01\naliases = [\"old\"]\n[taxonomies]\ntags = [\"x\"]"),
        page("b.md", ""),
    ];
    let site = zola("generate_feeds = true\ntaxonomies = [{ name = \"tags\" }]", &content.concat());
    let site = site.file("templates/page.html", "{% set a = get_page(path=\"a.md\") %}{{ a.title }}");
    let built = site.build().clean();
    assert_eq!(line(&built, "b/index.html"), "A");
    assert!(!built.has("a/index.html") && !built.has("old/index.html") && !built.has("tags/x/index.html"));
    assert!(!built.text("sitemap.xml").contains("/a/") && !built.text("atom.xml").contains("/a/"));
    assert_eq!(line(&built, "index.html"), "INDEX / [b]");
}

#[test]
fn sections_may_be_unrendered_redirected_and_transparent() {
    let content = [
        page("_index.md", "sort_by = \"weight\""),
        page("hidden/_index.md", "render = false"),
        page("hidden/h.md", "weight = 9"),
        page("to-web/_index.md", "redirect_to = \"https://else.example/x\""),
        page("to-path/_index.md", "redirect_to = \"hidden/h/\""),
        page("to-file/_index.md", "redirect_to = \"@/hidden/h.md\""),
        page("y2020/_index.md", "transparent = true\nsort_by = \"weight\""),
        page("y2020/one.md", "weight = 1"),
        page("y2020/deep/_index.md", "transparent = true\nsort_by = \"weight\""),
        page("y2020/deep/two.md", "weight = 2"),
        page("three.md", "weight = 3"),
    ];
    let built = zola("", &content.concat()).build().clean();
    assert!(!built.has("hidden/index.html") && built.has("hidden/h/index.html"));
    assert!(built.text("to-web/index.html").contains("https://else.example/x"));
    assert!(built.text("to-path/index.html").contains("https://z.example/hidden/h/"));
    assert!(built.text("to-file/index.html").contains("https://z.example/hidden/h/"));
    assert_eq!(line(&built, "index.html"), "INDEX / [one][two][three]");
    assert_eq!(line(&built, "y2020/index.html"), "SECTION /y2020/ [one][two]");
    assert_eq!(line(&built, "y2020/deep/index.html"), "SECTION /y2020/deep/ [two]");
    assert_eq!(line(&built, "y2020/deep/two/index.html"), "PAGE /y2020/deep/two/ lower=one higher=three");
    assert!(!built.text("sitemap.xml").contains("/hidden/<") && !built.text("sitemap.xml").contains("to-web"));
    let broken = zola("", &page("s/_index.md", "redirect_to = \"@/no.md\"")).build();
    broken.finds("broken-link", Error, "content/s/_index.md:2:15");
}

#[test]
fn pages_sort_by_every_key_and_none_is_lost() {
    let pages = |by: &str| {
        [
            page("s/_index.md", &format!("sort_by = \"{by}\"")),
            page("s/a.md", "title = \"Đào\"\ndate = 2020-01-01\nupdated = 2023-01-01\nweight = 2"),
            page("s/b.md", "title = \"Dừa\"\ndate = 2021-01-01\nweight = 3"),
            page("s/c.md", "title = \"Ổi\"\ndate = 2019-01-01\nweight = 1\nslug = \"zz\""),
        ]
        .concat()
    };
    for (by, order) in [
        ("date", "[b][a][zz]"),
        ("update_date", "[a][b][zz]"),
        ("title", "[b][a][zz]"),
        ("title_bytes", "[b][a][zz]"),
        ("weight", "[zz][a][b]"),
        ("slug", "[a][b][zz]"),
        ("permalink", "[a][b][zz]"),
        ("none", "[a][b][zz]"),
    ] {
        let built = zola("", &pages(by)).build().clean();
        assert_eq!(line(&built, "s/index.html"), format!("SECTION /s/ {order}"), "{by}");
    }
    let built = zola("", &pages("date")).build().clean();
    assert_eq!(line(&built, "s/a/index.html"), "PAGE /s/a/ lower=b higher=zz");
    assert_eq!(line(&built, "s/b/index.html"), "PAGE /s/b/ lower= higher=a");
    assert_eq!(line(&zola("", &pages("none")).build().clean(), "s/a/index.html"), "PAGE /s/a/ lower= higher=");
    let undated = zola("", &(pages("date") + &page("s/u.md", "title = \"U\""))).build();
    undated.finds("unsorted-page", Warning, "content/s/u.md:1:1");
    assert_eq!(line(&undated, "s/index.html"), "SECTION /s/ [b][a][zz][u]");
    zola("", &page("s/_index.md", "sort_by = \"datte\"")).build().finds("unknown-word", Error, "content/s/_index.md:2:11");
}

#[test]
fn sections_and_terms_are_cut_into_pages() {
    let pages: String = (1..=5)
        .map(|n| page(&format!("s/p{n}.md"), &format!("weight = {n}\ndate = 2020-01-0{n}\n[taxonomies]\ntags = [\"T\"]")))
        .collect();
    let config = "taxonomies = [{ name = \"tags\", paginate_by = 2, paginate_path = \"trang\" }]";
    let section = |front: &str| page("s/_index.md", &format!("sort_by = \"weight\"\n{front}"));
    let built = zola(config, &(section("paginate_by = 2") + &pages)).build().clean();
    assert_eq!(line(&built, "s/index.html"), "SECTION /s/ 1/3 [p1][p2]");
    assert_eq!(line(&built, "s/page/2/index.html"), "SECTION /s/ 2/3 [p3][p4]");
    assert_eq!(line(&built, "s/page/3/index.html"), "SECTION /s/ 3/3 [p5]");
    assert!(built.text("s/page/1/index.html").contains("https://z.example/s/"), "page 1 leads to the section");
    assert_eq!(line(&built, "tags/t/index.html"), "TERM T 1/3 [p5][p4]");
    assert_eq!(line(&built, "tags/t/trang/3/index.html"), "TERM T 3/3 [p1]");
    let reversed =
        zola(config, &(section("paginate_by = 2\npaginate_reversed = true\npaginate_path = \"p\"") + &pages)).build().clean();
    assert_eq!(line(&reversed, "s/index.html"), "SECTION /s/ 1/3 [p5][p4]");
    assert_eq!(line(&reversed, "s/p/3/index.html"), "SECTION /s/ 3/3 [p1]");
    let empty = zola("", &page("s/_index.md", "paginate_by = 2")).build().clean();
    assert_eq!(line(&empty, "s/index.html"), "SECTION /s/ 1/1");
    let sitemap =
        |config: &str| zola(config, &(section("paginate_by = 2") + &pages)).build().clean().text("sitemap.xml").to_owned();
    assert!(sitemap(config).contains("/s/page/2/"));
    let without = sitemap(&format!("exclude_paginated_pages_in_sitemap = \"all\"\n{config}"));
    assert!(!without.contains("/page/2/") && !without.contains("/trang/2/") && without.contains("/s/<"));
}

#[test]
fn the_paginator_has_all_of_its_fields() {
    let pages: String = (1..=3).map(|n| page(&format!("s/p{n}.md"), &format!("weight = {n}"))).collect();
    let site = zola("", &(page("s/_index.md", "sort_by = \"weight\"\npaginate_by = 1") + &pages)).file(
        "templates/section.html",
        "{% set p = paginator %}{{ p.paginate_by }} {{ p.base_url }} {{ p.number_pagers }} {{ p.first }} {{ p.last }} {{ p.previous }} {{ p.next }} {{ p.current_index }} {{ p.total_pages }} {{ p.pages | length }} {{ current_path }} {{ current_url }}",
    );
    let built = site.build().clean();
    let base = "https://z.example/s/";
    assert_eq!(
        line(&built, "s/page/2/index.html"),
        format!("1 {base}page/ 3 {base} {base}page/3/ {base} {base}page/3/ 2 3 1 /s/page/2/ {base}page/2/")
    );
}

#[test]
fn taxonomies_group_pages_by_language_and_render_when_asked() {
    let config = r#"
default_language = "en"
taxonomies = [{ name = "tags" }, { name = "quiet", render = false }, { name = "empty" }]
taxonomy_root = "by"
[languages.fr]
taxonomies = [{ name = "tags" }]
"#;
    let content = [
        page("a.md", "date = 2020-01-01\n[taxonomies]\ntags = [\"Rust\", \"Web\"]\nquiet = [\"q\"]"),
        page("b.md", "date = 2021-01-01\n[taxonomies]\ntags = [\"rust\"]"),
        page("c.md", "[taxonomies]\ntags = [\"Rust\"]"),
        page("a.fr.md", "[taxonomies]\ntags = [\"Rust\"]"),
    ];
    let built = zola(config, &content.concat()).build().clean();
    assert_eq!(line(&built, "by/tags/index.html"), "LIST [Rust rust 3][Web web 1]");
    assert_eq!(line(&built, "by/tags/rust/index.html"), "TERM Rust [b][a][c]");
    assert_eq!(line(&built, "fr/by/tags/rust/index.html"), "TERM Rust [a]");
    assert!(!built.has("by/quiet/index.html") && !built.has("by/quiet/q/index.html") && !built.has("by/empty/index.html"));
    let unknown = zola(config, &page("a.fr.md", "[taxonomies]\nquiet = [\"x\"]")).build();
    unknown.finds("unknown-taxonomy", Error, "content/a.fr.md:3:10");
    zola(config, &page("a.md", "[taxonomies]\ntags = [\"\"]")).build().finds("empty-term", Error, "content/a.md:3:9");
    let own = zola("taxonomies = [{ name = \"tags\" }]", &content[1])
        .file("templates/tags/single.html", "OWN")
        .file("templates/tags/list.html", "OWN LIST");
    let own = own.build().clean();
    assert_eq!((line(&own, "tags/rust/index.html"), line(&own, "tags/index.html")), ("OWN", "OWN LIST"));
}

#[test]
fn aliases_lead_on_with_and_without_html_and_collisions_are_errors() {
    let content =
        page("a.md", "aliases = [\"old\", \"/older/way/\", \"x/page.html\"]") + &page("s/_index.md", "aliases = [\"was\"]");
    let built = zola("", &content).build().clean();
    for path in ["old/index.html", "older/way/index.html", "x/page.html"] {
        assert!(built.text(path).contains("https://z.example/a/"), "{path}");
    }
    assert!(built.text("was/index.html").contains("https://z.example/s/"));
    let twice = zola("", &(content + &page("b.md", "slug = \"old\""))).build();
    assert!(twice.0.diagnostics.iter().any(|d| d.code == "address-collision"));
    let same = zola("", &(page("a.md", "path = \"x\"") + &page("b.md", "path = \"/x/\""))).build();
    let found = same.finds("address-collision", Error, "content/b.md:1:1");
    assert_eq!(found.related.len(), 1);
}

#[test]
fn files_beside_pages_and_sections_come_along() {
    let site = zola(
        "ignored_content = [\"*.secret\", \"*/skipped.md\"]",
        &(page("blog/_index.md", "")
            + &page("blog/post/index.md", "slug = \"named\"")
            + &page("blog/skipped.md", "")
            + &page("blog/post/index.fr.md", "")),
    )
    .file("config.toml", &format!("{BASE}ignored_content = [\"*.secret\", \"*/skipped.md\"]\n[languages.fr]\n"))
    .file("content/blog/post/a.jpg", "A")
    .file("content/blog/post/deep/b.txt", "B")
    .file("content/blog/post/LICENSE", "L")
    .file("content/blog/post/x.secret", "S")
    .file("content/blog/c.csv", "C")
    .file("content/blog/sub/none.txt", "N")
    .file("templates/page.html", "{% for a in page.assets %}[{{ a }}]{% endfor %}{{ page.colocated_path }}")
    .file("templates/section.html", "{% for a in section.assets %}[{{ a }}]{% endfor %}");
    let built = site.build().clean();
    for path in ["blog/named/a.jpg", "blog/named/deep/b.txt", "blog/named/LICENSE", "fr/blog/post/a.jpg", "blog/c.csv"] {
        assert!(built.has(path), "{path}");
    }
    for path in ["blog/named/x.secret", "blog/sub/none.txt", "blog/skipped/index.html"] {
        assert!(!built.has(path), "{path}");
    }
    assert_eq!(
        line(&built, "blog/named/index.html"),
        "[/blog/named/LICENSE][/blog/named/a.jpg][/blog/named/deep/b.txt]blog/post/"
    );
    assert_eq!(line(&built, "blog/index.html"), "[/blog/c.csv]");
}

#[test]
fn drafts_wait_with_all_below_them() {
    let content = [
        page("a.md", "draft = true"),
        page("s/_index.md", "draft = true"),
        page("s/b.md", ""),
        page("s/t/_index.md", ""),
        page("s/t/c.md", ""),
        page("d.md", ""),
    ];
    let site = zola("", &content.concat());
    let built = site.build().clean();
    for path in ["a/index.html", "s/index.html", "s/b/index.html", "s/t/index.html", "s/t/c/index.html"] {
        assert!(!built.has(path), "{path}");
    }
    assert!(built.has("d/index.html"));
    let options = tinso::build::Options { config: "config.toml".into(), drafts: true, ..Default::default() };
    let drafts = Outcome(tinso::build::build(&site.snapshot(), &options));
    assert!(drafts.has("a/index.html") && drafts.has("s/t/c/index.html"));
}

#[test]
fn a_folder_is_a_page_or_a_section() {
    let both = zola("", &(page("s/_index.md", "") + &page("s/index.md", ""))).build();
    both.finds("two-indexes", Error, "content/s/index.md");
    zola("", &page("index.md", "")).build().finds("two-indexes", Error, "content/index.md");
}

#[test]
fn templates_are_chosen_by_page_then_section_then_kind() {
    let content = [
        page("_index.md", "page_template = \"from-root.html\""),
        page("a.md", ""),
        page("own.md", "template = \"own.html\""),
        page("s/_index.md", "template = \"special.html\""),
        page("s/b.md", ""),
        page("t/_index.md", "page_template = \"near.html\""),
        page("t/c.md", ""),
    ];
    let site = zola("", &content.concat());
    let site = ["from-root", "own", "special", "near"]
        .iter()
        .fold(site, |site, name| site.file(&format!("templates/{name}.html"), name));
    let built = site.build().clean();
    for (path, template) in [("a", "from-root"), ("own", "own"), ("s", "special"), ("s/b", "from-root"), ("t/c", "near")] {
        assert_eq!(line(&built, &format!("{path}/index.html")), template, "{path}");
    }
    zola("", &page("a.md", "template = \"pagge.html\"")).build().finds("unknown-template", Error, "content/a.md:2:12");
}

#[test]
fn front_matter_is_toml_or_yaml_and_wrong_values_are_placed() {
    let yaml = "== content/a.md\n---\ntitle: Chào\ndate: 2020-1-2\ntaxonomies:\n  tags: [x]\nextra:\n  n: 012\n---\nText\n";
    let site = zola("taxonomies = [{ name = \"tags\" }]", yaml);
    let built = site
        .file(
            "templates/page.html",
            "{{ page.title }} {{ page.date }} {{ page.year }}-{{ page.month }}-{{ page.day }} {{ page.extra.n }}",
        )
        .build()
        .clean();
    assert_eq!(line(&built, "a/index.html"), "Chào 2020-1-2 2020-1-2 012");
    for (front, code, at) in [
        ("title = 1", "wrong-type", "content/a.md:2:9"),
        ("date = \"yesterday\"", "bad-date", "content/a.md:2:8"),
        ("updated = true", "bad-date", "content/a.md:2:11"),
        ("weight = -1", "wrong-type", "content/a.md:2:10"),
        ("slug = \"\"", "empty-address", "content/a.md:2:8"),
        ("path = \"/\"", "empty-address", "content/a.md:2:8"),
        ("extra = 3", "wrong-type", "content/a.md:2:9"),
        ("draft = \"yes\"", "wrong-type", "content/a.md:2:9"),
        ("aliases = \"x\"", "wrong-type", "content/a.md:2:11"),
        ("authors = [1]", "wrong-type", "content/a.md:2:12"),
    ] {
        zola("", &page("a.md", front)).build().finds(code, Error, at);
    }
    zola("", &page("a.md", "unknown = 1\nlayout = \"x\"")).build().clean();
    zola("", &page("s/_index.md", "sort_bye = \"date\"")).build().finds("unknown-section-key", Error, "content/s/_index.md:2:1");
    zola("", "== content/a.md\nno front matter\n").build().finds("no-front-matter", Error, "content/a.md:1:1");
    zola("", "== content/a.md\n+++\ntitle = \"x\"\n").build().finds("no-front-matter", Error, "content/a.md:1:1");
}

#[test]
fn old_keys_are_taken_with_a_note_on_the_new_name() {
    for (key, says) in [
        ("generate_feed = true", "generate_feeds"),
        ("generate_rss = true", "generate_feeds"),
        ("feed_filename = \"feed.xml\"", "feed_filenames"),
        ("rss_limit = 3", "feed_limit"),
        ("highlight_code = true", "highlighting"),
        ("highlight_theme = \"x\"", "highlighting.theme"),
        ("extra_syntaxes = []", "highlighting.extra_grammars"),
        ("check_external_links = true", "does nothing"),
        ("version = \"1\"", "does nothing"),
        ("[markdown]\nhighlight_code = true", "highlighting"),
        ("[markdown]\nhighlight_themes_css = []", "highlighting.style"),
    ] {
        let built = zola(key, "").build();
        let old: Vec<_> = built.0.diagnostics.iter().filter(|d| d.code == "old-key").collect();
        assert_eq!(old.len(), 1, "{key}: {:?}", built.findings());
        assert!(old[0].severity == Warning && old[0].message.contains(says), "{key}: {}", old[0].message);
        assert!(built.has("index.html") && !built.0.has_errors(), "{key}: {:?}", built.findings());
    }
    let built = zola("generate_feed = true\nfeed_filename = \"rss.xml\"", &page("a.md", "title = \"A\"\ndate = 2020-01-01"))
        .file("templates/index.html", "{{ config.feed_filename }} {{ config.generate_feed }} {{ config.feed_filenames }}")
        .build();
    assert_eq!(line(&built, "index.html"), "rss.xml true [&quot;rss.xml&quot;]");
    assert!(built.text("rss.xml").contains("<rss version=\"2.0\""));
    let tags =
        zola("taxonomies = [{ name = \"tags\", rss = true }]", &page("a.md", "date = 2020-01-01\n[taxonomies]\ntags = [\"t\"]"))
            .build();
    assert!(tags.has("tags/t/atom.xml"));
    let section = zola("", &page("s/_index.md", "generate_feed = true\ndate = 2020-01-01\nsort_direction = \"asc\"")).build();
    assert_eq!(section.0.diagnostics.iter().filter(|d| d.code == "old-key" && d.severity == Warning).count(), 3);
    assert!(section.has("s/atom.xml"));
}

#[test]
fn unknown_config_keys_are_errors_where_zola_refuses_them_and_warnings_elsewhere() {
    for (config, severity, at) in [
        ("titel = \"x\"", Error, "config.toml:2:1"),
        ("[markdown]\nrender_emojis = true", Error, "config.toml:3:1"),
        ("[markdown.highlighting]\ntheme = \"nord\"\nstyl = 1", Error, "config.toml:4:1"),
        ("[languages.fr]\ntitel = \"x\"", Error, "config.toml:3:1"),
        ("[search]\ninclude_titel = true", Warning, "config.toml:3:1"),
        ("[slugify]\npath = \"on\"", Warning, "config.toml:3:1"),
        ("[link_checker]\nskip_prefix = []", Warning, "config.toml:3:1"),
        ("taxonomies = [{ name = \"t\", feeds = true }]", Warning, "config.toml:2:29"),
    ] {
        let built = zola(config, "").build();
        assert!(built.finds("unknown-config-key", severity, at).help.as_deref().unwrap().contains("did you mean"), "{config}");
    }
    for (config, code) in [
        ("[slugify]\npaths = \"maybe\"", "unknown-word"),
        ("[search]\nindex_format = \"lunr\"", "unknown-word"),
        ("[link_checker]\ninternal_level = \"ignore\"", "unknown-word"),
        ("[markdown]\ninsert_anchor_links = \"up\"", "unknown-word"),
        ("exclude_paginated_pages_in_sitemap = \"some\"", "unknown-word"),
        ("ignored_content = [\"[\"]", "bad-glob"),
        ("[markdown]\nexternal_links_class = 'a\"b'", "bad-class"),
        ("[markdown.highlighting]\nstyle = \"class\"", "bad-highlighting"),
        ("[markdown.highlighting]\nlight_theme = \"nord\"", "bad-highlighting"),
        ("title = \"a\"\n[languages.en]\ntitle = \"b\"", "set-twice"),
        ("default_language = \"not a code\"", "bad-language"),
    ] {
        let built = zola(config, "").build();
        assert!(built.0.has_errors() && built.0.diagnostics.iter().any(|d| d.code == code), "{config}: {:?}", built.findings());
    }
}

#[test]
fn feeds_are_made_for_the_site_sections_and_terms_in_every_language() {
    let config = r#"
title = "Site"
generate_feeds = true
feed_filenames = ["atom.xml", "rss.xml"]
feed_limit = 2
taxonomies = [{ name = "tags", feed = true }]
[languages.fr]
title = "Le site"
generate_feeds = true
feed_filenames = ["flux.xml"]
taxonomies = [{ name = "tags", feed = true }]
"#;
    let content = [
        page("s/_index.md", "title = \"S\"\ngenerate_feeds = true"),
        page("s/_index.fr.md", "title = \"S\"\ngenerate_feeds = true"),
        page("s/a.md", "title = \"A\"\ndate = 2020-01-01\n[taxonomies]\ntags = [\"t\"]"),
        page("s/b.md", "title = \"B & C\"\ndate = 2021-01-01"),
        page("s/c.md", "title = \"C\"\ndate = 2022-01-01"),
        page("s/undated.md", "title = \"U\""),
        page("s/a.fr.md", "title = \"FR\"\ndate = 2020-01-01\n[taxonomies]\ntags = [\"t\"]"),
    ];
    let built = zola(config, &content.concat())
        .file("templates/flux.xml", "{{ lang }} {{ feed_url }} {{ config.title }} {% for p in pages %}[{{ p.title }}]{% endfor %} {{ last_updated }}{% if section %} S={{ section.title }}{% endif %}{% if term %} T={{ term.name }}/{{ term.slug }}/{{ taxonomy.name }}{% endif %}")
        .build()
        .clean();
    for path in ["atom.xml", "rss.xml", "s/atom.xml", "s/rss.xml", "tags/t/atom.xml", "tags/t/rss.xml"] {
        assert!(built.has(path), "{path}");
    }
    assert_eq!(line(&built, "fr/flux.xml"), "fr https://z.example/fr/flux.xml Le site [FR] 2020-01-01T00:00:00Z");
    assert_eq!(line(&built, "fr/s/flux.xml"), "fr https://z.example/fr/s/flux.xml Le site [FR] 2020-01-01T00:00:00Z S=S");
    assert_eq!(
        line(&built, "fr/tags/t/flux.xml"),
        "fr https://z.example/fr/tags/t/flux.xml Le site [FR] 2020-01-01T00:00:00Z T=t/t/tags"
    );
    let atom = built.text("atom.xml");
    assert!(
        atom.contains("<title>C</title>") && atom.contains("B &amp; C") && !atom.contains("<title>A</title>"),
        "two newest: {atom}"
    );
    assert!(atom.find("<title>C<").unwrap() < atom.find("B &amp; C").unwrap());
    let rss = built.text("rss.xml");
    assert!(rss.contains("<pubDate>Sat, 01 Jan 2022 00:00:00 +0000</pubDate>"), "{rss}");
    assert!(built.text("tags/t/atom.xml").contains("<title>Site - t</title>"));
    let french_only = zola("[languages.fr]\ngenerate_feeds = true", &page("a.fr.md", "date = 2020-01-01")).build().clean();
    assert!(french_only.has("fr/atom.xml") && !french_only.has("atom.xml"), "each language decides for itself");
}

#[test]
fn languages_have_their_addresses_sections_and_translations() {
    let config = "default_language = \"en\"\n[languages.fr]\n[languages.vi]\n";
    let content = [
        page("s/_index.md", ""),
        page("s/_index.vi.md", ""),
        page("s/a.md", "title = \"EN\""),
        page("s/a.vi.md", "title = \"VI\""),
        page("s/a.fr.md", "title = \"FR\""),
        page("s/b.en.md", "title = \"B\""),
        page("s/b.vi.md", "title = \"B vi\"\nslug = \"khac\""),
        page("p.vi.md", "path = \"duong/dan\"\naliases = [\"cu\"]"),
    ];
    let built = zola(config, &content.concat())
        .file(
            "templates/page.html",
            "{{ lang }} {% for t in page.translations %}[{{ t.lang }} {{ t.permalink }} {{ t.title }}]{% endfor %}",
        )
        .file("templates/section.html", "{{ lang }} {% for t in section.translations %}[{{ t.lang }}]{% endfor %}")
        .build()
        .clean();
    assert_eq!(
        line(&built, "s/a/index.html"),
        "en [en https://z.example/s/a/ EN][fr https://z.example/fr/s/a/ FR][vi https://z.example/vi/s/a/ VI]"
    );
    assert_eq!(
        line(&built, "s/b/index.html"),
        "en [en https://z.example/s/b/ B][vi https://z.example/vi/s/khac/ B vi]",
        "x.en.md is the default-language page"
    );
    assert_eq!(line(&built, "vi/s/index.html"), "vi [en][vi]");
    assert!(built.has("fr/index.html") && built.has("vi/index.html"), "every language has a home page");
    assert!(built.has("duong/dan/index.html") && built.has("cu/index.html"), "path and aliases are as written");
    assert!(built.has("fr/404.html") && built.has("vi/404.html") && built.has("404.html"));
    zola(config, &page("a.de.md", "")).build().finds("unknown-language", Error, "content/a.de.md");
    let one = zola("", &page("a.b.c.md", "")).build().clean();
    assert!(one.has("a-b-c/index.html"), "dots are free in a site of one language");
}

#[test]
fn sitemaps_list_every_page_once_and_are_cut_when_they_are_long() {
    let content = [page("a.md", "date = 2020-01-01\nupdated = 2021-02-03"), page("b.md", ""), page("s/_index.md", "")].concat();
    let built = zola("", &content).build().clean();
    let sitemap = built.text("sitemap.xml");
    assert_eq!(sitemap.matches("<loc>").count(), 4);
    assert!(sitemap.contains("<lastmod>2021-02-03</lastmod>"));
    assert!(!zola("generate_sitemap = false\ngenerate_robots_txt = false", "").build().clean().has("sitemap.xml"));
    let own = zola("", &page("a.md", "[extra]\nhide = true")).file(
        "templates/sitemap.xml",
        "{% for e in entries %}{% if not (e.extra and e.extra.hide) %}[{{ e.permalink }}]{% endif %}{% endfor %}",
    );
    assert_eq!(line(&own.build().clean(), "sitemap.xml"), "[https://z.example/]");
    let many: String = (0..30_001).map(|n| format!("== content/{n}.md\n+++\n+++\n")).collect();
    let built = zola("", &many).file("templates/page.html", "x").file("templates/index.html", "x").build().clean();
    assert!(built.text("sitemap.xml").contains("<loc>https://z.example/sitemap2.xml</loc>"));
    assert_eq!(built.text("sitemap1.xml").matches("<loc>").count(), 30_000);
    assert_eq!(built.text("sitemap2.xml").matches("<loc>").count(), 2);
}

#[test]
fn pages_and_sections_have_all_of_their_fields() {
    let config = "taxonomies = [{ name = \"tags\" }]\n";
    let content = [
        page("s/_index.md", "title = \"S\"\ndescription = \"D\"\nsort_by = \"date\"\n[extra]\nk = [1, 2.5, true, \"x\"]"),
        page("s/t/_index.md", "title = \"T\"\nweight = 1"),
        "== content/s/a.md\n+++\ntitle = \"A\"\ndescription = \"D\"\ndate = 2020-05-06T07:08:09+07:00\nupdated = 2021-01-02\nauthors = [\"Ann\", \"Bob\"]\n[taxonomies]\ntags = [\"x\", \"y\"]\n[extra]\ndeep = { er = 1 }\n+++\nOne two *three*. <!-- more -->\n\n# H one\n\n## H two\n\nSee [b](@/s/b.md).\n".to_owned(),
        page("s/b.md", "title = \"B\"\ndate = 2020-01-01"),
    ];
    let template = "{% set p = page %}{{ p.relative_path }}|{{ p.permalink }}|{{ p.path }}|{{ p.slug }}|{{ p.title }}|{{ p.description }}|{{ p.date }}|{{ p.updated }}|{{ p.year }}|{{ p.month }}|{{ p.day }}|{{ p.taxonomies }}|{{ p.authors }}|{{ p.extra?.deep?.er | default(value=\"\") }}|{{ p.components }}|{{ p.ancestors }}|{{ p.draft }}|{{ p.lang }}|{{ p.word_count }}|{{ p.reading_time }}|{% for h in p.toc %}{{ h.id }}>{{ h.children[0].title }}{% endfor %}|{% for b in p.backlinks %}{{ b.permalink }} {{ b.title }}{% endfor %}|{{ p.summary | default(value=\"none\") | safe }}";
    let built = zola(config, &content.concat())
        .file("templates/page.html", template)
        .file("templates/section.html", "{% set s = section %}{{ s.relative_path }}|{{ s.permalink }}|{{ s.path }}|{{ s.title }}|{{ s.description }}|{{ s.extra?.k | json_encode | safe }}|{{ s.components }}|{{ s.ancestors }}|{{ s.subsections }}|{{ s.lang }}|{{ s.generate_feeds }}|{{ s.transparent }}|{{ s.draft }}|{% for p in s.pages %}[{{ p.title }}]{% endfor %}")
        .build()
        .clean();
    let a = line(&built, "s/a/index.html");
    assert!(a.starts_with("s/a.md|https://z.example/s/a/|/s/a/|a|A|D|2020-05-06T07:08:09+07:00|2021-01-02|2020|5|6|"), "{a}");
    assert!(a.contains("|[&quot;Ann&quot;, &quot;Bob&quot;]|1|[&quot;s&quot;, &quot;a&quot;]|[&quot;_index.md&quot;, &quot;s/_index.md&quot;]|false|en|"), "{a}");
    assert!(a.contains("|h-one>H two||"), "{a}");
    assert!(a.contains("One two <em>three</em>."), "{a}");
    let b = line(&built, "s/b/index.html");
    assert!(b.ends_with("||https://z.example/s/a/ A|"), "{b}");
    assert_eq!(
        line(&built, "s/index.html"),
        "s/_index.md|https://z.example/s/|/s/|S|D|[1,2.5,true,\"x\"]|[&quot;s&quot;]|[&quot;_index.md&quot;]|[&quot;s/t/_index.md&quot;]|en|false|false|false|[A][B]"
    );
}

#[test]
fn content_is_templated_with_components_functions_and_the_page_itself() {
    let content = "== content/s/_index.md\n+++\ntitle = \"S\"\n+++\nSection {{ section.title }}\n== content/s/a.md\n+++\ntitle = \"A\"\n[extra]\nx = 7\n+++\n{{ page.title }} {{ page.extra.x }} {{ lang }} {{ config.base_url }} {% set b = get_page(path=\"s/b.md\") %}{{ b.title }}\n\n{{ <note text=\"T\" /> }}\n\n{% <box> %}**bold**{% </box> %}\n\n`{{ not.templated }}`\n\n```\n{% nor this %}\n```\n\n## Heading {#own-id}\n\n{% if true %}yes{% endif %} {% raw %}{{ raw }}{% endraw %}\n== content/s/b.md\n+++\ntitle = \"B\"\n+++\n== content/skip/c.md\n+++\n+++\n{{ as it is }}\n";
    let built = zola("skip_content_templating = [\"skip/*\"]", content)
        .file("templates/page.html", "{{ page.content | safe }}")
        .file("templates/section.html", "{{ section.content | safe }}")
        .file("templates/components.html", "{% component note(text: string) %}<aside>{{ text }}</aside>{% endcomponent note %}{% component box() %}<div>\n\n{{ body }}\n\n</div>{% endcomponent box %}")
        .build()
        .clean();
    let a = built.text("s/a/index.html");
    for part in [
        "<p>A 7 en https://z.example B</p>",
        "<aside>T</aside>",
        "<strong>bold</strong>",
        "<code>{{ not.templated }}</code>",
        "{% nor this %}",
        "<h2 id=\"own-id\">Heading</h2>",
        "yes {{ raw }}",
    ] {
        assert!(a.contains(part), "{part}: {a}");
    }
    assert!(built.text("s/index.html").contains("Section S"));
    assert!(built.text("skip/c/index.html").contains("{{ as it is }}"));
}

#[test]
fn components_keep_their_html_where_a_writers_own_is_shown_as_text() {
    let body = "Before {{ <badge text=\"<b>hot</b>\" /> }} <i>after</i>.\n\n{{ <badge text=\"alone\" /> }}\n";
    let site = zola("[extra.tinso]\n", &format!("== content/a.md\n+++\n+++\n{body}"))
        .file("templates/page.html", "{{ page.content | safe }}")
        .file(
            "templates/c.html",
            "{% component badge(text: string) %}<mark class=\"badge\">{{ text }}</mark>{% endcomponent badge %}",
        );
    let built = site.build();
    let page = built.text("a/index.html");
    assert!(page.contains("Before <mark class=\"badge\">&lt;b&gt;hot&lt;/b&gt;</mark> &lt;i&gt;after&lt;/i&gt;."), "{page}");
    assert!(page.contains("\n<mark class=\"badge\">alone</mark>") && !page.contains('\u{2}'), "{page}");
    assert!(built.0.diagnostics.iter().all(|d| d.code == "html-in-markdown"), "{:?}", built.findings());
    let trick = "{{ \"<script>\" | keep_component }} {{ \"<script>\" | safe }} {{ \"<script>x</script>\" | markdown }} <scr{{ \"\" }}ipt>";
    let built = site.clone().file("content/a.md", &format!("+++\n+++\n{trick}\n")).build();
    built.finds("template-in-content", Error, "content/a.md:3:17");
    let built = site.file("content/a.md", &format!("+++\n+++\n{}\n", trick.split_once("}} ").unwrap().1)).build();
    assert!(!built.text("a/index.html").contains("<script"), "{}", built.text("a/index.html"));
}

#[test]
fn a_broken_call_is_placed_where_it_was_written_whatever_stands_before_it() {
    let site = zola("[extra.tinso]\n", "== content/a.md\n+++\n+++\n{{ <n /> }} {{ 1 | nofilter }}\n")
        .file("templates/c.html", "{% component n() %}x{% endcomponent n %}");
    site.build().finds("template-in-content", Error, "content/a.md:3:20");
}

#[test]
fn templates_know_what_a_build_is_for() {
    let site = zola("", "").file("templates/index.html", "{{ config.mode }}");
    for (mode, word) in
        [(tinso::build::Mode::Build, "build"), (tinso::build::Mode::Serve, "serve"), (tinso::build::Mode::Check, "check")]
    {
        let options = tinso::build::Options { config: "config.toml".into(), mode, ..Default::default() };
        assert_eq!(line(&Outcome(tinso::build::build(&site.snapshot(), &options)), "index.html"), word);
    }
}

#[test]
fn one_broken_template_does_not_hide_what_is_wrong_with_another() {
    let site = zola("", &page("a.md", ""))
        .file("templates/parts.html", "{% component good() %}x{% endcomponent good %}{{ 1 | nofilter }}")
        .file("templates/page.html", "{{ <good /> }}")
        .file("templates/section.html", "{{ <nowhere /> }}")
        .file("templates/index.html", "{% if %}");
    let found = site.build().findings();
    assert_eq!(found.len(), 3, "{found:#?}");
    for part in ["parts.html", "section.html", "index.html"] {
        assert!(found.iter().any(|finding| finding.contains(part)), "{part}: {found:#?}");
    }
}

#[test]
fn themes_give_templates_strings_static_files_and_extra_and_the_site_wins() {
    let site = files(
        r#"
== config.toml
base_url = "https://z.example"
theme = "t"
[extra]
own = 1
[extra.both]
a = 1
== themes/t/theme.toml
name = "T"
[extra]
themed = 2
own = 9
[extra.both]
a = 9
b = 2
== themes/t/templates/index.html
{% block a %}theme A{% endblock %} {% block b %}theme B{% endblock %} {{ <c /> }} {{ trans(key="hello") }} {{ config.extra.own }}{{ config.extra.themed }}{{ config.extra.both.a }}{{ config.extra.both.b }}
== themes/t/templates/page.html
theme page
== themes/t/templates/parts.html
{% component c() %}theme component{% endcomponent c %}
== templates/parts.html
{% component c() %}site component{% endcomponent c %}
== templates/index.html
{% extends "t/templates/index.html" %}{% block a %}site A{% endblock %}
== themes/t/i18n/en.toml
hello = "Hello"
== themes/t/static/x.txt
theme x
== themes/t/static/y.txt
theme y
== static/x.txt
site x
== content/p.md
+++
+++
"#,
    );
    let built = site.build().clean();
    assert_eq!(line(&built, "index.html"), "site A theme B site component Hello 1212");
    assert_eq!(line(&built, "p/index.html"), "theme page");
    assert_eq!((line(&built, "x.txt"), line(&built, "y.txt")), ("site x", "theme y"));
    let missing = files("== config.toml\nbase_url = \"https://z.example\"\ntheme = \"no\"\n== templates/index.html\nx").build();
    missing.finds("unknown-theme", Error, "config.toml:2:9");
}

#[test]
fn what_stands_outside_the_blocks_of_an_extending_template_is_left_out_with_a_warning() {
    let site = zola("", &page("a.md", "")).file("templates/base.html", "[{% block b %}{% endblock %}]").file(
        "templates/page.html",
        "{% extends \"base.html\" %}\nlost\n{% block b %}kept{% endblock %}\n{% include \"base.html\" %}",
    );
    let built = site.build();
    assert_eq!(line(&built, "a/index.html"), "[kept]");
    let places: Vec<String> = built.findings();
    assert!(places.iter().all(|found| found.contains("ignored-content")) && places.len() == 2, "{places:?}");
}

#[test]
fn built_in_templates_can_be_replaced_by_name() {
    let site = zola("generate_feeds = true", &page("a.md", "title = \"A\"\ndate = 2020-01-01\naliases = [\"b\"]"));
    for (name, path) in
        [("404.html", "404.html"), ("robots.txt", "robots.txt"), ("sitemap.xml", "sitemap.xml"), ("atom.xml", "atom.xml")]
    {
        assert!(site.build().clean().has(path), "{name} is built in");
        let own = site.clone().file(&format!("templates/{name}"), "own {{ config.base_url }}").build().clean();
        assert_eq!(line(&own, path), "own https://z.example", "{name}");
    }
}

#[test]
fn tables_of_our_names_in_a_site_of_zola_are_left_alone() {
    let front = "[extra]\nsource = \"somewhere\"\nindicator = { level = 3 }\n[[extra.metrics]]\nid = 1\nvalue = \"any\"";
    let built =
        zola("", &page("a.md", front)).file("templates/page.html", "{{ page.extra.source }} {{ page.extra.metrics[0].value }}");
    assert_eq!(line(&built.build().clean(), "a/index.html"), "somewhere any");
    let ours = zola("", &page("a.md", "[[extra.metrics]]\nindicator = \"no-such\"\ntime_period = \"2017\"\nvalue = 1")).build();
    assert!(ours.0.diagnostics.iter().any(|d| d.code == "unknown-indicator"), "{:?}", ours.findings());
}

#[test]
fn a_site_without_templates_is_plain_and_says_so() {
    let content = page("a.md", "title = \"A & B\"") + &page("s/_index.md", "") + &page("s/b.md", "");
    let built = files(&format!("== config.toml\n{BASE}{content}")).build();
    let missing: Vec<&str> = built.0.diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(missing, ["no-template"; 3], "{:?}", built.findings());
    assert!(built.text("a/index.html").contains("<h1>A &amp; B</h1>"));
    assert!(built.text("s/index.html").contains("<a href=\"https://z.example/s/b/\">b</a>"));
}

#[test]
fn the_config_names_the_site_and_its_address() {
    zola("", "").file("config.toml", "title = \"x\"").build().finds("bad-base-url", Error, "config.toml:1:1");
    zola("", "").file("config.toml", "base_url = \"example.org\"").build().finds("bad-base-url", Error, "config.toml:1:12");
    let deep = zola("", &page("a.md", "")).file("config.toml", "base_url = \"https://z.example/deep/\"\n");
    let deep = deep
        .file("templates/page.html", "{{ page.permalink }} {{ page.path }} {{ current_path }} {{ get_url(path=\"x.css\") }}")
        .build()
        .clean();
    assert_eq!(line(&deep, "a/index.html"), "https://z.example/deep/a/ /a/ /a/ https://z.example/deep/x.css");
}
