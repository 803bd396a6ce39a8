//! Rows of docs/zola.md that no other file shows: small sites, one rule each.

use tinso::diagnostic::Severity::{Error, Warning};

use super::Site;
use super::zola_content::files;

const BASE: &str = "base_url = \"https://z.example\"\n";

/// A site of a config and files, with templates that show little.
fn site(config: &str, more: &str) -> Site {
    files(&format!(
        "== config.toml\n{BASE}{config}\n== templates/index.html\n-\n== templates/section.html\n-\n== templates/page.html\n{{{{ page.content | safe }}}}\n{more}"
    ))
}

/// What the home page's template shows.
fn shows(config: &str, template: &str, more: &str) -> String {
    site(config, more).file("templates/index.html", template).build().clean().text("index.html").trim().to_owned()
}

const EMPTY: &str = "+++\n+++\n";

// Config

#[test]
fn a_mode_in_the_config_is_taken_and_the_command_decides() {
    assert_eq!(shows("mode = \"serve\"", "{{ config.mode }}", ""), "build");
}

#[test]
fn the_default_language_may_have_its_settings_under_languages() {
    let config = "default_language = \"vi\"\n[languages.vi]\ntitle = \"Tin\"\ngenerate_feeds = true\ntaxonomies = [{ name = \"tags\" }]\nbuild_search_index = true\n[languages.vi.translations]\nhi = \"Chào\"\n";
    let built = site(config, "== content/a.md\n+++\ndate = 2020-01-01\n[taxonomies]\ntags = [\"x\"]\n+++\n")
        .file("templates/index.html", "{{ config.title }} {{ trans(key='hi') }} {{ config.languages | length }}")
        .file("templates/taxonomy_list.html", "")
        .file("templates/taxonomy_single.html", "")
        .build()
        .clean();
    assert_eq!(built.text("index.html").trim(), "Tin Chào 0");
    assert!(built.has("atom.xml") && built.has("tags/x/index.html") && built.has("search_index.vi.js"));
}

#[test]
fn texts_of_the_config_are_those_of_trans() {
    let config = "[translations]\nhi = \"Hello\"\n[languages.fr.translations]\nhi = \"Salut\"\n";
    let built = site(config, "").file("templates/index.html", "{{ trans(key='hi') }} {{ trans(key='hi', lang='fr') }}").build();
    assert_eq!(built.text("index.html").trim(), "Hello Salut");
    assert_eq!(built.text("fr/index.html").trim(), "Salut Salut");
}

#[test]
fn of_two_extras_that_clash_the_sites_wins() {
    let config = "theme = \"t\"\n[extra]\na = 1\nb = { x = 1 }\n";
    let theme =
        "== themes/t/theme.toml\nname = \"T\"\nmin_version = \"99\"\nanything = true\n[extra]\na = { x = 2 }\nb = 2\nc = 3\n";
    assert_eq!(shows(config, "{{ config.extra.a }} {{ config.extra.b.x }} {{ config.extra.c }}", theme), "1 1 3");
}

#[test]
fn a_theme_is_templates_sass_static_files_extra_and_texts_and_no_content() {
    let theme = "== themes/t/theme.toml\n\n== themes/t/content/a.md\n+++\n+++\n== themes/t/config.toml\nbroken =\n";
    let built = site("theme = \"t\"", theme).build().clean();
    assert!(!built.has("a/index.html"));
}

#[test]
fn titles_and_descriptions_of_a_language_are_else_the_default_ones() {
    let config = "title = \"T\"\ndescription = \"D\"\n[languages.fr]\ntitle = \"F\"\n[languages.vi]\n";
    let built = site(config, "").file("templates/index.html", "{{ config.title }} {{ config.description }}").build();
    assert_eq!(built.text("fr/index.html").trim(), "F D");
    assert_eq!(built.text("vi/index.html").trim(), "T D");
}

// Front matter

#[test]
fn front_matter_may_follow_a_byte_order_mark_and_empty_lines_and_end_the_file() {
    let built = site("", "")
        .file("templates/page.html", "{{ page.title }}")
        .file("content/a.md", "\u{feff}+++\ntitle = \"A\"\n+++")
        .file("content/b.md", "\n\n---\ntitle: B\n---")
        .file("content/c.md", "+++\r\ntitle = \"C\"\r\n+++\r\nText\r\n")
        .build()
        .clean();
    for (path, title) in [("a", "A"), ("b", "B"), ("c", "C")] {
        assert_eq!(built.text(&format!("{path}/index.html")).trim(), title);
    }
}

