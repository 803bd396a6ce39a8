use tera::Value;

use super::plan::{Job, Plan};
use crate::template::{Pager, Site, object, table};

/// The most addresses in one file; more are cut into `sitemap1.xml`, `sitemap2.xml`, …
pub(super) const LONGEST: usize = 30_000;

/// Every page that a reader may come to, by address, with its language versions.
pub(super) fn entries(plan: &Plan, site: &Site) -> Vec<Value> {
    let mut entries: Vec<(&str, Value)> = Vec::new();
    for planned in plan.values() {
        let skipped = |pager: &Option<Pager>| {
            site.config.exclude_paginated_pages_in_sitemap && pager.as_ref().is_some_and(|pager| pager.number > 1)
        };
        let (updated, extra) = match &planned.job {
            Job::Page(id) => {
                let front = site.library.pages.get(*id).map(|page| &page.front);
                let changed = front.and_then(|front| front.updated.as_ref().or(front.date.as_ref()));
                (changed.map(|stamp| stamp.text.clone()), front.map(|front| &front.extra))
            }
            Job::Section(_, pager) | Job::Term(_, _, pager) if skipped(pager) => continue,
            Job::Section(id, _) => (None, site.library.sections.get(*id).map(|section| &section.front.extra)),
            Job::TermList(_) | Job::Term(..) => (None, None),
            _ => continue,
        };
        let several = planned.translations.len() > 1;
        let lang = &site.config.default_language;
        let translations: Vec<Value> =
            planned.translations.iter().filter(|_| several).map(|translation| translation.value(lang)).collect();
        let default = planned.translations.iter().find(|translation| several && translation.lang == *lang);
        let entry = object([
            ("permalink", Value::from(planned.permalink.as_str())),
            ("extra", extra.map_or_else(Value::none, table)),
            ("updated", updated.map_or_else(Value::none, Value::from)),
            ("translations", Value::from(translations)),
            ("x_default", default.map_or_else(Value::none, |default| Value::from(default.permalink.as_str()))),
        ]);
        entries.push((&planned.permalink, entry));
    }
    entries.sort_by(|a, b| a.0.cmp(b.0));
    entries.into_iter().map(|(_, entry)| entry).collect()
}
