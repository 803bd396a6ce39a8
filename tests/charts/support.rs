use std::collections::BTreeMap;
use std::sync::Arc;

use tinso::chart::{Chart, ChartRequest, draw, text_width};
use tinso::diagnostic::Sink;
use tinso::indicator::{
    Amount, Catalogue, Definition, Direction, Kind, Measure, Metric, ObsStatus, Observation, Origin, Qualifier, TimePeriod,
};
use tinso::locale::{Decimal, Locale};
use tinso::text::{Lang, Place, SitePath, SourceText};

/// One stated number, as a test writes it.
#[derive(Clone, Debug)]
pub struct Stated {
    period: String,
    low: String,
    high: Option<String>,
    qualifier: Qualifier,
    kind: Kind,
    status: char,
}

/// An exact, final, actual value.
pub fn stated(period: &str, value: &str) -> Stated {
    let (period, low) = (period.to_owned(), value.to_owned());
    Stated { period, low, high: None, qualifier: Qualifier::Exact, kind: Kind::Actual, status: 'A' }
}

impl Stated {
    pub fn with(mut self, qualifier: Qualifier) -> Self {
        self.qualifier = qualifier;
        self
    }

    pub fn to(mut self, high: &str) -> Self {
        self.high = Some(high.to_owned());
        self.with(Qualifier::Range)
    }

    pub fn target(mut self) -> Self {
        self.kind = Kind::Target;
        self
    }

    pub fn status(mut self, letter: char) -> Self {
        self.status = letter;
        self
    }

    fn observation(&self, at: Place) -> Observation {
        let decimal = |text: &str| Decimal::parse(text).unwrap_or_else(|| panic!("{text}"));
        let amount = match &self.high {
            None => Amount::Value(decimal(&self.low)),
            Some(high) => {
                let (a, b) = (decimal(&self.low), decimal(high));
                Amount::Range { low: a.min(b), high: a.max(b) }
            }
        };
        let metric = Metric {
            indicator: "i".to_owned(),
            ref_area: None,
            period: TimePeriod::parse(&self.period).unwrap_or_else(|| panic!("{}", self.period)),
            amount,
            qualifier: self.qualifier,
            kind: self.kind,
            status: ObsStatus::from_letter(&self.status.to_string()).unwrap(),
            change: None,
            comment: None,
            source: None,
            place: at.clone(),
            value_place: at,
        };
        Observation { metric: Arc::new(metric), ref_area: "VN".to_owned(), origin: Origin { page: 0, date: None } }
    }
}

/// An indicator with its words.
#[derive(Clone, Debug)]
pub struct Subject {
    pub measure: Measure,
    pub unit: (&'static str, &'static str),
    pub title: (&'static str, &'static str),
    pub decimals: u8,
}

impl Subject {
    pub fn new(measure: Measure) -> Self {
        let unit = if measure == Measure::Share { ("%", "%") } else { ("tỷ đồng", "billion VND") };
        Self { measure, unit, title: ("Doanh thu viễn thông", "Telecoms revenue"), decimals: 0 }
    }

    fn definition(&self) -> Definition {
        let labels = [(Lang::new("vi"), self.unit.0.to_owned()), (Lang::new("en"), self.unit.1.to_owned())];
        Definition {
            unit: if self.unit.0 == "%" { "percent" } else { "unit" }.to_owned(),
            unit_mult: 0,
            decimals: self.decimals,
            measure: self.measure,
            direction: Direction::None,
            min: None,
            max: None,
            freq: None,
            ref_area: "VN".to_owned(),
            unit_labels: BTreeMap::from(labels),
            page: 0,
            place: place(0),
        }
    }

    /// The catalogue that holds the numbers as the one series of this indicator.
    pub fn catalogue(&self, numbers: &[Stated]) -> Catalogue {
        let observations = numbers.iter().enumerate().map(|(at, number)| number.observation(place(at))).collect();
        let definitions = BTreeMap::from([("i".to_owned(), self.definition())]);
        Catalogue::assemble(definitions, observations, BTreeMap::new(), &Sink::new())
    }

