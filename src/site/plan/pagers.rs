use crate::template::Pager;

/// The pages of a list; none when it is not cut.
pub(super) fn pagers(first: &str, word: &str, by: Option<usize>, total: usize, reversed: bool) -> Vec<Pager> {
    let Some(by) = by else { return Vec::new() };
    let count = total.div_ceil(by).max(1);
    let pager =
        |number| Pager { by, base_url: format!("{first}{word}/"), first: first.to_owned(), number, count, total, reversed };
    (1..=count).map(pager).collect()
}

pub(super) fn pager_address(path: &str, word: &str, number: usize) -> String {
    if number == 1 { path.to_owned() } else { format!("{path}{word}/{number}/") }
}
