use std::cmp::Reverse;
use std::sync::Arc;

use super::{Page, SortBy};
use crate::locale::sort_key;

/// Puts pages in a section's order. Pages that lack what the order asks for come last; equal ones go by address.
pub(super) fn sort_pages(ids: &mut [usize], by: SortBy, pages: &[Arc<Page>]) {
    let page = |id: &usize| pages.get(*id);
    let permalink = |id: &usize| page(id).map(|page| page.permalink.as_str());
    match by {
        SortBy::None | SortBy::Permalink => ids.sort_by(|a, b| permalink(a).cmp(&permalink(b))),
        SortBy::Date => newest_first(ids, pages, |page| page.front.date.as_ref().map(|date| date.moment)),
        SortBy::UpdateDate => newest_first(ids, pages, |page| {
            let moment = |stamp: &Option<super::Stamp>| stamp.as_ref().map(|stamp| stamp.moment);
            moment(&page.front.date).max(moment(&page.front.updated))
        }),
        SortBy::Title => ids.sort_by_cached_key(|id| {
            let title = page(id).and_then(|page| page.front.title.as_deref());
            (title.is_none(), title.map(sort_key), permalink(id).map(str::to_owned))
        }),
        SortBy::TitleBytes => ids.sort_by(|a, b| {
            let key = |id| page(id).map(|page| (page.front.title.is_none(), &page.front.title, &page.permalink));
            key(a).cmp(&key(b))
        }),
        SortBy::Weight => ids.sort_by(|a, b| {
            let key = |id| page(id).map(|page| (page.front.weight.is_none(), page.front.weight, &page.permalink));
            key(a).cmp(&key(b))
        }),
        SortBy::Slug => ids.sort_by(|a, b| {
            let key = |id| page(id).map(|page| (&page.slug, &page.permalink));
            key(a).cmp(&key(b))
        }),
    }
}

fn newest_first<T: Ord>(ids: &mut [usize], pages: &[Arc<Page>], moment: impl Fn(&Page) -> Option<T>) {
    ids.sort_by_cached_key(|id| {
        let page = pages.get(*id);
        (Reverse(page.and_then(|page| moment(page))), page.map(|page| page.permalink.as_str()))
    });
}

/// Whether a page lacks what its section's order asks for.
pub(super) fn lacks_key(page: &Page, by: SortBy) -> Option<&'static str> {
    let front = &page.front;
    let (missing, key) = match by {
        SortBy::Date => (front.date.is_none(), "date"),
        SortBy::UpdateDate => (front.date.is_none() && front.updated.is_none(), "date"),
        SortBy::Title | SortBy::TitleBytes => (front.title.is_none(), "title"),
        SortBy::Weight => (front.weight.is_none(), "weight"),
        SortBy::None | SortBy::Slug | SortBy::Permalink => (false, ""),
    };
    missing.then_some(key)
}