#[test]
fn dates_may_be_texts_days_and_moments() {
    for date in [
        "2020-05-06",
        "2020-05-06T07:08:09",
        "2020-05-06T07:08:09Z",
        "2020-05-06T07:08:09+07:00",
        "\"2020-05-06\"",
        "2020-05-06 07:08:09",
    ] {
        let built = site("", &format!("== content/a.md\n+++\ndate = {date}\n+++\n"))
            .file("templates/page.html", "{{ page.year }} {{ page.month }} {{ page.day }} {{ page.date | date(format='%d/%m') }}")
            .build()
            .clean();
        assert_eq!(built.text("a/index.html").trim(), "2020 5 6 06/05", "{date}");
    }
}

#[test]
fn sections_come_by_weight_then_by_path() {
    let sections: String = [("c", 1), ("b", 2), ("a", 2), ("d", 0)]
        .iter()
        .map(|(name, weight)| format!("== content/{name}/_index.md\n+++\nweight = {weight}\n+++\n"))
        .collect();
    assert_eq!(
        shows("", "{{ section.subsections | join(sep=' ') }}", &sections),
        "d/_index.md c/_index.md a/_index.md b/_index.md"
    );
}

#[test]
fn nothing_that_a_page_lacks_keeps_it_from_being_built() {
    let built = site("", "== content/s/_index.md\n+++\nsort_by = \"weight\"\n+++\n== content/s/a.md\n+++\n+++\nText\n").build();
    built.finds("unsorted-page", Warning, "content/s/a.md:1:1");
    assert!(built.text("s/a/index.html").contains("Text"));
}

// Languages

#[test]
fn a_section_may_name_the_default_language() {
    let more = "== content/s/_index.en.md\n+++\ntitle = \"S\"\n+++\n== content/s/_index.fr.md\n+++\ntitle = \"F\"\n+++\n";
    let built = site("[languages.fr]", more)
        .file(
            "templates/section.html",
            "{{ section.title }}{% for t in section.translations %} {{ t.lang }}={{ t.title }}{% endfor %}",
        )
        .build()
        .clean();
    assert_eq!(built.text("s/index.html").trim(), "S en=S fr=F");
    assert_eq!(built.text("fr/s/index.html").trim(), "F en=S fr=F");
}

#[test]
fn a_home_page_that_nobody_wrote_has_its_address_and_translations() {
    let built = site("[languages.fr]", "")
        .file(
            "templates/index.html",
            "{{ current_path }} {{ section.path }}{% for t in translations %} {{ t.lang }} {{ t.permalink }}{% endfor %}",
        )
        .build()
        .clean();
    let versions = "en https://z.example/ fr https://z.example/fr/";
    assert_eq!(built.text("index.html").trim(), format!("/ / {versions}"));
    assert_eq!(built.text("fr/index.html").trim(), format!("/fr/ /fr/ {versions}"));
}

#[test]
fn what_has_no_version_in_a_language_is_found_in_its_own() {
    let more = "== content/a.md\n+++\ntitle = \"A\"\n+++\n";
    let call =
        "{{ get_url(path='@/a.md') }} {% set a = get_page(path='a.md') %}{{ a.title }} {{ get_url(path='@/a.md', lang='fr') }}";
    let built = site("[languages.fr]", more).file("templates/index.html", call).build().clean();
    assert_eq!(built.text("fr/index.html").trim(), "https://z.example/a/ A https://z.example/a/");
}

#[test]
fn taxonomies_terms_and_pagers_have_their_versions_in_other_languages() {
    let config = "taxonomies = [{ name = \"tags\", paginate_by = 1 }]\n[languages.fr]\ntaxonomies = [{ name = \"tags\", paginate_by = 1 }]\n";
    let pages: String = ["a.md", "b.md", "a.fr.md", "b.fr.md"]
        .iter()
        .map(|name| format!("== content/s/{name}\n+++\n[taxonomies]\ntags = [\"x\"]\n+++\n"))
        .collect();
    let sections: String =
        ["_index.md", "_index.fr.md"].iter().map(|name| format!("== content/s/{name}\n+++\npaginate_by = 1\n+++\n")).collect();
    let shown = "{% for t in translations %}{{ t.lang }} {{ t.permalink }} {% endfor %}";
    let mut site = site(config, &(pages + &sections));
    for name in ["taxonomy_list", "taxonomy_single", "section"] {
        site = site.file(&format!("templates/{name}.html"), shown);
    }
    let built = site.build().clean();
    for path in ["tags/", "tags/x/", "tags/x/page/2/", "s/", "s/page/2/"] {
        let versions = format!("en https://z.example/{path} fr https://z.example/fr/{path}");
        assert_eq!(built.text(&format!("{path}index.html")).trim(), versions);
        assert_eq!(built.text(&format!("fr/{path}index.html")).trim(), versions);
    }
}

