use super::cell::{push_record, safe};
use super::{COLUMNS, ColumnType, Dataset, Row};

/// The tidy table of an indicator: one statement a row, `.` decimals, UTF-8 without a mark at its start, RFC 4180.
pub(super) fn csv(dataset: &Dataset<'_>) -> String {
    let mut csv = head();
    push_rows(&mut csv, dataset);
    csv
}

/// The names of the columns.
pub(super) fn head() -> String {
    let mut csv = String::new();
    push_record(&mut csv, COLUMNS.map(|column| column.name));
    csv
}

/// Adds the rows of an indicator.
pub(super) fn push_rows(csv: &mut String, dataset: &Dataset<'_>) {
    for row in dataset.rows() {
        push_record(csv, cells(dataset, &row));
    }
}

fn cells(dataset: &Dataset<'_>, row: &Row<'_>) -> [String; COLUMNS.len()] {
    COLUMNS.map(|column| {
        let cell = (column.cell)(dataset, row);
        if column.kind == ColumnType::Text { safe(&cell).into_owned() } else { cell }
    })
}
