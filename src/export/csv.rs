use super::cell::{push_record, safe};
use super::{Column, ColumnType, Dataset};
use crate::config::Config;

/// The tidy table of an indicator: one statement a row, `.` decimals, UTF-8, RFC 4180.
pub(super) fn csv(dataset: &Dataset<'_>) -> String {
    let columns = dataset.columns();
    let mut csv = head(dataset.portal.config, &columns);
    push_rows(&mut csv, dataset, &columns);
    csv
}

/// The names of columns, after the mark that Excel on Windows asks for where the site wants it.
pub(super) fn head(config: &Config, columns: &[Column]) -> String {
    let mut csv = String::from(if config.tinso.csv_bom { "\u{feff}" } else { "" });
    push_record(&mut csv, columns.iter().map(|column| safe(&column.name)));
    csv
}

/// Adds the rows of an indicator.
pub(super) fn push_rows(csv: &mut String, dataset: &Dataset<'_>, columns: &[Column]) {
    for row in dataset.rows() {
        let cell = |column: &Column| {
            let cell = column.cell(dataset, &row);
            if column.kind == ColumnType::Text { safe(&cell).into_owned() } else { cell }
        };
        push_record(csv, columns.iter().map(cell));
    }
}
