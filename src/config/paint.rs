use std::collections::BTreeMap;

use super::Palette;

/// What of a palette charts are drawn in.
const OF_CHARTS: [&str; 9] = ["paper", "ink", "muted", "rule", "series-1", "series-2", "series-3", "series-4", "series-5"];

impl Palette {
    /// A picture that was drawn in the colours that tinso has (as `#rrggbb`, those of both schemes), in the portal's.
    pub fn paint(&self, svg: String) -> String {
        let drawn = Self::default();
        let of_charts = drawn.colors().zip(self.colors()).filter(|((role, _), _)| OF_CHARTS.contains(role));
        let own: BTreeMap<String, String> =
            of_charts.map(|((_, drawn), (_, own))| (drawn, own)).filter(|(a, b)| a != b).collect();
        if own.is_empty() {
            return svg;
        }
        let mut painted = String::with_capacity(svg.len());
        let mut rest = svg.as_str();
        while let Some((before, after)) = rest.split_once('#') {
            painted.push_str(before);
            let color = after.get(..6).and_then(|digits| own.get(digits));
            painted.push('#');
            painted.push_str(color.map_or("", String::as_str));
            rest = if color.is_some() { after.get(6..).unwrap_or_default() } else { after };
        }
        painted.push_str(rest);
        painted
    }
}
