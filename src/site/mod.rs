//! What will exist: every output by its path, planned before anything is rendered,
//! so that two outputs on one path are an error and never a silent overwrite.

mod explain;
mod export;
mod feeds;
mod html;
mod loops;
mod minify;
mod plan;
mod render;
mod search;
mod security;
mod sitemap;

pub use explain::{Explained, Explanation, Why};
pub use export::{DataFile, Export, ExportKind, exports};
pub use feeds::{Feed, FeedOf};
pub use loops::{LoopLimits, Loops};
pub use plan::{ArchiveOf, Job, Plan, Planned, plan, plan_files};
pub use render::{Before, Pictures, Records, Rendered, Trace, render};
pub use search::{SearchIndex, SearchIndexes, plan_search};
