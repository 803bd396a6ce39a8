use std::collections::BTreeSet;

use tera::Value;

use super::Reads;

impl Reads {
    /// The paths to what a template that reads this of a value sees differently in another, such as `page.lower.title`
    /// below `page`; nothing where [`Self::same`] holds.
    pub fn differing(&self, a: &Value, b: &Value, at: &str) -> BTreeSet<String> {
        if self.same(a, b) {
            return BTreeSet::new();
        }
        let mut paths = BTreeSet::new();
        if let (Some(a), Some(b)) = (a.as_map(), b.as_map()) {
            for key in a.keys().chain(b.keys()) {
                let name = key.as_str().unwrap_or_default();
                let path = format!("{at}.{name}");
                let of_it = self.of_key(name);
                match (a.get(key), b.get(key)) {
                    (Some(a), Some(b)) => paths.append(&mut of_it.differing(a, b, &path)),
                    _ if self.whole || self.any.is_some() || !of_it.is_nothing() => drop(paths.insert(path)),
                    _ => {}
                }
            }
        }
        if let (Some(a), Some(b)) = (a.as_array(), b.as_array()) {
            let first = self.items.as_ref().filter(|_| !self.whole && self.any.is_none()).and_then(|items| items.first);
            let first = first.unwrap_or(usize::MAX);
            if first.min(a.len()) == first.min(b.len()) {
                let each = self.of_items();
                let pairs = a.iter().zip(b).take(first).enumerate();
                pairs.for_each(|(index, (a, b))| paths.append(&mut each.differing(a, b, &format!("{at}[{index}]"))));
            }
        }
        if paths.is_empty() {
            paths.insert(at.to_owned());
        }
        paths
    }

    /// What is read of the value under a key of a map.
    fn of_key(&self, name: &str) -> Self {
        if self.whole {
            return Self::whole();
        }
        let mut of_it = self.fields.get(name).cloned().unwrap_or_default();
        of_it.merge(self.any.as_deref().cloned().unwrap_or_default());
        of_it
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::object;

    fn page(title: &str, lower: &str, tags: &[&str]) -> Value {
        let tags: Vec<Value> = tags.iter().map(|tag| Value::from(*tag)).collect();
        object([
            ("title", Value::from(title)),
            ("lower", object([("title", Value::from(lower)), ("words", Value::from(3))])),
            ("tags", Value::from(tags)),
        ])
    }

    #[test]
    fn only_what_is_read_and_is_another_is_named() {
        let mut reads = Reads::field("lower", Reads::field("title", Reads::whole()));
        let (old, new) = (page("A", "B", &["x"]), page("C", "D", &["y"]));
        assert_eq!(Vec::from_iter(reads.differing(&old, &new, "page")), ["page.lower.title"]);
        assert_eq!(reads.differing(&old, &page("C", "B", &[]), "page"), BTreeSet::new());
        reads.merge(Reads::field("tags", Reads::items(None, Reads::whole())));
        assert_eq!(Vec::from_iter(reads.differing(&old, &new, "page")), ["page.lower.title", "page.tags[0]"]);
        assert_eq!(Vec::from_iter(reads.differing(&old, &page("A", "B", &["x", "y"]), "page")), ["page.tags"]);
    }

    #[test]
    fn of_a_value_that_is_read_whole_the_parts_are_named_that_are_others() {
        let paths = Reads::whole().differing(&page("A", "B", &["x"]), &page("A", "C", &["x"]), "page");
        assert_eq!(Vec::from_iter(paths), ["page.lower.title"]);
        let none = Reads::whole().differing(&Value::none(), &page("A", "C", &[]), "page");
        assert_eq!(Vec::from_iter(none), ["page"]);
    }
}