#[test]
fn a_components_functions_know_the_page_and_its_language() {
    let built = site(
        "[languages.fr]\n[translations]\nhi = \"Hello\"\n[languages.fr.translations]\nhi = \"Salut\"\n",
        "== content/a.md\n+++\n+++\n== content/a.fr.md\n+++\n+++\n",
    )
    .file(
        "templates/c.html",
        "{% component c() %}{{ trans(key='hi') }} {{ 1500.5 | num_format }} {{ get_url(path='@/a.md') }}{% endcomponent c %}",
    )
    .file("templates/page.html", "{{ <c /> }}")
    .build()
    .clean();
    assert_eq!(built.text("a/index.html").trim(), "Hello 1,500.5 https://z.example/a/");
    assert_eq!(built.text("fr/a/index.html").trim(), "Salut 1\u{202f}500,5 https://z.example/fr/a/");
}

// Templates

#[test]
fn templates_of_six_kinds_are_loaded_and_only_html_and_xml_are_escaped() {
    let mut site = site("title = \"<&\"", "");
    for (kind, shown) in [("html", "&lt;&amp;"), ("xml", "&lt;&amp;"), ("md", "<&"), ("txt", "<&"), ("json", "<&"), ("ics", "<&")]
    {
        site = site
            .file(&format!("templates/{kind}.{kind}"), "{{ config.title }}")
            .file(&format!("content/{kind}.md"), &format!("+++\ntemplate = \"{kind}.{kind}\"\n+++\n"));
        assert_eq!(site.build().clean().text(&format!("{kind}/index.html")).trim(), shown, "{kind}");
    }
    let other = site.file("templates/x.yml", "x").file("content/y.md", "+++\ntemplate = \"x.yml\"\n+++\n").build();
    other.finds("unknown-template", Error, "content/y.md:2:12");
}

#[test]
fn the_language_of_templates_is_tera_2() {
    for (template, shown) in [
        ("{{ [1, 2, 3, 4][1:3] | join(sep=',') }}", "2,3"),
        ("{{ 'a' if 1 > 2 else 'b' }}", "b"),
        ("{{ [x * 2 for x in [1, 2, 3] if x > 1] | join(sep=',') }}", "4,6"),
        ("{{ [0, ...[1, 2]] | join(sep=',') }}", "0,1,2"),
        ("{% set m = {...{'a': 1}, 'b': 2} %}{{ m | keys | sort | join(sep=',') }}", "a,b"),
        ("{{ section.extra?.no?.such is undefined }}", "true"),
        ("{% set a %}x{% endset %}{{ a }}", "x"),
        ("{% for i in [1, 2] %}{{ loop.index }}{% if not loop.last %},{% endif %}{% endfor %}", "1,2"),
        ("{% for i in [] %}{% else %}none{% endfor %}", "none"),
        ("{{ 'a' ~ 1 }} {{ 7 // 2 }} {{ 7 % 2 }} {{ 2 ** 3 }}", "a1 3 1 8"),
        ("{{ 'a' in ['a'] and not false }}", "true"),
        ("{# gone #}{% raw %}{{ kept }}{% endraw %}", "{{ kept }}"),
        ("{% include 'part.html' %}", "part"),
        ("{{ <c a=\"x\" b={2} /> }}", "x2-"),
        ("{% <c a=\"x\"> %}in{% </c> %}", "x1in-"),
    ] {
        let more = "== templates/part.html\npart\n== templates/c.html\n{% component c(a: string, b=1) %}{{ a }}{{ b }}{{ body | default(value='') }}-{% endcomponent c %}\n";
        let built = site("", more).file("templates/index.html", template).build();
        assert!(built.0.diagnostics.is_empty(), "{template}: {:?}", built.findings());
        assert_eq!(built.text("index.html").trim(), shown, "{template}");
    }
}

#[test]
fn templates_are_told_zolas_version_and_can_show_all_that_they_see() {
    let more = "== content/a.md\n+++\n+++\n";
    assert!(shows("", "{{ zola_version }}", more).starts_with("0.23"));
    let built = site("", more).file("templates/page.html", "{{ __tera_context }}").build().clean();
    assert!(built.text("a/index.html").contains("current_path") && built.text("a/index.html").contains("a.md"));
}

