//! The form follows the shape of the series, and nothing is drawn that was not stated.

use crate::{Case, Many, marks};

#[test]
fn the_form_follows_the_shape() {
    for (case, form) in [
        (Case::flow(&["2016 2105.8"]), "number"),
        (Case::flow(&["2016 103", "2017 103 kind = \"target\""]), "bullet"),
        (Case::flow(&["2017 9.45 kind = \"target\""]), "target"),
        (Case::flow(&["2015 1", "2016 2"]), "columns"),
        (Case::flow(&["2010 1", "2011 2", "2012 3", "2013 4", "2014 5", "2015 6", "2016 7"]), "columns"),
        (Case::flow(&["2009 1", "2010 1", "2011 2", "2012 3", "2013 4", "2014 5", "2015 6", "2016 7"]), "line"),
        (Case::stock(&["2015 1", "2016 2", "2017 2"]), "line"),
        (Case::stock(&["2015 1", "2016-06 2"]), "points"),
    ] {
        assert_eq!(case.draw("vi").kind.name(), form, "{:?}", case.draw("vi").description);
    }
}

#[test]
fn few_values_are_all_labelled_in_the_language() {
    let case = Case::flow(&["2015 1930.2", "2016 2105.8"]);
    let (vi, en) = (case.draw("vi").figure(), case.draw("en").figure());
    for (figure, labels) in [(&vi, ["1.930,2", "2.105,8"]), (&en, ["1,930.2", "2,105.8"])] {
        for label in labels {
            assert!(figure.contains(&format!(">{label}<")), "{label}");
        }
    }
    assert!(vi.contains("2015") && vi.contains("2016"));
}

#[test]
fn the_description_says_what_when_and_how_much() {
    let case = Case::stock(&["2015 120", "2016 110", "2017 131.6", "2018 140 kind = \"target\""]);
    let vi = case.draw("vi").description;
    for part in ["Doanh thu ngành", "năm 2017", "131,6\u{a0}triệu thuê bao", "110", "140"] {
        assert!(vi.contains(part), "{part}: {vi}");
    }
    let en = case.draw("en").description;
    for part in ["Sector revenue", "2017", "131.6\u{a0}million subscribers", "110", "140"] {
        assert!(en.contains(part), "{part}: {en}");
    }
}

#[test]
fn what_is_not_plain_is_explained_in_words() {
    let notes = |rows: &[&str]| {
        let chart = Case::stock(rows).draw("en");
        let key: Vec<String> = chart.key.iter().map(|entry| entry.text.clone()).collect();
        format!("{} {}", key.join(" "), chart.notes.join(" ")).trim().to_lowercase()
    };
    let plain = notes(&["2015 10", "2016 20", "2017 30"]);
    assert!(plain.is_empty(), "{plain}");
    assert!(notes(&["2015 10", "2016 20 obs_status = \"E\"", "2017 30"]).contains("estimate"));
    assert!(notes(&["2015 10", "2016 20", "2017 30 kind = \"target\""]).contains("target"));
    assert!(notes(&["2015 10", "2016 20 obs_status = \"B\"", "2017 30"]).contains("break"));
    let cropped = Case::stock(&["2015 99", "2016 98", "2017 99.5"]).draw("en");
    assert!(cropped.description.contains("does not start at zero"), "{}", cropped.description);
    assert!(cropped.figure().contains("The axis starts at"));
    assert!(!notes(&["2015 10", "2016 20 qualifier = \"over\"", "2017 30"]).is_empty());
}

#[test]
fn a_line_never_crosses_a_break_or_joins_unlike_periods_or_targets() {
    let lines = |rows: &[&str]| {
        let figure = Case::stock(rows).draw("vi").figure();
        let wide = figure.split("chart-narrow").next().unwrap().to_owned();
        wide.matches("<path class=\"line\"").count()
    };
    let whole = lines(&["2014 1", "2015 2", "2016 3", "2017 4"]);
    assert!(whole >= 1, "{}", Case::stock(&["2014 1", "2015 2", "2016 3", "2017 4"]).draw("vi").figure());
    assert_eq!(lines(&["2014 1", "2015 2", "2016 3 obs_status = \"B\"", "2017 4"]), 2 * whole);
    assert_eq!(lines(&["2015 2", "2016-06 3"]), 0);
    assert_eq!(lines(&["2014 1", "2015 2", "2016 3", "2017 4", "2018 9 kind = \"target\""]), whole);
}

