//! Templates of whole sites, where a page of news must not depend on more than it shows.

use std::collections::BTreeMap;
use std::path::Path;

use super::super::{Analysis, TemplateReads};
use super::{all_shown, in_short, shown};

const BASE: &str = r#"<html lang="{{ lang }}"><title>{% block title %}{{ config.title }}{% endblock title %}</title>
<link href="{{ config.base_url | safe }}{% if lang == "en" %}/en{% endif %}/atom.xml">
{% for y in config.extra.years %}{{ y }}{% endfor %}{% for k in ["agencies", "topics"] %}{{ trans(key=k, lang=lang) }}{% endfor %}
{% block content %}{% endblock content %}"#;

const PAGE: &str = r#"{% extends "base.html" %}
{% block title %}{{ page.title }} | {{ trans(key="site", lang=lang) }}{% endblock title %}
{% block content %}<time>{{ page.date | date(format="%d/%m/%Y") }}</time>
{% for k in ["agencies", "topics"] %}{% for t in page.taxonomies[k] %}{{ get_taxonomy_url(kind=k, term=t) | safe }}{% endfor %}{% endfor %}
{% for t in page.translations %}{% if t.lang != lang %}{{ t.permalink | safe }}{% endif %}{% endfor %}
{{ page.content | safe }}
{% for m in page.extra.metrics %}{{ m.label }}{% if m.change < 0 %}down{% endif %}{% endfor %}
{% if page.higher %}{{ page.higher.permalink | safe }}{% endif %}
{% set term = get_taxonomy_term(kind="topics", term=page.taxonomies.topics[0], lang=lang) %}
{% for p in term.pages[:6] %}{% if p.permalink != page.permalink %}{{ p.permalink | safe }}{{ p.title }}{% endif %}{% endfor %}
{% endblock content %}"#;

const CARD: &str =
    r#"{{ page.permalink | safe }}{{ page.title }}{{ page.taxonomies.topics[0] }}{{ page.extra.metrics[0].value }}"#;

const INDEX: &str = r#"{% extends "base.html" %}
{% block content %}{% for page in section.pages[:20] %}{% include "card.html" %}{% endfor %}{% endblock content %}"#;

const SECTION: &str = r#"{% extends "base.html" %}{% block title %}{{ section.title }}{% endblock title %}
{% block content %}{% for page in paginator.pages %}{% include "card.html" %}{% endfor %}
{% if paginator.previous %}{{ paginator.previous | safe }}{% endif %}{{ paginator.current_index }}{% endblock content %}"#;

fn news(name: &str) -> TemplateReads {
    let texts = [("base.html", BASE), ("page.html", PAGE), ("card.html", CARD), ("index.html", INDEX), ("section.html", SECTION)];
    Analysis::new(texts, &[]).of(name)
}

#[test]
fn a_page_reads_what_it_shows_of_itself_and_of_its_neighbours() {
    let reads = news("page.html");
    assert_eq!(
        shown(&reads.variables["page"]),
        ".{content* date* extra.{metrics[..].{change* label*}} higher?.{permalink*} permalink* taxonomies.{topics[:1]*}[_][..]* title* \
         translations[..].{lang* permalink*}}"
    );
    assert_eq!(all_shown(&reads.functions), "get_taxonomy_term.{pages[:6].{permalink* title*}} get_taxonomy_url* trans*");
    assert_eq!(shown(&reads.variables["config"]), ".{base_url* extra.{years[..]*}}");
    assert_eq!(reads.variables.keys().collect::<Vec<_>>(), ["config", "lang", "page"]);
}

#[test]
fn lists_read_the_cards_of_the_pages_that_they_show() {
    let card = ".{extra.{metrics[:1].{value*}} permalink* taxonomies.{topics[:1]*} title*}";
    assert_eq!(shown(&news("index.html").variables["section"]), format!(".{{pages[:20]{card}}}"));
    let section = news("section.html");
    assert_eq!(shown(&section.variables["section"]), ".{title*}");
    assert_eq!(shown(&section.variables["paginator"]), format!(".{{current_index* pages[..]{card} previous*}}"));
    // An included template looks in the context, too, if the loop's item were undefined.
    assert_eq!(shown(&section.variables["page"]), card);
}

/// The templates of the theme by name.
#[allow(clippy::disallowed_methods, reason = "they are read from the folder, so that none is forgotten")]
fn theme() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/tinso-news/templates");
    let files = walkdir::WalkDir::new(&folder).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let name = |file: &Path| file.strip_prefix(&folder).unwrap().to_str().unwrap().replace('\\', "/");
    files.map(|file| (name(file.path()), std::fs::read_to_string(file.path()).unwrap())).collect()
}

#[test]
fn the_theme_is_understood_and_reads_no_page_whole() {
    let theme = theme();
    let analysis = Analysis::new(theme.iter().map(|(name, text)| (name.as_str(), text.as_str())), &[]);
    for name in theme.keys() {
        let reads = analysis.of(name);
        assert!(!reads.everything, "{name}");
        for value in reads
            .variables
            .iter()
            .filter(|(name, _)| ["archive", "page", "section", "config", "pages", "paginator"].contains(&name.as_str()))
        {
            assert!(!value.1.whole, "{name} {}", in_short(&reads));
        }
        assert!(reads.functions.iter().all(|(function, reads)| !function.starts_with("get_section") || !reads.whole), "{name}");
    }
    let page = analysis.of("page.html");
    let higher = &page.variables["page"].fields["higher"];
    assert_eq!(shown(higher), "?.{permalink* title*}");
}

#[test]
fn templates_that_tinso_brings_are_understood() {
    let texts = [
        ("atom.xml", include_str!("../../builtin/atom.xml")),
        ("rss.xml", include_str!("../../builtin/rss.xml")),
        ("sitemap.xml", include_str!("../../builtin/sitemap.xml")),
        ("split_sitemap_index.xml", include_str!("../../builtin/split_sitemap_index.xml")),
        ("404.html", include_str!("../../builtin/404.html")),
        ("untranslated.html", include_str!("../../builtin/untranslated.html")),
        ("alias.html", include_str!("../../builtin/alias.html")),
        ("anchor-link.html", include_str!("../../builtin/anchor-link.html")),
    ];
    let analysis = Analysis::new(texts, &[]);
    assert!(texts.iter().all(|(name, _)| !analysis.of(name).everything));
    let sitemap = analysis.of("sitemap.xml");
    assert_eq!(in_short(&sitemap), "entries[..].{permalink* translations[..].{lang* permalink*} updated* x_default*}");
}
