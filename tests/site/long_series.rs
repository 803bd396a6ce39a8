//! A series of thousands of values: the theme's pages stay small, say what they leave out, and lead to the rest.

use std::fs;
use std::path::{Path, PathBuf};

use crate::{Outcome, Site};

/// The files of the theme, in a site of its own.
pub fn themed(mut site: Site) -> Site {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<PathBuf> = vec![root.join("themes/tinso-news")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap();
                site = site.bytes(name, &fs::read(&path).unwrap());
            }
        }
    }
    site
}

/// A site in which one article states so many daily values of one indicator.
fn daily(values: i16, more: &str) -> Outcome {
    let section = |title: &str, more: &str| format!("+++\ntitle = \"{title}\"\n{more}+++\n");
    let day = |n: i16| jiff::civil::date(1990, 1, 1) + jiff::Span::new().days(n);
    let rows: String = (0..values)
        .map(|n| {
            format!(
                "[[extra.metrics]]\nindicator = \"level\"\ntime_period = \"{}\"\nvalue = {}\n",
                day(n),
                500 + i32::from(n) * 37 % 301
            )
        })
        .collect();
    let config = format!("{}\n[extra]\n{more}", crate::CONFIG.replace("base_url", "theme = \"tinso-news\"\nbase_url"));
    let indicators = "template = \"indicators.html\"\npage_template = \"indicator.html\"\n";
    themed(Site::empty())
        .file("config.toml", &config)
        .file("content/_index.md", &section("Tin", ""))
        .file("content/_index.en.md", &section("News", ""))
        .file("content/news/_index.md", &section("Tin", "sort_by = \"date\"\n"))
        .file("content/news/_index.en.md", &section("News", "sort_by = \"date\"\n"))
        .file("content/indicators/_index.md", &section("Chỉ số", indicators))
        .file("content/indicators/_index.en.md", &section("Indicators", indicators))
        .file("content/indicators/level.md", "+++\ntitle = \"Mực nước\"\n[extra.indicator]\nunit = \"M\"\nunit_label = \"m\"\nmeasure = \"rate\"\nref_area = \"VN\"\n+++\n")
        .file("content/indicators/level.en.md", "+++\ntitle = \"Water level\"\n[extra.indicator]\nunit_label = \"m\"\n+++\n")
        .article("a", "2020-01-01", &rows, "Bài.")
        .build()
        .clean()
}

/// How many rows the table of an indicator's page has.
fn rows(html: &str) -> usize {
    html.split("<tbody>").nth(1).unwrap().split("</tbody>").next().unwrap().matches("<tr").count()
}

#[test]
fn a_page_shows_the_newest_values_and_leads_to_all_of_them_in_both_languages() {
    let outcome = daily(2_000, "");
    for (folder, rest, first) in [
        ("", "1.800 số còn lại", "200 số đầu trong 2.000 số đã công bố"),
        ("en/", "The other 1,800 figures are not shown here", "the first 200 of 2,000 published figures"),
    ] {
        let page = outcome.text(&format!("{folder}indicators/level/index.html"));
        assert_eq!(rows(page), 200);
        assert!(page.contains(rest) && page.contains(first), "{page}");
        assert!(page.contains(&format!("https://tin.example/{folder}indicators/level/data.csv\" type=\"text/csv\" download")));
        // The newest day stands first; the first one stands in the table of data, as all do.
        assert!(page.contains("23/6/1995") || page.contains("23 June 1995"));
        let table = outcome.text(&format!("{folder}indicators/level/data.csv"));
        assert!(table.contains("1990-01-01") && table.lines().count() == 2_001);
    }
    let article = outcome.text("en/news/a/index.html");
    assert_eq!(article.matches("class=\"card\"").count(), 40);
    assert!(article.contains("The article states 2,000 figures; 40 of them are shown here."));
    assert!(article.contains("href=\"https://tin.example/data/observations.csv\""));
    for page in ["indicators/level/index.html", "news/a/index.html"] {
        assert!(outcome.text(page).len() < 200_000, "{page}: {} bytes", outcome.text(page).len());
    }
}

#[test]
fn a_site_may_show_more_and_a_short_series_is_shown_whole() {
    let outcome = daily(60, "");
    let page = outcome.text("en/indicators/level/index.html");
    assert_eq!(rows(page), 60);
    assert!(!page.contains("not shown here") && page.contains("all published figures, newest first"));
    let more = daily(250, "table_rows = 300\nfigure_cards = 300\n");
    assert_eq!(rows(more.text("indicators/level/index.html")), 250);
    assert_eq!(more.text("news/a/index.html").matches("class=\"card\"").count(), 250);
}
