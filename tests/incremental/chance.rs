//! Chance that is the same on every machine (SplitMix64), and choices that other choices do not disturb.

/// A sequence of numbers that its seed decides.
#[derive(Clone)]
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    pub fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.next()) * end as u128) >> 64) as usize
    }

    /// True so often in a hundred.
    pub fn percent(&mut self, often: usize) -> bool {
        self.below(100) < often
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// One of some names. Which one depends on the others only when it is one of them: an edit finds the same file
    /// again when the edits before it are left out.
    pub fn pick_name<'a>(&mut self, from: impl IntoIterator<Item = &'a str>) -> Option<String> {
        let salt = self.next();
        let weight = |name: &str| name.bytes().fold(salt, |hash, byte| mix(hash ^ u64::from(byte)));
        from.into_iter().max_by_key(|name| weight(name)).map(str::to_owned)
    }
}

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
