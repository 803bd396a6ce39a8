use super::read::Reader;
use crate::data::{Data, Fields, Node, Table};
use crate::diagnostic::Diagnostic;

/// The most pixels that a picture may be wide.
const WIDEST: u32 = 8_192;
/// The most widths that a picture is made in.
const MOST: usize = 8;
/// The widths of a portal that names none: a telephone, the column of text, that column on a fine screen.
const WIDTHS: [u32; 3] = [360, 720, 1440];
/// How wide a picture stands in the text of the theme.
const SIZES: &str = "(min-width: 40rem) 38rem, 100vw";

/// How pictures in articles are shown, `[extra.tinso.images]`: each in several widths and formats, of which a browser takes
/// what suits it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Images {
    /// The widths in pixels, from the smallest on; there is one at least.
    pub widths: Vec<u32>,
    /// The formats beside a picture's own, the preferred one first.
    pub formats: Vec<ImageFormat>,
    /// How wide a picture stands on the page, as the attribute `sizes` says it.
    pub sizes: String,
}

/// A format that pictures are made in beside their own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ImageFormat {
    /// AVIF.
    Avif,
    /// WebP.
    WebP,
}

impl ImageFormat {
    const WORDS: [(&'static str, Self); 2] = [("avif", Self::Avif), ("webp", Self::WebP)];
}

impl Default for Images {
    fn default() -> Self {
        let formats = ImageFormat::WORDS.map(|(_, format)| format).to_vec();
        Self { widths: WIDTHS.to_vec(), formats, sizes: SIZES.to_owned() }
    }
}

impl Reader<'_> {
    /// Reads `images = true`, or the table of that name.
    pub(super) fn images(&self, fields: &mut Fields<'_>) -> Option<Images> {
        let node = fields.node("images")?;
        match &node.value {
            Data::Bool(on) => on.then(Images::default),
            Data::Table(table) => Some(self.images_table(table)),
            _ => {
                fields.wrong("images", node, "true, false or a table");
                None
            }
        }
    }

    fn images_table(&self, table: &Table) -> Images {
        let mut fields = Fields::new(self.source, table, self.sink);
        let widths = fields.node("widths").and_then(|node| self.widths(node));
        let formats = fields.texts("formats").map(|named| {
            let known = |(name, span): &(&str, _)| {
                let format = ImageFormat::WORDS.iter().find(|(word, _)| word == name).map(|(_, format)| *format);
                if format.is_none() {
                    let message = format!("`{name}` is not a format that pictures are made in");
                    let diagnostic = Diagnostic::error("unknown-word", message).at(self.source, *span);
                    self.sink.push(diagnostic.help("write `formats = [\"avif\", \"webp\"]`, or one of them, or `[]` for none"));
                }
                format
            };
            let mut formats: Vec<ImageFormat> = Vec::new();
            for format in named.iter().filter_map(known) {
                if !formats.contains(&format) {
                    formats.push(format);
                }
            }
            formats
        });
        let sizes = fields.text("sizes").map(|sizes| sizes.trim().to_owned()).filter(|sizes| !sizes.is_empty());
        fields.deny_unknown("unknown-config-key");
        let usual = Images::default();
        Images {
            widths: widths.unwrap_or(usual.widths),
            formats: formats.unwrap_or(usual.formats),
            sizes: sizes.unwrap_or(usual.sizes),
        }
    }

    fn widths(&self, node: &Node) -> Option<Vec<u32>> {
        let width = |node: &Node| match &node.value {
            Data::Number(text) => text.parse().ok().filter(|width| (1..=WIDEST).contains(width)),
            _ => None,
        };
        let widths = match &node.value {
            Data::List(items) if (1..=MOST).contains(&items.len()) => items.iter().map(width).collect::<Option<Vec<u32>>>(),
            _ => None,
        };
        let Some(mut widths) = widths else {
            let message = format!("`widths` should be one to {MOST} whole numbers of pixels, each from 1 to {WIDEST}");
            let diagnostic = Diagnostic::error("bad-widths", message).at(self.source, node.span);
            self.sink.push(diagnostic.help("write for example `widths = [360, 720, 1440]`"));
            return None;
        };
        widths.sort_unstable();
        widths.dedup();
        Some(widths)
    }
}