#[test]
fn every_template_sees_what_zolas_sees() {
    let config = "title = \"T\"\ngenerate_feeds = true\ntaxonomies = [{ name = \"tags\" }]\n[languages.fr]\n";
    let more = "== content/s/_index.md\n+++\n+++\n== content/s/a.md\n+++\ntitle = \"A\"\ndate = 2020-01-01\nupdated = 2021-01-01\n[taxonomies]\ntags = [\"X y\"]\n[extra]\nk = 1\n+++\n";
    let common = "{{ config.title }} {{ lang }} {{ current_url }} {{ current_path }}";
    let built = site(config, more)
        .file("templates/page.html", &format!("{common} {{{{ page.title }}}}"))
        .file("templates/section.html", &format!("{common} {{{{ section.path }}}}"))
        .file("templates/taxonomy_list.html", &format!("{common} {{{{ taxonomy.name }}}} {{{{ terms | length }}}}"))
        .file("templates/taxonomy_single.html", &format!("{common} {{{{ taxonomy.slug }}}} {{{{ term.name }}}} {{{{ term.slug }}}} {{{{ term.path }}}} {{{{ term.permalink }}}} {{{{ term.page_count }}}}{{% for p in term.pages %}} {{{{ p.title }}}}{{% endfor %}}"))
        .file("templates/404.html", "{{ config.title }} {{ lang }}")
        .file("templates/robots.txt", "{{ config.title }} {{ lang }}")
        .file("templates/sitemap.xml", "{{ config.title }}{% for e in entries %} {{ e.permalink }} {{ e.updated | default(value='') }}{{ e.extra?.k | default(value='') }}{% endfor %}")
        .file("templates/atom.xml", "{{ config.title }} {{ lang }} {{ feed_url }} {{ last_updated }}{% for p in pages %} {{ p.title }}{% endfor %}")
        .build()
        .clean();
    let z = "https://z.example";
    for (path, shown) in [
        ("s/a/index.html", format!("T en {z}/s/a/ /s/a/ A")),
        ("s/index.html", format!("T en {z}/s/ /s/ /s/")),
        ("tags/index.html", format!("T en {z}/tags/ /tags/ tags 1")),
        ("tags/x-y/index.html", format!("T en {z}/tags/x-y/ /tags/x-y/ tags X y x-y /tags/x-y/ {z}/tags/x-y/ 1 A")),
        ("404.html", "T en".to_owned()),
        ("fr/404.html", "T fr".to_owned()),
        ("robots.txt", "T en".to_owned()),
        ("sitemap.xml", format!("T {z}/  {z}/fr/  {z}/s/  {z}/s/a/ 2021-01-011 {z}/tags/  {z}/tags/x-y/")),
        ("atom.xml", format!("T en {z}/atom.xml 2021-01-01T00:00:00Z A")),
    ] {
        assert_eq!(built.text(path).trim(), shown, "{path}");
    }
}

#[test]
fn arguments_that_only_made_zola_faster_are_taken() {
    let config = "taxonomies = [{ name = \"tags\" }]";
    let more = "== content/a.md\n+++\ntitle = \"A\"\n[taxonomies]\ntags = [\"x\"]\n+++\n== templates/taxonomy_list.html\n\n== templates/taxonomy_single.html\n\n";
    let template = "{% set s = get_section(path='_index.md', metadata_only=true) %}{{ s.path }} {% set t = get_taxonomy_term(kind='tags', term='x', include_pages=false) %}{{ t.page_count }}";
    assert_eq!(shows(config, template, more), "/ 1");
}

#[test]
fn a_taxonomy_is_asked_for_by_its_name_or_its_slug() {
    let config = "taxonomies = [{ name = \"Chủ đề\" }]";
    let more = "== content/a.md\n+++\n[taxonomies]\n\"Chủ đề\" = [\"Biển\"]\n+++\n== templates/taxonomy_list.html\n\n== templates/taxonomy_single.html\n\n";
    let template = "{% for kind in ['Chủ đề', 'chu-de'] %}{{ get_taxonomy(kind=kind) | get(key='permalink') }} {{ get_taxonomy_url(kind=kind, term='Biển') }} {% endfor %}";
    let once = "https://z.example/chu-de/ https://z.example/chu-de/bien/";
    assert_eq!(shows(config, template, more), format!("{once} {once}"));
}

#[test]
fn the_page_of_an_alias_can_be_a_sites_own() {
    let built = site("", "== content/a.md\n+++\naliases = [\"old\"]\n+++\n");
    let html = built.build().clean().text("old/index.html").to_owned();
    assert!(html.contains("http-equiv=\"refresh\"") && html.contains("rel=\"canonical\"") && !html.contains("<script"), "{html}");
    let own = built.file("templates/internal/alias.html", "to {{ url }}").build().clean();
    assert_eq!(own.text("old/index.html").trim(), "to https://z.example/a/");
}

