//! The development server: the same [`build()`](crate::build::build) on every edit, served from memory, with a live reload.
//!
//! It binds to this machine only, answers only with what the build made, and never touches the output folder.
//! What it keeps for its next start is given to whoever started it.

#![allow(clippy::disallowed_methods, reason = "an edge of the program: disk, clock and network are its work")]

mod address;
mod batch;
mod events;
mod live;
mod lookup;
mod media;
mod open_pages;
mod own_files;
mod page;
mod problem;
mod rebuild;
mod request;
mod respond;
mod watch;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::routing::any;

use crate::build::{RecordedHeads, Stats};
use crate::diagnostic::Diagnostic;
use crate::looks::Times;
use crate::source::Found;

pub use address::{DEFAULT_PORT, ServeError};

use batch::{Batch, Edits, Git, Pace};
use live::Live;
use open_pages::OpenPages;
use rebuild::Rebuilder;
use respond::Shared;
use watch::Watch;

/// What to serve, and where.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The site's root folder, its real path.
    pub root: PathBuf,
    /// The config file's path below the root.
    pub config: String,
    /// The address to listen at: `127.0.0.1` unless somebody wants the site seen from other machines.
    pub interface: String,
    /// The port asked for; none takes 1111 or the next free one.
    pub port: Option<u16>,
    /// Replaces the address of the server in the links of the site.
    pub base_url: Option<String>,
    /// Whether that address is used as it is, without the port of the server.
    pub no_port_append: bool,
    /// Whether drafts are shown.
    pub drafts: bool,
    /// Further files and folders, on whose edits the site is built anew.
    pub extra_paths: Vec<PathBuf>,
    /// How long it must be quiet after an edit before the site is built; a moment when `None`.
    pub quiet: Option<Duration>,
}

/// What the server has to tell whoever started it.
pub enum Event<'a> {
    /// It answers from now on.
    Listening {
        /// Where a browser finds the site.
        url: &'a str,
        /// Whether other machines can reach it.
        open_to_others: bool,
    },
    /// A build has ended and its pages are in place.
    Built {
        /// What there is in the site.
        stats: Stats,
        /// Everything found.
        diagnostics: &'a [Diagnostic],
        /// How long it took.
        took: Duration,
        /// How many files differ from those served before.
        changed: usize,
        /// Whether it has errors, so that the pages are still those of the last good build.
        kept_last_good: bool,
    },
    /// Something that does not stop it.
    Note(String),
}

/// What a server has from the start before, in whatever process, and leaves to the next.
pub trait Keep: Send + Sync {
    /// How the files of the site looked when it was last known what is in them; asked for before any is looked at.
    fn looks(&self) -> Times;

    /// Front matter as it was read.
    fn front_matter(&self) -> RecordedHeads;

    /// Takes what the first build found and read.
    fn keep(&self, found: &Found, front_matter: &RecordedHeads);
}

/// Serves until Ctrl-C.
///
/// # Errors
/// When the address cannot be listened at, or the system gives no threads or sockets.
pub fn run(
    settings: &Settings,
    keep: impl Keep + 'static,
    tell: impl Fn(Event<'_>) + Send + Sync + 'static,
) -> Result<(), ServeError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(ServeError::Start)?;
    runtime.block_on(serve(settings, Box::new(keep), Arc::new(tell)))
}

async fn serve(settings: &Settings, keep: Box<dyn Keep>, tell: Arc<dyn Fn(Event<'_>) + Send + Sync>) -> Result<(), ServeError> {
    let (listener, local) = address::listen(&settings.interface, settings.port)?;
    let listener = tokio::net::TcpListener::from_std(listener).map_err(ServeError::Start)?;
    let own_url = address::url(local);
    let given = settings.base_url.as_ref();
    let given = given.map(|url| if settings.no_port_append { url.clone() } else { address::with_port(url, local.port()) });
    let hosts = request::Hosts::new(&settings.interface, local.ip(), given.as_deref());
    let base_url = given.unwrap_or_else(|| own_url.clone());

    let (told, batches) = mpsc::channel();
    let note = |text: String| tell(Event::Note(text));
    let watcher = Watch::start(&settings.root, &settings.config, &settings.extra_paths, &told, &note);
    let watcher = watcher.map_err(|error| note(format!("edits are not seen: {error}"))).ok();

    let open_pages = Arc::new(OpenPages::default());
    let (publish, live) = tokio::sync::watch::channel(Arc::new(Live::default()));
    let mut rebuilder = Rebuilder::new(settings, base_url.clone(), publish, Arc::clone(&open_pages), keep, Arc::clone(&tell));
    let open_to_others = !local.ip().is_loopback();
    let prefix = address::path_of(&base_url);
    tell(Event::Listening { url: &format!("{own_url}{prefix}/"), open_to_others });
    let pace = settings.quiet.map_or_else(Pace::default, Pace::steady);
    let git = Git::around(&settings.root);
    std::thread::Builder::new()
        .name("rebuild".to_owned())
        .spawn(move || {
            // Without a watcher this thread waits for ever, and the pages keep what they have.
            let _told = told;
            rebuilder.rebuild(&Batch::of_everything(), &mut |_| false);
            follow_edits(watcher, &mut rebuilder, &mut Edits::new(batches), pace, &git);
        })
        .map_err(ServeError::Start)?;

    let shared =
        Shared { live, hosts, session: session(), prefix, own_url: settings.base_url.is_none().then_some(own_url), open_pages };
    let app = Router::new().fallback(any(respond::respond)).with_state(Arc::new(shared));
    tokio::select! {
        served = axum::serve(listener, app).into_future() => served.map_err(ServeError::Start),
        // Open event streams never end by themselves, so there is nothing to wait for.
        _ = tokio::signal::ctrl_c() => Ok(()),
    }
}

/// Builds after every batch of edits.
fn follow_edits(mut watcher: Option<Watch>, rebuilder: &mut Rebuilder, edits: &mut Edits, pace: Pace, git: &Git) {
    /// How often a build makes way for further edits before it is shown all the same.
    const YIELDS: usize = 3;
    let mut earlier = Batch::default();
    let mut yielded = 0;
    loop {
        let more = watcher.as_mut().is_some_and(|watcher| watcher.follow_asked(&rebuilder.files_asked()));
        let batch = if more {
            // They may have been edited before they were watched.
            Batch { whole: true, ..std::mem::take(&mut earlier) }
        } else {
            let batch = edits.batch(std::mem::take(&mut earlier), rebuilder.next_change(), pace, &|| git.is_at_work());
            let Ok(batch) = batch else { break };
            batch
        };
        if let Some(watcher) = &mut watcher {
            watcher.follow(&batch);
        }
        let mut is_superseded = |has_lost| {
            watcher.iter_mut().for_each(Watch::catch_up);
            yielded < YIELDS && edits.are_waiting(if has_lost { pace.many } else { Duration::ZERO })
        };
        if rebuilder.rebuild(&batch, &mut is_superseded) {
            yielded = 0;
        } else {
            (earlier, yielded) = (batch, yielded + 1);
        }
    }
}

/// A name for this run, so that a page knows a server that was started anew.
fn session() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    format!("{:x}", now.as_nanos())
}
