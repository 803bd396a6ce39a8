use std::borrow::Cow;
use std::collections::BTreeMap;

/// What a template can read of one value. Nothing of it, unless something is set.
///
/// Whatever is read of a value, its kind is (text, list, none, …), and whether it is there at all.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Reads {
    /// Everything: it is printed, compared, handed on to something that may look at all of it, …
    pub whole: bool,
    /// Whether it is true: `if x`, `x or y`.
    pub itself: bool,
    /// Its length: `x | length`.
    pub length: bool,
    /// Named fields: `page.title`, `page["title"]`.
    pub fields: BTreeMap<String, Reads>,
    /// Of every field or item the same, and which there are: by a key known only at render time
    /// (`page.taxonomies[kind]`), or `for key, value in map`.
    pub any: Option<Box<Reads>>,
    /// Items of a list, and how many there are as far as they are looked at.
    pub items: Option<Items>,
}

/// What is read of the items of a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Items {
    /// Only of so many from its beginning (`[:6]`, `[0]`, `| first`); of all if `None`.
    pub first: Option<usize>,
    /// What of each.
    pub each: Box<Reads>,
}

impl Reads {
    /// Everything.
    pub fn whole() -> Self {
        Self { whole: true, ..Self::default() }
    }

    /// Whether it is true.
    pub(in crate::template) fn itself() -> Self {
        Self { itself: true, ..Self::default() }
    }

    /// How long it is.
    pub(in crate::template) fn length() -> Self {
        Self { length: true, ..Self::default() }
    }

    /// Something of one field.
    pub(in crate::template) fn field(name: &str, of_it: Self) -> Self {
        Self { fields: BTreeMap::from([(name.to_owned(), of_it)]), ..Self::default() }
    }

    /// Something of any field or item.
    pub(in crate::template) fn any(of_each: Self) -> Self {
        Self { any: Some(Box::new(of_each)), ..Self::default() }
    }

    /// Something of the first items of a list, or of all.
    pub(super) fn items(first: Option<usize>, of_each: Self) -> Self {
        Self { items: Some(Items { first, each: Box::new(of_each) }), ..Self::default() }
    }

    /// Whether not even the kind of the value is read.
    pub fn is_nothing(&self) -> bool {
        let Self { whole, itself, length, fields, any, items } = self;
        !whole && !itself && !length && fields.is_empty() && any.is_none() && items.is_none()
    }

    /// How many values it is about: it, and those below.
    pub(super) fn size(&self) -> usize {
        let fields: usize = self.fields.values().map(Self::size).sum();
        1 + fields + self.any.as_ref().map_or(0, |any| any.size()) + self.items.as_ref().map_or(0, |items| items.each.size())
    }

    /// What is read of a field of a map that is read like this.
    pub(in crate::template) fn of_field(&self, name: &str) -> Self {
        let mut of_it = self.of_items();
        of_it.merge(self.fields.get(name).cloned().unwrap_or_default());
        of_it
    }

    /// Whether a field of a map is read, or all of its fields are.
    pub(in crate::template) fn reads_field(&self, name: &str) -> bool {
        self.reads_all_fields() || self.fields.contains_key(name)
    }

    /// Whether all fields of a map are read, or which there are.
    pub(in crate::template) fn reads_all_fields(&self) -> bool {
        self.whole || self.length || self.any.is_some() || self.items.is_some()
    }

    /// What is read of each item of a list that is read like this.
    pub(in crate::template) fn of_items(&self) -> Self {
        let mut each = Self::default();
        if self.whole {
            return Self::whole();
        }
        if let Some(any) = &self.any {
            each.merge((**any).clone());
        }
        if let Some(items) = &self.items {
            each.merge((*items.each).clone());
        }
        each
    }

    /// The same, without a copy where there is something to borrow.
    pub(in crate::template) fn each(&self) -> Cow<'_, Self> {
        match (&self.any, &self.items) {
            (Some(any), None) if !self.whole => Cow::Borrowed(any),
            (None, Some(items)) if !self.whole => Cow::Borrowed(&items.each),
            _ => Cow::Owned(self.of_items()),
        }
    }

    /// How many of the first items of a list have to be there: all, or one at least, if it is not empty.
    pub(in crate::template) fn count_of_items(&self) -> usize {
        let all = self.whole || self.length || self.any.is_some();
        let first = self.items.as_ref().map_or(Some(0), |items| items.first);
        first.filter(|_| !all).map_or(usize::MAX, |first| first.max(1))
    }

    /// Adds what another one reads; gives whether that is more.
    pub fn merge(&mut self, other: Self) -> bool {
        if self.whole || other.is_nothing() {
            return false;
        }
        if other.whole {
            *self = Self::whole();
            return true;
        }
        let mut more = (other.itself && !self.itself) || (other.length && !self.length);
        self.itself |= other.itself;
        self.length |= other.length;
        for (name, reads) in other.fields {
            let known = self.fields.len();
            let of_it = self.fields.entry(name).or_default();
            more |= of_it.merge(reads);
            more |= self.fields.len() > known;
        }
        match (&mut self.any, other.any) {
            (_, None) => {}
            (Some(own), Some(reads)) => more |= own.merge(*reads),
            (own, reads) => {
                *own = reads;
                more = true;
            }
        }
        match (&mut self.items, other.items) {
            (_, None) => {}
            (Some(own), Some(items)) => {
                more |= own.each.merge(*items.each);
                let first = own.first.zip(items.first).map(|(own, other)| own.max(other));
                more |= first != own.first;
                own.first = first;
            }
            (own, items) => {
                *own = items;
                more = true;
            }
        }
        more
    }

    /// The same, but that whatever is deeper than so many steps is whole.
    pub(super) fn clipped(self, depth: usize) -> Self {
        if self.whole || self.is_nothing() {
            return self;
        }
        let Some(below) = depth.checked_sub(1) else { return Self::whole() };
        Self {
            fields: self.fields.into_iter().map(|(name, reads)| (name, reads.clipped(below))).collect(),
            any: self.any.map(|any| Box::new(any.clipped(below))),
            items: self.items.map(|Items { first, each }| Items { first, each: Box::new(each.clipped(below)) }),
            ..self
        }
    }
}
