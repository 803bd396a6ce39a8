//! `tinso serve`

use std::io::Write;
use std::process::{Command, Stdio};

use super::exit::{Exit, Failure};
use super::report::Reporter;
use super::site::SiteFolder;
use super::{Context, summary};
use crate::serve::{self, Event, Settings};

/// Serve the site from memory and reload the browser after every edit
///
/// Nothing is written: the output folder of `build` stays as it is. A site with errors is served too; the errors are
/// shown over its last good pages.
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// The address to listen at; 0.0.0.0 shows the site to other machines
    #[arg(short, long, env = "TINSO_INTERFACE", default_value = "127.0.0.1", value_name = "ADDRESS")]
    interface: String,

    /// The port to listen at [default: 1111, or the next free one]
    #[arg(short, long, env = "TINSO_PORT")]
    port: Option<u16>,

    /// Use this address in the site's links instead of the server's own
    #[arg(short = 'u', long, value_name = "URL")]
    base_url: Option<String>,

    /// Show drafts too
    #[arg(long)]
    drafts: bool,

    /// Open the site in a browser
    #[arg(short = 'O', long)]
    open: bool,
}

/// Runs the command until Ctrl-C.
pub(super) fn run(context: &Context, args: &Args) -> Result<Exit, Failure> {
    let site = SiteFolder::find(context)?;
    let settings = Settings {
        root: site.root,
        config: site.config,
        interface: args.interface.clone(),
        port: args.port,
        base_url: args.base_url.clone(),
        drafts: args.drafts,
    };
    let (reporter, open) = (context.reporter.clone(), args.open);
    serve::run(&settings, move |event| tell(&reporter, open, &event)).map_err(|error| {
        let failure = Failure::io(&error);
        match error.help() {
            Some(help) => failure.help(help),
            None => failure,
        }
    })?;
    Ok(Exit::Good)
}

fn tell(reporter: &Reporter, open: bool, event: &Event<'_>) {
    match event {
        Event::Listening { url, open_to_others } => {
            let _ = writeln!(std::io::stdout(), "Serving at {url}");
            if *open_to_others {
                reporter.line("Other machines can see it; give them an address of this one with --base-url");
            }
            reporter.line("Edit a file in content/ and the page reloads; Ctrl-C stops");
            if open && !open_in_browser(url) {
                reporter.line("No browser could be opened; open the address by hand");
            }
        }
        Event::Built { stats, diagnostics, took, changed, kept_last_good } => {
            reporter.findings(diagnostics);
            if let Some(findings) = summary::findings(diagnostics) {
                let kept = if *kept_last_good { ": the last good pages stay" } else { "" };
                reporter.line(&format!("{findings}{kept}"));
            }
            let (built, took, changed) = (summary::stats(stats), summary::seconds(*took), summary::count(*changed, "file"));
            reporter.line(&format!("Built {built} in {took}: {changed} changed"));
        }
        Event::Note(text) => reporter.line(text),
    }
}

/// Opens an address with the program that the desktop has for it.
fn open_in_browser(url: &str) -> bool {
    let mut command = if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(windows) {
        let mut command = Command::new("rundll32");
        command.arg("url.dll,FileProtocolHandler");
        command
    } else {
        Command::new("xdg-open")
    };
    command.arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().is_ok()
}
