//! Charts: rules that hold for any series, the form that each shape of series takes, and golden images.
#![allow(clippy::disallowed_methods, reason = "tests read and write golden files")]

#[path = "charts/behaviour.rs"]
mod behaviour;
#[path = "charts/golden.rs"]
mod golden;
#[path = "charts/properties.rs"]
mod properties;
#[path = "charts/support.rs"]
mod support;
