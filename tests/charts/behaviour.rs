use tinso::chart::{Chart, ChartKind, sparkline};
use tinso::indicator::{Measure, Qualifier};
use tinso::locale::Locale;
use tinso::text::Lang;

use crate::support::{Stated, Subject, elements, hundredths, images, points, stated};

fn years(from: i32, values: &[i32]) -> Vec<Stated> {
    (from..).zip(values).map(|(year, value)| stated(&year.to_string(), &value.to_string())).collect()
}

/// What both layouts of a chart are asked.
fn both(chart: &Chart, ask: impl Fn(&str)) {
    let figure = chart.figure();
    let images = images(&figure);
    assert_eq!(images.len(), 2);
    images.into_iter().for_each(ask);
}

fn solid_lines(svg: &str) -> Vec<Vec<(i64, i64)>> {
    elements(svg, "path", "line").into_iter().map(points).collect()
}

#[test]
fn one_value_is_a_large_number_without_axes() {
    let chart = Subject::new(Measure::Flow).draw(&years(2016, &[2105]), "vi");
    assert_eq!(chart.kind, ChartKind::Number);
    both(&chart, |svg| {
        assert!(svg.contains(">2.105</text>") && svg.contains("tỷ đồng"));
        assert!(elements(svg, "line", "hairline").is_empty() && elements(svg, "rect", "mark").is_empty());
    });
}

#[test]
fn one_value_with_a_target_is_a_bullet() {
    let numbers = [stated("2016", "30"), stated("2020", "50").target()];
    let chart = Subject::new(Measure::Share).draw(&numbers, "vi");
    assert_eq!(chart.kind, ChartKind::Bullet);
    both(&chart, |svg| {
        assert_eq!(elements(svg, "path", "target").len(), 1);
        assert_eq!(elements(svg, "rect", "mark").len(), 1);
    });
    assert!(chart.description.contains("Mục tiêu năm 2020: 50%."), "{}", chart.description);
}

#[test]
fn few_flows_of_like_periods_are_columns_from_zero() {
    for count in 2..=7 {
        let chart = Subject::new(Measure::Flow).draw(&years(2010, &[90, 95, 100, 98, 97, 99, 96][..count]), "en");
        assert_eq!(chart.kind, ChartKind::Columns);
        both(&chart, |svg| {
            let zero = hundredths(elements(svg, "line", "baseline")[0], "y1");
            let columns = elements(svg, "rect", "mark");
            assert_eq!(columns.len(), count);
            assert!(columns.iter().all(|column| hundredths(column, "y") + hundredths(column, "height") == zero));
        });
        assert!(!chart.notes.contains(&"The axis does not start at zero.".to_owned()));
    }
}

#[test]
fn many_flows_and_any_levels_are_lines() {
    assert_eq!(Subject::new(Measure::Flow).draw(&years(2010, &[5; 8]), "en").kind, ChartKind::Line);
    for measure in [Measure::Stock, Measure::Rate, Measure::Share, Measure::Index] {
        assert_eq!(Subject::new(measure).draw(&years(2010, &[5, 8, 9]), "en").kind, ChartKind::Line);
    }
}

#[test]
fn a_gap_is_not_joined() {
    let mut numbers = years(2008, &[10, 20, 30, 40, 50, 60, 70, 80, 90]);
    numbers.remove(4);
    let chart = Subject::new(Measure::Stock).draw(&numbers, "en");
    both(&chart, |svg| {
        let lines = solid_lines(svg);
        assert_eq!(lines.iter().map(Vec::len).collect::<Vec<_>>(), [4, 4]);
        assert!(elements(svg, "path", "bridge").is_empty());
    });
    assert!(chart.notes.contains(&"Gap in the line: a period without data.".to_owned()));
}

#[test]
fn nothing_is_joined_or_compared_across_a_break() {
    let mut numbers = years(2008, &[10, 20, 30, 40, 5, 6, 7, 8, 9]);
    numbers[4] = stated("2012", "5").status('B');
    let chart = Subject::new(Measure::Stock).draw(&numbers, "en");
    both(&chart, |svg| {
        assert_eq!(solid_lines(svg).iter().map(Vec::len).collect::<Vec<_>>(), [4, 5]);
        assert_eq!(elements(svg, "line", "break").len(), 1);
    });
    assert!(chart.description.contains("changes at 2012") && !chart.description.contains("40 "), "{}", chart.description);
}

#[test]
fn unlike_periods_are_not_joined() {
    let numbers = [stated("2014", "10"), stated("2015-06", "20")];
    let chart = Subject::new(Measure::Stock).draw(&numbers, "en");
    assert_eq!(chart.kind, ChartKind::Points);
    both(&chart, |svg| assert!(solid_lines(svg).is_empty()));

    let numbers = [stated("2013", "10"), stated("2014", "11"), stated("2014-06", "20"), stated("2015-06", "22")];
    let chart = Subject::new(Measure::Stock).draw(&numbers, "en");
    both(&chart, |svg| {
        for line in elements(svg, "path", "line").into_iter().map(points) {
            assert_eq!(line.len(), 2);
        }
    });
    assert!(chart.notes.contains(&"Points of unlike periods are not joined.".to_owned()));
    let flows = Subject::new(Measure::Flow).draw(&numbers, "en");
    assert_eq!(flows.kind, ChartKind::Bars);
}

