use std::sync::Arc;

use super::elsewhere::{NOTICE, Nearest};
use super::{Job, Planner, Versions};
use crate::content::Archive;
use crate::template::Translation;
use crate::text::Lang;

/// A page of an archive.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ArchiveOf {
    /// The archive, by its index.
    pub archive: usize,
    /// Its year, if it is the page of one or of a month.
    pub year: Option<i16>,
    /// Its month, if it is the page of one.
    pub month: Option<i8>,
}

impl ArchiveOf {
    /// The address of the same part of an archive, if it has that.
    fn path(self, archive: &Archive) -> Option<&str> {
        match (self.year, self.month) {
            (Some(year), Some(month)) => archive.month(year, month).map(|month| month.path.as_str()),
            (Some(year), None) => archive.year(year).map(|year| year.path.as_str()),
            (None, _) => Some(&archive.path),
        }
    }

    /// The part that it is in.
    fn above(self) -> Option<Self> {
        match (self.year, self.month) {
            (None, _) => None,
            (Some(_), None) => Some(Self { year: None, ..self }),
            (Some(_), Some(_)) => Some(Self { month: None, ..self }),
        }
    }
}

impl Planner<'_> {
    /// The pages of an archive: of all of it, of its years and of its months.
    pub(super) fn archive(&mut self, id: usize, archive: &Archive) {
        let whole = ArchiveOf { archive: id, year: None, month: None };
        self.part_of_archive(whole, archive);
        for year in &archive.years {
            let of_year = ArchiveOf { year: Some(year.year), ..whole };
            self.part_of_archive(of_year, archive);
            for month in &year.months {
                self.part_of_archive(ArchiveOf { month: Some(month.month), ..of_year }, archive);
            }
        }
    }

    fn part_of_archive(&mut self, of: ArchiveOf, archive: &Archive) {
        let config = &self.site.config;
        let archives = self.site.library.archives.iter();
        let version = |other: &Archive| self.translation(&other.lang, &config.permalink(of.path(other)?), None);
        let here: Arc<[Translation]> = archives.filter_map(version).collect();
        let elsewhere = self.elsewhere(&here, |lang| self.nearest_archive(of, lang));
        let origin = format!("the archive in `{}`", archive.lang);
        if let Some(path) = of.path(archive) {
            self.html(path, Job::Archive(of), &origin, config.tinso.archive.clone(), Versions { here, elsewhere });
        }
    }

    /// What of a language's archive is nearest to a part that it lacks, else its home page.
    fn nearest_archive(&self, of: ArchiveOf, lang: &Lang) -> Option<Nearest> {
        let archive = self.site.library.archives.iter().find(|archive| archive.lang == *lang);
        let parts = std::iter::successors(of.above(), |part| part.above());
        let path = archive.and_then(|archive| parts.into_iter().find_map(|part| part.path(archive)));
        let address = path.map(|path| format!("{}{NOTICE}", self.site.config.permalink(path)));
        address.map(|address| (address, None)).or_else(|| self.nearest_section(&[], lang))
    }
}
