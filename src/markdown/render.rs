use std::borrow::Cow;
use std::collections::BTreeSet;

use pulldown_cmark::{
    Alignment, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, TextMergeStream, html,
};
use pulldown_cmark_escape::{escape_href, escape_html};

use super::emoji::emoji;
use super::headings::{Ids, around, nest};
use super::inserts::{self, pieces, sole_token};
use super::links::{AnchorLink, Destination, destination};
use super::summary::{self, MORE, MORE_IN_LINE, split_at_more};
use super::{Heading, Insert, Settings, Stands, WrittenLink, code, footnotes, images, words};
use crate::config::{AnchorLinks, Markdown};
use crate::diagnostic::{Diagnostic, Sink};
use crate::text::{SourceText, Span};

/// What a page's Markdown becomes.
#[derive(Clone, Default, Debug)]
pub struct Rendered {
    /// The HTML.
    pub html: String,
    /// What stands before `<!-- more -->`.
    pub summary: Option<String>,
    /// Its headings.
    pub toc: Vec<Heading>,
    /// The number of words.
    pub word_count: usize,
    /// The number of characters that are no white space.
    pub character_count: usize,
    /// Every id that a link may lead to.
    pub anchors: BTreeSet<String>,
    /// Links to places in pages of the site.
    pub anchor_links: Vec<AnchorLink>,
    /// Every link and image as written, but for addresses of people.
    pub written: Vec<WrittenLink>,
}

/// Where the Markdown is from, for messages.
pub struct Origin<'a> {
    /// The file.
    pub source: &'a SourceText,
    /// Where its Markdown is.
    pub body: Span,
}

/// Turns Markdown, with tokens where `inserts` belong, into HTML.
pub fn render(text: &str, inserts: &[Insert], origin: &Origin<'_>, settings: &Settings<'_>, sink: &Sink) -> Rendered {
    let mut writer = Writer {
        inserts,
        origin,
        settings,
        sink,
        out: Rendered::default(),
        ids: Ids::default(),
        headings: Vec::new(),
        alignments: Vec::new(),
        column: 0,
        in_head: false,
        cut: false,
        searched: 0,
    };
    let events = read(text, settings.markdown);
    for event in &events {
        if let Event::Start(Tag::Heading { id: Some(id), .. }) = event {
            writer.ids.reserve(id);
        }
    }
    let mut events = writer.transform(events);
    let mut out = writer.out;
    out.summary = summary::cut(&events, |summary| settings.snippets.summary_cutoff(summary));
    if settings.markdown.bottom_footnotes {
        events = footnotes::at_the_bottom(events);
    }
    html::push_html(&mut out.html, events.into_iter());
    out.toc = nest(writer.headings);
    out.anchors = writer.ids.into_set();
    out.anchors.extend(ids_in(&out.html));
    let count = words::count(text, inserts);
    (out.word_count, out.character_count) = (count.words, count.characters);
    out
}

/// The events of a Markdown text; neighbouring texts are one, emoji stand where they are named.
fn read<'a>(text: &'a str, settings: &Markdown) -> Vec<Event<'a>> {
    let events = TextMergeStream::new(Parser::new_ext(text, options(settings)));
    if !settings.render_emoji {
        return events.collect();
    }
    let mut in_code = false;
    let replaced = events.map(|event| match event {
        Event::Text(text) if !in_code => match emoji(&text) {
            Cow::Owned(replaced) => Event::Text(replaced.into()),
            Cow::Borrowed(_) => Event::Text(text),
        },
        other => {
            match other {
                Event::Start(Tag::CodeBlock(_)) => in_code = true,
                Event::End(TagEnd::CodeBlock) => in_code = false,
                _ => {}
            }
            other
        }
    });
    replaced.collect()
}

/// The parser that finds code, for hiding it from templates.
pub(super) fn parser(text: &str) -> Parser<'_> {
    Parser::new_ext(text, options(&Markdown { definition_list: true, ..Markdown::default() }))
}

fn options(settings: &Markdown) -> Options {
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    options.set(Options::ENABLE_SMART_PUNCTUATION, settings.smart_punctuation);
    options.set(Options::ENABLE_DEFINITION_LIST, settings.definition_list);
    options.set(Options::ENABLE_GFM, settings.github_alerts);
    options
}

