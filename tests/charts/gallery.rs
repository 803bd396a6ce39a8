//! A page with every kind of chart, every mark, in every language, to be looked at: `target/tmp/gallery/index.html`.

use std::fs;
use std::path::{Path, PathBuf};

use tinso::config::Palette;
use tinso::indicator::ChartForm;

use crate::{Case, Many};

/// One chart of the gallery: its name, and itself in a language.
pub struct Shown {
    pub name: &'static str,
    pub chart: Box<dyn Fn(&str) -> tinso::chart::Chart>,
}

fn one(name: &'static str, case: Case) -> Shown {
    Shown { name, chart: Box::new(move |lang| case.draw(lang)) }
}

fn many(name: &'static str, many: Many) -> Shown {
    Shown { name, chart: Box::new(move |lang| many.draw(lang)) }
}

/// Every kind with plain values, then every mark on bars, on rows and on points.
pub fn charts() -> Vec<Shown> {
    let mut all = kinds();
    all.extend(marks());
    all
}

/// Marks of values, as front matter states them.
const MARKS: [(&str, &str); 14] = [
    ("over", "30 qualifier = \"over\""),
    ("at-least", "30 qualifier = \"at_least\""),
    ("under", "30 qualifier = \"under\""),
    ("at-most", "30 qualifier = \"at_most\""),
    ("about", "30 qualifier = \"about\""),
    ("nearly", "30 qualifier = \"nearly\""),
    ("range", "24..36"),
    ("interval", "30 ci = { low = 24, high = 36, level = 95 }"),
    ("interval-estimate", "30 obs_status = \"E\", ci = { low = 27, high = 38 }"),
    ("estimate", "30 obs_status = \"E\""),
    ("provisional", "30 obs_status = \"P\""),
    ("forecast", "30 obs_status = \"F\""),
    ("break", "30 obs_status = \"B\""),
    ("low-reliability", "30 obs_status = \"U\""),
];

fn marks() -> Vec<Shown> {
    let mut all = Vec::new();
    for (name, value) in MARKS {
        let rows = |before: &[&str], after: &[&str]| -> Vec<String> {
            let marked = format!("2016 {value}");
            before.iter().map(|row| (*row).to_owned()).chain([marked]).chain(after.iter().map(|row| (*row).to_owned())).collect()
        };
        let measured =
            |measure, rows: Vec<String>| Case { title: ["Một chỉ số", "An indicator"], ..Case::measured(measure, rows) };
        let leak = |form: &str| -> &'static str { Box::leak(format!("mark-{name}-{form}").into_boxed_str()) };
        all.push(one(leak("number"), Case { unit: "percent", labels: ["%", "%"], ..measured("share", rows(&[], &[])) }));
        all.push(one(leak("bullet"), measured("flow", rows(&[], &["2017 42 kind = \"target\""]))));
        all.push(one(leak("columns"), measured("flow", rows(&["2014 18", "2015 24.5"], &["2017 40"]))));
        all.push(one(leak("bars"), measured("flow", rows(&["2014 18", "2015-H1 12"], &["2017 40"]))));
        all.push(one(leak("line"), measured("stock", rows(&["2013 15", "2014 18", "2015 24.5"], &["2017 40"]))));
        all.push(one(leak("slope"), measured("rate", rows(&["2013 15"], &[]))));
        let parts = |value: &str| {
            Many::areas(
                "rate",
                &[
                    ("Thừa Thiên Huế", &["2013 12", &format!("2016 {value}")]),
                    ("Đà Nẵng", &["2013 28", "2016 45"]),
                    ("Quảng Nam", &["2013 20", "2016 22"]),
                ],
            )
        };
        all.push(many(leak("areas-slope"), parts(value)));
        all.push(many(leak("areas-bars"), Many { kind: Some(ChartForm::Bars), ..parts(value) }));
        all.push(many(leak("areas-multiples"), Many { kind: Some(ChartForm::Multiples), ..parts(value) }));
        all.push(many(leak("areas-hundred"), Many { kind: Some(ChartForm::Hundred), ..parts(value) }));
        all.push(many(leak("areas-interval"), Many { kind: Some(ChartForm::Interval), ..parts(value) }));
    }
    all.push(one(
        "mark-targets",
        Case::flow(&["2014 18", "2015 24.5", "2016 30", "2018 40 kind = \"target\"", "2020 50..60 kind = \"target\""]),
    ));
    all.push(one(
        "mark-targets-line",
        Case::stock(&["2014 18", "2015 24.5", "2016 30", "2018 40 kind = \"target\"", "2020 50..60 kind = \"target\""]),
    ));
    all.push(one("mark-revision-columns", Case::flow(&["2014 18", "2015 24.5", "2016 30"]).revised(&["2015 21", "2016 33"])));
    all.push(one("mark-revision-line", Case::stock(&["2014 18", "2015 24.5", "2016 30"]).revised(&["2015 21", "2016 33"])));
    all
}

