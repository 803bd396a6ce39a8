//! Series: what articles state becomes points, in one unit, with vintages, breaks, breakdowns, and what is computed of them.

use tinso::config::read_config;
use tinso::content::{Reading, read_library};
use tinso::diagnostic::Severity::Warning;
use tinso::diagnostic::Sink;
use tinso::indicator::{SeriesKey, collect};

use crate::{Outcome, Site, indicator, revenue};

/// A template that shows what is computed, and what stands in each row.
const TEMPLATE: &str = concat!(
    "{% for c in page.indicator.computed %}[{{ c.name }}: {{ c.text }}]{% endfor %}",
    "{% for r in page.indicator.rows %}<tr>{{ r.period }}|{{ r.area }}|{{ r.breakdown }}|{{ r.text }}",
    "{% if r.revision %}|{{ r.revision.label }}: {{ r.revision.note }}{% endif %}",
    "{% if r.interval %}|{{ r.interval.text }}{% endif %}",
    "{% if r.superseded %}|old{% endif %}</tr>{% endfor %}",
    "{% for b in page.indicator.breaks %}({{ b.period }}: {{ b.note }}){% endfor %}",
);

fn site() -> Site {
    Site::new().file("templates/indicator.html", TEMPLATE)
}

/// The indicator `revenue` with more keys.
fn revenue_with(more: &str) -> Site {
    site().file("content/indicators/revenue.md", &indicator("Doanh thu", "tỷ đồng", more))
}

/// Articles of different days, each with these metrics.
fn articles(site: Site, metrics: &[&str]) -> Outcome {
    let add = |site: Site, (day, metrics): (usize, &&str)| {
        site.article(&format!("a{day}"), &format!("2017-01-{:02}", day + 1), metrics, "")
    };
    metrics.iter().enumerate().fold(site, add).build()
}

fn page(outcome: &Outcome) -> &str {
    outcome.text("indicators/revenue/index.html")
}

#[test]
fn a_value_in_another_power_of_ten_is_converted_exactly() {
    let millions = format!("{}unit_mult = 6\n", revenue("2016", "52974"));
    let whole = format!("{}unit = \"VND\"\nunit_mult = 0\n", revenue("2015", "2105800000000"));
    let outcome = articles(site(), &[&millions, &whole]).clean();
    assert!(
        page(&outcome).contains("|52,974\u{a0}tỷ đồng<") && page(&outcome).contains("|2.105,8\u{a0}tỷ đồng<"),
        "{}",
        page(&outcome)
    );
}

#[test]
fn the_same_value_in_another_unit_is_no_conflict() {
    let millions = format!("{}unit_mult = 6\n", revenue("2016", "52974"));
    articles(site(), &[&millions, &revenue("2016", "52.974")]).clean();
}

#[test]
fn a_marked_revision_is_no_conflict_and_both_values_stand() {
    let revised = format!(
        "{}revision = {{ type = \"revision\", note = {{ vi = \"số mới\", en = \"new data\" }} }}\n",
        revenue("2016", "11")
    );
    let outcome = articles(site(), &[&revenue("2016", "10"), &revised]).clean();
    assert!(page(&outcome).contains("|11,0\u{a0}tỷ đồng|điều chỉnh: số mới</tr>"), "{}", page(&outcome));
    assert!(page(&outcome).contains("|10,0\u{a0}tỷ đồng|old</tr>"));
    assert!(outcome.text("en/indicators/revenue/index.html").contains("revised: new data"));
    let corrected = format!("{}revision = {{ type = \"correction\", note = \"nhầm\" }}\n", revenue("2016", "11"));
    let outcome = articles(site(), &[&revenue("2016", "10"), &corrected]).clean();
    assert!(page(&outcome).contains("|đính chính: nhầm</tr>"));
}

#[test]
fn of_three_vintages_only_the_unmarked_change_is_a_conflict() {
    let revised = format!("{}revision = {{ type = \"revision\" }}\n", revenue("2016", "11"));
    let outcome = articles(site(), &[&revenue("2016", "10"), &revised, &revenue("2016", "12")]);
    let found = outcome.finds("conflicting-values", Warning, "content/news/a2.md:7:9");
    assert_eq!(found.related[0].0.source.path.as_str(), "content/news/a1.md");
}

