use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use tera::Value;

use crate::content::Library;
use crate::template::{Site, Values, object};
use crate::text::Lang;

/// A feed: the newest pages of something, through a template of the feed's name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Feed {
    /// Its language.
    pub lang: Lang,
    /// The name of its file and template.
    pub name: String,
    /// Whose pages it holds.
    pub of: FeedOf,
}

/// Whose pages a feed holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FeedOf {
    /// Those of a whole language.
    Site,
    /// Those of a language that appeared within two days before the moment of the build, for Google News.
    News,
    /// Those of a section, by its index.
    Section(usize),
    /// Those of a term, by the index of its taxonomy and its own.
    Term(usize, usize),
}

impl Feed {
    /// What a feed's template sees beside what every template does.
    pub(super) fn seen(&self, url: &str, site: &Site, values: &Values) -> Vec<(&'static str, Value)> {
        let library = &site.library;
        let items = match self.of {
            FeedOf::News => news(self.items(library, None), site),
            _ => self.items(library, site.config.feed_limit),
        };
        let front = |id: &usize| library.pages.get(*id).map(|page| &page.front);
        let moments =
            items.iter().filter_map(front).flat_map(|front| [&front.date, &front.updated]).flatten().map(|stamp| stamp.moment);
        // A feed without entries was last changed when feeds began: a fixed moment, since the clock is not asked.
        let last = moments.max().map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), |moment| format!("{moment}Z"));
        let pages: Vec<Value> = items.iter().filter_map(|id| values.page(site, *id)).collect();
        let mut seen = vec![("pages", Value::from(pages)), ("last_updated", Value::from(last)), ("feed_url", Value::from(url))];
        match self.of {
            FeedOf::Site | FeedOf::News => {}
            FeedOf::Section(id) => {
                seen.push(("section", values.section(site, id).cloned().unwrap_or_else(Value::none)));
            }
            FeedOf::Term(group, term) => {
                let found = library.taxonomies.get(group).and_then(|group| group.terms.get(term));
                if let (Some(taxonomy), Some(term)) = (values.taxonomy(group), found) {
                    let value = object([
                        ("name", Value::from(term.name.as_str())),
                        ("slug", Value::from(term.slug.as_str())),
                        ("permalink", Value::from(site.config.permalink(&term.path))),
                    ]);
                    seen.extend([("taxonomy", taxonomy.clone()), ("term", value)]);
                }
            }
        }
        seen
    }

    /// Its pages that have a date, newest first.
    fn items(&self, library: &Library, limit: Option<usize>) -> Vec<usize> {
        let mut items: Vec<usize> = match self.of {
            FeedOf::Site | FeedOf::News => (0..library.pages.len())
                .filter(|id| library.pages.get(*id).is_some_and(|page| page.file.lang == self.lang && page.front.render))
                .collect(),
            FeedOf::Section(id) => library.sections.get(id).map(|section| section.pages.clone()).unwrap_or_default(),
            FeedOf::Term(group, term) => {
                let term = library.taxonomies.get(group).and_then(|group| group.terms.get(term));
                term.map(|term| term.pages.clone()).unwrap_or_default()
            }
        };
        let moment = |id: &usize| Some(library.pages.get(*id)?.front.date.as_ref()?.moment);
        let permalink = |id: &usize| library.pages.get(*id).map(|page| page.permalink.as_str());
        // Pages of another language are guests in lists.
        items.retain(|id| moment(id).is_some() && library.pages.get(*id).is_some_and(|page| page.file.lang == self.lang));
        items.sort_by(|a, b| moment(b).cmp(&moment(a)).then_with(|| permalink(a).cmp(&permalink(b))));
        items.truncate(limit.unwrap_or(usize::MAX));
        items
    }
}

/// How long an article is news, and how many of them Google reads in one file.
const NEWS: (SignedDuration, usize) = (SignedDuration::from_hours(48), 1000);

/// Of pages with dates those that are news at the moment of the build, newest first.
fn news(pages: Vec<usize>, site: &Site) -> Vec<usize> {
    let appeared = |id: usize| {
        let front = &site.library.pages.get(id)?.front;
        let dated = front.date.as_ref()?.moment.to_zoned_datetime(TimeZone::UTC).ok()?.timestamp();
        Some(front.schedule.publish_at.as_ref().map_or(dated, |moment| moment.at.max(dated)))
    };
    let mut pages: Vec<(Timestamp, usize)> = pages.into_iter().filter_map(|id| Some((appeared(id)?, id))).collect();
    pages.sort_by_key(|(appeared, _)| std::cmp::Reverse(*appeared));
    // The first that is too old is asked about, too, and none after it.
    let is_news = |(appeared, _): &(Timestamp, usize)| {
        let end = appeared.checked_add(NEWS.0).unwrap_or(Timestamp::MAX);
        !site.snapshot.has_come(end)
    };
    pages.into_iter().take_while(is_news).map(|(_, id)| id).take(NEWS.1).collect()
}
