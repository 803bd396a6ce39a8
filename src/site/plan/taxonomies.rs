use std::sync::Arc;

use super::elsewhere::nearest_of;
use super::pagers::{pager_address, pagers};
use super::{Job, Planner, Versions};
use crate::content::{Term, TermGroup};
use crate::site::FeedOf;
use crate::template::{Pager, Translation};
use crate::text::Lang;

impl Planner<'_> {
    pub(super) fn taxonomy(&mut self, id: usize, group: &TermGroup) {
        let groups: Vec<&TermGroup> =
            self.site.library.taxonomies.iter().filter(|other| other.taxonomy.name == group.taxonomy.name).collect();
        let permalink = |path: &str| self.site.config.permalink(path);
        let lists = groups.iter().filter(|other| !other.terms.is_empty() && other.taxonomy.render);
        let here: Arc<[Translation]> =
            lists.filter_map(|other| self.translation(&other.lang, &permalink(&other.path), None)).collect();
        let elsewhere = self.elsewhere(&here, |lang| self.nearest_section(&[], lang));
        let list = Versions { here, elsewhere };
        let origin = format!("the taxonomy `{}` in `{}`", group.taxonomy.name, group.lang);
        self.html(&group.path, Job::TermList(id), &origin, group.taxonomy.place.clone(), list.clone());
        for (term_id, term) in group.terms.iter().enumerate() {
            let (by, word) = (group.taxonomy.paginate_by, group.taxonomy.paginate_path.as_str());
            let twins: Vec<(&Lang, &Term, Vec<Pager>)> = groups
                .iter()
                .filter_map(|other| {
                    if other.lang == group.lang {
                        Some((&other.lang, term))
                    } else {
                        Some((&other.lang, group.twin(term, other, &self.site.config)?))
                    }
                })
                .map(|(lang, twin): (&Lang, &Term)| {
                    (lang, twin, pagers(&permalink(&twin.path), word, by, twin.pages.len(), false))
                })
                .collect();
            let pagers = pagers(&permalink(&term.path), word, by, term.pages.len(), false);
            let origin = format!("the term `{}` of `{}` in `{}`", term.name, group.taxonomy.name, group.lang);
            for number in 1..=pagers.len().max(1) {
                let translations = twins.iter().filter_map(|(lang, twin, theirs)| {
                    let address = if number == 1 { permalink(&twin.path) } else { theirs.get(number - 1)?.url(number) };
                    self.translation(lang, &address, Some(&twin.name))
                });
                let here: Arc<[Translation]> = translations.collect();
                let elsewhere = self.elsewhere(&here, |lang| {
                    let own = twins.iter().find(|(other, ..)| *other == lang);
                    let own = own.map(|(_, twin, _)| (permalink(&twin.path), Some(twin.name.clone())));
                    own.or_else(|| nearest_of(&list.here, lang)).or_else(|| self.nearest_section(&[], lang))
                });
                let job = Job::Term(id, term_id, pagers.get(number - 1).cloned());
                self.html(
                    &pager_address(&term.path, word, number),
                    job,
                    &origin,
                    group.taxonomy.place.clone(),
                    Versions { here, elsewhere },
                );
            }
            self.first_page_alias(&term.path, &permalink(&term.path), word, !pagers.is_empty(), &group.lang, &origin);
            if group.taxonomy.feed {
                self.feeds(&group.lang, &term.path, FeedOf::Term(id, term_id), &origin);
            }
        }
    }
}
