use csv::{ErrorKind, Reader, StringRecord};

use super::{Broken, Data, list, table, text};

/// Reads CSV as `headers` and `records`, every field a text.
pub(super) fn read(content: &str) -> Result<Data, Broken> {
    let mut reader = Reader::from_reader(content.as_bytes());
    let fields = |record: &StringRecord| list(record.iter().map(text));
    let headers = fields(reader.headers().map_err(|error| broken(&error))?);
    let mut records = Vec::new();
    for record in reader.records() {
        records.push(fields(&record.map_err(|error| broken(&error))?));
    }
    Ok(table([("headers".to_owned(), headers), ("records".to_owned(), list(records))]))
}

fn broken(error: &csv::Error) -> Broken {
    let line = error.position().map(|position| usize::try_from(position.line()).unwrap_or_default());
    let message = match error.kind() {
        ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("this line has {len} fields, but those before it have {expected_len}")
        }
        _ => error.to_string(),
    };
    match line {
        Some(line) => Broken::at_line(message, line),
        None => Broken { message, line: None, column: None },
    }
}
