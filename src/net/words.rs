//! Statuses and failures in words.

use std::io::ErrorKind;

use ureq::{Error, Timeout};

use super::NetError;

/// `404 Not Found`; the number alone when it has no name.
pub(super) fn status(status: u16) -> String {
    let name = ureq::http::StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason());
    name.map_or_else(|| status.to_string(), |name| format!("{status} {name}"))
}

/// What went wrong, said to someone who writes and not to someone who programs.
pub(super) fn failure(error: &Error, host: &str) -> NetError {
    let (message, unreachable) = match error {
        Error::HostNotFound => nameless(host),
        Error::Timeout(Timeout::Connect | Timeout::Resolve) => (format!("{host} is not reached: it took too long"), true),
        Error::Timeout(_) => (format!("{host} did not answer in time"), false),
        Error::Io(error) if error.get_ref().is_some_and(|error| error.is::<rustls::Error>()) => {
            (format!("no safe connection with {host}: {error}"), true)
        }
        Error::Io(error) => match error.kind() {
            ErrorKind::ConnectionRefused => (format!("{host} refuses connections"), true),
            ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable | ErrorKind::NetworkDown => {
                (format!("no network leads to {host}"), true)
            }
            ErrorKind::ConnectionReset | ErrorKind::UnexpectedEof | ErrorKind::ConnectionAborted | ErrorKind::BrokenPipe => {
                (format!("{host} ended the connection before its answer was complete"), false)
            }
            // The standard library has no kind for this one.
            _ if error.to_string().starts_with("failed to lookup address") => nameless(host),
            ErrorKind::TimedOut => (format!("{host} did not answer in time"), false),
            _ => (format!("the connection with {host} failed: {error}"), false),
        },
        Error::ConnectionFailed => (format!("{host} is not reached"), true),
        Error::Rustls(error) => (format!("no safe connection with {host}: {error}"), true),
        Error::Tls(reason) => (format!("no safe connection with {host}: {reason}"), true),
        Error::TooManyRedirects => (format!("{host} redirects again and again"), false),
        Error::BadUri(_) | Error::Http(_) => ("this is not an address that can be asked".to_owned(), false),
        other => (format!("the answer of {host} is not understood: {other}"), false),
    };
    NetError { message, unreachable }
}

fn nameless(host: &str) -> (String, bool) {
    (format!("no machine of the name {host} is known"), true)
}
