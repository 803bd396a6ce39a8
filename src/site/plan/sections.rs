use std::sync::Arc;

use super::pagers::{pager_address, pagers};
use super::{Job, Planner, Versions, start};
use crate::content::Section;
use crate::diagnostic::Diagnostic;
use crate::site::FeedOf;
use crate::template::{Pager, Translation};
use crate::text::{Lang, Place, Span};

impl Planner<'_> {
    pub(super) fn section(&mut self, id: usize, section: &Section) {
        let origin = section.source.path.to_string();
        let place = (!section.source.is_empty()).then(|| start(&section.source));
        match &section.front.redirect_to {
            Some((to, span)) => {
                if let Some(to) = self.redirect(section, to, *span) {
                    let job = Job::Alias(section.file.lang.clone(), to);
                    self.html(&section.path, job, &origin, place.clone(), Versions::default());
                }
            }
            None if section.front.render => self.section_pages(id, section, &origin, place.as_ref()),
            None => {}
        }
        if let Some(place) = place {
            for alias in &section.front.aliases {
                self.alias(alias, &section.permalink, &section.file.lang, &origin, &place);
            }
        }
        if section.front.generate_feeds {
            self.feeds(&section.file.lang, &section.path, FeedOf::Section(id), &origin);
        }
    }

    /// Where `redirect_to` leads: a web address, a content file by `@/…`, or a path of the site.
    pub(super) fn redirect(&self, section: &Section, to: &str, span: Span) -> Option<String> {
        if to.starts_with("http://") || to.starts_with("https://") {
            return Some(to.to_owned());
        }
        let Some(file) = to.strip_prefix("@/") else {
            let path = to.trim_start_matches('/');
            let of_folder = !path.is_empty()
                && !path.contains(['#', '?'])
                && path.rsplit('/').next().is_some_and(|name| !name.is_empty() && !name.contains('.'));
            return Some(self.site.config.permalink(&format!("/{path}{}", if of_folder { "/" } else { "" })));
        };
        let library = &self.site.library;
        let target = library.by_file(file).map(|target| library.in_language(target, &section.file.lang).unwrap_or(target));
        let permalink = target.and_then(|target| library.permalink(target)).map(str::to_owned);
        if permalink.is_none() && !library.is_broken(file) {
            if let Some(absence) = library.absence(file) {
                let diagnostic =
                    Diagnostic::warning("link-left-out", format!("`{file}` {absence}, so this section leads nowhere"));
                self.sink.push(diagnostic.at(&section.source, span).help("redirect it to a page that is always shown"));
                return None;
            }
            let diagnostic = Diagnostic::error("broken-link", format!("there is no content file `{file}`"));
            let help = match library.closest_file(file) {
                Some(meant) => format!("did you mean `@/{meant}`?"),
                None => "write the path of a file below content/".to_owned(),
            };
            self.sink.push(diagnostic.at(&section.source, span).help(help));
        }
        permalink
    }

    /// The page of a section, or those of its pager.
    pub(super) fn section_pages(&mut self, id: usize, section: &Section, origin: &str, place: Option<&Place>) {
        let own_pagers = |section: &Section| {
            let front = &section.front;
            let total = section.pages.len();
            pagers(&section.permalink, &front.paginate_path, front.paginate_by, total, front.paginate_reversed)
        };
        let versions: Vec<(&Section, Vec<Pager>)> = section
            .translations
            .iter()
            .filter_map(|id| self.site.library.sections.get(*id).map(|version| &**version))
            .filter(|version| version.front.render && version.front.redirect_to.is_none())
            .map(|version| (version, own_pagers(version)))
            .collect();
        let pagers = own_pagers(section);
        let count = pagers.len().max(1);
        for number in 1..=count {
            let pager = pagers.get(number - 1).cloned();
            let translations = versions.iter().filter_map(|(version, theirs)| {
                let permalink = if number == 1 { version.permalink.clone() } else { theirs.get(number - 1)?.url(number) };
                self.translation(&version.file.lang, &permalink, version.front.title.as_deref())
            });
            let here: Arc<[Translation]> = translations.collect();
            let elsewhere = self.elsewhere(&here, |lang| {
                let own = versions.iter().find(|(version, _)| version.file.lang == *lang);
                let whole = own.map(|(version, _)| (version.permalink.clone(), version.front.title.clone()));
                whole.or_else(|| self.nearest_section(&section.ancestors, lang))
            });
            let address = pager_address(&section.path, &section.front.paginate_path, number);
            let seen = if number == 1 { origin.to_owned() } else { format!("{origin}, page {number}") };
            self.html(&address, Job::Section(id, pager), &seen, place.cloned(), Versions { here, elsewhere });
        }
        self.first_page_alias(
            &section.path,
            &section.permalink,
            &section.front.paginate_path,
            !pagers.is_empty(),
            &section.file.lang,
            origin,
        );
    }

    /// `/news/page/1/` leads to `/news/`.
    pub(super) fn first_page_alias(
        &mut self,
        path: &str,
        permalink: &str,
        word: &str,
        paginated: bool,
        lang: &Lang,
        origin: &str,
    ) {
        if paginated {
            let job = Job::Alias(lang.clone(), permalink.to_owned());
            self.html(&format!("{path}{word}/1/"), job, &format!("the first page of {origin}"), None, Versions::default());
        }
    }
}
