/// Hundredths of a unit of the viewBox.
pub(super) type Length = i64;

/// One whole unit.
pub(super) const UNIT: Length = 100;

/// The measures of one of the two layouts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    /// The width of the viewBox.
    pub width: Length,
    /// The size of all text but large numbers.
    pub font: Length,
    /// The largest size of a large number.
    pub large: Length,
    /// The height of the part that carries the marks.
    pub plot_height: Length,
    /// The most that one column with its gap takes.
    pub widest_band: Length,
}

impl Layout {
    /// For a container of 560 px and more, where 16 units are 12.4 px at least.
    pub const WIDE: Self =
        Self { width: 720 * UNIT, font: 16 * UNIT, large: 64 * UNIT, plot_height: 230 * UNIT, widest_band: 110 * UNIT };
    /// For a phone from 320 px, where 14 units are 12.4 px.
    pub const NARROW: Self =
        Self { width: 360 * UNIT, font: 14 * UNIT, large: 46 * UNIT, plot_height: 200 * UNIT, widest_band: 80 * UNIT };

    /// From one line of text to the next; tall enough for stacked Vietnamese marks.
    pub fn line_height(self) -> Length {
        line_height(self.font)
    }
}

/// From one line of text of a size to the next.
pub(super) fn line_height(size: Length) -> Length {
    size * 5 / 4
}

/// From the top of a line to its baseline.
pub(super) fn ascent(size: Length) -> Length {
    size * 97 / 100
}
