use std::borrow::Cow;

/// A text of writers, made safe: one that a spreadsheet would take for a formula is made plain text by an apostrophe.
pub(super) fn safe(text: &str) -> Cow<'_, str> {
    // The last four are what = + - @ are on keyboards of East Asian languages, which some spreadsheets read alike.
    let formula = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if text.trim_start_matches(' ').starts_with(formula) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Writes a record of RFC 4180.
pub(super) fn push_record<T: AsRef<str>>(csv: &mut String, cells: impl IntoIterator<Item = T>) {
    for (at, cell) in cells.into_iter().enumerate() {
        let cell = cell.as_ref();
        if at > 0 {
            csv.push(',');
        }
        if cell.contains(['"', ',', '\n', '\r']) {
            csv.push('"');
            csv.push_str(&cell.replace('"', "\"\""));
            csv.push('"');
        } else {
            csv.push_str(cell);
        }
    }
    csv.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_would_be_a_formula_is_plain_text() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", " =1"] {
            assert_eq!(safe(text), format!("'{text}"));
        }
        for text in ["", "1=1", "a-b", "–5", "'=1"] {
            assert_eq!(safe(text), text);
        }
    }

    #[test]
    fn cells_with_separators_are_quoted() {
        let mut csv = String::new();
        push_record(&mut csv, ["a", "b,c", "d\"e", "f\ng", ""]);
        assert_eq!(csv, "a,\"b,c\",\"d\"\"e\",\"f\ng\",\r\n");
    }
}
