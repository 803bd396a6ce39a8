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

/// Asks for a file: redirects are followed, and only a good answer is one.
///
/// # Errors
/// In words, when the machine is not reached, says no, or sends more than [`LARGEST`] bytes.
#[cfg(feature = "network")]
pub fn fetch(url: &str, body: Option<(&str, &str)>, headers: &[(String, String)]) -> Result<Vec<u8>, String> {
    use std::sync::OnceLock;
    static CLIENT: OnceLock<Client> = OnceLock::new();
    let client = CLIENT.get_or_init(|| Client::new(TIMEOUT));
    let ask = Ask { url, body, headers, redirects: 10 };
    let answer = client.ask(&ask, |_| LARGEST).map_err(|error| error.message)?;
    if !(200..300).contains(&answer.status) {
        return Err(format!("the server answers {}", answer.status_words()));
    }
    if answer.cut {
        return Err(format!("the answer is larger than {} MB", LARGEST / 1024 / 1024));
    }
    Ok(answer.body)
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
