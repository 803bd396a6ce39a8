//! Whatever the series: every text inside the frame, no two over each other, the same bytes again.

use proptest::prelude::*;
use tinso::chart::text_width;
use tinso::indicator::{ChartForm, ChartWishes};

use crate::{Case, Many};

fn row(year: usize, month: u8, value: &str, kind: u8, qualifier: u8, status: u8) -> String {
    let period = match month {
        0..=5 => format!("{}", 1700 + year),
        6 => format!("{}-H1", 1700 + year),
        7 => format!("{}-Q3", 1700 + year),
        _ => format!("{}-{month:02}", 1700 + year),
    };
    let mut more = Vec::new();
    if kind == 0 {
        more.push("kind = \"target\"".to_owned());
    }
    if let Some(word) = ["over", "under", "about", "nearly", "at_most"].get(usize::from(qualifier)) {
        more.push(format!("qualifier = \"{word}\""));
    }
    if let Some(letter) = ["E", "P", "B", "F"].get(usize::from(status)) {
        more.push(format!("obs_status = \"{letter}\""));
    }
    format!("{period} {value} {}", more.join(", ")).trim_end().to_owned()
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        (-1000i64..1000).prop_map(|n| n.to_string()),
        (0u64..1_000_000_000_000).prop_map(|n| n.to_string()),
        (0u64..100_000).prop_map(|n| format!("0.00{n:05}")),
        Just("0".to_owned()),
        Just("42.5".to_owned()),
        (0i64..10_000).prop_map(|n| format!("-{}.{}", n, n % 7)),
    ]
}

fn series() -> impl Strategy<Value = (&'static str, Vec<String>)> {
    let measure = prop_oneof![Just("flow"), Just("stock"), Just("rate"), Just("index")];
    let point = || (0u8..12, value(), 0u8..9, 0u8..12, 0u8..9);
    let length = prop_oneof![4 => 1usize..12, 1 => 12usize..120];
    (measure, length.prop_flat_map(move |length| prop::collection::vec(point(), length)), any::<bool>()).prop_map(
        |(measure, points, regular)| {
            let rows = points.into_iter().enumerate().map(|(year, (month, value, kind, qualifier, status))| {
                row(year, if regular { 0 } else { month }, &value, kind, qualifier, status)
            });
            (measure, rows.collect())
        },
    )
}

struct Text {
    left: i64,
    right: i64,
    top: i64,
    bottom: i64,
    said: String,
}

/// Every text of a layout, as a box in hundredths of a unit; and the layout's size.
fn texts(svg: &str) -> (Vec<Text>, i64, i64) {
    let attribute = |element: &str, name: &str| -> Option<String> {
        let from = element.find(&format!(" {name}=\""))? + name.len() + 3;
        Some(element[from..].split('"').next()?.to_owned())
    };
    let hundredths = |text: String| (text.parse::<f64>().unwrap() * 100.0).round() as i64;
    let size = attribute(svg, "viewBox").unwrap();
    let size: Vec<i64> = size.split(' ').map(|part| hundredths(part.to_owned())).collect();
    let mut found = Vec::new();
    for element in svg.split("<text").skip(1) {
        let (tag, rest) = element.split_once('>').unwrap();
        let tag = format!(" {tag}");
        let said = rest.split("</text>").next().unwrap().replace("&lt;", "<").replace("&amp;", "&");
        let (said, tail) = said.split_once("<tspan").unwrap_or((&said, ""));
        let (said, tail) = (said.to_owned(), tail.to_owned());
        let number = |name: &str| hundredths(attribute(&tag, name).unwrap());
        let (x, y, font) = (number("x"), number("y"), number("font-size"));
        let bold = attribute(&tag, "font-weight").is_some_and(|weight| weight == "600");
        let mut width = text_width(&said, font, bold);
        if let Some((tag, said)) = tail.split_once('>') {
            let size = hundredths(attribute(tag, "font-size").unwrap());
            width += text_width(said.split("</tspan>").next().unwrap(), size, false);
        }
        let left = match attribute(&tag, "text-anchor").as_deref() {
            Some("middle") => x - width / 2,
            Some("end") => x - width,
            _ => x,
        };
        found.push(Text { left, right: left + width, top: y - font * 3 / 4, bottom: y + font / 5, said });
    }
    (found, size[2], size[3])
}

