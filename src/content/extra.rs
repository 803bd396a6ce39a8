use std::fmt;
use std::ops::{Deref, Range};
use std::sync::{Arc, OnceLock};

use crate::data::Table;

/// The table `[extra]` of a front matter. One that a build before has read lies as bytes until somebody looks into it.
#[derive(Clone, Default)]
pub struct Extra {
    table: OnceLock<Table>,
    lying: Option<(Arc<Vec<u8>>, Range<usize>)>,
}

impl Extra {
    /// One that lies in a part of these bytes, as [`bytes`](Self::bytes) gave it.
    pub(super) fn lying(all: &Arc<Vec<u8>>, part: Range<usize>) -> Self {
        Self { table: OnceLock::new(), lying: Some((Arc::clone(all), part)) }
    }

    /// Adds it to bytes, in which it can lie.
    pub(super) fn lay(&self, all: &mut Vec<u8>) -> Range<usize> {
        let start = all.len();
        match &self.lying {
            Some((bytes, part)) => all.extend(bytes.get(part.clone()).unwrap_or_default()),
            None => all.extend(postcard::to_stdvec(&**self).unwrap_or_default()),
        }
        start..all.len()
    }
}

impl Deref for Extra {
    type Target = Table;

    fn deref(&self) -> &Table {
        self.table.get_or_init(|| {
            let bytes = self.lying.as_ref().and_then(|(bytes, part)| bytes.get(part.clone()));
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
