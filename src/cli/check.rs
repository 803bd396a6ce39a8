//! `tinso check`

use jiff::Timestamp;

use super::at::moment;
use super::exit::{Exit, Failure};
use super::make::{Made, make};
use super::progress::Progress;
use super::site::SiteFolder;
use super::{Context, summary};
use crate::build::{Mode, Options};
use crate::diagnostic::Sink;
use crate::links::{Lookup, check_inside};
use crate::publish;
use crate::source::Before;

/// Look for errors: everything that `build` does but writing, and more
///
/// Links of the Markdown to paths of the site are looked up among what was built; with --external, other sites are
/// asked for what is linked to. What templates write around the Markdown is not looked at. Links that were good are not
/// asked for again within a day.
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// Check drafts too
    #[arg(long)]
    drafts: bool,

    /// Check for this moment instead of now, a date and time with its offset: decides which pages with `publish_at` and
    /// `expires_at` are shown
    #[arg(long, value_name = "TIME", value_parser = moment)]
    at: Option<Timestamp>,

    /// Ask other sites for what is linked to
    #[arg(long)]
    external: bool,

    /// Leave links to other sites alone, as is done without --external, too
    #[arg(long, conflicts_with = "external")]
    skip_external_links: bool,

    /// Ask also for links that were good within the last day
    #[arg(long, requires = "external")]
    no_cache: bool,
}

/// Runs the command.
pub(super) fn run(context: &Context, args: &Args) -> Result<Exit, Failure> {
    if args.external && !cfg!(feature = "network") {
        return Err(Failure::usage(crate::net::WITHOUT).help("leave out --external, or build tinso with its default features"));
    }
    let site = SiteFolder::find(context)?;
    let progress = Progress::new();
    let options = Options { drafts: args.drafts, mode: Mode::Check, ..Options::default() };
    let last = publish::last_outputs(site.root.join(site.peek().output_dir));
    let before = Before { at: args.at, ..Before::outputs(last) };
    let lookup = Lookup::default();
    let mut made = make(&site, before, &options, &progress, &lookup);
    made.built.outputs = lookup.into_outputs();
    // A page with errors was not built, so links to it would be taken for broken.
    let site_has_errors = made.built.has_errors();
    let inside = if site_has_errors { Vec::new() } else { check_inside(&made.built.links, &made.built.outputs) };
    made.built.diagnostics.extend(inside);
    let asked = if args.external { ask(context, &mut made, args.no_cache, &progress) } else { None };
    let sink = Sink::new();
    made.built.diagnostics.drain(..).for_each(|diagnostic| sink.push(diagnostic));
    made.built.diagnostics = sink.into_sorted();
    context.reporter.findings(&made.built.diagnostics);
    if let Some(orphans) = summary::orphans(&made.built.links.orphans) {
        context.reporter.line(&orphans);
    }
    if site_has_errors {
        context.reporter.line("Paths inside the site were not looked up, since pages with errors are not built");
    }
    if args.skip_external_links {
        context.reporter.line("Links to other sites are checked only with --external: --skip-external-links changes nothing");
    }
    if let Some(asked) = asked {
        context.reporter.line(&asked);
    }
    let findings = summary::findings(&made.built.diagnostics).unwrap_or_else(|| "nothing is wrong".to_owned());
    let checked = summary::stats(&made.built.stats);
    context.reporter.line(&format!("Checked {checked} in {}: {findings}", summary::seconds(made.took)));
    Ok(made.exit(&site))
}

/// Asks other sites; gives a line that says how many.
#[cfg(feature = "network")]
fn ask(context: &Context, made: &mut Made, no_cache: bool, progress: &Progress) -> Option<String> {
    use super::summary::count;
    use crate::links::{Memory, Pace, Status, check_outside};
    let start = std::time::Instant::now();
    let mut memory = if no_cache { Memory::none() } else { Memory::of_user() };
    let report = check_outside(&made.built.links, &mut memory, &Pace::default(), &|Status { done, all, hosts }| {
        progress.show(&format!("checking {done} of {}, {}", count(all, "link"), count(hosts, "host")));
    });
    progress.clear();
    if let Err(error) = memory.save() {
        context.reporter.line(&format!("Which links are good could not be kept for the next check: {error}"));
    }
    made.built.diagnostics.extend(report.findings);
    made.took += start.elapsed();
    let remembered = match report.remembered {
        0 => String::new(),
        number => format!("; {number} more were good within the last day (--no-cache asks again)"),
    };
    Some(format!("Asked other sites for {}{remembered}", count(report.asked, "link")))
}

#[cfg(not(feature = "network"))]
fn ask(_: &Context, _: &mut Made, _: bool, _: &Progress) -> Option<String> {
    None
}
