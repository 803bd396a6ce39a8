use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Answers that are worked out once each, whichever thread asks first. It lives as long as one build.
pub struct Memo<K, V>(Mutex<BTreeMap<K, Arc<OnceLock<V>>>>);

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K, V> fmt::Debug for Memo<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Memo")
    }
}

impl<K: Ord, V: Clone> Memo<K, V> {
    /// The answer to a question; others who ask the same meanwhile wait for it, others who ask something else do not.
    pub fn get(&self, key: K, answer: impl FnOnce() -> V) -> V {
        let cell = Arc::clone(self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_default());
        cell.get_or_init(answer).clone()
    }

    /// Every question answered so far, with its answer.
    pub fn known(&self) -> BTreeMap<K, V>
    where
        K: Clone,
    {
        let cells = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        cells.iter().filter_map(|(key, cell)| Some((key.clone(), cell.get()?.clone()))).collect()
    }
}
