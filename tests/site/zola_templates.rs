//! What templates may call: every filter, function and test of Zola, as expression → output.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use tinso::build::{Options, build};
use tinso::diagnostic::Severity::{Error, Warning};
use tinso::source::{Host, Request};
use tinso::text::SitePath;

use crate::{Outcome, Site};

/// A site whose page in each language shows expressions, one a line, unescaped; the Vietnamese one without `.en`.
fn showing(expressions: &[&str]) -> Site {
    let lines: Vec<String> = expressions.iter().map(|expression| format!("{{{{ {expression} }}}}")).collect();
    Site::new()
        .file("templates/probe.txt", &lines.join("\n~~\n"))
        .file(
            "content/probe.md",
            "+++\ntitle = \"Thử\"\ndate = 2017-03-05\ntemplate = \"probe.txt\"\n[extra]\nb = 1\na = 2\n+++\n",
        )
        .file("content/probe.en.md", "+++\ntitle = \"Probe\"\ndate = 2017-03-05\ntemplate = \"probe.txt\"\n+++\n")
        .article("sea", "2017-01-01T08:30:00+07:00", "[taxonomies]\ntopics = [\"Biển đảo\"]", "Biển")
        .file("i18n/vi.toml", "hello = \"Xin chào {name}\"\nonly_vi = \"chỉ có tiếng Việt\"\n[items]\nother = \"{n} mục\"\n")
        .file(
            "i18n/en.toml",
            "hello = \"Hello {name}\"\nitems = { one = \"{n} item\", other = \"{n} items\" }\nnav.home = \"Home\"\n",
        )
}

fn values(outcome: &Outcome, path: &str) -> Vec<String> {
    outcome.text(path).split("\n~~\n").map(str::to_owned).collect()
}