    /// Draws the numbers in a language.
    pub fn draw(&self, numbers: &[Stated], lang: &str) -> Chart {
        let catalogue = self.catalogue(numbers);
        let lang = Lang::new(lang);
        let locale = Locale::of(&lang).unwrap();
        let title = if lang.as_str() == "vi" { self.title.0 } else { self.title.1 };
        let definition = catalogue.definition("i").unwrap();
        let series = catalogue.series("i", "VN").unwrap();
        let request =
            ChartRequest { title, area_name: "Việt Nam", definition, series, locale: &locale, lang: &lang, id: "chart-i" };
        draw(&request).unwrap()
    }
}

fn place(at: usize) -> Place {
    let text = "x".repeat(400);
    SourceText::new(SitePath::new("content/a.md"), &text).place((at.min(399)..at.min(399) + 1).into())
}

/// Every `<svg>` of a figure: the wide layout, then the narrow one.
pub fn images(figure: &str) -> Vec<&str> {
    figure.split("<svg ").skip(1).map(|rest| rest.split("</svg>").next().unwrap()).collect()
}

/// The elements of a name with a class among theirs, as written.
pub fn elements<'a>(svg: &'a str, name: &str, class: &str) -> Vec<&'a str> {
    let has = |line: &&str| {
        let classes = attribute(line, "class").unwrap_or_default();
        line.starts_with(&format!("<{name} ")) && classes.split(' ').any(|one| one == class)
    };
    svg.lines().filter(has).collect()
}

/// An attribute of an element.
pub fn attribute<'a>(element: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = element.split_once(&format!(" {name}=\""))?;
    rest.split('"').next()
}

/// A number among the attributes of an element, in hundredths.
pub fn hundredths(element: &str, name: &str) -> i64 {
    scaled(attribute(element, name).unwrap_or_else(|| panic!("no {name}: {element}")))
}

fn scaled(number: &str) -> i64 {
    i64::try_from(Decimal::parse(number).unwrap().scaled(2).unwrap()).unwrap()
}

/// The width and height of an image.
pub fn size(svg: &str) -> (i64, i64) {
    let numbers: Vec<i64> = attribute(&format!(" {svg}"), "viewBox").unwrap().split(' ').map(scaled).collect();
    (numbers[2], numbers[3])
}

/// The box of a line of text, by the table of widths.
#[derive(Clone, Debug)]
pub struct Text {
    pub left: i64,
    pub top: i64,
    pub right: i64,
    pub bottom: i64,
    pub text: String,
}

impl Text {
    fn of(element: &str) -> Self {
        let (_, rest) = element.split_once('>').unwrap();
        let text = rest.strip_suffix("</text>").unwrap().replace("&lt;", "<").replace("&#39;", "'").replace("&amp;", "&");
        let (x, y, size) = (hundredths(element, "x"), hundredths(element, "y"), hundredths(element, "font-size"));
        let width = text_width(&text, size, element.contains("font-weight"));
        let left = match attribute(element, "text-anchor") {
            Some("middle") => x - width / 2,
            Some("end") => x - width,
            _ => x,
        };
        Self { left, top: y - size * 97 / 100, right: left + width, bottom: y + size * 28 / 100, text }
    }

    pub fn overlaps(&self, other: &Self) -> bool {
        const TOUCH: i64 = 3;
        let apart = self.right <= other.left + TOUCH
            || other.right <= self.left + TOUCH
            || self.bottom <= other.top + TOUCH
            || other.bottom <= self.top + TOUCH;
        !apart
    }
}

/// The lines of text of an image; empty ones left out.
pub fn texts(svg: &str) -> Vec<Text> {
    svg.lines().filter(|line| line.starts_with("<text ")).map(Text::of).filter(|text| !text.text.is_empty()).collect()
}

/// Joined points of a path.
pub fn points(path: &str) -> Vec<(i64, i64)> {
    let pair = |text: &str| text.split_once(' ').map(|(x, y)| (scaled(x), scaled(y))).unwrap();
    attribute(path, "d").unwrap().trim_end_matches('Z').split(['M', 'L']).skip(1).map(pair).collect()
}
