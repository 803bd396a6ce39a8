use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Page, SortBy, sort, untranslated};
use crate::config::Config;
use crate::text::Lang;

/// The articles of a language by year and month, newest first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Archive {
    /// The language.
    pub lang: Lang,
    /// Its address, below the site's.
    pub path: String,
    /// The years that have articles.
    pub years: Vec<ArchiveYear>,
}

/// A year of an archive.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ArchiveYear {
    /// The year.
    pub year: i16,
    /// Its address, below the site's.
    pub path: String,
    /// Its months that have articles.
    pub months: Vec<ArchiveMonth>,
}

/// A month of an archive.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ArchiveMonth {
    /// The month, from 1.
    pub month: i8,
    /// Its address, below the site's.
    pub path: String,
    /// Its articles.
    pub pages: Vec<usize>,
}

impl Archive {
    /// How many articles there are.
    pub fn count(&self) -> usize {
        self.years.iter().map(ArchiveYear::count).sum()
    }

    /// A year, if it has articles.
    pub fn year(&self, year: i16) -> Option<&ArchiveYear> {
        self.years.iter().find(|other| other.year == year)
    }

    /// A month, if it has articles.
    pub fn month(&self, year: i16, month: i8) -> Option<&ArchiveMonth> {
        self.year(year)?.months.iter().find(|other| other.month == month)
    }
}

impl ArchiveYear {
    /// How many articles there are.
    pub fn count(&self) -> usize {
        self.months.iter().map(|month| month.pages.len()).sum()
    }
}

/// The archive of each language that has pages with a date, in the order of the site's languages; none unless the site wants
/// archives. A date is that of the day as the writer typed it.
pub(super) fn archives(pages: &[Arc<Page>], config: &Config) -> Vec<Archive> {
    if config.tinso.archive.is_none() {
        return Vec::new();
    }
    let mut months: BTreeMap<&Lang, BTreeMap<(Reverse<i16>, Reverse<i8>), Vec<usize>>> = BTreeMap::new();
    let own = pages.iter().enumerate().filter(|(_, page)| page.front.render).map(|(id, page)| (id, &page.file.lang));
    for (id, lang) in own.chain(untranslated::guests(pages, config)) {
        if let Some(date) = pages.get(id).and_then(|page| page.front.date.as_ref()).map(super::Stamp::date) {
            let of_language = months.entry(lang).or_default();
            of_language.entry((Reverse(date.year()), Reverse(date.month()))).or_default().push(id);
        }
    }
    let languages = config.languages.iter().filter_map(|language| Some((&language.code, months.remove(&language.code)?)));
    languages.map(|(lang, months)| archive(lang, months, pages, config)).collect()
}

fn archive(
    lang: &Lang,
    months: BTreeMap<(Reverse<i16>, Reverse<i8>), Vec<usize>>,
    pages: &[Arc<Page>],
    config: &Config,
) -> Archive {
    let path = format!("{}archive/", config.language_prefix(lang));
    let mut years: Vec<ArchiveYear> = Vec::new();
    for ((Reverse(year), Reverse(month)), mut articles) in months {
        sort::sort_pages(&mut articles, SortBy::Date, pages);
        let path = format!("{path}{year:04}/");
        let month = ArchiveMonth { month, path: format!("{path}{month:02}/"), pages: articles };
        match years.last_mut().filter(|last| last.year == year) {
            Some(last) => last.months.push(month),
            None => years.push(ArchiveYear { year, path, months: vec![month] }),
        }
    }
    Archive { lang: lang.clone(), path, years }
}
