use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::json::pretty;
use super::metadata::{Publication, sources};
use super::site_wide::{all_columns, in_default_language};
use super::{Codes, Column, ColumnType, Dataset, Format, Portal, Row, SiteFile};
use crate::config::Language;

/// The Data Package of an indicator: its tidy table.
pub(super) fn of_indicator(dataset: &Dataset<'_>) -> String {
    let rows = dataset.rows();
    let columns = dataset.columns();
    let created = dataset.modified().map(|moment| format!("{moment}Z"));
    let package = Package {
        name: dataset.slug,
        title: dataset.title().to_owned(),
        description: dataset.page.front.description.clone(),
        homepage: &dataset.page.permalink,
        created,
        table: Format::Csv.file(),
        sources: sources(&rows),
        key: key(&columns, &rows.iter().map(|row| (*dataset, *row)).collect::<Vec<_>>()),
        columns: &columns,
    };
    package.write(dataset.portal, dataset.language)
}

/// The Data Package of a site: its table of all observations.
pub(super) fn of_site(portal: Portal<'_>) -> String {
    let Some(language) = portal.config.language(&portal.config.default_language) else { return String::new() };
    let columns = all_columns(portal);
    let rows: Vec<(Dataset<'_>, Row<'_>)> =
        in_default_language(portal).flat_map(|dataset| dataset.rows().into_iter().map(move |row| (dataset, row))).collect();
    let title = crate::locale::fill(language.locale.export.get("observations"), &[("site", portal.publisher(language))]);
    let home = portal.config.permalink("/");
    let package = Package {
        name: "observations",
        title,
        description: language.description.clone(),
        homepage: &home,
        created: in_default_language(portal).filter_map(|dataset| dataset.modified()).max().map(|moment| format!("{moment}Z")),
        table: SiteFile::Observations.path().trim_start_matches("data/"),
        sources: rows.iter().flat_map(|(_, row)| sources(std::slice::from_ref(row))).collect(),
        key: key(&columns, &rows),
        columns: &columns,
    };
    package.write(portal, language)
}

/// The columns that tell rows apart; none where they do not, as of articles that state one number twice in ways that only
/// a reader of both would find.
pub(super) fn key<'a>(columns: &'a [Column], rows: &[(Dataset<'_>, Row<'_>)]) -> Vec<&'a str> {
    let columns: Vec<&Column> = columns.iter().filter(|column| column.is_key()).collect();
    let cells =
        |(dataset, row): &(Dataset<'_>, Row<'_>)| columns.iter().map(|column| column.cell(dataset, row)).collect::<Vec<_>>();
    let keys: BTreeSet<_> = rows.iter().map(cells).collect();
    if keys.len() == rows.len() { columns.iter().map(|column| column.name.as_str()).collect() } else { Vec::new() }
}

struct Package<'a> {
    name: &'a str,
    title: String,
    description: Option<String>,
    homepage: &'a str,
    created: Option<String>,
    table: &'a str,
    sources: BTreeSet<Publication<'a>>,
    columns: &'a [Column],
    key: Vec<&'a str>,
}

impl Package<'_> {
    fn write(self, portal: Portal<'_>, language: &Language) -> String {
        let source = |source: &Publication<'_>| with_path(json!({ "title": source.name }), source.url);
        let mut schema = Map::new();
        schema.insert("$schema".into(), json!("https://datapackage.org/profiles/2.0/tableschema.json"));
        schema.insert("fields".into(), self.columns.iter().map(|column| field(column, language)).collect());
        schema.insert("missingValues".into(), json!([""]));
        if !self.key.is_empty() {
            schema.insert("primaryKey".into(), json!(self.key));
        }
        let resource = json!({
            "$schema": "https://datapackage.org/profiles/2.0/dataresource.json",
            "name": "observations",
            "type": "table",
            "path": self.table,
            "title": self.title,
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": schema,
        });
        let mut package = Map::new();
        package.insert("$schema".into(), json!("https://datapackage.org/profiles/2.0/datapackage.json"));
        package.insert("name".into(), json!(name(self.name)));
        package.insert("id".into(), json!(self.homepage));
        package.insert("title".into(), json!(self.title));
        package.insert("homepage".into(), json!(self.homepage));
        package.extend(self.description.map(|text| ("description".to_owned(), json!(text))));
        package.extend(self.created.map(|text| ("created".to_owned(), json!(text))));
        let publisher = json!({ "title": portal.publisher(language), "path": portal.config.base_url, "roles": ["publisher"] });
        package.insert("contributors".into(), json!([publisher]));
        if let Some(licence) = &portal.config.tinso.licence {
            package.insert("licenses".into(), json!([{ "name": licence.name, "path": licence.url }]));
        }
        if !self.sources.is_empty() {
            package.insert("sources".into(), self.sources.iter().map(source).collect());
        }
        package.insert("resources".into(), json!([resource]));
        pretty(&Value::Object(package))
    }
}

/// A name as Data Packages have it: small letters, digits and marks between them.
fn name(slug: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') { c.to_ascii_lowercase() } else { '-' };
    slug.chars().map(safe).collect()
}

fn with_path(mut value: Value, path: Option<&str>) -> Value {
    if let (Some(map), Some(path)) = (value.as_object_mut(), path) {
        map.insert("path".to_owned(), json!(path));
    }
    value
}

fn field(column: &Column, language: &Language) -> Value {
    let (kind, format) = match column.kind {
        ColumnType::Text | ColumnType::Code(_) => ("string", None),
        ColumnType::Url => ("string", Some("uri")),
        ColumnType::Number => ("number", None),
        ColumnType::Integer => ("integer", None),
        ColumnType::Boolean => ("boolean", None),
        ColumnType::Date => ("date", None),
    };
    let mut constraints = Map::new();
    if column.required {
        constraints.insert("required".into(), json!(true));
    }
    match column.kind {
        ColumnType::Code(Codes::Period) => {
            constraints.insert("pattern".into(), json!(PERIOD));
        }
        ColumnType::Code(codes) => {
            constraints.insert("enum".into(), json!(codes.words()));
        }
        _ => {}
    }
    let mut field = Map::new();
    field.insert("name".into(), json!(column.name));
    field.insert("type".into(), json!(kind));
    field.extend(format.map(|format| ("format".to_owned(), json!(format))));
    field.insert("description".into(), json!(column.about(language)));
    if !constraints.is_empty() {
        field.insert("constraints".into(), Value::Object(constraints));
    }
    Value::Object(field)
}

/// The form of periods.
const PERIOD: &str =
    r"[0-9]{4}(-(H[12]|Q[1-4]|W[0-9]{2}|[0-9]{2}(-[0-9]{2})?))?(/[0-9]{4}(-(H[12]|Q[1-4]|W[0-9]{2}|[0-9]{2}(-[0-9]{2})?))?)?";
