use tera::{Kwargs, State, TeraResult, Value};

use super::files::{find_file, no_file};
use crate::data::{Broken, Format};
use crate::source::Request;
use crate::template::asked::Functions;
use crate::template::error::failure;
use crate::template::files::Origin;
use crate::template::values::data;
use crate::template::{SharedSite, Site};

/// `load_data(path | url | literal, format, required=true, method, body, content_type, headers)`: data from a file of
/// the site, another machine or a text.
pub(super) fn register(functions: &mut Functions<'_>, site: &SharedSite) {
    let site = site.clone();
    functions.add("load_data", move |kwargs: Kwargs, _: &State<'_>| load_data(&site, &kwargs));
}

fn load_data(site: &SharedSite, kwargs: &Kwargs) -> TeraResult<Value> {
    let required = kwargs.get::<bool>("required")?.unwrap_or(true);
    let named = match kwargs.get::<String>("format")? {
        Some(name) => Some(Format::named(&name).ok_or_else(|| {
            failure(format!("`{name}` is not a format of data"), format!("give `format` as one of: {}", Format::NAMES))
        })?),
        None => None,
    };
    let given = |name: &'static str| kwargs.get::<String>(name);
    match (given("path")?, given("url")?, given("literal")?) {
        (Some(path), None, None) => match find_file(site, &path)? {
            Some((found, bytes)) => {
                let format = named.or_else(|| found.extension().and_then(Format::named)).unwrap_or(Format::Plain);
                let shown = found.to_string();
                once(site, Origin::File(found), format, || read(&bytes, format, &shown))
            }
            None if required => Err(no_file(site, &path)),
            None => Ok(Value::none()),
        },
        (None, Some(url), None) => {
            let format = named.unwrap_or(Format::Plain);
            let request = request(site, kwargs, url, format)?;
            let answer = site.snapshot.fetch(&request);
            match answer {
                Ok(bytes) => {
                    let shown = request.url.clone();
                    once(site, Origin::Address(request), format, || read(&bytes, format, &shown))
                }
                Err(reason) if required => Err(failure(
                    format!("{} gives no data: {reason}", request.url),
                    "check the address, or give `required=false` and test what comes back",
                )),
                Err(_) => Ok(Value::none()),
            }
        }
        (None, None, Some(literal)) => {
            let format = named.unwrap_or(Format::Plain);
            once(site, Origin::Literal(literal.clone()), format, || read(literal.as_bytes(), format, "the literal"))
        }
        _ => Err(failure("load_data takes its data from one place", "give exactly one of `path`, `url` and `literal`")),
    }
}

fn once(
    site: &Site,
    origin: Origin,
    format: Format,
    read: impl FnOnce() -> Result<Value, (String, String)>,
) -> TeraResult<Value> {
    site.files.data.get((origin, format), read).map_err(|(message, help)| failure(message, help))
}

fn read(bytes: &[u8], format: Format, shown: &str) -> Result<Value, (String, String)> {
    format.read(bytes).map(|tree| data(&tree)).map_err(|Broken { message, line, column }| {
        let place: String = [line, column].into_iter().flatten().map(|number| format!(":{number}")).collect();
        let message = format!("{shown}{place} is not valid {}: {message}", format.name());
        (message, "mend the data there, or give `format` if it is another one".to_owned())
    })
}

/// The question to another machine, if the config lets templates ask it.
fn request(site: &Site, kwargs: &Kwargs, url: String, format: Format) -> TeraResult<Request> {
    let Some(host) = host(&url) else {
        let help = "write it as https://host/path, without a name or password in it";
        return Err(failure(format!("`{url}` is not an address that data can be loaded from"), help));
    };
    if !site.config.tinso.hosts.iter().any(|allowed| allowed.eq_ignore_ascii_case(&host)) {
        let help = format!("if the site may depend on it, add \"{host}\" to `hosts` under `[extra.tinso]` in the config");
        return Err(failure(format!("this site does not let templates load data from {host}"), help));
    }
    let method = kwargs.get::<String>("method")?.unwrap_or_else(|| "GET".to_owned()).to_ascii_uppercase();
    let sent = (kwargs.get::<String>("body")?, kwargs.get::<String>("content_type")?);
    let body = match (method.as_str(), sent) {
        ("GET", (None, None)) => None,
        ("GET", _) => return Err(failure("a question by GET has no body", "give `method=\"POST\"`")),
        ("POST", (Some(body), Some(content_type))) => Some((body, content_type)),
        ("POST", (None, _)) => Some((String::new(), "text/plain".to_owned())),
        ("POST", (Some(_), None)) => {
            return Err(failure("the body has no type", "say what it is, such as `content_type=\"application/json\"`"));
        }
        _ => return Err(failure(format!("`{method}` is not a method of load_data"), "give `method` as GET or POST")),
    };
    let mut headers = Vec::new();
    for header in kwargs.get::<Vec<String>>("headers")?.unwrap_or_default() {
        let Some((name, value)) = header.split_once('=') else {
            let help = "write `headers=[\"name=value\"]`";
            return Err(failure(format!("the header `{header}` has no value"), help));
        };
        headers.push((name.trim().to_owned(), value.trim().to_owned()));
    }
    if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("accept")) {
        headers.push(("accept".to_owned(), format.media_type().to_owned()));
    }
    Ok(Request { url, body, headers })
}

/// The name of the machine in an address; `None` for one that could be read in two ways.
fn host(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let http = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    let authority = rest.split(['/', '?', '#']).next()?;
    let odd = url.chars().any(|c| c.is_whitespace() || c.is_control() || c == '\\') || authority.contains('@');
    let name = match authority.strip_prefix('[') {
        Some(address) => address.split_once(']')?.0,
        None => authority.split(':').next()?,
    };
    (http && !odd && !name.is_empty()).then(|| name.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn the_host_of_an_address_is_the_one_that_is_asked() {
        assert_eq!(host("https://Data.Example:8080/a?b#c").as_deref(), Some("data.example"));
        assert_eq!(host("http://[::1]:80/").as_deref(), Some("::1"));
        for odd in [
            "https://good@evil.example/",
            "https://good\\@evil/",
            "file:///etc/passwd",
            "good.example",
            "https://",
            "https:// a/",
        ] {
            assert_eq!(host(odd), None, "{odd}");
        }
    }
}
