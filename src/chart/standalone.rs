use super::Chart;
use super::layout::{Layout, UNIT, ascent, line_height};
use super::number::wrap_bold;
use super::svg::{Anchor, Drawing, Look, Number, escape};

/// The colours of a document of its own, in light and in dark.
const STYLE: &str = "\
.paper{fill:#fff}
@media (prefers-color-scheme:dark){
.paper{fill:#14161c}
.label{fill:#eceef3}
.axis{fill:#a7adbb}
.mark{fill:#c9a6ec}
.edge,.line{stroke:#c9a6ec}
.hollow{fill:#14161c}
.target{fill:#14161c;stroke:#eceef3}
.whole{fill:#2a2d38}
.hairline{stroke:#363a47}
.baseline{stroke:#eceef3}
.break,.leader{stroke:#a7adbb}
}
";

/// The room around everything.
const MARGIN: i64 = 20 * UNIT;

impl Chart {
    /// The chart as an SVG document of its own: the wide layout under its heading, its notes and a source line below.
    pub fn standalone(&self, source_line: &str) -> String {
        let layout = Layout::WIDE;
        let mut head = Drawing::new(layout.width, String::new());
        let mut top = 0;
        let lines = |drawing: &mut Drawing, text: &str, look: Look, bold: bool, size: i64, top: &mut i64| {
            for line in wrap_bold(text, size, bold, layout.width) {
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
             <title id=\"title\">{title}</title>\n<desc id=\"desc\">{description}</desc>\n<style>\n{STYLE}</style>\n\
             <rect class=\"paper\" width=\"{w}\" height=\"{h}\" fill=\"#ffffff\"/>\n\
             <g transform=\"translate({margin} {margin})\">\n{head}</g>\n\
             <g transform=\"translate({margin} {chart_top})\">\n{chart}</g>\n\
             <g transform=\"translate({margin} {foot_top})\">\n{foot}</g>\n</svg>\n",
            lang = escape(&self.lang),
            w = Number(width),
            h = Number(height),
            title = escape(&self.title),
            description = escape(&self.description),
            margin = Number(MARGIN),
            head = head.content(),
            chart_top = Number(MARGIN + top),
            chart = self.wide.content(),
            foot_top = Number(MARGIN + top + self.wide.height),
            foot = foot.content(),
        )
    }
}
