use std::collections::HashMap;

use rayon::prelude::*;
use tera::Value;
use tera::value::Key;

use super::plan::{Job, Plan, Planned};
use crate::template::{Pager, Site, Translation, Values, object};

/// The most addresses in one file; more are cut into `sitemap1.xml`, `sitemap2.xml`, …
pub(super) const LONGEST: usize = 30_000;

/// Every page that a reader may come to.
pub(super) fn listed<'a>(plan: &'a Plan, site: &'a Site) -> impl Iterator<Item = &'a Planned> {
    let skipped = |pager: &Option<Pager>| {
        site.config.exclude_paginated_pages_in_sitemap && pager.as_ref().is_some_and(|pager| pager.number > 1)
    };
    plan.values().map(|planned| &**planned).filter(move |planned| match &planned.job {
        Job::Section(_, pager) | Job::Term(_, _, pager) => !skipped(pager),
        Job::Page(_) | Job::TermList(_) | Job::Archive(_) | Job::SearchPage(_) => true,
        _ => false,
    })
}

/// Every page that a reader may come to, by address, with its language versions.
pub(super) fn entries(plan: &Plan, site: &Site, values: &Values) -> Vec<Value> {
    let mut listed: Vec<&Planned> = listed(plan, site).collect();
    listed.sort_by(|a, b| a.permalink.cmp(&b.permalink));
    // Language versions share theirs.
    let several: HashMap<usize, &[Translation]> =
        listed.iter().map(|planned| (address(planned), &*planned.translations)).filter(|(_, all)| all.len() > 1).collect();
    let lang = &site.config.default_language;
    let value = |all: &[Translation]| Value::from(all.iter().map(|translation| translation.value(lang)).collect::<Vec<_>>());
    let versions: Versions = several.into_par_iter().map(|(address, all)| (address, value(all))).collect();
    listed.into_par_iter().map(|planned| entry(planned, site, values, &versions)).collect()
}

/// Values of language versions by their [`address`] in memory.
type Versions = HashMap<usize, Value>;

fn address(planned: &Planned) -> usize {
    planned.translations.as_ptr().addr()
}

fn entry(planned: &Planned, site: &Site, values: &Values, versions: &Versions) -> Value {
    // What stands in the page's own value is shared with it.
    let extra = |of: Option<&Value>| of.and_then(Value::as_map)?.get(&Key::Str("extra")).cloned();
    let (updated, extra) = match &planned.job {
        Job::Page(id) => {
            let front = site.library.pages.get(*id).map(|page| &page.front);
            let changed = front.and_then(|front| front.updated.as_ref().or(front.date.as_ref()));
            (changed.map(|stamp| stamp.text.as_str()), extra(values.listed(site, *id)))
        }
        Job::Section(id, _) => (None, extra(values.section(site, *id))),
        _ => (None, None),
    };
    let translations = versions.get(&address(planned)).cloned();
    let default = planned.translations.iter().find(|translation| translation.lang == site.config.default_language);
    let default = default.filter(|_| translations.is_some());
    object([
        ("permalink", Value::from(planned.permalink.as_str())),
        ("extra", extra.unwrap_or_else(Value::none)),
        ("updated", updated.map_or_else(Value::none, Value::from)),
        ("translations", translations.unwrap_or_else(|| Value::from(Vec::<Value>::new()))),
        ("x_default", default.map_or_else(Value::none, |default| Value::from(default.permalink.as_str()))),
    ])
}
