use std::collections::BTreeMap;

use super::Reads;

impl Reads {
    /// What is read of a value, for people: what stands below it, such as `title`, `pages[:6].{permalink, title}`,
    /// `extra.tags (how many)`. An empty text stands for all of it.
    pub fn told(&self) -> Vec<String> {
        if self.whole {
            return vec![String::new()];
        }
        let mut told = fields(&self.fields);
        told.extend(self.beside_fields());
        told.iter().map(|told| told.trim_start().to_owned()).collect()
    }

    /// What follows the name of a value of which this is read.
    fn below(&self) -> Vec<String> {
        if self.whole {
            return vec![String::new()];
        }
        let fields = fields(&self.fields);
        let mut below = match fields.as_slice() {
            [] => Vec::new(),
            [one] => vec![format!(".{one}")],
            many => vec![format!(".{{{}}}", many.join(", "))],
        };
        below.extend(self.beside_fields());
        below
    }

    fn beside_fields(&self) -> Vec<String> {
        let of_each = |which: String, each: &Self| match each.is_nothing() {
            true => vec![which],
            false => each.below().iter().map(|below| format!("{which}{below}")).collect(),
        };
        let mut told = Vec::new();
        told.extend(self.any.iter().flat_map(|any| of_each("[any]".to_owned(), any)));
        told.extend(self.items.iter().flat_map(|items| {
            let which = items.first.map_or("[all]".to_owned(), |first| format!("[:{first}]"));
            of_each(which, &items.each)
        }));
        told.extend(self.length.then(|| " (how many)".to_owned()));
        if told.is_empty() && self.fields.is_empty() {
            told.push(" (if any)".to_owned());
        }
        told
    }
}

fn fields(fields: &BTreeMap<String, Reads>) -> Vec<String> {
    fields.iter().flat_map(|(name, reads)| reads.below().into_iter().map(move |below| format!("{name}{below}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Analysis;

    fn told(text: &str, variable: &str) -> Vec<String> {
        Analysis::new([("t", text)], &[]).of("t").variables[variable].told()
    }

    #[test]
    fn what_is_read_is_told_by_paths() {
        let text = "{{ page.title }}{% if page.lower %}{{ page.lower.title }}{% endif %}{% if page.extra.x %}x{% endif %}\
                    {% for p in page.pages | slice(end=6) %}{{ p.permalink }}{{ p.title }}{% endfor %}{{ page.tags | length }}";
        let paths = ["extra.x (if any)", "lower.title", "pages[:6].{permalink, title}", "tags (how many)", "title"];
        assert_eq!(told(text, "page"), paths);
    }

    #[test]
    fn a_value_of_which_all_is_read_has_an_empty_path() {
        assert_eq!(told("{{ lang }}", "lang"), [""]);
        assert_eq!(told("{% if lang %}x{% endif %}", "lang"), ["(if any)"]);
    }
}