// Feeds

#[test]
fn a_feed_of_another_name_needs_a_template_of_that_name() {
    let built = site("generate_feeds = true\nfeed_filenames = [\"flux.xml\"]", "").build();
    assert!(built.0.has_errors() && built.findings().iter().any(|found| found.contains("flux.xml")), "{:?}", built.findings());
    assert!(!built.has("flux.xml") && built.has("index.html"));
}

#[test]
fn a_feed_has_pages_with_a_date_and_says_when_it_changed() {
    let more = "== content/s/_index.md\n+++\n+++\n== content/s/a.md\n+++\ntitle = \"A\"\ndate = 2020-01-01\nupdated = 2022-01-01\nauthors = [\"Ann\"]\ndescription = \"D\"\n+++\nText\n== content/s/b.md\n+++\ntitle = \"B\"\ndate = 2021-01-01\n+++\n== content/s/c.md\n+++\ntitle = \"C\"\n+++\n";
    let built = site("generate_feeds = true\ntitle = \"T\"\nauthor = \"Org\"", more).build().clean();
    let atom = built.text("atom.xml");
    assert!(atom.contains("<updated>2022-01-01T00:00:00Z</updated>") && !atom.contains("<title>C</title>"), "{atom}");
    assert!(atom.contains("<name>Ann</name>") && atom.contains("<name>Org</name>") && atom.contains("<summary>D</summary>"));
    let empty = site("generate_feeds = true", "").build().clean();
    assert!(empty.text("atom.xml").contains("<updated>1970-01-01T00:00:00Z</updated>"), "nothing asks the clock");
    let untitled = site("generate_feeds = true", more).build().clean();
    assert!(untitled.text("atom.xml").contains("<title>https://z.example</title>"));
}

#[test]
fn the_robots_are_sent_to_the_sitemap() {
    let built = site("", "").build().clean();
    let robots = built.text("robots.txt");
    assert!(robots.contains("User-agent: *") && robots.contains("Sitemap: https://z.example/sitemap.xml"), "{robots}");
}

#[test]
fn the_sitemap_has_pagers_but_no_page_that_only_leads_on() {
    let pages: String = (0..3).map(|n| format!("== content/s/{n}.md\n{EMPTY}")).collect();
    let more = "== content/s/_index.md\n+++\npaginate_by = 1\naliases = [\"old\"]\n+++\n";
    let built = site("", &(pages + more)).build().clean();
    let sitemap = built.text("sitemap.xml");
    assert!(sitemap.contains("/s/page/2/<") && !sitemap.contains("/s/page/1/") && !sitemap.contains("/old"), "{sitemap}");
    assert!(built.has("s/page/1/index.html"));
}

// Markdown

#[test]
fn a_heading_without_letters_has_a_number_for_its_id() {
    let built = site("", &format!("== content/a.md\n{EMPTY}# ???\n\n# !!!\n")).build().clean();
    let html = built.text("a/index.html").to_owned();
    let ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(ids, ["-1", "-2"], "{html}");
}

#[test]
fn a_templates_calls_in_content_see_other_pages_without_their_content() {
    let more = format!(
        "== content/a.md\n{EMPTY}{{% set b = get_page(path='b.md') %}}{{{{ b.title }}}} {{{{ b.content | length }}}} {{{{ get_section(path='_index.md') | get(key='path') }}}} {{{{ get_taxonomy(kind='tags') | get(key='items') | length }}}} {{{{ get_taxonomy_term(kind='tags', term='x') | get(key='page_count') }}}} {{{{ get_taxonomy_url(kind='tags', term='x') }}}}\n== content/b.md\n+++\ntitle = \"B\"\n[taxonomies]\ntags = [\"x\"]\n+++\nLong text\n== templates/taxonomy_list.html\n\n== templates/taxonomy_single.html\n\n"
    );
    let built = site("taxonomies = [{ name = \"tags\" }]", &more).build().clean();
    assert_eq!(built.text("a/index.html").trim(), "<p>B 0 / 1 1 https://z.example/tags/x/</p>");
}

