//! What a page is told as long as it is open: what changed since it was loaded, and what is wrong.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::response::sse::{Event, KeepAlive, Sse};
use serde::Serialize;
use tokio::sync::watch::Receiver;
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt};

use super::live::Live;
use super::open_pages::OpenPage;
use super::problem::Problem;

/// One message to a page.
#[derive(Serialize, PartialEq, Debug)]
struct Message<'a> {
    /// The state that the page has after this message: the run of the server and its build.
    build: String,
    /// Whether everything may have changed, as after a restart of the server.
    all: bool,
    /// The addresses that came, went or changed.
    changed: Vec<String>,
    errors: &'a [Problem],
}

/// Tells a page everything since the state it has, then whatever follows; until the browser ends it, the page is open.
pub(super) fn stream(
    live: Receiver<Arc<Live>>,
    session: String,
    prefix: String,
    since: Option<String>,
    open: Option<OpenPage>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let mut since = since;
    let events = WatchStream::new(live).map(move |live| {
        // The page is open as long as this lives.
        let _ = &open;
        let message = message(&live, &session, &prefix, since.as_deref());
        since = Some(message.build.clone());
        let data = serde_json::to_string(&message).unwrap_or_default();
        Ok(Event::default().id(message.build).data(data))
    });
    Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}

fn message<'a>(live: &'a Live, session: &str, prefix: &str, since: Option<&str>) -> Message<'a> {
    let build = format!("{session}-{}", live.build);
    let known =
        since.map(|since| since.split_once('-').filter(|(run, _)| *run == session).and_then(|(_, build)| build.parse().ok()));
    let (all, from) = match known {
        // A page that cannot say what it has is taken to be new.
        None => (false, live.build),
        Some(None) => (true, live.build),
        Some(Some(from)) => (false, from),
    };
    let changed = live.changed_since(from).map(|path| format!("{prefix}/{path}")).collect();
    Message { build, all, changed, errors: &live.problems }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SitePath;

    #[test]
    fn a_page_is_told_what_changed_since_it_was_loaded() {
        let file = |text: &str| [(SitePath::new("a/index.html"), Arc::from(text.as_bytes()))].into_iter().collect();
        let live = Live::default().after(file("1"), vec![]).after(file("2"), vec![]);
        let changed = |since| message(&live, "s", "/x", since).changed;
        assert_eq!(changed(Some("s-1")), ["/x/a/index.html"]);
        assert!(changed(Some("s-2")).is_empty() && changed(None).is_empty());
        assert!(message(&live, "s", "", Some("other-1")).all && message(&live, "s", "", Some("rubbish")).all);
        assert!(!message(&live, "s", "", None).all);
    }
}
