use super::cell::{push_record, safe};
use super::{Column, ColumnType, Dataset};

/// The tidy table of an indicator: one statement a row, `.` decimals, UTF-8 without a mark at its start, RFC 4180.
pub(super) fn csv(dataset: &Dataset<'_>) -> String {
    let columns = dataset.columns();
    let mut csv = head(&columns);
    push_rows(&mut csv, dataset, &columns);
    csv
}

/// The names of columns.
pub(super) fn head(columns: &[Column]) -> String {
    let mut csv = String::new();
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