#[test]
fn in_a_site_of_ours_html_is_text_unless_its_writers_are_trusted() {
    let body = format!("== content/a.md\n{EMPTY}<b>x</b>\n");
    assert!(site("", &body).build().clean().text("a/index.html").contains("<b>x</b>"));
    let ours = site("[extra.tinso]\n", &body).build();
    assert!(ours.text("a/index.html").contains("&lt;b&gt;x"));
    assert!(ours.findings()[0].starts_with("content/a.md:3:1 html-in-markdown"), "{:?}", ours.findings());
    assert!(site("[extra.tinso]\nraw_html = true\n", &body).build().clean().text("a/index.html").contains("<b>x</b>"));
    for config in ["", "[extra.tinso]\nraw_html = true\n"] {
        let built = site(config, &format!("== content/a.md\n{EMPTY}[x](javascript:alert(1))\n")).build();
        assert!(!built.text("a/index.html").contains("javascript:"), "{config}");
    }
}

#[test]
fn assets_are_named_by_their_addresses() {
    let more =
        format!("== content/a/index.md\n+++\nslug = \"named\"\n+++\n== content/a/index.fr.md\n{EMPTY}== content/a/x.txt\nx\n");
    let built = site("[languages.fr]", &more).file("templates/page.html", "{{ page.assets | join(sep=' ') }}").build().clean();
    for (page, asset) in [("named", "/named/x.txt"), ("fr/a", "/fr/a/x.txt")] {
        assert_eq!(built.text(&format!("{page}/index.html")).trim(), asset);
        assert!(built.has(asset.trim_start_matches('/')));
    }
}

#[test]
fn neighbours_have_no_neighbours_of_their_own() {
    let pages: String =
        (1..=3).map(|n| format!("== content/s/p{n}.md\n+++\ntitle = \"P{n}\"\nweight = {n}\n+++\nText {n}\n")).collect();
    let built = site("", &format!("== content/s/_index.md\n+++\nsort_by = \"weight\"\n+++\n{pages}"))
        .file("templates/page.html", "{{ page.lower.title if page.lower else '-' }} {{ (page.lower.content if page.lower else '-') | safe }}{{ page.lower.lower if page.lower else '-' }} {{ page.higher.title if page.higher else '-' }}")
        .build()
        .clean();
    assert_eq!(built.text("s/p3/index.html").trim(), "P2 <p>Text 2</p>\n -");
}

#[test]
fn a_section_that_is_cut_into_pages_still_has_all_of_them() {
    let pages: String = (1..=3).map(|n| format!("== content/s/p{n}.md\n{EMPTY}")).collect();
    let built = site("", &format!("== content/s/_index.md\n+++\npaginate_by = 2\n+++\n{pages}"))
        .file("templates/section.html", "{{ section.pages | length }} {{ paginator.pages | length }} {{ section.paginate_by }} {{ section.paginate_reversed }}")
        .build()
        .clean();
    assert_eq!(built.text("s/index.html").trim(), "3 2 2 false");
    assert_eq!(built.text("s/page/2/index.html").trim(), "3 1 2 false");
}

#[test]
fn translations_name_their_files_so_that_get_page_finds_them() {
    let more = "== content/a.md\n+++\ntitle = \"A\"\n+++\n== content/a.fr.md\n+++\ntitle = \"F\"\n+++\n";
    let built = site("[languages.fr]", more)
        .file("templates/page.html", "{% for t in page.translations %}{% set p = get_page(path=t.path, lang=t.lang) %}{{ t.path }} {{ p.title }} {% endfor %}{% for t in page.translations %}{% set p = get_page(path=t.path) %}{{ p.title }} {% endfor %}")
        .build()
        .clean();
    assert_eq!(built.text("a/index.html").trim(), "content/a.md A content/a.fr.md F A F");
}

#[test]
fn the_files_of_a_draft_wait_with_it() {
    let more = format!(
        "== content/s/_index.md\n+++\ndraft = true\n+++\n== content/s/x.txt\nx\n== content/a/index.md\n+++\ndraft = true\n+++\n== content/a/y.txt\ny\n== content/b.md\n{EMPTY}"
    );
    let built = site("", &more).build().clean();
    assert!(!built.has("s/x.txt") && !built.has("a/y.txt") && built.has("b/index.html"));
}

#[test]
fn an_address_in_a_language_is_of_the_path_as_given() {
    let more = "";
    assert_eq!(
        shows("[languages.fr]", "{{ get_url(path='/fr/a/', lang='en') }} {{ get_url(path='a', lang='fr') }}", more),
        "https://z.example/fr/a https://z.example/fr/a"
    );
}

