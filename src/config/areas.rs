use std::collections::BTreeMap;

use super::Language;
use super::read::Reader;
use crate::data::{Data, Fields, Table, parse_toml};
use crate::diagnostic::Diagnostic;
use crate::source::Snapshot;
use crate::text::{Lang, SitePath, SourceText};

type Areas = BTreeMap<String, BTreeMap<Lang, String>>;

impl Reader<'_> {
    /// Reads `areas` of `[extra.tinso]`: a table of names by code, or the path of a TOML file that is one.
    pub(super) fn areas(
        &self,
        fields: &mut Fields<'_>,
        languages: &[Language],
        snapshot: &Snapshot,
    ) -> (Areas, Option<SitePath>) {
        let Some(node) = fields.node("areas") else { return (Areas::new(), None) };
        match &node.value {
            Data::Table(table) => (self.named_areas(table, languages), None),
            Data::Text(path) => {
                let path = SitePath::new(path);
                let Some(bytes) = snapshot.any_file(&path) else {
                    let diagnostic = Diagnostic::error("no-areas-file", format!("there is no file {path}"));
                    let help = "write the file, a line `VN-26 = { vi = \"…\", en = \"…\" }` for each area, or correct the path, which starts at the site's folder";
                    self.sink.push(diagnostic.at(self.source, node.span).help(help));
                    return (Areas::new(), Some(path));
                };
                let Ok(text) = std::str::from_utf8(&bytes) else {
                    let diagnostic = Diagnostic::error("not-utf8", format!("{path} is not text in UTF-8"));
                    self.sink.push(diagnostic.at(self.source, node.span).help("save it as UTF-8"));
                    return (Areas::new(), Some(path));
                };
                let source = SourceText::new(path.clone(), text);
                let areas = parse_toml(&source, source.whole(), self.sink)
                    .map(|table| Reader { source: &source, sink: self.sink }.named_areas(&table, languages));
                (areas.unwrap_or_default(), Some(path))
            }
            _ => {
                fields.wrong("areas", node, "a table of areas, or the path of a file that is one, such as \"data/areas.toml\"");
                (Areas::new(), None)
            }
        }
    }

    fn named_areas(&self, table: &Table, languages: &[Language]) -> Areas {
        let mut areas = Areas::new();
        for entry in table.entries() {
            let Data::Table(names) = &entry.node.value else {
                let fields = Fields::new(self.source, table, self.sink);
                fields.wrong(&entry.key, &entry.node, "a table of names, such as { vi = \"Cả nước\", en = \"Vietnam\" }");
                continue;
            };
            if !is_area_code(&entry.key) {
                let message = format!("`{}` is not the code of an area", entry.key);
                let help = "write a code of ISO 3166: two capital letters of a country (VN), perhaps with a hyphen and one to three capitals or digits of a part of it (VN-26)";
                self.sink.push(Diagnostic::error("bad-area-code", message).at(self.source, entry.key_span).help(help));
            }
            let names = self.names(names, languages);
            for language in languages.iter().filter(|language| !names.contains_key(&language.code)) {
                let message = format!("the area `{}` has no name in `{}`", entry.key, language.code);
                let help = format!("add `{} = \"…\"`, or pages in that language show the code", language.code);
                self.sink.push(Diagnostic::warning("missing-area-name", message).at(self.source, entry.key_span).help(help));
            }
            areas.insert(entry.key.to_string(), names);
        }
        areas
    }
}

/// Whether a text has the shape of a code of [ISO 3166-1](https://www.iso.org/iso-3166-country-codes.html) (`VN`) or
/// ISO 3166-2 (`VN-26`, `VN-SG`).
pub fn is_area_code(text: &str) -> bool {
    let (country, part) = text.split_once('-').map_or((text, None), |(country, part)| (country, Some(part)));
    let is_part =
        |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase()) && part.is_none_or(is_part)
}

#[cfg(test)]
mod tests {
    use super::is_area_code;

    #[test]
    fn codes_of_areas_have_the_shape_of_iso_3166() {
        for code in ["VN", "VN-26", "VN-SG", "GB-ENG", "FR-2A"] {
            assert!(is_area_code(code), "{code}");
        }
        for text in ["", "vn", "VNM", "VN-", "VN-2600", "VN-sg", "VN_26", "VN-26-1", "Huế", "V\u{110}"] {
            assert!(!is_area_code(text), "{text}");
        }
    }
}