/// Whether every number of the marks lies in the frame, give or take what strokes need.
fn marks_inside(svg: &str, width: i64, height: i64) -> Result<(), String> {
    let edge = 900;
    let inside = |x: i64, y: i64| x >= -edge && x <= width + edge && y >= -edge && y <= height + edge;
    let number = |tag: &str, name: &str| -> Option<i64> {
        let from = tag.find(&format!(" {name}=\""))? + name.len() + 3;
        tag[from..].split('"').next()?.parse::<f64>().ok().map(|n| (n * 100.0).round() as i64)
    };
    for tag in svg.split('<').filter(|tag| ["rect ", "circle ", "line "].iter().any(|name| tag.starts_with(name))) {
        let corners = [("x", "y"), ("cx", "cy"), ("x1", "y1"), ("x2", "y2")];
        for (x, y) in corners.iter().filter_map(|(x, y)| Some((number(tag, x)?, number(tag, y)?))) {
            let (w, h) = (number(tag, "width").unwrap_or(0), number(tag, "height").unwrap_or(0));
            if !inside(x, y) || !inside(x + w, y + h) || w < 0 || h < 0 {
                return Err(tag.to_owned());
            }
        }
    }
    Ok(())
}

/// That texts stand apart and everything stands in the frame, in both layouts.
fn check(figure: &str) -> Result<(), TestCaseError> {
    let layouts = figure.split("<ul class=\"chart-key\"").next().unwrap();
    for svg in layouts.split("<svg").skip(1) {
        let svg = svg.split("</svg>").next().unwrap();
        let (texts, width, height) = texts(svg);
        if let Err(tag) = marks_inside(svg, width, height) {
            return Err(TestCaseError::fail(format!("outside: {tag} in {width}×{height}\n{svg}")));
        }
        for (at, text) in texts.iter().enumerate() {
            let inside = text.left >= -1 && text.right <= width + 1 && text.top >= -1 && text.bottom <= height + 1;
            prop_assert!(inside, "outside: {} in {width}×{height}\n{svg}", text.said);
            for other in &texts[..at] {
                let apart =
                    text.right <= other.left || other.right <= text.left || text.bottom <= other.top || other.bottom <= text.top;
                prop_assert!(apart, "over each other: {} and {}\n{svg}", text.said, other.said);
            }
        }
    }
    prop_assert!(!figure.contains("style=") && !figure.contains("NaN"));
    Ok(())
}

fn wishes() -> impl Strategy<Value = ChartWishes> {
    let form = prop::option::weighted(0.6, 0..ChartForm::WORDS.len());
    (form, prop::option::weighted(0.3, any::<bool>()), prop::option::weighted(0.2, 120u16..480)).prop_map(
        |(form, zero, height)| ChartWishes {
            kind: form.map(|at| ChartForm::WORDS[at].1),
            zero,
            height,
            ..ChartWishes::default()
        },
    )
}

fn areas() -> impl Strategy<Value = Many> {
    let names = [
        "Huế",
        "Thành phố Hồ Chí Minh",
        "Bà Rịa – Vũng Tàu",
        "Đà Nẵng",
        "Cả nước",
        "Quảng Nam",
        "Điện Biên",
        "Cần Thơ",
        "Hà Nội",
        "Hải Phòng",
        "Vùng Bắc Trung Bộ và duyên hải miền Trung",
        "X",
    ];
    let point = || (value(), 0u8..9, 0u8..12, 0u8..9);
    let area = move |years: usize| prop::collection::vec(prop::option::weighted(0.85, point()), years);
    let shape = (1usize..=12, prop_oneof![Just(1usize), Just(2), 3usize..9]);
    let areas = shape.prop_flat_map(move |(count, years)| prop::collection::vec(area(years), count));
    (areas, prop::option::weighted(0.5, 0..ChartForm::WORDS.len()), any::<bool>()).prop_map(move |(areas, kind, parts)| {
        let rows = |points: Vec<Option<_>>| -> Vec<String> {
            let stated = points.into_iter().enumerate().filter_map(|(year, point)| Some((year, point?)));
            let mut rows: Vec<String> = stated
                .map(|(year, (value, kind, qualifier, status)): (usize, (String, u8, u8, u8))| {
                    row(year, 0, &value, kind, qualifier, status)
                })
                .collect();
            if rows.is_empty() {
                rows.push("1699 1".to_owned());
            }
            rows
        };
        let areas = areas.into_iter().zip(names).map(|(points, name)| (name.to_owned(), rows(points))).collect();
        Many { kind: kind.map(|at| ChartForm::WORDS[at].1), parts, ..Many::of("rate", areas) }
    })
}

