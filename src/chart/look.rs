/// The class of a mark, and its paint for where there is no stylesheet. What has the colour of its strand says
/// `currentColor`, so that a group's colour is enough for both.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Look {
    /// The class.
    pub class: &'static str,
    /// The attributes.
    pub paint: &'static str,
}

/// The light colours of strands.
pub(super) const HUES: [&str; 5] = ["#5b2c83", "#00717f", "#b0561a", "#3f5fb0", "#7a6a00"];
/// The same on a dark ground.
pub(super) const DARK_HUES: [&str; 5] = ["#c9a6ec", "#5cc8d3", "#f0a56b", "#93aef5", "#d8c65a"];

impl Look {
    /// A horizontal line at a tick.
    pub const HAIRLINE: Self = Self::new("hairline", r##"stroke="#d9d7d2" stroke-width="1""##);
    /// The line of zero.
    pub const BASELINE: Self = Self::new("baseline", r##"stroke="#1a1d24" stroke-width="1""##);
    /// A break in the series.
    pub const BREAK: Self = Self::new("break", r##"stroke="#565c69" stroke-width="1.5" stroke-dasharray="5 4""##);
    /// From a label to what it names.
    pub const LEADER: Self = Self::new("leader", r##"stroke="#565c69" stroke-width="1""##);
    /// The newest value.
    pub const NOW: Self = Self::new("mark now", r##"fill="currentColor""##);
    /// Every other value.
    pub const PAST: Self = Self::new("mark past", r##"fill="currentColor" fill-opacity="0.55""##);
    /// A value that is only a limit.
    pub const FAINT: Self = Self::new("mark faint", r##"fill="currentColor" fill-opacity="0.25""##);
    /// The body of a provisional value.
    pub const PALE: Self = Self::new("mark pale", r##"fill="currentColor" fill-opacity="0.14""##);
    /// The first, second and third part of an open end.
    pub const FADING: [Self; 3] = [
        Self::new("mark", r##"fill="currentColor" fill-opacity="0.4""##),
        Self::new("mark", r##"fill="currentColor" fill-opacity="0.24""##),
        Self::new("mark", r##"fill="currentColor" fill-opacity="0.1""##),
    ];
    /// The edge of what is not final.
    pub const EDGE: Self = Self::new("edge", r##"fill="none" stroke="currentColor" stroke-width="1.5""##);
    /// The edge of a forecast, and the cap of an upper limit.
    pub const DASHED_EDGE: Self =
        Self::new("edge", r##"fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="4 3""##);
    /// The arrow of an open end.
    pub const CHEVRON: Self = Self::new(
        "edge chevron",
        r##"fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round""##,
    );
    /// The rim of paper under a wave, so that it stands out from a bar.
    pub const WAVE_RIM: Self = Self::new("rim", r##"fill="none" stroke="#ffffff" stroke-width="5""##);
    /// The wave of what is about right.
    pub const WAVE: Self =
        Self::new("edge wave", r##"fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round""##);
    /// A confidence interval.
    pub const WHISKER: Self = Self::new("whisker", r##"fill="none" stroke="#1a1d24" stroke-width="1.5""##);
    /// A value that a newer article replaced.
    pub const SUPERSEDED: Self = Self::new("superseded", r##"fill="none" stroke="#565c69" stroke-width="1.5""##);
    /// Between points of neighbouring periods.
    pub const LINE: Self = Self::new(
        "line",
        r##"fill="none" stroke="currentColor" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round""##,
    );
    /// The same where points are too many for a thick line.
    pub const THIN_LINE: Self =
        Self::new("line", r##"fill="none" stroke="currentColor" stroke-width="1.25" stroke-linejoin="round""##);
    /// To a forecast.
    pub const FORECAST: Self =
        Self::new("line", r##"fill="none" stroke="currentColor" stroke-width="2.5" stroke-dasharray="6 4""##);
    /// Across periods without a value.
    pub const BRIDGE: Self = Self::new(
        "line bridge",
        r##"fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="1.5 4" stroke-linecap="round""##,
    );
    /// The line of a sparkline.
    pub const SPARK: Self = Self::new("line", r##"fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round""##);
    /// The same across missing periods.
    pub const SPARK_THIN: Self =
        Self::new("line", r##"fill="none" stroke="currentColor" stroke-width="1" stroke-opacity="0.55" stroke-linecap="round""##);
    /// A final value on a line.
    pub const DOT: Self = Self::new("mark now", r##"fill="currentColor""##);
    /// A provisional value on a line, and the rim of an estimate.
    pub const HOLLOW: Self = Self::new("edge hollow", r##"fill="#ffffff" stroke="currentColor" stroke-width="2""##);
    /// A forecast on a line.
    pub const DASHED_HOLLOW: Self =
        Self::new("edge hollow", r##"fill="#ffffff" stroke="currentColor" stroke-width="2" stroke-dasharray="2.5 2""##);
    /// The same for a bar.
    pub const DASHED_BAR: Self =
        Self::new("edge hollow", r##"fill="#ffffff" stroke="currentColor" stroke-width="1.5" stroke-dasharray="4 3""##);
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
    /// Numbers on a mark.
    pub const ON_MARK: Self = Self::new("on-mark", r##"fill="#ffffff""##);

    const fn new(class: &'static str, paint: &'static str) -> Self {
        Self { class, paint }
    }
}
