//! The pages that somebody waits for, while a site is made for the first time or after an edit of texts or styles.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use super::Outputs;
use super::bodies::{self, Bodies, Extent};
use crate::asset::{Receive, StaticFile, Stylesheet};
use crate::content::LinkTarget;
use crate::diagnostic::Sink;
use crate::site::{self, Job, Plan, Records, Rendered, Why, plan_files, render};
use crate::template::{self, Before, Engine, Files, Given, Known, Remember, Site, Values};
use crate::text::SitePath;

/// How often it is looked for the texts that the pages need.
const ROUNDS: usize = 2;

/// Pages that need more texts than so many wait for all of them.
const FEW: usize = 64;

/// A build before, since which all front matter is as it was.
pub(super) struct Since<'a> {
    pub(super) values: &'a Before,
    pub(super) templates: &'a Arc<Known>,
    pub(super) answers: &'a Given,
    /// The content files whose texts are others.
    pub(super) anew: BTreeSet<SitePath>,
}

/// Makes the pages that are asked for, and what needs no template, before all else; as long as they need few texts and
/// nothing is wrong with them. After an edit of templates, or of anything else that content asks about, that is left to the
/// build itself.
pub(super) fn show(
    site: &Site,
    plan: &Plan,
    statics: &BTreeMap<SitePath, StaticFile>,
    stylesheets: &[Stylesheet],
    since: Option<&Since<'_>>,
    receive: &dyn Receive,
) {
    if since.is_some_and(|since| !since.answers.in_content_follow_from_heads(site)) {
        return;
    }
    let wanted = receive.first();
    let pages: Plan = wanted.into_iter().filter_map(|path| Some((path.clone(), Arc::clone(plan.get(&path)?)))).collect();
    if pages.is_empty() {
        return;
    }
    let own = |job: &Job| match job {
        Job::Page(id) | Job::Untranslated(id, _) => site.library.path(LinkTarget::Page(*id)),
        Job::Section(id, _) => site.library.path(LinkTarget::Section(*id)),
        _ => None,
    };
    let own_texts = || pages.values().filter_map(|planned| own(&planned.job)).cloned().collect();
    let mut texts: BTreeSet<SitePath> = since.map_or_else(own_texts, |since| since.anew.clone());
    let pages = plan_files(pages, site, &[], statics.clone(), stylesheets.to_vec(), &Sink::new());
    for _ in 0..ROUNDS {
        if texts.len() > FEW {
            return;
        }
        let Some((outputs, needed)) = made(site, &pages, &texts, stylesheets, since) else { return };
        if since.is_some() || needed.is_subset(&texts) {
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
    since: Option<&Since<'_>>,
) -> Option<(Outputs, BTreeSet<SitePath>)> {
    let files = Files::new(stylesheets.iter().map(|sheet| (sheet.path.clone(), Arc::clone(&sheet.css))));
    let Site { config, library, catalogue, highlighter, snapshot, .. } = site;
    let site = Arc::new(Site {
        config: config.clone(),
        library: Arc::clone(library),
        catalogue: Arc::clone(catalogue),
        highlighter: highlighter.clone(),
        snapshot: snapshot.clone(),
        files,
    });
    let (sink, outputs) = (Sink::new(), Mutex::new(Outputs::new()));
    let engine = Engine::new(&site, since.map(|since| since.templates), Remember::Needs, &sink);
    if since.is_some_and(|since| !Arc::ptr_eq(since.templates, engine.known())) {
        return None;
    }
    let extent = Extent { once: None, wanted: Some(texts) };
    let nothing = template::Since { answers: &Given::default(), heads_stand: false };
    let (contents, bodies, _) = bodies::render(&site, &engine, extent, &Bodies::default(), nothing, &outputs, &sink);
    let shown = engine.known().shown();
    let (has_image, in_lists) = (shown.has_image(), shown.lists_images());
    let values = Arc::new(match since {
        Some(since) => {
            let anew = texts.iter().filter_map(|path| site.library.by_file(path.below("content")?)).collect::<HashSet<_>>();
            Values::but_for(&site, contents, shown, since.values, anew)?
        }
        None => Values::on_demand(&site, contents, shown),
    });
    engine.show(Arc::clone(&values));
    let before = site::Before {
        records: &Records::default(),
        templates: None,
        without: Why::default(),
        since: nothing,
        remember: Remember::Needs,
        standing: &BTreeSet::new(),
        drawn: &BTreeMap::new(),
        pictures_stand: &|| true,
    };
    let Rendered { traces, mut ordered, .. } = render(plan.clone(), &site, &values, &engine, before, &outputs, &sink);
    ordered.extend(bodies.asked().flat_map(|asked| asked.ordered()).cloned());
    let is_of = |job: &Job, id: usize| matches!(job, Job::Page(page) | Job::Untranslated(page, _) if *page == id);
    let is_shown = |id: usize| in_lists || plan.values().any(|planned| is_of(&planned.job, id));
    let leads = site.leads().ordered().filter(|(page, _)| has_image && is_shown(*page));
    ordered.extend(leads.flat_map(|(_, ordered)| ordered).cloned());
    site.files.make_ordered(&ordered, snapshot, &outputs, &sink);
    let is_good = !sink.has_errors() && traces.values().all(|trace| !trace.needs.all);
    let needed = traces.into_values().flat_map(|trace| trace.needs.texts).collect();
    is_good.then(|| (outputs.into_inner().unwrap_or_else(PoisonError::into_inner), needed))
}
