//! The functions of templates that read files: data, hashes, pictures, and where they look for them.

#[cfg(feature = "images")]
use std::io::Cursor;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tinso::build::{Options, build};
use tinso::diagnostic::Severity;
use tinso::source::{Host, Request};
use tinso::text::SitePath;

use super::{Outcome, Site};

/// A site whose home page is one template.
fn site(template: &str) -> Site {
    Site::new().file("templates/index.html", template)
}

/// What the home page says; nothing may be wrong.
fn says(site: &Site) -> String {
    site.build().clean().text("index.html").to_owned()
}

/// The error that the home page's template gives: message and help.
fn fails(site: &Site) -> (String, String) {
    let outcome = site.build();
    let found = outcome.finds("template", Severity::Error, &place(&outcome));
    (found.message.clone(), found.help.clone().unwrap())
}

fn place(outcome: &Outcome) -> String {
    let finding = outcome.findings().into_iter().find(|finding| finding.contains(" template: "));
    let finding = finding.unwrap_or_else(|| panic!("no error of a template among {:?}", outcome.findings()));
    assert!(finding.starts_with("templates/index.html:1:"), "{finding}");
    finding.split(' ').next().unwrap().to_owned()
}

/// What a template says about `d`, the data of a file.
fn data(file: &str, content: &str, template: &str) -> String {
    says(&site(&format!("{{% set d = load_data(path=\"{file}\") %}}{template}")).file(&format!("static/{file}"), content))
}

#[track_caller]
fn broken(file: &str, content: &str, at: &str, word: &str) {
    let site = site(&format!("{{{{ load_data(path=\"{file}\") }}}}")).file(&format!("content/{file}"), content);
    let (message, help) = fails(&site);
    assert!(message.contains(&format!("content/{file}{at}")), "{message}");
    assert!(message.contains(&format!(" is not valid {word}: ")), "{message}");
    assert!(help.contains("mend the data"), "{help}");
}

mod formats {
    use super::*;

    #[test]
    fn toml_keeps_the_order_of_keys_and_gives_dates_as_text() {
        let toml = "b = 1\na = \"x\"\nday = 2020-01-02\nat = 2020-01-02T03:04:05Z\n[t]\nf = 1.5\nl = [1, 2]\n";
        assert_eq!(data("d.toml", toml, "{% for k, v in d %}{{ k }} {% endfor %}"), "b a day at t ");
        assert_eq!(
            data("d.toml", toml, "{{ d.day }} {{ d.at }} {{ d.t.f }} {{ d.t.l[1] }}"),
            "2020-01-02 2020-01-02T03:04:05Z 1.5 2"
        );
        assert_eq!(data("d.toml", toml, "{{ d.b + 1 }}{% if d.day is string %}text{% endif %}"), "2text");
    }

