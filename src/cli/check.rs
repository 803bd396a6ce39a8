//! `tinso check`

use super::exit::{Exit, Failure};
use super::make::make;
use super::progress::Progress;
use super::site::SiteFolder;
use super::{Context, summary};
use crate::publish;

/// Look for errors: everything that `build` does but writing
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// Check drafts too
    #[arg(long)]
    drafts: bool,
}

/// Runs the command.
pub(super) fn run(context: &Context, args: &Args) -> Result<Exit, Failure> {
    let site = SiteFolder::find(context)?;
    let last = publish::last_outputs(site.root.join(site.peek().output_dir));
    let made = make(&site, last, None, args.drafts, &Progress::new());
    context.reporter.findings(&made.built.diagnostics);
    let findings = summary::findings(&made.built.diagnostics).unwrap_or_else(|| "nothing is wrong".to_owned());
    let checked = summary::stats(&made.built.stats);
    context.reporter.line(&format!("Checked {checked} in {}: {findings}", summary::seconds(made.took)));
    Ok(made.exit(&site))
}
