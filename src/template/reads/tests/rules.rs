use std::collections::BTreeSet;

use tera::{Context, Value};

use super::super::{Analysis, Reads, Unit};
use super::{in_short, reads_of};

fn of(text: &str) -> String {
    in_short(&reads_of(&[("t.html", text)], "t.html"))
}

/// What a template reads that includes, extends or calls others.
fn among(templates: &[(&str, &str)]) -> String {
    in_short(&reads_of(templates, "t.html"))
}

#[test]
fn what_is_printed_is_read_whole_and_nothing_beside_it() {
    assert_eq!(of("text {# {{ a }} #}{% raw %}{{ b }}{% endraw %}"), "");
    assert_eq!(of("{{ page.title }}{{- page[\"date\"] -}}"), "page.{date* title*}");
    assert_eq!(of("{{ page }}{{ page.title }}"), "page*");
    assert_eq!(of("{{ page?.extra?.a }}"), "page.{extra.{a*}}");
}

#[test]
fn of_a_value_that_is_not_used_only_what_holds_it_is_looked_at() {
    assert_eq!(of("{% set x = page.extra.a %}"), "page.{extra.{a}}");
    assert_eq!(of("{% set x = page %}"), "");
}

#[test]
fn conditions_read_whether_a_value_is_true() {
    assert_eq!(of("{% if a %}{{ b }}{% elif c.d %}{{ e }}{% else %}{{ f }}{% endif %}"), "a? b* c.{d?} e* f*");
    assert_eq!(of("{{ a or b }}"), "a* b*");
    assert_eq!(of("{% if a and not b.c %}{% endif %}"), "a? b.{c?}");
    assert_eq!(of("{{ x if page.draft else y.z }}"), "page.{draft?} x* y.{z*}");
    assert_eq!(of("{% if a is defined and b is not none and c is containing(pat=d) %}{% endif %}"), "a? b? c* d*");
    assert_eq!(of("{% if a.b == 1 %}{% endif %}{% if k not in l.m %}{% endif %}{{ a.c ~ a.d + 1 }}"), "a.{b* c* d*} k* l.{m*}");
}

#[test]
fn a_loop_reads_of_each_item_what_its_name_reads() {
    assert_eq!(
        of("{% for p in section.pages %}{{ p.title }}{{ loop.index }}{% else %}{{ e }}{% endfor %}"),
        "e* section.{pages[..].{title*}}"
    );
    assert_eq!(of("{% for p in pages %}{% endfor %}"), "pages[..]");
    assert_eq!(of("{% for k, v in map %}{{ v.a }}{% endfor %}"), "map[_].{a*}");
    assert_eq!(of("{{ [p.title for p in pages if p.date] }}"), "pages[..].{date? title*}");
    assert_eq!(of("{% for page in pages %}{{ page.a }}{% endfor %}{{ page.b }}"), "page.{b*} pages[..].{a*}");
    assert_eq!(of("{{ loop.index }}"), "loop.{index*}");
}

#[test]
fn bounds_that_are_written_out_are_known() {
    assert_eq!(of("{% for p in a.b[:6] %}{{ p.c }}{% endfor %}"), "a.{b[:6].{c*}}");
    assert_eq!(of("{% for p in a[2:6] %}{{ p }}{% endfor %}"), "a[:6]*");
    assert_eq!(of("{% for p in a | slice(end=6) %}{{ p.c }}{% endfor %}"), "a[:6].{c*}");
    assert_eq!(of("{% for p in a[:n] %}{{ p.c }}{% endfor %}"), "a[..].{c*} n*");
    for all in ["[-2:]", "[::-1]", "[:-1]", "[2:]", "[:6:2]"] {
        assert_eq!(of(&format!("{{% for p in a{all} %}}{{{{ p.c }}}}{{% endfor %}}")), "a[..].{c*}", "{all}");
    }
    assert_eq!(of("{{ a[0].b }}"), "a[:1].{b*}");
    assert_eq!(of("{{ a[-1] }}"), "a[_]*");
    assert_eq!(of("{% set p = a[3:9] | first %}{{ p.b }}"), "a[:9].{b*}");
    assert_eq!(of("{{ a | first | default(value=b.c) }}"), "a[:1]* b.{c*}");
    assert_eq!(of("{{ a[:6] | length }}"), "a[:6]");
}

