use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{Dataset, Format, SiteFile, cite};

/// The `Dataset` of schema.org for an indicator's page, as JSON that is safe inside a `<script>` element.
pub fn schema_org(dataset: &Dataset<'_>, has_chart: bool) -> String {
    let (definition, language, portal) = (dataset.definition, dataset.language, dataset.portal);
    let rows = dataset.rows();
    let areas: BTreeSet<(&str, &str)> =
        rows.iter().map(|row| (row.area, row.area_name)).filter(|(code, _)| !code.is_empty()).collect();
    let articles: BTreeSet<&str> = rows.iter().filter_map(|row| row.article.map(|page| page.permalink.as_str())).collect();
    let publisher = json!({ "@type": "Organization", "name": dataset.publisher(), "url": portal.config.permalink("/") });
    let tables = [Format::Csv, Format::SdmxCsv, Format::Json, Format::Zip];
    let charts = [Format::Svg, Format::Png];
    let download = |format: Format| {
        json!({
            "@type": "DataDownload",
            "encodingFormat": format.media_type(),
            "contentUrl": dataset.url(format.file()),
            "inLanguage": language.code.as_str(),
        })
    };
    let place = |(code, name): &(&str, &str)| json!({ "@type": "Place", "name": name, "identifier": code });
    let mut document = Map::new();
    let mut add = |key: &str, value: Value| document.insert(key.to_owned(), value);
    add("@context", json!("https://schema.org"));
    add("@type", json!("Dataset"));
    add("@id", json!(format!("{}#dataset", dataset.page.permalink)));
    add("name", json!(dataset.title()));
    add("description", json!(dataset.description()));
    add("url", json!(dataset.page.permalink));
    add("identifier", json!(dataset.slug));
    add("inLanguage", json!(language.code.as_str()));
    add("isAccessibleForFree", json!(true));
    add("creator", publisher.clone());
    add("publisher", publisher);
    add("citation", json!(cite(dataset)));
    if let Some(licence) = &portal.config.tinso.licence {
        add("license", json!(licence.url.as_ref().unwrap_or(&licence.name)));
    }
    if let Some(modified) = dataset.modified() {
        add("dateModified", json!(modified.date().to_string()));
    }
    let start = rows.iter().map(|row| row.metric.period.start()).min();
    if let (Some(start), Some(end)) = (start, rows.iter().map(|row| row.metric.period.end()).max()) {
        add("temporalCoverage", json!(format!("{start}/{end}")));
    }
    if !areas.is_empty() {
        add("spatialCoverage", areas.iter().map(place).collect());
    }
    add(
        "variableMeasured",
        json!({
            "@type": "PropertyValue",
            "name": dataset.title(),
            "propertyID": dataset.slug,
            "unitText": definition.unit_label(&language.code),
        }),
    );
    if !articles.is_empty() {
        add("isBasedOn", json!(articles));
    }
    let charts = charts.into_iter().filter(|format| dataset.has(*format, has_chart));
    add("distribution", tables.into_iter().chain(charts).map(download).collect());
    let catalog = portal.config.permalink(&format!("/{}", SiteFile::Catalog.path()));
    add("includedInDataCatalog", json!({ "@type": "DataCatalog", "name": portal.publisher(language), "url": catalog }));
    in_script(&Value::Object(document).to_string())
}

/// JSON in which nothing can end a `<script>` element or begin a comment in it.
fn in_script(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for letter in json.chars() {
        match letter {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => safe.push_str(&format!("\\u{:04x}", u32::from(letter))),
            other => safe.push(other),
        }
    }
    safe
}
