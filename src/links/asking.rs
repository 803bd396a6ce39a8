//! Asks for one address until it is clear how it stands with it.

use std::time::Duration;

use super::Pace;
use super::address::{authority, resolve};
use super::gates::Gates;
use crate::net::{Answer, Ask, Client, NetError};

/// The most redirects followed.
const REDIRECTS: usize = 10;
/// The most bytes of a page that are searched for a place.
const LARGEST_PAGE: u64 = 5 * 1024 * 1024;

/// How it stands with an address.
#[derive(Clone, Debug)]
pub(super) enum Verdict {
    /// It is there; with the page, if it was wanted and is all there.
    Good(Option<String>),
    /// It is not there: why, and what to do.
    Broken(String, &'static str),
    /// Its host cannot be reached, whatever is asked for.
    Unreachable(String),
    /// It cannot be said.
    Unknown(String, &'static str),
}

/// Asks for addresses.
pub(super) struct Asking<'a> {
    pub(super) client: Client,
    pub(super) gates: Gates,
    pub(super) pace: &'a Pace,
}

impl Asking<'_> {
    /// Asks again after a while if the answer may be another one then.
    pub(super) fn verdict(&self, url: &str, page_wanted: bool) -> Verdict {
        let mut waits = self.pace.waits.iter();
        loop {
            let answer = self.follow(url, page_wanted);
            let pause = match &answer {
                Ok(answer) if matches!(answer.status, 429 | 500 | 502 | 503 | 504) => {
                    let asked =
                        answer.header("retry-after").and_then(|seconds| seconds.trim().parse().ok()).map(Duration::from_secs);
                    // One who wants to be left alone for longer than we wait is not asked again.
                    waits.next().map(|wait| asked.unwrap_or(*wait)).filter(|wait| *wait <= self.pace.longest_wait)
                }
                Ok(_) => None,
                Err(_) => waits.next().copied(),
            };
            match pause {
                Some(pause) => std::thread::sleep(pause),
                None => return judge(answer),
            }
        }
    }

    /// Asks and follows redirects, each host at its own turn.
    fn follow(&self, url: &str, page_wanted: bool) -> Result<Answer, NetError> {
        let mut url = url.to_owned();
        let mut redirects = 0;
        loop {
            let ask = Ask { url: &url, body: None, headers: &[], redirects: 0 };
            let wanted = |head: &Answer| {
                let html = head.header("content-type").is_some_and(|kind| kind.contains("html"));
                if page_wanted && html && (200..300).contains(&head.status) { LARGEST_PAGE } else { 0 }
            };
            let host = authority(&url).unwrap_or_default();
            let answer = self.gates.pass(&host, || self.client.ask(&ask, wanted))?;
            match redirect(&answer).filter(|_| redirects < REDIRECTS) {
                Some(location) => url = resolve(&url, location),
                None => return Ok(answer),
            }
            redirects += 1;
        }
    }
}

/// Where an answer sends whoever asks.
fn redirect(answer: &Answer) -> Option<&str> {
    answer.header("location").filter(|_| matches!(answer.status, 301 | 302 | 303 | 307 | 308))
}

const REMOVE: &str = "open it in a browser: correct the address or take the link out";
const SKIP: &str = "open it in a browser: if it is there, add its beginning to `skip_prefixes` under `[link_checker]`";

fn judge(answer: Result<Answer, NetError>) -> Verdict {
    let answer = match answer {
        Ok(answer) => answer,
        Err(NetError { message, unreachable: true }) => return Verdict::Unreachable(message),
        Err(NetError { message, .. }) => return Verdict::Broken(message, REMOVE),
    };
    let says = || format!("the server answers {}", answer.status_words());
    match answer.status {
        200..300 => {
            let page = (!answer.body.is_empty() && !answer.cut).then(|| String::from_utf8_lossy(&answer.body).into_owned());
            Verdict::Good(page)
        }
        // Servers that keep programs out answer so, whatever is there.
        401 | 403 | 405 | 406 | 451 | 999 => Verdict::Broken(says(), SKIP),
        429 => Verdict::Unknown(says(), "check again later, or add its beginning to `skip_prefixes` under `[link_checker]`"),
        _ if redirect(&answer).is_some() => Verdict::Broken("it redirects again and again".to_owned(), REMOVE),
        500.. => Verdict::Broken(says(), "check again later; if it stays so, take the link out"),
        _ => Verdict::Broken(says(), REMOVE),
    }
}
