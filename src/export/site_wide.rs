use super::csv::{head, push_rows};
use super::{Column, Dataset, Portal, columns};

/// Every observation of a site in one table, in the words of its default language.
pub(super) fn observations(portal: Portal<'_>) -> String {
    let columns = all_columns(portal);
    let mut csv = head(portal.config, &columns);
    for dataset in in_default_language(portal) {
        push_rows(&mut csv, &dataset, &columns);
    }
    csv
}

/// The indicators of a site in its default language.
pub(super) fn in_default_language(portal: Portal<'_>) -> impl Iterator<Item = Dataset<'_>> {
    portal.datasets().filter(move |dataset| dataset.language.code == portal.config.default_language)
}

/// The columns of that table: a dimension is one column for all indicators that have it.
pub(super) fn all_columns(portal: Portal<'_>) -> Vec<Column> {
    columns(&in_default_language(portal).flat_map(|dataset| dataset.dimensions()).collect())
}
