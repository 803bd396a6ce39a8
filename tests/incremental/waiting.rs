use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use tinso::asset::Receive;
use tinso::build::Outputs;
use tinso::text::SitePath;

/// Somebody who waits for some pages, and what they are shown at first.
#[derive(Default)]
pub struct Waiting {
    wanted: BTreeSet<SitePath>,
    made: Mutex<Outputs>,
    shown: Mutex<Option<Outputs>>,
}

impl Receive for Waiting {
    fn first(&self) -> BTreeSet<SitePath> {
        self.wanted.clone()
    }

    fn first_made(&self, good: bool) {
        let made = self.made.lock().unwrap();
        let mut shown = self.shown.lock().unwrap();
        if good && shown.is_none() {
            *shown = Some(made.clone());
        }
    }

    fn receive(&self, path: &SitePath, bytes: Arc<[u8]>) {
        self.made.lock().unwrap().insert(path.clone(), bytes);
    }
}

impl Waiting {
    pub fn for_pages(wanted: impl IntoIterator<Item = SitePath>) -> Self {
        Self { wanted: wanted.into_iter().collect(), ..Self::default() }
    }

    /// All that was made, and what of it was shown at first.
    pub fn into_made_and_shown(self) -> (Outputs, Option<Outputs>) {
        (self.made.into_inner().unwrap(), self.shown.into_inner().unwrap())
    }
}