#[test]
fn a_key_that_is_known_only_later_reads_any_field() {
    assert_eq!(of("{% for t in page.taxonomies[kind] %}{{ t.name }}{% endfor %}"), "kind* page.{taxonomies[_][..].{name*}}");
    assert_eq!(of("{{ page[\"a\" ~ b] }}"), "b* page[_]*");
    assert_eq!(of("{{ page | get(key=\"a\", default=b) }}{{ page | get(key=c) }}"), "b* c* page.{a*}[_]*");
}

#[test]
fn filters_that_keep_what_they_are_given_hand_it_on() {
    assert_eq!(of("{% for p in a | sort(attribute=\"b.c\") | reverse %}{{ p.d }}{% endfor %}"), "a[..].{b.{c*} d*}");
    assert_eq!(of("{% for p in a | filter(attribute=\"b\", value=x.y) %}{{ p.d }}{% endfor %}"), "a[..].{b* d*} x.{y*}");
    assert_eq!(
        of("{% for k, g in a | group_by(attribute=\"y\") %}{{ k }}{% for p in g %}{{ p.d }}{% endfor %}{% endfor %}"),
        "a[..].{d* y*}"
    );
    assert_eq!(of("{% for p in a | concat(with=b) %}{{ p.d }}{% endfor %}"), "a?[..].{d*} b?.{d*}[..].{d*}");
    assert_eq!(of("{{ a | map(attribute=\"b\") | join(sep=\",\") }}"), "a[..].{b*}");
    assert_eq!(of("{% set x = a | last %}{{ x.b }}{% set y = a | nth(n=2) %}{{ y.c }}"), "a[..].{b* c*}");
    assert_eq!(of("{{ a | length }}{{ b | sort | length }}"), "a# b*");
    assert_eq!(of("{{ a | markdown(inline=b.c) }}"), "a* b.{c*}");
    assert_eq!(of("{% for p in a | shuffle %}{{ p.b }}{% endfor %}"), "a[..].{b*} current_path*");
    assert_eq!(of("{% filter replace(from=a.b, to=\"\") %}{{ c }}{% endfilter %}"), "a.{b*} c*");
}

#[test]
fn set_binds_a_name_to_what_it_is_set_to() {
    assert_eq!(of("{% set x = page.extra %}{{ x.a }}"), "page.{extra.{a*}}");
    assert_eq!(of("{% if c %}{% set x = page.extra %}{% endif %}{{ x.a }}"), "c? page.{extra.{a*}} x.{a*}");
    assert_eq!(of("{% for p in l %}{{ x.a }}{% set_global x = p %}{% endfor %}"), "l[..].{a*} x.{a*}");
    assert_eq!(of("{% for p in l %}{% set x = p %}{{ x.a }}{% endfor %}{{ x.b }}"), "l[..].{a*} x.{b*}");
    assert_eq!(of("{% set x %}{{ a }}{% endset %}{{ x.b }}"), "a*");
    assert_eq!(of("{% set x = {\"a\": page.b, ...page.c} %}{{ x.a }}{{ x.d }}"), "page.{b* c?.{a* d*}}");
    assert_eq!(of("{% set x = [page, ...pages] %}{% for p in x %}{{ p.a }}{% endfor %}"), "page.{a*} pages[..].{a*}");
}

#[test]
fn a_value_that_a_loop_hands_to_itself_is_read_whole_at_some_depth() {
    let reads = reads_of(
        &[("t.html", "{% set_global x = page %}{% for p in l %}{% set_global x = x.next %}{{ x.title }}{% endfor %}")],
        "t.html",
    );
    assert!(!reads.everything);
    let mut next = &reads.variables["page"];
    while !next.whole {
        assert!(next.fields["next"].whole || next.fields["next"].fields.contains_key("title"));
        next = &next.fields["next"];
    }
}

