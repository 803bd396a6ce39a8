//! `tinso build`

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::Timestamp;

use super::at::moment;
use super::cache::Cache;
use super::exit::{Exit, Failure};
use super::explain::Explain;
use super::make::{make_after, make_explained};
use super::progress::Progress;
use super::site::{SiteFolder, shown};
use super::timings::{Timings, Watch};
use super::{Context, changed, summary};
use crate::build::{Options, Receive};
use crate::publish::{self, Writing, Written};
use crate::source::Before;

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

    /// Build for this moment instead of now, a date and time with its offset: decides which pages with `publish_at` and
    /// `expires_at` are shown
    #[arg(long, value_name = "TIME", value_parser = moment)]
    at: Option<Timestamp>,

    /// Read every file of the last build, even if its size and times say that nobody has touched it
    #[arg(long)]
    no_mtime: bool,

    /// Make the HTML smaller, whatever the config says
    #[arg(long)]
    minify: bool,

    /// Show how long each stage took, and the slowest pages and templates
    #[arg(long)]
    timings: bool,

    /// Write what each thread did when into this file, for Perfetto (ui.perfetto.dev) or chrome://tracing
    #[arg(long, value_name = "FILE")]
    trace: Option<PathBuf>,

    /// Write the addresses of the pages that this build changed into this file, as IndexNow takes them: a message a line
    #[arg(long, value_name = "FILE")]
    changed: Option<PathBuf>,

    /// Say how an output came to be, given by its path, its address or its source: its templates, what they read and asked,
    /// and why it was rendered
    #[arg(long, value_name = "PATH")]
    explain: Option<String>,
}

/// Runs the command.
pub(super) fn run(context: &Context, args: &Args) -> Result<Exit, Failure> {
    let site = SiteFolder::find(context)?;
    let peek = site.peek();
    let output = args.output_dir.clone().unwrap_or_else(|| site.root.join(&peek.output_dir));
    if args.changed.is_some() && peek.index_now.is_none() {
        return Err(changed::no_key());
    }
    let options = publish::Options { force: args.force, durable: true, read_all: args.no_mtime };
    let writing = Writing::begin(&output, &site.root, options)?;

    let progress = Progress::new();
    let build = Options { base_url: args.base_url.clone(), drafts: args.drafts, minify: args.minify, ..Options::default() };
    let watch = (args.timings || args.trace.is_some()).then(|| Watch::new(&writing));
    let receive: &dyn Receive = watch.as_ref().map_or(&writing, |watch| watch);
    let explain = args.explain.as_ref().map(|path| Explain::new(path, &output, receive));
    let receive: &dyn Receive = explain.as_ref().map_or(receive, |explain| explain);
    let before = Before { at: args.at, ..Before::outputs(publish::last_outputs(output.clone())) };
    let mut cache = Cache::open(&site.root, args.no_mtime);
    let (made, fates) = if explain.is_some() {
        // Only a build with a memo knows what templates asked.
        make_explained(&site, &cache.ledger, &|path| writing.standing(path), before, &build, &progress, receive)
    } else {
        (make_after(&site, &mut cache, before, &build, &progress, receive), BTreeMap::new())
    };
    let mut timings = watch.as_ref().map(Watch::stop);
    context.reporter.findings(&made.built.diagnostics);
    let exit = made.exit(&site);
    if let Some(explain) = &explain {
        // What an error left out cannot be found.
        explain.found().or_else(|failure| if exit == Exit::Good { Err(failure) } else { Ok(()) })?;
        context.reporter.line(&explain.text(&made.built.explained, &fates));
    }
    let shown_output = format!("{}/", shown(&output).trim_end_matches('/'));
    let findings = summary::findings(&made.built.diagnostics);
    if exit != Exit::Good {
        drop(writing);
        cache.keep();
        show(context, args, timings.as_ref())?;
        let state = if output.exists() { format!("{shown_output} is as it was") } else { format!("{shown_output} was not made") };
        context.reporter.line(&format!("{}: nothing was written; {state}", findings.unwrap_or_default()));
        return Ok(exit);
    }
    let changed = args.changed.is_some().then(|| writing.changed());
    progress.show("writing");
    let start = std::time::Instant::now();
    let (written, ()) = rayon::join(|| writing.finish(), || cache.keep());
    progress.clear();
    let written = written?;
    if let Some(timings) = &mut timings {
        timings.add("putting into place", start.elapsed());
    }
    show(context, args, timings.as_ref())?;
    if let (Some(file), Some(changed)) = (&args.changed, &changed) {
        changed::write(file, changed, &peek, args.base_url.as_deref(), &output)?;
    }
    if let Some(findings) = findings {
        context.reporter.line(&findings);
    }
    let built = summary::stats(&made.built.stats);
    let took = summary::seconds(made.took + start.elapsed());
    context.reporter.line(&format!("Built {built} in {took}: {} → {shown_output}", counts(&written)));
    // The program ends here: to take the build apart would only take time.
    std::mem::forget((made, cache));
    Ok(Exit::Good)
}

/// Shows and writes what was timed, as was asked for.
fn show(context: &Context, args: &Args, timings: Option<&Timings>) -> Result<(), Failure> {
    let Some(timings) = timings else { return Ok(()) };
    if args.timings {
        context.reporter.line(&timings.table());
    }
    let Some(file) = &args.trace else { return Ok(()) };
    std::fs::write(file, timings.trace().to_string())
        .map_err(|error| Failure::io(format!("cannot write {}: {error}", file.display())))
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
