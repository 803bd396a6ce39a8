use proptest::prelude::*;
use tinso::chart::sparkline;
use tinso::indicator::{Measure, Qualifier};
use tinso::locale::Locale;
use tinso::text::Lang;

use crate::support::{Stated, Subject, images, size, stated, texts};

fn any_period() -> impl Strategy<Value = String> {
    let year = 1985i32..2045;
    prop_oneof![
        6 => year.clone().prop_map(|y| y.to_string()),
        1 => (year.clone(), 1..=2).prop_map(|(y, h)| format!("{y}-H{h}")),
        2 => (year.clone(), 1..=4).prop_map(|(y, q)| format!("{y}-Q{q}")),
        2 => (year.clone(), 1..=12).prop_map(|(y, m)| format!("{y}-{m:02}")),
        1 => (year.clone(), 1..=12, 1..=28).prop_map(|(y, m, d)| format!("{y}-{m:02}-{d:02}")),
        1 => (year.clone(), 2..=12).prop_map(|(y, m)| format!("{y}-01/{y}-{m:02}")),
        1 => (year, 1..=10).prop_map(|(y, n)| format!("{y}/{}", y + n)),
    ]
}

/// Periods of one kind in a row, some left out, or of any kinds.
fn any_periods(count: usize) -> impl Strategy<Value = Vec<String>> {
    let in_a_row = |write: fn(usize) -> String| {
        (0usize..20, 1usize..4).prop_map(move |(from, step)| (0..count).map(|n| write(from + n * step)).collect())
    };
    prop_oneof![
        in_a_row(|n| (1900 + n).to_string()),
        in_a_row(|n| format!("{}-Q{}", 1990 + n / 4, n % 4 + 1)),
        in_a_row(|n| format!("{}-{:02}", 1990 + n / 12, n % 12 + 1)),
        prop::collection::vec(any_period(), count),
    ]
}

fn any_value() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => (0u32..1000, 0u32..10).prop_map(|(n, part)| format!("{n}.{part}")),
        2 => (0u32..=100).prop_map(|n| n.to_string()),
        2 => (-100_000i64..100_000).prop_map(|n| n.to_string()),
        1 => "-?[1-9][0-9]{20,27}",
        1 => "-?0\\.0{15,26}[1-9]",
        1 => Just("0".to_owned()),
        1 => (95_000u32..100_000).prop_map(|n| n.to_string()),
    ]
}

fn any_values(count: usize) -> impl Strategy<Value = Vec<String>> {
    prop_oneof![
        3 => prop::collection::vec(any_value(), count),
        2 => prop::collection::vec((0u32..1000).prop_map(|n| format!("{}.{}", n / 10, n % 10)), count),
        1 => any_value().prop_map(move |value| vec![value; count]),
        1 => prop::collection::vec((9_000u32..9_400).prop_map(|n| n.to_string()), count),
    ]
}

/// The number, how it is stated, whether it is a target, its status.
fn any_stated() -> impl Strategy<Value = (usize, bool, char, String)> {
    let qualifier = prop_oneof![6 => Just(0usize), 4 => 0..Qualifier::WORDS.len()];
    let status = prop_oneof![10 => Just('A'), 1 => Just('B'), 1 => Just('E'), 1 => Just('F'), 1 => Just('U')];
    (qualifier, prop::bool::weighted(0.12), status, any_value())
}

fn any_numbers() -> impl Strategy<Value = Vec<Stated>> {
    let count = prop_oneof![4 => 1usize..10, 2 => 10usize..60, 1 => 60usize..=300];
    let plain = prop::bool::weighted(0.3);
    let parts = |(count, plain): (usize, bool)| {
        (any_periods(count), any_values(count), prop::collection::vec(any_stated(), count), Just(plain))
    };
    (count, plain).prop_flat_map(parts).prop_map(|(periods, values, manners, plain)| {
        let number = |((period, value), (qualifier, target, status, high)): ((String, String), (usize, bool, char, String))| {
            let number = stated(&period, &value);
            if plain {
                return number;
            }
            let number = match Qualifier::WORDS[qualifier].1 {
                Qualifier::Range => number.to(&high),
                qualifier => number.with(qualifier),
            };
            if target { number.status(status).target() } else { number.status(status) }
        };
        periods.into_iter().zip(values).zip(manners).map(number).collect()
    })
}

fn any_subject() -> impl Strategy<Value = Subject> {
    let unit = prop_oneof![
        Just(("%", "%")),
        Just(("tỷ đồng", "billion VND")),
        Just(("thuê bao trên một trăm dân có đăng ký", "subscriptions per hundred registered inhabitants")),
    ];
    (0..Measure::WORDS.len(), unit, 0u8..5).prop_map(|(measure, unit, decimals)| {
        let subject = Subject::new(Measure::WORDS[measure].1);
        Subject { unit, decimals, ..subject }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_text_has_its_own_room(numbers in any_numbers(), subject in any_subject(), vietnamese: bool) {
        let chart = subject.draw(&numbers, if vietnamese { "vi" } else { "en" });
        let figure = chart.figure();
        for svg in images(&figure) {
            let ((width, height), texts) = (size(svg), texts(svg));
            for text in &texts {
                let inside = text.left >= -1 && text.right <= width + 1 && text.top >= -1 && text.bottom <= height + 1;
                prop_assert!(inside, "{:?}: {text:?} leaves {width} x {height}\n{svg}", chart.kind);
            }
            for (at, text) in texts.iter().enumerate() {
                for other in &texts[at + 1..] {
                    prop_assert!(!text.overlaps(other), "{:?}: {text:?} covers {other:?}\n{svg}", chart.kind);
                }
            }
        }
    }

    #[test]
    fn a_series_always_gives_the_same_bytes(numbers in any_numbers(), subject in any_subject()) {
        let (first, second) = (subject.draw(&numbers, "vi"), subject.draw(&numbers, "vi"));
        prop_assert_eq!(first.figure(), second.figure());
        prop_assert_eq!(first.standalone("Nguồn: Bộ"), second.standalone("Nguồn: Bộ"));
    }

    #[test]
    fn markup_is_fit_for_a_page(numbers in any_numbers(), subject in any_subject()) {
        let figure = subject.draw(&numbers, "en").figure();
        prop_assert!(!figure.contains(" style="));
        prop_assert!(figure.starts_with("<figure class=\"chart chart-") && !figure.contains("role=\"group\""));
        let mut ids: Vec<&str> = figure.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        prop_assert_eq!(ids.len(), count, "an id stands twice");
        for used in figure.split("url(#").skip(1).map(|rest| rest.split(')').next().unwrap()) {
            prop_assert!(ids.contains(&used), "{} is nowhere", used);
        }
    }

    #[test]
    fn a_sparkline_is_nothing_or_one_image_without_ids(numbers in any_numbers(), subject in any_subject()) {
        let catalogue = subject.catalogue(&numbers);
        let locale = Locale::of(&Lang::new("vi")).unwrap();
        let line = sparkline(catalogue.series("i", "VN").unwrap(), &locale);
        if !line.is_empty() {
            prop_assert!(line.starts_with("<svg class=\"sparkline\"") && line.ends_with("</svg>"));
            prop_assert!(line.contains("aria-hidden=\"true\""));
            prop_assert!(!line.contains(" id=") && !line.contains("style=") && !line.contains('\n'));
        }
    }
}
