use pulldown_cmark::Event;
use pulldown_cmark_escape::{escape_href, escape_html};

use super::{Insert, inserts};

/// What the inside of an image says, for its `alt`.
pub(super) fn plain_text(events: &[Event<'_>], inserts: &[Insert]) -> String {
    let mut text = String::new();
    for event in events {
        match event {
            Event::Text(part) | Event::Code(part) => text.push_str(&inserts::words(part, inserts)),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text
}

/// The tag of an image. Writing to a string cannot fail.
pub(super) fn image(url: &str, alt: &str, title: &str, lazy: bool) -> String {
    let mut tag = "<img src=\"".to_owned();
    let _ = escape_href(&mut tag, url);
    tag.push_str("\" alt=\"");
    let _ = escape_html(&mut tag, alt);
    if !title.is_empty() {
        tag.push_str("\" title=\"");
        let _ = escape_html(&mut tag, title);
    }
    tag.push_str(if lazy { "\" loading=\"lazy\" decoding=\"async\" />" } else { "\" />" });
    tag
}
