use std::fmt;
use std::ops::{Deref, Range};
use std::sync::{Arc, OnceLock};

use crate::data::{Node, Table};

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
    keys: Keys,
}

/// The keys of a table, in its order; many tables share theirs.
pub(super) type Keys = Arc<[Arc<str>]>;

impl Extra {
    /// One that lies in a part of these bytes, as [`lay`](Self::lay) laid it there.
    pub(super) fn lying(bytes: &Arc<Vec<u8>>, part: Range<usize>, keys: &Keys) -> Self {
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

    /// Its keys.
    pub(super) fn keys(&self) -> Keys {
        match &self.lying {
            Some(lying) => Arc::clone(&lying.keys),
            None => self.entries().iter().map(|entry| Arc::clone(&entry.key)).collect(),
        }
    }

    /// The value of a key. Where there is none, a table that lies goes on lying.
    pub fn get(&self, key: &str) -> Option<&Node> {
        let may_have = self.lying.as_ref().is_none_or(|lying| lying.keys.iter().any(|known| **known == *key));
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
