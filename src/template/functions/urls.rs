use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::hashes::cachebust;
use super::{Html, language};
use crate::content::LinkTarget;
use crate::template::SharedSite;
use crate::template::error::failure;
use crate::text::Lang;

/// `get_url(path, lang, trailing_slash, cachebust)`: the full address of a file of the site, or of a page by
/// `@/news/a.md`; `cachebust` adds what changes when the file does.
pub(super) fn register(tera: &mut Tera, site: &SharedSite) {
    let site = site.clone();
    tera.register_function("get_url", Html(move |kwargs: Kwargs, _: &State<'_>| get_url(&site, &kwargs)));
}

fn get_url(site: &SharedSite, kwargs: &Kwargs) -> TeraResult<Value> {
    let path = kwargs.must_get::<String>("path")?;
    if let Some(file) = path.strip_prefix("@/") {
        let (file, anchor) = file.split_once('#').map_or((file, String::new()), |(file, anchor)| (file, format!("#{anchor}")));
        let target = find(site, file, &language(site, kwargs)?)?;
        let permalink = site.library.permalink(target).unwrap_or_default();
        return Ok(Value::from(format!("{permalink}{anchor}")));
    }
    let prefix = match kwargs.get::<String>("lang")?.filter(|code| !code.is_empty()) {
        Some(_) => site.config.language_prefix(&language(site, kwargs)?),
        None => "/".to_owned(),
    };
    let path = path.trim_start_matches('/');
    let slash = if kwargs.get::<bool>("trailing_slash")?.unwrap_or(false) && !path.ends_with('/') { "/" } else { "" };
    let permalink = site.config.permalink(&format!("{prefix}{path}{slash}"));
    if kwargs.get::<bool>("cachebust")?.unwrap_or(false) {
        return Ok(Value::from(format!("{permalink}?h={}", cachebust(site, path)?)));
    }
    Ok(Value::from(permalink))
}

/// A content file in a language; the file itself where it has no version in that language. A path may start with
/// `content/`, as that of a translation does.
pub(super) fn find(site: &SharedSite, file: &str, lang: &Lang) -> TeraResult<LinkTarget> {
    let file = file.trim_start_matches('/');
    match site.library.by_file(file).or_else(|| site.library.by_file(file.strip_prefix("content/")?)) {
        Some(target) => Ok(site.library.in_language(target, lang).unwrap_or(target)),
        None => {
            let help = match site.library.closest_file(file) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "write the path of a file below content/".to_owned(),
            };
            Err(failure(format!("there is no content file `{file}`"), help))
        }
    }
}
