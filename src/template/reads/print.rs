use tera::value::{Key, Map};
use tera::{Context, Value};
use xxhash_rust::xxh3::Xxh3;

use super::{Reads, TemplateReads};

/// How the print of a map is found: from what is read of it, the map, and what works the print out.
/// A caller that knows the map, by its address, may answer without working it out.
pub type OfMap<'a> = &'a dyn Fn(&Reads, &Map, &dyn Fn() -> u128) -> u128;

impl Reads {
    /// A hash of exactly that part of a value which can be read: a template cannot tell two values with the same print
    /// apart.
    pub fn print(&self, value: &Value) -> u128 {
        self.print_with(value, &|_, _, work_out| work_out())
    }

    /// The same, where the caller may keep the prints of maps, such as the pages of many lists.
    pub fn print_with(&self, value: &Value, of_map: OfMap<'_>) -> u128 {
        let mut printer = Printer { hash: Xxh3::new(), of_map };
        printer.value(self, value);
        printer.hash.digest128()
    }
}

impl TemplateReads {
    /// A hash of all that a render with this context can read of it; `None` where that is everything.
    pub fn print(&self, context: &Context) -> Option<u128> {
        if self.everything {
            return None;
        }
        let of_map: OfMap<'_> = &|_, _, work_out| work_out();
        let mut printer = Printer { hash: Xxh3::new(), of_map };
        for (name, reads) in &self.variables {
            printer.text(name);
            printer.maybe(reads, context.get(name));
        }
        Some(printer.hash.digest128())
    }
}

struct Printer<'a> {
    hash: Xxh3,
    of_map: OfMap<'a>,
}

impl Printer<'_> {
    fn text(&mut self, text: &str) {
        self.number(text.len());
        self.hash.update(text.as_bytes());
    }

    fn number(&mut self, number: usize) {
        self.hash.update(&(number as u64).to_le_bytes());
    }

    fn mark(&mut self, yes: bool) {
        self.hash.update(&[u8::from(yes)]);
    }

    fn maybe(&mut self, reads: &Reads, value: Option<&Value>) {
        self.mark(value.is_some());
        if let Some(value) = value {
            self.value(reads, value);
        }
    }

    fn value(&mut self, reads: &Reads, value: &Value) {
        if reads.is_nothing() {
            return;
        }
        match value.as_map() {
            Some(map) => {
                let print = (self.of_map)(reads, map, &|| {
                    let mut printer = Printer { hash: Xxh3::new(), of_map: self.of_map };
                    printer.parts(reads, value);
                    printer.hash.digest128()
                });
                self.hash.update(&print.to_le_bytes());
            }
            None => self.parts(reads, value),
        }
    }

    fn parts(&mut self, reads: &Reads, value: &Value) {
        let is_list = value.is_array();
        let only_a_list = reads.items.is_some() && !is_list;
        let only_a_holder = reads.any.is_some() && !is_list && !value.is_map();
        // Texts have items, too, and maps in the order of their keys.
        if reads.whole || only_a_list || only_a_holder {
            return self.whole(value);
        }
        self.text(value.name());
        if reads.itself {
            self.mark(value.is_truthy());
        }
        if reads.length {
            self.number(value.len().unwrap_or_default());
        }
        if let Some(map) = value.as_map() {
            for (name, of_it) in reads.fields.iter().filter(|(_, of_it)| !of_it.is_nothing()) {
                self.maybe(of_it, map.get(&Key::Str(name)));
            }
            if let Some(any) = &reads.any {
                self.number(map.len());
                for (key, value) in map {
                    self.key(key);
                    self.value(any, value);
                }
            }
        }
        let list = value.as_array().unwrap_or_default();
        if let Some(any) = &reads.any {
            self.number(list.len());
            list.iter().for_each(|item| self.value(any, item));
        }
        if let Some(items) = &reads.items {
            let count = items.first.unwrap_or(list.len()).min(list.len());
            self.number(count);
            list.iter().take(count).for_each(|item| self.value(&items.each, item));
        }
    }

    fn whole(&mut self, value: &Value) {
        self.text(value.name());
        if let Some(text) = value.as_str() {
            self.mark(value.is_safe());
            self.text(text);
        } else if let Some(list) = value.as_array() {
            self.number(list.len());
            list.iter().for_each(|item| self.value(&Reads::whole(), item));
        } else if let Some(map) = value.as_map() {
            self.number(map.len());
            for (key, value) in map {
                self.key(key);
                self.value(&Reads::whole(), value);
            }
        } else if let Some(bytes) = value.as_bytes() {
            self.number(bytes.len());
            self.hash.update(bytes);
        } else if value.is_f64() {
            self.hash.update(&value.as_f64().unwrap_or_default().to_bits().to_le_bytes());
        } else if let Some(integer) = value.as_i128() {
            self.hash.update(&integer.to_le_bytes());
        } else if let Some(integer) = value.as_u128() {
            self.hash.update(&integer.to_le_bytes());
        } else {
            self.mark(value.is_truthy());
        }
    }

    fn key(&mut self, key: &Key<'_>) {
        match key.as_str() {
            Some(text) => {
                self.mark(true);
                self.text(text);
            }
            None => {
                self.mark(false);
                self.whole(&key.as_value());
            }
        }
    }
}
