//! Indicators, the observations that articles state, and the series assembled from them
//! (terms of [SDMX](https://sdmx.org)).

mod change;
mod codes;
mod collect;
mod definition;
mod metric;
mod observation;
mod period;
mod series;

pub use change::{Change, ChangeKind, computed_change};
pub use codes::{Basis, Direction, Frequency, Kind, Measure, ObsStatus, Qualifier};
pub use collect::collect;
pub use definition::{Definition, read_definition, read_unit_label};
pub use metric::{MetricDefaults, read_metrics};
pub use observation::{Amount, Metric, Observation, Origin, ReportedChange};
pub use period::TimePeriod;
pub use series::{Catalogue, Point, Series};
