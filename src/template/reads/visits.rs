use tera::Value;
use tera::value::Key;

use super::Reads;

impl Reads {
    /// How many items of lists are gone through that are read to their end, of the value and below it.
    pub fn visits(&self, value: &Value) -> usize {
        if !self.goes_through_lists() {
            return 0;
        }
        let fields = value
            .as_map()
            .into_iter()
            .flat_map(|map| self.fields.iter().filter_map(|(name, of_it)| Some(of_it.visits(map.get(&Key::Str(name))?))));
        let fields: usize = fields.sum();
        let Some(items) = &self.items else { return fields };
        let list = value.as_array().unwrap_or_default();
        let count = items.first.unwrap_or(list.len());
        let below: usize = match items.each.goes_through_lists() {
            true => list.iter().take(count).map(|item| items.each.visits(item)).sum(),
            false => 0,
        };
        fields + below + if items.first.is_none() { list.len() } else { 0 }
    }

    /// Whether a list is read to its end, of the value or below it.
    pub fn goes_through_lists(&self) -> bool {
        !self.whole
            && (self.items.as_ref().is_some_and(|items| items.first.is_none() || items.each.goes_through_lists())
                || self.fields.values().any(Self::goes_through_lists))
    }

    /// The paths to lists that are read to their end, such as `items[all].pages`; empty for the value itself.
    pub fn lists(&self) -> Vec<String> {
        let mut paths = Vec::new();
        if let Some(items) = self.items.as_ref().filter(|_| !self.whole) {
            let below: Vec<String> = items.each.lists();
            if items.first.is_none() && below.is_empty() {
                paths.push(String::new());
            }
            paths.extend(below.into_iter().map(|path| format!("[all]{path}")));
        }
        for (name, of_it) in &self.fields {
            paths.extend(of_it.lists().into_iter().map(|path| format!(".{name}{path}")));
        }
        paths
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::{Analysis, object};

    fn reads(text: &str) -> Reads {
        Analysis::new([("t", text)], &[]).of("t").functions.remove("get").unwrap_or_default()
    }

    fn section(pages: usize) -> Value {
        object([("pages", Value::from(vec![object([("title", Value::from("a"))]); pages]))])
    }

    #[test]
    fn only_lists_that_are_read_to_their_end_are_counted() {
        for (text, visits) in [
            ("{% set s = get() %}{% for p in s.pages %}{{ p.title }}{% endfor %}", 7),
            (
                "{% set s = get() %}{% for p in s.pages | filter(attribute='title', value='a') | slice(end=2) %}{{ p.title }}{% endfor %}",
                7,
            ),
            ("{% set s = get() %}{% for p in s.pages | slice(end=3) %}{{ p.title }}{% endfor %}", 0),
            ("{% set s = get() %}{{ s.pages | length }}", 0),
            ("{% set s = get() %}{{ s.pages[0].title }}", 0),
        ] {
            assert_eq!(reads(text).visits(&section(7)), visits, "{text}");
        }
    }

    #[test]
    fn lists_in_lists_are_counted_and_named() {
        let reads = reads("{% set s = get() %}{% for t in s.items %}{% for p in t.pages %}{{ p.title }}{% endfor %}{% endfor %}");
        let all = object([("items", Value::from(vec![section(3), section(4)]))]);
        assert_eq!(reads.visits(&all), 2 + 3 + 4);
        assert_eq!(reads.lists(), [".items[all].pages"]);
    }
}
