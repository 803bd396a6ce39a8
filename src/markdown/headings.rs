use std::collections::BTreeSet;

use crate::config::AnchorLinks;
use crate::locale::Slugify;

/// A heading of a page, with those below it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its id on the page.
    pub id: String,
    /// Its text.
    pub title: String,
    /// The headings below it.
    pub children: Vec<Heading>,
}

/// Gives headings their ids, each once on a page.
#[derive(Default)]
pub(super) struct Ids {
    taken: BTreeSet<String>,
}

impl Ids {
    /// An id that a writer chose.
    pub(super) fn reserve(&mut self, id: &str) {
        self.taken.insert(id.to_owned());
    }

    /// The id of a heading without a chosen one: `ket-qua`, `ket-qua-1`, …
    pub(super) fn of(&mut self, title: &str, mode: Slugify) -> String {
        let slug = mode.anchor(title);
        let mut id = slug.clone();
        let mut count = 0;
        while id.is_empty() || self.taken.contains(&id) {
            count += 1;
            id = format!("{slug}-{count}");
        }
        self.taken.insert(id.clone());
        id
    }

    pub(super) fn into_set(self) -> BTreeSet<String> {
        self.taken
    }
}

/// What stands before and after a heading's text, by where its link to itself is to be.
pub(super) fn around(place: AnchorLinks, link: String) -> (String, String) {
    match place {
        AnchorLinks::None => (String::new(), String::new()),
        AnchorLinks::Left => (link, String::new()),
        AnchorLinks::Right => (String::new(), link),
        // Of the link only its start is kept; the heading's text is inside.
        AnchorLinks::Heading => {
            match link.find("<a ").or_else(|| link.find("<a\n")).and_then(|at| link.get(at..)?.split_once('>')) {
                Some((start, _)) => (format!("{start}>"), "</a>".to_owned()),
                None => (String::new(), String::new()),
            }
        }
    }
}

/// Puts each heading below the nearest one of a higher rank before it.
pub(super) fn nest(headings: Vec<Heading>) -> Vec<Heading> {
    let mut top = Vec::new();
    for heading in headings {
        add_below(&mut top, heading);
    }
    top
}

fn add_below(siblings: &mut Vec<Heading>, heading: Heading) {
    match siblings.pop() {
        Some(mut last) if last.level < heading.level => {
            add_below(&mut last.children, heading);
            siblings.push(last);
        }
        Some(last) => siblings.extend([last, heading]),
        None => siblings.push(heading),
    }
}