    #[test]
    fn json_of_any_shape_is_read() {
        assert_eq!(
            data("d.json", r#"{"z": 1, "a": [true, null, -2, 1.25, "é"]}"#, "{% for k, v in d %}{{ k }}{% endfor %}"),
            "za"
        );
        let list = r#"[true, null, -2, 1.25, "é", 3.0]"#;
        assert_eq!(
            data("d.json", list, "{{ d[0] }}|{% if d[1] is none %}none{% endif %}|{{ d[2] }}|{{ d[3] }}|{{ d[4] }}"),
            "true|none|-2|1.25|é"
        );
        assert_eq!(data("d.json", list, "{{ d[2] is integer }} {{ d[5] is float }}"), "true true");
        assert_eq!(data("d.json", r#"{"a": 1, "b": 2, "a": 3}"#, "{{ d.a }}{{ d | length }}"), "32");
        assert_eq!(data("d.json", "\u{feff}7", "{{ d }}"), "7");
    }

    #[test]
    fn csv_is_headers_and_records_of_text() {
        let csv = "Number,Title\n1,Gutenberg\n2,\"Print, ed\"\n3,\"a\"\"b\"\n";
        assert_eq!(data("d.csv", csv, "{{ d.headers | join(sep=\"+\") }}"), "Number+Title");
        assert_eq!(
            data("d.csv", csv, "{% for r in d.records %}{{ r[0] }}={{ r[1] | safe }};{% endfor %}"),
            "1=Gutenberg;2=Print, ed;3=a\"b;"
        );
        assert_eq!(data("d.csv", csv, "{{ d.records[0][0] is string }} {{ d.records | length }}"), "true 3");
        assert_eq!(data("d.csv", "a,b\r\n", "{{ d.records | length }}"), "0");
    }

    #[test]
    fn yaml_is_read_under_both_extensions_and_its_scalars_are_strict() {
        let yaml = "b: NO\na:\n  - 1\n  - 2.5\nday: 2020-01-02\nnothing:\n";
        for name in ["d.yaml", "d.yml"] {
            assert_eq!(data(name, yaml, "{{ d.b }} {{ d.a[1] }} {{ d.day }} {{ d.nothing is none }}"), "NO 2.5 2020-01-02 true");
        }
        assert_eq!(data("d.yaml", "- x\n- y\n", "{{ d | join(sep=\"/\") }}"), "x/y");
    }

    #[test]
    fn xml_is_elements_by_name_with_attributes_and_text() {
        let xml = "<?xml version=\"1.0\"?>\n<root><key>value</key><n id=\"7\">5</n><n>6</n><e/><long>007</long></root>";
        assert_eq!(data("d.xml", xml, "{{ d.root.key }}"), "value");
        assert_eq!(data("d.xml", xml, "{{ d.root.n[0][\"#text\"] + 1 }} {{ d.root.n[0][\"@id\"] }} {{ d.root.n[1] }}"), "6 7 6");
        assert_eq!(data("d.xml", xml, "{{ d.root.e is none }} {{ d.root.long }}"), "true 007");
        assert_eq!(
            data("d.xml", "<a x='1'>hi <b>you</b></a>", "{% for k, v in d.a %}{{ k }}={{ v }},{% endfor %}"),
            "@x=1,b=you,#text=hi,"
        );
    }

    #[test]
    fn bibtex_is_entries_comments_preambles_and_variables() {
        let bib = r#"Some words.
@preamble{"hello"}
@string{acm = "ACM Press"}
@comment{ not this }
@Book{knuth:97,
  Author = {Donald E. {Knuth}},
  title = "The Art of " # {Programming},
  publisher = acm,
  year = 1997, month = jan,
}
@article(second, note = {a "b" c})
"#;
        let all = "{% for b in d.bibliographies %}{{ b.entry_type }}:{{ b.citation_key }};{% endfor %}";
        assert_eq!(data("d.bib", bib, all), "book:knuth:97;article:second;");
        let tags =
            "{% set t = d.bibliographies[0].tags %}{{ t.author }}|{{ t.title }}|{{ t.publisher }}|{{ t.year }}|{{ t.month }}";
        assert_eq!(data("d.bib", bib, tags), "Donald E. {Knuth}|The Art of Programming|ACM Press|1997|jan");
        assert_eq!(data("d.bib", bib, "{{ d.bibliographies[1].tags.note | safe }}"), "a \"b\" c");
        assert_eq!(
            data("d.bib", bib, "{{ d.preambles[0] }} {{ d.variables.acm }} {{ d.comments | join(sep=\"/\") }}"),
            "hello ACM Press Some words./ not this "
        );
    }

    #[test]
    fn anything_else_is_text() {
        assert_eq!(data("d.txt", "one\ntwo", "{{ d }}"), "one\ntwo");
        assert_eq!(data("d.unknown", "a,b", "{{ d }}"), "a,b");
        assert_eq!(data("LICENCE", "free", "{{ d }}"), "free");
    }

    #[test]
    fn the_argument_goes_before_the_extension() {
        let site = site(
            r#"{{ load_data(path="d.json", format="plain") | safe }}{{ load_data(path="d.txt", format="csv") | get(key="headers") | first }}"#,
        );
        assert_eq!(says(&site.file("static/d.json", "{\"a\":1}").file("static/d.txt", "x,y\n")), "{\"a\":1}x");
    }

    #[test]
    fn a_broken_file_is_an_error_at_the_call_that_names_the_place_in_the_file() {
        broken("d.toml", "a = 1\nb = = 2\n", ":2:5", "TOML");
        broken("d.json", "{\n  \"a\": ,\n}", ":2:8", "JSON");
        broken("d.csv", "a,b\n1,2\n3\n", ":3", "CSV");
        broken("d.yaml", "a: [1\nb: 2", ":2:", "YAML");
        broken("d.xml", "<a>\n<b></a>", ":2:", "XML");
        broken("d.bib", "@book{a,\n  title = nowhere}", ":2:11", "BibTeX");
        broken("d.bib", "@book{a, title = {x}", ":1:21", "BibTeX");
    }

    #[test]
    fn a_large_file_on_one_line_is_read_at_once() {
        let yaml = format!("[{}]", (0..200_000).map(|n| n.to_string()).collect::<Vec<_>>().join(", "));
        assert_eq!(data("d.yaml", &yaml, "{{ d | length }} {{ d | last }}"), "200000 199999");
        assert_eq!(data("d.json", &yaml, "{{ d | length }} {{ d | last }}"), "200000 199999");
    }

    #[test]
    fn no_nesting_is_too_deep_for_an_answer() {
        broken("d.json", &"[".repeat(100_000), ":1:", "JSON");
        broken("d.yaml", &"[".repeat(100_000), ":1:", "YAML");
        broken("d.xml", &format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000)), ":1:", "XML");
        broken("d.toml", &format!("a = {}", "[".repeat(100_000)), ":1:", "TOML");
    }

    #[test]
    fn a_file_that_is_not_utf8_is_an_error_at_its_first_wrong_byte() {
        let site = site(r#"{{ load_data(path="d.csv") }}"#).bytes("static/d.csv", b"a\nb\xff");
        assert!(fails(&site).0.contains("static/d.csv:2:2"), "{:?}", fails(&site));
    }
}

mod places {
    use super::*;

    /// What the home page says, even where two files of the site have one address.
    fn shows(site: &Site) -> String {
        site.build().text("index.html").to_owned()
    }

    fn with_theme(template: &str) -> Site {
        let config = "base_url = \"https://tin.example\"\ntheme = \"t\"\n";
        site(template)
            .file("config.toml", config)
            .file("themes/t/theme.toml", "")
            .without("content/news/_index.en.md")
            .without("content/indicators/_index.en.md")
            .without("content/indicators/revenue.en.md")
            .without("content/indicators/revenue.md")
    }

    #[test]
    fn a_file_is_looked_for_at_the_root_then_static_content_and_the_theme() {
        let mut site = with_theme("{{ load_data(path=\"d.txt\") }}").file("themes/t/static/d.txt", "theme");
        assert_eq!(shows(&site), "theme");
        site = site.file("content/d.txt", "content");
        assert_eq!(shows(&site), "content");
        site = site.file("static/d.txt", "static");
        assert_eq!(shows(&site), "static");
        site = site.file("d.txt", "root");
        assert_eq!(shows(&site), "root");
    }

    #[test]
    fn a_path_may_start_at_the_root_or_in_content() {
        let site =
            site("{{ load_data(path=\"/d.txt\") }} {{ load_data(path=\"@/d.txt\") }} {{ load_data(path=\"content/d.txt\") }}");
        assert_eq!(shows(&site.file("static/d.txt", "static").file("content/d.txt", "content")), "static content content");
    }

    #[test]
    fn a_missing_file_names_the_places_looked_in() {
        let (message, help) = fails(&site("{{ load_data(path=\"d.txt\") }}"));
        assert!(message.contains("there is no file `d.txt`"), "{message}");
        assert!(help.contains("looked for d.txt, static/d.txt, content/d.txt"), "{help}");
        let (_, help) = fails(&site("{{ load_data(path=\"@/d.txt\") }}"));
        assert!(help.contains("looked for content/d.txt;"), "{help}");
    }

    #[test]
    fn a_missing_file_is_nothing_where_it_is_not_required() {
        assert_eq!(says(&site("{% if load_data(path=\"d.txt\", required=false) %}yes{% else %}no{% endif %}")), "no");
        assert_eq!(says(&site("{% if load_data(path=\"d.txt\", required=false) is none %}none{% endif %}")), "none");
    }

    #[test]
    fn a_file_beside_a_page_is_found_by_the_address_that_page_assets_give() {
        let site = site("{% set p = get_page(path=\"deep/index.md\") %}{{ load_data(path=p.assets[0]) }}");
        let site = site.file("content/deep/index.md", "+++\nslug = \"named\"\n+++\n").file("content/deep/x.txt", "beside");
        assert_eq!(says(&site), "beside");
    }

    #[test]
    fn a_path_may_go_up_as_long_as_it_stays_in_the_site() {
        let site = |call: &str| site(&format!("{{{{ {call} }}}}")).file("top.txt", "top").file("static/s.txt", "s");
        assert_eq!(says(&site("load_data(path=\"../top.txt\")")), "top", "as from static/ or content/");
        assert_eq!(says(&site("load_data(path=\"content/../static/./s.txt\")")), "s");
    }

    #[test]
    fn a_path_never_leads_out_of_the_site() {
        for call in [
            "load_data(path=\"../../d.txt\")",
            "get_hash(path=\"static/../../d.txt/../../../..\")",
            "get_url(path=\"../../a.css\", cachebust=true)",
            "load_data(path=\"../../d.txt\", required=false)",
        ] {
            let (message, help) = fails(&site(&format!("{{{{ {call} }}}}")));
            assert!(message.contains("leads out of the site") && help.contains("from the root of the site"), "{message}");
        }
    }

    #[test]
    fn a_file_outside_the_folders_of_a_site_is_asked_of_its_surroundings() {
        let fake = Fake::default();
        let outcome = fake.build(&site("{{ load_data(path=\"data/rates.csv\") | get(key=\"records\") | first | first }}"));
        assert_eq!(outcome.clean().text("index.html"), "1");
    }

    #[test]
    fn the_functions_are_there_in_content_too() {
        let site = Site::new().file("static/d.toml", "x = 5").file("content/news/a.md", "+++\ntitle = \"A\"\ndate = 2020-01-02\n+++\n{{ load_data(path=\"d.toml\") | get(key=\"x\") }} {{ get_hash(literal=\"\", sha_type=256, base64=false) }}\n");
        let text = site.build().clean().text("news/a/index.html").to_owned();
        assert!(text.contains("<p>5 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855</p>"), "{text}");
    }
}

mod sources {
    use super::*;

    #[test]
    fn a_literal_is_data_in_itself() {
        assert_eq!(says(&site(r#"{{ load_data(literal='{"a": 5}', format="json") | get(key="a") }}"#)), "5");
        assert_eq!(says(&site(r#"{{ load_data(literal="plain") }}"#)), "plain");
        let (message, _) = fails(&site(r#"{{ load_data(literal="{", format="json") }}"#));
        assert!(message.contains("the literal:1:1 is not valid JSON"), "{message}");
    }

    #[test]
    fn data_comes_from_exactly_one_place() {
        for call in ["load_data()", "load_data(path=\"a\", literal=\"b\")", "load_data(format=\"json\")"] {
            let (_, help) = fails(&site(&format!("{{{{ {call} }}}}")));
            assert!(help.contains("exactly one of `path`, `url` and `literal`"), "{help}");
        }
    }

    #[test]
    fn an_unknown_format_names_those_there_are() {
        let (message, help) = fails(&site("{{ load_data(literal=\"a\", format=\"xls\") }}"));
        assert!(
            message.contains("`xls` is not a format of data") && help.contains("toml, json, csv, yaml, xml, bibtex, plain"),
            "{message} {help}"
        );
    }

    #[test]
    fn another_machine_is_only_asked_when_the_config_names_it() {
        let fake = Fake::default();
        let outcome = fake.build(&site("{{ load_data(url=\"https://data.example/a.json\", format=\"json\") }}"));
        let found = outcome.finds("template", Severity::Error, &place(&outcome));
        assert!(found.message.contains("does not let templates load data from data.example"), "{}", found.message);
        assert!(found.help.as_deref().unwrap().contains("add \"data.example\" to `hosts` under `[extra.tinso]`"));
        assert!(fake.asked().is_empty());
    }

    #[test]
    fn another_machine_gives_data_in_the_format_asked_for() {
        let fake = Fake::default();
        let site = fake.allowed("{{ load_data(url=\"https://data.example/a.json\", format=\"json\") | get(key=\"n\") }}{{ load_data(url=\"https://data.example/a.json\") | safe }}");
        assert_eq!(fake.build(&site).clean().text("index.html"), "5{\"n\": 5}");
        let asked = fake.asked();
        assert_eq!(asked[0].headers, [("accept".to_owned(), "application/json".to_owned())]);
        assert!(asked[0].body.is_none());
    }

    #[test]
    fn a_body_is_posted_with_its_type_and_headers() {
        let fake = Fake::default();
        let site = fake.allowed("{{ load_data(url=\"https://data.example/a.json\", method=\"post\", body=\"q\", content_type=\"text/x\", headers=[\"accept=a/b\", \"x-key=1=2\"]) | safe }}");
        fake.build(&site).clean();
        let asked = &fake.asked()[0];
        assert_eq!(asked.body, Some(("q".to_owned(), "text/x".to_owned())));
        assert_eq!(asked.headers, [("accept".to_owned(), "a/b".to_owned()), ("x-key".to_owned(), "1=2".to_owned())]);
    }

    #[test]
    fn a_machine_that_does_not_answer_is_an_error_unless_the_data_is_optional() {
        let fake = Fake::default();
        let outcome = fake.build(&fake.allowed("{{ load_data(url=\"https://data.example/gone\") }}"));
        let found = outcome.finds("template", Severity::Error, &place(&outcome));
        assert!(found.message.contains("https://data.example/gone gives no data: not found"), "{}", found.message);
        let optional = fake.allowed("{{ load_data(url=\"https://data.example/gone\", required=false) is none }}");
        assert_eq!(fake.build(&optional).clean().text("index.html"), "true");
    }

    #[test]
    fn wrong_arguments_of_a_question_say_what_is_missing() {
        let fake = Fake::default();
        for (arguments, advice) in [
            ("method=\"PUT\"", "give `method` as GET or POST"),
            ("body=\"x\"", "give `method=\"POST\"`"),
            ("method=\"POST\", body=\"x\"", "content_type=\"application/json\""),
            ("headers=[\"x\"]", "headers=[\"name=value\"]"),
        ] {
            let outcome =
                fake.build(&fake.allowed(&format!("{{{{ load_data(url=\"https://data.example/a.json\", {arguments}) }}}}")));
            let found = outcome.finds("template", Severity::Error, &place(&outcome));
            assert!(found.help.as_deref().unwrap().contains(advice), "{found:?}");
        }
        assert!(fake.asked().is_empty());
    }

    #[test]
    fn one_file_is_read_once_however_many_pages_ask() {
        let fake = Fake::default();
        let template = "{{ load_data(url=\"https://data.example/a.json\", format=\"json\") | get(key=\"n\") }}{{ load_data(path=\"data/rates.csv\") | get(key=\"records\") | first | first }}";
        let mut site = fake.allowed(template).file("templates/page.html", template);
        for n in 0..200 {
            site = site.file(&format!("content/news/n{n}.md"), "+++\ntitle = \"N\"\ndate = 2020-01-02\n+++\n");
        }
        let outcome = fake.build(&site).clean();
        assert_eq!(outcome.text("news/n199/index.html"), "51");
        assert_eq!(fake.0.files.load(Ordering::Relaxed), 1);
    }
}

/// Surroundings of a site that remember what they were asked.
#[derive(Clone, Default)]
struct Fake(Arc<Surroundings>);

#[derive(Default)]
struct Surroundings {
    files: AtomicUsize,
    asked: Mutex<Vec<Request>>,
    last: Mutex<Vec<(SitePath, Arc<[u8]>)>>,
    reused: AtomicUsize,
}

impl Fake {
    fn build(&self, site: &Site) -> Outcome {
        Outcome(build(&site.snapshot().within(self.clone()), &Options { config: "config.toml".into(), ..Options::default() }))
    }

    fn allowed(&self, template: &str) -> Site {
        let config = format!("{}hosts = [\"data.example\"]\n", super::CONFIG);
        site(template).file("config.toml", &config)
    }

    fn asked(&self) -> Vec<Request> {
        self.0.asked.lock().unwrap().clone()
    }
}

impl Host for Fake {
    fn file(&self, path: &SitePath) -> Option<Arc<[u8]>> {
        (path.as_str() == "data/rates.csv").then(|| {
            self.0.files.fetch_add(1, Ordering::Relaxed);
            Arc::from(&b"a,b\n1,2\n"[..])
        })
    }

    fn last_output(&self, path: &SitePath) -> Option<Arc<[u8]>> {
        let last = self.0.last.lock().unwrap();
        let found = last.iter().find(|(name, _)| name == path).map(|(_, bytes)| Arc::clone(bytes));
        self.0.reused.fetch_add(usize::from(found.is_some()), Ordering::Relaxed);
        found
    }

    fn now(&self) -> jiff::Timestamp {
        jiff::Timestamp::UNIX_EPOCH
    }

    fn fetch(&self, request: &Request) -> Result<Arc<[u8]>, String> {
        self.0.asked.lock().unwrap().push(request.clone());
        if request.url.ends_with("/gone") { Err("not found".to_owned()) } else { Ok(Arc::from(&b"{\"n\": 5}"[..])) }
    }
}

#[cfg(not(feature = "images"))]
#[test]
fn a_tinso_without_pictures_names_the_feature_that_brings_them() {
    for call in ["resize_image(path=\"a.png\", width=1, height=1)", "get_image_metadata(path=\"a.png\")"] {
        let (_, help) = fails(&site(&format!("{{{{ {call} }}}}")));
        assert!(help.contains("--features images"), "{help}");
    }
}

mod hashes {
    use super::*;

    fn hash(arguments: &str) -> String {
        says(&site(&format!("{{{{ get_hash({arguments}) | safe }}}}")).file("static/app.js", "abc"))
    }

    #[test]
    fn the_hash_of_a_file_is_sha384_in_base64_unless_asked_otherwise() {
        // The test vectors of FIPS 180 for "abc".
        assert_eq!(hash("path=\"app.js\""), "ywB1P0WjXou1oD1pmsZQBycsMqsO3tFjGotgWkP/W+2AhgcroefMI1i67KE0yCWn");
        assert_eq!(
            hash("path=\"app.js\", sha_type=256, base64=false"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert!(hash("path=\"app.js\", sha_type=512, base64=false").starts_with("ddaf35a193617abacc417349ae204131"));
        assert_eq!(hash("path=\"app.js\", sha_type=256"), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    }

    #[test]
    fn the_hash_of_a_literal_is_that_of_a_file_with_it() {
        assert_eq!(hash("literal=\"abc\""), hash("path=\"app.js\""));
    }

    #[test]
    fn wrong_arguments_say_what_to_give() {
        for (arguments, advice) in [
            ("path=\"app.js\", sha_type=1", "256, 384 or 512"),
            ("path=\"none.js\"", "looked for none.js, static/none.js"),
            ("", "one of `path` and `literal`"),
        ] {
            let (_, help) = fails(&site(&format!("{{{{ get_hash({arguments}) }}}}")).file("static/app.js", "abc"));
            assert!(help.contains(advice), "{help}");
        }
    }

    #[test]
    fn an_address_changes_with_its_file() {
        let url = |content: &str| says(&site("{{ get_url(path=\"app.js\", cachebust=true) }}").file("static/app.js", content));
        assert_eq!(url("abc"), "https://tin.example/app.js?h=ba7816bf8f01cfea4141");
        assert_ne!(url("abd"), url("abc"));
    }

    #[test]
    fn an_address_without_cachebust_asks_for_no_file() {
        assert_eq!(
            says(&site("{{ get_url(path=\"none.js\") }} {{ get_url(path=\"/a/\", cachebust=false) }}")),
            "https://tin.example/none.js https://tin.example/a"
        );
    }

    #[test]
    fn a_missing_file_has_no_address_that_changes_with_it() {
        let (message, _) = fails(&site("{{ get_url(path=\"none.js\", cachebust=true) }}"));
        assert!(message.contains("there is no file `none.js`"), "{message}");
    }

    #[test]
    fn other_arguments_of_an_address_go_together_with_cachebust() {
        let site = site("{{ get_url(path=\"app.js\", lang=\"en\", cachebust=true) }}").file("static/app.js", "abc");
        assert_eq!(says(&site), "https://tin.example/en/app.js?h=ba7816bf8f01cfea4141");
    }

    #[test]
    fn a_compiled_stylesheet_is_a_file_too() {
        let config = super::super::CONFIG.replacen("base_url", "compile_sass = true\nbase_url", 1);
        let site = site(
            "{{ get_url(path=\"main.css\", cachebust=true) }} {{ get_hash(path=\"main.css\", sha_type=256, base64=false) }}",
        )
        .file("config.toml", &config)
        .file("sass/main.scss", "a { b { color: red } }");
        let text = says(&site);
        let (url, hash) = text.split_once(' ').unwrap();
        assert_eq!(url, format!("https://tin.example/main.css?h={}", &hash[..20]));
    }
}

#[cfg(feature = "images")]
fn picture(width: u32, height: u32) -> image::RgbImage {
    image::RgbImage::from_fn(width, height, |x, y| image::Rgb([(x * 7) as u8, (y * 5) as u8, 90]))
}

#[cfg(feature = "images")]
fn encoded(width: u32, height: u32, format: image::ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    let picture = picture(width, height);
    match format {
        image::ImageFormat::Ico => image::DynamicImage::from(picture).to_rgba8().write_to(&mut out, format).unwrap(),
        _ => picture.write_to(&mut out, format).unwrap(),
    }
    out.into_inner()
}

#[cfg(feature = "images")]
fn png(width: u32, height: u32) -> Vec<u8> {
    encoded(width, height, image::ImageFormat::Png)
}

#[cfg(feature = "images")]
/// A JPEG whose camera says that it lies on its side.
fn turned_jpeg(width: u32, height: u32) -> Vec<u8> {
    let jpeg = encoded(width, height, image::ImageFormat::Jpeg);
    let exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
    let mut bytes = jpeg[..2].to_vec();
    bytes.extend([0xff, 0xe1]);
    bytes.extend(u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
    bytes.extend(exif);
    bytes.extend(&jpeg[2..]);
    bytes
}

#[cfg(feature = "images")]
/// The boxes of an AVIF that say its size, without a picture.
fn avif(width: u32, height: u32) -> Vec<u8> {
    let sized = |name: &[u8; 4], inner: Vec<u8>| {
        let mut bytes = u32::try_from(inner.len() + 8).unwrap().to_be_bytes().to_vec();
        bytes.extend(name);
        bytes.extend(inner);
        bytes
    };
    let size = [vec![0; 4], width.to_be_bytes().to_vec(), height.to_be_bytes().to_vec()].concat();
    let properties = sized(b"iprp", sized(b"ipco", sized(b"ispe", size)));
    let meta = sized(b"meta", [vec![0; 4], properties].concat());
    [sized(b"ftyp", b"avif\0\0\0\0avifmif1miaf".to_vec()), meta].concat()
}

#[cfg(feature = "images")]
mod metadata {
    use super::*;

    fn metadata(file: &str, bytes: &[u8]) -> String {
        let template = format!(
            "{{% set m = get_image_metadata(path=\"{file}\") %}}{{{{ m.width }}}}x{{{{ m.height }}}} {{{{ m.format }}}} {{{{ m.mime | safe }}}}"
        );
        says(&site(&template).bytes(&format!("static/{file}"), bytes))
    }

    #[test]
    fn every_format_tells_its_size_and_type() {
        use image::ImageFormat::{Bmp, Gif, Ico, Jpeg, Png, Tiff, WebP};
        for (format, expected) in [
            (Png, "30x20 png image/png"),
            (Jpeg, "30x20 jpg image/jpeg"),
            (Gif, "30x20 gif image/gif"),
            (WebP, "30x20 webp image/webp"),
            (Bmp, "30x20 bmp image/bmp"),
            (Ico, "30x20 ico image/x-icon"),
            (Tiff, "30x20 tiff image/tiff"),
        ] {
            assert_eq!(metadata("a.bin", &encoded(30, 20, format)), expected);
        }
        assert_eq!(metadata("a.avif", &avif(640, 480)), "640x480 avif image/avif");
    }

    #[test]
    fn the_size_of_an_svg_is_its_own_or_that_of_its_view() {
        let svg = |attributes: &str| {
            metadata("a.svg", format!("<svg xmlns=\"http://www.w3.org/2000/svg\" {attributes}><g/></svg>").as_bytes())
        };
        assert_eq!(svg("width=\"120\" height=\"80px\""), "120x80 svg image/svg+xml");
        assert_eq!(svg("viewBox=\"0 0 300 150.4\""), "300x150 svg image/svg+xml");
        assert_eq!(svg("width=\"100%\" height=\"100%\" viewBox=\"0,0,30,40\""), "30x40 svg image/svg+xml");
        assert_eq!(svg("width=\"1in\" height=\"25.4mm\""), "96x96 svg image/svg+xml");
    }

    #[test]
    fn a_picture_from_a_turned_camera_has_the_size_that_a_reader_sees() {
        assert_eq!(metadata("a.jpg", &turned_jpeg(40, 20)), "20x40 jpg image/jpeg");
    }

    #[test]
    fn a_picture_outside_the_site_is_refused() {
        let (message, _) = fails(&site("{{ get_image_metadata(path=\"/../../d.png\") }}"));
        assert!(message.contains("leads out of the site"), "{message}");
    }

    #[test]
    fn a_missing_picture_is_an_error_unless_it_may_miss() {
        let (message, _) = fails(&site("{{ get_image_metadata(path=\"a.png\") }}"));
        assert!(message.contains("there is no file `a.png`"), "{message}");
        assert_eq!(says(&site("{{ get_image_metadata(path=\"a.png\", allow_missing=true) is none }}")), "true");
    }

    #[test]
    fn a_file_that_is_no_picture_is_an_error_at_the_call() {
        for (bytes, why) in [
            (&b"just text"[..], "no format of pictures"),
            (b"<html></html>", "no format of pictures"),
            (b"<svg/>", "viewBox"),
            (b"\x89PNG\r\n\x1a\n", ""),
        ] {
            let (message, help) = fails(&site("{{ get_image_metadata(path=\"a.png\") }}").bytes("static/a.png", bytes));
            assert!(message.contains("the picture static/a.png cannot be read") && message.contains(why), "{message}");
            assert!(help.contains("save it again"), "{help}");
        }
    }

    #[test]
    fn a_picture_that_claims_to_be_huge_is_not_unpacked() {
        let mut bomb = png(1, 1);
        bomb[16..24].copy_from_slice(&[0, 0x7f, 0, 0, 0, 0x7f, 0, 0]);
        let (message, _) = fails(&site("{{ get_image_metadata(path=\"a.png\") }}").bytes("static/a.png", &bomb));
        assert!(message.contains("cannot be read"), "{message}");
    }
}

#[cfg(feature = "images")]
mod resizing {
    use super::*;

    const SHOW: &str = "{{ r.width }}x{{ r.height }} of {{ r.orig_width }}x{{ r.orig_height }} {{ r.static_path }} {{ r.url }}";

    struct Resized {
        outcome: Outcome,
        words: Vec<String>,
    }

    impl Resized {
        fn size(&self) -> &str {
            &self.words[0]
        }

        /// The path in the output.
        fn path(&self) -> &str {
            self.words[3].strip_prefix("static/").unwrap()
        }

        fn bytes(&self) -> &[u8] {
            &self.outcome.0.outputs[self.path()]
        }

        fn picture(&self) -> image::DynamicImage {
            image::load_from_memory(self.bytes()).unwrap()
        }
    }

    fn resized(file: &str, bytes: &[u8], arguments: &str) -> Resized {
        let template = format!("{{% set r = resize_image(path=\"{file}\", {arguments}) %}}{SHOW}");
        let outcome = site(&template).bytes(&format!("static/{file}"), bytes).build();
        let words = outcome.text("index.html").split(' ').map(str::to_owned).collect();
        Resized { outcome, words }
    }

    #[test]
    fn every_way_of_resizing_gives_the_size_it_promises() {
        for (arguments, size) in [
            ("width=15, height=10, op=\"scale\"", (15, 10)),
            ("width=10, op=\"fit_width\"", (10, 13)),
            ("height=19, op=\"fit_height\"", (15, 19)),
            ("width=15, height=15, op=\"fit\"", (12, 15)),
            ("width=100, height=100, op=\"fit\"", (30, 38)),
            ("width=10, height=20, op=\"fill\"", (10, 20)),
            ("width=20, height=10", (20, 10)),
        ] {
            let made = resized("a.png", &png(30, 38), arguments);
            assert_eq!(made.size(), format!("{}x{}", size.0, size.1), "{arguments}");
            let picture = made.picture();
            assert_eq!((picture.width(), picture.height()), size, "{arguments}");
            assert_eq!(made.words[2], "30x38");
            made.outcome.clean();
        }
    }

    #[test]
    fn the_file_is_named_after_its_source_and_a_hash() {
        let made = resized("a b.png", &png(30, 38), "width=10, height=10");
        let path = made.path();
        let hash = path.strip_prefix("processed_images/a-b.").and_then(|rest| rest.strip_suffix(".png")).unwrap();
        assert!(hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()), "{path}");
        assert_eq!(made.words[4], format!("https://tin.example/{path}"));
    }

    #[test]
    fn the_name_changes_with_the_picture_and_with_every_argument() {
        let arguments = [
            "width=10, height=10",
            "width=11, height=10",
            "width=10, height=10, op=\"scale\"",
            "width=10, height=10, format=\"jpg\"",
            "width=10, height=10, format=\"jpg\", quality=50",
            "width=10, height=10, format=\"webp\"",
        ];
        let mut names: Vec<String> =
            arguments.iter().map(|arguments| resized("a.png", &png(30, 38), arguments).path().to_owned()).collect();
        names.push(resized("a.png", &png(31, 38), arguments[0]).path().to_owned());
        names.sort();
        names.dedup();
        assert_eq!(names.len(), arguments.len() + 1, "{names:?}");
    }

    #[test]
    fn auto_keeps_a_lossy_picture_lossy_and_others_whole() {
        use image::ImageFormat::{Bmp, Gif, Jpeg, Png, WebP};
        for (format, extension) in [(Jpeg, ".jpg"), (Png, ".png"), (WebP, ".png"), (Gif, ".png"), (Bmp, ".png")] {
            let made = resized("a.bin", &encoded(30, 38, format), "width=10, height=10");
            assert!(made.path().ends_with(extension), "{format:?} {}", made.path());
            assert!(made.picture().width() == 10);
        }
    }

    #[test]
    fn a_webp_that_left_details_out_becomes_a_jpeg() {
        // One pixel, written by cwebp with loss.
        let lossy =
            base64::Engine::decode(&base64::prelude::BASE64_STANDARD, "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA");
        let made = resized("a.webp", &lossy.unwrap(), "width=3, height=3");
        assert!(made.path().ends_with(".jpg"), "{}", made.path());
        made.outcome.clean();
    }

    #[test]
    fn a_format_asked_for_is_the_one_made() {
        for (name, format) in
            [("jpg", image::ImageFormat::Jpeg), ("png", image::ImageFormat::Png), ("webp", image::ImageFormat::WebP)]
        {
            let made = resized("a.png", &png(30, 38), &format!("width=10, height=10, format=\"{name}\""));
            assert_eq!(image::guess_format(made.bytes()).unwrap(), format);
            assert!(made.path().ends_with(&format!(".{name}")));
            made.outcome.clean();
        }
    }

    #[test]
    fn a_lower_quality_makes_a_smaller_jpeg() {
        let size = |quality: u8| {
            resized("a.png", &png(200, 200), &format!("width=100, height=100, format=\"jpg\", quality={quality}")).bytes().len()
        };
        assert!(size(20) < size(75) && size(75) < size(100));
    }

    #[test]
    fn webp_is_whole_unless_a_quality_is_asked_for() {
        let whole = resized("a.png", &png(30, 38), "width=30, height=38, format=\"webp\"");
        assert_eq!(whole.picture().to_rgb8(), picture(30, 38));
        whole.outcome.clean();
        let made =
            |quality: u8| resized("a.png", &png(200, 200), &format!("width=100, height=100, format=\"webp\", quality={quality}"));
        let (low, high) = (made(20), made(90));
        assert!(low.bytes().len() < high.bytes().len());
        // Close to what it was made of, not the same.
        let same = resized("a.png", &png(200, 200), "width=100, height=100").picture().to_rgb8();
        let off = |made: &image::RgbImage| {
            made.iter().zip(same.iter()).map(|(a, b)| u64::from(a.abs_diff(*b))).sum::<u64>() / same.len() as u64
        };
        let (low_off, high_off) = (off(&low.picture().to_rgb8()), off(&high.picture().to_rgb8()));
        assert!(low_off > high_off && low_off < 40, "{low_off} {high_off}");
        low.outcome.clean();
    }

    #[test]
    fn a_picture_from_a_turned_camera_is_made_upright() {
        let made = resized("a.jpg", &turned_jpeg(40, 20), "width=10, op=\"fit_width\"");
        assert_eq!(made.words[2], "20x40");
        assert_eq!((made.picture().width(), made.picture().height()), (10, 20));
    }

    #[test]
    fn see_through_parts_stay_in_png_and_are_white_in_jpeg() {
        let clear = image::RgbaImage::from_pixel(8, 8, image::Rgba([0, 0, 0, 0]));
        let mut out = Cursor::new(Vec::new());
        clear.write_to(&mut out, image::ImageFormat::Png).unwrap();
        let bytes = out.into_inner();
        assert_eq!(resized("a.png", &bytes, "width=4, height=4").picture().to_rgba8().get_pixel(1, 1).0[3], 0);
        let jpeg = resized("a.png", &bytes, "width=4, height=4, format=\"jpg\"").picture().to_rgb8();
        assert!(jpeg.get_pixel(1, 1).0.iter().all(|colour| *colour > 250));
    }

    #[test]
    fn the_profile_of_colours_stays_with_a_picture_that_has_such_colours() {
        use image::{ImageDecoder, ImageEncoder};
        let with_profile = |kind: &[u8; 4]| {
            let mut profile = vec![0; 200];
            profile[16..20].copy_from_slice(kind);
            let mut out = Vec::new();
            let mut encoder = image::codecs::png::PngEncoder::new(&mut out);
            encoder.set_icc_profile(profile.clone()).unwrap();
            image::DynamicImage::from(picture(8, 8)).write_with_encoder(encoder).unwrap();
            (out, profile)
        };
        for format in ["\"png\"", "\"jpg\"", "\"webp\"", "\"webp\", quality=60"] {
            let kept = |kind: &[u8; 4]| {
                let (bytes, profile) = with_profile(kind);
                let made = resized("a.png", &bytes, &format!("width=4, height=4, format={format}"));
                let reader = image::ImageReader::new(Cursor::new(made.bytes())).with_guessed_format().unwrap();
                reader.into_decoder().unwrap().icc_profile().unwrap() == Some(profile)
            };
            assert!(kept(b"RGB ") && !kept(b"GRAY"), "{format}");
        }
    }

    #[test]
    fn filling_keeps_the_middle() {
        let bars = image::RgbImage::from_fn(30, 10, |x, _| {
            if (10..20).contains(&x) { image::Rgb([255, 255, 255]) } else { image::Rgb([0, 0, 0]) }
        });
        let mut out = Cursor::new(Vec::new());
        bars.write_to(&mut out, image::ImageFormat::Png).unwrap();
        let made = resized("a.png", &out.into_inner(), "width=10, height=10").picture().to_rgb8();
        assert!(made.pixels().all(|pixel| pixel.0 == [255, 255, 255]));
    }

    #[test]
    fn wrong_arguments_say_what_to_give() {
        for (arguments, advice) in [
            ("width=10", "`height` in pixels"),
            ("op=\"fit_width\", height=10", "`width` in pixels"),
            ("width=0, height=10", "a number of pixels"),
            ("width=10, height=10, op=\"stretch\"", "fill, fit, fit_width, fit_height or scale"),
            ("width=10, height=10, format=\"tga\"", "auto, jpg, png, webp or avif"),
            ("width=10, height=10, quality=0", "from 1 to 100"),
            ("width=10, height=10, quality=101", "from 1 to 100"),
            ("width=10, height=10, speed=11", "from 1 to 10"),
            ("width=100000, height=100000", "smaller"),
        ] {
            let (_, help) =
                fails(&site(&format!("{{{{ resize_image(path=\"a.png\", {arguments}) }}}}")).bytes("static/a.png", &png(30, 38)));
            assert!(help.contains(advice), "{arguments}: {help}");
        }
    }

    #[test]
    fn what_cannot_be_resized_is_an_error_at_the_call() {
        for (bytes, words) in [
            (avif(10, 10), "is AVIF, which cannot be resized"),
            (b"<svg width='1' height='1'/>".to_vec(), "is SVG, which cannot be resized"),
            (b"no".to_vec(), "cannot be read"),
        ] {
            let (message, _) =
                fails(&site("{{ resize_image(path=\"a.png\", width=1, height=1) }}").bytes("static/a.png", &bytes));
            assert!(message.contains(words), "{message}");
        }
    }

    #[test]
    fn a_picture_that_breaks_off_is_an_error_in_its_file() {
        let mut bytes = png(100, 100);
        bytes.truncate(bytes.len() / 2);
        let outcome = site("{{ resize_image(path=\"a.png\", width=1, height=1) | get(key=\"width\") }}")
            .bytes("static/a.png", &bytes)
            .build();
        outcome.finds("image", Severity::Error, "static/a.png");
    }

    #[test]
    fn one_picture_for_many_pages_is_made_once_and_content_may_order_it_too() {
        let call = "{{ resize_image(path=\"a.png\", width=5, height=5) | get(key=\"url\") }}";
        let site = site(call)
            .bytes("static/a.png", &png(30, 38))
            .file("content/news/a.md", &format!("+++\ntitle = \"A\"\ndate = 2020-01-02\n+++\n{call}\n"));
        let outcome = site.build().clean();
        let made: Vec<_> = outcome.0.outputs.keys().filter(|path| path.as_str().starts_with("processed_images/")).collect();
        assert_eq!(made.len(), 1);
        assert!(outcome.text("news/a/index.html").contains(made[0].as_str()));
    }

    #[test]
    fn a_picture_beside_a_page_is_found_by_its_path_in_content() {
        let site = site(
            "{{ resize_image(path=\"news/a/b.png\", width=5, height=5) | get(key=\"width\") }}{{ resize_image(path=\"@/news/a/b.png\", width=5, height=5) | get(key=\"width\") }}",
        );
        assert_eq!(
            says(
                &site
                    .bytes("content/news/a/b.png", &png(30, 38))
                    .file("content/news/a/index.md", "+++\ntitle = \"A\"\ndate = 2020-01-02\n+++\n")
            ),
            "55"
        );
    }

    #[test]
    fn what_the_last_build_made_is_taken_from_there() {
        let fake = Fake::default();
        let site =
            site("{{ resize_image(path=\"a.png\", width=5, height=5) | get(key=\"url\") }}").bytes("static/a.png", &png(30, 38));
        let first = fake.build(&site).clean();
        let made = first.0.outputs.iter().find(|(path, _)| path.as_str().starts_with("processed_images/")).unwrap();
        *fake.0.last.lock().unwrap() = vec![(made.0.clone(), Arc::clone(made.1))];
        let second = fake.build(&site).clean();
        assert_eq!(fake.0.reused.load(Ordering::Relaxed), 1);
        assert!(Arc::ptr_eq(&second.0.outputs[made.0], made.1));
        assert_eq!(first.0.outputs, second.0.outputs);
    }

    #[cfg(feature = "avif")]
    #[test]
    fn avif_is_made_on_demand() {
        let made = resized("a.png", &png(30, 38), "width=10, height=20, format=\"avif\", quality=60, speed=10");
        assert_eq!(made.bytes().get(4..12), Some(&b"ftypavif"[..]));
        assert_eq!(imagesize(made.bytes()), (10, 20));
        made.outcome.clean();
    }

    #[cfg(feature = "avif")]
    fn imagesize(bytes: &[u8]) -> (u32, u32) {
        let at = bytes.windows(4).position(|name| name == b"ispe").unwrap() + 8;
        let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
        (number(at), number(at + 4))
    }

    #[cfg(not(feature = "avif"))]
    #[test]
    fn avif_names_the_feature_that_makes_it() {
        let (_, help) = fails(
            &site("{{ resize_image(path=\"a.png\", width=1, height=1, format=\"avif\") }}").bytes("static/a.png", &png(30, 38)),
        );
        assert!(help.contains("--features avif"), "{help}");
    }
}