#[test]
fn the_moment_of_the_build_is_seen_as_finely_as_the_finest_date_that_is_made_of_it() {
    let base = "{{ now() | date(format=\"%Y\") }}{% block main %}{% endblock %}";
    for (page, unit) in [
        ("{{ page.title }}", Some(Unit::Year)),
        ("{{ now(timezone=\"Asia/Ho_Chi_Minh\") | date(format=\"MMMM y\") | upper }}", Some(Unit::Month)),
        ("{% set day = now() | long_date(locale=\"vi\") %}", Some(Unit::Day)),
        ("{{ now() | date }}", Some(Unit::Day)),
        ("{% include \"year.html\" %}", Some(Unit::Year)),
        ("{{ <year /> }}", Some(Unit::Day)),
        ("{{ now() }}", None),
        ("{{ now() | date(format=\"%Y %H\") }}", None),
        ("{{ now() | date(format=page.format) }}", None),
        ("{{ now() | date(format=\"%Y\", timezone=\"Asia/Ho_Chi_Minh\") }}", None),
        ("{{ now(timestamp=true) | date(format=\"%Y\") }}", None),
        ("{{ now(timezone=now()) | date(format=\"%Y\") }}", None),
        ("{% set moment = now() %}{{ moment | date(format=\"%Y\") }}", None),
        ("{% if page.date is before(other=now()) %}{% endif %}", None),
        ("{% include \"missing.html\" %}", None),
        ("{{ page.date | date(format=\"%H\") }}", Some(Unit::Year)),
    ] {
        let page = format!("{{% extends \"base.html\" %}}{{% block main %}}{page}{{% endblock %}}");
        let templates = [
            ("base.html", base),
            ("page.html", &page),
            ("year.html", "{{ now() | date(format=\"%Y\") }}"),
            ("components.html", "{% component year() %}{{ now() | date(format=\"%d\") }}{% endcomponent year %}"),
        ];
        assert_eq!(reads_of(&templates, "page.html").now, unit, "{page}");
    }
    assert_eq!(reads_of(&[("a", "{{ page.title }}")], "a").now, None);
}

#[test]
fn functions_read_their_arguments_and_give_values_that_are_read() {
    assert_eq!(
        of("{% set s = get_section(path=page.path) %}{% for p in s.pages[:3] %}{{ p.title }}{% endfor %}"),
        "page.{path*} | get_section.{pages[:3].{title*}}"
    );
    assert_eq!(of("{% set s = now() %}"), " | now");
    assert_eq!(of("{{ range(end=a) }}{{ get_random(end=3) }}"), "a* current_path* | get_random*");
    assert_eq!(of("{{ load_data(path=\"x\")[\"a\"] }}"), " | load_data.{a*}");
}

#[test]
fn an_included_template_sees_the_names_of_the_one_that_includes_it() {
    let card = ("card.html", "{{ page.title }}{% set page = 1 %}");
    assert_eq!(
        among(&[("t.html", "{% for page in pages %}{% include \"card.html\" %}{% endfor %}"), card]),
        "page.{title*} pages[..].{title*}"
    );
    assert_eq!(among(&[("t.html", "{% include \"card.html\" %}{{ page.date }}"), card]), "page.{date* title*}");
    let reads = reads_of(&[("t.html", "{% include \"card.html\" %}"), card, ("other.html", "")], "t.html");
    assert_eq!(reads.templates, BTreeSet::from(["card.html".to_owned(), "t.html".to_owned()]));
    assert_eq!(among(&[("t.html", "{% include \"none.html\" %}")]), "everything");
}

#[test]
fn a_child_fills_the_blocks_of_its_parents() {
    let base = ("base.html", "{{ a }}{% block x %}{{ b }}{% block y %}{{ c }}{% endblock %}{% endblock x %}");
    assert_eq!(among(&[("t.html", "{% extends \"base.html\" %}{% block x %}{{ d }}{% endblock %}"), base]), "a* d*");
    assert_eq!(among(&[("t.html", "{% extends \"base.html\" %}{% block y %}{{ d }}{% endblock %}"), base]), "a* b* d*");
    let middle = ("middle.html", "{% extends \"base.html\" %}{% block y %}{{ m }}{{ super() }}{% endblock %}");
    assert_eq!(
        among(&[("t.html", "{% extends \"middle.html\" %}{% block y %}{{ super() }}{% endblock %}"), middle, base]),
        "a* b* c* m*"
    );
    assert_eq!(
        among(&[
            ("t.html", "{% extends \"base.html\" %}{% block y %}{% for c in l %}{{ super() }}{% endfor %}{% endblock %}"),
            base
        ]),
        "a* b* l[..]*"
    );
    let reads = reads_of(&[("t.html", "{% extends \"middle.html\" %}"), middle, base], "t.html");
    assert_eq!(reads.templates.len(), 3);
}

#[test]
fn what_stands_outside_the_blocks_of_a_child_is_no_part_of_it() {
    let base = ("base.html", "{% block x %}{{ b }}{% endblock %}");
    let child = "{% extends \"base.html\" %}{{ a }}{% if c %}{% block x %}{% endblock %}{% endif %}";
    assert_eq!(among(&[("t.html", child), base]), "b*");
}

