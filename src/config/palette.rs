use std::fmt::Write;

use super::read::Reader;
use crate::data::{Fields, Table};
use crate::diagnostic::Diagnostic;
use crate::text::Span;

/// The colours of a portal in the light and in the dark: `[extra.tinso.colors]`, over those that tinso has.
///
/// Sass reads them by `@use "tinso/palette"` as two mixins, `light` and `dark`, of custom properties.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Palette {
    light: Scheme,
    dark: Scheme,
}

/// The colours of one scheme, in the order of [`ROLES`].
type Scheme = [Color; ROLES.len()];

/// A colour of sRGB.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Color([u8; 3]);

/// What a colour is for, and what it is in the light and in the dark.
const ROLES: [(&str, &str, &str, Against); 15] = [
    ("paper", "#ffffff", "#14161c", Against::Nothing),
    ("tint", "#faf8f5", "#1d2029", Against::Nothing),
    ("ink", "#1a1d24", "#eceef3", Against::Text),
    ("muted", "#565c69", "#a7adbb", Against::Text),
    ("rule", "#d9d7d2", "#363a47", Against::Nothing),
    ("rule-strong", "#1a1d24", "#a7adbb", Against::Shape),
    ("accent", "#5b2c83", "#c9a6ec", Against::Text),
    ("link", "#4b2a8c", "#cdb2f5", Against::Text),
    ("better", "#0b6b4f", "#6fd3ab", Against::Text),
    ("worse", "#a83232", "#f29a94", Against::Text),
    ("series-1", "#5b2c83", "#c9a6ec", Against::Text),
    ("series-2", "#00717f", "#5cc8d3", Against::Text),
    ("series-3", "#b0561a", "#f0a56b", Against::Text),
    ("series-4", "#3f5fb0", "#93aef5", Against::Text),
    ("series-5", "#7a6a00", "#d8c65a", Against::Text),
];
/// Where the grounds stand among the roles.
const GROUNDS: [usize; 2] = [0, 1];

/// What a colour has to stand out from its ground as.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Against {
    /// It is a ground, or need not be seen.
    Nothing,
    /// WCAG 2.2, 1.4.11: three to one.
    Shape,
    /// WCAG 2.2, 1.4.3: four and a half to one.
    Text,
}

impl Against {
    /// The least contrast, in hundredths.
    fn least(self) -> u32 {
        match self {
            Self::Nothing => 0,
            Self::Shape => 300,
            Self::Text => 450,
        }
    }
}

impl Default for Palette {
    fn default() -> Self {
        let scheme = |pick: fn(&(&str, &'static str, &'static str, Against)) -> &'static str| {
            std::array::from_fn(|at| ROLES.get(at).and_then(|role| Color::parse(pick(role))).unwrap_or(Color([0; 3])))
        };
        Self { light: scheme(|role| role.1), dark: scheme(|role| role.2) }
    }
}

impl Palette {
    /// Every colour by what it is for, as six digits: those of the light, then those of the dark.
    pub(super) fn colors(&self) -> impl Iterator<Item = (&'static str, String)> {
        let schemes = [&self.light, &self.dark].into_iter();
        schemes.flat_map(|scheme| ROLES.iter().zip(scheme).map(|((role, ..), color)| (*role, color.digits())))
    }

    /// The Sass that `@use "tinso/palette"` loads.
    pub fn sass(&self) -> String {
        let mut sass = String::new();
        for (name, scheme) in [("light", &self.light), ("dark", &self.dark)] {
            let _ = writeln!(sass, "@mixin {name} {{");
            for ((role, ..), color) in ROLES.iter().zip(scheme) {
                let _ = writeln!(sass, "  --{role}: {};", color.hex());
            }
            sass.push_str("}\n");
        }
        sass
    }
}

