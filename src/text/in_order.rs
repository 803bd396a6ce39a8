use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

/// Reads a map that was written in the order of its keys, all at once: to put entry after entry in its place would take far
/// longer. One in any other order comes out right as well.
///
/// # Errors
/// Those of its entries.
pub fn in_order<'de, D: Deserializer<'de>, K, V>(deserializer: D) -> Result<BTreeMap<K, V>, D::Error>
where
    K: Deserialize<'de> + Ord,
    V: Deserialize<'de>,
{
    deserializer.deserialize_map(InOrder(PhantomData))
}

struct InOrder<K, V>(PhantomData<(K, V)>);

/// What a file says of its length is believed only so far.
const MOST_AT_FIRST: usize = 4096;

impl<'de, K: Deserialize<'de> + Ord, V: Deserialize<'de>> Visitor<'de> for InOrder<K, V> {
    type Value = BTreeMap<K, V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
        let mut entries = Vec::with_capacity(map.size_hint().unwrap_or_default().min(MOST_AT_FIRST));
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(entries.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_is_the_same_in_whatever_order_it_was_written() {
        let read = |text: &str| in_order::<_, String, u8>(&mut serde_json::Deserializer::from_str(text));
        let map = BTreeMap::from([("a", 1), ("b", 2), ("c", 3)].map(|(key, value)| (key.to_owned(), value)));
        assert_eq!(read(r#"{"a": 1, "b": 2, "c": 3}"#).unwrap(), map);
        assert_eq!(read(r#"{"c": 3, "a": 0, "b": 2, "a": 1}"#).unwrap(), map, "the last of a key counts");
        assert!(read(r#"{"a": 1, "b": "x"}"#).is_err() && read("[1]").is_err());
    }
}
