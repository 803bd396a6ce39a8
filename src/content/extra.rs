use std::collections::BTreeSet;
use std::fmt;
use std::ops::{Deref, Range};
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

use crate::data::{Data, Node, Table};

/// The table `[extra]` of a front matter. One that a build before has read lies as bytes until somebody looks into it.
#[derive(Clone, Default)]
pub struct Extra {
    table: OnceLock<Table>,
    lying: Option<Lying>,
}

/// Where it lies, and which keys are in it.
#[derive(Clone)]
struct Lying {
    bytes: Arc<Vec<u8>>,
    part: Range<usize>,
    keys: Arc<Keys>,
}

/// The keys in a table; many tables share theirs.
#[derive(PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub(super) struct Keys {
    /// Its own.
    own: BTreeSet<Arc<str>>,
    /// Those of the tables in it.
    inner: BTreeSet<Arc<str>>,
}

impl Keys {
    fn of(table: &Table) -> Self {
        let own = table.entries().iter().map(|entry| Arc::clone(&entry.key)).collect();
        let mut keys = Self { own, inner: BTreeSet::new() };
        table.entries().iter().for_each(|entry| keys.add(&entry.node.value, None));
        keys
    }

    /// Adds the keys of the tables in a value; those of the table before it in a list are there.
    fn add(&mut self, value: &Data, before: Option<&Data>) {
        match value {
            Data::List(items) => {
                let before = [None].into_iter().chain(items.iter().map(|item| Some(&item.value)));
                items.iter().zip(before).for_each(|(item, before)| self.add(&item.value, before));
            }
            Data::Table(table) => {
                if !before.is_some_and(|before| matches!(before, Data::Table(before) if shares_keys(table, before))) {
                    self.inner.extend(table.entries().iter().map(|entry| Arc::clone(&entry.key)));
                }
                table.entries().iter().for_each(|entry| self.add(&entry.node.value, None));
            }
            _ => {}
        }
    }
}

fn shares_keys(a: &Table, b: &Table) -> bool {
    let keys = || a.entries().iter().zip(b.entries());
    a.entries().len() == b.entries().len() && keys().all(|(a, b)| Arc::ptr_eq(&a.key, &b.key))
}

impl Extra {
    /// One that lies in a part of these bytes, as [`lay`](Self::lay) laid it there.
    pub(super) fn lying(bytes: &Arc<Vec<u8>>, part: Range<usize>, keys: &Arc<Keys>) -> Self {
        let (bytes, keys) = (Arc::clone(bytes), Arc::clone(keys));
        Self { table: OnceLock::new(), lying: Some(Lying { bytes, part, keys }) }
    }

    /// Adds it to bytes, in which it can lie.
    pub(super) fn lay(&self, all: &mut Vec<u8>) -> Range<usize> {
        let start = all.len();
        match &self.lying {
            Some(Lying { bytes, part, .. }) => all.extend(bytes.get(part.clone()).unwrap_or_default()),
            None => all.extend(postcard::to_stdvec(&**self).unwrap_or_default()),
        }
        start..all.len()
    }

    /// The keys in it.
    pub(super) fn keys(&self) -> Arc<Keys> {
        self.lying.as_ref().map_or_else(|| Arc::new(Keys::of(self)), |lying| Arc::clone(&lying.keys))
    }

    /// Whether a key may stand somewhere in it: if it is not known, it may.
    pub fn may_mention(&self, key: &str) -> bool {
        self.lying.as_ref().is_none_or(|lying| lying.keys.own.contains(key) || lying.keys.inner.contains(key))
    }

    /// The value of a key. Where there is none, a table that lies goes on lying.
    pub fn get(&self, key: &str) -> Option<&Node> {
        let may_have = self.lying.as_ref().is_none_or(|lying| lying.keys.own.contains(key));
        may_have.then(|| Table::get(self, key))?
    }
}

impl Deref for Extra {
    type Target = Table;

    fn deref(&self) -> &Table {
        self.table.get_or_init(|| {
            let bytes = self.lying.as_ref().and_then(|lying| lying.bytes.get(lying.part.clone()));
            bytes.and_then(|bytes| postcard::from_bytes(bytes).ok()).unwrap_or_default()
        })
    }
}

impl From<Table> for Extra {
    fn from(table: Table) -> Self {
        Self { table: table.into(), lying: None }
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::parse_toml;
    use crate::diagnostic::Sink;
    use crate::text::{SitePath, SourceText};

    #[test]
    fn a_table_that_lies_says_which_keys_are_in_it_and_gives_what_it_was() {
        let text = "a = 1\nlist = [[{ b = 1 }, { b = 2 }, { b = 3, deep.c = 4 }, 5]]\n[inner]\nd = 1\n";
        let source = SourceText::new(SitePath::new("a.toml"), text);
        let read = Extra::from(parse_toml(&source, source.whole(), &Sink::new()).unwrap());
        assert!(read.may_mention("z"), "nobody has looked");
        let mut bytes = b"before".to_vec();
        let part = read.lay(&mut bytes);
        let lying = Extra::lying(&Arc::new(bytes), part, &read.keys());
        for key in ["a", "list", "b", "deep", "c", "inner", "d"] {
            assert!(lying.may_mention(key), "{key}");
        }
        assert!(!lying.may_mention("z") && lying.get("b").is_none());
        assert_eq!(*lying, *read);
    }
}
