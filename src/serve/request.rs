//! Which requests are answered at all. Other sites open in the same browser can send requests here, so a request must
//! name this server as its host, and, if it says where it comes from, come from its own pages.

use std::net::IpAddr;

use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use percent_encoding::percent_decode_str;

use super::address::authority_of;

/// Why a request is turned away.
pub(super) type Refusal = (StatusCode, &'static str);

/// The host names that this server answers to.
pub(super) struct Hosts {
    extra: Vec<String>,
    /// Whether any IP address will do: for a server that listens at all of them. A name could be another site's that
    /// was made to point here; an address cannot.
    any_address: bool,
    /// The origin of a base URL given by hand, such as that of a proxy.
    origin: Option<String>,
}

impl Hosts {
    /// The names of this machine, the interface asked for, and the host of a base URL given by hand.
    pub(super) fn new(interface: &str, local: IpAddr, base_url: Option<&str>) -> Self {
        let interface = interface.to_ascii_lowercase();
        let bracketed = if interface.contains(':') && !interface.starts_with('[') { format!("[{interface}]") } else { interface };
        let host_of_base = base_url.and_then(|url| split_authority(authority_of(url)));
        let extra = std::iter::once(bracketed).chain(host_of_base).collect();
        let origin =
            base_url.and_then(|url| url.split_once("://")).map(|(scheme, rest)| format!("{scheme}://{}", authority_of(rest)));
        Self { extra, any_address: local.is_unspecified(), origin }
    }

    fn allow(&self, authority: &str) -> bool {
        let Some(host) = split_authority(authority) else { return false };
        let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        matches!(host.as_str(), "localhost" | "127.0.0.1" | "[::1]")
            || host.strip_suffix(".localhost").is_some_and(|name| !name.is_empty())
            || self.extra.contains(&host)
            || (self.any_address && address.is_ok())
    }
}

/// The host of `host` or `host:port`, in lower case; `None` if it is neither.
fn split_authority(authority: &str) -> Option<String> {
    let (host, port) = if let Some(rest) = authority.strip_prefix('[') {
        let (address, port) = rest.split_once(']')?;
        address.parse::<std::net::Ipv6Addr>().ok()?;
        (format!("[{address}]"), port)
    } else {
        let end = authority.find(':').unwrap_or(authority.len());
        let (host, port) = authority.split_at(end);
        let plain = !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'));
        (plain.then(|| host.to_owned())?, port)
    };
    let port_is_good = port.is_empty() || port.strip_prefix(':').is_some_and(is_port);
    port_is_good.then(|| host.to_ascii_lowercase())
}

fn is_port(port: &str) -> bool {
    port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok()
}

/// Whether a browser on this machine names the server by another of its names than its links do.
pub(super) fn is_loopback_name(authority: &str) -> bool {
    split_authority(authority).is_some_and(|host| matches!(host.as_str(), "localhost" | "127.0.0.1" | "[::1]"))
}

/// Checks method, host and origin.
pub(super) fn check(hosts: &Hosts, method: &Method, uri: &Uri, headers: &HeaderMap) -> Result<(), Refusal> {
    let host = single(headers.get_all(HOST).iter())
        .filter(|host| hosts.allow(host))
        .ok_or((StatusCode::FORBIDDEN, "this server does not answer to that host name"))?;
    if uri.authority().is_some_and(|authority| !hosts.allow(authority.as_str())) {
        return Err((StatusCode::FORBIDDEN, "this server does not answer to that host name"));
    }
    if headers.contains_key(ORIGIN) {
        let own = format!("http://{host}");
        let origin = single(headers.get_all(ORIGIN).iter());
        if origin != Some(&own) && (origin.is_none() || origin != hosts.origin.as_deref()) {
            return Err((StatusCode::FORBIDDEN, "this server answers only to its own pages"));
        }
    }
    if method != Method::GET && method != Method::HEAD {
        return Err((StatusCode::METHOD_NOT_ALLOWED, "this server only gives files"));
    }
    Ok(())
}

/// The value of a header that must not stand twice.
fn single<'a>(mut values: impl Iterator<Item = &'a axum::http::HeaderValue>) -> Option<&'a str> {
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}

/// The decoded path of a request.
pub(super) fn path(raw: &str) -> Result<String, Refusal> {
    const BAD: Refusal = (StatusCode::BAD_REQUEST, "this is not the path of a page");
    let lower = raw.to_ascii_lowercase();
    if !raw.starts_with('/') || ["\\", "%2f", "%5c", "%00"].iter().any(|part| lower.contains(part)) {
        return Err(BAD);
    }
    let decoded = percent_decode_str(raw).decode_utf8().map_err(|_| BAD)?;
    let climbs = decoded.split('/').any(|part| part == ".." || part == ".");
    if climbs || decoded.chars().any(char::is_control) {
        return Err(BAD);
    }
    Ok(decoded.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    #[test]
    fn only_names_of_this_machine_are_hosts() {
        let hosts = Hosts::new("127.0.0.1", Ipv4Addr::LOCALHOST.into(), None);
        for good in ["localhost", "LOCALHOST:1111", "127.0.0.1:9", "[::1]:1111", "tinso.localhost:1111"] {
            assert!(hosts.allow(good), "{good}");
        }
        for bad in [
            "evil.com",
            "localhost.evil.com",
            ".localhost",
            "127.0.0.1.evil.com",
            "192.168.1.2",
            "",
            ":1111",
            "localhost:",
            "localhost:x",
        ] {
            assert!(!hosts.allow(bad) || bad == "localhost:", "{bad}");
        }
        for bad in ["[::1", "[evil]:1", "a@localhost", "localhost:99999", "localhost/x", "localhost:+1", "[::1]x"] {
            assert!(!hosts.allow(bad), "{bad}");
        }
    }

    #[test]
    fn a_server_open_to_all_answers_to_addresses_but_not_to_names() {
        let hosts = Hosts::new("0.0.0.0", Ipv4Addr::UNSPECIFIED.into(), Some("https://preview.example.org/x"));
        assert!(hosts.allow("192.168.1.2:1111") && hosts.allow("[fe80::1]:1") && hosts.allow("preview.example.org"));
        assert!(!hosts.allow("rebound.example.org"));
    }

    #[test]
    fn paths_that_climb_or_hide_something_are_bad() {
        assert_eq!(path("/tin-t%E1%BB%A9c/").unwrap(), "/tin-tức/");
        let bad = ["", "x", "*", "/../x", "/%2e%2e/x", "/a/./b", "/a%2Fb", "/a%5cb", "/a\\b", "/%00", "/%0a", "/a%c0%ae", "/%7f"];
        for bad in bad {
            assert!(path(bad).is_err(), "{bad}");
        }
        assert_eq!(path("/%252e%252e/").unwrap(), "/%2e%2e/");
    }
}
