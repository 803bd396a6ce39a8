//! The pages that somebody waits for while a site is made for the first time.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use super::Outputs;
use super::bodies::{self, Bodies, Extent};
use crate::asset::{Receive, StaticFile, Stylesheet};
use crate::content::LinkTarget;
use crate::diagnostic::Sink;
use crate::site::{self, Job, Plan, Records, Rendered, Why, plan_files, render};
use crate::template::{Engine, Files, Given, Remember, Since, Site, Values};
use crate::text::SitePath;

/// How often it is looked for the texts that the pages need.
const ROUNDS: usize = 2;

/// Makes the pages that are asked for, and what needs no template, before all else; as long as they need few texts and
/// nothing is wrong with them.
pub(super) fn show(
    site: &Site,
    plan: &Plan,
    statics: &BTreeMap<SitePath, StaticFile>,
    stylesheets: &[Stylesheet],
    receive: &dyn Receive,
) {
    let wanted = receive.first();
    let pages: Plan =
        plan.iter().filter(|(path, _)| wanted.contains(*path)).map(|(path, job)| (path.clone(), job.clone())).collect();
    if pages.is_empty() {
        return;
    }
    let own = |job: &Job| match job {
        Job::Page(id) => site.library.path(LinkTarget::Page(*id)),
        Job::Section(id, _) => site.library.path(LinkTarget::Section(*id)),
        _ => None,
    };
    let mut texts: BTreeSet<SitePath> = pages.values().filter_map(|planned| own(&planned.job)).cloned().collect();
    let pages = plan_files(pages, site, &[], statics.clone(), stylesheets.to_vec(), &Sink::new());
    for _ in 0..ROUNDS {
        let Some((outputs, needed)) = made(site, &pages, &texts, stylesheets) else { return };
        if needed.is_subset(&texts) {
            outputs.into_iter().for_each(|(path, bytes)| receive.receive(&path, bytes));
            return receive.first_made(true);
        }
        texts.extend(needed);
    }
}

/// The outputs of a plan with no more than these texts, and those that they need.
fn made(
    site: &Site,
    plan: &Plan,
    texts: &BTreeSet<SitePath>,
    stylesheets: &[Stylesheet],
) -> Option<(Outputs, BTreeSet<SitePath>)> {
    let files = Files::new(stylesheets.iter().map(|sheet| (sheet.path.clone(), Arc::clone(&sheet.css))));
    let Site { config, library, catalogue, highlighter, snapshot, .. } = site;
    let site = Arc::new(Site {
        config: config.clone(),
        library: library.clone(),
        catalogue: Arc::clone(catalogue),
        highlighter: highlighter.clone(),
        snapshot: snapshot.clone(),
        files,
    });
    let (sink, outputs) = (Sink::new(), Mutex::new(Outputs::new()));
    let engine = Engine::new(&site, None, Remember::Needs, &sink);
    let extent = Extent { once: None, wanted: Some(texts) };
    let since = Since { answers: &Given::default(), heads_stand: false };
    let (contents, bodies, _) = bodies::render(&site, &engine, extent, &Bodies::default(), since, &outputs, &sink);
    let values = Arc::new(Values::on_demand(&site, contents, engine.known().shown()));
    engine.show(Arc::clone(&values));
    let before = site::Before {
        records: &Records::default(),
        templates: None,
        without: Why::default(),
        since,
        remember: Remember::Needs,
        standing: &BTreeSet::new(),
        drawn: &BTreeMap::new(),
    };
    let Rendered { traces, mut ordered, .. } = render(plan.clone(), &site, &values, &engine, before, &outputs, &sink);
    ordered.extend(bodies.asked().flat_map(|asked| asked.ordered()).cloned());
    site.files.make_ordered(&ordered, snapshot, &outputs, &sink);
    let is_good = !sink.has_errors() && traces.values().all(|trace| !trace.needs.all);
    let needed = traces.into_values().flat_map(|trace| trace.needs.texts).collect();
    is_good.then(|| (outputs.into_inner().unwrap_or_else(PoisonError::into_inner), needed))
}
