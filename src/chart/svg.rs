use std::fmt::Write;

use super::layout::{Length, UNIT};

/// The body of one SVG image and its size. Elements are written in the order in which they are painted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Drawing {
    /// The width of the viewBox.
    pub width: Length,
    /// The height of the viewBox.
    pub height: Length,
    /// The prefix of its ids.
    pub id: String,
    body: String,
    hatched: bool,
}

/// The class of a mark, and its light colours for where there is no stylesheet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    class: &'static str,
    paint: &'static str,
}

impl Look {
    /// A horizontal line at a tick.
    pub const HAIRLINE: Self = Self::new("hairline", r##"stroke="#d9d7d2" stroke-width="1""##);
    /// The line of zero.
    pub const BASELINE: Self = Self::new("baseline", r##"stroke="#1a1d24" stroke-width="1""##);
    /// A break in the series.
    pub const BREAK: Self = Self::new("break", r##"stroke="#565c69" stroke-width="1.5" stroke-dasharray="5 4""##);
    /// The newest value.
    pub const NOW: Self = Self::new("mark now", r##"fill="#5b2c83""##);
    /// Every other value.
    pub const PAST: Self = Self::new("mark past", r##"fill="#5b2c83" fill-opacity="0.55""##);
    /// A value that is only a limit, or only about right.
    pub const FAINT: Self = Self::new("mark faint", r##"fill="#5b2c83" fill-opacity="0.25""##);
    /// The first, second and third part of an open end.
    pub const FADING: [Self; 3] = [
        Self::new("mark", r##"fill="#5b2c83" fill-opacity="0.4""##),
        Self::new("mark", r##"fill="#5b2c83" fill-opacity="0.24""##),
        Self::new("mark", r##"fill="#5b2c83" fill-opacity="0.1""##),
    ];
    /// The edge of an estimate.
    pub const EDGE: Self = Self::new("edge", r##"fill="none" stroke="#5b2c83" stroke-width="1.5""##);
    /// The edge of what is about right, and the cap of an upper limit.
    pub const DASHED_EDGE: Self =
        Self::new("edge", r##"fill="none" stroke="#5b2c83" stroke-width="1.5" stroke-dasharray="4 3""##);
    /// The arrow of an open end.
    pub const CHEVRON: Self = Self::new(
        "edge chevron",
        r##"fill="none" stroke="#5b2c83" stroke-width="2" stroke-linecap="round" stroke-linejoin="round""##,
    );
    /// Between points of neighbouring periods.
    pub const LINE: Self =
        Self::new("line", r##"fill="none" stroke="#5b2c83" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round""##);
    /// To a forecast.
    pub const FORECAST: Self = Self::new("line", r##"fill="none" stroke="#5b2c83" stroke-width="2.5" stroke-dasharray="6 4""##);
    /// Across periods without a value.
    pub const BRIDGE: Self = Self::new(
        "line bridge",
        r##"fill="none" stroke="#5b2c83" stroke-width="1.5" stroke-dasharray="1.5 4" stroke-linecap="round""##,
    );
    /// The line of a sparkline.
    pub const SPARK: Self = Self::new("line", r##"fill="none" stroke="#5b2c83" stroke-width="1.5" stroke-linecap="round""##);
    /// The same across missing periods.
    pub const SPARK_THIN: Self =
        Self::new("line", r##"fill="none" stroke="#5b2c83" stroke-width="1" stroke-opacity="0.55" stroke-linecap="round""##);
    /// A final value on a line.
    pub const DOT: Self = Self::new("mark now", r##"fill="#5b2c83""##);
    /// An estimate on a line.
    pub const HOLLOW: Self = Self::new("edge hollow", r##"fill="#ffffff" stroke="#5b2c83" stroke-width="2""##);
    /// A value that is about right.
    pub const DASHED_HOLLOW: Self =
        Self::new("edge hollow", r##"fill="#ffffff" stroke="#5b2c83" stroke-width="2" stroke-dasharray="2.5 2""##);
    /// A target.
    pub const TARGET: Self = Self::new("target", r##"fill="#ffffff" stroke="#1a1d24" stroke-width="2""##);
    /// A target that is a range.
    pub const TARGET_RANGE: Self =
        Self::new("target", r##"fill="#ffffff" stroke="#1a1d24" stroke-width="1.5" stroke-dasharray="4 3""##);
    /// The whole of which a share is a part.
    pub const WHOLE: Self = Self::new("whole", r##"fill="#edebe7""##);
    /// Words and numbers of values.
    pub const LABEL: Self = Self::new("label", r##"fill="#1a1d24""##);
    /// Words of axes.
    pub const AXIS: Self = Self::new("axis", r##"fill="#565c69""##);

    const fn new(class: &'static str, paint: &'static str) -> Self {
        Self { class, paint }
    }
}

/// Which part of a text stands at its x.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Anchor {
    /// Its left end.
    Start,
    /// Its middle.
    Middle,
    /// Its right end.
    End,
}

impl Drawing {
    /// An empty drawing of that width; its height is set when it is known.
    pub fn new(width: Length, id: String) -> Self {
        Self { width, height: 0, id, body: String::new(), hatched: false }
    }

    /// A rectangle between two corners, whichever they are.
    pub fn rect(&mut self, look: Look, (ax, ay): (Length, Length), (bx, by): (Length, Length)) {
        self.rect_painted(look.class, look.paint, (ax, ay), (bx, by));
    }

    /// A hatched rectangle: an estimate.
    pub fn hatched_rect(&mut self, a: (Length, Length), b: (Length, Length)) {
        self.hatched = true;
        let paint = format!(r#"fill="url(#{}-hatch)""#, self.id);
        self.rect_painted("hatch", &paint, a, b);
    }

    fn rect_painted(&mut self, class: &str, paint: &str, (ax, ay): (Length, Length), (bx, by): (Length, Length)) {
        let (x, y, width, height) = (ax.min(bx), ay.min(by), (bx - ax).abs(), (by - ay).abs());
        self.element(format_args!(
            r#"<rect class="{class}" x="{}" y="{}" width="{}" height="{}" {paint}/>"#,
            Number(x),
            Number(y),
            Number(width),
            Number(height)
        ));
    }

    /// A straight line.
    pub fn line(&mut self, look: Look, (ax, ay): (Length, Length), (bx, by): (Length, Length)) {
        self.element(format_args!(
            r#"<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}" {}/>"#,
            look.class,
            Number(ax),
            Number(ay),
            Number(bx),
            Number(by),
            look.paint
        ));
    }

    /// A line through points.
    pub fn polyline(&mut self, look: Look, points: &[(Length, Length)]) {
        let mut path = String::new();
        for (i, (x, y)) in points.iter().enumerate() {
            let _ = write!(path, "{}{} {}", if i == 0 { "M" } else { "L" }, Number(*x), Number(*y));
        }
        self.element(format_args!(r#"<path class="{}" d="{path}" {}/>"#, look.class, look.paint));
    }

    /// A circle.
    pub fn circle(&mut self, look: Look, (x, y): (Length, Length), radius: Length) {
        self.element(format_args!(
            r#"<circle class="{}" cx="{}" cy="{}" r="{}" {}/>"#,
            look.class,
            Number(x),
            Number(y),
            Number(radius),
            look.paint
        ));
    }

    /// A diamond around a point.
    pub fn diamond(&mut self, look: Look, (x, y): (Length, Length), radius: Length) {
        self.element(format_args!(
            r#"<path class="{}" d="M{} {}L{} {}L{} {}L{} {}Z" {}/>"#,
            look.class,
            Number(x),
            Number(y - radius),
            Number(x + radius),
            Number(y),
            Number(x),
            Number(y + radius),
            Number(x - radius),
            Number(y),
            look.paint
        ));
    }

    /// One line of text on a baseline.
    pub fn text(&mut self, look: Look, anchor: Anchor, bold: bool, size: Length, (x, y): (Length, Length), text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let weight = if bold { r#" font-weight="600""# } else { "" };
        self.element(format_args!(
            r#"<text class="{}" x="{}" y="{}" font-size="{}" text-anchor="{anchor}"{weight} {}>{}</text>"#,
            look.class,
            Number(x),
            Number(y),
            Number(size),
            look.paint,
            escape(text)
        ));
    }

    fn element(&mut self, element: std::fmt::Arguments<'_>) {
        let _ = self.body.write_fmt(element);
        self.body.push('\n');
    }

    /// The elements, with the hatching that they use.
    pub fn content(&self) -> String {
        if !self.hatched {
            return self.body.clone();
        }
        let pattern = format!(
            "<defs><pattern id=\"{}-hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
             <rect class=\"mark\" width=\"2.2\" height=\"6\" fill=\"#5b2c83\"/></pattern></defs>\n",
            self.id
        );
        pattern + &self.body
    }

    /// The value of a viewBox for it.
    pub fn view_box(&self) -> String {
        format!("0 0 {} {}", Number(self.width), Number(self.height))
    }
}

/// A length as SVG writes it: at most two decimals, none that says nothing.
pub(super) struct Number(pub Length);

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (whole, part) = (self.0.unsigned_abs() / UNIT.unsigned_abs(), self.0.unsigned_abs() % UNIT.unsigned_abs());
        let sign = if self.0 < 0 { "-" } else { "" };
        match part {
            0 => write!(f, "{sign}{whole}"),
            part if part % 10 == 0 => write!(f, "{sign}{whole}.{}", part / 10),
            part => write!(f, "{sign}{whole}.{part:02}"),
        }
    }
}

/// Text for an element or an attribute of XML; characters that XML does not allow become U+FFFD.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            other => escaped.push(other),
        }
    }
    escaped
}

/// An id that may stand in `id`, in `aria-labelledby` and in `url(#…)`.
pub(super) fn safe_id(id: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '-' };
    let id: String = id.chars().map(safe).collect();
    if id.is_empty() { "chart".to_owned() } else { id }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_have_no_idle_zeros() {
        let written: Vec<String> = [0, 100, 150, -5, 12345, -100].into_iter().map(|n| Number(n).to_string()).collect();
        assert_eq!(written, ["0", "1", "1.5", "-0.05", "123.45", "-1"]);
    }

    #[test]
    fn text_cannot_become_markup() {
        assert_eq!(escape("a<b>&\"'\u{1}\n"), "a&lt;b&gt;&amp;&quot;&#39;\u{fffd} ");
        assert_eq!(safe_id("ảnh 1)"), "-nh-1-");
    }
}
