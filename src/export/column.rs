use super::{Dataset, Row};
use crate::indicator::{Basis, Frequency, Kind, ObsStatus, Qualifier};
use crate::locale::Decimal;

/// A column of the tidy table.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name, which is also that of the words that explain it.
    pub name: &'static str,
    /// What its cells are.
    pub kind: ColumnType,
    /// Whether no cell is empty.
    pub required: bool,
    /// The cell of a row.
    pub cell: fn(&Dataset<'_>, &Row<'_>) -> String,
}

/// What the cells of a column are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ColumnType {
    /// Words of writers.
    Text,
    /// Words of ours, of a known form.
    Code(Codes),
    /// A decimal number.
    Number,
    /// A whole number.
    Integer,
    /// `true` or `false`.
    Boolean,
    /// A day, `2016-08-31`.
    Date,
    /// A full address.
    Url,
}

/// The words that the cells of a column are of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Codes {
    /// Periods.
    Period,
    /// Frequencies.
    Frequency,
    /// Qualifiers.
    Qualifier,
    /// Statuses.
    Status,
    /// Kinds.
    Kind,
    /// Bases of changes.
    Basis,
}

impl Codes {
    /// All of them, where they can be listed.
    pub fn words(self) -> Vec<String> {
        fn of<T>(words: &[(&str, T)]) -> Vec<String> {
            words.iter().map(|(word, _)| (*word).to_owned()).collect()
        }
        match self {
            Self::Period => Vec::new(),
            Self::Frequency => of(&Frequency::WORDS),
            Self::Qualifier => of(&Qualifier::WORDS),
            Self::Status => ObsStatus::LETTERS.chars().map(String::from).collect(),
            Self::Kind => of(&Kind::WORDS),
            Self::Basis => of(&Basis::WORDS),
        }
    }
}

const fn column(name: &'static str, kind: ColumnType, required: bool, cell: fn(&Dataset<'_>, &Row<'_>) -> String) -> Column {
    Column { name, kind, required, cell }
}

/// The columns of the tidy table.
pub const COLUMNS: [Column; 24] = [
    column("indicator", ColumnType::Text, true, |dataset, _| dataset.slug.to_owned()),
    column("label", ColumnType::Text, true, |dataset, _| dataset.title().to_owned()),
    column("ref_area", ColumnType::Text, false, |_, row| row.area.to_owned()),
    column("area", ColumnType::Text, false, |_, row| row.area_name.to_owned()),
    column("freq", ColumnType::Code(Codes::Frequency), true, |_, row| row.metric.period.frequency().word().to_owned()),
    column("time_period", ColumnType::Code(Codes::Period), true, |_, row| row.metric.period.to_string()),
    column("obs_value", ColumnType::Number, false, |_, row| number(row.value())),
    column("low", ColumnType::Number, false, |_, row| number(row.limits().map(|(low, _)| low))),
    column("high", ColumnType::Number, false, |_, row| number(row.limits().map(|(_, high)| high))),
    column("qualifier", ColumnType::Code(Codes::Qualifier), true, |_, row| row.metric.qualifier.word().to_owned()),
    column("obs_status", ColumnType::Code(Codes::Status), true, |_, row| row.metric.status.letter().to_string()),
    column("kind", ColumnType::Code(Codes::Kind), true, |_, row| row.metric.kind.word().to_owned()),
    column("unit_measure", ColumnType::Text, true, |dataset, _| dataset.definition.unit.clone()),
    column("unit_mult", ColumnType::Integer, true, |dataset, _| dataset.definition.unit_mult.to_string()),
    column("unit_label", ColumnType::Text, false, |dataset, _| dataset.definition.unit_label(&dataset.language.code).to_owned()),
    column("change_percent", ColumnType::Number, false, |_, row| number(row.metric.change.map(|change| change.value))),
    column("change_basis", ColumnType::Code(Codes::Basis), false, |_, row| {
        row.metric.change.map(|change| change.basis.word()).unwrap_or_default().to_owned()
    }),
    column("superseded", ColumnType::Boolean, true, |_, row| row.superseded.to_string()),
    column("period_start", ColumnType::Date, true, |_, row| row.metric.period.start().to_string()),
    column("period_end", ColumnType::Date, true, |_, row| row.metric.period.end().to_string()),
    column("article_url", ColumnType::Url, true, |_, row| row.article.map(|page| page.permalink.clone()).unwrap_or_default()),
    column("published", ColumnType::Date, false, |_, row| {
        let date = row.article.and_then(|page| page.front.date.as_ref());
        date.map(|date| date.date().to_string()).unwrap_or_default()
    }),
    column("source", ColumnType::Text, false, |_, row| row.source.unwrap_or_default().to_owned()),
    column("comment", ColumnType::Text, false, |_, row| row.metric.comment.clone().unwrap_or_default()),
];

fn number(number: Option<Decimal>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}