#[test]
fn a_value_that_is_missing_stands_in_the_table_with_its_reason_and_is_not_drawn() {
    let missing =
        "[[extra.metrics]]\nindicator = \"revenue\"\ntime_period = \"2016\"\nobs_status = \"Q\"\ncomment = \"theo luật\"\n";
    let outcome = articles(site(), &[&format!("{}{missing}", revenue("2015", "9"))]).clean();
    assert!(page(&outcome).contains("<tr>năm 2016|Cả nước||bảo mật</tr>"), "{}", page(&outcome));
    let charts = Site::new().article("a", "2017-01-01", &format!("{}{missing}", revenue("2015", "9")), "").build().clean();
    let page = charts.text("indicators/revenue/index.html");
    assert!(page.contains("<b>9,0\u{a0}tỷ đồng</b>") && !page.contains(">0<"), "{page}");
}

#[test]
fn breakdowns_are_series_of_their_own_with_words_in_each_language() {
    let keys = "[extra.indicator.breakdowns.sex]\nlabel = { vi = \"Giới tính\", en = \"Sex\" }\nmembers = { F = { vi = \"nữ\", en = \"women\" }, M = { vi = \"nam\", en = \"men\" } }\n";
    let women = format!("{}breakdown = {{ sex = \"F\" }}\n", revenue("2016", "4"));
    let outcome = articles(revenue_with(keys), &[&format!("{}{women}", revenue("2016", "9"))]).clean();
    assert!(page(&outcome).contains("|nữ|4,0") && page(&outcome).contains("||9,0"), "{}", page(&outcome));
    assert!(outcome.text("en/indicators/revenue/index.html").contains("|women|4.0"));
}

#[test]
fn a_confidence_interval_is_shown_in_words_and_converted_with_its_value() {
    let metric = format!("{}unit_mult = 6\nci = {{ low = 28500, high = 31500, level = 95 }}\n", revenue("2016", "30000"));
    let outcome = articles(site(), &[&metric]).clean();
    assert!(page(&outcome).contains("|30,0\u{a0}tỷ đồng|khoảng tin cậy 95%: 28,5–31,5</tr>"), "{}", page(&outcome));
}

#[test]
fn fiscal_years_and_weeks_are_periods() {
    let fiscal = revenue_with("fiscal_year_start = 7\nfreq = \"A\"\n");
    let outcome = articles(fiscal, &[&format!("{}{}", revenue("2014/2015", "10"), revenue("2015/2016", "11"))]).clean();
    assert!(page(&outcome).contains("<tr>năm tài chính 2015/2016|"), "{}", page(&outcome));
    assert!(page(&outcome).contains("[change: tăng 10,0% so với năm tài chính 2014/2015]"));
    let outcome = articles(site(), &[&format!("{}{}", revenue("2016-W09", "10"), revenue("2016-W10", "11"))]).clean();
    assert!(page(&outcome).contains("<tr>tuần 10/2016|"));
}

#[test]
fn nothing_is_computed_across_a_break_of_the_indicator() {
    let keys = "[[extra.indicator.break]]\nat = \"2016\"\nnote = { vi = \"cách đếm mới\", en = \"new count\" }\n";
    let metrics = format!("{}{}", revenue("2015", "5"), revenue("2016", "10"));
    let outcome = articles(revenue_with(keys), &[&metrics]).clean();
    assert!(!page(&outcome).contains("[change:") && page(&outcome).contains("(năm 2016: cách đếm mới)"), "{}", page(&outcome));
    assert!(
        articles(site(), &[&metrics]).text("indicators/revenue/index.html").contains("[change: tăng 100,0% so với năm 2015]")
    );
    let elsewhere = keys.replace("at =", "ref_area = \"VN-26\"\nat =");
    let named = "areas = { VN = { vi = \"Cả nước\", en = \"Vietnam\" }, VN-26 = { vi = \"Huế\", en = \"Huế\" } }";
    let config = crate::CONFIG.replace("areas = { VN = { vi = \"Cả nước\", en = \"Vietnam\" } }", named);
    let outcome = articles(revenue_with(&elsewhere).file("config.toml", &config), &[&metrics]).clean();
    assert!(page(&outcome).contains("[change:"), "{}", page(&outcome));
}

#[test]
fn compound_growth_is_computed_over_whole_years_only() {
    let outcome =
        articles(site(), &[&format!("{}{}{}", revenue("2014", "100"), revenue("2015", "90"), revenue("2016", "121"))]).clean();
    assert!(page(&outcome).contains("[growth: tăng 10,0% mỗi năm, từ năm 2014 đến năm 2016]"), "{}", page(&outcome));
    let quarters = format!("{}{}", revenue("2014-Q1", "100"), revenue("2016-Q2", "121"));
    assert!(!page(&articles(site(), &[&quarters]).clean()).contains("[growth:"));
}

