use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::text::Lang;

/// How one language writes numbers, dates, periods and the words of statistics.
///
/// Patterns hold names in braces that are filled in: `{y}` year, `{m}` month number, `{month}` and
/// `{mon}` its long and short name, `{d}` day, `{n}` a number with its unit.
#[derive(Clone, Serialize, Deserialize, Debug, PartialEq)]
pub struct Locale {
    /// The language's own name.
    pub name: String,
    /// Separators.
    pub number: NumberWords,
    /// Dates.
    pub date: DateWords,
    /// Time periods as they stand in a sentence.
    pub period: PeriodWords,
    /// Words around a number by qualifier: `over` → `hơn {n}`.
    pub qualifier: BTreeMap<String, String>,
    /// Words for `actual` and `target`.
    pub kind: BTreeMap<String, String>,
    /// What a measure is, in words.
    pub measure: BTreeMap<String, String>,
    /// Changes.
    pub change: ChangeWords,
    /// What is said of an observation beside its value.
    pub observation: BTreeMap<String, String>,
    /// What is computed of a series.
    pub computed: BTreeMap<String, String>,
    /// Words for the letters of SDMX CL_OBS_STATUS.
    pub status: BTreeMap<String, String>,
    /// The words of charts.
    pub chart: ChartWords,
    /// The words of data exports.
    pub export: ChartWords,
}

/// Separators of numbers.
#[derive(Clone, Serialize, Deserialize, Debug, PartialEq)]
pub struct NumberWords {
    /// Between whole part and decimals.
    pub decimal: String,
    /// Between groups of three digits.
    pub group: String,
    /// The percent sign.
    pub percent: String,
}

/// Dates and their names.
#[derive(Clone, Serialize, Deserialize, Debug, PartialEq)]
pub struct DateWords {
    /// A date in running text.
    pub long: String,
    /// A date in a table.
    pub short: String,
    /// January to December.
    pub months: Vec<String>,
    /// The same, short.
    pub short_months: Vec<String>,
    /// Monday to Sunday.
    pub weekdays: Vec<String>,
    /// The same, short.
    pub short_weekdays: Vec<String>,
    /// The halves of a day, as in 9:30 AM.
    pub day_periods: Vec<String>,
}

impl DateWords {
    /// The half of the day that an hour is in.
    pub fn day_period(&self, hour: i8) -> &str {
        self.day_periods.get(usize::from(hour >= 12)).map_or("", String::as_str)
    }
}

/// Patterns of time periods.
#[derive(Clone, Serialize, Deserialize, Debug, PartialEq)]
pub struct PeriodWords {
    /// A calendar year.
    pub year: String,
    /// A fiscal year.
    pub fiscal: String,
    /// First and second half.
    pub halves: Vec<String>,
    /// First to fourth quarter.
    pub quarters: Vec<String>,
    /// A month.
    pub month: String,
    /// A week.
    pub week: String,
    /// A day.
    pub day: String,
    /// A range of whole years.
    pub years: String,
    /// January to a month of the same year.
    pub to_date: String,
    /// Any other range.
    pub range: String,
    /// The same for axes and narrow columns.
    pub short: Option<Box<PeriodWords>>,
}

/// Words of change.
#[derive(Clone, Serialize, Deserialize, Debug, PartialEq)]
pub struct ChangeWords {
    /// More.
    pub up: String,
    /// Less.
    pub down: String,
    /// The same.
    pub flat: String,
    /// Percentage points.
    pub points: String,
    /// Against the previous period.
    pub previous_period: String,
    /// Against the same period a year before.
    pub same_period_last_year: String,
    /// Against a named period.
    pub from_period: String,
    /// In the good direction.
    pub better: String,
    /// In the bad direction.
    pub worse: String,
}

/// The words of charts, by name.
#[derive(Clone, Serialize, Deserialize, Debug, PartialEq)]
pub struct ChartWords(BTreeMap<String, String>);

impl ChartWords {
    /// A word or sentence pattern; its own name where a language has none.
    pub fn get<'a>(&'a self, name: &'a str) -> &'a str {
        self.0.get(name).map_or(name, String::as_str)
    }
}

