//! Articles that have indicators or topics in common with another, `page.related`.

use std::collections::{BTreeMap, HashMap};

use tera::Value;

use super::basics::{list, maybe, object, text};
use super::pages::{long_date, stamp};
use crate::content::{Page, Stamp};
use crate::template::Site;
use crate::text::Lang;

/// How many are named.
const MOST: usize = 4;
/// How many neighbours in time are looked at on either side, in what an article has in common with others. So the work
/// for one article does not grow with the site.
const NEAR: usize = 8;
/// An indicator tells more than a topic.
const INDICATOR: u32 = 3;
const TOPIC: u32 = 1;

/// What articles have in common: the articles of each language by indicator and by topic, in the order of time.
pub(super) struct Kinship {
    groups: Vec<Group>,
    /// The groups that a page is in, and where in each.
    places: HashMap<usize, Vec<(usize, usize)>>,
}

struct Group {
    weight: u32,
    /// Newest first.
    articles: Vec<usize>,
}

impl Kinship {
    /// Of all dated pages.
    pub(super) fn of(site: &Site) -> Self {
        let mut by_indicator: BTreeMap<(&Lang, &str), Vec<usize>> = BTreeMap::new();
        for (id, page) in articles(site) {
            let mut slugs: Vec<&str> =
                site.catalogue.metrics_of(site.library.origin(id)).iter().map(|metric| metric.indicator.as_str()).collect();
            slugs.sort_unstable();
            slugs.dedup();
            for slug in slugs {
                by_indicator.entry((&page.file.lang, slug)).or_default().push(id);
            }
        }
        // Who wrote an article or published its numbers makes it no kin of all others.
        let topics = site.library.taxonomies.iter().filter(|group| !matches!(&*group.taxonomy.name, "authors" | "agencies"));
        // Their lists may show pages of another language.
        let own = |lang: &Lang, id: &usize| site.library.pages.get(*id).is_some_and(|page| page.file.lang == *lang);
        let topics = topics.flat_map(|group| group.terms.iter().map(move |term| (&group.lang, term)));
        let topics = topics.map(|(lang, term)| (TOPIC, term.pages.iter().copied().filter(|id| own(lang, id)).collect()));
        let by_indicator = by_indicator.into_values().map(|articles| (INDICATOR, articles));
        let groups: Vec<Group> = by_indicator
            .chain(topics)
            .filter_map(|(weight, mut articles)| {
                articles.retain(|id| date(site, *id).is_some());
                articles.sort_by(|a, b| date(site, *b).cmp(&date(site, *a)).then_with(|| path(site, *a).cmp(path(site, *b))));
                (articles.len() > 1).then_some(Group { weight, articles })
            })
            .collect();
        let mut places: HashMap<usize, Vec<(usize, usize)>> = HashMap::new();
        for (at, group) in groups.iter().enumerate() {
            for (place, id) in group.articles.iter().enumerate() {
                places.entry(*id).or_default().push((at, place));
            }
        }
        Self { groups, places }
    }

    /// The nearest kin of a page: who has most in common with it, of these the nearest in time.
    pub(super) fn related(&self, site: &Site, page: usize) -> Vec<usize> {
        let mut scores: BTreeMap<usize, u32> = BTreeMap::new();
        for (group, place) in self.places.get(&page).into_iter().flatten() {
            let Some(group) = self.groups.get(*group) else { continue };
            let near = place.saturating_sub(NEAR)..(place + NEAR + 1).min(group.articles.len());
            for other in group.articles.get(near).unwrap_or_default().iter().filter(|other| **other != page) {
                *scores.entry(*other).or_default() += group.weight;
            }
        }
        let distance = |id: usize| Some(date(site, id)?.duration_since(date(site, page)?).abs());
        let mut related: Vec<(usize, u32)> = scores.into_iter().collect();
        related.sort_by_cached_key(|(id, score)| (u32::MAX - score, distance(*id), path(site, *id).to_owned()));
        related.into_iter().take(MOST).map(|(id, _)| id).collect()
    }

    /// The same as templates see it.
    pub(super) fn value(&self, site: &Site, page: usize) -> Value {
        let related = self.related(site, page);
        list(related.iter().filter_map(|id| site.library.pages.get(*id)).map(|page| {
            let language = site.config.language(&page.file.lang);
            object([
                ("permalink", text(&page.permalink)),
                ("title", maybe(page.front.title.as_deref())),
                ("description", maybe(page.front.description.as_deref())),
                ("date", stamp(page.front.date.as_ref())),
                ("date_long", long_date(page.front.date.as_ref(), language)),
            ])
        }))
    }
}

fn articles(site: &Site) -> impl Iterator<Item = (usize, &Page)> {
    let pages = site.library.pages.iter().enumerate().map(|(id, page)| (id, &**page));
    pages.filter(|(_, page)| page.front.render && page.front.date.is_some())
}

fn date(site: &Site, id: usize) -> Option<jiff::civil::DateTime> {
    let page = site.library.pages.get(id).filter(|page| page.front.render)?;
    page.front.date.as_ref().map(|stamp: &Stamp| stamp.moment)
}

fn path(site: &Site, id: usize) -> &str {
    site.library.pages.get(id).map_or("", |page| &page.path)
}
