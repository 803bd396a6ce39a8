use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use tera::Value;
use tera::value::Key;

use super::reads::Items;
use super::{Reads, Seen, TemplateReads};
use crate::text::SitePath;

/// The content files whose text a render shows, counts or cuts: of all others it knows the front matter at most.
#[derive(Clone, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Needs {
    /// These.
    pub texts: BTreeSet<SitePath>,
    /// Whether it may be any.
    pub all: bool,
}

/// The fields of pages and sections that follow from their text.
const OF_TEXT: [&str; 5] = ["content", "summary", "toc", "word_count", "reading_time"];
/// The field that follows from the texts of others.
const OF_OTHERS: &str = "backlinks";
/// Fields in which there never is a page or section, whatever has them: they are read most.
const NEVER: [&str; 10] = ["title", "description", "permalink", "path", "slug", "date", "updated", "lang", "extra", "taxonomies"];

/// Of what a template can read, what may lead to texts: most of it does not, and values are large.
pub(super) fn leading_to_texts(reads: &TemplateReads) -> TemplateReads {
    let all = |reads: &BTreeMap<String, Reads>| reads.iter().map(|(name, reads)| (name.clone(), leading(reads))).collect();
    let (variables, functions) = (all(&reads.variables), all(&reads.functions));
    TemplateReads { variables, functions, everything: reads.everything, ..TemplateReads::default() }
}

fn leading(Reads { whole, fields, any, items, .. }: &Reads) -> Reads {
    let fields = fields.iter().filter(|(name, _)| !NEVER.contains(&&***name)).map(|(name, reads)| (name.clone(), leading(reads)));
    let leads = |(name, reads): &(String, Reads)| OF_TEXT.contains(&&**name) || name == OF_OTHERS || !reads.is_nothing();
    let items = items.as_ref().map(|Items { first, each }| Items { first: *first, each: Box::new(leading(each)) });
    Reads { whole: *whole, fields: fields.filter(leads).collect(), any: any.clone(), items, ..Reads::default() }
}

impl Needs {
    /// All texts.
    pub fn all() -> Self {
        Self { all: true, ..Self::default() }
    }

    /// What a template needs of what it sees, of which it reads so much as [leads to texts](leading_to_texts).
    pub(super) fn of(reads: &TemplateReads, seen: &Seen) -> Self {
        let mut needs = Self { all: reads.everything, ..Self::default() };
        for (name, value) in seen {
            if let Some(reads) = reads.variables.get(*name) {
                needs.add(reads, value);
            }
        }
        needs
    }

    /// Adds what is needed of the answer of a function.
    pub(super) fn add_answer(&mut self, reads: &TemplateReads, function: &str, answer: &Value) {
        self.all |= reads.everything;
        match reads.functions.get(function) {
            Some(reads) => self.add(reads, answer),
            None => self.add(&Reads::whole(), answer),
        }
    }

    /// Adds what is needed where so much is read of a value.
    fn add(&mut self, reads: &Reads, value: &Value) {
        if self.all || reads.is_nothing() {
            return;
        }
        let whole = (reads.whole || (reads.items.is_some() && !value.is_array())).then(Reads::whole);
        let every = whole.as_ref().or(reads.any.as_deref());
        if let Some(map) = value.as_map() {
            let reads_one = |field: &str| every.is_some() || reads.fields.contains_key(field);
            if let Some(file) = map.get(&Key::Str("relative_path")).and_then(Value::as_str) {
                self.all |= reads_one(OF_OTHERS);
                if OF_TEXT.iter().any(|field| reads_one(field)) {
                    self.texts.insert(SitePath::new(&format!("content/{file}")));
                }
            }
            for (name, reads) in &reads.fields {
                map.get(&Key::Str(name)).into_iter().for_each(|value| self.add(reads, value));
            }
            if let Some(reads) = every {
                map.iter().for_each(|(_, value)| self.add(reads, value));
            }
        }
        let list = value.as_array().unwrap_or_default();
        if let Some(reads) = every {
            list.iter().for_each(|item| self.add(reads, item));
        }
        if let Some(items) = reads.items.as_ref().filter(|items| !items.each.is_nothing()) {
            let count = items.first.unwrap_or(list.len());
            list.iter().take(count).for_each(|item| self.add(&items.each, item));
        }
    }

    /// The same with what something else needs.
    #[must_use]
    pub fn with(mut self, other: Self) -> Self {
        self.all |= other.all;
        self.texts.extend(other.texts);
        self
    }
}

#[cfg(test)]
mod tests {
    use tera::value::Map;

    use super::*;
    use crate::template::Analysis;

    fn page(file: &str, more: Vec<(&'static str, Value)>) -> Value {
        let own = [("relative_path", file), ("title", "T"), ("content", "text"), ("backlinks", "none")];
        let entries = own.into_iter().map(|(name, text)| (name, Value::from(text))).chain(more);
        Value::from(entries.map(|(name, value)| (Key::Str(name), value)).collect::<Map>())
    }

    fn needs(template: &str) -> (Vec<String>, bool) {
        let list = Value::from(vec![page("a.md", vec![]), page("b.md", vec![]), page("c.md", vec![])]);
        let section = page("_index.md", vec![("pages", list)]);
        let shown = page("p.md", vec![("lower", page("q.md", vec![]))]);
        let reads = leading_to_texts(&Analysis::new([("t", template)], &[]).of("t"));
        let mut needs = Needs::of(&reads, &vec![("page", shown), ("section", section.clone())]);
        if reads.functions.contains_key("get_section") {
            needs.add_answer(&reads, "get_section", &section);
        }
        (needs.texts.iter().map(|path| path.as_str().trim_start_matches("content/").to_owned()).collect(), needs.all)
    }

    #[test]
    fn a_render_needs_the_texts_that_its_template_can_read_and_no_others() {
        for (template, texts) in [
            ("{{ page.title }}{% for p in section.pages %}{{ p.title }}{% endfor %}", &[][..]),
            ("{{ page.content }}{{ page.lower.title }}", &["p.md"]),
            ("{% if page.lower %}{{ page.lower.summary | safe }}{% endif %}", &["q.md"]),
            ("{{ page['word_count'] }}", &["p.md"]),
            ("{% for p in section.pages[:2] %}{{ p.toc | length }}{% endfor %}", &["a.md", "b.md"]),
            ("{% set s = get_section(path='_index.md') %}{{ s.title }}", &[]),
            (
                "{% set s = get_section(path='_index.md') %}{% for p in s.pages %}{{ p.content }}{% endfor %}",
                &["a.md", "b.md", "c.md"],
            ),
        ] {
            assert_eq!(needs(template), (texts.iter().map(|text| (*text).to_owned()).collect(), false), "{template}");
        }
    }

    #[test]
    fn where_all_of_a_page_is_read_any_text_may_be_needed() {
        for template in ["{{ page }}", "{% set key = 'content' %}{{ page[key] }}", "{{ page.backlinks }}", "{{ __tera_context }}"]
        {
            assert!(needs(template).1, "{template}");
        }
    }
}