#[test]
fn the_way_to_a_target_is_measured_as_open_sdg_does() {
    let way = |direction: &str, values: [(&str, &str); 2], target: &str| {
        let keys = format!("direction = \"{direction}\"\n[[extra.indicator.target]]\ntime_period = \"2020\"\nvalue = {target}\n");
        let metrics: String = values.iter().map(|(period, value)| revenue(period, value)).collect();
        let outcome = articles(revenue_with(&keys), &[&metrics]).clean();
        let shown = page(&outcome).split("[progress: ").nth(1).map(|rest| rest.split(']').next().unwrap().to_owned());
        shown.unwrap_or_default()
    };
    // 100 to 110 in one year of five; 161.051 needs 10 % a year.
    assert_eq!(way("up", [("2015", "100"), ("2016", "110")], "161.051"), "tiến bộ đủ nhanh để đạt mục tiêu");
    assert_eq!(way("up", [("2015", "100"), ("2016", "107")], "161.051"), "có tiến bộ, nhưng chậm hơn mức cần thiết");
    assert_eq!(way("up", [("2015", "100"), ("2016", "103")], "161.051"), "tiến bộ ít");
    assert_eq!(way("up", [("2015", "100"), ("2016", "99")], "161.051"), "đi ngược mục tiêu");
    assert_eq!(way("up", [("2015", "100"), ("2016", "170")], "161.051"), "đã đạt mục tiêu");
    assert_eq!(way("down", [("2015", "100"), ("2016", "80")], "50"), "tiến bộ đủ nhanh để đạt mục tiêu");
    assert_eq!(way("none", [("2015", "100"), ("2016", "110")], "161.051"), "");
    assert_eq!(way("up", [("2015", "0"), ("2016", "110")], "161.051"), "chưa đủ số liệu để đánh giá");
    assert_eq!(way("up", [("2015", "100"), ("2016", "110")], "0"), "đã đạt mục tiêu");
}

#[test]
fn the_distance_to_a_target_says_on_which_side_the_value_is() {
    let distance = |direction: &str, target: &str| {
        let keys = format!("direction = \"{direction}\"\n[[extra.indicator.target]]\ntime_period = \"2020\"\nvalue = {target}\n");
        let outcome = articles(revenue_with(&keys), &[&revenue("2016", "10.5")]).clean();
        page(&outcome).split("[distance: ").nth(1).unwrap().split(']').next().unwrap().to_owned()
    };
    assert_eq!(distance("up", "12"), "còn cách mục tiêu năm 2020 1,5\u{a0}tỷ đồng");
    assert_eq!(distance("up", "10"), "vượt mục tiêu năm 2020 0,5\u{a0}tỷ đồng");
    assert_eq!(distance("down", "10"), "còn cách mục tiêu năm 2020 0,5\u{a0}tỷ đồng");
    assert_eq!(distance("none", "10"), "chênh 0,5\u{a0}tỷ đồng so với mục tiêu năm 2020");
    assert_eq!(distance("up", "10.5"), "đúng bằng mục tiêu năm 2020");
}

/// A second indicator in another unit.
fn other(slug: &str, unit: &str, mult: i8, measure: &str, more: &str) -> [(String, String); 2] {
    let vi = format!(
        "+++\ntitle = \"{slug}\"\n[extra.indicator]\nunit = \"{unit}\"\nunit_mult = {mult}\nunit_label = \"u\"\nmeasure = \"{measure}\"\nref_area = \"VN\"\n{more}+++\n"
    );
    let en = "+++\ntitle = \"x\"\n[extra.indicator]\nunit_label = \"u\"\n+++\n".to_owned();
    [(format!("content/indicators/{slug}.md"), vi), (format!("content/indicators/{slug}.en.md"), en)]
}

fn with(site: Site, files: &[(String, String); 2]) -> Site {
    files.iter().fold(site, |site, (path, text)| site.file(path, text))
}

fn metric(indicator: &str, period: &str, value: &str) -> String {
    revenue(period, value).replace("\"revenue\"", &format!("\"{indicator}\""))
}

#[test]
fn a_value_per_100_people_takes_the_population_of_the_same_year() {
    let site = with(revenue_with("population = \"people\"\n"), &other("people", "person", 6, "stock", ""));
    let outcome = articles(site, &[&format!("{}{}", revenue("2016", "0.0465"), metric("people", "2016", "93"))]).clean();
    assert!(page(&outcome).contains("[per_people: 50,0 trên 100 dân, năm 2016]"), "{}", page(&outcome));
}

