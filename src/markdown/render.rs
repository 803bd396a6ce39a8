use std::collections::BTreeSet;

use pulldown_cmark::{Alignment, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html};
use pulldown_cmark_escape::{escape_href, escape_html};

use super::headings::{Ids, nest};
use super::inserts::{pieces, sole_token, words};
use super::links::{AnchorLink, Destination, destination};
use super::{Heading, Insert, LinkResolver, WrittenLink, code};
use crate::config::Markdown;
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
pub fn render(
    text: &str,
    inserts: &[Insert],
    origin: &Origin<'_>,
    settings: &Markdown,
    raw_html: bool,
    links: &dyn LinkResolver,
    sink: &Sink,
) -> Rendered {
    let mut writer = Writer {
        inserts,
        origin,
        settings,
        raw_html,
        links,
        sink,
        out: Rendered::default(),
        ids: Ids::default(),
        headings: Vec::new(),
        alignments: Vec::new(),
        column: 0,
        in_head: false,
        searched: 0,
    };
    let events: Vec<Event<'_>> = parser_with(text, settings).collect();
    for event in &events {
        if let Event::Start(Tag::Heading { id: Some(id), .. }) = event {
            writer.ids.reserve(id);
        }
    }
    let events = writer.transform(events);
    let mut out = writer.out;
    let more = events.iter().position(|event| matches!(event, Event::Html(html) if &**html == MORE));
    out.summary = more.map(|more| {
        let mut summary = String::new();
        html::push_html(&mut summary, events.iter().take(more).cloned());
        summary
    });
    html::push_html(&mut out.html, events.into_iter());
    out.toc = nest(writer.headings);
    out.anchors = writer.ids.into_set();
    out
}

const MORE: &str = "<span id=\"continue-reading\"></span>\n";

pub(super) fn parser(text: &str, definition_lists: bool) -> Parser<'_> {
    Parser::new_ext(text, options(false, definition_lists))
}

fn parser_with<'a>(text: &'a str, settings: &Markdown) -> Parser<'a> {
    Parser::new_ext(text, options(settings.smart_punctuation, settings.definition_list))
}

fn options(smart_punctuation: bool, definition_lists: bool) -> Options {
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    options.set(Options::ENABLE_SMART_PUNCTUATION, smart_punctuation);
    options.set(Options::ENABLE_DEFINITION_LIST, definition_lists);
    options
}

struct Writer<'a> {
    inserts: &'a [Insert],
    origin: &'a Origin<'a>,
    settings: &'a Markdown,
    raw_html: bool,
    links: &'a dyn LinkResolver,
    sink: &'a Sink,
    out: Rendered,
    ids: Ids,
    headings: Vec<Heading>,
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    /// How far the source has been searched for what messages point at.
    searched: usize,
}

