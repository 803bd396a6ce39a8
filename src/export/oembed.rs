use serde_json::{Value, json};

use super::json::pretty;
use super::{Dataset, Format, Scheme};
use crate::text::escape_xml;

/// The size of the frame that holds a chart.
const SIZE: (u32, u32) = (720, 520);

/// What an oEmbed consumer shows for the page of an indicator.
pub(super) fn oembed(dataset: &Dataset<'_>) -> String {
    let (width, height) = SIZE;
    let mut document = json!({
        "version": "1.0",
        "type": "rich",
        "title": dataset.title(),
        "provider_name": dataset.publisher(),
        "provider_url": dataset.portal.config.permalink("/"),
        "html": frame(dataset),
        "width": width,
        "height": height,
        "cache_age": 86_400,
    });
    if let (Some(map), true) = (document.as_object_mut(), dataset.has(Format::Card, true)) {
        map.insert("thumbnail_url".to_owned(), Value::from(dataset.url(Format::Card.file())));
        map.insert("thumbnail_width".to_owned(), Value::from(1200));
        map.insert("thumbnail_height".to_owned(), Value::from(628));
    }
    pretty(&document)
}

/// The element that embeds the chart of an indicator in a page of others.
pub fn frame(dataset: &Dataset<'_>) -> String {
    let (width, height) = SIZE;
    format!(
        "<iframe src=\"{}\" title=\"{}\" width=\"{width}\" height=\"{height}\" loading=\"lazy\" frameborder=\"0\"></iframe>",
        escape_xml(&dataset.url(Scheme::Auto.folder())),
        escape_xml(dataset.title()),
    )
}
