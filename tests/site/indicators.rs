//! What articles state becomes series, pages, data and charts.

use crate::{Site, revenue};

#[test]
fn one_series_is_assembled_from_many_articles() {
    let outcome = Site::new()
        .article("b", "2018-01-01", &revenue("2017", "2310.5"), "")
        .article("a", "2017-01-01", &revenue("2016", "2105.8"), "")
        .build()
        .clean();
    let vi = outcome.text("indicators/revenue/index.html");
    assert!(vi.contains("<b>2.310,5\u{a0}tỷ đồng</b>"), "{vi}");
    assert!(vi.contains("<u>tăng 9,7% so với năm 2016</u>"), "{vi}");
    let at = |text: &str| vi.find(text).unwrap_or_else(|| panic!("no {text} in {vi}"));
    assert!(at("<tr>năm 2017|2.310,5\u{a0}tỷ đồng|false|b vi</tr>") < at("<tr>năm 2016|2.105,8\u{a0}tỷ đồng|false|a vi</tr>"));
    let en = outcome.text("en/indicators/revenue/index.html");
    assert!(en.contains("<b>2,310.5\u{a0}billion VND</b>") && en.contains("<u>up 9.7% from 2016</u>"), "{en}");
    assert!(en.contains("<svg") && en.contains("2,105.8"));
}

#[test]
fn the_newest_article_wins_and_the_older_value_stays_in_the_table() {
    let outcome = Site::new()
        .article("old", "2017-01-01", &revenue("2016", "5"), "")
        .article("new", "2018-01-01", &revenue("2016", "6"), "")
        .build();
    let vi = outcome.text("indicators/revenue/index.html");
    assert!(vi.contains("<b>6,0\u{a0}tỷ đồng</b>"));
    assert!(vi.contains("|6,0\u{a0}tỷ đồng|false|new vi</tr><tr>năm 2016|5,0\u{a0}tỷ đồng|true|old vi</tr>"), "{vi}");
    assert!(outcome.text("indicators/revenue/data.csv").contains(",5,,,exact,A,actual,VND,9,tỷ đồng,,,true,"));
}

#[test]
fn numbers_in_prose_take_the_form_of_the_language() {
    let metrics = format!("{}qualifier = \"over\"\n{}kind = \"target\"\n", revenue("2016", "2105.8"), revenue("2017", "2500"));
    let body =
        "Đạt {{ metric(indicator=\"revenue\", time_period=\"2016\") }}; {{ metric(indicator=\"revenue\", kind=\"target\") }}.";
    let outcome = Site::new().article("a", "2017-01-01", &metrics, body).build().clean();
    let data = |value: &str, text: &str| format!("<data class=\"metric\" value=\"{value}\">{text}</data>");
    let vi = outcome.text("news/a/index.html");
    assert!(
        vi.contains(&data("2105.8", "hơn 2.105,8\u{a0}tỷ đồng")) && vi.contains(&data("2500", "2.500,0\u{a0}tỷ đồng")),
        "{vi}"
    );
    assert!(outcome.text("en/news/a/index.html").contains(&data("2105.8", "over 2,105.8\u{a0}billion VND")));
}

#[test]
fn the_article_of_the_readme_becomes_what_the_readme_says() {
    let readme = include_str!("../../README.md");
    let article = readme.split("```markdown\n").nth(1).unwrap().split("```").next().unwrap();
    assert_eq!(article.lines().count(), 10);
    let outcome = Site::new()
        .file("content/news/x.md", article)
        .file("content/news/x.en.md", "+++\ntitle = \"x\"\ndate = 2017-01-12\n+++\n{{ metric(indicator=\"hue-ict-revenue\") }}")
        .file("content/indicators/hue-ict-revenue.md", &sample("content/indicators/hue-ict-revenue.md"))
        .file("content/indicators/hue-ict-revenue.en.md", &sample("content/indicators/hue-ict-revenue.en.md"))
        .build();
    assert!(
        outcome
            .text("news/x/index.html")
            .contains("doanh thu đạt <data class=\"metric\" value=\"2105.8\">2.105,8\u{a0}tỷ đồng</data>.")
    );
    assert!(outcome.text("en/news/x/index.html").contains("2,105.8\u{a0}billion VND"));
    for file in ["index.html", "data.csv", "data.json", "chart.svg"] {
        assert!(
            outcome.has(&format!("indicators/hue-ict-revenue/{file}"))
                && outcome.has(&format!("en/indicators/hue-ict-revenue/{file}"))
        );
    }
}

/// A file of the sample portal.
fn sample(path: &str) -> String {
    std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

#[test]
fn a_range_has_two_limits() {
    let metrics = "[[extra.metrics]]\nindicator = \"revenue\"\ntime_period = \"2016\"\nlow = 30\nhigh = 35\n";
    let outcome = Site::new().article("a", "2017-01-01", metrics, "{{ metric(indicator=\"revenue\") }}").build().clean();
    assert!(outcome.text("news/a/index.html").contains("30,0–35,0\u{a0}tỷ đồng"));
    assert!(outcome.text("indicators/revenue/data.csv").contains(",2016,,30,35,range,"));
}

#[test]
fn code_is_never_templated() {
    let body = "`{{ metric(indicator=\"no\") }}`\n\n```\n{% raw %} {{ no }}\n```\n\n## Tiêu đề {#muc}\n\n{{ metric(indicator=\"revenue\") }}";
    let outcome = Site::new().article("a", "2017-01-01", &revenue("2016", "1"), body).build().clean();
    let page = outcome.text("news/a/index.html");
    assert!(
        page.contains("<code>{{ metric(indicator=&quot;no&quot;) }}</code>")
            || page.contains("{{ metric(indicator=\"no\") }}</code>"),
        "{page}"
    );
    assert!(page.contains("{% raw %} {{ no }}") && page.contains("id=\"muc\"") && page.contains("1,0\u{a0}tỷ đồng"), "{page}");
}

#[test]
fn a_chart_call_becomes_a_figure_and_not_a_paragraph() {
    let outcome = Site::new()
        .article("a", "2017-01-01", &revenue("2016", "1"), "Trước.\n\n{{ chart(indicator=\"revenue\") }}\n\nSau.")
        .build()
        .clean();
    let page = outcome.text("news/a/index.html");
    assert!(page.contains("<p>Trước.</p>\n<figure") && page.contains("</figure>") && !page.contains("<p><figure"), "{page}");
    assert!(!page.contains("style="));
}

#[test]
fn yaml_front_matter_states_metrics_too() {
    let yaml = "---\ntitle: Bài\ndate: 2017-01-01\nextra:\n  metrics:\n    - indicator: revenue\n      time_period: 2016\n      value: 2105.8\n---\n{{ metric(indicator=\"revenue\") }}\n";
    let outcome = Site::new().file("content/news/a.md", yaml).build().clean();
    assert!(outcome.text("news/a/index.html").contains("2.105,8\u{a0}tỷ đồng"));
}

#[test]
fn nothing_is_computed_across_a_break_or_from_a_limit() {
    let site = |first: &str, second: &str| {
        let metrics = format!("{}{first}{}{second}", revenue("2015", "5"), revenue("2016", "10"));
        let outcome = Site::new().article("a", "2017-01-01", &metrics, "").build().clean();
        outcome.text("indicators/revenue/index.html").contains("tăng 100,0%")
    };
    assert!(site("", ""));
    assert!(!site("", "obs_status = \"B\"\n"));
    assert!(!site("qualifier = \"over\"\n", ""));
    assert!(!site("", "kind = \"target\"\n"));
}
