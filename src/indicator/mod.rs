//! Indicators, the observations that articles state, and the series assembled from them
//! (terms of [SDMX](https://sdmx.org)).

mod breakdown;
mod breaks;
mod change;
mod codes;
mod collect;
mod correction;
mod definition;
mod derived;
mod metric;
mod note;
mod observation;
mod period;
mod reported;
mod series;
mod unit;
mod wishes;

pub use breakdown::{Breakdown, Dimension, Dimensions, breakdown_label};
pub use breaks::Break;
pub use change::{Change, ChangeKind, computed_change};
pub use codes::{Basis, Direction, Frequency, Kind, Measure, ObsStatus, Qualifier, RevisionType};
pub use collect::collect;
pub use correction::{Correction, Corrections};
pub use definition::{Definition, Reference, read_definition, read_unit_label};
pub use derived::{ComputedLine, Derived, Distance, Growth, PerPeople, Progress, Status, Total};
pub use metric::{MetricDefaults, read_metrics};
pub use note::{Note, NoteReading};
pub use observation::{Amount, Interval, Metric, Observation, Origin, ReportedChange, Revision};
pub use period::TimePeriod;
pub use series::{Catalogue, Point, Series, SeriesKey};
pub use unit::{Inconvertible, Unit};
pub use wishes::{ChartForm, ChartWishes};
