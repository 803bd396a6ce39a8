use tera::Value;

use super::basics::{list, maybe, object, text};
use crate::content::Page;
use crate::export::{Dataset, Format, Portal, Scheme, cite, frame, schema_org};
use crate::template::Site;

/// What others may take of an indicator, as its page in one language offers it: files, a feed, a frame, a citation.
pub(super) fn reuse(site: &Site, slug: &str, page: &Page, has_chart: bool) -> Vec<(&'static str, Value)> {
    let portal = Portal { config: &site.config, library: &site.library, catalogue: &site.catalogue };
    let Some(dataset) = portal.dataset(slug, page) else { return Vec::new() };
    let file = |format: Format| maybe(dataset.has(format, has_chart).then(|| dataset.url(format.file())).as_deref());
    vec![
        ("csv", file(Format::Csv)),
        ("json", file(Format::Json)),
        ("svg", file(Format::Svg)),
        ("png", file(Format::Png)),
        ("card", file(Format::Card)),
        ("feed", file(Format::Atom)),
        ("oembed", file(Format::OEmbed)),
        ("embed", text(&dataset.url(Scheme::Auto.folder()))),
        ("embed_code", text(&frame(&dataset))),
        ("downloads", list(downloads(&dataset, has_chart))),
        ("citation", text(&cite(&dataset))),
        ("json_ld", Value::safe_string(&schema_org(&dataset, has_chart))),
    ]
}

/// The files that readers may want, each with what it is in words.
fn downloads(dataset: &Dataset<'_>, has_chart: bool) -> Vec<Value> {
    let file = |format: Format| {
        let words = dataset.language.locale.export.get(format.words()?);
        Some(object([
            ("name", text(format.file())),
            ("permalink", text(&dataset.url(format.file()))),
            ("media_type", text(format.media_type())),
            ("text", text(words)),
        ]))
    };
    dataset.formats(has_chart).filter_map(file).collect()
}