fn kinds() -> Vec<Shown> {
    let quarters: Vec<String> =
        (0..24).map(|n| format!("{}-Q{} {}", 2012 + n / 4, n % 4 + 1, 400 + n * 13 + (n % 4) * 60)).collect();
    let months: Vec<String> =
        (0..60).map(|n| format!("{}-{:02} {}.{}", 2015 + n / 12, n % 12 + 1, 40 + (n * 7) % 23, n % 10)).collect();
    let days: Vec<String> = (0..10_000)
        .map(|n| format!("{}-{:02}-{:02} {}", 1990 + n / 336, n / 28 % 12 + 1, n % 28 + 1, 500 + (n * 37) % 301 + n / 20))
        .collect();
    let cities = |periods: &[u16]| -> Many {
        let names = ["Cả nước", "Thừa Thiên Huế", "Đà Nẵng", "Thành phố Hồ Chí Minh"];
        Many::of(
            "share",
            names
                .into_iter()
                .zip(1..)
                .map(|(name, n)| {
                    (
                        name.to_owned(),
                        periods.iter().map(|year| format!("{year} {}.{}", 20 + n * 9 + (year - 2010) * n / 2, n)).collect(),
                    )
                })
                .collect(),
        )
    };
    let provinces: Vec<(String, Vec<String>)> = [
        "Cả nước",
        "Thừa Thiên Huế",
        "Đà Nẵng",
        "Quảng Nam",
        "Quảng Trị",
        "Quảng Bình",
        "Hà Nội",
        "Hải Phòng",
        "Cần Thơ",
        "Thành phố Hồ Chí Minh",
        "Bà Rịa – Vũng Tàu",
        "Điện Biên",
    ]
    .into_iter()
    .zip(0..)
    .map(|(name, n)| {
        (name.to_owned(), (2010..=2016).map(|year| format!("{year} {}", 30 + (n * 17) % 40 + (year - 2010) * (n % 5))).collect())
    })
    .collect();
    vec![
        one("number", Case::flow(&["2016 2105.8"])),
        one("number-share", Case::share(&["2016 62.5"])),
        one(
            "number-huge",
            Case {
                labels: ["thuê bao điện thoại di động có phát sinh lưu lượng", "mobile subscriptions with traffic"],
                ..Case::flow(&["2016 123456789012345678"])
            },
        ),
        one("bullet", Case::stock(&["2016 103", "2017 110 kind = \"target\""])),
        one("bullet-reached", Case::share(&["2016 62.5", "2020 50 kind = \"target\""])),
        one("target", Case::flow(&["2017 9.45 kind = \"target\"", "2020 12 kind = \"target\""])),
        one("columns", Case::flow(&["2013 1650", "2014 1800.5", "2015 1930.2", "2016 2105.8"])),
        one("columns-missing-zero", Case::flow(&["2012 0", "2013 1650", "2015 1930.2", "2016 2105.8"])),
        one("columns-negative", Case::flow(&["2013 -12", "2014 8.5", "2015 0", "2016 21"])),
        one("bars", Case::flow(&["2014 1650", "2015-H1 800", "2015 1930.2", "2016-01/2016-07 1205.8"])),
        one("bars-negative", Case::flow(&["2014 1650", "2015-H1 -800", "2015 1930.2"])),
        one(
            "line",
            Case::stock(&["2009 12", "2010 18", "2011 25.5", "2012 31", "2013 38", "2014 44", "2015 49.5", "2016 54", "2017 58"]),
        ),
        one("line-few", Case::stock(&["2013 38", "2014 44", "2015 49.5", "2016 54"])),
        one(
            "line-gap",
            Case::stock(&[
                "2008 60",
                "2009 104.9",
                "2010 154",
                "2011 115 obs_status = \"B\"",
                "2012 131.6",
                "2014 121.12",
                "2015 122 qualifier = \"about\"",
            ]),
        ),
        one("line-irregular", Case::stock(&["2005 10", "2008-06 25", "2010 31", "2011-Q3 33", "2015 49.5", "2019 61"])),
        one(
            "line-cropped",
            Case { measure: "index", ..Case::flow(&["2012 98.1", "2013 98.4", "2014 99.2", "2015 99.9", "2016 100.3"]) },
        ),
        one("line-quarters", Case::measured("stock", quarters)),
        one("line-months", Case { mult: 0, labels: ["người", "people"], ..Case::measured("rate", months) }),
        one("line-days", Case { mult: 0, labels: ["lượt", "visits"], ..Case::measured("rate", days) }),
        one(
            "line-millions",
            Case {
                mult: 0,
                labels: ["thuê bao", "subscribers"],
                ..Case::measured("stock", (0..12).map(|n| format!("{} {}", 2005 + n, 2_400_000 + n * 1_161_836)).collect())
            },
        ),
        one("slope", Case { measure: "rate", ..Case::flow(&["2015 12.5", "2016 18.25"]) }),
        many("areas-slope", cities(&[2010, 2016])),
        many("areas-line", cities(&[2010, 2011, 2012, 2013, 2014, 2015, 2016])),
        many("areas-bars", cities(&[2016])),
        many("areas-bars-twelve", Many { kind: Some(ChartForm::Bars), ..Many::of("share", provinces.clone()) }),
        many("areas-multiples", Many::of("share", provinces.clone())),
        many("areas-multiples-five", Many::of("share", provinces.into_iter().take(5).collect())),
        many(
            "parts-hundred",
            Many {
                parts: true,
                ..Many::areas(
                    "flow",
                    &[
                        ("Công nghiệp phần cứng", &["2016 1200"]),
                        ("Phần mềm", &["2016 410.5"]),
                        ("Dịch vụ nội dung số", &["2016 35"]),
                    ],
                )
            },
        ),
        many(
            "parts-hundred-percent",
            Many {
                parts: true,
                unit: "percent",
                labels: ["%", "%"],
                ..Many::areas("share", &[("Nam", &["2016 48.2"]), ("Nữ", &["2016 51.8"])])
            },
        ),
        many(
            "areas-interval",
            Many::areas(
                "rate",
                &[("Thừa Thiên Huế", &["2016 20..30"]), ("Đà Nẵng", &["2016 35..38"]), ("Quảng Nam", &["2016 12..19"])],
            ),
        ),
        one(
            "line-intervals",
            Case::measured(
                "rate",
                (0..10u32)
                    .map(|n| {
                        let value = 20 + n * 3 % 11;
                        format!("{} {value} ci = {{ low = {}, high = {} }}", 2008 + n, value - 3, value + 2)
                    })
                    .collect(),
            ),
        ),
        many(
            "areas-confidence",
            Many::areas(
                "rate",
                &[
                    ("Thừa Thiên Huế", &["2016 24 ci = { low = 20, high = 30 }"]),
                    ("Đà Nẵng", &["2016 36 ci = { low = 35, high = 38 }"]),
                    ("Quảng Nam", &["2016 15 ci = { low = 12, high = 19 }"]),
                ],
            ),
        ),
        one("interval", Case::measured("rate", vec!["2013 10..15".into(), "2014 12..20".into(), "2016 20..30".into()])),
    ]
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("gallery")
}

