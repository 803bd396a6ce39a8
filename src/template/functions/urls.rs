use tera::{Kwargs, State, TeraResult, Value};

use super::hashes::cachebust;
use super::language;
use crate::content::LinkTarget;
use crate::template::SharedSite;
use crate::template::asked::Functions;
use crate::template::error::failure;
use crate::text::Lang;

/// `get_url(path, lang, trailing_slash, cachebust)`: the full address of a file of the site, or of a page by
/// `@/news/a.md`; `cachebust` adds what changes when the file does.
pub(super) fn register(functions: &mut Functions<'_>, site: &SharedSite) {
    let site = site.clone();
    functions.add_html("get_url", move |kwargs: Kwargs, _: &State<'_>| get_url(&site, &kwargs));
}

fn get_url(site: &SharedSite, kwargs: &Kwargs) -> TeraResult<Value> {
    let path = kwargs.must_get::<String>("path")?;
    if let Some(file) = path.strip_prefix("@/") {
        let (file, anchor) = file.split_once('#').map_or((file, String::new()), |(file, anchor)| (file, format!("#{anchor}")));
        let lang = language(site, kwargs)?;
        let target = find(site, file, &lang)?;
        let page = match target {
            LinkTarget::Page(id) => site.library.pages.get(id),
            LinkTarget::Section(_) => None,
        };
        let shown = page.and_then(|page| site.library.path_untranslated(&site.config, page, &lang));
        let own = || site.library.permalink(target).unwrap_or_default().to_owned();
        let permalink = shown.map_or_else(own, |path| site.config.permalink(&path));
        return Ok(Value::from(format!("{permalink}{anchor}")));
    }
    let prefix = match kwargs.get::<String>("lang")?.filter(|code| !code.is_empty()) {
        Some(_) => site.config.language_prefix(&language(site, kwargs)?),
        None => "/".to_owned(),
    };
    let path = path.trim_start_matches('/');
    let prefix = if starts_with_segment(path, prefix.trim_matches('/')) { "/" } else { &prefix };
    let slash = kwargs.get::<bool>("trailing_slash")?.unwrap_or(false);
    let permalink = ended(site, &format!("{prefix}{path}"), slash);
    if kwargs.get::<bool>("cachebust")?.unwrap_or(false) {
        return Ok(Value::from(format!("{permalink}?h={}", cachebust(site, path)?)));
    }
    Ok(Value::from(permalink))
}

fn starts_with_segment(path: &str, segment: &str) -> bool {
    !segment.is_empty() && path.split('/').next() == Some(segment)
}

/// The address of a path with a slash at its end or without; a feed and an anchor never get one.
fn ended(site: &SharedSite, path: &str, slash: bool) -> String {
    if !slash {
        return site.config.permalink(path.trim_end_matches('/'));
    }
    let feeds = site.config.languages.iter().flat_map(|language| &language.feed_filenames);
    let whole = path.ends_with('/') || path.contains('#') || feeds.into_iter().any(|feed| path.ends_with(feed));
    site.config.permalink(&format!("{path}{}", if whole { "" } else { "/" }))
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
