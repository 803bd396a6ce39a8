//! `tinso build`

use std::path::PathBuf;

use super::exit::{Exit, Failure};
use super::make::make;
use super::progress::Progress;
use super::site::{SiteFolder, shown};
use super::{Context, summary};
use crate::build::Options;
use crate::publish::{self, Writing, Written};

/// Build the site into a folder
///
/// A site with errors is not written: the folder stays as it was. Files in it that no build wrote are left alone, and
/// files that did not change keep their times.
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// Use this address in the site's links instead of the config's
    #[arg(short = 'u', long, value_name = "URL")]
    base_url: Option<String>,

    /// The folder to build into [default: public, in the folder of the site]
    #[arg(short, long, value_name = "DIR")]
    output_dir: Option<PathBuf>,

    /// Build also into a folder with other files in it, and over those of the same name
    #[arg(short, long)]
    force: bool,

    /// Build drafts too
    #[arg(long)]
    drafts: bool,

    /// Read every file of the last build, even if its size and times say that nobody has touched it
    #[arg(long)]
    no_mtime: bool,

    /// Make the HTML smaller, whatever the config says
    #[arg(long)]
    minify: bool,
}

/// Runs the command.
pub(super) fn run(context: &Context, args: &Args) -> Result<Exit, Failure> {
    let site = SiteFolder::find(context)?;
    let output = args.output_dir.clone().unwrap_or_else(|| site.root.join(site.peek().output_dir));
    let options = publish::Options { force: args.force, durable: true, read_all: args.no_mtime };
    let writing = Writing::begin(&output, &site.root, options)?;

    let progress = Progress::new();
    let build = Options { base_url: args.base_url.clone(), drafts: args.drafts, minify: args.minify, ..Options::default() };
    let made = make(&site, publish::last_outputs(output.clone()), &build, &progress, &writing);
    context.reporter.findings(&made.built.diagnostics);
    let shown_output = format!("{}/", shown(&output).trim_end_matches('/'));
    let findings = summary::findings(&made.built.diagnostics);
    let exit = made.exit(&site);
    if exit != Exit::Good {
        drop(writing);
        let state = if output.exists() { format!("{shown_output} is as it was") } else { format!("{shown_output} was not made") };
        context.reporter.line(&format!("{}: nothing was written; {state}", findings.unwrap_or_default()));
        return Ok(exit);
    }
    progress.show("writing");
    let start = std::time::Instant::now();
    let written = writing.finish();
    progress.clear();
    let written = written?;
    if let Some(findings) = findings {
        context.reporter.line(&findings);
    }
    let built = summary::stats(&made.built.stats);
    let took = summary::seconds(made.took + start.elapsed());
    context.reporter.line(&format!("Built {built} in {took}: {} → {shown_output}", counts(&written)));
    // The program ends here: to take the build apart would only take time.
    std::mem::forget(made);
    Ok(Exit::Good)
}

fn counts(written: &Written) -> String {
    let way = if written.in_place { " (one by one, since the folder cannot be exchanged as a whole)" } else { "" };
    format!(
        "{} written, {} unchanged, {} removed{way}",
        summary::count(written.written, "file"),
        written.unchanged,
        written.removed
    )
}
