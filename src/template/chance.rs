use tera::{Kwargs, State, TeraResult};
use xxhash_rust::xxh3::xxh3_64;

use super::scope;

/// Numbers by chance that are the same in every build: drawn from the argument `seed`, or else from what is being
/// rendered and how often it has drawn before.
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new(kwargs: &Kwargs, state: &State<'_>) -> TeraResult<Self> {
        let seed = match kwargs.get::<String>("seed")? {
            Some(seed) => seed,
            None => {
                let lang = scope::subject().map(|subject| subject.lang.to_string()).unwrap_or_default();
                let path = state.get::<String>("current_path")?.unwrap_or_default();
                format!("{lang}\n{path}\n{}", scope::draw())
            }
        };
        Ok(Self(xxh3_64(seed.as_bytes())))
    }

    /// A number from 0 up to, and without, `end`.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.0 = xxh3_64(&self.0.to_le_bytes());
        // The upper half of the product spreads the numbers evenly, unlike a remainder.
        u64::try_from((u128::from(self.0) * u128::from(end)) >> 64).unwrap_or_default()
    }
}
