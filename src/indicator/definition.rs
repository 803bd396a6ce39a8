use std::collections::BTreeMap;

use super::{Direction, Frequency, Measure};
use crate::data::{Data, Fields, Node, Table};
use crate::diagnostic::{Diagnostic, Sink};
use crate::locale::Decimal;
use crate::text::{Lang, Place, SourceText, Span};

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
    /// The area of a metric that names none.
    pub ref_area: String,
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
        let Self { unit, unit_mult, decimals, measure, direction, min, max, freq, ref_area, unit_labels, .. } = self;
        format!("{:?}", (unit, unit_mult, decimals, measure, direction, min, max, freq, ref_area, unit_labels))
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

/// Reads `[extra.indicator]` of the default-language page. What is wrong is reported;
/// `None` when there is too little to go on.
pub fn read_definition(
    source: &SourceText,
    table: &Table,
    span: Span,
    page: usize,
    lang: &Lang,
    sink: &Sink,
) -> Option<Definition> {
    let mut fields = Fields::new(source, table, sink);
    let unit = fields.text("unit");
    let unit_mult = number(&mut fields, "unit_mult", source, sink).unwrap_or(0);
    let decimals = number(&mut fields, "decimals", source, sink).unwrap_or(0u8).min(12);
    let measure = fields.choice("measure", &Measure::WORDS);
    let direction = fields.choice("direction", &Direction::WORDS).unwrap_or_default();
    let (min, max) = (bound(&mut fields, "min", source, sink), bound(&mut fields, "max", source, sink));
    let freq = fields.choice("freq", &Frequency::WORDS);
    let ref_area = fields.text("ref_area").unwrap_or_default().to_owned();
    let unit_label = fields.text("unit_label").map(str::to_owned);
    fields.deny_unknown("unknown-indicator-key");

    let required = [("unit", unit.is_none(), "unit = \"VND\""), ("measure", measure.is_none(), "measure = \"flow\"")];
    for (key, _, example) in required.into_iter().filter(|(key, missing, _)| *missing && table.get(key).is_none()) {
        let diagnostic = Diagnostic::error("missing-indicator-key", format!("this indicator does not say its `{key}`"));
        sink.push(diagnostic.at(source, span).help(format!("add a line such as `{example}` to `[extra.indicator]`")));
    }
    if let (Some(low), Some(high)) = (min, max)
        && low >= high
    {
        let at = table.get("max").map_or(span, |node| node.span);
        sink.push(
            Diagnostic::error("bounds", "`max` is not above `min`").at(source, at).help("exchange the two, or leave one out"),
        );
    }
    Some(Definition {
        unit: unit?.to_owned(),
        unit_mult,
        decimals,
        measure: measure?,
        direction,
        min,
        max,
        freq,
        ref_area,
        unit_labels: unit_label.map(|label| (lang.clone(), label)).into_iter().collect(),
        page,
        place: source.place(span),
    })
}

/// Reads the one key that a translation of an indicator gives: its `unit_label`.
/// Any other key is an error, since the default language states it for all.
pub fn read_unit_label(source: &SourceText, table: &Table, sink: &Sink) -> Option<String> {
    let mut fields = Fields::new(source, table, sink);
    let label = fields.text("unit_label").map(str::to_owned);
    for entry in table.entries().iter().filter(|entry| &*entry.key != "unit_label") {
        let message = format!("a translation states `{}` again", entry.key);
        let diagnostic = Diagnostic::error("indicator-in-translation", message).at(source, entry.key_span);
        sink.push(
            diagnostic.help("remove it here: only `unit_label` is given in each language, the rest once in the default language"),
        );
    }
    label
}

fn number<T: std::str::FromStr>(fields: &mut Fields<'_>, key: &'static str, source: &SourceText, sink: &Sink) -> Option<T> {
    let node = fields.node(key)?;
    let number = literal(node).and_then(|text| text.parse().ok());
    if number.is_none() {
        let message = format!("`{key}` should be a small whole number");
        sink.push(
            Diagnostic::error("wrong-type", message)
                .at(source, node.span)
                .help(format!("write `{key} = 1` or another whole number")),
        );
    }
    number
}

fn bound(fields: &mut Fields<'_>, key: &'static str, source: &SourceText, sink: &Sink) -> Option<Decimal> {
    let node = fields.node(key)?;
    let number = literal(node).and_then(Decimal::parse);
    if number.is_none() {
        let message = format!("`{key}` should be a plain number");
        sink.push(
            Diagnostic::error("wrong-type", message)
                .at(source, node.span)
                .help(format!("write `{key} = 0`, with a decimal point and no grouping")),
        );
    }
    number
}

fn literal(node: &Node) -> Option<&str> {
    match &node.value {
        Data::Number(text) => Some(text),
        _ => None,
    }
}
