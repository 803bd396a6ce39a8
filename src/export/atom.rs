use std::fmt::Write;

use jiff::civil::DateTime;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::{Dataset, Format, Row};
use crate::content::Page;
use crate::indicator::{Amount, Kind, breakdown_label};
use crate::locale::fill;
use crate::text::escape_xml;

/// The most entries.
const LONGEST: usize = 50;

/// A feed of the numbers that articles state of an indicator, newest article first: results, not targets, and of dated articles.
pub(super) fn atom(dataset: &Dataset<'_>) -> String {
    let rows = dataset.rows();
    let mut entries: Vec<(DateTime, &Page, &Row<'_>)> = rows.iter().filter_map(|row| entry(row)).collect();
    // Of one day the later period first.
    entries.sort_by(|(a_date, a_page, a), (b_date, b_page, b)| {
        (b_date, b.metric.period, &b_page.permalink, a.area).cmp(&(a_date, a.metric.period, &a_page.permalink, b.area))
    });
    // A feed without entries was last changed when feeds began: a fixed moment, since the clock is not asked.
    let updated = entries.first().map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), |(date, ..)| format!("{date}Z"));
    let url = escape_xml(&dataset.url(Format::Atom.file()));
    let page = escape_xml(&dataset.page.permalink);
    let title = fill(dataset.word("new_observations"), &[("title", dataset.title())]);
    let mut feed = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{lang}\">\n\
         <title>{title}</title>\n<link rel=\"self\" type=\"application/atom+xml\" href=\"{url}\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{page}\"/>\n<id>{url}</id>\n<updated>{updated}</updated>\n\
         <author><name>{author}</name></author>\n",
        lang = escape_xml(dataset.language.code.as_str()),
        title = escape_xml(&title),
        author = escape_xml(dataset.publisher()),
    );
    for (date, article, row) in entries.into_iter().take(LONGEST) {
        push_entry(&mut feed, dataset, date, article, row);
    }
    feed.push_str("</feed>\n");
    feed
}

fn entry<'a, 'r>(row: &'r Row<'a>) -> Option<(DateTime, &'a Page, &'r Row<'a>)> {
    let article = row.article?;
    let date = article.front.date.as_ref()?.moment;
    (row.metric.kind == Kind::Actual && row.metric.amount != Amount::Missing).then_some((date, article, row))
}

fn push_entry(feed: &mut String, dataset: &Dataset<'_>, date: DateTime, article: &Page, row: &Row<'_>) {
    let (metric, definition, language) = (row.metric, dataset.definition, dataset.language);
    let value = metric.text(&language.locale, definition.decimals, definition.unit_label(&language.code));
    let mut title = dataset.title().to_owned();
    if row.area != definition.ref_area {
        let _ = write!(title, ", {}", row.area_name);
    }
    if !metric.breakdown.is_total() {
        let part = breakdown_label(&metric.breakdown, &definition.dimensions, &language.code);
        let _ = write!(title, ", {part}");
    }
    let _ = write!(title, ", {}: {value}", metric.period.label(&language.locale));
    let mut summary = article.title().to_owned();
    if let Some(source) = row.source {
        let _ = write!(summary, " ({source})");
    }
    // The name of a fact, not an address: no page of the article's or the indicator's stands for one number alone.
    let key = format!("{}{} {} {} {}", article.path, dataset.slug, row.area, metric.breakdown, metric.period);
    let id = format!("tag:{},{}:{}", dataset.portal.host(), date.date(), utf8_percent_encode(&key, NON_ALPHANUMERIC));
    let _ = write!(
        feed,
        "<entry>\n<title>{title}</title>\n<id>{id}</id>\n<link rel=\"alternate\" type=\"text/html\" href=\"{url}\"/>\n\
         <published>{date}Z</published>\n<updated>{date}Z</updated>\n<summary>{summary}</summary>\n</entry>\n",
        title = escape_xml(&title),
        id = escape_xml(&id),
        url = escape_xml(&article.permalink),
        summary = escape_xml(&summary),
    );
}