/// Two limits as whole numbers, and how many decimals they have: near zero and far, close together and apart.
fn ranges() -> impl Strategy<Value = (i64, i64, u8)> {
    let from = prop_oneof![-1000i64..1000, -1_000_000_000i64..1_000_000_000];
    let width = prop_oneof![Just(0i64), 1i64..50, 1i64..1_000_000, 1i64..1_000_000_000];
    (from, width, 0u8..5).prop_map(|(from, width, decimals)| (from, from + width, decimals))
}

/// Ten yearly values that go from one limit to the other and back: enough for an axis.
fn values_between(low: i64, high: i64, decimals: u8) -> Vec<String> {
    let written = |value: i64| {
        let (sign, digits) = (if value < 0 { "-" } else { "" }, format!("{:0>6}", value.unsigned_abs()));
        let (whole, part) = digits.split_at(digits.len() - usize::from(decimals));
        let whole = whole.trim_start_matches('0');
        let whole = if whole.is_empty() { "0" } else { whole };
        if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
    };
    let value = |n: i64| if n % 2 == 0 { low + (high - low) / 9 * (n / 2) } else { high - (high - low) / 11 * (n / 2) };
    (0..10).map(|n| format!("{} {}", 2000 + n, written(value(n)))).collect()
}

/// A written number, in millionths: exact, as a float is not.
fn millionths(number: &str) -> Option<i64> {
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    format!("{whole}{part:0<6}").parse().ok()
}

/// The numbers along the value axis of a line chart, in millionths, from the lowest.
fn value_ticks(wide: &str) -> Vec<i64> {
    let mut ticks = Vec::new();
    for element in wide.split("<text class=\"axis\"").skip(1).map(|element| element.split("</text>").next().unwrap()) {
        let (tag, said) = element.split_once('>').unwrap();
        // Periods stand in the middle of their place; numbers end, or begin, at the axis.
        if !tag.contains("text-anchor=\"middle\"") {
            ticks.extend(millionths(said.replace(',', "").replace('\u{2212}', "-").trim_end_matches('%')));
        }
    }
    ticks.sort_unstable();
    ticks
}

proptest! {
    #![proptest_config(ProptestConfig { cases: std::env::var("CHART_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(96), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn labels_and_marks_stay_in_the_frame_and_apart((measure, rows) in series(), wishes in wishes()) {
        let case = Case::measured(measure, rows).with(wishes);
        for lang in ["vi", "en"] {
            check(&case.draw(lang).figure())?;
        }
    }

    #[test]
    fn labels_of_several_areas_stay_in_the_frame_and_apart(many in areas()) {
        for lang in ["vi", "en"] {
            check(&many.draw(lang).figure())?;
        }
    }

    #[test]
    fn ticks_are_nice_and_strictly_increasing_around_every_value((low, high, decimals) in ranges()) {
        let rows = values_between(low, high, decimals);
        let figure = Case::measured("rate", rows.clone()).draw("en").figure();
        let wide = figure.split("chart-narrow").next().unwrap();
        let ticks = value_ticks(wide);
        prop_assert!((2..=8).contains(&ticks.len()), "{ticks:?} for {rows:?}\n{wide}");
        let steps: Vec<i64> = ticks.windows(2).map(|pair| pair[1] - pair[0]).collect();
        prop_assert!(steps.iter().all(|step| *step > 0 && *step == steps[0]), "{ticks:?} for {rows:?}");
        // One, two or five times a power of ten.
        prop_assert!(matches!(steps[0].to_string().trim_end_matches('0'), "1" | "2" | "5"), "{ticks:?} for {rows:?}");
        let unit = 10i64.pow(6 - u32::from(decimals));
        prop_assert!(ticks[0] <= low * unit && ticks[ticks.len() - 1] >= high * unit, "{ticks:?} for {rows:?}");
    }

    #[test]
    fn the_same_series_gives_the_same_bytes((measure, rows) in series()) {
        let (once, again) = (Case::measured(measure, rows.clone()), Case::measured(measure, rows));
        prop_assert_eq!(once.draw("vi").figure(), again.draw("vi").figure());
        prop_assert_eq!(once.draw("vi").standalone("x"), again.draw("vi").standalone("x"));
        prop_assert_eq!(once.sparkline(), again.sparkline());
    }
}

