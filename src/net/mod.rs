//! The network: one question to another machine, one answer, errors in words. An edge.
//!
//! Without the cargo feature `network` every question has the same answer: that this tinso cannot ask.

#![allow(clippy::disallowed_methods, reason = "an edge of the program: clock and network are its work")]

#[cfg(feature = "network")]
mod client;
#[cfg(feature = "network")]
mod words;

use std::time::Duration;

#[cfg(feature = "network")]
pub use client::Client;

/// Why there was no answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NetError {
    /// What happened, in words.
    pub message: String,
    /// Whether the machine could not be reached at all, whatever it is asked.
    pub unreachable: bool,
}

/// A question.
#[derive(Clone, Debug)]
pub struct Ask<'a> {
    /// An address that starts with `http://` or `https://`.
    pub url: &'a str,
    /// What is sent, and its type: a POST; a GET when `None`.
    pub body: Option<(&'a str, &'a str)>,
    /// Further headers: name and value.
    pub headers: &'a [(String, String)],
    /// How many redirects are followed; the answer after them is a redirect itself.
    pub redirects: u32,
}

/// The head of an answer, and its body as it was read.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status, such as 404.
    pub status: u16,
    /// The headers, their names in small letters.
    pub headers: Vec<(String, String)>,
    /// The body, decompressed.
    pub body: Vec<u8>,
    /// Whether the body is longer than what was read.
    pub cut: bool,
}

impl Answer {
    /// The first header of a name in small letters.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(header, _)| header == name).map(|(_, value)| value.as_str())
    }

    /// The status in words: `404 Not Found`.
    #[cfg(feature = "network")]
    pub fn status_words(&self) -> String {
        words::status(self.status)
    }
}

/// How long one question may take in all.
pub const TIMEOUT: Duration = Duration::from_secs(30);

/// The most bytes that [`fetch`] takes.
pub const LARGEST: u64 = 50 * 1024 * 1024;

/// The most redirects that [`fetch`] follows.
#[cfg(feature = "network")]
const REDIRECTS: usize = 10;

/// Asks for a file: redirects are followed on the same machine, and only a good answer is one. (A site says which
/// machines it depends on; one of them cannot name another.)
///
/// # Errors
/// In words, when the machine is not reached, says no, sends elsewhere, or sends more than [`LARGEST`] bytes.
#[cfg(feature = "network")]
pub fn fetch(url: &str, body: Option<(&str, &str)>, headers: &[(String, String)]) -> Result<Vec<u8>, String> {
    use std::sync::OnceLock;
    static CLIENT: OnceLock<Client> = OnceLock::new();
    let client = CLIENT.get_or_init(|| Client::new(TIMEOUT));
    let mut url = url.to_owned();
    let mut answer = client.ask(&Ask { url: &url, body, headers, redirects: 0 }, |_| LARGEST).map_err(|error| error.message)?;
    for _ in 0..REDIRECTS {
        let Some(to) = answer.header("location").filter(|_| (300..400).contains(&answer.status)) else { break };
        let (root, _) = split_root(&url);
        url = match to.strip_prefix('/') {
            Some(path) if !path.starts_with('/') => format!("{root}{to}"),
            _ if split_root(to).0 == root => to.to_owned(),
            _ => return Err(format!("the server sends on to {to}: ask for that address")),
        };
        answer = client.ask(&Ask { url: &url, body, headers, redirects: 0 }, |_| LARGEST).map_err(|error| error.message)?;
    }
    if !(200..300).contains(&answer.status) {
        return Err(format!("the server answers {}", answer.status_words()));
    }
    if answer.cut {
        return Err(format!("the answer is larger than {} MB", LARGEST / 1024 / 1024));
    }
    Ok(answer.body)
}

/// Scheme and machine of an address, and the rest: `https://a.vn:8080` and `/b`.
#[cfg(feature = "network")]
fn split_root(url: &str) -> (&str, &str) {
    let authority = url.find("://").map_or(0, |at| at + 3);
    let end = url.get(authority..).and_then(|rest| rest.find(['/', '?', '#'])).map_or(url.len(), |at| authority + at);
    url.split_at_checked(end).unwrap_or((url, ""))
}

/// Says that this tinso has no network.
///
/// # Errors
/// Always.
#[cfg(not(feature = "network"))]
pub fn fetch(_: &str, _: Option<(&str, &str)>, _: &[(String, String)]) -> Result<Vec<u8>, String> {
    Err(WITHOUT.to_owned())
}

/// What a tinso without network says.
pub const WITHOUT: &str = "this tinso was built without the cargo feature `network`";
