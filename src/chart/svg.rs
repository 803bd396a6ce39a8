use std::fmt::Write;

use super::layout::{Length, UNIT};
use super::look::{HUES, Look};
use crate::text::escape_xml;

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
    /// A bit for each hue in which something is hatched.
    hatched: u8,
    hue: usize,
    points: Vec<((usize, usize), (Length, Length))>,
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
        Self { width, height: 0, id, body: String::new(), hatched: 0, hue: 0, points: Vec::new() }
    }

    /// Draws in the colour of a strand: a group with a class, and the light colour for where there is no stylesheet.
    pub fn in_hue(&mut self, hue: usize, draw: impl FnOnce(&mut Self)) {
        let hue = hue % HUES.len();
        if hue == self.hue {
            return draw(self);
        }
        let before = std::mem::replace(&mut self.hue, hue);
        let _ = writeln!(self.body, r#"<g class="s{}" color="{}">"#, hue + 1, HUES.get(hue).copied().unwrap_or_default());
        draw(self);
        self.body.push_str("</g>\n");
        self.hue = before;
    }

    /// Where a value stands, by its strand and its place in it, for the script that reads values aloud.
    pub fn point(&mut self, key: (usize, usize), spot: (Length, Length)) {
        self.points.push((key, spot));
    }

    /// The values that are drawn, in the order of strands and time.
    pub fn drawn(&self) -> Vec<(usize, usize)> {
        let mut keys: Vec<(usize, usize)> = self.points.iter().map(|(key, _)| *key).collect();
        keys.sort_unstable();
        keys
    }

    /// Where the values stand, in the order of strands and time: `x y x y …`.
    pub fn point_list(&self) -> String {
        let mut points = self.points.clone();
        points.sort_unstable();
        let mut list = String::with_capacity(points.len() * 8);
        for (_, (x, y)) in points {
            let _ = write!(list, "{}{} {}", if list.is_empty() { "" } else { " " }, x / UNIT, y / UNIT);
        }
        list
    }

    /// A rectangle between two corners, whichever they are.
    pub fn rect(&mut self, look: Look, (ax, ay): (Length, Length), (bx, by): (Length, Length)) {
        self.rect_painted(look.class, look.paint, (ax, ay), (bx, by));
    }

    /// A hatched rectangle: an estimate.
    pub fn hatched_rect(&mut self, a: (Length, Length), b: (Length, Length)) {
        self.hatched |= 1 << self.hue;
        let paint = format!(r#"fill="url(#{}-hatch{})""#, self.id, self.hue + 1);
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
            escape_xml(text)
        ));
    }

    /// A large bold text with a smaller one right after it: what follows stands close, however wide the first is drawn.
    pub fn text_with_tail(&mut self, size: Length, (x, y): (Length, Length), text: &str, tail_size: Length, tail: &str) {
        let look = Look::LABEL;
        self.element(format_args!(
            r#"<text class="{}" x="{}" y="{}" font-size="{}" text-anchor="start" font-weight="600" {}>{}<tspan font-size="{}" font-weight="400"> {}</tspan></text>"#,
            look.class,
            Number(x),
            Number(y),
            Number(size),
            look.paint,
            escape_xml(text),
            Number(tail_size),
            escape_xml(tail)
        ));
    }

    fn element(&mut self, element: std::fmt::Arguments<'_>) {
        let _ = self.body.write_fmt(element);
        self.body.push('\n');
    }

    /// A path written by hand, for the few marks that are neither of the above.
    pub fn path(&mut self, look: Look, path: &str) {
        self.element(format_args!(r#"<path class="{}" d="{path}" {}/>"#, look.class, look.paint));
    }

    /// Another drawing at a place of this one.
    pub fn place(&mut self, other: &Self, (x, y): (Length, Length)) {
        let _ = write!(self.body, "<g transform=\"translate({} {})\">\n{}</g>\n", Number(x), Number(y), other.content());
    }

    /// The elements, with the hatching that they use.
    pub fn content(&self) -> String {
        if self.hatched == 0 {
            return self.body.clone();
        }
        let mut content = String::from("<defs>");
        for (hue, colour) in HUES.iter().enumerate().filter(|(hue, _)| self.hatched & (1 << hue) != 0) {
            let (id, hue) = (&self.id, hue + 1);
            let _ = write!(
                content,
                "<pattern id=\"{id}-hatch{hue}\" class=\"s{hue}\" color=\"{colour}\" width=\"6\" height=\"6\" \
                 patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
                 <rect width=\"2.2\" height=\"6\" fill=\"currentColor\"/></pattern>",
            );
        }
        content.push_str("</defs>\n");
        content + &self.body
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
        assert_eq!(escape_xml("a<b>&\"'\u{1}\n"), "a&lt;b&gt;&amp;&quot;&#39;\u{fffd} ");
        assert_eq!(safe_id("ảnh 1)"), "-nh-1-");
    }
}
