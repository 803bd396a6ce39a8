use super::reads::{Reads, TemplateReads};

/// What any template of a site can read of pages and sections, wherever it has them from. More of them need not be made.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Shown {
    /// Of the page that an output is of, and of those in feeds.
    pub own: Reads,
    /// Of pages in lists, of neighbours, and of those that functions give.
    pub listed: Reads,
    /// Of sections.
    pub section: Reads,
}

impl Shown {
    /// All that there is.
    pub fn everything() -> Self {
        Self { own: Reads::whole(), listed: Reads::whole(), section: Reads::whole() }
    }

    /// What templates can read that read so much.
    pub(super) fn by<'a>(templates: impl IntoIterator<Item = &'a TemplateReads>) -> Self {
        let mut shown = Self::default();
        for reads in templates {
            if reads.everything {
                return Self::everything();
            }
            // Only these hold pages: see `site/render.rs`, `site/feeds.rs`, `site/sitemap.rs`.
            reads.variables.iter().for_each(|(name, reads)| match name.as_str() {
                "page" => shown.page(reads),
                "section" => shown.section(reads),
                "term" | "paginator" => shown.list_in(reads),
                "terms" => shown.list_in(&reads.of_items()),
                "pages" => shown.page(&reads.of_items()),
                "archive" => {
                    shown.list_in(reads);
                    shown.list_in(&reads.of_field("months").of_items());
                }
                "entries" => {
                    let extra = reads.of_items().of_field("extra");
                    shown.listed(&if extra.is_nothing() { extra } else { Reads::field("extra", extra) });
                }
                _ => {}
            });
            reads.functions.iter().for_each(|(name, reads)| match name.as_str() {
                "get_page" | "get_indicator" => shown.listed(reads),
                "get_indicators" => shown.listed(&reads.of_items()),
                "get_section" => shown.section(reads),
                "get_taxonomy" => shown.list_in(&reads.of_field("items").of_items()),
                "get_taxonomy_term" => shown.list_in(reads),
                _ => {}
            });
        }
        shown
    }

    /// The same where a page has one value, wherever it is seen.
    #[must_use]
    pub fn in_one(mut self) -> Self {
        self.listed.merge(self.own.clone());
        self
    }

    /// Whether the words of a text are counted for any of them.
    pub fn counts_words(&self) -> bool {
        self.has("word_count") || self.has("reading_time")
    }

    /// Whether the headings of a text are listed for any of them.
    pub fn has_toc(&self) -> bool {
        self.has("toc")
    }

    /// Whether the picture of an article is shown with any of them.
    pub fn has_image(&self) -> bool {
        self.own.reads_field("image") || self.lists_images()
    }

    /// Whether it is shown in lists.
    pub fn lists_images(&self) -> bool {
        self.listed.reads_field("image")
    }

    fn has(&self, field: &str) -> bool {
        [&self.own, &self.listed, &self.section].into_iter().any(|reads| reads.reads_field(field))
    }

    fn page(&mut self, reads: &Reads) {
        self.own.merge(reads.clone());
        self.neighbours(reads);
    }

    fn listed(&mut self, reads: &Reads) {
        self.listed.merge(reads.clone());
        self.neighbours(reads);
    }

    /// Neighbours are pages as lists have them.
    fn neighbours(&mut self, reads: &Reads) {
        self.listed.merge(reads.of_field("lower"));
        self.listed.merge(reads.of_field("higher"));
    }

    fn section(&mut self, reads: &Reads) {
        self.section.merge(reads.clone());
        self.list_in(reads);
    }

    fn list_in(&mut self, reads: &Reads) {
        self.listed(&reads.of_field("pages").of_items());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::Analysis;

    /// The fields that are made of a page for its own output, and for lists.
    fn shown(template: &str) -> (String, String) {
        let reads = Analysis::new([("t", template)], &[]).of("t");
        let shown = Shown::by([&reads]);
        let fields = |reads: &Reads| match reads.reads_all_fields() {
            true => "all".to_owned(),
            false => reads.fields.keys().map(String::as_str).collect::<Vec<_>>().join(" "),
        };
        (fields(&shown.own), fields(&shown.listed))
    }

    #[test]
    fn a_page_is_made_as_far_as_templates_read_it_wherever_they_have_it_from() {
        for (template, own, listed) in [
            ("{{ page.title }}{{ page.lower.path }}{{ config.title }}", "lower title", "path"),
            ("{% for p in section.pages %}{{ p.title }}{{ p.higher.slug }}{% endfor %}", "", "higher slug title"),
            ("{% for p in paginator.pages[:3] %}{{ p.date }}{% endfor %}{{ paginator.first }}", "", "date"),
            ("{% for t in terms %}{{ t.name }}{% for p in t.pages %}{{ p.slug }}{% endfor %}{% endfor %}", "", "slug"),
            (
                "{% for p in term.pages %}{{ p.extra.a }}{% endfor %}{% for p in pages %}{{ p.content }}{% endfor %}",
                "content",
                "extra",
            ),
            ("{% for p in archive.pages %}{{ p.title }}{% endfor %}", "", "title"),
            ("{% for m in archive.months %}{% for p in m.pages[:5] %}{{ p.path }}{% endfor %}{% endfor %}", "", "path"),
            ("{% for e in entries %}{{ e.permalink }}{% endfor %}", "", ""),
            ("{% for e in entries %}{{ e.extra.a }}{% endfor %}", "", "extra"),
            ("{% set p = get_page(path='a.md') %}{{ p.toc }}{% set i = get_indicator(id='a') %}{{ i.title }}", "", "title toc"),
            ("{% for i in get_indicators(topic='a') %}{{ i.description }}{% endfor %}", "", "description"),
            ("{% set s = get_section(path='a.md') %}{{ s.pages | map(attribute='path') | json_encode }}", "", "path"),
            ("{% set t = get_taxonomy(kind='a') %}{% for t in t.items %}{{ t.pages[0].draft }}{% endfor %}", "", "draft"),
            ("{% set t = get_taxonomy_term(kind='a', term='b') %}{{ t.pages[0].lang }}", "", "lang"),
            ("{{ page }}", "all", "all"),
            ("{{ section }}", "", "all"),
            ("{% set key = 'title' %}{{ page[key] }}", "all", "all"),
            ("{{ page.lower }}", "lower", "all"),
            ("{{ __tera_context }}", "all", "all"),
        ] {
            assert_eq!(shown(template), (own.to_owned(), listed.to_owned()), "{template}");
        }
    }
}