#[test]
fn ten_thousand_points_are_drawn_in_a_small_file_in_which_nothing_overlaps() {
    let rows: Vec<String> = (0..10_000)
        .map(|n| format!("{}-{:02}-{:02} {}", 1990 + n / 336, n / 28 % 12 + 1, n % 28 + 1, 500 + (n * 37) % 301 + n / 20))
        .collect();
    let case = Case::measured("rate", rows);
    let figure = case.draw("vi").figure();
    assert!(figure.len() < 150_000, "{} bytes", figure.len());
    check(&figure).unwrap();
    // 500 monthly values keep their line, too.
    let months: Vec<String> = (0..500).map(|n| format!("{}-{:02} {}", 1950 + n / 12, n % 12 + 1, (n * 31) % 97)).collect();
    check(&Case::measured("stock", months).draw("en").figure()).unwrap();
}

#[test]
fn extreme_values_are_drawn() {
    let nines = "9".repeat(28);
    for rows in [
        vec![format!("2014 {nines}"), format!("2015 -{nines}"), "2016 0.0000000000000000000000000001".to_owned()],
        vec!["2014 0".to_owned(), "2015 0".to_owned(), "2016 0".to_owned()],
        (0..500).map(|n| format!("{} 7", 1500 + n)).collect(),
        (0..60).map(|n| format!("{} 0.00000000{n:02}", 1900 + n)).collect(),
    ] {
        for measure in ["flow", "stock"] {
            check(&Case::measured(measure, rows.clone()).draw("vi").figure()).unwrap();
        }
    }
}

/// The corners of the crosses of replaced values, in hundredths.
fn crosses(svg: &str) -> Vec<[i64; 4]> {
    let number = |tag: &str, name: &str| {
        let from = tag.find(&format!(" {name}=\"")).unwrap() + name.len() + 3;
        (tag[from..].split('"').next().unwrap().parse::<f64>().unwrap() * 100.0).round() as i64
    };
    let strokes = svg.split("<line").skip(1).filter(|tag| tag.split('>').next().unwrap().contains("superseded"));
    strokes.map(|tag| ["x1", "y1", "x2", "y2"].map(|name| number(tag, name))).collect()
}

#[test]
fn no_label_stands_on_a_number_that_was_replaced() {
    for tenths in (-40..=40_i32).filter(|tenths| *tenths != 0) {
        let now = ["2021 91.3", "2022 93.5", "2023 100", "2024 101.1"];
        let value = 913 + tenths;
        let before = format!("2021 {}.{}", value / 10, value % 10);
        for case in [Case::stock(&now), Case::flow(&now), Case::stock(&now[..2])] {
            let figure = case.revised(&[&before]).draw("vi").figure();
            for svg in figure.split("<ul class=\"chart-key\"").next().unwrap().split("<svg").skip(1) {
                let svg = svg.split("</svg>").next().unwrap();
                let labels = texts(svg).0;
                for [x1, y1, x2, y2] in crosses(svg) {
                    let (left, right, top, bottom) = (x1.min(x2), x1.max(x2), y1.min(y2), y1.max(y2));
                    let on = labels
                        .iter()
                        .find(|text| text.left < right && left < text.right && text.top < bottom && top < text.bottom);
                    assert!(on.is_none(), "{before}: {:?} on a cross\n{svg}", on.map(|text| &text.said));
                }
            }
        }
    }
}