#[test]
fn a_component_sees_what_it_is_given() {
    let card =
        "{% component ui.card(p, level=1, @lang) %}{{ p.title }}{{ level }}{{ lang }}{{ page.x }}{{ body }}{% endcomponent %}";
    let with = |text: &str| among(&[("t.html", text), ("components.html", card)]);
    assert_eq!(with("{{ <ui.card p={page} /> }}"), "lang* page.{title*}");
    assert_eq!(with("{{ <ui.card p={page} level={page.l} lang=\"vi\" /> }}"), "page.{l* title*}");
    assert_eq!(
        with("{% <ui.card p={a.b}> %}{{ c }}{% </ui.card> %}{% for lang in ls %}{{ <ui.card p={d} /> }}{% endfor %}"),
        "a.{b.{title*}} c* d.{title*} lang* ls[..]*"
    );
    assert_eq!(with("{{ <ui.card {...all} /> }}"), "all* lang*");
    assert_eq!(with("{{ <unknown /> }}"), "everything");
    let reads = reads_of(&[("t.html", "{{ <ui.card p={page} /> }}"), ("components.html", card)], "t.html");
    assert!(reads.templates.contains("components.html"));
}

#[test]
fn other_arguments_of_a_component_are_known_by_name() {
    let components = "{% component c(...rest) %}{{ rest.a.b }}{% endcomponent %}{% component d(p) %}{{ p.t }}{% if p.n %}{{ <d p={p.n} /> }}{% endif %}{% endcomponent %}";
    let with = |text: &str| among(&[("t.html", text), ("components.html", components)]);
    assert_eq!(with("{{ <c a={x} z={y} /> }}"), "x.{b*}");
    assert!(with("{{ <d p={x} /> }}").starts_with("x.{n?.{n?.{"));
}

#[test]
fn an_implicit_argument_is_looked_for_around_the_caller_of_the_caller() {
    let components =
        "{% component inner(@config) %}{{ config.a }}{% endcomponent %}{% component outer() %}{{ <inner /> }}{% endcomponent %}";
    assert_eq!(among(&[("t.html", "{{ <outer /> }}"), ("components.html", components)]), "config?.{a*}");
    assert_eq!(
        among(&[("t.html", "{% for config in l %}{{ <outer /> }}{% endfor %}"), ("components.html", components)]),
        "l[..]?.{a*}"
    );
}

#[test]
fn a_template_is_looked_for_as_tera_does() {
    let texts = [
        ("t.html", "{% include \"a.html\" %}{% include \"b.html\" %}{{ <c /> }}"),
        ("a.html", "{{ site }}"),
        ("theme/a.html", "{{ hidden }}"),
        ("theme/b.html", "{{ theme }}"),
        ("__tinso/b.html", "{{ hidden }}"),
        ("theme/c.html", "{% component c() %}{{ range(end=1) }}{% endcomponent %}"),
        ("__tinso/c.html", "{% component c() %}{{ now() }}{% endcomponent %}"),
    ];
    let analysis = Analysis::new(texts, &["theme/".to_owned(), "__tinso/".to_owned()]);
    assert_eq!(in_short(&analysis.of("t.html")), "site* theme*");
    assert_eq!(in_short(&analysis.of("b.html")), "theme*");
    assert_eq!(in_short(&analysis.of("c.html")), "");
}

#[test]
fn what_is_not_understood_may_read_everything() {
    assert_eq!(of("{{ __tera_context }}"), "everything");
    assert_eq!(of("{{ a"), "everything");
    assert_eq!(of("{% for %}"), "everything");
    assert_eq!(of("{% include a %}"), "everything");
    assert_eq!(in_short(&reads_of(&[], "t.html")), "everything");
    let component = ("c.html", "{% component c() %}{% endcomponent %}");
    assert_eq!(among(&[("t.html", "{{ <c /> }}"), component, ("broken.html", "{% if %}")]), "everything");
}

