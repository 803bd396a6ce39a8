use super::TimePeriod;
use super::codes::word_of;
use crate::data::{Fields, Table};
use crate::diagnostic::{Diagnostic, Sink};
use crate::text::SourceText;

/// The form of a chart, as a writer asks for it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ChartForm {
    /// One big number.
    Number,
    /// A bar with its target.
    Bullet,
    /// Columns over time.
    Columns,
    /// Horizontal bars.
    Bars,
    /// A line over time.
    Line,
    /// The change between two periods.
    Slope,
    /// A small chart of each area.
    Multiples,
    /// Parts of a whole of 100 %.
    Hundred,
    /// Intervals between two limits.
    Interval,
}

impl ChartForm {
    /// Every form under its word.
    pub const WORDS: [(&'static str, Self); 9] = [
        ("number", Self::Number),
        ("bullet", Self::Bullet),
        ("columns", Self::Columns),
        ("bars", Self::Bars),
        ("line", Self::Line),
        ("slope", Self::Slope),
        ("multiples", Self::Multiples),
        ("hundred", Self::Hundred),
        ("interval", Self::Interval),
    ];

    /// The word that front matter uses.
    pub fn word(self) -> &'static str {
        word_of(&Self::WORDS, self)
    }
}

/// How a chart is to be drawn, as far as its writer says; the shape of the series decides the rest.
#[derive(Clone, Default, PartialEq, Debug)]
pub struct ChartWishes {
    /// The form.
    pub kind: Option<ChartForm>,
    /// Values of periods that begin before it are left out.
    pub since: Option<TimePeriod>,
    /// Values of periods that end after it are left out.
    pub until: Option<TimePeriod>,
    /// The areas shown, in this order.
    pub areas: Vec<String>,
    /// Whether the axis has to start at zero, or need not.
    pub zero: Option<bool>,
    /// The height of the wide layout, in its units.
    pub height: Option<u16>,
}

impl ChartWishes {
    /// The least and the greatest height.
    pub const HEIGHTS: std::ops::RangeInclusive<u16> = 120..=480;

    /// These wishes, with others where these say nothing.
    #[must_use]
    pub fn over(self, under: &Self) -> Self {
        Self {
            kind: self.kind.or(under.kind),
            since: self.since.or(under.since),
            until: self.until.or(under.until),
            areas: if self.areas.is_empty() { under.areas.clone() } else { self.areas },
            zero: self.zero.or(under.zero),
            height: self.height.or(under.height),
        }
    }

    /// Whether a period is among those that are shown.
    pub fn shows(&self, period: TimePeriod) -> bool {
        self.since.is_none_or(|since| period.start() >= since.start())
            && self.until.is_none_or(|until| period.end() <= until.end())
    }

    /// Reads `[extra.indicator.chart]`.
    pub(super) fn read(table: &Table, source: &SourceText, sink: &Sink) -> Self {
        let mut fields = Fields::new(source, table, sink);
        let kind = fields.choice("kind", &ChartForm::WORDS);
        let mut period = |key| {
            let (text, span) = fields.literal_at(key)?;
            let period = TimePeriod::parse(text);
            if period.is_none() {
                let diagnostic = Diagnostic::error("bad-period", format!("`{text}` is not a time period")).at(source, span);
                sink.push(diagnostic.help(format!("write the period as metrics do: `{key} = \"2016\"`")));
            }
            period
        };
        let (since, until) = (period("since"), period("until"));
        if let (Some(since), Some(until), Some(node)) = (since, until, table.get("until"))
            && until.end() < since.start()
        {
            let diagnostic = Diagnostic::error("bounds", "`until` is before `since`").at(source, node.span);
            sink.push(diagnostic.help("exchange the two, or leave one out"));
        }
        let areas = fields.words("areas").unwrap_or_default();
        let zero = fields.bool("zero");
        let height = fields.count("height");
        let allowed = height.and_then(|height| u16::try_from(height).ok()).filter(|height| Self::HEIGHTS.contains(height));
        if let (Some(_), None, Some(node)) = (height, allowed, table.get("height")) {
            let message = format!("the `height` of a chart is between {} and {}", Self::HEIGHTS.start(), Self::HEIGHTS.end());
            let diagnostic = Diagnostic::error("bounds", message).at(source, node.span);
            sink.push(diagnostic.help("write `height = 360`, or leave it out"));
        }
        fields.deny_unknown("unknown-indicator-key");
        Self { kind, since, until, areas, zero, height: allowed }
    }
}