#[test]
fn pages_of_one_path_in_two_languages_collide() {
    let more = "== content/a.md\n+++\npath = \"x\"\n+++\n== content/a.fr.md\n+++\npath = \"x\"\n+++\n";
    let built = site("[languages.fr]", more).build();
    assert!(built.findings().iter().any(|found| found.contains("address-collision")), "{:?}", built.findings());
}

#[test]
fn a_theme_that_is_not_whole_is_taken() {
    assert_eq!(shows("theme = \"t\"", "x", "== themes/t/theme.toml\n\n"), "x");
}

#[test]
fn slugify_takes_the_yes_and_no_of_older_sites() {
    let page = format!("== content/A b.md\n{EMPTY}");
    assert!(site("[slugify]\npaths = true\n", &page).build().clean().has("a-b/index.html"));
    assert!(site("[slugify]\npaths = false\n", &page).build().clean().has("A b/index.html"));
}

#[test]
fn any_web_address_may_be_the_sites() {
    let built = site("", "").file("config.toml", "base_url = \"http://a-website.com\"\n").build().clean();
    assert!(built.text("sitemap.xml").contains("http://a-website.com/"));
}

#[cfg(feature = "images")]
#[test]
fn of_a_picture_there_are_size_and_type() {
    let svg = "== static/a.svg\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"3\" height=\"4\"/>\n";
    assert_eq!(shows("", "{{ get_image_metadata(path='a.svg') | keys | join(sep=' ') }}", svg), "width height format mime");
}

#[test]
fn extra_is_one_for_all_languages() {
    let built = site("[languages.fr]\n[extra]\nk = 1\n", "").file("templates/index.html", "{{ config.extra.k }}").build().clean();
    assert_eq!([built.text("index.html").trim(), built.text("fr/index.html").trim()], ["1", "1"]);
    site("[languages.fr]\nextra = { k = 1 }\n", "").build().finds("unknown-config-key", Error, "config.toml:3:1");
}

#[test]
fn a_page_without_a_translation_is_not_in_that_language() {
    let built = site("[languages.fr]", &format!("== content/s/_index.md\n{EMPTY}== content/s/a.md\n{EMPTY}")).build().clean();
    assert!(built.has("s/a/index.html") && !built.has("fr/s/a/index.html") && !built.has("fr/s/index.html"));
}

// The program

fn tinso(folder: &std::path::Path, arguments: &[&str]) -> std::process::Output {
    std::process::Command::new(env!("CARGO_BIN_EXE_tinso")).args(arguments).current_dir(folder).output().unwrap()
}

#[test]
fn zola_toml_goes_before_config_toml_and_another_one_may_be_named() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, url: &str| std::fs::write(folder.path().join(name), format!("base_url = \"{url}\"\n")).unwrap();
    std::fs::create_dir(folder.path().join("templates")).unwrap();
    std::fs::write(folder.path().join("templates/index.html"), "{{ config.base_url }}").unwrap();
    write("zola.toml", "https://zola.example");
    write("config.toml", "https://config.example");
    write("other.toml", "https://other.example");
    for (arguments, url) in [
        (&["build"][..], "https://zola.example"),
        (&["--config", "config.toml", "build"], "https://config.example"),
        (&["build", "-c", "other.toml"], "https://other.example"),
        (&["build", "-u", "https://given.example"], "https://given.example"),
    ] {
        let done = tinso(folder.path(), arguments);
        assert_eq!(done.status.code(), Some(0), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
        assert_eq!(std::fs::read_to_string(folder.path().join("public/index.html")).unwrap(), url, "{arguments:?}");
    }
    assert!(tinso(folder.path(), &["build"]).stdout.is_empty(), "all is said on standard error");
}

#[test]
fn what_is_wrong_with_content_ends_in_1_and_with_a_call_or_config_in_2() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(tinso(folder.path(), &["build"]).status.code(), Some(2));
    assert_eq!(tinso(folder.path(), &["build", "--no-such"]).status.code(), Some(2));
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("config.toml", "base_url = \"https://z.example\"\ntitel = 1\n");
    assert_eq!(tinso(folder.path(), &["build"]).status.code(), Some(2), "without its config a site cannot be built");
    write("config.toml", "base_url = \"https://z.example\"\n");
    std::fs::create_dir(folder.path().join("content")).unwrap();
    write("content/a.md", "+++\ntitle = 1\n+++\n");
    for command in ["build", "check"] {
        assert_eq!(tinso(folder.path(), &[command]).status.code(), Some(1), "{command}");
    }
}

