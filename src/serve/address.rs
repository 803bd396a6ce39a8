//! Where the server listens, and the address a browser finds it at.

use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};

/// The port that is tried first when none is asked for.
pub const DEFAULT_PORT: u16 = 1111;
const PORTS_TRIED: u16 = 100;

/// Why the server does not run.
#[derive(Debug)]
pub enum ServeError {
    /// The address cannot be listened at.
    Listen {
        /// The interface asked for.
        interface: String,
        /// The port tried.
        port: u16,
        /// What the system answered.
        source: io::Error,
    },
    /// The system gave no runtime, socket or thread.
    Start(io::Error),
}

impl ServeError {
    /// What to do about it.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Listen { source, .. } if source.kind() == io::ErrorKind::AddrInUse => {
                Some("another program listens there: choose another --port, or leave it out to get a free one".to_owned())
            }
            Self::Listen { .. } => Some("--interface takes an address of this machine, such as 127.0.0.1".to_owned()),
            Self::Start(_) => None,
        }
    }
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listen { interface, port, source } => write!(f, "cannot listen at {interface}, port {port}: {source}"),
            Self::Start(source) => write!(f, "cannot start the server: {source}"),
        }
    }
}

impl std::error::Error for ServeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Listen { source, .. } | Self::Start(source) => Some(source),
        }
    }
}

/// Listens at the port asked for, or else at the first free one from 1111 on.
pub(super) fn listen(interface: &str, port: Option<u16>) -> Result<(TcpListener, SocketAddr), ServeError> {
    let host = interface.trim_start_matches('[').trim_end_matches(']');
    let last = port.unwrap_or(DEFAULT_PORT + PORTS_TRIED);
    let mut next = port.unwrap_or(DEFAULT_PORT);
    loop {
        match TcpListener::bind((host, next)) {
            Ok(listener) => {
                listener.set_nonblocking(true).map_err(ServeError::Start)?;
                let local = listener.local_addr().map_err(ServeError::Start)?;
                return Ok((listener, local));
            }
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && next < last => next += 1,
            Err(source) => return Err(ServeError::Listen { interface: interface.to_owned(), port: next, source }),
        }
    }
}

/// The address for a browser on this machine, without a slash at its end.
pub(super) fn url(local: SocketAddr) -> String {
    let ip = match local.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    format!("http://{}", SocketAddr::new(ip, local.port()))
}

/// An address given by hand, with the port of the server unless it has one; `http://` stands before a bare name.
pub(super) fn with_port(url: &str, port: u16) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("http", url));
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let has_port = authority.rsplit_once(':').is_some_and(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()));
    // An address that begins at the root has no host and so no port.
    if authority.is_empty() {
        url.to_owned()
    } else if has_port {
        format!("{scheme}://{authority}{path}")
    } else {
        format!("{scheme}://{authority}:{port}{path}")
    }
}

/// The path of a URL, without a slash at its end: `/blog` of `https://example.org/blog/`.
pub(super) fn path_of(url: &str) -> String {
    let after_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = after_scheme.split_once('/').map_or("", |(_, path)| path).trim_matches('/');
    if path.is_empty() { String::new() } else { format!("/{path}") }
}

/// Host and port of a URL.
pub(super) fn authority_of(url: &str) -> &str {
    let after_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    after_scheme.split('/').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_taken_apart() {
        assert_eq!(path_of("http://127.0.0.1:1111"), "");
        assert_eq!(path_of("https://example.org/a/b/"), "/a/b");
        assert_eq!(authority_of("http://[::1]:1111/a"), "[::1]:1111");
    }

    #[test]
    fn the_port_is_put_where_it_belongs() {
        let table = [
            ("http://a.vn", "http://a.vn:1111"),
            ("https://a.vn/x/", "https://a.vn:1111/x/"),
            ("a.vn", "http://a.vn:1111"),
            ("localhost/x", "http://localhost:1111/x"),
            ("http://a.vn:80/x", "http://a.vn:80/x"),
            ("http://[::1]/x", "http://[::1]:1111/x"),
            ("http://[::1]:80", "http://[::1]:80"),
            ("/", "/"),
        ];
        for (url, expected) in table {
            assert_eq!(with_port(url, 1111), expected, "{url}");
        }
    }

    #[test]
    fn an_open_interface_is_reached_by_loopback() {
        assert_eq!(url(SocketAddr::new(Ipv4Addr::UNSPECIFIED.into(), 80)), "http://127.0.0.1:80");
        assert_eq!(url(SocketAddr::new(Ipv6Addr::LOCALHOST.into(), 8080)), "http://[::1]:8080");
    }

    #[test]
    fn a_busy_port_is_an_error_only_when_asked_for() {
        let (_taken, local) = listen("127.0.0.1", Some(0)).unwrap();
        assert!(matches!(listen("127.0.0.1", Some(local.port())), Err(ServeError::Listen { .. })));
        assert!(listen("127.0.0.1", None).is_ok());
    }
}