/// Every `id` and `name` in HTML, for links that lead there.
fn ids_in(html: &str) -> impl Iterator<Item = String> {
    [" id=", " name="].into_iter().flat_map(move |key| {
        html.split(key).skip(1).filter_map(|rest| {
            let value = match rest.chars().next()? {
                quote @ ('"' | '\'') => rest.get(1..)?.split(quote).next()?,
                _ => rest.split(|c: char| c.is_whitespace() || c == '>').next()?,
            };
            (!value.is_empty()).then(|| value.to_owned())
        })
    })
}

struct Writer<'a> {
    inserts: &'a [Insert],
    origin: &'a Origin<'a>,
    settings: &'a Settings<'a>,
    sink: &'a Sink,
    out: Rendered,
    ids: Ids,
    headings: Vec<Heading>,
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    /// Whether the end of the summary was found.
    cut: bool,
    /// How far the source has been searched for what messages point at.
    searched: usize,
}

impl<'a> Writer<'a> {
    fn transform<'e>(&mut self, events: Vec<Event<'e>>) -> Vec<Event<'e>> {
        let raw_html = self.settings.raw_html;
        let mut done = Vec::with_capacity(events.len());
        let mut events = events.into_iter();
        let mut link_ends: Vec<Option<&'static str>> = Vec::new();
        while let Some(event) = events.next() {
            match event {
                Event::Start(Tag::CodeBlock(kind)) => {
                    let info = match kind {
                        CodeBlockKind::Fenced(info) => info,
                        CodeBlockKind::Indented => CowStr::from(""),
                    };
                    let block = text_until(&mut events, |event| matches!(event, Event::End(TagEnd::CodeBlock)));
                    done.push(Event::Html(self.code(&block, &info).into()));
                }
                Event::Start(Tag::HtmlBlock) => {
                    let block = text_until(&mut events, |event| matches!(event, Event::End(TagEnd::HtmlBlock)));
                    self.html(&block, true, &mut done);
                }
                Event::Html(html) | Event::InlineHtml(html) => self.html(&html, false, &mut done),
                Event::Text(text) => self.text(text, &mut done),
                Event::Start(Tag::Paragraph) => {
                    let inside: Vec<Event<'e>> =
                        events.by_ref().take_while(|event| !matches!(event, Event::End(TagEnd::Paragraph))).collect();
                    match self.blocks(&inside) {
                        Some(blocks) => done.extend(blocks.into_iter().map(|html| Event::Html(html.into()))),
                        None => {
                            done.push(Event::Start(Tag::Paragraph));
                            done.extend(self.transform(inside));
                            done.push(Event::End(TagEnd::Paragraph));
                        }
                    }
                }
                Event::Start(Tag::Heading { level, id, classes, attrs }) => {
                    let rest: Vec<Event<'e>> =
                        events.by_ref().take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_)))).collect();
                    let id = self.heading(level, id, &rest);
                    let (before, after) = self.anchor_link(level, &id);
                    // `{onclick=…}` is an attribute to Markdown; only those that cannot run code are kept.
                    let harmless = |name: &str| raw_html || name.starts_with("data-") || name == "lang";
                    let attrs = attrs.into_iter().filter(|(name, _)| harmless(name)).collect();
                    done.push(Event::Start(Tag::Heading { level, id: Some(id.into()), classes, attrs }));
                    done.extend(before);
                    done.extend(self.transform(rest));
                    done.extend(after);
                    done.push(Event::End(TagEnd::Heading(level)));
                }
                Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                    let (start, end) = self.link(link_type, dest_url, title, id);
                    done.extend(start);
                    link_ends.push(end);
                }
                Event::End(TagEnd::Link) => match link_ends.pop().flatten() {
                    Some("") => {}
                    Some(end) => done.push(Event::InlineHtml(end.into())),
                    None => done.push(Event::End(TagEnd::Link)),
                },
                Event::Start(Tag::Image { dest_url, title, .. }) => {
                    let mut depth = 0;
                    let inside: Vec<Event<'e>> = events
                        .by_ref()
                        .take_while(|event| match event {
                            Event::Start(_) => {
                                depth += 1;
                                true
                            }
                            Event::End(_) => {
                                depth -= 1;
                                depth >= 0
                            }
                            _ => true,
                        })
                        .collect();
                    let alt = images::plain_text(&inside, self.inserts);
                    let url = self.image_url(dest_url);
                    let lazy = self.settings.markdown.lazy_async_image;
                    done.push(Event::InlineHtml(images::image(&url, &alt, &title, lazy).into()));
                }
                Event::Start(Tag::Table(alignments)) if !raw_html => {
                    done.push(Event::Start(Tag::Table(vec![Alignment::None; alignments.len()])));
                    self.alignments = alignments;
                }
                Event::Start(Tag::TableHead) => {
                    (self.column, self.in_head) = (0, true);
                    done.push(Event::Start(Tag::TableHead));
                }
                Event::End(TagEnd::TableHead) => {
                    self.in_head = false;
                    done.push(Event::End(TagEnd::TableHead));
                }
                Event::Start(Tag::TableRow) => {
                    self.column = 0;
                    done.push(Event::Start(Tag::TableRow));
                }
                Event::Start(Tag::TableCell) if !raw_html => done.push(Event::InlineHtml(self.cell().into())),
                Event::End(TagEnd::TableCell) if !raw_html => {
                    done.push(Event::InlineHtml(if self.in_head { "</th>" } else { "</td>" }.into()));
                }
                other => done.push(other),
            }
        }
        done
    }

    fn code(&mut self, block: &str, info: &str) -> String {
        let code = code::code_block(block, info, self.settings.highlighter);
        if let Some((language, severity)) = code.unknown {
            let mut diagnostic =
                Diagnostic::warning("unknown-code-language", format!("no colours are known for code in `{language}`"));
            diagnostic.severity = severity;
            let diagnostic = diagnostic.at(self.origin.source, self.find_fence(info));
            self.sink.push(diagnostic.help("write the name of a language, such as `rust` or `json`, or `txt` for none"));
        }
        code.html
    }

    fn anchor_link<'e>(&self, level: HeadingLevel, id: &str) -> (Option<Event<'e>>, Option<Event<'e>>) {
        let place = self.settings.insert_anchor_links;
        if place == AnchorLinks::None {
            return (None, None);
        }
        let (before, after) = around(place, self.settings.snippets.anchor_link(level as u8, id));
        let event = |html: String| (!html.is_empty()).then(|| Event::InlineHtml(html.into()));
        (event(before), event(after))
    }

    fn image_url(&mut self, url: CowStr<'_>) -> String {
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
    fn beside(&self, url: &str) -> String {
        format!("{}{}", self.settings.permalink, url.trim_start_matches("./"))
    }

    /// The blocks of a paragraph that holds nothing else.
    fn blocks(&self, inside: &[Event<'_>]) -> Option<Vec<String>> {
        let mut blocks = Vec::new();
        for event in inside {
            match event {
                Event::SoftBreak => {}
                Event::Text(text) => {
                    let insert = sole_token(text)
                        .and_then(|index| self.inserts.get(index))
                        .filter(|insert| insert.stands != Stands::InLine)?;
                    blocks.push(insert.html.clone());
                }
                _ => return None,
            }
        }
        (!blocks.is_empty()).then_some(blocks)
    }

    /// A cell's start, aligned by a class: a style attribute would need a weaker content security policy.
    fn cell(&mut self) -> String {
        let alignment = self.alignments.get(self.column).copied().unwrap_or(Alignment::None);
        self.column += 1;
        let class = match alignment {
            Alignment::None => "",
            Alignment::Left => " class=\"align-left\"",
            Alignment::Center => " class=\"align-center\"",
            Alignment::Right => " class=\"align-right\"",
        };
        format!("<{}{class}>", if self.in_head { "th scope=\"col\"" } else { "td" })
    }

    fn text<'e>(&mut self, text: CowStr<'e>, done: &mut Vec<Event<'e>>) {
        if !text.contains('\u{2}') {
            done.push(Event::Text(text));
            return;
        }
        for piece in pieces(&text) {
            match piece {
                Err(text) => done.push(Event::Text(text.to_owned().into())),
                Ok(index) => {
                    let Some(insert) = self.inserts.get(index) else { continue };
                    if insert.stands == Stands::Alone {
                        let diagnostic = Diagnostic::error("chart-in-line", "a chart stands in the middle of a line")
                            .at(self.origin.source, self.find("chart("));
                        self.sink.push(
                            diagnostic.help("put the call in a paragraph of its own, with an empty line before and after it"),
                        );
                    } else {
                        done.push(Event::InlineHtml(insert.html.clone().into()));
                    }
                }
            }
        }
    }

    fn heading(&mut self, level: HeadingLevel, id: Option<CowStr<'_>>, inside: &[Event<'_>]) -> String {
        let mut title = String::new();
        for event in inside {
            match event {
                Event::Text(text) | Event::Code(text) => title.push_str(&inserts::words(text, self.inserts)),
                Event::SoftBreak | Event::HardBreak => title.push(' '),
                _ => {}
            }
        }
        let id = id.map_or_else(|| self.ids.of(&title, self.settings.anchors), |id| id.to_string());
        self.headings.push(Heading { level: level as u8, id: id.clone(), title, children: Vec::new() });
        id
    }

    /// A link's start, and its end where it is not Markdown's own.
    fn link<'e>(
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

    fn content_link(&mut self, file: &str, anchor: Option<String>, written: String) -> Option<String> {
        let Some(permalink) = self.settings.links.permalink(file) else {
            if self.settings.links.is_broken(file) {
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

    fn external(&self, url: &str, title: &str) -> String {
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

    /// A writer's HTML: a block of it, or a piece in a line.
    fn html(&mut self, html: &str, block: bool, done: &mut Vec<Event<'_>>) {
        if !self.cut
            && let Some((before, after)) = split_at_more(html)
        {
            self.cut = true;
            if !before.trim().is_empty() {
                self.html(before, block, done);
            }
            done.push(if block { Event::Html(MORE.into()) } else { Event::InlineHtml(MORE_IN_LINE.into()) });
            if !after.trim().is_empty() {
                self.html(after.trim_start_matches(['\n', '\r']), block, done);
            }
            return;
        }
        if self.settings.raw_html {
            done.push(Event::Html(self.with_inserts(html).into()));
            return;
        }
        let trimmed = html.trim();
        if trimmed.starts_with("<!--") && trimmed.ends_with("-->") {
            return;
        }
        let first = trimmed.lines().next().unwrap_or_default();
        let diagnostic =
            Diagnostic::warning("html-in-markdown", "HTML in Markdown is shown as text").at(self.origin.source, self.find(first));
        self.sink.push(diagnostic.help(
            "write it in Markdown, or, if you trust every writer, set `raw_html = true` under `[extra.tinso]` in the config",
        ));
        done.push(Event::Text(html.to_owned().into()));
    }

    /// HTML with what its tokens stand for.
    fn with_inserts(&self, html: &str) -> String {
        let piece = |piece| match piece {
            Ok(index) => self.inserts.get(index).map_or("", |insert: &Insert| insert.html.as_str()),
            Err(text) => text,
        };
        pieces(html).into_iter().map(piece).collect()
    }

    fn report_unsafe(&mut self) {
        let diagnostic =
            Diagnostic::error("unsafe-link", "this link's address could run code").at(self.origin.source, self.find(":"));
        self.sink.push(diagnostic.help("link to an address that starts with https://, http://, mailto:, tel:, / or @/"));
    }

    /// Where the words behind a fence stand.
    fn find_fence(&mut self, info: &str) -> Span {
        for fence in ["```", "~~~", "``` ", "~~~ "] {
            let found = self.find(&format!("{fence}{info}"));
            if found.start < found.end {
                return Span { start: found.start + fence.len(), end: found.end };
            }
        }
        self.find(info)
    }

    /// Where a text stands in the source, searched from the last find on; the body's start when it is nowhere.
    fn find(&mut self, text: &str) -> Span {
        let body = self.origin.body;
        let markdown = self.origin.source.text.get(body.start..body.end).unwrap_or_default();
        let found = |from: usize| markdown.get(from..).and_then(|rest| rest.find(text)).map(|at| from + at);
        let Some(at) = found(self.searched).or_else(|| found(0)) else {
            return Span { start: body.start, end: body.start };
        };
        self.searched = at + text.len();
        Span { start: body.start + at, end: body.start + at + text.len() }
    }
}

/// The texts up to an end, as one.
fn text_until<'e>(events: &mut impl Iterator<Item = Event<'e>>, is_end: impl Fn(&Event<'e>) -> bool) -> String {
    let mut whole = String::new();
    for event in events.take_while(|event| !is_end(event)) {
        if let Event::Text(text) | Event::Html(text) = event {
            whole.push_str(&text);
        }
    }
    whole
}
