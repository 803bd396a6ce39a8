use std::collections::BTreeMap;

use super::Note;
use super::NoteReading;
use crate::content::{Library, Page};
use crate::data::{Data, Fields, Node, Table};
use crate::diagnostic::{Diagnostic, Sink};
use crate::locale::{Decimal, parse_date, parse_instant};
use crate::text::{Span, closest};

/// A mistake that an article owns up to: `corrections` under `[extra]`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Correction {
    /// When it was put right, as typed: a date, or a moment with its offset.
    pub date: String,
    /// What was wrong.
    pub text: Note,
    /// The indicator whose number was wrong.
    pub metric: Option<String>,
    /// The number as it stood, in the indicator's unit.
    pub was: Option<Decimal>,
    /// The number as it is.
    pub now: Option<Decimal>,
}

/// The corrections of all articles.
#[derive(Default, Debug)]
pub struct Corrections {
    by_page: BTreeMap<usize, Vec<Correction>>,
    /// The articles that correct a number of an indicator, each by its version in the default language.
    articles: BTreeMap<String, Vec<usize>>,
}

impl Corrections {
    /// Reads them; `indicators` are those that there are.
    pub(super) fn read(library: &Library, indicators: &[&str], sink: &Sink) -> Self {
        let mut corrections = Self::default();
        for (id, page) in library.pages.iter().enumerate() {
            let Some(node) = page.front.extra.get("corrections") else { continue };
            let reader = Reader { page, indicators, sink };
            let read = reader.list(node);
            for slug in read.iter().filter_map(|correction| correction.metric.as_ref()) {
                let articles = corrections.articles.entry(slug.clone()).or_default();
                if !articles.contains(&library.origin(id)) {
                    articles.push(library.origin(id));
                }
            }
            if !read.is_empty() {
                corrections.by_page.insert(id, read);
            }
        }
        corrections
    }

    /// How many there are, translations of one counted apart.
    pub fn count(&self) -> usize {
        self.by_page.values().map(Vec::len).sum()
    }

    /// Those of a page, newest first: its own, or else those of its version in the default language.
    pub fn of_page(&self, library: &Library, page: usize) -> &[Correction] {
        let own = self.by_page.get(&page).or_else(|| self.by_page.get(&library.origin(page)));
        own.map(Vec::as_slice).unwrap_or_default()
    }

    /// The articles that correct a number of an indicator, each by its version in the default language.
    pub fn articles(&self, slug: &str) -> &[usize] {
        self.articles.get(slug).map(Vec::as_slice).unwrap_or_default()
    }
}

struct Reader<'a> {
    page: &'a Page,
    indicators: &'a [&'a str],
    sink: &'a Sink,
}

impl Reader<'_> {
    /// A list of them, newest first. One that is wrong is reported and left out.
    fn list(&self, node: &Node) -> Vec<Correction> {
        let Data::List(items) = &node.value else {
            self.report(node.span, "`corrections` should be a list of tables");
            return Vec::new();
        };
        let mut read = Vec::with_capacity(items.len());
        for item in items {
            match &item.value {
                Data::Table(table) => read.extend(self.correction(table, item.span)),
                _ => self.report(item.span, "a correction should be a table"),
            }
        }
        // Dates as typed begin with the day; a sort that keeps the order of equal ones.
        read.sort_by(|a, b| b.date.get(..10).cmp(&a.date.get(..10)));
        read
    }

    fn correction(&self, table: &Table, span: Span) -> Option<Correction> {
        let source = &self.page.source;
        let mut fields = Fields::new(source, table, self.sink);
        let date = fields.node("date").map(|node| (self.date(node), node.span));
        let reading = NoteReading { source, lang: &self.page.file.lang, sink: self.sink };
        let text = Note::read(&mut fields, "text", &reading);
        let metric = fields.text_at("metric").map(|(slug, span)| (slug.to_owned(), span));
        let (was, now) = (self.number(&mut fields, "was"), self.number(&mut fields, "now"));
        fields.deny_unknown("unknown-correction-key");
        for (key, has) in [("date", date.is_some()), ("text", table.get("text").is_some())] {
            if !has {
                self.report(span, &format!("this correction has no `{key}`"));
            }
        }
        if let (Some(_), None) | (None, Some(_)) = (table.get("was"), table.get("now")) {
            self.report(span, "a corrected number has both: `was`, as it stood, and `now`, as it is");
        }
        let known = metric.as_ref().is_none_or(|(slug, span)| self.is_known(slug, *span));
        let metric = metric.filter(|_| known).map(|(slug, _)| slug);
        Some(Correction { date: date?.0?, text: text?, metric, was, now })
    }

    fn date(&self, node: &Node) -> Option<String> {
        let text = match &node.value {
            Data::Date(text) | Data::Text(text) => text.trim(),
            _ => "",
        };
        let is_date = parse_date(text).is_some() || parse_instant(text).is_some();
        if !is_date {
            let diagnostic = Diagnostic::error("bad-date", "the `date` of a correction is not a date");
            let help = "write `date = 2026-11-30`, or with a time `date = 2026-11-30T08:00:00+07:00`";
            self.sink.push(diagnostic.at(&self.page.source, node.span).help(help));
        }
        is_date.then(|| text.to_owned())
    }

    fn number(&self, fields: &mut Fields<'_>, key: &'static str) -> Option<Decimal> {
        let node = fields.node(key)?;
        let number = match &node.value {
            Data::Number(text) => Decimal::parse(text),
            _ => None,
        };
        if number.is_none() {
            fields.wrong(key, node, "a number in the indicator's unit, without quotes, such as 2105.8");
        }
        number
    }

    fn is_known(&self, slug: &str, span: Span) -> bool {
        let known = self.indicators.contains(&slug);
        if !known {
            let help = match closest(slug, self.indicators.iter().copied()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "name an indicator as its page is called, or leave `metric` out".to_owned(),
            };
            let diagnostic = Diagnostic::error("unknown-indicator", format!("there is no indicator `{slug}`"));
            self.sink.push(diagnostic.at(&self.page.source, span).help(help));
        }
        known
    }

    fn report(&self, span: Span, message: &str) {
        let help = "write `[[extra.corrections]]`, then `date = 2026-11-30`, `text = \"…\"`; for a number `metric`, `was`, `now`";
        self.sink.push(Diagnostic::error("bad-correction", message).at(&self.page.source, span).help(help));
    }
}