#[test]
fn variables_of_the_log_and_of_colours_change_nothing_that_is_said() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("config.toml"), "base_url = 1\n").unwrap();
    let said = |variables: &[(&str, &str)]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_tinso"));
        let done = command.arg("build").current_dir(folder.path()).envs(variables.iter().copied()).output().unwrap();
        String::from_utf8(done.stderr).unwrap()
    };
    let plain = said(&[]);
    assert!(plain.contains("base_url") && !plain.contains('\u{1b}'), "{plain}");
    assert_eq!(plain, said(&[("RUST_LOG", "trace"), ("CLICOLOR_FORCE", "1")]));
}

#[test]
fn a_shortcode_is_an_error_where_it_is_called() {
    for call in ["{{ youtube(id=\"x\") }}", "{% quote(author=\"x\") %}a{% end %}"] {
        let built = site("", &format!("== content/a.md\n{EMPTY}{call}\n")).build();
        assert!(built.findings().iter().any(|found| found.starts_with("content/a.md:3:4")), "{:?}", built.findings());
    }
}

#[test]
fn a_draft_section_waits_in_all_languages_or_in_its_own() {
    let more = format!(
        "== content/s/_index.md\n+++\ndraft = true\n+++\n== content/s/a.md\n{EMPTY}== content/s/_index.fr.md\n{EMPTY}== content/s/a.fr.md\n{EMPTY}"
    );
    let built = site("[languages.fr]", &more).build().clean();
    for path in ["s/index.html", "s/a/index.html", "fr/s/index.html", "fr/s/a/index.html"] {
        assert!(!built.has(path), "{path}: the default language speaks for the folder");
    }
    let french = site("default_language = \"vi\"\n[languages.fr]\n[languages.en]", &more.replace("_index.md", "_index.en.md"));
    let built = french.build().clean();
    assert!(!built.has("en/s/index.html") && built.has("fr/s/index.html") && built.has("fr/s/a/index.html"));
}

#[test]
fn super_is_the_block_of_the_parent() {
    let more = "== templates/base.html\n[{% block b %}base{% endblock %}]\n";
    assert_eq!(shows("", "{% extends 'base.html' %}{% block b %}{{ super() }} and own{% endblock %}", more), "[base and own]");
}

#[test]
fn tables_of_a_site_of_ours_have_classes() {
    let table = format!("== content/a.md\n{EMPTY}| a |\n|--:|\n| 1 |\n");
    let built = site("[extra.tinso]\n", &table).build().clean();
    let html = built.text("a/index.html");
    assert!(html.contains("<td class=") && !html.contains("style="), "{html}");
}

#[test]
fn mathematics_and_wiki_links_are_text() {
    let built = site("", &format!("== content/a.md\n{EMPTY}$a^2$ [[b]]\n")).build().clean();
    assert_eq!(built.text("a/index.html").trim(), "<p>$a^2$ [[b]]</p>");
}

#[test]
fn check_renders_the_templates() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("config.toml"), "base_url = \"https://z.example\"\n").unwrap();
    std::fs::create_dir(folder.path().join("templates")).unwrap();
    std::fs::write(folder.path().join("templates/index.html"), "{{ throw(message='seen') }}").unwrap();
    let done = tinso(folder.path(), &["check"]);
    assert_eq!(done.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&done.stderr).contains("seen"));
}

#[cfg(feature = "serve")]
#[test]
fn a_busy_port_that_nobody_asked_for_gives_way_to_the_next() {
    use std::io::{BufRead, BufReader};
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("config.toml"), "base_url = \"https://z.example\"\n").unwrap();
    // Held by this test, or by somebody else.
    let _held = std::net::TcpListener::bind("127.0.0.1:1111");
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_tinso"));
    command.arg("serve").current_dir(folder.path()).env_remove("TINSO_PORT");
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::null());
    let mut server = command.spawn().unwrap();
    let said = BufReader::new(server.stdout.take().unwrap());
    let address = said.lines().map_while(Result::ok).find_map(|line| Some(line.split_once("http://127.0.0.1:")?.1.to_owned()));
    server.kill().unwrap();
    server.wait().unwrap();
    let port: u16 = address.unwrap().trim_end_matches('/').parse().unwrap();
    assert!(port > 1111 && port < 1200, "{port}");
}

#[test]
fn the_output_has_a_list_of_what_was_built_and_nothing_else_of_ours() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("config.toml"), "base_url = \"https://z.example\"\n").unwrap();
    assert_eq!(tinso(folder.path(), &["build"]).status.code(), Some(0));
    let files = std::fs::read_dir(folder.path().join("public")).unwrap();
    let mut names: Vec<String> = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, [".tinso-manifest.json", "404.html", "index.html", "robots.txt", "sitemap.xml"]);
}
