use pulldown_cmark::CowStr;

/// Finds the address of an internal link.
pub trait LinkResolver {
    /// The full address of a content file, by its path below `content/`: `news/a.md`.
    fn permalink(&self, file: &str) -> Option<&str>;
    /// Whether a content file is there but could not be read, which has been reported already.
    fn is_broken(&self, file: &str) -> bool;
    /// Why a page is left out at the moment of the build, in words that follow its name.
    fn absence(&self, file: &str) -> Option<String>;
    /// The content file most likely meant by a wrong path.
    fn nearest(&self, file: &str) -> Option<String>;
}

/// A link of a page to a place in a page of the site, to be checked when all pages are known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AnchorLink {
    /// The content file, below `content/`; empty for the page itself.
    pub file: String,
    /// The id.
    pub anchor: String,
    /// The link as written.
    pub written: String,
}

/// What a link's address is.
pub(super) enum Destination<'a> {
    /// Another site.
    External(CowStr<'a>),
    /// A content file, and perhaps a place in it.
    Content { file: String, anchor: Option<String> },
    /// A place on the same page.
    Anchor(String),
    /// Beside the page: `bang.csv`.
    Beside(CowStr<'a>),
    /// Anything else inside the site, and addresses that are no pages.
    Local(CowStr<'a>),
    /// None.
    Empty,
    /// An address for a program that we do not know; only for writers who may write HTML.
    OtherProgram(CowStr<'a>),
    /// An address that could run something.
    Unsafe,
}

/// Sorts out a link's address as Markdown gives it, entities already decoded.
pub(super) fn destination(url: CowStr<'_>) -> Destination<'_> {
    if url.trim().is_empty() {
        return Destination::Empty;
    }
    if let Some(path) = url.strip_prefix("@/") {
        let (file, anchor) = match path.split_once('#') {
            Some((file, anchor)) => (file, Some(anchor.to_owned())),
            None => (path, None),
        };
        let file = percent_encoding::percent_decode_str(file).decode_utf8_lossy().into_owned();
        return Destination::Content { file, anchor };
    }
    if let Some(anchor) = url.strip_prefix('#').filter(|anchor| !anchor.is_empty()) {
        return Destination::Anchor(percent_encoding::percent_decode_str(anchor).decode_utf8_lossy().into_owned());
    }
    // Browsers ignore control characters and spaces in front of and inside a scheme.
    let plain: String = url.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect::<String>().to_lowercase();
    let scheme = plain.split_once(':').map(|(scheme, _)| scheme).filter(|scheme| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    });
    match scheme {
        Some("http" | "https") => Destination::External(url),
        None if plain.starts_with("//") => Destination::External(url),
        None if !plain.starts_with(['/', '#']) && !plain.starts_with("..") => Destination::Beside(url),
        None | Some("mailto" | "tel" | "sms" | "xmpp" | "irc" | "ftp" | "ftps") => Destination::Local(url),
        Some("data")
            if ["png", "jpeg", "gif", "webp", "avif"].iter().any(|kind| plain.starts_with(&format!("data:image/{kind}"))) =>
        {
            Destination::Local(url)
        }
        Some("data") if plain.starts_with("data:image/") => Destination::OtherProgram(url),
        Some("javascript" | "vbscript" | "data") => Destination::Unsafe,
        Some(_) => Destination::OtherProgram(url),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_could_run_something_are_told_apart() {
        for url in [
            "javascript:x",
            "JaVaScRiPt:x",
            " javascript:x",
            "java\nscript:x",
            "\u{1}javascript:x",
            "vbscript:x",
            "data:text/html,x",
        ] {
            assert!(matches!(destination(url.into()), Destination::Unsafe), "{url:?}");
        }
        for url in ["data:image/svg+xml,x", "magnet:?x", "file:///etc"] {
            assert!(matches!(destination(url.into()), Destination::OtherProgram(_)), "{url:?}");
        }
        for url in ["a.html", "./a", "b/c.png", "?q=a:b"] {
            assert!(matches!(destination(url.into()), Destination::Beside(_)), "{url:?}");
        }
        for url in ["/a/", "../b?x=1:2", "mailto:a@b.vn", "tel:+84", "data:image/png;base64,x"] {
            assert!(matches!(destination(url.into()), Destination::Local(_)), "{url:?}");
        }
        assert!(matches!(destination("https://a.vn".into()), Destination::External(_)));
        assert!(matches!(destination("//a.vn".into()), Destination::External(_)));
    }
}
