//! `tinso next-change`

use std::io::Write;

use jiff::Timestamp;

use super::at::moment;
use super::exit::{Exit, Failure};
use super::make::make;
use super::progress::Progress;
use super::site::SiteFolder;
use super::{Context, summary};
use crate::asset::Receive;
use crate::build::Options;
use crate::source::Before;
use crate::text::SitePath;

/// Print the next moment at which a build would change the site by itself
///
/// It is when a page with `publish_at` appears, one with `expires_at` goes, or an article becomes too old for the news
/// sitemap. Printed in UTC, for `at`, cron or a CI job. Exit code 5 says that there is none: then nothing is printed.
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// Look from this moment on instead of from now on: a date and time with its offset
    #[arg(long, value_name = "TIME", value_parser = moment)]
    at: Option<Timestamp>,

    /// Count drafts, too
    #[arg(long)]
    drafts: bool,
}

/// Takes files and lets go of them.
struct Nowhere;

impl Receive for Nowhere {
    fn receive(&self, _: &SitePath, _: std::sync::Arc<[u8]>) {}
}

/// Runs the command.
pub(super) fn run(context: &Context, args: &Args) -> Result<Exit, Failure> {
    let site = SiteFolder::find(context)?;
    let options = Options { drafts: args.drafts, ..Options::default() };
    let before = Before { at: args.at, ..Before::outputs(Box::new(|_| None)) };
    let made = make(&site, before, &options, &Progress::new(), &Nowhere);
    if made.built.has_errors() {
        context.reporter.findings(&made.built.diagnostics);
        context.reporter.line(&summary::findings(&made.built.diagnostics).unwrap_or_default());
        return Ok(made.exit(&site));
    }
    if made.built.asked_now {
        context.reporter.line("A template asks `now()`, so any build may change what it shows; that is not counted here");
    }
    match made.built.stretch.until {
        Some(next) => {
            writeln!(std::io::stdout(), "{next}").map_err(Failure::io)?;
            Ok(Exit::Good)
        }
        None => {
            context.reporter.line("The site does not change by itself: no page waits for its `publish_at` or `expires_at`");
            Ok(Exit::Nothing)
        }
    }
}
