use super::Portal;
use super::csv::{head, push_rows};

/// Every observation of a site in one table, in the words of its default language.
pub(super) fn observations(portal: Portal<'_>) -> String {
    let mut csv = head();
    for dataset in portal.datasets().filter(|dataset| dataset.language.code == portal.config.default_language) {
        push_rows(&mut csv, &dataset);
    }
    csv
}
