use std::io::Read;
use std::sync::Arc;
use std::time::Duration;

use ureq::http::Request;
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::{Agent, Body};

use super::{Answer, Ask, NetError, words};
use crate::text::escape_address;

/// How long a connection may take to come about.
const CONNECT: Duration = Duration::from_secs(10);

/// Who asks, so that whoever keeps a server knows.
const USER_AGENT: &str = concat!("Mozilla/5.0 (compatible; tinso/", env!("CARGO_PKG_VERSION"), ")");

/// What is asked for, as browsers do: some servers refuse those who do not say.
const ACCEPT: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

/// Asks other machines. It trusts the certificates that the system trusts, and goes through the proxy of the environment.
pub struct Client {
    agent: Agent,
    /// Whether the system has certificates to trust.
    trusts: bool,
}

impl Client {
    /// A client whose every question may take so long.
    pub fn new(timeout: Duration) -> Self {
        let found = rustls_native_certs::load_native_certs();
        let roots: Vec<_> = found.certs.iter().map(|cert| Certificate::from_der(cert).to_owned()).collect();
        let trusts = !roots.is_empty();
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::Specific(Arc::new(roots)))
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .build();
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects_will_error(false)
            .timeout_global(Some(timeout))
            .timeout_connect(Some(CONNECT.min(timeout)))
            .timeout_resolve(Some(CONNECT.min(timeout)))
            .user_agent(USER_AGENT)
            .accept(ACCEPT)
            .tls_config(tls)
            .build();
        Self { agent: config.into(), trusts }
    }

    /// Asks once. Of the answer's body as many bytes are read as `wanted` says after a look at its head.
    ///
    /// # Errors
    /// When there is no answer, or none that is HTTP.
    pub fn ask(&self, ask: &Ask<'_>, wanted: impl FnOnce(&Answer) -> u64) -> Result<Answer, NetError> {
        let host = host(ask.url);
        let failed = |error: ureq::Error| words::failure(&error, host);
        let refused = |message: String| Err(NetError { message, unreachable: true });
        if host.is_empty() {
            return refused("this address names no machine".to_owned());
        }
        if !host.is_ascii() {
            return refused(format!("the name {host} has letters beyond ASCII: write it in its form that starts with xn--"));
        }
        if !self.trusts && ask.url.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("https://")) {
            let message = "this system has no certificates to trust: install its package ca-certificates, or name a file of them in SSL_CERT_FILE";
            return refused(message.to_owned());
        }
        let url = escape_address(ask.url).into_owned();
        let mut request = Request::builder().uri(url);
        for (name, value) in ask.headers {
            request = request.header(name, value);
        }
        let response = match ask.body {
            Some((body, kind)) => {
                let request = request.method("POST").header("content-type", kind).body(body);
                let request = request.map_err(|error| failed(error.into()))?;
                self.agent.run(self.agent.configure_request(request).max_redirects(ask.redirects).build())
            }
            None => {
                let request = request.body(()).map_err(|error| failed(error.into()))?;
                self.agent.run(self.agent.configure_request(request).max_redirects(ask.redirects).build())
            }
        };
        let (head, body) = response.map_err(failed)?.into_parts();
        let headers = head.headers.iter();
        let headers = headers.map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()));
        let mut answer = Answer { status: head.status.as_u16(), headers: headers.collect(), body: Vec::new(), cut: false };
        let limit = wanted(&answer);
        if limit > 0 {
            (answer.body, answer.cut) = read(body, limit).map_err(|error| failed(error.into()))?;
        }
        Ok(answer)
    }
}

/// At most so many bytes of a body, and whether there are more.
fn read(body: Body, limit: u64) -> std::io::Result<(Vec<u8>, bool)> {
    let mut bytes = Vec::new();
    body.into_reader().take(limit + 1).read_to_end(&mut bytes)?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let cut = bytes.len() > limit;
    bytes.truncate(limit);
    Ok((bytes, cut))
}

/// The host of an address, without its port.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, _)) => address,
        None => host.split(':').next().unwrap_or_default(),
    }
}
