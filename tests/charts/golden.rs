use std::path::Path;

use tinso::indicator::{Measure, Qualifier};

use crate::support::{Stated, Subject, stated};

fn check(name: &str, subject: &Subject, numbers: &[Stated], lang: &str) {
    let source = if lang == "vi" { "Nguồn: Bộ Thông tin và Truyền thông" } else { "Source: Ministry of Information and Communications" };
    let drawn = subject.draw(numbers, lang).standalone(source);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/charts/{name}.{lang}.svg"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &drawn).unwrap();
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(golden == drawn, "{} differs: look at it, then run with UPDATE_GOLDEN=1\n{drawn}", path.display());
}

#[test]
fn number() {
    let subject = Subject { title: ("Hộ có Internet", "Households online"), ..Subject::new(Measure::Share) };
    check("number", &subject, &[stated("2016", "30").with(Qualifier::Over)], "vi");
}

#[test]
fn bullet() {
    let subject = Subject { title: ("Hộ có Internet", "Households online"), ..Subject::new(Measure::Share) };
    check("bullet", &subject, &[stated("2016", "27.5"), stated("2020", "40").to("45").target()], "en");
}

#[test]
fn columns() {
    let numbers = [
        stated("2012", "1500.5"),
        stated("2013", "1610").with(Qualifier::About),
        stated("2015", "1930.2"),
        stated("2016", "2105.8").status('P'),
        stated("2017", "2300").target(),
    ];
    for lang in ["vi", "en"] {
        check("columns", &Subject::new(Measure::Flow), &numbers, lang);
    }
}

#[test]
fn bars() {
    let numbers =
        [stated("2010-01/2010-07", "80.5"), stated("2010", "140"), stated("2011-Q1", "35").to("40"), stated("2011", "150").with(Qualifier::AtMost)];
    check("bars", &Subject::new(Measure::Flow), &numbers, "vi");
}

#[test]
fn line_with_break_gap_forecast_and_targets() {
    let mut numbers: Vec<Stated> =
        (2000..2016).filter(|year| *year != 2004).map(|year| stated(&year.to_string(), &((year - 1998) * (year - 1998)).to_string())).collect();
    numbers[9] = stated("2010", "90").status('B');
    numbers.extend([stated("2016", "280").status('F'), stated("2020", "350").target()]);
    check("line", &Subject::new(Measure::Stock), &numbers, "en");
}

#[test]
fn cropped_line() {
    let numbers: Vec<Stated> = (0..9).map(|n| stated(&(2008 + n).to_string(), &format!("9{}.{n}", n % 4 + 2))).collect();
    check("cropped", &Subject { title: ("Phủ sóng", "Coverage"), ..Subject::new(Measure::Share) }, &numbers, "vi");
}

#[test]
fn points() {
    let numbers = [stated("2009-06", "12"), stated("2010", "15").with(Qualifier::Over), stated("2011-Q3", "19").status('E')];
    check("points", &Subject::new(Measure::Stock), &numbers, "en");
}
