//! What others take from the numbers of a site: tables, their descriptions, citations, feeds and pictures.
//!
//! An indicator in one language is a [`Dataset`]; its observations are [`Row`]s under [`Column`]s, and every format is
//! written from these. All of it follows from front matter and settings alone.

mod archive;
mod atom;
#[cfg(feature = "png")]
mod card;
mod cell;
mod cite;
mod column;
mod csv;
mod csvw;
mod data_package;
mod dataset;
mod dcat;
mod format;
mod json;
mod letters;
mod metadata;
mod oembed;
#[cfg(feature = "png")]
mod picture;
mod readme;
mod row;
mod schema_org;
mod sdmx;
mod site_wide;

pub use cite::cite;
pub use column::{Codes, Column, ColumnType, columns};
pub use dataset::{Dataset, Portal};
pub use format::{Format, Scheme, SiteFile};
pub use letters::check_letters;
pub use oembed::frame;
pub use row::Row;
pub use schema_org::schema_org;

#[cfg(feature = "png")]
pub use picture::png;

use crate::chart::Chart;

impl Format {
    /// The bytes of an indicator's file; nothing where there is no chart to draw. A picture is its SVG here, to be drawn by
    /// [`png()`].
    pub fn bytes(self, dataset: &Dataset<'_>, chart: Option<&Chart>) -> Option<Vec<u8>> {
        let paint = |svg| dataset.portal.config.tinso.palette.paint(svg);
        let text = match self {
            Self::Csv => csv::csv(dataset),
            Self::SdmxCsv => sdmx::csv(dataset),
            Self::Json => json::json(dataset),
            Self::Metadata => metadata::metadata(dataset),
            Self::DataPackage => data_package::of_indicator(dataset),
            Self::CsvW => csvw::csvw(dataset),
            Self::Svg | Self::Png => paint(chart?.standalone(&dataset.source_line())),
            Self::OEmbed => oembed::oembed(dataset),
            Self::Atom => atom::atom(dataset),
            Self::Zip => return Some(archive::zip(dataset, chart)),
            #[cfg(feature = "png")]
            Self::Card => paint(card::card(dataset)),
            #[cfg(not(feature = "png"))]
            Self::Card => return None,
        };
        Some(text.into_bytes())
    }
}

impl SiteFile {
    /// Its bytes.
    pub fn bytes(self, portal: Portal<'_>) -> Vec<u8> {
        match self {
            Self::Observations => site_wide::observations(portal),
            Self::DataPackage => data_package::of_site(portal),
            Self::Catalog => dcat::catalog(portal),
        }
        .into_bytes()
    }
}