impl Locale {
    /// The languages that tinso knows the words of.
    pub const KNOWN: [&'static str; 2] = ["vi", "en"];

    /// The words of a language, by its first subtag. Where tinso has no words of statistics for it, those are English; its
    /// names of days and months and its separators are its own in about forty languages more.
    ///
    /// # Errors
    /// When the words that this build of tinso carries cannot be read: a mistake in tinso itself.
    pub fn of(lang: &Lang) -> Result<Arc<Self>, String> {
        type Read<T> = LazyLock<Result<T, String>>;
        static VI: Read<Arc<Locale>> = LazyLock::new(|| read(include_str!("data/vi.toml")).map(Arc::new));
        static EN: Read<Arc<Locale>> = LazyLock::new(|| read(include_str!("data/en.toml")).map(Arc::new));
        static NAMED: Read<BTreeMap<String, Arc<Locale>>> = LazyLock::new(|| named(EN.as_deref().map_err(Clone::clone)?));
        match lang.as_str().split('-').next().unwrap_or_default() {
            "vi" => VI.clone(),
            "en" => EN.clone(),
            code => {
                // `no` stands for one of the two Norwegians.
                let code = if code == "no" { "nb" } else { code };
                let named = NAMED.as_ref().map_err(Clone::clone)?;
                named.get(code).cloned().map_or_else(|| EN.clone(), Ok)
            }
        }
    }

    /// Whether tinso knows a language's own names of days and months.
    pub fn has_names(lang: &Lang) -> bool {
        Self::is_known(lang) || Self::of(lang).is_ok_and(|locale| locale.name != "English")
    }

    /// Whether tinso knows a language's own words, those of charts and statistics too.
    pub fn is_known(lang: &Lang) -> bool {
        Self::KNOWN.contains(&lang.as_str().split('-').next().unwrap_or_default())
    }

    /// Whether the words of charts are those of English.
    pub fn has_english_charts(&self) -> bool {
        Self::of(&Lang::new("en")).is_ok_and(|english| self.chart == english.chart)
    }

    /// A word from one of the tables, or its key where the language has none.
    pub fn word<'a>(table: &'a BTreeMap<String, String>, key: &'a str) -> &'a str {
        table.get(key).map_or(key, String::as_str)
    }
}

/// Names and separators of a language that tinso has no words of statistics for.
#[derive(Deserialize)]
struct Names {
    name: String,
    decimal: String,
    group: String,
    #[serde(flatten)]
    date: DateWords,
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    toml::from_str(text).map_err(|error| error.to_string())
}

/// The languages of `data/names.toml`, over English.
fn named(english: &Locale) -> Result<BTreeMap<String, Arc<Locale>>, String> {
    let names: BTreeMap<String, Names> = toml::from_str(include_str!("data/names.toml")).map_err(|error| error.to_string())?;
    let locale = |names: Names| Locale {
        name: names.name,
        number: NumberWords { decimal: names.decimal, group: names.group, percent: english.number.percent.clone() },
        date: names.date,
        ..english.clone()
    };
    Ok(names.into_iter().map(|(code, names)| (code, Arc::new(locale(names)))).collect())
}

/// Fills the names in braces of a pattern; unknown names stay.
pub fn fill(pattern: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern;
    while let Some((before, from_brace)) = rest.split_once('{') {
        filled.push_str(before);
        let known = from_brace
            .split_once('}')
            .and_then(|(name, after)| values.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value, after)));
        match known {
            Some((value, after)) => {
                filled.push_str(value);
                rest = after;
            }
            None => {
                filled.push('{');
                rest = from_brace;
            }
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_carried_can_be_read_and_is_complete() {
        for code in Locale::KNOWN {
            let locale = Locale::of(&Lang::new(code)).unwrap();
            assert_eq!(locale.date.months.len(), 12);
            assert_eq!(locale.date.short_months.len(), 12);
            assert_eq!(locale.date.weekdays.len(), 7);
            assert_eq!(locale.date.short_weekdays.len(), 7);
            assert_eq!(locale.date.day_periods.len(), 2);
            for period in [Some(&locale.period), locale.period.short.as_deref()] {
                let period = period.unwrap();
                assert_eq!((period.halves.len(), period.quarters.len()), (2, 4));
            }
        }
        let keys = |code: &str| Locale::of(&Lang::new(code)).unwrap().chart.0.keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys("vi"), keys("en"));
        let keys = |code: &str| Locale::of(&Lang::new(code)).unwrap().export.0.keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys("vi"), keys("en"));
        let tables = |code: &str| {
            let locale = Locale::of(&Lang::new(code)).unwrap();
            [&locale.computed, &locale.observation, &locale.status, &locale.qualifier]
                .map(|table| table.keys().cloned().collect::<Vec<_>>())
        };
        assert_eq!(tables("vi"), tables("en"));
    }

    #[test]
    fn other_languages_have_their_own_names_and_english_words() {
        let of = |code: &str| Locale::of(&Lang::new(code)).unwrap();
        assert_eq!((of("fr").date.months[2].as_str(), of("fr").number.group.as_str()), ("mars", "\u{202f}"));
        assert_eq!((of("de-AT").date.weekdays[0].as_str(), of("de").name.as_str()), ("Montag", "Deutsch"));
        assert_eq!((of("ja").date.long.as_str(), of("ja").change.up.as_str()), ("{y}年{m}月{d}日", "up {n}"));
        assert_eq!(of("xx").name, "English");
        for code in ["ar", "cs", "es", "it", "ko", "nl", "pl", "pt", "ru", "zh"] {
            let date = &of(code).date;
            assert_eq!((date.months.len(), date.short_months.len(), date.weekdays.len()), (12, 12, 7), "{code}");
        }
    }

    #[test]
    fn a_pattern_is_filled_once_and_keeps_what_it_does_not_know() {
        assert_eq!(fill("{a} {b} {", &[("a", "{b}")]), "{b} {b} {");
    }
}
