//! Every kind of bad input about series: found, placed, with advice, and the rest of the site still built.

use tinso::diagnostic::Severity::{self, Error, Warning};

use crate::{CONFIG, Outcome, Site, indicator, revenue};

const REVENUE: &str = "content/indicators/revenue.md";

fn stating(metrics: &str) -> Outcome {
    Site::new().article("a", "2017-01-01", metrics, "").build()
}

/// The indicator `revenue` with more keys, which begin on line 10 of its file, and these metrics.
fn keys(more: &str, metrics: &str) -> Outcome {
    let site = Site::new().file(REVENUE, &indicator("Doanh thu", "tỷ đồng", more));
    site.article("a", "2017-01-01", metrics, "").build()
}

/// Another indicator, with its keys.
fn other(site: Site, slug: &str, unit: &str, more: &str) -> Site {
    let vi = format!(
        "+++\ntitle = \"{slug}\"\n[extra.indicator]\nunit = \"{unit}\"\nunit_label = \"u\"\nmeasure = \"flow\"\n{more}+++\n"
    );
    site.file(&format!("content/indicators/{slug}.md"), &vi)
        .file(&format!("content/indicators/{slug}.en.md"), "+++\ntitle = \"x\"\n[extra.indicator]\nunit_label = \"u\"\n+++\n")
}

#[track_caller]
fn metric_finds(more: &str, code: &str, severity: Severity, at: &str) -> String {
    let outcome = stating(&format!("{}{more}\n", revenue("2016", "10")));
    let found = outcome.finds(code, severity, at);
    assert!(outcome.has("news/a/index.html"));
    found.help.clone().unwrap()
}

#[test]
fn parts_of_one_another_in_a_circle_are_one_finding_that_names_all() {
    let site = other(Site::new(), "a", "VND", "part_of = \"b\"\n");
    let site = other(site, "b", "VND", "part_of = \"c\"\n");
    let site = other(other(site, "c", "VND", "part_of = \"b\"\n"), "d", "VND", "part_of = \"d\"\n");
    let outcome = site.build();
    let circles: Vec<_> = outcome.0.diagnostics.iter().filter(|found| found.code == "circular-parts").collect();
    assert_eq!(circles.len(), 2, "{:#?}", outcome.findings());
    assert!(circles[0].message.contains("`b` of `c` of `b`") && circles[0].related.len() == 1, "{}", circles[0].message);
    assert!(circles[1].message.contains("`d` is a part of itself"));
    assert!(circles.iter().all(|found| found.severity == Error && found.help.is_some()));
}

#[test]
fn a_part_in_a_unit_of_another_dimension_is_an_error_at_part_of() {
    let outcome = other(Site::new(), "exports", "USD", "part_of = \"revenue\"\n").build();
    let found = outcome.finds("incompatible-unit", Error, "content/indicators/exports.md:7:11");
    assert_eq!(found.related[0].0.source.path.as_str(), REVENUE);
}

#[test]
fn an_indicator_that_is_named_and_not_there_gets_the_likely_one() {
    let outcome = keys("part_of = \"revenues\"\n", "");
    assert!(
        outcome
            .finds("unknown-indicator", Error, "content/indicators/revenue.md:10:11")
            .help
            .as_ref()
            .unwrap()
            .contains("`revenue`")
    );
    let outcome = keys("population = \"people\"\n", "");
    outcome.finds("unknown-indicator", Error, "content/indicators/revenue.md:10:14");
}

#[test]
fn a_value_in_a_unit_of_another_dimension_is_an_error_at_the_value() {
    metric_finds("unit = \"USD\"", "incompatible-unit", Error, "content/news/a.md:7:9");
    let minutes = other(Site::new(), "hours", "h", "");
    let stated = revenue("2016", "1").replace("\"revenue\"", "\"hours\"");
    let outcome = minutes.article("a", "2017-01-01", &format!("{stated}unit = \"min\"\n"), "").build();
    outcome.finds("inexact-unit", Error, "content/news/a.md:7:9");
    metric_finds("unit_mult = 99", "wrong-type", Error, "content/news/a.md:8:13");
}

#[test]
fn a_target_before_its_start_is_an_error_and_one_before_the_series_a_warning() {
    let target = "kind = \"target\"\nbase = \"2016\"";
    assert!(metric_finds(target, "target-before-start", Error, "content/news/a.md:9:8").contains("time_period"));
    metric_finds("base = \"2015\"", "base-without-target", Error, "content/news/a.md:8:8");
    let outcome = keys("[[extra.indicator.target]]\ntime_period = \"2015\"\nvalue = 12\n", &revenue("2016", "10"));
    outcome.finds("target-before-start", Warning, "content/indicators/revenue.md:10:1");
    let outcome = keys("[[extra.indicator.target]]\ntime_period = \"2015\"\nbase = \"2016\"\nvalue = 12\n", "");
    outcome.finds("target-before-start", Error, "content/indicators/revenue.md:12:8");
}