#[test]
fn a_gallery_shows_every_kind_and_every_mark_in_every_language() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/tinso-news");
    let out = folder();
    fs::create_dir_all(out.join("fonts")).unwrap();
    fs::create_dir_all(out.join("sass/tinso")).unwrap();
    fs::write(out.join("sass/tinso/_palette.scss"), Palette::default().sass()).unwrap();
    let options = grass::Options::default().load_path(out.join("sass"));
    let css = grass::from_path(root.join("sass/site.scss"), &options).unwrap();
    fs::write(out.join("site.css"), css).unwrap();
    for font in fs::read_dir(root.join("static/fonts")).unwrap() {
        let font = font.unwrap();
        fs::copy(font.path(), out.join("fonts").join(font.file_name())).unwrap();
    }
    if let Ok(script) = fs::read(root.join("static/chart.js")) {
        fs::write(out.join("chart.js"), script).unwrap();
    }
    let charts = charts();
    let mut drawn = std::collections::BTreeSet::new();
    for lang in ["vi", "en"] {
        let mut page = format!(
            "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>Charts of tinso ({lang})</title>\n<link rel=\"stylesheet\" href=\"site.css\">\n<script src=\"chart.js\" defer></script>\n\
             <body><main class=\"wrap\">\n<h1>Charts of tinso ({lang})</h1>\n"
        );
        for shown in &charts {
            let mut chart = (shown.chart)(lang);
            drawn.insert(chart.kind.name());
            assert!(!chart.title.is_empty() && !chart.description.is_empty(), "{}", shown.name);
            chart.title = format!("{}: {}", shown.name, chart.title);
            page.push_str(&format!("{}\n<p class=\"chart-description\">{}</p>\n", chart.figure(), chart.description));
        }
        page.push_str("</main></body></html>\n");
        fs::write(out.join(format!("{lang}.html")), page).unwrap();
    }
    for (word, _) in ChartForm::WORDS {
        assert!(drawn.contains(word), "no chart of the kind {word} in the gallery");
    }
}
