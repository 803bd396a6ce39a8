use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::readme::readme;
use super::{Dataset, Format};
use crate::chart::Chart;

/// What goes into the ZIP.
const FILES: [Format; 7] =
    [Format::Csv, Format::SdmxCsv, Format::Json, Format::Metadata, Format::DataPackage, Format::CsvW, Format::Svg];

/// The data files of an indicator in one, with a readme. The same data gives the same bytes: nothing in it says when it was
/// made.
pub(super) fn zip(dataset: &Dataset<'_>, chart: Option<&Chart>) -> Vec<u8> {
    let files: Vec<(Format, Vec<u8>)> =
        FILES.into_iter().filter_map(|format| Some((format, format.bytes(dataset, chart)?))).collect();
    let formats: Vec<Format> = files.iter().map(|(format, _)| *format).collect();
    let readme = ("README.md", readme(dataset, &formats).into_bytes());
    let named = files.into_iter().map(|(format, bytes)| (format.file(), bytes));
    // Writing to memory cannot fail.
    archive(std::iter::once(readme).chain(named)).unwrap_or_default()
}

fn archive(files: impl Iterator<Item = (&'static str, Vec<u8>)>) -> Option<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(name, options).ok()?;
        archive.write_all(&bytes).ok()?;
    }
    Some(archive.finish().ok()?.into_inner())
}
