use std::fs;
use std::path::Path;

use xxhash_rust::xxh3::xxh3_128;

use super::put;
use super::stat::{Stat, TIMES_TELL};

const HEAD: &[u8; 16] = b"tinso times, 1\r\n";
const ENTRY: usize = 64;

/// How the files and folders of one place looked.
#[derive(Default, Debug)]
pub struct Times {
    /// By the digest of the name, in its order.
    entries: Vec<(u128, Look)>,
}

/// One file or folder as it was.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Look {
    /// Of a file's bytes, or of the names in a folder.
    digest: u128,
    size: u64,
    modified: i64,
    changed: i64,
    inode: u64,
}

impl Look {
    fn new(digest: u128, stat: &Stat) -> Self {
        Self { digest, size: stat.size, modified: stat.modified, changed: stat.changed, inode: stat.inode }
    }
}

/// The name of a folder in the list.
pub fn folder_name(folder: &str) -> String {
    format!("{folder}/")
}

impl Times {
    /// Reads the list if there is one and it is of this place.
    pub fn read(file: &Path, place: &Path) -> Self {
        let entries = fs::read(file).ok().filter(|_| TIMES_TELL).and_then(|bytes| parse(&bytes, place));
        Self { entries: entries.unwrap_or_default() }
    }

    /// What is known of a file or folder that looks like this.
    pub fn digest(&self, name: &str, stat: &Stat) -> Option<u128> {
        let key = xxh3_128(name.as_bytes());
        let found = self.entries.binary_search_by_key(&key, |(key, _)| *key).ok()?;
        let (_, look) = self.entries.get(found)?;
        (*look == Look::new(look.digest, stat)).then_some(look.digest)
    }

    /// Adds a file or folder whose times were over when it looked like this.
    pub fn add(&mut self, name: &str, digest: u128, stat: &Stat) {
        self.entries.push((xxh3_128(name.as_bytes()), Look::new(digest, stat)));
    }

    /// Writes the list. That it cannot be is no error: the next build reads more.
    pub fn save(mut self, file: &Path, place: &Path) {
        if TIMES_TELL {
            self.entries.sort_unstable_by_key(|(key, _)| *key);
            put(file, |out| out.write_all(&self.to_bytes(place)));
        }
    }

    fn to_bytes(&self, output: &Path) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.entries.len() * ENTRY + 48);
        bytes.extend(HEAD);
        bytes.extend(of_path(output).to_le_bytes());
        for (key, look) in &self.entries {
            bytes.extend(key.to_le_bytes());
            bytes.extend(look.digest.to_le_bytes());
            bytes.extend(look.size.to_le_bytes());
            bytes.extend(look.modified.to_le_bytes());
            bytes.extend(look.changed.to_le_bytes());
            bytes.extend(look.inode.to_le_bytes());
        }
        let sum = xxh3_128(&bytes);
        bytes.extend(sum.to_le_bytes());
        bytes
    }
}

fn of_path(path: &Path) -> u128 {
    xxh3_128(path.as_os_str().as_encoded_bytes())
}

fn parse(bytes: &[u8], output: &Path) -> Option<Vec<(u128, Look)>> {
    let (rest, sum) = bytes.split_last_chunk()?;
    if u128::from_le_bytes(*sum) != xxh3_128(rest) {
        return None;
    }
    let rest = rest.strip_prefix(HEAD)?.strip_prefix(&of_path(output).to_le_bytes())?;
    rest.chunks(ENTRY).map(entry).collect()
}

fn entry(bytes: &[u8]) -> Option<(u128, Look)> {
    let (key, rest) = bytes.split_first_chunk()?;
    let (digest, rest) = rest.split_first_chunk()?;
    let (size, rest) = rest.split_first_chunk()?;
    let (modified, rest) = rest.split_first_chunk()?;
    let (changed, inode) = rest.split_first_chunk()?;
    let look = Look {
        digest: u128::from_le_bytes(*digest),
        size: u64::from_le_bytes(*size),
        modified: i64::from_le_bytes(*modified),
        changed: i64::from_le_bytes(*changed),
        inode: u64::from_le_bytes(inode.try_into().ok()?),
    };
    Some((u128::from_le_bytes(*key), look))
}

#[cfg(test)]
mod tests {
    use super::*;

    const STAT: Stat = Stat { size: 5, modified: 90, changed: 95, device: 1, inode: 7, mode: 0o644 };

    fn with(entries: &[(&str, u128)]) -> Times {
        let mut times = Times::default();
        entries.iter().for_each(|(name, digest)| times.add(name, *digest, &STAT));
        times.entries.sort_unstable_by_key(|(key, _)| *key);
        times
    }

    #[test]
    fn a_list_comes_back_as_it_was_and_a_damaged_or_strange_one_is_none() {
        let output = Path::new("/www");
        let times = with(&[("a", 1)]);
        let bytes = times.to_bytes(output);
        let read = Times { entries: parse(&bytes, output).unwrap() };
        assert_eq!(read.digest("a", &STAT), Some(1));
        assert_eq!(parse(&bytes, Path::new("/other")), None);
        for (at, _) in bytes.iter().enumerate() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1;
            assert_eq!(parse(&damaged, output), None);
            assert_eq!(parse(&bytes[..at], output), None);
        }
    }

    #[test]
    fn a_look_is_trusted_only_while_nothing_differs() {
        let times = with(&[("a", 1), ("b", 2)]);
        assert_eq!([times.digest("a", &STAT), times.digest("b", &STAT), times.digest("c", &STAT)], [Some(1), Some(2), None]);
        for other in
            [Stat { size: 6, ..STAT }, Stat { modified: 91, ..STAT }, Stat { changed: 96, ..STAT }, Stat { inode: 8, ..STAT }]
        {
            assert_eq!(times.digest("a", &other), None);
        }
    }
}
