//! The answer to a request.

use std::borrow::Cow;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, HOST, HeaderName, HeaderValue, LOCATION, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderMap, Method, Request, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;
use tokio::sync::watch::Receiver;

use super::live::Live;
use super::lookup::{Found, lookup};
use super::media::content_type;
use super::open_pages::{OpenPage, OpenPages};
use super::own_files::own_file;
use super::request::{self, Hosts, Refusal};
use super::{address, events, page};
use crate::text::SitePath;

/// What every request needs.
pub(super) struct Shared {
    pub(super) live: Receiver<Arc<Live>>,
    pub(super) hosts: Hosts,
    /// The name of this run.
    pub(super) session: String,
    /// The path that the site's addresses begin with, empty for none.
    pub(super) prefix: String,
    /// The server's address, if the links of the site lead there.
    pub(super) own_url: Option<String>,
    /// The pages that browsers show now.
    pub(super) open_pages: Arc<OpenPages>,
}

/// Answers a request.
pub(super) async fn respond(State(shared): State<Arc<Shared>>, request: Request<Body>) -> Response {
    let (parts, _) = request.into_parts();
    arrive(&shared, &parts.uri).await;
    let mut response = answer(&shared, &parts.method, &parts.uri, &parts.headers).unwrap_or_else(refuse);
    let headers = response.headers_mut();
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// While the site is made for the first time, asks for the page of an address and waits until it is there.
async fn arrive(shared: &Shared, uri: &Uri) {
    let path = request::path(uri.path()).unwrap_or_default();
    let Some(inside) = path.strip_prefix(&shared.prefix).filter(|inside| inside.starts_with('/')) else { return };
    if inside.starts_with("/.tinso/") || shared.live.borrow().is_done {
        return;
    }
    let name = if inside.ends_with('/') { format!("{inside}index.html") } else { inside.to_owned() };
    if name.ends_with(".html") {
        shared.open_pages.ask(&SitePath::new(&name));
    }
    let mut live = shared.live.clone();
    let is_there = |live: &Arc<Live>| live.is_done || matches!(lookup(live, inside), Found::File(..));
    let _ = live.wait_for(is_there).await;
}

fn answer(shared: &Shared, method: &Method, uri: &Uri, headers: &HeaderMap) -> Result<Response, Refusal> {
    request::check(&shared.hosts, method, uri, headers)?;
    let path = request::path(uri.path())?;
    if let Some(name) = path.strip_prefix("/.tinso/") {
        if name == "events" {
            return Ok(events(shared, method, uri, headers));
        }
        if let Some(text) = own_file(name) {
            return Ok(file(StatusCode::OK, name, text.into()));
        }
    }
    if let Some(elsewhere) = canonical(shared, uri, headers) {
        return Ok(redirect(StatusCode::TEMPORARY_REDIRECT, &elsewhere));
    }
    let live = Arc::clone(&shared.live.borrow());
    let Some(inside) = path.strip_prefix(&shared.prefix).filter(|inside| inside.starts_with('/')) else {
        let is_start = path == "/" || path == shared.prefix;
        return Ok(if is_start {
            redirect(StatusCode::TEMPORARY_REDIRECT, &format!("{}/", shared.prefix))
        } else {
            missing(shared, &live, &path)
        });
    };
    Ok(match lookup(&live, inside) {
        Found::File(path, bytes) => {
            if path.extension() == Some("html") {
                shared.open_pages.ask(path);
            }
            served(shared, &live, StatusCode::OK, path.as_str(), bytes)
        }
        Found::Folder => {
            let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
            redirect(StatusCode::MOVED_PERMANENTLY, &format!("{}/{query}", uri.path()))
        }
        Found::Nothing(Some((path, bytes))) if live.ever_good => {
            served(shared, &live, StatusCode::NOT_FOUND, path.as_str(), bytes)
        }
        Found::Nothing(_) => missing(shared, &live, &path),
    })
}

/// A page that the site does not have: the errors that keep it from existing, or that there is none.
fn missing(shared: &Shared, live: &Live, path: &str) -> Response {
    if live.ever_good {
        served(shared, live, StatusCode::NOT_FOUND, "404.html", page::missing(path).as_bytes())
    } else {
        served(shared, live, StatusCode::SERVICE_UNAVAILABLE, "503.html", page::broken(live).as_bytes())
    }
}

fn served(shared: &Shared, live: &Live, status: StatusCode, path: &str, bytes: &[u8]) -> Response {
    if !content_type(path).starts_with("text/html") {
        return file(status, path, bytes.to_vec());
    }
    let mut response = file(status, path, page::with_script(bytes));
    // Read by the script: the build that this page is of.
    if let Ok(timing) = HeaderValue::from_str(&format!("tinso;desc=\"{}-{}\"", shared.session, live.build)) {
        response.headers_mut().insert(HeaderName::from_static("server-timing"), timing);
    }
    response
}

fn file(status: StatusCode, path: &str, bytes: Vec<u8>) -> Response {
    (status, [(CONTENT_TYPE, content_type(path))], bytes).into_response()
}

fn redirect(status: StatusCode, to: &str) -> Response {
    (status, [(LOCATION, to)]).into_response()
}

fn refuse((status, reason): Refusal) -> Response {
    let mut response = (status, [(CONTENT_TYPE, "text/plain; charset=utf-8")], format!("{reason}\n")).into_response();
    if status == StatusCode::METHOD_NOT_ALLOWED {
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    response
}

fn events(shared: &Shared, method: &Method, uri: &Uri, headers: &HeaderMap) -> Response {
    if method == Method::HEAD {
        return [(CONTENT_TYPE, "text/event-stream")].into_response();
    }
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok()).map(str::to_owned);
    let since = last.or_else(|| parameter(uri, "since")).filter(|since| !since.is_empty());
    let open = parameter(uri, "page").and_then(|page| open_page(shared, &page));
    events::stream(shared.live.clone(), shared.session.clone(), shared.prefix.clone(), since, open).into_response()
}

/// A parameter of a request.
fn parameter(uri: &Uri, name: &str) -> Option<String> {
    let mut pairs = uri.query()?.split('&').filter_map(|pair| pair.split_once('='));
    let (_, value) = pairs.find(|(key, _)| *key == name)?;
    percent_decode_str(value).decode_utf8().ok().map(Cow::into_owned)
}

/// Counts the page that a stream of events is for as open, if the site has it. Its path comes as the browser has it.
fn open_page(shared: &Shared, page: &str) -> Option<OpenPage> {
    let path = request::path(page).ok()?;
    let live = Arc::clone(&shared.live.borrow());
    match lookup(&live, path.strip_prefix(&shared.prefix)?) {
        Found::File(path, _) => Some(shared.open_pages.open(path.clone())),
        _ => None,
    }
}

/// Where to send a browser that opens a page by another name of this machine than the one the site's links have: its
/// styles and fonts would be another site's to it.
fn canonical(shared: &Shared, uri: &Uri, headers: &HeaderMap) -> Option<String> {
    let own_url = shared.own_url.as_deref()?;
    let host = headers.get(HOST)?.to_str().ok()?;
    let opens_page = headers.get("sec-fetch-mode").is_some_and(|mode| mode == "navigate");
    let other_name = host != address::authority_of(own_url) && request::is_loopback_name(host);
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    (opens_page && other_name && !path.starts_with("//")).then(|| format!("{own_url}{path}"))
}
