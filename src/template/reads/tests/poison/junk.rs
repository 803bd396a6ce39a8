use std::sync::Arc;

use tera::Value;
use tera::value::{Key, Map, ValueKind};

use super::super::super::Reads;
use super::chance::Chance;

const FIELDS: [&str; 7] = ["title", "n", "tags", "extra", "next", "pages", "a"];

fn text(chance: &mut Chance) -> Value {
    let text = chance.of(&["", "x", "y", "title", "n", "<i>é</i>", "a longer text that Tera keeps aside"]);
    if chance.is(4) { Value::safe_string(text) } else { Value::from(text) }
}

fn map(entries: Vec<(Key<'static>, Value)>) -> Value {
    Value::from(entries.into_iter().collect::<Map>())
}

fn key(name: &str) -> Key<'static> {
    Key::String(Arc::from(name))
}

/// Any value.
pub(super) fn junk(chance: &mut Chance, depth: usize) -> Value {
    match chance.below(if depth == 0 { 9 } else { 14 }) {
        0 => Value::undefined(),
        1 => Value::none(),
        2 => Value::from(chance.is(2)),
        3 => Value::from(chance.below(3) as i64 - 1),
        4 => Value::from(chance.below(3) as u64),
        5 => Value::from(chance.of(&[0.0, -0.0, 1.5, f64::NAN])),
        6 => Value::bytes(chance.of(&[&b"ab"[..], b""])),
        7 | 8 => text(chance),
        9 | 10 => Value::from((0..chance.below(4)).map(|_| junk(chance, depth - 1)).collect::<Vec<_>>()),
        11 => page(chance, depth),
        _ => {
            let mut entries = Vec::new();
            for _ in 0..chance.below(4) {
                let key = if chance.is(5) { Key::I64(chance.below(3) as i64) } else { key(chance.of(&FIELDS)) };
                entries.push((key, junk(chance, depth - 1)));
            }
            map(entries)
        }
    }
}

/// A value as templates expect it, mostly.
pub(super) fn page(chance: &mut Chance, depth: usize) -> Value {
    let mut entries = vec![];
    for field in FIELDS {
        let value = match field {
            _ if chance.is(40) => junk(chance, depth.min(2)),
            _ if chance.is(30) => continue,
            "title" => text(chance),
            "n" => Value::from(chance.below(4) as i64),
            "tags" => Value::from((0..chance.below(4)).map(|_| text(chance)).collect::<Vec<_>>()),
            "extra" => map(vec![(key("a"), text(chance)), (key("b"), Value::from(chance.below(3) as i64))]),
            "next" if depth > 0 => page(chance, depth - 1),
            "pages" if depth > 0 => Value::from((0..chance.below(4)).map(|_| page(chance, depth - 1)).collect::<Vec<_>>()),
            "next" if chance.is(2) => Value::none(),
            "pages" => Value::from(Vec::<Value>::new()),
            _ => continue,
        };
        entries.push((key(field), value));
    }
    map(entries)
}

/// Another value of which the same is to be seen by what reads so much.
pub(super) fn disturbed(value: &Value, reads: &Reads, chance: &mut Chance) -> Value {
    let holder = value.is_array() || value.is_map();
    if reads.is_nothing() {
        return junk(chance, 2);
    }
    if reads.whole || (reads.any.is_some() && !holder) || (reads.items.is_some() && !value.is_array()) {
        return value.clone();
    }
    if let Some(list) = value.as_array() {
        return of_list(list, reads, chance);
    }
    if let Some(own) = value.as_map() {
        return of_map(own, reads, chance);
    }
    if reads.length && value.len().is_some() {
        return match value.as_str() {
            Some(text) => Value::from("z".repeat(Value::from(text).len().unwrap())),
            None => value.clone(),
        };
    }
    for _ in 0..60 {
        let other = if value.is_string() { text(chance) } else { junk(chance, 0) };
        if other.kind() == value.kind() && (!reads.itself || other.is_truthy() == value.is_truthy()) {
            return other;
        }
    }
    match value.kind() {
        ValueKind::I64 => Value::from(if value.is_truthy() { 77_i64 } else { 0 }),
        _ => value.clone(),
    }
}

fn of_list(list: &[Value], reads: &Reads, chance: &mut Chance) -> Value {
    let first = reads.items.as_ref().map_or(0, |items| items.first.unwrap_or(usize::MAX));
    let mut other: Vec<Value> = Vec::new();
    for (at, item) in list.iter().enumerate() {
        let mut of_it = reads.any.as_deref().cloned().unwrap_or_default();
        if let Some(items) = reads.items.as_ref().filter(|_| at < first) {
            of_it.merge((*items.each).clone());
        }
        other.push(disturbed(item, &of_it, chance));
    }
    if !reads.length && reads.any.is_none() && list.len() >= first {
        let least = first.max(usize::from(reads.itself && !list.is_empty()));
        if chance.is(2) {
            other.truncate(least);
        }
        while chance.is(2) && (!reads.itself || !list.is_empty()) {
            other.push(junk(chance, 1));
        }
    }
    Value::from(other)
}

fn of_map(own: &Map, reads: &Reads, chance: &mut Chance) -> Value {
    let mut entries: Vec<(Key<'static>, Value)> = Vec::new();
    let fixed = reads.length || reads.any.is_some();
    for (key, value) in own {
        let mut of_it = reads.any.as_deref().cloned().unwrap_or_default();
        let of_field = key.as_str().and_then(|name| reads.fields.get(name)).cloned().unwrap_or_default();
        of_it.merge(of_field);
        if fixed || !of_it.is_nothing() || chance.is(2) {
            entries.push((key.clone(), disturbed(value, &of_it, chance)));
        }
    }
    if !fixed {
        for name in FIELDS.iter().chain(&["zz"]) {
            let is_free = reads.fields.get(*name).is_none_or(Reads::is_nothing) && !own.contains_key(&key(name));
            if is_free && chance.is(3) && (!reads.itself || !own.is_empty()) {
                entries.push((key(name), junk(chance, 1)));
            }
        }
        if reads.itself && !own.is_empty() && entries.is_empty() {
            entries.push((key("zz"), junk(chance, 1)));
        }
    }
    if reads.any.is_none() && chance.is(2) {
        entries.reverse();
    }
    map(entries)
}
