use pulldown_cmark::{CowStr, Event, LinkType, Tag};
use pulldown_cmark_escape::{escape_href, escape_html};

use super::WrittenLink;
use super::links::{AnchorLink, Destination, destination};
use super::writer::Writer;
use crate::diagnostic::Diagnostic;

impl Writer<'_> {
    pub(super) fn image_url(&mut self, url: CowStr<'_>) -> String {
        self.out.written.push(WrittenLink { url: url.to_string(), image: true });
        match destination(url) {
            Destination::External(url) | Destination::Local(url) => url.to_string(),
            Destination::OtherProgram(url) if self.settings.raw_html => url.to_string(),
            Destination::Beside(url) => self.beside(&url),
            Destination::Content { file, anchor: _ } => {
                self.settings.links.permalink(&file).map_or_else(|| format!("@/{file}"), str::to_owned)
            }
            Destination::Anchor(anchor) => format!("#{anchor}"),
            Destination::Empty => String::new(),
            Destination::OtherProgram(_) | Destination::Unsafe => {
                self.report_unsafe();
                String::new()
            }
        }
    }

    /// The full address of a file beside the page.
    pub(super) fn beside(&self, url: &str) -> String {
        format!("{}{}", self.settings.permalink, url.trim_start_matches("./"))
    }

    /// A link's start, and its end where it is not Markdown's own.
    pub(super) fn link<'e>(
        &mut self,
        link_type: LinkType,
        url: CowStr<'e>,
        title: CowStr<'e>,
        id: CowStr<'e>,
    ) -> (Option<Event<'e>>, Option<&'static str>) {
        let written = url.to_string();
        if link_type != LinkType::Email {
            self.out.written.push(WrittenLink { url: written.clone(), image: false });
        }
        let dest_url = match (link_type, destination(url)) {
            (LinkType::Email, Destination::Local(url) | Destination::Beside(url)) => url,
            (_, Destination::External(url)) => {
                return (Some(Event::InlineHtml(self.external(&url, &title).into())), Some("</a>"));
            }
            (_, Destination::Local(url)) => url,
            (_, Destination::OtherProgram(url)) if self.settings.raw_html => url,
            (_, Destination::Beside(url)) => self.beside(&url).into(),
            (_, Destination::Empty) => {
                let diagnostic = Diagnostic::error("empty-link", "this link leads nowhere");
                let diagnostic = diagnostic.at(self.origin.source, self.find("]("));
                self.sink.push(diagnostic.help("write its address between the brackets: `[text](https://…)`"));
                return (None, Some(""));
            }
            (_, Destination::Anchor(anchor)) => {
                let url = format!("{}#{anchor}", self.settings.permalink);
                self.out.anchor_links.push(AnchorLink { file: String::new(), written, anchor });
                url.into()
            }
            (_, Destination::Content { file, anchor }) => match self.content_link(&file, anchor, written) {
                Some(url) => url.into(),
                None => return (None, Some("")),
            },
            (_, Destination::OtherProgram(_) | Destination::Unsafe) => {
                self.report_unsafe();
                return (None, Some(""));
            }
        };
        (Some(Event::Start(Tag::Link { link_type, dest_url, title, id })), None)
    }

    pub(super) fn content_link(&mut self, file: &str, anchor: Option<String>, written: String) -> Option<String> {
        let Some(permalink) = self.settings.links.permalink(file) else {
            if self.settings.links.is_broken(file) {
                return None;
            }
            if let Some(absence) = self.settings.links.absence(file) {
                // A warning, or a page whose time is over would stop all others by itself.
                let diagnostic = Diagnostic::warning("link-left-out", format!("`{file}` {absence}, so this link is left out"));
                let help = "its words stay, and lead there while the page is shown; say another thing if that is not enough";
                self.sink.push(diagnostic.at(self.origin.source, self.find(&written)).help(help));
                return None;
            }
            let mut diagnostic = Diagnostic::error("broken-link", format!("there is no content file `{file}`"));
            diagnostic.severity = self.settings.broken_links;
            let help = match self.settings.links.nearest(file) {
                Some(meant) => format!("did you mean `@/{meant}`?"),
                None => "write the path of a file below content/, such as `@/news/hue-2017.md`".to_owned(),
            };
            self.sink.push(diagnostic.at(self.origin.source, self.find(&written)).help(help));
            return None;
        };
        let url = permalink.to_owned();
        Some(match anchor {
            Some(anchor) => {
                let url = format!("{url}#{anchor}");
                self.out.anchor_links.push(AnchorLink { file: file.to_owned(), written, anchor });
                url
            }
            None => url,
        })
    }

    pub(super) fn external(&self, url: &str, title: &str) -> String {
        let settings = self.settings.markdown;
        let mut tag = String::from("<a");
        // Writing to a string cannot fail.
        let mut attribute = |name: &str, value: &str| {
            tag.push_str(&format!(" {name}=\""));
            let _ = escape_html(&mut tag, value);
            tag.push('"');
        };
        if let Some(class) = &settings.external_links_class {
            attribute("class", class);
        }
        let relations: Vec<&str> = [
            (settings.external_links_target_blank, "noopener"),
            (settings.external_links_no_follow, "nofollow"),
            (settings.external_links_no_referrer, "noreferrer"),
            (settings.external_links_external, "external"),
        ]
        .into_iter()
        .filter_map(|(asked, word)| asked.then_some(word))
        .collect();
        if !relations.is_empty() {
            attribute("rel", &relations.join(" "));
        }
        if settings.external_links_target_blank {
            attribute("target", "_blank");
        }
        if !title.is_empty() {
            attribute("title", title);
        }
        tag.push_str(" href=\"");
        let _ = escape_href(&mut tag, url);
        tag.push_str("\">");
        tag
    }

    pub(super) fn report_unsafe(&mut self) {
        let diagnostic =
            Diagnostic::error("unsafe-link", "this link's address could run code").at(self.origin.source, self.find(":"));
        self.sink.push(diagnostic.help("link to an address that starts with https://, http://, mailto:, tel:, / or @/"));
    }
}