#[test]
fn a_limit_is_drawn_open_and_a_zero_is_drawn() {
    let open = Case::share(&["2016 30 qualifier = \"over\""]).draw("vi");
    assert!(marks(&open, "chevron") > 0 && marks(&Case::share(&["2016 30"]).draw("vi"), "chevron") == 0);
    assert!(open.figure().contains("hơn 30%"));
    let zero = Case::flow(&["2015 0", "2016 5"]).draw("vi").figure();
    assert!(zero.contains(">0<") && zero.contains(">5<"), "{zero}");
}

#[test]
fn the_standalone_chart_carries_its_own_colours_and_its_source() {
    let svg = Case::flow(&["2015 1", "2016 2"]).draw("en").standalone("Source: A & B");
    assert!(svg.contains("xmlns=\"http://www.w3.org/2000/svg\"") && svg.contains("prefers-color-scheme:dark"));
    assert!(svg.contains("Source: A &amp; B") && svg.contains("<title") && svg.contains("<desc"));
}

#[test]
fn a_sparkline_needs_two_points() {
    assert_eq!(Case::flow(&["2016 1"]).sparkline(), "");
    let spark = Case::flow(&["2015 1", "2016 2"]).sparkline();
    assert!(spark.contains("aria-hidden=\"true\"") && !spark.contains("id="), "{spark}");
}

#[test]
fn a_chart_of_parts_is_titled_as_one() {
    let areas: [(&str, &[&str]); 2] = [("Di động", &["2015 120", "2016 110"]), ("Cố định", &["2015 6", "2016 5"])];
    let whole = Many::areas("stock", &areas);
    assert_eq!(whole.draw("vi").title, "Doanh thu ngành");
    let parts = Many { parts: true, ..whole };
    let (vi, en) = (parts.draw("vi"), parts.draw("en"));
    assert_eq!((vi.title.as_str(), en.title.as_str()), ("Doanh thu ngành: các thành phần", "Sector revenue: its parts"));
    assert!(vi.figure().contains("<span class=\"chart-title\">Doanh thu ngành: các thành phần</span>"));
}

/// Where the values of the wide layout stand across, in the order of time.
fn across(figure: &str) -> Vec<f64> {
    let list = figure.split("data-points=\"").nth(1).unwrap().split('"').next().unwrap();
    list.split(' ').step_by(2).map(|x| x.parse().unwrap()).collect()
}

#[test]
fn the_target_of_a_year_stands_at_its_end_beside_months_and_with_its_year_beside_years() {
    let case = |rows: [&str; 3]| Case::measured("rate", rows.map(str::to_owned).to_vec()).draw("en");
    // From June to the end of December is as long as from December to June.
    let months = across(&case(["2022-12 65", "2023-06 77", "2023 84 kind = \"target\""]).figure());
    let (half, to_target) = (months[1] - months[0], months[2] - months[1]);
    assert!((to_target - half).abs() < half / 5.0, "{months:?}");
    let years = across(&case(["2022 65", "2023 77", "2023 84 kind = \"target\""]).figure());
    assert_eq!(years[1], years[2], "{years:?}");
}

#[test]
fn beside_values_of_areas_stands_the_next_target_of_one_that_has_it_with_its_period() {
    let areas: [(&str, &[&str]); 3] = [
        ("Cả nước", &["2021 50 kind = \"target\"", "2022-03 73.5", "2022 85 kind = \"target\"", "2025 95 kind = \"target\""]),
        ("Hải Phòng", &["2022-03 78.4"]),
        ("Hà Giang", &["2022-03 56.1"]),
    ];
    let chart = Many::areas("share", &areas).draw("vi");
    let figure = chart.figure();
    assert_eq!(chart.kind.name(), "bars");
    assert!(figure.contains("Cả nước, 2022") && figure.contains("mục tiêu 85"), "{figure}");
    assert!(!figure.contains("Cả nước, 2021") && !figure.contains("Cả nước, 2025"), "{figure}");
}