/// Builds one site for a whole table.
fn shows(path: &str, table: &[(&str, &str)]) {
    let expressions: Vec<&str> = table.iter().map(|(expression, _)| *expression).collect();
    let other = if path == VI { "content/probe.en.md" } else { "content/probe.md" };
    let outcome = showing(&expressions).without(other).build().clean();
    let mut wrong = Vec::new();
    for ((expression, expected), shown) in table.iter().zip(values(&outcome, path)) {
        if shown != *expected {
            wrong.push(format!("{expression}\n    shows   {shown:?}\n    instead {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const VI: &str = "probe/index.html";
const EN: &str = "en/probe/index.html";

#[test]
fn filters_of_texts() {
    shows(
        VI,
        &[
            ("'tin tức' | upper", "TIN TỨC"),
            ("'TIN' | lower", "tin"),
            ("'một hai ba' | wordcount", "3"),
            ("'<a b=\"c\">' | escape_html", "&lt;a b=&quot;c&quot;&gt;"),
            ("\"it's <b>\" | escape_xml", "it&apos;s &lt;b&gt;"),
            ("'a\\nb' | newlines_to_br", "a<br>b"),
            ("1 | pluralize", ""),
            ("2 | pluralize", "s"),
            ("2 | pluralize(singular='y', plural='ies')", "ies"),
            ("' a ' | trim", "a"),
            ("' a ' | trim_start", "a "),
            ("' a ' | trim_end", " a"),
            ("'//a//' | trim(pat='/')", "a"),
            ("'//a//' | trim_start(pat='/')", "a//"),
            ("'//a//' | trim_end(pat='/')", "//a"),
            ("'a.b.c' | replace(from='.', to='-')", "a-b-c"),
            ("'việt NAM' | capitalize", "Việt nam"),
            ("'hà nội' | title", "Hà Nội"),
            ("'Thủ đô Hà Nội' | truncate(length=6)", "Thủ đô…"),
            ("'Thủ đô Hà Nội' | truncate(length=6, end='')", "Thủ đô"),
            ("'ngắn' | truncate(length=10)", "ngắn"),
            ("'a\\nb' | indent(width=2)", "a\n  b"),
            ("'a\\nb' | indent(width=2, first=true)", "  a\n  b"),
            ("12 | str ~ '!'", "12!"),
            ("'a,b' | split(pat=',') | join(sep=' + ')", "a + b"),
            ("'Tin nóng' | length", "8"),
            ("'abc' | reverse", "cba"),
            ("'xin chào' | base64_encode", "eGluIGNow6Bv"),
            ("'eGluIGNow6Bv' | base64_decode", "xin chào"),
            ("'a?>' | base64_encode(url_safe=true, padded=false)", "YT8-"),
            ("'a1b22' | regex_replace(pattern='[0-9]+', rep='#')", "a#b#"),
            ("'2017-03' | regex_replace(pattern=`(\\\\d+)-(\\\\d+)`, rep='$2/$1')", "03/2017"),
            ("'<p>Tin <b>nóng</b></p>' | striptags", "Tin nóng"),
            ("'<p> <b>a</b> </p>' | spaceless", "<p><b>a</b></p>"),
            ("'a b/ç?' | urlencode", "a%20b/%C3%A7%3F"),
            ("'a b/ç?' | urlencode_strict", "a%20b%2F%C3%A7%3F"),
            ("'Đường sắt đô thị' | slugify", "duong-sat-do-thi"),
            ("{'b': 1, 'a': [true, none]} | json_encode", r#"{"b":1,"a":[true,null]}"#),
            ("[1] | json_encode(pretty=true)", "[\n  1\n]"),
            ("'<i>' | safe", "<i>"),
            ("'' | default(value='x', boolean=true)", "x"),
            ("'' | default(value='x')", ""),
            ("missing | default(value='x')", "x"),
            ("page.extra.missing | default(value='x')", "x"),
        ],
    );
}

#[test]
fn filters_of_numbers() {
    shows(
        VI,
        &[
            ("'12' | int + 1", "13"),
            ("'ff' | int(base=16)", "255"),
            ("'0b101' | int(base=2)", "5"),
            ("'1.5' | float * 2", "3.0"),
            ("-3 | abs", "3"),
            ("2.5 | round", "3.0"),
            ("2.1 | round(method='ceil')", "3.0"),
            ("2.9 | round(method='floor')", "2.0"),
            ("2.1234 | round(precision=2)", "2.12"),
            ("1024 | filesizeformat", "1 KiB"),
            ("1500000 | filesizeformat(binary=false)", "1.50 MB"),
            ("3.14159 | format(spec='.2')", "3.14"),
            ("42 | format(spec='05')", "00042"),
            ("1161836 | num_format", "1.161.836"),
            ("1161836 | num_format(locale='en')", "1,161,836"),
            ("1161836 | num_format(locale='vi_VN')", "1.161.836"),
            ("2105.8 | num_format", "2.105,8"),
            ("2105.8 | num_format(locale='en_US')", "2,105.8"),
            ("'1161836' | num_format", "1.161.836"),
            ("1161836.5 | num_format(locale='de')", "1.161.836,5"),
            ("1161836 | num_format(locale='fr_FR')", "1\u{202f}161\u{202f}836"),
            ("2105.86 | num_format(decimals=1)", "2.105,9"),
            ("999 | num_format", "999"),
        ],
    );
    shows(EN, &[("1161836 | num_format", "1,161,836"), ("1161836 | num_format(locale='vi')", "1.161.836")]);
}

#[test]
fn filters_of_lists_and_maps() {
    shows(
        VI,
        &[
            ("[1, 2, 3] | length", "3"),
            ("[1, 2, 3] | reverse | join(sep=',')", "3,2,1"),
            ("[1, 2, 3] | first", "1"),
            ("[1, 2, 3] | last", "3"),
            ("[1, 2, 3] | nth(n=1)", "2"),
            ("[3, 1, 2] | sort | join(sep=',')", "1,2,3"),
            ("[{'n': 2}, {'n': 1}] | sort(attribute='n') | map(attribute='n') | join(sep=',')", "1,2"),
            ("[1, 2, 1] | unique | join(sep=',')", "1,2"),
            ("[{'n': 2, 'k': 1}, {'n': 2, 'k': 2}] | unique(attribute='n') | length", "1"),
            ("{'a': 1} | get(key='a')", "1"),
            ("{'a': 1} | get(key='b', default=7)", "7"),
            ("{'b': 1, 'a': 2} | keys | join(sep=',')", "b,a"),
            ("{'b': 1, 'a': 2} | values | join(sep=',')", "1,2"),
            ("{'b': 1} | pairs | first | join(sep='=')", "b=1"),
            (
                "[{'y': 2, 'n': 'a'}, {'y': 1, 'n': 'b'}, {'y': 2, 'n': 'c'}] | group_by(attribute='y') | keys | join(sep=',')",
                "2,1",
            ),
            ("[{'y': 'k', 'n': 'a'}, {'y': 'k', 'n': 'b'}] | group_by(attribute='y') | get(key='k') | length", "2"),
            ("[{'a': {'b': 'x'} }] | group_by(attribute='a.b') | keys | first", "x"),
            ("[1, 2, 3, 4] | shuffle(seed='x') | sort | join(sep=',')", "1,2,3,4"),
            ("page.extra | keys | join(sep=',')", "b,a"),
        ],
    );
}

#[test]
fn dates_by_percent_patterns_have_the_names_of_the_language() {
    shows(
        VI,
        &[
            ("page.date | date", "2017-03-05"),
            ("page.date | date(format='%d/%m/%Y')", "05/03/2017"),
            ("page.date | date(format='%A, %-d %B %Y')", "chủ nhật, 5 tháng 3 2017"),
            ("page.date | date(format='%a %b')", "CN thg 3"),
            ("page.date | date(format='%B %d, %Y', locale='en')", "March 05, 2017"),
            ("page.date | date(format='%B', locale='vi_VN')", "tháng 3"),
            ("page.date | date(format='%B', locale='xx')", "March"),
            ("page.date | date(format='%A %-d %B %Y', locale='fr_FR')", "dimanche 5 mars 2017"),
            ("page.date | date(format='d. MMMM y', locale='de')", "5. März 2017"),
            ("page.date | date(format='EEEE', locale='es-MX')", "domingo"),
            ("page.date | long_date(locale='ja')", "2017年3月5日"),
            ("page.date | date(format='%+')", "2017-03-05T00:00:00+00:00"),
            ("'2017-03-05T08:09:07+07:00' | date(format='%H:%M %z')", "08:09 +0700"),
            ("'2017-03-05T08:09:07+07:00' | date(format='%+')", "2017-03-05T08:09:07+07:00"),
            ("'2017-03-05T08:09:07' | date(format='%Y-%m-%dT%H:%M:%S%:z')", "2017-03-05T08:09:07+00:00"),
            ("'2017-03-05 08:09:07' | date(format='%H:%M')", "08:09"),
            ("1482720453 | date", "2016-12-26"),
            ("1482720453 | date(format='%Y-%m-%d %H:%M')", "2016-12-26 02:47"),
            ("1482720453 | date(format='%H:%M', timezone='Asia/Ho_Chi_Minh')", "09:47"),
            ("'2017-03-05T20:00:00Z' | date(format='%d %H:%M', timezone='Asia/Ho_Chi_Minh')", "06 03:00"),
            ("'2017-03-05T08:00:00' | date(format='%+', timezone='America/New_York')", "2017-03-05T08:00:00-05:00"),
            ("'2017-07-05T12:00:00Z' | date(format='%H %Z', timezone='Europe/Paris')", "14 CEST"),
            ("page.date | date(format='%s')", "1488672000"),
            ("page.date | date(format=none, timezone=none, locale=none)", "2017-03-05"),
            ("page.date | date(format='%a, %d %b %Y %H:%M:%S %z', locale='en')", "Sun, 05 Mar 2017 00:00:00 +0000"),
        ],
    );
    shows(
        EN,
        &[
            ("page.date | date(format='%B %e, %Y')", "March  5, 2017"),
            ("page.date | date(format='%A', locale='vi')", "chủ nhật"),
            ("page.date | long_date", "5 March 2017"),
        ],
    );
}

#[test]
fn dates_by_letter_patterns_are_those_of_unicode() {
    shows(
        VI,
        &[
            ("page.date | date(format='d MMMM, y')", "5 tháng 3, 2017"),
            ("page.date | date(format='EEEE')", "chủ nhật"),
            ("page.date | date(format='dd/MM/yyyy')", "05/03/2017"),
            ("page.date | date(format='d MMMM y', locale='en')", "5 March 2017"),
            ("page.date | date(format=\"'Ngày' d\")", "Ngày 5"),
            ("'2017-03-05T20:09:07Z' | date(format='HH:mm')", "20:09"),
            ("'2017-03-05T20:09:07Z' | date(format='h:mm a', locale='en')", "8:09 PM"),
            ("'2017-03-05T20:09:07Z' | date(format='h:mm a')", "8:09 CH"),
            ("'2017-03-05T20:00:00Z' | date(format='EEE HH:mm', timezone='Asia/Tokyo', locale='en')", "Mon 05:00"),
        ],
    );
}

#[test]
fn tests_of_values() {
    shows(
        VI,
        &[
            ("'a' is string", "true"),
            ("1 is string", "false"),
            ("1 is number", "true"),
            ("{'a': 1} is map", "true"),
            ("true is bool", "true"),
            ("[1] is array", "true"),
            ("1 is integer", "true"),
            ("1.5 is integer", "false"),
            ("1.5 is float", "true"),
            ("none is none", "true"),
            ("[1] is iterable", "true"),
            ("1 is iterable", "false"),
            ("page is defined", "true"),
            ("missing is defined", "false"),
            ("missing is undefined", "true"),
            ("3 is odd", "true"),
            ("3 is even", "false"),
            ("6 is divisible_by(divisor=3)", "true"),
            ("'tinso' is starting_with(pat='tin')", "true"),
            ("'tinso' is ending_with(pat='so')", "true"),
            ("'tinso' is containing(pat='ns')", "true"),
            ("[1, 2] is containing(pat=2)", "true"),
            ("'a12' is matching(pat='^[a-z][0-9]+$')", "true"),
            ("'12a' is not matching(pat='^[a-z]')", "true"),
            ("page.date is before(other='2017-03-06')", "true"),
            ("page.date is before(other='2017-03-05')", "false"),
            ("page.date is before(other='2017-03-05', inclusive=true)", "true"),
            ("page.date is after(other='2017-03-04T23:00:00Z')", "true"),
            ("page.date is after(other=1488672000)", "false"),
            ("page.date is after(other=1488672000, inclusive=true)", "true"),
        ],
    );
}

#[test]
fn names_of_tera_1_that_cost_nothing() {
    shows(
        VI,
        &[
            ("12 | as_str ~ '!'", "12!"),
            ("'a\\r\\nb' | linebreaksbr", "a<br>b"),
            ("'a\"b' | addslashes", "a\\\"b"),
            ("'//a//' | trim_start_matches(pat='/')", "a//"),
            ("'//a//' | trim_end_matches(pat='/')", "//a"),
            ("[1] | concat(with=[2, 3]) | join(sep=',')", "1,2,3"),
            ("[1] | concat(with=2) | join(sep=',')", "1,2"),
            ("[1, 2, 3] | slice(start=1) | join(sep=',')", "2,3"),
            ("[1, 2, 3] | slice(end=2) | join(sep=',')", "1,2"),
            ("[1, 2, 3] | slice(start=1, end=-1) | join(sep=',')", "2"),
            ("[1, 2, 3] | slice(start=2, end=1) | length", "0"),
            ("[1, 2, 3] | slice(end=9) | length", "3"),
            ("[{'a': {'b': 1} }, {'a': {} }] | map(attribute='a.b') | join(sep=',')", "1"),
            ("[{'a': 1}, {'a': 2}] | filter(attribute='a', value=2) | length", "1"),
            ("[{'a': 1}, {'b': 2}] | filter(attribute='a') | length", "1"),
            ("{'a': 1} is object", "true"),
            ("6 is divisibleby(divisor=4)", "false"),
            ("get_env(name='ZOLA_ENV', default='dev')", "dev"),
        ],
    );
}

#[test]
fn functions_of_texts_and_languages() {
    shows(
        VI,
        &[
            ("trans(key='hello', name='Lan')", "Xin chào Lan"),
            ("trans(key='hello', name='Lan', lang='en')", "Hello Lan"),
            ("trans(key='items', n=1)", "1 mục"),
            ("trans(key='items', n=1500)", "1.500 mục"),
            ("trans(key='items', lang='en', n=1)", "1 item"),
            ("trans(key='items', lang='en', count=1, n=1500)", "1,500 items"),
            ("trans(key='items.other', lang='en', n=3)", "3 items"),
            ("trans(key='nav.home', lang='en')", "Home"),
            ("text_direction(lang='vi')", "ltr"),
            ("text_direction(lang='ar')", "rtl"),
            ("text_direction(lang='ku-Arab')", "rtl"),
            ("text_direction()", "ltr"),
            ("range(end=4) | join(sep=',')", "0,1,2,3"),
            ("range(start=1, end=8, step_by=3) | join(sep=',')", "1,4,7"),
            ("get_url(path='@/news/sea.md')", "https://tin.example/news/sea/"),
            ("get_url(path='@/news/sea.md', lang='en')", "https://tin.example/en/news/sea/"),
            ("get_url(path='main.css')", "https://tin.example/main.css"),
            ("get_url(path='about', lang='en', trailing_slash=true)", "https://tin.example/en/about/"),
            ("get_taxonomy_url(kind='topics', term='Biển đảo')", "https://tin.example/topics/bien-dao/"),
            ("get_taxonomy_url(kind='topics', term='bien-dao')", "https://tin.example/topics/bien-dao/"),
            ("get_taxonomy_url(kind='topics', term='không', required=false)", ""),
            ("get_taxonomy_url(kind='authors', term='x', required=false)", ""),
            ("get_taxonomy_term(kind='topics', term='Biển đảo') | get(key='page_count')", "1"),
            ("get_taxonomy_term(kind='topics', term='không', required=false) is none", "true"),
            ("get_taxonomy(kind='topics') | get(key='items') | map(attribute='name') | join(sep=',')", "Biển đảo"),
            ("get_taxonomy(kind='topics') | get(key='permalink')", "https://tin.example/topics/"),
            ("get_taxonomy(kind='topics') | get(key='kind') | get(key='slug')", "topics"),
            ("get_page(path='news/sea.md') | get(key='title')", "sea vi"),
            ("get_page(path='news/sea.md', lang='en') | get(key='title')", "sea en"),
            ("get_section(path='news/_index.md') | get(key='title')", "Tin tức"),
            ("get_page(path='news/none.md', allow_missing=true) is none", "true"),
        ],
    );
    shows(
        EN,
        &[
            ("trans(key='hello', name='Lan')", "Hello Lan"),
            ("trans(key='items', n=2)", "2 items"),
            ("get_url(path='@/news/sea.md')", "https://tin.example/en/news/sea/"),
            ("get_page(path='news/sea.md') | get(key='title')", "sea en"),
            ("get_taxonomy(kind='topics') | get(key='permalink')", "https://tin.example/en/topics/"),
        ],
    );
}

#[test]
fn markdown_in_templates_is_that_of_pages() {
    shows(
        VI,
        &[
            ("'**đậm**' | markdown", "<p><strong>đậm</strong></p>\n"),
            ("'**đậm**' | markdown(inline=true)", "<strong>đậm</strong>"),
            ("'a\\n\\nb' | markdown(inline=true)", "<p>a</p>\n<p>b</p>\n"),
            ("'[biển](@/news/sea.md)' | markdown(inline=true)", "<a href=\"https://tin.example/news/sea/\">biển</a>"),
            ("12 | markdown(inline=true)", "12"),
        ],
    );
    shows(EN, &[("'[sea](@/news/sea.md)' | markdown(inline=true)", "<a href=\"https://tin.example/en/news/sea/\">sea</a>")]);
    let site =
        Site::new().file("templates/index.html", "{{ '*a*' | markdown(inline=true) }}|{{ '<b>' }}|{{ config.title | markdown }}");
    assert_eq!(site.build().clean().text("index.html"), "<em>a</em>|&lt;b&gt;|<p>Tin</p>\n");
}

#[test]
fn the_config_is_all_there() {
    let config = r#"
base_url = "https://tin.example"
title = "Tin"
description = "Tin hằng ngày"
default_language = "vi"
author = "Ban biên tập"
generate_feeds = true
feed_filenames = ["atom.xml"]
feed_limit = 9
build_search_index = false
exclude_paginated_pages_in_sitemap = "all"
taxonomies = [{ name = "topics", paginate_by = 5, feed = false }]
[markdown]
smart_punctuation = true
insert_anchor_links = "left"
external_links_class = "ext"
[markdown.highlighting]
theme = "github-light"
style = "class"
[languages.en]
taxonomies = [{ name = "topics" }]
[languages.en.translations]
yes = "Yes"
[extra]
b = 1
a = { c = "d" }
"#;
    let table = [
        ("config.base_url", "https://tin.example"),
        ("config.title", "Tin"),
        ("config.description", "Tin hằng ngày"),
        ("config.default_language", "vi"),
        ("config.author", "Ban biên tập"),
        ("config.generate_feeds", "true"),
        ("config.generate_feed", "true"),
        ("config.generate_rss", "true"),
        ("config.feed_filenames | join(sep=',')", "atom.xml"),
        ("config.feed_filename", "atom.xml"),
        ("config.feed_limit", "9"),
        ("config.build_search_index", "false"),
        ("config.search.index_format", "elasticlunr_javascript"),
        ("config.generate_sitemap", "true"),
        ("config.generate_robots_txt", "true"),
        ("config.exclude_paginated_pages_in_sitemap", "all"),
        ("config.taxonomies[0].name", "topics"),
        ("config.taxonomies[0].paginate_by", "5"),
        ("config.taxonomies[0].feed", "false"),
        ("config.markdown.smart_punctuation", "true"),
        ("config.markdown.render_emoji", "false"),
        ("config.markdown.external_links_external", "true"),
        ("config.markdown.external_links_class", "ext"),
        ("config.markdown.insert_anchor_links", "left"),
        ("config.markdown.bottom_footnotes", "false"),
        ("config.markdown.highlighting.style", "class"),
        ("config.markdown.highlighting.theme", "github-light"),
        ("config.markdown.highlighting.data_attr_position", "code"),
        ("config.markdown.highlight_code", "true"),
        ("config.markdown.highlight_theme", "css"),
        ("config.languages | keys | join(sep=',')", "en"),
        ("config.languages.en.title is none", "true"),
        ("config.languages.en.generate_feeds", "false"),
        ("config.languages.en.translations.yes", "Yes"),
        ("config.languages.en.search.include_title", "true"),
        ("config.languages.en.taxonomies[0].name", "topics"),
        ("config.extra.a.c", "d"),
        ("config.extra | keys | join(sep=',')", "b,a"),
        ("config.theme is none", "true"),
    ];
    let expressions: Vec<&str> = table.iter().map(|(expression, _)| *expression).collect();
    let outcome = showing(&expressions).file("config.toml", config).build();
    for ((expression, expected), shown) in table.iter().zip(values(&outcome, VI)) {
        assert_eq!(shown, *expected, "{expression}");
    }
    let outcome = showing(&["config.title", "config.description", "config.languages | keys | first", "config.generate_feeds"])
        .file("config.toml", config)
        .build();
    assert_eq!(values(&outcome, EN), ["Tin", "Tin hằng ngày", "vi", "false"]);
}

/// A clock that is a second later whenever it is looked at: a build looks once.
#[derive(Default)]
struct Clock(AtomicI64);

impl Host for Clock {
    fn file(&self, _: &SitePath) -> Option<Arc<[u8]>> {
        None
    }

    fn last_output(&self, _: &SitePath) -> Option<Arc<[u8]>> {
        None
    }

    fn now(&self) -> jiff::Timestamp {
        let later = jiff::SignedDuration::from_secs(self.0.fetch_add(1, Ordering::SeqCst));
        "2026-11-24T11:04:29.5Z".parse::<jiff::Timestamp>().unwrap() + later
    }

    fn fetch(&self, _: &Request) -> Result<Arc<[u8]>, String> {
        Err("none".to_owned())
    }
}

#[test]
fn now_is_the_moment_of_the_build() {
    let site = showing(&[
        "now()",
        "now(utc=true)",
        "now(timestamp=true)",
        "now() | date(format='%Y')",
        "now() | date(format='%H:%M', timezone='Asia/Ho_Chi_Minh')",
        "now(timezone='Asia/Ho_Chi_Minh')",
        "page.date is before(other=now())",
    ]);
    let options = Options { config: "config.toml".into(), ..Options::default() };
    let outcome = Outcome(build(&site.snapshot().within(Clock::default()), &options)).clean();
    assert_eq!(
        values(&outcome, VI),
        ["2026-11-24T11:04:29Z", "2026-11-24T11:04:29Z", "1795518269", "2026", "18:04", "2026-11-24T18:04:29+07:00", "true"]
    );
}

#[test]
fn no_more_of_the_moment_is_asked_than_is_seen() {
    let options = Options { config: "config.toml".into(), ..Options::default() };
    let built = |expressions: &[&str]| Outcome(build(&showing(expressions).snapshot().within(Clock::default()), &options));
    let hold = |outcome: &Outcome| {
        let stretch = outcome.0.stretch;
        (!outcome.0.asked_now).then(|| [stretch.since, stretch.until].map(|end| end.unwrap().to_string()))
    };
    for (expression, shown, since, until) in [
        ("now() | date(format='%Y')", "2026", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"),
        ("now(timezone='Asia/Ho_Chi_Minh') | date(format='%m/%Y')", "11/2026", "2026-10-31T17:00:00Z", "2026-11-30T17:00:00Z"),
        ("now(timezone='Asia/Ho_Chi_Minh') | date", "2026-11-24", "2026-11-23T17:00:00Z", "2026-11-24T17:00:00Z"),
        ("now(unit='year')", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"),
        ("now(unit='day', timestamp=true)", "1795478400", "2026-11-24T00:00:00Z", "2026-11-25T00:00:00Z"),
    ] {
        let outcome = built(&[expression]);
        assert_eq!(hold(&outcome), Some([since.to_owned(), until.to_owned()]), "{expression}");
        assert_eq!(values(&outcome.clean(), VI), [shown], "{expression}");
    }
    for expressions in [&["now()"][..], &["now() | date(format='%Y')", "now(timestamp=true)"], &["now() | date(format='%H')"]] {
        assert_eq!(hold(&built(expressions)), None, "{expressions:?}");
    }
    built(&["now(unit='week')"]).finds("template", Error, "templates/probe.txt:1:4");
}

#[test]
fn chance_is_the_same_in_every_build_and_differs_from_call_to_call() {
    let expressions = [
        "get_random(start=10, end=20)",
        "get_random(start=0, end=1000000)",
        "get_random(start=0, end=1000000)",
        "get_random(end=1000000, seed='x')",
        "get_random(end=1000000, seed='x')",
        "range(end=50) | shuffle | join(sep=',')",
        "range(end=50) | shuffle | join(sep=',')",
    ];
    let first = showing(&expressions).build().clean();
    let again = showing(&expressions).build().clean();
    let shown = values(&first, VI);
    assert_eq!(shown, values(&again, VI));
    assert!((10..20).contains(&shown[0].parse::<u32>().unwrap()));
    assert_ne!(shown[1], shown[2]);
    assert_eq!(shown[3], shown[4]);
    assert_ne!(shown[5], shown[6]);
    assert_ne!(shown[1], values(&first, EN)[1]);
}

#[test]
fn a_text_missing_in_a_language_is_the_default_ones_with_one_warning() {
    let outcome = showing(&["trans(key='only_vi')", "trans(key='only_vi')", "trans(key='items', n=2)"]).build();
    assert_eq!(values(&outcome, EN), ["chỉ có tiếng Việt", "chỉ có tiếng Việt", "2 items"]);
    let found = outcome.finds("untranslated", Warning, "");
    assert!(found.message.contains("only_vi") && found.message.contains("`en`"), "{}", found.message);
    assert!(found.help.as_ref().unwrap().contains("i18n/en.toml"));
    assert!(!outcome.0.has_errors());
}

#[test]
fn the_old_name_of_an_argument_is_taken_with_a_warning() {
    let outcome = showing(&["get_taxonomy_url(kind='topics', name='Biển đảo')"]).build();
    assert_eq!(values(&outcome, VI), ["https://tin.example/topics/bien-dao/"]);
    assert!(outcome.finds("old-argument", Warning, "").message.contains("`term`"));
}

/// The one error that an expression gives: its message and its help.
fn fails(expression: &str) -> (String, String) {
    let outcome = showing(&[expression]).without("content/probe.en.md").build();
    let found = outcome.finds("template", Error, "templates/probe.txt:1:4");
    (found.message.clone(), found.help.clone().unwrap())
}

#[test]
fn what_functions_are_asked_wrongly_is_told_at_its_place() {
    for (expression, message, help) in [
        ("trans(key='helo')", "there is no text `helo`", "`hello`"),
        ("trans(key='items')", "there is no text `items`", "n="),
        ("get_env(name='HOME')", "`HOME`", "`default`"),
        ("throw(message='xin dừng')", "xin dừng", "seen while"),
        ("get_random(start=3, end=3)", "from 3 up to 3", "`end`"),
        ("get_taxonomy_url(kind='topic', term='x')", "no taxonomy `topic`", "`topics`"),
        ("get_taxonomy_url(kind='topics', term='Biển đảm')", "no term `Biển đảm`", "`Biển đảo`"),
        ("get_url(path='@/news/see.md')", "no content file `news/see.md`", "`news/sea.md`"),
        ("now(timezone='Asia/Hanoi')", "`Asia/Hanoi` is not a time zone", "Asia/"),
        ("get_page(path='news/_index.md')", "is a section", "get_section"),
    ] {
        let (said, advised) = fails(expression);
        assert!(said.contains(message), "{expression}: {said}");
        assert!(advised.contains(help), "{expression}: {advised}");
    }
}
/// What a template that cannot be loaded gives: message, help, and where.
fn advised(template: &str) -> (String, String) {
    let site = Site::new().file("templates/page.html", template).article("a", "2017-01-01", "", "b");
    let outcome = site.without("content/news/a.en.md").build();
    let found = outcome.0.diagnostics.first().unwrap_or_else(|| panic!("{template} is fine"));
    assert!(outcome.findings()[0].starts_with("templates/page.html:1:"), "{:?}", outcome.findings());
    (found.message.clone(), found.help.clone().unwrap_or_default())
}

#[test]
fn a_template_with_a_wrong_name_is_told_the_nearest_one() {
    for (template, help) in [
        ("{{ 'a' | uper }}", "did you mean `upper`?"),
        ("{{ 'a' | slugifi }}", "did you mean `slugify`?"),
        ("{{ 1 | zzz }}", "neither Tera 2 nor Zola nor tinso has a filter"),
        ("{{ get_urls(path='a') }}", "did you mean `get_url`?"),
        ("{{ resize_imag() }}", "did you mean `resize_image`?"),
        ("{% if 1 is numbr %}{% endif %}", "did you mean `number`?"),
        ("{% inlcude 'a.html' %}", "did you mean `include`?"),
        ("{{ <note /> }}", "{% component note() %}"),
        ("{% include 'nav.html' %}", "add templates/nav.html"),
        ("{{ curent_url }}", "did you mean `current_url`?"),
        ("{{ page.titel }}", "did you mean `title`?"),
        ("{{ page.missing.more }}", "`?.`"),
    ] {
        let (message, advice) = advised(template);
        assert!(advice.contains(help), "{template}: {message}: {advice}");
        assert!(!message.contains("Available"), "{message}");
    }
}

#[test]
fn a_template_of_tera_1_is_told_what_to_change() {
    for (template, help) in [
        ("{% macro x() %}a{% endmacro %}", "written for Tera 1"),
        ("{% import 'a.html' as b %}", "written for Tera 1"),
        ("{{ macros::x(a=1) }}", "written for Tera 1"),
        ("{{ self::x() }}", "written for Tera 1"),
        ("{% if lang is containing('x') %}{% endif %}", "is containing(pat="),
        ("{% include 'a.html' ignore missing %}", "ignore missing"),
        ("{% include ['a.html', 'b.html'] %}", "one template"),
        ("{{ 'a' | regex_replace(pattern='\\d', rep='') }}", "backslash"),
        ("{% for a in [1] %}{% block x %}{% endblock %}{% endfor %}", "into the block"),
        ("{% if lang %}a", "{% endif %}"),
    ] {
        let (message, advice) = advised(template);
        assert!(advice.contains(help), "{template}: {message}: {advice}");
    }
}

#[test]
fn wrong_dates_and_numbers_are_told_apart_from_wrong_formats() {
    for (expression, message) in [
        ("'hôm qua' | date", "`hôm qua` is not a date"),
        ("page | date", "a map/struct is not a date"),
        ("page.updated | date", "is not a date"),
        ("page.date | date(format='%!')", "`%!` is not a date format"),
        ("page.date | date(format='d jj')", "`jj` is no field"),
        ("page.date | date(format=\"d 'of\")", "a quote in it is not closed"),
        ("page.date | date(locale='?')", "`?` is not a language"),
        ("page.date | date(timezone=7)", "the argument `timezone` is `7`"),
        ("'nhiều' | num_format", "`nhiều` is not a number"),
        ("none | markdown", "no text"),
        ("'[x](@/news/see.md)' | markdown", "see.md"),
        ("[{'a': 1}] | group_by(attribute='b')", "item 0 of the list has no `b`"),
    ] {
        let outcome = showing(&[expression]).without("content/probe.en.md").build();
        let found = outcome.findings();
        assert!(found.len() == 1 && found[0].contains(message), "{expression}: {found:?}");
        assert!(outcome.0.diagnostics[0].help.is_some());
    }
}

#[test]
fn filters_work_in_content_too() {
    let body = "{{ '**a**' | markdown(inline=true) }} {{ 1500 | num_format }} {{ '2017-03-05' | date(format='%d/%m/%Y') }}";
    let outcome = Site::new().article("a", "2017-01-01", "", body).build().clean();
    assert!(outcome.text("news/a/index.html").contains("<p><strong>a</strong> 1.500 05/03/2017</p>"));
    assert!(outcome.text("en/news/a/index.html").contains("1,500"));
}

#[test]
fn maps_are_walked_in_the_order_that_the_writer_gave() {
    let keys: Vec<String> = (0..30).map(|i| format!("k{}", (i * 7) % 30)).collect();
    let table: Vec<String> = keys.iter().map(|key| format!("{key} = 1")).collect();
    let site = Site::new()
        .file("content/probe.md", &format!("+++\ntemplate = \"probe.txt\"\n[extra.map]\n{}\n+++\n", table.join("\n")))
        .file("templates/probe.txt", "{% for key, value in page.extra.map %}{{ key }} {% endfor %}");
    assert_eq!(site.build().clean().text(VI).trim(), keys.join(" "));
}

#[test]
fn html_is_escaped_once_and_only_where_it_is_not_safe() {
    let table = [
        ("'<b>' | escape", "&lt;b&gt;"),
        ("'<b>' | upper", "&lt;B&gt;"),
        ("'<b>' | safe", "<b>"),
        ("'a\nb' | newlines_to_br | safe", "a<br>b"),
        ("'a\nb' | linebreaksbr | safe", "a<br>b"),
        ("'<p>x</p>' | striptags", "x"),
        ("get_url(path='a.css')", "https://tin.example/a.css"),
        ("{'a': '</x>'} | json_encode | safe", "{\"a\":\"</x>\"}"),
        ("trans(key='tag')", "&lt;hr&gt;"),
    ];
    let lines: Vec<String> = table.iter().map(|(expression, _)| format!("{{{{ {expression} }}}}")).collect();
    let site = Site::new().file("templates/index.html", &lines.join("~")).file("i18n/vi.toml", "tag = \"<hr>\"");
    let outcome = site.file("i18n/en.toml", "tag = \"<hr>\"").build().clean();
    for ((expression, expected), shown) in table.iter().zip(outcome.text("index.html").split('~')) {
        assert_eq!(shown, *expected, "{expression}");
    }
}

#[test]
fn a_warning_about_markdown_in_a_template_has_no_place_in_a_file_that_is_not_there() {
    let outcome = Site::new().file("templates/index.html", "{{ '<i>' | markdown(inline=true) }}").build();
    assert_eq!(outcome.text("index.html"), "&lt;i&gt;");
    assert!(outcome.finds("html-in-markdown", Warning, "").message.contains("the filter `markdown`"));
}

#[test]
fn a_capture_of_a_template_may_be_filtered() {
    let site = Site::new().file(
        "templates/index.html",
        "{% filter upper %}tin{% endfilter %}|{% set a %}*b*{% endset %}{{ a | markdown(inline=true) }}|{% set_global n = 2 %}{{ trans(key='n', n=n) }}",
    );
    let outcome = site.file("i18n/vi.toml", "n.other = \"{n} bài\"").file("i18n/en.toml", "n.other = \"{n}\"").build().clean();
    assert_eq!(outcome.text("index.html"), "TIN|<em>b</em>|2 bài");
}

#[test]
fn texts_in_the_config_are_flat_and_those_of_files_may_be_grouped() {
    let site = Site::new().file("templates/index.html", "{{ trans(key='a.b.c') }}");
    let outcome =
        site.clone().file("i18n/vi.toml", "[a.b]\nc = \"sâu\"").file("i18n/en.toml", "a.b.c = \"deep\"").build().clean();
    assert_eq!((outcome.text("index.html"), outcome.text("en/index.html")), ("sâu", "deep"));
    let config = "base_url = \"https://tin.example\"\n[translations]\na = { b = \"x\" }\n";
    let outcome = site.file("config.toml", config).build();
    assert!(outcome.finds("wrong-type", Error, "config.toml:3:5").message.contains("the text `a`"));
    let outcome = Site::new().file("i18n/vi.toml", "[a]\nb = 1\n").build();
    assert!(outcome.finds("wrong-type", Error, "i18n/vi.toml:2:5").message.contains("the text `a.b`"));
}

#[test]
fn a_language_without_words_of_statistics_is_a_warning_only_where_there_are_statistics() {
    let config = "base_url = \"https://tin.example\"\ndefault_language = \"fr\"\n";
    let site = Site::new().file("config.toml", config);
    let outcome = site.build();
    assert!(outcome.finds("unknown-locale", Warning, "").message.contains("`fr`"));
    let plain = site.without("content/indicators/revenue.md").without("content/indicators/revenue.en.md").build();
    assert!(plain.findings().iter().all(|found| !found.contains("unknown-locale")), "{:?}", plain.findings());
}
