//! A portal's own look and language by settings, with no template edited.

use std::collections::BTreeSet;

use tinso::diagnostic::Severity;

use crate::{CONFIG, Outcome, Site, indicator, revenue};

/// A portal in the theme with one article; `root` and `extra` are lines of its config, the latter of `[extra]`.
fn portal(languages: &str, extra: &str) -> Site {
    let config = CONFIG.replace("base_url", "theme = \"tinso-news\"\nbase_url");
    let section = |title: &str, more: &str| format!("+++\ntitle = \"{title}\"\n{more}+++\n");
    let indicators = "template = \"indicators.html\"\npage_template = \"indicator.html\"\n";
    let mut site = Site::empty()
        .with_theme()
        .file("config.toml", &format!("{config}{languages}\n[extra]\n{extra}"))
        .file("content/indicators/revenue.md", &indicator("Doanh thu", "tỷ đồng", ""))
        .file(
            "content/indicators/revenue.en.md",
            "+++\ntitle = \"Revenue\"\n[extra.indicator]\nunit_label = \"billion VND\"\n+++\n",
        )
        .article("a", "2020-01-01", &revenue("2016-Q1", "2105.8"), "Bài.");
    for (path, title, more) in
        [("", "Tin", ""), ("news/", "Tin tức", "sort_by = \"date\"\n"), ("indicators/", "Chỉ số", indicators)]
    {
        site = site
            .file(&format!("content/{path}_index.md"), &section(title, more))
            .file(&format!("content/{path}_index.en.md"), &section(title, more));
    }
    site
}

fn css(built: &Outcome) -> &str {
    built.text("site.css")
}

#[test]
fn colours_of_the_config_are_those_of_the_page_in_the_light_and_in_the_dark() {
    let built =
        portal("", "[extra.tinso.colors]\nlight = { accent = \"#005EA5\" }\ndark = { accent = \"#8ec5ff\", paper = \"#000\" }\n");
    let built = built.build().clean();
    assert!(css(&built).contains("--accent: #005ea5") && css(&built).contains("--accent: #8ec5ff"), "{}", css(&built));
    assert!(css(&built).contains("--paper: #000000") && css(&built).contains("--ink: #1a1d24"));
    assert!(!css(&built).contains("--accent: #5b2c83"));
}

#[test]
fn charts_as_files_are_in_the_colours_of_the_config() {
    let colors = "[extra.tinso.colors]\nlight = { series-1 = \"#005EA5\", ink = \"#111111\" }\ndark = { series-1 = \"#8ec5ff\", paper = \"#000\" }\n";
    let chart = |more: &str| {
        let article = revenue("2016", "1") + &revenue("2017", "2");
        portal("", more).article("a", "2018-01-01", &article, "x").build().clean().text("indicators/revenue/chart.svg").to_owned()
    };
    let (drawn, painted) = (chart(""), chart(colors));
    for (was, is) in [("#5b2c83", "#005ea5"), ("#1a1d24", "#111111"), ("#c9a6ec", "#8ec5ff"), ("#14161c", "#000000")] {
        assert!(drawn.contains(was) && !painted.contains(was) && painted.contains(is), "{was} {is} {painted}");
    }
    assert_eq!(drawn.len(), painted.len());
}

#[test]
fn a_colour_that_could_not_be_read_is_a_warning_with_a_shade_that_can() {
    let built = portal("", "[extra.tinso.colors.light]\naccent = \"#ffcc00\"\n").build();
    let place = format!("config.toml:{}:10", CONFIG.lines().count() + 5);
    let found: Vec<_> = built.0.diagnostics.iter().collect();
    assert_eq!(found.len(), 2, "one for each ground: {:#?}", built.findings());
    assert!(found.iter().all(|d| d.code == "low-contrast" && d.severity == Severity::Warning));
    assert!(found[0].message.contains("its contrast is 1.51, and readers need 4.50"), "{}", found[0].message);
    assert!(found[0].help.as_deref().unwrap().starts_with('#'));
    assert!(built.findings()[0].starts_with(&place), "{:?} {place}", built.findings());
}

#[test]
fn what_is_no_colour_is_an_error_at_its_place() {
    let built = portal("", "[extra.tinso.colors.light]\naccent = \"purple\"\n").build();
    built.finds("bad-color", Severity::Error, &format!("config.toml:{}:10", CONFIG.lines().count() + 5));
    let built = portal("", "[extra.tinso.colors.light]\nacent = \"#5b2c83\"\n").build();
    let found = built.finds("unknown-config-key", Severity::Error, &format!("config.toml:{}:1", CONFIG.lines().count() + 5));
    assert!(found.help.as_deref().unwrap().contains("accent"));
}

#[test]
fn the_home_page_is_put_together_by_settings() {
    let at = |page: &str, id: &str| page.find(&format!("id=\"{id}\"")).unwrap_or(usize::MAX);
    let extra = "home_indicators = [\"revenue\"]\n[[extra.agency_links]]\nname = { vi = \"Cổng khác\", en = \"Another portal\" }\nurl = \"https://other.example/\"\n";
    let built = portal("", extra).build().clean();
    let home = built.text("en/index.html");
    assert!(at(home, "lead-title") < at(home, "key-figures") && at(home, "key-figures") < at(home, "latest-news"), "{home}");
    assert!(home.contains("<a href=\"https://other.example/\">Another portal</a>"), "{home}");
    let built = portal("", &format!("home_top = [\"figures\", \"agencies\"]\nhome_side = []\n{extra}")).build().clean();
    let home = built.text("index.html");
    assert!(at(home, "key-figures") < at(home, "home-agencies") && at(home, "home-agencies") < at(home, "latest-news"), "{home}");
    assert_eq!(at(home, "lead-title"), usize::MAX);
    let built = portal("", "home_top = [\"weather\"]\n").build();
    let found = built.0.diagnostics.iter().find(|d| d.message.contains("no block `weather`"));
    assert!(found.is_some(), "{:#?}", built.findings());
}

