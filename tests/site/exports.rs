//! What others take from the numbers of a site: tables, their descriptions, citations, feeds, pictures.

use serde_json::Value;

use crate::{Outcome, Site, indicator, revenue};

/// A site with an indicator of every kind of statement: exact, over, a range, a target, a superseded value, a change.
fn site() -> Site {
    let first = format!(
        "[extra]\nsource = {{ name = \"Bộ TT&TT\", url = \"https://mic.example/bc\" }}\n{}{}qualifier = \"over\"\n{}kind = \"target\"\n",
        revenue("2015", "5"),
        revenue("2016-H1", "6"),
        revenue("2020", "9.5")
    );
    let range = "[[extra.metrics]]\nindicator = \"revenue\"\ntime_period = \"2010-01/2010-07\"\nlow = 30\nhigh = 35\n";
    let second = format!(
        "{}change = {{ value = -9.1, basis = \"previous_period\" }}\ncomment = \"=HYPERLINK(\\\"x\\\")\"\n{range}",
        revenue("2015", "6")
    );
    Site::new().article("a", "2016-01-02", &first, "").article("b", "2017-03-04", &second, "")
}

fn with_pictures() -> Site {
    site().file("config.toml", &crate::CONFIG.replace("pictures = false", "pictures = true"))
}