impl<'a> Writer<'a> {
    fn transform<'e>(&mut self, events: Vec<Event<'e>>) -> Vec<Event<'e>> {
        let mut done = Vec::with_capacity(events.len());
        let mut events = events.into_iter();
        let mut code: Option<(String, String)> = None;
        let mut link_ends: Vec<Option<&'static str>> = Vec::new();
        while let Some(event) = events.next() {
            match event {
                Event::Start(Tag::CodeBlock(kind)) => {
                    let info = match kind {
                        CodeBlockKind::Fenced(info) => info.to_string(),
                        CodeBlockKind::Indented => String::new(),
                    };
                    code = Some((info, String::new()));
                }
                Event::End(TagEnd::CodeBlock) => {
                    if let Some((info, text)) = code.take() {
                        done.push(Event::Html(code::code_block(&text, &info, self.settings.highlighting.is_some()).into()));
                    }
                }
                Event::Text(text) => match &mut code {
                    Some((_, block)) => block.push_str(&text),
                    None => self.text(text, &mut done),
                },
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
                    // `{onclick=…}` is an attribute to Markdown; only those that cannot run code are kept.
                    let attrs = attrs.into_iter().filter(|(name, _)| name.starts_with("data-") || &**name == "lang").collect();
                    done.push(Event::Start(Tag::Heading { level, id: Some(id.into()), classes, attrs }));
                    done.extend(self.transform(rest));
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
                Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                    self.out.written.push(WrittenLink { url: dest_url.to_string(), image: true });
                    let dest_url = match destination(dest_url) {
                        Destination::External(url) | Destination::Local(url) => url,
                        Destination::Content { file, .. } => CowStr::from(format!("@/{file}")),
                        Destination::Anchor(anchor) => CowStr::from(format!("#{anchor}")),
                        Destination::Unsafe => {
                            self.report_unsafe();
                            CowStr::from("")
                        }
                    };
                    done.push(Event::Start(Tag::Image { link_type, dest_url, title, id }));
                }
                Event::Html(html) | Event::InlineHtml(html) => self.html(html, &mut done),
                Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock) => {}
                Event::Start(Tag::Table(alignments)) => {
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
                Event::Start(Tag::TableCell) => done.push(Event::InlineHtml(self.cell().into())),
                Event::End(TagEnd::TableCell) => {
                    done.push(Event::InlineHtml(if self.in_head { "</th>" } else { "</td>" }.into()));
                }
                Event::Code(code) => {
                    self.out.word_count += code.split_whitespace().count();
                    done.push(Event::Code(code));
                }
                other => done.push(other),
            }
        }
        done
    }

    /// The blocks of a paragraph that holds nothing else.
    fn blocks(&self, inside: &[Event<'_>]) -> Option<Vec<String>> {
        let mut blocks = Vec::new();
        for event in inside {
            match event {
                Event::SoftBreak => {}
                Event::Text(text) => {
                    let insert = sole_token(text).and_then(|index| self.inserts.get(index)).filter(|insert| insert.block)?;
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
        self.out.word_count += words(&text, self.inserts).split_whitespace().count();
        if !text.contains('\u{2}') {
            done.push(Event::Text(text));
            return;
        }
        for piece in pieces(&text) {
            match piece {
                Err(text) => done.push(Event::Text(text.to_owned().into())),
                Ok(index) => {
                    let Some(insert) = self.inserts.get(index) else { continue };
                    if insert.block {
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
                Event::Text(text) | Event::Code(text) => title.push_str(&words(text, self.inserts)),
                Event::SoftBreak | Event::HardBreak => title.push(' '),
                _ => {}
            }
        }
        let id = id.map_or_else(|| self.ids.of(&title), |id| id.to_string());
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
        if link_type != LinkType::Email {
            self.out.written.push(WrittenLink { url: url.to_string(), image: false });
        }
        let dest_url = match (link_type, destination(url)) {
            (LinkType::Email, Destination::Local(url)) => url,
            (_, Destination::External(url)) => {
                return (Some(Event::InlineHtml(self.external(&url, &title).into())), Some("</a>"));
            }
            (_, Destination::Local(url)) => url,
            (_, Destination::Anchor(anchor)) => {
                let written = format!("#{anchor}");
                self.out.anchor_links.push(AnchorLink { file: String::new(), anchor, written: written.clone() });
                written.into()
            }
            (_, Destination::Content { file, anchor }) => match self.content_link(&file, anchor) {
                Some(url) => url.into(),
                None => return (None, Some("")),
            },
            (_, Destination::Unsafe) => {
                self.report_unsafe();
                return (None, Some(""));
            }
        };
        (Some(Event::Start(Tag::Link { link_type, dest_url, title, id })), None)
    }

    fn content_link(&mut self, file: &str, anchor: Option<String>) -> Option<String> {
        let written = format!("@/{file}");
        let Some(permalink) = self.links.permalink(file) else {
            if self.links.is_broken(file) {
                return None;
            }
            let diagnostic = Diagnostic::error("broken-link", format!("there is no content file `{file}`"));
            let help = match self.links.nearest(file) {
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
                self.out.anchor_links.push(AnchorLink { file: file.to_owned(), written: format!("{written}#{anchor}"), anchor });
                url
            }
            None => url,
        })
    }

    fn external(&self, url: &str, title: &str) -> String {
        let settings = self.settings;
        let mut tag = String::from("<a");
        let mut relations = Vec::new();
        if settings.external_links_target_blank {
            relations.push("noopener");
        }
        if settings.external_links_no_follow {
            relations.push("nofollow");
        }
        if settings.external_links_no_referrer {
            relations.push("noreferrer");
        }
        relations.push("external");
        tag.push_str(&format!(" rel=\"{}\"", relations.join(" ")));
        if settings.external_links_target_blank {
            tag.push_str(" target=\"_blank\"");
        }
        if !title.is_empty() {
            tag.push_str(" title=\"");
            let _ = escape_html(&mut tag, title);
            tag.push('"');
        }
        tag.push_str(" href=\"");
        let _ = escape_href(&mut tag, url);
        tag.push_str("\">");
        tag
    }

    fn html<'e>(&mut self, html: CowStr<'e>, done: &mut Vec<Event<'e>>) {
        let trimmed = html.trim();
        if let Some(comment) = trimmed.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->")) {
            if comment.trim().eq_ignore_ascii_case("more") {
                done.push(Event::Html(MORE.into()));
            }
            return;
        }
        if self.raw_html {
            done.push(Event::Html(html));
            return;
        }
        let first = trimmed.lines().next().unwrap_or_default();
        let diagnostic =
            Diagnostic::warning("html-in-markdown", "HTML in Markdown is shown as text").at(self.origin.source, self.find(first));
        self.sink.push(diagnostic.help(
            "write it in Markdown, or, if you trust every writer, set `raw_html = true` under `[extra.tinso]` in the config",
        ));
        done.push(Event::Text(html));
    }

    fn report_unsafe(&mut self) {
        let diagnostic =
            Diagnostic::error("unsafe-link", "this link's address could run code").at(self.origin.source, self.find(":"));
        self.sink.push(diagnostic.help("link to an address that starts with https://, http://, mailto:, tel:, / or @/"));
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
