use tera::Value;

use super::basics::{maybe, object, text};
use crate::config::Taxonomy;
use crate::content::{Term, TermGroup};
use crate::template::Site;
use crate::text::Lang;

/// A page in another language, or in this one, for language switches and hreflang.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Translation {
    /// Its language.
    pub lang: Lang,
    /// The language's own name.
    pub name: String,
    /// Its full address.
    pub permalink: String,
    /// Its title.
    pub title: Option<String>,
}

impl Translation {
    /// As templates see it on a page of a language.
    pub fn value(&self, current: &Lang) -> Value {
        object(self.entries(current))
    }

    /// The same as a place to go to, which may be no more than what is nearest there.
    pub fn link(&self, current: &Lang, is_translated: bool) -> Value {
        object(self.entries(current).into_iter().chain([("translated", is_translated.into())]))
    }

    fn entries(&self, current: &Lang) -> [(&'static str, Value); 5] {
        [
            ("lang", text(self.lang.as_str())),
            ("name", text(&self.name)),
            ("permalink", text(&self.permalink)),
            ("title", maybe(self.title.as_deref())),
            ("current", (self.lang == *current).into()),
        ]
    }
}

/// One page of a list cut into several.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pager {
    /// Items on a page.
    pub by: usize,
    /// The address before the number: `https://…/news/page/`.
    pub base_url: String,
    /// The address of the list.
    pub first: String,
    /// This page's number, from 1.
    pub number: usize,
    /// How many pages there are.
    pub count: usize,
    /// How many items there are.
    pub total: usize,
    /// Whether the last items come first.
    pub reversed: bool,
}

impl Pager {
    /// The address of a page of the list.
    pub fn url(&self, number: usize) -> String {
        if number <= 1 { self.first.clone() } else { format!("{}{number}/", self.base_url) }
    }

    /// The items of this page, out of all.
    pub fn shown<'a, T>(&self, all: &'a [T]) -> Vec<&'a T> {
        let before = (self.number - 1) * self.by;
        if self.reversed {
            all.iter().rev().skip(before).take(self.by).collect()
        } else {
            all.iter().skip(before).take(self.by).collect()
        }
    }

    /// As templates see it, with the items of this page.
    pub fn value(&self, items: Vec<Value>) -> Value {
        let at = |number: usize| (1..=self.count).contains(&number).then(|| self.url(number));
        object([
            ("paginate_by", self.by.into()),
            ("base_url", text(&self.base_url)),
            ("number_pagers", self.count.into()),
            ("first", text(&self.first)),
            ("last", text(&self.url(self.count))),
            ("previous", maybe(at(self.number - 1).as_deref())),
            ("next", maybe(at(self.number + 1).as_deref())),
            ("pages", Value::from(items)),
            ("current_index", self.number.into()),
            ("total_pages", self.total.into()),
        ])
    }
}

/// A taxonomy's settings.
pub(super) fn taxonomy_settings(taxonomy: &Taxonomy, permalink: Option<&str>) -> Value {
    object([
        ("name", text(&taxonomy.name)),
        ("slug", text(&taxonomy.slug)),
        ("paginate_by", taxonomy.paginate_by.map_or_else(Value::none, Value::from)),
        ("paginate_path", text(&taxonomy.paginate_path)),
        ("render", taxonomy.render.into()),
        ("feed", taxonomy.feed.into()),
        ("permalink", maybe(permalink)),
    ])
}

/// The settings of a taxonomy of a site.
pub(super) fn settings(site: &Site, group: &TermGroup) -> Value {
    taxonomy_settings(&group.taxonomy, Some(&site.config.permalink(&group.path)))
}

/// A term with its pages.
pub(super) fn term_value(site: &Site, term: &Term, pages: Value) -> Value {
    object([
        ("name", text(&term.name)),
        ("slug", text(&term.slug)),
        ("path", text(&term.path)),
        ("permalink", text(&site.config.permalink(&term.path))),
        ("pages", pages),
        ("page_count", term.pages.len().into()),
    ])
}
