use serde_json::{Map, Value, json};

use super::data_package::key;
use super::json::pretty;
use super::{Codes, Column, ColumnType, Dataset, Format};
use crate::config::Language;

/// The description of the tidy table for CSV on the Web, found beside it by its name.
pub(super) fn csvw(dataset: &Dataset<'_>) -> String {
    let rows: Vec<_> = dataset.rows().into_iter().map(|row| (*dataset, row)).collect();
    let columns = dataset.columns();
    let mut schema = Map::new();
    schema.insert("columns".into(), columns.iter().map(|of| column(of, dataset.language)).collect());
    let key = key(&columns, &rows);
    if !key.is_empty() {
        schema.insert("primaryKey".into(), json!(key));
    }
    let mut table = Map::new();
    table.insert("@context".into(), json!(["http://www.w3.org/ns/csvw", { "@language": dataset.language.code.as_str() }]));
    table.insert("url".into(), json!(Format::Csv.file()));
    table.insert("dc:title".into(), json!(dataset.title()));
    table.insert("dc:description".into(), json!(dataset.description()));
    table.insert("dc:publisher".into(), json!(dataset.publisher()));
    table.insert("dc:language".into(), json!(dataset.language.code.as_str()));
    table.insert("dc:source".into(), json!({ "@id": dataset.page.permalink }));
    if let Some(modified) = dataset.modified() {
        table.insert("dc:modified".into(), json!({ "@value": modified.date().to_string(), "@type": "xsd:date" }));
    }
    if let Some(url) = dataset.portal.config.tinso.licence.as_ref().and_then(|licence| licence.url.as_deref()) {
        table.insert("dc:license".into(), json!({ "@id": url }));
    }
    table.insert("dialect".into(), json!({ "delimiter": ",", "header": true, "encoding": "utf-8", "lineTerminators": ["\r\n"] }));
    table.insert("tableSchema".into(), Value::Object(schema));
    pretty(&Value::Object(table))
}

fn column(column: &Column, language: &Language) -> Value {
    let datatype = match column.kind {
        ColumnType::Text => json!("string"),
        ColumnType::Code(Codes::Period) => json!("string"),
        ColumnType::Code(codes) => json!({ "base": "string", "format": codes.words().join("|") }),
        ColumnType::Number => json!("decimal"),
        ColumnType::Integer => json!("integer"),
        ColumnType::Boolean => json!("boolean"),
        ColumnType::Date => json!("date"),
        ColumnType::Url => json!("anyURI"),
    };
    json!({
        "name": column.name,
        "titles": column.name,
        "dc:description": column.about(language),
        "datatype": datatype,
        "required": column.required,
    })
}