impl Reader<'_> {
    pub(super) fn palette(&self, table: &Table) -> Palette {
        let mut fields = Fields::new(self.source, table, self.sink);
        let mut palette = Palette::default();
        for (name, scheme) in [("light", &mut palette.light), ("dark", &mut palette.dark)] {
            if let Some(table) = fields.table(name) {
                self.scheme(name, table, scheme);
            }
        }
        fields.deny_unknown("unknown-config-key");
        palette
    }

    /// Reads the colours of a scheme, and warns of those that could not be read on their ground.
    fn scheme(&self, name: &str, table: &Table, scheme: &mut Scheme) {
        let mut fields = Fields::new(self.source, table, self.sink);
        let mut places: [Option<Span>; ROLES.len()] = [None; ROLES.len()];
        for (((role, ..), color), place) in ROLES.iter().zip(scheme.iter_mut()).zip(&mut places) {
            let Some((written, span)) = fields.text_at(role) else { continue };
            match Color::parse(written) {
                Some(read) => (*color, *place) = (read, Some(span)),
                None => {
                    let diagnostic = Diagnostic::error("bad-color", format!("`{written}` is no colour"));
                    let help = "write it as `#` and six digits from 0 to f, such as \"#5b2c83\"";
                    self.sink.push(diagnostic.at(self.source, span).help(help));
                }
            }
        }
        fields.deny_unknown("unknown-config-key");
        for ground in GROUNDS {
            for (at, (role, .., against)) in ROLES.iter().enumerate() {
                let (Some(color), Some(paper)) = (scheme.get(at), scheme.get(ground)) else { continue };
                let place = |at: usize| places.get(at).copied().flatten();
                let Some(span) = place(at).or_else(|| place(ground)).filter(|_| color.contrast(*paper) < against.least()) else {
                    continue;
                };
                let under = ROLES.get(ground).map_or("", |role| role.0);
                let (is, least) = (color.contrast(*paper), against.least());
                let message = format!(
                    "`{role}` {} on `{under}` {} is hard to see in the {name}: its contrast is {}.{:02}, and readers need {}.{:02}",
                    color.hex(),
                    paper.hex(),
                    is / 100,
                    is % 100,
                    least / 100,
                    least % 100
                );
                let help = match color.readable_on(*paper, least) {
                    Some(better) => format!("{} is the nearest shade of it that can be read there", better.hex()),
                    None => "no shade of it can be read there: choose another ground".to_owned(),
                };
                self.sink.push(Diagnostic::warning("low-contrast", message).at(self.source, span).help(help));
            }
        }
    }
}

impl Color {
    /// `#rrggbb`, or `#rgb` for short.
    fn parse(text: &str) -> Option<Self> {
        let digits: Vec<u8> =
            text.strip_prefix('#')?.chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect::<Option<_>>()?;
        match digits.as_slice() {
            [r, g, b] => Some(Self([r * 17, g * 17, b * 17])),
            [a, b, c, d, e, f] => Some(Self([a * 16 + b, c * 16 + d, e * 16 + f])),
            _ => None,
        }
    }

    fn hex(self) -> String {
        format!("#{}", self.digits())
    }

    fn digits(self) -> String {
        let [r, g, b] = self.0;
        format!("{r:02x}{g:02x}{b:02x}")
    }

    /// [Relative luminance](https://www.w3.org/TR/WCAG22/#dfn-relative-luminance), from 0 to 1.
    fn luminance(self) -> f64 {
        let channel = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        let [r, g, b] = self.0.map(channel);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// [Contrast](https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio) in hundredths, from 100 to 2100, rounded down.
    fn contrast(self, other: Self) -> u32 {
        let (a, b) = (self.luminance() + 0.05, other.luminance() + 0.05);
        let ratio = (a.max(b) / a.min(b) * 100.0 + 1e-6).floor();
        // From 100 to 2100, so that nothing is lost.
        ratio as u32
    }

    /// The first shade towards black or white, whichever is farther from the ground, that has the contrast.
    fn readable_on(self, ground: Self, least: u32) -> Option<Self> {
        let (black, white) = (Self([0; 3]), Self([255; 3]));
        let end = if black.contrast(ground) > white.contrast(ground) { black } else { white };
        let mix = |part: u32| {
            let [r, g, b] = std::array::from_fn(|at| {
                let (from, to) = (self.0.get(at).copied().unwrap_or(0), end.0.get(at).copied().unwrap_or(0));
                u8::try_from((u32::from(from) * (100 - part) + u32::from(to) * part) / 100).unwrap_or(to)
            });
            Self([r, g, b])
        };
        (1..=100).map(mix).find(|shade| shade.contrast(ground) >= least)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_wcag() {
        let of = |a: &str, b: &str| Color::parse(a).unwrap().contrast(Color::parse(b).unwrap());
        assert_eq!(of("#000", "#fff"), 2100);
        assert_eq!(of("#777777", "#ffffff"), 447);
        assert_eq!(of("#767676", "#ffffff"), 454);
        assert_eq!(of("#fff", "#fff"), 100);
    }

    #[test]
    fn the_colours_that_tinso_has_can_be_read_on_their_grounds() {
        let Palette { light, dark } = Palette::default();
        for scheme in [light, dark] {
            for ground in GROUNDS {
                for (color, (role, .., against)) in scheme.iter().zip(&ROLES) {
                    let contrast = color.contrast(scheme[ground]);
                    assert!(contrast >= against.least(), "{role}: {contrast}");
                }
            }
        }
    }

    #[test]
    fn a_shade_that_is_proposed_can_be_read() {
        let (pale, white) = (Color::parse("#ffcc00").unwrap(), Color::parse("#ffffff").unwrap());
        let better = pale.readable_on(white, 450).unwrap();
        assert!(better.contrast(white) >= 450 && better.0[0] > better.0[2], "{better:?}");
    }
}