#[test]
fn no_text_is_too_much() {
    for (open, close) in [
        ("(", ")"),
        ("[", "]"),
        ("a[", "]"),
        ("not ", ""),
        ("-", ""),
        ("a | f(x=", ")"),
        ("{\"a\": ", "}"),
        ("a ~ ", ""),
        ("a or ", ""),
    ] {
        for count in [30, 300, 5000] {
            of(&format!("{{{{ {}a{} }}}}", open.repeat(count), close.repeat(count)));
        }
    }
    for (open, close) in [
        ("{% if a %}", "{% endif %}"),
        ("{% for a in a %}", "{% endfor %}"),
        ("{% block a %}", "{% endblock %}"),
        ("{% if a %}{% elif b %}", ""),
    ] {
        of(&format!("{}{}", open.repeat(5000), close.repeat(5000)));
    }
    of(&format!("{{{{ {} }}}}", vec!["a.b | f"; 5000].join(" ~ ")));
    of(&format!("{{{{ a{} }}}}", ".b".repeat(5000)));
    assert_eq!(among(&[("t.html", "{% include \"t.html\" %}")]), "everything");
    assert_eq!(among(&[("t.html", "{% extends \"t.html\" %}")]), "everything");
    let block = "{% block a %}{% block b %}{{ super() }}{% endblock %}{% endblock %}";
    among(&[
        ("t.html", &format!("{{% extends \"u.html\" %}}{block}")),
        ("u.html", "{% block b %}{% block a %}{% endblock %}{% endblock %}"),
    ]);
    let doubling: Vec<(String, String)> = (0..40)
        .map(|at| (format!("{at}"), format!("{{% include \"{0}\" %}}{{% include \"{0}\" %}}", at + 1)))
        .chain([("40".to_owned(), String::new())])
        .collect();
    let doubling: Vec<(&str, &str)> = doubling.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert_eq!(in_short(&reads_of(&doubling, "0")), "everything");
    let fields: Vec<String> = (0..20).map(|at| format!("x.f{at}")).collect();
    of(&format!("{{% for p in l %}}{{% set_global x = {} %}}{{% endfor %}}{{{{ x }}}}", fields.join(" or ")));
}

#[test]
fn values_that_look_the_same_have_the_same_print() {
    let list = |texts: &[&str]| Value::from(texts.iter().map(|text| Value::from(*text)).collect::<Vec<_>>());
    let first = Reads::items(Some(2), Reads::whole());
    assert_eq!(first.print(&list(&["a", "b", "c"])), first.print(&list(&["a", "b"])));
    assert_ne!(first.print(&list(&["a", "b"])), first.print(&list(&["a"])));
    assert_ne!(first.print(&list(&["ab", ""])), first.print(&list(&["a", "b"])));
    let different = [
        Value::undefined(),
        Value::none(),
        Value::from(false),
        Value::from(true),
        Value::from(0_u64),
        Value::from(0_i64),
        Value::from(0_i128),
        Value::from(0_u128),
        Value::from(u128::MAX),
        Value::from(0.0),
        Value::from(-0.0),
        Value::from(f64::NAN),
        Value::from(""),
        Value::safe_string(""),
        Value::from("0"),
        Value::bytes("0"),
        Value::bytes(""),
        list(&[]),
        list(&["0"]),
        Value::from(std::collections::BTreeMap::<String, Value>::new()),
        Value::from(std::collections::BTreeMap::from([("0".to_owned(), Value::none())])),
        Value::from(std::collections::BTreeMap::from([("0".to_owned(), Value::undefined())])),
    ];
    let prints: BTreeSet<u128> = different.iter().map(|value| Reads::whole().print(value)).collect();
    assert_eq!(prints.len(), different.len());
    let field = Reads::field("0", Reads::itself());
    let print = |at: usize| field.print(&different[at]);
    assert_ne!(print(20), print(21));
    assert_ne!(print(19), print(20));
}

#[test]
fn the_print_of_a_map_may_be_kept() {
    let page = Value::from(std::collections::BTreeMap::from([("title".to_owned(), Value::from("t"))]));
    let pages = Value::from(vec![page.clone(), page]);
    let reads = Reads::items(None, Reads::field("title", Reads::whole()));
    let asked = std::cell::Cell::new(0);
    let print = reads.print_with(&pages, &|_, _, work_out| {
        asked.set(asked.get() + 1);
        work_out()
    });
    assert_eq!((asked.get(), print), (2, reads.print(&pages)));
}

#[test]
fn the_print_of_a_context_is_of_what_the_template_reads_of_it() {
    let reads = reads_of(&[("t.html", "{{ a.b }}{% if c %}{% endif %}")], "t.html");
    let print =
        |json: &str| reads.print(&Context::from_serialize(&serde_json::from_str::<serde_json::Value>(json).unwrap()).unwrap());
    let one = print(r#"{"a": {"b": 1, "c": 2}, "d": 3}"#);
    assert!(one.is_some());
    assert_eq!(one, print(r#"{"a": {"b": 1}}"#));
    assert_ne!(one, print(r#"{"a": {"b": 1}, "c": false}"#));
    assert_ne!(one, print(r#"{"a": {"b": 2}}"#));
    assert_eq!(reads_of(&[], "t.html").print(&Context::new()), None);
}
