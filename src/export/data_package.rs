use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::json::pretty;
use super::metadata::{Publication, sources};
use super::{COLUMNS, Codes, Column, ColumnType, Dataset, Format, Portal, Row, SiteFile};
use crate::config::Language;

/// The columns that tell rows apart.
pub(super) const KEY: [&str; 5] = ["indicator", "ref_area", "time_period", "kind", "article_url"];

/// The Data Package of an indicator: its tidy table.
pub(super) fn of_indicator(dataset: &Dataset<'_>) -> String {
    let rows = dataset.rows();
    let created = dataset.modified().map(|moment| format!("{moment}Z"));
    let package = Package {
        name: dataset.slug,
        title: dataset.title().to_owned(),
        description: dataset.page.front.description.clone(),
        homepage: &dataset.page.permalink,
        created,
        table: Format::Csv.file(),
        sources: sources(&rows),
        has_key: is_key(&rows.iter().map(|row| (*dataset, *row)).collect::<Vec<_>>()),
    };
    package.write(dataset.portal, dataset.language)
}

/// The Data Package of a site: its table of all observations.
pub(super) fn of_site(portal: Portal<'_>) -> String {
    let Some(language) = portal.config.language(&portal.config.default_language) else { return String::new() };
    let datasets = || portal.datasets().filter(|dataset| dataset.language.code == language.code);
    let rows: Vec<(Dataset<'_>, Row<'_>)> =
        datasets().flat_map(|dataset| dataset.rows().into_iter().map(move |row| (dataset, row))).collect();
    let title = crate::locale::fill(language.locale.export.get("observations"), &[("site", portal.publisher(language))]);
    let home = portal.config.permalink("/");
    let package = Package {
        name: "observations",
        title,
        description: language.description.clone(),
        homepage: &home,
        created: datasets().filter_map(|dataset| dataset.modified()).max().map(|moment| format!("{moment}Z")),
        table: SiteFile::Observations.path().trim_start_matches("data/"),
        sources: rows.iter().flat_map(|(_, row)| sources(std::slice::from_ref(row))).collect(),
        has_key: is_key(&rows),
    };
    package.write(portal, language)
}

/// Whether the columns of [`KEY`] tell rows apart. They do, but for articles that state one number twice in ways that
/// only a reader of both would find.
pub(super) fn is_key(rows: &[(Dataset<'_>, Row<'_>)]) -> bool {
    let columns: Vec<&Column> = COLUMNS.iter().filter(|column| KEY.contains(&column.name)).collect();
    let keys = rows.iter().map(|(dataset, row)| columns.iter().map(|column| (column.cell)(dataset, row)).collect::<Vec<_>>());
    keys.collect::<BTreeSet<_>>().len() == rows.len()
}

struct Package<'a> {
    name: &'a str,
    title: String,
    description: Option<String>,
    homepage: &'a str,
    created: Option<String>,
    table: &'a str,
    sources: BTreeSet<Publication<'a>>,
    has_key: bool,
}

impl Package<'_> {
    fn write(self, portal: Portal<'_>, language: &Language) -> String {
        let source = |source: &Publication<'_>| with_path(json!({ "title": source.name }), source.url);
        let mut schema = Map::new();
        schema.insert("$schema".into(), json!("https://datapackage.org/profiles/2.0/tableschema.json"));
        schema.insert("fields".into(), COLUMNS.iter().map(|column| field(column, language)).collect());
        schema.insert("missingValues".into(), json!([""]));
        if self.has_key {
            schema.insert("primaryKey".into(), json!(KEY));
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
    field.insert("description".into(), json!(language.locale.export.get(column.name)));
    if !constraints.is_empty() {
        field.insert("constraints".into(), Value::Object(constraints));
    }
    Value::Object(field)
}

/// The form of periods.
const PERIOD: &str =
    r"[0-9]{4}(-(H[12]|Q[1-4]|W[0-9]{2}|[0-9]{2}(-[0-9]{2})?))?(/[0-9]{4}(-(H[12]|Q[1-4]|W[0-9]{2}|[0-9]{2}(-[0-9]{2})?))?)?";
