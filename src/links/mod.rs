//! Where the Markdown of a site leads: paths of the site are looked up among what was built, addresses of other sites
//! are asked for. An edge, for `check` only; links between content files (`@/`) are checked by every build.
//!
//! Only Markdown is looked at: what templates write around it, and a writer's own HTML, are not.

#![allow(clippy::disallowed_methods, reason = "an edge of the program: disk, clock and network are its work")]

mod address;
mod anchors;
#[cfg(feature = "network")]
mod asking;
#[cfg(feature = "network")]
mod gates;
mod inside;
mod lookup;
#[cfg(feature = "network")]
mod memory;
#[cfg(feature = "network")]
mod outside;
mod places;

pub use inside::check_inside;
pub use lookup::Lookup;
#[cfg(feature = "network")]
pub use memory::Memory;
#[cfg(feature = "network")]
pub use outside::{Pace, Report, Status, check_outside};
