//! HTML that the server itself adds: the reload script in pages, and pages where the site has none.

use super::live::Live;

/// The tag put into every page served; never part of a build.
pub(super) const SCRIPT_TAG: &str = r#"<script type="module" src="/.tinso/live.js"></script>"#;

/// A page with the reload script before the end of its body, or at its end if it does not say where its body ends.
pub(super) fn with_script(html: &[u8]) -> Vec<u8> {
    let end = b"</body>";
    let found = html.windows(end.len()).rposition(|window| window.eq_ignore_ascii_case(end));
    let (before, after) = html.split_at(found.unwrap_or(html.len()));
    [before, SCRIPT_TAG.as_bytes(), after].concat()
}

/// The page for a site that was never without errors. It becomes the site as soon as that is mended.
pub(super) fn broken(live: &Live) -> String {
    let mut list = String::new();
    for problem in &live.problems {
        let place = problem.place.as_ref().map(|place| format!("{place}: ")).unwrap_or_default();
        list.push_str(&format!("<li>{}</li>", escape(&format!("{place}{}", problem.message))));
    }
    frame(
        "broken",
        "This site cannot be built yet",
        &format!("<p>Mend the errors, and this page becomes the site.</p><noscript><ol>{list}</ol></noscript>"),
    )
}

/// The page for an address that the site has nothing at, when the site has no 404 page of its own.
pub(super) fn missing(path: &str) -> String {
    frame("missing", "There is no page here", &format!("<p>The site has nothing at <code>{}</code>.</p>", escape(path)))
}

fn frame(kind: &str, title: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\" data-tinso=\"{kind}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title}</title>\n<link rel=\"stylesheet\" href=\"/.tinso/live.css\">\n</head>\n\
         <body class=\"tinso-page\">\n<h1>{title}</h1>\n{body}\n</body>\n</html>\n"
    )
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn injected(html: &str) -> String {
        String::from_utf8(with_script(html.as_bytes())).unwrap().replace(SCRIPT_TAG, "*")
    }

    #[test]
    fn the_script_stands_before_the_last_end_of_body() {
        assert_eq!(injected("<body>x</body></html>"), "<body>x*</body></html>");
        assert_eq!(injected("<pre></body></pre></BODY>"), "<pre></body></pre>*</BODY>");
        assert_eq!(injected("<p>x"), "<p>x*");
        assert_eq!(injected(""), "*");
    }

    #[test]
    fn what_the_page_quotes_is_text() {
        assert!(missing("/<img onerror=x>'\"&").contains("/&lt;img onerror=x&gt;&#39;&quot;&amp;"));
    }
}
