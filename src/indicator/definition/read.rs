use super::{Definition, Reference};
use crate::data::{Data, Fields, Node, Table};
use crate::diagnostic::{Diagnostic, Sink};
use crate::indicator::NoteReading;
use crate::indicator::breakdown::read_dimensions;
use crate::indicator::breaks::read_breaks;
use crate::indicator::metric::read_targets;
use crate::indicator::{ChartWishes, Direction, Frequency, Measure};
use crate::locale::Decimal;
use crate::text::{Lang, SourceText, Span};

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
    let fiscal_year_start = number(&mut fields, "fiscal_year_start", source, sink);
    let ref_area = fields.text("ref_area").unwrap_or_default().to_owned();
    let mut reference = |key| {
        let (slug, span) = fields.text_at(key)?;
        Some(Reference { slug: slug.to_owned(), place: source.place(span) })
    };
    let (part_of, population) = (reference("part_of"), reference("population"));
    let breaks = read_breaks(&fields.tables("break"), &NoteReading { source, lang, sink });
    let targets = read_targets(source, &fields.tables("target"), lang, sink);
    let dimensions = read_dimensions(&mut fields, source, lang, sink);
    let chart = fields.table("chart").map(|table| ChartWishes::read(table, source, sink)).unwrap_or_default();
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
    if fiscal_year_start.is_some_and(|month: i8| !(1..=12).contains(&month)) {
        let at = table.get("fiscal_year_start").map_or(span, |node| node.span);
        let diagnostic = Diagnostic::error("bad-month", "`fiscal_year_start` is not the number of a month").at(source, at);
        sink.push(diagnostic.help("write 1 for January to 12 for December: `fiscal_year_start = 7`"));
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
        fiscal_year_start: fiscal_year_start.filter(|month| (2..=12).contains(month)),
        ref_area,
        dimensions,
        part_of,
        population,
        breaks,
        targets,
        chart,
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
