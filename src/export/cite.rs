use super::Dataset;
use crate::locale::fill;

/// How to cite an indicator, in the language of its page: publisher, year of the newest article, name, address.
pub fn cite(dataset: &Dataset<'_>) -> String {
    let year = dataset.modified().map(|moment| moment.year().to_string());
    let pattern = dataset.word(if year.is_some() { "cite" } else { "cite_undated" });
    let parts = [
        ("publisher", dataset.publisher()),
        ("year", year.as_deref().unwrap_or_default()),
        ("title", dataset.title()),
        ("url", &dataset.page.permalink),
    ];
    fill(pattern, &parts)
}
