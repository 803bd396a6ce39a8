use pulldown_cmark::{CowStr, Event, Tag, TagEnd};
use pulldown_cmark_escape::{escape_href, escape_html};
use serde::{Deserialize, Serialize};

use super::writer::Writer;
use super::{Insert, inserts};
use crate::diagnostic::Diagnostic;
use crate::text::Span;

/// What a writer says in place of words about an image that only decorates.
pub const DECORATIVE: &str = "-";

/// A picture of the site, in all widths and formats that there are of it.
#[derive(Clone, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Picture {
    /// Its full address, in a format that every browser knows; the widest there is.
    pub address: String,
    /// The media type of that.
    pub mime: String,
    /// How wide that is in pixels, if it is known.
    pub width: Option<u32>,
    /// How high.
    pub height: Option<u32>,
    /// The same in other widths, as the attribute `srcset` names them; empty when there are none.
    pub srcset: String,
    /// It in other formats, the preferred one first.
    pub sources: Vec<PictureSource>,
}

/// A picture in another format.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PictureSource {
    /// Its media type.
    pub mime: String,
    /// Its widths, as the attribute `srcset` names them.
    pub srcset: String,
}

/// Finds pictures of the site.
pub trait Pictures {
    /// The picture at an address as it is written; `None` if it is none of the site.
    fn picture(&self, url: &str) -> Option<Picture>;
}

/// How the pictures of a page are shown.
#[derive(Clone, Copy)]
pub struct PictureSettings<'a> {
    /// Finds them.
    pub pictures: &'a dyn Pictures,
    /// How wide they stand on the page.
    pub sizes: &'a str,
    /// Whether another picture stands before the text.
    pub after_lead: bool,
}

/// What the inside of an image says, for its `alt`.
fn plain_text(events: &[Event<'_>], inserts: &[Insert]) -> String {
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

/// The events of an image after its start, without its end.
pub(super) fn inside<'e>(events: &mut impl Iterator<Item = Event<'e>>) -> Vec<Event<'e>> {
    let mut depth = 0;
    let is_inside = |event: &Event<'e>| match event {
        Event::Start(_) => {
            depth += 1;
            true
        }
        Event::End(_) => {
            depth -= 1;
            depth >= 0
        }
        _ => true,
    };
    events.take_while(is_inside).collect()
}

impl Writer<'_> {
    /// The HTML of an image.
    pub(super) fn image(&mut self, url: CowStr<'_>, title: &str, inside: &[Event<'_>]) -> String {
        let written = url.to_string();
        let alt = self.alt(inside, &written);
        let address = self.image_url(url);
        let Some(settings) = self.settings.pictures else {
            return plain(&address, &alt, title, self.settings.markdown.lazy_async_image);
        };
        let lazy = settings.after_lead || self.has_picture;
        self.has_picture = true;
        let picture = if address.is_empty() { None } else { settings.pictures.picture(&written) };
        match picture {
            Some(picture) => picture.html(settings.sizes, &alt, title, lazy),
            None => Picture { address, ..Picture::default() }.html(settings.sizes, &alt, title, lazy),
        }
    }

    /// The figure that a paragraph becomes which holds nothing but an image with a title: that stands below it.
    pub(super) fn figure(&mut self, paragraph: &[Event<'_>]) -> Option<String> {
        self.settings.pictures?;
        let Some((Event::Start(Tag::Image { dest_url, title, .. }), rest)) = paragraph.split_first() else { return None };
        let (Event::End(TagEnd::Image), within) = rest.split_last()? else { return None };
        let is_image = |event: &Event<'_>| matches!(event, Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image));
        if title.is_empty() || within.iter().any(is_image) {
            return None;
        }
        let mut figure = "<figure class=\"picture\">".to_owned();
        figure.push_str(&self.image(dest_url.clone(), "", within));
        figure.push_str("<figcaption>");
        // Writing to a string cannot fail.
        let _ = escape_html(&mut figure, &inserts::words(title, self.inserts));
        figure.push_str("</figcaption></figure>\n");
        Some(figure)
    }

    /// What an image says to those who cannot see it. In a site of ours a writer who says nothing is told.
    fn alt(&mut self, inside: &[Event<'_>], url: &str) -> String {
        let alt = plain_text(inside, self.inserts);
        if !self.settings.asks_for_alt {
            return alt;
        }
        match alt.trim() {
            DECORATIVE => String::new(),
            "" => {
                let message = "this image says nothing to those who cannot see it";
                let diagnostic = Diagnostic::warning("missing-alt", message).at(self.origin.source, self.find_image(url));
                let help = "say what it shows between the brackets, as in `![A street under water](street.jpg)`; of one that only decorates write `![-](street.jpg)`";
                self.sink.push(diagnostic.help(help));
                alt
            }
            _ => alt,
        }
    }

    /// Where an image without words stands.
    fn find_image(&mut self, url: &str) -> Span {
        let forms = [format!("![]({url}"), format!("![](<{url}"), "![](".to_owned(), "![]".to_owned()];
        let found = forms.into_iter().map(|form| self.find(&form)).find(|span| span.start < span.end);
        found.unwrap_or_else(|| self.find("!["))
    }
}

impl Picture {
    /// Its HTML.
    fn html(&self, sizes: &str, alt: &str, title: &str, lazy: bool) -> String {
        let mut html = String::new();
        if !self.sources.is_empty() {
            html.push_str("<picture>");
        }
        for source in &self.sources {
            html.push_str("<source");
            attribute(&mut html, "type", &source.mime);
            attribute(&mut html, "srcset", &source.srcset);
            attribute(&mut html, "sizes", sizes);
            html.push('>');
        }
        html.push_str("<img src=\"");
        let _ = escape_href(&mut html, &self.address);
        html.push('"');
        if !self.srcset.is_empty() {
            attribute(&mut html, "srcset", &self.srcset);
            attribute(&mut html, "sizes", sizes);
        }
        if let (Some(width), Some(height)) = (self.width, self.height) {
            html.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
        }
        attribute(&mut html, "alt", alt);
        if !title.is_empty() {
            attribute(&mut html, "title", title);
        }
        html.push_str(if lazy { " loading=\"lazy\" decoding=\"async\">" } else { " decoding=\"async\">" });
        if !self.sources.is_empty() {
            html.push_str("</picture>");
        }
        html
    }
}

/// Writing to a string cannot fail.
fn attribute(html: &mut String, name: &str, value: &str) {
    html.push_str(&format!(" {name}=\""));
    let _ = escape_html(&mut *html, value);
    html.push('"');
}

/// The tag of an image as Zola has it. Writing to a string cannot fail.
fn plain(url: &str, alt: &str, title: &str, lazy: bool) -> String {
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
