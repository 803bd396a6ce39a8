use tera::Value;
use tera::value::Key;
use xxhash_rust::xxh3::Xxh3;

/// Adds a value to a hash, so that values which a template can tell apart differ in it.
pub(in crate::template) fn print(value: &Value, hash: &mut Xxh3) {
    if let Some(map) = value.as_map() {
        hash.update(b"{");
        hash.update(&map.len().to_le_bytes());
        for (key, value) in map {
            print_key(key, hash);
            print(value, hash);
        }
    } else if let Some(items) = value.as_array() {
        hash.update(b"[");
        hash.update(&items.len().to_le_bytes());
        items.iter().for_each(|item| print(item, hash));
    } else if let Some(text) = value.as_str() {
        hash.update(if value.is_safe() { b"s" } else { b"t" });
        hash.update(&text.len().to_le_bytes());
        hash.update(text.as_bytes());
    } else if let Some(number) = value.as_number() {
        match number.as_integer().filter(|_| !number.is_float()) {
            Some(integer) => {
                hash.update(b"i");
                hash.update(&integer.to_le_bytes());
            }
            None => {
                hash.update(b"f");
                hash.update(&number.as_float().to_le_bytes());
            }
        }
    } else if let Some(bytes) = value.as_bytes() {
        hash.update(b"b");
        hash.update(&bytes.len().to_le_bytes());
        hash.update(bytes);
    } else {
        hash.update(match value.as_bool() {
            Some(true) => b"1",
            Some(false) => b"0",
            None if value.is_none() => b"n",
            None => b"u",
        });
    }
}

fn print_key(key: &Key<'_>, hash: &mut Xxh3) {
    let written = match key.as_str() {
        Some(text) => format!("k{text}"),
        None => format!("{key:?}"),
    };
    hash.update(&written.len().to_le_bytes());
    hash.update(written.as_bytes());
}