#[test]
fn own_styles_and_scripts_carry_the_digest_of_their_bytes() {
    let built = portal("", "").build().clean();
    for path in ["index.html", "en/news/a/index.html", "indicators/index.html"] {
        let page = built.text(path);
        for tag in page.split('<').filter(|tag| tag.starts_with("script src") || tag.contains("rel=\"stylesheet\"")) {
            assert!(tag.contains("integrity=\"sha384-"), "{path}: {tag}");
        }
    }
}

/// A third language of the portal, of which the theme has the texts.
fn french() -> Site {
    let section = |title: &str, more: &str| format!("+++\ntitle = \"{title}\"\n{more}+++\n");
    let languages = "[languages.fr]\ntitle = \"Nouvelles\"\n[[extra.agency_links]]\nname = { vi = \"Cổng khác\", en = \"Another portal\" }\nurl = \"https://other.example/\"\n";
    let config = portal("", "").file(
        "config.toml",
        &format!(
            "{}{languages}",
            CONFIG
                .replace("base_url", "theme = \"tinso-news\"\nbase_url")
                .replace("en = \"Vietnam\"", "en = \"Vietnam\", fr = \"Viêt Nam\"")
        ),
    );
    let indicators = "template = \"indicators.html\"\npage_template = \"indicator.html\"\n";
    let share = "+++\ntitle = \"Tỷ lệ\"\n[extra.indicator]\nunit = \"percent\"\nunit_label = \"%\"\nmeasure = \"share\"\nref_area = \"VN\"\n+++\n";
    config
        .file("content/_index.fr.md", &section("Nouvelles", ""))
        .file("content/news/_index.fr.md", &section("Nouvelles", "sort_by = \"date\"\n"))
        .file("content/indicators/_index.fr.md", &section("Indicateurs", indicators))
        .file("content/indicators/revenue.fr.md", "+++\ntitle = \"Chiffre d’affaires\"\n[extra.indicator]\nunit_label = \"milliards de VND\"\n+++\n")
        .file("content/indicators/share.md", share)
        .file("content/indicators/share.en.md", "+++\ntitle = \"Share\"\n[extra.indicator]\nunit_label = \"%\"\n+++\n")
        .file("content/indicators/share.fr.md", "+++\ntitle = \"Part\"\n[extra.indicator]\nunit_label = \"%\"\n+++\n")
        .file("content/news/a.fr.md", "+++\ntitle = \"Article\"\ndate = 2020-01-01\n+++\nTexte.\n")
        .article(
            "b",
            "2020-02-01",
            "[[extra.metrics]]\nindicator = \"share\"\ntime_period = \"2019\"\nvalue = 30.5\nqualifier = \"over\"\nobs_status = \"P\"\n",
            "Bài.",
        )
        .file("content/news/b.fr.md", "+++\ntitle = \"Autre\"\ndate = 2020-02-01\n+++\nPart : {{ metric(indicator=\"share\") }}.\n")
}

#[test]
fn a_third_language_needs_one_file_of_texts_and_words() {
    let built = french().build();
    let noise: Vec<String> = built.findings().into_iter().filter(|found| !found.contains(" no-letter")).collect();
    assert!(noise.is_empty(), "{noise:#?}");
    let home = built.text("fr/index.html");
    assert!(
        home.contains("Dernières actualités") && home.contains("<html lang=\"fr\">") && home.contains("1 février 2020"),
        "{home}"
    );
    assert!(home.contains("plus de"), "{home}");
    // What the config does not say in French.
    assert!(home.contains(">Cổng khác</a>"), "{home}");
    let page = built.text("fr/indicators/revenue/index.html");
    assert!(page.contains("premier trimestre 2016") && page.contains("2\u{202f}105,8"), "{page}");
    let page = built.text("fr/news/b/index.html");
    assert!(page.contains("plus de 30,5\u{202f}%</data>") && page.contains("provisoire"), "{page}");
    assert!(built.text("news/b/index.html").contains("30,5<span class=\"value-percent\">%</span>"));
}

#[test]
fn words_that_tinso_does_not_use_and_lists_of_another_length_are_errors_at_their_places() {
    let words = "[words.chart]\nno_dta = \"rien\"\n[words.period]\nquarters = [\"T1 {y}\"]\n";
    let built = french().file("i18n/fr.toml", words).build();
    let found = built.finds("unknown-word", Severity::Error, "i18n/fr.toml:2:1");
    assert_eq!(found.help.as_deref(), Some("did you mean `no_data`?"));
    let found = built.0.diagnostics.iter().find(|d| d.code == "wrong-type").unwrap();
    assert!(found.message.contains("`words.period.quarters` should be a list of 4 texts"), "{}", found.message);
}

#[test]
fn the_theme_has_the_same_texts_in_every_language() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/tinso-news/i18n");
    let keys = |code: &str| -> BTreeSet<String> {
        let text = std::fs::read_to_string(root.join(format!("{code}.toml"))).unwrap();
        let table: toml::Table = toml::from_str(&text).unwrap();
        table.keys().filter(|key| *key != "words").cloned().collect()
    };
    assert_eq!(keys("vi"), keys("en"));
    assert_eq!(keys("en"), keys("fr"));
}
