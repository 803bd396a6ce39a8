use std::collections::BTreeMap;

use super::{Dataset, Row};
use crate::config::Language;
use crate::indicator::{Basis, Frequency, Kind, Note, ObsStatus, Qualifier, RevisionType};
use crate::locale::{Decimal, fill};

/// The member of a dimension that stands for all, as SDMX has it.
pub(super) const ALL: &str = "_T";

/// A column of the tidy table.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What its cells are.
    pub kind: ColumnType,
    /// Whether no cell is empty.
    pub required: bool,
    source: Source,
}

/// Where the cells of a column are from.
#[derive(Clone, Debug)]
enum Source {
    /// What every row has.
    Row(fn(&Dataset<'_>, &Row<'_>) -> String),
    /// The member of a dimension, with the dimension's name in words.
    Dimension(String, Note),
}

impl Column {
    /// The cell of a row.
    pub fn cell(&self, dataset: &Dataset<'_>, row: &Row<'_>) -> String {
        match &self.source {
            Source::Row(cell) => cell(dataset, row),
            Source::Dimension(dimension, _) => row.metric.breakdown.member(dimension).unwrap_or(ALL).to_owned(),
        }
    }

    /// What it is, in words.
    pub fn about(&self, language: &Language) -> String {
        let words = &language.locale.export;
        match &self.source {
            Source::Row(_) => words.get(&self.name).to_owned(),
            Source::Dimension(dimension, label) => {
                let label = label.text(&language.code).map_or(dimension.as_str(), |(text, _)| text);
                fill(words.get("dimension"), &[("label", label)])
            }
        }
    }

    /// Whether rows are told apart by it.
    pub fn is_key(&self) -> bool {
        const KEY: [&str; 5] = ["indicator", "ref_area", "time_period", "kind", "article_url"];
        matches!(self.source, Source::Dimension(..)) || KEY.contains(&self.name.as_str())
    }
}

/// The columns of the tidy table of what is broken down by these dimensions.
pub fn columns(dimensions: &BTreeMap<&str, Note>) -> Vec<Column> {
    let fixed = |(name, kind, required, cell): &Fixed| Column {
        name: (*name).to_owned(),
        kind: *kind,
        required: *required,
        source: Source::Row(*cell),
    };
    // A dimension may have the name of a column.
    let is_taken = |name: &str| BEFORE.iter().chain(&AFTER).any(|(taken, ..)| *taken == name);
    let dimension = |(name, label): (&&str, &Note)| Column {
        name: if is_taken(name) { format!("by_{name}") } else { (*name).to_owned() },
        kind: ColumnType::Text,
        required: true,
        source: Source::Dimension((*name).to_owned(), label.clone()),
    };
    BEFORE.iter().map(fixed).chain(dimensions.iter().map(dimension)).chain(AFTER.iter().map(fixed)).collect()
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
    /// Types of revisions.
    Revision,
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
            Self::Revision => of(&RevisionType::WORDS),
        }
    }
}

type Fixed = (&'static str, ColumnType, bool, fn(&Dataset<'_>, &Row<'_>) -> String);

/// The columns before those of dimensions.
const BEFORE: [Fixed; 4] = [
    ("indicator", ColumnType::Text, true, |dataset, _| dataset.slug.to_owned()),
    ("label", ColumnType::Text, true, |dataset, _| dataset.title().to_owned()),
    ("ref_area", ColumnType::Text, false, |_, row| row.area.to_owned()),
    ("area", ColumnType::Text, false, |_, row| row.area_name.to_owned()),
];

/// The columns after those of dimensions.
const AFTER: [Fixed; 25] = [
    ("freq", ColumnType::Code(Codes::Frequency), true, |_, row| row.metric.period.frequency().word().to_owned()),
    ("time_period", ColumnType::Code(Codes::Period), true, |_, row| row.metric.period.to_string()),
    ("obs_value", ColumnType::Number, false, |_, row| number(row.value())),
    ("low", ColumnType::Number, false, |_, row| number(row.limits().map(|(low, _)| low))),
    ("high", ColumnType::Number, false, |_, row| number(row.limits().map(|(_, high)| high))),
    ("qualifier", ColumnType::Code(Codes::Qualifier), true, |_, row| row.metric.qualifier.word().to_owned()),
    ("obs_status", ColumnType::Code(Codes::Status), true, |_, row| row.metric.status.letter().to_string()),
    ("kind", ColumnType::Code(Codes::Kind), true, |_, row| row.metric.kind.word().to_owned()),
    ("unit_measure", ColumnType::Text, true, |dataset, _| dataset.definition.unit.clone()),
    ("unit_mult", ColumnType::Integer, true, |dataset, _| dataset.definition.unit_mult.to_string()),
    ("unit_label", ColumnType::Text, false, |dataset, _| dataset.unit_label().to_owned()),
    ("change_percent", ColumnType::Number, false, |_, row| number(row.metric.change.map(|change| change.value))),
    ("change_basis", ColumnType::Code(Codes::Basis), false, |_, row| {
        row.metric.change.map(|change| change.basis.word()).unwrap_or_default().to_owned()
    }),
    ("superseded", ColumnType::Boolean, true, |_, row| row.superseded.to_string()),
    ("revision", ColumnType::Code(Codes::Revision), false, |_, row| {
        row.metric.revision.as_ref().map(|revision| revision.kind.word()).unwrap_or_default().to_owned()
    }),
    ("revision_note", ColumnType::Text, false, |dataset, row| row.revision_note(dataset).unwrap_or_default().to_owned()),
    ("ci_low", ColumnType::Number, false, |_, row| number(row.metric.interval.map(|interval| interval.low))),
    ("ci_high", ColumnType::Number, false, |_, row| number(row.metric.interval.map(|interval| interval.high))),
    ("ci_level", ColumnType::Number, false, |_, row| number(row.metric.interval.and_then(|interval| interval.level))),
    ("period_start", ColumnType::Date, true, |_, row| row.metric.period.start().to_string()),
    ("period_end", ColumnType::Date, true, |_, row| row.metric.period.end().to_string()),
    ("article_url", ColumnType::Url, true, |_, row| row.article.map(|page| page.permalink.clone()).unwrap_or_default()),
    ("published", ColumnType::Date, false, |_, row| {
        let date = row.article.and_then(|page| page.front.date.as_ref());
        date.map(|date| date.date().to_string()).unwrap_or_default()
    }),
    ("source", ColumnType::Text, false, |_, row| row.source.unwrap_or_default().to_owned()),
    ("comment", ColumnType::Text, false, |dataset, row| row.comment(dataset).unwrap_or_default().to_owned()),
];

fn number(number: Option<Decimal>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}
