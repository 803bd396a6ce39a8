mod read;

use std::collections::BTreeMap;

use super::{Break, ChartWishes, Dimensions, Direction, Frequency, Measure, Metric, Unit};
use crate::locale::Decimal;
use crate::text::{Lang, Place};

pub use read::{read_definition, read_unit_label};

/// What an indicator is: the table `[extra.indicator]` of its page.
#[derive(Clone, Debug)]
pub struct Definition {
    /// The unit's code: `VND`, `percent`, `subscriber` (SDMX UNIT_MEASURE).
    pub unit: String,
    /// The power of ten that values are in: 9 for billions (SDMX UNIT_MULT).
    pub unit_mult: i8,
    /// The least number of decimals shown (SDMX DECIMALS).
    pub decimals: u8,
    /// What it measures.
    pub measure: Measure,
    /// Which way is good.
    pub direction: Direction,
    /// The lowest possible value.
    pub min: Option<Decimal>,
    /// The highest possible value.
    pub max: Option<Decimal>,
    /// How often it is observed.
    pub freq: Option<Frequency>,
    /// The month that its years start in, if that is not January: then `2016/2017` is one fiscal year.
    pub fiscal_year_start: Option<i8>,
    /// The area of a metric that names none.
    pub ref_area: String,
    /// What it is broken down by.
    pub dimensions: Dimensions,
    /// The indicator that this one is a part of.
    pub part_of: Option<Reference>,
    /// The indicator of how many people there are, for values per 100 people.
    pub population: Option<Reference>,
    /// Where the series cannot be compared across.
    pub breaks: Vec<Break>,
    /// What is planned, whatever articles say.
    pub targets: Vec<Metric>,
    /// How its charts are to be drawn.
    pub chart: ChartWishes,
    /// The unit in the words of each language: "tỷ đồng", "billion VND".
    pub unit_labels: BTreeMap<Lang, String>,
    /// The index of its default-language page in the library.
    pub page: usize,
    /// Where the table stands.
    pub place: Place,
}

impl Definition {
    /// All that it says, but not where.
    pub fn statement(&self) -> String {
        let Self { unit, unit_mult, decimals, measure, direction, min, max, freq, fiscal_year_start, ref_area, .. } = self;
        let Self { dimensions, part_of, population, breaks, targets, chart, unit_labels, .. } = self;
        let slugs = [part_of, population].map(|reference| reference.as_ref().map(|reference| &reference.slug));
        let breaks: Vec<_> = breaks.iter().map(|each| (each.at, &each.ref_area, &each.note)).collect();
        let targets: Vec<String> = targets.iter().map(Metric::statement).collect();
        let own = (unit, unit_mult, decimals, measure, direction, min, max, freq, fiscal_year_start, ref_area, unit_labels);
        format!("{own:?}{:?}", (dimensions, slugs, breaks, targets, chart))
    }

    /// The unit that its values are kept in.
    pub fn unit(&self) -> Unit {
        Unit { code: self.unit.clone(), mult: self.unit_mult }
    }

    /// The unit in a language.
    pub fn unit_label(&self, lang: &Lang) -> &str {
        self.unit_labels.get(lang).map_or("", String::as_str)
    }

    /// Whether values are percentages, so that differences are percentage points.
    pub fn is_percent(&self) -> bool {
        self.unit == "percent"
    }
}

/// Another indicator that one names.
#[derive(Clone, PartialEq, Debug)]
pub struct Reference {
    /// The slug of its page.
    pub slug: String,
    /// Where it is named.
    pub place: Place,
}