#[test]
fn an_interval_upside_down_or_away_from_its_value_is_an_error() {
    metric_finds("ci = { low = 12, high = 9 }", "interval-upside-down", Error, "content/news/a.md:8:14");
    metric_finds("ci = { low = 11, high = 12 }", "value-outside-interval", Error, "content/news/a.md:8:14");
    metric_finds("ci = { low = 9, high = 12, level = 950 }", "bad-level", Error, "content/news/a.md:8:36");
    metric_finds("ci = { low = 9 }", "missing-metric-key", Error, "content/news/a.md:4:1");
    metric_finds("ci = { low = 9, high = 12, sd = 1 }", "unknown-metric-key", Error, "content/news/a.md:8:28");
}

#[test]
fn an_unknown_area_gets_the_likely_one() {
    let outcome = stating(&format!("{}ref_area = \"VM\"\n", revenue("2016", "10")));
    assert!(outcome.finds("unknown-area", Error, "content/news/a.md:4:1").help.as_ref().unwrap().contains("areas"));
    let outcome = keys("[[extra.indicator.break]]\nat = \"2016\"\nref_area = \"VN-99\"\n", "");
    assert!(outcome.finds("unknown-area", Error, "content/indicators/revenue.md:10:1").help.as_ref().unwrap().contains("`VN`"));
    let none = CONFIG.replace("areas = { VN = { vi = \"Cả nước\", en = \"Vietnam\" } }", "");
    let outcome = Site::new()
        .file("config.toml", &none)
        .article("a", "2017-01-01", &format!("{}ref_area = \"Huế\"\n", revenue("2016", "1")), "")
        .build();
    assert!(outcome.finds("unknown-area", Error, "content/news/a.md:4:1").help.as_ref().unwrap().contains("ISO 3166"));
}

#[test]
fn a_file_of_areas_is_checked_at_its_own_places() {
    let config = CONFIG.replace("areas = { VN = { vi = \"Cả nước\", en = \"Vietnam\" } }", "areas = \"data/areas.toml\"");
    let site = Site::new().file("config.toml", &config);
    assert!(site.build().finds("no-areas-file", Error, "config.toml:13:9").help.as_ref().unwrap().contains("VN-26"));
    let with = |text: &str| site.clone().file("data/areas.toml", text).build();
    with("VN = { vi = \"Cả nước\", en = \"Vietnam\" }\nhue = { vi = \"Huế\", en = \"Hue\" }\n").finds(
        "bad-area-code",
        Error,
        "data/areas.toml:2:1",
    );
    with("VN = { vi = \"Cả nước\" }\n").finds("missing-area-name", Warning, "data/areas.toml:1:1");
    with("VN = { vi = \"Cả nước\", en = \"Vietnam\", fr = \"x\" }\n").finds("unknown-language", Error, "data/areas.toml:1:40");
    with("VN = \"Cả nước\"\n").finds("wrong-type", Error, "data/areas.toml:1:6");
    let broken = with("VN = {\n");
    assert!(broken.findings()[0].starts_with("data/areas.toml:1:"), "{:?}", broken.findings());
    let bytes = site.clone().bytes("data/areas.toml", &[0xff, 0xfe]).build();
    assert!(bytes.0.diagnostics.iter().any(|found| found.severity == Error && found.help.is_some()));
}

#[test]
fn overlapping_breaks_name_both_places() {
    let two = |first: &str, second: &str| {
        keys(&format!("[[extra.indicator.break]]\nat = \"{first}\"\n[[extra.indicator.break]]\nat = \"{second}\"\n"), "")
    };
    let outcome = two("2016-Q2", "2016");
    let found = outcome.finds("overlapping-breaks", Error, "content/indicators/revenue.md:10:1");
    assert_eq!(found.related[0].0.line_column().0, 12);
    two("2015", "2016").clean();
    let outcome = keys("[[extra.indicator.break]]\nnote = \"x\"\n", "");
    outcome.finds("missing-indicator-key", Error, "content/indicators/revenue.md:10:1");
    let outcome = keys("[[extra.indicator.break]]\nat = \"hôm qua\"\n", "");
    outcome.finds("bad-period", Error, "content/indicators/revenue.md:11:6");
}

#[test]
fn a_period_that_is_not_of_the_indicators_frequency_is_a_warning() {
    let outcome = keys("freq = \"A\"\n", &revenue("2016-08", "10"));
    let found = outcome.finds("other-frequency", Warning, "content/news/a.md:4:1");
    assert!(found.help.as_ref().unwrap().contains("freq = \"M\"") && !found.related.is_empty());
    keys("freq = \"A\"\n", &format!("{}{}", revenue("2016", "10"), revenue("2016-01/2016-07", "5"))).clean();
    keys("freq = \"Q\"\n", &format!("{}kind = \"target\"\n", revenue("2016", "10"))).clean();
    keys("fiscal_year_start = 13\n", "").finds("bad-month", Error, "content/indicators/revenue.md:10:21");
}

