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
                "entries" => shown.listed(&Reads::field("extra", reads.of_items().of_field("extra"))),
                _ => {}
            });
            reads.functions.iter().for_each(|(name, reads)| match name.as_str() {
                "get_page" | "get_indicator" => shown.listed(reads),
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
