//! Whatever the series: every text inside the frame, no two over each other, the same bytes again.

use proptest::prelude::*;
use tinso::chart::text_width;

use crate::Case;

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

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn labels_stay_in_the_frame_and_apart((measure, rows) in series()) {
        let case = Case::measured(measure, rows);
        for lang in ["vi", "en"] {
            let figure = case.draw(lang).figure();
            for svg in figure.split("<svg").skip(1) {
                let (texts, width, height) = texts(svg);
                for (at, text) in texts.iter().enumerate() {
                    prop_assert!(text.left >= -1 && text.right <= width + 1 && text.top >= -1 && text.bottom <= height + 1, "outside: {} in {width}×{height}\n{svg}", text.said);
                    for other in &texts[..at] {
                        let apart = text.right <= other.left || other.right <= text.left || text.bottom <= other.top || other.bottom <= text.top;
                        prop_assert!(apart, "over each other: {} and {}\n{svg}", text.said, other.said);
                    }
                }
            }
            prop_assert!(!figure.contains("style=") && !figure.contains("NaN"));
        }
    }

    #[test]
    fn the_same_series_gives_the_same_bytes((measure, rows) in series()) {
        let (once, again) = (Case::measured(measure, rows.clone()), Case::measured(measure, rows));
        prop_assert_eq!(once.draw("vi").figure(), again.draw("vi").figure());
        prop_assert_eq!(once.draw("vi").standalone("x"), again.draw("vi").standalone("x"));
        prop_assert_eq!(once.sparkline(), again.sparkline());
    }
}