#[test]
fn parts_are_added_in_the_unit_of_the_whole_where_all_are_known() {
    let site = with(site(), &other("north", "VND", 6, "flow", "part_of = \"revenue\"\n"));
    let site = with(site, &other("south", "VND", 9, "flow", "part_of = \"revenue\"\n"));
    let parts = format!("{}{}{}", metric("north", "2015", "1500"), metric("south", "2015", "2"), metric("south", "2016", "3"));
    let outcome = articles(site, &[&parts]).clean();
    assert!(page(&outcome).contains("[total: 3,5\u{a0}tỷ đồng, cộng 2 thành phần, năm 2015]"), "{}", page(&outcome));
}

#[test]
fn a_reported_change_that_the_series_contradicts_is_a_warning_with_both_figures() {
    let reported =
        |change: &str| format!("{}change = {{ value = {change}, basis = \"previous_period\" }}\n", revenue("2016", "11.0"));
    let outcome = articles(site(), &[&revenue("2015", "10.0"), &reported("12.5")]);
    let found = outcome.finds("reported-change", Warning, "content/news/a1.md:4:1");
    assert!(found.message.contains("+12.5%") && found.message.contains("+10.0%"), "{}", found.message);
    assert_eq!(found.related[0].0.source.path.as_str(), "content/news/a0.md");
    // 10.95 over 10.05 is 9.0 %, 11.05 over 9.95 is 11.1 %: rounding explains either.
    for change in ["9.0", "10", "11.1", "11"] {
        articles(site(), &[&revenue("2015", "10.0"), &reported(change)]).clean();
    }
    // Nothing is told where one of the two is a limit, or the series breaks in between.
    articles(site(), &[&format!("{}qualifier = \"over\"\n", revenue("2015", "10.0")), &reported("12.5")]).clean();
    articles(site(), &[&revenue("2015", "10.0"), &format!("{}obs_status = \"B\"\n", reported("12.5"))]).clean();
}

#[test]
fn areas_come_from_one_file() {
    let config = crate::CONFIG.replace("areas = { VN = { vi = \"Cả nước\", en = \"Vietnam\" } }", "areas = \"data/areas.toml\"");
    let areas = "VN = { vi = \"Cả nước\", en = \"Vietnam\" }\nVN-26 = { vi = \"Huế\", en = \"Hue\" }\n";
    let hue = format!("{}ref_area = \"VN-26\"\n", revenue("2016", "5"));
    let outcome = articles(site().file("config.toml", &config).file("data/areas.toml", areas), &[&hue]).clean();
    assert!(page(&outcome).contains("|Huế|") && outcome.text("en/indicators/revenue/index.html").contains("|Hue|"));
}

#[test]
fn ten_thousand_points_are_assembled_and_computed_from() {
    let day = |number: i64| {
        let date = jiff::civil::date(1990, 1, 1).checked_add(jiff::Span::new().days(number)).unwrap();
        revenue(&date.to_string(), &format!("{}.5", number % 900 + 1))
    };
    for count in [100, 10_000] {
        let metrics: String = (0..count).map(day).collect();
        let snapshot = Site::new().article("a", "2017-01-01", &metrics, "").snapshot();
        let sink = Sink::new();
        let config = read_config(&snapshot, "config.toml", None, &sink).unwrap();
        let library = read_library(&snapshot, &config, false, &mut Reading::default(), &sink).library;
        let catalogue = collect(&library, &config, &sink);
        let derived = catalogue.derived("revenue", &SeriesKey::of_all("VN")).unwrap();
        assert!(sink.is_empty());
        // Those of the last years may be compared with the same day of a year before.
        assert_eq!(derived.change.is_some(), count > 400);
        assert_eq!(catalogue.series("revenue", "VN").unwrap().points().len(), usize::try_from(count).unwrap());
    }
}

#[test]
fn a_series_of_many_days_makes_pages_that_grow_no_faster_than_the_series() {
    let size = |days: usize| {
        let day = |day: usize| format!("{}-{:02}-{:02}", 1990 + day / 336, day / 28 % 12 + 1, day % 28 + 1);
        let metrics: String = (0..days).map(|at| revenue(&day(at), &(100 + at * 7919 % 1000).to_string())).collect();
        let body = "{{ chart(indicator=\"revenue\") }}";
        let template = "{% for m in page.metrics %}{{ m.text }}{{ m.sparkline | safe }}{% endfor %}{{ page.content | safe }}";
        let outcome = Site::new().file("templates/page.html", template).article("a", "2030-01-01", &metrics, body).build();
        assert_eq!(outcome.0.stats.observations, days);
        ["news/a/index.html", "indicators/revenue/index.html", "indicators/revenue/chart.svg", "indicators/revenue/data.csv"]
            .map(|path| outcome.text(path).len())
    };
    for (few, many) in size(1000).into_iter().zip(size(4000)) {
        assert!(many < few * 5, "four times the numbers: {few} bytes became {many}");
    }
}
