use serde_json::{Map, Value, json};

use super::json::pretty;
use super::{Dataset, Format, Portal, SiteFile};
use crate::locale::fill;

/// The datasets of a site as a DCAT 3 catalogue in JSON-LD: one for each indicator, with names in every language.
pub(super) fn catalog(portal: Portal<'_>) -> String {
    let config = portal.config;
    let home = config.permalink("/");
    let titles = config.languages.iter().map(|language| {
        let title = fill(language.locale.export.get("catalog"), &[("site", portal.publisher(language))]);
        json!({ "@language": language.code.as_str(), "@value": title })
    });
    let publisher_name = config.language(&config.default_language).map_or("", |language| portal.publisher(language));
    let publisher = json!({ "@id": format!("{home}#publisher"), "@type": "foaf:Agent", "foaf:name": publisher_name });
    let datasets: Vec<Value> = portal.catalogue.definitions().filter_map(|(slug, _)| dataset(portal, slug)).collect();
    let document = json!({
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": config.permalink(&format!("/{}", SiteFile::Catalog.path())),
        "@type": "dcat:Catalog",
        "dct:title": titles.collect::<Value>(),
        "dct:publisher": publisher,
        "foaf:homepage": { "@id": home },
        "dct:language": config.languages.iter().map(|language| language.code.as_str()).collect::<Value>(),
        "dcat:dataset": datasets,
    });
    pretty(&document)
}

fn dataset(portal: Portal<'_>, slug: &str) -> Option<Value> {
    let versions: Vec<Dataset<'_>> = portal.versions(slug).collect();
    let first = versions.first()?;
    let rows = first.rows();
    let in_languages = |text: &dyn Fn(&Dataset<'_>) -> String| {
        let text = |version: &Dataset<'_>| json!({ "@language": version.language.code.as_str(), "@value": text(version) });
        versions.iter().map(text).collect::<Value>()
    };
    let id = format!("{}#dataset", first.page.permalink);
    let mut dataset = Map::new();
    let mut add = |key: &str, value: Value| dataset.insert(key.to_owned(), value);
    add("@id", json!(id));
    add("@type", json!("dcat:Dataset"));
    add("dct:identifier", json!(slug));
    add("dct:title", in_languages(&|version| version.title().to_owned()));
    add("dct:description", in_languages(&|version| version.description()));
    add("dct:publisher", json!({ "@id": format!("{}#publisher", portal.config.permalink("/")) }));
    add("dcat:landingPage", versions.iter().map(|version| json!({ "@id": version.page.permalink })).collect());
    let day = |day: String| json!({ "@type": "xsd:date", "@value": day });
    if let Some(modified) = first.modified() {
        add("dct:modified", day(modified.date().to_string()));
    }
    let start = rows.iter().map(|row| row.metric.period.start()).min();
    if let (Some(start), Some(end)) = (start, rows.iter().map(|row| row.metric.period.end()).max()) {
        let period = json!({ "@type": "dct:PeriodOfTime", "dcat:startDate": day(start.to_string()), "dcat:endDate": day(end.to_string()) });
        add("dct:temporal", period);
    }
    let distributions = versions.iter().flat_map(|version| {
        [Format::Csv, Format::SdmxCsv, Format::Json, Format::Zip].map(|format| distribution(portal, version, format))
    });
    add("dcat:distribution", distributions.collect());
    Some(Value::Object(dataset))
}

fn distribution(portal: Portal<'_>, version: &Dataset<'_>, format: Format) -> Value {
    let url = version.url(format.file());
    let mut distribution = json!({
        "@id": format!("{url}#distribution"),
        "@type": "dcat:Distribution",
        "dct:title": { "@language": version.language.code.as_str(), "@value": format!("{} ({})", version.title(), format.file()) },
        "dct:language": version.language.code.as_str(),
        "dcat:accessURL": { "@id": version.page.permalink },
        "dcat:downloadURL": { "@id": url },
        "dcat:mediaType": format.media_type(),
    });
    let licence = portal.config.tinso.licence.as_ref().and_then(|licence| licence.url.as_deref());
    if let (Some(map), Some(url)) = (distribution.as_object_mut(), licence) {
        map.insert("dct:license".to_owned(), json!({ "@id": url }));
    }
    distribution
}