fn json(outcome: &Outcome, path: &str) -> Value {
    serde_json::from_str(outcome.text(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The records of a CSV file by the names of their columns.
fn records(outcome: &Outcome, path: &str) -> Vec<std::collections::BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(outcome.text(path).as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

#[test]
fn every_indicator_has_every_file_in_every_language_and_the_site_has_its_own() {
    let outcome = with_pictures().build();
    for folder in ["", "en/"] {
        for file in [
            "data.csv",
            "data.sdmx.csv",
            "data.json",
            "metadata.json",
            "datapackage.json",
            "data.csv-metadata.json",
            "chart.svg",
            "chart.png",
            "card.png",
            "oembed.json",
            "observations.xml",
            "data.zip",
            "embed/index.html",
            "embed-light/index.html",
            "embed-dark/index.html",
        ] {
            let path = format!("{folder}indicators/revenue/{file}");
            assert!(outcome.has(&path), "no {path}");
        }
    }
    for path in ["data/observations.csv", "data/datapackage.json", "data/catalog.jsonld"] {
        assert!(outcome.has(path), "no {path}");
    }
    let none = Site::bare("").file("content/a.md", "+++\ntitle = \"a\"\n+++\n").build();
    assert!(!none.0.outputs.keys().any(|path| path.as_str().starts_with("data/")));
}

#[test]
fn pictures_can_be_left_out() {
    let outcome = site().build();
    assert!(!outcome.0.outputs.keys().any(|path| path.as_str().ends_with(".png")));
    for file in ["oembed.json", "metadata.json", "datapackage.json", "index.html"] {
        let text = outcome.text(&format!("indicators/revenue/{file}"));
        assert!(!text.contains(".png"), "{file}: {text}");
    }
}

#[test]
fn tables_begin_with_a_mark_for_excel_where_the_config_asks_for_it() {
    let tables = ["indicators/revenue/data.csv", "en/indicators/revenue/data.csv", "data/observations.csv"];
    let config = crate::CONFIG.replace("pictures = false", "pictures = false\ncsv_bom = true");
    let (without, with) = (site().build(), site().file("config.toml", &config).build());
    for table in tables {
        assert_eq!(with.text(table).strip_prefix('\u{feff}'), Some(without.text(table)), "{table}");
        assert!(without.text(table).starts_with("indicator,"), "{table}");
    }
    // SDMX asks for none.
    let sdmx = "indicators/revenue/data.sdmx.csv";
    assert_eq!(with.text(sdmx), without.text(sdmx));
}

#[test]
fn a_letter_that_the_font_of_cards_lacks_is_told_of_at_the_page() {
    let titled = |title: &str| {
        with_pictures().file(
            "content/indicators/revenue.en.md",
            &format!("+++\ntitle = \"{title}\"\n[extra.indicator]\nunit_label = \"billion VND\"\n+++\n"),
        )
    };
    let outcome = titled("Revenue 收入 of Đắk Lắk").build();
    let found: Vec<_> = outcome.0.diagnostics.iter().filter(|found| found.code == "no-letter").collect();
    assert_eq!(found.len(), 1, "{:#?}", outcome.findings());
    assert_eq!(found[0].message, "the font of `card.png` has no `入` (U+5165), `收` (U+6536)");
    assert_eq!(crate::place(found[0]), "content/indicators/revenue.en.md");
    let fine = titled("Revenue of Đắk Lắk: 5 ≥ 3 – “x”…").build();
    assert!(fine.0.diagnostics.iter().all(|found| found.code != "no-letter"), "{:#?}", fine.findings());
}

#[test]
fn the_table_says_every_statement_once_with_points_as_decimals_and_days_of_periods() {
    let records = records(&site().build(), "en/indicators/revenue/data.csv");
    let told: Vec<String> = records
        .iter()
        .map(|r| {
            [
                "time_period",
                "freq",
                "obs_value",
                "low",
                "high",
                "qualifier",
                "kind",
                "superseded",
                "period_start",
                "period_end",
                "published",
                "source",
            ]
            .map(|name| r[name].as_str())
            .join("|")
        })
        .collect();
    assert_eq!(
        told,
        [
            "2010-01/2010-07|M||30|35|range|actual|false|2010-01-01|2010-07-31|2017-03-04|",
            "2015|A|6|||exact|actual|false|2015-01-01|2015-12-31|2017-03-04|",
            "2015|A|5|||exact|actual|true|2015-01-01|2015-12-31|2016-01-02|Bộ TT&TT",
            "2016-H1|S|6|||over|actual|false|2016-01-01|2016-06-30|2016-01-02|Bộ TT&TT",
            "2020|A|9.5|||exact|target|false|2020-01-01|2020-12-31|2016-01-02|Bộ TT&TT",
        ]
    );
    assert_eq!(records[0]["label"], "Revenue");
    assert_eq!(records[0]["article_url"], "https://tin.example/en/news/b/");
}

#[test]
fn a_text_that_a_spreadsheet_would_run_is_plain_text_and_a_negative_number_stays_a_number() {
    let outcome = site()
        .file("content/indicators/revenue.en.md", "+++\ntitle = \"@SUM(A1)\"\n[extra.indicator]\nunit_label = \"+x\"\n+++\n")
        .build();
    let row = &records(&outcome, "en/indicators/revenue/data.csv")[1];
    assert_eq!((row["label"].as_str(), row["unit_label"].as_str()), ("'@SUM(A1)", "'+x"));
    assert_eq!((row["comment"].as_str(), row["change_percent"].as_str()), ("'=HYPERLINK(\"x\")", "-9.1"));
    let sdmx = records(&outcome, "en/indicators/revenue/data.sdmx.csv");
    assert_eq!(sdmx[1]["COMMENT_OBS"], "'=HYPERLINK(\"x\")");
    // Data for programs is as it was written.
    assert_eq!(json(&outcome, "en/indicators/revenue/data.json")["observations"][1]["comment"], "=HYPERLINK(\"x\")");
}

#[test]
fn a_breakdown_is_a_column_of_its_own_and_what_is_missing_says_why() {
    let dimension = "breakdowns = { sex = { label = { vi = \"Giới\", en = \"Sex\" }, members = { F = \"nữ\" } }, kind = { members = { a = \"a\" } } }\n";
    let metrics = format!(
        "{}breakdown = {{ sex = \"F\" }}\nci = {{ low = 4, high = 6.5, level = 95 }}\n{}breakdown = {{ kind = \"a\" }}\n{}\n",
        revenue("2016", "5"),
        revenue("2016", "6"),
        "[[extra.metrics]]\nindicator = \"revenue\"\ntime_period = \"2017\"\nobs_status = \"L\""
    );
    let newer = format!(
        "{}breakdown = {{ sex = \"F\" }}\nrevision = {{ type = \"correction\", note = {{ vi = \"đính chính\", en = \"a slip\" }} }}\n",
        revenue("2016", "5.5")
    );
    let outcome = Site::new()
        .file("content/indicators/revenue.md", &indicator("Doanh thu", "tỷ đồng", dimension))
        .article("a", "2017-01-01", &metrics, "")
        .article("b", "2018-01-01", &newer, "")
        .build()
        .clean();
    let names = [
        "sex",
        "by_kind",
        "kind",
        "time_period",
        "obs_value",
        "obs_status",
        "ci_low",
        "ci_high",
        "ci_level",
        "superseded",
        "revision",
        "revision_note",
    ];
    let told = |path: &str| -> Vec<String> {
        records(&outcome, path).iter().map(|r| names.map(|name| r[name].as_str()).join("|")).collect()
    };
    let english = told("en/indicators/revenue/data.csv");
    assert_eq!(
        english,
        [
            "_T|_T|actual|2017||L||||false||",
            "_T|a|actual|2016|6|A||||false||",
            "F|_T|actual|2016|5.5|A||||false|correction|a slip",
            "F|_T|actual|2016|5|A|4|6.5|95|true||",
        ]
    );
    assert_eq!(told("data/observations.csv").len(), 4);
    let sdmx = records(&outcome, "indicators/revenue/data.sdmx.csv");
    assert_eq!((sdmx[0]["OBS_VALUE"].as_str(), sdmx[0]["SEX"].as_str(), sdmx[1]["KIND"].as_str()), ("NaN", "_T", "a"));
    let package = json(&outcome, "en/indicators/revenue/datapackage.json");
    let fields = package["resources"][0]["schema"]["fields"].as_array().unwrap();
    let sex = fields.iter().find(|field| field["name"] == "sex").unwrap();
    assert_eq!(sex["description"], "Sex; _T stands for all");
    let feed = outcome.text("en/indicators/revenue/observations.xml");
    assert!(feed.contains("<title>Revenue, nữ, 2016: 5.5\u{a0}billion VND</title>") && !feed.contains("2017:"), "{feed}");
}

#[test]
fn sdmx_has_one_value_for_each_key_and_periods_of_its_own_form() {
    let records = records(&site().build(), "indicators/revenue/data.sdmx.csv");
    let told: Vec<String> = records
        .iter()
        .map(|r| {
            [
                "STRUCTURE",
                "STRUCTURE_ID",
                "ACTION",
                "INDICATOR",
                "REF_AREA",
                "FREQ",
                "TIME_PERIOD",
                "OBS_KIND",
                "OBS_VALUE",
                "OBS_LOW",
                "OBS_QUALIFIER",
                "UNIT_MULT",
            ]
            .map(|name| r[name].as_str())
            .join("|")
        })
        .collect();
    let row = |rest: &str| format!("dataflow|example.tin:OBSERVATIONS(1.0)|M|revenue|VN|{rest}|9");
    assert_eq!(
        told,
        [
            row("M|2010-01-01/P7M|actual|NaN|30|range"),
            row("A|2015|actual|6||exact"),
            row("S|2016-S1|actual|6||over"),
            row("A|2020|target|9.5||exact"),
        ]
    );
}

#[test]
fn descriptions_name_the_table_as_it_is() {
    let outcome = site().build();
    let header: Vec<String> =
        outcome.text("indicators/revenue/data.csv").lines().next().unwrap().split(',').map(str::to_owned).collect();
    let names =
        |list: &Value| list.as_array().unwrap().iter().map(|of| of["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    let package = json(&outcome, "indicators/revenue/datapackage.json");
    let resource = &package["resources"][0];
    assert_eq!(names(&resource["schema"]["fields"]), header);
    assert_eq!((resource["path"].as_str(), package["title"].as_str()), (Some("data.csv"), Some("Doanh thu")));
    assert_eq!(package["created"], "2017-03-04T00:00:00Z");
    assert_eq!(package["sources"], serde_json::json!([{ "title": "Bộ TT&TT", "path": "https://mic.example/bc" }]));
    let table = json(&outcome, "en/indicators/revenue/data.csv-metadata.json");
    assert_eq!(names(&table["tableSchema"]["columns"]), header);
    assert_eq!((table["url"].as_str(), table["dc:title"].as_str()), (Some("data.csv"), Some("Revenue")));
    let all = json(&outcome, "data/datapackage.json");
    assert_eq!(names(&all["resources"][0]["schema"]["fields"]), header);
    assert_eq!(all["resources"][0]["path"], "observations.csv");
    assert_eq!(outcome.text("data/observations.csv"), outcome.text("indicators/revenue/data.csv"));
}

#[test]
fn the_data_of_schema_org_cannot_leave_its_script() {
    let template = "<script type=\"application/ld+json\">{{ page.indicator.json_ld | safe }}</script>";
    let outcome = site()
        .file("templates/indicator.html", template)
        .file("content/indicators/revenue.md", &indicator("</script><script>alert(1)</script><!--", "tỷ đồng", ""))
        .build();
    let page = outcome.text("indicators/revenue/index.html");
    assert_eq!((page.matches('<').count(), page.matches("</script>").count()), (2, 1), "{page}");
    let inner =
        page.strip_prefix("<script type=\"application/ld+json\">").and_then(|rest| rest.strip_suffix("</script>")).unwrap();
    let dataset: Value = serde_json::from_str(inner).unwrap();
    assert_eq!(dataset["name"], "</script><script>alert(1)</script><!--");
    assert_eq!(
        (dataset["@type"].as_str(), dataset["temporalCoverage"].as_str()),
        (Some("Dataset"), Some("2010-01-01/2020-12-31"))
    );
    assert_eq!(dataset["isBasedOn"], serde_json::json!(["https://tin.example/news/a/", "https://tin.example/news/b/"]));
}

#[test]
fn an_indicator_is_cited_in_the_language_of_its_page_and_under_its_licence() {
    let outcome = site()
        .file(
            "config.toml",
            &format!(
                "{}licence = {{ name = \"CC-BY-4.0\", url = \"https://creativecommons.org/licenses/by/4.0/\" }}\n",
                crate::CONFIG
            ),
        )
        .build();
    let metadata = json(&outcome, "indicators/revenue/metadata.json");
    assert_eq!(metadata["citation"], "Tin (2017). Doanh thu [bộ dữ liệu]. https://tin.example/indicators/revenue/");
    assert_eq!(metadata["licence"]["name"], "CC-BY-4.0");
    let english = json(&outcome, "en/indicators/revenue/metadata.json");
    assert_eq!(english["citation"], "News (2017). Revenue [data set]. https://tin.example/en/indicators/revenue/");
    let package = json(&outcome, "indicators/revenue/datapackage.json");
    assert_eq!(package["licenses"][0]["path"], "https://creativecommons.org/licenses/by/4.0/");
    assert!(json(&site().build(), "indicators/revenue/datapackage.json").get("licenses").is_none());
}

#[test]
fn the_feed_of_an_indicator_has_what_articles_state_newest_first_and_no_targets() {
    let feed = site().build().text("en/indicators/revenue/observations.xml").to_owned();
    let document = roxmltree::Document::parse(&feed).unwrap();
    let atom = "http://www.w3.org/2005/Atom";
    let texts = |name: &str| -> Vec<String> {
        document
            .descendants()
            .filter(|node| node.has_tag_name((atom, name)))
            .map(|node| node.text().unwrap_or_default().to_owned())
            .collect()
    };
    assert_eq!(
        texts("title"),
        [
            "Revenue: new data",
            "Revenue, 2015: 6.0\u{a0}billion VND",
            "Revenue, January–July 2010: 30.0–35.0\u{a0}billion VND",
            "Revenue, first half of 2016: over 6.0\u{a0}billion VND",
            "Revenue, 2015: 5.0\u{a0}billion VND",
        ]
    );
    assert_eq!(texts("updated")[0], "2017-03-04T00:00:00Z");
    let ids: std::collections::BTreeSet<String> = texts("id").into_iter().collect();
    assert_eq!(ids.len(), 5);
}

#[test]
fn an_embedded_page_is_hidden_from_searches_and_names_its_indicator_and_colours() {
    let outcome =
        site().file("templates/embed.html", "{{ scheme }} {{ page.permalink }} {{ page.indicator.charts[0].kind }}").build();
    assert!(
        outcome
            .text("en/indicators/revenue/embed-dark/index.html")
            .starts_with("dark https://tin.example/en/indicators/revenue/ ")
    );
    assert!(outcome.text("indicators/revenue/embed/index.html").starts_with("auto https://tin.example/indicators/revenue/ "));
    assert!(!outcome.text("sitemap.xml").contains("/embed"));
    let plain = site().build();
    let page = plain.text("indicators/revenue/embed-light/index.html");
    assert!(page.contains("<meta name=\"robots\" content=\"noindex\">") && page.contains("content=\"light\""), "{page}");
    assert!(page.contains("<link rel=\"canonical\" href=\"https://tin.example/indicators/revenue/\">"), "{page}");
    let oembed = json(&plain, "en/indicators/revenue/oembed.json");
    assert_eq!((oembed["version"].as_str(), oembed["type"].as_str()), (Some("1.0"), Some("rich")));
    assert!(
        oembed["html"].as_str().unwrap().contains("src=\"https://tin.example/en/indicators/revenue/embed/\" title=\"Revenue\"")
    );
}

#[test]
fn the_zip_holds_the_files_beside_it_and_a_readme_and_has_the_same_bytes_every_time() {
    let (outcome, again) = (site().build(), site().build());
    let bytes = |outcome: &Outcome| outcome.0.outputs["indicators/revenue/data.zip"].to_vec();
    assert_eq!(bytes(&outcome), bytes(&again));
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes(&outcome))).unwrap();
    let mut names = Vec::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut file, &mut text).unwrap();
        if name == "README.md" {
            assert!(
                text.starts_with("# Doanh thu\n") && text.contains("`data.sdmx.csv`") && text.contains("[bộ dữ liệu]"),
                "{text}"
            );
        } else {
            assert_eq!(text, outcome.text(&format!("indicators/revenue/{name}")));
        }
        names.push(name);
    }
    names.sort();
    assert_eq!(
        names,
        [
            "README.md",
            "chart.svg",
            "data.csv",
            "data.csv-metadata.json",
            "data.json",
            "data.sdmx.csv",
            "datapackage.json",
            "metadata.json"
        ]
    );
}

#[test]
fn the_catalogue_has_a_dataset_for_each_indicator_with_its_names_in_every_language() {
    let catalog = json(&site().build(), "data/catalog.jsonld");
    let dataset = &catalog["dcat:dataset"][0];
    assert_eq!(catalog["dcat:dataset"].as_array().unwrap().len(), 1);
    assert_eq!(
        dataset["dct:title"],
        serde_json::json!([{ "@language": "vi", "@value": "Doanh thu" }, { "@language": "en", "@value": "Revenue" }])
    );
    assert_eq!(dataset["dcat:distribution"].as_array().unwrap().len(), 8);
}

#[cfg(feature = "png")]
mod pictures {
    use super::*;

    /// The part of a picture with ink: how many of its pixels differ from its corner.
    fn ink(bytes: &[u8], (left, top, right, bottom): (u32, u32, u32, u32)) -> usize {
        let picture = image::load_from_memory(bytes).unwrap().to_rgb8();
        let paper = *picture.get_pixel(picture.width() - 1, 0);
        (top..bottom)
            .flat_map(|y| (left..right).map(move |x| (x, y)))
            .filter(|(x, y)| *picture.get_pixel(*x, *y) != paper)
            .count()
    }

    #[test]
    fn a_card_has_its_size_and_no_title_of_any_language_is_blank() {
        let outcome =
            with_pictures().file("content/indicators/revenue.md", &indicator("Tỷ lệ hộ gia đình Ữ Ặ Ỹ Đ", "tỷ đồng", "")).build();
        for folder in ["", "en/"] {
            let card = &outcome.0.outputs[format!("{folder}indicators/revenue/card.png").as_str()];
            let picture = image::load_from_memory(card).unwrap();
            assert_eq!((picture.width(), picture.height()), (1200, 628));
            assert!(ink(card, (72, 120, 1128, 200)) > 1500, "the title is blank");
            assert!(ink(card, (72, 280, 1128, 400)) > 1500, "the number is blank");
            let chart = &outcome.0.outputs[format!("{folder}indicators/revenue/chart.png").as_str()];
            let width = image::load_from_memory(chart).unwrap().width();
            assert!(ink(chart, (30, 30, width - 30, 100)) > 1000, "the title of the chart is blank");
        }
    }

    #[test]
    fn pictures_have_the_same_bytes_every_time() {
        let (one, two) = (with_pictures().build(), with_pictures().build());
        for file in ["chart.png", "card.png"] {
            let path = format!("indicators/revenue/{file}");
            assert_eq!(one.0.outputs[path.as_str()], two.0.outputs[path.as_str()]);
        }
    }
}
