use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Lets one question at a time through to each host, and the next only after a pause.
pub(super) struct Gates {
    pause: Duration,
    /// When the last answer of each host came.
    of_host: Mutex<BTreeMap<String, Arc<Mutex<Option<Instant>>>>>,
}

impl Gates {
    pub(super) fn new(pause: Duration) -> Self {
        Self { pause, of_host: Mutex::default() }
    }

    /// Does something with a host when it is its turn.
    pub(super) fn pass<T>(&self, host: &str, ask: impl FnOnce() -> T) -> T {
        let gate = Arc::clone(self.of_host.lock().unwrap_or_else(PoisonError::into_inner).entry(host.to_owned()).or_default());
        let mut last = gate.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(last) = *last {
            std::thread::sleep(self.pause.saturating_sub(last.elapsed()));
        }
        let answer = ask();
        *last = Some(Instant::now());
        answer
    }
}
