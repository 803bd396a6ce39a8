use std::sync::{Arc, OnceLock};

use super::{SharedSite, Values, scope};

/// What functions see of pages: in content their data without their text, in layouts all of them.
pub(super) struct Stages {
    site: SharedSite,
    cards: OnceLock<Values>,
    whole: OnceLock<Arc<Values>>,
}

impl Stages {
    pub(super) fn new(site: SharedSite) -> Self {
        Self { site, cards: OnceLock::new(), whole: OnceLock::new() }
    }

    /// Begins the second stage.
    pub(super) fn show(&self, values: Arc<Values>) {
        let _ = self.whole.set(values);
    }

    /// The values of the stage that the running render is in.
    pub(super) fn values(&self) -> &Values {
        match self.whole.get() {
            Some(whole) if !scope::is_content() => whole,
            _ => self.cards.get_or_init(|| Values::cards(&self.site)),
        }
    }
}
