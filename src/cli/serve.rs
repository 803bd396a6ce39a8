//! `tinso serve`

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use super::exit::{Exit, Failure};
use super::report::Reporter;
use super::site::SiteFolder;
use super::{Context, cache, summary};
use crate::build::RecordedHeads;
use crate::looks::{self, Stat, Times};
use crate::serve::{self, Event, Keep, Settings};
use crate::source::Found;

/// Serve the site from memory and reload the browser after every edit
///
/// No page is written: the output folder of `build` stays as it is. A site with errors is served too; the errors are
/// shown over its last good pages. Front matter, and how files looked, is kept in `.tinso/cache`, so that the next start is
/// faster.
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// The address to listen at; 0.0.0.0 shows the site to other machines
    #[arg(short, long, env = "TINSO_INTERFACE", default_value = "127.0.0.1", value_name = "ADDRESS")]
    interface: String,

    /// The port to listen at [default: 1111, or the next free one]
    #[arg(short, long, env = "TINSO_PORT")]
    port: Option<u16>,

    /// Use this address in the site's links instead of the server's own; the port is added
    #[arg(short = 'u', long, value_name = "URL")]
    base_url: Option<String>,

    /// Show drafts too
    #[arg(long)]
    drafts: bool,

    /// Open the site in a browser
    #[arg(short = 'O', long)]
    open: bool,

    /// Use the address of --base-url as it is, without the port of the server
    #[arg(long)]
    no_port_append: bool,

    /// Build anew also when something in this file or folder changes; can be given several times
    #[arg(long, value_name = "PATH")]
    extra_watch_path: Vec<PathBuf>,

    /// How many milliseconds it must be quiet after an edit before the site is built [default: 30; 5 after one saved file]
    #[arg(short = 'd', long, value_name = "MS", value_parser = clap::value_parser!(u64).range(1..=60_000))]
    debounce: Option<u64>,

    /// Read every file at the start, even if its size and times say that nobody has touched it since the start before
    #[arg(long)]
    no_mtime: bool,

    /// Zola's; changes nothing here, since nothing is written
    #[arg(short, long, value_name = "DIR")]
    output_dir: Option<PathBuf>,

    /// Zola's; changes nothing here, since nothing is written
    #[arg(long)]
    force: bool,

    /// Zola's; changes nothing here, since nothing is written
    #[arg(long)]
    store_html: bool,

    /// Zola's; changes nothing here, since every rebuild is fast and complete
    #[arg(short, long)]
    fast: bool,
}

impl Args {
    /// What happens instead of what Zola would do.
    fn notes(&self) -> impl Iterator<Item = &'static str> {
        [
            (self.output_dir.is_some(), "Pages are served from memory and nothing is written: --output-dir changes nothing"),
            (self.force, "Nothing is written, so nothing could be overwritten: --force changes nothing"),
            (self.store_html, "Pages are served from memory and nothing is written: --store-html changes nothing"),
            (self.fast, "Every rebuild is fast and complete here: --fast changes nothing"),
            (self.no_port_append && self.base_url.is_none(), "Without --base-url, --no-port-append changes nothing"),
        ]
        .into_iter()
        .filter_map(|(given, note)| given.then_some(note))
    }
}

/// Runs the command until Ctrl-C.
pub(super) fn run(context: &Context, args: &Args) -> Result<Exit, Failure> {
    let site = SiteFolder::find(context)?;
    args.notes().for_each(|note| context.reporter.line(note));
    let real = |path: &PathBuf| {
        let found = std::fs::canonicalize(path);
        found.map_err(|error| {
            Failure::usage(format!("{} cannot be watched: {error}", path.display()))
                .help("give --extra-watch-path a file or folder that exists")
        })
    };
    let settings = Settings {
        root: site.root,
        config: site.config,
        interface: args.interface.clone(),
        port: args.port,
        base_url: args.base_url.clone(),
        no_port_append: args.no_port_append,
        drafts: args.drafts,
        extra_paths: args.extra_watch_path.iter().map(real).collect::<Result<_, _>>()?,
        quiet: args.debounce.map(Duration::from_millis),
    };
    let (reporter, open) = (context.reporter.clone(), args.open);
    let cache = Cached { folder: cache::folder(&settings.root), no_mtime: args.no_mtime, moment: OnceLock::new() };
    serve::run(&settings, cache, move |event| tell(&reporter, open, &event)).map_err(|error| {
        let failure = Failure::io(&error);
        match error.help() {
            Some(help) => failure.help(help),
            None => failure,
        }
    })?;
    Ok(Exit::Good)
}

/// What a server has from the cache of the site, and leaves there.
struct Cached {
    folder: PathBuf,
    no_mtime: bool,
    /// A moment before the files of the site were looked at.
    moment: OnceLock<Option<Stat>>,
}

impl Keep for Cached {
    fn looks(&self) -> Times {
        self.moment.get_or_init(|| looks::moment(&self.folder));
        if self.no_mtime { Times::default() } else { cache::read_looks(&self.folder) }
    }

    fn front_matter(&self) -> RecordedHeads {
        cache::read_heads(&self.folder)
    }

    fn keep(&self, found: &Found, front_matter: &RecordedHeads) {
        let moment = self.moment.get().and_then(Option::as_ref);
        if let Some(looks) = moment.and_then(|moment| found.looks(moment, &found.digests())) {
            cache::keep_looks(&self.folder, looks);
        }
        if front_matter.are_new() {
            cache::keep_heads(&self.folder, front_matter);
        }
    }
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
