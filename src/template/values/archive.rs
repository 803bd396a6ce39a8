use tera::Value;

use super::basics::{list, object, text};
use crate::config::{Config, Language};
use crate::content::{Archive, ArchiveMonth, ArchiveYear};
use crate::locale::fill;
use crate::template::Site;
use crate::text::Lang;

/// An archive in the words of its language.
pub(super) struct Words<'a> {
    config: &'a Config,
    language: &'a Language,
}

/// The values of pages by their indices.
type Pages<'a> = &'a dyn Fn(&[usize]) -> Value;

impl<'a> Words<'a> {
    pub(super) fn of(site: &'a Site, lang: &Lang) -> Option<Self> {
        Some(Self { config: &site.config, language: site.config.language(lang)? })
    }

    /// The whole archive: its years with their months, without articles.
    pub(super) fn whole(&self, archive: &Archive) -> Value {
        let year = |year: &ArchiveYear| {
            let months = year.months.iter().map(|month| object(self.about_month(year, month)));
            object(self.about_year(year).into_iter().chain([("months", list(months))]))
        };
        let own = [("years", list(archive.years.iter().map(year))), ("count", archive.count().into())];
        object(self.about("all", archive).into_iter().chain(own))
    }

    /// A year with its months and their articles.
    pub(super) fn year(&self, archive: &Archive, year: i16, pages: Pages<'_>) -> Option<Value> {
        let at = archive.years.iter().position(|other| other.year == year)?;
        let found = archive.years.get(at)?;
        let months = found.months.iter().map(|month| {
            let articles = pages(&month.pages);
            object(self.about_month(found, month).into_iter().chain([("pages", articles)]))
        });
        let beside = |at: Option<usize>| {
            let year = at.and_then(|at| archive.years.get(at));
            year.map_or_else(Value::none, |year| object(self.about_year(year)))
        };
        let own = [
            ("year", object(self.about_year(found))),
            ("months", list(months)),
            ("previous", beside(at.checked_add(1))),
            ("next", beside(at.checked_sub(1))),
        ];
        Some(object(self.about("year", archive).into_iter().chain(own)))
    }

    /// A month with its articles.
    pub(super) fn month(&self, archive: &Archive, year: i16, month: i8, pages: Pages<'_>) -> Option<Value> {
        let months = || archive.years.iter().flat_map(|year| year.months.iter().map(move |month| (year, month)));
        let at = months().position(|(of, other)| of.year == year && other.month == month)?;
        let beside = |at: Option<usize>| {
            let month = at.and_then(|at| months().nth(at));
            month.map_or_else(Value::none, |(year, month)| object(self.about_month(year, month)))
        };
        let (of, found) = months().nth(at)?;
        let own = [
            ("year", object(self.about_year(of))),
            ("month", object(self.about_month(of, found))),
            ("pages", pages(&found.pages)),
            ("previous", beside(at.checked_add(1))),
            ("next", beside(at.checked_sub(1))),
        ];
        Some(object(self.about("month", archive).into_iter().chain(own)))
    }

    fn about(&self, kind: &'static str, archive: &Archive) -> [(&'static str, Value); 2] {
        [("kind", text(kind)), ("permalink", text(&self.config.permalink(&archive.path)))]
    }

    fn about_year(&self, year: &ArchiveYear) -> [(&'static str, Value); 4] {
        let words = fill(&self.language.locale.period.year, &[("y", &year.year.to_string())]);
        [
            ("year", i64::from(year.year).into()),
            ("title", text(&capitalized(&words))),
            ("permalink", text(&self.config.permalink(&year.path))),
            ("count", year.count().into()),
        ]
    }

    fn about_month(&self, year: &ArchiveYear, month: &ArchiveMonth) -> [(&'static str, Value); 6] {
        let locale = &self.language.locale;
        let index = usize::try_from(month.month - 1).unwrap_or_default();
        let name = locale.date.months.get(index).map(String::as_str).unwrap_or_default();
        let short = locale.date.short_months.get(index).map(String::as_str).unwrap_or_default();
        let (m, y) = (month.month.to_string(), year.year.to_string());
        let words = fill(&locale.period.month, &[("m", &m), ("y", &y), ("month", name), ("mon", short)]);
        [
            ("year", i64::from(year.year).into()),
            ("month", i64::from(month.month).into()),
            ("name", text(&capitalized(name))),
            ("title", text(&capitalized(&words))),
            ("permalink", text(&self.config.permalink(&month.path))),
            ("count", month.pages.len().into()),
        ]
    }
}

/// Words as they stand at the start of a line.
fn capitalized(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
