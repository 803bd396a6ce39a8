/// A file beside an indicator's page.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Format {
    /// The tidy table.
    Csv,
    /// The values that hold, as SDMX-CSV 2.1.
    SdmxCsv,
    /// The table with what the indicator is.
    Json,
    /// What the indicator is, without the table.
    Metadata,
    /// A Frictionless Data Package, version 2.
    DataPackage,
    /// The description of the table for CSV on the Web.
    CsvW,
    /// The chart.
    Svg,
    /// The chart as a picture.
    Png,
    /// A picture for links to the page.
    Card,
    /// How to embed the chart, for oEmbed consumers.
    OEmbed,
    /// A feed of new observations.
    Atom,
    /// The data files in one.
    Zip,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 12] = [
        Self::Csv,
        Self::SdmxCsv,
        Self::Json,
        Self::Metadata,
        Self::DataPackage,
        Self::CsvW,
        Self::Svg,
        Self::Png,
        Self::Card,
        Self::OEmbed,
        Self::Atom,
        Self::Zip,
    ];

    /// The name of its file.
    pub fn file(self) -> &'static str {
        match self {
            Self::Csv => "data.csv",
            Self::SdmxCsv => "data.sdmx.csv",
            Self::Json => "data.json",
            Self::Metadata => "metadata.json",
            Self::DataPackage => "datapackage.json",
            Self::CsvW => "data.csv-metadata.json",
            Self::Svg => "chart.svg",
            Self::Png => "chart.png",
            Self::Card => "card.png",
            Self::OEmbed => "oembed.json",
            Self::Atom => "observations.xml",
            Self::Zip => "data.zip",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv",
            Self::SdmxCsv => "application/vnd.sdmx.data+csv;version=2.1.0",
            Self::Json | Self::Metadata => "application/json",
            Self::DataPackage => "application/vnd.datapackage+json",
            Self::CsvW => "application/csvm+json",
            Self::Svg => "image/svg+xml",
            Self::Png | Self::Card => "image/png",
            Self::OEmbed => "application/json+oembed",
            Self::Atom => "application/atom+xml",
            Self::Zip => "application/zip",
        }
    }

    /// The name of the words that say what it is, for those that readers download.
    pub fn words(self) -> Option<&'static str> {
        match self {
            Self::Csv => Some("file_csv"),
            Self::SdmxCsv => Some("file_sdmx"),
            Self::Json => Some("file_json"),
            Self::Metadata => Some("file_metadata"),
            Self::DataPackage => Some("file_package"),
            Self::CsvW => Some("file_csvw"),
            Self::Svg => Some("file_svg"),
            Self::Png => Some("file_png"),
            Self::Zip => Some("file_zip"),
            Self::Card | Self::OEmbed | Self::Atom => None,
        }
    }

    /// Whether it is drawn as a picture, which takes long.
    pub fn is_picture(self) -> bool {
        matches!(self, Self::Png | Self::Card)
    }

    /// Whether it is made of the chart, so that there is none without one.
    pub fn needs_chart(self) -> bool {
        matches!(self, Self::Svg | Self::Png)
    }

    /// Whether this build of tinso can make it.
    pub fn is_made(self) -> bool {
        cfg!(feature = "png") || !self.is_picture()
    }
}

/// A file of all indicators.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum SiteFile {
    /// Every observation in one table.
    Observations,
    /// Its Data Package.
    DataPackage,
    /// The datasets of the site, as DCAT.
    Catalog,
}

impl SiteFile {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Observations, Self::DataPackage, Self::Catalog];

    /// Its path below the output folder.
    pub fn path(self) -> &'static str {
        match self {
            Self::Observations => "data/observations.csv",
            Self::DataPackage => "data/datapackage.json",
            Self::Catalog => "data/catalog.jsonld",
        }
    }
}

/// In which colours an embedded page is shown.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Scheme {
    /// As the reader's system is set.
    Auto,
    /// On light ground.
    Light,
    /// On dark ground.
    Dark,
}

impl Scheme {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// Its word in templates.
    pub fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The folder of its page beside the indicator's.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Auto => "embed/",
            Self::Light => "embed-light/",
            Self::Dark => "embed-dark/",
        }
    }
}
