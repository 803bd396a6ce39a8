use std::sync::LazyLock;

use super::Chart;
use super::key::SYMBOL;
use super::layout::{Layout, UNIT, ascent, line_height};
use super::look::{DARK_HUES, Look};
use super::svg::{Anchor, Drawing, Number};
use super::wrap::wrapped_to;
use crate::text::escape_xml;

/// The colours of a document of its own in the dark; in the light they are attributes.
const STYLE: &str = "\
.paper{fill:#ffffff}
@media (prefers-color-scheme:dark){
.paper,.hollow,.target{fill:#14161c}
.rim{stroke:#14161c}
.on-mark{fill:#14161c}
.label{fill:#eceef3}
.axis{fill:#a7adbb}
.whole{fill:#2a2d38}
.hairline{stroke:#363a47}
.target,.baseline,.whisker{stroke:#eceef3}
.break,.leader,.cropped,.superseded{stroke:#a7adbb}
";

/// The same with the colours of strands.
static STYLES: LazyLock<String> = LazyLock::new(|| {
    let hues = DARK_HUES.iter().zip(1..).map(|(colour, hue)| format!(".s{hue}{{color:{colour}}}\n"));
    format!("{STYLE}{}}}\n", hues.collect::<String>())
});

/// The room around everything.
const MARGIN: i64 = 20 * UNIT;

impl Chart {
    /// The chart as an SVG document of its own: the wide layout under its heading, its notes and a source line below.
    pub fn standalone(&self, source_line: &str) -> String {
        let layout = Layout::WIDE;
        let mut head = Drawing::new(layout.width, String::new());
        let mut top = 0;
        let lines = |drawing: &mut Drawing, text: &str, look: Look, bold: bool, size: i64, top: &mut i64| {
            for line in wrapped_to(text, size, bold, layout.width) {
                drawing.text(look, Anchor::Start, bold, size, (0, *top + ascent(size)), &line);
                *top += line_height(size);
            }
        };
        lines(&mut head, &self.title, Look::LABEL, true, 24 * UNIT, &mut top);
        if !self.subtitle.is_empty() {
            lines(&mut head, &self.subtitle, Look::AXIS, false, layout.font, &mut top);
        }
        top += 16 * UNIT;
        let mut foot = Drawing::new(layout.width, String::new());
        let mut below = 12 * UNIT;
        for entry in &self.key {
            foot.place(&entry.symbol, (0, below));
            let left = SYMBOL.0 + 8 * UNIT;
            let words = wrapped_to(&entry.text, 14 * UNIT, false, layout.width - left);
            let inset = (SYMBOL.1 - line_height(14 * UNIT)) / 2;
            let mut at = below + inset;
            for line in words {
                foot.text(Look::AXIS, Anchor::Start, false, 14 * UNIT, (left, at + ascent(14 * UNIT)), &line);
                at += line_height(14 * UNIT);
            }
            below = (below + SYMBOL.1).max(at + inset) + 2 * UNIT;
        }
        if !self.key.is_empty() {
            below += 6 * UNIT;
        }
        for text in [&self.notes.join(" "), source_line] {
            if !text.is_empty() {
                lines(&mut foot, text, Look::AXIS, false, 14 * UNIT, &mut below);
                below += 4 * UNIT;
            }
        }
        let (width, height) = (layout.width + 2 * MARGIN, top + self.wide.height + below + 2 * MARGIN);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xml:lang=\"{lang}\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" height=\"{h}\" role=\"img\" \
             aria-labelledby=\"title desc\" font-family=\"'Source Sans 3','Segoe UI',Roboto,'Noto Sans',Arial,sans-serif\">\n\
             <title id=\"title\">{title}</title>\n<desc id=\"desc\">{description}</desc>\n<style>\n{style}</style>\n\
             <rect class=\"paper\" width=\"{w}\" height=\"{h}\" fill=\"#ffffff\"/>\n\
             <g transform=\"translate({margin} {margin})\">\n{head}</g>\n\
             <g class=\"s1\" color=\"#5b2c83\" transform=\"translate({margin} {chart_top})\">\n{chart}</g>\n\
             <g class=\"s1\" color=\"#5b2c83\" transform=\"translate({margin} {foot_top})\">\n{foot}</g>\n</svg>\n",
            style = *STYLES,
            lang = escape_xml(&self.lang),
            w = Number(width),
            h = Number(height),
            title = escape_xml(&self.title),
            description = escape_xml(&self.description),
            margin = Number(MARGIN),
            head = head.content(),
            chart_top = Number(MARGIN + top),
            chart = self.wide.content(),
            foot_top = Number(MARGIN + top + self.wide.height),
            foot = foot.content(),
        )
    }
}