#[test]
fn names_in_breakdowns_that_differ_by_accents_only_are_a_warning_with_both_places() {
    let of = |name: &str, period: &str| format!("{}breakdown = {{ sex = \"{name}\" }}\n", revenue(period, "10"));
    let outcome = stating(&format!("{}{}", of("nữ", "2015"), of("nu", "2016")));
    let found = outcome.finds("names-alike", Warning, "content/news/a.md:9:1");
    assert_eq!(found.related[0].0.line_column().0, 4);
    stating(&format!("{}{}", of("15-24", "2015"), of("15+24", "2016"))).clean();
    let listed = "[extra.indicator.breakdowns.sex]\nmembers = { \"nữ\" = \"a\", nu = \"b\" }\n";
    keys(listed, &format!("{}{}", of("nữ", "2015"), of("nu", "2016"))).clean();
}

#[test]
fn an_unknown_dimension_or_member_gets_the_likely_one() {
    let listed = "[extra.indicator.breakdowns.sex]\nmembers = { female = \"nữ\", male = \"nam\" }\n";
    let of = |breakdown: &str| keys(listed, &format!("{}breakdown = {{ {breakdown} }}\n", revenue("2016", "10")));
    let help = |outcome: &Outcome| outcome.finds("unknown-breakdown", Error, "content/news/a.md:4:1").help.clone().unwrap();
    assert!(help(&of("sexx = \"male\"")).contains("`sex`") && help(&of("sex = \"femal\"")).contains("`female`"));
    metric_finds("breakdown = { sex = true }", "wrong-type", Error, "content/news/a.md:8:21");
    keys("[extra.indicator.breakdowns.sex]\nlabel = \"Giới\"\n", "").finds(
        "no-members",
        Warning,
        "content/indicators/revenue.md:10:29",
    );
}

#[test]
fn a_revision_that_says_no_type_or_revises_nothing_is_found() {
    metric_finds("revision = { note = \"x\" }", "missing-metric-key", Error, "content/news/a.md:4:1");
    metric_finds("revision = { type = \"corection\" }", "unknown-word", Error, "content/news/a.md:8:21");
    metric_finds("revision = { type = \"correction\" }", "nothing-revised", Warning, "content/news/a.md:4:1");
    metric_finds("revision = { type = \"revision\", note = { 1 = \"x\" } }", "unknown-language", Error, "content/news/a.md:8:42");
}

#[test]
fn a_missing_value_that_is_stated_is_an_error() {
    metric_finds("obs_status = \"Q\"", "value-of-missing", Error, "content/news/a.md:7:9");
    let outcome = stating("[[extra.metrics]]\nindicator = \"revenue\"\ntime_period = \"2016\"\n");
    assert!(outcome.finds("missing-metric-key", Error, "content/news/a.md:4:1").help.as_ref().unwrap().contains("obs_status"));
}

#[test]
fn wishes_of_a_chart_are_checked_where_they_stand() {
    let chart = |wish: &str| keys(&format!("[extra.indicator.chart]\n{wish}\n"), "");
    chart("kind = \"lines\"").finds("unknown-word", Error, "content/indicators/revenue.md:11:8");
    chart("since = \"2016\"\nuntil = \"2015\"").finds("bounds", Error, "content/indicators/revenue.md:12:9");
    chart("height = 9").finds("bounds", Error, "content/indicators/revenue.md:11:10");
    chart("areas = [\"VN-1\"]").finds("unknown-area", Error, "content/indicators/revenue.md:4:1");
    for (arguments, message) in [
        ("kind=\"lines\"", "`lines` is not a kind of chart"),
        ("since=\"hôm qua\"", "is not a time period"),
        ("since=\"2016\", until=\"2015\"", "before `since`"),
        ("height=9", "9 units high"),
        ("areas=[\"VN-1\"]", "for the area `VN-1`"),
    ] {
        let body = format!("{{{{ chart(indicator=\"revenue\", {arguments}) }}}}");
        let outcome = Site::new().article("a", "2017-01-01", &revenue("2016", "10"), &body).build();
        let found = outcome.0.diagnostics.iter().find(|found| found.message.contains(message));
        assert!(
            found.is_some_and(|found| found.severity == Error && found.help.is_some()),
            "{arguments}: {:#?}",
            outcome.findings()
        );
    }
}

#[test]
fn a_wish_in_front_matter_that_would_mislead_is_a_warning_at_its_key() {
    let numbers = format!("{}{}", revenue("2015", "9"), revenue("2016", "10"));
    let outcome = keys("[extra.indicator.chart]\nkind = \"columns\"\nzero = false\n", &numbers);
    let found = outcome.finds("misleading-chart", Warning, &format!("{REVENUE}:12:1"));
    assert!(found.message.contains("starts at zero"), "{found:?}");
    assert!(found.help.as_deref().unwrap().contains("leave `zero` out"), "{found:?}");

    let outcome = keys("[extra.indicator.chart]\nkind = \"multiples\"\n", &numbers);
    let found = outcome.finds("misleading-chart", Warning, &format!("{REVENUE}:11:1"));
    assert!(found.message.contains("needs several areas"), "{found:?}");
    assert!(outcome.has("news/a/index.html"));

    let fitting = keys("[extra.indicator.chart]\nkind = \"line\"\n", &numbers);
    assert!(fitting.0.diagnostics.iter().all(|found| found.code != "misleading-chart"), "{:?}", fitting.findings());
}
