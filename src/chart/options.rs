use super::choose::ChartKind;
use super::layout::{Layout, UNIT};
use crate::indicator::TimePeriod;

/// What an editor decides about a chart; by default nothing, and its form follows the shape of the data.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct ChartOptions {
    /// The form.
    pub kind: Option<ChartKind>,
    /// Values of periods that begin before it are left out.
    pub since: Option<TimePeriod>,
    /// Values of periods that end after it are left out.
    pub until: Option<TimePeriod>,
    /// The codes of the strands that are drawn, in this order; all of them where it is empty.
    pub areas: Vec<String>,
    /// Whether the axis starts at zero. Bars always do.
    pub zero: Option<bool>,
    /// The height of the plot, in units of the viewBox.
    pub height: Option<u16>,
    /// Whether values that newer articles replaced are shown, small.
    pub revisions: bool,
}

/// Something about the wish of an editor that would mislead or cannot be, and what was done about it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Misleading {
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: &'static str,
}

/// The least and the greatest height of a plot.
const HEIGHTS: (u16, u16) = (120, 480);

impl ChartOptions {
    /// Whether a period is among those that are drawn.
    pub(super) fn covers(&self, period: TimePeriod) -> bool {
        self.since.is_none_or(|since| period.start() >= since.start())
            && self.until.is_none_or(|until| period.end() <= until.end())
    }

    /// A layout with the wanted height.
    pub(super) fn sized(&self, layout: Layout) -> Layout {
        match self.height {
            Some(height) => Layout { plot_height: i64::from(height.clamp(HEIGHTS.0, HEIGHTS.1)) * UNIT, ..layout },
            None => layout,
        }
    }

    /// What is wrong about the height and the times.
    pub(super) fn check(&self, warnings: &mut Vec<Misleading>) {
        if let Some(height) = self.height.filter(|height| *height < HEIGHTS.0 || *height > HEIGHTS.1) {
            warnings.push(Misleading {
                message: format!("a chart {height} units high makes changes look smaller or larger than they are"),
                help: "give a `height` between 120 and 480, or leave it out",
            });
        }
        if let (Some(since), Some(until)) = (self.since, self.until)
            && since.start() > until.end()
        {
            warnings.push(Misleading {
                message: format!("`since` {since} is after `until` {until}, so there is nothing to draw"),
                help: "exchange the two",
            });
        }
    }
}