#[test]
fn targets_are_diamonds_that_no_line_touches() {
    let mut numbers = years(2008, &[10, 20, 30, 40, 50, 60, 70, 80]);
    numbers.extend([stated("2016", "90").target(), stated("2020", "95").target()]);
    let chart = Subject::new(Measure::Share).draw(&numbers, "vi");
    both(&chart, |svg| {
        assert_eq!(elements(svg, "path", "target").len(), 2);
        assert_eq!(solid_lines(svg).iter().map(Vec::len).collect::<Vec<_>>(), [8]);
    });
    assert!(chart.notes.contains(&"Hình thoi: mục tiêu, chưa phải kết quả.".to_owned()));
}

#[test]
fn more_than_a_number_is_drawn_open() {
    for (qualifier, fading) in [(Qualifier::Over, 3), (Qualifier::AtLeast, 3), (Qualifier::Exact, 0)] {
        let numbers = [stated("2015", "20"), stated("2016", "30").with(qualifier)];
        let chart = Subject::new(Measure::Flow).draw(&numbers, "vi");
        both(&chart, |svg| {
            assert_eq!(elements(svg, "rect", "mark").len(), 2 + fading);
            assert_eq!(elements(svg, "path", "chevron").len(), fading / 3);
            assert_eq!(svg.contains(">hơn</text>"), qualifier == Qualifier::Over);
        });
        assert_eq!(chart.notes.iter().any(|note| note.starts_with("Mũi tên ở đầu để mở")), fading > 0);
    }
}

#[test]
fn an_open_value_is_never_joined() {
    let mut numbers = years(2008, &[10, 20, 30, 40, 50, 60, 70, 80]);
    numbers[7] = stated("2015", "80").with(Qualifier::Over);
    let chart = Subject::new(Measure::Stock).draw(&numbers, "vi");
    both(&chart, |svg| assert_eq!(solid_lines(svg).iter().map(Vec::len).collect::<Vec<_>>(), [7]));
}

#[test]
fn estimates_do_not_look_like_final_values() {
    let numbers = [stated("2015", "20"), stated("2016", "30").status('E')];
    let chart = Subject::new(Measure::Flow).draw(&numbers, "vi");
    both(&chart, |svg| assert_eq!(elements(svg, "rect", "hatch").len(), 1));
    assert!(chart.notes.contains(&"Gạch chéo: số ước tính.".to_owned()), "{:?}", chart.notes);
    let chart = Subject::new(Measure::Stock).draw(&numbers, "vi");
    both(&chart, |svg| assert_eq!(elements(svg, "circle", "hollow").len(), 1));
}

#[test]
fn an_axis_that_does_not_start_at_zero_is_announced() {
    let subject = Subject::new(Measure::Stock);
    let cropped = subject.draw(&years(2010, &[100, 101, 103, 104, 102, 105, 106, 104]), "vi");
    assert!(cropped.notes.contains(&"Trục không bắt đầu từ 0.".to_owned()));
    both(&cropped, |svg| assert!(elements(svg, "line", "baseline").is_empty()));
    let whole = subject.draw(&years(2010, &[10, 40, 80, 60, 70, 90, 100, 104]), "vi");
    assert!(!whole.notes.contains(&"Trục không bắt đầu từ 0.".to_owned()));
    both(&whole, |svg| assert_eq!(elements(svg, "line", "baseline").len(), 1));
}

#[test]
fn a_real_zero_is_drawn_and_a_missing_period_is_not() {
    let numbers = [stated("2012", "4"), stated("2013", "0"), stated("2015", "3")];
    let chart = Subject::new(Measure::Count).draw(&numbers, "en");
    both(&chart, |svg| {
        assert_eq!(elements(svg, "rect", "mark").len(), 3);
        assert!(svg.contains(">0</text>") && svg.contains(">…</text>"));
    });
    assert!(chart.notes.contains(&"Ellipsis: a period without data.".to_owned()));
}

#[test]
fn descriptions_tell_the_newest_value_and_its_period() {
    let mut numbers = years(2014, &[1500, 1800]);
    numbers.push(stated("2016", "2105.8").with(Qualifier::Over));
    let subject = Subject::new(Measure::Flow);
    let vietnamese = subject.draw(&numbers, "vi").description;
    assert!(vietnamese.starts_with("Doanh thu viễn thông, Việt Nam, năm 2016: hơn 2.105,8 tỷ đồng."), "{vietnamese}");
    let english = subject.draw(&numbers, "en").description;
    assert!(english.starts_with("Telecoms revenue, Việt Nam, 2016: over 2,105.8 billion VND."), "{english}");
}

#[test]
fn words_of_authors_never_become_markup() {
    let subject = Subject { title: ("<b>\"a\" & b</b>", "x"), unit: ("<i>", "<i>"), ..Subject::new(Measure::Flow) };
    let chart = subject.draw(&years(2010, &[1]), "vi");
    for text in [chart.figure(), chart.standalone("<u>nguồn</u>")] {
        assert!(!text.contains("<b>") && !text.contains("<i>") && !text.contains("<u>"), "{text}");
    }
}

#[test]
fn a_sparkline_breaks_where_the_series_does() {
    let locale = Locale::of(&Lang::new("vi")).unwrap();
    let draw = |numbers: &[Stated]| {
        let catalogue = Subject::new(Measure::Stock).catalogue(numbers);
        sparkline(catalogue.series("i", "VN").unwrap(), &locale)
    };
    let mut numbers = years(2010, &[1, 2, 3, 4]);
    assert_eq!(draw(&numbers[..1]), "");
    assert_eq!(draw(&numbers).matches("<path").count(), 3);
    numbers[2] = stated("2012", "3").status('B');
    assert_eq!(draw(&numbers).matches("<path").count(), 2);
}
